"""Fees made of other fees: their sum, in another currency, by instrument."""

from collections.abc import Mapping
from decimal import Decimal
from decimal import InvalidOperation
from fractions import Fraction

from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.fee.base cimport rounded_money
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration

cdef str BASE = "BASE"
cdef str QUOTE = "QUOTE"
cdef str RECEIVED = "RECEIVED"


cdef FeeModel _as_model(str name, value):
    """A fee model as given, or from its import path, as in a configuration."""
    if isinstance(value, ImportableConfig):
        value = value.create()
    elif isinstance(value, Mapping):
        value = ImportableConfig.from_dict(value).create()
    if not isinstance(value, FeeModel):
        raise InvalidConfiguration(
            f"invalid {name}, must be a fee model or its `path` and `config`, was {type(value).__name__}"
        )
    return <FeeModel>value


cdef class CombinedFeeModel(FeeModel):
    """Base of fee models that ask others."""

    cdef int combine_c(self, object parts) except -1:
        cdef FeeModel part
        self.parts = tuple(parts)
        self.records = False
        for part in self.parts:
            self.records = self.records or part.records
        return 0

    def reset(self):
        """Forget what earlier runs left."""
        cdef FeeModel part
        for part in self.parts:
            part.reset()

    cdef int attach_c(self, Cache cache) except -1:
        cdef FeeModel part
        self.cache = cache
        for part in self.parts:
            part.attach_c(cache)
        return 0

    cdef FeeModel _part_c(self, FeeModel part):
        part.now_ns = self.now_ns
        return part

    cdef int record_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument) except -1:
        cdef FeeModel part
        for part in self.parts:
            if part.records:
                self._part_c(part).record_c(order, qty, price, instrument)
        return 0


cdef class CompositeFeeModel(CombinedFeeModel):
    """The sum of several fees: of the exchange, of clearing, of the regulator.

    Parameters
    ----------
    parts : list of FeeModel
        At least one; a part may be given by `path` and `config`, as in a configuration.

    Raises
    ------
    InvalidConfiguration
        If there is no part, or, at a fill, if two charge in different currencies.

    Notes
    -----
    Each part is rounded by itself, as on an invoice.
    """

    def __init__(self, parts not None):
        self.combine_c([_as_model(f"part {i}", part) for i, part in enumerate(parts)])
        if not self.parts:
            raise InvalidConfiguration("`parts` is empty: give at least one fee model")

    def __repr__(self):
        return f"{type(self).__name__}(parts={list(self.parts)})"

    def _in_one_currency(self, Instrument instrument, charges):
        currencies = sorted({charge[1].code for charge in charges})
        if len(currencies) > 1:
            raise InvalidConfiguration(
                f"parts of {type(self).__name__} charge {instrument.id} in {' and '.join(currencies)}: bring them to one "
                "currency with `CurrencyFeeModel`"
            )

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef FeeModel part
        cdef Money money
        charges = []
        for part in self.parts:
            money = self._part_c(part).charge_c(order, qty, price, instrument, is_maker)
            charges.append((Fraction(money.raw, fixed_pow10(money.currency.precision)), money.currency))
        self._in_one_currency(instrument, charges)
        return rounded_money(sum(amount for amount, _ in charges), charges[0][1])

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef FeeModel part
        if self._python:
            return FeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        charges = []
        for part in self.parts:
            charges.append(self._part_c(part).exact_c(order, qty, price, instrument, is_maker))
        self._in_one_currency(instrument, charges)
        return sum(amount for amount, _ in charges), charges[0][1]


