from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring


cdef class MovingAverageConvergenceDivergence(Indicator):
    cdef readonly int fast_period
    cdef readonly int slow_period
    cdef readonly object price_type
    cdef readonly double value
    cdef MovingAverage _fast
    cdef MovingAverage _slow


cdef class ArcherMovingAveragesTrends(Indicator):
    cdef readonly int fast_period
    cdef readonly int slow_period
    cdef readonly int signal_period
    cdef readonly bint long_run
    cdef readonly bint short_run
    cdef MovingAverage _fast
    cdef MovingAverage _slow
    cdef Ring _fast_values
    cdef Ring _slow_values


cdef class AroonOscillator(Indicator):
    cdef readonly int period
    cdef readonly double aroon_up
    cdef readonly double aroon_down
    cdef readonly double value
    cdef Ring _highs
    cdef Ring _lows


cdef class Bias(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef MovingAverage _average


cdef class DirectionalMovement(Indicator):
    cdef readonly int period
    cdef readonly double pos
    cdef readonly double neg
    cdef MovingAverage _up
    cdef MovingAverage _down
    cdef double _high
    cdef double _low


cdef class IchimokuCloud(Indicator):
    cdef readonly int tenkan_period
    cdef readonly int kijun_period
    cdef readonly int senkou_period
    cdef readonly int displacement
    cdef readonly double tenkan_sen
    cdef readonly double kijun_sen
    cdef readonly double senkou_span_a
    cdef readonly double senkou_span_b
    cdef readonly double chikou_span
    cdef Ring _highs
    cdef Ring _lows
    cdef Ring _spans_a
    cdef Ring _spans_b
    cdef Ring _closes
    cdef double _middle(self, int period) noexcept


cdef class LinearRegression(Indicator):
    cdef readonly int period
    cdef readonly double value
    cdef readonly double slope
    cdef readonly double intercept
    cdef readonly double degree
    cdef readonly double cfo
    cdef readonly double R2
    cdef Ring _ring


cdef class Swings(Indicator):
    cdef readonly int period
    cdef readonly int direction
    cdef readonly bint changed
    cdef readonly double high_price
    cdef readonly double low_price
    cdef readonly object high_datetime
    cdef readonly object low_datetime
    cdef readonly double length
    cdef readonly int duration
    cdef readonly int since_high
    cdef readonly int since_low
    cdef Ring _highs
    cdef Ring _lows
