"""Fewer points for a chart, without losing what matters: extremes survive."""

from __future__ import annotations

import math

import numpy as np

MAX_POINTS = 8_000
"""Points of a line above which it is drawn from the extremes of equal stretches."""
MAX_DOTS = 2_000
"""Points of a scatter above which it is thinned."""


def downsample(values: np.ndarray, limit: int = MAX_POINTS) -> np.ndarray:
    """Return the positions of the points that a line needs: of equal stretches the first, last, lowest and highest.

    Parameters
    ----------
    values : ndarray of float
        NaN is a gap and never counts as an extreme.
    limit : int
        Number of points up to which all are kept; more points are brought down to about as many. At least 4.

    Returns
    -------
    ndarray of int
        Ascending, without repeats.
    """
    n = len(values)
    if n <= limit:
        return np.arange(n)
    size = math.ceil(n / (limit // 4))
    edges = np.arange(0, n, size)
    padded = np.full(len(edges) * size, np.nan)
    padded[:n] = values
    stretches = padded.reshape(len(edges), size)
    lowest = edges + np.where(np.isnan(stretches), np.inf, stretches).argmin(axis=1)
    highest = edges + np.where(np.isnan(stretches), -np.inf, stretches).argmax(axis=1)
    last = np.minimum(edges + size, n) - 1
    return np.unique(np.concatenate([edges, lowest, highest, last]))


def downsample_together(lines: list[np.ndarray], limit: int = MAX_POINTS) -> np.ndarray:
    """Return the positions of the points that lines over the same times need; each line keeps its extremes.

    Parameters
    ----------
    lines : list of ndarray of float
        Of equal length.
    limit : int
        As of `downsample`, for all lines together.
    """
    n = len(lines[0])
    if n <= limit:
        return np.arange(n)
    share = max(limit // len(lines), 4)
    return np.unique(np.concatenate([downsample(line, share) for line in lines]))


def thin(x: np.ndarray, y: np.ndarray, limit: int = MAX_DOTS) -> np.ndarray:
    """Return the positions of the dots that a scatter needs: the extremes, and of dots that cover each other one.

    Parameters
    ----------
    x, y : ndarray of float
    limit : int
        Number of dots up to which all are kept; more are brought down to about as many at most.

    Returns
    -------
    ndarray of int
        Ascending, without repeats.
    """
    n = len(x)
    if n <= limit:
        return np.arange(n)
    first = np.arange(n)
    # As fine a grid as the limit allows; the coarsest has no more cells than that
    cells = 4 * max(int(math.sqrt(limit)), 2)
    while len(first) > limit:
        columns, rows = _cells(x, cells), _cells(y, cells)
        _, first = np.unique(columns * cells + rows, return_index=True)
        cells = max(cells * 3 // 4, 1)
    return np.unique(np.concatenate([first, [x.argmin(), x.argmax(), y.argmin(), y.argmax()]]))


def coarser_bars(times: np.ndarray, bars: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return bars put together so that at most about `limit` remain: first open, highest high, lowest low, last close.

    Parameters
    ----------
    times : ndarray
        Of each bar.
    bars : ndarray of float
        Columns open, high, low, close.
    limit : int

    Returns
    -------
    times : ndarray
        Of the last bar of each stretch.
    bars : ndarray of float
    size : int
        Bars put together into one; 1 where nothing was done.
    """
    n = len(bars)
    size = math.ceil(n / limit) if n > limit else 1
    if size == 1:
        return times, bars, 1
    starts = np.arange(0, n, size)
    ends = np.minimum(starts + size, n) - 1
    merged = np.column_stack(
        [
            bars[starts, 0],
            np.fmax.reduceat(bars[:, 1], starts),
            np.fmin.reduceat(bars[:, 2], starts),
            bars[ends, 3],
        ]
    )
    return times[ends], merged, size


def _cells(values: np.ndarray, cells: int) -> np.ndarray:
    low, high = float(values.min()), float(values.max())
    width = (high - low) or 1.0
    return np.minimum(((values - low) / width * cells).astype(np.int64), cells - 1)
