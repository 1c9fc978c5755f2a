"""The state of the market, kept once and shared by every world.

Rows are kept as C structs in rings: they grow by doubling up to their capacity, then the oldest row is overwritten.
Objects are built when somebody reads one.
"""
from collections import deque

cimport cython
from libc.math cimport NAN
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport realloc
from libc.string cimport memcpy
from nautilus_lite.core.fixed cimport fixed_middle
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.order_book cimport OrderBook
from nautilus_lite.model.data.bars cimport Bar
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.book cimport OrderBookDelta
from nautilus_lite.model.data.book cimport OrderBookDeltas
from nautilus_lite.model.data.book cimport OrderBookDepth10
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_QUOTE
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.ticks cimport QuoteTick
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.data.updates cimport IndexPriceUpdate
from nautilus_lite.model.data.updates cimport InstrumentUpdate
from nautilus_lite.model.data.updates cimport MarkPriceUpdate
from nautilus_lite.model.data.updates cimport PriceUpdate
from nautilus_lite.model.enums cimport BookAction
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Price

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.enums import BookType as BookTypeEnum

cdef size_t _FIRST_ROWS = 64           # rows of a ring's first allocation


cdef void ring_init(RingC* ring, size_t row_size, size_t capacity) noexcept nogil:
    ring.rows = NULL
    ring.row_size = row_size
    ring.capacity = capacity
    ring.allocated = 0
    ring.n = 0
    ring.head = 0


cdef void ring_free(RingC* ring) noexcept nogil:
    free(ring.rows)
    ring.rows = NULL
    ring.allocated = 0
    ring.n = 0
    ring.head = 0


cdef void ring_clear(RingC* ring) noexcept nogil:
    ring.n = 0
    ring.head = 0


cdef int _ring_grow(RingC* ring) except -1 nogil:
    cdef size_t allocated = ring.allocated * 2 if ring.allocated else _FIRST_ROWS
    if allocated > ring.capacity:
        allocated = ring.capacity
    cdef char* rows = <char*>realloc(ring.rows, allocated * ring.row_size)
    if rows == NULL:
        with gil:
            raise MemoryError(f"cannot keep {allocated} rows of {ring.row_size} bytes: lower the cache's capacity")
    ring.rows = rows
    ring.allocated = allocated
    return 0


cdef int ring_push(RingC* ring, const void* row) except -1 nogil:
    # Until the ring is at its capacity the head never wraps, so growing keeps the rows in place
    if ring.n == ring.allocated and ring.allocated < ring.capacity:
        _ring_grow(ring)
        ring.head = ring.n
    memcpy(ring.rows + ring.head * ring.row_size, row, ring.row_size)
    ring.head += 1
    if ring.n < ring.allocated:
        ring.n += 1
    if ring.head == ring.allocated and ring.allocated == ring.capacity:
        ring.head = 0
    return 0


cdef const void* ring_at(RingC* ring, size_t index) noexcept nogil:
    if index >= ring.n:
        return NULL
    cdef size_t slot = ring.head + ring.allocated - 1 - index
    if slot >= ring.allocated:
        slot -= ring.allocated
    return ring.rows + slot * ring.row_size


cdef class BarHistory:
    """Recent bars of one bar type; made by `Market` and `Cache`."""

    @staticmethod
    cdef BarHistory new_c(BarType bar_type, size_t capacity):
        cdef BarHistory history = BarHistory.__new__(BarHistory)
        history.bar_type = bar_type
        ring_init(&history.ring, sizeof(BarRow), capacity)
        return history

    def __dealloc__(self):
        ring_free(&self.ring)

    def __len__(self):
        return self.ring.n


