"""The prices at which positions in one instrument could have been closed, while any was held.

Time in an instrument is cut into stretches by the fills of one world there. Of each the lowest and highest prices are kept at
which a long and a short could have been closed. A position takes the stretches from the fill that opened it to that which
changed or closed it, though it may hear of them later, and other positions may be filled between. While nobody holds anything
no row is looked at. Stretches that nobody needs any more are forgotten, at the latest when the instrument is flat.
"""

cimport cython
from libc.stdint cimport INT64_MAX
from libc.stdint cimport INT64_MIN
from libc.stdint cimport int64_t
from libc.stdlib cimport free

from nautilus_lite.cache.market cimport ExitsC
from nautilus_lite.core.rows cimport grown
from nautilus_lite.core.typedefs cimport price_raw_t


@cython.final
cdef class HeldPrices:
    """Extremes of prices between fills; made by `Excursions`."""

    def __cinit__(self):
        self._past = NULL

    def __init__(self):
        self.reset_c()

    def __dealloc__(self):
        free(self._past)

    cdef int reset_c(self) except -1:
        self.c.n = 0
        self._n_past = 0
        self._first = 1
        self.heard = 1
        self.newest = 0
        return 0

    cdef int64_t cut_c(self, const ExitsC* exits) except -1:
        cdef int64_t present = self._first + <int64_t>self._n_past
        if self.c.n == 0:
            # Nobody was there
            self._n_past = 0
            self._first = present + 1
        else:
            if self.c.n == 1 and self.newest == present:
                # The only one that is there came, or was changed, with the last fill
                self._n_past = 0
                self._first = present
            stretch_see(&self.c.now, exits)
            if self._n_past == self._allocated:
                self._past = <StretchC*>grown(self._past, &self._allocated, 64, sizeof(StretchC), "stretches of prices between fills")
            self._past[self._n_past] = self.c.now
            self._n_past += 1
        stretch_begin(&self.c.now, exits)
        return present + 1

    cdef void extremes_c(self, bint is_long, int64_t first, int64_t until, price_raw_t* low, price_raw_t* high) noexcept:
        cdef StretchC* stretch
        cdef price_raw_t lowest, highest
        cdef int64_t i
        low[0] = INT64_MAX
        high[0] = INT64_MIN
        for i in range(first, until):
            stretch = &self._past[i - self._first] if i - self._first < <int64_t>self._n_past else &self.c.now
            lowest = stretch.low_long if is_long else stretch.low_short
            highest = stretch.high_long if is_long else stretch.high_short
            if lowest < low[0]:
                low[0] = lowest
            if highest > high[0]:
                high[0] = highest
