"""A benchmark on the days of a run, and the statistics against it."""

import math

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis import statistics as st
from nautilus_lite.analysis.benchmark import Benchmark, align
from nautilus_lite.analysis.days import DayBoundary
from nautilus_lite.analysis.equity import daily_returns
from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.summary import RunRecord, summarize, summarize_run

UTC = DayBoundary()
OWN = [0.01, -0.01, 0.02, 0.0, 0.03, -0.02, 0.01, 0.0, -0.01, 0.02]  # mean 0.005
OTHER = [0.02, -0.02, 0.01, 0.01, 0.02, -0.01, 0.0, -0.01, 0.01, 0.02]  # mean 0.005


def dated(values, start="2024-01-01", freq="D", name="index"):
    return pd.Series(np.asarray(values, dtype=float), index=pd.date_range(start, periods=len(values), freq=freq), name=name)


def aligned(equity, benchmark, days_per_year=365):
    returns, _ = daily_returns(equity, days_per_year)
    return align(Benchmark.of(benchmark), returns, equity.index[0].value, UTC)


def test_prices_by_date_are_the_closes_of_their_days(curve):
    # The run opens on Monday the 1st at midnight: its first day is measured from the benchmark's close before it
    pair = aligned(curve([100, 101, 102, 103]), dated([50, 55, 55, 66], "2023-12-31"))
    assert pair.own.tolist() == pytest.approx([0.01, 102 / 101 - 1, 103 / 102 - 1])
    assert pair.other.tolist() == pytest.approx([0.1, 0.0, 0.2])
    assert pair.note == "benchmark index (prices), 3 of 3 days in common"


def test_without_a_close_before_the_run_its_first_day_is_left_out(curve):
    pair = aligned(curve([100, 101, 102, 103]), dated([55, 55, 66]))
    assert (pair.own.tolist(), pair.other.tolist()) == (pytest.approx([102 / 101 - 1, 103 / 102 - 1]), pytest.approx([0.0, 0.2]))
    assert pair.note.endswith("2 of 3 days in common")


def test_returns_by_date_need_no_day_before(curve):
    pair = aligned(curve([100, 101, 102, 103]), dated([0.1, -0.1, 0.2]))
    assert pair.other.tolist() == pytest.approx([0.1, -0.1, 0.2])
    assert "(returns)" in pair.note


def test_instants_take_the_last_price_before_each_midnight(curve):
    # Noon and midnight: a price at midnight closes the day that ends there
    prices = dated([10, 11, 12, 15, 18], "2024-01-01 00:00", "12h")
    pair = aligned(curve([100, 101, 102]), prices)
    assert pair.other.tolist() == pytest.approx([0.2, 0.5])


def test_no_value_from_the_future(curve):
    # The benchmark moves one minute after the close of Monday: that is Tuesday's
    index = pd.DatetimeIndex(["2024-01-01 00:00", "2024-01-02 00:01", "2024-01-02 12:00"], tz="UTC")
    pair = aligned(curve([100, 101, 102]), pd.Series([10.0, 20.0, 20.0], index=index))
    assert pair.other.tolist() == pytest.approx([0.0, 1.0])


def test_weekends_of_the_benchmark_belong_to_monday(curve):
    # Business days: 2024-01-05 is a Friday, what the benchmark makes on Saturday and Sunday is seen on Monday
    equity = curve([100, 101, 102, 102, 102, 103], "2024-01-04")
    pair = aligned(equity, dated([10, 10, 10, 11, 12.1, 12.1], "2024-01-03"), 252)
    assert pair.other.tolist() == pytest.approx([0.0, 0.0, 0.21])


def test_days_after_the_benchmark_ends_are_left_out(curve):
    pair = aligned(curve([100, 101, 102, 103, 104]), dated([50, 51, 52], "2023-12-31"))
    assert len(pair.other) == 2


def test_a_benchmark_elsewhere_in_time_is_refused_with_both_spans(curve):
    pair = aligned(curve([100, 101, 102]), dated([1, 2, 3], "2020-05-01"))
    assert pair.why == "the benchmark has 2020-05-01 to 2020-05-03, the run 2024-01-01 to 2024-01-02: no day in common"
    after = aligned(curve([100, 101, 102]), dated([1, 2, 3], "2025-05-01"))
    assert after.why.endswith("no day in common")


def test_a_monthly_benchmark_is_not_taken_for_a_daily_one(curve):
    pair = aligned(curve(np.arange(100.0, 160.0)), dated([1, 2, 3], "2023-12-31", "30D"))
    assert pair.why == "the benchmark has a value on 2% of the days only, needs 50%"


