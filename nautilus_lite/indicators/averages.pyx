"""Moving averages."""

cimport cython
from libc.math cimport sqrt

from enum import IntEnum
from enum import unique

import numpy as np

from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.prices cimport close_of

from nautilus_lite.model.enums import PriceType


@unique
class MovingAverageType(IntEnum):
    """Kinds of moving average."""

    SIMPLE = 0
    EXPONENTIAL = 1
    DOUBLE_EXPONENTIAL = 2
    WILDER = 3
    HULL = 4
    ADAPTIVE = 5
    WEIGHTED = 6
    VARIABLE_INDEX_DYNAMIC = 7


cdef class MovingAverage(Indicator):
    """Base of moving averages.

    Parameters
    ----------
    period : int
        Positive.
    params : list
    price_type : PriceType, default LAST
        What to take from a quote.

    Attributes
    ----------
    value : float
    count : int
        Values taken.
    """

    def __init__(self, int period, list params not None, price_type=PriceType.LAST):
        if period < 1:
            raise ValueError(f"invalid `period`, must be positive, was {period}")
        super().__init__(params)
        self.period = period
        self.price_type = PriceType(price_type)

    cdef int take_c(self, double value) except -1:
        raise NotImplementedError(f"{type(self).__name__} must override `take_c`")

    cpdef object update_raw(self, double value):
        """Take a value."""
        if value != value:
            raise ValueError(f"invalid value for {self!r}, must not be NaN")
        self.has_inputs = True
        self.count += 1
        self.take_c(value)
        if not self.initialized and self.count >= self.period:
            self.initialized = True

    cpdef object handle_quote_tick(self, object tick):
        """Take a quote's price of `price_type`."""
        self.update_raw(tick.extract_price(self.price_type).as_double())

    cpdef object handle_trade_tick(self, object tick):
        """Take a trade's price."""
        self.update_raw(tick.price.as_double())

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def _reset(self):
        self.value = 0.0
        self.count = 0


cdef class SimpleMovingAverage(MovingAverage):
    """Mean of the last `period` values (of those there are, before)."""

    def __init__(self, int period, price_type=PriceType.LAST):
        super().__init__(period, [period], price_type)
        self._ring = Ring(period)

    cdef int take_c(self, double value) except -1:
        cdef int i
        self._sum += value - self._ring.push(value)
        if self._ring.head == 0:
            # Once a round the sum is taken afresh: what rounding adds up to stays that of one round
            self._sum = 0.0
            for i in range(self._ring.n):
                self._sum += self._ring.values[i]
        self.value = self._sum / self._ring.n
        return 0

    def _reset(self):
        self.value = 0.0
        self.count = 0
        self._sum = 0.0
        self._ring.clear()


cdef class ExponentialMovingAverage(MovingAverage):
    """Average with weights that fall by a constant factor; alpha = 2 / (period + 1), begins at the first value."""

    def __init__(self, int period, price_type=PriceType.LAST):
        super().__init__(period, [period], price_type)
        self.alpha = 2.0 / (period + 1.0)

    cdef int take_c(self, double value) except -1:
        if self.count == 1:
            self.value = value
        else:
            self.value = self.alpha * value + (1.0 - self.alpha) * self.value
        return 0


cdef class WilderMovingAverage(MovingAverage):
    """Exponential average with alpha = 1 / period."""

    def __init__(self, int period, price_type=PriceType.LAST):
        super().__init__(period, [period], price_type)
        self.alpha = 1.0 / period

    cdef int take_c(self, double value) except -1:
        if self.count == 1:
            self.value = value
        else:
            self.value = self.alpha * value + (1.0 - self.alpha) * self.value
        return 0


