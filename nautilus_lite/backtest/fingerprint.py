"""What data a run replayed, so that two runs can be told to have had the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from nautilus_lite.analysis.equity import utc_index
from nautilus_lite.backtest.reading import source_of

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.backtest.stream import RowStream

SAMPLE_ROWS = 1_024
"""Rows from all over a stream that its hash is made of; a hash of every row would cost more than to replay it."""


@dataclass(frozen=True)
class StreamPrint:
    """One stream of a run.

    Parameters
    ----------
    data : str
        `quote`, `trade`, `bar`, `delta`, `depth10`, or `object`.
    identifier : str
        Instrument, bar type or class.
    source : str
        Where it came from, as the stream is named.
    rows : int, optional
        Of the whole stream; None where a source does not know before it is read.
    first_ts, last_ts : int, optional
        `ts_init` (ns); of files as their names have it.
    sample_hash : str
        BLAKE2b of up to 1,024 rows from all over the stream, empty where it can be read once only. Equal data in equal files has
        equal hashes; a change in other rows than those goes unseen.
    """

    data: str
    identifier: str
    source: str
    rows: int | None
    first_ts: int | None
    last_ts: int | None
    sample_hash: str


def fingerprints(streams: Iterable[RowStream]) -> list[StreamPrint]:
    """Return what each stream holds; a thousand rows of each are read.

    Parameters
    ----------
    streams : iterable of RowStream
    """
    return [_print(stream) for stream in streams]


def fingerprint_frame(prints: Iterable[StreamPrint]) -> pd.DataFrame:
    """Return one row a stream, indexed by `data`; times in UTC.

    Parameters
    ----------
    prints : iterable of StreamPrint
    """
    import pandas as pd

    found = list(prints)
    columns: dict[str, Any] = {field.name: [getattr(one, field.name) for one in found] for field in fields(StreamPrint)}
    columns["rows"] = pd.array(columns["rows"], dtype="Int64")
    for name in ("first_ts", "last_ts"):
        known = utc_index([value or 0 for value in columns[name]])
        columns[name] = known.where([value is not None for value in columns[name]])
    return pd.DataFrame(columns).set_index("data")


def _print(stream: RowStream) -> StreamPrint:
    source = source_of(stream.source)
    bounds = source.bounds()
    sample = ""
    # What does not know its length may not be read a second time
    if source.n_rows is not None and stream.kind_name != "object":
        hashed = hashlib.blake2b(digest_size=8)
        for rows in source.spread(SAMPLE_ROWS):
            hashed.update(rows.tobytes())
        sample = hashed.hexdigest()
    first, last = (None, None) if bounds is None else bounds
    name = stream.identifier
    text = " ".join(getattr(part, "__name__", str(part)) for part in (name if isinstance(name, tuple) else (name,)))
    return StreamPrint(str(stream.kind_name), text, str(stream.name), source.n_rows, first, last, sample)
