"""Fees of a rate, of an amount, per contract and per share."""

from libc.stdint cimport int64_t

from decimal import Decimal
from fractions import Fraction

from nautilus_lite.backtest.models.fee.base cimport RATE_DIGITS
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.fee.base cimport as_money
from nautilus_lite.backtest.models.fee.base cimport as_rate
from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_mul3_shift
from nautilus_lite.core.fixed cimport fixed_mul_shift
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration

cdef extern from *:
    """
    static inline int nl_fee_mul128(nl_int128 a, nl_int128 b, nl_int128 *out) { return __builtin_mul_overflow(a, b, out); }
    static inline int nl_fee_mul64(int64_t a, int64_t b, int64_t *out) { return __builtin_mul_overflow(a, b, out); }
    """
    bint nl_fee_mul128(int128_t a, int128_t b, int128_t* out) noexcept nogil
    bint nl_fee_mul64(int64_t a, int64_t b, int64_t* out) noexcept nogil


cdef Money rate_fee(Instrument instrument, int64_t rate, qty_raw_t qty, price_raw_t price):
    cdef Currency currency = instrument.cost_currency_c()
    cdef int64_t factor = rate
    cdef money_raw_t raw = 0
    cdef int digits = RATE_DIGITS
    cdef int status = 0
    if rate == 0:
        return Money.from_raw_c(0, currency)
    # A multiplier of one, the usual case, must not cost range
    if instrument.multiplier.raw != fixed_pow10(instrument.multiplier.precision):
        status = -1 if nl_fee_mul64(rate, instrument.multiplier.raw, &factor) else 0
        digits += instrument.multiplier.precision
    digits += instrument.size_precision - currency.precision
    if status == 0:
        if instrument.is_inverse:
            status = inverse_fee(qty, price, factor, digits - instrument.price_precision, &raw)
        else:
            status = fixed_mul3_shift(qty, price, factor, digits + instrument.price_precision, &raw)
    if status != 0:
        raise_overflow(f"commission of {qty} at {price} (raw) in {instrument.id}")
    return Money.from_raw_c(raw, currency)


cdef tuple exact_rate_fee(Instrument instrument, int64_t rate, qty_raw_t qty, price_raw_t price):
    px = Fraction(price, fixed_pow10(instrument.price_precision))
    fee = Fraction(qty, fixed_pow10(instrument.size_precision)) * Fraction(rate, fixed_pow10(RATE_DIGITS))
    fee *= Fraction(instrument.multiplier.raw, fixed_pow10(instrument.multiplier.precision))
    if instrument.is_inverse and price == 0:
        raise_overflow(f"commission of {qty} at 0 in {instrument.id}")
    return fee / px if instrument.is_inverse else fee * px, instrument.cost_currency_c()


cdef class MakerTakerFeeModel(FeeModel):
    """Fraction of the notional: a maker's or a taker's rate; a negative rate is a rebate.

    Parameters
    ----------
    maker, taker : Decimal, str or float, optional
        Rates in [-1, 1], at most nine digits after the point. None: the instrument's `maker_fee` or `taker_fee`.

    Raises
    ------
    InvalidConfiguration
        If a rate is out of its range.

    Notes
    -----
    Charged in the quote currency (inverse instruments: base currency; quanto: settlement currency). Rate times notional
    is rounded once, half to even, not rounded notional times rate.
    """

    def __init__(self, maker=None, taker=None):
        self.maker = None if maker is None else Decimal(str(maker))
        self.taker = None if taker is None else Decimal(str(taker))
        self._maker_e9 = 0 if maker is None else as_rate("maker", maker)
        self._taker_e9 = 0 if taker is None else as_rate("taker", taker)

    def __repr__(self):
        if self.maker is None and self.taker is None:
            return f"{type(self).__name__}()"
        return f"{type(self).__name__}(maker={self.maker}, taker={self.taker})"

    cdef int64_t _rate_c(self, Instrument instrument, bint is_maker) noexcept:
        if is_maker:
            return instrument.maker_fee_e9 if self.maker is None else self._maker_e9
        return instrument.taker_fee_e9 if self.taker is None else self._taker_e9

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        return rate_fee(instrument, self._rate_c(instrument, is_maker), qty, price)

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        if self._python:
            return FeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        return exact_rate_fee(instrument, self._rate_c(instrument, is_maker), qty, price)


cdef int inverse_fee(qty_raw_t qty, price_raw_t price, int64_t factor, int digits, money_raw_t* out) noexcept:
    # qty * factor / (price * 10^digits), rounded once
    cdef int128_t numerator = <int128_t>qty * <int128_t>factor
    cdef int128_t denominator = price
    if price == 0:
        return -1
    if price < 0:
        numerator = -numerator
        denominator = -denominator
    while digits != 0:
        if digits > 0:
            if nl_fee_mul128(denominator, <int128_t>10, &denominator):
                return -1
            digits -= 1
        else:
            if nl_fee_mul128(numerator, <int128_t>10, &numerator):
                return -1
            digits += 1
    return fixed_narrow(fixed_div_half_even(numerator, denominator), out)


