"""Margin accounts: orders and positions lock a fraction of their notional."""

cimport cython
from libc.stdint cimport int64_t

from decimal import Decimal

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport instrument_price_c
from nautilus_lite.accounting.accounts.base cimport instrument_qty_c
from nautilus_lite.accounting.margin_models cimport LeveragedMarginModel
from nautilus_lite.accounting.margin_models cimport MarginModel
from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport MarginBalance
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.errors import InvalidConfiguration

cdef int64_t MAX_NUM = 1 << 31
cdef int64_t MAX_DEN = 1 << 20


@cython.final
cdef class MarginSlot:
    """The margin of one instrument."""

    cdef MarginBalance balance_c(self):
        cdef MarginBalance copy = self._copy
        if copy is None or copy.initial_raw != self.initial or copy.maintenance_raw != self.maintenance:
            copy = MarginBalance.from_raw_c(self.initial, self.maintenance, self.currency, self.instrument_id)
            self._copy = copy
        return copy


@cython.final
cdef class Leverage:
    """A leverage, exact as a fraction."""


cdef Leverage new_leverage(object value):
    cdef object exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite() or exact < 1:
        raise InvalidConfiguration(f"invalid `leverage`, must be >= 1, was {value}")
    num, den = exact.as_integer_ratio()
    if num >= MAX_NUM or den >= MAX_DEN:
        raise InvalidConfiguration(f"invalid `leverage`, must have few digits, was {value}")
    cdef Leverage leverage = Leverage.__new__(Leverage)
    leverage.value = exact
    leverage.num = num
    leverage.den = den
    return leverage


