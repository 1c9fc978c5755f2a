from libc.stdint cimport int64_t
from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.core.typedefs cimport ts_t


cdef class RecordedLatencyModel(LatencyModel):
    cdef const int64_t[::1] _times               # rising, UNIX ns
    cdef const int64_t[::1] _entries             # ns
    cdef const int64_t[::1] _responses           # ns
    cdef readonly str source                     # where the table came from
    cdef readonly str digest                     # of the table's content
    cdef ts_t at_c(self, const int64_t[::1] values, ts_t ts) noexcept
