"""Tiers, sums, currencies and schedules of fees."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.backtest.models import (
    CompositeFeeModel,
    CurrencyFeeModel,
    FeeModel,
    FeeSchedule,
    FixedFeeModel,
    MakerTakerFeeModel,
    PerContractFeeModel,
    PerShareFeeModel,
    TieredFeeModel,
    fee_model_from_file,
    fee_schedule_from_dict,
)
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.data.ticks import QuoteTick
from nautilus_lite.model.enums import AccountType, OrderSide, OrderStatus
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import Equity
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL
DAY = 86_400_000_000_000
TIERS = [("0 USD", "0.0002", "0.0010"), ("10_000 USD", "0.0001", "0.0008"), ("1_000_000 USD", "-0.0001", "0.0005")]


def usd(text: str) -> Money:
    return Money(Decimal(text), Currency.from_str("USD"))


def wallet(house: Any, fee_model: Any, *balances: str, **options: Any) -> Any:
    """Return a venue with a cash account in several currencies, its market at 99.99 to 100.00."""
    venue = house(
        fee_model=fee_model, account_type=AccountType.CASH, base_currency=None, balances=balances, **options
    )
    venue.quote("99.99", "100.00", 10_000, 10_000)
    return venue


def totals(venue: Any) -> dict[str, Decimal]:
    account = venue.exchange.get_account()
    return {currency.code: balance.as_decimal() for currency, balance in account.balances_total().items()}


def tick_of(instrument: Any, bid: str, ask: str) -> QuoteTick:
    size = Quantity.from_int(1)
    return QuoteTick(instrument.id, Price.from_str(bid), Price.from_str(ask), size, size, 0, 0)


def paid(venue: Any) -> list[str]:
    return [str(event.commission) for event in venue.events if type(event).__name__ == "OrderFilled"]


class TestTiers:
    def test_the_rate_falls_with_the_volume_before_the_fill(self, house: Any) -> None:
        model = TieredFeeModel(TIERS)
        venue = house(fee_model=model)
        venue.quote("99.99", "100.00", 10_000, 10_000)
        for size in (50, 60, 10_000, 1):
            venue.market_order(BUY, size)
        # 5,000 x 0.001; 6,000 x 0.001, 5,000 so far; 1,000,000 x 0.0008, 11,000 so far; 100 x 0.0005, 1,011,000 so far
        assert paid(venue) == ["5.00 USD", "6.00 USD", "800.00 USD", "0.05 USD"]
        assert model.volume(venue.pair) == usd("1011100.00")

    def test_a_threshold_is_reached_by_exactly_its_volume(self, house: Any) -> None:
        venue = house(fee_model=TieredFeeModel(TIERS))
        venue.quote("99.99", "100.00", 10_000, 10_000)
        venue.market_order(BUY, 99)
        venue.market_order(BUY, 1)
        venue.market_order(BUY, 1)
        # 9,900 and 100 at 0.001, then 10,000 is reached: 100 x 0.0008
        assert paid(venue) == ["9.90 USD", "0.10 USD", "0.08 USD"]

    def test_makers_pay_their_rate_and_count_too(self, house: Any) -> None:
        venue = house(fee_model=TieredFeeModel(TIERS))
        venue.quote("99.99", "100.00", 10_000, 10_000)
        for _ in range(2):
            venue.limit(BUY, 150, "99.00")
            venue.quote("98.00", "98.50", 10_000, 10_000)
            venue.quote("99.99", "100.00", 10_000, 10_000)
        # 150 x 99 = 14,850: x 0.0002 = 2.97, then x 0.0001 = 1.485, half to even
        assert paid(venue) == ["2.97 USD", "1.48 USD"]

    def test_days_leave_the_window(self, house: Any) -> None:
        model = TieredFeeModel(TIERS, window_days=2)
        venue = house(fee_model=model)
        for time in (0, DAY - 1, DAY, 2 * DAY - 1, 2 * DAY, 3 * DAY):
            venue.at(time)
            venue.quote("99.99", "100.00", 10_000, 10_000)
            venue.market_order(BUY, 60)
        # day 0: 6,000 twice, the second after 6,000; day 1: after 12,000 and 18,000; day 2: after day 1, 12,000;
        # day 3: after day 2, 6,000
        assert paid(venue) == ["6.00 USD", "6.00 USD", "4.80 USD", "4.80 USD", "4.80 USD", "6.00 USD"]
        assert model.volume(venue.pair, 4 * DAY) == usd("6000.00")
        assert model.volume(venue.pair, 9 * DAY) == usd("0.00")

    def test_without_today_rates_change_at_midnight(self, house: Any) -> None:
        model = TieredFeeModel(TIERS, window_days=1, counts_today=False)
        venue = house(fee_model=model)
        for time in (0, DAY - 1, DAY, 2 * DAY - 1, 2 * DAY, 4 * DAY):
            venue.at(time)
            venue.quote("99.99", "100.00", 10_000, 10_000)
            venue.market_order(BUY, 60)
        # day 0: nothing yesterday; days 1 and 2: 12,000 yesterday; day 4: nothing yesterday
        assert paid(venue) == ["6.00 USD", "6.00 USD", "4.80 USD", "4.80 USD", "4.80 USD", "6.00 USD"]

    def test_reset_forgets_the_volume(self, house: Any) -> None:
        model = TieredFeeModel(TIERS)
        venue = house(fee_model=model)
        venue.quote("99.99", "100.00", 10_000, 10_000)
        venue.market_order(BUY, 500)
        venue.exchange.reset()
        assert model.volume(venue.pair) == usd("0.00")

    def test_asking_for_a_commission_counts_nothing(self, house: Any) -> None:
        model = TieredFeeModel(TIERS)
        venue = house(fee_model=model)
        order = venue.orders.market(venue.pair.id, BUY, venue.pair.make_qty(500))
        for _ in range(3):
            fee = model.get_commission(order, venue.pair.make_qty(500), venue.pair.make_price(100), venue.pair)
            assert fee == usd("50.00")
        assert model.volume(venue.pair) == usd("0.00")

    def test_plain_volumes_count_in_the_quote_currency(self, house: Any, make_pair: Any) -> None:
        venue = house(
            fee_model=TieredFeeModel([(0, 0, "0.001"), (5_000, 0, 0)]),
            instrument=make_pair("USD/JPY"), balances=("1000000 JPY",), base_currency=None,
        )
        venue.quote("99.99", "100.00", 10_000, 10_000)
        venue.market_order(BUY, 60)
        venue.market_order(BUY, 60)
        assert paid(venue) == ["6 JPY", "0 JPY"]

    def test_volume_in_another_currency_needs_a_rate(self, house: Any, make_pair: Any) -> None:
        model = TieredFeeModel(TIERS)
        venue = house(fee_model=model, instrument=make_pair("USD/JPY"), balances=("1000000 JPY",), base_currency=None)
        venue.quote("99.00", "101.00", 10_000, 10_000)
        venue.market_order(BUY, 60)
        # 60 x 101 = 6,060 JPY at 1/100 USD
        assert model.volume(venue.pair) == usd("60.60")
        lone = house(
            fee_model=TieredFeeModel([("0 EUR", 0, 0)]), instrument=make_pair("USD/JPY"), balances=("1000000 JPY",),
            base_currency=None,
        )
        lone.quote("99.00", "101.00", 10_000, 10_000)
        with pytest.raises(InvalidData, match=r"no exchange rate from JPY to EUR at SIM for a fee in USD/JPY.SIM: add"):
            lone.market_order(BUY, 60)

    @given(
        fills=st.lists(st.tuples(st.integers(0, 5 * DAY), st.integers(1, 10_000)), min_size=1, max_size=30),
        window=st.integers(1, 4),
        counts_today=st.booleans(),
    )
    def test_agrees_with_a_plain_sum(self, fills: list[tuple[int, int]], window: int, counts_today: bool) -> None:
        from tests.unit.backtest.conftest import House

        fills.sort()
        model = TieredFeeModel([(0, 0, "0.003"), (250_000, 0, "0.002"), (500_000, 0, "0.001")], window, counts_today)
        venue = House(fee_model=model, balances=("900000000000 USD",))
        expected = []
        for i, (time, size) in enumerate(fills):
            venue.at(time)
            venue.quote("100.00", "100.00", 10_000, 10_000)
            venue.market_order(BUY if i % 2 else SELL, size)
            last = time // DAY - (0 if counts_today else 1)
            volume = sum(100 * q for t, q in fills[:i] if last - window < t // DAY <= last)
            rate = Fraction("0.003") if volume < 250_000 else Fraction("0.002" if volume < 500_000 else "0.001")
            expected.append(round(100 * size * rate * 100))
        assert [e.commission.raw for e in venue.events if type(e).__name__ == "OrderFilled"] == expected

    @pytest.mark.parametrize(
        ("tiers", "text"),
        [
            ([], "invalid `tiers`, must be 1 to 64, were 0"),
            ([("5 USD", 0, 0)], "must begin at 0 and rise, was 5.00 in tier 0"),
            ([("0 USD", 0, 0), ("0 USD", 0, 0)], "was 0.00 in tier 1 after 0.00"),
            ([("0 USD", 0, 0), ("5 EUR", 0, 0)], "must be in one currency, were in EUR, USD"),
            ([("0 USD", 0, 0), (5, 0, 0)], "must be in one currency, were in USD, none"),
            ([("lots", 0, 0)], "invalid volume of tier 0, must be Money or a number, was 'lots'"),
            ([(0, 0)], r"tier 0 must be \(volume, maker, taker\), was \(0, 0\)"),
            ([(0, "much", 0)], "invalid `maker of tier 0`, must be a number, was 'much'"),
            ([(0, 0, 2)], r"invalid `taker of tier 0`, must be in \[-1, 1\]"),
        ],
    )
    def test_tiers_that_make_no_sense_are_refused(self, tiers: Any, text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            TieredFeeModel(tiers)

    def test_repr_makes_the_model_again(self) -> None:
        model = TieredFeeModel(TIERS, 7, False)
        assert repr(eval(repr(model))) == repr(model)


class TestCurrencies:
    def test_a_fee_in_base_currency_comes_off_what_was_bought(self, house: Any) -> None:
        # AUD/USD at 100.00: 500.00 USD x 0.0005 = 0.25 USD = 0.0025 AUD
        model = CurrencyFeeModel(MakerTakerFeeModel(), "BASE")
        venue = wallet(house, model, "100000 USD", "10 AUD")
        venue.market_order(BUY, 5)
        assert paid(venue) == ["0.00 AUD"]
        venue.market_order(BUY, 50)
        # 50 x 0.0005 = 0.025 AUD, half to even
        assert paid(venue)[1] == "0.02 AUD"
        venue.market_order(BUY, 60)
        # 60 x 0.0005 = 0.03 AUD
        assert paid(venue)[2] == "0.03 AUD"
        # USD: 100,000 - 115 x 100; AUD: 10 + 115 - 0.05
        assert totals(venue) == {"USD": Decimal("88500.00"), "AUD": Decimal("124.95")}

    def test_received_is_base_on_a_buy_and_quote_on_a_sale(self, house: Any) -> None:
        venue = wallet(house, CurrencyFeeModel(MakerTakerFeeModel(), "RECEIVED"), "100000 USD", "10 AUD")
        venue.market_order(BUY, 100)
        venue.market_order(SELL, 100)
        # 100 x 0.0005 = 0.05 AUD; 100 x 99.99 x 0.0005 = 4.9995 USD
        assert paid(venue) == ["0.05 AUD", "5.00 USD"]
        # start - cost + proceeds - fee; start + bought - sold - fee
        assert totals(venue) == {
            "USD": Decimal(100_000) - Decimal("10000.00") + Decimal("9999.00") - Decimal("5.00"),
            "AUD": Decimal(10) - Decimal("0.05"),
        }

    def test_a_third_currency_at_a_fixed_rate(self, house: Any) -> None:
        model = CurrencyFeeModel(MakerTakerFeeModel(), "EUR", rate="0.8")
        venue = wallet(house, model, "100000 USD", "50 EUR", "10 AUD")
        venue.market_order(BUY, 100)
        # 100 x 100.00 x 0.0005 = 5.00 USD = 4.00 EUR
        assert paid(venue) == ["4.00 EUR"]
        assert totals(venue) == {"USD": Decimal("90000.00"), "EUR": Decimal("46.00"), "AUD": Decimal("110.00")}

    def test_a_third_currency_at_the_market(self, house: Any, make_pair: Any) -> None:
        venue = wallet(house, CurrencyFeeModel(MakerTakerFeeModel(), "EUR"), "100000 USD", "50 EUR", "10 AUD")
        euro = make_pair("EUR/USD")
        venue.exchange.add_instrument(euro)
        with pytest.raises(InvalidData, match=r"no exchange rate from USD to EUR at SIM for a fee in AUD/USD.SIM"):
            venue.market_order(BUY, 100)
        venue.market.apply(tick_of(euro, "1.24", "1.26"))
        venue.market_order(BUY, 100)
        # 5.00 USD at 1.25
        assert paid(venue)[-1] == "4.00 EUR"

    def test_a_third_currency_on_a_margin_account_of_one_currency(self, house: Any, make_pair: Any) -> None:
        venue = house(fee_model=CurrencyFeeModel(MakerTakerFeeModel(), "EUR", rate="0.8"))
        euro = make_pair("EUR/USD")
        venue.exchange.add_instrument(euro)
        venue.market.apply(tick_of(euro, "1.24", "1.26"))
        venue.quote("99.99", "100.00", 10_000, 10_000)
        venue.market_order(BUY, 100)
        # 4.00 EUR, booked at the market's 1.25
        assert (paid(venue), venue.balance()) == (["4.00 EUR"], Decimal("999995.00"))

    def test_it_is_rounded_once(self, house: Any) -> None:
        # 1 x 10.00 x 0.0005 = 0.005 USD, 0.00 if rounded first; x 4 = 0.02 EUR
        model = CurrencyFeeModel(MakerTakerFeeModel(), "EUR", rate=4)
        venue = house()
        order = venue.orders.market(venue.pair.id, BUY, venue.pair.make_qty(1))
        fee = model.get_commission(order, venue.pair.make_qty(1), venue.pair.make_price("10.00"), venue.pair)
        assert str(fee) == "0.02 EUR"

    @pytest.mark.parametrize(
        ("model", "fee"),
        [
            (PerContractFeeModel("0.25 USD"), "25.00 EUR"),
            (PerShareFeeModel("0.01", "2.00 USD"), "2.00 EUR"),
            (FixedFeeModel("3.00 USD"), "3.00 EUR"),
            (CompositeFeeModel([FixedFeeModel("3.00 USD"), MakerTakerFeeModel()]), "8.00 EUR"),
            (FeeSchedule(FixedFeeModel("3.00 USD")), "3.00 EUR"),
            (TieredFeeModel([(0, 0, "0.001")]), "10.00 EUR"),
        ],
    )
    def test_any_model_can_be_charged_in_another_currency(self, house: Any, model: Any, fee: str) -> None:
        venue = wallet(house, CurrencyFeeModel(model, Currency.from_str("EUR"), rate=1), "100000 USD", "50 EUR")
        venue.market_order(BUY, 100)
        assert paid(venue) == [fee]

    def test_a_fee_of_nothing_needs_no_rate(self, house: Any) -> None:
        venue = wallet(house, CurrencyFeeModel(MakerTakerFeeModel(0, 0), "EUR"), "100000 USD")
        venue.market_order(BUY, 100)
        assert paid(venue) == ["0.00 EUR"]

    def test_an_order_whose_fee_the_account_cannot_pay_is_rejected(self, house: Any) -> None:
        venue = wallet(house, CurrencyFeeModel(FixedFeeModel("3.00 USD"), "EUR", rate=1), "100000 USD")
        order = venue.market_order(BUY, 100)
        assert order.status == OrderStatus.REJECTED
        assert "a fee of 3.00 EUR, account SIM-001 has 0.00 EUR for it" in order.last_event.reason

    @pytest.mark.parametrize(
        ("options", "text"),
        [
            ({"fee_currency": "NOWHERE"}, "invalid `fee_currency`, must be BASE, QUOTE, RECEIVED or a currency"),
            ({"fee_currency": "BASE", "rate": 2}, "`rate` 2 is for a currency given by its code"),
            ({"fee_currency": "EUR", "rate": 0}, "invalid `rate`, must be a positive number, was 0"),
            ({"fee_currency": "EUR", "rate": "x"}, "invalid `rate`, must be a positive number, was 'x'"),
            ({"fee_currency": "EUR", "model": 7}, "invalid `model`, must be a fee model or its `path`"),
        ],
    )
    def test_settings_that_make_no_sense_are_refused(self, options: dict[str, Any], text: str) -> None:
        with pytest.raises(InvalidConfiguration, match=text):
            CurrencyFeeModel(**{"model": MakerTakerFeeModel(), **options})

    def test_an_instrument_without_a_base_currency_has_no_base_fee(self, house: Any) -> None:
        share = Equity(
            instrument_id=InstrumentId(Symbol("ABC"), Venue("SIM")),
            raw_symbol=Symbol("ABC"),
            currency=Currency.from_str("USD"),
            price_precision=2,
            price_increment=Price.from_str("0.01"),
            lot_size=Quantity.from_int(1),
            ts_event=0,
            ts_init=0,
        )
        venue = house(fee_model=CurrencyFeeModel(FixedFeeModel("1.00 USD"), "BASE"), instrument=share)
        venue.quote("99.99", "100.00")
        with pytest.raises(InvalidConfiguration, match="has no base currency to charge a fee in"):
            venue.market_order(BUY, 1)


class TestSums:
    def test_each_part_is_rounded_and_the_sum_is_theirs(self, house: Any) -> None:
        model = CompositeFeeModel(
            [MakerTakerFeeModel("0.0001", "0.000055"), PerContractFeeModel("0.02 USD"), FixedFeeModel("1.50 USD")]
        )
        venue = house(fee_model=model)
        venue.quote("99.99", "100.00", 10_000, 60)
        venue.market_order(BUY, 100)
        # 60: 6,000 x 0.000055 = 0.33, 60 x 0.02 = 1.20, 1.50; 40 at 100.01: 4,000.40 x 0.000055 = 0.220022, 0.80, 0
        assert paid(venue) == ["3.03 USD", "1.02 USD"]

    def test_parts_in_two_currencies_are_an_error(self, house: Any) -> None:
        venue = wallet(house, CompositeFeeModel([MakerTakerFeeModel(), FixedFeeModel("1 EUR")]), "100000 USD", "9 EUR")
        with pytest.raises(InvalidConfiguration, match=r"charge AUD/USD.SIM in EUR and USD: bring them to one currency"):
            venue.market_order(BUY, 1)

    def test_parts_in_python_and_with_tiers_work(self, house: Any) -> None:
        times = []

        class Regulator(FeeModel):
            def get_commission(self, order: Any, fill_qty: Any, fill_px: Any, instrument: Any) -> Money:
                times.append(self.ts_now)
                return usd("0.07") if order.side == SELL else usd("0.00")

        tiers = TieredFeeModel(TIERS)
        venue = house(fee_model=CompositeFeeModel([tiers, Regulator()]))
        venue.at(5)
        venue.quote("100.00", "100.00", 10_000, 10_000)
        venue.market_order(BUY, 200)
        venue.market_order(SELL, 100)
        # 20,000 x 0.001; 10,000 x 0.0008 + 0.07
        assert (paid(venue), times) == (["20.00 USD", "8.07 USD"], [5, 5])
        venue.exchange.reset()
        assert tiers.volume(venue.pair) == usd("0.00")

    def test_no_parts_are_refused(self) -> None:
        with pytest.raises(InvalidConfiguration, match="`parts` is empty"):
            CompositeFeeModel([])


YAML = """
default:
  kind: tiered
  tiers:
    - {volume: 0 USD, maker: 0.0002, taker: 0.0005}
    - {volume: 5_000 USD, maker: 0, taker: 0.0004}
  fee_currency: RECEIVED
