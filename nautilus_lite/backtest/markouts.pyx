"""Where the market went after each fill: its middle 1, 5 and 60 seconds later.

A fill waits once for each horizon. All waits of one horizon are equally long, so they end in the order in which they began:
one array of fills and one cursor a horizon serve as the queues. The middle at a time is that after every row of that time,
so it is taken just before the first row of a later one, by the replay itself: no clock is set, nothing is settled.
"""

cimport cython
from libc.math cimport NAN
from libc.stdlib cimport free
from libc.string cimport memcpy

import numpy as np

from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.fixed cimport fixed_middle
from nautilus_lite.core.rows cimport grown
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_best
from nautilus_lite.model.identifiers cimport TradeId

from nautilus_lite.analysis.markouts import HORIZONS_SECS
from nautilus_lite.analysis.markouts import FillMids
from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
cdef ts_t SECOND = 1_000_000_000


cdef double middle_of(const FillMidsC* fill) noexcept nogil:
    """The middle of the book in price units, NaN where a side is empty: as at a fill."""
    cdef LevelC* bid = ladder_best(fill.bids)
    cdef LevelC* ask = ladder_best(fill.asks)
    if bid == NULL or ask == NULL:
        return NAN
    return fixed_middle(bid.price, ask.price, fill.precision)


cdef void find_due(MarkoutsC* markouts) noexcept nogil:
    cdef ts_t due = NEVER
    cdef int i
    for i in range(N_HORIZONS):
        if markouts.next[i] < markouts.n:
            due = min(due, markouts.fills[markouts.next[i]].ts + markouts.horizons[i] + 1)
    markouts.due_ns = due


cdef void markouts_take(MarkoutsC* markouts, ts_t until) noexcept nogil:
    cdef FillMidsC* fill
    cdef int i
    for i in range(N_HORIZONS):
        while markouts.next[i] < markouts.n:
            fill = &markouts.fills[markouts.next[i]]
            if fill.ts + markouts.horizons[i] >= until:
                break
            fill.mids[i] = middle_of(fill)
            markouts.next[i] += 1
    find_due(markouts)


@cython.final
cdef class Markouts:
    """The middles that follow the fills of one world."""

    def __cinit__(self):
        self.c.fills = NULL

    def __init__(self):
        cdef int i
        for i in range(N_HORIZONS):
            self.c.horizons[i] = <ts_t>HORIZONS_SECS[i] * SECOND
        self.reset()

    def __dealloc__(self):
        free(self.c.fills)

    def reset(self):
        """Forget all fills."""
        self.c.n = 0
        self._trade_ids = []
        self.close_c()

    cdef int add_c(self, TradeId trade_id, MarketState state, ts_t ts) except -1:
        cdef FillMidsC* fill
        cdef int i
        if self.c.n and self.c.fills[self.c.n - 1].ts > ts:
            raise InternalError(f"fill {trade_id} at {ts} ns after one at {self.c.fills[self.c.n - 1].ts} ns; please report")
        if self.c.n == self._allocated:
            self.c.fills = <FillMidsC*>grown(self.c.fills, &self._allocated, 256, sizeof(FillMidsC), "middles after fills")
        fill = &self.c.fills[self.c.n]
        fill.ts = ts
        fill.bids = &state.book.bid_side
        fill.asks = &state.book.ask_side
        fill.precision = state.instrument.price_precision
        for i in range(N_HORIZONS):
            fill.mids[i] = NAN
        self.c.n += 1
        self._trade_ids.append(trade_id)
        if self._closed:
            return self.close_c()
        if ts + self.c.horizons[0] < self.c.due_ns:
            self.c.due_ns = ts + self.c.horizons[0] + 1
        return 0

    cdef int open_c(self) except -1:
        self._closed = False
        return 0

    cdef int close_c(self) except -1:
        cdef int i
        self._closed = True
        for i in range(N_HORIZONS):
            self.c.next[i] = self.c.n
        self.c.due_ns = NEVER
        return 0

    def fill_mids(self):
        """Return the middles after every fill so far (FillMids), a copy."""
        cdef double[:, ::1] view
        cdef size_t i
        mids = np.empty((self.c.n, N_HORIZONS))
        view = mids
        for i in range(self.c.n):
            memcpy(&view[i, 0], &self.c.fills[i].mids[0], N_HORIZONS * sizeof(double))
        return FillMids(list(self._trade_ids), mids)
