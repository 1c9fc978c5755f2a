"""Columns of positions for statistics, read from their fields without making objects."""

import numpy as np

from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t

from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.position cimport Position


def trade_columns(list positions not None):
    """Return what statistics read of positions, an array each.

    Parameters
    ----------
    positions : list of Position
        Or of objects with the same attributes.

    Returns
    -------
    dict of str to ndarray
        `net`, `gross` (minor units), `currency` (place in `currencies`), `opened`, `closed` (the last fill where it is open),
        `durations` (ns; int64), `is_open`, `is_long` (bool), `returns` (float64); and the list `currencies`.
    """
    cdef Py_ssize_t n = len(positions), i
    cdef Position position
    names = ("net", "gross", "currency", "opened", "closed", "durations")
    whole = {name: np.zeros(n, dtype=np.int64) for name in names}
    flags = {name: np.zeros(n, dtype=np.uint8) for name in ("is_open", "is_long")}
    shares = np.zeros(n)
    cdef int64_t[::1] net = whole["net"], gross = whole["gross"], currency = whole["currency"]
    cdef int64_t[::1] opened = whole["opened"], closed = whole["closed"], durations = whole["durations"]
    cdef uint8_t[::1] is_open = flags["is_open"], is_long = flags["is_long"]
    cdef double[::1] returns = shares
    cdef dict places = {}
    cdef object item, money, held, last = None
    cdef int64_t place = 0
    for i in range(n):
        item = positions[i]
        if isinstance(item, Position):
            position = item
            net[i] = position.realized_pnl_raw_c()
            gross[i] = position.gross_raw
            opened[i] = position.ts_opened
            closed[i] = position.ts_closed if position.ts_closed else position.ts_last
            durations[i] = position.duration_ns
            is_open[i] = position.signed_raw != 0
            is_long[i] = position._entry == OrderSide.BUY
            returns[i] = position.realized_return
            held = position.settlement_currency
        else:
            money = item.realized_pnl
            net[i] = money.raw
            gross[i] = item.gross_pnl.raw
            opened[i] = item.ts_opened
            closed[i] = item.ts_closed or item.ts_last
            durations[i] = item.duration_ns
            is_open[i] = item.is_open
            is_long[i] = item.entry == OrderSide.BUY
            returns[i] = item.realized_return
            held = money.currency
        # Positions that follow each other mostly settle in the very object
        if held is not last:
            place = places.setdefault(held, len(places))
            last = held
        currency[i] = place
    return {
        **whole, **{name: flag.astype(bool) for name, flag in flags.items()}, "returns": shares, "currencies": list(places)
    }
