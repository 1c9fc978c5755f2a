"""Orders: what was asked, and what events make of it; `states.pyx` tells which may come in which status."""

cimport cython
from libc.math cimport NAN
from libc.stdint cimport int64_t

from nautilus_lite.core.fixed cimport fixed_mul_div
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport fixed_to_decimal
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport PositionSide
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.events.order cimport OrderInitialized
from nautilus_lite.model.events.order cimport OrderReleased
from nautilus_lite.model.events.order cimport OrderUpdated
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.extras cimport new_extras_c
from nautilus_lite.model.orders.links cimport new_links_c
from nautilus_lite.model.orders.states cimport is_legal
from nautilus_lite.model.time_in_force cimport TimeInForce

from nautilus_lite.errors import InvalidStateTrigger

@cython.no_gc
cdef class Order:
    """Base of all orders.

    Attributes
    ----------
    trader_id, strategy_id, instrument_id, client_order_id
    venue_order_id, position_id, account_id
        None until known.
    is_post_only, is_reduce_only, is_quote_quantity : bool
    expire_time_ns : int
        UNIX nanoseconds, 0 for none.
    avg_px : float
        Mean price of the fills, 0.0 before the first.
    slippage : float
        Price units that the mean fill was worse than the limit (or trigger) price; negative is better.
    ts_init, ts_submitted, ts_accepted, ts_last, ts_closed : int
        UNIX nanoseconds, 0 where it has not happened.
    tags : list of str or None
    """

    def __init__(self):
        raise TypeError("`Order` is a base class: make a `MarketOrder`, `LimitOrder`, ... or use an `OrderFactory`")

    cdef int init_c(self, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
                    ClientOrderId client_order_id, int side, int order_type, Quantity quantity, int time_in_force,
                    bint post_only, bint reduce_only, bint quote_quantity, dict options, UUID4 init_id, ts_t ts_init,
                    object order_list_id, list tags) except -1:
        cdef OrderInitialized event
        if side != OrderSide.BUY and side != OrderSide.SELL:
            raise ValueError(f"invalid `order_side`, must be BUY or SELL, was {side}")
        if quantity.raw == 0:
            raise ValueError(f"invalid `quantity`, must be positive, was {quantity}")
        if tags is not None:
            for tag in tags:
                if not isinstance(tag, str):
                    raise TypeError(f"invalid tag, must be a str, was {tag!r}")
        event = OrderInitialized.__new__(OrderInitialized)
        order_event_fill_c(event, OrderEventKind.INITIALIZED, init_id.hi, init_id.lo, trader_id, strategy_id,
                           instrument_id, client_order_id, None, None, ts_init, ts_init)
        event._side = side
        event._order_type = order_type
        event.quantity = quantity
        event._time_in_force = time_in_force
        event.post_only = post_only
        event.reduce_only = reduce_only
        event.quote_quantity = quote_quantity
        event.options = options
        event.order_list_id = order_list_id
        event.tags = tags
        self.trader_id = trader_id
        self.strategy_id = strategy_id
        self.instrument_id = instrument_id
        self.client_order_id = client_order_id
        self.init_event = event
        self._events = EventLog.__new__(EventLog)
        self._events.append_c(event)
        self._side = side
        self._order_type = order_type
        self._time_in_force = time_in_force
        self.is_post_only = post_only
        self.is_reduce_only = reduce_only
        self.is_quote_quantity = quote_quantity
        self._trigger_type = TriggerType.NO_TRIGGER
        self.tags = tags
        self.order_list_id = order_list_id
        self._status = OrderStatus.INITIALIZED
        self._previous_status = OrderStatus.INITIALIZED
        self.quantity_raw = quantity.raw
        self.leaves_raw = quantity.raw
        self.size_precision = quantity.precision
        self._liquidity_side = LiquiditySide.NO_LIQUIDITY_SIDE
        self._commissions = None
        self.ts_init = ts_init
        self.ts_last = ts_init
        self.venue_slot = -1
        self.mid_decision = self.mid_arrival = NAN
        self.queue_entry = -1
        return 0

    cdef int init_prices_c(self, Price price, Price trigger_price, int trigger_type) except -1:
        cdef int64_t raw
        if price is not None:
            self._has_price = True
            self.price_raw = price.raw
            self.price_precision = price.precision
        if trigger_price is not None:
            self._has_trigger = True
            self.trigger_raw = trigger_price.raw
            self._trigger_type = trigger_type
            if trigger_type == TriggerType.NO_TRIGGER:
                raise ValueError("invalid `trigger_type`, must not be NO_TRIGGER where there is a trigger price")
            if price is None:
                self.price_precision = trigger_price.precision
            elif trigger_price.precision != price.precision:
                # One precision for both: the finer
                self.price_precision = max(price.precision, trigger_price.precision)
                if fixed_rescale(price.raw, price.precision, self.price_precision, &raw) != 0:
                    raise_overflow(f"price of order {self.client_order_id}")
                self.price_raw = raw
                if fixed_rescale(trigger_price.raw, trigger_price.precision, self.price_precision, &raw) != 0:
                    raise_overflow(f"trigger price of order {self.client_order_id}")
                self.trigger_raw = raw
        return 0

    cdef int link_c(self, int contingency, ClientOrderId parent, object linked, object order_list_id) except -1:
        """Hang the new order together with others; nobody may have seen it yet."""
        self.links = new_links_c(contingency, parent, linked)
        self.init_event.links = self.links
        if order_list_id is not None:
            self.order_list_id = order_list_id
            self.init_event.order_list_id = order_list_id
        return 0

    cdef int init_expiry_c(self, ts_t expire_time_ns) except -1:
        if self._time_in_force == TimeInForce.GTD:
            if expire_time_ns == 0:
                raise ValueError("invalid `expire_time_ns`, must be given for a GTD order, was 0")
        elif expire_time_ns != 0:
            raise ValueError(
                f"invalid `expire_time_ns`, must be 0 unless the time in force is GTD, was {expire_time_ns}"
            )
        self.expire_time_ns = expire_time_ns
        return 0

    cdef int show_c(self, Quantity display_qty) except -1:
        cdef int64_t raw, back
        if display_qty is None:
            return 0
        if (fixed_rescale(display_qty.raw, display_qty.precision, self.size_precision, &raw) != 0
                or fixed_rescale(raw, self.size_precision, display_qty.precision, &back) != 0 or back != display_qty.raw):
            raise ValueError(
                f"invalid `display_qty`, must have no more digits than the quantity ({self.quantity}), was {display_qty}: "
                "use `instrument.make_qty` for both"
            )
        if raw > self.quantity_raw:
            raise ValueError(f"invalid `display_qty`, must not be above the quantity ({self.quantity}), was {display_qty}")
        self.display_raw = raw
        self.init_event.options["display_qty"] = display_qty
        return 0

    cdef int equip_c(self, int emulation_trigger, InstrumentId trigger_instrument_id, ExecAlgorithmId exec_algorithm_id,
                     dict exec_algorithm_params, ClientOrderId exec_spawn_id) except -1:
        self.extras = new_extras_c(self.client_order_id, emulation_trigger, trigger_instrument_id, exec_algorithm_id,
                                   exec_algorithm_params, exec_spawn_id)
        self.init_event.extras = self.extras
        return 0

    # State

    def apply(self, OrderEvent event not None):
        """Apply an event.

        Raises
        ------
        ValueError
            If it is another order's, a fill is larger than what is left, or a trade id comes twice.
        InvalidStateTrigger
            If the order's status does not allow it.
        """
        if event.client_order_id != self.client_order_id:
            raise ValueError(
                f"invalid `event`, must be of order {self.client_order_id}, was of {event.client_order_id}"
            )
        self.apply_c(event)

    cdef int apply_c(self, OrderEvent event) except -1:
        cdef int kind = event.kind
        if not is_legal(self._status, kind):
            raise InvalidStateTrigger(
                f"event {type(event).__name__} is illegal for order {self.client_order_id} in status {self.status.name}"
            )
        if kind == OrderEventKind.FILLED:
            self._fill_c(<OrderFilled>event)
        elif kind == OrderEventKind.UPDATED:
            self._update_c(<OrderUpdated>event)
        elif kind == OrderEventKind.EMULATED:
            self._status = OrderStatus.EMULATED
        elif kind == OrderEventKind.RELEASED:
            self._release_c(<OrderReleased>event)
        elif kind == OrderEventKind.SUBMITTED:
            self._status = OrderStatus.SUBMITTED
            self.ts_submitted = event.ts_event
        elif kind == OrderEventKind.ACCEPTED:
            self._status = OrderStatus.ACCEPTED
            self.venue_order_id = event.venue_order_id
            self.ts_accepted = event.ts_event
        elif kind == OrderEventKind.TRIGGERED:
            self._status = OrderStatus.TRIGGERED
            self._is_triggered = True
        elif kind == OrderEventKind.PENDING_UPDATE or kind == OrderEventKind.PENDING_CANCEL:
            if self._status != OrderStatus.PENDING_UPDATE and self._status != OrderStatus.PENDING_CANCEL:
                self._previous_status = self._status
            self._status = (
                OrderStatus.PENDING_UPDATE if kind == OrderEventKind.PENDING_UPDATE else OrderStatus.PENDING_CANCEL
            )
        elif kind == OrderEventKind.MODIFY_REJECTED:
            if self._status == OrderStatus.PENDING_UPDATE:
                self._status = self._previous_status
        elif kind == OrderEventKind.CANCEL_REJECTED:
            if self._status == OrderStatus.PENDING_CANCEL:
                self._status = self._previous_status
        else:
            if kind == OrderEventKind.DENIED:
                self._status = OrderStatus.DENIED
            elif kind == OrderEventKind.REJECTED:
                self._status = OrderStatus.REJECTED
            elif kind == OrderEventKind.CANCELED:
                self._status = OrderStatus.CANCELED
            else:
                self._status = OrderStatus.EXPIRED
            self.ts_closed = event.ts_event
        if event.account_id is not None:
            self.account_id = event.account_id
        self.ts_last = event.ts_event
        self._events.append_c(event)
        return 0

    cdef int _fill_c(self, OrderFilled fill) except -1:
        if fill.qty_precision != self.size_precision:
            raise ValueError(
                f"invalid size precision of a fill of order {self.client_order_id}, must be {self.size_precision}, was "
                f"{fill.qty_precision}"
            )
        if fill.qty_raw > self.leaves_raw:
            raise ValueError(
                f"invalid fill of order {self.client_order_id}, must not exceed what is left ({self.leaves_qty}), was "
                f"{fill.last_qty}"
            )
        if self.filled_raw and fill.trade_id in self._trade_ids():
            raise ValueError(f"trade {fill.trade_id} was applied to order {self.client_order_id} before")
        self.avg_px = (
            self.avg_px * <double>self.filled_raw + fixed_to_double(fill.px_raw, fill.px_precision) * <double>fill.qty_raw
        ) / <double>(self.filled_raw + fill.qty_raw)
        self.filled_raw += fill.qty_raw
        self.leaves_raw -= fill.qty_raw
        self.venue_order_id = fill.venue_order_id
        if fill.position_id is not None:
            self.position_id = fill.position_id
        self._liquidity_side = fill._liquidity_side
        if self._commissions is None:
            self._commissions = Commissions.__new__(Commissions)
        self._commissions.add_c(fill.commission_currency, fill.commission_raw)
        self._set_slippage()
        if self.leaves_raw == 0:
            self._status = OrderStatus.FILLED
            self.ts_closed = fill.ts_event
        else:
            self._status = OrderStatus.PARTIALLY_FILLED
        return 0

    cdef list _trade_ids(self):
        cdef OrderEvent event
        cdef list found = []
        for event in self._events.list_c():
            if event.kind == OrderEventKind.FILLED:
                found.append((<OrderFilled>event).trade_id)
        return found

    cdef int _set_slippage(self) except -1:
        cdef double wanted
        if self._has_price:
            wanted = fixed_to_double(self.price_raw, self.price_precision)
        elif self._has_trigger:
            wanted = fixed_to_double(self.trigger_raw, self.price_precision)
        else:
            return 0
        self.slippage = self.avg_px - wanted if self._side == OrderSide.BUY else wanted - self.avg_px
        return 0

    cdef int _update_c(self, OrderUpdated event) except -1:
        cdef int64_t raw
        if fixed_rescale(event.quantity.raw, event.quantity.precision, self.size_precision, &raw) != 0:
            raise_overflow(f"quantity of order {self.client_order_id}")
        if raw < self.filled_raw:
            raise ValueError(
                f"invalid quantity of order {self.client_order_id}, must not be below what is filled ({self.filled_qty}), "
                f"was {event.quantity}"
            )
        self.quantity_raw = raw
        self.leaves_raw = raw - self.filled_raw
        if event.price is not None and not self._has_price:
            if self._order_type == OrderType.MARKET_TO_LIMIT:
                self._has_price = True
                self.price_precision = event.price.precision
            elif self._order_type == OrderType.TRAILING_STOP_LIMIT:
                self._has_price = True
        if event.trigger_price is not None and not self._has_trigger and (
            self._order_type == OrderType.TRAILING_STOP_MARKET or self._order_type == OrderType.TRAILING_STOP_LIMIT
        ):
            self._has_trigger = True
        if event.price is not None and self._has_price:
            if fixed_rescale(event.price.raw, event.price.precision, self.price_precision, &raw) != 0:
                raise_overflow(f"price of order {self.client_order_id}")
            self.price_raw = raw
        if event.trigger_price is not None and self._has_trigger:
            if fixed_rescale(event.trigger_price.raw, event.trigger_price.precision, self.price_precision, &raw) != 0:
                raise_overflow(f"trigger price of order {self.client_order_id}")
            self.trigger_raw = raw
        if event.venue_order_id is not None:
            self.venue_order_id = event.venue_order_id
        if self._status == OrderStatus.PENDING_UPDATE:
            self._status = self._previous_status
        return 0

    cdef int _release_c(self, OrderReleased event) except -1:
        # The order stays the object it is, and becomes the kind that goes to the venue
        self._status = OrderStatus.RELEASED
        if self.extras is not None:
            # The first event keeps what was asked
            self.extras = new_extras_c(self.client_order_id, TriggerType.NO_TRIGGER, None, self.extras.exec_algorithm_id,
                                       self.extras.exec_algorithm_params, self.extras.exec_spawn_id)
        self._has_trigger = False
        self._trigger_type = TriggerType.NO_TRIGGER
        if (self._order_type == OrderType.STOP_LIMIT or self._order_type == OrderType.LIMIT_IF_TOUCHED
                or self._order_type == OrderType.TRAILING_STOP_LIMIT):
            self._order_type = OrderType.LIMIT
            return 0
        self._order_type = OrderType.MARKET
        self._has_price = False
        self.is_post_only = False
        self.display_raw = 0
        if self._time_in_force == TimeInForce.GTD:
            self._time_in_force = TimeInForce.GTC
            self.expire_time_ns = 0
        return 0

    cdef int set_quantity_c(self, Quantity quantity) except -1:
        cdef int64_t shown
        if self.display_raw:
            if fixed_mul_div(self.display_raw, quantity.raw, self.quantity_raw, &shown) != 0:
                raise_overflow(f"display quantity of order {self.client_order_id}")
            # Zero would show all
            self.display_raw = max(<int64_t>1, shown)
        self.quantity_raw = quantity.raw
        self.size_precision = quantity.precision
        self.leaves_raw = quantity.raw - self.filled_raw
        self.is_quote_quantity = False
        return 0

    cdef bint is_open_c(self) noexcept:
        return (
            self._status == OrderStatus.ACCEPTED or self._status == OrderStatus.TRIGGERED
            or self._status == OrderStatus.PARTIALLY_FILLED or self._status == OrderStatus.PENDING_CANCEL
            or self._status == OrderStatus.PENDING_UPDATE
        )

    cdef bint is_closed_c(self) noexcept:
        return (
            self._status == OrderStatus.FILLED or self._status == OrderStatus.CANCELED
            or self._status == OrderStatus.DENIED or self._status == OrderStatus.REJECTED
            or self._status == OrderStatus.EXPIRED
        )

    cdef bint is_local_c(self) noexcept:
        return (
            self._status == OrderStatus.INITIALIZED or self._status == OrderStatus.EMULATED
            or self._status == OrderStatus.RELEASED
        )

    cdef int emulation_trigger_c(self) noexcept:
        return TriggerType.NO_TRIGGER if self.extras is None else self.extras.emulation_trigger

    cdef bint is_inflight_c(self) noexcept:
        return (
            self._status == OrderStatus.SUBMITTED or self._status == OrderStatus.PENDING_CANCEL
            or self._status == OrderStatus.PENDING_UPDATE
        )

    # What a user reads

    @property
    def symbol(self):
        """The symbol of the instrument (Symbol)."""
        return self.instrument_id.symbol

    @property
    def venue(self):
        """The venue (Venue)."""
        return self.instrument_id.venue

    @property
    def status(self):
        """The status (`OrderStatus`)."""
        return <OrderStatus>self._status

    @property
    def side(self):
        """The side (`OrderSide`)."""
        return <OrderSide>self._side

    @property
    def order_type(self):
        """The kind of order (`OrderType`)."""
        return <OrderType>self._order_type

    @property
    def time_in_force(self):
        """The time in force (`TimeInForce`)."""
        return <TimeInForce>self._time_in_force

    @property
    def liquidity_side(self):
        """If the last fill made or took liquidity (`LiquiditySide`)."""
        return <LiquiditySide>self._liquidity_side

    @property
    def quantity(self):
        """The quantity in all (Quantity)."""
        return Quantity.from_raw_c(self.quantity_raw, self.size_precision)

    @property
    def filled_qty(self):
        """The filled quantity (Quantity)."""
        return Quantity.from_raw_c(self.filled_raw, self.size_precision)

    @property
    def leaves_qty(self):
        """The quantity that is left (Quantity)."""
        return Quantity.from_raw_c(self.leaves_raw, self.size_precision)

    @property
    def queue_ahead(self):
        """What stood ahead of it when it came to rest at the venue (Quantity), None where it did not, or without a queue."""
        return None if self.queue_entry < 0 else Quantity.from_raw_c(self.queue_entry, self.size_precision)

    @property
    def display_qty(self):
        """The most that the book shows at a time (Quantity), None for all."""
        return None if self.display_raw == 0 else Quantity.from_raw_c(self.display_raw, self.size_precision)

    @property
    def has_price(self):
        """If there is a limit price."""
        return self._has_price

    @property
    def has_activation_price(self):
        """If it waits for an activation price first: of trailing stops alone."""
        return False

    @property
    def expire_time(self):
        """When it expires (UTC Timestamp), or None."""
        from nautilus_lite.core.datetime import unix_nanos_to_dt
        return unix_nanos_to_dt(self.expire_time_ns) if self.expire_time_ns else None

    @property
    def has_trigger_price(self):
        """If there is a trigger price."""
        return self._has_trigger

    @property
    def is_triggered(self):
        """If the trigger price was reached."""
        return self._is_triggered

    @property
    def init_id(self):
        """The id of the first event (UUID4)."""
        return self.init_event.id

    @property
    def events(self):
        """Every event, oldest first."""
        return self._events.list_c()

    @property
    def event_count(self):
        """The number of events."""
        return self._events.n

    @property
    def last_event(self):
        """The last event."""
        return self._events.last_c()

    @property
    def trade_ids(self):
        """The trade ids of the fills, oldest first."""
        return self._trade_ids()

    @property
    def last_trade_id(self):
        """The trade id of the last fill, or None."""
        cdef list found = self._trade_ids()
        return found[len(found) - 1] if found else None

    @property
    def venue_order_ids(self):
        """The venue's ids of the order: one, or none yet."""
        return [] if self.venue_order_id is None else [self.venue_order_id]

    @property
    def ts_triggered(self):
        """When the trigger price was reached (UNIX nanoseconds), 0 where it was not."""
        return next((event.ts_event for event in self.events if (<OrderEvent>event).kind == OrderEventKind.TRIGGERED), 0)

    def is_duplicate_fill(self, OrderFilled fill not None):
        """Return if a fill of the same trade id, side, quantity and price is there already."""
        same = [event for event in self.events if isinstance(event, OrderFilled) and event.trade_id == fill.trade_id]
        return any((e.order_side, e.last_qty, e.last_px) == (fill.order_side, fill.last_qty, fill.last_px) for e in same)

    @property
    def contingency_type(self):
        """What the fate of this order does to others (`ContingencyType`)."""
        return <ContingencyType>(ContingencyType.NO_CONTINGENCY if self.links is None else self.links.contingency)

    @property
    def parent_order_id(self):
        """The order whose fill this one waits for (ClientOrderId), or None."""
        return None if self.links is None else self.links.parent

    @property
    def linked_order_ids(self):
        """The orders that hang on this one (list of ClientOrderId), or None."""
        return None if self.links is None or not self.links.linked else list(self.links.linked)

    @property
    def is_contingency(self):
        """If the fate of this order does something to others."""
        return self.links is not None and self.links.contingency != ContingencyType.NO_CONTINGENCY

    @property
    def is_parent_order(self):
        """If others wait for a fill of this one."""
        return self.links is not None and self.links.contingency == ContingencyType.OTO

    @property
    def is_child_order(self):
        """If this one waits for a fill of another."""
        return self.links is not None and self.links.parent is not None

    @property
    def is_buy(self):
        """If the side is BUY."""
        return self._side == OrderSide.BUY

    @property
    def is_sell(self):
        """If the side is SELL."""
        return self._side == OrderSide.SELL

    @property
    def is_passive(self):
        """If the order waits for a price."""
        return self._order_type != OrderType.MARKET

    @property
    def is_aggressive(self):
        """If the order takes at once."""
        return self._order_type == OrderType.MARKET

    @property
    def is_emulated(self):
        """If the order is held by the emulator."""
        return self._status == OrderStatus.EMULATED

    @property
    def is_active_local(self):
        """If the order has not left for the venue."""
        return self.is_local_c()

    @property
    def emulation_trigger(self):
        """What triggers the order while it is emulated (`TriggerType`), NO_TRIGGER where it is not to be."""
        return <TriggerType>self.emulation_trigger_c()

    @property
    def trigger_instrument_id(self):
        """The instrument whose prices trigger the emulated order (InstrumentId); None for its own."""
        return None if self.extras is None else self.extras.trigger_instrument_id

    @property
    def exec_algorithm_id(self):
        """The execution algorithm that works the order (ExecAlgorithmId), or None."""
        return None if self.extras is None else self.extras.exec_algorithm_id

    @property
    def exec_algorithm_params(self):
        """The parameters of the execution algorithm (dict), or None."""
        return None if self.extras is None else self.extras.exec_algorithm_params

    @property
    def exec_spawn_id(self):
        """The primary order that an execution algorithm spawned this one from (its own id for the primary), or None."""
        return None if self.extras is None else self.extras.exec_spawn_id

    @property
    def is_primary(self):
        """If an execution algorithm was given this order."""
        return self.extras is not None and self.extras.exec_spawn_id == self.client_order_id

    @property
    def is_spawned(self):
        """If an execution algorithm made this order from its primary."""
        return (
            self.extras is not None and self.extras.exec_spawn_id is not None
            and self.extras.exec_spawn_id != self.client_order_id
        )

    @property
    def is_open(self):
        """If the order works at the venue."""
        return self.is_open_c()

    @property
    def is_closed(self):
        """If the order is done."""
        return self.is_closed_c()

    @property
    def is_inflight(self):
        """If a request about the order is on its way to the venue."""
        return self.is_inflight_c()

    @property
    def is_canceled(self):
        """If the order was cancelled."""
        return self._status == OrderStatus.CANCELED

    @property
    def is_pending_update(self):
        """If a change is on its way to the venue."""
        return self._status == OrderStatus.PENDING_UPDATE

    @property
    def is_pending_cancel(self):
        """If a cancellation is on its way to the venue."""
        return self._status == OrderStatus.PENDING_CANCEL

    def commissions(self):
        """Return the fees, one Money a currency."""
        if self._commissions is None:
            return []
        return self._commissions.moneys_c()

    def side_string(self):
        """Return the name of the side."""
        return self.side.name

    def type_string(self):
        """Return the name of the kind of order."""
        return self.order_type.name

    def tif_string(self):
        """Return the name of the time in force."""
        return self.time_in_force.name

    def status_string(self):
        """Return the name of the status."""
        return self.status.name

    def signed_decimal_qty(self):
        """Return what is left to fill as a Decimal, negative where it sells."""
        value = fixed_to_decimal(self.leaves_raw, self.size_precision)
        return value if self._side == OrderSide.BUY else -value

    @staticmethod
    def opposite_side(OrderSide side):
        """Return the other side.

        Raises
        ------
        ValueError
            If the side is neither BUY nor SELL.
        """
        if side == OrderSide.BUY:
            return OrderSide.SELL
        if side == OrderSide.SELL:
            return OrderSide.BUY
        raise ValueError(f"invalid `side`, must be BUY or SELL, was {<object>side!r}")

    @staticmethod
    def closing_side(PositionSide position_side):
        """Return the order side that closes a position.

        Raises
        ------
        ValueError
            If the position is flat.
        """
        if position_side == PositionSide.LONG:
            return OrderSide.SELL
        if position_side == PositionSide.SHORT:
            return OrderSide.BUY
        raise ValueError(f"invalid `position_side`, must be LONG or SHORT, was {<object>position_side!r}")

    def would_reduce_only(self, PositionSide position_side, Quantity position_qty not None):
        """Return if the order could do nothing but reduce such a position."""
        if position_side == PositionSide.LONG:
            return self._side == OrderSide.SELL and self.leaves_qty <= position_qty
        if position_side == PositionSide.SHORT:
            return self._side == OrderSide.BUY and self.leaves_qty <= position_qty
        return False

    def info(self):
        """Return the order in a few words."""
        text = f"{self.side.name} {self.quantity} {self.instrument_id} {self.order_type.name}"
        if self._has_trigger:
            text += f" @ {Price.from_raw_c(self.trigger_raw, self.price_precision)}[{(<object><TriggerType>self._trigger_type).name}]"
        if self._has_price:
            text += f" @ {Price.from_raw_c(self.price_raw, self.price_precision)}"
        return f"{text} {self.time_in_force.name}"

    def to_dict(self):
        """Return the order as a dict of plain values."""
        return {
            "trader_id": self.trader_id.value,
            "strategy_id": self.strategy_id.value,
            "instrument_id": self.instrument_id.value,
            "client_order_id": self.client_order_id.value,
            "venue_order_id": None if self.venue_order_id is None else self.venue_order_id.value,
            "position_id": None if self.position_id is None else self.position_id.value,
            "account_id": None if self.account_id is None else self.account_id.value,
            "type": self.order_type.name,
            "side": self.side.name,
            "quantity": str(self.quantity),
            "filled_qty": str(self.filled_qty),
            "price": str(Price.from_raw_c(self.price_raw, self.price_precision)) if self._has_price else None,
            "trigger_price": str(Price.from_raw_c(self.trigger_raw, self.price_precision)) if self._has_trigger else None,
            "trigger_type": (<object><TriggerType>self._trigger_type).name if self._has_trigger else None,
            "time_in_force": self.time_in_force.name,
            "expire_time_ns": self.expire_time_ns or None,
            "is_post_only": bool(self.is_post_only),
            "is_reduce_only": bool(self.is_reduce_only),
            "is_quote_quantity": bool(self.is_quote_quantity),
            "liquidity_side": self.liquidity_side.name,
            "avg_px": self.avg_px if self.filled_raw else None,
            "slippage": self.slippage if self.filled_raw else None,
            "commissions": [str(money) for money in self.commissions()],
            "status": self.status.name,
            "display_qty": None if self.display_raw == 0 else str(self.display_qty),
            "tags": self.tags,
            **({} if self.links is None else self.links.describe()),
            **({} if self.extras is None else self.extras.describe()),
            "init_id": self.init_id.value,
            "ts_init": self.ts_init,
            "ts_last": self.ts_last,
        }

    def __eq__(self, other):
        if not isinstance(other, Order):
            return NotImplemented
        return self.client_order_id == (<Order>other).client_order_id

    def __hash__(self):
        return hash(self.client_order_id)

    def __repr__(self):
        return f"{type(self).__name__}({self.info()}, status={self.status.name}, client_order_id={self.client_order_id})"

    def _repr_html_(self):
        from nautilus_lite.model.html import order_html
        return order_html(self)
