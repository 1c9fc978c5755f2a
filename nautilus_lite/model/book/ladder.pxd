# One side of an aggregated book: levels in one array, sorted so that the best stands at the end; updates near the
# touch (nearly all) move few bytes. Bids ascend, asks descend.
from libc.stdint cimport uint32_t
from libc.stdlib cimport realloc
from libc.string cimport memmove
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t

cdef enum:
    LINEAR_LEVELS = 8            # looked at one by one before bisecting

cdef struct LevelC:
    price_raw_t price
    qty_raw_t size
    uint32_t count               # orders at the level, 0 if unknown
    uint32_t head                # books by order: index of the level's first order in `OrdersC`; else unused

cdef struct LadderC:
    LevelC* levels               # owned; best = levels[n - 1]
    size_t n
    size_t capacity
    int sign                     # +1 bids (ascending), -1 asks (descending)
    bint cut                     # what is beyond the worst level is not known: the data shows so many and no more

cdef int ladder_init(LadderC* ladder, int sign) except -1
cdef void ladder_free(LadderC* ladder) noexcept
cdef void ladder_clear(LadderC* ladder) noexcept nogil

cdef inline LevelC* ladder_best(LadderC* ladder) noexcept nogil:
    return &ladder.levels[ladder.n - 1] if ladder.n else NULL

cdef inline LevelC* ladder_at(LadderC* ladder, size_t depth) noexcept nogil:
    # depth 0 = best; NULL beyond the last level
    return &ladder.levels[ladder.n - 1 - depth] if depth < ladder.n else NULL


cdef inline size_t ladder_position(LadderC* ladder, price_raw_t price) noexcept nogil:
    # Index of the first level that is not worse than the price; n if all are worse.
    cdef LevelC* levels = ladder.levels
    cdef size_t low = 0
    cdef size_t high = ladder.n
    cdef size_t middle
    cdef int looked = 0
    if ladder.sign > 0:
        while high > 0 and looked < LINEAR_LEVELS:
            if levels[high - 1].price < price:
                return high
            high -= 1
            looked += 1
        while low < high:
            middle = (low + high) >> 1
            if levels[middle].price < price:
                low = middle + 1
            else:
                high = middle
        return low
    while high > 0 and looked < LINEAR_LEVELS:
        if levels[high - 1].price > price:
            return high
        high -= 1
        looked += 1
    while low < high:
        middle = (low + high) >> 1
        if levels[middle].price > price:
            low = middle + 1
        else:
            high = middle
    return low


# NULL if absent
cdef inline LevelC* ladder_find(LadderC* ladder, price_raw_t price) noexcept nogil:
    cdef size_t i = ladder_position(ladder, price)
    if i < ladder.n and ladder.levels[i].price == price:
        return &ladder.levels[i]
    return NULL


# 1 if absent
cdef inline int ladder_remove(LadderC* ladder, price_raw_t price) noexcept nogil:
    cdef size_t i = ladder_position(ladder, price)
    if i >= ladder.n or ladder.levels[i].price != price:
        return 1
    ladder.n -= 1
    if i < ladder.n:
        memmove(&ladder.levels[i], &ladder.levels[i + 1], (ladder.n - i) * sizeof(LevelC))
    return 0


# Size 0 removes; 0 ok, 1 was absent on removal, -1 no memory
cdef inline int ladder_set(LadderC* ladder, price_raw_t price, qty_raw_t size, uint32_t count) noexcept nogil:
    cdef size_t i
    cdef void* memory
    if size <= 0:
        return ladder_remove(ladder, price)
    i = ladder_position(ladder, price)
    if i < ladder.n and ladder.levels[i].price == price:
        ladder.levels[i].size = size
        ladder.levels[i].count = count
        return 0
    if ladder.n == ladder.capacity:
        memory = realloc(ladder.levels, 2 * ladder.capacity * sizeof(LevelC))
        if memory == NULL:
            return -1
        ladder.levels = <LevelC*>memory
        ladder.capacity *= 2
    if i < ladder.n:
        memmove(&ladder.levels[i + 1], &ladder.levels[i], (ladder.n - i) * sizeof(LevelC))
    ladder.levels[i].price = price
    ladder.levels[i].size = size
    ladder.levels[i].count = count
    ladder.n += 1
    return 0


# The level at a price, opened empty where there is none: the caller gives it a size. NULL: no memory
cdef inline LevelC* ladder_open(LadderC* ladder, price_raw_t price) noexcept nogil:
    cdef size_t i = ladder_position(ladder, price)
    if (i >= ladder.n or ladder.levels[i].price != price) and ladder_set(ladder, price, 1, 0) == 0:
        ladder.levels[i].size = 0
    if i < ladder.n and ladder.levels[i].price == price:
        return &ladder.levels[i]
    return NULL
