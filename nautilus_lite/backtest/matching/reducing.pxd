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
    cdef qty_raw_t _of_parent_c(self, Order order, qty_raw_t most) except? -1
    cdef bint _grows_c(self, Order order) except? 0
    cdef bint _cap_resting_c(self, Order order, qty_raw_t* most) except? 0
    cdef bint _cap_c(self, Order order, PositionId position_id) except? 0