cdef class CurrencyFeeModel(CombinedFeeModel):
    """A fee charged in another currency, rounded once, in that.

    Parameters
    ----------
    model : FeeModel
        Tells the fee; may be given by `path` and `config`, as in a configuration.
    fee_currency : str or Currency
        `BASE` or `QUOTE` currency of the instrument; `RECEIVED`: base on a buy and quote on a sale, as spot venues do
        that take their fee off what is delivered; or a currency or its code.
    rate : Decimal, str or float, optional
        Units of the fee's currency for one of the model's, positive; for a currency given by its code. None takes the
        price of the fill between base and quote currency, and else the market's rate, which must be there.

    Raises
    ------
    InvalidConfiguration
        If a setting makes no sense; at a fill, if the instrument has no base currency that is asked for.
    InvalidData
        At a fill, if there is no exchange rate. A fee is never booked in another currency instead.
    """

    def __init__(self, model not None, fee_currency not None, rate=None):
        self.model = _as_model("`model`", model)
        self.combine_c([self.model])
        if isinstance(fee_currency, Currency):
            self._currency = fee_currency
            self.fee_currency = (<Currency>fee_currency).code
        else:
            self.fee_currency = str(fee_currency)
            if self.fee_currency not in (BASE, QUOTE, RECEIVED):
                try:
                    self._currency = Currency.from_str(self.fee_currency)
                except ValueError as error:
                    raise InvalidConfiguration(
                        f"invalid `fee_currency`, must be {BASE}, {QUOTE}, {RECEIVED} or a currency: {error}"
                    ) from None
        if rate is not None:
            if self._currency is None:
                raise InvalidConfiguration(
                    f"`rate` {rate} is for a currency given by its code, {self.fee_currency} takes the price of the fill"
                )
            try:
                self.rate = Decimal(str(rate))
            except InvalidOperation:
                self.rate = Decimal("NaN")
            if not self.rate.is_finite() or self.rate <= 0:
                raise InvalidConfiguration(f"invalid `rate`, must be a positive number, was {rate!r}")

    def __repr__(self):
        return f"{type(self).__name__}(model={self.model}, fee_currency={self.fee_currency}, rate={self.rate})"

    cdef Currency _target_c(self, Order order, Instrument instrument):
        cdef bint wants_base
        if self._currency is not None:
            return self._currency
        wants_base = self.fee_currency == BASE or (self.fee_currency == RECEIVED and order._side == OrderSide.BUY)
        if wants_base and instrument.base_currency is None:
            raise InvalidConfiguration(
                f"{instrument.id} has no base currency to charge a fee in (`fee_currency` {self.fee_currency})"
            )
        return instrument.base_currency if wants_base else instrument.quote_currency

    cdef object _worth_c(self, Currency source, Currency target, object price, Instrument instrument):
        """Units of the target for one of the source."""
        if source == target:
            return Fraction(1)
        if self.rate is not None:
            return Fraction(self.rate)
        if instrument.base_currency is not None and price > 0:
            if source == instrument.quote_currency and target == instrument.base_currency:
                return 1 / price
            if source == instrument.base_currency and target == instrument.quote_currency:
                return price
        return self.rate_c(instrument, source, target)

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        cdef Currency target
        if self._python:
            return FeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        target = self._target_c(order, instrument)
        amount, source = self._part_c(self.model).exact_c(order, qty, price, instrument, is_maker)
        if amount == 0:
            return amount, target
        return amount * self._worth_c(
            source, target, Fraction(price, fixed_pow10(instrument.price_precision)), instrument
        ), target

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        amount, currency = CurrencyFeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        return rounded_money(amount, currency)


cdef class FeeSchedule(CombinedFeeModel):
    """Fees by instrument.

    Parameters
    ----------
    default : FeeModel
        Of instruments that are not named.
    instruments : dict of InstrumentId (or its text) to FeeModel, optional
        Fees of those named.

    Raises
    ------
    InvalidConfiguration
        If a name or model is not understood.

    Notes
    -----
    Models may be given by `path` and `config`, as in a configuration; `from_file` reads a schedule in words. A model
    that counts volume counts that of the instruments it charges.
    """

    def __init__(self, default not None, instruments=None):
        self.default = _as_model("`default`", default)
        self.instruments = {}
        for key, value in (instruments or {}).items():
            try:
                instrument_id = key if isinstance(key, InstrumentId) else InstrumentId.from_str(str(key))
            except ValueError as error:
                raise InvalidConfiguration(f"invalid instrument in a fee schedule: {error}") from None
            self.instruments[instrument_id] = _as_model(f"fee of {key}", value)
        self.combine_c([self.default, *self.instruments.values()])

    @staticmethod
    def from_file(path):
        """Read a schedule from a YAML or JSON file; see `docs/models.md` for its fields.

        Raises
        ------
        InvalidConfiguration
            If the file does not exist or says something that is not understood; the message names file and field.
        """
        from nautilus_lite.backtest.models.fee.files import read_fee_schedule

        return read_fee_schedule(path)

    def __repr__(self):
        instruments = {str(key): value for key, value in self.instruments.items()}
        return f"{type(self).__name__}(default={self.default}, instruments={instruments})"

    cdef FeeModel _of_c(self, Instrument instrument):
        return self._part_c(self.instruments.get(instrument.id, self.default))

    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        return self._of_c(instrument).charge_c(order, qty, price, instrument, is_maker)

    cdef tuple exact_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker):
        if self._python:
            return FeeModel.exact_c(self, order, qty, price, instrument, is_maker)
        return self._of_c(instrument).exact_c(order, qty, price, instrument, is_maker)

    cdef int record_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument) except -1:
        cdef FeeModel part = self._of_c(instrument)
        if part.records:
            part.record_c(order, qty, price, instrument)
        return 0
