"""If-touched and market-to-limit orders. Prices are cents; quantities are small against the shown size unless said."""

import pytest

from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide, OrderStatus, OrderType, TriggerType
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def quoted(house):
    venue = house()
    venue.quote("1.00", "1.01")
    return venue


def touched(venue, side, trigger, price=None, qty=10, **options):
    make = venue.orders
    common = (venue.pair.id, side, Quantity.from_int(qty))
    if price is None:
        return venue.submit(make.market_if_touched(*common, Price.from_str(trigger), **options))
    return venue.submit(make.limit_if_touched(*common, Price.from_str(price), Price.from_str(trigger), **options))


def to_limit(venue, side, qty, **options):
    return venue.submit(venue.orders.market_to_limit(venue.pair.id, side, Quantity.from_int(qty), **options))


def fills(order):
    return [
        (int(event.last_qty), str(event.last_px), event.fill_reason)
        for event in order.events
        if type(event).__name__ == "OrderFilled"
    ]


@pytest.mark.parametrize(
    ("side", "trigger", "before", "at", "price"),
    [
        # A buy waits for the ask to fall to its trigger, a sell for the bid to rise
        (BUY, "0.98", ("0.98", "0.99"), ("0.97", "0.98"), "0.98"),
        (SELL, "1.03", ("1.02", "1.03"), ("1.03", "1.04"), "1.03"),
        # Where the market jumps beyond it, it is the market's better price that is had
        (BUY, "0.98", ("0.98", "0.99"), ("0.94", "0.95"), "0.95"),
        (SELL, "1.03", ("1.02", "1.03"), ("1.07", "1.08"), "1.07"),
    ],
)
def test_market_if_touched(quoted, side, trigger, before, at, price):
    order = touched(quoted, side, trigger)
    assert order.order_type == OrderType.MARKET_IF_TOUCHED
    assert order.trigger_price == Price.from_str(trigger)
    quoted.quote(*before)
    assert order.status == OrderStatus.ACCEPTED
    quoted.quote(*at)
    assert order.status == OrderStatus.FILLED
    assert fills(order) == [(10, price, "if_touched")]


def test_limit_if_touched_takes_where_it_crosses(quoted):
    order = touched(quoted, BUY, "0.98", "0.99")
    quoted.quote("0.97", "0.98")
    assert [type(event).__name__ for event in order.events][3:] == ["OrderTriggered", "OrderFilled"]
    assert fills(order) == [(10, "0.98", "if_touched")]


def test_limit_if_touched_rests_below_the_market(quoted):
    order = touched(quoted, BUY, "0.98", "0.96")
    quoted.quote("0.97", "0.98")
    assert order.status == OrderStatus.TRIGGERED
    quoted.quote("0.95", "0.96")
    assert order.status == OrderStatus.FILLED
    assert fills(order)[0][1] == "0.96"


@pytest.mark.parametrize(("side", "trigger"), [(BUY, "1.01"), (BUY, "1.05"), (SELL, "1.00"), (SELL, "0.90")])
def test_a_trigger_in_the_market_is_rejected(quoted, side, trigger):
    order = touched(quoted, side, trigger)
    assert order.status == OrderStatus.REJECTED
    assert "is in the market" in order.last_event.reason


def test_a_trigger_in_the_market_fills_where_the_venue_takes_it(house):
    venue = house(reject_stop_orders=False)
    venue.quote("1.00", "1.01")
    order = touched(venue, BUY, "1.05")
    assert fills(order) == [(10, "1.01", "if_touched")]


def test_the_last_trade_triggers(quoted):
    order = touched(quoted, SELL, "1.03", trigger_type=TriggerType.LAST_PRICE)
    quoted.quote("1.04", "1.05")
    assert order.status == OrderStatus.ACCEPTED
    quoted.trade("1.02", 5, AggressorSide.BUYER)
    assert order.status == OrderStatus.ACCEPTED
    quoted.trade("1.03", 5, AggressorSide.BUYER)
    assert fills(order) == [(10, "1.04", "if_touched")]


def test_on_a_bar_it_fills_at_its_trigger_or_at_a_better_open(house):
    venue = house()
    venue.bar("1.00", "1.00", "1.00", "1.00")
    within = touched(venue, BUY, "0.97")
    venue.bar("1.00", "1.01", "0.95", "1.00")
    assert fills(within) == [(10, "0.97", "if_touched")]
    gap = touched(venue, BUY, "0.97")
    venue.bar("0.94", "0.99", "0.93", "0.98")
    assert fills(gap) == [(10, "0.94", "gap_open")]


def test_a_changed_trigger_counts(quoted):
    order = touched(quoted, BUY, "0.98")
    quoted.modify(order, trigger="0.96")
    quoted.quote("0.96", "0.97")
    assert order.status == OrderStatus.ACCEPTED
    quoted.quote("0.95", "0.96")
    assert fills(order) == [(10, "0.96", "if_touched")]


def test_stops_and_touches_of_one_update_go_by_price(quoted):
    """A rise to 1.05 / 1.06 passes the sell trigger at 1.02 before the buy stop at 1.04."""
    stop = quoted.stop(BUY, 10, "1.04")
    touch = touched(quoted, SELL, "1.02")
    quoted.quote("1.05", "1.06")
    assert (stop.status, touch.status) == (OrderStatus.FILLED, OrderStatus.FILLED)
    order_of_fills = [e.client_order_id for e in quoted.events if type(e).__name__ == "OrderFilled"]
    assert order_of_fills == [touch.client_order_id, stop.client_order_id]


# -- market to limit -------------------------------------------------------------------------------------------------


def test_market_to_limit_takes_the_best_level_and_rests_there(house):
    venue = house(BookType.L2_MBP)
    venue.asks(("1.01", 4), ("1.02", 50))
    venue.bids(("1.00", 50))
    order = to_limit(venue, BUY, 10)
    assert order.order_type == OrderType.MARKET_TO_LIMIT
    assert fills(order) == [(4, "1.01", "took_book")]
    assert order.price == Price.from_str("1.01")
    assert order.is_open and order.leaves_qty == Quantity.from_int(6)
    # It rests at 1.01: a seller who hits it fills it as a maker
    venue.trade("1.01", 6, AggressorSide.SELLER)
    assert fills(order)[1] == (6, "1.01", "trade_at")
    assert order.status == OrderStatus.FILLED


def test_market_to_limit_that_the_best_level_fills_is_a_market_order(quoted):
    order = to_limit(quoted, SELL, 10)
    assert fills(order) == [(10, "1.00", "took_book")]
    assert [type(event).__name__ for event in order.events] == ["OrderInitialized", "OrderSubmitted", "OrderFilled"]
    assert order.price is None


def test_market_to_limit_has_no_price_before(quoted):
    order = quoted.orders.market_to_limit(quoted.pair.id, BUY, Quantity.from_int(1))
    assert order.price is None and not order.has_price


def test_market_to_limit_without_a_market_is_rejected(house):
    venue = house()
    order = to_limit(venue, BUY, 10)
    assert order.status == OrderStatus.REJECTED
    assert "no market" in order.last_event.reason
