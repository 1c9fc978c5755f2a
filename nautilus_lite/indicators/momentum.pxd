from nautilus_lite.indicators.averages cimport Efficiency
from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring


cdef class RelativeStrengthIndex(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef MovingAverage _gain
    cdef MovingAverage _loss
    cdef double _last


cdef class ChandeMomentumOscillator(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef MovingAverage _gain
    cdef MovingAverage _loss
    cdef double _last


cdef class CommodityChannelIndex(Indicator):
    cdef readonly int period
    cdef readonly double scalar
    cdef readonly double value
    cdef MovingAverage _average
    cdef Ring _ring


cdef class EfficiencyRatio(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef Efficiency _ratio


cdef class PsychologicalLine(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef MovingAverage _average
    cdef double _last


cdef class RateOfChange(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef bint _use_log
    cdef Ring _ring


cdef class RelativeVolatilityIndex(Indicator):
    cdef readonly int period
    cdef readonly double scalar
    cdef readonly double value
    cdef MovingAverage _up
    cdef MovingAverage _down
    cdef Ring _ring
    cdef double _last


cdef class Stochastics(Indicator):
    cdef readonly int period_k
    cdef readonly int period_d
    cdef readonly int slowing
    cdef readonly object ma_type
    cdef readonly str d_method
    cdef readonly double value_k
    cdef readonly double value_d
    cdef bint _by_ratio
    cdef Ring _highs
    cdef Ring _lows
    cdef Ring _distances
    cdef Ring _ranges
    cdef MovingAverage _slow_k
    cdef MovingAverage _slow_d