def test_unsorted_and_missing_values_do_no_harm(curve):
    prices = dated([50, 55, np.nan, 66], "2023-12-31")
    pair = aligned(curve([100, 101, 102, 103]), prices.iloc[::-1])
    assert pair.other.tolist() == pytest.approx([0.1, 0.0, 0.2])


def test_what_is_no_benchmark_is_refused():
    with pytest.raises(TypeError, match="`benchmark` must be a pandas Series or a Benchmark, was list"):
        Benchmark.of([1.0])
    with pytest.raises(TypeError, match=r"`benchmark` must be indexed by time \(DatetimeIndex\), was RangeIndex"):
        Benchmark.of(pd.Series([1.0]))
    with pytest.raises(ValueError, match="`benchmark` has no values"):
        Benchmark.of(dated([np.nan]))
    with pytest.raises(ValueError, match="`kind` must be 'prices' or 'returns', was 'level'"):
        Benchmark(dated([1.0]), "level", "x")


def test_returns_that_never_fall_can_be_named_as_such(curve):
    rates = dated([0.001, 0.001])
    assert Benchmark.of(rates).kind == "prices"
    pair = aligned(curve([100, 101, 102]), Benchmark(rates, "returns", "bills"))
    assert pair.other.tolist() == pytest.approx([0.001, 0.001])


def test_beta_by_hand():
    # Sum of products 0.0002 + 0.0002 + 0.0002 + 0 + 0.0006 + 0.0002 + 0 + 0 - 0.0001 + 0.0004 = 0.0017, less 10 x 0.005 ** 2
    # = 0.00145; squares of the benchmark 4 + 4 + 1 + 1 + 4 + 1 + 0 + 1 + 1 + 4 = 21e-4, less 2.5e-4 = 18.5e-4
    assert st.beta(OWN, OTHER).value == pytest.approx(0.00145 / 0.00185)


def test_alpha_by_hand():
    daily = 0.005 - 0.00145 / 0.00185 * 0.005
    assert st.alpha(OWN, OTHER, 252).value == pytest.approx((1 + daily) ** 252 - 1)
    rate = 1.02 ** (1 / 252) - 1
    above = 0.005 - rate - 0.00145 / 0.00185 * (0.005 - rate)
    assert st.alpha(OWN, OTHER, 252, 0.02).value == pytest.approx((1 + above) ** 252 - 1)


def test_correlation_by_hand():
    # Squares of the run: 1 + 1 + 4 + 0 + 9 + 4 + 1 + 0 + 1 + 4 = 25e-4, less 2.5e-4 = 22.5e-4
    expected = 0.00145 / math.sqrt(0.00225 * 0.00185)
    assert st.correlation(OWN, OTHER).value == pytest.approx(expected)
    assert st.r_squared(OWN, OTHER).value == pytest.approx(expected**2)


def test_information_ratio_and_tracking_error_by_hand():
    # Differences -1, 1, 1, -1, 1, -1, 1, 1, -2, 0 in percent: sum 0, squares 12
    deviation = math.sqrt(12e-4 / 9)
    assert st.tracking_error(OWN, OTHER, 252).value == pytest.approx(deviation * math.sqrt(252))
    assert st.information_ratio(OWN, OTHER, 252).value == pytest.approx(0.0, abs=1e-12)
    shifted = [value + 0.001 for value in OWN]
    assert st.information_ratio(shifted, OTHER, 252).value == pytest.approx(0.001 / deviation * math.sqrt(252))


def test_treynor_by_hand():
    grown = math.prod(1 + r for r in OWN) ** (252 / 10) - 1
    assert st.treynor_ratio(OWN, OTHER, 252, 0.02).value == pytest.approx((grown - 0.02) / (0.00145 / 0.00185))


def test_capture_by_hand():
    # The benchmark rose on six days by 2, 1, 1, 2, 1, 2 % and the run made 1, 2, 0, 3, -1, 2 %; it fell on three
    own, other = 1.01 * 1.02 * 1.0 * 1.03 * 0.99 * 1.02, 1.02**3 * 1.01**3
    up = (own ** (252 / 6) - 1) / (other ** (252 / 6) - 1)
    assert st.up_capture(OWN, OTHER, 252).value == pytest.approx(up)
    own, other = 0.99 * 0.98 * 1.0, 0.98 * 0.99 * 0.99
    down = (own ** (252 / 3) - 1) / (other ** (252 / 3) - 1)
    assert st.down_capture(OWN, OTHER, 252).value == pytest.approx(down)


