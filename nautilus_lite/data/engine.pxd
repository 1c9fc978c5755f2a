from libc.stdint cimport uint64_t
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.component cimport Component
from nautilus_lite.data.aggregation cimport BarSink
from nautilus_lite.data.channel cimport Channel
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport RowHead


cdef class DataEngine(Component):
    cdef Cache _cache
    cdef dict _channels                          # topic name -> Channel
    cdef dict _aggregators                       # BarType -> BarAggregator
    cdef dict _aggregator_users                  # BarType -> number of subscriptions
    cdef dict _book_timers                       # (InstrumentId, interval in ms) -> number of subscriptions
    cdef readonly dict catalogs                  # name -> catalog, serve requests
    cdef bint _debug
    cdef readonly uint64_t command_count
    cdef readonly uint64_t request_count
    cdef readonly uint64_t response_count
    # The channel of a kind for an instrument (or bar type), made on first use; the replay asks once per stream
    cdef Channel channel_c(self, int kind, MarketState state, BarType bar_type)
    # A bar built inside: own cache first, then its channel; never executes
    cdef int publish_internal_bar_c(self, BarType bar_type, const RowHead* row) except -1
    # A Data object (custom data, ROW_OBJECT)
    cdef int process_object_c(self, object data) except -1
    cdef MarketState _market_state(self, object instrument_id)


cdef class EngineSink(BarSink):
    cdef DataEngine engine
