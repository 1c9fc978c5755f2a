"""Statistics of equity and of the daily returns made from it.

Equity is a pandas series from the opening balance on (see `analysis.equity`); returns are simple returns as fractions,
one a day, of all days and not only of those with a trade. Nothing here looks at single trades.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis import drawdown
from nautilus_lite.analysis.equity import DAY_NS
from nautilus_lite.analysis.statistics.measure import MIN_CALENDAR_DAYS, MIN_DAYS, MIN_TAIL_DAYS, Measure, needs

if TYPE_CHECKING:
    import pandas as pd

DAYS_PER_YEAR = 365.25
"""Mean length of a calendar year, for growth over calendar time."""
# Returns that differ by less than this part of the largest are equal up to rounding: their deviation is noise
_NOISE = 1e-9
_TAIL = 0.05


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
    first, last, why = _ends(equity)
    if why:
        return Measure(None, len(equity), convention, why)
    value = last - first
    return Measure(value if precision is None else round(value, precision) + 0.0, len(equity), convention)


def pnl_percentage(equity: pd.Series) -> Measure:
    """Return profit and loss in percent of the opening balance."""
    convention = "PnL over opening balance, in percent"
    first, last, why = _ends(equity, positive=True)
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
    days = _calendar_days(equity)
    convention = f"compound growth a year of {DAYS_PER_YEAR} calendar days"
    if days < 365.0:
        convention += f", extrapolated from {int(days)} days"
    first, last, why = _ends(equity, positive=True)
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


def volatility(returns: Any, days_per_year: int) -> Measure:
    """Return the annualised standard deviation of daily returns.

    Notes
    -----
    ``std(r, ddof=1) * sqrt(days_per_year)``.
    """
    convention = f"sample standard deviation of daily returns x sqrt({days_per_year})"
    values, why = _checked(returns)
    if why or len(values) < MIN_DAYS:
        return _refused(values, why, convention)
    return Measure(float(values.std(ddof=1)) * math.sqrt(days_per_year), len(values), convention)


def sharpe_ratio(returns: Any, days_per_year: int) -> Measure:
    """Return the annualised Sharpe ratio at a risk-free rate of zero.

    Notes
    -----
    ``mean(r) / std(r, ddof=1) * sqrt(days_per_year)``, the arithmetic mean.

    References
    ----------
    W. F. Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21 (1994) 49-58.
    """
    convention = f"arithmetic mean / sample std of daily returns x sqrt({days_per_year}), risk-free rate 0"
    values, why = _checked(returns)
    if why or len(values) < MIN_DAYS:
        return _refused(values, why, convention)
    if _is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    value = float(values.mean() / values.std(ddof=1)) * math.sqrt(days_per_year)
    return Measure(value, len(values), convention)


def sortino_ratio(returns: Any, days_per_year: int) -> Measure:
    """Return the annualised Sortino ratio against a target of zero.

    Notes
    -----
    ``mean(r) / sqrt(mean(min(r, 0) ** 2)) * sqrt(days_per_year)``: the downside deviation is taken over all days.

    References
    ----------
    F. A. Sortino and L. N. Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3 (1994)
    59-64.
    """
    convention = f"mean / downside deviation over all days against 0 x sqrt({days_per_year})"
    values, why = _checked(returns)
    if why or len(values) < MIN_DAYS:
        return _refused(values, why, convention)
    downside = math.sqrt(float((np.minimum(values, 0.0) ** 2).mean()))
    if downside == 0.0:
        return Measure(None, len(values), convention, "no losing day")
    return Measure(float(values.mean()) / downside * math.sqrt(days_per_year), len(values), convention)


def omega_ratio(returns: Any) -> Measure:
    """Return the Omega ratio at a threshold of zero: the sum of daily gains over the sum of daily losses.

    References
    ----------
    C. Keating and W. F. Shadwick, "A Universal Performance Measure", Journal of Performance Measurement 6 (2002) 59-84.
    """
    convention = "sum of daily gains / sum of daily losses, threshold 0"
    values, why = _checked(returns)
    if why or len(values) < MIN_DAYS:
        return _refused(values, why, convention)
    losses = -float(np.minimum(values, 0.0).sum())
    if losses == 0.0:
        return Measure(None, len(values), convention, "no losing day")
    return Measure(float(np.maximum(values, 0.0).sum()) / losses, len(values), convention)


def max_drawdown(equity: pd.Series) -> Measure:
    """Return the deepest drawdown of all samples, as a negative fraction of the peak."""
    convention = "deepest fall from the highest equity so far, on every sample, from the opening balance on"
    depth = drawdown.max_drawdown(equity)
    if depth is None or len(equity) < 2:
        return Measure(None, len(equity), convention, _no_equity(equity))
    return Measure(depth, len(equity), convention)


def average_drawdown(equity: pd.Series) -> Measure:
    """Return the mean depth of the drawdowns, each from its peak to its recovery, as a negative fraction."""
    convention = "mean depth of all drawdowns, each from peak to recovery"
    table = drawdown.drawdown_table(equity, n=None)
    if table.empty:
        return Measure(None, 0, convention, "no drawdown" if len(equity.dropna()) > 1 else _no_equity(equity))
    return Measure(float(table["depth"].mean()), len(table), convention)


def longest_drawdown(equity: pd.Series) -> Measure:
    """Return the days of the longest drawdown, from its peak to its recovery or to the end."""
    convention = "longest time from a peak to its recovery, or to the end"
    table = drawdown.drawdown_table(equity, n=None)
    if table.empty:
        return Measure(None, 0, convention, "no drawdown" if len(equity.dropna()) > 1 else _no_equity(equity))
    return Measure(float(table["days"].max()), len(table), convention)


def calmar_ratio(equity: pd.Series) -> Measure:
    """Return the compound annual growth rate over the deepest drawdown, over the whole run.

    References
    ----------
    T. W. Young, "Calmar Ratio: A Smoother Tool", Futures 20 (1991) 40. Young took the last 36 months.
    """
    convention = "CAGR / max drawdown, both over the whole run"
    growth, depth = cagr(equity), max_drawdown(equity)
    if growth.value is None or depth.value is None:
        return Measure(None, growth.count, convention, growth.why or depth.why)
    if depth.value == 0.0:
        return Measure(None, growth.count, convention, "no drawdown")
    return Measure(growth.value / -depth.value, growth.count, convention)


def value_at_risk(returns: Any) -> Measure:
    """Return the historical value at risk: the 5 % quantile of daily returns, a negative fraction where it is a loss.

    References
    ----------
    P. Jorion, "Value at Risk", 3rd ed. (2006), on historical simulation.
    """
    convention = "5 % quantile of daily returns, interpolated"
    values, why = _checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return _refused(values, why, convention, MIN_TAIL_DAYS)
    return Measure(float(np.quantile(values, _TAIL)), len(values), convention)


def conditional_value_at_risk(returns: Any) -> Measure:
    """Return the mean of the daily returns at or below the value at risk.

    References
    ----------
    R. T. Rockafellar and S. Uryasev, "Optimization of conditional value-at-risk", Journal of Risk 2 (2000) 21-41.
    """
    convention = "mean of the daily returns at or below VaR 95"
    values, why = _checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return _refused(values, why, convention, MIN_TAIL_DAYS)
    return Measure(float(values[values <= np.quantile(values, _TAIL)].mean()), len(values), convention)


def tail_ratio(returns: Any) -> Measure:
    """Return the size of the 95 % quantile of daily returns over that of the 5 % quantile.

    References
    ----------
    The definition of the empyrical library.
    """
    convention = "size of the 95 % over size of the 5 % quantile of daily returns"
    values, why = _checked(returns)
    if why or len(values) < MIN_TAIL_DAYS:
        return _refused(values, why, convention, MIN_TAIL_DAYS)
    low, high = np.quantile(values, [_TAIL, 1.0 - _TAIL])
    if low == 0.0:
        return Measure(None, len(values), convention, "the 5 % quantile is zero")
    return Measure(float(abs(high) / abs(low)), len(values), convention)


def skewness(returns: Any) -> Measure:
    """Return the adjusted Fisher-Pearson skewness of daily returns.

    References
    ----------
    D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998)
    183-189, measure G1.
    """
    convention = "daily returns, adjusted for sample size (G1)"
    values, why = _checked(returns)
    if why or len(values) < MIN_DAYS:
        return _refused(values, why, convention)
    if _is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    n = len(values)
    centred = values - values.mean()
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
    values, why = _checked(returns)
    if why or len(values) < MIN_DAYS:
        return _refused(values, why, convention)
    if _is_constant(values):
        return Measure(None, len(values), convention, "returns have no deviation")
    n = len(values)
    centred = values - values.mean()
    g2 = float((centred**4).mean() / (centred**2).mean() ** 2) - 3.0
    return Measure((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6.0), n, convention)


def best_day(returns: Any) -> Measure:
    """Return the highest daily return."""
    return _extreme(returns, "highest daily return", np.max)


def worst_day(returns: Any) -> Measure:
    """Return the lowest daily return."""
    return _extreme(returns, "lowest daily return", np.min)


def _extreme(returns: Any, convention: str, choose: Any) -> Measure:
    values, why = _checked(returns)
    if why or not len(values):
        return _refused(values, why, convention, 1)
    return Measure(float(choose(values)), len(values), convention)


def _checked(returns: Any) -> tuple[np.ndarray, str | None]:
    """Return the returns as an array, with the reason if they cannot be used."""
    values = np.asarray(returns, dtype=float)
    return values, None if np.isfinite(values).all() else "equity was not positive throughout"


def _refused(values: np.ndarray, why: str | None, convention: str, minimum: int = MIN_DAYS) -> Measure:
    if why:
        return Measure(None, len(values), convention, why)
    return needs(minimum, len(values), "daily returns" if minimum > 1 else "daily return", convention)


def _is_constant(values: np.ndarray) -> bool:
    return float(values.max() - values.min()) <= _NOISE * float(np.abs(values).max())


def _no_equity(equity: pd.Series) -> str:
    if equity.empty:
        return "equity was not sampled"
    if len(equity) == 1:
        return "needs 2 samples, has 1"
    return "equity is not known" if equity.isna().all() else "equity was never positive"


def _ends(equity: pd.Series, positive: bool = False) -> tuple[float, float, str | None]:
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


def _calendar_days(equity: pd.Series) -> float:
    if len(equity) < 2:
        return 0.0
    return float((equity.index[-1] - equity.index[0]).value) / DAY_NS
