from nautilus_lite.core.typedefs cimport ts_t


cdef class LatencyModel:
    cdef readonly ts_t base_latency_nanos
    cdef readonly ts_t insert_latency_nanos      # base included
    cdef readonly ts_t update_latency_nanos
    cdef readonly ts_t cancel_latency_nanos
    cdef ts_t command_latency_c(self, int command_kind) noexcept   # CommandKind
