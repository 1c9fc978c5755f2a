from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport ts_t

# What was open in one currency at one sample
cdef struct ExposureC:
    ts_t ts
    int64_t slot           # index into `Exposures.slots`; 0, the reporting currency, starts every sample
    int64_t gross_raw      # minor units
    int64_t net_raw        # minor units, longs less shorts
    double rate            # reporting currency per unit; NaN if no rate, or no price of a position, was known
    int64_t n_open         # positions


cdef class Exposures:
    """Notional exposure of one world on the grid of its equity."""
    cdef ExposureC* _samples           # owned
    cdef size_t _n
    cdef size_t _allocated
    cdef readonly list slots           # Currency by slot
    cdef dict _slot_index

    cdef int sample_c(self, ts_t ts, object portfolio, object cache, object reporting) except -1
    cdef int64_t _slot_c(self, object currency) except -1
    cdef ExposureC* _at_c(self, size_t first, int64_t slot) except NULL      # the sample's row of a currency, made if needed
