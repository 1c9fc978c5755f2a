"""Own orders on a book by order against a queue in which they really stand, as phantoms that nobody else sees."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from nautilus_lite.model.enums import AggressorSide, BookAction, BookType, OrderSide

SNAPSHOT, LAST = 32, 128
DEPTHS = st.integers(0, 2)
SIZES = st.integers(1, 30)
WHO = st.integers(0, 1_000)
STEPS = st.one_of(
    st.tuples(st.just("add"), DEPTHS, SIZES),
    st.tuples(st.just("add"), DEPTHS, SIZES),
    st.tuples(st.just("cancel"), WHO),
    st.tuples(st.just("resize"), WHO, SIZES),
    st.tuples(st.just("move"), WHO, DEPTHS),
    st.tuples(st.just("take"), st.lists(st.integers(1, 60), min_size=1, max_size=3), st.booleans()),
    st.tuples(st.just("take"), st.lists(st.integers(1, 60), min_size=1, max_size=3), st.booleans()),
    st.tuples(st.just("snapshot")),
    st.tuples(st.just("own"), DEPTHS, SIZES),
    st.tuples(st.just("own_smaller"), WHO, SIZES),
    st.tuples(st.just("own_cancel"), WHO),
)


class Street:
    """One side of the real exchange: queues of [id, size], and of own orders among them as [order, leaves]."""

    def __init__(self, venue: Any, side: OrderSide) -> None:
        self.venue = venue
        self.side = side
        self.aggressor = AggressorSide.SELLER if side == OrderSide.BUY else AggressorSide.BUYER
        self.queues: list[list[list[Any]]] = [[], [], []]
        self.n = 0
        venue.change(BookAction.ADD, 1, side, self.price(9), 1)
        far = "1.50" if side == OrderSide.BUY else "0.50"
        self.other = OrderSide.SELL if side == OrderSide.BUY else OrderSide.BUY
        self.far = far
        venue.change(BookAction.ADD, 2, self.other, far, 1)

    def price(self, depth: int) -> str:
        cents = 99 - depth if self.side == OrderSide.BUY else 101 + depth
        return f"{cents // 100}.{cents % 100:02d}"

    def real(self, depth: int) -> list[list[Any]]:
        return [entry for entry in self.queues[depth] if isinstance(entry[0], int)]

    def own(self) -> list[tuple[int, list[Any]]]:
        return [(depth, e) for depth, queue in enumerate(self.queues) for e in queue if not isinstance(e[0], int)]

    def pick(self, who: int) -> tuple[int, list[Any]] | None:
        entries = [(depth, entry) for depth in range(3) for entry in self.real(depth)]
        return entries[who % len(entries)] if entries else None

    def tell(self, action: BookAction, depth: int, entry: list[Any], flags: int = LAST) -> None:
        self.venue.change(action, entry[0], self.side, self.price(depth), entry[1], flags)

    def ahead(self, depth: int, mine: list[Any]) -> int:
        total = 0
        for entry in self.queues[depth]:
            if entry is mine:
                return total
            total += entry[1] if isinstance(entry[0], int) else 0
        raise AssertionError("an order left the queue")

    def step(self, kind: str, *terms: Any) -> None:
        getattr(self, kind)(*terms)

    def add(self, depth: int, size: int) -> None:
        self.n += 1
        self.queues[depth].append([10 + self.n, size])
        self.tell(BookAction.ADD, depth, self.queues[depth][-1])

    def cancel(self, who: int) -> None:
        if picked := self.pick(who):
            depth, entry = picked
            self.queues[depth].remove(entry)
            self.tell(BookAction.DELETE, depth, entry)

    def resize(self, who: int, size: int) -> None:
        if picked := self.pick(who):
            depth, entry = picked
            if size > entry[1]:
                self.queues[depth].remove(entry)
                self.queues[depth].append(entry)
            entry[1] = size
            self.tell(BookAction.UPDATE, depth, entry)

    def move(self, who: int, depth: int) -> None:
        if picked := self.pick(who):
            before, entry = picked
            if before != depth:
                self.queues[before].remove(entry)
                self.queues[depth].append(entry)
            self.tell(BookAction.UPDATE, depth, entry)

    def snapshot(self) -> None:
        self.venue.change(BookAction.CLEAR, 0, self.side, "1.00", 0, SNAPSHOT)
        self.venue.change(BookAction.ADD, 1, self.side, self.price(9), 1, SNAPSHOT)
        for depth in range(3):
            for entry in self.real(depth):
                self.tell(BookAction.ADD, depth, entry, SNAPSHOT)
        self.venue.change(BookAction.ADD, 2, self.other, self.far, 1, SNAPSHOT | LAST)

    def take(self, wants: list[int], one_batch: bool) -> None:
        """Market orders meet the queues: all trades are told first, then all changes of the book that they caused."""
        changes: list[tuple[BookAction, int, list[Any]]] = []
        for want in wants:
            for depth in range(3):
                traded = 0
                phantom_shares = [(d, mine, self.ahead(d, mine)) for d, mine in self.own()]
                for entry in self.real(depth):
                    taken = min(want, entry[1])
                    if taken == 0:
                        break
                    want -= taken
                    traded += taken
                    entry[1] -= taken
                    if entry[1] == 0:
                        self.queues[depth].remove(entry)
                    changes.append((BookAction.UPDATE if entry[1] else BookAction.DELETE, depth, list(entry)))
                if traded:
                    self.phantoms_fill(depth, traded, phantom_shares)
                    self.venue.trade(self.price(depth), traded, self.aggressor)
        for i, change in enumerate(changes):
            self.tell(*change, 1 if one_batch and i + 1 < len(changes) else LAST)

    def phantoms_fill(self, depth: int, traded: int, shares: list[tuple[int, list[Any], int]]) -> None:
        left = traded
        for where, mine, ahead in shares:
            if where > depth:
                continue
            # What own orders before it took does not come this far
            share = max(left - (0 if where < depth else ahead), 0)
            filled = min(mine[1], share)
            left -= filled
            mine[1] -= filled
            if where < depth:
                # Passed by the market: everybody before own orders is served
                self.queues[where].sort(key=lambda entry: isinstance(entry[0], int))
            if mine[1] == 0:
                self.queues[where].remove(mine)
            event("own order filled through" if where < depth and filled else "own order filled at" if filled else "waits")

    def own_order(self, depth: int, size: int) -> None:
        order = self.venue.limit(self.side, size, self.price(depth))
        self.queues[depth].append([order, size])

    def own_smaller(self, who: int, size: int) -> None:
        if mine := self.own():
            _, entry = mine[who % len(mine)]
            if size < entry[1]:
                self.venue.modify(entry[0], qty=int(entry[0].filled_qty.raw) + size)
                entry[1] = size

    def own_cancel(self, who: int) -> None:
        if mine := self.own():
            depth, entry = mine[who % len(mine)]
            self.queues[depth].remove(entry)
            self.venue.cancel(entry[0])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=5, max_size=60), start=st.lists(st.tuples(DEPTHS, SIZES), max_size=12),
    side=st.sampled_from([OrderSide.BUY, OrderSide.SELL]),
)
def test_first_in_first_out(house: Any, steps: list[Any], start: list[Any], side: OrderSide) -> None:
    venue = house(book_type=BookType.L3_MBO)
    street = Street(venue, side)
    orders: list[Any] = []
    for depth, size in start:
        street.add(depth, size)
    for kind, *terms in [("own", 0, 10), ("add", 0, 5), *steps]:
        if kind == "own":
            street.own_order(*terms)
            orders.append(street.queues[terms[0]][-1][0])
        else:
            street.step(kind, *terms)
        resting = {id(entry[0]): (depth, entry) for depth, entry in street.own()}
        for order in orders:
            if id(order) in resting:
                depth, entry = resting[id(order)]
                assert order.leaves_qty.raw == entry[1]
                assert venue.matching.queue_ahead(order).raw == street.ahead(depth, entry)
            else:
                assert order.is_closed
        venue.matching.state.book._check()
