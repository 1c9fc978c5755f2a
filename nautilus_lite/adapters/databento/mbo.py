"""Market-by-order records of the DBN format as rows.

A record adds, changes, cancels (`A`, `M`, `C`) or clears (`R`) orders, or tells of a trade (`T`) or of the resting orders that it
filled (`F`). Only the first four change the book: the cancels or changes that a trade causes follow it. A cancel names the size
that it takes off, all of the order or a part. Records of one event end with one flagged F_LAST.
"""

from __future__ import annotations

import numpy as np

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, TRADE_DTYPE
from nautilus_lite.model.data.rows import mark_batches
from nautilus_lite.model.enums import AggressorSide, BookAction, OrderSide, RecordFlag

PRICE_DIGITS = 9
NO_PRICE = 2**63 - 1
LAST = int(RecordFlag.F_LAST)
KEPT = LAST | int(RecordFlag.F_SNAPSHOT)
ACTIONS = {b"A": BookAction.ADD, b"M": BookAction.UPDATE, b"C": BookAction.DELETE, b"R": BookAction.CLEAR}
OTHERS = (b"T", b"F", b"N")
SIDES = {b"B": OrderSide.BUY, b"A": OrderSide.SELL}
# Of a trade the side is that of the aggressor
AGGRESSORS = {b"B": AggressorSide.BUYER, b"A": AggressorSide.SELLER}


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
        If a price has more digits, an order lacks a price or a side, or a record an action that is not known.
    """
    return delta_rows(records, price_precision)[0], trade_rows(records, price_precision)[0]


def delta_rows(records: np.ndarray, price_precision: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of deltas, and the position of the record that each is made of."""
    action = records["action"]
    known = np.isin(action, [*ACTIONS, *OTHERS])
    if not known.all():
        first = int(np.argmin(known))
        raise InvalidData(f"unknown action {bytes(action[first])!r} of record {first}: known are A, M, C, R, T, F and N")
    positions = np.flatnonzero(np.isin(action, list(ACTIONS)))
    kept = records[positions]
    rows = np.zeros(len(kept), dtype=DELTA_DTYPE)
    clears = kept["action"] == b"R"
    for code, number in ACTIONS.items():
        rows["action"][kept["action"] == code] = number
    for code, side in SIDES.items():
        rows["side"][kept["side"] == code] = side
    sideless = (rows["side"] == 0) & ~clears
    if sideless.any():
        raise InvalidData(f"record {positions[sideless.argmax()]} is an order without a side: drop it")
    rows["ts_event"], rows["ts_init"] = kept["ts_event"], kept["ts_recv"]
    rows["price"] = raw_prices(np.where(clears, 0, kept["price"]), price_precision, positions)
    rows["size"] = kept["size"]
    rows["order_id"] = kept["order_id"]
    rows["sequence"] = kept["sequence"]
    rows["flags"] = kept["flags"] & np.uint8(KEPT)
    for name in ("side", "size", "order_id"):
        rows[name][clears] = 0
    cancels = kept["action"] == b"C"
    left = np.maximum(_left(kept), 0)
    left[kept["size"] == 0] = 0
    rows["size"][cancels] = left[cancels]
    rows["action"][cancels & (left > 0)] = BookAction.UPDATE
    _end_batches(rows, positions, records["flags"])
    return rows, positions


def trade_rows(records: np.ndarray, price_precision: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of trades, and the position of the record that each is made of."""
    positions = np.flatnonzero((records["action"] == b"T") & (records["size"] > 0))
    kept = records[positions]
    rows = np.zeros(len(kept), dtype=TRADE_DTYPE)
    rows["ts_event"], rows["ts_init"] = kept["ts_event"], kept["ts_recv"]
    rows["price"] = raw_prices(kept["price"], price_precision, positions)
    rows["size"] = kept["size"]
    for code, number in AGGRESSORS.items():
        rows["aggressor_side"][kept["side"] == code] = number
    rows["trade_id"] = kept["sequence"].astype(TRADE_DTYPE["trade_id"])
    rows["id_len"] = np.char.str_len(rows["trade_id"])
    return rows, positions


def raw_prices(prices: np.ndarray, precision: int, positions: np.ndarray) -> np.ndarray:
    """Return prices in units of 10^-9 in units of 10^-precision, exactly.

    Raises
    ------
    InvalidData
        If a price is missing or has more digits.
    """
    missing = prices == NO_PRICE
    if missing.any():
        raise InvalidData(f"record {positions[missing.argmax()]} has no price: drop it")
    raw = prices // 10 ** (PRICE_DIGITS - precision)
    finer = raw * 10 ** (PRICE_DIGITS - precision) != prices
    if finer.any():
        first = finer.argmax()
        raise InvalidData(
            f"price {prices[first]} (10^-9) of record {positions[first]} is finer than the instrument's precision, "
            f"{precision} digits: give its `price_precision`"
        )
    return raw


def _left(records: np.ndarray) -> np.ndarray:
    """What each record leaves of its order; zero or less where nothing is left, or the order is not known."""
    action = records["action"]
    # An order's records one after the other; a clear begins its life anew
    life = np.cumsum(action == b"R")
    order = np.lexsort((life, records["order_id"]))
    action, life, order_id = action[order], life[order], records["order_id"][order]
    size = records["size"][order].astype(np.int64)
    sets = (action == b"A") | (action == b"M")
    begins = sets.copy()
    begins[:1] = True
    begins[1:] |= (order_id[1:] != order_id[:-1]) | (life[1:] != life[:-1])
    first = np.flatnonzero(begins)
    part = np.cumsum(begins) - 1
    cancelled = np.cumsum(np.where(action == b"C", size, 0))
    before = cancelled[first] - np.where(action[first] == b"C", size[first], 0)
    left = np.empty(len(records), dtype=np.int64)
    left[order] = np.where(sets[first], size[first], 0)[part] - (cancelled - before[part])
    return left


def _end_batches(rows: np.ndarray, positions: np.ndarray, flags: np.ndarray) -> None:
    """Let the last change of each event end its batch, also where a trade or fill closes the event."""
    last = flags & np.uint8(LAST) != 0
    if not len(rows) or not last.any():
        return
    ended = np.concatenate(([0], np.cumsum(last)))       # events that ended before each record
    event = ended[positions]
    closes = np.append(event[1:] != event[:-1], ended[-1] > event[-1])
    rows["flags"][closes] |= np.uint8(LAST)
    mark_batches(rows)
