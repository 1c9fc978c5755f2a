from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order


cdef class Purse:
    """The money of a cash account as its venue knows it: nothing fills that it cannot pay for."""
    cdef readonly AccountId account_id
    cdef ExecutionEngine _exec_engine
    cdef AccountsManager _accounts
    cdef Cache _cache
    cdef dict twins                        # ClientOrderId -> the venue's copy of an order; None: what it does is known at once
    cdef dict _unheard                     # Currency -> money (raw) that fills on their way will move, at least
    cdef dict _moves                       # TradeId of each of them -> what of it, and the rates at which it is booked
    cdef readonly list ended               # (ClientOrderId, reason) of working orders that ended because they could not be paid for

    cdef Account account_c(self)                                            # None where nothing has to be paid
    cdef money_raw_t total_c(self, Account account, Currency currency) except? -9223372036854775807
    # What an order of this size and price locks, in the account's currency; 0 where it locks nothing
    cdef money_raw_t lock_c(self, Account account, Instrument instrument, Order order, qty_raw_t qty,
                            price_raw_t price) except? -9223372036854775807
    cdef Currency lock_currency_c(self, Account account, Instrument instrument, int side)
    # Not locked by others: an order may have what it, and those that end with it, lock themselves
    cdef money_raw_t free_c(self, Account account, Instrument instrument, Currency currency, Order order) except? -9223372036854775807
    # Cost of a purchase, or proceeds of a sale, in the account's currency; never too good
    cdef money_raw_t worth_c(self, Account account, Instrument instrument, Order order, int128_t cost) except? -9223372036854775807
    # Why the account cannot lock what an order of this size and price needs, or None
    cdef str lacks_lock_c(self, Instrument instrument, Order order, qty_raw_t qty, price_raw_t price)
    # Why the account cannot pay for fills of together `qty`, or None. `cost` is the sum of price * quantity, raw
    cdef str lacks_c(self, Instrument instrument, Order order, qty_raw_t qty, int128_t cost, Money fee)
    cdef qty_raw_t sellable_c(self, Instrument instrument, Order order, qty_raw_t most) except? -1
    cdef int said_c(self, Instrument instrument, Order order, OrderFilled fill) except -1     # a fill is on its way
    cdef int hears_c(self, OrderFilled fill) except -1                      # it is about to be booked
    cdef int heard_c(self) except -1                                        # it was
    cdef int reset_c(self) except -1
    cdef money_raw_t _base_raw(self, Instrument instrument, qty_raw_t qty) except? -1      # in minor units of the base currency
    cdef Currency _spent_in(self, Instrument instrument, Order order)
    cdef str _text(self, Instrument instrument, Order order, qty_raw_t qty, money_raw_t spent, money_raw_t there,
                   Currency currency, Money fee)
