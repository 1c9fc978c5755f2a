"""Packing of data objects into rows and back."""

from libc.stdint cimport uint8_t

import numpy as np

from nautilus_lite.model.data.bars cimport Bar
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.book cimport OrderBookDelta
from nautilus_lite.model.data.book cimport OrderBookDepth10
from nautilus_lite.model.data.ticks cimport QuoteTick
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.enums cimport BookAction
from nautilus_lite.model.enums cimport RecordFlag
from nautilus_lite.model.identifiers cimport InstrumentId

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data.dtypes import DTYPES

KIND_OF = {QuoteTick: "quote", TradeTick: "trade", Bar: "bar", OrderBookDelta: "delta", OrderBookDepth10: "depth10"}


def row_sizes():
    """Return the size of each row struct in bytes."""
    return {
        "quote": sizeof(QuoteRow), "trade": sizeof(TradeRow), "bar": sizeof(BarRow), "delta": sizeof(DeltaRow),
        "depth10": sizeof(Depth10Row),
    }


def row_offsets():
    """Return the offset of every field of each row struct."""
    cdef QuoteRow q
    cdef TradeRow t
    cdef BarRow b
    cdef DeltaRow d
    cdef Depth10Row p
    return {
        "quote": {
            "ts_event": <char*>&q.ts_event - <char*>&q, "ts_init": <char*>&q.ts_init - <char*>&q,
            "bid": <char*>&q.bid - <char*>&q, "ask": <char*>&q.ask - <char*>&q,
            "bid_size": <char*>&q.bid_size - <char*>&q, "ask_size": <char*>&q.ask_size - <char*>&q,
        },
        "trade": {
            "ts_event": <char*>&t.ts_event - <char*>&t, "ts_init": <char*>&t.ts_init - <char*>&t,
            "price": <char*>&t.price - <char*>&t, "size": <char*>&t.size - <char*>&t,
            "aggressor_side": <char*>&t.aggressor_side - <char*>&t, "id_len": <char*>&t.id_len - <char*>&t,
            "trade_id": <char*>&t.trade_id[0] - <char*>&t,
        },
        "bar": {
            "ts_event": <char*>&b.ts_event - <char*>&b, "ts_init": <char*>&b.ts_init - <char*>&b,
            "open": <char*>&b.open - <char*>&b, "high": <char*>&b.high - <char*>&b, "low": <char*>&b.low - <char*>&b,
            "close": <char*>&b.close - <char*>&b, "volume": <char*>&b.volume - <char*>&b,
        },
        "delta": {
            "ts_event": <char*>&d.ts_event - <char*>&d, "ts_init": <char*>&d.ts_init - <char*>&d,
            "price": <char*>&d.price - <char*>&d, "size": <char*>&d.size - <char*>&d,
            "order_id": <char*>&d.order_id - <char*>&d, "sequence": <char*>&d.sequence - <char*>&d,
            "action": <char*>&d.action - <char*>&d, "side": <char*>&d.side - <char*>&d, "flags": <char*>&d.flags - <char*>&d,
        },
        "depth10": {
            "ts_event": <char*>&p.ts_event - <char*>&p, "ts_init": <char*>&p.ts_init - <char*>&p,
            "sequence": <char*>&p.sequence - <char*>&p, "flags": <char*>&p.flags - <char*>&p,
            "bid_prices": <char*>&p.bid_prices[0] - <char*>&p, "bid_sizes": <char*>&p.bid_sizes[0] - <char*>&p,
            "bid_counts": <char*>&p.bid_counts[0] - <char*>&p, "ask_prices": <char*>&p.ask_prices[0] - <char*>&p,
            "ask_sizes": <char*>&p.ask_sizes[0] - <char*>&p, "ask_counts": <char*>&p.ask_counts[0] - <char*>&p,
        },
    }


cdef _wrong_precision(size_t index, object item, int price, int size, int want_price, int want_size):
    return InvalidData(
        f"item {index} ({item}) has price precision {price} and size precision {size}, but its instrument has "
        f"{want_price} and {want_size}: make prices and sizes with `instrument.make_price` and `instrument.make_qty`"
    )


def mark_batches(object rows not None):
    """Mark, in place, the rows of order book deltas that do not end their batch.

    Where any row is flagged `F_LAST` those without flags belong to the batch that the next one so flagged ends. Where none
    is, every row is a batch of its own.

    Parameters
    ----------
    rows : ndarray of DELTA_DTYPE
        In order of arrival.
    """
    flags = rows["flags"]
    if np.any(flags & <int>RecordFlag.F_LAST):
        flags[flags == 0] = INSIDE_BATCH


