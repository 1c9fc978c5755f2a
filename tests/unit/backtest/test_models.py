"""Fill, fee and latency models."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.backtest.models import (
    FeeModel,
    FillModel,
    FixedFeeModel,
    LatencyModel,
    MakerTakerFeeModel,
    PerContractFeeModel,
    PerShareFeeModel,
)
from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.core.uuid import UUID4
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.messages import CommandKind
from nautilus_lite.model.enums import LiquiditySide, OrderSide
from nautilus_lite.model.events.order import OrderFilled, OrderSubmitted
from nautilus_lite.model.identifiers import (
    AccountId,
    InstrumentId,
    StrategyId,
    Symbol,
    TradeId,
    TraderId,
    Venue,
    VenueOrderId,
)
from nautilus_lite.model.instruments import CryptoPerpetual
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from tests.replaying import pair as replayed_pair

BUY = OrderSide.BUY


def usd(text: str) -> Money:
    return Money(Decimal(text), Currency.from_str("USD"))


def fees(house: Any, fee_model: Any, *sizes: int) -> list[Any]:
    """Return the fees of market buys that take `sizes` at 100.00, and one tick further for what is not shown."""
    desk = house(fee_model=fee_model)
    desk.quote("99.99", "100.00", ask_size=60)
    for size in sizes:
        desk.market_order(BUY, size)
    return [e.commission for e in desk.events if type(e).__name__ == "OrderFilled"]


class TestFillModel:
    def test_certain_and_impossible_fills_take_no_random_number(self) -> None:
        model = FillModel(prob_fill_on_limit=0.0, prob_slippage=1.0)
        assert [model.is_limit_filled() for _ in range(3)] == [False] * 3
        assert [model.is_slipped() for _ in range(3)] == [True] * 3

    def test_frequency_follows_the_probability(self) -> None:
        model = FillModel(prob_fill_on_limit=0.2, random_seed=1)
        filled = sum(model.is_limit_filled() for _ in range(10_000))
        # standard deviation sqrt(10000 * 0.2 * 0.8) = 40
        assert abs(filled - 2_000) < 160

    def test_same_seed_gives_the_same_draws_and_reset_starts_again(self) -> None:
        one = FillModel(0.5, 0.5, random_seed=11)
        two = FillModel(0.5, 0.5, random_seed=11)
        draws = [one.is_limit_filled() for _ in range(64)]
        assert draws == [two.is_limit_filled() for _ in range(64)]
        one.reset()
        assert draws == [one.is_limit_filled() for _ in range(64)]

    def test_other_seed_gives_other_draws(self) -> None:
        draws = [[FillModel(0.5, 0.0, seed).draw(0.5) for _ in range(1)] for seed in range(64)]
        assert [True] in draws and [False] in draws

    def test_no_seed_is_a_fixed_seed(self) -> None:
        one, two = FillModel(0.5), FillModel(0.5)
        assert [one.is_limit_filled() for _ in range(64)] == [two.is_limit_filled() for _ in range(64)]

    @pytest.mark.parametrize(
        ("options", "text"),
        [
            ({"prob_fill_on_limit": 1.1}, r"invalid `prob_fill_on_limit`, must be in \[0, 1\], was 1.1"),
            ({"prob_slippage": -0.1}, r"invalid `prob_slippage`, must be in \[0, 1\], was -0.1"),
            ({"prob_slippage": float("nan")}, r"invalid `prob_slippage`, must be in \[0, 1\], was nan"),
            ({"random_seed": -1}, r"invalid `random_seed`, must be in \[0, 2\^64\), was -1"),
        ],
    )
    def test_settings_out_of_range_are_refused(self, options: dict[str, Any], text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            FillModel(**options)

    def test_subclass_decides_on_slippage(self, house: Any) -> None:
        class Slips(FillModel):
            def is_slipped(self) -> bool:
                return True

        desk = house(fill_model=Slips())
        desk.quote("99.99", "100.00")
        assert desk.fills(desk.market_order(BUY, 10)) == [(10, "100.01", "slipped")]


class TestMakerTakerFeeModel:
    def test_taker_pays_the_taker_rate_of_the_notional(self, house: Any) -> None:
        # 60 x 100.00 x 0.0005 = 3.00; 40 x 100.01 x 0.0005 = 2.0002
        assert fees(house, MakerTakerFeeModel(), 100) == [usd("3.00"), usd("2.00")]

    def test_maker_pays_the_maker_rate(self, house: Any) -> None:
        desk = house()
        desk.quote("99.99", "100.01")
        order = desk.limit(BUY, 50, "100.00")
        desk.quote("99.98", "99.99")
        # 50 x 100.00 x 0.0002 = 1.00
        assert desk.last(order).commission == usd("1.00")

    def test_negative_rate_is_a_rebate(self, house: Any, make_pair: Any) -> None:
        desk = house(instrument=make_pair(taker_fee=Decimal("-0.0001")))
        desk.quote("99.99", "100.00")
        # 10 x 100.00 x -0.0001 = -0.10
        assert desk.last(desk.market_order(BUY, 10)).commission == usd("-0.10")

    def test_half_a_cent_rounds_to_even(self, make_pair: Any, house: Any) -> None:
        pair = make_pair(taker_fee=Decimal("0.0005"))
        order = house().orders.market(pair.id, BUY, Quantity.from_int(1))
        model = MakerTakerFeeModel()
        # 1 x 10.00 x 0.0005 = 0.005 -> 0.00; 1 x 30.00 x 0.0005 = 0.015 -> 0.02
        assert model.get_commission(order, Quantity.from_int(1), Price.from_str("10.00"), pair) == usd("0.00")
        assert model.get_commission(order, Quantity.from_int(1), Price.from_str("30.00"), pair) == usd("0.02")

    def test_notional_is_not_rounded_first(self, house: Any) -> None:
        coin = Currency.from_str("BTC")
        inverse = CryptoPerpetual(
            instrument_id=InstrumentId(Symbol("XBTUSD"), Venue("SIM")),
            raw_symbol=Symbol("XBTUSD"),
            base_currency=coin,
            quote_currency=Currency.from_str("USD"),
            settlement_currency=coin,
            is_inverse=True,
            price_precision=1,
            size_precision=0,
            price_increment=Price.from_str("0.5"),
            size_increment=Quantity.from_int(1),
            ts_event=0,
            ts_init=0,
            taker_fee=Decimal("0.00075"),
        )
        order = house().orders.market(inverse.id, BUY, Quantity.from_int(100_000))
        commission = MakerTakerFeeModel().get_commission(
            order, Quantity.from_int(100_000), Price.from_str("11493.5"), inverse
        )
        # 100000 x 0.00075 / 11493.5 = 75 / 11493.5 = 0.006525427...
        assert commission == Money(Decimal("0.00652543"), coin)

    def test_subclass_replaces_the_commission(self, house: Any) -> None:
        class Ten(FeeModel):
            def get_commission(self, order: Any, fill_qty: Any, fill_px: Any, instrument: Any) -> Money:
                return usd("0.10") if int(fill_qty) == 60 else usd("0.20")

        assert fees(house, Ten(), 100) == [usd("0.10"), usd("0.20")]

    def test_subclass_builds_on_the_commission_it_replaces(self, house: Any) -> None:
        class AtLeast(MakerTakerFeeModel):
            def get_commission(self, order: Any, fill_qty: Any, fill_px: Any, instrument: Any) -> Money:
                return max(super().get_commission(order, fill_qty, fill_px, instrument), usd("2.50"))

        # 3.00 by the rate; 2.00 by the rate, raised to the minimum
        assert fees(house, AtLeast(), 100) == [usd("3.00"), usd("2.50")]

    def test_commission_of_another_type_is_refused(self, house: Any) -> None:
        class Number(FeeModel):
            def get_commission(self, order: Any, fill_qty: Any, fill_px: Any, instrument: Any) -> Any:
                return 1.0

        with pytest.raises(TypeError, match="`Number.get_commission` must return Money, returned float"):
            fees(house, Number(), 1)

    def test_model_without_a_commission_is_refused(self, house: Any) -> None:
        with pytest.raises(TypeError, match="`FeeModel` must override `get_commission`"):
            fees(house, FeeModel(), 1)


class TestOtherFeeModels:
    def test_fixed_fee_is_charged_once_an_order(self, house: Any) -> None:
        assert fees(house, FixedFeeModel(usd("2.50")), 100, 10) == [usd("2.50"), usd("0.00"), usd("2.50")]

    def test_fixed_fee_is_charged_every_fill_if_asked(self, house: Any) -> None:
        model = FixedFeeModel(usd("2.50"), charge_commission_once=False)
        assert fees(house, model, 100) == [usd("2.50"), usd("2.50")]

    def test_per_contract_fee_counts_contracts(self, house: Any) -> None:
        # 60 x 0.85 = 51.00; 40 x 0.85 = 34.00
        assert fees(house, PerContractFeeModel(usd("0.85")), 100) == [usd("51.00"), usd("34.00")]

    @pytest.mark.parametrize("model", [FixedFeeModel, PerContractFeeModel])
    def test_negative_commission_is_refused(self, model: Any) -> None:
        with pytest.raises(InvalidConfiguration, match="invalid `commission`, must be >= 0, was -1.00 USD"):
            model(usd("-1"))


class TestLatencyModel:
    def test_base_is_added_to_each_kind(self) -> None:
        model = LatencyModel(
            base_latency_nanos=10, insert_latency_nanos=1, update_latency_nanos=2, cancel_latency_nanos=3
        )
        assert (model.insert_latency_nanos, model.update_latency_nanos, model.cancel_latency_nanos) == (11, 12, 13)
        assert model.command_latency(CommandKind.SUBMIT_ORDER) == 11
        assert model.command_latency(CommandKind.SUBMIT_ORDER_LIST) == 11
        assert model.command_latency(CommandKind.MODIFY_ORDER) == 12
        assert model.command_latency(CommandKind.CANCEL_ORDER) == 13
        assert model.command_latency(CommandKind.CANCEL_ALL_ORDERS) == 13
        assert model.command_latency(CommandKind.BATCH_CANCEL_ORDERS) == 13

    def test_default_is_a_millisecond(self) -> None:
        assert LatencyModel().insert_latency_nanos == 1_000_000

    @pytest.mark.parametrize(
        "name", ["base_latency_nanos", "insert_latency_nanos", "update_latency_nanos", "cancel_latency_nanos"]
    )
    def test_negative_latency_is_refused(self, name: str) -> None:
        with pytest.raises(InvalidConfiguration, match=rf"invalid `{name}`, must be in \[0, 10\^18\] ns, was -1"):
            LatencyModel(**{name: -1})


def common(order: Any) -> dict[str, Any]:
    return {
        "trader_id": order.trader_id,
        "strategy_id": order.strategy_id,
        "instrument_id": order.instrument_id,
        "client_order_id": order.client_order_id,
        "account_id": AccountId("SIM-001"),
        "event_id": UUID4(),
        "ts_event": 0,
        "ts_init": 0,
    }


def filled(order: Any, number: int, quantity: int) -> OrderFilled:
    return OrderFilled(
        **common(order),
        venue_order_id=VenueOrderId("V-1"),
        trade_id=TradeId(str(number)),
        position_id=None,
        order_side=order.side,
        order_type=order.order_type,
        last_qty=Quantity.from_int(quantity),
        last_px=Price.from_str("1.00000"),
        currency=Currency.from_str("USD"),
        commission=usd("0.00"),
        liquidity_side=LiquiditySide.TAKER,
    )


class TestPerShareFees:
    def test_an_order_pays_its_shares_between_minimum_and_maximum(self, house: Any) -> None:
        model = PerShareFeeModel("0.035", "1.00 USD", "3.00 USD")
        # 20 x 0.035 = 0.70, raised to 1.00; 60 x 0.035 = 2.10; 60 + 40: 2.10, then 3.50 cut to 3.00, less 2.10
        assert fees(house, model, 20) == [usd("1.00")]
        assert fees(house, model, 60) == [usd("2.10")]
        assert fees(house, model, 100) == [usd("2.10"), usd("0.90")]

    def test_fills_below_the_minimum_pay_it_once(self, house: Any) -> None:
        # 62 x 0.01 = 0.62: the first fill brings the minimum, the second nothing more
        assert fees(house, PerShareFeeModel("0.01", usd("1.00")), 62) == [usd("1.00"), usd("0.00")]

    @given(sizes=st.lists(st.integers(1, 10**6), min_size=1, max_size=12), rate=st.integers(0, 10**7))
    def test_any_split_sums_to_the_fee_of_the_whole(self, sizes: list[int], rate: int) -> None:
        model = PerShareFeeModel(Decimal(rate).scaleb(-9), "0.35 USD", "500 USD")
        pair = replayed_pair("AAA")
        factory = OrderFactory(trader_id=TraderId("T-1"), strategy_id=StrategyId("S-1"), clock=TestClock())

        def fee(parts: list[int]) -> Decimal:
            order = factory.market(pair.id, BUY, Quantity.from_int(sum(parts)))
            order.apply(OrderSubmitted(**common(order)))
            paid = Decimal(0)
            for number, part in enumerate(parts):
                money = model.get_commission(order, Quantity.from_int(part), Price.from_str("1.00000"), pair)
                assert money.raw >= 0
                paid += money.as_decimal()
                order.apply(filled(order, number, part))
            return paid

        exact = Decimal(sum(sizes)) * Decimal(rate).scaleb(-9)
        rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
        assert fee(sizes) == fee([sum(sizes)]) == min(max(rounded, Decimal("0.35")), Decimal(500))

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            (("-0.01", "1 USD"), "`rate`, must be >= 0"),
            (("0.0000000001", "1 USD"), "at most 9 digits"),
            (("NaN", "1 USD"), "`rate`"),
            (("0.01", "-1 USD"), "`minimum`, must be >= 0"),
            (("0.01", "1 USD", "2 EUR"), "not in the currency"),
            (("0.01", "2 USD", "1 USD"), "is below `minimum`"),
        ],
    )
    def test_amounts_that_make_no_sense_are_refused(self, options: tuple[str, ...], problem: str) -> None:
        with pytest.raises(InvalidConfiguration, match=problem):
            PerShareFeeModel(*options)
