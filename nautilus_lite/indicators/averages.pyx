"""Moving averages."""

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
    WEIGHTED = 2
    WILDER = 4


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
        }
        return kinds[MovingAverageType(ma_type)](period, **kwargs)
