"""Statistics of whole runs: settings of the configuration, a user's own, and runs that leave little behind."""

import msgspec
import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis import PortfolioStatistic, deregister_statistic, register_statistic
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.summary import summarize_run
from nautilus_lite.backtest import results
from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.config import BacktestEngineConfig, StatisticsConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide
from nautilus_lite.model.objects import Money
from tests.venue_runs import DAY, HOUR, SECOND, SIM, Scripted, engine, perpetual, quote

BTC = perpetual()


class OrderCount(PortfolioStatistic):
    unit = "count"

    def calculate_from_orders(self, orders):
        return len(orders)


class PositionCount(PortfolioStatistic):
    def calculate_from_positions(self, positions):
        return len(positions)


def with_engine(config, **changes):
    return msgspec.structs.replace(config, engine=msgspec.structs.replace(config.engine, **changes))


def by_name(result, **settings):
    return {stat.name: stat for stat in result.statistics(**settings)}


def test_settings_of_the_configuration_are_those_of_the_result(bars_config):
    chosen = StatisticsConfig(days_per_year=365, risk_free_rate=0.04, day_boundary="17:00 America/New_York")
    result = run_backtest(with_engine(bars_config, statistics=chosen))
    stats = by_name(result)
    assert (stats["Days per Year"].value, stats["Risk-free Rate"].value) == (365.0, 0.04)
    assert stats["Sharpe Ratio"].convention.endswith("risk-free rate 4.0000% a year; calendar days, 17:00 America/New_York")
    # What is asked for goes before
    asked = by_name(result, days_per_year=252, risk_free_rate=0.0, day_boundary="UTC")
    assert asked["Days per Year"].convention.endswith("; business days, UTC")
    assert asked["Risk-free Rate"].value == 0.0


def test_settings_leave_the_run_alone(bars_config):
    plain = run_backtest(bars_config)
    assert run_backtest(with_engine(bars_config, statistics=StatisticsConfig(risk_free_rate=0.1))).digest == plain.digest


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"days_per_year": 300}, "`days_per_year` must be 252 or 365, was 300"),
        ({"risk_free_rate": 40}, "`risk_free_rate` must be a fraction a year"),
        ({"risk_free_rate": "0.04"}, r"`risk_free_rate` must be a number, a fraction a year \(0.02 is 2 %\), was '0.04'"),
        ({"day_boundary": "5 pm"}, "`day_boundary` must"),
        ({"day_boundary": 17}, "`day_boundary` must be as 'UTC' .* was 17"),
    ],
)
def test_impossible_settings_are_refused(wrong, text):
    with pytest.raises(InvalidConfiguration, match=text):
        BacktestEngineConfig(statistics=StatisticsConfig(**wrong))


@pytest.mark.parametrize("trials", [5, "1.0", ["0.5", "1.5"], [[0.5], [1.5]]])
def test_trials_are_a_sequence_of_numbers(bars_config, trials):
    with pytest.raises(TypeError, match=r"`trials` must be the annualised Sharpe ratios of all trials, as \[.*\], or Trials"):
        run_backtest(bars_config).statistics(trials=trials)


def test_trials_that_were_refused_are_named(bars_config):
    result = run_backtest(bars_config)
    deflated = by_name(result, trials=[1.0, None, 3.0, float("nan")])["Deflated Sharpe"]
    assert "of 4 trials, 2 of them without a Sharpe ratio, with a variance of 2;" in deflated.convention
    result.statistics_settings = StatisticsSettings.of(trials=[1.0, None])
    assert "of 2 trials, 1 of them without a Sharpe ratio, with" in by_name(result)["Deflated Sharpe"].convention


def test_statistics_are_made_once_for_each_choice(bars_config, monkeypatch):
    made = []

    def counted(run, settings):
        made.append(settings)
        return summarize_run(run, settings)

    monkeypatch.setattr(results, "summarize_run", counted)
    result = run_backtest(bars_config)
    prices = pd.Series(np.arange(100.0, 120.0), index=pd.date_range("2023-12-28", periods=20))
    doubled = prices * 2
    choices = [{}, {"benchmark": prices}, {"benchmark": doubled}, {"trials": [1.0, 2.0]}, {"days_per_year": 365}]
    for choice in [*choices, *choices]:
        assert result.statistics(**choice) == result.statistics(**choice)
    assert len(made) == len(choices)


