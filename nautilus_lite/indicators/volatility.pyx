"""Indicators of volatility."""

from libc.math cimport sqrt

from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.prices cimport close_of

from nautilus_lite.indicators.averages import MovingAverageFactory
from nautilus_lite.indicators.averages import MovingAverageType


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


cdef class DonchianChannel(Indicator):
    """Highest high and lowest low of the last bars, and their middle.

    Parameters
    ----------
    period : int
    """

    def __init__(self, int period):
        if period < 1:
            raise ValueError(f"invalid `period`, must be positive, was {period}")
        super().__init__([period])
        self.period = period
        self._highs = Ring(period)
        self._lows = Ring(period)

    cpdef object handle_quote_tick(self, object tick):
        """Take a quote's ask and bid."""
        self.update_raw(tick.ask_price.as_double(), tick.bid_price.as_double())

    cpdef object handle_trade_tick(self, object tick):
        """Take a trade's price."""
        price = tick.price.as_double()
        self.update_raw(price, price)

    cpdef object handle_bar(self, object bar):
        """Take a bar's high and low."""
        self.update_raw(bar.high.as_double(), bar.low.as_double())

    def update_raw(self, double high, double low):
        """Take a high and a low."""
        self._highs.push(high)
        self._lows.push(low)
        self.upper = self._highs.highest()
        self.lower = self._lows.lowest()
        self.middle = (self.upper + self.lower) / 2.0
        self.has_inputs = True
        self.initialized = self._highs.full()

    def _reset(self):
        self.upper = self.middle = self.lower = 0.0
        self._highs.clear()
        self._lows.clear()


cdef class KeltnerChannel(Indicator):
    """Average of the typical price, and so many average true ranges on either side of it.

    Parameters
    ----------
    period : int
    k_multiplier : float
        Positive.
    ma_type : MovingAverageType, default EXPONENTIAL
        Of the middle.
    ma_type_atr : MovingAverageType, default SIMPLE
    use_previous : bool, default True
        If the previous close widens the true range.
    atr_floor : float, default 0
        Least true range.
    """

    def __init__(self, int period, double k_multiplier, ma_type=MovingAverageType.EXPONENTIAL,
                 ma_type_atr=MovingAverageType.SIMPLE, bint use_previous=True, double atr_floor=0.0):
        if not k_multiplier > 0.0:
            raise ValueError(f"invalid `k_multiplier`, must be positive, was {k_multiplier}")
        super().__init__([
            period, k_multiplier, MovingAverageType(ma_type).name, MovingAverageType(ma_type_atr).name, bool(use_previous),
            atr_floor,
        ])
        self.period = period
        self.k_multiplier = k_multiplier
        self._average = MovingAverageFactory.create(period, ma_type)
        self._atr = AverageTrueRange(period, ma_type_atr, use_previous, atr_floor)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        self._average.update_raw((high + low + close) / 3.0)
        self._atr.update_raw(high, low, close)
        self.middle = self._average.value
        self.upper = self.middle + self.k_multiplier * self._atr.value
        self.lower = self.middle - self.k_multiplier * self._atr.value
        self.has_inputs = True
        self.initialized = self._average.initialized

    def _reset(self):
        self.upper = self.middle = self.lower = 0.0
        self._average.reset()
        self._atr.reset()


cdef class KeltnerPosition(Indicator):
    """Distance of the close from the middle of a Keltner channel, in halves of its width.

    Parameters
    ----------
    period, k_multiplier, ma_type, ma_type_atr, use_previous, atr_floor
        As of `KeltnerChannel`.
    """

    def __init__(self, int period, double k_multiplier, ma_type=MovingAverageType.EXPONENTIAL,
                 ma_type_atr=MovingAverageType.SIMPLE, bint use_previous=True, double atr_floor=0.0):
        self._channel = KeltnerChannel(period, k_multiplier, ma_type, ma_type_atr, use_previous, atr_floor)
        super().__init__(self._channel._params)
        self.period = period
        self.k_multiplier = k_multiplier

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        cdef double half
        self._channel.update_raw(high, low, close)
        half = (self._channel.upper - self._channel.lower) / 2.0
        self.value = (close - self._channel.middle) / half if half > 0.0 else 0.0
        self.has_inputs = True
        self.initialized = self._channel.initialized

    def _reset(self):
        self.value = 0.0
        self._channel.reset()


cdef class VerticalHorizontalFilter(Indicator):
    """Range of the closes over `period` times the average change: high in a trend.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default SIMPLE

    References
    ----------
    A. White, "The Vertical Horizontal Filter", Futures, 1991.
    """

    def __init__(self, int period, ma_type=MovingAverageType.SIMPLE):
        super().__init__([period])
        self.period = period
        self._average = MovingAverageFactory.create(period, ma_type)
        self._ring = Ring(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        self._average.update_raw(abs(close - self._last) if self.has_inputs else 0.0)
        self._ring.push(close)
        self._last = close
        self.has_inputs = True
        self.initialized = self._average.initialized
        if self.initialized:
            self.value = 0.0
            if self._average.value > 0.0:
                self.value = (self._ring.highest() - self._ring.lowest()) / self.period / self._average.value

    def _reset(self):
        self.value = 0.0
        self._average.reset()
        self._ring.clear()


cdef class VolatilityRatio(Indicator):
    """Slow average true range over the fast one.

    Parameters
    ----------
    fast_period, slow_period : int
        The fast one is the smaller.
    ma_type : MovingAverageType, default SIMPLE
    use_previous : bool, default True
        If the previous close widens the range.
    value_floor : float, default 0
        Least true range.
    """

    def __init__(self, int fast_period, int slow_period, ma_type=MovingAverageType.SIMPLE, bint use_previous=True,
                 double value_floor=0.0):
        if not 0 < fast_period < slow_period:
            raise ValueError(
                f"invalid `fast_period`, must be positive and below `slow_period` ({slow_period}), was {fast_period}"
            )
        if value_floor < 0.0:
            raise ValueError(f"invalid `value_floor`, must not be negative, was {value_floor}")
        super().__init__([fast_period, slow_period, MovingAverageType(ma_type).name, bool(use_previous), value_floor])
        self.fast_period = fast_period
        self.slow_period = slow_period
        self._fast = AverageTrueRange(fast_period, ma_type, use_previous, value_floor)
        self._slow = AverageTrueRange(slow_period, ma_type, use_previous, value_floor)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        self._fast.update_raw(high, low, close)
        self._slow.update_raw(high, low, close)
        self.value = self._slow.value / self._fast.value if self._fast.value > 0.0 else 0.0
        self.has_inputs = True
        self.initialized = self._slow.initialized

    def _reset(self):
        self.value = 0.0
        self._fast.reset()
        self._slow.reset()
