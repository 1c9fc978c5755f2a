"""Orders: construction and the state machine."""

import pytest

from nautilus_lite.errors import InvalidStateTrigger
from nautilus_lite.model.enums import LiquiditySide, OrderSide, OrderStatus, PositionSide, TimeInForce
from nautilus_lite.model.events.order import OrderCanceled, OrderTriggered
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders import OrderList


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


def limit(desk, qty=1_000, price="0.79000", **options):
    return desk.orders.limit(desk.aud.id, OrderSide.BUY, desk.aud.make_qty(qty), Price.from_str(price), **options)


def test_ids_hold_time_tags_and_count(desk):
    first, second = limit(desk), limit(desk)
    assert first.client_order_id.value == "O-19700101-000000-001-001-1"
    assert second.client_order_id.value == "O-19700101-000000-001-001-2"
    desk.queue.set_now(86_400_000_000_000)
    assert limit(desk).client_order_id.value == "O-19700102-000000-001-001-3"


def test_zero_quantity_is_refused(desk):
    with pytest.raises(ValueError, match="invalid `quantity`, must be positive, was 0"):
        desk.orders.market(desk.aud.id, OrderSide.BUY, Quantity.from_int(0))


def test_side_must_be_named(desk):
    with pytest.raises(ValueError, match="invalid `order_side`, must be BUY or SELL"):
        desk.orders.market(desk.aud.id, OrderSide.NO_ORDER_SIDE, Quantity.from_int(1))


def test_expiry_and_good_till_date_go_together(desk):
    with pytest.raises(ValueError, match="must be given for a GTD order"):
        limit(desk, time_in_force=TimeInForce.GTD)
    with pytest.raises(ValueError, match="must be 0 unless the time in force is GTD"):
        limit(desk, expire_time=1_000)


def test_market_order_has_no_date(desk):
    with pytest.raises(ValueError, match="must not be GTD for a market order"):
        desk.orders.market(desk.aud.id, OrderSide.BUY, Quantity.from_int(1), TimeInForce.GTD)


def test_price_and_trigger_share_the_finer_precision(desk):
    order = desk.orders.stop_limit(
        desk.aud.id, OrderSide.BUY, Quantity.from_int(1), Price.from_str("0.8"), Price.from_str("0.79995")
    )
    assert (order.price, order.trigger_price) == (Price.from_str("0.80000"), Price.from_str("0.79995"))
    assert order.price.precision == 5


def test_average_price_weighs_each_fill_once(desk):
    order = desk.accept(limit(desk, 300))
    desk.fill(order, "0.79000", 100)
    assert order.status == OrderStatus.PARTIALLY_FILLED
    assert order.leaves_qty == Quantity.from_int(200)
    desk.fill(order, "0.78700", 200)
    # (0.79 x 100 + 0.787 x 200) / 300 = 236.4 / 300
    assert order.avg_px == pytest.approx(0.788)
    # A buy at 0.788 with limit 0.79 is 0.002 better
    assert order.slippage == pytest.approx(-0.002)
    assert order.status == OrderStatus.FILLED
    assert order.is_closed
    assert order.liquidity_side == LiquiditySide.TAKER
    assert len(order.trade_ids) == 2


def test_fill_beyond_what_is_left_is_refused(desk):
    order = desk.accept(limit(desk, 100))
    with pytest.raises(ValueError, match="must not exceed what is left"):
        order.apply(desk.fill_event(order, "0.79", 101))


def test_same_trade_twice_is_refused(desk):
    order = desk.accept(limit(desk, 100))
    event = desk.fill_event(order, "0.79", 10)
    order.apply(event)
    with pytest.raises(ValueError, match="was applied to order .* before"):
        order.apply(event)


def test_closed_order_takes_no_event(desk):
    order = desk.accept(limit(desk))
    desk.cancel(order)
    assert order.ts_closed == order.ts_last
    with pytest.raises(InvalidStateTrigger, match="OrderCanceled is illegal .* in status CANCELED"):
        order.apply(OrderCanceled(venue_order_id=order.venue_order_id, **desk.common(order)))


def test_new_order_cannot_be_triggered(desk):
    order = limit(desk)
    with pytest.raises(InvalidStateTrigger, match="OrderTriggered is illegal .* in status INITIALIZED"):
        order.apply(OrderTriggered(venue_order_id=None, **desk.common(order)))


def test_event_of_another_order_is_refused(desk):
    one, two = limit(desk), limit(desk)
    with pytest.raises(ValueError, match="must be of order"):
        one.apply(OrderCanceled(venue_order_id=None, **desk.common(two)))


def test_would_reduce_only_what_it_can(desk):
    sell = desk.orders.market(desk.aud.id, OrderSide.SELL, Quantity.from_int(10))
    assert sell.would_reduce_only(PositionSide.LONG, Quantity.from_int(10))
    assert not sell.would_reduce_only(PositionSide.LONG, Quantity.from_int(9))
    assert not sell.would_reduce_only(PositionSide.FLAT, Quantity.from_int(0))


def test_list_is_of_one_instrument(desk, pair):
    other = desk.add(pair("NZD/USD"))
    orders = [limit(desk), desk.orders.market(other.id, OrderSide.BUY, Quantity.from_int(1))]
    with pytest.raises(ValueError, match="must all be of AUD/USD.SIM"):
        desk.orders.create_list(orders)
    with pytest.raises(ValueError, match="must not be empty"):
        OrderList(desk.orders.generate_order_list_id(), [])
