"""How objects of users' own classes become Arrow tables, and how tables become objects again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from nautilus_lite.errors import CatalogError

_CODECS: dict[type, ArrowCodec] = {}
_DICTS: dict[type, tuple[Callable[[Any], dict[str, Any]], Callable[[dict[str, Any]], Any]]] = {}


@dataclass(frozen=True)
class ArrowCodec:
    """A schema (None: as Arrow infers it), and functions from objects to a table and back."""

    schema: pa.Schema | None
    encode: Callable[[list[Any]], pa.Table]
    decode: Callable[[pa.Table], list[Any]]


def register_arrow(
    data_cls: type,
    schema: pa.Schema | None,
    encoder: Callable[[Any], Any] | None = None,
    decoder: Callable[[Any], list[Any]] | None = None,
    batch_encoder: Callable[[list[Any]], Any] | None = None,
) -> None:
    """Say how a catalog stores a class of data.

    Parameters
    ----------
    data_cls : type
    schema : pyarrow.Schema, optional
        The columns of what the encoder gives; as Arrow infers them by default.
    encoder : callable, optional
        Returns a record batch of one object; by default one of `to_dict`.
    decoder : callable, optional
        Returns the objects of a table; by default of `from_dict`, row by row.
    batch_encoder : callable, optional
        Returns a record batch of a list of objects, in place of the encoder.

    Raises
    ------
    TypeError
        If the class is none, or lacks `to_dict` or `from_dict` where they are needed.
    """
    if not isinstance(data_cls, type):
        raise TypeError(f"invalid `data_cls`, must be a class, was {data_cls!r}")
    encode_all = batch_encoder
    if encode_all is None and encoder is None:
        _require(data_cls, "to_dict")
        encode_all = make_dict_serializer(schema)
    if decoder is None:
        _require(data_cls, "from_dict")
        decoder = make_dict_deserializer(data_cls)

    def encode(items: list[Any]) -> pa.Table:
        batches = [encode_all(items)] if encode_all is not None else [encoder(item) for item in items]  # type: ignore[misc]
        return _table(batches, schema)

    _CODECS[data_cls] = ArrowCodec(schema, encode, decoder)


def register_serializable_type(
    cls: type, to_dict: Callable[[Any], dict[str, Any]], from_dict: Callable[[dict[str, Any]], Any]
) -> None:
    """Say how objects of a class become dictionaries; a catalog stores those where `register_arrow` says nothing else."""
    _DICTS[cls] = (to_dict, from_dict)


def make_dict_serializer(schema: pa.Schema | None) -> Callable[[Any], pa.RecordBatch]:
    """Return an encoder that makes a record batch of one object or a list, by their `to_dict`."""

    def encode(data: Any) -> pa.RecordBatch:
        items = data if isinstance(data, list) else [data]
        return pa.RecordBatch.from_pylist([type(item).to_dict(item) for item in items], schema=schema)

    return encode


def make_dict_deserializer(data_cls: Any) -> Callable[[Any], list[Any]]:
    """Return a decoder that makes objects of a table's rows, by `from_dict`."""
    return lambda table: [data_cls.from_dict(row) for row in table.to_pylist()]


def codec_of(data_cls: Any) -> ArrowCodec:
    """Return how a class is stored: as registered, else by its own `to_arrow` and `from_arrow`.

    Raises
    ------
    CatalogError
        If nothing says how.
    """
    if data_cls not in _CODECS:
        if hasattr(data_cls, "to_arrow") and hasattr(data_cls, "from_arrow"):
            register_arrow(data_cls, getattr(data_cls, "_schema", None), data_cls.to_arrow, data_cls.from_arrow)
        elif data_cls in _DICTS:
            to_dict, from_dict = _DICTS[data_cls]
            register_arrow(
                data_cls,
                None,
                batch_encoder=lambda items: pa.RecordBatch.from_pylist([to_dict(item) for item in items]),
                decoder=lambda table: [from_dict(row) for row in table.to_pylist()],
            )
        else:
            raise CatalogError(
                f"a catalog does not know how to store {data_cls.__name__}: make it a `customdataclass`, or call "
                "`register_arrow` with its schema"
            )
    return _CODECS[data_cls]


def _require(data_cls: type, name: str) -> None:
    if not hasattr(data_cls, name):
        raise TypeError(f"`{data_cls.__name__}` needs `{name}`, or an encoder and a decoder")


def _table(batches: list[Any], schema: pa.Schema | None) -> pa.Table:
    tables = [batch if isinstance(batch, pa.Table) else pa.Table.from_batches([batch]) for batch in batches]
    table = pa.concat_tables(tables)
    return table if schema is None else table.cast(schema)
