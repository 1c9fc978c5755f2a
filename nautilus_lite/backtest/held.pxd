# The prices at which positions in one instrument could have been closed while any was held.
from libc.stdint cimport INT64_MAX
from libc.stdint cimport INT64_MIN
from libc.stdint cimport int64_t
from nautilus_lite.cache.market cimport ExitsC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.book.ladder cimport LadderC

# Extremes between two fills in the instrument; lowest above highest where no price was known
cdef struct StretchC:
    price_raw_t low_long         # of the price at which a long could have been closed
    price_raw_t high_long
    price_raw_t low_short        # of that for a short
    price_raw_t high_short

cdef struct HeldC:
    Py_ssize_t n                 # open positions, and fills that were not heard of: with none nothing is looked at
    StretchC now                 # the present stretch


cdef inline bint touch_exits(const LadderC* bids, const LadderC* asks, ExitsC* exits) noexcept nogil:
    # False where a side is empty: the market's state then knows more than the book
    if bids.n == 0 or asks.n == 0:
        return False
    exits.has_long = exits.has_short = True
    exits.for_long = bids.levels[bids.n - 1].price
    exits.for_short = asks.levels[asks.n - 1].price
    return True


cdef inline void stretch_see(StretchC* stretch, const ExitsC* exits) noexcept nogil:
    if exits.has_long:
        if exits.for_long < stretch.low_long:
            stretch.low_long = exits.for_long
        if exits.for_long > stretch.high_long:
            stretch.high_long = exits.for_long
    if exits.has_short:
        if exits.for_short < stretch.low_short:
            stretch.low_short = exits.for_short
        if exits.for_short > stretch.high_short:
            stretch.high_short = exits.for_short


cdef inline void stretch_begin(StretchC* stretch, const ExitsC* exits) noexcept nogil:
    stretch.low_long = stretch.low_short = INT64_MAX
    stretch.high_long = stretch.high_short = INT64_MIN
    stretch_see(stretch, exits)


cdef class HeldPrices:
    """Stretches between the fills in one instrument in one world; a fill ends one and begins the next."""
    cdef HeldC c                 # what the replay writes
    cdef StretchC* _past         # owned; stretches that are over, oldest first
    cdef size_t _n_past
    cdef size_t _allocated
    cdef int64_t _first          # number of the first of them; numbers begin at 1
    cdef int64_t heard           # number of the stretch that the last fill that was heard of began
    cdef int64_t newest          # first stretch of the position changed last, 0 = it was closed

    cdef int64_t cut_c(self, const ExitsC* exits) except -1      # a fill at these prices; the number of the stretch it begins
    # Extremes for a long or short over the stretches from `first` to before `until`
    cdef void extremes_c(self, bint is_long, int64_t first, int64_t until, price_raw_t* low, price_raw_t* high) noexcept
    cdef int reset_c(self) except -1
