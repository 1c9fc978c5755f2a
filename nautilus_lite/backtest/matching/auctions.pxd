from nautilus_lite.backtest.matching.commands cimport CommandedOrders
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport InstrumentStatus
from nautilus_lite.model.orders.base cimport Order

# What a venue does with orders, by market status
cdef enum:
    GATE_OPEN = 0                # takes and matches
    GATE_AUCTION = 1             # takes, matches nothing
    GATE_SHUT = 2                # takes nothing, matches nothing; changes of size and cancels are carried out
    GATE_EXPIRED = 3             # the contract is gone


cdef class GatedOrders(CommandedOrders):
    """Working orders under a market status, those that wait for an opening or a close, and the venue's own."""
    cdef int gate
    cdef int _status                             # MarketStatusAction of the last status
    cdef readonly bint has_status                # the venue said something: the clock is not asked
    cdef readonly object session                 # TradingSession
    cdef ts_t _open_ns                           # next opening that an order waits for, UINT64_MAX = none
    cdef ts_t _close_ns
    cdef ts_t session_ns                         # earlier of the two

    cdef int on_status_c(self, InstrumentStatus status, ts_t ts_now) except -1
    cdef int resume_c(self, ts_t ts_now) except -1                             # the engine's: match against the book as it is
    cdef int session_due_c(self, ts_t ts_now) except -1                        # the clock reached `session_ns`
    cdef int open_auction_c(self) except -1
    cdef int auction_c(self, int table, str reason, bint last) except -1       # fill who waits; `last`: the rest expires
    cdef int _close_auction_c(self, ts_t ts_now) except -1
    cdef int _wait_c(self, Order order) except -1
    cdef int _schedule_c(self) except -1
    cdef list _waiting_c(self, int table)
    cdef str _gate_text(self)
    # The venue's own doing
    cdef int end_all_c(self, int kind, ts_t ts_now) except -1                  # close every order with this event
    cdef int expire_contract_c(self, ts_t ts_now) except -1
    cdef int settle_c(self, Order order, price_raw_t price, str reason, ts_t ts_now) except -1     # fill at a price, without fees
    cdef int force_c(self, Order order, str reason, ts_t ts_now) except -1     # take from the book
    cdef bint is_open_c(self, bint buys) noexcept                              # whether `force_c` would find anybody
    cdef int clear_gate_c(self) except -1
