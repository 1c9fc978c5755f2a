"""Data objects sorted into one packed array per kind and instrument."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from nautilus_lite.backtest.stream import OBJECT_DTYPE
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import Bar, CustomData, OrderBookDelta, OrderBookDeltas, OrderBookDepth10, QuoteTick, TradeTick
from nautilus_lite.model.data.rows import pack_rows
from nautilus_lite.model.data.updates import InstrumentUpdate
from nautilus_lite.model.identifiers import InstrumentId

KEY_BITS = 40
KIND_OF = {
    QuoteTick: "quote",
    TradeTick: "trade",
    Bar: "bar",
    OrderBookDelta: "delta",
    OrderBookDepth10: "depth10",
}


def as_keys(positions: Any, n_rows: int, base: int) -> np.ndarray:
    """Return positions in a recording as keys by which rows of one time are ordered.

    Raises
    ------
    InvalidData
        If they are not as many as rows, do not rise or are out of their range.
    """
    found = np.asarray(positions)
    if found.shape != (n_rows,) or not np.issubdtype(found.dtype, np.integer):
        given = f"{found.dtype} of shape {found.shape}"
        raise InvalidData(f"`positions` must be one integer a row, {n_rows} rows were given with {given}")
    if n_rows and (found[0] < 0 or found[-1] >= 1 << KEY_BITS or np.any(found[1:] <= found[:-1])):
        raise InvalidData(f"`positions` must rise from 0 on and stay below 2^{KEY_BITS}, were {found[0]} to {found[-1]}")
    return found.astype(np.uint64) + np.uint64(base)


def split_objects(
    items: list[Any], instruments: dict[InstrumentId, Any]
) -> Iterator[tuple[str, Any, np.ndarray, list[int], list[Any] | None]]:
    """Split data objects into streams.

    Parameters
    ----------
    items : list of Data
        Sorted by `ts_init`; `OrderBookDeltas` count as their deltas.
    instruments : dict
        The known instruments, for their precisions.

    Yields
    ------
    tuple
        Kind, identifier, packed rows, position of each row in the input, and the objects themselves where the kind is
        `object`: custom data, identified by its type or class, and updates, by class and instrument.

    Raises
    ------
    InvalidData
        If an instrument is unknown or a precision differs.
    """
    groups: dict[tuple[str, Any], tuple[list[Any], list[int]]] = {}
    identifier: Any
    position = 0
    for item in items:
        members: Any = item.deltas if isinstance(item, OrderBookDeltas) else (item,)
        for member in members:
            kind = KIND_OF.get(type(member), "object")
            if kind == "object":
                identifier = member.data_type if type(member) is CustomData else type(member)
                if isinstance(member, InstrumentUpdate):
                    identifier = (identifier, member.instrument_id)
            elif kind == "bar":
                identifier = member.bar_type
            else:
                identifier = member.instrument_id
            rows, positions = groups.setdefault((kind, identifier), ([], []))
            rows.append(member)
            positions.append(position)
            position += 1
    for (kind, identifier), (members, positions) in groups.items():
        if kind == "object":
            if isinstance(identifier, tuple):
                _require(identifier[1], instruments)
            index = np.array([(m.ts_event, m.ts_init, i) for i, m in enumerate(members)], dtype=OBJECT_DTYPE)
            yield kind, identifier, index, positions, members
            continue
        instrument_id = identifier.instrument_id if kind == "bar" else identifier
        instrument = _require(instrument_id, instruments)
        packed = pack_rows(members, instrument.price_precision, instrument.size_precision)
        yield kind, identifier, packed, positions, None


def _require(instrument_id: InstrumentId, instruments: dict[InstrumentId, Any]) -> Any:
    instrument = instruments.get(instrument_id)
    if instrument is None:
        known = ", ".join(str(i) for i in instruments) or "none"
        raise InvalidData(f"data for an unknown instrument `{instrument_id}`: call `add_instrument` first (known: {known})")
    return instrument