cdef class FixedFeeModel(FeeModel):
    """The same amount per order, or per fill.

    Parameters
    ----------
    commission : Money or str
        Zero or more.
    charge_commission_once : bool, default True
        Charge the first fill of an order only; False charges every fill.

    Raises
    ------
    InvalidConfiguration
        If the commission is negative.
    """

    def __init__(self, commission not None, bint charge_commission_once=True):
        commission = as_money(commission)
        if commission.raw < 0:
            raise InvalidConfiguration(f"invalid `commission`, must be >= 0, was {commission}")
        self.commission = commission
        self.charge_commission_once = charge_commission_once
        self._zero = Money.from_raw_c(0, self.commission.currency)

    def __repr__(self):
        return (
            f"{type(self).__name__}(commission={self.commission}, "
            f"charge_commission_once={bool(self.charge_commission_once)})"
        )

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        return self._zero if self.charge_commission_once and order.filled_raw > 0 else self.commission


cdef class PerContractFeeModel(FeeModel):
    """An amount per contract (unit of quantity), rounded once per fill.

    Parameters
    ----------
    commission : Money or str
        Per contract; zero or more.

    Raises
    ------
    InvalidConfiguration
        If the commission is negative.
    """

    def __init__(self, commission not None):
        commission = as_money(commission)
        if commission.raw < 0:
            raise InvalidConfiguration(f"invalid `commission`, must be >= 0, was {commission}")
        self.commission = commission

    def __repr__(self):
        return f"{type(self).__name__}(commission={self.commission})"

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef money_raw_t raw
        if fixed_mul_shift(qty, self.commission.raw, instrument.size_precision, &raw) != 0:
            raise_overflow(f"commission of {qty} (raw) contracts at {self.commission} each")
        return Money.from_raw_c(raw, self.commission.currency)

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef Currency currency = self.commission.currency
        if self._python:
            return FeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        return (
            Fraction(self.commission.raw, fixed_pow10(currency.precision)) * Fraction(qty, fixed_pow10(instrument.size_precision)),
            currency,
        )


cdef class PerShareFeeModel(FeeModel):
    """An amount per share (unit of quantity), with a minimum and a maximum for each order.

    Parameters
    ----------
    rate : Decimal, str or int
        Per unit of quantity, in the currency of `minimum`; at most nine digits after the point. Zero or more.
    minimum : Money or str
        Of an order that has a fill; zero or more.
    maximum : Money or str, optional
        Of an order, in the same currency and not below the minimum.

    Raises
    ------
    InvalidConfiguration
        If an amount is negative, the rate has more than nine digits, the currencies differ or the maximum is too low.

    Notes
    -----
    An order pays for what it has filled so far, less what it has paid: however it is split into fills, the sum is the
    same, rounded once. A partial fill that is never completed pays the minimum.
    """

    def __init__(self, rate not None, minimum not None, maximum=None):
        rate = Decimal(str(rate))
        minimum = as_money(minimum)
        maximum = as_money(maximum)
        scaled = rate.scaleb(RATE_DIGITS)
        if not rate.is_finite() or rate < 0 or scaled != scaled.to_integral_value():
            raise InvalidConfiguration(f"invalid `rate`, must be >= 0 with at most {RATE_DIGITS} digits, was {rate}")
        if minimum.raw < 0:
            raise InvalidConfiguration(f"invalid `minimum`, must be >= 0, was {minimum}")
        if maximum is not None and maximum.currency != minimum.currency:
            raise InvalidConfiguration(f"`maximum` {maximum} is not in the currency of `minimum` {minimum}")
        if maximum is not None and maximum.raw < minimum.raw:
            raise InvalidConfiguration(f"`maximum` {maximum} is below `minimum` {minimum}")
        self.rate = rate
        self._rate_e9 = int(scaled)
        self.minimum = minimum
        self.maximum = maximum

    def __repr__(self):
        return f"{type(self).__name__}(rate={self.rate}, minimum={self.minimum}, maximum={self.maximum})"

    cdef money_raw_t _of_order_c(self, qty_raw_t filled, int size_precision) except? -1:
        """The fee of an order that has filled so much."""
        cdef money_raw_t raw
        if filled == 0:
            return 0
        if fixed_mul_shift(filled, self._rate_e9, size_precision + RATE_DIGITS - self.minimum.currency.precision, &raw) != 0:
            raise_overflow(f"commission of {filled} (raw) shares at {self.rate} each")
        raw = max(raw, self.minimum.raw)
        return raw if self.maximum is None else min(raw, self.maximum.raw)

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef int precision = instrument.size_precision
        cdef money_raw_t paid = self._of_order_c(order.filled_raw, precision)
        return Money.from_raw_c(self._of_order_c(order.filled_raw + qty, precision) - paid, self.minimum.currency)
