from libc.stdint cimport uint64_t
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.instruments.base cimport Instrument


# Takes a row without the GIL; not 0: it failed, and `failed_c` of its consumer raises
ctypedef int (*take_t)(void* taker, const RowHead* row) noexcept nogil

cdef struct FeedC:
    take_t take
    void* taker

cdef struct ListenersC:
    Py_ssize_t n_python                         # consumers that need the GIL
    Py_ssize_t n_feeds
    FeedC* feeds                                # of the others; owned
    uint64_t count                              # rows that reached a listener


cdef class RowConsumer:
    """Takes rows in C: aggregators, C indicators, Cython strategies."""
    cdef take_t take                            # NULL where it needs the GIL: then `on_row_c` takes the rows
    cdef void* taker
    cdef int failed_c(self) except -1           # raise what `take` reported
    cdef int on_row_c(self, const RowHead* row) except -1


cdef class Channel:
    """One kind of data of one instrument (or bar type) within a world. Costs one comparison while nobody listens."""
    cdef readonly Topic topic                   # its name on the bus, e.g. data.quotes.SIM.EURUSD
    cdef int kind                               # RowKind
    cdef readonly MarketState state             # None for custom objects
    cdef readonly BarType bar_type              # bars only
    cdef tuple _consumers                       # RowConsumer; replaced, never changed
    cdef Py_ssize_t n_consumers
    cdef ListenersC listeners
    cdef object _last                           # object published last
    cdef Instrument _last_instrument            # what it was made for
    cdef bint _is_spare_c(self, Instrument instrument) noexcept
    # Deltas of a batch whose last has not come
    cdef DeltaRow* _batch
    cdef size_t _n_batch
    cdef size_t _batch_capacity
    @staticmethod
    cdef Channel new_c(Topic topic, int kind, MarketState state, BarType bar_type)
    cdef int publish_row_c(self, const RowHead* row) except -1     # consumers first, then the bus topic with an object built once
    cdef int add_consumer_c(self, RowConsumer consumer) except -1
    cdef int remove_consumer_c(self, RowConsumer consumer) except -1
    cdef int _set_consumers_c(self, tuple consumers) except -1
    cdef int failed_c(self, Py_ssize_t feed) except -1   # raise what a feed reported
    cdef int _publish_delta_c(self, const DeltaRow* row) except -1
    cdef int reset_c(self) except -1
