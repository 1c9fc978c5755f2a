"""The value of a statistic together with what it was made from."""

from __future__ import annotations

from dataclasses import dataclass

MIN_DAYS = 10
"""Daily returns below which no ratio is given: seven days once made a Sharpe ratio of several thousand."""
MIN_TAIL_DAYS = 20
"""Daily returns below which no 5 % quantile is given: it would lie beyond the worst day seen."""
MIN_CALENDAR_DAYS = 14
"""Length of a run below which nothing is extrapolated to a year: as long as ten business days."""


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