def test_growth_of_both():
    own, other = math.prod(1 + r for r in OWN), math.prod(1 + r for r in OTHER)
    assert st.benchmark_return(OTHER).value == pytest.approx(other - 1)
    assert st.excess_return(OWN, OTHER).value == pytest.approx(own - other)


AGAINST = {
    "beta": st.beta,
    "alpha": lambda own, other: st.alpha(own, other, 252),
    "correlation": st.correlation,
    "r_squared": st.r_squared,
    "tracking_error": lambda own, other: st.tracking_error(own, other, 252),
    "information_ratio": lambda own, other: st.information_ratio(own, other, 252),
    "treynor_ratio": lambda own, other: st.treynor_ratio(own, other, 252),
    "up_capture": lambda own, other: st.up_capture(own, other, 252),
    "down_capture": lambda own, other: st.down_capture(own, other, 252),
}


@pytest.mark.parametrize("name", AGAINST)
@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_no_comparison_below_ten_days(name, n):
    measure = AGAINST[name](OWN[:n], OTHER[:n])
    assert (measure.value, measure.why) == (None, f"needs 10 days in common with the benchmark, has {n}")


@pytest.mark.parametrize("name", AGAINST)
def test_a_return_from_nothing_refuses_every_comparison(name):
    assert AGAINST[name]([*OWN, math.nan], [*OTHER, 0.0]).why == "equity was not positive throughout"
    assert AGAINST[name]([*OWN, 0.0], [*OTHER, math.nan]).why == "the benchmark was not positive throughout"


@pytest.mark.parametrize("name", ["beta", "alpha", "correlation", "r_squared", "treynor_ratio"])
def test_a_benchmark_that_stands_still_explains_nothing(name):
    assert AGAINST[name](OWN, [0.001] * 10).value is None


def test_a_run_equal_to_its_benchmark_has_no_information_ratio():
    assert st.information_ratio(OWN, [value + 1e-18 for value in OWN], 252).why.endswith("has no deviation")
    assert st.beta(OWN, OWN).value == pytest.approx(1.0)
    assert st.up_capture(OWN, OWN, 252).value == pytest.approx(1.0)


def test_captures_need_a_day_of_their_kind():
    assert st.down_capture(OWN, np.abs(OTHER), 252).why == "no day on which the benchmark fell"
    assert st.up_capture(OWN, -np.abs(OTHER), 252).why == "no day on which the benchmark rose"


def test_beta_of_zero_has_no_treynor_ratio():
    own, other = [0.01, 0.01, -0.01, -0.01] * 3, [0.01, -0.01] * 6
    assert st.treynor_ratio(own, other, 252).why == "beta is zero"


def test_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="must have the same days, were 10 and 9"):
        st.beta(OWN, OTHER[:9])


def run_of(equity):
    start, end = equity.index[0].value, equity.index[-1].value
    return RunRecord(equity, [], [], "USD", start, end, RateTable())


def test_statistics_against_a_benchmark_appear_with_one_and_name_it(curve):
    equity = curve(np.concatenate([[1.0], np.cumprod(1 + np.array(OWN))]) * 1000)
    plain = {stat.name for stat in summarize(equity, [], [], "USD")}
    settings = StatisticsSettings.of(365, benchmark=dated(OTHER, name="SPX"))
    stats = {stat.name: stat for stat in summarize_run(run_of(equity), settings)}
    assert set(stats) - plain == {
        "Benchmark Return",
        "Excess Return",
        "Benchmark Volatility",
        "Benchmark Sharpe",
        "Alpha",
        "Beta",
        "Correlation",
        "R Squared",
        "Information Ratio",
        "Tracking Error",
        "Treynor Ratio",
        "Up Capture",
        "Down Capture",
    }
    assert stats["Beta"].value == pytest.approx(0.00145 / 0.00185)
    assert stats["Beta"].convention.endswith("; benchmark SPX (returns), 10 of 10 days in common; calendar days, UTC")


def test_a_benchmark_that_does_not_overlap_refuses_all_of_them(curve):
    settings = StatisticsSettings.of(benchmark=dated([1, 2], "2000-01-01"))
    stats = [stat for stat in summarize_run(run_of(curve(np.arange(100.0, 130.0))), settings) if stat.group == "Benchmark"]
    assert len(stats) == 13
    assert {stat.value for stat in stats} == {None}
    assert all("no day in common" in stat.why for stat in stats)
