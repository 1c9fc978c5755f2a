from datetime import timedelta
from decimal import Decimal

import pytest

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrderList
from nautilus_lite.model.enums import ContingencyType, OrderSide, OrderStatus, TimeInForce, TradingState, TrailingOffsetType
from nautilus_lite.model.events.order import OrderDenied, OrderModifyRejected
from nautilus_lite.model.identifiers import ClientOrderId, InstrumentId, OrderListId, PositionId, StrategyId
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.model.orders.types import LimitOrder
from nautilus_lite.risk.config import RiskEngineConfig

USD = Currency.from_str("USD")
BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk("MARGIN")
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


def market(desk, side, qty, **options):
    return desk.orders.market(desk.aud.id, side, desk.aud.make_qty(qty), **options)


def limit(desk, side, qty, px, **options):
    return desk.orders.limit(desk.aud.id, side, desk.aud.make_qty(qty), Price.from_str(px), **options)


def send(desk, order, position_id=None):
    """Send an order through the risk engine; return why it was denied, or None."""
    n = len(desk.client.commands)
    desk.risk.execute(desk.command(order, position_id))
    if len(desk.client.commands) > n:
        return None
    assert order.status is OrderStatus.DENIED
    event = desk.events[-1]
    assert isinstance(event, OrderDenied)
    assert event.client_order_id == order.client_order_id
    return event.reason


def modify(desk, order, quantity=None, price=None, trigger_price=None):
    desk.risk.execute(
        ModifyOrder(
            trader_id=desk.trader_id,
            strategy_id=desk.strategy_id,
            instrument_id=order.instrument_id,
            client_order_id=order.client_order_id,
            venue_order_id=None,
            quantity=None if quantity is None else Quantity.from_str(str(quantity)),
            price=None if price is None else Price.from_str(price),
            trigger_price=None if trigger_price is None else Price.from_str(trigger_price),
            command_id=desk.ids.generate(),
            ts_init=0,
        )
    )
    last = desk.client.commands[-1] if desk.client.commands else None
    if isinstance(last, ModifyOrder):
        return None
    assert isinstance(desk.events[-1], OrderModifyRejected)
    return desk.events[-1].reason


# Orders


def test_sound_order_passes_with_the_endpoint_on_the_bus(desk):
    order = market(desk, BUY, 1_000)
    desk.bus.send("RiskEngine.execute", desk.command(order))
    assert desk.client.commands[0].order is order
    assert (desk.risk.command_count, desk.risk.denied_count) == (1, 0)


def test_denied_order_is_known_and_counted(desk):
    order = desk.orders.market(desk.aud.id, BUY, Quantity.from_str("1.5"))
    assert "precision of price or quantity exceeds that of AUD/USD.SIM (price 5, size 0)" in send(desk, order)
    assert desk.cache.order(order.client_order_id) is order
    assert desk.cache.is_order_closed(order.client_order_id)
    assert desk.risk.denied_count == 1


def test_unknown_instrument_is_denied(desk):
    order = desk.orders.market(InstrumentId.from_str("NZD/USD.SIM"), BUY, Quantity.from_int(1))
    assert send(desk, order) == "instrument NZD/USD.SIM not found"


def test_unknown_venue_raises(desk):
    order = desk.orders.market(InstrumentId.from_str("NZD/USD.NOWHERE"), BUY, Quantity.from_int(1))
    with pytest.raises(InvalidConfiguration, match="order for an unknown venue NOWHERE"):
        desk.risk.execute(desk.command(order))


def test_client_order_id_used_before_is_denied_and_the_first_order_untouched(desk):
    first = market(desk, BUY, 1_000, client_order_id=ClientOrderId("O-SAME"))
    assert send(desk, first) is None
    second = market(desk, BUY, 1_000, client_order_id=ClientOrderId("O-SAME"))
    assert send(desk, second) == "client order id O-SAME was used before"
    assert first.status is OrderStatus.INITIALIZED
    assert desk.cache.order(first.client_order_id) is first


