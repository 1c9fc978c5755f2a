"""Values: prices, quantities and money as scaled integers.

`raw` counts units of 10^-precision (for money, minor units of the currency). Values of different precision compare and hash
by value. Same-type sums keep their type, with the larger precision; anything with an int or Decimal gives a Decimal,
with a float a float. Overflow raises.
"""

from decimal import Decimal

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t

from nautilus_lite.core.fixed cimport check_precision
from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_compare
from nautilus_lite.core.fixed cimport fixed_from_object
from nautilus_lite.core.fixed cimport fixed_from_str
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport fixed_sub
from nautilus_lite.core.fixed cimport fixed_to_decimal
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.fixed cimport fixed_to_str
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.fixed cimport text_precision
from nautilus_lite.core.typedefs cimport MAX_PRECISION
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.currency cimport Currency
from nautilus_lite.model.identifiers cimport InstrumentId

from nautilus_lite.model import currency as currency_module

FIXED_PRECISION = MAX_PRECISION
# A cimported name is no attribute of the module; this is the public path of the class
globals()["Currency"] = currency_module.Currency


cdef int _parts(object value, int64_t* raw, int* precision) except -1:
    """Raw and precision of a Price, Quantity or Money; 0 if it is none of them."""
    if type(value) is Price:
        raw[0] = (<Price>value).raw
        precision[0] = (<Price>value).precision
        return 1
    if type(value) is Quantity:
        raw[0] = (<Quantity>value).raw
        precision[0] = (<Quantity>value).precision
        return 1
    if type(value) is Money:
        raw[0] = (<Money>value).raw
        precision[0] = (<Money>value).currency.precision
        return 1
    return 0


cdef object _number(object value):
    """The plain number of an operand: Decimal of ours, else itself."""
    cdef int64_t raw
    cdef int precision
    if _parts(value, &raw, &precision):
        return fixed_to_decimal(raw, precision)
    return value


cdef int _sum(int64_t a, int a_precision, int64_t b, int b_precision, bint minus, int64_t* out) except -1:
    """Exact sum or difference; returns its precision."""
    cdef int precision = max(a_precision, b_precision)
    cdef int64_t x = 0
    cdef int64_t y = 0
    cdef int rc = fixed_rescale(a, a_precision, precision, &x)
    rc |= fixed_rescale(b, b_precision, precision, &y)
    if rc == 0:
        rc = fixed_sub(x, y, out) if minus else fixed_add(x, y, out)
    if rc:
        raise_overflow(f"{fixed_to_str(a, a_precision)} {'-' if minus else '+'} {fixed_to_str(b, b_precision)}")
    return precision


cdef bint _holds(int order, int op) noexcept:
    """Whether a comparison of the given order (-1, 0, 1) satisfies the rich-comparison operator."""
    if op == 0:
        return order < 0
    if op == 1:
        return order <= 0
    if op == 2:
        return order == 0
    if op == 3:
        return order != 0
    if op == 4:
        return order > 0
    return order >= 0


cdef object _compare_number(object mine, object other, int op):
    if op == 0:
        return mine < other
    if op == 1:
        return mine <= other
    if op == 2:
        return mine == other
    if op == 3:
        return mine != other
    if op == 4:
        return mine > other
    return mine >= other


cdef object _operate(object a, object b, str op):
    """Arithmetic with a plain number: float if one is a float, else Decimal."""
    x = _number(a)
    y = _number(b)
    if isinstance(x, float) or isinstance(y, float):
        x = float(x)
        y = float(y)
    elif not isinstance(x, (int, Decimal)) or not isinstance(y, (int, Decimal)):
        return NotImplemented
    if op == "+":
        return x + y
    if op == "-":
        return x - y
    if op == "*":
        return x * y
    if op == "/":
        return x / y
    if op == "//":
        return x // y
    return x % y


