"""Rows to Arrow tables and back, a column at a time.

Prices and sizes are stored as raw integers at the instrument's precision, which the schema's metadata says.
"""

from __future__ import annotations

import json
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nautilus_lite.errors import CatalogError, InvalidData
from nautilus_lite.model.data.dtypes import DTYPES

METADATA_KEY = b"nautilus_lite"
FORMAT_VERSION = 1
ROW_GROUP_ROWS = 131_072

ARROW_TYPES = {"<u8": pa.uint64(), "<i8": pa.int64(), "|u1": pa.uint8(), "|i1": pa.int8(), "<u4": pa.uint32()}
# A trade's id is text of `id_len` bytes in a field of fixed width; the table has one column of strings for both
ID_WIDTH = DTYPES["trade"]["trade_id"].itemsize
SIZES = ("bid_size", "ask_size", "size", "volume", "bid_sizes", "ask_sizes")
LISTS = ("bid_sizes", "ask_sizes", "bid_counts", "ask_counts")
DICTIONARY = (*SIZES, "aggressor_side", "action", "side", "flags", "bid_counts", "ask_counts")


def columns_of(kind: str) -> list[str]:
    """Return the names of a kind's columns."""
    return [name for name in DTYPES[kind].names or () if name != "id_len"]


def metadata_of(kind: str, identifier: Any, price_precision: int, size_precision: int) -> dict[bytes, bytes]:
    """Return the schema metadata of a file."""
    values = {
        "version": FORMAT_VERSION,
        "kind": kind,
        "identifier": str(identifier),
        "price_precision": price_precision,
        "size_precision": size_precision,
    }
    return {METADATA_KEY: json.dumps(values, sort_keys=True).encode()}


def read_metadata(schema: pa.Schema, path: str) -> dict[str, Any]:
    """Return what a file says of itself.

    Raises
    ------
    CatalogError
        If it says nothing, or is of a newer format.
    """
    raw = (schema.metadata or {}).get(METADATA_KEY)
    if raw is None:
        raise CatalogError(
            f"{path} has no {METADATA_KEY.decode()!r} metadata: load it with pandas and write it with a wrangler"
        )
    values = json.loads(raw)
    if values["version"] > FORMAT_VERSION:
        raise CatalogError(f"{path} is of format {values['version']}, this version reads up to {FORMAT_VERSION}: upgrade")
    return values


def encode(kind: str, rows: np.ndarray, metadata: dict[bytes, bytes]) -> pa.Table:
    """Return rows as an Arrow table."""
    arrays, fields = [], []
    for name in columns_of(kind):
        column = rows[name]
        if name == "trade_id":
            array = _encode_ids(column, rows["id_len"])
        elif column.dtype.kind == "S":
            array = pa.array([text.decode() for text in column.tolist()], pa.string())
        elif column.ndim == 2:
            flat = pa.array(np.ascontiguousarray(column).reshape(-1))
            array = pa.FixedSizeListArray.from_arrays(flat, column.shape[1])
        else:
            array = pa.array(np.ascontiguousarray(column))
        arrays.append(array)
        fields.append(pa.field(name, array.type, nullable=False))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=metadata))


def _encode_ids(ids: np.ndarray, lengths: np.ndarray) -> pa.Array:
    offsets = np.zeros(len(ids) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    block = np.frombuffer(np.ascontiguousarray(ids).tobytes(), dtype=np.uint8).reshape(len(ids), ID_WIDTH)
    text = block[np.arange(ID_WIDTH) < lengths[:, None]]
    return pa.StringArray.from_buffers(len(ids), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text.tobytes()))


def write_table(out: IO[bytes], kind: str, table: pa.Table) -> None:
    """Write a table as Parquet: times and prices as packed differences, sizes by dictionary, zstd."""
    plain = [name for name in table.column_names if name not in DICTIONARY]
    pq.write_table(
        table,
        out,
        row_group_size=ROW_GROUP_ROWS,
        compression="zstd",
        compression_level=3,
        use_dictionary=[name for name in table.column_names if name in DICTIONARY and name not in LISTS],
        column_encoding={
            name: "DELTA_BINARY_PACKED" for name in plain if pa.types.is_integer(table.schema.field(name).type)
        },
        write_statistics=["ts_event", "ts_init"],
    )


def decode(kind: str, batch: pa.RecordBatch, path: str) -> np.ndarray:
    """Return a record batch as packed rows.

    Raises
    ------
    InvalidData
        If a column is missing, of another type, or has nulls.
    """
    dtype = DTYPES[kind]
    rows = np.zeros(batch.num_rows, dtype=dtype)
    for name in columns_of(kind):
        position = batch.schema.get_field_index(name)
        if position < 0:
            raise InvalidData(f"{path} has no column {name!r} (it has: {', '.join(batch.schema.names)})")
        array = batch.column(position)
        if array.null_count:
            raise InvalidData(f"{path} has {array.null_count} nulls in column {name!r}: fill or drop those rows")
        if name == "trade_id":
            _decode_ids(array, rows, path)
        elif dtype[name].kind == "S":
            _decode_text(array, rows, name, path)
        elif pa.types.is_fixed_size_list(array.type):
            rows[name] = _values(array.flatten(), dtype[name].base).reshape(len(rows), -1)
        else:
            wanted = dtype[name].str
            if array.type != ARROW_TYPES[wanted]:
                raise InvalidData(f"column {name!r} of {path} must be {ARROW_TYPES[wanted]}, was {array.type}")
            rows[name] = _values(array, dtype[name])
    return rows


