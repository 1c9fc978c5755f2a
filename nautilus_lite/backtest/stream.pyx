"""Streams of rows: blocks of packed rows of one kind, one after the other."""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport realloc
from libc.string cimport memset

import numpy as np

from nautilus_lite.backtest.lanes cimport LaneC
from nautilus_lite.backtest.held cimport HeldC
from nautilus_lite.backtest.lanes cimport RouteC
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.data.channel cimport ListenersC
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_DEPTH10
from nautilus_lite.model.data.rows cimport ROW_OBJECT
from nautilus_lite.model.data.rows cimport ROW_QUOTE
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.enums cimport BookAction
from nautilus_lite.model.enums cimport BookType

from nautilus_lite.backtest.snapshots import whole_snapshots
from nautilus_lite.errors import InternalError
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data.rows import unpack_rows

cdef Py_ssize_t NONE = 0
cdef ListenersC NONE_LISTEN                # all zero
cdef HeldC NONE_HELD                       # likewise

ENDS = {"both": BOTH_ENDS, "venue": VENUE_END, "strategy": STRATEGY_END}

KINDS = {"quote": ROW_QUOTE, "trade": ROW_TRADE, "bar": ROW_BAR, "delta": ROW_DELTA, "depth10": ROW_DEPTH10, "object": ROW_OBJECT}
KIND_NAMES = ("quote", "trade", "bar", "delta", "depth10", "object")
OBJECT_DTYPE = np.dtype([("ts_event", "<u8"), ("ts_init", "<u8"), ("index", "<i8")])

cdef size_t[6] ROW_SIZES
ROW_SIZES[<int>ROW_QUOTE] = sizeof(QuoteRow)
ROW_SIZES[<int>ROW_TRADE] = sizeof(TradeRow)
ROW_SIZES[<int>ROW_BAR] = sizeof(BarRow)
ROW_SIZES[<int>ROW_DELTA] = sizeof(DeltaRow)
ROW_SIZES[<int>ROW_DEPTH10] = sizeof(Depth10Row)
ROW_SIZES[<int>ROW_OBJECT] = 24


@cython.final
cdef class Route:
    """The ends of one stream in one world."""


