from libc.stdint cimport uint64_t
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport RowHead


cdef class RowConsumer:
    """Takes rows in C: aggregators, C indicators, Cython strategies."""
    cdef int on_row_c(self, const RowHead* row) except -1


cdef class Channel:
    """One kind of data of one instrument (or bar type) within a world. Costs one comparison while nobody listens."""
    cdef readonly Topic topic                   # its name on the bus, e.g. data.quotes.SIM.EURUSD
    cdef int kind                               # RowKind
    cdef readonly MarketState state             # None for custom objects
    cdef readonly BarType bar_type              # bars only
    cdef list _consumers                        # RowConsumer
    cdef Py_ssize_t n_consumers
    cdef readonly uint64_t count                # rows that reached a listener
    cdef int publish_row_c(self, const RowHead* row) except -1     # consumers first, then the bus topic with an object built once