def test_order_submitted_twice_raises(desk):
    order = desk.submit(market(desk, BUY, 1_000))
    with pytest.raises(ValueError, match="was submitted before, was SUBMITTED: make a new one"):
        desk.risk.execute(desk.command(order))


@pytest.mark.parametrize("px", ["0.00000", "-0.10000"])
def test_price_of_a_pair_must_be_positive(desk, px):
    assert send(desk, limit(desk, BUY, 1_000, px)) == f"price {px} is not positive"


def test_trigger_price_is_checked_too(desk):
    order = desk.orders.stop_market(desk.aud.id, BUY, desk.aud.make_qty(1), Price.from_str("-1"))
    assert send(desk, order) == "trigger price -1.00000 is not positive"


def test_price_with_more_digits_is_denied_and_with_fewer_is_brought_to_the_instruments(desk):
    assert "use `instrument.make_price`" in send(desk, limit(desk, BUY, 1_000, "0.800001"))
    order = limit(desk, BUY, 1_000, "0.8")
    assert send(desk, order) is None
    assert order.price.precision == 5
    assert order.price == Price.from_str("0.80000")


def test_quantity_limits_of_the_instrument(make_desk, pair):
    desk = make_desk()
    limits = {"min_quantity": Quantity.from_int(10), "max_quantity": Quantity.from_int(20)}
    desk.aud = desk.add(pair("AUD/USD", **limits), "0.80000")
    assert send(desk, market(desk, BUY, 9)) == "quantity 9 is below the minimum of 10"
    assert send(desk, market(desk, BUY, 21)) == "quantity 21 exceeds the maximum of 20"
    assert send(desk, market(desk, BUY, 10)) is None
    assert send(desk, market(desk, BUY, 20)) is None


def test_notional_limits_of_the_instrument(make_desk, pair):
    desk = make_desk()
    limits = {"min_notional": Money(8, USD), "max_notional": Money(16, USD)}
    desk.aud = desk.add(pair("AUD/USD", **limits), "0.80000")
    assert send(desk, market(desk, BUY, 9)) == "notional 7.20 USD is below the minimum of 8.00 USD"  # 9 * 0.80
    assert send(desk, market(desk, BUY, 21)) == "notional 16.80 USD exceeds the maximum of 16.00 USD"
    assert send(desk, market(desk, BUY, 10)) is None
    assert send(desk, market(desk, BUY, 20)) is None


def test_maximum_notional_per_order(make_desk, pair):
    config = RiskEngineConfig(max_notional_per_order={"AUD/USD.SIM": 800})
    desk = make_desk(risk=config)
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert send(desk, market(desk, BUY, 1_001)) == "notional 800.80 USD exceeds MAX_NOTIONAL_PER_ORDER of 800"
    assert send(desk, market(desk, BUY, 1_000)) is None
    desk.risk.set_max_notional_per_order(desk.aud.id, Decimal("400"))
    assert desk.risk.max_notional_per_order(desk.aud.id) == 400
    assert desk.risk.max_notionals_per_order() == {desk.aud.id: Decimal(400)}
    assert send(desk, limit(desk, BUY, 1_000, "0.5")) == "notional 500.00 USD exceeds MAX_NOTIONAL_PER_ORDER of 400"
    desk.risk.set_max_notional_per_order(desk.aud.id, None)
    assert send(desk, market(desk, BUY, 1_001)) is None
    desk.risk.reset()
    assert desk.risk.max_notional_per_order(desk.aud.id) == 800


@pytest.mark.parametrize("value", [0, -1, "many"])
def test_maximum_notional_must_be_a_positive_number(desk, value):
    with pytest.raises(InvalidConfiguration, match="must be a number > 0"):
        desk.risk.set_max_notional_per_order(desk.aud.id, value)
    with pytest.raises(InvalidConfiguration, match="must be a number > 0"):
        RiskEngineConfig(max_notional_per_order={"AUD/USD.SIM": value})


