"""NautilusTrader's statistic classes by name."""

import math

import numpy as np
import pandas as pd
import pytest

import nautilus_lite.analysis as analysis
from nautilus_lite.analysis import PortfolioStatistic
from nautilus_lite.analysis.named import daily_series
from nautilus_lite.model.enums import OrderSide

# Class, arguments it takes and name as nautilus_trader 1.231 prints it
CLASSES = {
    "Alpha": "Alpha (252 days)",
    "AvgLoser": "Avg Loser",
    "AvgWinner": "Avg Winner",
    "BetaRatio": "Beta",
    "CAGR": "CAGR (252 days)",
    "CalmarRatio": "Calmar Ratio (252 days)",
    "DownCaptureRatio": "Down Capture Ratio (252 days)",
    "Expectancy": "Expectancy",
    "InformationRatio": "Information Ratio (252 days)",
    "LongRatio": "Long Ratio",
    "MaxDrawdown": "Max Drawdown",
    "MaxLoser": "Max Loser",
    "MaxWinner": "Max Winner",
    "MinLoser": "Min Loser",
    "MinWinner": "Min Winner",
    "ProfitFactor": "Profit Factor",
    "ReturnsAverage": "Average (Return)",
    "ReturnsAverageLoss": "Average Loss (Return)",
    "ReturnsAverageWin": "Average Win (Return)",
    "ReturnsVolatility": "Returns Volatility (252 days)",
    "RiskReturnRatio": "Risk Return Ratio",
    "SharpeRatio": "Sharpe Ratio (252 days)",
    "SortinoRatio": "Sortino Ratio (252 days)",
    "TrackingError": "Tracking Error (252 days)",
    "TreynorRatio": "Treynor Ratio (252 days)",
    "UpCaptureRatio": "Up Capture Ratio (252 days)",
    "WinRate": "Win Rate",
}
INDEX = pd.date_range("2024-01-01", periods=30, freq="D", tz="UTC")
DRAWN = np.random.default_rng(1)
OWN = pd.Series(DRAWN.normal(0.001, 0.01, 30), index=INDEX)
OTHER = pd.Series(DRAWN.normal(0.001, 0.01, 30) + 0.3 * OWN.to_numpy(), index=INDEX)
# Printed by nautilus_trader 1.231 for these returns as {nanoseconds: value}: its classes' `calculate_from_returns`, and
# `calculate_from_returns_with_benchmark`
PEER = {
    "SharpeRatio": 0.6393125334672033,
    "SortinoRatio": 0.8212431036610338,
    "ReturnsVolatility": 0.13361154526227717,
    "MaxDrawdown": -0.04732912154802564,
    "CAGR": 0.07974275806205045,
    "CalmarRatio": 1.6848560770589023,
    "ProfitFactor": 1.1165381356161228,
    "ReturnsAverage": 0.0003389664107225975,
    "ReturnsAverageWin": 0.005731053902713216,
    "ReturnsAverageLoss": -0.006712224924957441,
    "RiskReturnRatio": 0.040272904133354236,
}
PEER_AGAINST = {
    "Alpha": 0.065859851042678,
    "BetaRatio": 0.10928302076701246,
    "InformationRatio": -0.6095842179807219,
    "TrackingError": 0.18455762347336355,
    "TreynorRatio": 0.72969028035983,
    "UpCaptureRatio": 0.010468720389561929,
    "DownCaptureRatio": -0.10825884689717825,
}


def as_dict(returns):
    return dict(zip(INDEX.as_unit("ns").asi8.tolist(), returns.tolist(), strict=True))


@pytest.mark.parametrize("name", CLASSES)
def test_class_is_there_under_its_name(name):
    statistic = getattr(analysis, name)()
    assert isinstance(statistic, PortfolioStatistic)
    assert statistic.name == CLASSES[name]


@pytest.mark.parametrize("name", PEER)
@pytest.mark.parametrize("form", [pd.Series, as_dict, np.asarray])
def test_figures_are_the_peers(name, form):
    assert getattr(analysis, name)().calculate_from_returns(form(OWN)) == pytest.approx(PEER[name], rel=1e-9)


@pytest.mark.parametrize("name", PEER_AGAINST)
@pytest.mark.parametrize("form", [pd.Series, as_dict])
def test_figures_against_a_benchmark_are_the_peers(name, form):
    statistic = getattr(analysis, name)()
    assert statistic.calculate_from_returns_with_benchmark(form(OWN), form(OTHER)) == pytest.approx(PEER_AGAINST[name], rel=1e-9)
    assert statistic.calculate_from_returns(form(OWN)) is None


@pytest.mark.parametrize("name", ["SharpeRatio", "ReturnsVolatility", "SortinoRatio"])
def test_two_returns_have_no_ratio_where_the_peer_has_one(name):
    # nautilus_trader 1.231 prints a Sharpe ratio of 32.2 for the first two of these
    assert math.isnan(getattr(analysis, name)().calculate_from_returns(OWN.iloc[:2]))


def test_another_number_of_days():
    statistic = analysis.SharpeRatio(365)
    assert statistic.name == "Sharpe Ratio (365 days)"
    assert statistic.calculate_from_returns(OWN) == pytest.approx(PEER["SharpeRatio"] * math.sqrt(365 / 252))


def test_rate_of_alpha_is_one_a_day():
    beta = PEER_AGAINST["BetaRatio"]
    above = OWN.mean() - 0.0001 - beta * (OTHER.mean() - 0.0001)
    value = analysis.Alpha(252, 0.0001).calculate_from_returns_with_benchmark(OWN, OTHER)
    assert value == pytest.approx((1 + above) ** 252 - 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("WinRate", 0.5), ("Expectancy", 1.25), ("AvgWinner", 5.0), ("AvgLoser", -5.0), ("MaxWinner", 8.0), ("MinWinner", 2.0),
     ("MaxLoser", -5.0), ("MinLoser", -5.0)],
)  # fmt: skip
def test_figures_of_trades(name, value):
    """All as nautilus_trader 1.231 prints them for these trades, but for the expectancy, which is 1.667 there."""
    statistic = getattr(analysis, name)()
    assert statistic.calculate_from_realized_pnls(pd.Series([8.0, -5.0, 0.0, 2.0])) == value
    assert math.isnan(statistic.calculate_from_realized_pnls([]))


def test_long_ratio_is_rounded_where_asked(trade):
    trades = [trade("1"), trade("1"), trade("1", side=OrderSide.SELL)]
    assert analysis.LongRatio(2).calculate_from_positions(trades) == 0.67
    assert analysis.LongRatio().calculate_from_positions(trades) == 2 / 3
    assert math.isnan(analysis.LongRatio().calculate_from_positions([]))


def test_returns_of_one_day_are_compounded_not_added():
    index = pd.DatetimeIndex(["2024-01-02 09:00", "2024-01-01 09:00", "2024-01-01 15:00"])
    days = daily_series(pd.Series([0.5, 0.1, 0.1], index=index))
    assert days.tolist() == pytest.approx([0.21, 0.5])
    assert days.index.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-01-02"]


def test_a_day_with_an_unknown_part_is_unknown():
    index = pd.DatetimeIndex(["2024-01-01 09:00", "2024-01-01 15:00"])
    assert daily_series(pd.Series([math.nan, 0.1], index=index)).isna().tolist() == [True]


def test_no_returns():
    assert len(daily_series({})) == len(daily_series([])) == len(daily_series(pd.Series([], dtype=float))) == 0
    assert math.isnan(analysis.MaxDrawdown().calculate_from_returns([]))
