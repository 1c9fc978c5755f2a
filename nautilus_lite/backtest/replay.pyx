"""Replay of rows through worlds.

Rows are ordered by (`ts_init`, input order). For each, in this order: timers, commands in flight and expiries due at or before
it; the market state; matching of resting orders; subscribers; settlement of what they sent. Rows that concern nobody but the
market are done in `lanes`, without the GIL.
"""

cimport cython
from cpython.exc cimport PyErr_CheckSignals
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport realloc

from nautilus_lite.backtest.bar_walk cimport BarWalk
from nautilus_lite.backtest.exchange cimport SimulatedExchange
from nautilus_lite.backtest.lanes cimport GLIDE_FAILED
from nautilus_lite.backtest.lanes cimport GLIDE_PAUSE
from nautilus_lite.backtest.lanes cimport GLIDE_REACHED
from nautilus_lite.backtest.lanes cimport LaneC
from nautilus_lite.backtest.lanes cimport MergeC
from nautilus_lite.backtest.lanes cimport lane_book_stands
from nautilus_lite.backtest.lanes cimport lane_is_held
from nautilus_lite.backtest.lanes cimport lane_needs_python
from nautilus_lite.backtest.lanes cimport lane_see
from nautilus_lite.backtest.lanes cimport lane_ts
from nautilus_lite.backtest.lanes cimport merge_free
from nautilus_lite.backtest.lanes cimport merge_glide
from nautilus_lite.backtest.lanes cimport merge_pop
from nautilus_lite.backtest.lanes cimport merge_push
from nautilus_lite.backtest.lanes cimport merge_renew
from nautilus_lite.backtest.markouts cimport MarkoutsC
from nautilus_lite.backtest.markouts cimport markouts_take
from nautilus_lite.backtest.modules cimport SimulationModule
from nautilus_lite.backtest.stream cimport STRATEGY_END
from nautilus_lite.backtest.stream cimport VENUE_END
from nautilus_lite.backtest.stream cimport Route
from nautilus_lite.backtest.stream cimport RowStream
from nautilus_lite.backtest.world cimport World
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport state_apply_row
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_OBJECT
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.updates cimport InstrumentUpdate

from nautilus_lite.backtest.bar_rules import bar_length
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import InstrumentClose

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
cdef enum:
    PROGRESS_ROWS = 65536
    HELD_ROWS = 64               # done with the GIL held: where stretches are short, to give it away costs more than they do

cdef struct ObjectRow:
    ts_t ts_event
    ts_t ts_init
    int64_t index