cdef class _Scalar:
    """Arithmetic and conversion that prices, quantities and money share."""

    def as_decimal(self):
        """Return the exact value as a Decimal."""
        return _number(self)

    def as_double(self):
        """Return the nearest float."""
        return float(self)

    def __float__(self):
        cdef int64_t raw = 0
        cdef int precision = 0
        _parts(self, &raw, &precision)
        return fixed_to_double(raw, precision)

    def __int__(self):
        return int(_number(self))

    def __bool__(self):
        cdef int64_t raw = 0
        cdef int precision = 0
        _parts(self, &raw, &precision)
        return raw != 0

    def __mul__(self, other):
        return _operate(self, other, "*")

    def __rmul__(self, other):
        return _operate(other, self, "*")

    def __truediv__(self, other):
        return _operate(self, other, "/")

    def __rtruediv__(self, other):
        return _operate(other, self, "/")

    def __floordiv__(self, other):
        return _operate(self, other, "//")

    def __rfloordiv__(self, other):
        return _operate(other, self, "//")

    def __mod__(self, other):
        return _operate(self, other, "%")

    def __rmod__(self, other):
        return _operate(other, self, "%")

    def __round__(self, ndigits=None):
        return round(_number(self), ndigits) if ndigits is not None else round(_number(self))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


@cython.final
cdef class Price(_Scalar):
    """A price.

    Parameters
    ----------
    value : int, float, Decimal or str
        Rounded half to even to `precision`; a float counts as its shortest decimal text (1.005 is one point zero zero five).
    precision : int
        Digits after the point, 0 to 16.

    Raises
    ------
    ValueError
        If the value is not finite or the precision out of range.
    OverflowError
        If the scaled value leaves int64.
    """

    def __init__(self, object value, object precision):
        self.precision = check_precision(precision)
        self.raw = fixed_from_object(value, self.precision)

    @staticmethod
    cdef Price from_raw_c(price_raw_t raw, uint8_t precision):
        cdef Price price = Price.__new__(Price)
        price.raw = raw
        price.precision = precision
        return price

    @staticmethod
    def from_raw(int64_t raw, object precision):
        """Return the price of `raw` units of 10^-precision."""
        return Price.from_raw_c(raw, check_precision(precision))

    @staticmethod
    def from_str(str value not None):
        """Parse a price; its precision is the number of digits after the point."""
        cdef int precision = check_precision(text_precision(value))
        return Price.from_raw_c(fixed_from_str(value, precision), precision)

    @staticmethod
    def from_int(object value):
        """Return a price of precision 0."""
        return Price(value, 0)

    @staticmethod
    def from_decimal(object value not None):
        """Return a price of a Decimal; its precision is the number of digits after the point."""
        return Price.from_str(format(value, "f"))

    def __add__(self, other):
        cdef int64_t raw = 0
        cdef int precision
        if type(other) is Price and type(self) is Price:
            precision = _sum(self.raw, self.precision, (<Price>other).raw, (<Price>other).precision, False, &raw)
            return Price.from_raw_c(raw, precision)
        return _operate(self, other, "+")

    def __radd__(self, other):
        return _operate(other, self, "+")

    def __sub__(self, other):
        cdef int64_t raw = 0
        cdef int precision
        if type(other) is Price and type(self) is Price:
            precision = _sum(self.raw, self.precision, (<Price>other).raw, (<Price>other).precision, True, &raw)
            return Price.from_raw_c(raw, precision)
        return _operate(self, other, "-")

    def __rsub__(self, other):
        return _operate(other, self, "-")

    def __neg__(self):
        return Price.from_raw_c(-self.raw, self.precision)

    def __pos__(self):
        return self

    def __abs__(self):
        return Price.from_raw_c(-self.raw if self.raw < 0 else self.raw, self.precision)

    def __richcmp__(self, other, int op):
        if type(other) is Price:
            return _holds(fixed_compare(self.raw, self.precision, (<Price>other).raw, (<Price>other).precision), op)
        if isinstance(other, (int, float, Decimal)):
            return _compare_number(fixed_to_decimal(self.raw, self.precision), other, op)
        return NotImplemented

    def __hash__(self):
        return hash(fixed_to_decimal(self.raw, self.precision))

    def __str__(self):
        return fixed_to_str(self.raw, self.precision)

    def __repr__(self):
        return f"Price({fixed_to_str(self.raw, self.precision)})"

    def __reduce__(self):
        return Price.from_raw, (self.raw, self.precision)

    def to_formatted_str(self):
        """Return the text with `_` between thousands."""
        return _grouped(self.raw, self.precision)


