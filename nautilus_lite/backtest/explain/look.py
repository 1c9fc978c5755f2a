"""The second look: rows of the order's lifetime, read again and replayed through a market of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nautilus_lite.backtest.explain.life import LIMIT, Life, Stretch
from nautilus_lite.backtest.explain.observe import BAR_ASK, BAR_BID, BAR_BOTH, MarketObserver
from nautilus_lite.backtest.explain.pauses import Pause
from nautilus_lite.backtest.reading import source_of
from nautilus_lite.backtest.snapshots import whole_snapshots
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.model.enums import BookType, PriceType

EXACT = "exact"
SIDES = {PriceType.BID: BAR_BID, PriceType.ASK: BAR_ASK}


@dataclass(frozen=True)
class Extreme:
    """The lowest and highest prices of a series, and when each was seen first (ns)."""

    low: Any
    low_ts: int
    high: Any
    high_ts: int


@dataclass(frozen=True)
class Look:
    """What the market did while an order waited at one price.

    Parameters
    ----------
    stretch : Stretch
        When, at which price, and for what.
    bid, ask, last : Extreme or None
        Extremes of the touch and of trades; None where there were none.
    n_rows, n_trades : int
        Rows seen.
    n_visits : int
        How often the opposite touch came to the price.
    n_bars, n_bars_reached : int
        Bars that execute, and those whose range reached the price.
    traded_at, traded_through : dict of str to Quantity
        Volume traded at the price and beyond it, by aggressor: `buyer`, `seller`, `none`.
    shown_entry, shown_end : Quantity or None
        Size that the book showed at the price on the order's own side; None where it cannot tell.
    ahead_entry, ahead_end : Quantity or None
        What stood ahead of it under the venue's queue model, or in the queue of an L3 book; None without one.
    pauses : tuple of Pause
        When nothing was matched meanwhile.
    """

    stretch: Stretch
    bid: Extreme | None
    ask: Extreme | None
    last: Extreme | None
    n_rows: int
    n_trades: int
    n_visits: int
    n_bars: int
    n_bars_reached: int
    traded_at: dict[str, Any]
    traded_through: dict[str, Any]
    shown_entry: Any
    shown_end: Any
    ahead_entry: Any
    ahead_end: Any
    pauses: tuple[Pause, ...] = ()


def look_again(
    order: Any,
    life: Life,
    instrument: Any,
    venue: dict[str, Any],
    streams: list[tuple[RowStream, bool]],
    queue_model: Any,
    start: int,
) -> list[Look]:
    """Replay the market of an order's lifetime.

    Parameters
    ----------
    venue : dict
        Settings of the venue, as `SimulatedExchange.describe` gives them.
    streams : list of (RowStream, bool)
        The streams of the order's instrument, and whether bars among them execute.
    queue_model : QueueModel or None
    start : int
        When the run began (ns).
    """
    stretches = life.stretches
    if not stretches:
        return []
    is_l1 = venue["book_type"] == "L1_MBP"
    observer = MarketObserver(
        instrument,
        BookType[venue["book_type"]].value,
        venue["trade_execution"],
        1 if order.is_buy else -1,
        queue_model,
        venue["queue_model"] == EXACT,
    )
    kinds = [stream.kind_name for stream, _ in streams]
    sides = [
        SIDES.get(stream.identifier.spec.price_type, BAR_BOTH) if stream.kind_name == "bar" and executes else 0
        for stream, executes in streams
    ]
    first = stretches[0].start
    if is_l1 or "delta" not in kinds:
        _prelude(observer, streams, kinds, sides, start, first)
        begin = first + 1
    else:
        # A book of deltas is the sum of all before
        begin = start
    looks: list[Look] = []
    at = -1
    for blocks, ids, rows, ts in _merged(streams, begin, stretches[-1].end):
        done = 0
        while done < len(ts) or at < 0:
            bound = stretches[at].end if at >= 0 else first
            stop = int(np.searchsorted(ts, bound, "right"))
            observer.feed(blocks, kinds, sides, ids[done:stop], rows[done:stop])
            done = stop
            if done == len(ts):
                break
            at = _next(observer, stretches, at, looks, instrument)
    while at < len(stretches):
        at = _next(observer, stretches, at, looks, instrument)
    return looks


def _next(observer: MarketObserver, stretches: list[Stretch], at: int, looks: list[Look], instrument: Any) -> int:
    if at >= 0:
        looks.append(_look(observer.noted(), stretches[at], instrument))
    at += 1
    if at < len(stretches):
        observer.begin(stretches[at].start, stretches[at].price.raw, stretches[at].waits_for == LIMIT)
    return at


def _prelude(
    observer: MarketObserver, streams: list[tuple[RowStream, bool]], kinds: list[str], sides: list[int], start: int, until: int
) -> None:
    """Bring the market to where it stood: the last row of each stream tells."""
    found = [source_of(stream.source).last(start, until) for stream, _ in streams]
    present = sorted((i for i, rows in enumerate(found) if len(rows)), key=lambda i: (int(found[i]["ts_init"][0]), i))
    if present:
        ids = np.array(present, dtype=np.int64)
        # Blocks of streams without rows are never looked at
        blocks = [rows if len(rows) else np.zeros(1, "u1") for rows in found]
        observer.feed(blocks, kinds, sides, ids, np.zeros(len(present), dtype=np.int64))


def _merged(
    streams: list[tuple[RowStream, bool]], start: int, end: int
) -> Iterator[tuple[list[np.ndarray], np.ndarray, np.ndarray, np.ndarray]]:
    """Yield blocks of all streams, the order of their rows (numbers of stream and row) and its times."""
    feeds = [_Feed(stream, start, end) for stream, _ in streams]
    while any(len(feed.rows) for feed in feeds):
        bound = min(int(feed.rows["ts_init"][-1]) for feed in feeds if len(feed.rows))
        ids, rows, times, keys = [], [], [], []
        for i, feed in enumerate(feeds):
            n = int(np.searchsorted(feed.rows["ts_init"], np.uint64(bound), "right")) if len(feed.rows) else 0
            ids.append(np.full(n, i, dtype=np.int64))
            rows.append(np.arange(n, dtype=np.int64))
            if n:
                times.append(feed.rows["ts_init"][:n].astype(np.int64))
                keys.append(feed.keys_of(n))
        ts = np.concatenate(times)
        order = np.lexsort((np.concatenate(keys), ts))
        blocks = [feed.rows if len(feed.rows) else np.zeros(1, "u1") for feed in feeds]
        yield blocks, np.concatenate(ids)[order], np.concatenate(rows)[order], ts[order]
        for feed, taken in zip(feeds, ids, strict=True):
            feed.take(len(taken))


class _Feed:
    """The rows of one stream within a window, block after block."""

    def __init__(self, stream: RowStream, start: int, end: int) -> None:
        self._blocks = source_of(stream.source).window(start, end)
        if stream.kind_name == "delta":
            self._blocks = whole_snapshots(self._blocks)
        self._order = stream.order
        self.rows: np.ndarray = np.zeros(0)
        self._keys: np.ndarray | None = None
        self.take(0)

    def keys_of(self, n: int) -> np.ndarray:
        return np.full(n, self._order, dtype=np.uint64) if self._keys is None else self._keys[:n]

    def take(self, n: int) -> None:
        self.rows = self.rows[n:]
        self._keys = None if self._keys is None else self._keys[n:]
        while len(self.rows) == 0:
            following = next(self._blocks, None)
            if following is None:
                return
            self.rows, self._keys = following


def _look(noted: dict[str, Any], stretch: Stretch, instrument: Any) -> Look:
    def price(raw: int) -> Any:
        return type(stretch.price).from_raw(raw, instrument.price_precision)

    def size(raw: int) -> Any:
        return None if raw < 0 else type(instrument.size_increment).from_raw(raw, instrument.size_precision)

    def extreme(values: dict[str, int] | None) -> Extreme | None:
        if values is None:
            return None
        return Extreme(price(values["low"]), values["low_ts"], price(values["high"]), values["high_ts"])

    values: dict[str, Any] = {name: extreme(noted[name]) for name in ("bid", "ask", "last")}
    values |= {name: noted[name] for name in ("n_rows", "n_trades", "n_visits", "n_bars", "n_bars_reached")}
    values |= {name: {side: size(raw) for side, raw in noted[name].items()} for name in ("traded_at", "traded_through")}
    values |= {name: size(noted[name]) for name in ("shown_entry", "shown_end", "ahead_entry", "ahead_end")}
    return Look(stretch=stretch, **values)