@cython.final
cdef class Replay:
    """Merged replay of row streams through worlds.

    Parameters
    ----------
    market : Market
        Written here and nowhere else.
    worlds : list of World
        All see each row after the market did.
    bar_walk : BarWalk, optional
        Given where several replays make up one run; it keeps what they hand on.
    """

    def __init__(self, Market market not None, list worlds not None, BarWalk bar_walk=None):
        self.market = market
        self._worlds = tuple(worlds)
        self._watch()
        self._streams = []
        self._bar_walk = BarWalk() if bar_walk is None else bar_walk

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
        cdef RowStream other
        cdef list routes = []
        cdef Market market = self.market_c(stream)
        bar_type = stream.identifier if stream.lane.kind == ROW_BAR else None
        instrument_id = None if stream.lane.kind == ROW_OBJECT else (
            bar_type.instrument_id if bar_type else stream.identifier
        )
        closes = type(stream.identifier) is tuple and stream.identifier[0] is InstrumentClose
        venue = None
        if instrument_id is not None:
            venue = instrument_id.venue
        elif type(stream.identifier) is tuple:
            venue = stream.identifier[1].venue
        if instrument_id is not None:
            stream.state = market.state_c(instrument_id)
            if stream.state is None:
                known = ", ".join(str((<MarketState>s).id) for s in self.market.states) or "none"
                raise InvalidData(
                    f"data for an unknown instrument `{instrument_id}`: call `add_instrument` first (known: {known})"
                )
            if bar_type is not None:
                stream.history = market.bars_c(bar_type)
                stream.bar_ns = bar_length(bar_type.spec)
        for world in self._worlds:
            route = Route.__new__(Route)
            route.world = world
            route.modules = ()
            for exchange in world.exchanges:
                if exchange.id == venue and stream.end != STRATEGY_END:
                    route.exchange = exchange
                    route.modules = tuple([m for m in exchange.events.modules if m.takes_rows])
            if route.modules:
                stream.lane.python = True
            if closes and route.exchange is not None:
                route.exchange.events.settlement.expect_c(stream.identifier[1])
            if instrument_id is not None:
                if stream.end != VENUE_END:
                    route.channel = world.data_engine.channel_c(stream.lane.kind, stream.state, bar_type)
                for exchange in world.exchanges:
                    if exchange.id == instrument_id.venue and stream.end != STRATEGY_END:
                        route.matching = exchange.matching_engine_c(stream.state.instrument)
                        route.trades_match = exchange.trade_execution
            routes.append(route)
        stream.connect_c(tuple(routes))
        stream.share_c(stream)
        for other in self._streams:
            if stream.state is not None and other.state is stream.state:
                stream.share_c(other)
                break
        stream.takes_rows = any([(<Route>r).modules for r in routes])
        stream.lane.index = len(self._streams)
        self._streams.append(stream)

    def leave(self, World world not None):
        """Let a world go: it sees no more rows, the others go on."""
        cdef RowStream stream
        self._worlds = tuple([other for other in self._worlds if other is not world])
        for stream in self._streams:
            stream.connect_c(tuple([route for route in stream.routes if (<Route>route).world is not world]))
            stream.takes_rows = any([(<Route>r).modules for r in stream.routes])

    cdef Market market_c(self, RowStream stream):
        """The market that the rows of a stream move."""
        return self.market.upstream_c() if stream.end == VENUE_END else self.market

    def set_walks(self, RowStream stream not None, bint walks, bint pairs):
        """Say whether the bars of a stream execute orders, alone or as the bid or ask half of a pair."""
        cdef Route route
        stream.walks = walks
        stream.pairs = pairs
        for route in stream.routes:
            if route.matching is not None:
                route.matching.bars_execute = walks

    @property
    def streams(self):
        """The connected streams, in input order."""
        return list(self._streams)

    def _watch(self):
        """Let the merge take the middles that fills of the worlds wait for."""
        cdef World world
        cdef void* memory = realloc(NULL, max(len(self._worlds), 1) * sizeof(MarkoutsC*))
        if memory == NULL:
            raise MemoryError(f"no memory for {len(self._worlds)} worlds")
        self._merge.markouts = <MarkoutsC**>memory
        for world in self._worlds:
            self._merge.markouts[self._merge.n_markouts] = &world.markouts.c
            self._merge.n_markouts += 1

    def __dealloc__(self):
        merge_free(&self._merge)

    def open(self):
        """Start every stream from its first row."""
        self._merge.n_rows = 0
        self._merge.ts_now = 0
        for stream in self._streams:
            stream.open()

    @property
    def n_rows(self):
        """Rows replayed since `open`; one that a venue and the strategies take at different times counts once."""
        cdef RowStream stream
        cdef int64_t n_rows = <int64_t>self._merge.n_rows
        for stream in self._streams:
            if stream.end == VENUE_END:
                n_rows -= stream.n_passed + <int64_t>stream.lane.pos
        return n_rows

    @property
    def ts_now(self):
        """`ts_init` of the last row (ns)."""
        return self._merge.ts_now

    def close(self):
        """Close every stream."""
        for stream in self._streams:
            stream.close()

    def first_ts(self):
        """Return the `ts_init` of the earliest row (ns), or None if there is none. Streams must be open."""
        cdef RowStream stream
        times = [lane_ts(&stream.lane) for stream in self._streams if stream.lane.n > stream.lane.pos]
        return min(times) if times else None

    def skip_before(self, ts_t start):
        """Drop rows with `ts_init` before `start` (ns)."""
        cdef RowStream stream
        for stream in self._streams:
            while stream.lane.pos < stream.lane.n and lane_ts(&stream.lane) < start:
                stream.lane.pos += 1
                stream.n_passed -= 1
                if stream.lane.pos == stream.lane.n:
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
        cdef MergeC* merge = &self._merge
        cdef RowStream stream
        cdef LaneC* lane
        cdef ts_t bound
        cdef uint64_t looked = merge.n_rows
        cdef uint64_t reported = self.n_rows if progress is not None else 0
        cdef int ended
        cdef bint glides
        cdef bint stop = False
        cdef World world
        for world in self._worlds:
            if world.shutdown_reason is not None:
                return 0
        merge.n = 0
        for stream in self._streams:
            if stream.lane.n > stream.lane.pos and merge_push(merge, &stream.lane) != 0:
                raise MemoryError(f"no memory for {len(self._streams)} streams")
        while merge.n and not stop:
            lane = merge.heads[0].lane
            stream = <RowStream>self._streams[lane.index]
            if merge.heads[0].ts > end:
                break
            glides = not lane_needs_python(lane)
            if glides:
                bound = self._bound_c(end)
                glides = merge.heads[0].ts <= bound
            if glides:
                ended = merge_glide(merge, bound, HELD_ROWS)
                if ended == GLIDE_PAUSE:
                    with nogil:
                        ended = merge_glide(merge, bound, PROGRESS_ROWS)
                # A loop without Python code would not notice Ctrl-C
                PyErr_CheckSignals()
                self._tell_time_c()
                lane = merge.heads[0].lane
                stream = <RowStream>self._streams[lane.index]
                if ended == GLIDE_REACHED:
                    stop = self._reached_c(stream, stream.row_c(lane.pos - 1))
                elif ended == GLIDE_FAILED:
                    (<Route>stream.routes[merge.failed_route]).channel.failed_c(merge.failed_feed)
            else:
                stop = self._row_c(stream, stream.row_c(lane.pos))
                lane.pos += 1
                merge.n_rows += 1
            if lane.pos == lane.n and not stream.refill_c():
                merge_pop(merge)
            else:
                merge_renew(merge)
            if progress is not None and merge.n_rows - looked >= PROGRESS_ROWS:
                looked = merge.n_rows
                progress(self.n_rows - reported)
                reported = self.n_rows
        if progress is not None and self.n_rows > reported:
            progress(self.n_rows - reported)
        return 0

    @cython.boundscheck(False)
    cdef ts_t _bound_c(self, ts_t end) noexcept:
        """The last `ts_init` before anything else is due in any world."""
        cdef World world
        cdef ts_t due = NEVER
        cdef Py_ssize_t i
        for i in range(len(self._worlds)):
            world = <World>self._worlds[i]
            if world.agenda.n_queued:
                # Sent outside of a row: settled after the next one
                return 0
            due = min(due, min(world.queue.next_ns, world.agenda.next_ns))
        return min(end, due - 1) if due > 0 else 0

    @cython.boundscheck(False)
    cdef int _tell_time_c(self) except -1:
        cdef Py_ssize_t i
        for i in range(len(self._worlds)):
            (<World>self._worlds[i]).queue.now_ns = self._merge.ts_now
        return 0

    @cython.boundscheck(False)
    cdef int _row_c(self, RowStream stream, const RowHead* row) except -1:
        """Everything that one row causes; 1 if a world asked to shut down."""
        cdef ts_t ts = row.ts_init
        cdef World world
        cdef Py_ssize_t i
        for i in range(len(self._worlds)):
            world = <World>self._worlds[i]
            if world.queue.next_ns <= ts or world.agenda.next_ns <= ts:
                world.advance_c(ts)
            world.queue.now_ns = ts
            if world.markouts.c.due_ns <= ts:
                markouts_take(&world.markouts.c, ts)
        self._merge.ts_now = ts
        if stream.takes_rows:
            self._pre_process_c(stream)
        if stream.lane.kind == ROW_OBJECT:
            return self._object_c(stream, row)
        if stream.lane.kind == ROW_BAR:
            if stream.walks:
                self._bar_walk.walk_c(stream, <const BarRow*>row)
            stream.state.apply_bar_c(stream.history, <const BarRow*>row)
            if lane_is_held(&stream.lane):
                lane_see(&stream.lane, row)
            for i in range(len(stream.routes)):
                if (<Route>stream.routes[i]).exchange is not None:
                    (<Route>stream.routes[i]).exchange.check_margin_c(ts)
            return self._publish_c(stream, row, ts)
        state_apply_row(stream.state, stream.lane.kind, row)
        if lane_is_held(&stream.lane):
            lane_see(&stream.lane, row)
        return self._reached_c(stream, row)

    @cython.boundscheck(False)
    cdef int _reached_c(self, RowStream stream, const RowHead* row) except -1:
        """Match resting orders after a row, then publish it."""
        cdef Py_ssize_t i
        cdef const TradeRow* trade = <const TradeRow*>row if stream.lane.kind == ROW_TRADE else NULL
        cdef const DeltaRow* level
        # Rows inside a batch or snapshot wait for its last one: a half-built book matches nothing
        cdef bint matches = lane_book_stands(&stream.lane, row, &level)
        for i in range(stream.lane.n_routes):
            if stream.lane.routes[i].n_watched[0] and (stream.lane.routes[i].trades_match if trade != NULL else matches):
                (<Route>stream.routes[i]).matching.on_market_c(row.ts_init, trade)
        return self._publish_c(stream, row, row.ts_init)

    @cython.boundscheck(False)
    cdef int _publish_c(self, RowStream stream, const RowHead* row, ts_t ts) except -1:
        cdef Route route
        cdef World world
        cdef Py_ssize_t i
        cdef int stop = 0
        for i in range(stream.lane.n_routes):
            route = <Route>stream.routes[i]
            if route.channel is not None and (route.channel.n_consumers or stream.lane.routes[i].n_subscribers[0]):
                route.channel.publish_row_c(row)
            world = route.world
            world.settle_c(ts)
            if route.modules:
                self._modules_c(route, ts)
            if world.shutdown_reason is not None:
                stop = 1
        return stop

    cdef int _pre_process_c(self, RowStream stream) except -1:
        cdef Route route
        cdef SimulationModule module
        cdef object data = stream.object_c()
        for route in stream.routes:
            for module in route.modules:
                if module._pre_process is not None:
                    module._pre_process(data)
        return 0

    cdef int _modules_c(self, Route route, ts_t ts) except -1:
        cdef SimulationModule module
        for module in route.modules:
            if module._process is not None:
                module._process(ts)
        return route.world.settle_c(ts)

    cdef int _object_c(self, RowStream stream, const RowHead* row) except -1:
        cdef Route route
        cdef int stop = 0
        cdef object data = stream.objects[(<const ObjectRow*>row).index]
        if isinstance(data, InstrumentUpdate):
            self.market_c(stream).apply_object_c(data)
        for route in stream.routes:
            if route.exchange is not None and isinstance(data, InstrumentUpdate):
                route.exchange.on_update_c(data, row.ts_init)
            if stream.end != VENUE_END:
                route.world.data_engine.process_object_c(data)
            route.world.settle_c(row.ts_init)
            if route.modules:
                self._modules_c(route, row.ts_init)
            if route.world.shutdown_reason is not None:
                stop = 1
        return stop
