"""Where things lie in a catalog, and how files get there.

::

    instruments/<id>.json
    data/<type>/<identifier>/<start>_<end>.parquet      times in UNIX nanoseconds, inclusive

Folder names are percent-encoded identifiers; what a file holds is said by its schema's metadata, not by its path. Files are
written beside their place and renamed, so that a reader sees a whole file or none.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote, unquote

from nautilus_lite.errors import CatalogError
from nautilus_lite.model.data import Bar, OrderBookDelta, OrderBookDeltas, OrderBookDepth10, QuoteTick, TradeTick
from nautilus_lite.model.data.update_rows import UPDATE_CLASSES

FOLDERS = {
    "quote": "quote_tick",
    "trade": "trade_tick",
    "bar": "bar",
    "delta": "order_book_delta",
    "depth10": "order_book_depth10",
    "status": "instrument_status",
    "close": "instrument_close",
    "mark": "mark_price_update",
    "index": "index_price_update",
    "funding": "funding_rate_update",
}
KIND_OF_CLASS: dict[type, str] = {
    QuoteTick: "quote",
    TradeTick: "trade",
    Bar: "bar",
    OrderBookDelta: "delta",
    OrderBookDeltas: "delta",
    OrderBookDepth10: "depth10",
    **{cls: kind for kind, cls in UPDATE_CLASSES.items()},
}
CLASS_NAMES = {
    "quote": "QuoteTick",
    "trade": "TradeTick",
    "bar": "Bar",
    "delta": "OrderBookDelta",
    "depth10": "OrderBookDepth10",
    **{kind: cls.__name__ for kind, cls in UPDATE_CLASSES.items()},
}


@dataclass(frozen=True, order=True)
class DataFile:
    """A file of rows: first and last `ts_init` (ns) as its name says, and its path."""

    start: int
    end: int
    path: str


def folder_name(identifier: Any) -> str:
    """Return the folder name of an identifier."""
    return quote(str(identifier), safe="@-_.")


def identifier_text(folder: str) -> str:
    """Return the identifier of a folder name."""
    return unquote(folder)


def parse_file(path: str) -> DataFile:
    """Parse the name of a file of rows.

    Raises
    ------
    CatalogError
        If it is not `<start>_<end>.parquet`.
    """
    stem = path.rpartition("/")[2].removesuffix(".parquet")
    start, _, end = stem.partition("_")
    if not (start.isdigit() and end.isdigit()):
        raise CatalogError(f"file name of {path} must be <start>_<end>.parquet in UNIX nanoseconds: remove or rename it")
    return DataFile(int(start), int(end), path)


def overlapping(files: list[DataFile], start: int, end: int) -> list[DataFile]:
    """Return the files that share more than a boundary with a range of time."""
    return [f for f in files if (start < f.end and f.start < end) or (start, end) == (f.start, f.end)]


def check_no_overlap(files: list[DataFile]) -> None:
    """Refuse files of one folder that overlap in time.

    Raises
    ------
    CatalogError
        If two do.
    """
    for before, after in zip(files, files[1:], strict=False):
        if after.start < before.end:
            raise CatalogError(
                f"files overlap: {before.path} ends at {before.end}, {after.path} begins at {after.start}: "
                "merge them with `write_data(..., mode='merge')` or remove one"
            )


def write_atomically(fs: Any, path: str, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file beside its place, flush it to the disk, and rename it; on failure nothing is left."""
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    temporary = f"{path}.{uuid.uuid4().hex}.tmp"
    try:
        with fs.open(temporary, "wb") as out:
            write(out)
            out.flush()
            if hasattr(out, "fileno"):
                os.fsync(out.fileno())
        fs.mv(temporary, path)
    except BaseException:
        if fs.exists(temporary):
            fs.rm(temporary)
        raise