def pack_rows(list items not None, int price_precision, int size_precision):
    """Pack data objects of one kind into a structured array.

    Parameters
    ----------
    items : list
        QuoteTick, TradeTick, Bar, OrderBookDelta or OrderBookDepth10; not empty.
    price_precision, size_precision : int
        Of the instrument; every item must have them (a CLEAR delta has none).

    Raises
    ------
    InvalidData
        If an item is of another kind or precision; the message names it.
    """
    cdef size_t i = 0
    cdef QuoteTick quote
    cdef TradeTick trade
    cdef Bar bar
    cdef OrderBookDelta delta
    cdef OrderBookDepth10 depth
    cdef unsigned char[::1] view
    kind = KIND_OF.get(type(items[0]))
    if kind is None:
        raise InvalidData(f"cannot pack {type(items[0]).__name__}, must be one of {[c.__name__ for c in KIND_OF]}")
    cls = type(items[0])
    for i, item in enumerate(items):
        if type(item) is not cls:
            raise InvalidData(f"item {i} is a {type(item).__name__} among {cls.__name__}s")
    rows = np.empty(len(items), dtype=DTYPES[kind])
    view = rows.view(np.uint8)
    i = 0
    if kind == "quote":
        for quote in items:
            if quote._price_precision != price_precision or quote._size_precision != size_precision:
                raise _wrong_precision(i, quote, quote._price_precision, quote._size_precision, price_precision, size_precision)
            (<QuoteRow*>&view[0])[i] = quote._mem
            i += 1
    elif kind == "trade":
        for trade in items:
            if trade._price_precision != price_precision or trade._size_precision != size_precision:
                raise _wrong_precision(i, trade, trade._price_precision, trade._size_precision, price_precision, size_precision)
            (<TradeRow*>&view[0])[i] = trade._mem
            i += 1
    elif kind == "bar":
        for bar in items:
            if bar._price_precision != price_precision or bar._size_precision != size_precision:
                raise _wrong_precision(i, bar, bar._price_precision, bar._size_precision, price_precision, size_precision)
            (<BarRow*>&view[0])[i] = bar._mem
            i += 1
    elif kind == "delta":
        for delta in items:
            if delta._mem.action != BookAction.CLEAR and (
                delta._price_precision != price_precision or delta._size_precision != size_precision
            ):
                raise _wrong_precision(i, delta, delta._price_precision, delta._size_precision, price_precision, size_precision)
            (<DeltaRow*>&view[0])[i] = delta._mem
            i += 1
        mark_batches(rows)
    else:
        for depth in items:
            if depth._price_precision != price_precision or depth._size_precision != size_precision:
                raise _wrong_precision(i, depth, depth._price_precision, depth._size_precision, price_precision, size_precision)
            (<Depth10Row*>&view[0])[i] = depth._mem
            i += 1
    return rows


def unpack_rows(object rows, object identifier, uint8_t price_precision, uint8_t size_precision):
    """Return the data objects of a structured array.

    Parameters
    ----------
    rows : ndarray
        Of one of the dtypes in `nautilus_lite.model.data.dtypes`.
    identifier : InstrumentId | BarType

    Raises
    ------
    InvalidData
        If the dtype is none of them.
    """
    cdef size_t n = len(rows)
    cdef size_t i
    cdef const unsigned char[::1] view
    cdef InstrumentId instrument_id
    cdef BarType bar_type
    if n == 0:
        return []
    rows = np.ascontiguousarray(rows)
    view = rows.view(np.uint8)
    if rows.dtype == DTYPES["bar"]:
        bar_type = identifier
        return [Bar.from_row_c(bar_type, &(<const BarRow*>&view[0])[i], price_precision, size_precision) for i in range(n)]
    instrument_id = identifier
    if rows.dtype == DTYPES["quote"]:
        return [
            QuoteTick.from_row_c(instrument_id, &(<const QuoteRow*>&view[0])[i], price_precision, size_precision)
            for i in range(n)
        ]
    if rows.dtype == DTYPES["trade"]:
        return [
            TradeTick.from_row_c(instrument_id, &(<const TradeRow*>&view[0])[i], price_precision, size_precision)
            for i in range(n)
        ]
    if rows.dtype == DTYPES["delta"]:
        return [
            OrderBookDelta.from_row_c(instrument_id, &(<const DeltaRow*>&view[0])[i], price_precision, size_precision)
            for i in range(n)
        ]
    if rows.dtype == DTYPES["depth10"]:
        return [
            OrderBookDepth10.from_row_c(instrument_id, &(<const Depth10Row*>&view[0])[i], price_precision, size_precision)
            for i in range(n)
        ]
    raise InvalidData(f"rows have an unknown dtype {rows.dtype}; see `nautilus_lite.model.data.dtypes`")
