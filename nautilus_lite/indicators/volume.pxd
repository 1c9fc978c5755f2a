from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.volatility cimport AverageTrueRange


cdef class KlingerVolumeOscillator(Indicator):
    cdef readonly int fast_period
    cdef readonly int slow_period
    cdef readonly int signal_period
    cdef readonly double value
    cdef MovingAverage _fast
    cdef MovingAverage _slow
    cdef MovingAverage _signal
    cdef double _last


cdef class OnBalanceVolume(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef Ring _ring                              # or None


cdef class Pressure(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef readonly double value_cumulative
    cdef AverageTrueRange _atr
    cdef MovingAverage _average


cdef class VolumeWeightedAveragePrice(Indicator):
    cdef readonly double value
    cdef object _day
    cdef double _total
    cdef double _volume
