"""Stops that follow the market.

The trigger price (and for the limit kind the limit price) is the market's, less or plus an offset; it moves in the order's
favour alone. Offsets are integers: price units of the order, or millionths of a basis point or of a tick. What moves the
prices is `execution/trailing.pyx`.
"""

cimport cython
from libc.stdint cimport int64_t

from decimal import Decimal

from nautilus_lite.core.fixed cimport fixed_from_object
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport fixed_to_decimal
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport MAX_PRECISION
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TrailingOffsetType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.time_in_force cimport TimeInForce

cdef enum:
    SCALE_DIGITS = 6               # of OFFSET_SCALE
    MAX_OFFSET = 1_000_000_000     # so that products with a price fit 128 bits


cdef object _decimal(str name, object value):
    if not isinstance(value, (Decimal, int, str)):
        raise TypeError(f"invalid `{name}`, must be a Decimal, was {value!r}")
    try:
        number = Decimal(value)
    except ArithmeticError:
        number = None
    if number is None or not number.is_finite():
        raise ValueError(f"invalid `{name}`, must be a finite number, was {value!r}")
    return number


cdef int _digits(str name, object number, int most) except -1:
    """Return how many digits after the point a Decimal needs."""
    cdef object exponent = number.normalize().as_tuple().exponent
    if -exponent > most:
        raise ValueError(f"invalid `{name}`, must have at most {most} digits after the point, was {number:f}")
    if most == SCALE_DIGITS and abs(number) > MAX_OFFSET:
        raise ValueError(f"invalid `{name}`, must be at most {MAX_OFFSET} basis points or ticks, was {number}")
    return max(0, -exponent)


cdef price_raw_t _rescaled(Price price, int precision) except? -9223372036854775807:
    cdef int64_t raw
    if fixed_rescale(price.raw, price.precision, precision, &raw) != 0:
        raise_overflow(f"price {price} at {precision} digits")
    return raw


