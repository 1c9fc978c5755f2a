from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport TradeId

cdef enum:
    N_HORIZONS = 3

cdef struct FillMidsC:
    ts_t ts                              # of the fill at the venue
    void* state                          # MarketState at the venue, borrowed
    double[N_HORIZONS] mids              # NaN = not known


cdef class Markouts:
    """The middle of the market at fixed times after each fill of one world."""
    # Owned memory
    cdef FillMidsC* _fills               # by time
    cdef size_t _n
    cdef size_t _allocated
    # State
    cdef size_t[N_HORIZONS] _next        # first fill whose middle is still to come, by horizon
    cdef ts_t[N_HORIZONS] _horizons      # ns
    cdef list _trade_ids                 # TradeId of each fill
    cdef bint _closed                    # there is no market to come
    cdef Agenda _agenda

    cdef int add_c(self, TradeId trade_id, MarketState state, ts_t ts) except -1
    cdef int take_c(self, ts_t until) except -1      # those due before; the market is as it was just before `until`
    cdef int open_c(self) except -1
    cdef int close_c(self) except -1                 # the data ended: what waits, and what is still to be filled, stays unknown
    cdef int _wake_c(self) noexcept                  # tell the agenda when the next one is due
