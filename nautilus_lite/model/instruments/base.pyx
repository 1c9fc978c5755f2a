"""The base of all instruments: precision, increments, limits, rates, and exact notional and PnL."""

from decimal import Decimal

from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t

from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_from_object
from nautilus_lite.core.fixed cimport fixed_mul3_shift
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport MAX_PRECISION
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.enums cimport AssetClass
from nautilus_lite.model.enums cimport InstrumentClass
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Symbol
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.model.enums import asset_class_from_str
from nautilus_lite.model.enums import asset_class_to_str
from nautilus_lite.model.enums import instrument_class_from_str
from nautilus_lite.model.enums import instrument_class_to_str

cdef object RATE_UNIT = Decimal("0.000000001")


cdef int64_t _rate_e9(str name, object rate) except? -9223372036854775807:
    scaled = rate.scaleb(9)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"invalid `{name}`, must be a multiple of {RATE_UNIT}, was {rate}")
    if abs(scaled) > 10 ** 15:
        raise ValueError(f"invalid `{name}`, must be a fraction of notional, was {rate}")
    return int(scaled)


cdef class Instrument(Data):
    """An instrument.

    Parameters
    ----------
    instrument_id : InstrumentId
    raw_symbol : Symbol
    asset_class : AssetClass
    instrument_class : InstrumentClass
    quote_currency : Currency
    is_inverse : bool
        Quantity counts quote units; costs are in the base currency.
    price_precision, size_precision : int
        Digits of every price and size of the instrument.
    size_increment, multiplier : Quantity
    margin_init, margin_maint, maker_fee, taker_fee : Decimal
        Fractions of notional, multiples of 10^-9; a negative fee is a rebate.
    ts_event, ts_init : int
        UNIX nanoseconds.
    price_increment : Price
    lot_size, max_quantity, min_quantity : Quantity, optional
    max_notional, min_notional : Money, optional
    max_price, min_price : Price, optional
    base_currency, settlement_currency : Currency, optional
        Settlement is the quote currency, or the base currency where inverse, unless given.
    tick_scheme_name : str, optional
    info : dict, optional

    Raises
    ------
    ValueError
        If a precision, increment, limit or rate makes no sense.
    """

    def __init__(
        self,
        InstrumentId instrument_id not None,
        Symbol raw_symbol not None,
        AssetClass asset_class,
        InstrumentClass instrument_class,
        Currency quote_currency not None,
        bint is_inverse,
        int price_precision,
        int size_precision,
        Quantity size_increment not None,
        Quantity multiplier not None,
        object margin_init,
        object margin_maint,
        object maker_fee,
        object taker_fee,
        ts_t ts_event,
        ts_t ts_init,
        Price price_increment=None,
        Quantity lot_size=None,
        Quantity max_quantity=None,
        Quantity min_quantity=None,
        Money max_notional=None,
        Money min_notional=None,
        Price max_price=None,
        Price min_price=None,
        Currency base_currency=None,
        Currency settlement_currency=None,
        str tick_scheme_name=None,
        dict info=None,
    ):
        if not 0 <= price_precision <= MAX_PRECISION:
            raise ValueError(f"invalid `price_precision`, must be from 0 to {MAX_PRECISION}, was {price_precision}")
        if not 0 <= size_precision <= MAX_PRECISION:
            raise ValueError(f"invalid `size_precision`, must be from 0 to {MAX_PRECISION}, was {size_precision}")
        if price_increment is None:
            price_increment = Price.from_raw_c(1, price_precision)
        if price_increment.raw <= 0 or price_increment.precision != price_precision:
            raise ValueError(
                f"invalid `price_increment`, must be positive with precision {price_precision}, was {price_increment}"
            )
        if size_increment.raw <= 0 or size_increment.precision != size_precision:
            raise ValueError(
                f"invalid `size_increment`, must be positive with precision {size_precision}, was {size_increment}"
            )
        if multiplier.raw <= 0:
            raise ValueError(f"invalid `multiplier`, must be positive, was {multiplier}")
        for name, limit in (("lot_size", lot_size), ("max_quantity", max_quantity)):
            if limit is not None and limit.raw == 0:
                raise ValueError(f"invalid `{name}`, must be positive, was {limit}")
        if max_quantity is not None and min_quantity is not None and min_quantity > max_quantity:
            raise ValueError(f"invalid `min_quantity`, must be <= max_quantity, was {min_quantity} > {max_quantity}")
        if max_price is not None and min_price is not None and min_price > max_price:
            raise ValueError(f"invalid `min_price`, must be <= max_price, was {min_price} > {max_price}")
        if is_inverse and base_currency is None:
            raise ValueError("an inverse instrument needs a `base_currency`, was None")
        self.id = instrument_id
        self.raw_symbol = raw_symbol
        self._asset_class = asset_class
        self._instrument_class = instrument_class
        self.quote_currency = quote_currency
        self.base_currency = base_currency
        self.is_inverse = is_inverse
        if settlement_currency is None:
            settlement_currency = base_currency if is_inverse else quote_currency
        self.settlement_currency = settlement_currency
        self.is_quanto = settlement_currency != quote_currency and settlement_currency != base_currency
        self.price_precision = price_precision
        self.size_precision = size_precision
        self.price_increment = price_increment
        self.size_increment = size_increment
        self.multiplier = multiplier
        self.lot_size = lot_size
        self.max_quantity = max_quantity
        self.min_quantity = min_quantity
        self.max_notional = max_notional
        self.min_notional = min_notional
        self.max_price = max_price
        self.min_price = min_price
        self.margin_init = Decimal(str(margin_init or 0))
        self.margin_maint = Decimal(str(margin_maint or 0))
        self.maker_fee = Decimal(str(maker_fee or 0))
        self.taker_fee = Decimal(str(taker_fee or 0))
        if self.margin_init < 0 or self.margin_maint < 0:
            raise ValueError(f"margins must not be negative, were {self.margin_init} and {self.margin_maint}")
        self.margin_init_e9 = _rate_e9("margin_init", self.margin_init)
        self.margin_maint_e9 = _rate_e9("margin_maint", self.margin_maint)
        self.maker_fee_e9 = _rate_e9("maker_fee", self.maker_fee)
        self.taker_fee_e9 = _rate_e9("taker_fee", self.taker_fee)
        self.tick_scheme_name = tick_scheme_name
        self.info = info
        self.ts_event = ts_event
        self.ts_init = ts_init

    # -- exact money --------------------------------------------------------------------------------------------------

    cdef Currency cost_currency_c(self):
        if self.is_quanto:
            return self.settlement_currency
        return self.base_currency if self.is_inverse else self.quote_currency

    cdef money_raw_t notional_raw_c(self, qty_raw_t qty, price_raw_t price) except? -9223372036854775807:
        cdef money_raw_t raw = 0
        cdef int digits
        cdef int rc
        if self.is_inverse:
            return self._inverse_c(qty, price)
        digits = (
            self.price_precision + self.size_precision + self.multiplier.precision - self.cost_currency_c().precision
        )
        rc = fixed_mul3_shift(qty, price, self.multiplier.raw, digits, &raw)
        if rc:
            raise_overflow(f"the notional of {self.id}")
        return raw

    cdef money_raw_t _inverse_c(self, qty_raw_t qty, price_raw_t price) except? -9223372036854775807:
        """qty * multiplier / price in minor units of the base currency, rounded once."""
        cdef int64_t contracts = 0
        cdef int64_t raw = 0
        cdef int digits
        cdef int128_t numerator
        if price <= 0:
            raise ValueError(f"an inverse instrument needs a positive price, {self.id} had {price} (raw)")
        if fixed_mul3_shift(qty, self.multiplier.raw, 1, 0, &contracts):
            raise_overflow(f"the notional of {self.id}")
        # units: 10^-(size+multiplier) / 10^-price -> minor units
        digits = self.cost_currency_c().precision + self.price_precision - self.size_precision - self.multiplier.precision
        numerator = contracts
        if digits >= 0:
            if digits > 18:
                raise_overflow(f"the notional of {self.id}")
            numerator = numerator * fixed_pow10(digits)
            if fixed_narrow(fixed_div_half_even(numerator, price), &raw):
                raise_overflow(f"the notional of {self.id}")
        elif fixed_narrow(fixed_div_half_even(numerator, <int128_t>price * fixed_pow10(-digits)), &raw):
            raise_overflow(f"the notional of {self.id}")
        return raw

    cdef money_raw_t pnl_raw_c(self, int side_sign, price_raw_t open, price_raw_t close, qty_raw_t qty) except? -9223372036854775807:
        cdef money_raw_t raw = 0
        cdef int digits
        if self.is_inverse:
            return side_sign * (self._inverse_c(qty, open) - self._inverse_c(qty, close))
        digits = (
            self.price_precision + self.size_precision + self.multiplier.precision - self.settlement_currency.precision
        )
        if fixed_mul3_shift(qty, side_sign * (close - open), self.multiplier.raw, digits, &raw):
            raise_overflow(f"the PnL of {self.id}")
        return raw

    # -- for users ----------------------------------------------------------------------------------------------------

    @property
    def symbol(self):
        """Symbol of the id."""
        return self.id.symbol

    @property
    def venue(self):
        """Venue of the id."""
        return self.id.venue

    @property
    def asset_class(self):
        """Asset class."""
        return <AssetClass>self._asset_class

    @property
    def instrument_class(self):
        """Instrument class."""
        return <InstrumentClass>self._instrument_class

    def get_base_currency(self):
        """Return the base currency, or None."""
        return self.base_currency

    def get_settlement_currency(self):
        """Return the currency that PnL settles in."""
        return self.settlement_currency

    def get_cost_currency(self):
        """Return the currency of notional and fees."""
        return self.cost_currency_c()

    def make_price(self, object value):
        """Return a price of the instrument's precision.

        Parameters
        ----------
        value : int, float, Decimal, str or Price
            Rounded half to even.
        """
        if isinstance(value, Price):
            value = value.as_decimal()
        return Price.from_raw_c(fixed_from_object(value, self.price_precision), self.price_precision)

    def make_qty(self, object value, bint round_down=False):
        """Return a quantity of the instrument's precision.

        Parameters
        ----------
        value : int, float, Decimal, str or Quantity
            Rounded half to even, or down with `round_down`.

        Raises
        ------
        ValueError
            If the value is negative, or positive and rounds to zero.
        """
        cdef int64_t raw
        number = Decimal(repr(value) if isinstance(value, float) else str(value).replace("_", ""))
        if round_down:
            number = Decimal(int(number.scaleb(self.size_precision))).scaleb(-self.size_precision)
        raw = fixed_from_object(number, self.size_precision)
        if raw < 0:
            raise ValueError(f"invalid quantity for {self.id}, must not be negative, was {value}")
        if raw == 0 and value and float(value) > 0:
            raise ValueError(
                f"quantity {value} of {self.id} rounds to zero at size precision {self.size_precision}, "
                f"the least is {self.size_increment}"
            )
        return Quantity.from_raw_c(raw, self.size_precision)

    cdef Price _step(self, object value, int ticks, bint up):
        """The tick at or beyond a value, then `ticks` more."""
        cdef int64_t raw
        cdef int64_t increment = self.price_increment.raw
        text = repr(value) if isinstance(value, float) else str(value)
        scaled = Decimal(text).scaleb(self.price_precision)
        count = scaled / increment
        whole = int(count.to_integral_value("ROUND_CEILING" if up else "ROUND_FLOOR"))
        raw = (whole + (ticks if up else -ticks)) * increment
        return Price.from_raw_c(raw, self.price_precision)

    def next_bid_price(self, object value, int num_ticks=0):
        """Return the price `num_ticks` ticks below the tick at or under a value."""
        return self._step(value, num_ticks, False)

    def next_ask_price(self, object value, int num_ticks=0):
        """Return the price `num_ticks` ticks above the tick at or over a value."""
        return self._step(value, num_ticks, True)

    def next_bid_prices(self, object value, int num_ticks=100):
        """Return the ticks at or under a value, the nearest first (list of Decimal)."""
        return [self._step(value, i, False).as_decimal() for i in range(num_ticks)]

    def next_ask_prices(self, object value, int num_ticks=100):
        """Return the ticks at or over a value, the nearest first (list of Decimal)."""
        return [self._step(value, i, True).as_decimal() for i in range(num_ticks)]

    cdef int64_t _own_qty_c(self, Quantity quantity) except? -9223372036854775807:
        cdef int64_t raw = 0
        if fixed_rescale(quantity.raw, quantity.precision, self.size_precision, &raw):
            raise_overflow(f"quantity {quantity}")
        return raw

    cdef int64_t _own_price_c(self, Price price) except? -9223372036854775807:
        cdef int64_t raw = 0
        if fixed_rescale(price.raw, price.precision, self.price_precision, &raw):
            raise_overflow(f"price {price}")
        return raw

    def notional_value(self, Quantity quantity not None, Price price not None, bint use_quote_for_inverse=False):
        """Return quantity * price * multiplier (for inverse: quantity * multiplier / price) as money.

        Parameters
        ----------
        use_quote_for_inverse : bool, default False
            Return the quantity itself in the quote currency for inverse instruments.
        """
        if self.is_inverse and use_quote_for_inverse:
            return Money(quantity.as_decimal() * self.multiplier.as_decimal(), self.quote_currency)
        raw = self.notional_raw_c(self._own_qty_c(quantity), self._own_price_c(price))
        return Money.from_raw_c(raw, self.cost_currency_c())

    def calculate_base_quantity(self, Quantity quantity not None, Price last_px not None):
        """Return the base quantity that a quote quantity buys at a price, rounded half to even."""
        if last_px.raw <= 0:
            raise ValueError(f"invalid `last_px`, must be positive, was {last_px}")
        return Quantity(quantity.as_decimal() / last_px.as_decimal(), self.size_precision)

    def _base_dict(self):
        def text(value):
            return None if value is None else str(value)

        return {
            "type": type(self).__name__,
            "id": self.id.value,
            "raw_symbol": self.raw_symbol.value,
            "asset_class": asset_class_to_str(self._asset_class),
            "instrument_class": instrument_class_to_str(self._instrument_class),
            "quote_currency": self.quote_currency.code,
            "base_currency": self.base_currency.code if self.base_currency is not None else None,
            "settlement_currency": self.settlement_currency.code,
            "is_inverse": self.is_inverse,
            "price_precision": self.price_precision,
            "size_precision": self.size_precision,
            "price_increment": str(self.price_increment),
            "size_increment": str(self.size_increment),
            "multiplier": str(self.multiplier),
            "lot_size": text(self.lot_size),
            "max_quantity": text(self.max_quantity),
            "min_quantity": text(self.min_quantity),
            "max_notional": text(self.max_notional),
            "min_notional": text(self.min_notional),
            "max_price": text(self.max_price),
            "min_price": text(self.min_price),
            "margin_init": str(self.margin_init),
            "margin_maint": str(self.margin_maint),
            "maker_fee": str(self.maker_fee),
            "taker_fee": str(self.taker_fee),
            "tick_scheme_name": self.tick_scheme_name,
            "info": self.info,
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    def to_dict(self, Instrument obj=None):
        """Return plain data, fit for JSON."""
        return (obj if obj is not None else self)._base_dict()

    @classmethod
    def from_dict(cls, dict values not None):
        """Make from the dictionary of `to_dict`."""
        return cls(**cls._arguments(values))

    @classmethod
    def _arguments(cls, values):
        """Constructor arguments of the base class."""
        arguments = parse_common(values)
        arguments["asset_class"] = asset_class_from_str(values["asset_class"])
        arguments["instrument_class"] = instrument_class_from_str(values["instrument_class"])
        arguments["quote_currency"] = Currency.from_str(values["quote_currency"])
        arguments["is_inverse"] = values["is_inverse"]
        return arguments

    def __eq__(self, other):
        if not isinstance(other, Instrument):
            return NotImplemented
        return self.id == (<Instrument>other).id

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        return (
            f"{type(self).__name__}(id={self.id}, price_increment={self.price_increment}, "
            f"size_increment={self.size_increment}, quote_currency={self.quote_currency})"
        )

    def _repr_html_(self):
        from nautilus_lite.model.html import instrument_html

        return instrument_html(self)

    def __reduce__(self):
        return type(self).from_dict, (self.to_dict(),)


def parse_common(values):
    """Return the constructor arguments that every instrument shares, from the dictionary of `to_dict`."""
    def maybe(kind, name):
        text = values.get(name)
        return None if text is None else kind.from_str(text)

    return {
        "instrument_id": InstrumentId.from_str(values["id"]),
        "raw_symbol": Symbol(values["raw_symbol"]),
        "price_precision": values["price_precision"],
        "size_precision": values["size_precision"],
        "price_increment": Price.from_str(values["price_increment"]),
        "size_increment": Quantity.from_str(values["size_increment"]),
        "multiplier": Quantity.from_str(values["multiplier"]),
        "lot_size": maybe(Quantity, "lot_size"),
        "max_quantity": maybe(Quantity, "max_quantity"),
        "min_quantity": maybe(Quantity, "min_quantity"),
        "max_notional": maybe(Money, "max_notional"),
        "min_notional": maybe(Money, "min_notional"),
        "max_price": maybe(Price, "max_price"),
        "min_price": maybe(Price, "min_price"),
        "base_currency": maybe(Currency, "base_currency"),
        "settlement_currency": maybe(Currency, "settlement_currency"),
        "margin_init": Decimal(values["margin_init"]),
        "margin_maint": Decimal(values["margin_maint"]),
        "maker_fee": Decimal(values["maker_fee"]),
        "taker_fee": Decimal(values["taker_fee"]),
        "tick_scheme_name": values.get("tick_scheme_name"),
        "info": values.get("info"),
        "ts_event": values["ts_event"],
        "ts_init": values["ts_init"],
    }
