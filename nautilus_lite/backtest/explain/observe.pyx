"""A second look at the market around one order: rows go through a market of their own, and what concerns the order is noted."""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.backtest.matching.fifo cimport fifo_ahead
from nautilus_lite.backtest.matching.fifo cimport fifo_join
from nautilus_lite.backtest.matching.fifo cimport fifo_pass
from nautilus_lite.backtest.matching.fifo cimport fifo_renew
from nautilus_lite.backtest.matching.fifo cimport fifo_trade
from nautilus_lite.backtest.matching.queue cimport PlaceC
from nautilus_lite.backtest.matching.queue cimport place_follow
from nautilus_lite.backtest.matching.queue cimport place_join
from nautilus_lite.backtest.matching.queue cimport place_trade
from nautilus_lite.backtest.matching.queue cimport shown
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport state_apply_row
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_best
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport ROW_BAR
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_QUOTE
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.rows cimport ends_batch
from nautilus_lite.model.enums cimport AggressorSide
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.instruments.base cimport Instrument

from nautilus_lite.backtest.stream import KINDS

# Sides that a bar executes
BAR_BID = 1
BAR_ASK = 2
BAR_BOTH = 3

cdef struct RangeC:
    bint has
    price_raw_t low
    price_raw_t high
    ts_t low_ts                  # when the low was first seen
    ts_t high_ts


cdef inline void range_add(RangeC* seen, price_raw_t price, ts_t ts) noexcept:
    if not seen.has or price < seen.low:
        seen.low = price
        seen.low_ts = ts
    if not seen.has or price > seen.high:
        seen.high = price
        seen.high_ts = ts
    seen.has = True


cdef object range_dict(RangeC* seen):
    if not seen.has:
        return None
    return {"low": seen.low, "low_ts": seen.low_ts, "high": seen.high, "high_ts": seen.high_ts}


