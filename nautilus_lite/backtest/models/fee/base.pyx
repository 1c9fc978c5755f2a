"""Commissions. Exact numbers: each commission is rounded once, half to even, to the minor unit of its currency."""

from libc.stdint cimport int64_t

from decimal import Decimal
from decimal import InvalidOperation
from fractions import Fraction

from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.errors import InvalidData


cdef Money as_money(object value):
    return Money.from_str(value) if isinstance(value, str) else value


cdef int64_t as_rate(str name, object value) except? -9223372036854775807:
    try:
        rate = Decimal(str(value))
    except InvalidOperation:
        raise InvalidConfiguration(f"invalid `{name}`, must be a number, was {value!r}") from None
    scaled = rate.scaleb(RATE_DIGITS)
    if not rate.is_finite() or abs(rate) > 1 or scaled != scaled.to_integral_value():
        raise InvalidConfiguration(
            f"invalid `{name}`, must be in [-1, 1] with at most {RATE_DIGITS} digits, was {value}"
        )
    return int(scaled)


cdef Money rounded_money(object amount, Currency currency):
    # `round` of a Fraction takes the even neighbour of a half
    raw = round(amount * fixed_pow10(currency.precision))
    if not -(2 ** 63) < raw < 2 ** 63:
        raise_overflow(f"commission of {amount} {currency.code}")
    return Money.from_raw_c(raw, currency)


cdef class FeeModel:
    """Base of fee models.

    Notes
    -----
    A subclass overrides `get_commission(order, fill_qty, fill_px, instrument)` and returns `Money`, positive for a cost and
    negative for a rebate, in any currency the account can hold. `order.liquidity_side` tells maker from taker, `ts_now`
    the time of the fill, and `exchange_rate` what a currency is worth in another.
    """

    def __cinit__(self, *args, **kwargs):
        self._python = type(self).get_commission is not FeeModel.get_commission

    def __repr__(self):
        return f"{type(self).__name__}()"

    def reset(self):
        """Forget what earlier runs left."""

    @property
    def ts_now(self):
        """When the fill that is being charged happened (UNIX nanoseconds)."""
        return self.now_ns

    def exchange_rate(self, Instrument instrument not None, Currency from_currency not None, Currency to_currency not None):
        """Return how much one unit of a currency is worth in another, by the market of the instrument's venue.

        Returns
        -------
        Fraction

        Raises
        ------
        InvalidData
            If the market does not tell.
        """
        return self.rate_c(instrument, from_currency, to_currency)

    def get_commission(self, Order order not None, Quantity fill_qty not None, Price fill_px not None,
                       Instrument instrument not None):
        """Return the commission of one fill.

        Parameters
        ----------
        order : Order
            The order, before the fill is applied to it.
        fill_qty : Quantity
            Filled now.
        fill_px : Price
            Price of the fill.
        instrument : Instrument

        Returns
        -------
        Money
            Positive for a cost, negative for a rebate.
        """
        return self._native_c(
            order, fill_qty.raw, fill_px.raw, instrument, order._liquidity_side == LiquiditySide.MAKER
        )

    cdef int attach_c(self, Cache cache) except -1:
        self.cache = cache
        return 0

    cdef Money commission_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef Money commission = self.charge_c(order, qty, price, instrument, is_maker)
        if self.records:
            self.record_c(order, qty, price, instrument)
        return commission

    cdef Money charge_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        if not self._python:
            return self._native_c(order, qty, price, instrument, is_maker)
        commission = self.get_commission(
            order,
            Quantity.from_raw_c(qty, instrument.size_precision),
            Price.from_raw_c(price, instrument.price_precision),
            instrument,
        )
        if not isinstance(commission, Money):
            raise TypeError(
                f"`{type(self).__name__}.get_commission` must return Money, returned {type(commission).__name__}"
            )
        return <Money>commission

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        raise TypeError(f"`{type(self).__name__}` must override `get_commission`")

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef Money commission = self.charge_c(order, qty, price, instrument, is_maker)
        return Fraction(commission.raw, fixed_pow10(commission.currency.precision)), commission.currency

    cdef int record_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument) except -1:
        return 0

    cdef object rate_c(self, Instrument instrument, Currency source, Currency target):
        cdef double rate = 0.0
        if source == target:
            return Fraction(1)
        if self.cache is not None:
            rate = self.cache.xrate_c(instrument.id.venue, source, target, PriceType.MID)
        if rate == 0.0:
            raise InvalidData(
                f"no exchange rate from {source.code} to {target.code} at {instrument.id.venue} for a fee in "
                f"{instrument.id}: add market data of a pair of the two, or give the fee model a fixed rate"
            )
        # The shortest decimal text of the rate is what the market quoted
        return Fraction(repr(rate))