cdef class WeightedMovingAverage(MovingAverage):
    """Average of the last `period` values with given weights.

    Parameters
    ----------
    period : int
    weights : array of float, shape (period,), optional
        Oldest first; 1, 2, ..., period where omitted. While fewer values are there the last weights count.
    """

    def __init__(self, int period, weights=None, price_type=PriceType.LAST):
        super().__init__(period, [period], price_type)
        values = np.arange(1, period + 1, dtype=np.float64) if weights is None else np.array(weights, dtype=np.float64)
        if values.shape != (period,) or not np.all(values >= 0.0) or values.sum() <= 0.0:
            raise ValueError(f"invalid `weights`, must be {period} numbers, none negative, was {weights!r}")
        self.weights = values
        self._weights = values
        self._ring = Ring(period)

    cdef int take_c(self, double value) except -1:
        cdef double total = 0.0
        cdef double weight = 0.0
        cdef int i, offset
        self._ring.push(value)
        offset = self.period - self._ring.n
        for i in range(self._ring.n):
            total += self._weights[offset + i] * self._ring.at(i)
            weight += self._weights[offset + i]
        self.value = total / weight if weight > 0.0 else value
        return 0

    def _reset(self):
        self.value = 0.0
        self.count = 0
        self._ring.clear()


cdef class DoubleExponentialMovingAverage(MovingAverage):
    """Twice an exponential average, less the exponential average of it.

    References
    ----------
    P. G. Mulloy, "Smoothing Data with Faster Moving Averages", Technical Analysis of Stocks & Commodities, 1994.
    """

    def __init__(self, int period, price_type=PriceType.LAST):
        super().__init__(period, [period], price_type)
        self._first = ExponentialMovingAverage(period)
        self._second = ExponentialMovingAverage(period)

    cdef int take_c(self, double value) except -1:
        self._first.update_raw(value)
        self._second.update_raw(self._first.value)
        self.value = 2.0 * self._first.value - self._second.value
        return 0

    def _reset(self):
        self.value = 0.0
        self.count = 0
        self._first.reset()
        self._second.reset()


