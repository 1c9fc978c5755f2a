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


cdef class DoubleExponentialMovingAverage(MovingAverage):
    cdef ExponentialMovingAverage _first
    cdef ExponentialMovingAverage _second


cdef class HullMovingAverage(MovingAverage):
    cdef WeightedMovingAverage _half
    cdef WeightedMovingAverage _whole
    cdef WeightedMovingAverage _root


cdef class Efficiency:
    cdef Ring _values
    cdef Ring _changes
    cdef double take(self, double value) noexcept
    cdef void clear(self) noexcept


cdef class AdaptiveMovingAverage(MovingAverage):
    cdef readonly int period_er
    cdef readonly int period_alpha_fast
    cdef readonly int period_alpha_slow
    cdef readonly double alpha_fast
    cdef readonly double alpha_slow
    cdef readonly double alpha_diff
    cdef Efficiency _ratio


cdef class VariableIndexDynamicAverage(MovingAverage):
    cdef readonly double alpha
    cdef readonly double cmo_pct                 # size of the Chande momentum, 0 to 1
    cdef MovingAverage _gain
    cdef MovingAverage _loss
    cdef double _last
