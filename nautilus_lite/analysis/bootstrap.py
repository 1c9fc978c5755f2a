"""Confidence intervals of differences between two runs over the same data, by the stationary bootstrap.

Two runs over one market move together, and what is left of the difference is not independent from one period to the next. So
both are sampled in pairs, by blocks of random length that keep what belongs together [1]_; the mean length of a block is chosen
from the differences' own autocorrelation [2]_. Intervals are percentiles of the resampled values.

References
----------
.. [1] D. N. Politis and J. P. Romano, "The stationary bootstrap", Journal of the American Statistical Association 89 (1994)
   1303-1313.
.. [2] D. N. Politis and H. White, "Automatic block-length selection for the dependent bootstrap", Econometric Reviews 23 (2004)
   53-70; with the correction of A. Patton, D. N. Politis and H. White, Econometric Reviews 28 (2009) 372-375.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

MIN_PERIODS = 20
"""Periods below which no interval is given: fewer do not tell how blocks vary."""
RESAMPLES = 2_000
# Index arrays are made in parts of at most so many elements
PART = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference with its confidence interval.

    Parameters
    ----------
    value : float or None
        None where it is refused; `why` then says so.
    low, high : float or None
        Limits of the interval.
    level : float
        Confidence, 0.95 for 95 %.
    count : int
        Number of periods.
    block : float
        Mean length of a block (periods).
    why : str, optional
        Reason of a refusal.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    count: int
    block: float
    why: str | None = None

    @property
    def is_clear(self) -> bool:
        """If zero lies outside the interval."""
        return self.low is not None and self.high is not None and (self.low > 0.0 or self.high < 0.0)


def mean_difference(
    ours: Any, theirs: Any, level: float = 0.95, block: float | None = None, seed: int = 0, n_resamples: int = RESAMPLES
) -> Interval:
    """Return the mean of the paired differences `ours - theirs` with its interval.

    Parameters
    ----------
    ours, theirs : array-like of float
        Changes of equity of the same periods, in order of time.
    level : float, default 0.95
        Confidence.
    block : float, optional
        Mean length of a block in periods, at least 1; chosen from the data by default.
    seed : int, default 0
        Of the resampling; equal seeds give equal intervals.
    n_resamples : int, default 2000
    """
    a, b = _paired(ours, theirs, level, block)
    difference = a - b
    refused = _refused(difference, level)
    if refused is not None:
        return refused
    length = block_length(difference) if block is None else float(block)
    if not difference.any():
        return Interval(0.0, 0.0, 0.0, level, len(difference), length)
    means = np.concatenate([difference[at].mean(axis=1) for at in resamples(len(difference), length, seed, n_resamples)])
    low, high = _limits(means, level)
    return Interval(float(difference.mean()), low, high, level, len(difference), length)


def sharpe_difference(
    ours: Any,
    theirs: Any,
    periods_per_year: float = 1.0,
    level: float = 0.95,
    block: float | None = None,
    seed: int = 0,
    n_resamples: int = RESAMPLES,
) -> Interval:
    """Return the difference of two Sharpe ratios with its interval.

    Parameters
    ----------
    ours, theirs : array-like of float
        Returns of the same periods.
    periods_per_year : float, default 1
        Ratios are scaled by its square root.

    Notes
    -----
    ``(mean / std)(ours) - (mean / std)(theirs)``, standard deviations of samples; both series are resampled by the same blocks.
    Other parameters as of `mean_difference`.
    """
    a, b = _paired(ours, theirs, level, block)
    difference = a - b
    refused = _refused(difference, level)
    if refused is not None:
        return refused
    length = block_length(difference) if block is None else float(block)
    if not difference.any():
        return Interval(0.0, 0.0, 0.0, level, len(a), length)
    for values in (a, b):
        if values.std() <= 1e-12 * max(np.abs(values).max(), 1e-300):
            return Interval(None, None, None, level, len(a), length, "returns have no deviation")
    scale = math.sqrt(periods_per_year)
    found = np.concatenate([_sharpe(a[at]) - _sharpe(b[at]) for at in resamples(len(a), length, seed, n_resamples)])
    low, high = _limits(found * scale, level)
    return Interval(float((_sharpe(a[None])[0] - _sharpe(b[None])[0]) * scale), low, high, level, len(a), length)


def resamples(n: int, block: float, seed: int = 0, n_resamples: int = RESAMPLES) -> Any:
    """Yield index arrays of the stationary bootstrap, shape (part, n); the parts sum up to `n_resamples` rows.

    Parameters
    ----------
    n : int
        Number of observations; they are wrapped around a circle.
    block : float
        Mean length of a block: each observation begins a new one with probability `1 / block`.
    seed : int
    n_resamples : int
    """
    rng = np.random.default_rng(seed)
    step = max(PART // n, 1)
    places = np.arange(n)
    for done in range(0, n_resamples, step):
        rows = min(step, n_resamples - done)
        begins = rng.random((rows, n)) < 1.0 / block
        begins[:, 0] = True
        starts = rng.integers(0, n, (rows, n))
        # Where the block of each place began, and from there on in order
        at = np.maximum.accumulate(np.where(begins, places, 0), axis=1)
        yield (np.take_along_axis(starts, at, axis=1) + places - at) % n


def block_length(values: Any) -> float:
    """Return the mean length of blocks that suits a series, by its autocorrelation.

    Parameters
    ----------
    values : array-like of float

    Returns
    -------
    float
        At least 1 and at most a third of the length (and no more than three times its square root).

    Notes
    -----
    The rule of [2]_ for the stationary bootstrap: a flat-top window over the autocovariances up to twice the lag after which
    none is significant any more.
    """
    x = np.asarray(values, dtype=float)
    n = len(x)
    most = max(min(3.0 * math.sqrt(n), n / 3.0), 1.0)
    if n < 4 or x.std() == 0.0:
        return 1.0
    run = max(5, math.ceil(math.sqrt(math.log10(n))))
    n_lags = min(math.ceil(math.sqrt(n)) + run, n - 1)
    centred = x - x.mean()
    covariance = np.array([centred[: n - k] @ centred[k:] for k in range(n_lags + 1)]) / n
    small = np.abs(covariance[1:] / covariance[0]) < 2.0 * math.sqrt(math.log10(n) / n)
    last = _last_significant(small, run)
    if last == 0:
        return 1.0
    lags = np.arange(1, min(2 * last, n_lags) + 1)
    share = lags / (2.0 * last)
    window = np.where(share <= 0.5, 1.0, 2.0 * (1.0 - share))
    spectrum = covariance[0] + 2.0 * float(window @ covariance[lags])
    slope = 2.0 * float(window @ (lags * covariance[lags]))
    if spectrum <= 0.0:
        return 1.0
    return float(np.clip((slope**2 / spectrum**2) ** (1.0 / 3.0) * n ** (1.0 / 3.0), 1.0, most))


def _last_significant(small: np.ndarray, run: int) -> int:
    """Return the lag after which the autocorrelations stay small for a run; the largest significant one where none does."""
    for lag in range(len(small) - run + 1):
        if small[lag : lag + run].all():
            return lag
    return int(np.flatnonzero(~small)[-1]) + 1


def _sharpe(rows: np.ndarray) -> np.ndarray:
    deviation = rows.std(axis=1, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(deviation > 0.0, rows.mean(axis=1) / deviation, np.nan)


def _limits(found: np.ndarray, level: float) -> tuple[float, float]:
    tail = (1.0 - level) / 2.0
    low, high = np.nanquantile(found, (tail, 1.0 - tail))
    return float(low), float(high)


def _paired(ours: Any, theirs: Any, level: float, block: float | None) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"paired series must be of one length, were {a.shape} and {b.shape}")
    if not 0.0 < level < 1.0:
        raise ValueError(f"invalid `level`, must be in (0, 1), was {level}")
    if block is not None and not 1.0 <= block <= max(len(a), 1):
        raise ValueError(f"invalid `block`, must be in [1, {len(a)}], was {block}")
    return a, b


def _refused(difference: np.ndarray, level: float) -> Interval | None:
    n = len(difference)
    if n < MIN_PERIODS:
        return Interval(None, None, None, level, n, math.nan, f"needs {MIN_PERIODS} periods, has {n}")
    if not np.isfinite(difference).all():
        return Interval(None, None, None, level, n, math.nan, "equity is not known in every period")
    return None
