"""Own orders on a book by order (L3): their place is exact, first in first out. Prices are cents."""

import pytest

from nautilus_lite.backtest.models import PowerProbQueueModel, RiskAverseQueueModel
from nautilus_lite.model.enums import AggressorSide, BookAction, BookType, OrderSide, OrderStatus
from nautilus_lite.model.objects import Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL
SELLER, BUYER = AggressorSide.SELLER, AggressorSide.BUYER
ADD, UPDATE, DELETE, CLEAR = BookAction.ADD, BookAction.UPDATE, BookAction.DELETE, BookAction.CLEAR
SNAPSHOT, LAST = 32, 128


def of(number):
    return Quantity.from_int(number)


@pytest.fixture
def make(house):
    """A venue with orders 1 (10), 2 (20), 3 (30) to buy at 0.99, 4 (70) at 0.98 and 9 (50) to sell at 1.01."""

    def build(queue_model=None):
        venue = house(BookType.L3_MBO, queue_model=queue_model)
        for order_id, size in ((1, 10), (2, 20), (3, 30)):
            venue.change(ADD, order_id, BUY, "0.99", size)
        venue.change(ADD, 4, BUY, "0.98", 70)
        venue.change(ADD, 9, SELL, "1.01", 50)
        return venue

    return build


@pytest.fixture
def venue(make):
    return make()


@pytest.fixture
def order(venue):
    """A bid of 10 at 0.99: 60 are ahead; then order 5 (40) joins behind it."""
    order = venue.limit(BUY, 10, "0.99")
    venue.change(ADD, 5, BUY, "0.99", 40)
    return order


def test_an_order_joins_behind_those_that_rest_at_its_level(venue, order):
    assert venue.matching.queue_ahead(order) == of(60)


def test_no_order_is_at_the_level(venue):
    order = venue.limit(BUY, 10, "1.00")
    assert venue.matching.queue_ahead(order) == of(0)
    venue.trade("1.00", 4, SELLER)
    assert (order.filled_qty, order.last_event.fill_reason) == (of(4), "queue_cleared")


def test_trades_serve_those_ahead_first_and_are_counted_once(venue, order):
    venue.trade("0.99", 25, SELLER)                 # 1 and 15 of 2; the book does not show it yet
    assert venue.matching.queue_ahead(order) == of(35)
    venue.change(DELETE, 1, BUY, "0.99", 10)
    assert venue.matching.queue_ahead(order) == of(35)
    venue.change(UPDATE, 2, BUY, "0.99", 5)
    assert venue.matching.queue_ahead(order) == of(35)
    venue.trade("0.99", 38, SELLER)                 # 5 of 2, 30 of 3, 3 are left for us
    assert order.filled_qty == of(3)
    assert order.last_event.fill_reason == "queue_cleared"
    assert order.last_event.queue_ahead == of(60)   # when it came to rest
    assert venue.matching.queue_ahead(order) == of(0)
    venue.trade("0.99", 100, SELLER)
    assert order.status == OrderStatus.FILLED


def test_two_trades_may_come_before_the_book_follows(venue, order):
    venue.trade("0.99", 25, SELLER)
    venue.trade("0.99", 10, SELLER)                 # the last 5 of 2 and 5 of 3
    assert venue.matching.queue_ahead(order) == of(25)
    venue.change(DELETE, 1, BUY, "0.99", 0)
    venue.change(DELETE, 2, BUY, "0.99", 0)
    venue.change(UPDATE, 3, BUY, "0.99", 25)
    assert venue.matching.queue_ahead(order) == of(25)
    # A trade took 5 of 3 before, the rest of it is cancelled
    venue.change(DELETE, 3, BUY, "0.99", 0)
    assert venue.matching.queue_ahead(order) == of(0)