cdef class MarketState:
    """What is known of one instrument; made by `Market.add_instrument`."""

    def __dealloc__(self):
        ring_free(&self.quotes)
        ring_free(&self.trades)

    cdef int apply_quote_c(self, const QuoteRow* row) except -1 nogil:
        self.quote = row[0]
        self.has_quote = True
        self.ts_last = row.ts_init
        self.n_quotes += 1
        ring_push(&self.quotes, row)
        if self.book_type == BookType.L1_MBP:
            self.book.apply_quote_c(row)
        return 0

    cdef int apply_trade_c(self, const TradeRow* row) except -1 nogil:
        self.trade = row[0]
        self.has_trade = True
        self.ts_last = row.ts_init
        self.n_trades += 1
        ring_push(&self.trades, row)
        # Trade-only data: the trade is all that is known of either side. Where there are quotes they say more
        if self.book_type == BookType.L1_MBP and self.trades_move_book and not self.has_quote:
            self.book.set_top_c(row.price, row.size, row.price, row.size, row.ts_event)
        return 0

    cdef int apply_delta_c(self, const DeltaRow* row) except -1 nogil:
        if self.book_type == BookType.L2_MBP:
            self.ts_last = row.ts_init
            return self.book.apply_level_c(row)
        if self.book_type == BookType.L3_MBO:
            self.ts_last = row.ts_init
            return self.book.apply_order_c(row)
        return 0

    cdef int apply_depth_c(self, const Depth10Row* row) except -1 nogil:
        if self.book_type != BookType.L2_MBP:
            return 0
        self.ts_last = row.ts_init
        self.book.apply_depth_c(row)
        return 0

    cdef int apply_bar_c(self, BarHistory history, const BarRow* row) except -1 nogil:
        self.last_close = row.close
        self.has_bar = True
        self.ts_last = row.ts_init
        ring_push(&history.ring, row)
        return 0

    cdef bint bid_c(self, price_raw_t* price) noexcept nogil:
        cdef qty_raw_t size
        if self.book.best_bid_c(price, &size):
            return True
        if self.has_quote:
            price[0] = self.quote.bid
        return self.has_quote

    cdef bint ask_c(self, price_raw_t* price) noexcept nogil:
        cdef qty_raw_t size
        if self.book.best_ask_c(price, &size):
            return True
        if self.has_quote:
            price[0] = self.quote.ask
        return self.has_quote

    cdef bint mark_c(self, int side_sign, price_raw_t* price) noexcept nogil:
        if self.bid_c(price) if side_sign > 0 else self.ask_c(price):
            return True
        return self.price_c(PriceType.LAST, price)

    cdef double mid_c(self) noexcept:
        cdef price_raw_t bid
        cdef price_raw_t ask
        if not self.bid_c(&bid) or not self.ask_c(&ask):
            return NAN
        return fixed_middle(bid, ask, self.instrument.price_precision)

    cdef int apply_update_c(self, InstrumentUpdate update, size_t capacity) except -1:
        cdef type kind = type(update)
        cdef price_raw_t raw
        if kind is MarkPriceUpdate:
            if fixed_rescale((<MarkPriceUpdate>update).raw, (<MarkPriceUpdate>update).precision,
                             self.instrument.price_precision, &raw) != 0:
                raise_overflow(f"mark price of {self.id}")
            self.mark_raw = raw
            self.has_mark_price = True
            refer(&self.mark, <PriceUpdate>update, self.instrument)
        elif kind is IndexPriceUpdate:
            refer(&self.index_price, <PriceUpdate>update, self.instrument)
        if self._updates is None:
            self._updates = {}
        kept = self._updates.get(kind)
        if kept is None:
            kept = self._updates[kind] = deque(maxlen=capacity)
        kept.appendleft(update)
        return 0

    cdef object updates_c(self, type kind):
        return () if self._updates is None else self._updates.get(kind, ())

    cdef bint price_c(self, int price_type, price_raw_t* price) noexcept nogil:
        cdef price_raw_t bid
        cdef price_raw_t ask
        if price_type == PriceType.BID:
            return self.bid_c(price)
        if price_type == PriceType.ASK:
            return self.ask_c(price)
        if price_type == PriceType.MID:
            if not self.bid_c(&bid) or not self.ask_c(&ask):
                return False
            # The floor of the average, without the sum leaving 64 bits
            price[0] = (bid & ask) + ((bid ^ ask) >> 1)
            return True
        if price_type == PriceType.MARK:
            price[0] = self.mark_raw
            return self.has_mark_price
        if price_type == PriceType.LAST:
            if self.has_trade:
                price[0] = self.trade.price
                return True
            if self.has_bar:
                price[0] = self.last_close
                return True
        return False

    cdef int reset_c(self) except -1:
        self.has_quote = False
        self.has_trade = False
        self.has_bar = False
        self.last_close = 0
        self.ts_last = 0
        self.n_quotes = 0
        self.n_trades = 0
        self.has_mark_price = False
        self.mark.known = self.index_price.known = False
        self._updates = None
        ring_clear(&self.quotes)
        ring_clear(&self.trades)
        # In place: the matching engine holds the same book
        self.book.reset()
        return 0

    @property
    def quote_count(self):
        """The number of quotes seen since the last reset."""
        return self.n_quotes

    @property
    def trade_count(self):
        """The number of trades seen since the last reset."""
        return self.n_trades

    @property
    def ts_last_init(self):
        """The `ts_init` of the last row, UNIX nanoseconds (0 before any)."""
        return self.ts_last

    def mark_price(self, int side_sign):
        """
        Return the price to value a position with.

        Parameters
        ----------
        side_sign : int
            Positive for a long (bid), negative for a short (ask); else the last trade, else the last bar's close.

        Returns
        -------
        Price or None
            None where no price is known.

        """
        cdef price_raw_t raw
        if not self.mark_c(side_sign, &raw):
            return None
        return Price.from_raw_c(raw, self.instrument.price_precision)

    def __repr__(self):
        return f"MarketState(index={self.index}, id={self.id}, book_type={BookTypeEnum(self.book_type).name})"


