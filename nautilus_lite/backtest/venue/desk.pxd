from libc.stdint cimport uint64_t
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position


cdef class VenueDesk:
    """What a venue does at times of its own, next to matching."""
    cdef readonly Venue venue
    cdef readonly AccountId account_id
    cdef ExecutionEngine _exec_engine
    cdef Cache _cache
    cdef UUIDFactory _ids
    cdef dict _engines                           # InstrumentId -> OrderMatchingEngine, the venue's own
    cdef Responses responses                     # of the venue, or None
    cdef Market market                           # as it is at the venue
    cdef ts_t next_ns                            # when it has to be called, UINT64_MAX = never
    cdef uint64_t _n_orders

    cdef int hear_c(self, ts_t ts_now) except -1 # what the venue did is known before it books anything by itself
    cdef list positions_c(self)                  # open positions of the venue's account, oldest first
    # A submitted market order that closes the position, named `<venue>-<word>-<number>`
    cdef Order closing_order_c(self, Position position, str word, ts_t ts_now)