def test_good_till_date_in_the_past_is_denied(desk):
    desk.queue.set_now(1_000_000_000)
    late = limit(
        desk, BUY, 1, "0.8", time_in_force=TimeInForce.GTD, expire_time=desk.clock.utc_now() + timedelta(seconds=1)
    )
    desk.queue.set_now(2_000_000_000)
    assert send(desk, late) == "expire time 1970-01-01T00:00:02.000000000Z is not after now, 1970-01-01T00:00:02.000000000Z"


def test_quote_quantity_is_checked_as_base_quantity(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD", max_quantity=Quantity.from_int(1_000)), "0.80000")
    order = market(desk, BUY, 801, quote_quantity=True)
    assert send(desk, order) == "quantity 1001 exceeds the maximum of 1000"  # 801 / 0.80 = 1,001.25
    passed = market(desk, BUY, 800, quote_quantity=True)
    assert send(desk, passed) is None
    assert passed.quantity == Quantity.from_int(1_000)


def test_quote_quantity_without_a_price_is_denied(make_desk, pair):
    desk = make_desk()
    desk.aud = desk.add(pair("AUD/USD"))
    assert send(desk, market(desk, BUY, 1, quote_quantity=True)) == (
        "no price of AUD/USD.SIM to convert the quote quantity"
    )


# Reduce-only


def test_reduce_only_that_would_increase_is_denied(desk):
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    reason = send(desk, market(desk, BUY, 1, reduce_only=True))
    assert reason == "reduce-only order would increase the position, net was 1000"
    assert send(desk, market(desk, SELL, 1, reduce_only=True)) is None


def test_reduce_only_is_about_the_positions_of_its_own_strategy(desk):
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    desk.orders = desk.factory(StrategyId("S-002"))
    desk.trade(desk.aud, SELL, 400, "0.80000")
    # The two together are long
    assert send(desk, market(desk, BUY, 400, reduce_only=True)) is None
    reason = send(desk, market(desk, SELL, 400, reduce_only=True))
    assert reason == "reduce-only order would increase the position, net was -400"


def test_reduce_only_without_a_position_is_left_to_the_venue(desk):
    assert send(desk, market(desk, SELL, 1, reduce_only=True)) is None


def test_reduce_only_of_a_named_position_that_is_not_open_is_denied(desk):
    reason = send(desk, market(desk, SELL, 1, reduce_only=True), PositionId("P-1"))
    assert reason == "reduce-only order would increase the position, net was 0"


# Cash


@pytest.fixture
def shares(make_desk, equity):
    desk = make_desk("CASH", balances=("1000 USD",))
    desk.aud = desk.add(equity(), "99.00", "100.00")
    return desk


def test_cash_buy_is_limited_by_what_is_free(shares):
    assert send(shares, market(shares, BUY, 11)) == (
        "notional 1100.00 USD exceeds the free balance of 1000.00 USD in account SIM-001"
    )
    assert send(shares, market(shares, BUY, 10)) is None
    shares.accept(limit(shares, BUY, 4, "90.00"))
    # 1,000 - 360 locked = 640 free
    assert "notional 700.00 USD exceeds the free balance of 640.00 USD" in send(shares, market(shares, BUY, 7))
    assert send(shares, limit(shares, BUY, 8, "80.00")) is None


def test_cash_order_that_reduces_is_never_denied_for_lack_of_cash(shares):
    shares.trade(shares.aud, BUY, 10, "100.00")
    assert shares.account.balance_free() == Money(0, USD)
    assert send(shares, market(shares, SELL, 10)) is None
    reason = send(shares, market(shares, SELL, 11))
    assert reason == "SELL 11 exceeds the position of 10: cash account SIM-001 cannot be short"


def test_cash_sales_that_are_on_their_way_count(shares):
    shares.trade(shares.aud, BUY, 10, "100.00")
    working = shares.accept(limit(shares, SELL, 6, "110.00"))
    assert send(shares, limit(shares, SELL, 4, "110.00")) is None
    assert send(shares, limit(shares, SELL, 5, "110.00")) == (
        "SELL 5 exceeds the position of 10, of which orders sell 6 already: cash account SIM-001 cannot be short"
    )
    # Its own quantity does not count against a change of it
    shares.risk.execute(
        ModifyOrder(
            trader_id=shares.trader_id, strategy_id=working.strategy_id, instrument_id=working.instrument_id,
            client_order_id=working.client_order_id, venue_order_id=working.venue_order_id, quantity=Quantity.from_int(10),
            price=None, trigger_price=None, command_id=shares.ids.generate(), ts_init=0,
        )
    )  # fmt: skip
    assert isinstance(shares.client.commands[-1], ModifyOrder)
    shares.cancel(working)
    assert send(shares, limit(shares, SELL, 10, "110.00")) is None


def test_of_cash_sales_that_end_one_another_one_counts(shares):
    shares.trade(shares.aud, BUY, 10, "100.00")
    exits = shares.orders.bracket(
        shares.aud.id, BUY, Quantity.from_int(10), tp_price=Price.from_str("110.00"), sl_trigger_price=Price.from_str("90.00")
    ).orders[1:]
    ids = [order.client_order_id for order in exits]
    pair = [
        LimitOrder(
            shares.trader_id, shares.strategy_id, shares.aud.id, own, SELL, Quantity.from_int(6), Price.from_str(price),
            shares.ids.generate(), 0, contingency_type=ContingencyType.OCO, linked_order_ids=[other],
        )
        for own, other, price in ((ids[0], ids[1], "110.00"), (ids[1], ids[0], "120.00"))
    ]  # fmt: skip
    shares.accept(pair[0])
    assert send(shares, pair[1]) is None
    shares.accept(pair[1])
    assert send(shares, limit(shares, SELL, 4, "110.00")) is None
    assert "of which orders sell 6 already" in send(shares, limit(shares, SELL, 5, "110.00"))


def test_cash_funds_are_checked_in_the_currency_spent(make_desk, pair):
    desk = make_desk("CASH", balances=("1 USD", "500 AUD"), base_currency=None)
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert send(desk, market(desk, SELL, 500)) is None
    assert send(desk, market(desk, SELL, 501)) == (
        "notional 501.00 AUD exceeds the free balance of 500.00 AUD in account SIM-001"
    )
    assert "notional 1.60 USD exceeds the free balance of 1.00 USD" in send(desk, market(desk, BUY, 2))


def test_cash_in_a_currency_never_held_is_zero(make_desk, pair):
    desk = make_desk("CASH", balances=("1 USD",), base_currency=None)
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert "exceeds the free balance of 0.00 AUD" in send(desk, market(desk, SELL, 1))


def test_market_order_without_a_price_passes_the_checks_of_value(make_desk, equity):
    desk = make_desk("CASH", balances=("1000 USD",))
    desk.aud = desk.add(equity())
    assert send(desk, market(desk, BUY, 1_000_000)) is None


def test_base_currency_account_without_a_rate_is_denied(make_desk, pair):
    desk = make_desk("MARGIN")
    desk.aud = desk.add(pair("EUR/GBP"), "0.80000")
    assert send(desk, market(desk, BUY, 1)) == "no exchange rate from GBP to USD to check the funds of SIM-001"


# Margin


def test_margin_is_checked_for_the_added_exposure(make_desk, pair):
    desk = make_desk("MARGIN", balances=("100 USD",))
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    # 4,000 * 0.80 * 0.03 = 96; 4,200 -> 100.80
    assert send(desk, market(desk, BUY, 4_200)) == (
        "initial margin 100.80 USD exceeds the free balance of 100.00 USD in account SIM-001"
    )
    assert send(desk, market(desk, BUY, 4_000)) is None
    desk.trade(desk.aud, BUY, 4_000, "0.80000")
    # maintenance 64 leaves 36 free: 1,500 * 0.80 * 0.03 = 36
    assert send(desk, market(desk, BUY, 1_500)) is None
    assert "initial margin 36.02 USD exceeds the free balance of 36.00 USD" in send(desk, market(desk, BUY, 1_501))
    assert send(desk, market(desk, SELL, 8_000)) is None  # from long 4,000 to short 4,000: nothing added
    assert send(desk, market(desk, SELL, 9_500)) is None
    assert send(desk, market(desk, SELL, 9_501)) is not None


def test_frozen_account_has_no_check_of_funds(make_desk, pair):
    desk = make_desk("MARGIN", balances=("1 USD",), calculate_account_state=False)
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert send(desk, market(desk, BUY, 1_000_000)) is None


# Trading state


def test_halted_denies_orders_and_lets_cancels_through(desk):
    resting = desk.accept(limit(desk, BUY, 10, "0.79"))
    desk.risk.set_trading_state(TradingState.HALTED)
    assert desk.risk.trading_state is TradingState.HALTED
    assert send(desk, market(desk, BUY, 1)) == "TradingState is HALTED"
    assert modify(desk, resting, price="0.78") == "TradingState is HALTED"
    cancel = CancelOrder(
        trader_id=desk.trader_id,
        strategy_id=desk.strategy_id,
        instrument_id=desk.aud.id,
        client_order_id=resting.client_order_id,
        venue_order_id=None,
        command_id=desk.ids.generate(),
        ts_init=0,
    )
    desk.risk.execute(cancel)
    assert desk.client.commands[-1] is cancel


def test_reducing_denies_what_would_raise_the_exposure(desk):
    desk.trade(desk.aud, BUY, 1_000, "0.80000")
    desk.risk.set_trading_state(TradingState.REDUCING)
    assert send(desk, market(desk, BUY, 1)) == "TradingState is REDUCING and BUY 1 would raise the exposure"
    assert send(desk, market(desk, SELL, 2_001)) is not None
    assert send(desk, market(desk, SELL, 1_000)) is None


# Rates


def test_submit_rate_denies_above_the_limit_and_recovers(make_desk, pair):
    desk = make_desk(risk=RiskEngineConfig(max_order_submit_rate="2/00:00:01"))
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert desk.risk.max_order_submit_rate() == (2, timedelta(seconds=1))
    assert send(desk, market(desk, BUY, 1)) is None
    assert send(desk, market(desk, BUY, 1)) is None
    assert send(desk, market(desk, BUY, 1)) == "Exceeded MAX_ORDER_SUBMIT_RATE"
    desk.queue.set_now(desk.clock.timestamp_ns() + 1_000_000_000)
    assert send(desk, market(desk, BUY, 1)) is None


def test_modify_rate_rejects_above_the_limit(make_desk, pair):
    desk = make_desk(risk=RiskEngineConfig(max_order_modify_rate="1/00:00:01"))
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    order = desk.accept(limit(desk, BUY, 10, "0.79"))
    assert desk.risk.max_order_modify_rate() == (1, timedelta(seconds=1))
    assert modify(desk, order, price="0.78") is None
    desk.client.commands.clear()
    assert modify(desk, order, price="0.77") == "Exceeded MAX_ORDER_MODIFY_RATE"


@pytest.mark.parametrize("rate", [None, ""])
def test_no_rate_is_no_limit(make_desk, pair, rate):
    desk = make_desk(risk=RiskEngineConfig(max_order_submit_rate=rate, max_order_modify_rate=rate))
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert desk.risk.max_order_submit_rate() is None
    assert desk.risk.max_order_modify_rate() is None
    assert all(send(desk, market(desk, BUY, 1)) is None for _ in range(150))
    order = desk.accept(limit(desk, BUY, 10, "0.79"))
    assert modify(desk, order, price="0.78") is None


@pytest.mark.parametrize("rate", ["100", "0/00:00:01", "5/00:00:00", "x/00:00:01", "5/1"])
def test_malformed_rate_is_refused(rate):
    with pytest.raises(InvalidConfiguration, match=r"invalid `max_order_submit_rate`, must be like '100/00:00:01'"):
        RiskEngineConfig(max_order_submit_rate=rate)


# Modifications


def test_modify_of_an_unknown_order_is_rejected(desk):
    order = market(desk, BUY, 1)
    assert modify(desk, order, quantity=2) == f"order {order.client_order_id} not found"


def test_modify_of_a_closed_order_is_rejected(desk):
    order = desk.accept(limit(desk, BUY, 10, "0.79"))
    desk.cancel(order)
    assert modify(desk, order, quantity=2) == f"order {order.client_order_id} is CANCELED"
    assert order.status is OrderStatus.CANCELED


def test_modify_is_checked_like_a_new_order(desk):
    order = desk.accept(limit(desk, BUY, 10, "0.79"))
    assert modify(desk, order, price="0.780001") == "price 0.780001 has more digits than AUD/USD.SIM, 5"
    assert modify(desk, order, trigger_price="0.780001") == "trigger price 0.780001 has more digits than AUD/USD.SIM, 5"
    assert modify(desk, order, quantity="1.5") == "quantity 1.5 has more digits than AUD/USD.SIM, 0"
    assert modify(desk, order, price="-1") == "price -1.00000 is not positive"
    assert modify(desk, order, trigger_price="-1") == "trigger price -1.00000 is not positive"
    assert "exceeds the free balance" in modify(desk, order, quantity=1_000_000_000)
    assert order.price == Price.from_str("0.79")
    assert modify(desk, order, quantity=20, price="0.78") is None
    command = desk.client.commands[-1]
    assert (command.price.precision, command.quantity.precision) == (5, 0)


def test_modify_may_use_what_the_order_itself_locks(shares):
    order = shares.accept(limit(shares, BUY, 10, "90.00"))
    # 1,000 - 900 = 100 free, and the order's own 900
    assert modify(shares, order, price="100.01") == (
        "notional 1000.10 USD exceeds the free balance of 1000.00 USD in account SIM-001"
    )
    assert modify(shares, order, price="100.00") is None


# Lists


def order_list(desk, *orders):
    class OrderList:
        id = OrderListId("OL-1")
        instrument_id = orders[0].instrument_id

    OrderList.orders = list(orders)
    return SubmitOrderList(
        trader_id=desk.trader_id,
        strategy_id=desk.strategy_id,
        order_list=OrderList(),
        command_id=desk.ids.generate(),
        ts_init=0,
    )


def test_list_with_one_bad_order_is_denied_as_a_whole(desk):
    good, bad = market(desk, BUY, 1_000), limit(desk, SELL, 1_000, "-1")
    desk.risk.execute(order_list(desk, good, bad))
    assert [e.reason for e in desk.events] == ["order list OL-1 DENIED", "price -1.00000 is not positive"]
    assert desk.client.commands == []
    assert desk.risk.denied_count == 2


def test_exit_of_a_list_is_funded_by_its_entry(shares):
    command = order_list(shares, market(shares, BUY, 5), limit(shares, SELL, 5, "110.00"))
    shares.risk.execute(command)
    assert shares.client.commands == [command]
    assert len(shares.cache.orders()) == 2


def test_list_above_the_rate_is_denied(make_desk, pair):
    desk = make_desk(risk=RiskEngineConfig(max_order_submit_rate="1/00:00:01"))
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert send(desk, market(desk, BUY, 1)) is None
    desk.risk.execute(order_list(desk, market(desk, BUY, 1), market(desk, SELL, 1)))
    assert [e.reason for e in desk.events] == ["Exceeded MAX_ORDER_SUBMIT_RATE"] * 2


# Bypass


def test_bypassed_engine_checks_nothing(make_desk, pair):
    desk = make_desk("CASH", balances=("1 USD",), risk=RiskEngineConfig(bypass=True))
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    assert desk.risk.is_bypassed
    assert send(desk, market(desk, BUY, 1_000_000)) is None


def test_an_offset_in_tiers_is_denied(desk):
    order = desk.orders.trailing_stop_market(
        desk.aud.id, SELL, desk.aud.make_qty(1), trailing_offset=Decimal(2), trailing_offset_type=TrailingOffsetType.PRICE_TIER
    )
    assert "use PRICE, BASIS_POINTS or TICKS" in send(desk, order)