@cython.final
cdef class MarketObserver:
    """Replays rows of one instrument and notes what an order at a price would have seen.

    Parameters
    ----------
    instrument : Instrument
    book_type : BookType
        Of the venue.
    trades_move_book : bool
        As of the venue: trades may move an L1 book that has no quotes.
    sign : int
        +1 for a buyer, -1 for a seller.
    queue_model : QueueModel, optional
        Follows the place of the order in the queue of its level.
    is_exact : bool, default False
        The place among the orders of an L3 book is followed instead.
    """
    cdef Market market
    cdef MarketState state
    cdef QueueModel queue_model
    cdef int sign
    cdef bint is_l1
    cdef bint is_exact
    # What is noted, since `begin`
    cdef bint noting
    cdef bint has_price
    cdef bint queued
    cdef bint at_price
    cdef price_raw_t price
    cdef PlaceC place
    cdef qty_raw_t shown_entry           # at the order's price on its own side; -1 = the book cannot tell
    cdef qty_raw_t ahead_entry
    cdef RangeC bid
    cdef RangeC ask
    cdef RangeC last
    cdef uint64_t n_rows
    cdef uint64_t n_trades
    cdef uint64_t n_visits
    cdef uint64_t n_bars
    cdef uint64_t n_bars_reached
    cdef qty_raw_t[3] at                 # traded at the price, by aggressor
    cdef qty_raw_t[3] through            # beyond it
    # The last closes of bid and ask bars
    cdef price_raw_t bar_bid
    cdef price_raw_t bar_ask
    cdef bint has_bar_bid
    cdef bint has_bar_ask

    def __init__(self, Instrument instrument not None, int book_type, bint trades_move_book, int sign,
                 QueueModel queue_model=None, bint is_exact=False):
        # Nobody asks this market for its past
        self.market = Market(1)
        self.state = self.market.add_instrument_c(instrument, book_type)
        self.state.trades_move_book = trades_move_book
        self.is_l1 = book_type == BookType.L1_MBP
        self.sign = sign
        self.queue_model = queue_model
        self.is_exact = is_exact

    cdef LadderC* own_c(self) noexcept:
        return &self.state.book.bid_side if self.sign > 0 else &self.state.book.ask_side

    def begin(self, uint64_t ts, price, bint rests):
        """Note from here on, from the market as it stands.

        Parameters
        ----------
        ts : int
            UNIX nanoseconds.
        price : int or None
            Raw price of the order, or its trigger.
        rests : bool
            Whether it stands in the book at that price.
        """
        cdef int i
        self.noting = True
        self.has_price = price is not None
        self.price = 0 if price is None else price
        self.queued = rests and (self.is_exact or self.queue_model is not None) and self.has_price
        self.at_price = False
        self.bid.has = self.ask.has = self.last.has = False
        self.n_rows = self.n_trades = self.n_visits = self.n_bars = self.n_bars_reached = 0
        for i in range(3):
            self.at[i] = self.through[i] = 0
        if self.queued:
            place_join(&self.place, self.shown_c() if not self.is_l1 or self.state.has_quote else 0)
            if self.is_exact:
                fifo_join(&self.place.fifo, &self.state.book.queues)
        self.ahead_entry = self.ahead_c()
        self.shown_entry = self.shown_c()
        self.touch_c(ts)

    def end(self):
        """Stop noting."""
        self.noting = False

    cdef qty_raw_t ahead_c(self) noexcept:
        if not self.queued or not self.place.known:
            return -1
        if self.is_exact:
            return fifo_ahead(&self.place.fifo, &self.state.book.queues, self.sign, self.price)
        return self.place.ahead

    cdef qty_raw_t shown_c(self) noexcept:
        return shown(self.own_c(), self.price, self.is_l1) if self.has_price else -1

    cdef int touch_c(self, ts_t ts) except -1:
        cdef LevelC* bid = ladder_best(&self.state.book.bid_side)
        cdef LevelC* ask = ladder_best(&self.state.book.ask_side)
        cdef LevelC* opposite = ask if self.sign > 0 else bid
        cdef bint at
        if bid != NULL:
            range_add(&self.bid, bid.price, ts)
        if ask != NULL:
            range_add(&self.ask, ask.price, ts)
        if self.has_price:
            at = opposite != NULL and opposite.price == self.price
            if at and not self.at_price:
                self.n_visits += 1
            self.at_price = at
        return 0

    cdef int bar_c(self, const BarRow* row, int sides) except -1:
        cdef bint reached
        if sides & 1:
            self.bar_bid = row.close
            self.has_bar_bid = True
        if sides & 2:
            self.bar_ask = row.close
            self.has_bar_ask = True
        if self.has_bar_bid and self.has_bar_ask:
            self.state.book.set_top_c(self.bar_bid, max(row.volume, 1), self.bar_ask, max(row.volume, 1), row.ts_init)
        if not self.noting:
            return 0
        if sides & 1:
            range_add(&self.bid, row.low, row.ts_init)
            range_add(&self.bid, row.high, row.ts_init)
        if sides & 2:
            range_add(&self.ask, row.low, row.ts_init)
            range_add(&self.ask, row.high, row.ts_init)
        if sides == 3:
            range_add(&self.last, row.low, row.ts_init)
            range_add(&self.last, row.high, row.ts_init)
        if self.sign > 0 and sides & 2 or self.sign < 0 and sides & 1:
            self.n_bars += 1
            reached = row.low <= self.price if self.sign > 0 else row.high >= self.price
            if self.has_price and reached:
                self.n_bars_reached += 1
                self.n_visits += 1
        return 0

    cdef int row_c(self, int kind, const RowHead* row, int sides) except -1:
        cdef const TradeRow* trade
        cdef bint moved
        if self.noting:
            self.n_rows += 1
        if kind == ROW_BAR:
            return self.bar_c(<const BarRow*>row, sides)
        state_apply_row(self.state, kind, row)
        if not self.noting:
            return 0
        if kind == ROW_TRADE:
            trade = <const TradeRow*>row
            self.n_trades += 1
            range_add(&self.last, trade.price, row.ts_init)
            if self.has_price:
                self.trade_c(trade)
            moved = self.is_l1 and self.state.trades_move_book and not self.state.has_quote
        elif kind == ROW_QUOTE:
            moved = self.is_l1
        else:
            moved = not self.is_l1 and (kind != ROW_DELTA or ends_batch((<const DeltaRow*>row).flags))
        if not moved:
            return 0
        if self.queued and self.is_exact and kind != ROW_TRADE:
            fifo_renew(&self.place.fifo, &self.state.book.queues, self.sign, self.price)
        elif self.queued and kind != ROW_TRADE:
            place_follow(&self.place, &self.queue_model.rule, self.shown_c())
            if self.queue_model.rule.failed:
                self.queue_model.raise_c()
        return self.touch_c(row.ts_init)

    cdef int trade_c(self, const TradeRow* trade) except -1:
        cdef int aggressor = trade.aggressor_side if trade.aggressor_side < 3 else 0
        cdef bint beyond = self.sign * trade.price < self.sign * self.price
        if beyond:
            self.through[aggressor] += trade.size
        elif trade.price == self.price:
            self.at[aggressor] += trade.size
        else:
            return 0
        if self.queued and aggressor != (AggressorSide.BUYER if self.sign > 0 else AggressorSide.SELLER):
            if not self.is_exact:
                place_trade(&self.place, trade.size, beyond)
            elif beyond:
                fifo_pass(&self.place.fifo)
            else:
                fifo_trade(&self.place.fifo, &self.state.book.queues, self.sign, self.price, trade.size)
        return 0

    def feed(self, list blocks not None, list kinds not None, list sides not None, const int64_t[::1] streams,
             const int64_t[::1] rows):
        """Replay rows.

        Parameters
        ----------
        blocks : list of ndarray
            Structured rows, one block a stream.
        kinds : list of str
            The kind of each block.
        sides : list of int
            Which sides the bars of each block execute: 0 none, 1 bid, 2 ask, 3 both.
        streams, rows : ndarray of int64
            The order of replay: numbers of blocks, and of rows in them.
        """
        cdef const unsigned char[::1] view
        cdef size_t i, n = rows.shape[0]
        cdef int64_t stream = -1
        cdef int kind = 0
        cdef int side = 0
        cdef size_t row_size = 0
        views = [block.view("u1").reshape(-1) for block in blocks]
        for i in range(n):
            if streams[i] != stream:
                stream = streams[i]
                view = views[stream]
                kind = KINDS[kinds[stream]]
                side = sides[stream]
                row_size = blocks[stream].dtype.itemsize
            self.row_c(kind, <const RowHead*>&view[rows[i] * row_size], side)

    def noted(self):
        """Return what was noted since `begin`, raw."""
        sides = ("none", "buyer", "seller")
        return {
            "bid": range_dict(&self.bid),
            "ask": range_dict(&self.ask),
            "last": range_dict(&self.last),
            "n_rows": self.n_rows,
            "n_trades": self.n_trades,
            "n_visits": self.n_visits,
            "n_bars": self.n_bars,
            "n_bars_reached": self.n_bars_reached,
            "traded_at": {side: self.at[i] for i, side in enumerate(sides)},
            "traded_through": {side: self.through[i] for i, side in enumerate(sides)},
            "shown_entry": self.shown_entry,
            "shown_end": self.shown_c(),
            "ahead_entry": self.ahead_entry,
            "ahead_end": self.ahead_c(),
        }