cdef class HullMovingAverage(MovingAverage):
    """Weighted average, over the root of the period, of twice the weighted average of half a period less that of a whole one."""

    def __init__(self, int period, price_type=PriceType.LAST):
        super().__init__(period, [period], price_type)
        self._half = WeightedMovingAverage(max(period // 2, 1))
        self._whole = WeightedMovingAverage(period)
        self._root = WeightedMovingAverage(max(int(sqrt(period)), 1))

    cdef int take_c(self, double value) except -1:
        self._half.update_raw(value)
        self._whole.update_raw(value)
        self._root.update_raw(2.0 * self._half.value - self._whole.value)
        self.value = self._root.value
        return 0

    def _reset(self):
        self.value = 0.0
        self.count = 0
        self._half.reset()
        self._whole.reset()
        self._root.reset()


cdef class AdaptiveMovingAverage(MovingAverage):
    """Exponential average whose constant follows the efficiency ratio: fast in a trend, slow in noise.

    Parameters
    ----------
    period_er : int
        Values of the efficiency ratio.
    period_alpha_fast, period_alpha_slow : int
        Periods of the constants between which it moves; the fast one is the smaller.
    price_type : PriceType, default LAST

    References
    ----------
    P. J. Kaufman, "Trading Systems and Methods".
    """

    def __init__(self, int period_er, int period_alpha_fast, int period_alpha_slow, price_type=PriceType.LAST):
        if not 0 < period_alpha_fast < period_alpha_slow:
            raise ValueError(
                f"invalid `period_alpha_fast`, must be positive and below `period_alpha_slow` ({period_alpha_slow}), was "
                f"{period_alpha_fast}"
            )
        super().__init__(period_er, [period_er, period_alpha_fast, period_alpha_slow], price_type)
        self.period_er = period_er
        self.period_alpha_fast = period_alpha_fast
        self.period_alpha_slow = period_alpha_slow
        self.alpha_fast = 2.0 / (period_alpha_fast + 1.0)
        self.alpha_slow = 2.0 / (period_alpha_slow + 1.0)
        self.alpha_diff = self.alpha_fast - self.alpha_slow
        self._ratio = Efficiency(period_er)

    cdef int take_c(self, double value) except -1:
        cdef double ratio = self._ratio.take(value)
        if self.count == 1:
            self.value = value
        else:
            self.value += (ratio * self.alpha_diff + self.alpha_slow) ** 2 * (value - self.value)
        return 0

    def _reset(self):
        self.value = 0.0
        self.count = 0
        self._ratio.clear()


@cython.final
cdef class Efficiency:
    """Net change over the sum of changes, among the last `period` values; 0.0 where nothing changes."""

    def __cinit__(self, int period):
        self._values = Ring(period)
        self._changes = Ring(period)

    cdef double take(self, double value) noexcept:
        cdef double total
        if self._values.n:
            self._changes.push(abs(value - self._values.at(self._values.n - 1)))
        self._values.push(value)
        total = self._changes.total()
        return abs(value - self._values.at(0)) / total if total > 0.0 else 0.0

    cdef void clear(self) noexcept:
        self._values.clear()
        self._changes.clear()


cdef class VariableIndexDynamicAverage(MovingAverage):
    """Exponential average whose constant is scaled by the size of the Chande momentum; begins at the first value.

    Parameters
    ----------
    period : int
    price_type : PriceType, default LAST
    cmo_ma_type : MovingAverageType, default SIMPLE
        How gains and losses are averaged.

    References
    ----------
    T. S. Chande, "Adapting Moving Averages to Market Volatility", Technical Analysis of Stocks & Commodities, 1992.
    """

    def __init__(self, int period, price_type=PriceType.LAST, cmo_ma_type=MovingAverageType.SIMPLE):
        if cmo_ma_type == MovingAverageType.VARIABLE_INDEX_DYNAMIC:
            raise ValueError(f"invalid `cmo_ma_type`, must be another than the average itself, was {cmo_ma_type!r}")
        super().__init__(period, [period], price_type)
        self.alpha = 2.0 / (period + 1.0)
        self._gain = MovingAverageFactory.create(period, cmo_ma_type)
        self._loss = MovingAverageFactory.create(period, cmo_ma_type)

    cdef int take_c(self, double value) except -1:
        cdef double total
        if self.count == 1:
            self._last = self.value = value
        self._gain.update_raw(max(value - self._last, 0.0))
        self._loss.update_raw(max(self._last - value, 0.0))
        self._last = value
        total = self._gain.value + self._loss.value
        self.cmo_pct = abs(self._gain.value - self._loss.value) / total if total > 0.0 else 0.0
        self.value += self.alpha * self.cmo_pct * (value - self.value)
        return 0

    def _reset(self):
        self.value = 0.0
        self.count = 0
        self.cmo_pct = 0.0
        self._gain.reset()
        self._loss.reset()


class MovingAverageFactory:
    """Makes moving averages by type."""

    @staticmethod
    def create(period, ma_type, **kwargs):
        """Return a moving average.

        Parameters
        ----------
        period : int
        ma_type : MovingAverageType
        """
        kinds = {
            MovingAverageType.SIMPLE: SimpleMovingAverage,
            MovingAverageType.EXPONENTIAL: ExponentialMovingAverage,
            MovingAverageType.WEIGHTED: WeightedMovingAverage,
            MovingAverageType.WILDER: WilderMovingAverage,
            MovingAverageType.HULL: HullMovingAverage,
            MovingAverageType.DOUBLE_EXPONENTIAL: DoubleExponentialMovingAverage,
            MovingAverageType.VARIABLE_INDEX_DYNAMIC: VariableIndexDynamicAverage,
        }
        if ma_type == MovingAverageType.ADAPTIVE:
            raise ValueError("an adaptive average has three periods: make it as `AdaptiveMovingAverage(...)`")
        return kinds[MovingAverageType(ma_type)](period, **kwargs)
