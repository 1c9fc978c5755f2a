"""Indicators of momentum."""

from libc.math cimport log
from libc.math cimport sqrt

from enum import Enum
from enum import unique

from nautilus_lite.indicators.averages cimport Efficiency
from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.prices cimport close_of

from nautilus_lite.indicators.averages import MovingAverageFactory
from nautilus_lite.indicators.averages import MovingAverageType


cdef class RelativeStrengthIndex(Indicator):
    """Mean gain over mean gain plus mean loss, from 0 to 1.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default EXPONENTIAL

    References
    ----------
    J. Welles Wilder, "New Concepts in Technical Trading Systems", 1978.
    """

    def __init__(self, int period, ma_type=MovingAverageType.EXPONENTIAL):
        super().__init__([period, MovingAverageType(ma_type).name])
        self.period = period
        self._gain = MovingAverageFactory.create(period, ma_type)
        self._loss = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double value):
        """Take a value."""
        cdef double total
        if not self.has_inputs:
            self._last = value
            self.has_inputs = True
        self._gain.update_raw(value - self._last if value > self._last else 0.0)
        self._loss.update_raw(self._last - value if value < self._last else 0.0)
        self._last = value
        total = self._gain.value + self._loss.value
        # No loss at all is full strength, as is no movement
        self.value = self._gain.value / total if self._loss.value > 0.0 else 1.0
        if not self.initialized and self._gain.initialized:
            self.initialized = True

    def _reset(self):
        self.value = 0.0
        self._last = 0.0
        self._gain.reset()
        self._loss.reset()


cdef class ChandeMomentumOscillator(Indicator):
    """Mean gain less mean loss, over their sum, from -100 to 100.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default WILDER

    References
    ----------
    T. S. Chande and S. Kroll, "The New Technical Trader", 1994.
    """

    def __init__(self, int period, ma_type=None):
        ma_type = MovingAverageType.WILDER if ma_type is None else MovingAverageType(ma_type)
        super().__init__([period, ma_type.name])
        self.period = period
        self._gain = MovingAverageFactory.create(period, ma_type)
        self._loss = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        cdef double total
        if not self.has_inputs:
            self._last = close
            self.has_inputs = True
        self._gain.update_raw(max(close - self._last, 0.0))
        self._loss.update_raw(max(self._last - close, 0.0))
        self._last = close
        self.initialized = self._gain.initialized
        if self.initialized:
            total = self._gain.value + self._loss.value
            self.value = 100.0 * (self._gain.value - self._loss.value) / total if total > 0.0 else 0.0

    def _reset(self):
        self.value = 0.0
        self._gain.reset()
        self._loss.reset()


