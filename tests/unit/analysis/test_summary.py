"""The list of statistics of a run."""

from itertools import groupby
from types import SimpleNamespace

import numpy as np
import pytest

from nautilus_lite.analysis.summary import StatValue, duration_text, summarize
from nautilus_lite.analysis.trade_list import TradeList
from nautilus_lite.model.objects import Money

NAMES_IN_COMPARISONS = ("PnL (total)", "PnL% (total)", "Max Drawdown", "Sharpe Ratio", "Win Rate", "Profit Factor")


def order(*fees):
    return SimpleNamespace(commissions=lambda: [Money.from_str(fee) for fee in fees], events=[])


def by_name(stats):
    found = {stat.name: stat for stat in stats}
    assert len(found) == len(stats)
    return found


@pytest.fixture
def wavy(curve):
    """Twenty business days: 1 % up, 1 % down in turn, flat on weekends."""
    values = [1_000_000.0]
    for day in range(28):
        change = 0.0 if day % 7 >= 5 else 0.01 if day % 2 == 0 else -0.01
        values.append(values[-1] * (1 + change))
    return curve(values)


def test_names_that_comparisons_look_for_are_there_once(wavy, ten_trades):
    names = [stat.name for stat in summarize(wavy, ten_trades, [], "USD")]
    for prefix in NAMES_IN_COMPARISONS:
        assert sum(name.startswith(prefix) for name in names) == 1
    assert sum("Fees" in name for name in names) == 1


def test_ten_trades_by_hand(curve, ten_trades):
    stats = by_name(summarize(curve([1000.0, 1080.0]), ten_trades, [], "USD"))
    assert stats["PnL (total)"].value == 80.0
    assert stats["PnL% (total)"].value == pytest.approx(8.0)
    assert stats["Trades"].value == 10.0
    assert stats["Win Rate"].value == 0.4  # 50, 30, 10, 80
    assert stats["Breakeven Trades"].value == 1.0
    assert stats["Profit Factor"].value == pytest.approx(170 / 90)
    assert stats["Expectancy"].value == pytest.approx(8.0)
    assert stats["Payoff Ratio"].value == pytest.approx((170 / 4) / (90 / 5))
    assert stats["Avg Winner"].value == 42.5
    assert stats["Avg Loser"].value == -18.0
    assert stats["Best Trade"].value == 80.0
    assert stats["Worst Trade"].value == -40.0
    assert stats["Longest Winning Streak"].value == 2.0
    assert stats["Longest Losing Streak"].value == 3.0
    assert stats["Average Duration"].value == 330.0  # (60 + ... + 600) / 10
    assert stats["Long Ratio"].value == 0.6


def test_trades_add_up_to_the_equity(curve, ten_trades):
    pnls = TradeList.of(ten_trades).pnls("USD")
    assert round(pnls.sum(), 2) == summarize(curve([1000.0, 1080.0]), ten_trades, [], "USD")[0].value


def test_trades_are_taken_in_order_of_closing(curve, trade):
    shuffled = [trade("-1.00", 3), trade("1.00", 1), trade("1.00", 2), trade("1.00", 4)]
    stats = by_name(summarize(curve([1.0, 1.0]), shuffled, [], "USD"))
    assert stats["Longest Winning Streak"].value == 2.0


def test_trades_in_another_currency_are_counted_and_never_added(curve, trade):
    positions = [trade("10.00"), trade("-4.00 EUR"), trade("-5.00 EUR"), trade("-9 JPY")]
    stats = by_name(summarize(curve([1.0, 1.0]), positions, [], "USD"))
    assert (stats["Expectancy"].value, stats["Expectancy"].count) == (10.0, 1)
    assert stats["Trades"].value == 4.0
    assert stats["Expectancy"].convention.endswith("; left out: 2 in EUR, 1 in JPY")


def test_pnls_of_trades_are_the_exact_minor_units(trade):
    values = ["0.10", "0.20", "1234567.89", "-0.07"]
    pnls = TradeList.of([trade(value, i + 1) for i, value in enumerate(values)]).pnls("USD")
    assert pnls.tolist() == [float(value) for value in values]


def test_fees_are_listed_by_currency_the_reporting_one_first(curve):
    orders = [order("0.10 USD"), order("0.20 USD", "0.00010000 BTC"), order()]
    stats = [s for s in summarize(curve([1.0, 1.0]), [], orders, "USD") if "Fees" in s.name]
    assert [(s.name, s.value, s.unit, s.count) for s in stats] == [
        ("Fees (USD)", 0.3, "USD", 2),
        ("Fees (BTC)", 0.0001, "BTC", 1),
    ]


def test_a_run_without_orders_paid_nothing(curve):
    stats = by_name(summarize(curve([1.0, 1.0]), [], [], "USD"))
    assert stats["Fees (USD)"].text() == "0.00 USD"


def test_business_days_are_named_and_counted(wavy):
    stats = by_name(summarize(wavy, [], [], "USD"))
    returns = [0.01 if day % 2 == 0 else -0.01 for day in range(28) if day % 7 < 5]
    expected = np.mean(returns) / np.std(returns, ddof=1) * np.sqrt(252)
    assert stats["Sharpe Ratio"].value == pytest.approx(expected, abs=1e-9)
    assert stats["Sharpe Ratio"].count == 20
    assert "business days, UTC" in stats["Sharpe Ratio"].convention


