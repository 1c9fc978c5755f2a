"""Equity from samples, and returns from equity."""

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.equity import daily_returns, returns, total_equity
from nautilus_lite.backtest.recorder import EQUITY_DTYPE
from nautilus_lite.model.identifiers import AccountId
from nautilus_lite.model.objects import Currency

HOUR = 3600 * 10**9
USD, EUR, JPY = (Currency.from_str(code) for code in ("USD", "EUR", "JPY"))
SLOTS = [(AccountId("SIM-001"), USD), (AccountId("SIM-001"), EUR)]


def rows(*values):
    return np.array([(ts, slot, equity, equity, rate) for ts, slot, equity, rate in values], dtype=EQUITY_DTYPE)


@pytest.fixture
def samples():
    return rows(
        (0, 0, 10_000, 1.0),
        (0, 1, 0, 0.0),
        (HOUR, 0, 11_000, 1.0),
        (HOUR, 1, 500, 1.1),
        (2 * HOUR, 0, 11_001, 1.0),
        (2 * HOUR, 1, 500, np.nan),
    )


def test_everything_is_converted_at_the_rate_of_its_sample(samples):
    # 110.00 USD + 5.00 EUR x 1.1
    assert total_equity(samples, SLOTS, None, USD).iloc[1] == 115.5


def test_a_missing_rate_makes_the_total_unknown(samples):
    assert total_equity(samples, SLOTS, None, USD).isna().tolist() == [False, False, True]


def test_zero_equity_needs_no_rate():
    series = total_equity(rows((0, 0, 100, 1.0), (0, 1, 0, np.nan)), SLOTS, None, USD)
    assert series.tolist() == [1.0]


@pytest.mark.parametrize("currency", ["EUR", EUR])
def test_one_currency_stays_in_its_own_units_and_needs_no_rate(samples, currency):
    series = total_equity(samples, SLOTS, currency, USD)
    assert (series.name, series.tolist()) == ("equity EUR", [0.0, 5.0, 5.0])


def test_index_is_utc_nanoseconds_and_the_name_tells_the_currency(samples):
    series = total_equity(samples, SLOTS, None, USD)
    assert str(series.index.dtype) == "datetime64[ns, UTC]"
    assert series.index.asi8.tolist() == [0, HOUR, 2 * HOUR]
    assert series.name == "equity USD"


def test_accounts_in_one_currency_add_up_in_minor_units():
    slots = [(AccountId("A-1"), USD), (AccountId("B-1"), USD)]
    # As floats 0.1 + 0.2 is 0.30000000000000004
    assert total_equity(rows((0, 0, 10, 1.0), (0, 1, 20, 1.0)), slots, None, USD).tolist() == [0.3]


def test_minor_units_are_those_of_the_currency():
    slots = [(AccountId("A-1"), JPY)]
    assert total_equity(rows((0, 0, 1234, 1.0)), slots, None, JPY).tolist() == [1234.0]


def test_a_currency_that_appears_later_counts_as_zero_before():
    series = total_equity(rows((0, 0, 100, 1.0), (HOUR, 0, 100, 1.0), (HOUR, 1, 200, 1.5)), SLOTS, None, USD)
    assert series.tolist() == [1.0, 4.0]


def test_of_two_samples_at_one_time_the_later_stands():
    series = total_equity(rows((0, 0, 100, 1.0), (HOUR, 0, 150, 1.0), (HOUR, 0, 90, 1.0)), SLOTS[:1], None, USD)
    assert series.tolist() == [1.0, 0.9]


def test_opening_balance_survives_a_run_without_length():
    series = total_equity(rows((7, 0, 100, 1.0), (7, 0, 90, 1.0), (7, 1, 10, 2.0)), SLOTS, None, USD)
    assert series.tolist() == pytest.approx([1.0, 1.1])


def test_no_samples_give_an_empty_series_of_the_same_kind():
    series = total_equity(rows(), [], "USD", "USD")
    assert (len(series), str(series.index.dtype), series.name) == (0, "datetime64[ns, UTC]", "equity USD")


def test_a_currency_no_account_holds_is_refused(samples):
    with pytest.raises(KeyError, match=r"no account holds JPY \(known: EUR, USD\)"):
        total_equity(samples, SLOTS, "JPY", USD)


def test_first_day_is_measured_from_the_opening_balance(curve):
    # Opening 100 at Monday 00:00; Monday closes at 110, Tuesday at 99
    equity = curve([100, 105, 110, 110, 99], freq="12h")
    assert returns(equity).tolist() == pytest.approx([0.10, 99 / 110 - 1])


