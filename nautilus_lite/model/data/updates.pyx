"""What a venue says of an instrument besides its market: status, closing prices, mark and index prices, funding rates.

These are rare next to quotes and trades: plain objects, not rows.
"""

from decimal import Decimal

cimport cython

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.enums cimport InstrumentCloseType
from nautilus_lite.model.enums cimport MarketStatusAction
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.objects cimport Price

from nautilus_lite.model.enums import instrument_close_type_from_str
from nautilus_lite.model.enums import instrument_close_type_to_str
from nautilus_lite.model.enums import market_status_action_from_str
from nautilus_lite.model.enums import market_status_action_to_str

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


@cython.no_gc
cdef class InstrumentUpdate(Data):
    """Base of what is said of one instrument at one time."""

    def _values(self):
        raise NotImplementedError(f"{type(self).__name__} must override `_values`")

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == (<InstrumentUpdate>other)._values()

    def __hash__(self):
        return hash((type(self).__name__, self.instrument_id, self.ts_event, self.ts_init))

    def __str__(self):
        return ",".join([str(value) for value in self._values()])

    def __repr__(self):
        return f"{type(self).__name__}({self})"

    def __reduce__(self):
        return type(self), self._values()


cdef object _flag(str name, object value):
    if value is None or value is True or value is False:
        return value
    raise TypeError(f"invalid `{name}`, must be True, False or None, was {value!r}")


