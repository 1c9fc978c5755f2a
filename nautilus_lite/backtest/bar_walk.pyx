"""How bars move the book of an instrument and reach orders.

Four points a bar: open, high, low, close. Each world chooses by its venue's `bar_path` whether high or low comes first; both
orders are walked only where worlds of one pass want both, and no world sees the walk of the other.
"""

cimport cython
from libc.string cimport memcpy

from nautilus_lite.backtest.bar_rules cimport AT_CLOSE
from nautilus_lite.backtest.bar_rules cimport AT_HIGH
from nautilus_lite.backtest.bar_rules cimport AT_LOW
from nautilus_lite.backtest.bar_rules cimport AT_OPEN
from nautilus_lite.backtest.bar_rules cimport BarPointsC
from nautilus_lite.backtest.bar_rules cimport points_of
from nautilus_lite.backtest.held cimport stretch_see
from nautilus_lite.backtest.held cimport touch_exits
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.stream cimport Route
from nautilus_lite.backtest.stream cimport RowStream
from nautilus_lite.backtest.stream cimport STRATEGY_END
from nautilus_lite.cache.market cimport ExitsC
from nautilus_lite.cache.market cimport state_exits
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.order_book cimport OrderBook
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.enums cimport PriceType


@cython.final
cdef class BarWalk:
    """Moves books along bars, and keeps what must outlive one block of data: bid or ask bars that wait for their pair."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Forget bars that wait, and how many never found their pair."""
        self._halves = {}
        self._n_lost = {}

    def unpaired(self):
        """Return the number of bid or ask bars without a bar of the other side at their time, by instrument id.

        They executed nothing. A last one that still waits counts.
        """
        counts = dict(self._n_lost)
        for instrument_id, end in self._halves:
            if end == STRATEGY_END:
                continue
            counts[instrument_id] = counts.get(instrument_id, 0) + 1
        return counts

    cdef int walk_c(self, RowStream stream, const BarRow* row) except -1:
        cdef BarPointsC points
        if stream.pairs:
            return self._pair_c(stream, row)
        points_of(row, row, stream.state.instrument.size_increment.raw, &points)
        return self._points_c(stream, &points, row.ts_init)

    cdef int _pair_c(self, RowStream stream, const BarRow* row) except -1:
        """Bid and ask bars of the same time execute together, once both are there."""
        cdef bint is_ask = stream.history.bar_type.spec._price_type == PriceType.ASK
        cdef BarPointsC points
        cdef BarRow other
        cdef const unsigned char[::1] held
        waiting = self._halves.pop((stream.state.id, stream.end), None)
        if waiting is not None and waiting[0] != is_ask:
            held = waiting[1]
            memcpy(&other, &held[0], sizeof(BarRow))
        if waiting is None or waiting[0] == is_ask or other.ts_init != row.ts_init:
            if waiting is not None and stream.end != STRATEGY_END:
                self._n_lost[stream.state.id] = self._n_lost.get(stream.state.id, 0) + 1
            self._halves[stream.state.id, stream.end] = (is_ask, (<const unsigned char*>row)[:sizeof(BarRow)])
            return 0
        if is_ask:
            points_of(&other, row, stream.state.instrument.size_increment.raw, &points)
        else:
            points_of(row, &other, stream.state.instrument.size_increment.raw, &points)
        return self._points_c(stream, &points, row.ts_init)

    cdef int _stand_c(self, RowStream stream, const BarPointsC* points, int point, ts_t ts) except -1:
        return stream.state.book.set_top_c(
            points.bids[point], points.bid_sizes[point], points.asks[point], points.ask_sizes[point], ts
        )

    cdef int _points_c(self, RowStream stream, const BarPointsC* points, ts_t ts) except -1:
        cdef Route route
        cdef OrderMatchingEngine matching
        cdef bint[2] wanted
        cdef int low_first, first, i, point
        wanted[0] = wanted[1] = False
        self._stand_c(stream, points, AT_OPEN, ts)
        for route in stream.routes:
            matching = route.matching
            if matching is not None:
                matching.on_bar_open_c(ts, stream.bar_ns, points)
                self._see_c(stream, matching)
                if matching.low_first >= 0:
                    wanted[matching.low_first] = True
        if not wanted[1]:
            wanted[0] = True
        first = 0 if wanted[0] else 1
        for low_first in range(2):
            if not wanted[low_first]:
                continue
            if low_first and wanted[0]:
                # The same two points once more: nobody is to see that they were passed before
                stream.state.book.update_count -= 2
            for i in range(2):
                point = AT_HIGH if i == low_first else AT_LOW
                self._stand_c(stream, points, point, ts)
                for route in stream.routes:
                    matching = route.matching
                    if matching is None:
                        continue
                    if matching.n_resting and matching.low_first == low_first:
                        matching.on_bar_point_c(ts, False)
                    # Where no order works the way does not matter
                    if matching.low_first == low_first or (matching.low_first < 0 and low_first == first):
                        self._see_c(stream, matching)
        self._stand_c(stream, points, AT_CLOSE, ts)
        for route in stream.routes:
            matching = route.matching
            if matching is not None:
                matching.on_bar_close_c(ts)
                self._see_c(stream, matching)
        return 0

    cdef int _see_c(self, RowStream stream, OrderMatchingEngine matching) except -1:
        """The market came to a point, and who was filled on the way there is out: positions could be closed at it."""
        cdef ExitsC exits
        cdef OrderBook book = stream.state.book
        if matching.held is None or matching.held.c.n == 0:
            return 0
        if not touch_exits(&book.bid_side, &book.ask_side, &exits):
            state_exits(stream.state, &exits)
        stretch_see(&matching.held.c.now, &exits)
        return 0
