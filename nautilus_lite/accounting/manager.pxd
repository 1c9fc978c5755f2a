from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position


cdef class OrderLock:
    # What one working order locks
    cdef Currency currency
    cdef money_raw_t raw


cdef class Exposure:
    # Open positions of one instrument, by side
    cdef qty_raw_t long_raw
    cdef qty_raw_t short_raw           # positive
    cdef int128_t long_cost            # sum of price_raw * qty_raw
    cdef int128_t short_cost


cdef class AccountsManager:
    """The one owner of account balances: every change of total or locked goes through here, in integers, O(1) an event."""
    cdef Cache _cache
    cdef Clock _clock
    cdef UUIDFactory _ids
    cdef dict _locks                            # ClientOrderId -> OrderLock
    cdef dict _exposures                        # InstrumentId -> Exposure
    cdef dict rates                             # Currency -> rate at which the fill at hand is booked, or None: the market's
    # Re-derive what `order` locks after its event (nothing once closed); True if the account changed
    cdef bint update_order_c(self, Account account, Instrument instrument, Order order) except? 0
    # Book a fill. Margin books `realized_gross` (gross PnL of this fill, settlement minor units). Cash pays
    # `book_delta` (change of the position's cost in the books, negative for shorts) less the realised PnL, and moves
    # the base currency of a spot pair. Fees are booked apart, in their own currency
    cdef int update_fill_c(self, Account account, Instrument instrument, OrderFilled fill, money_raw_t realized_gross,
                           money_raw_t book_delta) except -1
    # The position changed: its part of the instrument's exposure follows
    # Move money that no order moved; returns what was booked, in the account's currency. `cause` is a LedgerCause
    cdef Money adjust_c(self, Account account, Venue venue, Money amount, int cause, object source)
    cdef int update_position_c(self, Position position) except -1
    # Margin of an instrument follows its net exposure (all open positions of the account in it)
    cdef int update_margin_c(self, Account account, Instrument instrument) except -1
    cdef int _move(self, Account account, Instrument instrument, OrderFilled fill, money_raw_t raw, money_raw_t realized,
                   Currency currency) except -1
    cdef money_raw_t _net_notional(self, Instrument instrument, qty_raw_t net, qty_raw_t side_raw, int128_t cost) except? -9223372036854775807
    cdef AccountState generate_state_c(self, Account account)
    # `raw` of one currency in the account's currency (base currency if it has one); InvalidData without a rate
    cdef money_raw_t to_account_c(self, Account account, Instrument instrument, money_raw_t raw, Currency currency) except? -9223372036854775807


# Minor units of a cost (sum of price_raw * qty_raw), multiplier included, rounded once half to even; 0 for inverse
cdef money_raw_t book_cost_c(Instrument instrument, int128_t cost) except? -9223372036854775807
# `raw` minor units of one currency in another at `rate`, rounded once half to even
cdef money_raw_t convert_money_c(money_raw_t raw, Currency currency, Currency target, double rate) except? -9223372036854775807
