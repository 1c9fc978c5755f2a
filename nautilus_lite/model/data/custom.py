"""Custom data: objects of users' own classes, and the type by which they are published, subscribed to and stored."""

from __future__ import annotations

from typing import Any

from nautilus_lite.model.data.base import Data


class DataType:
    """A class of data, and what tells some of its objects from others.

    Parameters
    ----------
    type : type
        The class, derived from `Data` or at least with `ts_event` and `ts_init`.
    metadata : dict, optional
        Names and values, of which equal sets are equal types whatever their order.

    Attributes
    ----------
    topic : str
        The class and the metadata as text, sorted by name: `Score.model=a.version=2`.
    """

    __slots__ = ("_key", "metadata", "topic", "type")

    def __init__(self, type: type, metadata: dict[str, Any] | None = None) -> None:
        if not isinstance(type, _TYPE):
            raise TypeError(f"invalid `type` of a data type, must be a class, was {type!r}")
        self.type = type
        self.metadata: dict[str, Any] = dict(metadata or {})
        parts = sorted((str(key), str(value)) for key, value in self.metadata.items())
        self._key = (type, tuple(parts))
        self.topic = ".".join((type.__name__, *(f"{key}={value}" for key, value in parts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataType) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return f"{self.type.__name__}{self.metadata or ''}"

    def __repr__(self) -> str:
        return f"DataType(type={self.type.__name__}, metadata={self.metadata})"


_TYPE = type


class CustomData(Data):
    """An object of custom data, and its type.

    Parameters
    ----------
    data_type : DataType
    data : Data
        Of the type's class; its `ts_event` and `ts_init` (UNIX nanoseconds) are also this one's.

    Raises
    ------
    TypeError
        If the object is of another class.
    """

    __slots__ = ("data", "data_type")

    def __init__(self, data_type: DataType, data: Any) -> None:
        if not isinstance(data, data_type.type):
            raise TypeError(f"invalid `data`, must be of {data_type.type.__name__}, was {type(data).__name__}")
        self.data_type = data_type
        self.data: Any = data

    @property
    def ts_event(self) -> int:
        """When it happened (UNIX nanoseconds)."""
        return int(self.data.ts_event)

    @property
    def ts_init(self) -> int:
        """When it is heard of (UNIX nanoseconds)."""
        return int(self.data.ts_init)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CustomData) and self.data_type == other.data_type and self.data == other.data

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"CustomData(data_type={self.data_type}, data={self.data!r})"
