"""How far a Sharpe ratio can be believed: its length, its skew, its tails, and the trials it was picked from."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np

from nautilus_lite.analysis.statistics.measure import MIN_DAYS, Measure, checked, is_constant, refused
from nautilus_lite.analysis.statistics.returns import daily_rate
from nautilus_lite.analysis.trials import Trials

_EULER = 0.57721566490153286
_NORMAL = NormalDist()


def probabilistic_sharpe_ratio(
    returns: Any, days_per_year: int, risk_free_rate: float = 0.0, benchmark_sharpe: float = 0.0
) -> Measure:
    """Return the probability that the true Sharpe ratio is above another one.

    Parameters
    ----------
    returns : array-like of float
    days_per_year : int
    risk_free_rate : float, default 0.0
        A year.
    benchmark_sharpe : float, default 0.0
        Annualised.

    Notes
    -----
    With the Sharpe ratio a day `s`, the benchmark's `b`, `n` days, skewness `g3` and kurtosis `g4` (3 for a normal
    distribution), both of the population: ``Phi((s - b) * sqrt(n - 1) / sqrt(1 - g3 * s + (g4 - 1) / 4 * s ** 2))``.

    References
    ----------
    D. H. Bailey and M. Lopez de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15 (2012) 3-44.
    """
    convention = f"probability that the true Sharpe ratio is above {benchmark_sharpe:.4g}, by length, skew and kurtosis"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    if is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    centred = values - values.mean()
    second = float((centred**2).mean())
    skew = float((centred**3).mean()) / second**1.5
    kurtosis = float((centred**4).mean()) / second**2
    ratio = (float(values.mean()) - daily_rate(risk_free_rate, days_per_year)) / float(values.std(ddof=1))
    spread = 1.0 - skew * ratio + (kurtosis - 1.0) / 4.0 * ratio**2
    if spread <= 0.0:
        return Measure(None, len(values), convention, "skew and kurtosis leave the ratio without a deviation")
    distance = ratio - benchmark_sharpe / math.sqrt(days_per_year)
    return Measure(_NORMAL.cdf(distance * math.sqrt(len(values) - 1) / math.sqrt(spread)), len(values), convention)


def expected_maximum_sharpe(trials: Trials) -> float:
    """Return the highest annualised Sharpe ratio that so many trials without any skill are expected to show.

    Notes
    -----
    ``sqrt(variance) * ((1 - e) * Z(1 - 1 / n) + e * Z(1 - 1 / (n * exp(1))))`` with the Euler-Mascheroni constant `e` and
    the inverse `Z` of the normal distribution; zero for one trial.
    """
    if trials.count == 1:
        return 0.0
    n = trials.count
    highest = (1.0 - _EULER) * _NORMAL.inv_cdf(1.0 - 1.0 / n) + _EULER * _NORMAL.inv_cdf(1.0 - 1.0 / (n * math.e))
    return math.sqrt(trials.variance) * highest


def deflated_sharpe_ratio(returns: Any, days_per_year: int, trials: Trials, risk_free_rate: float = 0.0) -> Measure:
    """Return the probability that the true Sharpe ratio is above what the best of so many trials shows by luck.

    References
    ----------
    D. H. Bailey and M. Lopez de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40 (2014) 94-107.
    """
    by_luck = expected_maximum_sharpe(trials)
    measure = probabilistic_sharpe_ratio(returns, days_per_year, risk_free_rate, by_luck)
    convention = (
        f"probability that the true Sharpe ratio is above {by_luck:.4g}, the best expected by luck of {trials}"
    )
    return Measure(measure.value, measure.count, convention, measure.why)


def smart_sharpe_ratio(returns: Any, days_per_year: int, risk_free_rate: float = 0.0) -> Measure:
    """Return the Sharpe ratio annualised for returns of which each leans on the one before.

    Notes
    -----
    With the correlation `p` of each day with the next, taken as that of an autoregressive process of first order, and
    `q` days a year: ``mean(r - rate) / std(r, ddof=1) * q / sqrt(q + 2 * sum((q - k) * p ** k, k = 1 .. q - 1))``.

    References
    ----------
    A. W. Lo, "The Statistics of Sharpe Ratios", Financial Analysts Journal 58 (2002) 36-52.
    """
    convention = f"annualised over {days_per_year} days for autocorrelation of first order (Lo 2002)"
    values, why = checked(returns)
    if why or len(values) < MIN_DAYS:
        return refused(values, why, convention)
    if is_constant(values) or is_constant(values[1:]) or is_constant(values[:-1]):
        return Measure(None, len(values), convention, "returns have no deviation")
    lean = float(np.corrcoef(values[:-1], values[1:])[0, 1])
    k = np.arange(1, days_per_year)
    scale = days_per_year + 2.0 * float(((days_per_year - k) * lean**k).sum())
    if scale <= 1e-9 * days_per_year:
        return Measure(None, len(values), convention, "returns reverse each other wholly")
    excess = float(values.mean()) - daily_rate(risk_free_rate, days_per_year)
    return Measure(excess / float(values.std(ddof=1)) * days_per_year / math.sqrt(scale), len(values), convention)


def minimum_track_record(returns: Any, days_per_year: int, risk_free_rate: float = 0.0, confidence: float = 0.95) -> Measure:
    """Return how many days a run needs for its Sharpe ratio to be above zero with a given confidence.

    References
    ----------
    D. H. Bailey and M. Lopez de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15 (2012) 3-44.
    """
    convention = f"daily returns needed for a Sharpe ratio above 0 at {confidence:.0%} confidence"
    probability = probabilistic_sharpe_ratio(returns, days_per_year, risk_free_rate)
    if probability.value is None:
        return Measure(None, probability.count, convention, probability.why)
    if not 0.5 < probability.value < 1.0:
        why = "the Sharpe ratio is not above 0" if probability.value <= 0.5 else "the Sharpe ratio is certain to rounding"
        return Measure(None, probability.count, convention, why)
    quotient = _NORMAL.inv_cdf(confidence) / _NORMAL.inv_cdf(probability.value)
    return Measure(1.0 + (probability.count - 1) * quotient**2, probability.count, convention)
