"""Custom data in a catalog: a folder for each class, and in it one for each instrument and metadata.

::

    data/custom_<class>/<instrument id and metadata>/<start>_<end>.parquet

Columns are those of the class's own schema (`arrow.py`); what a file holds is said by its schema's metadata.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nautilus_lite.errors import CatalogError, InvalidData
from nautilus_lite.model.data import CustomData, DataType
from nautilus_lite.persistence.arrow import codec_of
from nautilus_lite.persistence.codec import FORMAT_VERSION, METADATA_KEY, ROW_GROUP_ROWS, read_metadata
from nautilus_lite.persistence.layout import (
    DataFile,
    check_no_overlap,
    folder_name,
    overlapping,
    parse_file,
    write_atomically,
)

PREFIX = "custom_"
BATCH_ROWS = 65_536


def custom_folder(data_cls: type) -> str:
    """Return the folder of a class: `GreeksData` lies in `custom_greeks_data`."""
    return PREFIX + re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", data_cls.__name__).lower()


class CustomStore:
    """The custom data of a catalog.

    Parameters
    ----------
    fs : fsspec file system
    path : str
        Folder of the catalog.
    """

    def __init__(self, fs: Any, path: str) -> None:
        self._fs = fs
        self._path = path

    def classes(self) -> list[str]:
        """Return the folders of classes that hold data, `custom_` and the class's name in snake case."""
        return [name for name in self._folders(f"{self._path}/data") if name.startswith(PREFIX)]

    def parts(self, data_cls: type) -> list[str]:
        """Return the folders of a class."""
        folder = f"{self._path}/data/{custom_folder(data_cls)}"
        return [f"{folder}/{name}" for name in self._folders(folder)]

    def files(self, part: str) -> list[DataFile]:
        """Return the files of a folder, in order of time."""
        return sorted(parse_file(str(p)) for p in self._fs.ls(part, detail=False) if str(p).endswith(".parquet"))

    def _folders(self, folder: str) -> list[str]:
        if not self._fs.isdir(folder):
            return []
        return sorted(str(path).rstrip("/").rpartition("/")[2] for path in self._fs.ls(folder, detail=False))

    # Writing

    def write(self, items: list[Any], mode: str) -> list[str]:
        """Write objects, bare or as `CustomData`, and return the paths of the files.

        Raises
        ------
        CatalogError
            If nothing says how a class is stored, or files overlap and `mode` is `refuse`.
        InvalidData
            If the objects of one folder are not sorted by `ts_init`.
        """
        groups: dict[tuple[DataType, str], list[Any]] = {}
        for item in items:
            data_type, data = (item.data_type, item.data) if isinstance(item, CustomData) else (DataType(type(item)), item)
            groups.setdefault((data_type, str(getattr(data, "instrument_id", ""))), []).append(data)
        for (data_type, identifier), group in groups.items():
            _check_times(group, f"{data_type} {identifier}")
            codec_of(data_type.type)
        return [self._write_group(*key, group, mode) for key, group in groups.items()]

    def _write_group(self, data_type: DataType, identifier: str, group: list[Any], mode: str) -> str:
        cls: Any = data_type.type
        # Both halves may be empty; the comma keeps the folders of an instrument and of metadata apart
        folder = f"{self._path}/data/{custom_folder(cls)}/{folder_name(identifier + ',' + data_type.topic.partition('.')[2])}"
        files = self.files(folder) if self._fs.isdir(folder) else []
        inside = overlapping(files, int(group[0].ts_init), int(group[-1].ts_init))
        if inside and mode == "refuse":
            raise CatalogError(
                f"{data_type} {identifier} from {group[0].ts_init} to {group[-1].ts_init} overlaps {inside[0].path}: "
                "write what comes after it, or merge with `mode='merge'`"
            )
        if inside:
            group = _merged([item for file in inside for item in self._read(cls, file)], group, cls)
        says = {
            "version": FORMAT_VERSION,
            "kind": "custom",
            "class": f"{cls.__module__}:{cls.__qualname__}",
            "identifier": identifier,
            "metadata": {str(key): str(value) for key, value in data_type.metadata.items()},
        }
        table = codec_of(cls).encode(group)
        kept = {**(table.schema.metadata or {}), METADATA_KEY: json.dumps(says, sort_keys=True).encode()}
        table = table.replace_schema_metadata(kept)
        path = f"{folder}/{int(group[0].ts_init)}_{int(group[-1].ts_init)}.parquet"
        write_atomically(
            self._fs, path, lambda out: pq.write_table(table, out, row_group_size=ROW_GROUP_ROWS, compression="zstd")
        )
        with self._fs.open(path, "rb") as source:
            n_rows = pq.ParquetFile(source).metadata.num_rows
        if n_rows != len(group):
            raise CatalogError(f"{path} holds {n_rows} rows after writing {len(group)}: does the encoder give one row each?")
        for file in inside:
            if file.path != path:
                self._fs.rm(file.path)
        return path

    # Reading

    def said(self, part: str) -> dict[str, Any]:
        """Return what the first file of a folder says of itself."""
        path = self.files(part)[0].path
        with self._fs.open(path, "rb") as source:
            return read_metadata(pq.ParquetFile(source).schema_arrow, path)

    def blocks(self, data_cls: Any, part: str, start: int, end: int) -> Iterator[list[CustomData]]:
        """Yield the objects of a folder with `ts_init` from `start` to `end` (ns, both included), some thousands at a time."""
        files = self.files(part)
        check_no_overlap(files)
        for file in files:
            if file.end < start or file.start > end:
                continue
            for data_type, items in self._batches(data_cls, file):
                found = [CustomData(data_type, item) for item in items if start <= item.ts_init <= end]
                if found:
                    yield found

    def query(self, data_cls: Any, identifiers: set[str] | None, start: int, end: int) -> list[CustomData]:
        """Return the objects of a class, of instruments where some are named, sorted by `ts_init`."""
        parts = [p for p in self.parts(data_cls) if identifiers is None or self.said(p)["identifier"] in identifiers]
        found = [item for part in parts for block in self.blocks(data_cls, part, start, end) for item in block]
        found.sort(key=lambda item: item.ts_init)
        return found

    def n_rows(self, part: str) -> int:
        """Return the number of rows of a folder."""
        return sum(self._rows(file.path) for file in self.files(part))

    def verify(self) -> int:
        """Read every file and return the number of rows; times are checked where there is a column `ts_init`.

        Raises
        ------
        CatalogError
            If a file is not whole, or does not hold the times that its name says.
        """
        total = 0
        for name in self.classes():
            folder = f"{self._path}/data/{name}"
            for part in self._folders(folder):
                for file in self.files(f"{folder}/{part}"):
                    with self._fs.open(file.path, "rb") as source:
                        table = pq.read_table(source)
                    read_metadata(table.schema, file.path)
                    total += table.num_rows
                    if "ts_init" in table.column_names:
                        times = table.column("ts_init").to_pylist()
                        if times != sorted(times) or (times[0], times[-1]) != (file.start, file.end):
                            raise CatalogError(f"{file.path} does not hold the times that its name says: write it again")
        return total

    def _rows(self, path: str) -> int:
        with self._fs.open(path, "rb") as source:
            return int(pq.ParquetFile(source).metadata.num_rows)

    def _batches(self, data_cls: Any, file: DataFile) -> Iterator[tuple[DataType, list[Any]]]:
        codec = codec_of(data_cls)
        with self._fs.open(file.path, "rb") as source:
            try:
                parquet = pq.ParquetFile(source)
            except (pa.ArrowInvalid, OSError) as error:
                raise CatalogError(f"{file.path} is not a whole Parquet file ({error}): restore or remove it") from error
            data_type = DataType(data_cls, read_metadata(parquet.schema_arrow, file.path)["metadata"])
            for batch in parquet.iter_batches(BATCH_ROWS, use_threads=False):
                yield data_type, codec.decode(pa.Table.from_batches([batch]))

    def _read(self, data_cls: Any, file: DataFile) -> list[Any]:
        return [item for _, items in self._batches(data_cls, file) for item in items]


def _check_times(group: list[Any], where: str) -> None:
    times = [int(item.ts_init) for item in group]
    for i in range(1, len(times)):
        if times[i] < times[i - 1]:
            raise InvalidData(f"object {i} of {where} goes back in time, from {times[i - 1]} to {times[i]}: sort by `ts_init`")


def _merged(old: list[Any], new: list[Any], cls: Any) -> list[Any]:
    """Return all objects by time; those that are there already count once."""
    codec = codec_of(cls)
    present = {repr(row) for row in codec.encode(old).to_pylist()}
    fresh = [item for item, row in zip(new, codec.encode(new).to_pylist(), strict=True) if repr(row) not in present]
    return sorted([*old, *fresh], key=lambda item: item.ts_init)
