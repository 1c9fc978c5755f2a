"""Simulation modules and rollover interest through the whole engine, with the arithmetic."""

from decimal import Decimal

import pandas as pd
import pytest

from nautilus_lite.backtest.config import BacktestDataConfig, BacktestEngineConfig, BacktestRunConfig, BacktestVenueConfig
from nautilus_lite.backtest.modules import (
    FXRolloverInterestConfig,
    FXRolloverInterestModule,
    SimulationModule,
    SimulationModuleConfig,
    next_rollover,
)
from nautilus_lite.backtest.node import build_engine
from nautilus_lite.common.config import ImportableActorConfig
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from tests.conftest import make_pair
from tests.venue_runs import DAY, HOUR, SECOND, Scripted, engine, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
AUD = make_pair("AUD/USD")
# Tuesday 2024-01-02; 17:00 New York is 22:00 UTC in winter
TUESDAY = 1_704_153_600 * SECOND
RATES = pd.DataFrame({
    "LOCATION": ["AUS", "AUS", "USA"],
    "TIME": ["2024-01", "2024-02", "2024-Q1"],
    "Value": [4.35, 4.10, 5.33],
})


def quotes(days, price="0.65000"):
    return [quote(AUD, TUESDAY + i * DAY + HOUR, price, price, size=10_000_000) for i in range(days)]


def rollover(data=RATES):
    return FXRolloverInterestModule(FXRolloverInterestConfig(rate_data=data))


def buy(strategy):
    strategy.market(AUD, BUY, 1_000_000)


class TestRollover:
    def test_books_the_difference_of_rates_and_thrice_on_wednesday(self):
        """1m AUD x 0.65 x (4.35 - 5.33) / 100 / 365 = -17.4520...; on Wednesday three times that, -52.3561..."""
        module = rollover()
        made = engine([AUD], quotes(3), [Scripted({TUESDAY + 2 * HOUR: buy})], "1000000 USD", modules=[module])
        made.run(end=TUESDAY + 2 * DAY + HOUR)
        result = made.get_result()
        booked = [(a.ts, a.amount.as_decimal()) for a in result.adjustments]
        assert booked == [
            (TUESDAY + 22 * HOUR, Decimal("-17.45")),
            (TUESDAY + DAY + 22 * HOUR, Decimal("-52.36")),
        ]
        assert result.adjusted()["USD"].as_decimal() == Decimal("-69.81")
        assert module.totals == [Money.from_str("-69.81 USD")]
        fees = result.accounts[0].commission(Currency.from_str("USD")).as_decimal()
        assert result.accounts[0].balance_total(Currency.from_str("USD")).as_decimal() == 1_000_000 - fees - Decimal("69.81")

    def test_shorts_earn_what_longs_pay_and_flat_nothing(self):
        def both(strategy):
            strategy.market(AUD, SELL, 1_000_000)

        made = engine([AUD], quotes(2), [Scripted({TUESDAY + 2 * HOUR: both})], "1000000 USD", modules=[rollover()])
        made.run(end=TUESDAY + DAY)
        assert [a.amount.as_decimal() for a in made.get_result().adjustments] == [Decimal("17.45")]
        made = engine([AUD], quotes(2), [], "1000000 USD", modules=[rollover()])
        made.run(end=TUESDAY + DAY)
        assert made.get_result().adjustments == []

    def test_weekends_have_none_and_summer_moves_it(self):
        friday = TUESDAY + 3 * DAY
        assert next_rollover(friday) == friday + 22 * HOUR
        assert next_rollover(friday + 22 * HOUR) == friday + 3 * DAY + 22 * HOUR
        # 2024-07-01 in daylight saving time: 21:00 UTC
        july = 1_719_792_000 * SECOND
        assert next_rollover(july) == july + 21 * HOUR

    def test_reads_a_csv_file_and_uses_the_rate_of_the_month(self, tmp_path):
        path = tmp_path / "rates.csv"
        RATES.to_csv(path, index=False)
        start = TUESDAY + 30 * DAY  # 2024-02-01, a Thursday
        data = [quote(AUD, start, "0.65000", size=10_000_000), quote(AUD, start + DAY, "0.65000", size=10_000_000)]
        made = engine([AUD], data, [Scripted({start + HOUR: buy})], "1000000 USD", modules=[rollover(str(path))])
        made.run()
        # 1m x 0.65 x (4.10 - 5.33) / 36500
        assert [a.amount.as_decimal() for a in made.get_result().adjustments] == [Decimal("-21.90")]

    def test_a_base_currency_is_booked_at_the_rate_of_the_time(self):
        """-17.452... USD at 0.65 AUD/USD are -26.85 AUD."""
        made = engine([AUD], quotes(2), [Scripted({TUESDAY + 2 * HOUR: buy})], "1000000 AUD", base="AUD", modules=[rollover()])
        made.run(end=TUESDAY + DAY)
        assert [str(a.amount) for a in made.get_result().adjustments] == ["-26.85 AUD"]

    def test_a_missing_rate_is_named(self):
        made = engine([AUD], quotes(2), [Scripted({TUESDAY + 2 * HOUR: buy})], "1000000 USD", modules=[rollover(RATES.head(2))])
        with pytest.raises(InvalidData, match="no interest rate of USD for 2024-01 or 2024-Q1"):
            made.run(end=TUESDAY + DAY)
        with pytest.raises(InvalidData, match="interest rates lack Value"):
            rollover(RATES.drop(columns="Value"))

    def test_reset_gives_the_same_digest(self):
        made = engine([AUD], quotes(3), [Scripted({TUESDAY + 2 * HOUR: buy})], "1000000 USD", modules=[rollover()])
        made.run()
        first = made.get_result()
        made.reset()
        made.run()
        assert made.get_result().digest == first.digest
        assert made.get_result().adjustments == first.adjustments


