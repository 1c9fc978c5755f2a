from nautilus_lite.common.clock cimport Clock


cdef class Logger:
    """Face of a standard-library logger: simulated time goes into the record (`record.ts_sim`, ns)."""
    cdef readonly str name
    cdef object _logger                # logging.Logger
    cdef Clock _clock
    cdef readonly bint is_debug        # levels cached, refreshed by `refresh()` at component start
    cdef readonly bint is_info
    cpdef int refresh(self) except -1
    cdef int emit_c(self, int level, object message, object ex) except -1
