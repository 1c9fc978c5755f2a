"""The value of a statistic together with what it was made from, and the checks that all statistics share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

MIN_DAYS = 10
"""Daily returns below which no ratio is given: seven days once made a Sharpe ratio of several thousand."""
MIN_TAIL_DAYS = 20
"""Daily returns below which no 5 % quantile is given: it would lie beyond the worst day seen."""
MIN_CALENDAR_DAYS = 14
"""Length of a run below which nothing is extrapolated to a year: as long as ten business days."""
MIN_TRADES = 10
"""Closed trades below which nothing is made from the deviation of their profits."""
# Returns that differ by less than this part of the largest are equal up to rounding: their deviation is noise
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Measure:
    """Value of a statistic, or the reason why there is none.

    Parameters
    ----------
    value : float or None
        None where the statistic is refused.
    count : int
        Number of observations it was made from.
    convention : str
        How it is defined and scaled.
    why : str, optional
        Reason of a refusal.
    """

    value: float | None
    count: int
    convention: str
    why: str | None = None


def needs(minimum: int, count: int, what: str, convention: str) -> Measure:
    """Return the refusal for having too few observations."""
    return Measure(None, count, convention, f"needs {minimum} {what}, has {count}")


def checked(returns: Any) -> tuple[np.ndarray, str | None]:
    """Return the returns as an array, with the reason if they cannot be used."""
    values = np.asarray(returns, dtype=float)
    return values, None if np.isfinite(values).all() else "equity was not positive throughout"


def refused(values: np.ndarray, why: str | None, convention: str, minimum: int = MIN_DAYS) -> Measure:
    """Return the refusal of daily returns that are wrong or too few."""
    if why:
        return Measure(None, len(values), convention, why)
    return needs(minimum, len(values), "daily returns" if minimum > 1 else "daily return", convention)


def is_constant(values: np.ndarray) -> bool:
    """Return if all values are equal up to rounding."""
    return float(values.max() - values.min()) <= _NOISE * float(np.abs(values).max())


def divided(numerator: Measure, denominator: Measure, convention: str, zero: str) -> Measure:
    """Return the ratio of two statistics; the first one's refusal, the second one's, or `zero` where it is nothing."""
    why = numerator.why or denominator.why
    if numerator.value is None or denominator.value is None:
        return Measure(None, numerator.count, convention, why)
    if denominator.value == 0.0:
        return Measure(None, numerator.count, convention, zero)
    return Measure(numerator.value / denominator.value, numerator.count, convention)


def multiplied(measures: list[Measure], convention: str) -> Measure:
    """Return the product of statistics, or the first one's refusal."""
    product = 1.0
    for measure in measures:
        if measure.value is None:
            return Measure(None, measure.count, convention, measure.why)
        product *= measure.value
    return Measure(product, measures[0].count, convention)