def test_calendar_days_are_named_and_counted(curve):
    equity = curve(1000.0 + np.arange(29) % 3)
    sharpe = by_name(summarize(equity, [], [], "USD"))["Sharpe Ratio"]
    assert (sharpe.count, "sqrt(365)" in sharpe.convention, "calendar days" in sharpe.convention) == (28, True, True)


def test_days_of_the_year_can_be_named(wavy):
    assert by_name(summarize(wavy, [], [], "USD", days_per_year=365))["Sharpe Ratio"].count == 28


def test_every_day_counts_not_only_those_with_a_trade(curve):
    # Trap: annualising the returns of active days alone flatters a strategy that is mostly flat
    values = [1000.0] * 15 + [1010.0] * 15
    sharpe = by_name(summarize(curve(values), [], [], "USD", days_per_year=365))["Sharpe Ratio"]
    returns = [0.0] * 28 + [0.01]
    assert sharpe.value == pytest.approx(np.mean(returns) / np.std(returns, ddof=1) * np.sqrt(365))


def test_coarse_samples_are_not_taken_for_days(curve):
    stats = by_name(summarize(curve(1000.0 + np.arange(30) % 3, freq="7D"), [], [], "USD"))
    assert stats["Sharpe Ratio"].text() == "n/a (equity was sampled every 7 days, needs one sample a day)"
    assert stats["Max Drawdown"].value is not None


def test_an_opening_and_an_end_weeks_apart_are_no_daily_returns(curve):
    # With a grid longer than the run these two are all: 27 days without a change would be made up
    stats = by_name(summarize(curve([1000.0, 1010.0], freq="28D"), [], [], "USD"))
    assert stats["Sharpe Ratio"].text() == "n/a (equity was sampled every 28 days, needs one sample a day)"
    assert stats["PnL (total)"].value == 10.0


def test_samples_without_a_rate_are_counted_in_the_convention(curve):
    stats = by_name(summarize(curve([1000.0, np.nan, 1010.0]), [], [], "USD"))
    assert stats["PnL (total)"].convention.endswith("; 1 of 3 samples had no exchange rate")
    assert stats["PnL (total)"].value == 10.0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_observations_give_values_or_reasons_but_never_nonsense(curve, ten_trades, n):
    for stat in summarize(curve([1000.0, 1010.0][:n]), ten_trades[:n], [order("1.00 USD")] * n, "USD"):
        assert (stat.value is None) == (stat.why is not None)
        assert stat.value is None or np.isfinite(stat.value)
        assert stat.text()
        assert stat.convention


def test_equal_input_gives_equal_output(wavy, ten_trades):
    assert summarize(wavy, ten_trades, [], "USD") == summarize(wavy, ten_trades, [], "USD")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234567.891, "USD", "1,234,567.89 USD"),
        (-0.001, "USD", "0.00 USD"),
        (1234567.0, "JPY", "1,234,567 JPY"),
        (0.00012345, "BTC", "0.00012345 BTC"),
        (0.12345, "fraction", "12.35%"),
        (-0.00054321, "fraction", "-0.0543%"),
        (0.0, "fraction", "0.00%"),
        (0.044008, "%", "0.0440%"),
        (12.3456, "%", "12.35%"),
        (1.23456, "ratio", "1.235"),
        (7.0, "count", "7"),
        (17.25, "days", "17.2 days"),
        (8000.0, "s", "2h 13m"),
    ],
)
def test_text_follows_the_unit(value, unit, text):
    assert StatValue("x", value, unit, "", 1).text() == text


def test_text_of_a_refusal_gives_the_reason():
    stat = StatValue("x", None, "ratio", "", 3, "needs 10 daily returns, has 3")
    assert stat.text() == "n/a (needs 10 daily returns, has 3)"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0s"), (0.0025, "2.5ms"), (1.0, "1s"), (75, "1m 15s"), (3600, "1h 0m"), (90000, "1d 1h"), (59.7, "1m 0s")],
)
def test_duration_text(seconds, text):
    assert duration_text(seconds) == text


def test_a_run_flat_on_every_saturday_is_told_what_it_was_taken_for(wavy):
    told = by_name(summarize(wavy, [], [], "USD"))
    assert told["Days per Year"].value == 252.0
    note = "business days, UTC (told from the data, as equity never moved on a Saturday: `days_per_year` sets it)"
    assert told["Days per Year"].convention.endswith(note)
    assert told["Sharpe Ratio"].convention.endswith(note)
    named = by_name(summarize(wavy, [], [], "USD", days_per_year=365))
    assert named["Sharpe Ratio"].convention.endswith("risk-free rate 0; calendar days, UTC")


def test_groups_stand_together(wavy, ten_trades):
    groups = [stat.group for stat in summarize(wavy, ten_trades, [], "USD")]
    assert "" not in groups
    assert len([key for key, _ in groupby(groups)]) == len(set(groups))


def test_excursions_are_those_of_the_positions(curve, trade):
    positions = [
        trade("10.00", 1, mae="-4.00 USD", mfe="12.00 USD"),
        trade("-5.00", 2, mae="-8.00 USD", mfe="0.00 USD"),
        trade("1.00", 3),
    ]
    stats = by_name(summarize(curve([1000.0, 1006.0]), positions, [], "USD"))
    assert (stats["Average MAE"].value, stats["Worst MAE"].value) == (-6.0, -8.0)
    assert (stats["Average MFE"].value, stats["Best MFE"].value) == (6.0, 12.0)
    # The one that no backtest made does not count
    assert stats["Average MAE"].count == 2
