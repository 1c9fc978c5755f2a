from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring


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


cdef class DonchianChannel(Indicator):
    cdef readonly int period
    cdef readonly double upper
    cdef readonly double middle
    cdef readonly double lower
    cdef Ring _highs
    cdef Ring _lows


cdef class KeltnerChannel(Indicator):
    cdef readonly int period
    cdef readonly double k_multiplier
    cdef readonly double upper
    cdef readonly double middle
    cdef readonly double lower
    cdef MovingAverage _average
    cdef AverageTrueRange _atr


cdef class KeltnerPosition(Indicator):
    cdef readonly int period
    cdef readonly double k_multiplier
    cdef readonly double value
    cdef KeltnerChannel _channel


cdef class VerticalHorizontalFilter(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef MovingAverage _average
    cdef Ring _ring
    cdef double _last


cdef class VolatilityRatio(Indicator):
    cdef readonly int fast_period
    cdef readonly int slow_period
    cdef readonly double value
    cdef AverageTrueRange _fast
    cdef AverageTrueRange _slow
