"""Statistics of what a strategy did with its capital: time in the market, leverage, turnover, makers and takers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.equity import DAY_NS
from nautilus_lite.analysis.statistics.growth import DAYS_PER_YEAR
from nautilus_lite.analysis.statistics.measure import MIN_CALENDAR_DAYS, Measure, divided, needs

if TYPE_CHECKING:
    import pandas as pd


def exposure_time(opened: Any, closed: Any, start: int, end: int) -> Measure:
    """Return the part of the run in which any position was open.

    Parameters
    ----------
    opened, closed : array-like of int
        UNIX nanoseconds of each position; for one still open the end of the run.
    start, end : int
        Of the run, UNIX nanoseconds.
    """
    convention = "time with any open position / time of the run"
    first, last = np.asarray(opened, dtype=np.int64), np.asarray(closed, dtype=np.int64)
    if end <= start:
        return Measure(None, len(first), convention, "the run has no length")
    if not len(first):
        return Measure(0.0, 0, convention)
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    # A stretch of time starts where nothing opened before is open any more
    begins = np.concatenate([[True], first[1:] > last[:-1]])
    ends = np.concatenate([begins[1:], [True]])
    covered = int((last[ends] - first[begins]).sum())
    return Measure(covered / (end - start), len(first), convention)


def average_gross_leverage(exposure: pd.DataFrame | None) -> Measure:
    """Return the mean of gross exposure over equity.

    Parameters
    ----------
    exposure : DataFrame, optional
        As of `BacktestResult.exposure`; None where the run recorded none.
    """
    return _leverage(exposure, "leverage", "mean of gross exposure / equity over all samples", np.mean)


def max_gross_leverage(exposure: pd.DataFrame | None) -> Measure:
    """Return the highest gross exposure over equity."""
    return _leverage(exposure, "leverage", "highest gross exposure / equity of all samples", np.max)


def average_net_leverage(exposure: pd.DataFrame | None) -> Measure:
    """Return the mean of net exposure over equity, negative where the run was short on average."""
    return _leverage(exposure, "net", "mean of net exposure / equity over all samples, short is negative", np.mean)


def max_net_leverage(exposure: pd.DataFrame | None) -> Measure:
    """Return the net exposure over equity that lies farthest from zero, with its sign."""
    return _leverage(
        exposure, "net", "net exposure / equity farthest from 0 of all samples", lambda values: values[np.abs(values).argmax()]
    )


def return_per_exposure(growth: Measure, exposure: Measure) -> Measure:
    """Return the compound annual growth over the part of the time with a position: what a year in the market made.

    Parameters
    ----------
    growth, exposure : Measure
        As of `cagr` and `exposure_time`.
    """
    return divided(growth, exposure, "CAGR / exposure time", "no time with a position")


def traded_notional(total: float, n_valued: int, n_unknown: int = 0) -> Measure:
    """Return the sum of the size of all fills, bought or sold.

    Parameters
    ----------
    total : float
        Of the fills that could be valued, in one currency.
    n_valued, n_unknown : int
        Fills that could be valued in it, and that could not.
    """
    convention = "price x quantity of all fills, bought and sold"
    if n_unknown:
        return Measure(None, n_valued, convention, f"{n_unknown} fills have no rate to this currency")
    return Measure(total, n_valued, convention)


def turnover(notional: Measure, equity: pd.Series) -> Measure:
    """Return how often the capital was traded: the size of all fills over the mean equity.

    Parameters
    ----------
    notional : Measure
        As of `traded_notional`.
    equity : Series
        In the same currency.
    """
    convention = "traded notional (buys and sells) / mean equity of all samples"
    return divided(notional, _mean_equity(equity), convention, "mean equity is zero")


def annual_turnover(notional: Measure, equity: pd.Series) -> Measure:
    """Return the turnover a year."""
    whole = turnover(notional, equity)
    days = (equity.index[-1] - equity.index[0]).value / DAY_NS if len(equity) > 1 else 0.0
    convention = f"turnover x {DAYS_PER_YEAR} / calendar days of the run"
    if whole.value is None:
        return Measure(None, whole.count, convention, whole.why)
    if days < MIN_CALENDAR_DAYS:
        return needs(MIN_CALENDAR_DAYS, int(days), "calendar days", convention)
    return Measure(whole.value * DAYS_PER_YEAR / days, whole.count, convention)


def maker_share(n_maker: int, n_fills: int) -> Measure:
    """Return the part of the fills in which the own order was resting.

    Parameters
    ----------
    n_maker, n_fills : int
    """
    if not n_fills:
        return needs(1, 0, "fill", "fills as maker / all fills")
    return Measure(n_maker / n_fills, n_fills, "fills as maker / all fills")


def _mean_equity(equity: pd.Series) -> Measure:
    values = equity.to_numpy(dtype=float)
    values = values[~np.isnan(values)]
    if not len(values):
        return Measure(None, 0, "mean equity", "equity is not known" if len(equity) else "equity was not sampled")
    mean = float(values.mean())
    if mean <= 0.0:
        return Measure(None, len(values), "mean equity", "mean equity is not positive")
    return Measure(mean, len(values), "mean equity")


def _leverage(exposure: pd.DataFrame | None, column: str, convention: str, choose: Any) -> Measure:
    if exposure is None:
        return Measure(None, 0, convention, "exposure was not recorded")
    leverage = exposure["leverage"].to_numpy(dtype=float)
    if column == "net":
        gross, net = exposure["gross"].to_numpy(dtype=float), exposure["net"].to_numpy(dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            # Equity is what both stand over; without exposure there is nothing to divide
            leverage = np.where(gross == 0.0, leverage, leverage * net / gross)
    known = leverage[~np.isnan(leverage)]
    if not len(known):
        why = "exposure or equity is not known, or equity was not positive" if len(leverage) else "exposure was not sampled"
        return Measure(None, 0, convention, why)
    return Measure(float(choose(known)), len(known), convention)
