"""A book by order against lists and dictionaries, under random changes weighted towards what happens at a touch."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.model.book import OrderBook
from nautilus_lite.model.data import BookOrder, OrderBookDelta
from nautilus_lite.model.enums import BookAction, BookType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Price, Quantity

ID = InstrumentId.from_str("ESH4.GLBX")
SIDES = (OrderSide.BUY, OrderSide.SELL)
F_LAST = 128


class Oracle:
    """Orders in the order of their priority; everything else is looked up by walking."""

    def __init__(self) -> None:
        self.orders: list[tuple[int, OrderSide, int, int]] = []     # id, side, price, size
        self.counts = {"crossed": 0, "locked": 0, "missing_deletes": 0, "unknown_updates": 0, "duplicate_adds": 0}

    def apply(self, action: BookAction, order: tuple[int, OrderSide, int, int], ends: bool) -> None:
        if action == BookAction.CLEAR:
            self.orders.clear()
            return
        known = [o for o in self.orders if o[0] == order[0]]
        if action == BookAction.DELETE or order[3] == 0:
            self.counts["missing_deletes"] += not known
            self.orders = [o for o in self.orders if o[0] != order[0]]
        elif known and action == BookAction.UPDATE and order[:3] == known[0][:3] and order[3] <= known[0][3]:
            self.orders[self.orders.index(known[0])] = order
        else:
            self.counts["unknown_updates"] += action == BookAction.UPDATE and not known
            self.counts["duplicate_adds"] += action == BookAction.ADD and bool(known)
            self.orders = [o for o in self.orders if o[0] != order[0]] + [order]
        bids = [o[2] for o in self.orders if o[1] == OrderSide.BUY]
        asks = [o[2] for o in self.orders if o[1] == OrderSide.SELL]
        if ends and bids and asks:
            self.counts["crossed"] += max(bids) > min(asks)
            self.counts["locked"] += max(bids) == min(asks)

    def side(self, side: OrderSide) -> list[tuple[int, list[tuple[int, int]]]]:
        prices = sorted({o[2] for o in self.orders if o[1] == side}, reverse=side == OrderSide.BUY)
        return [(p, [(o[0], o[3]) for o in self.orders if o[1] == side and o[2] == p]) for p in prices]


def shown(levels: list[Any]) -> list[tuple[int, list[tuple[int, int]]]]:
    for level in levels:
        assert level.count == len(level.orders())
        assert level.quantity.raw == sum(o.size.raw for o in level.orders())
    return [(level.price.raw, [(o.order_id, o.size.raw) for o in level.orders()]) for level in levels]


IDS = st.integers(1, 25) | st.integers(1, 2**64 - 1)
ACTIONS = st.sampled_from([BookAction.ADD] * 6 + [BookAction.UPDATE] * 4 + [BookAction.DELETE] * 4 + [BookAction.CLEAR])
CHANGES = st.tuples(ACTIONS, IDS, st.sampled_from(SIDES), st.integers(-6, 6), st.integers(0, 9), st.booleans())


@settings(max_examples=300, deadline=None)
@given(st.lists(CHANGES, max_size=120), st.booleans())
def test_every_change_as_in_the_oracle(changes: list[Any], as_deltas: bool) -> None:
    book = OrderBook(ID, BookType.L3_MBO, 2, 0)
    oracle = Oracle()
    for action, order_id, side, price, size, ends in changes:
        if action == BookAction.ADD:
            size += 1
        order = BookOrder(side, Price.from_raw(price, 2), Quantity.from_raw(size, 0), order_id)
        flags = F_LAST if ends else 1
        if as_deltas or action == BookAction.CLEAR:
            order_or_none = None if action == BookAction.CLEAR else order
            book.apply(OrderBookDelta(ID, action, order_or_none, flags, 0, 0, 0))
        else:
            {BookAction.ADD: book.add, BookAction.UPDATE: book.update, BookAction.DELETE: book.delete}[action](order, 0, flags)
        oracle.apply(action, (order_id, side, price, size), ends)
        book._check()
        assert shown(book.bids()) == oracle.side(OrderSide.BUY)
        assert shown(book.asks()) == oracle.side(OrderSide.SELL)
    assert book.integrity == oracle.counts
