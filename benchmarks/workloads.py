"""Deterministic data for the benchmarks: the same rows for every engine, as arrays of integers.

Prices are raw at five digits (`110_000` is 1.10000), times are UNIX nanoseconds, sides are 1 (buy) and 2 (sell).
"""

from __future__ import annotations

import numpy as np

START = 1_704_067_200_000_000_000
MILLI = 1_000_000
MINUTE = 60_000_000_000
STEP = 100 * MILLI          # between quotes, and between trades
MAKER_INTERVAL = 100 * MILLI
MAKER_SIZE = 1
DEPTH = 10                  # levels a side
TRADE_EVERY = 20            # deltas to a trade

ADD, UPDATE, DELETE = 1, 2, 3


def random_bits(n: int, seed: int) -> np.ndarray:
    """Return n words of a counter-based generator (the finalizer of splitmix64)."""
    with np.errstate(over="ignore"):
        z = (np.arange(1, n + 1, dtype=np.uint64) + np.uint64(seed << 32)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def steps(n: int, seed: int) -> np.ndarray:
    """Return n steps of -1, 0 or 1."""
    return (random_bits(n, seed) % np.uint64(3)).astype(np.int64) - 1


def quotes(n: int) -> dict[str, np.ndarray]:
    """Return n quotes, ten a second."""
    bid = 110_000 + np.cumsum(steps(n, 1))
    return {"ts": START + np.arange(n, dtype=np.int64) * STEP, "bid": bid, "ask": bid + 1}


def trades(n: int) -> dict[str, np.ndarray]:
    """Return n trades, ten a second."""
    bits = random_bits(n, 3)
    return {
        "ts": START + np.arange(n, dtype=np.int64) * STEP,
        "price": 110_000 + np.cumsum(steps(n, 2)),
        "size": 1 + (bits % np.uint64(50)).astype(np.int64),
        "side": 1 + (bits >> np.uint64(40) & np.uint64(1)).astype(np.int64),
    }


def bars(n: int) -> dict[str, np.ndarray]:
    """Return n one-minute bars, stamped at their close."""
    close = 110_000 + np.cumsum(steps(n, 4) * 5 + steps(n, 5))
    opened = np.concatenate([[110_000], close[:-1]])
    wick = (random_bits(n, 6) % np.uint64(4)).astype(np.int64)
    return {
        "ts": START + (1 + np.arange(n, dtype=np.int64)) * MINUTE,
        "open": opened,
        "high": np.maximum(opened, close) + wick,
        "low": np.minimum(opened, close) - wick,
        "close": close,
        "volume": 100_000 + (random_bits(n, 7) % np.uint64(1_000)).astype(np.int64),
    }


def deltas(n: int) -> dict[str, np.ndarray]:
    """Return n deltas, one a millisecond, of a book of ten levels a side, and the touch after each (`bid`, `ask`).

    Most change the size of a level. About one in fifty starts a move of the touch by one tick, in four deltas: the best
    level goes, the other side takes its price, and both sides stay ten levels deep.
    """
    bits = random_bits(n, 8)
    chance = (bits % np.uint64(50)).tolist()
    up = (bits >> np.uint64(20) & np.uint64(1)).tolist()
    levels = ((bits >> np.uint64(24)) % np.uint64(DEPTH)).tolist()
    sizes = (20 + (bits >> np.uint64(40)) % np.uint64(80)).tolist()
    bid, ask = 110_000, 110_001
    pending: list[tuple[int, int, int, int]] = []
    for i in range(DEPTH):
        pending += [(ADD, 1, bid - i, 50), (ADD, 2, ask + i, 50)]
    rows: list[tuple[int, ...]] = []
    for i in range(n):
        if pending:
            row = pending.pop(0)
            if row[0] == ADD and row[1] == 1:
                bid = max(bid, row[2])
            elif row[0] == ADD:
                ask = min(ask, row[2])
        elif chance[i] == 0 and up[i]:
            row = (DELETE, 2, ask, 0)
            pending = [(ADD, 1, ask, sizes[i]), (DELETE, 1, bid - DEPTH + 1, 0), (ADD, 2, ask + DEPTH, sizes[i])]
            ask += 1
        elif chance[i] == 0:
            row = (DELETE, 1, bid, 0)
            pending = [(ADD, 2, bid, sizes[i]), (DELETE, 2, ask + DEPTH - 1, 0), (ADD, 1, bid - DEPTH, sizes[i])]
            bid -= 1
        elif i % 2:
            row = (UPDATE, 1, bid - levels[i], sizes[i])
        else:
            row = (UPDATE, 2, ask + levels[i], sizes[i])
        rows.append((*row, bid, ask))
    columns = zip(("action", "side", "price", "size", "bid", "ask"), zip(*rows, strict=True), strict=True)
    return {
        "ts": START + np.arange(n, dtype=np.int64) * MILLI,
        **{name: np.array(values, dtype=np.int64) for name, values in columns},
    }


def book_trades(data: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the trades that go with deltas: one in twenty, at the touch, half a millisecond after its delta."""
    at = np.arange(2 * DEPTH + TRADE_EVERY, len(data["ts"]), TRADE_EVERY)
    bits = random_bits(len(at), 9)
    side = 1 + (bits & np.uint64(1)).astype(np.int64)
    return {
        "ts": data["ts"][at] + MILLI // 2,
        "price": np.where(side == 1, data["ask"][at], data["bid"][at]),
        "size": 1 + (bits >> np.uint64(8) & np.uint64(15)).astype(np.int64),
        "side": side,
    }
