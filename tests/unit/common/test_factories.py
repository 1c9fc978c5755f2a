"""Client order ids carry the time in UTC and a count."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.model.enums import ContingencyType, OrderSide, OrderType, TrailingOffsetType, TriggerType
from nautilus_lite.model.identifiers import ExecAlgorithmId, InstrumentId, StrategyId, TraderId
from nautilus_lite.model.objects import Price, Quantity


def factory_at(second: int, trader: str = "TRADER-001") -> OrderFactory:
    clock = TestClock()
    clock.set_time(second * 1_000_000_000 + 999_999_999)
    return OrderFactory(TraderId(trader), StrategyId("S-002"), clock)


@given(st.integers(0, 9_000_000_000))
def test_the_stamp_is_the_time_in_utc(second):
    moment = datetime.fromtimestamp(second, UTC)
    assert factory_at(second).generate_client_order_id().value == f"O-{moment:%Y%m%d-%H%M%S}-001-002-1"


@pytest.mark.parametrize(
    ("second", "stamp"),
    [
        (0, "19700101-000000"),
        (951_782_399, "20000228-235959"),
        (951_782_400, "20000229-000000"),      # a leap day that ends four centuries
        (951_868_800, "20000301-000000"),
        (4_107_542_399, "21000228-235959"),    # no leap day in 2100
        (4_107_542_400, "21000301-000000"),
        (1_735_689_599, "20241231-235959"),
    ],
)
def test_ends_of_months(second, stamp):
    assert factory_at(second).generate_client_order_id().value == f"O-{stamp}-001-002-1"


def test_ids_count_on_and_start_again():
    factory = factory_at(0)
    ids = [factory.generate_client_order_id().value.rpartition("-")[2] for _ in range(12)]
    assert ids == [str(i) for i in range(1, 13)]
    factory.reset()
    assert factory.generate_client_order_id().value.endswith("-1")


def test_a_tag_that_is_not_ascii():
    assert factory_at(0, "TRADER-ä1").generate_client_order_id().value == "O-19700101-000000-ä1-002-1"


# -- brackets ----------------------------------------------------------------------------------------------------------

PX = {
    "entry_price": Price.from_str("1.00"),
    "entry_trigger_price": Price.from_str("1.01"),
    "tp_price": Price.from_str("1.10"),
    "tp_trigger_price": Price.from_str("1.09"),
    "tp_trailing_offset": Decimal("0.02"),
    "tp_limit_offset": Decimal("0.01"),
    "sl_price": Price.from_str("0.89"),
    "sl_trigger_price": Price.from_str("0.90"),
    "sl_trailing_offset": Decimal("0.04"),
    "sl_limit_offset": Decimal("0.03"),
}


def bracket(**options):
    pair = InstrumentId.from_str("EUR/USD.SIM")
    return factory_at(0).bracket(pair, OrderSide.BUY, Quantity.from_int(5), **{**PX, **options}).orders


@pytest.mark.parametrize(
    "kind", ["MARKET", "LIMIT", "STOP_MARKET", "STOP_LIMIT", "MARKET_IF_TOUCHED", "LIMIT_IF_TOUCHED"]
)
def test_every_kind_of_entry(kind):
    entry, stop, profit = bracket(entry_order_type=OrderType[kind], entry_post_only=True)
    assert entry.order_type == OrderType[kind]
    assert entry.has_price == ("LIMIT" in kind)
    assert entry.has_trigger_price == ("STOP" in kind or "TOUCHED" in kind)
    if entry.has_price:
        assert entry.price == PX["entry_price"] and entry.is_post_only
    if entry.has_trigger_price:
        assert entry.trigger_price == PX["entry_trigger_price"]
    assert not entry.is_reduce_only and entry.tags == ["ENTRY"]
    assert entry.contingency_type == ContingencyType.OTO
    assert stop.parent_order_id == profit.parent_order_id == entry.client_order_id
    assert [order.client_order_id.value.rpartition("-")[2] for order in (entry, stop, profit)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "kind", ["LIMIT", "LIMIT_IF_TOUCHED", "MARKET_IF_TOUCHED", "TRAILING_STOP_MARKET", "TRAILING_STOP_LIMIT"]
)
def test_every_kind_of_take_profit(kind):
    _, _, profit = bracket(tp_order_type=OrderType[kind], tp_trigger_type=TriggerType.LAST_PRICE)
    assert profit.order_type == OrderType[kind]
    assert profit.is_reduce_only and profit.side == OrderSide.SELL and profit.tags == ["TAKE_PROFIT"]
    assert profit.is_post_only == ("LIMIT" in kind)
    if kind != "LIMIT":
        assert profit.trigger_type == TriggerType.LAST_PRICE and profit.trigger_price == PX["tp_trigger_price"]
    if "LIMIT" in kind:
        assert profit.price == PX["tp_price"]
    if "TRAILING" in kind:
        assert profit.trailing_offset == Decimal("0.02")
    if kind == "TRAILING_STOP_LIMIT":
        assert profit.limit_offset == Decimal("0.01")


@pytest.mark.parametrize("kind", ["STOP_MARKET", "STOP_LIMIT", "TRAILING_STOP_MARKET", "TRAILING_STOP_LIMIT"])
def test_every_kind_of_stop_loss(kind):
    _, stop, _ = bracket(
        sl_order_type=OrderType[kind], sl_trigger_type=TriggerType.MID_POINT,
        sl_trailing_offset_type=TrailingOffsetType.TICKS,
    )  # fmt: skip
    assert stop.order_type == OrderType[kind]
    assert stop.is_reduce_only and stop.side == OrderSide.SELL and stop.tags == ["STOP_LOSS"]
    assert stop.trigger_type == TriggerType.MID_POINT and stop.trigger_price == PX["sl_trigger_price"]
    if "LIMIT" in kind:
        assert stop.price == PX["sl_price"]
    if "TRAILING" in kind:
        assert stop.trailing_offset == Decimal("0.04") and stop.trailing_offset_type == TrailingOffsetType.TICKS
    if kind == "TRAILING_STOP_LIMIT":
        assert stop.limit_offset == Decimal("0.03")


def test_a_trailing_stop_loss_needs_no_price():
    _, stop, _ = bracket(
        sl_order_type=OrderType.TRAILING_STOP_MARKET, sl_trigger_price=None, sl_activation_price=Price.from_str("1.05")
    )
    assert not stop.has_trigger_price and stop.activation_price == Price.from_str("1.05")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tp_price": None}, "a LIMIT needs `tp_price`, was None"),
        ({"sl_trigger_price": None}, "a STOP_MARKET needs `sl_trigger_price`, was None"),
        ({"entry_order_type": OrderType.LIMIT, "entry_price": None}, "a LIMIT needs `entry_price`, was None"),
        ({"sl_order_type": OrderType.TRAILING_STOP_LIMIT, "sl_limit_offset": None}, "needs `sl_limit_offset`"),
        ({"sl_trigger_price": Price.from_str("1.20")}, "take-profit of a BUY must lie above its stop-loss, was 1.10 and"),
    ],
)
def test_a_bracket_that_lacks_something(options, message):
    with pytest.raises(ValueError, match=message):
        bracket(**options)


def test_emulation_and_algorithms_of_a_bracket():
    """A market entry is not emulated: there is nothing to wait for."""
    options = {f"{role}_exec_algorithm_id": ExecAlgorithmId(role.upper()) for role in ("entry", "sl", "tp")}
    options |= {f"{role}_exec_algorithm_params": {role: 1} for role in ("entry", "sl", "tp")}
    orders = bracket(emulation_trigger=TriggerType.LAST_PRICE, **options)
    assert [order.emulation_trigger for order in orders] == [
        TriggerType.NO_TRIGGER, TriggerType.LAST_PRICE, TriggerType.LAST_PRICE
    ]  # fmt: skip
    assert [order.exec_algorithm_id.value for order in orders] == ["ENTRY", "SL", "TP"]
    assert [order.exec_algorithm_params for order in orders] == [{"entry": 1}, {"sl": 1}, {"tp": 1}]
    orders = bracket(emulation_trigger=TriggerType.LAST_PRICE, entry_order_type=OrderType.LIMIT)
    assert orders[0].emulation_trigger == TriggerType.LAST_PRICE
