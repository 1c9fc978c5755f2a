from nautilus_lite.backtest.matching.trailing cimport TrailingOrders
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.messages cimport CancelAllOrders
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.orders.base cimport Order


cdef class CommandedOrders(TrailingOrders):
    """Working orders that take commands."""

    cdef bint _has_market_c(self, Order order) except? 0
    cdef bint _keeps_off_c(self, Order order) except? 0         # the price is too old: rejected, or waits
    cdef int _submit_market_to_limit_c(self, Order order, PositionId position_id) except -1
    cdef int _submit_market_c(self, Order order, PositionId position_id) except -1
    cdef int _submit_limit_c(self, Order order, PositionId position_id) except -1
    cdef int _submit_stop_c(self, Order order) except -1
    cdef str _refuse_c(self, Order order, PositionId position_id)
    cdef int _modify_c(self, ModifyOrder command) except -1
    cdef str _refuse_change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger)
    cdef int _cancel_c(self, CancelOrder command) except -1
    cdef int _cancel_all_c(self, CancelAllOrders command) except -1
