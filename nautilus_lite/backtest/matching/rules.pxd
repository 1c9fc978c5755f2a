from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TimeInForce
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order


cdef inline int sign_of(Order order) noexcept:
    return 1 if order._side == OrderSide.BUY else -1


cdef inline bint is_stop(Order order) noexcept:
    return order._order_type == OrderType.STOP_MARKET or order._order_type == OrderType.STOP_LIMIT


cdef inline bint is_if_touched(Order order) noexcept:
    return order._order_type == OrderType.MARKET_IF_TOUCHED or order._order_type == OrderType.LIMIT_IF_TOUCHED


cdef inline bint becomes_market(Order order) noexcept:
    # Once it is triggered
    return (order._order_type == OrderType.STOP_MARKET or order._order_type == OrderType.MARKET_IF_TOUCHED
            or order._order_type == OrderType.TRAILING_STOP_MARKET)


cdef inline int way_of(Order order) noexcept:
    # Which way the market moves to reach the trigger: up (+1) or down (-1)
    return -sign_of(order) if is_if_touched(order) else sign_of(order)


cdef inline bint is_trailing(Order order) noexcept:
    return order._order_type == OrderType.TRAILING_STOP_MARKET or order._order_type == OrderType.TRAILING_STOP_LIMIT


cdef inline bint by_reference(Order order) noexcept:
    # What triggers it is told by mark or index prices, not by the market
    return order._trigger_type == TriggerType.MARK_PRICE or order._trigger_type == TriggerType.INDEX_PRICE


cdef inline bint is_immediate(Order order) noexcept:
    return order._time_in_force == TimeInForce.IOC or order._time_in_force == TimeInForce.FOK


# Table of `watch` in which an order waits for its trigger
cdef int trigger_table(Order order) noexcept
# Why no simulated venue takes the order, or None
cdef str refuse_form_c(Order order, Instrument instrument)
# The price increment in raw units; raises where there is none
cdef price_raw_t tick_of(Instrument instrument) except -1
# When an order that arrives now expires, UINT64_MAX = never; DAY ends at midnight UTC
cdef ts_t expiry_of(Order order, ts_t now, bint support_gtd) noexcept
# Write the value at a precision, nothing for None; False if it does not fit exactly
cdef bint exact_quantity(Quantity value, int precision, int64_t* raw) noexcept
cdef bint exact_price(Price value, int precision, int64_t* raw) noexcept