@cython.final
cdef class Quantity(_Scalar):
    """A non-negative quantity.

    Parameters
    ----------
    value : int, float, Decimal or str
        Rounded half to even to `precision`.
    precision : int
        Digits after the point, 0 to 16.

    Raises
    ------
    ValueError
        If the value is negative or not finite, or the precision out of range.
    OverflowError
        If the scaled value leaves int64.
    """

    def __init__(self, object value, object precision):
        self.precision = check_precision(precision)
        self.raw = fixed_from_object(value, self.precision)
        if self.raw < 0:
            raise ValueError(f"invalid quantity, must not be negative, was {value!r}")

    @staticmethod
    cdef Quantity from_raw_c(qty_raw_t raw, uint8_t precision):
        cdef Quantity quantity = Quantity.__new__(Quantity)
        quantity.raw = raw
        quantity.precision = precision
        return quantity

    @staticmethod
    def from_raw(int64_t raw, object precision):
        """Return the quantity of `raw` units of 10^-precision."""
        if raw < 0:
            raise ValueError(f"invalid `raw`, must not be negative, was {raw}")
        return Quantity.from_raw_c(raw, check_precision(precision))

    @staticmethod
    def from_str(str value not None):
        """Parse a quantity; its precision is the number of digits after the point."""
        cdef int precision = check_precision(text_precision(value))
        return Quantity.from_raw(fixed_from_str(value, precision), precision)

    @staticmethod
    def from_int(object value):
        """Return a quantity of precision 0."""
        return Quantity(value, 0)

    @staticmethod
    def from_decimal(object value not None):
        """Return a quantity of a Decimal; its precision is the number of digits after the point."""
        return Quantity.from_str(format(value, "f"))

    @staticmethod
    def zero(object precision=0):
        """Return zero."""
        return Quantity.from_raw_c(0, check_precision(precision))

    def __add__(self, other):
        cdef int64_t raw = 0
        cdef int precision
        if type(other) is Quantity and type(self) is Quantity:
            precision = _sum(self.raw, self.precision, (<Quantity>other).raw, (<Quantity>other).precision, False, &raw)
            return Quantity.from_raw_c(raw, precision)
        return _operate(self, other, "+")

    def __radd__(self, other):
        return _operate(other, self, "+")

    def __sub__(self, other):
        cdef int64_t raw = 0
        cdef int precision
        if type(other) is Quantity and type(self) is Quantity:
            precision = _sum(self.raw, self.precision, (<Quantity>other).raw, (<Quantity>other).precision, True, &raw)
            if raw < 0:
                raise ValueError(f"invalid quantity, must not be negative: {self} - {other}")
            return Quantity.from_raw_c(raw, precision)
        return _operate(self, other, "-")

    def __rsub__(self, other):
        return _operate(other, self, "-")

    def __neg__(self):
        return -fixed_to_decimal(self.raw, self.precision)

    def __abs__(self):
        return self

    def __richcmp__(self, other, int op):
        if type(other) is Quantity:
            return _holds(
                fixed_compare(self.raw, self.precision, (<Quantity>other).raw, (<Quantity>other).precision), op
            )
        if isinstance(other, (int, float, Decimal)):
            return _compare_number(fixed_to_decimal(self.raw, self.precision), other, op)
        return NotImplemented

    def __hash__(self):
        return hash(fixed_to_decimal(self.raw, self.precision))

    def __str__(self):
        return fixed_to_str(self.raw, self.precision)

    def __repr__(self):
        return f"Quantity({fixed_to_str(self.raw, self.precision)})"

    def __reduce__(self):
        return Quantity.from_raw, (self.raw, self.precision)

    def to_formatted_str(self):
        """Return the text with `_` between thousands."""
        return _grouped(self.raw, self.precision)


cdef str _grouped(int64_t raw, int precision):
    sign = "-" if raw < 0 else ""
    whole, point, digits = fixed_to_str(raw, precision).lstrip("-").partition(".")
    return f"{sign}{int(whole):_}{point}{digits}"


