"""Books by order (L3): who stands where in the queue of a level, and what does not fit in the data. Prices are cents."""

import pytest

from nautilus_lite.cache.market import Market
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.book import OrderBook
from nautilus_lite.model.data import BookOrder, OrderBookDelta, OrderBookDeltas, OrderBookDepth10
from nautilus_lite.model.enums import BookAction, BookType, OrderSide, RecordFlag
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Price, Quantity

ID = InstrumentId.from_str("ESH4.GLBX")
BUY, SELL = OrderSide.BUY, OrderSide.SELL
LAST = int(RecordFlag.F_LAST)
SNAPSHOT = int(RecordFlag.F_SNAPSHOT)


def order(order_id, side, price, size):
    return BookOrder(side, Price.from_str(price), Quantity.from_int(size), order_id)


def clear(flags=0):
    return OrderBookDelta(ID, BookAction.CLEAR, None, flags, 0, 0, 0)


def queue(book, side, price):
    """Id and size of the orders at a price, first in the queue first."""
    for level in book.bids() if side == BUY else book.asks():
        if level.price == Price.from_str(price):
            return [(o.order_id, int(o.size.raw)) for o in level.orders()]
    return []


@pytest.fixture
def book():
    """Three orders at 1.00 to buy, one at 1.02 to sell."""
    book = OrderBook(ID, BookType.L3_MBO, 2, 0)
    for order_id, size in ((1, 10), (2, 20), (3, 30)):
        book.add(order(order_id, BUY, "1.00", size), 0)
    book.add(order(4, SELL, "1.02", 5), 0)
    return book


def test_an_add_joins_the_back_of_its_level(book):
    assert queue(book, BUY, "1.00") == [(1, 10), (2, 20), (3, 30)]
    level = book.bids()[0]
    assert (level.count, level.size(), level.quantity) == (3, 60.0, Quantity.from_int(60))
    assert level.orders()[0] == order(1, BUY, "1.00", 10)
    assert book.best_ask_size() == Quantity.from_int(5)
    book._check()


@pytest.mark.parametrize(("size", "expected"), [(5, [(1, 10), (2, 5), (3, 30)]), (20, [(1, 10), (2, 20), (3, 30)])])
def test_a_smaller_or_equal_size_keeps_the_place(book, size, expected):
    book.update(order(2, BUY, "1.00", size), 0)
    assert queue(book, BUY, "1.00") == expected
    assert book.best_bid_size() == Quantity.from_int(40 + size)
    book._check()


def test_a_larger_size_goes_to_the_back(book):
    book.update(order(1, BUY, "1.00", 11), 0)
    assert queue(book, BUY, "1.00") == [(2, 20), (3, 30), (1, 11)]
    book._check()


def test_another_price_goes_to_the_back_there(book):
    book.add(order(5, BUY, "0.99", 7), 0)
    book.update(order(1, BUY, "0.99", 10), 0)
    assert queue(book, BUY, "1.00") == [(2, 20), (3, 30)]
    assert queue(book, BUY, "0.99") == [(5, 7), (1, 10)]
    # And back: its old place is gone
    book.update(order(1, BUY, "1.00", 10), 0)
    assert queue(book, BUY, "1.00") == [(2, 20), (3, 30), (1, 10)]
    book._check()


def test_another_side_moves_the_order(book):
    book.update(order(1, SELL, "1.02", 10), 0)
    assert queue(book, SELL, "1.02") == [(4, 5), (1, 10)]
    assert book.best_bid_size() == Quantity.from_int(50)
    book._check()


def test_a_delete_means_the_id_whatever_price_and_size_it_names(book):
    book.delete(order(2, SELL, "1.50", 1), 0)
    assert queue(book, BUY, "1.00") == [(1, 10), (3, 30)]
    assert book.integrity["missing_deletes"] == 0
    book._check()


def test_a_level_goes_with_its_last_order(book):
    book.delete(order(4, SELL, "1.02", 5), 0)
    assert book.best_ask_price() is None
    book.update(order(1, BUY, "1.00", 0), 0)    # a size of zero deletes
    assert queue(book, BUY, "1.00") == [(2, 20), (3, 30)]
    book._check()


def test_what_does_not_fit_is_counted_and_carried_out_as_far_as_it_makes_sense(book):
    book.delete(order(99, BUY, "1.00", 1), 0)
    book.update(order(98, BUY, "1.00", 8), 0)
    book.add(order(1, BUY, "1.00", 10), 0)
    assert queue(book, BUY, "1.00") == [(2, 20), (3, 30), (98, 8), (1, 10)]
    assert book.integrity == {
        "crossed": 0, "locked": 0, "missing_deletes": 1, "unknown_updates": 1, "duplicate_adds": 1,
    }
    book._check()
    book.reset()
    assert set(book.integrity.values()) == {0}
    assert book.bids() == []
    book._check()


