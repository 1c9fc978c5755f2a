"""Indicators of volume."""

from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.volatility cimport AverageTrueRange

from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.indicators.averages import MovingAverageFactory
from nautilus_lite.indicators.averages import MovingAverageType


cdef class KlingerVolumeOscillator(Indicator):
    """Average of the difference of two averages of volume, which counts up or down as the typical price goes.

    Parameters
    ----------
    fast_period, slow_period : int
        The fast one is the smaller.
    signal_period : int
    ma_type : MovingAverageType, default EXPONENTIAL

    Notes
    -----
    The first bar counts as a rise.
    """

    def __init__(self, int fast_period, int slow_period, int signal_period, ma_type=MovingAverageType.EXPONENTIAL):
        if not 0 < fast_period < slow_period:
            raise ValueError(
                f"invalid `fast_period`, must be positive and below `slow_period` ({slow_period}), was {fast_period}"
            )
        super().__init__([fast_period, slow_period, signal_period, MovingAverageType(ma_type).name])
        self.fast_period = fast_period
        self.slow_period = slow_period
        self.signal_period = signal_period
        self._fast = MovingAverageFactory.create(fast_period, ma_type)
        self._slow = MovingAverageFactory.create(slow_period, ma_type)
        self._signal = MovingAverageFactory.create(signal_period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double(), bar.volume.as_double())

    def update_raw(self, double high, double low, double close, double volume):
        """Take the high, low, close and volume of a bar."""
        cdef double typical = (high + low + close) / 3.0
        if self.has_inputs and typical <= self._last:
            volume = -volume if typical < self._last else 0.0
        self._last = typical
        self._fast.update_raw(volume)
        self._slow.update_raw(volume)
        self.has_inputs = True
        if self._slow.initialized:
            self._signal.update_raw(self._fast.value - self._slow.value)
            self.value = self._signal.value
            self.initialized = self._signal.initialized

    def _reset(self):
        self.value = 0.0
        self._fast.reset()
        self._slow.reset()
        self._signal.reset()


cdef class OnBalanceVolume(Indicator):
    """Volume of bars that close above their open, less that of bars that close below.

    Parameters
    ----------
    period : int, default 0
        Bars that count; all where 0.
    """

    def __init__(self, int period=0):
        if period < 0:
            raise ValueError(f"invalid `period`, must not be negative, was {period}")
        super().__init__([period])
        self.period = period
        self._ring = Ring(period) if period else None

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.open.as_double(), bar.close.as_double(), bar.volume.as_double())

    def update_raw(self, double open, double close, double volume):
        """Take the open, close and volume of a bar."""
        if close <= open:
            volume = -volume if close < open else 0.0
        if self._ring is None:
            self.value += volume
        else:
            self._ring.push(volume)
            self.value = self._ring.total()
        self.has_inputs = True
        self.initialized = self._ring is None or self._ring.full()

    def _reset(self):
        self.value = 0.0
        if self._ring is not None:
            self._ring.clear()


cdef class Pressure(Indicator):
    """Where bars close within their range, weighted by relative volume, over the average true range.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default EXPONENTIAL
    atr_floor : float, default 0
        Least true range.

    Attributes
    ----------
    value : float
        Of the last bar.
    value_cumulative : float
        The sum of all.
    """

    def __init__(self, int period, ma_type=MovingAverageType.EXPONENTIAL, double atr_floor=0.0):
        if atr_floor < 0.0:
            raise ValueError(f"invalid `atr_floor`, must not be negative, was {atr_floor}")
        super().__init__([period, MovingAverageType(ma_type).name, atr_floor])
        self.period = period
        self._atr = AverageTrueRange(period, ma_type, True, atr_floor)
        self._average = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double(), bar.volume.as_double())

    def update_raw(self, double high, double low, double close, double volume):
        """Take the high, low, close and volume of a bar."""
        self._atr.update_raw(high, low, close)
        self._average.update_raw(volume)
        self.value = 0.0
        if self._average.value > 0.0 and self._atr.value > 0.0:
            self.value = volume / self._average.value * (2.0 * close - low - high) / self._atr.value
        self.value_cumulative += self.value
        self.has_inputs = True
        self.initialized = self._atr.initialized

    def _reset(self):
        self.value = 0.0
        self.value_cumulative = 0.0
        self._atr.reset()
        self._average.reset()


cdef class VolumeWeightedAveragePrice(Indicator):
    """Volume-weighted mean of the typical price since midnight; the first price of a day until there is volume."""

    def __init__(self):
        super().__init__([])

    cpdef object handle_bar(self, object bar):
        """Take a bar; its day is that of `ts_event` in UTC."""
        typical = (bar.high.as_double() + bar.low.as_double() + bar.close.as_double()) / 3.0
        self.update_raw(typical, bar.volume.as_double(), unix_nanos_to_dt(bar.ts_event))

    def update_raw(self, double price, double volume, object timestamp):
        """Take a price with its volume, and the time, whose day counts."""
        day = timestamp.date()
        if day != self._day:
            self._day = day
            self._total = 0.0
            self._volume = 0.0
            self.value = price
        self.has_inputs = True
        self.initialized = True
        if volume != 0.0:
            self._total += price * volume
            self._volume += volume
            self.value = self._total / self._volume

    def _reset(self):
        self.value = 0.0
        self._day = None