@cython.final
@cython.no_gc
cdef class Money(_Scalar):
    """An amount of a currency.

    Parameters
    ----------
    value : int, float, Decimal or str
        Rounded half to even to the currency's minor unit.
    currency : Currency
    """

    def __init__(self, object value, Currency currency not None):
        self.currency = currency
        self.raw = fixed_from_object(0 if value is None else value, currency.precision)

    @staticmethod
    cdef Money from_raw_c(money_raw_t raw, Currency currency):
        cdef Money money = Money.__new__(Money)
        money.raw = raw
        money.currency = currency
        return money

    @staticmethod
    def from_raw(int64_t raw, Currency currency not None):
        """Return the money of `raw` minor units."""
        return Money.from_raw_c(raw, currency)

    @staticmethod
    def from_decimal(object amount not None, Currency currency not None):
        """Return money of a Decimal, rounded half to even to the currency's minor unit."""
        return Money(amount, currency)

    @staticmethod
    def from_str(str value not None):
        """Parse an amount and a currency code, e.g. `1_000.00 USD`.

        Raises
        ------
        ValueError
            If the text is not so, the currency unknown, or the amount finer than its minor unit.
        """
        parts = value.split()
        if len(parts) != 2:
            raise ValueError(f"invalid money, must be an amount and a currency such as '1_000.00 USD', was {value!r}")
        currency = Currency.from_str(parts[1])
        try:
            number = Decimal(parts[0].replace("_", "").replace(",", ""))
        except ArithmeticError:
            raise ValueError(f"invalid money, must be an amount and a currency such as '1_000.00 USD', was {value!r}") from None
        money = Money(number, currency)
        if _number(money) != number:
            raise ValueError(f"invalid money, {parts[1]} has {currency.precision} digits after the point, was {value!r}")
        return money

    def __add__(self, other):
        cdef int64_t raw = 0
        if type(other) is Money and type(self) is Money:
            self._check_same(<Money>other)
            _sum(self.raw, self.currency.precision, (<Money>other).raw, self.currency.precision, False, &raw)
            return Money.from_raw_c(raw, self.currency)
        return _operate(self, other, "+")

    def __radd__(self, other):
        return _operate(other, self, "+")

    def __sub__(self, other):
        cdef int64_t raw = 0
        if type(other) is Money and type(self) is Money:
            self._check_same(<Money>other)
            _sum(self.raw, self.currency.precision, (<Money>other).raw, self.currency.precision, True, &raw)
            return Money.from_raw_c(raw, self.currency)
        return _operate(self, other, "-")

    def __rsub__(self, other):
        return _operate(other, self, "-")

    def __neg__(self):
        return Money.from_raw_c(-self.raw, self.currency)

    def __pos__(self):
        return self

    def __abs__(self):
        return Money.from_raw_c(-self.raw if self.raw < 0 else self.raw, self.currency)

    def _check_same(self, Money other):
        if self.currency != other.currency:
            raise ValueError(f"money of different currencies: {self} and {other}; convert one first")

    def __richcmp__(self, other, int op):
        cdef Money that
        if type(other) is Money:
            that = <Money>other
            if self.currency != that.currency:
                if op == 2:
                    return False
                if op == 3:
                    return True
                self._check_same(that)
            return _holds(-1 if self.raw < that.raw else (1 if self.raw > that.raw else 0), op)
        if isinstance(other, (int, float, Decimal)):
            return _compare_number(fixed_to_decimal(self.raw, self.currency.precision), other, op)
        return NotImplemented

    def __hash__(self):
        return hash(fixed_to_decimal(self.raw, self.currency.precision))

    def __str__(self):
        return f"{fixed_to_str(self.raw, self.currency.precision)} {self.currency.code}"

    def __repr__(self):
        return f"Money({fixed_to_str(self.raw, self.currency.precision)}, {self.currency.code})"

    def __reduce__(self):
        return Money.from_raw, (self.raw, self.currency)

    def to_formatted_str(self):
        """Return the text with `_` between thousands."""
        return f"{_grouped(self.raw, self.currency.precision)} {self.currency.code}"