class Watching(SimulationModule):
    """Notes what it is shown, and takes a cent a row."""

    def __init__(self, config=None):
        super().__init__(config)
        self.seen = []
        self.logged = 0

    def pre_process(self, data):
        self.seen.append(("before", data.ts_init, self.cache.quote_tick_count(AUD.id)))

    def process(self, ts_now):
        self.seen.append(("after", ts_now, self.cache.quote_tick_count(AUD.id)))
        self.exchange.adjust_account(Money.from_str("-0.01 USD"), "rent")

    def log_diagnostics(self, logger):
        self.logged += 1

    def on_reset(self):
        self.seen.clear()


class Idle(SimulationModule):
    pass


class TestModules:
    def test_see_each_row_before_and_after(self):
        module = Watching()
        made = engine([AUD], quotes(2), [], "1000000 USD", modules=[module])
        made.run()
        first, second = TUESDAY + HOUR, TUESDAY + DAY + HOUR
        assert module.seen == [("before", first, 0), ("after", first, 1), ("before", second, 1), ("after", second, 2)]
        assert made.get_result().adjusted()["USD"].as_decimal() == Decimal("-0.02")
        assert {a.reason for a in made.get_result().adjustments} == {"rent"}
        assert module.logged == 1
        made.reset()
        made.run()
        assert len(module.seen) == 4

    def test_one_that_takes_no_rows_is_not_asked(self):
        module = Idle(SimulationModuleConfig())
        assert not module.takes_rows
        made = engine([AUD], quotes(2), [], "1000000 USD", modules=[module])
        made.run()
        assert module.exchange is made.world.exchanges[0]
        assert made.get_result().config["venues"][0]["modules"] == [repr(module)]

    def test_belongs_to_one_venue(self):
        module = Idle()
        engine([AUD], quotes(2), [], "1000000 USD", modules=[module])
        with pytest.raises(InvalidConfiguration, match="was registered before|belongs to venue"):
            engine([AUD], quotes(2), [], "1000000 USD", modules=[module])

    def test_a_frozen_account_stays_as_it_is(self):
        made = engine([AUD], quotes(2), [], "1000000 USD", modules=[Watching()], frozen_account=True)
        made.run()
        assert made.get_result().adjusted()["USD"].as_decimal() == 0

    def test_by_configuration(self, tmp_path):
        catalog = ParquetDataCatalog(tmp_path / "catalog")
        catalog.write_data([AUD, *quotes(2)])
        RATES.to_csv(tmp_path / "rates.csv", index=False)
        venue = BacktestVenueConfig(
            name="SIM", oms_type="NETTING", account_type="MARGIN", starting_balances=["1000000 USD"],
            modules=[ImportableActorConfig(
                actor_path="nautilus_lite.backtest.modules:FXRolloverInterestModule",
                config_path="nautilus_lite.backtest.modules:FXRolloverInterestConfig",
                config={"rate_data": str(tmp_path / "rates.csv")},
            )],
            session={"open": "09:30", "close": "16:00", "timezone": "America/New_York"},
            settlement_prices={"AUD/USD.SIM": 0.5},
            price_protection_points=7,
            liquidation_enabled=True,
            liquidation_trigger_ratio=1.5,
        )
        made = build_engine(BacktestRunConfig(
            venues=[venue],
            data=[BacktestDataConfig(catalog_path=str(tmp_path / "catalog"), data_cls="QuoteTick")],
            engine=BacktestEngineConfig(equity_interval_ns=0),
        ))
        made.add_strategy(Scripted({TUESDAY + 2 * HOUR: buy}))
        made.run()
        result = made.get_result()
        assert [a.amount.as_decimal() for a in result.adjustments] == [Decimal("-17.45")]
        told = result.config["venues"][0]
        assert told["session"] == "TradingSession(open=09:30:00, close=16:00:00, timezone=America/New_York)"
        assert told["price_protection_points"] == 7
        assert told["liquidation_trigger_ratio"] == "1.5"
        assert told["settlement_prices"] == {"AUD/USD.SIM": "0.5"}
