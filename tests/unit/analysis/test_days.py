"""Where days end."""

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.days import DAY_NS, DayBoundary, weekdays
from nautilus_lite.analysis.equity import daily_returns, returns


def days_of(text, *instants):
    ns = np.array([pd.Timestamp(instant, tz="UTC").value for instant in instants], dtype=np.int64)
    return [str(np.datetime64(int(day), "D")) for day in DayBoundary.parse(text).days(ns)]


def test_midnight_utc():
    assert days_of("UTC", "2024-03-01 00:00", "2024-03-01 23:59:59") == ["2024-03-01", "2024-03-01"]


def test_midnight_elsewhere_moves_with_its_clock():
    # New York is five hours behind in winter and four in summer
    assert days_of("America/New_York", "2024-01-10 04:59", "2024-01-10 05:00") == ["2024-01-09", "2024-01-10"]
    assert days_of("America/New_York", "2024-07-10 03:59", "2024-07-10 04:00") == ["2024-07-09", "2024-07-10"]


def test_a_day_that_ends_in_the_afternoon_carries_the_date_of_its_end():
    assert days_of("17:00 America/New_York", "2024-01-07 21:59", "2024-01-07 22:00") == ["2024-01-07", "2024-01-08"]


def test_an_hour_that_the_clock_shows_twice_stays_in_one_day():
    instants = pd.date_range("2024-11-03 05:00", "2024-11-03 07:00", freq="30min")
    assert set(days_of("01:30 America/New_York", *instants.astype(str))) == {"2024-11-03", "2024-11-04"}
    found = days_of("01:30 America/New_York", *instants.astype(str))
    assert found == sorted(found)


@pytest.mark.parametrize("text", ["", "25:00 UTC", "7:00 UTC", "UTC 17:00", "Mars/Olympus", "12:75 UTC"])
def test_what_names_no_boundary_is_refused(text):
    with pytest.raises(ValueError, match="`day_boundary` must"):
        DayBoundary.parse(text)


@pytest.mark.parametrize("text", ["UTC", "17:00 America/New_York", "Europe/London"])
def test_text_of_a_boundary_names_it(text):
    assert str(DayBoundary.parse(text)) == text


def test_weekdays_start_on_monday():
    assert weekdays(np.array([0, 4, 19723])).tolist() == [3, 0, 0]  # Thursday, Monday, 2024-01-01 is a Monday


def test_daily_returns_by_another_boundary(curve):
    # Samples every 12 hours from Monday 00:00 UTC: in Tokyo days change at 15:00 UTC
    equity = curve([100, 110, 121, 133.1, 146.41], freq="12h")
    changes, _ = daily_returns(equity, 365, boundary=DayBoundary.parse("Asia/Tokyo"))
    # Monday noon UTC is Monday in Tokyo; the four samples after lie at 00:00 and 12:00 UTC
    assert changes.index.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-01-02", "2024-01-03"]
    assert changes.tolist() == pytest.approx([0.1, 0.21, 0.1])


def test_calendar_days_equal_those_of_pandas(curve):
    rng = np.random.default_rng(5)
    for freq in ("1h", "7h", "31h", "1D"):
        equity = curve(1000 + rng.normal(0, 1, 300).cumsum(), "2024-02-27 13:30", freq)
        pd.testing.assert_series_equal(daily_returns(equity, 365)[0], returns(equity, "1D"), check_freq=False)


def test_what_moves_on_sunday_evening_in_new_york_is_monday(curve):
    # Friday 2024-01-05 17:00 New York is 22:00 UTC; currencies open again on Sunday at that time
    index = pd.date_range("2024-01-05", "2024-01-08 22:00", freq="1h", tz="UTC", unit="ns")
    values = np.where(index < pd.Timestamp("2024-01-07 23:00", tz="UTC"), 100.0, 101.0)
    changes, days = daily_returns(pd.Series(values, index=index), boundary=DayBoundary.parse("17:00 America/New_York"))
    assert (days, changes.index.strftime("%a").tolist()) == (252, ["Fri", "Mon"])
    assert changes.tolist() == pytest.approx([0.0, 0.01])


def test_day_length():
    assert pd.Timedelta(1, "D").value == DAY_NS
