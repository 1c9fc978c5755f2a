"""One side of a book as a sorted array.

The best level stands at the end, because nearly every change happens near the touch: it moves few levels and needs no
allocation. Searching looks at the last levels one by one, then bisects. Prices compare as `sign * price`, so one code
serves both sides: ascending for bids (sign +1), descending for asks (-1).
"""

from libc.stdlib cimport free
from libc.stdlib cimport malloc

cdef enum:
    FIRST_CAPACITY = 64


cdef int ladder_init(LadderC* ladder, int sign) except -1:
    ladder.levels = <LevelC*>malloc(FIRST_CAPACITY * sizeof(LevelC))
    if ladder.levels == NULL:
        raise MemoryError("no memory for a book side")
    ladder.n = 0
    ladder.capacity = FIRST_CAPACITY
    ladder.sign = sign
    ladder.cut = False
    return 0


cdef void ladder_free(LadderC* ladder) noexcept:
    free(ladder.levels)
    ladder.levels = NULL
    ladder.n = 0
    ladder.capacity = 0


cdef void ladder_clear(LadderC* ladder) noexcept nogil:
    ladder.n = 0
    ladder.cut = False
