"""Order events: what happened to an order, immutable, in the order in which it took effect.

Ids are two integers until somebody reads them. The venue and the engines make events through `order_event_new_c` and
`order_event_fill_c`; constructors with keywords are for users and tests.
"""

cimport cython
from libc.math cimport NAN
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.core.fixed cimport fixed_to_str
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TradeId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.time_in_force cimport TimeInForce

from nautilus_lite.errors import InternalError


cdef int order_event_fill_c(OrderEvent event, int kind, uint64_t id_hi, uint64_t id_lo, TraderId trader_id,
                            StrategyId strategy_id, InstrumentId instrument_id, ClientOrderId client_order_id,
                            VenueOrderId venue_order_id, AccountId account_id, ts_t ts_event, ts_t ts_init) except -1:
    event.kind = kind
    event.id_hi = id_hi
    event.id_lo = id_lo
    event.trader_id = trader_id
    event.strategy_id = strategy_id
    event.instrument_id = instrument_id
    event.client_order_id = client_order_id
    event.venue_order_id = venue_order_id
    event.account_id = account_id
    event.ts_event = ts_event
    event.ts_init = ts_init
    return 0


cdef OrderEvent order_event_new_c(int kind):
    if kind == OrderEventKind.SUBMITTED:
        return OrderSubmitted.__new__(OrderSubmitted)
    if kind == OrderEventKind.ACCEPTED:
        return OrderAccepted.__new__(OrderAccepted)
    if kind == OrderEventKind.CANCELED:
        return OrderCanceled.__new__(OrderCanceled)
    if kind == OrderEventKind.EXPIRED:
        return OrderExpired.__new__(OrderExpired)
    if kind == OrderEventKind.TRIGGERED:
        return OrderTriggered.__new__(OrderTriggered)
    if kind == OrderEventKind.PENDING_UPDATE:
        return OrderPendingUpdate.__new__(OrderPendingUpdate)
    if kind == OrderEventKind.PENDING_CANCEL:
        return OrderPendingCancel.__new__(OrderPendingCancel)
    if kind == OrderEventKind.EMULATED:
        return OrderEmulated.__new__(OrderEmulated)
    raise InternalError(f"order event of kind {kind} has fields of its own; please report")


@cython.no_gc
cdef class OrderEvent:
    """Base of all order events.

    Attributes
    ----------
    trader_id, strategy_id, instrument_id, client_order_id
        Whose order it is.
    venue_order_id : VenueOrderId or None
    account_id : AccountId or None
    ts_event : int
        When it happened at the venue, UNIX nanoseconds.
    ts_init : int
        When the event was made, UNIX nanoseconds.
    reconciliation : bool
        If it was made up to agree with a venue's report.
    """

    def __init__(self):
        raise TypeError(f"`{type(self).__name__}` is a base class: make one of its kinds")

    @property
    def id(self):
        """The event's id (UUID4)."""
        return UUID4.from_parts_c(self.id_hi, self.id_lo)

    def _details(self):
        return {}

    def to_dict(self):
        """Return the event as a dict of plain values."""
        values = {
            "type": type(self).__name__,
            "trader_id": self.trader_id.value,
            "strategy_id": self.strategy_id.value,
            "instrument_id": self.instrument_id.value,
            "client_order_id": self.client_order_id.value,
            "venue_order_id": None if self.venue_order_id is None else self.venue_order_id.value,
            "account_id": None if self.account_id is None else self.account_id.value,
            "event_id": self.id.value,
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
            "reconciliation": bool(self.reconciliation),
        }
        values.update(self._details())
        return values

    def __eq__(self, other):
        cdef OrderEvent that
        if type(self) is not type(other):
            return NotImplemented
        that = <OrderEvent>other
        return self.id_hi == that.id_hi and self.id_lo == that.id_lo

    def __hash__(self):
        return hash((self.id_hi, self.id_lo))

    def __repr__(self):
        values = self.to_dict()
        del values["type"]
        return f"{type(self).__name__}({', '.join(f'{key}={value}' for key, value in values.items())})"


cdef int _set(OrderEvent event, int kind, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
              ClientOrderId client_order_id, VenueOrderId venue_order_id, AccountId account_id, UUID4 event_id,
              ts_t ts_event, ts_t ts_init, bint reconciliation) except -1:
    event.reconciliation = reconciliation
    return order_event_fill_c(event, kind, event_id.hi, event_id.lo, trader_id, strategy_id, instrument_id,
                              client_order_id, venue_order_id, account_id, ts_event, ts_init)


