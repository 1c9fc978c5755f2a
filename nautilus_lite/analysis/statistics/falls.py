"""Statistics of drawdowns, measured on every sample of the equity and not only at the close of days.

Each takes the equity from the opening balance on, or the `Falls` made of it where several are wanted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.drawdown import Falls
from nautilus_lite.analysis.statistics.growth import cagr, pnl_percentage
from nautilus_lite.analysis.statistics.measure import MIN_DAYS, Measure, checked, divided, is_constant, needs

if TYPE_CHECKING:
    import pandas as pd

_TAIL = 0.05


def max_drawdown(equity: pd.Series | Falls) -> Measure:
    """Return the deepest drawdown of all samples, as a negative fraction of the peak."""
    convention = "deepest fall from the highest equity so far, on every sample, from the opening balance on"
    falls = _falls(equity)
    if falls.n_samples < 2 or not len(falls.below):
        return Measure(None, falls.n_samples, convention, _no_equity(falls))
    return Measure(float(falls.below.min()), falls.n_samples, convention)


def average_drawdown(equity: pd.Series | Falls) -> Measure:
    """Return the mean depth of the drawdowns, each from its peak to its recovery, as a negative fraction."""
    convention = "mean depth of all drawdowns, each from peak to recovery"
    falls = _falls(equity)
    if not len(falls.depth):
        return Measure(None, 0, convention, _no_fall(falls))
    return Measure(float(falls.depth.mean()), len(falls.depth), convention)


def longest_drawdown(equity: pd.Series | Falls) -> Measure:
    """Return the days of the longest drawdown, from its peak to its recovery or to the end."""
    convention = "longest time from a peak to its recovery, or to the end"
    falls = _falls(equity)
    if not len(falls.depth):
        return Measure(None, 0, convention, _no_fall(falls))
    return Measure(float(falls.days.max()), len(falls.depth), convention)


def average_drawdown_days(equity: pd.Series | Falls) -> Measure:
    """Return the mean days of the drawdowns, each from its peak to its recovery or to the end."""
    convention = "mean time from a peak to its recovery, or to the end"
    falls = _falls(equity)
    if not len(falls.depth):
        return Measure(None, 0, convention, _no_fall(falls))
    return Measure(float(falls.days.mean()), len(falls.depth), convention)


def ulcer_index(equity: pd.Series | Falls) -> Measure:
    """Return the root mean square of the depth under water, as a fraction.

    References
    ----------
    P. G. Martin and B. McCann, "The Investor's Guide to Fidelity Funds" (1989).
    """
    convention = "root mean square of the drawdown on every sample, peaks included"
    falls = _falls(equity)
    if falls.n_samples < 2 or not len(falls.below):
        return Measure(None, falls.n_samples, convention, _no_equity(falls))
    return Measure(math.sqrt(float((falls.below**2).mean())), len(falls.below), convention)


def calmar_ratio(equity: pd.Series, falls: Falls | None = None) -> Measure:
    """Return the compound annual growth rate over the deepest drawdown, over the whole run.

    References
    ----------
    T. W. Young, "Calmar Ratio: A Smoother Tool", Futures 20 (1991) 40. Young took the last 36 months.
    """
    return return_over_drawdown(cagr(equity), max_drawdown(equity if falls is None else falls))


def return_over_drawdown(growth: Measure, depth: Measure) -> Measure:
    """Return an annual return over the size of the deepest drawdown.

    Parameters
    ----------
    growth, depth : Measure
        As of `cagr` and `max_drawdown`.
    """
    return divided(growth, _size(depth), "CAGR / max drawdown, both over the whole run", "no drawdown")


def recovery_factor(equity: pd.Series, falls: Falls | None = None) -> Measure:
    """Return the whole return over the deepest drawdown."""
    convention = "PnL over opening balance / max drawdown"
    growth = pnl_percentage(equity)
    part = Measure(None if growth.value is None else growth.value / 100.0, growth.count, convention, growth.why)
    return divided(part, _size(max_drawdown(equity if falls is None else falls)), convention, "no drawdown")


def ulcer_performance_index(equity: pd.Series, risk_free_rate: float = 0.0, falls: Falls | None = None) -> Measure:
    """Return the compound annual growth rate above the risk-free rate over the ulcer index (the Martin ratio).

    References
    ----------
    P. G. Martin and B. McCann, "The Investor's Guide to Fidelity Funds" (1989).
    """
    convention = f"(CAGR - {risk_free_rate:.4g}) / ulcer index"
    growth = cagr(equity)
    excess = Measure(None if growth.value is None else growth.value - risk_free_rate, growth.count, convention, growth.why)
    return divided(excess, ulcer_index(equity if falls is None else falls), convention, "no drawdown")


def serenity_index(equity: pd.Series, returns: Any, risk_free_rate: float = 0.0, falls: Falls | None = None) -> Measure:
    """Return the growth above the risk-free rate over ulcer index times pitfall.

    Notes
    -----
    The pitfall is the mean of the deepest 5 % of the drawdowns on all samples over the deviation of daily returns.

    References
    ----------
    KeyQuant, "An Alternative Portfolio Theory, part 1", white paper (2014).
    """
    convention = f"(CAGR - {risk_free_rate:.4g}) / (ulcer index x mean of the deepest 5 % of drawdowns / std of daily returns)"
    values, why = checked(returns)
    if why:
        return Measure(None, len(values), convention, why)
    if len(values) < MIN_DAYS:
        return needs(MIN_DAYS, len(values), "daily returns", convention)
    if is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    found = Falls.of(equity) if falls is None else falls
    growth, ulcer = cagr(equity), ulcer_index(found)
    if growth.value is None or ulcer.value is None:
        return Measure(None, growth.count, convention, growth.why or ulcer.why)
    deepest = found.below[found.below <= np.quantile(found.below, _TAIL)]
    pitfall = -float(deepest.mean()) / float(values.std(ddof=1))
    if ulcer.value == 0.0 or pitfall == 0.0:
        return Measure(None, growth.count, convention, "no drawdown")
    return Measure((growth.value - risk_free_rate) / (ulcer.value * pitfall), growth.count, convention)


def _falls(equity: pd.Series | Falls) -> Falls:
    return equity if isinstance(equity, Falls) else Falls.of(equity)


def _size(depth: Measure) -> Measure:
    return Measure(None if depth.value is None else -depth.value, depth.count, depth.convention, depth.why)


def _no_fall(falls: Falls) -> str:
    return "no drawdown" if len(falls.below) > 1 else _no_equity(falls)


def _no_equity(falls: Falls) -> str:
    if falls.n_samples == 0:
        return "equity was not sampled"
    if falls.n_samples == 1:
        return "needs 2 samples, has 1"
    return "equity was never positive" if falls.is_known else "equity is not known"