cdef int refer(ReferenceC* reference, PriceUpdate update, Instrument instrument) except -1:
    cdef int64_t below
    cdef int64_t unit
    cdef int digits = <int>update.precision - instrument.price_precision
    reference.between = False
    if digits <= 0:
        if fixed_rescale(update.raw, update.precision, instrument.price_precision, &below) != 0:
            raise_overflow(f"{type(update).__name__} of {update.instrument_id}")
    else:
        unit = fixed_pow10(digits)
        with cython.cdivision(False):
            # Floor, below zero as well
            below = update.raw // unit
            reference.between = update.raw % unit != 0
    reference.below = below
    reference.known = True
    return 0


cdef int state_exits(MarketState state, ExitsC* exits) noexcept nogil:
    exits.has_long = state.mark_c(1, &exits.for_long)
    exits.has_short = state.mark_c(-1, &exits.for_short)
    return 0


cdef int state_apply_row(MarketState state, int kind, const RowHead* row) except -1 nogil:
    if kind == ROW_QUOTE:
        return state.apply_quote_c(<const QuoteRow*>row)
    if kind == ROW_DELTA:
        return state.apply_delta_c(<const DeltaRow*>row)
    if kind == ROW_TRADE:
        return state.apply_trade_c(<const TradeRow*>row)
    return state.apply_depth_c(<const Depth10Row*>row)