@cython.final
@cython.no_gc
cdef class InstrumentStatus(InstrumentUpdate):
    """A change of an instrument's market status.

    Parameters
    ----------
    instrument_id : InstrumentId
    action : MarketStatusAction
    ts_event, ts_init : int
        UNIX nanoseconds.
    reason, trading_event : str, optional
        What the venue says about it.
    is_trading, is_quoting, is_short_sell_restricted : bool, optional
        None where the venue does not say.
    """

    def __init__(self, InstrumentId instrument_id not None, MarketStatusAction action, ts_t ts_event, ts_t ts_init,
                 str reason=None, str trading_event=None, is_trading=None, is_quoting=None,
                 is_short_sell_restricted=None):
        market_status_action_to_str(action)
        self.instrument_id = instrument_id
        self.ts_event = ts_event
        self.ts_init = ts_init
        self._action = action
        self.reason = reason
        self.trading_event = trading_event
        self.is_trading = _flag("is_trading", is_trading)
        self.is_quoting = _flag("is_quoting", is_quoting)
        self.is_short_sell_restricted = _flag("is_short_sell_restricted", is_short_sell_restricted)

    @property
    def action(self):
        """What the venue did (MarketStatusAction)."""
        return <MarketStatusAction>self._action

    def _values(self):
        return (
            self.instrument_id, self.action, self.ts_event, self.ts_init, self.reason, self.trading_event,
            self.is_trading, self.is_quoting, self.is_short_sell_restricted,
        )

    def __str__(self):
        return f"{self.instrument_id},{market_status_action_to_str(self._action)},{self.ts_event}"

    def to_dict(self, InstrumentStatus obj=None):
        """Return plain data."""
        cdef InstrumentStatus status = obj if obj is not None else self
        return {
            "type": "InstrumentStatus",
            "instrument_id": status.instrument_id.value,
            "action": market_status_action_to_str(status._action),
            "reason": status.reason,
            "trading_event": status.trading_event,
            "is_trading": status.is_trading,
            "is_quoting": status.is_quoting,
            "is_short_sell_restricted": status.is_short_sell_restricted,
            "ts_event": status.ts_event,
            "ts_init": status.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return InstrumentStatus(
            InstrumentId.from_str(values["instrument_id"]),
            market_status_action_from_str(values["action"]),
            values["ts_event"],
            values["ts_init"],
            values.get("reason"),
            values.get("trading_event"),
            values.get("is_trading"),
            values.get("is_quoting"),
            values.get("is_short_sell_restricted"),
        )


@cython.final
@cython.no_gc
cdef class InstrumentClose(InstrumentUpdate):
    """A closing price: of a session, or the settlement price of a contract that expired.

    Parameters
    ----------
    instrument_id : InstrumentId
    close_price : Price
    close_type : InstrumentCloseType
    ts_event, ts_init : int
        UNIX nanoseconds.
    """

    def __init__(self, InstrumentId instrument_id not None, Price close_price not None, InstrumentCloseType close_type,
                 ts_t ts_event, ts_t ts_init):
        instrument_close_type_to_str(close_type)
        self.instrument_id = instrument_id
        self.ts_event = ts_event
        self.ts_init = ts_init
        self.raw = close_price.raw
        self.precision = close_price.precision
        self._close_type = close_type

    @property
    def close_price(self):
        """The closing price (Price)."""
        return Price.from_raw_c(self.raw, self.precision)

    @property
    def close_type(self):
        """Of what it is the closing price (InstrumentCloseType)."""
        return <InstrumentCloseType>self._close_type

    def _values(self):
        return self.instrument_id, self.close_price, self.close_type, self.ts_event, self.ts_init

    def __str__(self):
        return f"{self.instrument_id},{self.close_price},{instrument_close_type_to_str(self._close_type)},{self.ts_event}"

    def to_dict(self, InstrumentClose obj=None):
        """Return plain data."""
        cdef InstrumentClose close = obj if obj is not None else self
        return {
            "type": "InstrumentClose",
            "instrument_id": close.instrument_id.value,
            "close_price": str(close.close_price),
            "close_type": instrument_close_type_to_str(close._close_type),
            "ts_event": close.ts_event,
            "ts_init": close.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return InstrumentClose(
            InstrumentId.from_str(values["instrument_id"]),
            Price.from_str(values["close_price"]),
            instrument_close_type_from_str(values["close_type"]),
            values["ts_event"],
            values["ts_init"],
        )


@cython.no_gc
cdef class PriceUpdate(InstrumentUpdate):
    """Base of mark and index prices.

    Parameters
    ----------
    instrument_id : InstrumentId
    value : Price
    ts_event, ts_init : int
        UNIX nanoseconds.
    """

    def __init__(self, InstrumentId instrument_id not None, Price value not None, ts_t ts_event, ts_t ts_init):
        self.instrument_id = instrument_id
        self.ts_event = ts_event
        self.ts_init = ts_init
        self.raw = value.raw
        self.precision = value.precision

    @property
    def value(self):
        """The price (Price)."""
        return Price.from_raw_c(self.raw, self.precision)

    def _values(self):
        return self.instrument_id, self.value, self.ts_event, self.ts_init

    def to_dict(self, PriceUpdate obj=None):
        """Return plain data."""
        cdef PriceUpdate update = obj if obj is not None else self
        return {
            "type": type(update).__name__,
            "instrument_id": update.instrument_id.value,
            "value": str(update.value),
            "ts_event": update.ts_event,
            "ts_init": update.ts_init,
        }

    @classmethod
    def from_dict(cls, dict values not None):
        """Make from the dictionary of `to_dict`."""
        return cls(
            InstrumentId.from_str(values["instrument_id"]), Price.from_str(values["value"]), values["ts_event"],
            values["ts_init"],
        )


@cython.final
@cython.no_gc
cdef class MarkPriceUpdate(PriceUpdate):
    """The price at which a venue values positions; parameters as of `PriceUpdate`."""


@cython.final
@cython.no_gc
cdef class IndexPriceUpdate(PriceUpdate):
    """The price of an instrument's index; parameters as of `PriceUpdate`."""


@cython.final
@cython.no_gc
cdef class FundingRateUpdate(InstrumentUpdate):
    """The funding rate of a perpetual.

    Parameters
    ----------
    instrument_id : InstrumentId
    rate : Decimal
        Of the notional, for one payment; positive: longs pay shorts.
    ts_event, ts_init : int
        UNIX nanoseconds.
    interval : int, optional
        Minutes between payments.
    next_funding_ns : int, optional
        When the payment at this rate is due (UNIX nanoseconds).
    """

    def __init__(self, InstrumentId instrument_id not None, rate not None, ts_t ts_event, ts_t ts_init, interval=None,
                 next_funding_ns=None):
        if not isinstance(rate, Decimal):
            rate = Decimal(str(rate))
        if not rate.is_finite():
            raise ValueError(f"invalid `rate`, must be finite, was {rate}")
        if interval is not None and interval <= 0:
            raise ValueError(f"invalid `interval`, must be positive minutes, was {interval}")
        self.instrument_id = instrument_id
        self.ts_event = ts_event
        self.ts_init = ts_init
        self.rate = rate
        self.interval = interval
        self.next_ns = NEVER if next_funding_ns is None else next_funding_ns

    @property
    def next_funding_ns(self):
        """When the payment is due (UNIX nanoseconds), or None."""
        return None if self.next_ns == NEVER else self.next_ns

    def _values(self):
        return self.instrument_id, self.rate, self.ts_event, self.ts_init, self.interval, self.next_funding_ns

    def to_dict(self, FundingRateUpdate obj=None):
        """Return plain data; the rate is text."""
        cdef FundingRateUpdate update = obj if obj is not None else self
        return {
            "type": "FundingRateUpdate",
            "instrument_id": update.instrument_id.value,
            "rate": str(update.rate),
            "interval": update.interval,
            "next_funding_ns": update.next_funding_ns,
            "ts_event": update.ts_event,
            "ts_init": update.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return FundingRateUpdate(
            InstrumentId.from_str(values["instrument_id"]), Decimal(values["rate"]), values["ts_event"],
            values["ts_init"], values.get("interval"), values.get("next_funding_ns"),
        )
