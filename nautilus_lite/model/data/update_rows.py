"""Status, closing prices, mark and index prices and funding rates as packed rows: what a catalog keeps of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import (
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)
from nautilus_lite.model.data.dtypes import DTYPES
from nautilus_lite.model.enums import InstrumentCloseType, MarketStatusAction
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Price

UPDATE_CLASSES: dict[str, type] = {
    "status": InstrumentStatus,
    "close": InstrumentClose,
    "mark": MarkPriceUpdate,
    "index": IndexPriceUpdate,
    "funding": FundingRateUpdate,
}
FLAGS = {None: -1, False: 0, True: 1}
SAID = {code: flag for flag, code in FLAGS.items()}
TEXT_BYTES = DTYPES["status"]["reason"].itemsize
MAX_RATE_DIGITS = 16


def pack_updates(kind: str, items: list[Any]) -> np.ndarray:
    """Pack updates of one kind into a structured array.

    Raises
    ------
    InvalidData
        If an item is of another class, a text is too long, or a funding rate has too many digits.
    """
    for index, item in enumerate(items):
        if type(item) is not UPDATE_CLASSES[kind]:
            raise InvalidData(f"item {index} is a {type(item).__name__} among {UPDATE_CLASSES[kind].__name__}s")
    pack = PACKERS[kind]
    return np.array([pack(item) for item in items], dtype=DTYPES[kind])


def _text(name: str, text: str | None) -> bytes:
    data = (text or "").encode()
    if len(data) > TEXT_BYTES or data.endswith(b"\0"):
        raise InvalidData(f"`{name}` of a status must be text of at most {TEXT_BYTES} bytes, was {text!r}")
    return data


def _status(item: InstrumentStatus) -> tuple[Any, ...]:
    return (
        item.ts_event,
        item.ts_init,
        int(item.action),
        FLAGS[item.is_trading],
        FLAGS[item.is_quoting],
        FLAGS[item.is_short_sell_restricted],
        _text("reason", item.reason),
        _text("trading_event", item.trading_event),
    )


def _close(item: InstrumentClose) -> tuple[Any, ...]:
    price = item.close_price
    return item.ts_event, item.ts_init, price.raw, price.precision, int(item.close_type)


def _price(item: MarkPriceUpdate | IndexPriceUpdate) -> tuple[Any, ...]:
    return item.ts_event, item.ts_init, item.value.raw, item.value.precision


def _funding(item: FundingRateUpdate) -> tuple[Any, ...]:
    sign, digits, exponent = item.rate.as_tuple()
    places = max(0, -int(exponent))
    raw = int(item.rate.scaleb(places))
    if places > MAX_RATE_DIGITS or abs(raw) >= 2**63:
        raise InvalidData(f"a funding rate must have at most {MAX_RATE_DIGITS} decimal places, was {item.rate}")
    return item.ts_event, item.ts_init, raw, places, item.interval or 0, item.next_funding_ns or 0


PACKERS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "status": _status,
    "close": _close,
    "mark": _price,
    "index": _price,
    "funding": _funding,
}


def unpack_updates(kind: str, rows: np.ndarray, instrument_id: InstrumentId) -> list[Any]:
    """Return the objects of packed rows; empty texts become None."""
    columns = [rows[name].tolist() for name in rows.dtype.names or ()]
    make: list[Any] = []
    for row in zip(*columns, strict=True):
        ts_event, ts_init, *rest = row
        if kind == "status":
            action, trading, quoting, restricted, reason, event = rest
            make.append(
                InstrumentStatus(
                    instrument_id,
                    MarketStatusAction(action),
                    ts_event,
                    ts_init,
                    reason.decode() or None,
                    event.decode() or None,
                    SAID[trading],
                    SAID[quoting],
                    SAID[restricted],
                )
            )
        elif kind == "close":
            raw, precision, close_type = rest
            price = Price.from_raw(raw, precision)
            make.append(InstrumentClose(instrument_id, price, InstrumentCloseType(close_type), ts_event, ts_init))
        elif kind == "funding":
            raw, precision, interval, next_ns = rest
            rate = Decimal(raw).scaleb(-precision)
            make.append(FundingRateUpdate(instrument_id, rate, ts_event, ts_init, interval or None, next_ns or None))
        else:
            raw, precision = rest
            make.append(UPDATE_CLASSES[kind](instrument_id, Price.from_raw(raw, precision), ts_event, ts_init))
    return make
