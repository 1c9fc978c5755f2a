"""Fees that fall with the volume traded over the last days."""

cimport cython
from libc.stdint cimport int64_t

from bisect import bisect_right
from decimal import Decimal
from decimal import InvalidOperation
from fractions import Fraction
from math import ceil

from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.fee.base cimport as_rate
from nautilus_lite.backtest.models.fee.simple cimport exact_rate_fee
from nautilus_lite.backtest.models.fee.simple cimport rate_fee
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration

cdef enum:
    MAX_TIERS = 64

cdef ts_t DAY_NS = 86_400_000_000_000


cdef int64_t day_of(ts_t ts) noexcept:
    with cython.cdivision(True):
        # both positive
        return <int64_t>(ts // DAY_NS)


@cython.final
cdef class VolumeWindow:
    """Volume by UTC day, and its sum over the last days."""

    def __cinit__(self, int64_t days, list thresholds):
        self._days = days
        self._today = -1
        self._of_day = {}
        self.total = 0
        self.thresholds = thresholds

    cdef int to_c(self, int64_t day) except -1:
        """Forget the days that have left the window at a day."""
        if day <= self._today:
            return 0
        self._today = day
        for old in [old for old in self._of_day if old <= day - self._days]:
            self.total -= self._of_day.pop(old)
        return 0

    cdef int add_c(self, int64_t day, object volume) except -1:
        self.to_c(day)
        self._of_day[day] = self._of_day.get(day, 0) + volume
        self.total += volume
        return 0


cdef class TieredFeeModel(FeeModel):
    """A maker's or taker's rate on the notional that depends on the account's volume over the last days.

    Parameters
    ----------
    tiers : list of (volume, maker, taker)
        From which volume on which rates apply; the first begins at 0, volumes rise, at most 64. A volume is Money (or its
        text, "1_000_000 USD"), all in one currency; or a plain number, which counts in the quote currency of what is
        traded, each currency by itself. Rates as of `MakerTakerFeeModel`; a negative one is a rebate.
    window_days : int, default 30
        Number of UTC days that count, 1 to 3,660.
    counts_today : bool, default True
        The window ends with the present day, whose fills count at once. False: it ends with yesterday, and rates change
        at midnight UTC alone.

    Raises
    ------
    InvalidConfiguration
        If the tiers do not begin at 0, do not rise, mix currencies, or a rate is out of its range.

    Notes
    -----
    Volume is the notional of all fills of the account at the venue that this model charged, makers' and takers', bought and
    sold. A fill is charged before it counts. Volume starts at zero in every run.

    Volumes in a currency other than that of an instrument's costs are converted at the market's rate when they happen; a
    missing rate is an error.
    """

    def __cinit__(self, *args, **kwargs):
        self.records = True
        self._windows = {}

    def __init__(self, tiers not None, int window_days=30, bint counts_today=True):
        cdef int i
        cdef list read = []
        if not 1 <= window_days <= 3_660:
            raise InvalidConfiguration(f"invalid `window_days`, must be in [1, 3660], was {window_days}")
        if not 1 <= len(tiers) <= MAX_TIERS:
            raise InvalidConfiguration(f"invalid `tiers`, must be 1 to {MAX_TIERS}, were {len(tiers)}")
        currencies = set()
        for i, tier in enumerate(tiers):
            try:
                volume, maker, taker = tier
            except (TypeError, ValueError):
                raise InvalidConfiguration(f"tier {i} must be (volume, maker, taker), was {tier!r}") from None
            self._rates[i].maker = as_rate(f"maker of tier {i}", maker)
            self._rates[i].taker = as_rate(f"taker of tier {i}", taker)
            amount, currency = read_volume(i, volume)
            currencies.add(currency)
            if (amount != 0) if i == 0 else (amount <= read[i - 1][0]):
                raise InvalidConfiguration(
                    "volumes of `tiers` must begin at 0 and rise, "
                    f"was {amount} in tier {i}{f' after {read[i - 1][0]}' if i else ''}"
                )
            read.append((amount, Decimal(str(maker)), Decimal(str(taker))))
        if len(currencies) > 1:
            names = ", ".join(sorted("none" if currency is None else currency.code for currency in currencies))
            raise InvalidConfiguration(f"volumes of `tiers` must be in one currency, were in {names}")
        self.tiers = tuple(read)
        self.currency = currencies.pop()
        self.window_days = window_days
        self.counts_today = counts_today
        self.reset()

    def __repr__(self):
        unit = "" if self.currency is None else f" {self.currency.code}"
        tiers = ", ".join(f"('{volume}{unit}', '{maker}', '{taker}')" for volume, maker, taker in self.tiers)
        return (
            f"{type(self).__name__}(tiers=[{tiers}], window_days={self.window_days}, "
            f"counts_today={bool(self.counts_today)})"
        )

    def reset(self):
        """Forget the volume."""
        self._windows = {}

    def volume(self, Instrument instrument not None, ts_now=None):
        """Return the volume that decides the rate of an instrument (Money).

        Parameters
        ----------
        instrument : Instrument
        ts_now : int, optional
            UNIX nanoseconds; None is the time of the last fill.
        """
        cdef int64_t day = day_of(self.now_ns if ts_now is None else ts_now)
        cdef VolumeWindow window = self._window_c(instrument)
        last = day if self.counts_today else day - 1
        counted = sum(volume for of, volume in window._of_day.items() if last - self.window_days < of <= last)
        return Money.from_raw_c(counted, instrument.cost_currency_c() if self.currency is None else self.currency)

    cdef VolumeWindow _window_c(self, Instrument instrument):
        cdef Currency currency = instrument.cost_currency_c() if self.currency is None else self.currency
        cdef tuple key = (instrument.id.venue, currency)
        cdef VolumeWindow window = self._windows.get(key)
        if window is None:
            # Today, and what counts before it; a volume in minor units reaches a threshold that is rounded up
            window = VolumeWindow(
                self.window_days if self.counts_today else self.window_days + 1,
                [ceil(volume.scaleb(currency.precision)) for volume, _, _ in self.tiers],
            )
            self._windows[key] = window
        return window

    cdef TierC _tier_c(self, Instrument instrument):
        cdef int64_t day = day_of(self.now_ns)
        cdef VolumeWindow window = self._window_c(instrument)
        window.to_c(day)
        volume = window.total if self.counts_today else window.total - window._of_day.get(day, 0)
        cdef Py_ssize_t i = bisect_right(window.thresholds, volume) - 1
        return self._rates[i]

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef TierC tier = self._tier_c(instrument)
        return rate_fee(instrument, tier.maker if is_maker else tier.taker, qty, price)

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef TierC tier
        if self._python:
            return FeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        tier = self._tier_c(instrument)
        return exact_rate_fee(instrument, tier.maker if is_maker else tier.taker, qty, price)

    cdef int record_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument) except -1:
        cdef Currency currency = instrument.cost_currency_c()
        volume = abs(instrument.notional_raw_c(qty, price))
        if self.currency is not None and self.currency != currency:
            volume *= self.rate_c(instrument, currency, self.currency)
            volume = round(volume * Fraction(fixed_pow10(self.currency.precision), fixed_pow10(currency.precision)))
        self._window_c(instrument).add_c(day_of(self.now_ns), volume)
        return 0


def read_volume(i, value):
    """Return a tier's volume as a Decimal and its currency, None where it has none."""
    if isinstance(value, str) and " " in value.strip():
        value = Money.from_str(value)
    if isinstance(value, Money):
        return value.as_decimal(), value.currency
    try:
        amount = Decimal(str(value).replace("_", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise InvalidConfiguration(f"invalid volume of tier {i}, must be Money or a number, was {value!r}")
    return amount, None