def _values(array: pa.Array, dtype: np.dtype) -> np.ndarray:
    """Return the numbers of an array without nulls, not copied; `Array.to_numpy` would import pandas."""
    return np.frombuffer(array.buffers()[1], dtype=dtype)[array.offset : array.offset + len(array)]


def _decode_text(array: pa.Array, rows: np.ndarray, name: str, path: str) -> None:
    if not pa.types.is_string(array.type):
        raise InvalidData(f"column {name!r} of {path} must be {pa.string()}, was {array.type}")
    texts = [text.encode() for text in array.to_pylist()]
    width = rows.dtype[name].itemsize
    for row, text in enumerate(texts):
        if len(text) > width:
            raise InvalidData(f"`{name}` in row {row} of {path} must be at most {width} bytes, was {text!r}")
    rows[name] = texts


def _decode_ids(array: pa.Array, rows: np.ndarray, path: str) -> None:
    if not pa.types.is_string(array.type):
        array = array.cast(pa.string())
    _, offset_buffer, text_buffer = array.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    lengths = np.diff(offsets)
    if len(lengths) and lengths.max() > ID_WIDTH:
        row = int(lengths.argmax())
        raise InvalidData(f"trade id in row {row} of {path} must be at most {ID_WIDTH} bytes, was {array[row].as_py()!r}")
    block = np.zeros((len(rows), ID_WIDTH), dtype=np.uint8)
    if text_buffer is not None and len(offsets):
        text = np.frombuffer(text_buffer, dtype=np.uint8)[offsets[0] : offsets[-1]]
        block[np.arange(ID_WIDTH) < lengths[:, None]] = text
    rows["trade_id"] = block.view(f"S{ID_WIDTH}").reshape(-1)
    rows["id_len"] = lengths


def join_rows(kind: str, blocks: list[np.ndarray]) -> np.ndarray:
    """Return blocks of rows as one array of the kind's own dtype, padding included."""
    rows = np.zeros(sum(map(len, blocks)), dtype=DTYPES[kind])
    position = 0
    for block in blocks:
        rows[position : position + len(block)] = block
        position += len(block)
    return rows


def check_rows(kind: str, rows: np.ndarray, where: str, first_row: int = 0, previous: int = 0) -> None:
    """Refuse rows that cannot be market data.

    Parameters
    ----------
    where : str
        File or call, for the message.
    first_row : int
        Number of the first row in the file, for the message.
    previous : int
        `ts_init` of the row before (ns).

    Raises
    ------
    InvalidData
        If rows go back in time, a size is negative, a price is not positive, or a bar's high and low are not its extremes.
    """
    if len(rows) == 0:
        return
    ts = rows["ts_init"]
    if int(ts[0]) < previous or np.any(ts[1:] < ts[:-1]):
        bad = 0 if int(ts[0]) < previous else int(np.argmax(ts[1:] < ts[:-1])) + 1
        before = previous if bad == 0 else int(ts[bad - 1])
        raise InvalidData(
            f"row {first_row + bad} of {where} goes back in time, from {before} to {int(ts[bad])}: sort by `ts_init`"
        )
    for name in rows.dtype.names or ():
        if name in SIZES:
            _refuse(rows[name] < 0, rows[name], name, "must not be negative", where, first_row)
    for name in {"quote": ("bid", "ask"), "trade": ("price",), "bar": ("open", "high", "low", "close")}.get(kind, ()):
        _refuse(rows[name] <= 0, rows[name], name, "must be positive", where, first_row)
    if kind == "bar":
        top = np.maximum(rows["open"], rows["close"])
        bottom = np.minimum(rows["open"], rows["close"])
        _refuse(rows["high"] < top, rows["high"], "high", "must not be below open and close", where, first_row)
        _refuse(rows["low"] > bottom, rows["low"], "low", "must not be above open and close", where, first_row)
    elif kind == "delta":
        wrong = (rows["price"] <= 0) & (rows["action"] != 4)
        _refuse(wrong, rows["price"], "price", "must be positive", where, first_row)


def _refuse(wrong: np.ndarray, values: np.ndarray, name: str, rule: str, where: str, first_row: int) -> None:
    if np.any(wrong):
        row = int(np.argmax(wrong if wrong.ndim == 1 else wrong.any(axis=1)))
        raise InvalidData(f"`{name}` in row {first_row + row} of {where} {rule}, was {values[row]} (raw): mend the source")
