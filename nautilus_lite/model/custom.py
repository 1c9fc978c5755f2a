"""A decorator that makes custom data of a class with annotated fields."""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass, fields
from types import UnionType
from typing import TYPE_CHECKING, Any

import msgspec

from nautilus_lite.core.datetime import unix_nanos_to_iso8601
from nautilus_lite.model.data.base import Data
from nautilus_lite.model.identifiers import Identifier

if TYPE_CHECKING:
    import pyarrow as pa


def customdataclass(cls: type | None = None, **options: Any) -> Any:
    """Make custom data of a class that derives from `Data` and has annotated fields.

    Parameters
    ----------
    cls : type
    **options
        As for `dataclasses.dataclass`.

    Returns
    -------
    type
        With `__init__(ts_event=0, ts_init=0, *fields)`, `to_dict`, `from_dict`, `to_bytes`, `from_bytes`, and `to_arrow` and
        `from_arrow` by which a catalog stores it.

    Raises
    ------
    TypeError
        If the class does not derive from `Data`.

    Notes
    -----
    Fields that are stored are of `str`, `int`, `float`, `bool`, `bytes`, identifiers, or of a class with `from_str`
    (prices, quantities, bar types), which are stored as text; each may be None where it is annotated so.

    Examples
    --------
    >>> from nautilus_lite.model.data import Data
    >>> @customdataclass
    ... class Greeks(Data):
    ...     delta: float = 0.0
    >>> Greeks(1, 2, 0.5).to_dict()
    {'delta': 0.5, 'type': 'Greeks', 'ts_event': 1, 'ts_init': 2}
    """
    if cls is None:
        return lambda given: customdataclass(given, **options)
    if not issubclass(cls, Data):
        raise TypeError(f"`{cls.__name__}` cannot be custom data, must derive from `nautilus_lite.core.data.Data`")
    made: Any = dataclass(cls, **{"eq": False, "repr": False, **options})
    _set_up(made, made.__init__)
    return made


def _set_up(made: Any, init_fields: Callable[..., None]) -> None:
    """Give a dataclass its times and conversions; what it defines itself stays."""

    def __init__(self: Any, ts_event: int = 0, ts_init: int = 0, *args: Any, **kwargs: Any) -> None:
        init_fields(self, *args, **kwargs)
        self._ts_event = ts_event
        self._ts_init = ts_init

    made.__init__ = __init__
    for name, value in vars(_Methods).items():
        if name not in ("__module__", "__dict__", "__weakref__", "__doc__") and name not in made.__dict__:
            setattr(made, name, value)


class _Schema:
    """The Arrow schema of a class, made when it is first asked for: importing pyarrow takes time."""

    def __get__(self, instance: Any, owner: Any) -> pa.Schema:
        if "_arrow_schema" not in owner.__dict__:
            owner._arrow_schema = _arrow_schema(owner)
        return owner._arrow_schema


class _Methods:
    """What every class of `customdataclass` has."""

    _schema = _Schema()

    @property
    def ts_event(self: Any) -> int:
        """When it happened (UNIX nanoseconds)."""
        return self._ts_event

    @property
    def ts_init(self: Any) -> int:
        """When it is heard of (UNIX nanoseconds)."""
        return self._ts_init

    def __eq__(self: Any, other: object) -> bool:
        return type(other) is type(self) and bool(self.to_dict() == other.to_dict())  # type: ignore[attr-defined]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self: Any) -> str:
        parts = [f"{field.name}={getattr(self, field.name)!r}" for field in fields(self)]
        parts += [f"ts_event={unix_nanos_to_iso8601(self._ts_event)}", f"ts_init={unix_nanos_to_iso8601(self._ts_init)}"]
        return f"{type(self).__name__}({', '.join(parts)})"

    def to_dict(self: Any) -> dict[str, Any]:
        """Return the fields as plain values, the class's name as `type`, and the times."""
        values = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return {**values, "type": type(self).__name__, "ts_event": self._ts_event, "ts_init": self._ts_init}

    @classmethod
    def from_dict(cls: Any, values: dict[str, Any]) -> Any:
        """Return the object of a dictionary of `to_dict`."""
        readers = {name: _reader(kind) for name, kind in field_types(cls).items()}
        made = {}
        for name, value in values.items():
            if name not in ("type", "ts_event", "ts_init"):
                read = readers.get(name)
                made[name] = read(value) if read is not None and isinstance(value, str) else value
        return cls(values["ts_event"], values["ts_init"], **made)

    def to_bytes(self: Any) -> bytes:
        """Return the object as MessagePack."""
        return msgspec.msgpack.encode(self.to_dict())

    @classmethod
    def from_bytes(cls: Any, data: bytes) -> Any:
        """Return the object of `to_bytes`."""
        return cls.from_dict(msgspec.msgpack.decode(data))

    def to_arrow(self: Any) -> pa.RecordBatch:
        """Return the object as a record batch of one row."""
        import pyarrow as pa

        return pa.RecordBatch.from_pylist([self.to_dict()], schema=type(self)._schema)

    @classmethod
    def from_arrow(cls: Any, table: pa.Table) -> list[Any]:
        """Return the objects of a table or record batch, one a row."""
        return [cls.from_dict(row) for row in table.to_pylist()]


def field_types(cls: Any) -> dict[str, type]:
    """Return the types of a dataclass's fields, of `X | None` the X."""
    hints = typing.get_type_hints(cls)
    found = {}
    for field in fields(cls):
        kind = hints[field.name]
        if typing.get_origin(kind) in (typing.Union, UnionType):
            kind = next(part for part in typing.get_args(kind) if part is not type(None))
        found[field.name] = kind
    return found


def _reader(kind: Any) -> Callable[[str], Any] | None:
    """Return what makes an object of its text, or None for classes that are not stored as text."""
    if issubclass(kind, Identifier):
        return kind.from_str if hasattr(kind, "from_str") else kind
    return getattr(kind, "from_str", None)


def _plain(value: Any) -> Any:
    return str(value) if value is not None and _reader(type(value)) else value


def _arrow_schema(cls: Any) -> pa.Schema:
    import pyarrow as pa

    known = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), bytes: pa.binary()}
    columns = []
    for name, kind in field_types(cls).items():
        column = pa.string() if _reader(kind) else known.get(kind)
        if column is None:
            raise TypeError(
                f"field `{name}` of {cls.__name__} is a {kind!r}, which has no Arrow type here, must be an identifier, have "
                f"`from_str` or be one of {', '.join(k.__name__ for k in known)}: register the class with `register_arrow`"
            )
        columns.append((name, column))
    return pa.schema([*columns, ("type", pa.string()), ("ts_event", pa.int64()), ("ts_init", pa.int64())])
