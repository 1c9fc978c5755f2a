"""Accounts: one slot of integers per currency, of which `free` is always derived."""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport AccountType
from nautilus_lite.model.enums cimport InstrumentClass
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.ledger cimport Ledger
from nautilus_lite.model.ledger cimport LedgerCause
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.accounting.error import AccountBalanceNegative
from nautilus_lite.errors import InvalidConfiguration


cdef qty_raw_t instrument_qty_c(Instrument instrument, object quantity) except? -9223372036854775807:
    cdef Quantity value = <Quantity?>quantity
    cdef int64_t raw
    if fixed_rescale(value.raw, value.precision, instrument.size_precision, &raw) != 0:
        raise_overflow(f"quantity {value} of {instrument.id}")
    return raw


cdef price_raw_t instrument_price_c(Instrument instrument, object price) except? -9223372036854775807:
    cdef Price value = <Price?>price
    cdef int64_t raw
    if fixed_rescale(value.raw, value.precision, instrument.price_precision, &raw) != 0:
        raise_overflow(f"price {value} of {instrument.id}")
    return raw


cdef bint is_spot_pair_c(Instrument instrument) noexcept:
    return instrument._instrument_class == InstrumentClass.SPOT and instrument.base_currency is not None


@cython.final
cdef class BalanceSlot:
    """One currency of an account; `free` is `total - locked`."""

    cdef AccountBalance balance_c(self):
        cdef AccountBalance copy = self._copy
        # Balances are immutable, so states may share one for as long as nothing moved
        if copy is None or copy.total_raw != self.total or copy.locked_raw != self.locked:
            copy = AccountBalance.from_raw_c(self.total, self.locked, self.currency)
            self._copy = copy
        return copy


