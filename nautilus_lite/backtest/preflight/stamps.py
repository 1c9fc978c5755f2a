"""Whether bars carry the time of their open instead of their close.

A bar becomes known when it is complete. One whose `ts_init` is its open tells of the future for the length of a bar, and
every result on it is too good. The times alone do not show it, so other evidence is weighed, each piece as votes for open
and for close:

- quotes or trades of the instrument: does the close match the price at the stamp, or one bar later;
- bars of another length: which pair of stamps makes their closes equal;
- edges of sessions, for bars up to five minutes: a session that begins at a full quarter of an hour has its first bar stamped
  there if stamped at the open, and one bar later if stamped at the close; likewise its last bar;
- days of the week, for daily bars at midnight of a market that rests at weekends: Monday but never Saturday means the open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nautilus_lite.backtest.preflight.spread import spread
from nautilus_lite.backtest.reading import ArraySource, Source

MINUTE_NS = 60_000_000_000
QUARTER_NS = 15 * MINUTE_NS
HOUR_NS = 60 * MINUTE_NS
DAY_NS = 24 * HOUR_NS
N_BARS = 24
MOST_TICKS = 200_000
SURE_VOTES = 8
SURE_RATIO = 4
SUNDAY_NS = 3 * DAY_NS  # 1970-01-01 was a Thursday; 4 January 1970 a Sunday
WEEK_NS = 7 * DAY_NS


@dataclass(frozen=True)
class Evidence:
    """Votes of one kind of evidence, and what it is in words."""

    n_open: int
    n_close: int
    text: str

    @property
    def says_open(self) -> bool:
        """Whether it speaks for the open."""
        return self.n_open >= 3 and self.n_open >= SURE_RATIO * self.n_close

    @property
    def is_sure(self) -> bool:
        """Whether there is little doubt about it."""
        return self.n_open >= SURE_VOTES and self.n_open >= SURE_RATIO * self.n_close


def edge_votes(ts: np.ndarray, interval_ns: int, seams: Sequence[int] = ()) -> Evidence:
    """Weigh the edges of sessions.

    Parameters
    ----------
    ts : ndarray of int64
        Stamps of bars in order (ns).
    seams : sequence of int
        Indices of bars that do not come right after the one before.
    """
    n_open = n_close = 0
    if 0 < interval_ns <= 5 * MINUTE_NS:
        steps = ts[1:] - ts[:-1]
        steps[[seam - 1 for seam in seams]] = 0
        for i in np.flatnonzero(steps >= max(HOUR_NS, 10 * interval_ns)):
            last, first = int(ts[i]) % QUARTER_NS, int(ts[i + 1]) % QUARTER_NS
            # Both edges must say the same: one alone may be chance
            if first == 0 and last == QUARTER_NS - interval_ns:
                n_open += 2
            elif first == interval_ns and last == 0:
                n_close += 2
    return Evidence(n_open, n_close, "sessions begin and end at full quarters of an hour")


def weekday_votes(ts: np.ndarray, interval_ns: int) -> Evidence:
    """Weigh the weekdays of daily bars stamped at midnight."""
    n_open = n_close = 0
    if interval_ns == DAY_NS and len(ts) and not np.any(ts % DAY_NS):
        days = ((ts - SUNDAY_NS) % WEEK_NS) // DAY_NS
        mondays, saturdays = int(np.count_nonzero(days == 1)), int(np.count_nonzero(days == 6))
        if mondays and not saturdays:
            n_open = mondays
        elif saturdays and not mondays:
            n_close = saturdays
    return Evidence(n_open, n_close, "daily bars are stamped on Mondays and never on Saturdays")


def tick_votes(bars: np.ndarray, interval_ns: int, ticks: Source, price: str, n_bars: int = N_BARS) -> Evidence:
    """Weigh the prices of quotes or trades.

    Parameters
    ----------
    bars : ndarray
        Rows of bars.
    price : str
        Field of the ticks that the bars are made of; `mid` for half the sum of bid and ask.
    """
    n_open = n_close = 0
    kind = "trades" if price == "price" else "quotes"
    if not isinstance(ticks, ArraySource):
        ticks = _stretch(bars, interval_ns, ticks)
    bounds = ticks.bounds()
    if bounds is not None and len(bars):
        ts = bars["ts_init"]
        low, high = np.searchsorted(ts, np.uint64(bounds[0] + interval_ns)), np.searchsorted(ts, np.uint64(bounds[1]))
        rows = bars[low:high]
        rows = rows[spread(len(rows), n_bars)]
        for bar in rows:
            stamp = int(bar["ts_init"])
            if stamp + interval_ns > bounds[1]:
                break
            at_stamp = _price_at(ticks, stamp - interval_ns, stamp, price)
            later = _price_at(ticks, stamp, stamp + interval_ns, price)
            if at_stamp is None or later is None:
                continue
            off, off_later = abs(float(bar["close"]) - at_stamp), abs(float(bar["close"]) - later)
            n_open += off_later < off
            n_close += off < off_later
    return Evidence(n_open, n_close, f"closes match the {kind} one bar later than their stamps")


def bar_votes(bars: np.ndarray, interval_ns: int, others: np.ndarray, other_ns: int) -> Evidence:
    """Weigh bars of another length; the votes are about `bars`."""
    n_open = n_close = 0
    stamps = others["ts_init"].astype(np.int64)
    closes = others["close"]
    for bar in bars[spread(len(bars), 8 * N_BARS)]:
        stamp, close = int(bar["ts_init"]), int(bar["close"])
        # A stamp of the close for both, of the open for both, for these alone, for the others alone
        shifts = ((0, False), (interval_ns - other_ns, True), (interval_ns, True), (-other_ns, False))
        found = {is_open for shift, is_open in shifts if _close_at(stamps, closes, stamp + shift) == close}
        if len(found) == 1:
            n_open += True in found
            n_close += False in found
    return Evidence(n_open, n_close, "closes match those of bars of another length one bar later")


def _close_at(stamps: np.ndarray, closes: np.ndarray, ts: int) -> int | None:
    i = int(np.searchsorted(stamps, ts))
    return int(closes[i]) if i < len(stamps) and stamps[i] == ts else None


def _stretch(bars: np.ndarray, interval_ns: int, ticks: Source) -> ArraySource:
    """Read the ticks around a dozen consecutive bars, as few as can be."""
    bounds = ticks.bounds()
    if bounds is None:
        blocks = list(ticks.spread(MOST_TICKS // 10))
    else:
        stamps = bars["ts_init"]
        low, high = np.searchsorted(stamps, np.uint64(bounds[0])), np.searchsorted(stamps, np.uint64(bounds[1]))
        if low >= high:
            return ArraySource(bars[:0])
        start = int(stamps[max(low, (low + high - N_BARS // 2) // 2)])
        blocks, n = [], 0
        for rows, _ in ticks.window(start - interval_ns, start + N_BARS // 2 * interval_ns):
            blocks.append(rows)
            n += len(rows)
            if n >= MOST_TICKS:
                break
    return ArraySource(np.concatenate(blocks) if blocks else bars[:0])


def _price_at(ticks: ArraySource, start: int, end: int, price: str) -> float | None:
    """The last price in (start, end]."""
    times = ticks.rows["ts_init"]
    i = bisect_right(times, end) - 1
    if i < 0 or times[i] <= start:
        return None
    row: Any = ticks.rows[i]
    return (float(row["bid"]) + float(row["ask"])) / 2 if price == "mid" else float(row[price])
