from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.rng cimport RngC
from nautilus_lite.model.orders.base cimport Order


cdef class FillModel:
    cdef readonly double prob_fill_on_limit
    cdef readonly double prob_slippage
    cdef readonly object random_seed
    cdef RngC _rng
    cdef bint _python_limit                      # a Python subclass overrides is_limit_filled / is_slipped
    cdef bint _python_slip
    # A decision about an order; `nth` counts its visits at the price
    cdef bint is_limit_filled_c(self, Order order, uint64_t nth) except? 0
    cdef bint is_slipped_c(self, Order order) except? 0
    cdef int key_c(self, Order order, uint64_t kind, int64_t where, uint64_t nth) except -1
    cdef bint _draw_c(self, double probability) noexcept