instruments:
  AUD/USD.SIM:
    kind: composite
    parts:
      - {kind: maker_taker, maker: -0.0001, taker: 0.0003}
      - {kind: per_contract, commission: 0.01 USD}
      - {kind: per_share, per_share: 0.005, minimum: 1.00 USD}
      - {kind: fixed, commission: 0.10 USD}
"""


class TestSchedules:
    def test_a_file_tells_fees_by_instrument(self, house: Any, make_pair: Any, tmp_path: Any) -> None:
        path = tmp_path / "fees.yaml"
        path.write_text(YAML)
        venue = house(fee_model=fee_model_from_file(path))
        venue.quote("99.99", "100.00")
        venue.market_order(BUY, 100)
        # 10,000 x 0.0003 = 3.00, 100 x 0.01 = 1.00, max(100 x 0.005, 1.00) = 1.00, 0.10
        assert paid(venue) == ["5.10 USD"]
        other = house(
            fee_model=fee_model_from_file(str(path)), instrument=make_pair("EUR/USD"), base_currency=None,
            balances=("1000000 USD", "10 EUR"),
        )
        other.quote("99.99", "100.00")
        other.market_order(BUY, 100)
        other.market_order(SELL, 100)
        # 100 x 0.0005 EUR; 9,999 x 0.0004 = 3.9996 USD
        assert paid(other) == ["0.05 EUR", "4.00 USD"]

    def test_json_says_the_same(self, tmp_path: Any) -> None:
        import msgspec

        yaml, json = tmp_path / "fees.yaml", tmp_path / "fees.json"
        yaml.write_text(YAML)
        json.write_bytes(msgspec.json.encode(msgspec.yaml.decode(YAML)))
        assert repr(FeeSchedule.from_file(yaml)) == repr(FeeSchedule.from_file(json))
        assert "0.0004" in repr(FeeSchedule.from_file(json))

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("default: {kind: tiered, tiers: [{volume: 0, maker: 0}]}", r"fees.yaml.*`taker` - at `\$.default.tiers\[0\]`"),
            ("default: {kind: maker_taker, takr: 0}", r"fees.yaml.*unknown field `takr` - at `\$.default`"),
            ("default: {kind: free}", r"fees.yaml.*'free' - at `\$.default.kind`"),
            ("instruments: {}", r"fees.yaml.*missing required field `default`"),
            ("default: {kind: maker_taker, maker: a}", r"fees.yaml.*`\$.default.maker`"),
            ("default: {kind: fixed, commission: -1 USD}", "fees.yaml`: `default`: invalid `commission`"),
            ("default: {kind: fixed, commission: 1 USD, rate: 2}", "`default`: `rate` needs a `fee_currency`"),
            ("default: {kind: fixed, commission: much}", "fees.yaml`: `default`:"),
            (
                "default: {kind: maker_taker}\ninstruments: {AUDUSD: {kind: maker_taker}}",
                "fees.yaml`: invalid instrument in a fee schedule",
            ),
            ("default: [", "fees.yaml"),
        ],
    )
    def test_a_bad_file_is_refused_by_file_and_field(self, tmp_path: Any, text: str, problem: str) -> None:
        path = tmp_path / "fees.yaml"
        path.write_text(text)
        with pytest.raises(InvalidConfiguration, match=problem):
            fee_model_from_file(path)

    def test_a_missing_file_or_another_kind_is_refused(self, tmp_path: Any) -> None:
        with pytest.raises(InvalidConfiguration, match="cannot read fee schedule .*none.json`: No such file"):
            fee_model_from_file(tmp_path / "none.json")
        with pytest.raises(InvalidConfiguration, match=r"must be a .yaml or .json file"):
            fee_model_from_file(tmp_path / "fees.txt")

    def test_plain_data_makes_a_schedule(self) -> None:
        schedule = fee_schedule_from_dict({"default": {"kind": "maker_taker", "maker": "0.1", "taker": "0.2"}})
        assert repr(schedule) == "FeeSchedule(default=MakerTakerFeeModel(maker=0.1, taker=0.2), instruments={})"

    def test_tiers_of_an_instrument_count_its_volume_alone(self, house: Any) -> None:
        own, other = TieredFeeModel(TIERS), TieredFeeModel(TIERS)
        venue = house(fee_model=FeeSchedule(other, {"AUD/USD.SIM": own}))
        venue.quote("99.99", "100.00", 10_000, 10_000)
        venue.market_order(BUY, 10)
        assert (own.volume(venue.pair), other.volume(venue.pair)) == (usd("1000.00"), usd("0.00"))


PREFIX = "nautilus_lite.backtest.models:"
FIXED = {"path": PREFIX + "FixedFeeModel", "config": {"commission": "1 USD"}}


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("MakerTakerFeeModel", {"maker": -0.0001, "taker": 0.0003}),
        ("TieredFeeModel", {"tiers": [["0 USD", 0.0002, 0.0005], ["1 USD", 0, 0]], "window_days": 30}),
        ("CompositeFeeModel", {"parts": [FIXED, {"path": PREFIX + "MakerTakerFeeModel"}]}),
        ("CurrencyFeeModel", {"model": FIXED, "fee_currency": "EUR", "rate": 0.9}),
        ("FeeSchedule", {"default": FIXED, "instruments": {"AUD/USD.SIM": FIXED}}),
    ],
)
def test_models_are_made_from_plain_data(name: str, config: dict[str, Any]) -> None:
    made = ImportableConfig.parse(ImportableConfig(path=PREFIX + name, config=config).json())
    assert type(made.create()).__name__ == name
