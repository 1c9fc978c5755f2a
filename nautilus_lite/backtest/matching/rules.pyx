"""What a simulated venue takes: the form of orders, whatever the market."""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.backtest.matching.watch cimport BUY_STOPS
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS_LAST
from nautilus_lite.backtest.matching.watch cimport BUY_TOUCHES
from nautilus_lite.backtest.matching.watch cimport ODD_TRIGGERS
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TimeInForce
from nautilus_lite.model.enums cimport TrailingOffsetType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import OrderType as OrderTypeEnum
from nautilus_lite.model.enums import TimeInForce as TimeInForceEnum

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
cdef ts_t DAY_NS = 86_400_000_000_000


cdef str refuse_form_c(Order order, Instrument instrument):
    cdef int order_type = order._order_type
    cdef bint triggers = is_stop(order) or is_if_touched(order) or is_trailing(order)
    if not (order_type == OrderType.MARKET or order_type == OrderType.LIMIT
            or order_type == OrderType.MARKET_TO_LIMIT or triggers):
        return f"order type {OrderTypeEnum(order_type).name} is not supported by the simulated venue"
    if order._time_in_force == TimeInForce.AT_THE_OPEN or order._time_in_force == TimeInForce.AT_THE_CLOSE:
        if order_type != OrderType.MARKET and order_type != OrderType.LIMIT:
            return (
                f"time in force {TimeInForceEnum(order._time_in_force).name} is for market and limit orders, "
                f"not for {OrderTypeEnum(order_type).name}"
            )
    if order.size_precision != instrument.size_precision:
        return f"quantity precision {order.size_precision} is not that of {instrument.id}, {instrument.size_precision}"
    if (order._has_price or order._has_trigger) and order.price_precision != instrument.price_precision:
        return f"price precision {order.price_precision} is not that of {instrument.id}, {instrument.price_precision}"
    if order.leaves_raw <= 0:
        return "quantity must be positive, was 0"
    if is_trailing(order) and (<TrailingStopOrder>order).offset_type == TrailingOffsetType.PRICE_TIER:
        return "trailing offset type PRICE_TIER is not supported by the simulated venue: a tick scheme would have to define it"
    return None


cdef price_raw_t tick_of(Instrument instrument) except -1:
    cdef int64_t tick
    cdef Price increment = instrument.price_increment
    if fixed_rescale(increment.raw, increment.precision, instrument.price_precision, &tick) != 0 or tick <= 0:
        raise InvalidConfiguration(f"invalid `price_increment` of {instrument.id}, must be positive, was {increment}")
    return tick


cdef ts_t expiry_of(Order order, ts_t now, bint support_gtd) noexcept:
    if order._time_in_force == TimeInForce.GTD and support_gtd and order.expire_time_ns > 0:
        return order.expire_time_ns
    if order._time_in_force == TimeInForce.DAY:
        with cython.cdivision(True):
            # both positive
            return (now // DAY_NS + 1) * DAY_NS
    return NEVER


cdef bint exact_quantity(Quantity value, int precision, int64_t* raw) noexcept:
    return value is None or exact_raw(value.raw, value.precision, precision, raw)


cdef bint exact_price(Price value, int precision, int64_t* raw) noexcept:
    return value is None or exact_raw(value.raw, value.precision, precision, raw)


cdef bint exact_raw(int64_t value, int value_precision, int precision, int64_t* raw) noexcept:
    cdef int64_t scaled, back
    if fixed_rescale(value, value_precision, precision, &scaled) != 0:
        return False
    if fixed_rescale(scaled, precision, value_precision, &back) != 0 or back != value:
        return False
    raw[0] = scaled
    return True


cdef int trigger_table(Order order) noexcept:
    """Table in which an order waits for its trigger."""
    cdef int table = BUY_TOUCHES if is_if_touched(order) else BUY_STOPS
    if order._trigger_type == TriggerType.LAST_PRICE:
        table += BUY_STOPS_LAST - BUY_STOPS
    elif order._trigger_type != TriggerType.DEFAULT and order._trigger_type != TriggerType.BID_ASK:
        return ODD_TRIGGERS
    return table + (order._side == OrderSide.SELL)
