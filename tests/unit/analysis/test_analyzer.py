"""The analyzer under NautilusTrader's names."""

import math
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.analyzer import PortfolioAnalyzer, PortfolioStatistic
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import PositionId
from nautilus_lite.model.objects import Currency, Money

USD, EUR = Currency.from_str("USD"), Currency.from_str("EUR")
DAY = 86_400 * 10**9


class BiggestTrade(PortfolioStatistic):
    def calculate_from_realized_pnls(self, realized_pnls):
        return float(realized_pnls.abs().max())


class DayCount(PortfolioStatistic):
    def calculate_from_returns(self, returns):
        return len(returns)


class PositionCount(PortfolioStatistic):
    def calculate_from_positions(self, positions):
        return len(positions)


@pytest.fixture
def desk(make_desk, pair):
    """A day apart: buy at 1.10, sell at 1.20 (97.22 after fees), sell at 1.20 and keep."""
    desk = make_desk()
    instrument = desk.add(pair("EUR/USD"), "1.10000")
    desk.trade(instrument, OrderSide.BUY, 1000, "1.10000", "1.39 USD")
    desk.clock.advance_time(DAY + DAY // 2)
    desk.trade(instrument, OrderSide.SELL, 1000, "1.20000", "1.39 USD")
    desk.trade(instrument, OrderSide.SELL, 1000, "1.20000", "1.00 USD")
    return desk


@pytest.fixture
def positions(desk):
    held = desk.cache.positions()
    return [*(s for p in held for s in desk.cache.position_snapshots(p.id)), *held]


@pytest.fixture
def analyzer(desk, positions):
    analyzer = PortfolioAnalyzer()
    analyzer.calculate_statistics(desk.account, positions)
    return analyzer


def test_total_pnl_is_the_change_of_the_balance(analyzer):
    # 1000 x 0.10 = 100 less fees of 3.78
    assert analyzer.total_pnl() == 96.22
    assert analyzer.total_pnl(USD) == 96.22
    assert analyzer.total_pnl_percentage() == pytest.approx(0.009622)


def test_unrealised_pnl_is_added_when_given(analyzer):
    assert analyzer.total_pnl(USD, Money(10, USD)) == 106.22


def test_unrealised_pnl_of_another_currency_is_refused(analyzer):
    with pytest.raises(ValueError, match="`unrealized_pnl` must be in USD, was 10.00 EUR"):
        analyzer.total_pnl(USD, Money(10, EUR))


def test_closed_positions_are_trades_and_open_ones_are_not(analyzer):
    assert analyzer.realized_pnls().to_dict() == {"EUR/USD.SIM-S-001": 97.22}


def test_every_netting_cycle_is_a_trade_of_its_own():
    analyzer = PortfolioAnalyzer()
    for amount in (5, -3):
        analyzer.add_trade(PositionId("P-1"), Money(amount, USD))
    assert analyzer.realized_pnls(USD).tolist() == [5.0, -3.0]


def test_pnls_have_the_known_names(analyzer):
    stats = analyzer.get_performance_stats_pnls()
    assert list(stats)[:10] == [
        "PnL (total)",
        "PnL% (total)",
        "Max Winner",
        "Avg Winner",
        "Min Winner",
        "Min Loser",
        "Avg Loser",
        "Max Loser",
        "Expectancy",
        "Win Rate",
    ]
    assert (stats["Max Winner"], stats["Win Rate"]) == (97.22, 1.0)
    assert math.isnan(stats["Max Loser"])


def test_losers_run_from_the_smallest_to_the_largest_loss():
    analyzer = PortfolioAnalyzer()
    for amount in (4, 2, -1, -7):
        analyzer.add_trade(PositionId("P-1"), Money(amount, USD))
    stats = analyzer.get_performance_stats_pnls(USD)
    assert math.isnan(stats["PnL (total)"])
    assert [stats[name] for name in ("Max Winner", "Min Winner", "Min Loser", "Max Loser")] == [4.0, 2.0, -1.0, -7.0]


def test_returns_come_from_balances_from_the_opening_balance_on(analyzer):
    # The first day ends 1.39 below the opening balance, the second 97.61 above that
    assert analyzer.returns().tolist() == pytest.approx([-1.39e-6, 97.61 / 999998.61])


def test_returns_come_from_equity_when_given(desk, positions, curve):
    analyzer = PortfolioAnalyzer()
    analyzer.calculate_statistics(desk.account, positions, curve([100.0, 110.0]))
    assert analyzer.returns().tolist() == pytest.approx([0.1])


def test_ratios_carry_their_days_and_refuse_as_nan(analyzer):
    stats = analyzer.get_performance_stats_returns()
    assert math.isnan(stats["Sharpe Ratio (252 days)"])
    assert math.isnan(stats["Sortino Ratio (252 days)"])


def test_several_currencies_have_no_returns_and_need_a_name(make_desk):
    desk = make_desk(balances=("1000 USD", "1000 EUR"), base_currency=None, account_type="CASH")
    analyzer = PortfolioAnalyzer()
    analyzer.calculate_statistics(desk.account, [])
    assert analyzer.returns().empty
    assert analyzer.currencies == [USD, EUR]
    assert analyzer.total_pnl(EUR) == 0.0
    with pytest.raises(ValueError, match="name a `currency`, the account has several: USD, EUR"):
        analyzer.total_pnl()


def test_currency_that_is_not_held_is_refused(analyzer):
    with pytest.raises(ValueError, match=r"`currency` must be held by the account, was EUR \(held: USD\)"):
        analyzer.total_pnl(EUR)


def test_long_ratio_counts_open_positions_too(analyzer):
    assert analyzer.get_performance_stats_general() == {"Long Ratio": 0.5}


def test_own_statistics_appear_among_the_figures(analyzer):
    for statistic in (BiggestTrade(), DayCount(), PositionCount()):
        analyzer.register_statistic(statistic)
    assert analyzer.get_performance_stats_pnls()["Biggest Trade"] == 97.22
    assert analyzer.get_performance_stats_returns()["Day Count"] == 2
    assert analyzer.get_performance_stats_general()["Position Count"] == 2
    assert "Day Count" not in analyzer.get_performance_stats_pnls()


def test_statistics_are_found_and_removed_by_name():
    analyzer = PortfolioAnalyzer()
    statistic = BiggestTrade()
    analyzer.register_statistic(statistic)
    assert analyzer.statistic("Biggest Trade") is statistic
    analyzer.deregister_statistic(statistic)
    assert analyzer.statistic("Biggest Trade") is None
    analyzer.register_statistic(statistic)
    analyzer.deregister_statistics()
    assert analyzer.statistic("Biggest Trade") is None


def test_name_of_a_statistic_is_its_class_in_words():
    assert BiggestTrade().name == "Biggest Trade"
    assert BiggestTrade.fully_qualified_name().endswith(":BiggestTrade")


def test_reset_forgets_figures_and_keeps_statistics(analyzer):
    analyzer.register_statistic(BiggestTrade())
    analyzer.reset()
    assert (analyzer.total_pnl(), analyzer.realized_pnls(), len(analyzer.returns())) == (0.0, None, 0)
    assert analyzer.statistic("Biggest Trade") is not None


def test_empty_analyzer_refuses_as_nan():
    analyzer = PortfolioAnalyzer()
    assert math.isnan(analyzer.get_performance_stats_pnls()["Win Rate"])
    assert all(math.isnan(value) for value in analyzer.get_performance_stats_returns().values())
    assert math.isnan(analyzer.get_performance_stats_general()["Long Ratio"])


def test_formatted_lines_align(analyzer):
    lines = analyzer.get_stats_pnls_formatted()
    assert lines[0] == "PnL (total):   96.22"
    assert lines[7] == "Max Loser:     n/a"
    assert len(analyzer.get_stats_returns_formatted()) == 8
    assert analyzer.get_stats_general_formatted() == ["Long Ratio: 0.5"]


def test_names_are_nautilus_traders():
    """The public names of `PortfolioAnalyzer` of nautilus_trader 1.231."""
    names = {
        "add_position_return", "add_positions", "add_return", "add_trade", "calculate_statistics", "currencies",
        "deregister_statistic", "deregister_statistics", "get_performance_stats_general", "get_performance_stats_pnls",
        "get_performance_stats_portfolio_returns", "get_performance_stats_position_returns",
        "get_performance_stats_returns", "get_performance_stats_returns_vs_benchmark", "get_stats_general_formatted",
        "get_stats_pnls_formatted", "get_stats_portfolio_returns_formatted", "get_stats_position_returns_formatted",
        "get_stats_returns_formatted", "portfolio_returns", "position_returns", "realized_pnls", "record_trade",
        "register_statistic", "reset", "returns", "statistic", "total_pnl", "total_pnl_percentage",
    }  # fmt: skip
    assert names <= set(dir(PortfolioAnalyzer))


def test_position_returns_are_those_of_closed_positions_and_those_added(analyzer):
    # 1.10 to 1.20; what is added stands in order of time
    assert analyzer.position_returns().tolist() == pytest.approx([0.1 / 1.1])
    analyzer.add_return(datetime(1970, 1, 1), 0.25)
    analyzer.add_position_return(datetime(1970, 1, 3), -0.5)
    assert analyzer.position_returns().tolist() == pytest.approx([0.25, 0.1 / 1.1, -0.5])
    assert str(analyzer.position_returns().index.tz) == "UTC"


def test_returns_fall_back_to_those_of_positions():
    analyzer = PortfolioAnalyzer()
    analyzer.add_return(datetime(2024, 1, 1), 0.1)
    assert analyzer.portfolio_returns().empty
    assert analyzer.returns().tolist() == [0.1]


def test_returns_of_positions_are_compounded_by_day_and_days_between_count():
    analyzer = PortfolioAnalyzer()
    for moment, value in ((datetime(2024, 1, 1, 9), 0.1), (datetime(2024, 1, 1, 15), 0.1), (datetime(2024, 1, 4), -0.05)):
        analyzer.add_return(moment, value)
    stats = analyzer.get_performance_stats_position_returns()
    # 21 % on the first day, nothing on two, -5 % on the fourth
    assert stats["Average (Return)"] == pytest.approx((0.21 - 0.05) / 4)
    assert stats["Average Win (Return)"] == pytest.approx(0.21)
    assert math.isnan(stats["Sharpe Ratio (252 days)"])


def test_figures_of_returns_by_kind(analyzer):
    assert analyzer.get_performance_stats_portfolio_returns() == pytest.approx(
        analyzer.get_performance_stats_returns(), nan_ok=True
    )
    assert len(analyzer.get_stats_portfolio_returns_formatted()) == len(analyzer.get_stats_position_returns_formatted()) == 8


def test_figures_against_a_benchmark():
    index = pd.date_range("2024-01-01", periods=12, freq="D", tz="UTC")
    own = pd.Series([0.01, -0.01, 0.02, 0.0] * 3, index=index)
    other = pd.Series([0.02, -0.02, 0.01, 0.01] * 3, index=index)
    stats = PortfolioAnalyzer().get_performance_stats_returns_vs_benchmark(other, own)
    assert list(stats) == [
        "Alpha (252 days)",
        "Beta",
        "Information Ratio (252 days)",
        "Tracking Error (252 days)",
        "Treynor Ratio (252 days)",
        "Up Capture Ratio (252 days)",
        "Down Capture Ratio (252 days)",
    ]
    assert stats["Beta"] == pytest.approx(np.cov(own, other)[0, 1] / other.var())
    late = pd.Series([0.1] * 12, index=index + pd.Timedelta(1000, "D"))
    assert all(math.isnan(value) for value in PortfolioAnalyzer().get_performance_stats_returns_vs_benchmark(late, own).values())


def test_several_accounts_have_the_sum_of_their_balances(make_desk):
    one, two = make_desk(balances=("1000 USD",)), make_desk(balances=("500 USD",))
    analyzer = PortfolioAnalyzer()
    analyzer.calculate_statistics([one.account, two.account], [])
    assert (analyzer.total_pnl(USD), analyzer.currencies) == (0.0, [USD])
    assert analyzer.returns().empty


def test_equity_may_be_a_function_that_nobody_calls_before_it_is_needed(desk, positions, curve):
    calls = []

    def equity():
        calls.append(1)
        return curve([100.0, 110.0])

    analyzer = PortfolioAnalyzer()
    analyzer.calculate_statistics(desk.account, positions, equity)
    assert calls == []
    assert analyzer.returns().tolist() == pytest.approx([0.1])
    assert analyzer.total_pnl() == 96.22
    assert calls == [1]
