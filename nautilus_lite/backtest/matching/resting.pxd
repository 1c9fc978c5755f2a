from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.matching.liquidity cimport LedgerC
from nautilus_lite.backtest.matching.queue cimport PlaceC
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.matching.watch cimport N_TABLES
from nautilus_lite.backtest.matching.watch cimport WatchC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.orders.base cimport Order

cdef struct SlotC:
    int table                    # -1 = free
    price_raw_t price
    uint64_t sequence
    ts_t since                   # when it came to rest at this place
    bint asleep                  # out of its table while a bar passes that is older than the order
    ts_t expire_ns               # UINT64_MAX = never
    uint64_t visit               # visit of the level for which a fill was drawn, 0 = none
    bint passed                  # outcome of that draw
    uint64_t draws               # so far
    qty_raw_t tranche            # left of what an iceberg shows, 0 where all is shown
    int hits                     # prices in a row that reached the trigger, for those that wait for two
    bint waits                   # a market order, for more to take
    int64_t next_free            # slot after this one in the chain of free slots, -1 = last


cdef class RestingOrders:
    """The working orders of one instrument, in their tables."""
    cdef Agenda agenda                           # of its world; learns of expiries
    # State
    cdef ts_t _ts                                # time of the current pass
    cdef Py_ssize_t n_resting                    # working orders
    cdef list _orders                            # Order by slot, None where free
    cdef uint64_t _sequence                      # given to the last arrival
    cdef Py_ssize_t _n_reduce_only
    cdef ts_t _last_rest                         # when an order came to rest last
    cdef ts_t _next_expiry                       # no later than the earliest expiry
    cdef WatchC watch                            # what the replay looks at after every row
    # Owned memory
    cdef TableC[13] _tables                     # N_TABLES
    cdef LedgerC[2] _ledgers                     # taken by resting buys (from asks), sells (from bids)
    cdef SlotC* _slots
    cdef PlaceC* _places                         # in the queues of limits, by slot
    cdef int64_t _n_slots
    cdef int64_t _capacity
    cdef int64_t _free

    cdef int rest_c(self, Order order, int table, price_raw_t price, ts_t expire_ns) except -1
    cdef int join_queue_c(self, Order order, int sign, bint has_book) except -1    # a limit that came to rest
    cdef qty_raw_t ahead_c(self, Order order) noexcept                             # -1: no queue, or not known yet
    cdef int go_back_c(self, Order order) except -1                                # behind the own orders at its price
    cdef int unrest_c(self, Order order) except -1
    cdef int _undecided_c(self, int table) except -1
    # Hide orders that came to rest after a time (ns) from the tables; True if there were any, which `wake_c` puts back
    cdef bint sleep_c(self, ts_t after) except? 0
    cdef int wake_c(self) except -1
    cdef list arrivals_c(self)                   # working orders in order of arrival
    cdef int clear_c(self) except -1
    cdef int check_c(self) except -1
