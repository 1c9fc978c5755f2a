"""Tables of measured latencies, from memory or a file, checked row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nautilus_lite.errors import InvalidConfiguration

MAX_LATENCY = 10**18
COLUMNS = ("time", "entry_ns", "response_ns")


@dataclass(frozen=True)
class LatencyTable:
    """Columns of equal length, int64, one row a measurement."""

    times: NDArray[np.int64]
    entries: NDArray[np.int64]
    responses: NDArray[np.int64]
    source: str

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that tell one table from another."""
        digest = hashlib.blake2b(digest_size=8)
        for column in (self.times, self.entries, self.responses):
            digest.update(column.astype("<i8").tobytes())
        return digest.hexdigest()


def read_latency_table(table: Any) -> LatencyTable:
    """Take a table of latencies from a file, a DataFrame or a mapping.

    Raises
    ------
    InvalidConfiguration
        If it is no such table; the message names file, column and row.
    """
    source, columns = _columns_of(table)
    missing = [name for name in COLUMNS[:2] if name not in columns]
    if missing:
        raise InvalidConfiguration(
            f"latency table `{source}` has no column `{missing[0]}`, it has: {', '.join(map(str, columns)) or 'none'}"
        )
    times = _times(columns["time"], source)
    entries = _latencies(columns["entry_ns"], "entry_ns", source)
    responses = (
        _latencies(columns["response_ns"], "response_ns", source) if "response_ns" in columns else np.zeros_like(entries)
    )
    if not len(times):
        raise InvalidConfiguration(f"latency table `{source}` is empty: it needs at least one row")
    if not len(times) == len(entries) == len(responses):
        raise InvalidConfiguration(
            f"columns of latency table `{source}` differ in length: {len(times)}, {len(entries)}, {len(responses)}"
        )
    if times[0] < 0:
        raise InvalidConfiguration(f"`time` of latency table `{source}` must be >= 0, was {times[0]} in row 0")
    falls = np.flatnonzero(np.diff(times) <= 0)
    if len(falls):
        row = int(falls[0]) + 1
        raise InvalidConfiguration(
            f"`time` of latency table `{source}` must rise, was {times[row]} in row {row} after {times[row - 1]}"
        )
    return LatencyTable(times, entries, responses, source)


def _columns_of(table: Any) -> tuple[str, Mapping[str, Any]]:
    import pandas as pd

    if isinstance(table, (str, Path)):
        path = Path(table)
        if path.suffix not in (".parquet", ".csv"):
            raise InvalidConfiguration(f"latency table `{path}` must be a .parquet or .csv file")
        if not path.exists():
            raise InvalidConfiguration(f"latency table `{path}` does not exist")
        frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
        return str(path), {str(name): frame[name] for name in frame.columns}
    if isinstance(table, pd.DataFrame):
        return "DataFrame", {str(name): table[name] for name in table.columns}
    if isinstance(table, Mapping):
        return type(table).__name__, table
    raise InvalidConfiguration(
        f"latency table must be a path, a DataFrame or a mapping of columns, was {type(table).__name__}"
    )


def _times(values: Any, source: str) -> NDArray[np.int64]:
    import pandas as pd

    column = pd.Series(values)
    if pd.api.types.is_integer_dtype(column.dtype):
        return np.ascontiguousarray(column.to_numpy(dtype=np.int64))
    if pd.api.types.is_numeric_dtype(column.dtype) and len(column):
        raise InvalidConfiguration(f"`time` of latency table `{source}` must be whole nanoseconds, was {column.dtype}")
    try:
        index = pd.DatetimeIndex(pd.to_datetime(column, utc=True))
    except (ValueError, TypeError) as error:
        raise InvalidConfiguration(f"`time` of latency table `{source}` is neither integers nor times: {error}") from None
    if index.hasnans:
        raise InvalidConfiguration(f"`time` of latency table `{source}` is missing in row {int(np.argmax(index.isna()))}")
    return np.ascontiguousarray(index.as_unit("ns").to_numpy(dtype="datetime64[ns]").astype(np.int64))


def _latencies(values: Any, name: str, source: str) -> NDArray[np.int64]:
    array = np.asarray(values)
    if len(array) and not np.issubdtype(array.dtype, np.number):
        raise InvalidConfiguration(f"`{name}` of latency table `{source}` must be numbers (ns), was {array.dtype}")
    wrong = np.flatnonzero(~((array >= 0) & (array <= MAX_LATENCY)))
    if len(wrong):
        row = int(wrong[0])
        raise InvalidConfiguration(
            f"`{name}` of latency table `{source}` must be in [0, 10^18] ns, was {array[row]} in row {row}"
        )
    return np.ascontiguousarray(np.rint(array).astype(np.int64))
