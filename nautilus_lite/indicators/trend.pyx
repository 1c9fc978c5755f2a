"""Indicators of trends."""

from libc.math cimport M_PI
from libc.math cimport atan

from nautilus_lite.indicators.averages cimport MovingAverage
from nautilus_lite.indicators.base cimport Indicator
from nautilus_lite.indicators.base cimport Ring
from nautilus_lite.indicators.prices cimport close_of

from nautilus_lite.indicators.averages import MovingAverageFactory
from nautilus_lite.indicators.averages import MovingAverageType
from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.model.enums import PriceType


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


cdef class ArcherMovingAveragesTrends(Indicator):
    """Which way a fast and a slow average go together, over some bars.

    Parameters
    ----------
    fast_period, slow_period : int
        The fast one is the smaller.
    signal_period : int
        Bars over which the averages are compared with themselves.
    ma_type : MovingAverageType, default EXPONENTIAL

    Attributes
    ----------
    long_run : bool
        The fast average rises, whatever the slow one does.
    short_run : bool
        It falls.
    """

    def __init__(self, int fast_period, int slow_period, int signal_period, ma_type=MovingAverageType.EXPONENTIAL):
        _check_periods(fast_period, slow_period)
        super().__init__([fast_period, slow_period, signal_period, MovingAverageType(ma_type).name])
        self.fast_period = fast_period
        self.slow_period = slow_period
        self.signal_period = signal_period
        self._fast = MovingAverageFactory.create(fast_period, ma_type)
        self._slow = MovingAverageFactory.create(slow_period, ma_type)
        self._fast_values = Ring(signal_period + 1)
        self._slow_values = Ring(signal_period + 1)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        cdef double fast, slow
        self._fast.update_raw(close)
        self._slow.update_raw(close)
        self.has_inputs = True
        if not self._slow.initialized:
            return
        self._fast_values.push(self._fast.value)
        self._slow_values.push(self._slow.value)
        fast = self._fast.value - self._fast_values.at(0)
        slow = self._slow.value - self._slow_values.at(0)
        self.long_run = fast > 0.0 and slow != 0.0
        self.short_run = fast < 0.0 and slow != 0.0
        self.initialized = self._slow_values.full()

    def _reset(self):
        self.long_run = False
        self.short_run = False
        self._fast.reset()
        self._slow.reset()
        self._fast_values.clear()
        self._slow_values.clear()


cdef class AroonOscillator(Indicator):
    """How recent the highest high and the lowest low are, each from 0 to 100, and their difference.

    Parameters
    ----------
    period : int

    References
    ----------
    T. S. Chande, "A Time Price Oscillator", Technical Analysis of Stocks & Commodities, 1995.
    """

    def __init__(self, int period):
        if period < 1:
            raise ValueError(f"invalid `period`, must be positive, was {period}")
        super().__init__([period])
        self.period = period
        self._highs = Ring(period + 1)
        self._lows = Ring(period + 1)

    cpdef object handle_bar(self, object bar):
        """Take a bar's high and low."""
        self.update_raw(bar.high.as_double(), bar.low.as_double())

    def update_raw(self, double high, double low):
        """Take the high and low of a bar."""
        cdef int i
        cdef int top = 0
        cdef int bottom = 0
        self._highs.push(high)
        self._lows.push(low)
        for i in range(1, self._highs.n):
            # Of equals the newest
            if self._highs.at(i) >= self._highs.at(top):
                top = i
            if self._lows.at(i) <= self._lows.at(bottom):
                bottom = i
        self.aroon_up = 100.0 * (1.0 - <double>(self._highs.n - 1 - top) / self.period)
        self.aroon_down = 100.0 * (1.0 - <double>(self._lows.n - 1 - bottom) / self.period)
        self.value = self.aroon_up - self.aroon_down
        self.has_inputs = True
        self.initialized = self._highs.full()

    def _reset(self):
        self.aroon_up = 0.0
        self.aroon_down = 0.0
        self.value = 0.0
        self._highs.clear()
        self._lows.clear()