@cython.no_gc
cdef class TrailingStopOrder(Order):
    """Base of both kinds.

    Parameters
    ----------
    trigger_price : Price or None
        Where the trail starts; None for the market, less or plus the offset, when the order is activated.
    trigger_type : TriggerType
        Which price of the market is followed, and triggers.
    trailing_offset : Decimal
        From the market, > 0: price units, basis points (up to six digits after the point) or ticks.
    trailing_offset_type : TrailingOffsetType
        What the offsets count.
    activation_price : Price, optional
        The order does not trail before the market is as good as this (for a sell as high); None to start at once.

    See Also
    --------
    MarketOrder : the other parameters.
    """

    cdef int set_trail_c(self, Price price, Price trigger_price, int trigger_type, Price activation_price,
                         object trailing_offset, object limit_offset, int offset_type, object expire_time_ns) except -1:
        cdef dict options = self.init_event.options
        cdef object trail = _decimal("trailing_offset", trailing_offset)
        cdef object limit = None
        cdef int precision = 0
        cdef int scale = SCALE_DIGITS
        cdef int digits
        if trigger_type == TriggerType.NO_TRIGGER:
            raise ValueError("invalid `trigger_type`, must not be NO_TRIGGER for a trailing stop")
        if offset_type == TrailingOffsetType.NO_TRAILING_OFFSET:
            raise ValueError("invalid `trailing_offset_type`, must not be NO_TRAILING_OFFSET for a trailing stop")
        if self._time_in_force == TimeInForce.AT_THE_OPEN or self._time_in_force == TimeInForce.AT_THE_CLOSE:
            raise ValueError(f"invalid `time_in_force` of a trailing stop, was {self.time_in_force.name}")
        if trail <= 0:
            raise ValueError(f"invalid `trailing_offset`, must be positive, was {trail}")
        for given in (price, trigger_price, activation_price):
            if given is not None:
                precision = max(precision, (<Price>given).precision)
        digits = _digits("trailing_offset", trail, MAX_PRECISION if offset_type == TrailingOffsetType.PRICE else scale)
        if self._order_type == OrderType.TRAILING_STOP_LIMIT:
            limit = _decimal("limit_offset", limit_offset)
            digits = max(digits, _digits(
                "limit_offset", limit, MAX_PRECISION if offset_type == TrailingOffsetType.PRICE else scale
            ))
            options["price"] = price
            options["limit_offset"] = limit
        if offset_type == TrailingOffsetType.PRICE:
            precision = max(precision, digits)
            scale = precision
        self.price_precision = precision
        self.offset_type = offset_type
        self.offset_raw = fixed_from_object(trail, scale)
        if limit is not None:
            self.limit_offset_raw = fixed_from_object(limit, scale)
        self._trigger_type = trigger_type
        if price is not None:
            self._has_price = True
            self.price_raw = _rescaled(price, precision)
        if trigger_price is not None:
            self._has_trigger = True
            self.trigger_raw = _rescaled(trigger_price, precision)
        if activation_price is not None:
            self.has_activation = True
            self.activation_raw = _rescaled(activation_price, precision)
        options["trigger_price"] = trigger_price
        options["trigger_type"] = <TriggerType>trigger_type
        options["activation_price"] = activation_price
        options["trailing_offset"] = trail
        options["trailing_offset_type"] = <TrailingOffsetType>offset_type
        options["expire_time_ns"] = expire_time_ns
        return self.init_expiry_c(expire_time_ns)

    cdef int fit_c(self, int precision) except -1:
        if self.price_precision == precision:
            return 0
        self.price_raw = self._refit(self.price_raw, precision)
        self.trigger_raw = self._refit(self.trigger_raw, precision)
        self.activation_raw = self._refit(self.activation_raw, precision)
        if self.offset_type == TrailingOffsetType.PRICE:
            self.offset_raw = self._refit(self.offset_raw, precision)
            self.limit_offset_raw = self._refit(self.limit_offset_raw, precision)
        self.price_precision = precision
        return 0

    cdef int64_t _refit(self, int64_t raw, int precision) except? -9223372036854775807:
        cdef int64_t found
        if fixed_rescale(raw, self.price_precision, precision, &found) != 0:
            raise_overflow(f"prices of order {self.client_order_id}")
        return found

    cdef object _offset(self, int64_t raw):
        return fixed_to_decimal(
            raw, self.price_precision if self.offset_type == TrailingOffsetType.PRICE else SCALE_DIGITS
        )

    @property
    def trigger_price(self):
        """The trigger price (Price), None while the trail has not begun."""
        return Price.from_raw_c(self.trigger_raw, self.price_precision) if self._has_trigger else None

    @property
    def trigger_type(self):
        """Which price of the market is followed, and triggers (`TriggerType`)."""
        return <TriggerType>self._trigger_type

    @property
    def trailing_offset(self):
        """The offset of the trigger price from the market (Decimal), in what `trailing_offset_type` counts."""
        return self._offset(self.offset_raw)

    @property
    def trailing_offset_type(self):
        """What the offsets count (`TrailingOffsetType`)."""
        return <TrailingOffsetType>self.offset_type

    @property
    def has_activation_price(self):
        """If there is an activation price."""
        return self.has_activation

    @property
    def activation_price(self):
        """The price at which the trail begins (Price), or None."""
        return Price.from_raw_c(self.activation_raw, self.price_precision) if self.has_activation else None

    def activate(self):
        """Let the trail begin; called by what holds the order."""
        self.activated = True

    @property
    def is_activated(self):
        """If the trail has begun."""
        return self.activated

    def to_dict(self):
        """Return the order as a dict of plain values."""
        values = Order.to_dict(self)
        values["trigger_type"] = self.trigger_type.name
        values["activation_price"] = None if not self.has_activation else str(self.activation_price)
        values["trailing_offset"] = str(self.trailing_offset)
        values["trailing_offset_type"] = self.trailing_offset_type.name
        values["is_activated"] = bool(self.activated)
        return values


