from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring


cdef class MovingAverage(Indicator):
    cdef readonly int period
    cdef readonly object price_type
    cdef readonly double value
    cdef readonly long long count
    cdef int take_c(self, double value) except -1
    cpdef object update_raw(self, double value)


cdef class SimpleMovingAverage(MovingAverage):
    cdef Ring _ring
    cdef double _sum


cdef class ExponentialMovingAverage(MovingAverage):
    cdef readonly double alpha


cdef class WeightedMovingAverage(MovingAverage):
    cdef Ring _ring
    cdef readonly object weights
    cdef double[::1] _weights


cdef class WilderMovingAverage(MovingAverage):
    cdef readonly double alpha
