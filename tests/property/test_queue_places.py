"""Own orders on a book by price against a queue in which they really stand, where only the last in the queue ever cancel.

That is what `RiskAverseQueueModel` assumes of everybody, so the place of every order, and every fill, must agree.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import RiskAverseQueueModel
from nautilus_lite.model.data.book import BookOrder, OrderBookDelta
from nautilus_lite.model.enums import AggressorSide, BookAction, BookType, OrderSide
from nautilus_lite.model.objects import Price, Quantity

SNAPSHOT, LAST = 32, 128
N_LEVELS = 3
DEPTHS = st.integers(0, N_LEVELS - 1)
SIZES = st.integers(1, 30)
WHO = st.integers(0, 1_000)
TAKES = st.tuples(st.just("take"), st.lists(st.integers(1, 60), min_size=1, max_size=3), st.integers(0, 25))
STEPS = st.one_of(
    st.tuples(st.just("add"), DEPTHS, SIZES),
    st.tuples(st.just("cancel"), DEPTHS, SIZES),
    TAKES,
    TAKES,
    st.tuples(st.just("vanish"), DEPTHS),
    st.tuples(st.just("snapshot")),
    st.tuples(st.just("own"), DEPTHS, SIZES, st.sampled_from([0, 0, 3, 7])),
    st.tuples(st.just("own_smaller"), WHO, SIZES),
    st.tuples(st.just("own_larger"), WHO, SIZES),
    st.tuples(st.just("own_moves"), WHO, DEPTHS),
    st.tuples(st.just("own_cancel"), WHO),
)


class Own:
    """An own order: what is left of it, of what it shows, and how much of others is ahead."""

    def __init__(self, order: Any, size: int, shows: int) -> None:
        self.order, self.left, self.shows = order, size, shows
        self.tranche = min(size, shows) if shows else size
        self.ahead = 0


class Street:
    """One side of the real exchange: the size of others at each level, and own orders in order of priority."""

    def __init__(self, venue: Any, side: OrderSide) -> None:
        self.venue, self.side = venue, side
        self.buys = side == OrderSide.BUY
        self.other = OrderSide.SELL if self.buys else OrderSide.BUY
        self.aggressor = AggressorSide.SELLER if self.buys else AggressorSide.BUYER
        self.others = [0] * N_LEVELS
        self.own: list[list[Own]] = [[] for _ in range(N_LEVELS)]
        self.done: list[Own] = []
        venue.level(side, self.price(9), 1)
        venue.level(self.other, "1.50" if self.buys else "0.50", 1)

    def price(self, depth: int) -> str:
        cents = 99 - depth if self.buys else 101 + depth
        return f"{cents // 100}.{cents % 100:02d}"

    def tell(self, depth: int) -> None:
        self.venue.level(self.side, self.price(depth), self.others[depth])

    def pick(self, who: int) -> tuple[int, Own] | None:
        entries = [(depth, mine) for depth in range(N_LEVELS) for mine in self.own[depth]]
        return entries[who % len(entries)] if entries else None

    # -- others --------------------------------------------------------------------------------------------------

    def add(self, depth: int, size: int) -> None:
        self.others[depth] += size
        self.tell(depth)

    def cancel(self, depth: int, size: int) -> None:
        if self.others[depth]:
            self.others[depth] = max(self.others[depth] - size, 0)
            self.shrink(depth)
            self.tell(depth)

    def vanish(self, depth: int) -> None:
        self.cancel(depth, self.others[depth])

    def shrink(self, depth: int) -> None:
        """The last ones left: those ahead of an order only when nobody is behind it any more."""
        for mine in self.own[depth]:
            mine.ahead = min(mine.ahead, self.others[depth])

    def snapshot(self) -> None:
        levels = [(9, 1), *enumerate(self.others)]
        self.venue.market.apply(self.delta(BookAction.CLEAR, self.side, "1.00", 0, SNAPSHOT))
        for depth, size in levels:
            if size:
                self.venue.market.apply(self.delta(BookAction.ADD, self.side, self.price(depth), size, SNAPSHOT))
        self.venue.level(self.other, "1.50" if self.buys else "0.50", 1)

    def delta(self, action: BookAction, side: OrderSide, price: str, size: int, flags: int) -> OrderBookDelta:
        order = None if action == BookAction.CLEAR else BookOrder(side, Price.from_str(price), Quantity.from_int(size), 0)
        return OrderBookDelta(self.venue.pair.id, action, order, flags, 0, self.venue.now, self.venue.now)

    # -- trades --------------------------------------------------------------------------------------------------

    def take(self, wants: list[int], hidden: int) -> None:
        """Aggressors meet the levels, and somebody hidden at the last one; all trades are told before the book."""
        for want in wants:
            for depth in range(N_LEVELS):
                traded = min(want, self.others[depth])
                want -= traded
                unseen = min(want, hidden)
                want -= unseen
                if traded + unseen and (traded == self.others[depth] or not unseen):
                    self.trade(depth, traded, traded + unseen)
                if want == 0:
                    break
        for depth in range(N_LEVELS):
            self.tell_if_other(depth)

    def tell_if_other(self, depth: int) -> None:
        levels = self.venue.matching.state.book.bids() if self.buys else self.venue.matching.state.book.asks()
        shown = {str(level.price): int(level.quantity) for level in levels}
        if shown.get(self.price(depth), 0) != self.others[depth]:
            self.tell(depth)

    def trade(self, depth: int, traded: int, size: int) -> None:
        left = size
        for better in range(depth):
            for mine in self.own[better]:
                mine.ahead = 0
                left -= self.fill(mine, min(mine.left, left), "through")
        waiting = [(mine, mine.ahead) for mine in self.own[depth]]
        before = self.others[depth]
        self.others[depth] -= traded
        for mine in self.own[depth]:
            mine.ahead = max(mine.ahead - size, 0)
        while waiting:
            mine, ahead = waiting.pop(0)
            # What own orders before it took of the trade does not come this far
            filled = self.fill(mine, min(mine.left, mine.tranche, max(left - ahead, 0)), "at")
            left -= filled
            mine.tranche -= filled
            if filled and mine.left and mine.tranche == 0:
                # The next part goes behind everybody, and the trade may come to it there
                mine.tranche = min(mine.left, mine.shows)
                mine.ahead = self.others[depth]
                self.own[depth].remove(mine)
                self.own[depth].append(mine)
                waiting.append((mine, before))
                event("next part")
        for at in range(depth + 1):
            self.done += [mine for mine in self.own[at] if mine.left == 0]
            self.own[at] = [mine for mine in self.own[at] if mine.left]
        self.venue.trade(self.price(depth), size, self.aggressor)

    def fill(self, mine: Own, size: int, how: str) -> int:
        mine.left -= size
        event(f"filled {how}" if size else "waits")
        return size

    # -- own orders ------------------------------------------------------------------------------------------------

    def join(self, depth: int, mine: Own) -> None:
        mine.ahead = self.others[depth]
        self.own[depth].append(mine)

    def own_order(self, depth: int, size: int, shows: int) -> None:
        options = {"display_qty": Quantity.from_int(shows)} if 0 < shows < size else {}
        order = self.venue.limit(self.side, size, self.price(depth), **options)
        self.join(depth, Own(order, size, shows if options else 0))

    def own_smaller(self, who: int, size: int) -> None:
        if (picked := self.pick(who)) and size < picked[1].left:
            mine = picked[1]
            self.venue.modify(mine.order, qty=int(mine.order.filled_qty.raw) + size)
            mine.left = size
            if not mine.shows:
                mine.tranche = size

    def own_larger(self, who: int, size: int) -> None:
        if picked := self.pick(who):
            self.again(picked, picked[0], picked[1].left + size)
            self.venue.modify(picked[1].order, qty=int(picked[1].order.filled_qty.raw) + picked[1].left)

    def own_moves(self, who: int, depth: int) -> None:
        if (picked := self.pick(who)) and picked[0] != depth:
            self.again(picked, depth, picked[1].left)
            self.venue.modify(picked[1].order, price=self.price(depth))

    def again(self, picked: tuple[int, Own], depth: int, size: int) -> None:
        before, mine = picked
        self.own[before].remove(mine)
        mine.left = size
        mine.tranche = min(size, mine.shows) if mine.shows else size
        self.join(depth, mine)

    def own_cancel(self, who: int) -> None:
        if picked := self.pick(who):
            self.own[picked[0]].remove(picked[1])
            self.venue.cancel(picked[1].order)

    def check(self) -> None:
        for depth in range(N_LEVELS):
            for mine in self.own[depth]:
                assert mine.order.leaves_qty.raw == mine.left
                assert self.venue.matching.queue_ahead(mine.order).raw == mine.ahead
        for mine in self.done:
            assert mine.order.is_closed


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=5, max_size=50), start=st.tuples(SIZES, SIZES, SIZES),
    side=st.sampled_from([OrderSide.BUY, OrderSide.SELL]),
)
def test_the_last_in_the_queue_cancel(house: Any, steps: list[Any], start: tuple[int, ...], side: OrderSide) -> None:
    street = Street(house(book_type=BookType.L2_MBP, queue_model=RiskAverseQueueModel()), side)
    for depth, size in enumerate(start):
        street.add(depth, size)
    for kind, *terms in [("own", 0, 10, 0), ("add", 0, 5), *steps]:
        getattr(street, "own_order" if kind == "own" else kind)(*terms)
        street.check()