@pytest.mark.parametrize(
    ("action", "order_id", "price", "size", "ahead"),
    [
        (DELETE, 2, "0.99", 0, 40),     # a cancel ahead
        (DELETE, 5, "0.99", 0, 60),     # a cancel behind: it does not zero the queue
        (DELETE, 9, "1.01", 0, 60),     # elsewhere
        (DELETE, 77, "0.99", 0, 60),    # of nobody
        (UPDATE, 2, "0.99", 15, 55),    # made smaller, keeps its place
        (UPDATE, 2, "0.99", 21, 40),    # made larger: behind now
        (UPDATE, 2, "0.98", 20, 40),    # moved away
        (UPDATE, 4, "0.99", 70, 60),    # moved here, behind
        (ADD, 6, "0.99", 500, 60),
        (ADD, 1, "0.99", 10, 50),       # comes again: behind
    ],
)
def test_changes_of_the_book(venue, order, action, order_id, price, size, ahead):
    venue.change(action, order_id, SELL if order_id == 9 else BUY, price, size)
    assert venue.matching.queue_ahead(order) == of(ahead)


def test_a_cancel_and_an_add_of_the_same_size_move_the_order(venue, order):
    # The level shows the same size after the batch; a book by price could not tell
    venue.change(DELETE, 2, BUY, "0.99", 0, flags=1)
    venue.change(ADD, 8, BUY, "0.99", 20)
    assert venue.matching.queue_ahead(order) == of(40)


def test_an_order_that_came_back_after_the_level_was_gone_is_first(venue, order):
    for order_id in (1, 2, 3, 5):
        venue.change(DELETE, order_id, BUY, "0.99", 0)
    venue.change(ADD, 1, BUY, "0.99", 10)
    assert venue.matching.queue_ahead(order) == of(0)


def test_a_trade_beyond_the_price_fills_whatever_is_ahead(venue, order):
    venue.trade("0.98", 4, SELLER)
    assert (order.filled_qty, order.last_event.fill_reason) == (of(4), "trade_through")
    assert venue.matching.queue_ahead(order) == of(0)


def test_trades_of_the_other_side_do_not_move_the_queue(venue, order):
    venue.trade("0.99", 30, BUYER)
    assert venue.matching.queue_ahead(order) == of(60)


def test_a_change_of_the_own_order(venue, order):
    venue.modify(order, qty=5)
    assert venue.matching.queue_ahead(order) == of(60)
    venue.modify(order, qty=6)
    assert venue.matching.queue_ahead(order) == of(100)
    venue.modify(order, price="0.98")
    assert venue.matching.queue_ahead(order) == of(70)


def test_each_part_of_an_iceberg_goes_to_the_back(venue):
    order = venue.limit(BUY, 30, "0.99", display_qty=of(10))
    venue.change(ADD, 5, BUY, "0.99", 40)
    # 60 ahead, and 30 of order 5, behind which the second part went when ten of the 30 had come to the first
    venue.trade("0.99", 90, SELLER)
    assert order.filled_qty == of(10)
    assert venue.matching.queue_ahead(order) == of(10)
    for order_id in (1, 2, 3):
        venue.change(DELETE, order_id, BUY, "0.99", 0)
    venue.change(UPDATE, 5, BUY, "0.99", 10)
    assert venue.matching.queue_ahead(order) == of(10)
    # 10 of order 5, the second part, and at once the third, behind which nobody stands
    venue.trade("0.99", 27, SELLER)
    assert order.filled_qty == of(27)


def test_one_trade_serves_those_behind_the_first_part_of_an_iceberg_before_the_second(venue):
    order = venue.limit(BUY, 30, "0.99", display_qty=of(10))
    venue.change(ADD, 5, BUY, "0.99", 40)
    # 60 ahead, 10 ours, 40 behind, and 5 of the next part
    venue.trade("0.99", 115, SELLER)
    assert order.filled_qty == of(15)


def test_two_orders_behind_one_queue_share_what_passes_it(venue, order):
    second = venue.limit(BUY, 10, "0.99")
    venue.trade("0.99", 65, SELLER)                 # 60 are ahead of the first
    assert (order.filled_qty, second.filled_qty) == (of(5), of(0))
    for order_id in (1, 2, 3):
        venue.change(DELETE, order_id, BUY, "0.99", 0)
    venue.change(UPDATE, 5, BUY, "0.99", 35)
    venue.trade("0.99", 42, SELLER)                 # 5 for the first, 37 come to the 35 ahead of the second
    assert (order.filled_qty, second.filled_qty) == (of(10), of(2))


