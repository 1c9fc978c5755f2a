# One side of an aggregated book: levels in one array, sorted so that the best stands at the end; updates near the
# touch (nearly all) move few bytes. Bids ascend, asks descend.
from libc.stdint cimport uint32_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t

cdef struct LevelC:
    price_raw_t price
    qty_raw_t size
    uint32_t count               # orders at the level, 0 if unknown

cdef struct LadderC:
    LevelC* levels               # owned; best = levels[n - 1]
    size_t n
    size_t capacity
    int sign                     # +1 bids (ascending), -1 asks (descending)

cdef int ladder_init(LadderC* ladder, int sign) except -1
cdef void ladder_free(LadderC* ladder) noexcept
cdef void ladder_clear(LadderC* ladder) noexcept nogil
cdef int ladder_set(LadderC* ladder, price_raw_t price, qty_raw_t size, uint32_t count) noexcept nogil   # size 0 removes; 0 ok, 1 was absent on removal, -1 no memory
cdef int ladder_remove(LadderC* ladder, price_raw_t price) noexcept nogil                  # 1 if absent
cdef LevelC* ladder_find(LadderC* ladder, price_raw_t price) noexcept nogil                # NULL if absent

cdef inline LevelC* ladder_best(LadderC* ladder) noexcept nogil:
    return &ladder.levels[ladder.n - 1] if ladder.n else NULL

cdef inline LevelC* ladder_at(LadderC* ladder, size_t depth) noexcept nogil:
    # depth 0 = best; NULL beyond the last level
    return &ladder.levels[ladder.n - 1 - depth] if depth < ladder.n else NULL
