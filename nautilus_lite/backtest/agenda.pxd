from nautilus_lite.core.typedefs cimport ts_t


cdef class Agenda:
    """What a world has to do besides timers, and when; venues and matching engines write it, the replay reads it."""
    cdef Py_ssize_t n_queued             # commands due now, over all venues
    cdef ts_t inflight_ns                # earliest command in flight; UINT64_MAX = none, as in the others
    cdef ts_t expiry_ns                  # no later than the earliest expiry of a resting order
    cdef ts_t sample_ns                  # next sample of the equity
    cdef ts_t venue_ns                   # next thing that a venue does by itself: settlement, funding, sessions, ...
    cdef ts_t next_ns                    # earliest of these times

    cdef void inflight_c(self, ts_t ts) noexcept       # a command was put in flight
    cdef void expiry_c(self, ts_t ts) noexcept         # an order came to rest
    cdef void venue_c(self, ts_t ts) noexcept          # a venue has something to do by itself
    cdef void sum_up_c(self) noexcept                  # times were set: find the earliest
    cdef void clear_c(self) noexcept