@cython.no_gc
cdef class OrderInitialized(OrderEvent):
    """An order was made; everything that was asked for.

    Parameters
    ----------
    options : dict
        What only some kinds of order have: `price`, `trigger_price`, `trigger_type`, `expire_time_ns`, `display_qty`,
        `activation_price`, `trailing_offset`, `trailing_offset_type`, `limit_offset`.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, OrderType order_type,
                 Quantity quantity not None, TimeInForce time_in_force, bint post_only, bint reduce_only,
                 bint quote_quantity, dict options not None, UUID4 event_id not None, ts_t ts_init,
                 order_list_id=None, list tags=None, bint reconciliation=False):
        _set(self, OrderEventKind.INITIALIZED, trader_id, strategy_id, instrument_id, client_order_id, None, None,
             event_id, ts_init, ts_init, reconciliation)
        self._side = order_side
        self._order_type = order_type
        self.quantity = quantity
        self._time_in_force = time_in_force
        self.post_only = post_only
        self.reduce_only = reduce_only
        self.quote_quantity = quote_quantity
        self.options = options
        self.order_list_id = order_list_id
        self.tags = tags

    @property
    def side(self):
        """The order side (`OrderSide`)."""
        return <OrderSide>self._side

    @property
    def order_type(self):
        """The kind of order (`OrderType`)."""
        return <OrderType>self._order_type

    @property
    def time_in_force(self):
        """The time in force (`TimeInForce`)."""
        return <TimeInForce>self._time_in_force

    def _details(self):
        return {
            "order_side": self.side.name,
            "order_type": self.order_type.name,
            "quantity": str(self.quantity),
            "time_in_force": self.time_in_force.name,
            "post_only": bool(self.post_only),
            "reduce_only": bool(self.reduce_only),
            "quote_quantity": bool(self.quote_quantity),
            "options": {key: value if isinstance(value, int) else str(value) for key, value in self.options.items()},
            "order_list_id": None if self.order_list_id is None else str(self.order_list_id),
            "tags": self.tags,
            **({} if self.links is None else self.links.describe()),
            **({} if self.extras is None else self.extras.describe()),
        }


@cython.no_gc
cdef class OrderDenied(OrderEvent):
    """An order was refused before it left for the venue, for a `reason` with the numbers in it."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, str reason not None, UUID4 event_id not None, ts_t ts_init):
        _set(self, OrderEventKind.DENIED, trader_id, strategy_id, instrument_id, client_order_id, None, None, event_id,
             ts_init, ts_init, False)
        self.reason = reason

    def _details(self):
        return {"reason": self.reason}


@cython.no_gc
cdef class OrderEmulated(OrderEvent):
    """An order is held by the emulator, which watches the market for it."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, UUID4 event_id not None, ts_t ts_init):
        _set(self, OrderEventKind.EMULATED, trader_id, strategy_id, instrument_id, client_order_id, None, None, event_id,
             ts_init, ts_init, False)


@cython.no_gc
cdef class OrderReleased(OrderEvent):
    """The emulator let an order go: it is a market or limit order from now on, on its way to the venue.

    Parameters
    ----------
    released_price : Price
        The price of the market that released it.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, Price released_price not None, UUID4 event_id not None,
                 ts_t ts_init):
        _set(self, OrderEventKind.RELEASED, trader_id, strategy_id, instrument_id, client_order_id, None, None, event_id,
             ts_init, ts_init, False)
        self.released_price = released_price

    def _details(self):
        return {"released_price": str(self.released_price)}


@cython.no_gc
cdef class OrderSubmitted(OrderEvent):
    """An order left for the venue."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, AccountId account_id not None, UUID4 event_id not None,
                 ts_t ts_event, ts_t ts_init):
        _set(self, OrderEventKind.SUBMITTED, trader_id, strategy_id, instrument_id, client_order_id, None, account_id,
             event_id, ts_event, ts_init, False)


@cython.no_gc
cdef class OrderAccepted(OrderEvent):
    """The venue accepted an order; it works there."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id not None,
                 AccountId account_id not None, UUID4 event_id not None, ts_t ts_event, ts_t ts_init,
                 bint reconciliation=False):
        _set(self, OrderEventKind.ACCEPTED, trader_id, strategy_id, instrument_id, client_order_id, venue_order_id,
             account_id, event_id, ts_event, ts_init, reconciliation)