cdef class Bias(Indicator):
    """Distance of the close from an average of closes, as a fraction of it.

    Parameters
    ----------
    period : int
    ma_type : MovingAverageType, default SIMPLE
    """

    def __init__(self, int period, ma_type=MovingAverageType.SIMPLE):
        super().__init__([period, MovingAverageType(ma_type).name])
        self.period = period
        self._average = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        self._average.update_raw(close)
        self.value = close / self._average.value - 1.0 if self._average.value != 0.0 else 0.0
        self.has_inputs = True
        self.initialized = self._average.initialized

    def _reset(self):
        self.value = 0.0
        self._average.reset()


cdef class DirectionalMovement(Indicator):
    """Averages of how far highs rise and lows fall from bar to bar, whichever goes further.

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
        self._up = MovingAverageFactory.create(period, ma_type)
        self._down = MovingAverageFactory.create(period, ma_type)

    cpdef object handle_bar(self, object bar):
        """Take a bar's high and low."""
        self.update_raw(bar.high.as_double(), bar.low.as_double())

    def update_raw(self, double high, double low):
        """Take the high and low of a bar."""
        cdef double up = high - self._high if self.has_inputs else 0.0
        cdef double down = self._low - low if self.has_inputs else 0.0
        self._high = high
        self._low = low
        self._up.update_raw(up if up > down and up > 0.0 else 0.0)
        self._down.update_raw(down if down > up and down > 0.0 else 0.0)
        self.pos = self._up.value
        self.neg = self._down.value
        self.has_inputs = True
        self.initialized = self._down.initialized

    def _reset(self):
        self.pos = 0.0
        self.neg = 0.0
        self._up.reset()
        self._down.reset()


cdef class IchimokuCloud(Indicator):
    """Middles of the ranges of three periods, the cloud that two of them made some bars ago, and the close of then.

    Parameters
    ----------
    tenkan_period, kijun_period, senkou_period : int, default 9, 26 and 52
        None shorter than the one before.
    displacement : int, default 26
        Bars between the making of the cloud and its value now; likewise for the close.

    Attributes
    ----------
    tenkan_sen, kijun_sen : float
        Middles of the ranges.
    senkou_span_a, senkou_span_b, chikou_span : float
        The cloud and the close `displacement` bars ago; 0 until then.
    """

    def __init__(self, int tenkan_period=9, int kijun_period=26, int senkou_period=52, int displacement=26):
        if not 0 < tenkan_period <= kijun_period <= senkou_period:
            raise ValueError(
                f"invalid periods, must be positive and not fall, were {tenkan_period}, {kijun_period} and {senkou_period}"
            )
        if displacement < 1:
            raise ValueError(f"invalid `displacement`, must be positive, was {displacement}")
        super().__init__([tenkan_period, kijun_period, senkou_period, displacement])
        self.tenkan_period = tenkan_period
        self.kijun_period = kijun_period
        self.senkou_period = senkou_period
        self.displacement = displacement
        self._highs = Ring(senkou_period)
        self._lows = Ring(senkou_period)
        self._spans_a = Ring(displacement + 1)
        self._spans_b = Ring(displacement + 1)
        self._closes = Ring(displacement + 1)

    cdef double _middle(self, int period) noexcept:
        cdef int i
        cdef int n = self._highs.n
        cdef double top = self._highs.at(n - 1)
        cdef double bottom = self._lows.at(n - 1)
        for i in range(n - period, n):
            top = max(top, self._highs.at(i))
            bottom = min(bottom, self._lows.at(i))
        return (top + bottom) / 2.0

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, double high, double low, double close):
        """Take the high, low and close of a bar."""
        self._highs.push(high)
        self._lows.push(low)
        self.has_inputs = True
        if self._highs.n >= self.tenkan_period:
            self.tenkan_sen = self._middle(self.tenkan_period)
        if self._highs.n >= self.kijun_period:
            self.kijun_sen = self._middle(self.kijun_period)
        if not self._highs.full():
            return
        self.initialized = True
        self._spans_a.push((self.tenkan_sen + self.kijun_sen) / 2.0)
        self._spans_b.push(self._middle(self.senkou_period))
        self._closes.push(close)
        if self._closes.full():
            self.senkou_span_a = self._spans_a.at(0)
            self.senkou_span_b = self._spans_b.at(0)
            self.chikou_span = self._closes.at(0)

    def _reset(self):
        self.tenkan_sen = self.kijun_sen = self.senkou_span_a = self.senkou_span_b = self.chikou_span = 0.0
        for ring in (self._highs, self._lows, self._spans_a, self._spans_b, self._closes):
            (<Ring>ring).clear()


