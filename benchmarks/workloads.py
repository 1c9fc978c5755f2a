"""Deterministic data for the benchmarks: the same rows for every engine."""

from __future__ import annotations

import numpy as np

START = 1_704_067_200_000_000_000
MILLI = 1_000_000


def steps(n: int, seed: int) -> np.ndarray:
    """Return n steps of -1, 0 or 1."""
    with np.errstate(over="ignore"):
        z = (np.arange(1, n + 1, dtype=np.uint64) + np.uint64(seed << 32)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return ((z >> np.uint64(33)) % np.uint64(3)).astype(np.int64) - 1


def quotes(n: int) -> dict[str, np.ndarray]:
    """Return n quotes, one a millisecond: times (ns) and raw prices of five digits."""
    bid = 110_000 + np.cumsum(steps(n, 1))
    return {"ts": START + np.arange(n, dtype=np.int64) * MILLI, "bid": bid, "ask": bid + 1}


def deltas(n: int) -> dict[str, np.ndarray]:
    """Return n level updates of a book of ten levels a side that stands still, one a millisecond."""
    walk = np.abs(np.cumsum(steps(n, 2)))
    side = np.arange(n) % 2
    level = walk % 10
    price = np.where(side == 0, 100_000 - level, 100_001 + level)
    return {
        "ts": START + np.arange(n, dtype=np.int64) * MILLI,
        "side": side + 1,
        "price": price,
        "size": 1 + walk % 50,
    }