@cython.no_gc
cdef class OrderRejected(OrderEvent):
    """The venue refused an order.

    Parameters
    ----------
    due_post_only : bool
        If it was refused since it was post-only and would have taken.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, AccountId account_id not None, str reason not None,
                 UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False,
                 bint due_post_only=False):
        _set(self, OrderEventKind.REJECTED, trader_id, strategy_id, instrument_id, client_order_id, None, account_id,
             event_id, ts_event, ts_init, reconciliation)
        self.reason = reason
        self.due_post_only = due_post_only

    def _details(self):
        return {"reason": self.reason, "due_post_only": bool(self.due_post_only)}


@cython.no_gc
cdef class OrderCanceled(OrderEvent):
    """An order was cancelled at the venue."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.CANCELED, trader_id, strategy_id, instrument_id, client_order_id, venue_order_id,
             account_id, event_id, ts_event, ts_init, reconciliation)


@cython.no_gc
cdef class OrderExpired(OrderEvent):
    """The time of an order was up."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.EXPIRED, trader_id, strategy_id, instrument_id, client_order_id, venue_order_id,
             account_id, event_id, ts_event, ts_init, reconciliation)


@cython.no_gc
cdef class OrderTriggered(OrderEvent):
    """The trigger price of an order was reached."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.TRIGGERED, trader_id, strategy_id, instrument_id, client_order_id, venue_order_id,
             account_id, event_id, ts_event, ts_init, reconciliation)


@cython.no_gc
cdef class OrderPendingUpdate(OrderEvent):
    """A change of an order is on its way to the venue."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.PENDING_UPDATE, trader_id, strategy_id, instrument_id, client_order_id,
             venue_order_id, account_id, event_id, ts_event, ts_init, reconciliation)


@cython.no_gc
cdef class OrderPendingCancel(OrderEvent):
    """A cancellation of an order is on its way to the venue."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.PENDING_CANCEL, trader_id, strategy_id, instrument_id, client_order_id,
             venue_order_id, account_id, event_id, ts_event, ts_init, reconciliation)


@cython.no_gc
cdef class OrderModifyRejected(OrderEvent):
    """The venue, or a check before it, refused to change an order; the order works on unchanged."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 str reason not None, UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.MODIFY_REJECTED, trader_id, strategy_id, instrument_id, client_order_id,
             venue_order_id, account_id, event_id, ts_event, ts_init, reconciliation)
        self.reason = reason

    def _details(self):
        return {"reason": self.reason}


@cython.no_gc
cdef class OrderCancelRejected(OrderEvent):
    """The venue refused to cancel an order, mostly as it was closed already."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 str reason not None, UUID4 event_id not None, ts_t ts_event, ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.CANCEL_REJECTED, trader_id, strategy_id, instrument_id, client_order_id,
             venue_order_id, account_id, event_id, ts_event, ts_init, reconciliation)
        self.reason = reason

    def _details(self):
        return {"reason": self.reason}


@cython.no_gc
cdef class OrderUpdated(OrderEvent):
    """An order was changed at the venue: `quantity` in all, `price` and `trigger_price` (None: it has none)."""

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id, AccountId account_id,
                 Quantity quantity not None, Price price, Price trigger_price, UUID4 event_id not None, ts_t ts_event,
                 ts_t ts_init, bint reconciliation=False):
        _set(self, OrderEventKind.UPDATED, trader_id, strategy_id, instrument_id, client_order_id, venue_order_id,
             account_id, event_id, ts_event, ts_init, reconciliation)
        self.quantity = quantity
        self.price = price
        self.trigger_price = trigger_price

    def _details(self):
        return {
            "quantity": str(self.quantity),
            "price": None if self.price is None else str(self.price),
            "trigger_price": None if self.trigger_price is None else str(self.trigger_price),
        }


cdef inline object none_if_nan(double value):
    return value if value == value else None


