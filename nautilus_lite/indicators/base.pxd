cdef class Indicator:
    cdef readonly str name
    cdef readonly bint has_inputs
    cdef readonly bint initialized
    cdef list _params
    cpdef object handle_quote_tick(self, object tick)
    cpdef object handle_trade_tick(self, object tick)
    cpdef object handle_bar(self, object bar)


cdef class Ring:
    cdef double* values
    cdef readonly int size
    cdef readonly int n
    cdef int head
    cdef double push(self, double value) noexcept
    cdef double at(self, int index) noexcept       # 0 = oldest kept
    cdef double highest(self) noexcept
    cdef double lowest(self) noexcept
    cdef double total(self) noexcept
    cdef bint full(self) noexcept
    cdef void clear(self) noexcept
