"""Indicators of momentum and volatility."""

from libc.math cimport sqrt

from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.prices cimport close_of

from nautilus_lite.indicators.averages import MovingAverageFactory
from nautilus_lite.indicators.averages import MovingAverageType
from nautilus_lite.model.enums import PriceType


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


cdef class MovingAverageConvergenceDivergence(Indicator):
    """Fast average less slow average.

    Parameters
    ----------
    fast_period, slow_period : int
        The fast one is the smaller.
    ma_type : MovingAverageType, default EXPONENTIAL
    price_type : PriceType, default LAST
        What to take from a quote.
    """

    def __init__(self, int fast_period, int slow_period, ma_type=MovingAverageType.EXPONENTIAL,
                 price_type=PriceType.LAST):
        if fast_period >= slow_period:
            raise ValueError(
                f"invalid `fast_period`, must be below `slow_period` ({slow_period}), was {fast_period}"
            )
        super().__init__([fast_period, slow_period, MovingAverageType(ma_type).name])
        self.fast_period = fast_period
        self.slow_period = slow_period
        self.price_type = PriceType(price_type)
        self._fast = MovingAverageFactory.create(fast_period, ma_type)
        self._slow = MovingAverageFactory.create(slow_period, ma_type)

    cpdef object handle_quote_tick(self, object tick):
        """Take a quote's price of `price_type`."""
        self.update_raw(tick.extract_price(self.price_type).as_double())

    cpdef object handle_trade_tick(self, object tick):
        """Take a trade's price."""
        self.update_raw(tick.price.as_double())

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double value):
        """Take a value."""
        self._fast.update_raw(value)
        self._slow.update_raw(value)
        self.value = self._fast.value - self._slow.value
        self.has_inputs = True
        if self._slow.initialized:
            self.initialized = True

    def _reset(self):
        self.value = 0.0
        self._fast.reset()
        self._slow.reset()


cdef class AverageTrueRange(Indicator):
    """Average of the true range.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default SIMPLE
    use_previous : bool, default True
        If the previous close widens the range.
    value_floor : float, default 0
        Least value.
    """

    def __init__(self, int period, ma_type=MovingAverageType.SIMPLE, bint use_previous=True, double value_floor=0.0):
        super().__init__([period, MovingAverageType(ma_type).name, bool(use_previous), value_floor])
        self.period = period
        self.use_previous = use_previous
        self.value_floor = value_floor
        self._average = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        cdef double top = high
        cdef double bottom = low
        if self.use_previous:
            if not self.has_inputs:
                self._previous_close = close
            top = max(high, self._previous_close)
            bottom = min(low, self._previous_close)
            self._previous_close = close
        self._average.update_raw(top - bottom)
        self.value = max(self._average.value, self.value_floor)
        self.has_inputs = True
        if self._average.initialized:
            self.initialized = True

    def _reset(self):
        self.value = 0.0
        self._previous_close = 0.0
        self._average.reset()


cdef class BollingerBands(Indicator):
    """Average of the typical price, and `k` population standard deviations on either side of it.

    Parameters
    ----------
    period : int
    k : float
        Positive.
    ma_type : MovingAverageType, default SIMPLE
    """

    def __init__(self, int period, double k, ma_type=MovingAverageType.SIMPLE):
        if not k > 0.0:
            raise ValueError(f"invalid `k`, must be positive, was {k}")
        super().__init__([period, k, MovingAverageType(ma_type).name])
        self.period = period
        self.k = k
        self._average = MovingAverageFactory.create(period, ma_type)
        self._ring = Ring(period)

    cpdef object handle_quote_tick(self, object tick):
        """Take a quote's bid, ask and mid."""
        bid = tick.bid_price.as_double()
        ask = tick.ask_price.as_double()
        self.update_raw(ask, bid, (bid + ask) / 2.0)

    cpdef object handle_trade_tick(self, object tick):
        """Take a trade's price."""
        price = tick.price.as_double()
        self.update_raw(price, price, price)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        cdef double typical = (high + low + close) / 3.0
        cdef double total = 0.0
        cdef double mean = 0.0
        cdef int i
        self._ring.push(typical)
        self._average.update_raw(typical)
        for i in range(self._ring.n):
            mean += self._ring.values[i]
        mean /= self._ring.n
        for i in range(self._ring.n):
            total += (self._ring.values[i] - mean) ** 2
        self.middle = self._average.value
        self.upper = self.middle + self.k * sqrt(total / self._ring.n)
        self.lower = self.middle - self.k * sqrt(total / self._ring.n)
        self.has_inputs = True
        if self._average.initialized:
            self.initialized = True

    def _reset(self):
        self.upper = 0.0
        self.middle = 0.0
        self.lower = 0.0
        self._ring.clear()
        self._average.reset()