@cython.no_gc
cdef class OrderFilled(OrderEvent):
    """An order was filled, in part or in full.

    Parameters
    ----------
    position_id : PositionId or None
        None until the execution engine knows it.
    currency : Currency
        Quote currency of the instrument.
    commission : Money
        Positive is a cost, negative a rebate.
    fill_reason : str
        Why the venue filled: `took_book`, `slipped`, `book_crossed`, `touched`, `trade_through`, `trade_at`,
        `queue_cleared`, `bar_passed`, `stop_triggered`, `if_touched` or `gap_open`.

    Attributes
    ----------
    mid_decision, mid_arrival, mid_fill : float
        Middle of bid and ask (price units) when the order was sent, when it reached the venue, and at the fill; NaN
        where a side was empty or the fill is not a simulated venue's.
    price_age_ns : int
        Nanoseconds since the event time of the data that gave the price; -1 where not known.
    queue_ahead : Quantity or None
        What stood ahead of the order when it came to rest, of the precision of `last_qty`.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, VenueOrderId venue_order_id not None,
                 AccountId account_id not None, TradeId trade_id not None, PositionId position_id, OrderSide order_side,
                 OrderType order_type, Quantity last_qty not None, Price last_px not None, Currency currency not None,
                 Money commission not None, LiquiditySide liquidity_side, UUID4 event_id not None, ts_t ts_event,
                 ts_t ts_init, bint reconciliation=False, dict info=None, str fill_reason not None="",
                 double mid_decision=NAN, double mid_arrival=NAN, double mid_fill=NAN, int64_t price_age_ns=-1,
                 Quantity queue_ahead=None):
        if last_qty.raw == 0:
            raise ValueError(f"invalid `last_qty`, must be positive, was {last_qty}")
        _set(self, OrderEventKind.FILLED, trader_id, strategy_id, instrument_id, client_order_id, venue_order_id,
             account_id, event_id, ts_event, ts_init, reconciliation)
        self.trade_id = trade_id
        self.position_id = position_id
        self._order_side = order_side
        self._order_type = order_type
        self.qty_raw = last_qty.raw
        self.qty_precision = last_qty.precision
        self.px_raw = last_px.raw
        self.px_precision = last_px.precision
        self.currency = currency
        self.commission_raw = commission.raw
        self.commission_currency = commission.currency
        self._liquidity_side = liquidity_side
        self.info = info
        self.fill_reason = fill_reason
        self.mid_decision = mid_decision
        self.mid_arrival = mid_arrival
        self.mid_fill = mid_fill
        self.price_age_ns = price_age_ns
        self.queue_raw = -1 if queue_ahead is None else queue_ahead.raw

    @property
    def order_side(self):
        """The order side (`OrderSide`)."""
        return <OrderSide>self._order_side

    @property
    def order_type(self):
        """The kind of order (`OrderType`)."""
        return <OrderType>self._order_type

    @property
    def liquidity_side(self):
        """If the fill made or took liquidity (`LiquiditySide`)."""
        return <LiquiditySide>self._liquidity_side

    @property
    def last_qty(self):
        """The filled quantity (Quantity)."""
        return Quantity.from_raw_c(self.qty_raw, self.qty_precision)

    @property
    def last_px(self):
        """The price of the fill (Price)."""
        return Price.from_raw_c(self.px_raw, self.px_precision)

    @property
    def commission(self):
        """The commission (Money), positive is a cost."""
        return Money.from_raw_c(self.commission_raw, self.commission_currency)

    @property
    def queue_ahead(self):
        """What stood ahead of the order when it came to rest (Quantity), None without a queue."""
        return None if self.queue_raw < 0 else Quantity.from_raw_c(self.queue_raw, self.qty_precision)

    @property
    def is_buy(self):
        """If the order bought."""
        return self._order_side == OrderSide.BUY

    @property
    def is_sell(self):
        """If the order sold."""
        return self._order_side == OrderSide.SELL

    def _details(self):
        return {
            "trade_id": self.trade_id.value,
            "position_id": None if self.position_id is None else self.position_id.value,
            "order_side": self.order_side.name,
            "order_type": self.order_type.name,
            "last_qty": fixed_to_str(self.qty_raw, self.qty_precision),
            "last_px": fixed_to_str(self.px_raw, self.px_precision),
            "currency": self.currency.code,
            "commission": str(self.commission),
            "liquidity_side": self.liquidity_side.name,
            "fill_reason": self.fill_reason,
            "mid_decision": none_if_nan(self.mid_decision),
            "mid_arrival": none_if_nan(self.mid_arrival),
            "mid_fill": none_if_nan(self.mid_fill),
            "price_age_ns": None if self.price_age_ns < 0 else self.price_age_ns,
            "queue_ahead": None if self.queue_raw < 0 else fixed_to_str(self.queue_raw, self.qty_precision),
            "info": self.info,
        }
