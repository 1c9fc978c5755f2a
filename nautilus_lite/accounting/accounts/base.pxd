from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.ledger cimport Ledger
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.objects cimport Currency


cdef class BalanceSlot:
    # One currency of an account. free = total - locked, derived, so the three always add up
    cdef readonly Currency currency
    cdef money_raw_t total
    cdef money_raw_t locked
    cdef money_raw_t starting
    cdef money_raw_t fees              # paid so far (negative = rebates won)
    cdef AccountBalance _copy          # last copy handed out, valid while its numbers are the slot's

    cdef AccountBalance balance_c(self)


cdef class Account:
    cdef readonly AccountId id
    cdef int _type                     # AccountType
    cdef readonly Currency base_currency
    cdef readonly bint is_cash_account
    cdef readonly bint is_margin_account
    cdef readonly bint calculate_account_state
    cdef readonly bint allow_borrowing # balances of a cash account may fall below zero
    cdef dict _slots                   # Currency -> BalanceSlot
    cdef EventLog _events              # AccountState, oldest first
    cdef readonly Ledger ledger        # every change of a total, with its cause
    cdef BalanceSlot slot_c(self, Currency currency)                     # made at zero on first use
    cdef BalanceSlot _known(self, Currency currency)                     # None = base currency; None if never held
    cdef int apply_delta_c(self, Currency currency, money_raw_t delta) except -1   # AccountBalanceNegative for a cash account below zero
    cdef int lock_delta_c(self, Currency currency, money_raw_t delta) except -1
    # The lock of a working order in `instrument` changed by `delta`
    cdef int lock_order_c(self, Instrument instrument, Currency currency, money_raw_t delta) except -1
    cdef int apply_state_c(self, AccountState event) except -1
    cdef tuple balances_c(self)                                          # of AccountBalance
    cdef tuple margins_c(self)                                           # of MarginBalance
    # Currency in which an order of this side locks, or None where it locks nothing
    cdef Currency lock_currency_c(self, Instrument instrument, int side)
    # What an order of `qty` at `price` locks while it works, in minor units of `lock_currency_c`; side is OrderSide
    cdef money_raw_t locked_for_order_c(self, Instrument instrument, int side, qty_raw_t qty, price_raw_t price) except? -9223372036854775807

    cdef money_raw_t by_leverage_c(self, InstrumentId instrument_id, money_raw_t notional) except? -9223372036854775807


# Quantity at the size precision of the instrument, price at its price precision
cdef qty_raw_t instrument_qty_c(Instrument instrument, object quantity) except? -9223372036854775807
cdef price_raw_t instrument_price_c(Instrument instrument, object price) except? -9223372036854775807
# True where a fill moves the base currency as well: spot with a base currency
cdef bint is_spot_pair_c(Instrument instrument) noexcept
