"""One side of a book as a sorted array.

The best level stands at the end, because nearly every change happens near the touch: it moves few levels and needs no
allocation. Searching looks at the last levels one by one, then bisects. Prices compare as `sign * price`, so one code
serves both sides: ascending for bids (sign +1), descending for asks (-1).
"""

from libc.stdint cimport uint32_t
from libc.stdlib cimport free
from libc.stdlib cimport malloc
from libc.stdlib cimport realloc
from libc.string cimport memmove

from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t

cdef enum:
    FIRST_CAPACITY = 64
    LINEAR_LEVELS = 8


cdef int ladder_init(LadderC* ladder, int sign) except -1:
    ladder.levels = <LevelC*>malloc(FIRST_CAPACITY * sizeof(LevelC))
    if ladder.levels == NULL:
        raise MemoryError("no memory for a book side")
    ladder.n = 0
    ladder.capacity = FIRST_CAPACITY
    ladder.sign = sign
    return 0


cdef void ladder_free(LadderC* ladder) noexcept:
    free(ladder.levels)
    ladder.levels = NULL
    ladder.n = 0
    ladder.capacity = 0


cdef void ladder_clear(LadderC* ladder) noexcept nogil:
    ladder.n = 0


cdef size_t _position(LadderC* ladder, price_raw_t price) noexcept nogil:
    """Index of the first level that is not worse than the price; n if all are worse."""
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


cdef LevelC* ladder_find(LadderC* ladder, price_raw_t price) noexcept nogil:
    cdef size_t i = _position(ladder, price)
    if i < ladder.n and ladder.levels[i].price == price:
        return &ladder.levels[i]
    return NULL


cdef int ladder_remove(LadderC* ladder, price_raw_t price) noexcept nogil:
    cdef size_t i = _position(ladder, price)
    if i >= ladder.n or ladder.levels[i].price != price:
        return 1
    ladder.n -= 1
    if i < ladder.n:
        memmove(&ladder.levels[i], &ladder.levels[i + 1], (ladder.n - i) * sizeof(LevelC))
    return 0


cdef int ladder_set(LadderC* ladder, price_raw_t price, qty_raw_t size, uint32_t count) noexcept nogil:
    cdef size_t i
    cdef void* memory
    if size <= 0:
        return ladder_remove(ladder, price)
    i = _position(ladder, price)
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
