"""Where the rows of a stream come from, and how to look at some of them without a replay.

A source is called to replay: it returns a fresh iterator of `(rows, keys)`. Preflight looks at `spread`, short runs of rows from
all over the stream; explanations read a `window` of time again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.backtest.stream import OBJECT_DTYPE
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.model.data.update_rows import unpack_updates

if TYPE_CHECKING:
    from nautilus_lite.persistence.stream import CatalogStream

PIECE_ROWS = 1_024
WINDOW_ROWS = 65_536


class Source:
    """Base of the sources of rows."""

    @property
    def n_rows(self) -> int | None:
        """Number of rows, or None where it is not known without reading."""
        return None

    def __call__(self) -> Iterable[tuple[np.ndarray, np.ndarray | None]]:
        """Return a fresh iterator of rows and the keys that order those of equal `ts_init` (None: the stream's own)."""
        raise NotImplementedError(f"{type(self).__name__} must override `__call__`")

    def spread(self, budget: int) -> Iterator[np.ndarray]:
        """Yield runs of consecutive rows from all over the stream, about `budget` rows in all.

        Where nothing but the start can be had without reading the rest, from the start.
        """
        left = budget
        for rows in self.every():
            yield rows[:left]
            left -= len(rows)
            if left <= 0:
                return

    def every(self) -> Iterator[np.ndarray]:
        """Yield all rows, block after block, unchecked."""
        for rows, _ in self():
            yield rows

    def window(self, start: int, end: int) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        """Yield the rows with `ts_init` from `start` to `end` (ns, both included), block by block, with their keys."""
        for rows, keys in self():
            if len(rows) == 0 or int(rows["ts_init"][-1]) < start:
                continue
            if int(rows["ts_init"][0]) > end:
                return
            yield from ArraySource(rows, keys).window(start, end)

    def last(self, start: int, end: int) -> np.ndarray:
        """Return the last row with `ts_init` from `start` to `end` (ns, both included), alone, or no row."""
        found = np.zeros(0)
        for rows, _ in self.window(start, end):
            found = rows[-1:]
        return found

    def bounds(self) -> tuple[int, int] | None:
        """Return the first and last `ts_init` (ns) where they are known without reading."""
        return None

    def precisions(self) -> tuple[int, int] | None:
        """Return the precisions of prices and sizes that the data itself names."""
        return None

    def holes(self) -> list[tuple[int, int]]:
        """Return end and start (ns) of neighbouring files."""
        return []


class ArraySource(Source):
    """Rows in memory."""

    def __init__(self, rows: np.ndarray, keys: np.ndarray | None = None) -> None:
        self.rows = rows
        self.keys = keys

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def __call__(self) -> Iterable[tuple[np.ndarray, np.ndarray | None]]:
        return [(self.rows, self.keys)]

    def spread(self, budget: int) -> Iterator[np.ndarray]:
        n = len(self.rows)
        if n <= budget:
            yield self.rows
            return
        size = min(PIECE_ROWS, budget)
        for first in _places(n - size, budget // size):
            yield self.rows[first : first + size]

    def window(self, start: int, end: int) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        # Bisection by hand: numpy would copy the whole column of times first
        times = self.rows["ts_init"]
        low, high = bisect_left(times, start), bisect_right(times, end)
        for first in range(low, high, WINDOW_ROWS):
            part = slice(first, min(first + WINDOW_ROWS, high))
            yield self.rows[part], None if self.keys is None else self.keys[part]

    def last(self, start: int, end: int) -> np.ndarray:
        times = self.rows["ts_init"]
        i = bisect_right(times, end) - 1
        return self.rows[i : i + 1] if i >= 0 and times[i] >= start else self.rows[:0]

    def bounds(self) -> tuple[int, int] | None:
        return (int(self.rows["ts_init"][0]), int(self.rows["ts_init"][-1])) if len(self.rows) else None


class BlockSource(Source):
    """Rows from a callable that gives plain arrays, from the start each time."""

    def __init__(self, source: Callable[[], Iterable[np.ndarray]]) -> None:
        self._source = source

    def __call__(self) -> Iterable[tuple[np.ndarray, np.ndarray | None]]:
        blocks = self._source()
        try:
            for rows in blocks:
                yield rows, None
        finally:
            close = getattr(blocks, "close", None)
            if close is not None:
                close()


class CatalogSource(BlockSource):
    """Rows of a catalog, of one kind and identifier within limits of time."""

    def __init__(self, catalog: Any, data_cls: type, identifier: Any, start: Any, end: Any) -> None:
        super().__init__(self.open)
        self._args = (catalog, data_cls, identifier)
        self.start = maybe_dt_to_unix_nanos(start)
        self.end = maybe_dt_to_unix_nanos(end)

    @cached_property
    def n_rows(self) -> int:
        """Number of rows in the row groups to read; the first and last may hold some outside of the limits."""
        return self.open().n_rows

    def open(self) -> CatalogStream:
        """Return the stream of the catalog."""
        return self._open(self.start, self.end)

    def _open(self, start: int | None, end: int | None) -> CatalogStream:
        # Here, not above: pyarrow takes 30 ms, which a run of objects need not pay
        from nautilus_lite.persistence.stream import CatalogStream

        return CatalogStream(*self._args, start=start, end=end)

    def spread(self, budget: int) -> Iterator[np.ndarray]:
        yield from self.open().spread(budget, PIECE_ROWS)

    def every(self) -> Iterator[np.ndarray]:
        yield from self.open().unchecked()

    def _between(self, start: int, end: int) -> CatalogStream | None:
        low = start if self.start is None else max(start, self.start)
        high = end if self.end is None else min(end, self.end)
        return self._open(low, high) if low <= high else None

    def window(self, start: int, end: int) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        stream = self._between(start, end)
        if stream is not None:
            for rows in stream.unchecked():
                yield rows, None

    def last(self, start: int, end: int) -> np.ndarray:
        stream = self._between(start, end)
        return np.zeros(0) if stream is None else stream.last_row()

    def bounds(self) -> tuple[int, int] | None:
        return self.open().bounds()

    def precisions(self) -> tuple[int, int] | None:
        return self.open().precisions()

    def holes(self) -> list[tuple[int, int]]:
        return self.open().holes()


class UpdateSource(CatalogSource):
    """Updates of a catalog as object rows.

    The rows point into `objects`, which holds those of the block that was given last.
    """

    def __init__(self, catalog: Any, data_cls: type, identifier: Any, start: Any, end: Any) -> None:
        super().__init__(catalog, data_cls, identifier, start, end)
        self._instrument_id = identifier
        self.objects: list[Any] = []

    def __call__(self) -> Iterable[tuple[np.ndarray, np.ndarray | None]]:
        stream = self.open()
        try:
            for rows in stream:
                self.objects[:] = unpack_updates(stream.kind, rows, self._instrument_id)
                index = np.zeros(len(rows), dtype=OBJECT_DTYPE)
                index["ts_event"], index["ts_init"] = rows["ts_event"], rows["ts_init"]
                index["index"] = np.arange(len(rows))
                yield index, None
        finally:
            stream.close()


class CustomSource(Source):
    """Custom data of one folder of a catalog, as object rows; they point into `objects`, as those of `UpdateSource` do."""

    def __init__(self, catalog: Any, data_cls: type, part: str, start: int | None, end: int | None) -> None:
        self._store = catalog.custom
        self._args = (data_cls, part, start or 0, 2**64 - 1 if end is None else end)
        self.objects: list[Any] = []

    @cached_property
    def n_rows(self) -> int:
        """Number of rows in the files, those outside of the limits included."""
        return int(self._store.n_rows(self._args[1]))

    def __call__(self) -> Iterable[tuple[np.ndarray, np.ndarray | None]]:
        for items in self._store.blocks(*self._args):
            self.objects[:] = items
            yield np.array([(m.ts_event, m.ts_init, i) for i, m in enumerate(items)], dtype=OBJECT_DTYPE), None


def source_of(source: Any) -> Source:
    """Return a source for whatever a stream was given."""
    return source if isinstance(source, Source) else _Plain(source)


class _Plain(Source):
    """A callable that gives rows with keys."""

    def __init__(self, source: Callable[[], Iterable[tuple[np.ndarray, np.ndarray | None]]]) -> None:
        self._source = source

    def __call__(self) -> Iterable[tuple[np.ndarray, np.ndarray | None]]:
        return self._source()


def _places(last: int, n: int) -> list[int]:
    """Return about `n` different numbers from 0 to `last`, evenly spread, both ends included."""
    return sorted({round(i * last / max(n - 1, 1)) for i in range(max(n, 2))})
