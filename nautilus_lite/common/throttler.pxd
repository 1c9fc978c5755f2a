from libc.stdint cimport uint64_t
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.core.typedefs cimport ts_t


cdef class Throttler:
    """At most `limit` messages in any window of `interval`; above it messages go to `output_drop`, or wait if it is None."""
    cdef readonly str name
    cdef readonly int limit
    cdef ts_t interval_ns
    cdef Clock _clock
    cdef object _output_send
    cdef object _output_drop
    cdef object _buffer                # deque of waiting messages
    cdef ts_t* _times                  # ring of the last `limit` send times, owned
    cdef Py_ssize_t _head
    cdef uint64_t _n_times
    cdef Logger _log
    cdef str _alert_name
    cdef readonly uint64_t recv_count
    cdef readonly uint64_t sent_count
    cdef readonly bint is_limiting     # a message waits, or the last one was dropped
    cpdef int send(self, object message) except -1
    cdef bint pass_c(self) except? 0                           # note a message that the caller sends now; False if it must wait
    cdef void _note_c(self, ts_t now_ns) noexcept
    cdef bint is_free_c(self, ts_t now_ns) noexcept            # whether one more may go out now
    cdef int send_now_c(self, object message, ts_t now_ns) except -1
    cdef int schedule_c(self) except -1                        # wake when the oldest send leaves the window
