"""Statistics of daily returns: simple returns as fractions, one a day, of all days and not only of those with a trade.

A risk-free rate is a rate a year; of each day's return the rate a day, ``(1 + rate) ** (1 / days_per_year) - 1``, is
taken off. Nothing here looks at single trades.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nautilus_lite.analysis.statistics.measure import MIN_DAYS, Measure, checked, is_constant, multiplied, needs, refused


def daily_rate(rate: float, days_per_year: int) -> float:
    """Return the rate a day that compounds to a rate a year."""
    return (1.0 + rate) ** (1.0 / days_per_year) - 1.0


def annual_return(returns: Any, days_per_year: int) -> Measure:
    """Return the arithmetic mean of daily returns, annualised: what a Sharpe ratio has above its line.

    Notes
    -----
    ``mean(r) * days_per_year``. It does not compound: `cagr` does.
    """
    convention = f"arithmetic mean of daily returns x {days_per_year}, not compounded"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    return Measure(float(values.mean()) * days_per_year, len(values), convention)


def compound_return(returns: Any, days_per_year: int) -> Measure:
    """Return the compound return of a year of so many daily returns at the pace of these.

    Notes
    -----
    ``prod(1 + r) ** (days_per_year / n) - 1``. Where equity is known `cagr` takes calendar time instead.
    """
    convention = f"compound return a year of {days_per_year} daily returns"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    grown = float(np.prod(1.0 + values))
    if grown <= 0.0:
        return Measure(None, len(values), convention, "everything was lost")
    try:
        return Measure(grown ** (days_per_year / len(values)) - 1.0, len(values), convention)
    except OverflowError:
        return Measure(None, len(values), convention, "growth is too large to extrapolate to a year")


def volatility(returns: Any, days_per_year: int) -> Measure:
    """Return the annualised standard deviation of daily returns.

    Notes
    -----
    ``std(r, ddof=1) * sqrt(days_per_year)``.
    """
    convention = f"sample standard deviation of daily returns x sqrt({days_per_year})"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    return Measure(float(values.std(ddof=1)) * math.sqrt(days_per_year), len(values), convention)


def downside_deviation(returns: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return the annualised downside deviation of daily returns against the risk-free rate, over all days.

    Notes
    -----
    ``sqrt(mean(min(r - rate, 0) ** 2)) * sqrt(days_per_year)``.
    """
    convention = f"root mean square of the daily returns below {_rate(risk_free_rate)}, over all days, x sqrt({days_per_year})"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    below = np.minimum(values - daily_rate(risk_free_rate, days_per_year), 0.0)
    return Measure(math.sqrt(float((below**2).mean()) * days_per_year), len(values), convention)


