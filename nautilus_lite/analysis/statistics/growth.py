"""Statistics of how equity grew, from the opening balance to the end and over the months before the end.

Equity is a pandas series from the opening balance on (see `analysis.equity`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.equity import DAY_NS, ns_index
from nautilus_lite.analysis.statistics.measure import MIN_CALENDAR_DAYS, MIN_DAYS, Measure, checked, is_constant, needs, refused

if TYPE_CHECKING:
    import pandas as pd

DAYS_PER_YEAR = 365.25
"""Mean length of a calendar year, for growth over calendar time."""
_YEARLY_FROM = 36


def pnl_total(equity: pd.Series, precision: int | None = None) -> Measure:
    """Return profit and loss: last equity less the opening balance, open positions at market, fees deducted.

    Parameters
    ----------
    equity : Series
        In units of its currency.
    precision : int, optional
        Digits of the currency's minor unit, to which the difference is rounded.
    """
    convention = "equity marked to market, end less opening balance, after fees"
    first, last, why = ends(equity)
    if why:
        return Measure(None, len(equity), convention, why)
    value = last - first
    return Measure(value if precision is None else round(value, precision) + 0.0, len(equity), convention)


def pnl_percentage(equity: pd.Series) -> Measure:
    """Return profit and loss in percent of the opening balance."""
    convention = "PnL over opening balance, in percent"
    first, last, why = ends(equity, positive=True)
    if why:
        return Measure(None, len(equity), convention, why)
    return Measure((last - first) / first * 100.0, len(equity), convention)


def cagr(equity: pd.Series) -> Measure:
    """Return the compound annual growth rate over calendar time.

    Notes
    -----
    ``(end / start) ** (365.25 / days) - 1`` with the calendar days between first and last sample.

    References
    ----------
    CFA Institute, Global Investment Performance Standards, on annualised returns (which, other than here, are not to be
    extrapolated from less than a year; the convention says when this one is).
    """
    days = calendar_days(equity)
    convention = f"compound growth a year of {DAYS_PER_YEAR} calendar days"
    if days < 365.0:
        convention += f", extrapolated from {int(days)} days"
    first, last, why = ends(equity, positive=True)
    if why:
        return Measure(None, int(days), convention, why)
    if days < MIN_CALENDAR_DAYS:
        return needs(MIN_CALENDAR_DAYS, int(days), "calendar days", convention)
    if last <= 0.0:
        return Measure(None, int(days), convention, "equity ended at or below zero")
    try:
        value = (last / first) ** (DAYS_PER_YEAR / days) - 1.0
    except OverflowError:
        return Measure(None, int(days), convention, "growth is too large to extrapolate to a year")
    return Measure(value, int(days), convention)


def stability(returns: Any) -> Measure:
    """Return how straight the logarithm of the equity ran: R squared of its regression on time.

    Parameters
    ----------
    returns : array-like of float
        Daily returns.

    References
    ----------
    The definition of the empyrical library, `stability_of_timeseries`.
    """
    convention = "R squared of the cumulative log return on time, daily"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    if (values <= -1.0).any():
        return Measure(None, len(values), convention, "everything was lost on a day")
    path = np.cumsum(np.log1p(values))
    if is_constant(path) or not np.any(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    return Measure(float(np.corrcoef(np.arange(len(path)), path)[0, 1] ** 2), len(values), convention)


def trailing_return(equity: pd.Series, months: int) -> Measure:
    """Return the growth over the last months before the end; from three years on as a rate a year.

    Parameters
    ----------
    equity : Series
    months : int
        At least 1. The base is the last sample at or before the same time of day so many months earlier.
    """
    import pandas as pd

    yearly = months >= _YEARLY_FROM
    convention = f"last {months} months" if months > 1 else "last month"
    convention += ", compound growth a year" if yearly else ""
    _, _, why = ends(equity, positive=True)
    if why:
        return Measure(None, len(equity), convention, why)
    index = ns_index(equity)
    start = index[-1] - pd.DateOffset(months=months)
    if start < index[0]:
        days = int(calendar_days(equity))
        return Measure(None, days, convention, f"the run has {days} days, which is less")
    return _since(equity, int(index.searchsorted(start, side="right")) - 1, convention, months / 12.0 if yearly else 1.0)


def period_to_date(equity: pd.Series, period: str) -> Measure:
    """Return the growth since the last month or year began, in UTC.

    Parameters
    ----------
    equity : Series
    period : {'month', 'year'}
        Where the run began later than the month or year, its opening balance is the base.
    """
    import pandas as pd

    if period not in ("month", "year"):
        raise ValueError(f"`period` must be 'month' or 'year', was {period!r}")
    convention = f"since the {period} of the last sample began, or since the opening balance"
    _, _, why = ends(equity, positive=True)
    if why:
        return Measure(None, len(equity), convention, why)
    index = ns_index(equity)
    # A sample at midnight closes the day before: at New Year's midnight the year is the old one
    day = (index[-1] - pd.Timedelta(1, unit="ns")).floor("D")
    start = day.replace(day=1) if period == "month" else day.replace(day=1, month=1)
    return _since(equity, max(int(index.searchsorted(start, side="right")) - 1, 0), convention, 1.0)


def _since(equity: pd.Series, at: int, convention: str, years: float) -> Measure:
    base, last = float(equity.iloc[at]), float(equity.iloc[-1])
    count = len(equity) - at
    if not base > 0.0:
        return Measure(None, count, convention, "equity was not positive, or not known, at the start")
    if years != 1.0 and last <= 0.0:
        return Measure(None, count, convention, "equity ended at or below zero")
    return Measure((last / base) ** (1.0 / years) - 1.0 if years != 1.0 else last / base - 1.0, count, convention)


def ends(equity: pd.Series, positive: bool = False) -> tuple[float, float, str | None]:
    """Return opening balance and last equity, with the reason if they cannot be compared."""
    if equity.empty:
        return 0.0, 0.0, "equity was not sampled"
    first, last = float(equity.iloc[0]), float(equity.iloc[-1])
    if len(equity) < 2:
        return first, last, "needs 2 samples, has 1"
    if math.isnan(first) or math.isnan(last):
        return first, last, f"equity is not known at the {'start' if math.isnan(first) else 'end'}"
    if positive and first <= 0.0:
        return first, last, "the opening balance is not positive"
    return first, last, None


def calendar_days(equity: pd.Series) -> float:
    """Return the days of 24 hours from the first sample to the last."""
    if len(equity) < 2:
        return 0.0
    return float((equity.index[-1] - equity.index[0]).value) / DAY_NS
