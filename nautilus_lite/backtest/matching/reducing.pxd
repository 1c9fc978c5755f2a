from nautilus_lite.backtest.matching.contingency cimport LinkedOrders
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.orders.base cimport Order


cdef class ReducingOrders(LinkedOrders):
    """Working orders, of which some may only reduce a position."""
    cdef readonly Instrument instrument
    cdef bint _use_reduce_only

    cdef qty_raw_t _reducible_c(self, Order order, PositionId position_id) except? -1
    cdef bint _cap_c(self, Order order, PositionId position_id) except? 0
    cdef int _drop_idle_c(self) except -1
