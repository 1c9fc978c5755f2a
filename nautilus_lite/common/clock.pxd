from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4


cdef class TimeEvent:
    cdef readonly str name
    cdef uint64_t id_hi
    cdef uint64_t id_lo
    cdef readonly ts_t ts_event       # when the timer was due
    cdef readonly ts_t ts_init


cdef class TimeEventHandler:
    cdef readonly TimeEvent event
    cdef object _callback


cdef class TimerQueue:
    """Simulated time and every timer of one world. Clocks are faces of it; names are unique per clock.

    Timers fire by (due time, creation order). Time never goes back (ValueError).
    """
    cdef readonly ts_t now_ns
    cdef readonly ts_t next_ns         # due time of the earliest timer, UINT64_MAX = none
    cdef list _heap                    # (due time, creation order, timer); cancelled timers stay until they surface
    cdef uint64_t _count
    cdef object _ids                   # UUIDFactory
    cdef Py_ssize_t _n_cancelled       # cancelled timers still in the heap

    cdef int set_now_c(self, ts_t now_ns) except -1
    # Run every callback due at the earliest due time, if that is <= until (time is set to it); False if none was due
    cdef bint fire_next_c(self, ts_t until) except? 0
    cdef UUID4 next_uuid_c(self)                               # from the world's seeded source
    cdef int reset_c(self) except -1                           # time 0 and no timers, on every clock of the queue


cdef class Clock:
    cdef readonly TimerQueue queue
    cpdef uint64_t timestamp_ns(self)


cdef class TestClock(Clock):
    cdef dict _timers                  # name -> timer
    cdef object _default_handler


cdef class LiveClock(Clock):
    pass
