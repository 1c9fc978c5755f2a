from nautilus_lite.core.rng cimport RngC


cdef class FillModel:
    cdef readonly double prob_fill_on_limit
    cdef readonly double prob_slippage
    cdef readonly object random_seed
    cdef RngC _rng
    cdef bint _python_limit                      # a Python subclass overrides is_limit_filled / is_slipped
    cdef bint _python_slip
    cdef bint is_limit_filled_c(self) except? 0
    cdef bint is_slipped_c(self) except? 0
    cdef bint _draw_c(self, double probability) noexcept
