# Resting orders of one kind in one array, sorted so that the order to match first stands at the end: taking it moves nothing.
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t

cdef struct EntryC:
    price_raw_t price            # limit or trigger price
    uint64_t sequence            # time priority: lower came first
    int64_t slot                 # whose order

cdef struct TableC:
    EntryC* entries              # owned; first to match = entries[n - 1]
    size_t n
    size_t capacity
    int sign                     # +1: highest price first (buy limits, sell stops), -1: lowest first

cdef void table_init(TableC* table, int sign) noexcept nogil
cdef void table_free(TableC* table) noexcept nogil
cdef int table_add(TableC* table, price_raw_t price, uint64_t sequence, int64_t slot) noexcept nogil   # -1: no memory
cdef int table_remove(TableC* table, price_raw_t price, uint64_t sequence) noexcept nogil             # 1 if absent
cdef int table_check(TableC* table) noexcept nogil                                                    # 0, or -1 if not sorted

cdef inline EntryC* table_at(TableC* table, size_t rank) noexcept nogil:
    # rank 0 = first to match; NULL beyond the last
    return &table.entries[table.n - 1 - rank] if rank < table.n else NULL
