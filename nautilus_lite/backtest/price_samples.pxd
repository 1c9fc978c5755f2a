from libc.stdint cimport int64_t
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport ts_t

cdef struct PriceC:
    ts_t ts
    int64_t instrument     # index in `Market`
    double price


cdef class PriceSamples:
    """Prices of every instrument on the grid of the equity of one world."""
    cdef PriceC* _samples              # owned
    cdef size_t _n
    cdef size_t _allocated
    cdef ts_t _last                    # time of the last sample

    cdef int sample_c(self, ts_t ts, Market market) except -1
