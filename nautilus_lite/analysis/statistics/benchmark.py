"""Statistics of daily returns against those of a benchmark on the same days.

All take two arrays of equal length. Sums of days in which the benchmark stood still say nothing: they are refused.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nautilus_lite.analysis.statistics.measure import MIN_DAYS, Measure, is_constant
from nautilus_lite.analysis.statistics.returns import daily_rate


def beta(returns: Any, benchmark: Any) -> Measure:
    """Return the slope of daily returns over those of the benchmark.

    Notes
    -----
    ``cov(r, b) / var(b)``; the risk-free rate drops out.
    """
    convention = "cov(returns, benchmark) / var(benchmark), daily"
    values, other, why = _pair(returns, benchmark)
    if why:
        return Measure(None, len(values), convention, why)
    if is_constant(other):
        return Measure(None, len(values), convention, "the benchmark did not move")
    return Measure(_beta(values, other), len(values), convention)


def alpha(returns: Any, benchmark: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return what daily returns had above beta times the benchmark's, compounded over a year.

    Notes
    -----
    With ``a = mean(r - rate) - beta * mean(b - rate)``: ``(1 + a) ** days_per_year - 1``.

    References
    ----------
    M. C. Jensen, "The Performance of Mutual Funds in the Period 1945-1964", Journal of Finance 23 (1968) 389-416.
    """
    convention = f"mean excess return a day less beta x that of the benchmark, compounded over {days_per_year} days"
    slope = beta(returns, benchmark)
    if slope.value is None:
        return Measure(None, slope.count, convention, slope.why)
    rate = daily_rate(risk_free_rate, days_per_year)
    values, other, _ = _pair(returns, benchmark)
    daily = float(values.mean()) - rate - slope.value * (float(other.mean()) - rate)
    return Measure((1.0 + daily) ** days_per_year - 1.0, slope.count, convention)


def correlation(returns: Any, benchmark: Any) -> Measure:
    """Return the correlation of daily returns with those of the benchmark (Pearson)."""
    convention = "Pearson correlation of daily returns"
    values, other, why = _pair(returns, benchmark)
    if why:
        return Measure(None, len(values), convention, why)
    if is_constant(other) or is_constant(values):
        return Measure(None, len(values), convention, "returns or benchmark did not move")
    return Measure(float(np.corrcoef(values, other)[0, 1]), len(values), convention)


def r_squared(returns: Any, benchmark: Any) -> Measure:
    """Return the part of the variance of daily returns that the benchmark explains."""
    measure = correlation(returns, benchmark)
    value = None if measure.value is None else measure.value**2
    return Measure(value, measure.count, "square of the correlation of daily returns", measure.why)


def tracking_error(returns: Any, benchmark: Any, days_per_year: int) -> Measure:
    """Return the annualised deviation of the difference between daily returns and the benchmark's."""
    convention = f"sample std of daily returns less the benchmark's x sqrt({days_per_year})"
    values, other, why = _pair(returns, benchmark)
    if why:
        return Measure(None, len(values), convention, why)
    return Measure(float((values - other).std(ddof=1)) * math.sqrt(days_per_year), len(values), convention)


def information_ratio(returns: Any, benchmark: Any, days_per_year: int) -> Measure:
    """Return the annualised mean over the deviation of the difference to the benchmark.

    References
    ----------
    R. C. Grinold and R. N. Kahn, "Active Portfolio Management", 2nd ed. (1999).
    """
    convention = f"mean / sample std of daily returns less the benchmark's x sqrt({days_per_year})"
    values, other, why = _pair(returns, benchmark)
    if why:
        return Measure(None, len(values), convention, why)
    active = values - other
    # Against the size of the returns: the difference of two equal series is noise, whatever its own size
    if float(active.max() - active.min()) <= 1e-9 * float(np.abs(np.concatenate([values, other])).max()):
        return Measure(None, len(values), convention, "the difference to the benchmark has no deviation")
    return Measure(float(active.mean() / active.std(ddof=1)) * math.sqrt(days_per_year), len(values), convention)