@cython.final
@cython.no_gc
cdef class TrailingStopMarketOrder(TrailingStopOrder):
    """A market order once the market comes back by the offset: a stop that follows the market in the order's favour.

    Parameters
    ----------
    trigger_price : Price or None
        Where the trail starts; None for the market, less or plus the offset, when the order is activated.
    trigger_type : TriggerType
        Which price of the market is followed, and triggers.
    trailing_offset : Decimal
        From the market, > 0: price units, basis points (up to six digits after the point) or ticks.
    trailing_offset_type : TrailingOffsetType
        What the offset counts.
    activation_price : Price, optional
        The order does not trail before the market is as good as this (for a sell as high); None to start at once.
    expire_time_ns : int, default 0
        UNIX nanoseconds; needed for GTD and for nothing else.

    See Also
    --------
    MarketOrder : the other parameters.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None,
                 Price trigger_price, TriggerType trigger_type, trailing_offset not None,
                 TrailingOffsetType trailing_offset_type, UUID4 init_id not None, ts_t ts_init,
                 Price activation_price=None, TimeInForce time_in_force=TimeInForce.GTC, ts_t expire_time_ns=0,
                 bint reduce_only=False, bint quote_quantity=False,
                 TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.init_c(trader_id, strategy_id, instrument_id, client_order_id, order_side, OrderType.TRAILING_STOP_MARKET,
                    quantity, time_in_force, False, reduce_only, quote_quantity, {}, init_id, ts_init, order_list_id, tags)
        self.set_trail_c(None, trigger_price, trigger_type, activation_price, trailing_offset, None,
                         trailing_offset_type, expire_time_ns)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)


@cython.final
@cython.no_gc
cdef class TrailingStopLimitOrder(TrailingStopOrder):
    """A limit order once the market comes back by the trailing offset; its limit price follows the market as well.

    Parameters
    ----------
    price : Price or None
        Where the limit price starts; None for the market, less or plus `limit_offset`.
    limit_offset : Decimal
        Of the limit price from the market; a smaller one than `trailing_offset` asks for a better price than the trigger.
    display_qty : Quantity, optional
        The most that the book shows at a time; None shows all.
    post_only : bool, default False
        Refused by the venue where it would take.

    See Also
    --------
    TrailingStopMarketOrder : the other parameters.
    """

    def __init__(self, TraderId trader_id not None, StrategyId strategy_id not None, InstrumentId instrument_id not None,
                 ClientOrderId client_order_id not None, OrderSide order_side, Quantity quantity not None, Price price,
                 Price trigger_price, TriggerType trigger_type, limit_offset not None, trailing_offset not None,
                 TrailingOffsetType trailing_offset_type, UUID4 init_id not None, ts_t ts_init,
                 Price activation_price=None, TimeInForce time_in_force=TimeInForce.GTC, ts_t expire_time_ns=0,
                 bint post_only=False, bint reduce_only=False, bint quote_quantity=False, Quantity display_qty=None,
                 TriggerType emulation_trigger=TriggerType.NO_TRIGGER, InstrumentId trigger_instrument_id=None,
                 ContingencyType contingency_type=ContingencyType.NO_CONTINGENCY, order_list_id=None,
                 list linked_order_ids=None, ClientOrderId parent_order_id=None, ExecAlgorithmId exec_algorithm_id=None,
                 dict exec_algorithm_params=None, ClientOrderId exec_spawn_id=None, list tags=None):
        self.init_c(trader_id, strategy_id, instrument_id, client_order_id, order_side, OrderType.TRAILING_STOP_LIMIT,
                    quantity, time_in_force, post_only, reduce_only, quote_quantity, {}, init_id, ts_init, order_list_id,
                    tags)
        self.set_trail_c(price, trigger_price, trigger_type, activation_price, trailing_offset, limit_offset,
                         trailing_offset_type, expire_time_ns)
        self.show_c(display_qty)
        self.link_c(contingency_type, parent_order_id, linked_order_ids, None)
        self.equip_c(emulation_trigger, trigger_instrument_id, exec_algorithm_id, exec_algorithm_params, exec_spawn_id)

    @property
    def price(self):
        """The limit price (Price), None while the trail has not begun."""
        return Price.from_raw_c(self.price_raw, self.price_precision) if self._has_price else None

    @property
    def limit_offset(self):
        """The offset of the limit price from the market (Decimal), in what `trailing_offset_type` counts."""
        return self._offset(self.limit_offset_raw)

    def to_dict(self):
        """Return the order as a dict of plain values."""
        values = TrailingStopOrder.to_dict(self)
        values["limit_offset"] = str(self.limit_offset)
        return values
