"""Drawdowns of an equity curve: how far below its highest value so far, measured on every sample.

The opening balance counts as the first peak, so a run that loses from the start is under water from the start.
"""

from __future__ import annotations

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

    depth = drawdown_series(equity, opening).dropna()
    values = depth.to_numpy()
    below = values < 0.0
    starts = np.flatnonzero(below & ~np.concatenate([[False], below[:-1]]))
    ends = np.flatnonzero(~below & np.concatenate([[False], below[:-1]]))
    if len(ends) < len(starts):
        ends = np.append(ends, len(values))
    troughs = np.array([a + int(values[a:b].argmin()) for a, b in zip(starts, ends, strict=True)], dtype=np.intp)
    order = np.argsort(values[troughs], kind="stable")[:n]
    starts, ends, troughs = starts[order], ends[order], troughs[order]
    index = ns_index(depth)
    peak = index[np.maximum(starts - 1, 0)]
    last = index[np.minimum(ends, len(index) - 1)]
    return pd.DataFrame(
        {
            "peak": peak,
            "trough": index[troughs],
            "recovery": last.where(ends < len(index)),
            "days": (last - peak).asi8 / DAY_NS,
            "depth": values[troughs],
        }
    )


def _peaks(values: np.ndarray, opening: float | None) -> np.ndarray:
    peaks = np.maximum.accumulate(values)
    return peaks if opening is None else np.maximum(peaks, opening)