def treynor_ratio(returns: Any, benchmark: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return the compound annual return above the risk-free rate over beta.

    References
    ----------
    J. L. Treynor, "How to Rate Management of Investment Funds", Harvard Business Review 43 (1965) 63-75.
    """
    convention = f"(compound return of {days_per_year} days - {risk_free_rate:.4g}) / beta"
    slope = beta(returns, benchmark)
    if slope.value is None:
        return Measure(None, slope.count, convention, slope.why)
    if slope.value == 0.0:
        return Measure(None, slope.count, convention, "beta is zero")
    grown = _annual(np.asarray(returns, dtype=float), days_per_year)
    return Measure((grown - risk_free_rate) / slope.value, slope.count, convention)


def up_capture(returns: Any, benchmark: Any, days_per_year: int) -> Measure:
    """Return the annual return of the days on which the benchmark rose over the benchmark's own.

    References
    ----------
    Morningstar, "Upside and downside capture ratios"; annualised as by empyrical.
    """
    return _capture(returns, benchmark, days_per_year, True)


def down_capture(returns: Any, benchmark: Any, days_per_year: int) -> Measure:
    """Return the annual return of the days on which the benchmark fell over the benchmark's own."""
    return _capture(returns, benchmark, days_per_year, False)


def benchmark_return(benchmark: Any) -> Measure:
    """Return the growth of the benchmark over the days it is compared on."""
    values = np.asarray(benchmark, dtype=float)
    convention = "compound return of the benchmark on the days compared"
    if not len(values):
        return Measure(None, 0, convention, "no day in common")
    return Measure(float(np.prod(1.0 + values)) - 1.0, len(values), convention)


def excess_return(returns: Any, benchmark: Any) -> Measure:
    """Return the growth less that of the benchmark over the days they are compared on."""
    values, other, why = _pair(returns, benchmark, 1)
    convention = "compound return less the benchmark's on the days compared"
    if why:
        return Measure(None, len(values), convention, why)
    return Measure(float(np.prod(1.0 + values) - np.prod(1.0 + other)), len(values), convention)


def _capture(returns: Any, benchmark: Any, days_per_year: int, up: bool) -> Measure:
    moved, fell = ("rose", "no day on which the benchmark rose") if up else ("fell", "no day on which the benchmark fell")
    convention = f"annual return ({days_per_year} days, compound) of the days on which the benchmark {moved} / the benchmark's"
    values, other, why = _pair(returns, benchmark)
    if why:
        return Measure(None, len(values), convention, why)
    chosen = other > 0.0 if up else other < 0.0
    if not chosen.any():
        return Measure(None, 0, convention, fell)
    base = _annual(other[chosen], days_per_year)
    own = _annual(values[chosen], days_per_year)
    if not (math.isfinite(own) and math.isfinite(base)):
        return Measure(None, int(chosen.sum()), convention, "growth is too large to annualise")
    return Measure(own / base, int(chosen.sum()), convention)


def _pair(returns: Any, benchmark: Any, minimum: int = MIN_DAYS) -> tuple[np.ndarray, np.ndarray, str | None]:
    values, other = np.asarray(returns, dtype=float), np.asarray(benchmark, dtype=float)
    if len(values) != len(other):
        raise ValueError(f"returns and benchmark must have the same days, were {len(values)} and {len(other)}")
    if not np.isfinite(values).all():
        return values, other, "equity was not positive throughout"
    if not np.isfinite(other).all():
        return values, other, "the benchmark was not positive throughout"
    if len(values) < minimum:
        return values, other, f"needs {minimum} days in common with the benchmark, has {len(values)}"
    return values, other, None


def _beta(values: np.ndarray, other: np.ndarray) -> float:
    centred = other - other.mean()
    return float((centred * (values - values.mean())).sum() / (centred**2).sum())


def _annual(values: np.ndarray, days_per_year: int) -> float:
    """Return the compound return of so many days at the pace of these."""
    grown = np.prod(1.0 + values)
    with np.errstate(over="ignore"):
        return float(np.maximum(grown, 0.0) ** (days_per_year / len(values)) - 1.0)