def test_an_instant_at_midnight_closes_the_day_before(curve):
    result = returns(curve([100, 120, 60], freq="1D"))
    assert result.index.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-01-02"]
    assert result.tolist() == pytest.approx([0.2, -0.5])


def test_what_happens_at_the_instant_of_the_opening_belongs_to_the_first_day():
    index = pd.DatetimeIndex(["2024-01-01", "2024-01-01", "2024-01-01 12:00"], tz="UTC")
    result = returns(pd.Series([100.0, 90.0, 80.0], index=index))
    assert (result.index.strftime("%Y-%m-%d").tolist(), result.tolist()) == (["2024-01-01"], pytest.approx([-0.2]))


def test_last_partial_day_is_kept(curve):
    assert returns(curve([100, 100, 100, 110], freq="9h")).tolist() == pytest.approx([0.0, 0.1])


def test_a_day_without_a_sample_had_no_change():
    index = pd.DatetimeIndex(["2024-01-01", "2024-01-01 20:00", "2024-01-03 20:00"], tz="UTC")
    assert returns(pd.Series([100.0, 110.0, 121.0], index=index)).tolist() == pytest.approx([0.1, 0.0, 0.1])


def test_unknown_equity_is_passed_over(curve):
    assert returns(curve([100, np.nan, 110, np.nan])).tolist() == pytest.approx([0.0, 0.1])


def test_no_return_is_measured_from_nothing(curve):
    result = returns(curve([100, 0, 50, -50, 10])).tolist()
    assert result[0] == -1.0
    assert np.isnan(result[1])
    assert result[2] == -2.0
    assert np.isnan(result[3])


def test_opening_balance_may_be_given_apart(curve):
    assert returns(curve([110, 121], "2024-01-01 12:00", "1D"), opening=100.0).tolist() == pytest.approx([0.1, 0.1])


def test_returns_compound_to_the_whole(curve):
    rng = np.random.default_rng(1)
    equity = curve(100 + rng.normal(0, 1, 2000).cumsum() / 10, freq="1h")
    for freq in ("1h", "1D", "W", "ME"):
        assert np.prod(1 + returns(equity, freq)) == pytest.approx(equity.iloc[-1] / equity.iloc[0])


def test_months_end_at_midnight_utc(curve):
    result = returns(curve([100, 110, 121], "2024-01-31", "1D"), "ME")
    assert result.index.strftime("%Y-%m").tolist() == ["2024-01", "2024-02"]
    assert result.tolist() == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_samples_give_no_returns(curve, n):
    values, days = daily_returns(curve([100.0] * n))
    assert (len(values), days) == (0, 252)


def test_flat_saturdays_mean_business_days_and_sunday_evening_belongs_to_monday(curve):
    # Opening on Thursday, then the closes of Thursday, Friday, Saturday, Sunday and Monday
    values, days = daily_returns(curve([100, 100, 110, 110, 121, 133.1], "2024-01-04"))
    assert days == 252
    assert values.index.strftime("%a").tolist() == ["Thu", "Fri", "Mon"]
    assert values.tolist() == pytest.approx([0.0, 0.10, 0.21])


def test_a_change_on_a_saturday_means_calendar_days(curve):
    values, days = daily_returns(curve([100, 100, 100, 100, 100, 100, 101, 101]))
    assert (days, len(values)) == (365, 7)


def test_the_last_bar_of_friday_is_not_a_saturday(curve):
    # Hourly from Friday noon; the bar stamped midnight shows at one o'clock
    equity = curve([100] * 13 + [101] * 47 + [102] * 24, "2024-01-05 12:00", "1h")
    assert daily_returns(equity)[1] == 252


def test_hourly_changes_on_a_saturday_mean_calendar_days(curve):
    equity = curve([100] * 13 + [101, 102] + [102] * 45 + [103] * 24, "2024-01-05 12:00", "1h")
    assert daily_returns(equity)[1] == 365


def test_days_of_the_year_can_be_named(curve):
    values, days = daily_returns(curve([100] * 8), 365)
    assert (days, len(values)) == (365, 7)


def test_a_run_that_ends_on_a_weekend_keeps_its_last_change(curve):
    # Sunday closes 10 % up and there is no Monday
    values, days = daily_returns(curve([100, 100, 100, 110], "2024-01-05"))
    assert (days, values.tolist()) == (252, pytest.approx([0.0, 0.1]))


def test_other_days_of_the_year_are_refused(curve):
    with pytest.raises(ValueError, match="`days_per_year` must be 252 or 365, was 260"):
        daily_returns(curve([100, 101]), 260)
