# The time that commands take to the venue and its answers take back.
from libc.stdint cimport uint64_t
from nautilus_lite.core.rng cimport RngC
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent

cdef enum:
    ANSWER = 64                  # added to the kind of an event, which else has the number of a command

# Key of a draw about one order at one venue: `kind` of the command, or `ANSWER` + kind of the event; `nth` event of the
# order. No other order, draw or run changes it
cdef uint64_t latency_key(uint64_t venue_key, uint64_t order_key, uint64_t kind, uint64_t nth) noexcept


cdef class LatencyModel:
    cdef readonly ts_t base_latency_nanos
    cdef readonly ts_t insert_latency_nanos      # base included
    cdef readonly ts_t update_latency_nanos
    cdef readonly ts_t cancel_latency_nanos
    cdef readonly ts_t response_latency_nanos    # of every answer of the venue
    cdef readonly ts_t feed_latency_nanos        # of market data, on top of what the data itself says
    cdef readonly bint in_order                  # what was sent later never arrives earlier
    cdef readonly object random_seed             # or None: the default seed
    cdef bint draws                              # wants a key; False: the keys given to it are never read
    cdef bint responds                           # False: no answer ever takes time
    cdef bint _python_entry                      # a Python subclass overrides entry_latency / response_latency
    cdef bint _python_response
    cdef RngC _rng

    # Time on the way (ns). Compiled subclasses override the native ones, classes in Python `entry_latency` and
    # `response_latency`
    cdef ts_t entry_c(self, TradingCommand command, uint64_t key, ts_t ts_now) except? 0
    cdef ts_t response_c(self, OrderEvent event, uint64_t key, ts_t ts_now) except? 0
    cdef ts_t native_entry_c(self, TradingCommand command, ts_t ts_now) except? 0
    cdef ts_t native_response_c(self, OrderEvent event, ts_t ts_now) except? 0
    cdef ts_t command_latency_c(self, int command_kind) noexcept   # CommandKind; the constants alone
    cdef int key_c(self, uint64_t key) except -1                   # start the generator where the key says
