"""Drawdowns of an equity curve: how far below its highest value so far, measured on every sample.

The opening balance counts as the first peak, so a run that loses from the start is under water from the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nautilus_lite.analysis.equity import DAY_NS, ns_index

if TYPE_CHECKING:
    import pandas as pd


def drawdown_series(equity: pd.Series, opening: float | None = None) -> pd.Series:
    """Return the fraction by which equity is below its highest value so far: 0 at a peak, -0.25 a quarter below.

    Parameters
    ----------
    equity : Series
        Equity indexed by UTC time; values that are NaN are passed over.
    opening : float, optional
        Equity before the first sample; by default the first sample is the opening balance.

    Returns
    -------
    Series
        Named `drawdown`; NaN while the highest value so far is not positive. Below -1 where equity is negative.
    """
    known = equity.dropna()
    values = known.to_numpy(dtype=float)
    peaks = _peaks(values, opening)
    with np.errstate(divide="ignore", invalid="ignore"):
        depth = np.where(peaks > 0.0, values / peaks - 1.0, np.nan)
    result = known.copy().astype(float)
    result[:] = depth
    return result.rename("drawdown")


def max_drawdown(equity: pd.Series, opening: float | None = None) -> float | None:
    """Return the deepest drawdown as a fraction, zero or negative; None where there is no positive equity to fall from.

    Parameters
    ----------
    equity : Series
        Equity indexed by UTC time.
    opening : float, optional
        Equity before the first sample; by default the first sample is the opening balance.
    """
    depth = drawdown_series(equity, opening).dropna()
    return float(depth.min()) if len(depth) else None


def drawdown_table(equity: pd.Series, n: int | None = 5, opening: float | None = None) -> pd.DataFrame:
    """Return the worst drawdowns, the deepest first (the earlier first where two are equally deep).

    Parameters
    ----------
    equity : Series
        Equity indexed by UTC time.
    n : int, optional
        How many, default 5; None for all.
    opening : float, optional
        Equity before the first sample; by default the first sample is the opening balance.

    Returns
    -------
    DataFrame
        `peak` (last time at the peak), `trough` (first time at the lowest point), `recovery` (first time at or above
        the peak again, NaT if that never came), `days` (peak to recovery or to the last sample, 24 hours each), `depth`
        (negative fraction of the peak).
    """
    import pandas as pd

    falls = Falls.of(equity, opening)
    order = np.argsort(falls.depth, kind="stable")[:n]
    peak = falls.index[falls.peak[order]]
    last = falls.index[np.minimum(falls.end[order], len(falls.index) - 1)]
    return pd.DataFrame(
        {
            "peak": peak,
            "trough": falls.index[falls.trough[order]],
            "recovery": last.where(falls.end[order] < len(falls.index)),
            "days": (last - peak).asi8 / DAY_NS,
            "depth": falls.depth[order],
        }
    )


@dataclass(frozen=True, slots=True)
class Falls:
    """The drawdowns of an equity curve as arrays: made once where several statistics look at them.

    Parameters
    ----------
    n_samples : int
        Of the curve, unknown ones included.
    is_known : bool
        If any sample is known.
    index : DatetimeIndex
        Times at which the depth is known.
    below : ndarray of float
        Depth at each of them: zero at a peak, negative under water.
    peak, trough, end : ndarray of int
        One a drawdown, in order of time: places in `index` of the last sample at the peak, of the lowest one, and of the
        first at or above the peak again (the number of samples where that never came).
    depth : ndarray of float
        At the trough of each drawdown.
    """

    n_samples: int
    is_known: bool
    index: pd.DatetimeIndex
    below: np.ndarray
    peak: np.ndarray
    trough: np.ndarray
    end: np.ndarray
    depth: np.ndarray

    @classmethod
    def of(cls, equity: pd.Series, opening: float | None = None) -> Falls:
        """Return the drawdowns of an equity curve; parameters as those of `drawdown_table`."""
        known = drawdown_series(equity, opening).dropna()
        values = known.to_numpy()
        wet = values < 0.0
        before = np.concatenate([[False], wet[:-1]])
        starts = np.flatnonzero(wet & ~before)
        ends = np.flatnonzero(~wet & before)
        if len(ends) < len(starts):
            ends = np.append(ends, len(values))
        # Samples that are not under water are zero and never the least of a stretch that is
        depth = np.minimum.reduceat(values, starts) if len(starts) else np.zeros(0)
        stretch = np.repeat(np.arange(len(starts)), ends - starts)
        at = np.flatnonzero(wet)
        lowest = at[values[at] == depth[stretch]]
        first = np.unique(stretch[values[at] == depth[stretch]], return_index=True)[1]
        is_known = bool(equity.notna().any())
        return cls(len(equity), is_known, ns_index(known), values, np.maximum(starts - 1, 0), lowest[first], ends, depth)

    @property
    def days(self) -> np.ndarray:
        """Days of each drawdown from its peak to its recovery, or to the last sample."""
        times = self.index.asi8
        return (times[np.minimum(self.end, len(times) - 1)] - times[self.peak]) / DAY_NS


def _peaks(values: np.ndarray, opening: float | None) -> np.ndarray:
    peaks = np.maximum.accumulate(values)
    return peaks if opening is None else np.maximum(peaks, opening)