cdef class Account:
    """The base class of accounts.

    Parameters
    ----------
    event : AccountState
        The first state: its totals are the starting balances.
    calculate_account_state : bool, default True
        Whether fills and orders change the account; False freezes it.
    allow_borrowing : bool, default False
        Whether balances of a cash account may fall below zero.

    Raises
    ------
    InvalidConfiguration
        If an account with a base currency starts with any other balance, or with none at all.
    """

    def __init__(self, AccountState event not None, bint calculate_account_state=True, bint allow_borrowing=False):
        cdef BalanceSlot slot
        cdef AccountBalance balance
        if not event._balances:
            raise InvalidConfiguration(f"account {event.account_id} must start with a balance, had none")
        for balance in event._balances:
            if event.base_currency is not None and balance.currency != event.base_currency:
                raise InvalidConfiguration(
                    f"invalid starting balance {balance.total} of account {event.account_id}: its base currency is "
                    f"{event.base_currency}; leave `base_currency` None for an account of several currencies"
                )
        self.id = event.account_id
        self._type = event._account_type
        self.base_currency = event.base_currency
        self.is_cash_account = event._account_type == AccountType.CASH
        self.is_margin_account = event._account_type == AccountType.MARGIN
        self.calculate_account_state = calculate_account_state
        self.allow_borrowing = allow_borrowing
        self._slots = {}
        self._events = EventLog.__new__(EventLog)
        self.ledger = Ledger.__new__(Ledger)
        self.apply_state_c(event)
        for slot in self._slots.values():
            slot.starting = slot.total

    def __repr__(self):
        cdef str base = "None" if self.base_currency is None else self.base_currency.code
        return f"{type(self).__name__}(id={self.id.value}, type={self.type.name}, base={base})"

    @property
    def type(self):
        """The account type (AccountType)."""
        return <AccountType>self._type

    @property
    def events(self):
        """All account states, oldest first (a new list)."""
        return self._events.list_c()

    @property
    def last_event(self):
        """The last account state."""
        return self._events.last_c()

    @property
    def event_count(self):
        """The number of account states."""
        return self._events.n

    cdef BalanceSlot slot_c(self, Currency currency):
        cdef BalanceSlot slot = self._slots.get(currency)
        if slot is None:
            slot = BalanceSlot.__new__(BalanceSlot)
            slot.currency = currency
            self._slots[currency] = slot
        return slot

    cdef int apply_delta_c(self, Currency currency, money_raw_t delta) except -1:
        cdef BalanceSlot slot = self.slot_c(currency)
        cdef int64_t total
        if fixed_add(slot.total, delta, &total) != 0:
            raise_overflow(f"balance of account {self.id} in {currency}")
        if total < 0 and delta < 0 and self.is_cash_account and not self.allow_borrowing:
            raise AccountBalanceNegative(Money.from_raw_c(total, currency), currency)
        slot.total = total
        return 0

    cdef int lock_delta_c(self, Currency currency, money_raw_t delta) except -1:
        cdef BalanceSlot slot = self.slot_c(currency)
        cdef int64_t locked
        if fixed_add(slot.locked, delta, &locked) != 0:
            raise_overflow(f"locked balance of account {self.id} in {currency}")
        slot.locked = locked
        return 0

    cdef int lock_order_c(self, Instrument instrument, Currency currency, money_raw_t delta) except -1:
        return self.lock_delta_c(currency, delta)

    cdef int apply_state_c(self, AccountState event) except -1:
        cdef AccountBalance balance
        cdef BalanceSlot slot
        for balance in event._balances:
            if balance.total_raw < 0 and self.is_cash_account and not self.allow_borrowing:
                raise AccountBalanceNegative(balance.total, balance.currency)
        for balance in event._balances:
            slot = self.slot_c(balance.currency)
            if self._events.n == 0 or slot.total != balance.total_raw:
                self.ledger.add_c(event.ts_event, LedgerCause.REPORTED if self._events.n else LedgerCause.START,
                                  balance.currency, balance.total_raw - slot.total, balance.total_raw, None)
            slot.total = balance.total_raw
            slot.locked = balance.locked_raw
        self._events.append_c(event)
        return 0

    cdef tuple balances_c(self):
        cdef BalanceSlot slot
        cdef list found = []
        for slot in self._slots.values():
            if len(self._slots) == 1:
                return (slot.balance_c(),)
            found.append(slot.balance_c())
        return tuple(found)

    cdef tuple margins_c(self):
        return ()

    cdef Currency lock_currency_c(self, Instrument instrument, int side):
        return None

    cdef money_raw_t locked_for_order_c(self, Instrument instrument, int side, qty_raw_t qty,
                                        price_raw_t price) except? -9223372036854775807:
        return 0

    def apply(self, AccountState event not None):
        """Take over the balances of a state.

        Raises
        ------
        ValueError
            If the state belongs to another account.
        AccountBalanceNegative
            If a cash account would fall below zero.
        """
        if event.account_id != self.id:
            raise ValueError(f"invalid `event`, must be of account {self.id}, was of {event.account_id}")
        self.apply_state_c(event)

    cdef BalanceSlot _known(self, Currency currency):
        if currency is None:
            currency = self.base_currency
            if currency is None:
                raise ValueError(f"`currency` must be given, account {self.id} holds several currencies")
        return self._slots.get(currency)

    def currencies(self):
        """Return the currencies of the account (list[Currency])."""
        return list(self._slots)

    def starting_balances(self):
        """Return the balances of the first state (dict[Currency, Money])."""
        cdef AccountBalance balance
        cdef AccountState first = self._events.at_c(0)
        return {balance.currency: balance.total for balance in first._balances}

    def balances(self):
        """Return the balances by currency (dict[Currency, AccountBalance])."""
        cdef BalanceSlot slot
        return {slot.currency: slot.balance_c() for slot in self._slots.values()}

    def balances_total(self):
        """Return the total balances (dict[Currency, Money])."""
        cdef BalanceSlot slot
        return {slot.currency: Money.from_raw_c(slot.total, slot.currency) for slot in self._slots.values()}

    def balances_free(self):
        """Return what is free, by currency (dict[Currency, Money])."""
        cdef BalanceSlot slot
        return {
            slot.currency: Money.from_raw_c(slot.total - slot.locked, slot.currency) for slot in self._slots.values()
        }

    def balances_locked(self):
        """Return what is locked, by currency (dict[Currency, Money])."""
        cdef BalanceSlot slot
        return {slot.currency: Money.from_raw_c(slot.locked, slot.currency) for slot in self._slots.values()}

    def balance(self, Currency currency=None):
        """Return the balance in a currency.

        Parameters
        ----------
        currency : Currency, optional
            None for the base currency.

        Returns
        -------
        AccountBalance or None
            None if the account never held the currency.

        Raises
        ------
        ValueError
            If no currency is given and the account has no base currency.
        """
        cdef BalanceSlot slot = self._known(currency)
        return None if slot is None else slot.balance_c()

    def balance_total(self, Currency currency=None):
        """Return the total balance in a currency (Money), or None; `currency` as in `balance`."""
        cdef BalanceSlot slot = self._known(currency)
        return None if slot is None else Money.from_raw_c(slot.total, slot.currency)

    def balance_free(self, Currency currency=None):
        """Return what is free in a currency (Money), or None; `currency` as in `balance`."""
        cdef BalanceSlot slot = self._known(currency)
        return None if slot is None else Money.from_raw_c(slot.total - slot.locked, slot.currency)

    def balance_locked(self, Currency currency=None):
        """Return what is locked in a currency (Money), or None; `currency` as in `balance`."""
        cdef BalanceSlot slot = self._known(currency)
        return None if slot is None else Money.from_raw_c(slot.locked, slot.currency)

    def is_unleveraged(self, InstrumentId instrument_id not None):
        """Return whether positions in an instrument are paid in full."""
        return True

    def calculate_commission(self, Instrument instrument not None, Quantity last_qty not None, Price last_px not None,
                             liquidity_side):
        """Return the fee of a fill at the instrument's own maker or taker rate, whatever the venue's fee model.

        Parameters
        ----------
        instrument : Instrument
            The instrument of the fill.
        last_qty : Quantity
            What is filled.
        last_px : Price
            At which price.
        liquidity_side : LiquiditySide
            `MAKER` or `TAKER`.

        Returns
        -------
        Money
            In the currency of costs, negative is a rebate.

        Raises
        ------
        ValueError
            If the liquidity side is neither.
        """
        cdef int64_t raw
        cdef int side = liquidity_side
        cdef int64_t rate = instrument.maker_fee_e9 if side == LiquiditySide.MAKER else instrument.taker_fee_e9
        cdef money_raw_t notional
        if side != LiquiditySide.MAKER and side != LiquiditySide.TAKER:
            raise ValueError(f"invalid `liquidity_side`, must be MAKER or TAKER, was {liquidity_side!r}")
        notional = instrument.notional_raw_c(
            instrument_qty_c(instrument, last_qty), instrument_price_c(instrument, last_px)
        )
        if fixed_narrow(fixed_div_half_even(<int128_t>notional * rate, 1_000_000_000), &raw) != 0:
            raise_overflow(f"commission in {instrument.id}")
        return Money.from_raw_c(raw, instrument.cost_currency_c())

    def balance_impact(self, Instrument instrument not None, Quantity quantity not None, Price price not None, order_side):
        """Return what an order takes from the balance when it buys, or adds when it sells: notional by leverage.

        Parameters
        ----------
        instrument : Instrument
            The instrument of the order.
        quantity : Quantity
            The quantity of the order.
        price : Price
            The price of the order.
        order_side : OrderSide
            `BUY` or `SELL`.

        Returns
        -------
        Money
            In the currency of costs, negative for purchases.

        Raises
        ------
        ValueError
            If the side is neither.
        """
        cdef money_raw_t notional
        cdef int side = order_side
        if side != OrderSide.BUY and side != OrderSide.SELL:
            raise ValueError(f"invalid `order_side`, must be BUY or SELL, was {order_side!r}")
        notional = abs(instrument.notional_raw_c(
            instrument_qty_c(instrument, quantity), instrument_price_c(instrument, price)
        ))
        notional = self.by_leverage_c(instrument.id, notional)
        return Money.from_raw_c(-notional if side == OrderSide.BUY else notional, instrument.cost_currency_c())

    cdef money_raw_t by_leverage_c(self, InstrumentId instrument_id, money_raw_t notional) except? -9223372036854775807:
        return notional

    def commission(self, Currency currency not None):
        """Return the fees paid in a currency (Money, negative = rebates won), or None if it never held the currency."""
        cdef BalanceSlot slot = self._slots.get(currency)
        return None if slot is None else Money.from_raw_c(slot.fees, currency)

    def commissions(self):
        """Return the fees paid by currency (dict[Currency, Money]), without currencies in which none were paid."""
        cdef BalanceSlot slot
        return {slot.currency: Money.from_raw_c(slot.fees, slot.currency) for slot in self._slots.values() if slot.fees}
