"""Where the market went after each fill: its middle 1, 5 and 60 seconds later.

A fill waits once for each horizon. All waits of one horizon are equally long, so they end in the order in which they began:
one array of fills and one cursor a horizon serve as the queues. The middle at a time is that after every row of that time,
so it is read before the first row of a later one. Reading sets no clock and settles nothing.
"""

cimport cython
from libc.math cimport NAN
from libc.stdlib cimport free
from libc.stdlib cimport realloc
from libc.string cimport memcpy

import numpy as np

from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.fixed cimport fixed_middle
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport TradeId

from nautilus_lite.analysis.markouts import HORIZONS_SECS
from nautilus_lite.analysis.markouts import FillMids
from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
cdef ts_t SECOND = 1_000_000_000


cdef double middle_of(MarketState state) noexcept:
    """The middle of the book in price units, NaN where a side is empty: as at a fill."""
    cdef price_raw_t bid, ask
    cdef qty_raw_t size
    if not state.book.best_bid_c(&bid, &size) or not state.book.best_ask_c(&ask, &size):
        return NAN
    return fixed_middle(bid, ask, state.instrument.price_precision)


@cython.final
cdef class Markouts:
    """The middles that follow the fills of one world.

    Parameters
    ----------
    agenda : Agenda
        Of the world; told when the next middle is due.
    """

    def __cinit__(self):
        self._fills = NULL

    def __init__(self, Agenda agenda not None):
        cdef int i
        self._agenda = agenda
        for i in range(N_HORIZONS):
            self._horizons[i] = <ts_t>HORIZONS_SECS[i] * SECOND
        self.reset()

    def __dealloc__(self):
        free(self._fills)

    def reset(self):
        """Forget all fills."""
        self._n = 0
        self._trade_ids = []
        self.close_c()

    cdef int add_c(self, TradeId trade_id, MarketState state, ts_t ts) except -1:
        cdef FillMidsC* fill
        cdef int i
        if self._n and self._fills[self._n - 1].ts > ts:
            raise InternalError(f"fill {trade_id} at {ts} ns after one at {self._fills[self._n - 1].ts} ns; please report")
        if self._n == self._allocated:
            self._grow()
        fill = &self._fills[self._n]
        fill.ts = ts
        fill.state = <void*>state
        for i in range(N_HORIZONS):
            fill.mids[i] = NAN
        self._n += 1
        self._trade_ids.append(trade_id)
        if self._closed:
            return self.close_c()
        self._agenda.markout_c(ts + self._horizons[0] + 1)
        return 0

    def _grow(self):
        cdef size_t allocated = self._allocated * 2 if self._allocated else 256
        cdef void* memory = realloc(self._fills, allocated * sizeof(FillMidsC))
        if memory == NULL:
            raise MemoryError(f"no memory for the middles after {allocated} fills")
        self._fills = <FillMidsC*>memory
        self._allocated = allocated

    cdef int take_c(self, ts_t until) except -1:
        cdef FillMidsC* fill
        cdef int i
        for i in range(N_HORIZONS):
            while self._next[i] < self._n:
                fill = &self._fills[self._next[i]]
                if fill.ts + self._horizons[i] >= until:
                    break
                fill.mids[i] = middle_of(<MarketState>fill.state)
                self._next[i] += 1
        return self._wake_c()

    cdef int _wake_c(self) noexcept:
        cdef ts_t due = NEVER
        cdef int i
        for i in range(N_HORIZONS):
            if self._next[i] < self._n:
                due = min(due, self._fills[self._next[i]].ts + self._horizons[i] + 1)
        self._agenda.markout_ns = due
        self._agenda.sum_up_c()
        return 0

    cdef int open_c(self) except -1:
        self._closed = False
        return 0

    cdef int close_c(self) except -1:
        cdef int i
        self._closed = True
        for i in range(N_HORIZONS):
            self._next[i] = self._n
        return self._wake_c()

    def fill_mids(self):
        """Return the middles after every fill so far (FillMids), a copy."""
        cdef double[:, ::1] view
        cdef size_t i
        mids = np.empty((self._n, N_HORIZONS))
        view = mids
        for i in range(self._n):
            memcpy(&view[i, 0], &self._fills[i].mids[0], N_HORIZONS * sizeof(double))
        return FillMids(list(self._trade_ids), mids)
