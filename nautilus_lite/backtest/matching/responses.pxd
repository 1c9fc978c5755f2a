from libc.stdint cimport uint64_t
from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.orders.base cimport Order


cdef class Responses:
    """The answers of a venue on their way, and the venue's own copies of the orders that they are about."""
    cdef LatencyModel _model
    cdef ExecutionEngine _exec_engine
    cdef Cache _cache
    cdef Purse purse                       # of the venue, or None
    cdef uint64_t _key                     # of the venue, for draws
    cdef Agenda agenda                     # of the venue's world
    cdef object _queue                     # deque of OrderEvent, oldest first; `ts_init` of each is when it is heard
    cdef ts_t next_ns                      # when the next one is heard; UINT64_MAX = none
    cdef ts_t _last_ns                     # of the last one that was said
    cdef dict _twins                       # ClientOrderId -> the venue's copy, until its end was heard
    cdef dict _unheard                     # ClientOrderId -> signed quantity (raw) of fills on their way

    cdef Order arrive_c(self, Order order)                             # the copy that the venue works with
    cdef Order order_c(self, ClientOrderId client_order_id)            # as the venue knows it, None if nobody does
    cdef int say_c(self, OrderEvent event) except -1                   # an event takes effect at the venue, and leaves it
    cdef int hear_all_c(self, ts_t ts_now) except -1                   # the venue states where everything stands
    cdef bint hear_c(self, ts_t ts_now) except? 0                      # hand over what is due; True if anything was
    cdef int _hear_one_c(self, OrderEvent event) except -1
    cdef int _tell_c(self, OrderEvent event, Order order) except -1   # None: of an order that the venue does not know
    # Signed quantity that fills on their way add to the position that a reduce-only order is for
    cdef qty_raw_t unheard_c(self, Order order, PositionId position_id, bint is_hedging) except? -9223372036854775807
    cdef int check_c(self) except -1
    cdef int reset_c(self) except -1