@cython.final
cdef class RowStream:
    """A sorted stream of rows of one kind.

    Parameters
    ----------
    kind : str
        `quote`, `trade`, `bar`, `delta`, `depth10` or `object`.
    identifier : InstrumentId | BarType | type | tuple
        What the rows belong to; updates are named by class and instrument id.
    source : callable
        Returns a fresh iterator of `(rows, keys)`: a C-contiguous structured array and either None or a uint64 array of
        the same length whose values order rows of equal `ts_init` across streams.
    order : int
        The key of every row where `keys` is None.
    name : str
        For messages.
    objects : list, optional
        The custom objects that `object` rows point to.
    end : str, default "both"
        Whom the rows are for: `venue` acts on them and nobody hears of them, `strategy` hears of them and nothing acts, or `both`.
    """

    def __init__(self, str kind, object identifier, object source, uint64_t order, str name, list objects=None,
                 str end="both"):
        if kind not in KINDS:
            raise InvalidData(f"unknown kind of rows `{kind}`, must be one of {sorted(KINDS)}")
        self.lane.kind = KINDS[kind]
        self.lane.row_size = ROW_SIZES[self.lane.kind]
        self.lane.order = order
        self.lane.python = self.lane.kind == ROW_BAR or self.lane.kind == ROW_OBJECT
        self.lane.behind = &self._behind
        self.identifier = identifier
        self.source = source
        self.name = name
        self.objects = objects
        self.end = ENDS[end]
        self.routes = ()

    @property
    def kind_name(self):
        """The kind of rows as text: `quote`, `trade`, `bar`, `delta`, `depth10` or `object`."""
        return KIND_NAMES[self.lane.kind]

    @property
    def order(self):
        """The key of rows that have none of their own; it orders rows of equal `ts_init` across streams."""
        return self.lane.order

    def open(self):
        """Start from the first row."""
        self.close()
        self._blocks = iter(whole_snapshots(self.source()) if self.lane.kind == ROW_DELTA else self.source())
        self.last_ts = 0
        self.n_passed = 0
        # The rows before these may have ended inside a batch
        self.lane.behind[0] = True
        self.lane.n = 0
        self.lane.pos = 0
        self.refill_c()

    def close(self):
        """Let go of the blocks; a background reader behind them stops."""
        blocks = self._blocks
        self._blocks = None
        self.n_passed += <int64_t>self.lane.pos
        self._rows_ref = None
        self._keys_ref = None
        self.lane.rows = NULL
        self.lane.keys = NULL
        self.lane.n = 0
        self.lane.pos = 0
        if blocks is not None and hasattr(blocks, "close"):
            blocks.close()

    cdef bint refill_c(self) except? 0:
        """Load the next block that holds rows; False at the end of the stream."""
        cdef const unsigned char[::1] view
        cdef const uint64_t[::1] keys
        cdef size_t i
        self.n_passed += <int64_t>self.lane.n
        for rows, row_keys in self._blocks:
            if len(rows) == 0:
                continue
            if rows.dtype.itemsize != self.lane.row_size or not rows.flags.c_contiguous:
                raise InternalError(
                    f"rows of `{self.name}` are {rows.dtype.itemsize} bytes each, expected {self.lane.row_size}; please report"
                )
            view = rows.view(np.uint8).reshape(-1)
            self._rows_ref = rows
            self.lane.rows = <const char*>&view[0]
            self.lane.n = len(rows)
            self.lane.pos = 0
            if row_keys is None:
                self._keys_ref = None
                self.lane.keys = NULL
            else:
                keys = row_keys
                self._keys_ref = row_keys
                self.lane.keys = &keys[0]
            if self.lane.kind == ROW_DELTA and self.state is not None and self.state.book_type == BookType.L3_MBO:
                self._check_order_ids(rows)
            with nogil:
                i = first_unsorted(&self.lane, &self.last_ts)
            if i < self.lane.n:
                raise InvalidData(
                    f"rows of `{self.name}` are not sorted by `ts_init`: {self.row_c(i).ts_init} after {self.last_ts} (row "
                    f"{i} of the block); sort them, e.g. `add_data(..., sort=True)` or `df.sort_index()`"
                )
            return True
        self.lane.n = 0
        self.lane.pos = 0
        return False

    def _check_order_ids(self, object rows):
        """Raise InvalidData if a row for a book by order has no order id."""
        missing = (rows["order_id"] == 0) & (rows["action"] != <int>BookAction.CLEAR)
        if missing.any():
            raise InvalidData(
                f"rows of `{self.name}` for the L3_MBO book of {self.identifier} need order ids, row {missing.argmax()} of the "
                "block has none: use `book_type=BookType.L2_MBP` for deltas by price"
            )

    def __dealloc__(self):
        free(self.lane.routes)

    cdef int connect_c(self, tuple routes) except -1:
        """Say where the rows go."""
        cdef Route route
        cdef RouteC* target
        cdef Py_ssize_t i
        cdef void* memory = realloc(self.lane.routes, max(len(routes), 1) * sizeof(RouteC))
        if memory == NULL:
            raise MemoryError(f"no memory for {len(routes)} worlds")
        self.lane.routes = <RouteC*>memory
        self.lane.n_routes = len(routes)
        for i in range(len(routes)):
            route = <Route>routes[i]
            target = &self.lane.routes[i]
            memset(target, 0, sizeof(RouteC))
            target.n_watched = target.n_subscribers = &NONE
            target.listeners = &NONE_LISTEN
            target.held = &NONE_HELD
            target.trades_match = route.trades_match
            if route.matching is not None:
                target.n_watched = &route.matching.watch.n_watched
                target.watch = &route.matching.watch
                if route.matching.held is not None:
                    target.held = &route.matching.held.c
            if route.channel is not None:
                target.n_subscribers = &route.channel.topic.n
                target.listeners = &route.channel.listeners
        self.routes = routes
        if self.state is not None:
            self.lane.state = <void*>self.state
            self.lane.bids = &self.state.book.bid_side
            self.lane.asks = &self.state.book.ask_side
            # L1 books follow quotes, L2 deltas and depth, L3 deltas; trades have rules of their own
            self.lane.book_matches = (self.lane.kind == ROW_QUOTE) == (self.state.book_type == BookType.L1_MBP)
            self.lane.by_level = self.lane.kind == ROW_DELTA and self.state.book_type == BookType.L2_MBP
            if self.lane.kind == ROW_DEPTH10 and self.state.book_type == BookType.L3_MBO:
                self.lane.book_matches = False
        return 0

    cdef int share_c(self, RowStream first) except -1:
        self._first = None if first is self else first
        self.lane.behind = &first._behind
        return 0

    cdef object object_c(self):
        cdef size_t at = self.lane.pos
        if self.lane.kind == ROW_OBJECT:
            return self.objects[self._rows_ref["index"][at]]
        instrument = self.state.instrument
        return unpack_rows(
            self._rows_ref[at:at + 1], self.identifier, instrument.price_precision, instrument.size_precision
        )[0]

    cdef const RowHead* row_c(self, size_t position) noexcept:
        return <const RowHead*>(self.lane.rows + position * self.lane.row_size)


cdef size_t first_unsorted(const LaneC* lane, ts_t* last) noexcept nogil:
    """The first row of the block that goes back in time, the number of rows if there is none; `last` is the time before it."""
    cdef size_t i
    cdef ts_t ts
    for i in range(lane.n):
        ts = (<const RowHead*>(lane.rows + i * lane.row_size)).ts_init
        if ts < last[0]:
            return i
        last[0] = ts
    return lane.n
