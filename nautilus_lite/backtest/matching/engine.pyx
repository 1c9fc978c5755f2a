"""The orders of one world in one instrument, matched against its market; `filling.pyx` says when and how an order fills."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.bar_rules cimport BarOrderTiming
from nautilus_lite.backtest.bar_rules cimport BarPath
from nautilus_lite.backtest.matching.auctions cimport GATE_AUCTION
from nautilus_lite.backtest.matching.auctions cimport GATE_OPEN
from nautilus_lite.backtest.matching.emitter cimport VenueEmitter
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.matching.rules cimport tick_of
from nautilus_lite.backtest.matching.watch cimport BUY_LIMITS
from nautilus_lite.backtest.matching.watch cimport ODD_TRIGGERS
from nautilus_lite.backtest.matching.watch cimport SELL_LIMITS
from nautilus_lite.backtest.matching.watch cimport watch_look
from nautilus_lite.backtest.matching.watch cimport watch_market
from nautilus_lite.backtest.matching.watch cimport watch_shares
from nautilus_lite.backtest.matching.watch cimport watch_trade
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport BatchCancelOrders
from nautilus_lite.execution.messages cimport CancelAllOrders
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.enums cimport AggressorSide
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.backtest.session import TradingSession
from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


@cython.final
cdef class OrderMatchingEngine(BarOrders):
    """Matches the orders of one world in one instrument.

    Parameters
    ----------
    state : MarketState
        The market, shared with other worlds; read only.
    index : int
        Number of the instrument at its venue, from 1; part of the venue's order and trade ids.
    account_id : AccountId
    fill_model : FillModel
    fee_model : FeeModel
    exec_engine : ExecutionEngine
        Takes the events.
    cache : Cache
        For orders and positions.
    ids : UUIDFactory
    reject_stop_orders, support_gtd_orders, use_reduce_only : bool
        As of `SimulatedExchange`.
    agenda : Agenda, optional
        Of its world; its own where None.
    liquidity_consumption : bool
        As of `SimulatedExchange`.
    queue_model : QueueModel, optional
        None: on an L3 book the place among its orders, on others a trade at the price of a resting order fills it at once.
    responses : Responses, optional
        Of the venue, where its answers take time.
    purse : Purse, optional
        Of the venue, where its account is a cash account.
    bar_path : BarPath
    bar_order_timing : BarOrderTiming
    session : TradingSession, optional
        When the venue opens and closes, for instruments without a status; UTC days where None.
    price_protection_points : int, default 0
        As of `SimulatedExchange`.
    max_price_age_ns : int, default 0
    require_fresh_price : bool, default False
        As of `SimulatedExchange`.

    Notes
    -----
    Handlers of its events may send commands; the exchange queues them, so none runs inside a match.
    """

    def __init__(
        self,
        MarketState state not None,
        int index,
        AccountId account_id not None,
        FillModel fill_model not None,
        FeeModel fee_model not None,
        ExecutionEngine exec_engine not None,
        Cache cache not None,
        UUIDFactory ids not None,
        bint reject_stop_orders=True,
        bint support_gtd_orders=True,
        bint use_reduce_only=True,
        Agenda agenda=None,
        QueueModel queue_model=None,
        bint liquidity_consumption=False,
        Responses responses=None,
        Purse purse=None,
        int bar_path=BarPath.OHLC,
        int bar_order_timing=BarOrderTiming.THIS_CLOSE,
        session=None,
        int price_protection_points=0,
        uint64_t max_price_age_ns=0,
        bint require_fresh_price=False,
    ):
        self.state = state
        self.watch.bids = &state.book.bid_side
        self.watch.asks = &state.book.ask_side
        self.instrument = state.instrument
        self.account_id = account_id
        self._fill_model = fill_model
        self._queue_model = queue_model
        self.watch.rule = NULL if queue_model is None else &queue_model.rule
        self.watch.queues = &state.book.queues if queue_model is None and state.book_type == BookType.L3_MBO else NULL
        self.watch.queued = self.watch.rule != NULL or self.watch.queues != NULL
        self.watch.top_only = state.book_type == BookType.L1_MBP
        self.watch.consumes = liquidity_consumption
        self._cache = cache
        self._responses = responses
        self._purse = purse
        self._emitter = VenueEmitter(self.instrument, index, account_id, fee_model, exec_engine, ids, responses, purse)
        self.agenda = Agenda() if agenda is None else agenda
        self._is_l1 = state.book_type == BookType.L1_MBP
        self._reject_stop_orders = reject_stop_orders
        self._support_gtd_orders = support_gtd_orders
        self._use_reduce_only = use_reduce_only
        self._tick = tick_of(self.instrument)
        self._bar_path = bar_path
        self.bar_timing = bar_order_timing
        self._lot = self.instrument._own_qty_c(self.instrument.size_increment)
        self._through = fill_model.through * self._tick
        self._protection = price_protection_points * self._tick
        self._max_age = max_price_age_ns or NEVER
        self._needs_fresh = require_fresh_price
        self.session = TradingSession() if session is None else session
        self.clear_gate_c()

    cdef int note_c(self, Markouts markouts, Excursions excursions) except -1:
        if markouts is None:
            return 0
        self.held = excursions.held_c(self.instrument.id)
        self._emitter.held = self.held
        self._emitter.watch = &self.watch
        self._emitter.markouts = markouts
        self._emitter.state = self.state
        return 0

    def __repr__(self):
        return f"{type(self).__name__}({self.instrument.id}, n_resting={self.n_resting})"

    # -- faces of the C methods -------------------------------------------------------------------------------------

    @property
    def open_order_count(self):
        """Number of working orders."""
        return self.n_resting

    def queue_ahead(self, Order order not None):
        """Return what must trade at the price of a working limit order before its turn (Quantity).

        None without a queue model or L3 book, where the order does not rest here, or where an L1 book has not shown its level yet.
        """
        cdef qty_raw_t ahead = self.ahead_c(order if self._responses is None else self._responses.order_c(order.client_order_id))
        return None if ahead < 0 else self._qty(ahead)

    @property
    def next_expiry(self):
        """No later than the earliest expiry of a working order (ns), or None."""
        return None if self.next_expiry_c() == NEVER else self.next_expiry_c()

    def get_open_orders(self):
        """Return the working orders in order of arrival."""
        return self.arrivals_c()

    def on_market(self, uint64_t ts_now, TradeTick trade=None):
        """Match working orders after the market changed.

        Parameters
        ----------
        ts_now : int
            UNIX nanoseconds.
        trade : TradeTick, optional
            The trade that changed it.
        """
        self.on_market_c(ts_now, NULL if trade is None else &trade._mem)

    def on_bar_point(self, uint64_t ts_now, bint is_gap):
        """Match working orders after the book was set to a point of a bar's path; `is_gap` for the open."""
        self.on_bar_point_c(ts_now, is_gap)

    def process_command(self, TradingCommand command not None, uint64_t ts_now):
        """Carry out a command that reached the venue at `ts_now` (ns)."""
        self.process_command_c(command, ts_now)

    def expire(self, uint64_t ts_now):
        """Expire working orders due at or before `ts_now` (ns)."""
        self.expire_c(ts_now)

    def reset(self):
        """Forget all orders and start counting again."""
        self.reset_c()

    def _check(self):
        """Raise InternalError if a working order is not where it belongs."""
        self.check_c()

    # -- the market moved -------------------------------------------------------------------------------------------

    cdef int on_market_c(self, ts_t ts_now, const TradeRow* trade) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        if self.gate != GATE_OPEN:
            # Places in queues and visits of prices are followed all the same
            if trade == NULL:
                watch_market(&self.watch, NULL)
            elif self.gate == GATE_AUCTION and self.watch.queued:
                # The print of an auction served those ahead; own orders meet the market when it opens
                if trade.aggressor_side != AggressorSide.BUYER:
                    watch_shares(&self.watch, BUY_LIMITS, trade)
                if trade.aggressor_side != AggressorSide.SELLER:
                    watch_shares(&self.watch, SELL_LIMITS, trade)
            return 0
        if trade == NULL:
            if not watch_market(&self.watch, NULL):
                return 0
            if self.watch.rule != NULL and self.watch.rule.failed:
                self._queue_model.raise_c()
        else:
            if not watch_trade(&self.watch, trade):
                return 0
            watch_look(&self.watch)
        self._ts = ts_now
        if self.watch.consumes:
            self._renew_c()
        if self.watch.wake:
            self.open_auction_c()
        self._sweep_sequence = self._sequence
        self._has_last = trade != NULL
        if trade != NULL:
            self._last = trade.price
            self._price_ts = trade.ts_event
            self._match_trade_c(trade)
            if self.watch.consumes:
                self._others_took_c(trade)
        self._price_ts = self.state.book.ts_last
        # The book may be made of trades: they moved it, and their own rule has filled the limits
        self._sweep_c(1, trade == NULL)
        self._sweep_c(-1, trade == NULL)
        if self._tables[<int>ODD_TRIGGERS].n:
            self._sweep_odd_c(trade != NULL, trade == NULL or (self._is_l1 and not self.state.has_quote), False)
        if self._trailing:
            self._trail_c()
        if self._n_reduce_only and self._emitter.n_fills != n_fills:
            self._drop_idle_c()
        return self._settle_links_c()

    cdef int resume_c(self, ts_t ts_now) except -1:
        return self.on_market_c(ts_now, NULL)

    cdef int on_reference_c(self, ts_t ts_now) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        if self.gate != GATE_OPEN or self._tables[<int>ODD_TRIGGERS].n == 0:
            return 0
        self._look_c(ts_now)
        if self.watch.consumes:
            self._renew_c()
        self._sweep_sequence = self._sequence
        self._sweep_odd_c(False, False, True)
        if self._trailing:
            self._trail_c()
        if self._n_reduce_only and self._emitter.n_fills != n_fills:
            self._drop_idle_c()
        return self._settle_links_c()

    # -- commands ---------------------------------------------------------------------------------------------------

    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        cdef int kind = command.kind
        cdef Order order
        cdef CancelOrder cancel
        self._look_c(ts_now)
        if self.watch.consumes:
            self._renew_c()
        if kind == CommandKind.SUBMIT_ORDER:
            order = (<SubmitOrder>command).order
            if self._responses is not None:
                order = self._responses.arrive_c(order)
            self._submit_c(order, (<SubmitOrder>command).position_id)
        elif kind == CommandKind.SUBMIT_ORDER_LIST:
            for order in (<SubmitOrderList>command).order_list.orders:
                if self._responses is not None:
                    order = self._responses.arrive_c(order)
                self._submit_c(order, (<SubmitOrderList>command).position_id)
                self._settle_links_c()
        elif kind == CommandKind.MODIFY_ORDER:
            self._modify_c(<ModifyOrder>command)
        elif kind == CommandKind.CANCEL_ORDER:
            self._cancel_c(<CancelOrder>command)
        elif kind == CommandKind.CANCEL_ALL_ORDERS:
            self._cancel_all_c(<CancelAllOrders>command)
        elif kind == CommandKind.BATCH_CANCEL_ORDERS:
            for cancel in (<BatchCancelOrders>command).cancels:
                self._cancel_c(cancel)
        else:
            raise InternalError(f"unknown kind of command {kind}: {command!r}; please report")
        self._settle_links_c()
        if self._n_reduce_only and self._emitter.n_fills != n_fills:
            self._drop_idle_c()
        return self._settle_links_c()

    # -- expiry -----------------------------------------------------------------------------------------------------

    cdef ts_t next_expiry_c(self) noexcept:
        return min(self._next_expiry, self._next_held)

    cdef int expire_c(self, ts_t ts_now) except -1:
        cdef Order order
        cdef ts_t expire_ns
        cdef list due = []
        self._look_c(ts_now)
        self._next_expiry = NEVER
        for order in self.arrivals_c():
            expire_ns = self._slots[order.venue_slot].expire_ns
            if expire_ns <= ts_now:
                due.append((expire_ns, len(due), order))
            else:
                self._next_expiry = min(self._next_expiry, expire_ns)
        due.sort()
        for _, _, order in due:
            if order.venue_slot >= 0:
                self._close_c(order, OrderEventKind.EXPIRED)
        # Children end with a parent of the same time
        self._settle_links_c()
        self._expire_held_c(ts_now)
        return self._settle_links_c()

    cdef int reset_c(self) except -1:
        cdef int side
        self.clear_c()
        self.reset_bars_c()
        self.clear_gate_c()
        self._held.clear()
        self._held_until.clear()
        self._next_held = NEVER
        self._trailing.clear()
        self.watch.trails_bid = self.watch.trails_ask = False
        self._due.clear()
        self._emitter.n_orders = 0
        self._emitter.n_fills = 0
        self._book_count = 0
        self._shape_count = 0
        self._shape_taken[0] = self._shape_taken[1] = 0
        for side in range(2):
            self.watch.visit[side] = 0
            self.watch.decided[side] = 0
            self.watch.visit_known[side] = False
            self.watch.visit_price[side] = 0
        return 0