def test_sells_queue_too(venue):
    order = venue.limit(SELL, 10, "1.01")
    venue.change(UPDATE, 9, SELL, "1.01", 20)
    assert venue.matching.queue_ahead(order) == of(20)
    venue.trade("1.01", 23, BUYER)
    assert order.filled_qty == of(3)


def snapshot(venue, *orders):
    venue.change(CLEAR, 0, BUY, "0.99", 0, flags=SNAPSHOT)
    for order_id, size in orders:
        venue.change(ADD, order_id, BUY, "0.99", size, flags=SNAPSHOT)
    venue.change(ADD, 9, SELL, "1.01", 50, flags=SNAPSHOT | LAST)


def test_a_snapshot_that_shows_the_same_changes_nothing(venue, order):
    snapshot(venue, (1, 10), (2, 20), (3, 30), (5, 40))
    assert venue.matching.queue_ahead(order) == of(60)
    venue.change(DELETE, 5, BUY, "0.99", 0)
    assert venue.matching.queue_ahead(order) == of(60)
    venue.change(DELETE, 2, BUY, "0.99", 0)
    assert venue.matching.queue_ahead(order) == of(40)


def test_after_a_snapshot_no_more_is_ahead_than_before_or_than_is_there(venue, order):
    snapshot(venue, (7, 25), (8, 50), (6, 25))      # 60 of 100: 25 and 35 of the second
    assert venue.matching.queue_ahead(order) == of(60)
    venue.change(UPDATE, 8, BUY, "0.99", 30)        # what it lost may have been behind
    assert venue.matching.queue_ahead(order) == of(55)
    venue.trade("0.99", 30, SELLER)                 # 25 and 5
    assert venue.matching.queue_ahead(order) == of(25)
    snapshot(venue, (7, 13))                        # the level has become smaller than what was ahead
    assert venue.matching.queue_ahead(order) == of(13)
    snapshot(venue)
    assert venue.matching.queue_ahead(order) == of(0)


def test_trades_while_a_snapshot_is_under_way_and_two_clears_at_once(venue, order):
    venue.change(CLEAR, 0, BUY, "0.99", 0, flags=SNAPSHOT)
    venue.change(ADD, 1, BUY, "0.99", 10, flags=SNAPSHOT)
    venue.trade("0.99", 15, SELLER)                 # 60 - 15 are left of those before
    assert order.filled_qty == of(0)
    assert venue.matching.queue_ahead(order) == of(45)
    venue.change(ADD, 2, BUY, "0.99", 500, flags=SNAPSHOT | LAST)
    assert venue.matching.queue_ahead(order) == of(45)
    venue.change(CLEAR, 0, BUY, "0.99", 0, flags=SNAPSHOT)
    venue.change(ADD, 1, BUY, "0.99", 10, flags=SNAPSHOT)
    snapshot(venue, (1, 10), (2, 60))               # what was ahead is lost: all may be
    assert venue.matching.queue_ahead(order) == of(70)


def test_a_model_is_used_where_one_is_given(make):
    # As on a book by price: of what a level loses nothing was ahead
    venue = make(RiskAverseQueueModel())
    order = venue.limit(BUY, 10, "0.99")
    venue.change(ADD, 5, BUY, "0.99", 40)
    venue.change(DELETE, 2, BUY, "0.99", 0)
    assert venue.matching.queue_ahead(order) == of(60)


def test_the_settings_say_which(make):
    assert make().exchange.describe()["queue_model"] == "exact"
    assert make(PowerProbQueueModel(2.0)).exchange.describe()["queue_model"] == "PowerProbQueueModel(n=2.0)"


def test_nothing_is_left_after_a_reset(venue, order):
    venue.market.reset()
    venue.exchange.reset()
    venue.change(ADD, 1, BUY, "0.99", 10)
    again = venue.limit(BUY, 10, "0.99")
    assert venue.matching.queue_ahead(again) == of(10)
