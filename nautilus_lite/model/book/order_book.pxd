from libc.stdint cimport uint8_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.orders cimport QueuesC
from nautilus_lite.model.data.book cimport BookOrder
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.identifiers cimport InstrumentId


cdef struct IntegrityC:
    uint64_t crossed             # batches after which the best bid was above the best ask
    uint64_t locked              # batches after which they were equal
    uint64_t missing_deletes     # deletes of a level, or order, that was not there
    uint64_t unknown_updates     # updates of an order that was not there
    uint64_t duplicate_adds      # adds of an order that was there


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
    cdef QueuesC queues             # owned; the orders of an L3 book, unused by the others
    cdef IntegrityC counts

    cdef int apply_delta_c(self, const DeltaRow* row) except -1 nogil              # to a book of any type
    cdef int apply_level_c(self, const DeltaRow* row) except -1 nogil              # L1, L2: the row is a level
    cdef int apply_order_c(self, const DeltaRow* row) except -1 nogil              # L3: the row is an order
    cdef int count_touch_c(self) noexcept nogil                                    # the sides met
    cdef int apply_depth_c(self, const Depth10Row* row) except -1 nogil
    cdef int apply_quote_c(self, const QuoteRow* row) except -1 nogil              # L1: replaces both sides
    cdef int set_top_c(self, price_raw_t bid, qty_raw_t bid_size, price_raw_t ask, qty_raw_t ask_size, ts_t ts_event) except -1 nogil  # L1; size 0 = side empty
    cdef int clear_c(self, ts_t ts_event) except -1 nogil
    # Best prices: False (0) where the side is empty
    cdef bint best_bid_c(self, price_raw_t* price, qty_raw_t* size) noexcept nogil
    cdef bint best_ask_c(self, price_raw_t* price, qty_raw_t* size) noexcept nogil
    cdef tuple _queue(self, LevelC* level)
    cdef list _levels(self, LadderC* ladder, int side, object depth)
    cdef int _change_c(self, int action, BookOrder order, ts_t ts_event, uint8_t flags, uint64_t sequence) except -1
    cdef LadderC* _opposite(self, int side) except NULL
