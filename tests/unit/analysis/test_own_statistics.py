"""Statistics of a user's own among those of a result."""

import numpy as np
import pytest

from nautilus_lite.analysis.own import (
    PortfolioStatistic,
    deregister_statistic,
    register_statistic,
    registered_statistics,
)
from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.summary import RunRecord, summarize_run


class UpDays(PortfolioStatistic):
    unit = "count"

    def calculate_from_returns(self, returns):
        return int((returns > 0).sum())


class BiggestTrade(PortfolioStatistic):
    unit = "USD"

    def calculate_from_realized_pnls(self, realized_pnls):
        return realized_pnls.abs().max()


class OrderCount(PortfolioStatistic):
    def calculate_from_orders(self, orders):
        return len(orders)


class OpenPositions(PortfolioStatistic):
    def calculate_from_positions(self, positions):
        return sum(position.is_open for position in positions)


class Giving(PortfolioStatistic):
    def __init__(self, value):
        self.value = value

    def calculate_from_returns(self, returns):
        return self.value


class Failing(PortfolioStatistic):
    def calculate_from_orders(self, orders):
        raise RuntimeError("no orders today")


@pytest.fixture
def own_stats(curve, ten_trades):
    def make(*own):
        equity = curve(1000.0 + np.arange(20) % 3)
        start, end = equity.index[0].value, equity.index[-1].value
        run = RunRecord(equity, ten_trades, [], "USD", start, end, RateTable(), own=own)
        return {stat.name: stat for stat in summarize_run(run, StatisticsSettings()) if stat.group == "Own"}

    return make


def test_each_input_reaches_its_statistic(own_stats):
    stats = own_stats(UpDays(), BiggestTrade(), OrderCount(), OpenPositions())
    assert {name: stat.value for name, stat in stats.items()} == {
        "Up Days": 13.0,  # two of three days rise: 1000, 1001, 1002, 1000, ...
        "Biggest Trade": 80.0,
        "Order Count": 0.0,
        "Open Positions": 0.0,
    }
    assert stats["Biggest Trade"].text() == "80.00 USD"
    assert stats["Up Days"].convention == "UpDays, of daily returns"


def test_a_statistic_without_a_value_does_not_appear(own_stats):
    assert own_stats(PortfolioStatistic()) == {}


@pytest.mark.parametrize(
    ("value", "why"), [(float("nan"), "gave nan"), (float("inf"), "gave inf"), ("high", "not a number, was 'high'")]
)
def test_what_is_no_number_is_refused_with_its_value(own_stats, value, why):
    stat = own_stats(Giving(value))["Giving"]
    assert (stat.value, stat.why) == (None, why)


@pytest.mark.parametrize("value", [1, np.float32(0.5), np.int64(3), True])
def test_numbers_of_any_kind_are_taken(own_stats, value):
    assert own_stats(Giving(value))["Giving"].value == float(value)


def test_an_error_names_the_statistic(own_stats):
    with pytest.raises(RuntimeError, match="no orders today") as caught:
        own_stats(Failing())
    assert caught.value.__notes__ == ["raised by the registered statistic 'Failing' in `calculate_from_orders`"]


def test_registering_is_for_instances_and_replaces_the_same_name():
    with pytest.raises(TypeError, match="must be an instance of a PortfolioStatistic"):
        register_statistic(UpDays)
    one, two = UpDays(), UpDays()
    try:
        register_statistic(one)
        register_statistic(two)
        assert registered_statistics() == (two,)
    finally:
        deregister_statistic(one)
    assert registered_statistics() == ()