cdef class Market:
    """
    The state of every instrument's market.

    Parameters
    ----------
    capacity : int, default 10_000
        The most recent quotes and trades kept, for each instrument.
    bar_capacity : int, optional
        The most recent bars kept, for each bar type; `capacity` if None.

    """

    def __init__(self, size_t capacity=10_000, bar_capacity=None):
        if capacity == 0:
            raise ValueError("invalid `capacity`, must be > 0, was 0")
        self.capacity = capacity
        self.bar_capacity = capacity if bar_capacity is None else bar_capacity
        if self.bar_capacity == 0:
            raise ValueError("invalid `bar_capacity`, must be > 0, was 0")
        self.states = []
        self._by_id = {}
        self._bars = {}

    cdef Market upstream_c(self):
        if self.upstream is None:
            # Nobody asks a venue for its recent rows
            self.upstream = Market(1)
        return self.upstream

    cdef MarketState state_c(self, InstrumentId instrument_id):
        return <MarketState>self._by_id.get(instrument_id)

    cdef MarketState add_instrument_c(self, Instrument instrument, int book_type):
        cdef MarketState state = self.state_c(instrument.id)
        if state is not None:
            _check_replacement(state, instrument, book_type)
            state.instrument = instrument
            return state
        state = MarketState.__new__(MarketState)
        state.index = len(self.states)
        state.id = instrument.id
        state.instrument = instrument
        state.book_type = book_type
        state.trades_move_book = True
        state.book = OrderBook(instrument.id, book_type, instrument.price_precision, instrument.size_precision)
        ring_init(&state.quotes, sizeof(QuoteRow), self.capacity)
        ring_init(&state.trades, sizeof(TradeRow), self.capacity)
        self.states.append(state)
        self._by_id[instrument.id] = state
        return state

    cdef BarHistory bars_c(self, BarType bar_type):
        cdef BarHistory history = <BarHistory>self._bars.get(bar_type)
        if history is None:
            history = BarHistory.new_c(bar_type, self.bar_capacity)
            self._bars[bar_type] = history
        return history

    cdef int apply_object_c(self, object data) except -1:
        cdef size_t i
        cdef OrderBookDeltas deltas
        cdef MarketState state
        if isinstance(data, Bar):
            state = self._require((<Bar>data).bar_type.instrument_id)
            _check_precision(state, data, (<Bar>data)._price_precision, (<Bar>data)._size_precision)
            return state.apply_bar_c(self.bars_c((<Bar>data).bar_type), &(<Bar>data)._mem)
        if isinstance(data, QuoteTick):
            state = self._require((<QuoteTick>data).instrument_id)
            _check_precision(state, data, (<QuoteTick>data)._price_precision, (<QuoteTick>data)._size_precision)
            return state.apply_quote_c(&(<QuoteTick>data)._mem)
        if isinstance(data, TradeTick):
            state = self._require((<TradeTick>data).instrument_id)
            _check_precision(state, data, (<TradeTick>data)._price_precision, (<TradeTick>data)._size_precision)
            return state.apply_trade_c(&(<TradeTick>data)._mem)
        if isinstance(data, OrderBookDeltas):
            deltas = <OrderBookDeltas>data
            state = self._require(deltas.instrument_id)
            for i in range(deltas._n):
                if deltas._rows[i].action != BookAction.CLEAR:
                    _check_precision(state, data, deltas._price_precision, deltas._size_precision)
                    break
            for i in range(deltas._n):
                _check_order_id(state, data, &deltas._rows[i])
            for i in range(deltas._n):
                state.apply_delta_c(&deltas._rows[i])
            return 0
        if isinstance(data, OrderBookDelta):
            state = self._require((<OrderBookDelta>data).instrument_id)
            # A CLEAR carries no price, so no precision either
            if (<OrderBookDelta>data)._mem.action != BookAction.CLEAR:
                _check_precision(
                    state, data, (<OrderBookDelta>data)._price_precision, (<OrderBookDelta>data)._size_precision,
                )
            _check_order_id(state, data, &(<OrderBookDelta>data)._mem)
            return state.apply_delta_c(&(<OrderBookDelta>data)._mem)
        if isinstance(data, OrderBookDepth10):
            state = self._require((<OrderBookDepth10>data).instrument_id)
            _check_precision(
                state, data, (<OrderBookDepth10>data)._price_precision, (<OrderBookDepth10>data)._size_precision,
            )
            return state.apply_depth_c(&(<OrderBookDepth10>data)._mem)
        if isinstance(data, InstrumentUpdate):
            return self._require((<InstrumentUpdate>data).instrument_id).apply_update_c(data, self.capacity)
        raise TypeError(f"invalid `data`, must be market data, was {type(data)}")

    cdef MarketState _require(self, InstrumentId instrument_id):
        cdef MarketState state = self.state_c(instrument_id)
        if state is None:
            raise InvalidData(f"unknown instrument {instrument_id}: add the instrument before its data")
        return state

    def add_instrument(self, Instrument instrument not None, book_type=BookTypeEnum.L1_MBP):
        """
        Add an instrument, or replace its definition.

        Parameters
        ----------
        instrument : Instrument
            The instrument.
        book_type : BookType, default BookType.L1_MBP
            The type of its book.

        Returns
        -------
        MarketState

        """
        return self.add_instrument_c(instrument, book_type)

    def state(self, InstrumentId instrument_id not None):
        """Return the state of an instrument's market (None if it is unknown)."""
        return self.state_c(instrument_id)

    def apply(self, data not None):
        """
        Apply a quote, trade, bar, delta, deltas or depth.

        Quotes move an L1 book, trades move it while no quote was seen; deltas and depth move an L2 book, deltas alone an L3 book.

        Raises
        ------
        InvalidData
            If the instrument is unknown, its precision is not that of the data, or a delta for an L3 book has no order id.

        """
        self.apply_object_c(data)

    def reset(self):
        """Forget all data; instruments stay."""
        cdef MarketState state
        cdef BarHistory history
        for state in self.states:
            state.reset_c()
        for history in self._bars.values():
            ring_clear(&history.ring)
        if self.upstream is not None:
            self.upstream.reset()

    def __repr__(self):
        return f"Market(instruments={len(self.states)}, capacity={self.capacity})"


cdef int _check_replacement(MarketState state, Instrument instrument, int book_type) except -1:
    if book_type != state.book_type:
        raise InvalidConfiguration(
            f"invalid `book_type` of {instrument.id}, must be {BookTypeEnum(state.book_type).name} as added before,"
            f" was {BookTypeEnum(book_type).name}",
        )
    if (
        instrument.price_precision != state.instrument.price_precision
        or instrument.size_precision != state.instrument.size_precision
    ):
        raise InvalidData(
            f"invalid precision of {instrument.id}, must be that of the first definition"
            f" ({state.instrument.price_precision}, {state.instrument.size_precision}),"
            f" was ({instrument.price_precision}, {instrument.size_precision})",
        )
    return 0


cdef int _check_precision(MarketState state, object data, int price_precision, int size_precision) except -1:
    if (
        price_precision != state.instrument.price_precision
        or size_precision != state.instrument.size_precision
    ):
        raise InvalidData(
            f"invalid precision of {data!r}, must be that of {state.id}"
            f" ({state.instrument.price_precision}, {state.instrument.size_precision}),"
            f" was ({price_precision}, {size_precision})",
        )
    return 0


cdef int _check_order_id(MarketState state, object data, const DeltaRow* row) except -1:
    if state.book_type == BookType.L3_MBO and row.order_id == 0 and row.action != BookAction.CLEAR:
        raise InvalidData(f"{data!r} has a delta without an order id: the L3_MBO book of {state.id} needs deltas by order")
    return 0
