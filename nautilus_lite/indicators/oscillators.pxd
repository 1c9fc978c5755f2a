from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring


cdef class RelativeStrengthIndex(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef MovingAverage _gain
    cdef MovingAverage _loss
    cdef double _last


cdef class MovingAverageConvergenceDivergence(Indicator):
    cdef readonly int fast_period
    cdef readonly int slow_period
    cdef readonly object price_type
    cdef readonly double value
    cdef MovingAverage _fast
    cdef MovingAverage _slow


cdef class AverageTrueRange(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef readonly bint use_previous
    cdef readonly double value_floor
    cdef MovingAverage _average
    cdef double _previous_close


cdef class BollingerBands(Indicator):
    cdef readonly int period
    cdef readonly double k
    cdef readonly double upper
    cdef readonly double middle
    cdef readonly double lower
    cdef MovingAverage _average
    cdef Ring _ring
