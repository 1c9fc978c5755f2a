from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from nautilus_lite.backtest.excursions cimport Excursions
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.client cimport EventSink

# One equity sample of one account in one currency
cdef struct EquityC:
    ts_t ts
    int64_t slot           # index into `Recorder.slots`
    int64_t equity_raw     # minor units, open positions included
    int64_t balance_raw    # minor units
    double rate            # reporting currency per unit of this one, NaN if no rate was known


cdef class Recorder(EventSink):
    # Digest
    cdef unsigned char* _buffer        # owned, flushed into the hash when full
    cdef size_t _used
    cdef object _hash
    # Equity samples
    cdef EquityC* _samples             # owned
    cdef size_t _n_samples
    cdef size_t _allocated
    cdef readonly list slots           # (account id, currency) by slot
    cdef dict _slot_index
    cdef readonly dict unpriced        # instrument id -> samples in which an open position had no price
    cdef readonly Excursions excursions
    # Counters
    cdef readonly uint64_t n_order_events
    cdef readonly uint64_t n_orders
    cdef readonly uint64_t n_fills
    cdef readonly uint64_t n_maker_fills
    cdef readonly uint64_t n_position_events
    cdef readonly uint64_t n_account_states

    cdef int sample_c(self, ts_t ts, object accounts, object portfolio, object cache, object reporting) except -1
    cdef int _put(self, const void* data, size_t size) except -1
    cdef int _put_text(self, str text) except -1