cdef class LinearRegression(Indicator):
    """Line of least squares through the last closes, at 1, 2, ..., period.

    Parameters
    ----------
    period : int

    Attributes
    ----------
    value : float
        The line at the last close.
    slope, intercept : float
    degree : float
        Angle of the slope, degrees.
    cfo : float
        Distance of the line from the last close, percent of the close.
    R2 : float
        Share of the variance that the line explains; 0 where there is none.
    """

    def __init__(self, int period=0):
        if period < 1:
            raise ValueError(f"invalid `period`, must be positive, was {period}")
        super().__init__([period])
        self.period = period
        self._ring = Ring(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar's close."""
        self.update_raw(close_of(bar))

    def update_raw(self, double close):
        """Take a close."""
        cdef double n = self.period
        cdef double sum_y = 0.0
        cdef double sum_xy = 0.0
        cdef double spread = n * (n * n - 1.0) / 12.0
        cdef double total = 0.0
        cdef double left = 0.0
        cdef double mean
        cdef int i
        self._ring.push(close)
        self.has_inputs = True
        if not self._ring.full():
            return
        self.initialized = True
        for i in range(self.period):
            sum_y += self._ring.at(i)
        mean = sum_y / n
        for i in range(self.period):
            sum_xy += (i - (n - 1.0) / 2.0) * (self._ring.at(i) - mean)
        self.slope = sum_xy / spread if spread > 0.0 else 0.0
        self.intercept = mean - self.slope * (n + 1.0) / 2.0
        self.value = self.slope * n + self.intercept
        self.degree = 180.0 / M_PI * atan(self.slope)
        self.cfo = 100.0 * (self.value - close) / close if close != 0.0 else 0.0
        for i in range(self.period):
            total += (self._ring.at(i) - mean) ** 2
            left += (self._ring.at(i) - (self.slope * (i + 1) + self.intercept)) ** 2
        self.R2 = 1.0 - left / total if total > 0.0 else 0.0

    def _reset(self):
        self.value = self.slope = self.intercept = self.degree = self.cfo = self.R2 = 0.0
        self._ring.clear()


cdef class Swings(Indicator):
    """The last high above, and low below, the bars before it, and which came last.

    Parameters
    ----------
    period : int

    Attributes
    ----------
    direction : int
        1 after a swing high, -1 after a swing low, 0 before either.
    changed : bool
        If the last bar turned the direction.
    high_price, low_price : float
    high_datetime, low_datetime : datetime or None
    length : float
        From the low to the high.
    duration : int
        Bars since the older of the two.
    since_high, since_low : int
        Bars since each.
    """

    def __init__(self, int period):
        if period < 1:
            raise ValueError(f"invalid `period`, must be positive, was {period}")
        super().__init__([period])
        self.period = period
        self._highs = Ring(period)
        self._lows = Ring(period)

    cpdef object handle_bar(self, object bar):
        """Take a bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), unix_nanos_to_dt(bar.ts_event))

    def update_raw(self, double high, double low, object timestamp):
        """Take the high and low of a bar, and its time."""
        cdef bint is_high, is_low
        self._highs.push(high)
        self._lows.push(low)
        self.has_inputs = True
        is_high = high >= self._highs.highest()
        is_low = low <= self._lows.lowest()
        self.changed = False
        self.since_high += 1
        self.since_low += 1
        if is_high and not is_low:
            self.changed = self.direction == -1
            self.direction = 1
            self.high_price = high
            self.high_datetime = timestamp
            self.since_high = 0
        elif is_low and not is_high:
            self.changed = self.direction == 1
            self.direction = -1
            self.low_price = low
            self.low_datetime = timestamp
            self.since_low = 0
        if self.initialized:
            self.length = self.high_price - self.low_price
            self.duration = max(self.since_high, self.since_low)
        elif self.high_datetime is not None and self.low_datetime is not None:
            self.initialized = True

    def _reset(self):
        self.direction = self.duration = self.since_high = self.since_low = 0
        self.changed = False
        self.high_price = self.low_price = self.length = 0.0
        self.high_datetime = self.low_datetime = None
        self._highs.clear()
        self._lows.clear()


def _check_periods(int fast, int slow):
    if not 0 < fast < slow:
        raise ValueError(f"invalid `fast_period`, must be positive and below `slow_period` ({slow}), was {fast}")
