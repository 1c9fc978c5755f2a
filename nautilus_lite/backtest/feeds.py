"""Market data that comes late: the venue acts on a row when it happens, strategies hear of it later.

A stream of such data is read twice. At the venue's end its rows move the market upstream and match orders; at the strategies' end
they move the market that everybody else sees, and are published. Each end has times of its own, written into `ts_init`, by
which the replay merges all streams; at equal times venues come first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.identifiers import Venue

if TYPE_CHECKING:
    from nautilus_lite.backtest.world import World

# Above every key of a row: at equal times the rows that strategies hear come after those that venues act on
HEARD = 1 << 63


def feed_latencies(worlds: list[World]) -> dict[Venue, tuple[bool, int]]:
    """Return the venues whose data comes late: whether by what it records itself, and by how much on top (ns).

    Raises
    ------
    InvalidConfiguration
        If worlds of one pass differ: they share the market that strategies see.
    """
    found: dict[Venue, tuple[bool, int]] = {}
    for world in worlds:
        for exchange in world.exchanges:
            latency = found.setdefault(exchange.id, exchange.feed_latency)
            if latency != exchange.feed_latency:
                raise InvalidConfiguration(
                    f"feed latencies of venue `{exchange.id}` differ between compared worlds, {latency[1]} and "
                    f"{exchange.feed_latency[1]} ns: what strategies see of the market is shared; compare entry and response "
                    "latencies at one `feed_latency_nanos`, or run one comparison for each"
                )
    return {venue: latency for venue, latency in found.items() if latency != (False, 0)}


def ends_of(
    stream: RowStream,
    latencies: dict[Venue, tuple[bool, int]],
    start: int | None = None,
    end: int | None = None,
    resumed: int | None = None,
) -> tuple[RowStream, ...]:
    """Return a stream as the venue acts on it and as strategies hear it; the stream itself where both do so at one time.

    Parameters
    ----------
    stream : RowStream
    latencies : dict
        As of `feed_latencies`. Recorded: the venue acts at `ts_event`, else at `ts_init`; strategies hear at `ts_init` and so
        much later.
    start, end : int, optional
        Limits by `ts_init` as recorded, both included.
    resumed : int, optional
        Time up to which an earlier part of the run was replayed.
    """
    kind, identifier, name, order = stream.kind_name, stream.identifier, stream.name, stream.order
    instrument_id = _instrument_of(stream)
    if instrument_id is None or instrument_id.venue not in latencies:
        return (stream,)
    recorded, delay_ns = latencies[instrument_id.venue]
    bar_ns = _bar_ns(identifier) if kind == "bar" else 0
    at_venue = _VenueTimes(stream, name, recorded, bar_ns, start, end, resumed)
    heard = _HeardTimes(stream, delay_ns, start, end)
    return (
        RowStream(kind, identifier, at_venue, order, name, at_venue.objects, "venue"),
        RowStream(kind, identifier, heard, order | HEARD, name, heard.objects, "strategy"),
    )


def _instrument_of(stream: RowStream) -> Any:
    """Return the instrument of a stream; None for custom data, which is of no venue."""
    if stream.kind_name == "object":
        # Updates are named by class and instrument
        return stream.identifier[1] if isinstance(stream.identifier, tuple) else None
    return stream.identifier.instrument_id if stream.kind_name == "bar" else stream.identifier


def _bar_ns(bar_type: Any) -> int:
    spec = bar_type.spec
    return int(spec.timedelta.total_seconds() * 1e9) if spec.is_time_aggregated() else 0


class _Times:
    """Blocks of rows within limits, with other times."""

    def __init__(self, stream: RowStream, start: int | None, end: int | None) -> None:
        self._source = stream.source
        self._start, self._end = start, end
        # A source may keep the objects of the block that was read last alone, and each end reads at its own pace
        self._shared = stream.objects
        self.objects: list[Any] | None = None if stream.objects is None else []

    def __call__(self) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        blocks = self._source()
        try:
            for block, row_keys in blocks:
                if self.objects is not None:
                    self.objects[:] = self._shared or []
                rows, keys = self._within(block, row_keys)
                if len(rows):
                    yield self._shift(rows, keys)
        finally:
            if hasattr(blocks, "close"):
                blocks.close()

    def _within(self, rows: np.ndarray, keys: np.ndarray | None) -> tuple[np.ndarray, np.ndarray | None]:
        first, last = 0, len(rows)
        if self._start is not None:
            first = int(np.searchsorted(rows["ts_init"], np.uint64(self._start), side="left"))
        if self._end is not None:
            last = int(np.searchsorted(rows["ts_init"], np.uint64(self._end), side="right"))
        return rows[first:last], None if keys is None else keys[first:last]

    def _shift(self, rows: np.ndarray, keys: np.ndarray | None) -> tuple[np.ndarray, np.ndarray | None]:
        raise NotImplementedError


class _VenueTimes(_Times):
    def __init__(
        self,
        stream: RowStream,
        name: str,
        recorded: bool,
        bar_ns: int,
        start: int | None,
        end: int | None,
        resumed: int | None,
    ) -> None:
        super().__init__(stream, start, end)
        self._name, self._recorded, self._bar_ns, self._resumed = name, recorded, bar_ns, resumed
        self._last = 0

    def __call__(self) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        self._last = 0
        return super().__call__()

    def _shift(self, rows: np.ndarray, keys: np.ndarray | None) -> tuple[np.ndarray, np.ndarray | None]:
        if self._recorded:
            self._check(rows["ts_event"], rows["ts_init"])
            rows = rows.copy()
            rows["ts_init"] = rows["ts_event"]
            if self._start is not None:
                # What happened before the start and is heard after it: the venue begins with it
                rows["ts_init"] = np.maximum(rows["ts_init"], np.uint64(self._start))
        if self._resumed is not None and rows["ts_init"][0] <= self._resumed:
            raise InvalidData(
                f"rows of `{self._name}` happen at {rows['ts_init'][0]}, and the run has been replayed up to {self._resumed}: "
                "with a feed latency cut a streaming run where the market is quiet, or give the data as one source"
            )
        return rows, keys

    def _check(self, happened: np.ndarray, heard: np.ndarray) -> None:
        before = np.concatenate(([np.uint64(self._last)], happened[:-1]))
        self._last = int(happened[-1])
        back = np.flatnonzero(happened < before)
        if len(back):
            raise InvalidData(
                f"rows of `{self._name}` are not sorted by `ts_event`: {happened[back[0]]} after {before[back[0]]}; with "
                "`recorded_feed_latency` the venue acts at `ts_event`: mend the times, or turn it off"
            )
        early = np.flatnonzero(heard < happened)
        if len(early):
            raise InvalidData(
                f"a row of `{self._name}` is heard before it happens: `ts_init` {heard[early[0]]}, `ts_event` "
                f"{happened[early[0]]}; with `recorded_feed_latency` the latter is when the venue acts: mend the times, or "
                "turn it off"
            )
        if self._bar_ns:
            opened = np.flatnonzero(heard - happened >= self._bar_ns)
            if len(opened):
                raise InvalidData(
                    f"a bar of `{self._name}` has `ts_event` {happened[opened[0]]} and `ts_init` {heard[opened[0]]}, its whole "
                    "length or more apart: with `recorded_feed_latency` a bar happens at its close; stamp `ts_event` there, or "
                    "turn it off"
                )


class _HeardTimes(_Times):
    def __init__(self, stream: RowStream, delay_ns: int, start: int | None, end: int | None) -> None:
        super().__init__(stream, start, end)
        self._delay_ns = delay_ns

    def _shift(self, rows: np.ndarray, keys: np.ndarray | None) -> tuple[np.ndarray, np.ndarray | None]:
        if self._delay_ns:
            rows = rows.copy()
            rows["ts_init"] += np.uint64(self._delay_ns)
        return rows, None if keys is None else keys | np.uint64(HEARD)
