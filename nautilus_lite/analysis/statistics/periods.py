"""Statistics of months and years: calendar periods of the run's days, the first and the last as long as they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.equity import ns_index
from nautilus_lite.analysis.statistics.measure import Measure

if TYPE_CHECKING:
    import pandas as pd

MIN_MONTHS = 3
"""Months below which nothing is made from the sums of months."""


def compounded(returns: pd.Series, freq: str) -> pd.Series:
    """Return daily returns compounded by month, quarter or year.

    Parameters
    ----------
    returns : Series
        Daily returns labelled by their day.
        In order of time.
    freq : {'M', 'Q', 'Y'}

    Returns
    -------
    Series
        Indexed by period; a period without a day is absent, one with an unknown day (NaN) is unknown.
    """
    import pandas as pd

    period = ns_index(returns).tz_localize(None).to_period(freq)
    if not len(period):
        return pd.Series([], index=period, dtype=float)
    starts = np.flatnonzero(np.diff(period.asi8, prepend=period.asi8[0] - 1))
    return pd.Series(np.multiply.reduceat(1.0 + returns.to_numpy(dtype=float), starts) - 1.0, index=period[starts])


def best_period(grown: pd.Series, name: str = "month") -> Measure:
    """Return the highest of the returns of months, quarters or years.

    Parameters
    ----------
    grown : Series
        As of `compounded`.
    name : str, default 'month'
        What a period is called.
    """
    return _chosen(grown, name, "highest return of a {}", "any", np.max)


def worst_period(grown: pd.Series, name: str = "month") -> Measure:
    """Return the lowest of the returns of months, quarters or years."""
    return _chosen(grown, name, "lowest return of a {}", "any", np.min)


def positive_periods(grown: pd.Series, name: str = "month") -> Measure:
    """Return the part of the months, quarters or years that moved which ended higher."""
    text = "{}s with a return > 0 / {}s with a return other than 0"
    return _chosen(grown, name, text, "moved", lambda values: (values > 0.0).mean())


def average_up_period(grown: pd.Series, name: str = "month") -> Measure:
    """Return the mean return of the months, quarters or years that ended higher."""
    return _chosen(grown, name, "mean return of the {}s above 0", "up", np.mean)


def average_down_period(grown: pd.Series, name: str = "month") -> Measure:
    """Return the mean return of the months, quarters or years that ended lower."""
    return _chosen(grown, name, "mean return of the {}s below 0", "down", np.mean)


def monthly_gain_to_pain_ratio(returns: pd.Series) -> Measure:
    """Return the sum of monthly returns over the sum of monthly losses.

    References
    ----------
    J. D. Schwager, "Hedge Fund Market Wizards" (2012).
    """
    convention = "sum of monthly returns / size of the sum of monthly losses"
    grown = compounded(returns, "M").to_numpy(dtype=float)
    if len(grown) < MIN_MONTHS:
        return Measure(None, len(grown), convention, f"needs {MIN_MONTHS} months, has {len(grown)}")
    if not np.isfinite(grown).all():
        return Measure(None, len(grown), convention, "equity was not positive throughout")
    losses = -float(grown[grown < 0.0].sum())
    if losses == 0.0:
        return Measure(None, len(grown), convention, "no losing month")
    return Measure(float(grown.sum()) / losses, len(grown), convention)


def _chosen(grown: pd.Series, name: str, text: str, which: str, choose: Callable[[np.ndarray], Any]) -> Measure:
    what = name.lower()
    convention = text.format(what, what) + f", incomplete {what}s as they are"
    values = grown.to_numpy(dtype=float)
    if not np.isfinite(values).all():
        return Measure(None, len(values), convention, "equity was not positive throughout")
    keep = {"any": np.isfinite(values), "moved": values != 0.0, "up": values > 0.0, "down": values < 0.0}[which]
    if not keep.any():
        kind = {"any": "", "moved": " with a change", "up": " above 0", "down": " below 0"}[which]
        return Measure(None, 0, convention, f"no {what}{kind}")
    return Measure(float(choose(values[keep])), int(keep.sum()), convention)