def test_own_statistics_are_in_every_result_and_in_all_that_shows_it(bars_config):
    before = run_backtest(bars_config)
    assert "Order Count" not in by_name(before)
    statistic = OrderCount()
    register_statistic(statistic)
    try:
        assert by_name(before)["Order Count"].value == before.n_orders
        assert before.stat("Order Count") == before.n_orders
        assert "Order Count" in before.summary()
        assert before.statistics_frame().loc["Order Count", "group"] == "Own"
        assert "Order Count" in before._repr_html_()
        together = compare(bars_config, bar_paths=["OHLC"])
        assert all(result.stat("Order Count") == result.n_orders for result in together.results)
    finally:
        deregister_statistic(statistic)
    assert "Order Count" not in by_name(before)


def made_run(**options):
    data = [quote(BTC, day * DAY, "100.00") for day in range(3)] + [quote(BTC, 2 * DAY + HOUR, "110.00")]
    script = {SECOND: lambda s: s.market(BTC, OrderSide.BUY, 1), DAY + SECOND: lambda s: s.market(BTC, OrderSide.SELL, 2)}
    return engine([BTC], data, [Scripted(script)], **options)


def test_own_statistics_of_the_runs_analyzer_are_in_its_result():
    made = made_run()
    made.portfolio.analyzer.register_statistic(PositionCount())
    made.run()
    result = made.get_result()
    assert result.stat("Position Count") == 2  # one flipped, its cycle and what is open
    assert made.portfolio.analyzer.get_performance_stats_general()["Position Count"] == 2
    assert "Position Count" not in by_name(made_run().get_result())


def test_the_analyzer_forgets_the_run_before():
    made = made_run()
    made.run()
    made.get_result()
    first = made.portfolio.analyzer.get_performance_stats_pnls()
    made.reset()
    made.run()
    made.get_result()
    assert made.portfolio.analyzer.get_performance_stats_pnls() == pytest.approx(first, nan_ok=True)


def test_a_position_still_open_is_no_trade_and_counts_as_exposure_to_the_end():
    made = made_run(interval_ns=DAY)
    made.run()
    stats = by_name(made.get_result())
    assert stats["Trades"].value == 1.0
    # Open from the first second to the end, 2 days and an hour later
    assert stats["Exposure Time"].value == pytest.approx(1 - 1 / (2 * 86400 + 3600))
    by_side = made.get_result().breakdown("side").droplevel("currency")
    assert by_side["open"].to_dict() == {"LONG": 0, "SHORT": 1}
    assert by_side["trades"].to_dict() == {"LONG": 1, "SHORT": 0}
    # The short has only paid: 100 x 0.0005
    assert by_side["net_pnl"].to_dict() == {"LONG": -0.1, "SHORT": -0.05}


def test_without_samples_of_equity_everything_of_it_is_refused():
    made = made_run(interval_ns=0)
    made.run()
    stats = by_name(made.get_result())
    assert stats["Sharpe Ratio"].value is None
    assert stats["Max Gross Leverage"].value is None
    assert stats["Trades"].value == 1.0
    assert all((stat.value is None) == (stat.why is not None) for stat in stats.values())


def test_an_engine_that_never_ran_has_values_or_reasons():
    stats = by_name(made_run().get_result())
    assert all((stat.value is None) == (stat.why is not None) for stat in stats.values())
    assert stats["Fees (USDT)"].value == 0.0


def test_an_account_in_several_currencies_has_a_total_profit():
    # No rate is known before the first row of data: the opening balance counts at the first that comes
    run = BacktestEngine(BacktestEngineConfig(equity_interval_ns=HOUR))
    run.add_venue(SIM, OmsType.NETTING, AccountType.MARGIN, [Money.from_str("1000 USDT"), Money.from_str("2 BTC")])
    run.add_instrument(BTC)
    run.add_data([quote(BTC, 0, "100.00"), quote(BTC, HOUR, "100.00"), quote(BTC, 2 * HOUR, "110.00")])
    run.run()
    result = run.get_result()
    assert result.equity().tolist() == [1_200.0, 1_200.0, 1_220.0]
    assert result.stat("PnL (total)") == 20.0
    assert result.warnings == []
    run.dispose()


def test_a_rate_that_never_comes_leaves_the_total_unknown():
    run = BacktestEngine(BacktestEngineConfig(equity_interval_ns=HOUR))
    run.add_venue(SIM, OmsType.NETTING, AccountType.MARGIN, [Money.from_str("1000 USDT"), Money.from_str("2 ETH")])
    run.add_instrument(BTC)
    run.add_data([quote(BTC, 0, "100.00"), quote(BTC, 2 * HOUR, "110.00")])
    run.run()
    result = run.get_result()
    assert result.equity().isna().all()
    assert result.warnings == ["no exchange rate from ETH to USDT: total equity is NaN at those times"]
    stats = by_name(result)
    assert stats["Average Gross Leverage"].why == "exposure or equity is not known, or equity was not positive"
    assert stats["Turnover"].why == "equity is not known"
    run.dispose()