def test_crossed_and_locked_books_are_counted_at_the_end_of_a_batch(book):
    book.add(order(10, BUY, "1.02", 1), 0, flags=SNAPSHOT)     # inside a batch: locked for now
    book.delete(order(10, BUY, "1.02", 1), 0, flags=LAST)
    assert (book.integrity["crossed"], book.integrity["locked"]) == (0, 0)
    book.add(order(10, BUY, "1.02", 1), 0, flags=LAST)
    assert (book.integrity["crossed"], book.integrity["locked"]) == (0, 1)
    book.add(order(11, BUY, "1.03", 1), 0, flags=0)            # a delta without flags is a batch of its own
    assert (book.integrity["crossed"], book.integrity["locked"]) == (1, 1)


@pytest.mark.parametrize("kind", ["deltas", "depth"])
def test_an_l2_book_counts_crossed_and_locked_too(kind):
    book = OrderBook(ID, BookType.L2_MBP, 2, 0)
    for bid, ask in (("1.00", "1.01"), ("1.01", "1.01"), ("1.02", "1.01")):
        if kind == "deltas":
            book.clear()
            book.update(order(0, BUY, bid, 1), 0, flags=1)
            book.update(order(0, SELL, ask, 1), 0, flags=LAST)
        else:
            book.apply(OrderBookDepth10(ID, [order(0, BUY, bid, 1)], [order(0, SELL, ask, 1)], [1], [1], 0, 0, 0, 0))
    assert (book.integrity["crossed"], book.integrity["locked"]) == (1, 1)


def test_a_snapshot_replaces_the_book_and_its_queues(book):
    book.apply(OrderBookDeltas(ID, [clear(SNAPSHOT)] + [
        OrderBookDelta(ID, BookAction.ADD, order(i, BUY, "1.00", s), SNAPSHOT | last, 0, 0, 0)
        for i, s, last in ((3, 30, 0), (1, 10, LAST))
    ]))
    assert queue(book, BUY, "1.00") == [(3, 30), (1, 10)]
    assert book.asks() == []
    assert book.integrity["duplicate_adds"] == 0
    book._check()


def test_a_snapshot_without_a_clear_may_repeat_orders(book):
    book.add(order(1, BUY, "1.00", 10), 0, flags=SNAPSHOT)
    assert queue(book, BUY, "1.00") == [(2, 20), (3, 30), (1, 10)]
    assert book.integrity["duplicate_adds"] == 0


def test_sides_can_be_emptied(book):
    book.clear_bids()
    assert (book.bids(), len(book.asks())) == ([], 1)
    book._check()
    book.clear_asks()
    book._check()
    book.add(order(1, BUY, "1.00", 10), 0)
    assert book.integrity["duplicate_adds"] == 0


def test_many_orders_of_neighbouring_ids(book):
    # Beyond the first size of the table and of the array, with gaps: ids grow as a venue gives them
    for i in range(5, 2_000):
        book.add(order(i, BUY, "0.99", 1), 0)
    for i in range(5, 2_000, 2):
        book.delete(order(i, BUY, "0.99", 1), 0)
    book._check()
    assert queue(book, BUY, "0.99") == [(i, 1) for i in range(6, 2_000, 2)]


def test_an_order_without_an_id_is_refused(book):
    with pytest.raises(InvalidData, match="no order id"):
        book.add(order(0, BUY, "1.00", 1), 0)
    delta = OrderBookDelta(ID, BookAction.ADD, order(0, BUY, "1.00", 1), 0, 0, 0, 0)
    with pytest.raises(InvalidData, match="no order id"):
        book.apply(delta)


def test_depth_cannot_feed_a_book_by_order(book):
    depth = OrderBookDepth10(ID, [order(0, BUY, "1.00", 1)], [], [1], [], 0, 0, 0, 0)
    with pytest.raises(InvalidConfiguration, match="needs deltas by order"):
        book.apply(depth)


def test_an_l1_book_takes_no_orders():
    with pytest.raises(InvalidConfiguration, match="takes no orders"):
        OrderBook(ID, BookType.L1_MBP, 2, 0).add(order(1, BUY, "1.00", 1), 0)


def test_levels_of_a_book_by_price_count_as_one_order():
    book = OrderBook(ID, BookType.L2_MBP, 2, 0)
    book.add(order(7, BUY, "1.00", 3), 0)
    assert book.bids()[0].orders() == [order(0, BUY, "1.00", 3)]


def test_the_market_keeps_a_book_by_order(instrument_of_cents):
    market = Market()
    state = market.add_instrument(instrument_of_cents, BookType.L3_MBO)
    name = instrument_of_cents.id
    market.apply(OrderBookDelta(name, BookAction.ADD, order(1, BUY, "1.00", 2), LAST, 1, 5, 6))
    assert state.book.bids()[0].orders() == [order(1, BUY, "1.00", 2)]
    assert state.ts_last_init == 6
    # Levels tell of no orders: they leave the book alone
    market.apply(OrderBookDepth10(name, [order(0, BUY, "1.01", 1)], [], [1], [], 0, 0, 7, 7))
    assert state.book.best_bid_price() == Price.from_str("1.00")
    with pytest.raises(InvalidData, match="without an order id"):
        market.apply(OrderBookDeltas(name, [OrderBookDelta(name, BookAction.ADD, order(0, BUY, "1.00", 2), LAST, 1, 5, 6)]))
    market.reset()
    assert state.book.bids() == []


@pytest.fixture
def instrument_of_cents(equity):
    return equity()
