from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.identifiers cimport TradeId

cdef enum:
    N_HORIZONS = 3

cdef struct FillMidsC:
    ts_t ts                              # of the fill at the venue
    LadderC* bids                        # of the venue's book, borrowed
    LadderC* asks
    int precision                        # of prices
    double[N_HORIZONS] mids              # NaN = not known

cdef struct MarkoutsC:
    FillMidsC* fills                     # by time; owned by `Markouts`
    size_t n
    size_t[N_HORIZONS] next              # first fill whose middle is still to come, by horizon
    ts_t[N_HORIZONS] horizons            # ns
    ts_t due_ns                          # before the first row of this time or later a middle is to be taken; UINT64_MAX = never

# Middles due before `until`; no row of that time or later was applied
cdef void markouts_take(MarkoutsC* markouts, ts_t until) noexcept nogil


cdef class Markouts:
    """The middle of the market at fixed times after each fill of one world."""
    cdef MarkoutsC c                     # what the replay looks at
    cdef size_t _allocated
    cdef list _trade_ids                 # TradeId of each fill
    cdef bint _closed                    # there is no market to come

    cdef int add_c(self, TradeId trade_id, MarketState state, ts_t ts) except -1
    cdef int open_c(self) except -1
    cdef int close_c(self) except -1                 # the data ended: what waits, and what is still to be filled, stays unknown
