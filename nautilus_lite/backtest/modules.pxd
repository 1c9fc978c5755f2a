from nautilus_lite.common.actor cimport Actor
from nautilus_lite.core.typedefs cimport ts_t


cdef class SimulationModule(Actor):
    """User code that takes part in a venue."""
    cdef readonly object exchange                # SimulatedExchange, None before it was added
    cdef object _pre_process                     # bound methods, None where not overridden
    cdef object _process
    cdef ts_t wake_ns                            # modules in Cython: when `wake_c` is due, UINT64_MAX = never

    cdef int start_c(self, ts_t ts_now) except -1
    cdef int wake_c(self, ts_t ts_now) except -1
