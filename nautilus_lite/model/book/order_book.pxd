from libc.stdint cimport uint8_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class OrderBook:
    cdef readonly InstrumentId instrument_id
    cdef int _book_type             # BookType
    cdef uint8_t _price_precision
    cdef uint8_t _size_precision
    cdef bint _has_precision
    cdef LadderC bid_side           # owned
    cdef LadderC ask_side           # owned
    cdef readonly ts_t ts_last      # ts_event of the last applied row, 0 before any
    cdef readonly uint64_t sequence
    cdef readonly uint64_t update_count
    cdef readonly uint64_t missing_deletes   # deletes of a level that was not there

    cdef int apply_delta_c(self, const DeltaRow* row) except -1 nogil
    cdef int apply_depth_c(self, const Depth10Row* row) except -1 nogil
    cdef int apply_quote_c(self, const QuoteRow* row) except -1 nogil              # L1: replaces both sides
    cdef int set_top_c(self, price_raw_t bid, qty_raw_t bid_size, price_raw_t ask, qty_raw_t ask_size, ts_t ts_event) except -1 nogil  # L1; size 0 = side empty
    cdef int clear_c(self, ts_t ts_event) except -1 nogil
    # Best prices: False (0) where the side is empty
    cdef bint best_bid_c(self, price_raw_t* price, qty_raw_t* size) noexcept nogil
    cdef bint best_ask_c(self, price_raw_t* price, qty_raw_t* size) noexcept nogil
    cdef list _levels(self, LadderC* ladder, int side, object depth)
    cdef LadderC* _opposite(self, int side) except NULL