cdef class CommodityChannelIndex(Indicator):
    """Distance of the typical price from its average, in mean absolute deviations.

    Parameters
    ----------
    period : int
    scalar : float, default 0.015
        Positive; most values lie within 100 with it.
    ma_type : MovingAverageType, default SIMPLE

    References
    ----------
    D. R. Lambert, "Commodity Channel Index", Commodities, 1980.
    """

    def __init__(self, int period, double scalar=0.015, ma_type=None):
        if not scalar > 0.0:
            raise ValueError(f"invalid `scalar`, must be positive, was {scalar}")
        ma_type = MovingAverageType.SIMPLE if ma_type is None else MovingAverageType(ma_type)
        super().__init__([period, scalar, ma_type.name])
        self.period = period
        self.scalar = scalar
        self._average = MovingAverageFactory.create(period, ma_type)
        self._ring = Ring(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        cdef double typical = (high + low + close) / 3.0
        cdef double deviation = 0.0
        cdef int i
        self._ring.push(typical)
        self._average.update_raw(typical)
        self.has_inputs = True
        self.initialized = self._average.initialized
        if not self.initialized:
            return
        for i in range(self._ring.n):
            deviation += abs(self._ring.values[i] - self._average.value)
        deviation /= self._ring.n
        self.value = (typical - self._average.value) / (self.scalar * deviation) if deviation > 0.0 else 0.0

    def _reset(self):
        self.value = 0.0
        self._ring.clear()
        self._average.reset()


cdef class EfficiencyRatio(Indicator):
    """Net change over the sum of changes: 1 in a straight trend, near 0 in noise.

    Parameters
    ----------
    period : int
        Two at least.

    References
    ----------
    P. J. Kaufman, "Trading Systems and Methods".
    """

    def __init__(self, int period):
        if period < 2:
            raise ValueError(f"invalid `period`, must be >= 2, was {period}")
        super().__init__([period])
        self.period = period
        self._ratio = Efficiency(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double price):
        """Take a price."""
        self.value = self._ratio.take(price)
        self.has_inputs = True
        self.initialized = self._ratio._values.full()

    def _reset(self):
        self.value = 0.0
        self._ratio.clear()


cdef class PsychologicalLine(Indicator):
    """Share of closes above the one before, from 0 to 100.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default SIMPLE
    """

    def __init__(self, int period, ma_type=None):
        ma_type = MovingAverageType.SIMPLE if ma_type is None else MovingAverageType(ma_type)
        super().__init__([period, ma_type.name])
        self.period = period
        self._average = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        self._average.update_raw(1.0 if self.has_inputs and close > self._last else 0.0)
        self._last = close
        self.value = 100.0 * self._average.value
        self.has_inputs = True
        self.initialized = self._average.initialized

    def _reset(self):
        self.value = 0.0
        self._average.reset()


cdef class RateOfChange(Indicator):
    """Change from the first to the last of so many prices, as a fraction.

    Parameters
    ----------
    period : int
        Two at least.
    use_log : bool, default False
        If the logarithm of the ratio is taken.
    """

    def __init__(self, int period, bint use_log=False):
        if period < 2:
            raise ValueError(f"invalid `period`, must be > 1, was {period}")
        super().__init__([period])
        self.period = period
        self._use_log = use_log
        self._ring = Ring(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double price):
        """Take a price, not zero; positive with `use_log`."""
        cdef double first
        self._ring.push(price)
        first = self._ring.at(0)
        if first == 0.0 or (self._use_log and (first < 0.0 or price <= 0.0)):
            raise ValueError(f"{self!r} has no change from {first} to {price}")
        self.value = log(price / first) if self._use_log else (price - first) / first
        self.has_inputs = True
        self.initialized = self._ring.full()

    def _reset(self):
        self.value = 0.0
        self._ring.clear()


cdef class RelativeVolatilityIndex(Indicator):
    """Mean deviation while prices rise, over that while they rise or fall, times `scalar`.

    Parameters
    ----------
    period : int
    scalar : float, default 100
        Positive.
    ma_type : MovingAverageType, default EXPONENTIAL

    References
    ----------
    D. Dorsey, "The Relative Volatility Index", Technical Analysis of Stocks & Commodities, 1993.
    """

    def __init__(self, int period, double scalar=100.0, ma_type=None):
        if not scalar > 0.0:
            raise ValueError(f"invalid `scalar`, must be positive, was {scalar}")
        ma_type = MovingAverageType.EXPONENTIAL if ma_type is None else MovingAverageType(ma_type)
        super().__init__([period, scalar, ma_type.name])
        self.period = period
        self.scalar = scalar
        self._up = MovingAverageFactory.create(period, ma_type)
        self._down = MovingAverageFactory.create(period, ma_type)
        self._ring = Ring(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        cdef double mean, deviation, total
        cdef double change = close - self._last if self.has_inputs else 0.0
        cdef int i
        self._ring.push(close)
        self._last = close
        self.has_inputs = True
        if not self._ring.full():
            return
        mean = self._ring.total() / self._ring.n
        deviation = 0.0
        for i in range(self._ring.n):
            deviation += (self._ring.values[i] - mean) ** 2
        deviation = sqrt(deviation / self._ring.n)
        self._up.update_raw(deviation if change > 0.0 else 0.0)
        self._down.update_raw(deviation if change < 0.0 else 0.0)
        total = self._up.value + self._down.value
        self.value = self.scalar * self._up.value / total if total > 0.0 else 0.0
        self.initialized = self._up.initialized

    def _reset(self):
        self.value = 0.0
        self._up.reset()
        self._down.reset()
        self._ring.clear()


@unique
class StochasticsDMethod(Enum):
    """How the slow line of `Stochastics` comes about: by sums of ranges, or as an average of the fast line."""

    RATIO = "ratio"
    MOVING_AVERAGE = "moving_average"


cdef class Stochastics(Indicator):
    """Where the close lies within the range of the last bars, from 0 to 100, and a slower line of it.

    Parameters
    ----------
    period_k : int
        Bars of the range.
    period_d : int
        Bars of the slower line.
    slowing : int, default 1
        Bars over which `value_k` is averaged.
    ma_type : MovingAverageType, default EXPONENTIAL
        For slowing, and for `d_method` `moving_average`.
    d_method : str or StochasticsDMethod, default "ratio"
        `ratio`: sum of distances from the low over the sum of ranges. `moving_average`: average of `value_k`.

    References
    ----------
    G. C. Lane, "Lane's Stochastics", Technical Analysis of Stocks & Commodities, 1984.
    """

    def __init__(self, int period_k, int period_d, int slowing=1, ma_type=None, d_method="ratio"):
        for name, given in (("period_k", period_k), ("period_d", period_d), ("slowing", slowing)):
            if given < 1:
                raise ValueError(f"invalid `{name}`, must be positive, was {given}")
        method = StochasticsDMethod(d_method)
        self.ma_type = MovingAverageType.EXPONENTIAL if ma_type is None else MovingAverageType(ma_type)
        super().__init__([period_k, period_d, slowing, self.ma_type.name, method.value])
        self.period_k = period_k
        self.period_d = period_d
        self.slowing = slowing
        self.d_method = method.value
        self._by_ratio = method is StochasticsDMethod.RATIO
        self._highs = Ring(period_k)
        self._lows = Ring(period_k)
        self._distances = Ring(period_d)
        self._ranges = Ring(period_d)
        self._slow_k = MovingAverageFactory.create(slowing, self.ma_type)
        self._slow_d = MovingAverageFactory.create(period_d, self.ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar; where the whole range is one price, the lines stay."""
        cdef double top, bottom
        self._highs.push(high)
        self._lows.push(low)
        self.has_inputs = True
        top = self._highs.highest()
        bottom = self._lows.lowest()
        if top > bottom:
            self._distances.push(close - bottom)
            self._ranges.push(top - bottom)
            self._slow_k.update_raw(100.0 * (close - bottom) / (top - bottom))
            self.value_k = self._slow_k.value
            self._slow_d.update_raw(self.value_k)
            if self._by_ratio:
                self.value_d = 100.0 * self._distances.total() / self._ranges.total()
            else:
                self.value_d = self._slow_d.value
        if self._highs.full() and self._ranges.full():
            self.initialized = True

    def _reset(self):
        self.value_k = 0.0
        self.value_d = 0.0
        for ring in (self._highs, self._lows, self._distances, self._ranges):
            (<Ring>ring).clear()
        self._slow_k.reset()
        self._slow_d.reset()
