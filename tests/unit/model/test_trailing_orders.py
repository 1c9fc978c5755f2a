"""Trailing stops as objects: what was asked, exact offsets, prices that the venue sets later."""

import pickle
from decimal import Decimal

import pytest

from nautilus_lite.model.enums import OrderSide, OrderStatus, OrderType, TimeInForce, TrailingOffsetType, TriggerType
from nautilus_lite.model.events.order import OrderUpdated
from nautilus_lite.model.identifiers import ClientOrderId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders import TrailingStopLimitOrder, TrailingStopMarketOrder, TrailingStopOrder

SELL = OrderSide.SELL
ONE = Quantity.from_int(1)


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


def market(desk, offset="0.00050", **options):
    return desk.orders.trailing_stop_market(desk.aud.id, SELL, ONE, trailing_offset=Decimal(offset), **options)


def limit(desk, offset="0.00050", gap="0.00020", **options):
    return desk.orders.trailing_stop_limit(
        desk.aud.id, SELL, ONE, limit_offset=Decimal(gap), trailing_offset=Decimal(offset), **options
    )


def test_what_a_trailing_stop_market_says(desk):
    order = market(desk, activation_price=Price.from_str("0.80100"), trigger_type=TriggerType.LAST_PRICE)
    assert isinstance(order, TrailingStopMarketOrder) and isinstance(order, TrailingStopOrder)
    assert order.order_type == OrderType.TRAILING_STOP_MARKET
    assert order.trailing_offset == Decimal("0.0005")
    assert order.trailing_offset_type == TrailingOffsetType.PRICE
    assert order.trigger_type == TriggerType.LAST_PRICE
    assert order.trigger_price is None and not order.has_trigger_price
    assert order.has_activation_price and order.activation_price == Price.from_str("0.80100")
    assert not order.is_activated
    values = order.to_dict()
    assert values["trailing_offset"] == "0.00050" and values["trailing_offset_type"] == "PRICE"
    assert values["activation_price"] == "0.80100" and values["trigger_price"] is None
    options = order.init_event.to_dict()["options"]
    assert options["trailing_offset"] == "0.00050" and options["activation_price"] == "0.80100"


def test_what_a_trailing_stop_limit_says(desk):
    order = limit(desk, price=Price.from_str("0.79"), trigger_price=Price.from_str("0.7905"), display_qty=ONE)
    assert isinstance(order, TrailingStopLimitOrder)
    assert (order.price, order.trigger_price) == (Price.from_str("0.79000"), Price.from_str("0.79050"))
    assert order.limit_offset == Decimal("0.0002") and order.display_qty == ONE
    assert order.has_price and order.has_trigger_price
    assert order.init_event.options["limit_offset"] == Decimal("0.00020")
    assert order.to_dict()["limit_offset"] == "0.0002"


def test_offsets_in_basis_points_and_ticks_are_exact_to_six_digits(desk):
    for kind in (TrailingOffsetType.BASIS_POINTS, TrailingOffsetType.TICKS, TrailingOffsetType.PRICE_TIER):
        assert market(desk, "12.345678", trailing_offset_type=kind).trailing_offset == Decimal("12.345678")
        with pytest.raises(ValueError, match="must have at most 6 digits after the point, was 0.0000001"):
            market(desk, "0.0000001", trailing_offset_type=kind)
        with pytest.raises(ValueError, match="must be at most 1000000000 basis points or ticks"):
            market(desk, "1000000001", trailing_offset_type=kind)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"trigger_type": TriggerType.NO_TRIGGER}, "`trigger_type`, must not be NO_TRIGGER"),
        ({"trailing_offset_type": TrailingOffsetType.NO_TRAILING_OFFSET}, "must not be NO_TRAILING_OFFSET"),
        ({"offset": "0"}, "invalid `trailing_offset`, must be positive, was 0"),
        ({"offset": "-1"}, "must be positive, was -1"),
        ({"offset": "nan"}, "must be a finite number, was Decimal\\('NaN'\\)"),
        ({"time_in_force": TimeInForce.AT_THE_OPEN}, "invalid `time_in_force` of a trailing stop, was AT_THE_OPEN"),
        ({"time_in_force": TimeInForce.GTD}, "must be given for a GTD order"),
    ],
)
def test_what_makes_no_sense(desk, options, message):
    with pytest.raises(ValueError, match=message):
        market(desk, **options)


def test_an_offset_is_no_float(desk):
    with pytest.raises(TypeError, match="invalid `trailing_offset`, must be a Decimal, was 0.5"):
        desk.orders.trailing_stop_market(desk.aud.id, SELL, ONE, trailing_offset=0.5)


def test_submission_brings_prices_and_offsets_to_the_precision_of_the_instrument(desk):
    order = limit(desk, "0.0500", "0.02", trigger_price=Price.from_str("0.7"), activation_price=Price.from_str("0.9"))
    assert order.trigger_price.precision == 2
    desk.accept(order)
    assert (order.trigger_price.precision, str(order.activation_price)) == (5, "0.90000")
    assert (str(order.trailing_offset), str(order.limit_offset)) == ("0.05000", "0.02000")


def test_ticks_do_not_change_with_the_precision(desk):
    order = market(desk, "7.5", trailing_offset_type=TrailingOffsetType.TICKS)
    desk.accept(order)
    assert order.trailing_offset == Decimal("7.5")


def test_an_offset_finer_than_the_instrument_is_denied(desk):
    order = market(desk, "0.000005")
    desk.risk.execute(desk.command(order))
    assert order.status == OrderStatus.DENIED
    assert "precision of price or quantity exceeds" in order.last_event.reason


def test_prices_that_the_venue_sets_first(desk):
    order = desk.accept(limit(desk))
    assert not order.has_price and not order.has_trigger_price
    desk.engine.process(
        OrderUpdated(
            venue_order_id=desk.venue_order_id(order), quantity=order.quantity, price=Price.from_str("0.79980"),
            trigger_price=Price.from_str("0.79950"), **desk.common(order),
        )
    )  # fmt: skip
    assert order.has_price and order.has_trigger_price
    assert (order.price, order.trigger_price) == (Price.from_str("0.79980"), Price.from_str("0.79950"))
    assert order.status == OrderStatus.ACCEPTED


def test_a_market_order_takes_no_price_from_an_update(desk):
    order = desk.accept(desk.orders.market(desk.aud.id, SELL, ONE))
    desk.update(order, price=Price.from_str("0.79980"))
    assert not order.has_price


@pytest.mark.parametrize("make", [market, limit])
def test_can_be_pickled(desk, make):
    order = make(desk, activation_price=Price.from_str("0.81"), trigger_price=Price.from_str("0.79"))
    again = pickle.loads(pickle.dumps(order))
    assert again.to_dict() == order.to_dict()
    assert again.trailing_offset == order.trailing_offset


def test_the_constructor_is_the_peers(desk):
    order = TrailingStopLimitOrder(
        desk.trader_id, desk.strategy_id, desk.aud.id, ClientOrderId("O-1"), SELL, ONE, None, None,
        TriggerType.BID_ASK, Decimal(2), Decimal(5), TrailingOffsetType.TICKS, desk.ids.generate(), 7,
        tags=["a"], post_only=True,
    )  # fmt: skip
    assert (order.limit_offset, order.trailing_offset, order.ts_init, order.tags) == (2, 5, 7, ["a"])
    assert order.is_post_only
