"""Streams of rows and their merge: which row is next, and what happens for it.

Rows are ordered by (`ts_init`, input order). The stream with the smallest head is found by a scan over the heads, then runs
without another look at the rest until its head passes the runner-up's: bursts of one instrument cost nothing extra.

For each row, in this order: timers, commands in flight and expiries due at or before it; the market state; matching of
resting orders; subscribers; settlement of what they sent.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.string cimport memcpy

import numpy as np

from nautilus_lite.backtest.exchange cimport SimulatedExchange
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.world cimport Route
from nautilus_lite.backtest.world cimport World
from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport ring_push
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.data.channel cimport Channel
from nautilus_lite.model.data.bars cimport BarType
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
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.enums cimport RecordFlag
from nautilus_lite.model.instruments.base cimport Instrument

from nautilus_lite.errors import InternalError
from nautilus_lite.errors import InvalidData

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
cdef enum:
    PROGRESS_ROWS = 65536

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

cdef struct ObjectRow:
    ts_t ts_event
    ts_t ts_init
    int64_t index


@cython.final
cdef class RowStream:
    """A sorted stream of rows of one kind.

    Parameters
    ----------
    kind : str
        `quote`, `trade`, `bar`, `delta`, `depth10` or `object`.
    identifier : InstrumentId | BarType | type
        What the rows belong to.
    source : callable
        Returns a fresh iterator of `(rows, keys)`: a C-contiguous structured array and either None or a uint64 array of
        the same length whose values order rows of equal `ts_init` across streams.
    order : int
        The key of every row where `keys` is None.
    name : str
        For messages.
    objects : list, optional
        The custom objects that `object` rows point to.
    """

    def __init__(self, str kind, object identifier, object source, uint64_t order, str name, list objects=None):
        if kind not in KINDS:
            raise InvalidData(f"unknown kind of rows `{kind}`, must be one of {sorted(KINDS)}")
        self.kind = KINDS[kind]
        self.row_size = ROW_SIZES[self.kind]
        self.identifier = identifier
        self.source = source
        self.order = order
        self.name = name
        self.objects = objects
        self.routes = []

    @property
    def kind_name(self):
        """The kind of rows as text: `quote`, `trade`, `bar`, `delta`, `depth10` or `object`."""
        return KIND_NAMES[self.kind]

    def open(self):
        """Start from the first row."""
        self.close()
        self._blocks = iter(self.source())
        self.last_ts = 0
        self.n = 0
        self.pos = 0
        self.refill_c()

    def close(self):
        """Let go of the blocks; a background reader behind them stops."""
        blocks = self._blocks
        self._blocks = None
        self._rows_ref = None
        self._keys_ref = None
        self.rows = NULL
        self.keys = NULL
        self.n = 0
        self.pos = 0
        if blocks is not None and hasattr(blocks, "close"):
            blocks.close()

    cdef bint refill_c(self) except? 0:
        """Load the next block that holds rows; False at the end of the stream."""
        cdef const unsigned char[::1] view
        cdef const uint64_t[::1] keys
        cdef ts_t ts
        cdef size_t i
        for rows, row_keys in self._blocks:
            if len(rows) == 0:
                continue
            if rows.dtype.itemsize != self.row_size or not rows.flags.c_contiguous:
                raise InternalError(
                    f"rows of `{self.name}` are {rows.dtype.itemsize} bytes each, expected {self.row_size}; please report"
                )
            view = rows.view(np.uint8).reshape(-1)
            self._rows_ref = rows
            self.rows = <const char*>&view[0]
            self.n = len(rows)
            self.pos = 0
            if row_keys is None:
                self._keys_ref = None
                self.keys = NULL
            else:
                keys = row_keys
                self._keys_ref = row_keys
                self.keys = &keys[0]
            for i in range(self.n):
                ts = (<const RowHead*>(self.rows + i * self.row_size)).ts_init
                if ts < self.last_ts:
                    raise InvalidData(
                        f"rows of `{self.name}` are not sorted by `ts_init`: {ts} after {self.last_ts} (row {i} of the "
                        "block); sort them, e.g. `add_data(..., sort=True)` or `df.sort_index()`"
                    )
                self.last_ts = ts
            return True
        self.n = 0
        self.pos = 0
        return False


cdef inline ts_t head_ts(RowStream stream) noexcept:
    return (<const RowHead*>(stream.rows + stream.pos * stream.row_size)).ts_init


cdef inline uint64_t head_key(RowStream stream) noexcept:
    return stream.keys[stream.pos] if stream.keys != NULL else stream.order


@cython.final
cdef class Replay:
    """Merged replay of row streams through worlds.

    Parameters
    ----------
    market : Market
        Written here and nowhere else.
    worlds : list of World
        All see each row after the market did.
    adaptive_path : bool
        Bars walk the nearer of high and low first; otherwise always high before low.
    """

    def __init__(self, Market market not None, list worlds not None, bint adaptive_path=False):
        self.market = market
        self._worlds = worlds
        self._streams = []
        self._half_bars = {}
        self._adaptive_path = adaptive_path

    def add_stream(self, RowStream stream not None):
        """Connect a stream: find its market state and where its rows go in every world.

        Raises
        ------
        InvalidData
            If the instrument is unknown: `add_instrument` comes first.
        """
        cdef World world
        cdef Route route
        cdef SimulatedExchange exchange
        stream.routes = []
        bar_type = stream.identifier if stream.kind == ROW_BAR else None
        instrument_id = None if stream.kind == ROW_OBJECT else (bar_type.instrument_id if bar_type else stream.identifier)
        if instrument_id is not None:
            stream.state = self.market.state_c(instrument_id)
            if stream.state is None:
                known = ", ".join(str((<MarketState>s).id) for s in self.market.states) or "none"
                raise InvalidData(
                    f"data for an unknown instrument `{instrument_id}`: call `add_instrument` first (known: {known})"
                )
            if bar_type is not None:
                stream.history = self.market.bars_c(bar_type)
        for world in self._worlds:
            route = Route.__new__(Route)
            route.world = world
            if instrument_id is not None:
                route.channel = world.data_engine.channel_c(stream.kind, stream.state, bar_type)
                for exchange in world.exchanges:
                    if exchange.id == instrument_id.venue:
                        route.matching = exchange.matching_engine_c(stream.state.instrument)
                        route.trades_match = exchange.trade_execution
            stream.routes.append(route)
        self._streams.append(stream)

    def set_walks(self, RowStream stream not None, bint walks, bint pairs):
        """Say whether the bars of a stream execute orders, alone or as the bid or ask half of a pair."""
        stream.walks = walks
        stream.pairs = pairs

    @property
    def streams(self):
        """The connected streams, in input order."""
        return list(self._streams)

    def open(self):
        """Start every stream from its first row."""
        self._half_bars.clear()
        self.n_rows = 0
        self.ts_now = 0
        for stream in self._streams:
            stream.open()

    def close(self):
        """Close every stream."""
        for stream in self._streams:
            stream.close()

    def first_ts(self):
        """Return the `ts_init` of the earliest row (ns), or None if there is none. Streams must be open."""
        cdef RowStream stream
        times = [head_ts(stream) for stream in self._streams if stream.n > stream.pos]
        return min(times) if times else None

    def skip_before(self, ts_t start):
        """Drop rows with `ts_init` before `start` (ns)."""
        cdef RowStream stream
        for stream in self._streams:
            while stream.pos < stream.n and head_ts(stream) < start:
                stream.pos += 1
                if stream.pos == stream.n:
                    stream.refill_c()

    def run(self, end=None, progress=None):
        """Replay rows until the streams end, the end time is passed, or a world asks to shut down.

        Parameters
        ----------
        end : int, optional
            Last `ts_init` (ns) to replay.
        progress : callable, optional
            Called with the number of rows since its last call, now and then.
        """
        self._run_c(NEVER if end is None else <ts_t>end, progress)

    cdef int _run_c(self, ts_t end, object progress) except -1:
        cdef list active = [s for s in self._streams if (<RowStream>s).n > (<RowStream>s).pos]
        cdef RowStream stream
        cdef RowStream best
        cdef ts_t best_ts, ts, limit_ts
        cdef uint64_t best_key, key, limit_key
        cdef const RowHead* row
        cdef uint64_t reported = self.n_rows
        cdef bint stop = False
        while active and not stop:
            best = None
            best_ts = limit_ts = NEVER
            best_key = limit_key = <uint64_t>NEVER
            for stream in active:
                ts = head_ts(stream)
                key = head_key(stream)
                if best is None or ts < best_ts or (ts == best_ts and key < best_key):
                    limit_ts = best_ts
                    limit_key = best_key
                    best = stream
                    best_ts = ts
                    best_key = key
                elif ts < limit_ts or (ts == limit_ts and key < limit_key):
                    limit_ts = ts
                    limit_key = key
            if best_ts > end:
                break
            while True:
                row = <const RowHead*>(best.rows + best.pos * best.row_size)
                ts = row.ts_init
                if ts > limit_ts or (ts == limit_ts and head_key(best) > limit_key) or ts > end:
                    break
                if self._row_c(best, row):
                    stop = True
                self.n_rows += 1
                best.pos += 1
                if best.pos == best.n and not best.refill_c():
                    active.remove(best)
                    break
                if stop:
                    break
                if progress is not None and self.n_rows - reported >= PROGRESS_ROWS:
                    progress(self.n_rows - reported)
                    reported = self.n_rows
        if progress is not None and self.n_rows > reported:
            progress(self.n_rows - reported)
        return 0

    cdef int _row_c(self, RowStream stream, const RowHead* row) except -1:
        """Everything that one row causes; 1 if a world asked to shut down."""
        cdef ts_t ts = row.ts_init
        cdef MarketState state = stream.state
        cdef Route route
        cdef World world
        cdef const TradeRow* trade = NULL
        cdef bint matches = True
        cdef int flags
        for route in stream.routes:
            world = route.world
            if world.queue.next_ns <= ts or world.next_venue_ns <= ts:
                world.advance_c(ts)
            world.queue.now_ns = ts
        self.ts_now = ts

        if stream.kind == ROW_QUOTE:
            state.apply_quote_c(<const QuoteRow*>row)
            matches = state.book_type == BookType.L1_MBP
        elif stream.kind == ROW_TRADE:
            trade = <const TradeRow*>row
            state.apply_trade_c(trade)
        elif stream.kind == ROW_DELTA:
            state.apply_delta_c(<const DeltaRow*>row)
            # Rows inside a batch or snapshot wait for its last one: a half-built book matches nothing
            flags = (<const DeltaRow*>row).flags
            matches = state.book_type != BookType.L1_MBP and (flags == 0 or (flags & RecordFlag.F_LAST) != 0)
        elif stream.kind == ROW_DEPTH10:
            state.apply_depth_c(<const Depth10Row*>row)
            matches = state.book_type != BookType.L1_MBP
        elif stream.kind == ROW_BAR:
            matches = False
            if stream.walks:
                if stream.pairs:
                    self._walk_pair_c(stream, <const BarRow*>row)
                else:
                    self._walk_bar_c(stream, <const BarRow*>row)
            state.has_bar = True
            state.last_close = (<const BarRow*>row).close
            state.ts_last = ts
            ring_push(&stream.history.ring, row)
        else:
            return self._object_c(stream, row)

        if matches:
            for route in stream.routes:
                if route.matching is not None and route.matching.n_resting and (trade == NULL or route.trades_match):
                    route.matching.on_market_c(ts, trade)
        return self._publish_c(stream, row, ts)

    cdef int _publish_c(self, RowStream stream, const RowHead* row, ts_t ts) except -1:
        cdef Route route
        cdef Channel channel
        cdef int stop = 0
        for route in stream.routes:
            channel = route.channel
            if channel.n_consumers or channel.topic.n:
                channel.publish_row_c(row)
            route.world.settle_c(ts)
            if route.world.shutdown_reason is not None:
                stop = 1
        return stop

    cdef int _object_c(self, RowStream stream, const RowHead* row) except -1:
        cdef Route route
        cdef int stop = 0
        cdef object data = stream.objects[(<const ObjectRow*>row).index]
        for route in stream.routes:
            route.world.data_engine.process_object_c(data)
            route.world.settle_c(row.ts_init)
            if route.world.shutdown_reason is not None:
                stop = 1
        return stop

    cdef int _point_c(self, RowStream stream, ts_t ts, long long bid, long long ask, long long bid_size,
                      long long ask_size, bint is_gap) except -1:
        cdef Route route
        stream.state.book.set_top_c(bid, bid_size, ask, ask_size, ts)
        for route in stream.routes:
            if route.matching is not None and route.matching.n_resting:
                route.matching.on_bar_point_c(ts, is_gap)
        return 0

    cdef int _walk_bar_c(self, RowStream stream, const BarRow* row) except -1:
        cdef price_raw_t[4] path
        cdef qty_raw_t[4] sizes
        cdef int i
        bar_path(row, self._adaptive_path, &path[0])
        bar_sizes(row.volume, stream.state.instrument.size_increment.raw, &sizes[0])
        for i in range(4):
            self._point_c(stream, row.ts_init, path[i], path[i], sizes[i], sizes[i], i == 0)
        return 0

    cdef int _walk_pair_c(self, RowStream stream, const BarRow* row) except -1:
        """Bid and ask bars of the same time execute together, once both are there."""
        cdef bint is_ask = stream.history.bar_type.spec._price_type == PriceType.ASK
        cdef BarRow other
        cdef const BarRow* bid
        cdef const BarRow* ask
        cdef const unsigned char[::1] held
        cdef price_raw_t[4] bids
        cdef price_raw_t[4] asks
        cdef qty_raw_t[4] bid_sizes
        cdef qty_raw_t[4] ask_sizes
        cdef qty_raw_t increment = stream.state.instrument.size_increment.raw
        cdef int i
        waiting = self._half_bars.pop(stream.state.index, None)
        if waiting is not None and waiting[0] != is_ask:
            held = waiting[1]
            memcpy(&other, &held[0], sizeof(BarRow))
        if waiting is None or waiting[0] == is_ask or other.ts_init != row.ts_init:
            self._half_bars[stream.state.index] = (is_ask, (<const unsigned char*>row)[:sizeof(BarRow)])
            return 0
        bid = &other if is_ask else row
        ask = row if is_ask else &other
        bar_path(bid, self._adaptive_path, &bids[0])
        bar_path(ask, self._adaptive_path, &asks[0])
        bar_sizes(bid.volume, increment, &bid_sizes[0])
        bar_sizes(ask.volume, increment, &ask_sizes[0])
        for i in range(4):
            self._point_c(stream, row.ts_init, bids[i], max(bids[i], asks[i]), bid_sizes[i], ask_sizes[i], i == 0)
        return 0


cdef void bar_path(const BarRow* row, bint adaptive, price_raw_t* path) noexcept nogil:
    """Order of the four prices: open, high, low, close; adaptive takes the extreme nearer to the open first."""
    cdef bint low_first = adaptive and row.open - row.low < row.high - row.open
    path[0] = row.open
    path[1] = row.low if low_first else row.high
    path[2] = row.high if low_first else row.low
    path[3] = row.close


cdef void bar_sizes(qty_raw_t volume, qty_raw_t increment, qty_raw_t* sizes) noexcept nogil:
    """A quarter of the volume each in whole increments, the rest on the close, never below one increment."""
    cdef qty_raw_t quarter
    with cython.cdivision(True):
        # volume >= 0 and increment > 0: both are checked where instruments and rows enter
        quarter = volume // 4 // increment * increment
    if quarter < increment:
        quarter = increment
    sizes[0] = sizes[1] = sizes[2] = quarter
    sizes[3] = volume - 3 * quarter
    if sizes[3] < increment:
        sizes[3] = increment
