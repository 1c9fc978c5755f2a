"""Quotes and trades: a C row with a Python face; prices and sizes become objects when read."""

cimport cython
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint8_t
from libc.string cimport memcmp
from libc.string cimport memcpy
from libc.string cimport memset

from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_mul_shift
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport TRADE_ID_LEN
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.enums cimport AggressorSide
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport TradeId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.model.enums import aggressor_side_from_str
from nautilus_lite.model.enums import aggressor_side_to_str


@cython.final
@cython.no_gc
cdef class QuoteTick(Data):
    """Best bid and ask with their sizes.

    Parameters
    ----------
    instrument_id : InstrumentId
    bid_price, ask_price : Price
        Of one precision.
    bid_size, ask_size : Quantity
        Of one precision.
    ts_event, ts_init : int
        UNIX nanoseconds of the event and of its arrival.

    Raises
    ------
    ValueError
        If precisions differ.
    """

    def __init__(
        self,
        InstrumentId instrument_id not None,
        Price bid_price not None,
        Price ask_price not None,
        Quantity bid_size not None,
        Quantity ask_size not None,
        ts_t ts_event,
        ts_t ts_init,
    ):
        if bid_price.precision != ask_price.precision:
            raise ValueError(
                f"bid and ask must have one precision, were {bid_price} ({bid_price.precision}) and "
                f"{ask_price} ({ask_price.precision})"
            )
        if bid_size.precision != ask_size.precision:
            raise ValueError(
                f"bid and ask sizes must have one precision, were {bid_size} ({bid_size.precision}) and "
                f"{ask_size} ({ask_size.precision})"
            )
        self.instrument_id = instrument_id
        self._mem.ts_event = ts_event
        self._mem.ts_init = ts_init
        self._mem.bid = bid_price.raw
        self._mem.ask = ask_price.raw
        self._mem.bid_size = bid_size.raw
        self._mem.ask_size = ask_size.raw
        self._price_precision = bid_price.precision
        self._size_precision = bid_size.precision

    @staticmethod
    cdef QuoteTick from_row_c(InstrumentId instrument_id, const QuoteRow* row, uint8_t price_precision, uint8_t size_precision):
        cdef QuoteTick tick = QuoteTick.__new__(QuoteTick)
        tick.instrument_id = instrument_id
        tick._mem = row[0]
        tick._price_precision = price_precision
        tick._size_precision = size_precision
        return tick

    @staticmethod
    def from_raw(
        InstrumentId instrument_id not None,
        price_raw_t bid_price_raw,
        price_raw_t ask_price_raw,
        uint8_t bid_price_prec,
        uint8_t ask_price_prec,
        qty_raw_t bid_size_raw,
        qty_raw_t ask_size_raw,
        uint8_t bid_size_prec,
        uint8_t ask_size_prec,
        ts_t ts_event,
        ts_t ts_init,
    ):
        """Make from raws, each counted in units of 10^-precision."""
        return QuoteTick(
            instrument_id,
            Price.from_raw(bid_price_raw, bid_price_prec),
            Price.from_raw(ask_price_raw, ask_price_prec),
            Quantity.from_raw(bid_size_raw, bid_size_prec),
            Quantity.from_raw(ask_size_raw, ask_size_prec),
            ts_event,
            ts_init,
        )

    @property
    def bid_price(self):
        """Best bid."""
        return Price.from_raw_c(self._mem.bid, self._price_precision)

    @property
    def ask_price(self):
        """Best ask."""
        return Price.from_raw_c(self._mem.ask, self._price_precision)

    @property
    def bid_size(self):
        """Size at the best bid."""
        return Quantity.from_raw_c(self._mem.bid_size, self._size_precision)

    @property
    def ask_size(self):
        """Size at the best ask."""
        return Quantity.from_raw_c(self._mem.ask_size, self._size_precision)

    @property
    def ts_event(self):
        """UNIX nanoseconds of the event."""
        return self._mem.ts_event

    @property
    def ts_init(self):
        """UNIX nanoseconds of arrival."""
        return self._mem.ts_init

    def extract_price(self, int price_type):
        """Return the bid, ask or mid price; the mid has one more digit and is exact.

        Raises
        ------
        ValueError
            For other price types.
        """
        if price_type == PriceType.BID:
            return self.bid_price
        if price_type == PriceType.ASK:
            return self.ask_price
        if price_type == PriceType.MID:
            return Price.from_raw_c(_mid(self._mem.bid, self._mem.ask), self._price_precision + 1)
        raise ValueError(f"a quote has no price of type {price_type!r}, ask for BID, ASK or MID")

    def extract_size(self, int price_type):
        """Return the bid, ask or average size; the average has one more digit and is exact."""
        if price_type == PriceType.BID:
            return self.bid_size
        if price_type == PriceType.ASK:
            return self.ask_size
        if price_type == PriceType.MID:
            return Quantity.from_raw_c(_mid(self._mem.bid_size, self._mem.ask_size), self._size_precision + 1)
        raise ValueError(f"a quote has no size of type {price_type!r}, ask for BID, ASK or MID")

    def to_dict(self, QuoteTick obj=None):
        """Return plain data."""
        cdef QuoteTick tick = obj if obj is not None else self
        return {
            "type": "QuoteTick",
            "instrument_id": tick.instrument_id.value,
            "bid_price": str(tick.bid_price),
            "ask_price": str(tick.ask_price),
            "bid_size": str(tick.bid_size),
            "ask_size": str(tick.ask_size),
            "ts_event": tick._mem.ts_event,
            "ts_init": tick._mem.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return QuoteTick(
            InstrumentId.from_str(values["instrument_id"]),
            Price.from_str(values["bid_price"]),
            Price.from_str(values["ask_price"]),
            Quantity.from_str(values["bid_size"]),
            Quantity.from_str(values["ask_size"]),
            values["ts_event"],
            values["ts_init"],
        )

    def __eq__(self, other):
        if type(other) is not QuoteTick:
            return NotImplemented
        cdef QuoteTick that = <QuoteTick>other
        return (
            self.instrument_id == that.instrument_id
            and self._price_precision == that._price_precision
            and self._size_precision == that._size_precision
            and memcmp(&self._mem, &that._mem, sizeof(QuoteRow)) == 0
        )

    def __hash__(self):
        return hash((self.instrument_id, self._mem.ts_init, self._mem.bid, self._mem.ask))

    def __str__(self):
        return (
            f"{self.instrument_id},{self.bid_price},{self.ask_price},{self.bid_size},{self.ask_size},{self._mem.ts_event}"
        )

    def __repr__(self):
        return f"QuoteTick({self})"

    def __reduce__(self):
        return QuoteTick, (
            self.instrument_id, self.bid_price, self.ask_price, self.bid_size, self.ask_size, self.ts_event, self.ts_init,
        )


cdef price_raw_t _mid(price_raw_t a, price_raw_t b) except? -9223372036854775807:
    """Half the sum in units of one more digit: (a + b) * 10 / 2."""
    cdef price_raw_t total = 0
    cdef price_raw_t mid = 0
    if fixed_add(a, b, &total) or fixed_mul_shift(total, 5, 0, &mid):
        raise_overflow("the middle of two prices")
    return mid


@cython.final
@cython.no_gc
cdef class TradeTick(Data):
    """A trade.

    Parameters
    ----------
    instrument_id : InstrumentId
    price : Price
    size : Quantity
        Positive.
    aggressor_side : AggressorSide
    trade_id : TradeId
    ts_event, ts_init : int
        UNIX nanoseconds.

    Raises
    ------
    ValueError
        If the size is zero.
    """

    def __init__(
        self,
        InstrumentId instrument_id not None,
        Price price not None,
        Quantity size not None,
        AggressorSide aggressor_side,
        TradeId trade_id not None,
        ts_t ts_event,
        ts_t ts_init,
    ):
        cdef Py_ssize_t length
        cdef const char* text = PyUnicode_AsUTF8AndSize(trade_id.value, &length)
        if size.raw == 0:
            raise ValueError(f"invalid `size`, must be positive, was {size}")
        if length > TRADE_ID_LEN:
            raise ValueError(f"invalid `trade_id`, must have at most {TRADE_ID_LEN} bytes, was {trade_id.value!r}")
        aggressor_side_to_str(aggressor_side)
        self.instrument_id = instrument_id
        memset(&self._mem, 0, sizeof(TradeRow))
        self._mem.ts_event = ts_event
        self._mem.ts_init = ts_init
        self._mem.price = price.raw
        self._mem.size = size.raw
        self._mem.aggressor_side = aggressor_side
        self._mem.id_len = <uint8_t>length
        memcpy(&self._mem.trade_id[0], text, length)
        self._price_precision = price.precision
        self._size_precision = size.precision

    @staticmethod
    cdef TradeTick from_row_c(InstrumentId instrument_id, const TradeRow* row, uint8_t price_precision, uint8_t size_precision):
        cdef TradeTick tick = TradeTick.__new__(TradeTick)
        tick.instrument_id = instrument_id
        tick._mem = row[0]
        tick._price_precision = price_precision
        tick._size_precision = size_precision
        return tick

    @staticmethod
    def from_raw(
        InstrumentId instrument_id not None,
        price_raw_t price_raw,
        uint8_t price_prec,
        qty_raw_t size_raw,
        uint8_t size_prec,
        AggressorSide aggressor_side,
        TradeId trade_id not None,
        ts_t ts_event,
        ts_t ts_init,
    ):
        """Make from raws, each counted in units of 10^-precision."""
        return TradeTick(
            instrument_id, Price.from_raw(price_raw, price_prec), Quantity.from_raw(size_raw, size_prec), aggressor_side,
            trade_id, ts_event, ts_init,
        )

    @property
    def price(self):
        """Price of the trade."""
        return Price.from_raw_c(self._mem.price, self._price_precision)

    @property
    def size(self):
        """Size of the trade."""
        return Quantity.from_raw_c(self._mem.size, self._size_precision)

    @property
    def aggressor_side(self):
        """Which side took liquidity."""
        return <AggressorSide>self._mem.aggressor_side

    @property
    def trade_id(self):
        """Identifier of the trade."""
        return TradeId.new_c(PyUnicode_DecodeUTF8(&self._mem.trade_id[0], self._mem.id_len, NULL))

    @property
    def ts_event(self):
        """UNIX nanoseconds of the event."""
        return self._mem.ts_event

    @property
    def ts_init(self):
        """UNIX nanoseconds of arrival."""
        return self._mem.ts_init

    def to_dict(self, TradeTick obj=None):
        """Return plain data."""
        cdef TradeTick tick = obj if obj is not None else self
        return {
            "type": "TradeTick",
            "instrument_id": tick.instrument_id.value,
            "price": str(tick.price),
            "size": str(tick.size),
            "aggressor_side": aggressor_side_to_str(tick._mem.aggressor_side),
            "trade_id": tick.trade_id.value,
            "ts_event": tick._mem.ts_event,
            "ts_init": tick._mem.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return TradeTick(
            InstrumentId.from_str(values["instrument_id"]),
            Price.from_str(values["price"]),
            Quantity.from_str(values["size"]),
            aggressor_side_from_str(values["aggressor_side"]),
            TradeId(values["trade_id"]),
            values["ts_event"],
            values["ts_init"],
        )

    def __eq__(self, other):
        if type(other) is not TradeTick:
            return NotImplemented
        cdef TradeTick that = <TradeTick>other
        return (
            self.instrument_id == that.instrument_id
            and self.price == that.price
            and self.size == that.size
            and self._mem.aggressor_side == that._mem.aggressor_side
            and self._mem.id_len == that._mem.id_len
            and memcmp(&self._mem.trade_id[0], &that._mem.trade_id[0], self._mem.id_len) == 0
            and self._mem.ts_event == that._mem.ts_event
            and self._mem.ts_init == that._mem.ts_init
        )

    def __hash__(self):
        return hash((self.instrument_id, self._mem.ts_init, self._mem.price, self.trade_id))

    def __str__(self):
        return (
            f"{self.instrument_id},{self.price},{self.size},{aggressor_side_to_str(self._mem.aggressor_side)},"
            f"{self.trade_id},{self._mem.ts_event}"
        )

    def __repr__(self):
        return f"TradeTick({self})"

    def __reduce__(self):
        return TradeTick, (
            self.instrument_id, self.price, self.size, self.aggressor_side, self.trade_id, self.ts_event, self.ts_init,
        )
