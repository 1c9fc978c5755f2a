"""Market-by-order records as deltas of a book by order.

A record of Databento's MBO schema tells of one order: added, modified, cancelled, by a size. Deltas tell what is left of it,
so the conversion keeps the size of every order. Trades and fills do not change the book: the cancel of what was filled
follows them. Prices come in units of 10^-9.
"""

from __future__ import annotations

import numpy as np

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import AggressorSide, BookAction, OrderSide, RecordFlag

PRICE_DIGITS = 9
LAST = int(RecordFlag.F_LAST)
KEPT = LAST | int(RecordFlag.F_SNAPSHOT)
SIDES = {b"B": int(OrderSide.BUY), b"A": int(OrderSide.SELL)}
AGGRESSORS = {b"B": int(AggressorSide.BUYER), b"A": int(AggressorSide.SELLER)}


def _scaled(price: int, factor: int, index: int) -> int:
    raw, rest = divmod(price, factor)
    if rest:
        raise InvalidData(f"price {price} (10^-9) of record {index} is finer than the instrument's precision")
    return raw


def mbo_rows(records: np.ndarray, price_precision: int) -> tuple[np.ndarray, np.ndarray]:
    """Turn MBO records into rows of deltas and of trades.

    Parameters
    ----------
    records : ndarray
        Structured, of Databento's `mbo` schema, of one instrument, in the order of the file.
    price_precision : int
        Digits of the instrument's prices, 0 to 9. Sizes are whole.

    Returns
    -------
    tuple of ndarray
        Deltas (`DELTA_DTYPE`) and trades (`TRADE_DTYPE`); `ts_event` is the venue's time and `ts_init` the time of receipt.

    Raises
    ------
    InvalidData
        If a price has more digits, or a record an action that is not known.
    """
    factor = 10 ** (PRICE_DIGITS - price_precision)
    deltas: list[tuple[int, ...]] = []
    trades: list[tuple[object, ...]] = []
    left: dict[int, int] = {}
    open_batch = False
    names = ("ts_event", "ts_recv", "order_id", "price", "size", "flags", "action", "side", "sequence")
    columns = zip(*(records[name].tolist() for name in names), strict=True)
    for index, (ts_event, ts_init, order_id, price, size, flags, action, side, sequence) in enumerate(columns):
        if action in (b"A", b"M", b"C"):
            if action == b"C":
                # A cancel takes off what it says; the rest stays in its place
                remaining = max(left.get(order_id, 0) - size, 0)
            else:
                remaining = size
            if remaining:
                left[order_id] = remaining
            else:
                left.pop(order_id, None)
            kind = BookAction.DELETE if not remaining else BookAction.ADD if action == b"A" else BookAction.UPDATE
            raw = _scaled(price, factor, index)
            deltas.append(
                (ts_event, ts_init, raw, remaining, order_id, sequence, int(kind), SIDES[side], flags & KEPT)
            )
            open_batch = not flags & LAST
        elif action == b"R":
            left.clear()
            deltas.append((ts_event, ts_init, 0, 0, 0, sequence, int(BookAction.CLEAR), 0, flags & KEPT))
            open_batch = not flags & LAST
        elif action == b"T":
            name = f"{sequence}-{index}".encode()
            aggressor = AGGRESSORS.get(side, int(AggressorSide.NO_AGGRESSOR))
            trades.append((ts_event, ts_init, _scaled(price, factor, index), size, aggressor, len(name), name))
        elif action not in (b"F", b"N"):
            raise InvalidData(f"unknown action {action!r} of record {index}: known are A, M, C, R, T, F and N")
        if flags & LAST and open_batch:
            # The event ended with a record that changes no book: its last delta ends the batch
            *front, last = deltas[-1]
            deltas[-1] = (*front, last | LAST)
            open_batch = False
    return np.array(deltas, dtype=DELTA_DTYPE), np.array(trades, dtype=TRADE_DTYPE)
