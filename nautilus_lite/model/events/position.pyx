"""Position events: a copy of a position's state after a fill."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport PositionSide
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.position cimport Position

from nautilus_lite.errors import InternalError


cdef PositionEvent position_event_c(int kind, Position position, OrderFilled fill, uint64_t id_hi, uint64_t id_lo,
                                    ts_t ts_init):
    cdef PositionEvent event
    if kind == 0:
        event = PositionOpened.__new__(PositionOpened)
    elif kind == 1:
        event = PositionChanged.__new__(PositionChanged)
    elif kind == 2:
        event = PositionClosed.__new__(PositionClosed)
    else:
        raise InternalError(f"no position event of kind {kind}; please report")
    event.id_hi = id_hi
    event.id_lo = id_lo
    event.trader_id = position.trader_id
    event.strategy_id = position.strategy_id
    event.instrument_id = position.instrument_id
    event.position_id = position.id
    event.account_id = position.account_id
    event.opening_order_id = position.opening_order_id
    event.closing_order_id = position.closing_order_id
    event._entry = position._entry
    event._side = position._side
    event.signed_qty = position.signed_qty
    event.quantity_raw = fixed_abs(position.signed_raw)
    event.peak_qty_raw = position.peak_raw
    event.last_qty_raw = fill.qty_raw
    event.size_precision = position.size_precision
    event.last_px_raw = fill.px_raw
    event.price_precision = fill.px_precision
    event.currency = position.quote_currency
    event._settlement_currency = position.settlement_currency
    event.avg_px_open = position.avg_px_open
    event.avg_px_close = position.avg_px_close
    event.realized_return = position.realized_return
    event.realized_pnl_raw = position.realized_pnl_raw_c()
    event.ts_opened = position.ts_opened
    event.ts_closed = position.ts_closed
    event.duration_ns = position.duration_ns
    event.ts_event = fill.ts_event
    event.ts_init = ts_init
    return event


@cython.no_gc
cdef class PositionEvent:
    """Base of all position events.

    Attributes
    ----------
    trader_id, strategy_id, instrument_id, position_id, account_id
    opening_order_id, closing_order_id : ClientOrderId
        The latter None while the position is open.
    signed_qty : float
        Negative is short.
    currency : Currency
        Quote currency of the instrument.
    avg_px_open, avg_px_close : float
    realized_return : float
        Fraction of the open price.
    ts_opened, ts_closed, ts_event, ts_init : int
        UNIX nanoseconds; `ts_closed` is 0 while the position is open.
    duration_ns : int
    """

    def __init__(self):
        raise TypeError(f"`{type(self).__name__}` is made by `{type(self).__name__}.create` or the execution engine")

    @classmethod
    def create(cls, Position position not None, OrderFilled fill not None, UUID4 event_id not None, ts_t ts_init):
        """Return the event of a position that the fill has just been applied to."""
        cdef int kind = 0 if cls is PositionOpened else 1 if cls is PositionChanged else 2
        if cls is PositionEvent:
            raise TypeError("`PositionEvent` is a base class: make one of its kinds")
        return position_event_c(kind, position, fill, event_id.hi, event_id.lo, ts_init)

    @property
    def id(self):
        """The event's id (UUID4)."""
        return UUID4.from_parts_c(self.id_hi, self.id_lo)

    @property
    def entry(self):
        """The side of the opening fill (`OrderSide`)."""
        return <OrderSide>self._entry

    @property
    def side(self):
        """The position side (`PositionSide`)."""
        return <PositionSide>self._side

    @property
    def quantity(self):
        """The open quantity (Quantity)."""
        return Quantity.from_raw_c(self.quantity_raw, self.size_precision)

    @property
    def peak_qty(self):
        """The largest open quantity of the position (Quantity)."""
        return Quantity.from_raw_c(self.peak_qty_raw, self.size_precision)

    @property
    def last_qty(self):
        """The quantity of the fill (Quantity)."""
        return Quantity.from_raw_c(self.last_qty_raw, self.size_precision)

    @property
    def realized_pnl(self):
        """The realised PnL after fees (Money, settlement currency)."""
        return Money.from_raw_c(self.realized_pnl_raw, self._settlement_currency)

    @property
    def last_px(self):
        """The price of the fill (Price)."""
        return Price.from_raw_c(self.last_px_raw, self.price_precision)

    @property
    def unrealized_pnl(self):
        """Zero: at its own fill a position has no later price (Money, settlement currency)."""
        return Money.from_raw_c(0, self._settlement_currency)

    def to_dict(self):
        """Return the event as a dict of plain values."""
        return {
            "type": type(self).__name__,
            "trader_id": self.trader_id.value,
            "strategy_id": self.strategy_id.value,
            "instrument_id": self.instrument_id.value,
            "position_id": self.position_id.value,
            "account_id": self.account_id.value,
            "opening_order_id": self.opening_order_id.value,
            "closing_order_id": None if self.closing_order_id is None else self.closing_order_id.value,
            "entry": self.entry.name,
            "side": self.side.name,
            "signed_qty": self.signed_qty,
            "quantity": str(self.quantity),
            "peak_qty": str(self.peak_qty),
            "last_qty": str(self.last_qty),
            "last_px": str(self.last_px),
            "currency": self.currency.code,
            "avg_px_open": self.avg_px_open,
            "avg_px_close": self.avg_px_close,
            "realized_return": self.realized_return,
            "realized_pnl": str(self.realized_pnl),
            "unrealized_pnl": str(self.unrealized_pnl),
            "event_id": self.id.value,
            "ts_opened": self.ts_opened,
            "ts_closed": self.ts_closed,
            "duration_ns": self.duration_ns,
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self.id_hi == (<PositionEvent>other).id_hi and self.id_lo == (<PositionEvent>other).id_lo

    def __hash__(self):
        return hash((self.id_hi, self.id_lo))

    def __repr__(self):
        return (
            f"{type(self).__name__}({self.position_id}, {self.side.name} {self.quantity}, "
            f"realized_pnl={self.realized_pnl}, ts_event={self.ts_event})"
        )


@cython.no_gc
cdef class PositionOpened(PositionEvent):
    """A position was opened."""


@cython.no_gc
cdef class PositionChanged(PositionEvent):
    """An open position grew or shrank."""


@cython.no_gc
cdef class PositionClosed(PositionEvent):
    """A position was closed."""
