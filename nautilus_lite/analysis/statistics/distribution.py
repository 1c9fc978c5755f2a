"""Statistics of the distribution of daily returns: its tails, its shape, its extremes."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np

from nautilus_lite.analysis.statistics.measure import MIN_DAYS, MIN_TAIL_DAYS, Measure, checked, is_constant, refused

_TAIL = 0.05
_OUTLIER = 0.99


def value_at_risk(returns: Any) -> Measure:
    """Return the historical value at risk: the 5 % quantile of daily returns, a negative fraction where it is a loss.

    References
    ----------
    P. Jorion, "Value at Risk", 3rd ed. (2006), on historical simulation.
    """
    convention = "5 % quantile of daily returns, interpolated"
    values, why = checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return refused(values, why, convention, MIN_TAIL_DAYS)
    return Measure(float(np.quantile(values, _TAIL)), len(values), convention)


def normal_value_at_risk(returns: Any) -> Measure:
    """Return the value at risk of a normal distribution with the mean and deviation of daily returns.

    Notes
    -----
    ``mean(r) + std(r, ddof=1) * Z(0.05)`` with the inverse `Z` of the normal distribution.

    References
    ----------
    P. Jorion, "Value at Risk", 3rd ed. (2006), on the variance-covariance method.
    """
    convention = "5 % quantile of a normal distribution with mean and sample std of daily returns"
    values, why = checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return refused(values, why, convention, MIN_TAIL_DAYS)
    return Measure(float(values.mean() + values.std(ddof=1) * NormalDist().inv_cdf(_TAIL)), len(values), convention)


def conditional_value_at_risk(returns: Any) -> Measure:
    """Return the mean of the daily returns at or below the value at risk.

    References
    ----------
    R. T. Rockafellar and S. Uryasev, "Optimization of conditional value-at-risk", Journal of Risk 2 (2000) 21-41.
    """
    convention = "mean of the daily returns at or below VaR 95"
    values, why = checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return refused(values, why, convention, MIN_TAIL_DAYS)
    return Measure(float(values[values <= np.quantile(values, _TAIL)].mean()), len(values), convention)


def tail_ratio(returns: Any) -> Measure:
    """Return the size of the 95 % quantile of daily returns over that of the 5 % quantile.

    References
    ----------
    The definition of the empyrical library.
    """
    convention = "size of the 95 % over size of the 5 % quantile of daily returns"
    values, why = checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return refused(values, why, convention, MIN_TAIL_DAYS)
    low, high = np.quantile(values, [_TAIL, 1.0 - _TAIL])
    if low == 0.0:
        return Measure(None, len(values), convention, "the 5 % quantile is zero")
    return Measure(float(abs(high) / abs(low)), len(values), convention)


def outlier_win_ratio(returns: Any) -> Measure:
    """Return the 99 % quantile of daily returns over the mean of those that are not negative.

    References
    ----------
    The definition of the quantstats library.
    """
    return _outliers(returns, "99 % quantile of daily returns / mean of those >= 0", _OUTLIER, 1.0)


def outlier_loss_ratio(returns: Any) -> Measure:
    """Return the 1 % quantile of daily returns over the mean of those that are negative.

    References
    ----------
    The definition of the quantstats library.
    """
    return _outliers(returns, "1 % quantile of daily returns / mean of those < 0", 1.0 - _OUTLIER, -1.0)


def skewness(returns: Any) -> Measure:
    """Return the adjusted Fisher-Pearson skewness of daily returns.

    References
    ----------
    D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998)
    183-189, measure G1.
    """
    convention = "daily returns, adjusted for sample size (G1)"
    centred = _centred(returns, convention)
    if isinstance(centred, Measure):
        return centred
    n = len(centred)
    g1 = float((centred**3).mean() / (centred**2).mean() ** 1.5)
    return Measure(g1 * math.sqrt(n * (n - 1)) / (n - 2), n, convention)


def kurtosis(returns: Any) -> Measure:
    """Return the excess kurtosis of daily returns, adjusted for the sample's size: 0 for a normal distribution.

    References
    ----------
    D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998)
    183-189, measure G2.
    """
    convention = "excess over normal of daily returns, adjusted for sample size (G2)"
    centred = _centred(returns, convention)
    if isinstance(centred, Measure):
        return centred
    n = len(centred)
    g2 = float((centred**4).mean() / (centred**2).mean() ** 2) - 3.0
    return Measure((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6.0), n, convention)


def best_day(returns: Any) -> Measure:
    """Return the highest daily return."""
    return _extreme(returns, "highest daily return", np.max)


def worst_day(returns: Any) -> Measure:
    """Return the lowest daily return."""
    return _extreme(returns, "lowest daily return", np.min)


def _centred(returns: Any, convention: str) -> np.ndarray | Measure:
    """Return daily returns less their mean, or the refusal where their distribution has no shape."""
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    if is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    return values - values.mean()


def _extreme(returns: Any, convention: str, choose: Any) -> Measure:
    values, why = checked(returns)
    if why or not len(values):
        return refused(values, why, convention, 1)
    return Measure(float(choose(values)), len(values), convention)


def _outliers(returns: Any, convention: str, level: float, sign: float) -> Measure:
    values, why = checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return refused(values, why, convention, MIN_TAIL_DAYS)
    side = values[values >= 0.0] if sign > 0.0 else values[values < 0.0]
    if not len(side) or side.mean() == 0.0:
        return Measure(None, len(values), convention, "no winning day" if sign > 0.0 else "no losing day")
    return Measure(float(np.quantile(values, level) / side.mean()), len(values), convention)
