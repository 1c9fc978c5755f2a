"""A catalog of instruments and market data in Parquet files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.core.html import heading, table
from nautilus_lite.core.nearest import nearest
from nautilus_lite.errors import CatalogError, InvalidData
from nautilus_lite.model.data import (
    Bar,
    BarType,
    CustomData,
    OrderBookDelta,
    OrderBookDeltas,
    OrderBookDepth10,
    QuoteTick,
    TradeTick,
)
from nautilus_lite.model.data.dtypes import DTYPES
from nautilus_lite.model.data.rows import pack_rows, unpack_rows
from nautilus_lite.model.data.update_rows import UPDATE_CLASSES, pack_updates, unpack_updates
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.instruments import Instrument, instrument_from_dict
from nautilus_lite.persistence.codec import check_rows, decode, encode, join_rows, metadata_of, read_metadata, write_table
from nautilus_lite.persistence.custom import PREFIX, CustomStore
from nautilus_lite.persistence.layout import (
    CLASS_NAMES,
    FOLDERS,
    KIND_OF_CLASS,
    DataFile,
    folder_name,
    identifier_text,
    overlapping,
    parse_file,
    write_atomically,
)
from nautilus_lite.persistence.stream import CatalogStream

if TYPE_CHECKING:
    import pandas as pd

MODES = ("refuse", "merge")


class ParquetDataCatalog:
    """Instruments and market data in one folder.

    Parameters
    ----------
    path : str or Path
        Folder or fsspec URL; made on the first write.
    fs_protocol : str, optional
        Protocol of fsspec, where `path` does not say it.
    fs_storage_options : dict, optional
        Passed to fsspec.

    Notes
    -----
    Thread safety: many readers, one writer.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        fs_protocol: str | None = None,
        fs_storage_options: dict[str, Any] | None = None,
    ) -> None:
        options = dict(fs_storage_options or {})
        if fs_protocol is None:
            self.fs, root = fsspec.core.url_to_fs(os.fspath(path), **options)
        else:
            self.fs, root = fsspec.filesystem(fs_protocol, **options), os.fspath(path)
        self.path = str(root).rstrip("/")
        self.custom = CustomStore(self.fs, self.path)

    @classmethod
    def from_uri(cls, uri: str, storage_options: dict[str, Any] | None = None) -> ParquetDataCatalog:
        """Return the catalog at a URL."""
        return cls(uri, fs_storage_options=storage_options)

    @classmethod
    def from_env(cls) -> ParquetDataCatalog:
        """Return the catalog in the folder `catalog` of `$NAUTILUS_PATH`.

        Raises
        ------
        CatalogError
            If the variable is not set.
        """
        root = os.environ.get("NAUTILUS_PATH")
        if not root:
            raise CatalogError("NAUTILUS_PATH is not set: set it to the folder that holds `catalog`")
        return cls(os.path.join(root, "catalog"))

    # Files

    def _folder(self, kind: str, identifier: Any) -> str:
        return f"{self.path}/data/{FOLDERS[kind]}/{folder_name(identifier)}"

    def _kind(self, data_cls: type) -> str:
        kind = KIND_OF_CLASS.get(data_cls)
        if kind is None:
            names = ", ".join(sorted(set(CLASS_NAMES.values())))
            raise CatalogError(f"a catalog holds no rows of {data_cls.__name__}, must be one of {names}")
        return kind

    def _files(self, kind: str, identifier: Any) -> list[DataFile]:
        folder = self._folder(kind, identifier)
        if not self.fs.isdir(folder):
            return []
        return sorted(parse_file(str(path)) for path in self.fs.ls(folder, detail=False) if str(path).endswith(".parquet"))

    def files(self, data_cls: type, identifier: Any) -> tuple[str, list[DataFile]]:
        """Return the kind of rows and the files of an identifier, in order of time.

        Raises
        ------
        CatalogError
            If there are none.
        """
        kind = self._kind(data_cls)
        files = self._files(kind, identifier)
        if not files:
            present = [str(i) for i in self.identifiers(data_cls)]
            near = nearest(str(identifier), present)
            hint = f"did you mean {near!r}" if near else f"it has: {', '.join(present) or 'none'}"
            raise CatalogError(f"catalog {self.path} has no {CLASS_NAMES[kind]} data of `{identifier}` ({hint})")
        return kind, files

    @contextmanager
    def open_parquet(self, path: str) -> Iterator[pq.ParquetFile]:
        """Open a file of the catalog.

        Raises
        ------
        CatalogError
            If it is no whole Parquet file.
        """
        with self.fs.open(path, "rb") as source:
            try:
                parquet = pq.ParquetFile(source)
            except (pa.ArrowInvalid, OSError) as error:
                raise CatalogError(f"{path} is not a whole Parquet file ({error}): restore or remove it") from error
            yield parquet

    # Writing

    def write_data(self, data: list[Any], mode: str = "refuse") -> None:
        """Write instruments, market data and custom data.

        Parameters
        ----------
        data : list of Instrument or Data
            Mixed as you like; instruments are written first. Each instrument's data must be sorted by `ts_init`. Objects of
            other classes are stored as their `customdataclass` or `register_arrow` says.
        mode : {'refuse', 'merge'}, default 'refuse'
            What to do where files for the time are there: refuse, or merge with them (rows that are there already count
            once, so that writing twice changes nothing).

        Raises
        ------
        CatalogError
            If an instrument is unknown, or files overlap.
        InvalidData
            If rows are not sorted, not of the instrument's precision, or make no sense.
        """
        groups: dict[tuple[str, Any], list[Any]] = {}
        instruments = []
        custom = []
        for item in data:
            if isinstance(item, Instrument):
                instruments.append(item)
                continue
            if type(item) not in KIND_OF_CLASS:
                custom.append(item)
                continue
            members: Any = item.deltas if isinstance(item, OrderBookDeltas) else (item,)
            for member in members:
                kind = self._kind(type(member))
                identifier = member.bar_type if kind == "bar" else member.instrument_id
                groups.setdefault((kind, identifier), []).append(member)
        for instrument in instruments:
            self._write_instrument(instrument)
        packed = []
        for (kind, identifier), group in groups.items():
            instrument = self._instrument_of(identifier)
            if kind in UPDATE_CLASSES:
                packed.append((kind, identifier, pack_updates(kind, group)))
                continue
            packed.append((kind, identifier, pack_rows(group, instrument.price_precision, instrument.size_precision)))
        for kind, identifier, rows in packed:
            check_rows(kind, rows, f"{CLASS_NAMES[kind]} data of {identifier}")
        for kind, identifier, rows in packed:
            self.write_rows(kind, identifier, rows, mode)
        self.custom.write(custom, mode)

    def _write_instrument(self, instrument: Instrument) -> None:
        text = json.dumps(instrument.to_dict(), sort_keys=True, indent=1) + "\n"
        path = f"{self.path}/instruments/{folder_name(instrument.id)}.json"
        write_atomically(self.fs, path, lambda out: out.write(text.encode()))

    def _instrument_of(self, identifier: Any) -> Instrument:
        instrument_id = identifier.instrument_id if isinstance(identifier, BarType) else identifier
        found = self.instruments(instrument_ids=[str(instrument_id)])
        if not found:
            known = [str(i.id) for i in self.instruments()]
            near = nearest(str(instrument_id), known)
            hint = f"did you mean {near}" if near else f"known: {', '.join(known) or 'none'}"
            raise CatalogError(f"unknown instrument `{instrument_id}` ({hint}): write its definition first")
        return found[0]

    def write_rows(self, kind: str, identifier: Any, rows: np.ndarray, mode: str = "refuse") -> str:
        """Write packed rows and return the file's path.

        Parameters
        ----------
        kind : {'quote', 'trade', 'bar', 'delta', 'depth10', 'status', 'close', 'mark', 'index', 'funding'}
        identifier : InstrumentId or BarType
            The instrument must be in the catalog.
        rows : structured array
            Of `nautilus_lite.model.data.dtypes`, raw integers at the instrument's precision, sorted by `ts_init`.
        mode : {'refuse', 'merge'}
            See `write_data`.

        Raises
        ------
        CatalogError, InvalidData
            See `write_data`.
        """
        if mode not in MODES:
            raise CatalogError(f"invalid `mode`, must be one of {MODES}, was {mode!r}")
        if kind not in FOLDERS:
            raise CatalogError(f"invalid `kind`, must be one of {tuple(FOLDERS)}, was {kind!r}")
        if rows.dtype != DTYPES[kind]:
            raise InvalidData(f"rows of {identifier} must be of `dtypes.DTYPES[{kind!r}]`, was {rows.dtype}")
        if len(rows) == 0:
            raise InvalidData(f"no rows of {identifier} to write")
        check_rows(kind, rows, f"{CLASS_NAMES[kind]} rows of {identifier}")
        instrument = self._instrument_of(identifier)
        start, end = int(rows["ts_init"][0]), int(rows["ts_init"][-1])
        inside = overlapping(self._files(kind, identifier), start, end)
        if inside and mode == "refuse":
            raise CatalogError(
                f"{identifier} from {start} to {end} overlaps {inside[0].path}: "
                "write what comes after it, or merge with `mode='merge'`"
            )
        if inside:
            rows = self._merged(kind, inside, rows)
        return self._replace(kind, identifier, instrument, inside, rows)

    def _verify_count(self, path: str, n_rows: int) -> None:
        with self.open_parquet(path) as parquet:
            if parquet.metadata.num_rows != n_rows:
                raise CatalogError(f"{path} holds {parquet.metadata.num_rows} rows after writing {n_rows}: write it again")

    def _merged(self, kind: str, files: list[DataFile], rows: np.ndarray) -> np.ndarray:
        old = join_rows(kind, [self._read_file(kind, file) for file in files])
        item = f"V{old.dtype.itemsize}"
        fresh = rows[~np.isin(np.ascontiguousarray(rows).view(item), old.view(item))]
        merged = join_rows(kind, [old, fresh])
        return merged[np.argsort(merged["ts_init"], kind="stable")]

    def _read_file(self, kind: str, file: DataFile) -> np.ndarray:
        with self.open_parquet(file.path) as parquet:
            blocks = [decode(kind, batch, file.path) for batch in parquet.iter_batches(use_threads=False)]
        return join_rows(kind, blocks)

    def consolidate(self, data_cls: type, identifier: Any) -> str:
        """Join the files of an identifier into one and return its path; a single file is left alone.

        The new file is written and verified before the old ones go.
        """
        kind, files = self.files(data_cls, identifier)
        if len(files) == 1:
            return files[0].path
        rows = join_rows(kind, [self._read_file(kind, file) for file in files])
        check_rows(kind, rows, f"the files of {identifier}")
        return self._replace(kind, identifier, self._instrument_of(identifier), files, rows)

    def _replace(
        self, kind: str, identifier: Any, instrument: Instrument, files: list[DataFile], rows: np.ndarray
    ) -> str:
        """Write a file, verify it, then remove those whose rows it holds."""
        metadata = metadata_of(kind, identifier, instrument.price_precision, instrument.size_precision)
        path = f"{self._folder(kind, identifier)}/{int(rows['ts_init'][0])}_{int(rows['ts_init'][-1])}.parquet"
        table = encode(kind, rows, metadata)
        write_atomically(self.fs, path, lambda out: write_table(out, kind, table))
        self._verify_count(path, len(rows))
        for file in files:
            if file.path != path:
                self.fs.rm(file.path)
        return path

    # Reading

    def instruments(self, instrument_ids: list[str] | None = None, instrument_type: type | None = None) -> list[Instrument]:
        """Return the instruments, by id; all where no ids are given."""
        folder = f"{self.path}/instruments"
        if not self.fs.isdir(folder):
            return []
        wanted = None if instrument_ids is None else {str(i) for i in instrument_ids}
        found = []
        for path in sorted(str(p) for p in self.fs.ls(folder, detail=False)):
            if not path.endswith(".json"):
                continue
            if wanted is not None and identifier_text(path.rpartition("/")[2].removesuffix(".json")) not in wanted:
                continue
            with self.fs.open(path, "rb") as source:
                instrument = instrument_from_dict(json.loads(source.read()))
            if instrument_type is None or isinstance(instrument, instrument_type):
                found.append(instrument)
        return found

    def identifiers(self, data_cls: type) -> list[Any]:
        """Return the instruments (for bars, the bar types) that have data of a class."""
        kind = self._kind(data_cls)
        folder = f"{self.path}/data/{FOLDERS[kind]}"
        if not self.fs.isdir(folder):
            return []
        texts = sorted(identifier_text(str(path).rstrip("/").rpartition("/")[2]) for path in self.fs.ls(folder, detail=False))
        parse = BarType.from_str if kind == "bar" else InstrumentId.from_str
        return [parse(text) for text in texts]

    def list_data_types(self) -> list[str]:
        """Return the classes of data that the catalog holds, by name; custom ones by folder, as `custom_greeks_data`."""
        own = [name for kind, name in CLASS_NAMES.items() if self.fs.isdir(f"{self.path}/data/{FOLDERS[kind]}")]
        return [*own, *self.custom.classes()]

    def query_rows(self, data_cls: type, identifier: Any, start: Any = None, end: Any = None) -> np.ndarray:
        """Return packed rows of an identifier between two times, inclusive."""
        blocks = list(CatalogStream(self, data_cls, identifier, start, end))
        return join_rows(self._kind(data_cls), blocks)

    def query(
        self, data_cls: type, identifiers: list[str] | None = None, start: Any = None, end: Any = None
    ) -> list[Any]:
        """Return objects of a class, sorted by `ts_init`; those of users' own classes as `CustomData`.

        Parameters
        ----------
        identifiers : list of str, optional
            Instrument ids or bar types; an instrument id means all its bar types. All where omitted.
        start, end : datetime or int, optional
            Inclusive.
        """
        wanted = None if identifiers is None else {str(i) for i in identifiers}
        if data_cls not in KIND_OF_CLASS:
            return self.custom.query(data_cls, wanted, *_limits(start, end))
        found: list[Any] = []
        n_parts = 0
        for identifier in self.identifiers(data_cls):
            names = {str(identifier), str(getattr(identifier, "instrument_id", identifier))}
            if wanted is not None and not wanted & names:
                continue
            instrument = self._instrument_of(identifier)
            rows = self.query_rows(data_cls, identifier, start, end)
            if self._kind(data_cls) in UPDATE_CLASSES:
                found += unpack_updates(self._kind(data_cls), rows, identifier)
            else:
                found += unpack_rows(rows, identifier, instrument.price_precision, instrument.size_precision)
            n_parts += 1
        if n_parts > 1:
            found.sort(key=lambda item: item.ts_init)
        return found

    def quote_ticks(self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None) -> list[QuoteTick]:
        """Return quotes; see `query`."""
        return self.query(QuoteTick, instrument_ids, start, end)

    def trade_ticks(self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None) -> list[TradeTick]:
        """Return trades; see `query`."""
        return self.query(TradeTick, instrument_ids, start, end)

    def bars(
        self,
        bar_types: list[str] | None = None,
        instrument_ids: list[str] | None = None,
        start: Any = None,
        end: Any = None,
    ) -> list[Bar]:
        """Return bars of bar types, or of all types of instruments; see `query`."""
        names = None if bar_types is None and instrument_ids is None else [*(bar_types or ()), *(instrument_ids or ())]
        return self.query(Bar, names, start, end)

    def order_book_deltas(
        self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None
    ) -> list[OrderBookDelta]:
        """Return order book deltas; see `query`."""
        return self.query(OrderBookDelta, instrument_ids, start, end)

    def order_book_depth10(
        self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None
    ) -> list[OrderBookDepth10]:
        """Return depth-10 snapshots; see `query`."""
        return self.query(OrderBookDepth10, instrument_ids, start, end)

    def instrument_status(self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None) -> list[Any]:
        """Return status changes; see `query`."""
        return self.query(UPDATE_CLASSES["status"], instrument_ids, start, end)

    def instrument_closes(self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None) -> list[Any]:
        """Return closing prices; see `query`."""
        return self.query(UPDATE_CLASSES["close"], instrument_ids, start, end)

    def funding_rates(self, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None) -> list[Any]:
        """Return funding rates; see `query`."""
        return self.query(UPDATE_CLASSES["funding"], instrument_ids, start, end)

    def custom_data(
        self, cls: type, instrument_ids: list[str] | None = None, start: Any = None, end: Any = None
    ) -> list[CustomData]:
        """Return custom data of a class; see `query`."""
        return self.custom.query(cls, None if instrument_ids is None else set(map(str, instrument_ids)), *_limits(start, end))

    def list_generic_data_types(self) -> list[str]:
        """Return the classes of custom data that the catalog holds, in snake case."""
        return [name.removeprefix(PREFIX) for name in self.custom.classes()]

    def get_intervals(self, data_cls: type, identifier: Any) -> list[tuple[int, int]]:
        """Return first and last `ts_init` (ns) of each file."""
        return [(file.start, file.end) for file in self._files(self._kind(data_cls), identifier)]

    def query_first_timestamp(self, data_cls: type, identifier: Any) -> int | None:
        """Return the first `ts_init` (ns), or None where there is no data."""
        intervals = self.get_intervals(data_cls, identifier)
        return intervals[0][0] if intervals else None

    def query_last_timestamp(self, data_cls: type, identifier: Any) -> int | None:
        """Return the last `ts_init` (ns), or None where there is no data."""
        intervals = self.get_intervals(data_cls, identifier)
        return intervals[-1][1] if intervals else None

    def to_pandas(self, data_cls: type, identifier: Any, start: Any = None, end: Any = None) -> pd.DataFrame:
        """Return rows as a frame of floats, indexed by `ts_init` in UTC."""
        import pandas as pd

        rows = self.query_rows(data_cls, identifier, start, end)
        instrument = self._instrument_of(identifier)
        columns: dict[str, Any] = {}
        scale = 10.0 ** rows["precision"] if "precision" in (rows.dtype.names or ()) else None
        for name in rows.dtype.names or ():
            if name in ("ts_init", "id_len", "precision") or rows[name].ndim > 1:
                continue
            if name == "ts_event":
                columns[name] = pd.to_datetime(rows[name].astype(np.int64), utc=True)
            elif name in ("trade_id", "reason", "trading_event"):
                columns[name] = rows[name].astype("U")
            elif name in ("value", "rate"):
                columns[name] = rows[name] / scale
            elif name in ("bid", "ask", "price", "open", "high", "low", "close"):
                columns[name] = rows[name] / 10**instrument.price_precision
            elif name in ("bid_size", "ask_size", "size", "volume"):
                columns[name] = rows[name] / 10**instrument.size_precision
            else:
                columns[name] = rows[name]
        index = pd.DatetimeIndex(pd.to_datetime(rows["ts_init"].astype(np.int64), utc=True), name="ts_init")
        return pd.DataFrame(columns, index=index)

    def ls(self) -> list[dict[str, Any]]:
        """Return one dict per type and identifier: type, identifier, files, rows, start, end (UTC, to the minute), bytes."""
        import pandas as pd

        listing = []
        for kind, name in CLASS_NAMES.items():
            cls = next(c for c, k in KIND_OF_CLASS.items() if k == kind)
            for identifier in self.identifiers(cls):
                files = self._files(kind, identifier)
                rows = 0
                for file in files:
                    with self.open_parquet(file.path) as parquet:
                        rows += parquet.metadata.num_rows
                listing.append(
                    {
                        "type": name,
                        "identifier": str(identifier),
                        "files": len(files),
                        "rows": rows,
                        "start": f"{pd.Timestamp(files[0].start):%Y-%m-%d %H:%M}" if files else "",
                        "end": f"{pd.Timestamp(files[-1].end):%Y-%m-%d %H:%M}" if files else "",
                        "bytes": sum(int(self.fs.size(file.path)) for file in files),
                    }
                )
        return listing

    def verify(self) -> int:
        """Read every file, check every row against its neighbours and its file's name, and return the number of rows.

        Raises
        ------
        CatalogError, InvalidData
            On the first fault, naming file and row.
        """
        total = self.custom.verify()
        for kind in CLASS_NAMES:
            cls = next(c for c, k in KIND_OF_CLASS.items() if k == kind)
            for identifier in self.identifiers(cls):
                for file in self._files(kind, identifier):
                    rows = self._read_file(kind, file)
                    check_rows(kind, rows, file.path)
                    with self.open_parquet(file.path) as parquet:
                        said = read_metadata(parquet.schema_arrow, file.path)
                    if said["identifier"] != str(identifier):
                        raise CatalogError(f"{file.path} holds {said['identifier']}: move it to that folder")
                    if len(rows) == 0 or (int(rows["ts_init"][0]), int(rows["ts_init"][-1])) != (file.start, file.end):
                        raise CatalogError(f"{file.path} does not hold the times that its name says: write it again")
                    total += len(rows)
        return total

    def _repr_html_(self) -> str:
        listed = self.ls()
        head = list(listed[0]) if listed else []
        rows = [[f"{value:,}" if isinstance(value, int) else value for value in entry.values()] for entry in listed]
        shown = table(head, rows, ("files", "rows", "bytes")) if listed else ""
        return heading(self.path, f"{len(listed)} kinds of data") + shown

    def __repr__(self) -> str:
        return f"ParquetDataCatalog({self.path})"


def _limits(start: Any, end: Any) -> tuple[int, int]:
    first, last = maybe_dt_to_unix_nanos(start), maybe_dt_to_unix_nanos(end)
    return 0 if first is None else first, 2**64 - 1 if last is None else last