@cython.final
cdef class MarginAccount(Account):
    """An account with leverage.

    Working orders that are not reduce-only lock initial margin, the net exposure of each instrument locks maintenance
    margin at its average open price. Fees are in neither.

    Parameters
    ----------
    event : AccountState
        The first state: its totals are the starting balances.
    calculate_account_state : bool, default True
        Whether fills and orders change the account; False freezes it.
    """

    def __init__(self, AccountState event not None, bint calculate_account_state=True):
        self._margins = {}
        self._leverages = {}
        self._default_leverage = new_leverage(Decimal(1))
        self.margin_model = LeveragedMarginModel()
        super().__init__(event, calculate_account_state)

    cdef int apply_state_c(self, AccountState event) except -1:
        cdef MarginBalance margin
        cdef MarginSlot slot
        Account.apply_state_c(self, event)
        for margin in event._margins:
            if margin.instrument_id is not None:
                slot = self.margin_slot_c(margin.instrument_id, margin.currency)
                slot.initial = margin.initial_raw
                slot.maintenance = margin.maintenance_raw
        return 0

    cdef MarginSlot margin_slot_c(self, InstrumentId instrument_id, Currency currency):
        cdef MarginSlot slot = self._margins.get(instrument_id)
        if slot is None:
            slot = MarginSlot.__new__(MarginSlot)
            slot.instrument_id = instrument_id
            slot.currency = currency
            self._margins[instrument_id] = slot
        return slot

    cdef Leverage leverage_c(self, InstrumentId instrument_id):
        cdef Leverage leverage = self._leverages.get(instrument_id)
        return self._default_leverage if leverage is None else leverage

    cdef money_raw_t by_leverage_c(self, InstrumentId instrument_id, money_raw_t notional) except? -9223372036854775807:
        cdef Leverage leverage = self.leverage_c(instrument_id)
        cdef int64_t raw
        if fixed_narrow(fixed_div_half_even(<int128_t>notional * leverage.den, leverage.num), &raw) != 0:
            raise_overflow(f"balance impact in {instrument_id}")
        return raw

    cdef tuple margins_c(self):
        cdef MarginSlot slot
        cdef list found = []
        for slot in self._margins.values():
            if slot.initial or slot.maintenance:
                if len(self._margins) == 1:
                    return (slot.balance_c(),)
                found.append(slot.balance_c())
        return tuple(found)

    cdef Currency lock_currency_c(self, Instrument instrument, int side):
        return instrument.cost_currency_c()

    cdef money_raw_t locked_for_order_c(self, Instrument instrument, int side, qty_raw_t qty,
                                        price_raw_t price) except? -9223372036854775807:
        return self.margin_init_raw_c(instrument, qty, price)

    cdef int lock_order_c(self, Instrument instrument, Currency currency, money_raw_t delta) except -1:
        cdef MarginSlot slot = self.margin_slot_c(instrument.id, currency)
        self.lock_delta_c(currency, delta)
        slot.initial += delta
        return 0

    cdef money_raw_t margin_init_raw_c(self, Instrument instrument, qty_raw_t qty,
                                       price_raw_t price) except? -9223372036854775807:
        cdef Leverage leverage = self.leverage_c(instrument.id)
        cdef money_raw_t notional = abs(instrument.notional_raw_c(qty, price))
        return self.margin_model.margin_raw_c(notional, instrument.margin_init_e9, leverage.num, leverage.den)

    cdef money_raw_t margin_maint_raw_c(self, Instrument instrument,
                                        money_raw_t notional) except? -9223372036854775807:
        cdef Leverage leverage = self.leverage_c(instrument.id)
        return self.margin_model.margin_raw_c(abs(notional), instrument.margin_maint_e9, leverage.num, leverage.den)

    cdef bint set_maintenance_c(self, InstrumentId instrument_id, Currency currency, money_raw_t raw) except? 0:
        cdef MarginSlot slot = self._margins.get(instrument_id)
        if slot is None:
            if raw == 0:
                return False
            slot = self.margin_slot_c(instrument_id, currency)
        if raw == slot.maintenance:
            return False
        self.lock_delta_c(currency, raw - slot.maintenance)
        slot.maintenance = raw
        return True

    @property
    def default_leverage(self):
        """The leverage of instruments without their own (Decimal)."""
        return self._default_leverage.value

    def set_default_leverage(self, leverage not None):
        """Set the leverage of instruments without their own.

        Parameters
        ----------
        leverage : Decimal
            At least 1.

        Raises
        ------
        InvalidConfiguration
            If the leverage is below 1 or has more than about nine digits.
        """
        self._default_leverage = new_leverage(leverage)

    def set_leverage(self, InstrumentId instrument_id not None, leverage not None):
        """Set the leverage of an instrument; `leverage` as in `set_default_leverage`."""
        self._leverages[instrument_id] = new_leverage(leverage)

    def set_margin_model(self, MarginModel margin_model not None):
        """Set how margins are worked out; takes effect from the next order or fill."""
        self.margin_model = margin_model

    def leverages(self):
        """Return the leverages set by instrument (dict[InstrumentId, Decimal])."""
        cdef Leverage leverage
        cdef dict result = {}
        for key, leverage in self._leverages.items():
            result[key] = leverage.value
        return result

    def leverage(self, InstrumentId instrument_id not None):
        """Return the leverage of an instrument (Decimal)."""
        return self.leverage_c(instrument_id).value

    def is_unleveraged(self, InstrumentId instrument_id not None):
        """Return whether the leverage of an instrument is 1."""
        return self.leverage_c(instrument_id).value == 1

    def margins(self):
        """Return the margins by instrument (dict[InstrumentId, MarginBalance])."""
        cdef MarginSlot slot
        return {slot.instrument_id: slot.balance_c() for slot in self._margins.values()}

    def margins_init(self):
        """Return the initial margins by instrument (dict[InstrumentId, Money])."""
        cdef MarginSlot slot
        return {slot.instrument_id: Money.from_raw_c(slot.initial, slot.currency) for slot in self._margins.values()}

    def margins_maint(self):
        """Return the maintenance margins by instrument (dict[InstrumentId, Money])."""
        cdef MarginSlot slot
        return {
            slot.instrument_id: Money.from_raw_c(slot.maintenance, slot.currency) for slot in self._margins.values()
        }

    def margin(self, InstrumentId instrument_id not None):
        """Return the margins of an instrument (MarginBalance), or None."""
        cdef MarginSlot slot = self._margins.get(instrument_id)
        return None if slot is None else slot.balance_c()

    def margin_init(self, InstrumentId instrument_id not None):
        """Return the initial margin of an instrument (Money), or None."""
        cdef MarginSlot slot = self._margins.get(instrument_id)
        return None if slot is None else Money.from_raw_c(slot.initial, slot.currency)

    def margin_maint(self, InstrumentId instrument_id not None):
        """Return the maintenance margin of an instrument (Money), or None."""
        cdef MarginSlot slot = self._margins.get(instrument_id)
        return None if slot is None else Money.from_raw_c(slot.maintenance, slot.currency)

    def calculate_margin_init(self, Instrument instrument not None, Quantity quantity not None, Price price not None):
        """Return the initial margin of an order.

        Parameters
        ----------
        instrument : Instrument
            The instrument of the order.
        quantity : Quantity
            The quantity of the order.
        price : Price
            The price of the order.

        Returns
        -------
        Money
            In the quote currency, or the currency of costs of inverse and quanto instruments.
        """
        return Money.from_raw_c(
            self.margin_init_raw_c(
                instrument, instrument_qty_c(instrument, quantity), instrument_price_c(instrument, price)
            ),
            instrument.cost_currency_c(),
        )

    def calculate_margin_maint(self, Instrument instrument not None, side, Quantity quantity not None,
                               Price price not None):
        """Return the maintenance margin of a position of `quantity` opened at `price` (Money).

        `side` (PositionSide) makes no difference here.
        """
        cdef money_raw_t notional = instrument.notional_raw_c(
            instrument_qty_c(instrument, quantity), instrument_price_c(instrument, price)
        )
        return Money.from_raw_c(self.margin_maint_raw_c(instrument, notional), instrument.cost_currency_c())
