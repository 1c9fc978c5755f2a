"""Rows of a catalog in blocks, decoded ahead of their use by a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Full, Queue
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.errors import CatalogError
from nautilus_lite.persistence.codec import check_rows, columns_of, decode, read_metadata
from nautilus_lite.persistence.layout import DataFile, check_no_overlap

if TYPE_CHECKING:
    from nautilus_lite.persistence.catalog import ParquetDataCatalog

BATCH_ROWS = 65_536
BATCHES_AHEAD = 3
WAIT_SECONDS = 0.2


class CatalogStream:
    """Rows of one kind and identifier, sorted by `ts_init`, as packed arrays.

    Parameters
    ----------
    catalog : ParquetDataCatalog
    data_cls : type
        `QuoteTick`, `TradeTick`, `Bar`, `OrderBookDelta` or `OrderBookDepth10`.
    identifier : InstrumentId or BarType
    start, end : datetime or int, optional
        First and last `ts_init`, inclusive (UNIX nanoseconds where int).

    Notes
    -----
    Each `iter()` starts afresh. At most a few batches of 65,536 rows are in memory, whatever the length of the files.
    Thread safety: an iterator belongs to one thread; its reader is a thread of its own that ends with it.
    """

    def __init__(
        self, catalog: ParquetDataCatalog, data_cls: type, identifier: Any, start: Any = None, end: Any = None
    ) -> None:
        self.kind, self._files = catalog.files(data_cls, identifier)
        check_no_overlap(self._files)
        self._catalog = catalog
        first, last = maybe_dt_to_unix_nanos(start), maybe_dt_to_unix_nanos(end)
        self.start = 0 if first is None else first
        self.end = 2**64 - 1 if last is None else last
        self._readers: list[_Reader] = []

    @property
    def n_rows(self) -> int:
        """Number of rows in the row groups to read; the first and last may hold some outside of the range."""
        return sum(rows for file in self._files for _, rows in self._groups(file))

    def _groups(self, file: DataFile) -> list[tuple[int, int]]:
        if file.end < self.start or file.start > self.end:
            return []
        with self._catalog.open_parquet(file.path) as parquet:
            return list(_groups_between(parquet, self.start, self.end))

    def __iter__(self) -> Iterator[np.ndarray]:
        reader = _Reader(self._blocks)
        self._readers.append(reader)
        return reader

    def unchecked(self) -> Iterator[np.ndarray]:
        """Yield all rows in this very thread, whatever is wrong with them."""
        return self._blocks(check=False)

    def bounds(self) -> tuple[int, int] | None:
        """Return first and last `ts_init` (ns) as the files' names and the limits have it, or None without a file."""
        files = self._within()
        return (max(files[0].start, self.start), min(files[-1].end, self.end)) if files else None

    def holes(self) -> list[tuple[int, int]]:
        """Return end and start (ns) of each two neighbouring files."""
        files = self._within()
        return [(before.end, after.start) for before, after in zip(files, files[1:], strict=False)]

    def precisions(self) -> tuple[int, int] | None:
        """Return the precisions of prices and sizes as the first file has it, or None without a file."""
        for file in self._within()[:1]:
            with self._catalog.open_parquet(file.path) as parquet:
                values = read_metadata(parquet.schema_arrow, file.path)
                return values["price_precision"], values["size_precision"]
        return None

    def last_row(self) -> np.ndarray:
        """Return the last row, alone, or no row; no more than a few row groups are decoded."""
        columns = columns_of(self.kind)
        for file in reversed(self._within()):
            with self._catalog.open_parquet(file.path) as parquet:
                for group, _ in reversed(self._groups(file)):
                    found = np.zeros(0)
                    for batch in parquet.iter_batches(BATCH_ROWS, row_groups=[group], columns=columns, use_threads=False):
                        rows = self._limit(decode(self.kind, batch, file.path))
                        found = rows[-1:] if len(rows) else found
                    if len(found):
                        return found
        return np.zeros(0)

    def spread(self, budget: int, piece_rows: int) -> Iterator[np.ndarray]:
        """Yield runs of consecutive rows from all over the stream without decoding the rest.

        Parameters
        ----------
        budget : int
            Where the stream has no more rows than this, all are read.
        piece_rows : int
            Least length of a run. One is taken of every eighth row group at most, so that looking stays cheap next to
            reading all.
        """
        files = _evenly(self._within(), max(budget // piece_rows, 2))
        places = [(file, group, rows) for file in files for group, rows in self._groups(file)]
        if len(files) == len(self._within()) and sum(rows for *_, rows in places) <= budget:
            yield from self.unchecked()
            return
        columns = columns_of(self.kind)
        chosen = _evenly(places, min(max(len(places) // 8, 2), max(budget // piece_rows, 2)))
        length = budget // max(len(chosen), 1)
        for file, group, _ in chosen:
            with self._catalog.open_parquet(file.path) as parquet:
                for batch in parquet.iter_batches(length, row_groups=[group], columns=columns, use_threads=False):
                    rows = self._limit(decode(self.kind, batch, file.path))
                    if len(rows):
                        yield rows
                        break

    def _within(self) -> list[DataFile]:
        return [file for file in self._files if not (file.end < self.start or file.start > self.end)]

    def _limit(self, rows: np.ndarray) -> np.ndarray:
        low = int(np.searchsorted(rows["ts_init"], np.uint64(self.start), "left"))
        high = int(np.searchsorted(rows["ts_init"], np.uint64(self.end), "right"))
        return rows[low:high]

    def close(self) -> None:
        """End every reader of the stream."""
        for reader in self._readers:
            reader.close()
        self._readers.clear()

    def _blocks(self, check: bool = True) -> Iterator[np.ndarray]:
        previous = 0
        columns = columns_of(self.kind)
        for file in self._files:
            if file.end < self.start or file.start > self.end:
                continue
            with self._catalog.open_parquet(file.path) as parquet:
                read_metadata(parquet.schema_arrow, file.path)
                missing = [name for name in columns if name not in parquet.schema_arrow.names]
                if missing:
                    raise CatalogError(
                        f"{file.path} has no column {missing[0]!r} (it has: {', '.join(parquet.schema_arrow.names)}): "
                        "write the file again"
                    )
                groups = [index for index, _ in _groups_between(parquet, self.start, self.end)]
                n_read = 0
                for batch in parquet.iter_batches(BATCH_ROWS, row_groups=groups, columns=columns, use_threads=False):
                    rows = decode(self.kind, batch, file.path)
                    if check:
                        check_rows(self.kind, rows, file.path, n_read, previous)
                    n_read += len(rows)
                    if len(rows):
                        previous = int(rows["ts_init"][-1])
                    rows = self._limit(rows)
                    if len(rows):
                        yield rows


def _groups_between(parquet: pq.ParquetFile, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield number and length of the row groups that may hold rows of a range."""
    column = parquet.schema_arrow.get_field_index("ts_init")
    for index in range(parquet.num_row_groups):
        group = parquet.metadata.row_group(index)
        stats = group.column(column).statistics if 0 <= column < group.num_columns else None
        if stats is not None and stats.has_min_max and (stats.max < start or stats.min > end):
            continue
        yield index, group.num_rows


def _evenly(items: list[Any], n: int) -> list[Any]:
    """Return `n` of the items at most, the first and the last among them."""
    if len(items) <= n:
        return items
    return [items[i] for i in sorted({round(k * (len(items) - 1) / max(n - 1, 1)) for k in range(n)})]


class _Reader(Iterator[np.ndarray]):
    """Iterator over blocks that a thread makes ahead."""

    def __init__(self, blocks: Any) -> None:
        self._queue: Queue[Any] = Queue(maxsize=BATCHES_AHEAD)
        self._stop = threading.Event()
        # The thread must not hold the reader: a reader that nobody holds is to end it
        self._thread = threading.Thread(target=_fill, args=(blocks, self._queue, self._stop), daemon=True)
        self._thread.start()

    def __next__(self) -> np.ndarray:
        if self._stop.is_set():
            raise StopIteration
        item = self._queue.get()
        if isinstance(item, np.ndarray):
            return item
        self.close()
        if isinstance(item, BaseException):
            raise item
        raise StopIteration

    def close(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def __del__(self) -> None:
        self._stop.set()


def _fill(blocks: Any, queue: Queue[Any], stop: threading.Event) -> None:
    def put(item: Any) -> bool:
        while not stop.is_set():
            try:
                queue.put(item, timeout=WAIT_SECONDS)
                return True
            except Full:
                continue
        return False

    try:
        for block in blocks():
            if not put(block):
                return
    except (Exception, pa.ArrowException) as error:  # handed to the consumer, with its traceback
        put(error)
        return
    put(None)
