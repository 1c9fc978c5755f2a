"""What a world has to do besides timers: commands in flight, expiries of orders, a venue's own doing, samples of the equity."""

cimport cython

from nautilus_lite.core.typedefs cimport ts_t

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


@cython.final
cdef class Agenda:
    """Due times of one world, kept up to date by whoever adds to them: reading them costs one comparison a row."""

    def __cinit__(self):
        self.clear_c()

    cdef void inflight_c(self, ts_t ts) noexcept:
        self.inflight_ns = min(self.inflight_ns, ts)
        self.next_ns = min(self.next_ns, ts)

    cdef void expiry_c(self, ts_t ts) noexcept:
        self.expiry_ns = min(self.expiry_ns, ts)
        self.next_ns = min(self.next_ns, ts)

    cdef void venue_c(self, ts_t ts) noexcept:
        self.venue_ns = min(self.venue_ns, ts)
        self.next_ns = min(self.next_ns, ts)

    cdef void sum_up_c(self) noexcept:
        self.next_ns = min(min(self.inflight_ns, self.expiry_ns), min(self.sample_ns, self.venue_ns))

    cdef void clear_c(self) noexcept:
        self.n_queued = 0
        self.inflight_ns = self.expiry_ns = self.sample_ns = self.venue_ns = self.next_ns = NEVER