@cython.final
@cython.no_gc
cdef class AccountBalance:
    """Balance of an account in one currency; total = locked + free, exactly.

    Raises
    ------
    ValueError
        If the three do not add up or their currencies differ.
    """

    def __init__(self, Money total not None, Money locked not None, Money free not None):
        if not (total.currency == locked.currency == free.currency):
            raise ValueError(f"balances must share a currency, were {total}, {locked}, {free}")
        if total.raw != locked.raw + free.raw:
            raise ValueError(f"invalid balance, `total` must be `locked` + `free`, was {total} != {locked} + {free}")
        self.total_raw = total.raw
        self.locked_raw = locked.raw
        self.currency = total.currency

    @staticmethod
    cdef AccountBalance from_raw_c(money_raw_t total, money_raw_t locked, Currency currency):
        cdef AccountBalance balance = AccountBalance.__new__(AccountBalance)
        balance.total_raw = total
        balance.locked_raw = locked
        balance.currency = currency
        return balance

    @property
    def total(self):
        """All of the balance (Money)."""
        return Money.from_raw_c(self.total_raw, self.currency)

    @property
    def locked(self):
        """What orders and margins hold (Money)."""
        return Money.from_raw_c(self.locked_raw, self.currency)

    @property
    def free(self):
        """What is left (Money)."""
        return Money.from_raw_c(self.total_raw - self.locked_raw, self.currency)

    @staticmethod
    def from_dict(dict values):
        """Make from the dictionary of `to_dict`."""
        code = values["currency"]
        return AccountBalance(*(Money.from_str(f"{values[key]} {code}") for key in ("total", "locked", "free")))

    def to_dict(self):
        """Return plain data."""
        return {
            "type": "AccountBalance",
            "total": str(self.total.as_decimal()),
            "locked": str(self.locked.as_decimal()),
            "free": str(self.free.as_decimal()),
            "currency": self.currency.code,
        }

    def copy(self):
        """Return self: balances do not change."""
        return self

    def __eq__(self, other):
        if type(other) is not AccountBalance:
            return NotImplemented
        return (
            self.total_raw == (<AccountBalance>other).total_raw
            and self.locked_raw == (<AccountBalance>other).locked_raw
            and self.currency == (<AccountBalance>other).currency
        )

    def __hash__(self):
        return hash((self.total_raw, self.locked_raw, self.currency))

    def __repr__(self):
        return f"AccountBalance(total={self.total}, locked={self.locked}, free={self.free})"

    def __reduce__(self):
        return AccountBalance, (self.total, self.locked, self.free)


@cython.final
@cython.no_gc
cdef class MarginBalance:
    """Initial and maintenance margin of an account, for one instrument or all.

    Raises
    ------
    ValueError
        If a margin is negative or the currencies differ.
    """

    def __init__(self, Money initial not None, Money maintenance not None, InstrumentId instrument_id=None):
        if initial.currency != maintenance.currency:
            raise ValueError(f"margins must share a currency, were {initial} and {maintenance}")
        if initial.raw < 0 or maintenance.raw < 0:
            raise ValueError(f"margins must not be negative, were {initial} and {maintenance}")
        self.initial_raw = initial.raw
        self.maintenance_raw = maintenance.raw
        self.currency = initial.currency
        self.instrument_id = instrument_id

    @staticmethod
    cdef MarginBalance from_raw_c(money_raw_t initial, money_raw_t maintenance, Currency currency,
                                  InstrumentId instrument_id):
        cdef MarginBalance balance = MarginBalance.__new__(MarginBalance)
        balance.initial_raw = initial
        balance.maintenance_raw = maintenance
        balance.currency = currency
        balance.instrument_id = instrument_id
        return balance

    @property
    def initial(self):
        """What working orders hold (Money)."""
        return Money.from_raw_c(self.initial_raw, self.currency)

    @property
    def maintenance(self):
        """What open positions hold (Money)."""
        return Money.from_raw_c(self.maintenance_raw, self.currency)

    @staticmethod
    def from_dict(dict values):
        """Make from the dictionary of `to_dict`."""
        code = values["currency"]
        instrument_id = values.get("instrument_id")
        return MarginBalance(
            Money.from_str(f"{values['initial']} {code}"),
            Money.from_str(f"{values['maintenance']} {code}"),
            InstrumentId.from_str(instrument_id) if instrument_id else None,
        )

    def to_dict(self):
        """Return plain data."""
        return {
            "type": "MarginBalance",
            "initial": str(self.initial.as_decimal()),
            "maintenance": str(self.maintenance.as_decimal()),
            "currency": self.currency.code,
            "instrument_id": self.instrument_id.value if self.instrument_id is not None else None,
        }

    def copy(self):
        """Return self: margins do not change."""
        return self

    def __eq__(self, other):
        if type(other) is not MarginBalance:
            return NotImplemented
        return (
            self.initial_raw == (<MarginBalance>other).initial_raw
            and self.maintenance_raw == (<MarginBalance>other).maintenance_raw
            and self.currency == (<MarginBalance>other).currency
            and self.instrument_id == (<MarginBalance>other).instrument_id
        )

    def __hash__(self):
        return hash((self.initial_raw, self.maintenance_raw, self.currency))

    def __repr__(self):
        return f"MarginBalance(initial={self.initial}, maintenance={self.maintenance}, instrument_id={self.instrument_id})"

    def __reduce__(self):
        return MarginBalance, (self.initial, self.maintenance, self.instrument_id)