def sharpe_ratio(returns: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return the annualised Sharpe ratio.

    Notes
    -----
    ``mean(r - rate) / std(r, ddof=1) * sqrt(days_per_year)``, the arithmetic mean.

    References
    ----------
    W. F. Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21 (1994) 49-58.
    """
    convention = f"arithmetic mean / sample std of daily returns x sqrt({days_per_year}), {_rate(risk_free_rate)}"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    if is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    excess = float(values.mean()) - daily_rate(risk_free_rate, days_per_year)
    return Measure(excess / float(values.std(ddof=1)) * math.sqrt(days_per_year), len(values), convention)


def risk_return_ratio(returns: Any) -> Measure:
    """Return the mean over the deviation of daily returns: a Sharpe ratio that is not annualised."""
    measure = sharpe_ratio(returns, 1)
    return Measure(measure.value, measure.count, "arithmetic mean / sample std of daily returns, not annualised", measure.why)


def sortino_ratio(returns: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return the annualised Sortino ratio; the target is the risk-free rate.

    Notes
    -----
    ``mean(r - rate) / sqrt(mean(min(r - rate, 0) ** 2)) * sqrt(days_per_year)``: the downside deviation is taken over
    all days.

    References
    ----------
    F. A. Sortino and L. N. Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3 (1994)
    59-64.
    """
    target = "0" if risk_free_rate == 0.0 else _rate(risk_free_rate)
    convention = f"mean / downside deviation over all days against {target} x sqrt({days_per_year})"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    excess = values - daily_rate(risk_free_rate, days_per_year)
    downside = math.sqrt(float((np.minimum(excess, 0.0) ** 2).mean()))
    if downside == 0.0:
        return Measure(None, len(values), convention, "no losing day")
    return Measure(float(excess.mean()) / downside * math.sqrt(days_per_year), len(values), convention)


def adjusted_sortino_ratio(returns: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return the Sortino ratio over the square root of two, which compares with a Sharpe ratio.

    References
    ----------
    J. D. Schwager, "Hedge Fund Market Wizards" (2012), appendix on the symmetric downside-risk Sharpe ratio.
    """
    measure = sortino_ratio(returns, days_per_year, risk_free_rate)
    value = None if measure.value is None else measure.value / math.sqrt(2.0)
    return Measure(value, measure.count, f"Sortino ratio / sqrt(2), {_rate(risk_free_rate)}", measure.why)


def omega_ratio(returns: Any) -> Measure:
    """Return the Omega ratio at a threshold of zero: the sum of daily gains over the sum of daily losses.

    References
    ----------
    C. Keating and W. F. Shadwick, "A Universal Performance Measure", Journal of Performance Measurement 6 (2002) 59-84.
    """
    convention = "sum of daily gains / sum of daily losses, threshold 0"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    losses = -float(np.minimum(values, 0.0).sum())
    if losses == 0.0:
        return Measure(None, len(values), convention, "no losing day")
    return Measure(float(np.maximum(values, 0.0).sum()) / losses, len(values), convention)


def gain_to_pain_ratio(returns: Any) -> Measure:
    """Return the sum of daily returns over the sum of daily losses.

    References
    ----------
    J. D. Schwager, "Hedge Fund Market Wizards" (2012); he takes months, as `monthly_gain_to_pain_ratio` does.
    """
    convention = "sum of daily returns / size of the sum of daily losses"
    measure = omega_ratio(returns)
    value = None if measure.value is None else measure.value - 1.0
    return Measure(value, measure.count, convention, measure.why)


def common_sense_ratio(returns: Any) -> Measure:
    """Return the profit factor of days times the tail ratio.

    References
    ----------
    The definition of the quantstats library.
    """
    from nautilus_lite.analysis.statistics.distribution import tail_ratio

    return multiplied([omega_ratio(returns), tail_ratio(returns)], "Omega ratio x tail ratio of daily returns")


def average_day(returns: Any) -> Measure:
    """Return the arithmetic mean of daily returns."""
    return _mean(returns, "arithmetic mean of daily returns", None)


def average_up_day(returns: Any) -> Measure:
    """Return the mean of the daily returns above zero."""
    return _mean(returns, "mean of the daily returns above 0", True)


def average_down_day(returns: Any) -> Measure:
    """Return the mean of the daily returns below zero."""
    return _mean(returns, "mean of the daily returns below 0", False)


def positive_days(returns: Any) -> Measure:
    """Return the part of the days that moved which ended higher; days without a change are not counted."""
    convention = "days with a return > 0 / days with a return other than 0"
    values, why = checked(returns)
    moved = values[values != 0.0]
    if why or not len(moved):
        return Measure(None, len(moved), convention, why or "no day with a change")
    return Measure(float((moved > 0.0).mean()), len(moved), convention)


def _mean(returns: Any, convention: str, up: bool | None) -> Measure:
    values, why = checked(returns)
    if why:
        return Measure(None, len(values), convention, why)
    if up is not None:
        values = values[values > 0.0] if up else values[values < 0.0]
    if not len(values):
        what = "daily return" if up is None else "day above 0" if up else "day below 0"
        return needs(1, 0, what, convention)
    return Measure(float(values.mean()), len(values), convention)


def _rate(risk_free_rate: float) -> str:
    return "risk-free rate 0" if risk_free_rate == 0.0 else f"risk-free rate {risk_free_rate:.4%} a year"
