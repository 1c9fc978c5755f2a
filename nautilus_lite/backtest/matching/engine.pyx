"""Matching of own orders in one instrument against its market.

The market is history: own orders never change it. Aggressive orders take what the book shows; resting orders fill when
the market comes to them. Nothing scans: a market update compares the touch with the head of each table.

When a resting limit fills
    - the opposite touch passes its price: "book_crossed", on a bar "bar_passed";
    - the opposite touch stands at its price and `FillModel.is_limit_filled` says so, one draw a visit: "touched";
    - a trade of the other aggressor (or of none) prints through or at its price: "trade_through", "trade_at", at most
      the trade's size over all orders, best price first, then by time. Under a queue model a trade at the price serves
      those ahead first: "queue_cleared".
    Always at its own price. An L1 book fills all of it; an L2 book what its levels show and own resting orders did not
    take. Where the book itself is made of trades, a trade row fills by the trade rules alone.

When an aggressive order fills
    - L2: level by level, best first, "took_book"; the rest of a market order is cancelled, of a limit it rests.
    - L1: the shown size at the touch, the rest one tick further, "slipped", where the limit allows.
    - a stop: at the book, "stop_triggered"; on a bar at its trigger price, or at the open if that is beyond it,
      "gap_open"; an if-touched order likewise, "if_touched".
    - market-to-limit: at the best price alone; what is left rests there.

What is unrealistic: without a queue model nobody stands ahead of a resting order; no reaction of the market to own orders, and any size is had on
an L1 book.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.matching.emitter cimport VenueEmitter
from nautilus_lite.backtest.matching.liquidity cimport ledger_take
from nautilus_lite.backtest.matching.liquidity cimport plan_book
from nautilus_lite.backtest.matching.liquidity cimport plan_free
from nautilus_lite.backtest.matching.liquidity cimport plan_init
from nautilus_lite.backtest.matching.liquidity cimport plan_top
from nautilus_lite.backtest.matching.reducing cimport ReducingOrders
from nautilus_lite.backtest.matching.resting cimport SlotC
from nautilus_lite.backtest.matching.rules cimport exact_price
from nautilus_lite.backtest.matching.rules cimport exact_quantity
from nautilus_lite.backtest.matching.rules cimport expiry_of
from nautilus_lite.backtest.matching.rules cimport is_if_touched
from nautilus_lite.backtest.matching.rules cimport is_immediate
from nautilus_lite.backtest.matching.rules cimport refuse_form_c
from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.backtest.matching.rules cimport tick_of
from nautilus_lite.backtest.matching.table cimport EntryC
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.matching.table cimport table_at
from nautilus_lite.backtest.matching.watch cimport BUY_LIMITS
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS_LAST
from nautilus_lite.backtest.matching.watch cimport SELL_LIMITS
from nautilus_lite.backtest.matching.watch cimport SELL_STOPS
from nautilus_lite.backtest.matching.watch cimport SELL_STOPS_LAST
from nautilus_lite.backtest.matching.watch cimport BUY_TOUCHES
from nautilus_lite.backtest.matching.watch cimport BUY_TOUCHES_LAST
from nautilus_lite.backtest.matching.watch cimport SELL_TOUCHES
from nautilus_lite.backtest.matching.watch cimport SELL_TOUCHES_LAST
from nautilus_lite.backtest.matching.watch cimport watch_count_visits
from nautilus_lite.backtest.matching.watch cimport watch_look
from nautilus_lite.backtest.matching.watch cimport watch_market
from nautilus_lite.backtest.matching.watch cimport watch_shares
from nautilus_lite.backtest.matching.watch cimport watch_trade
from nautilus_lite.backtest.models.fee cimport FeeModel
from nautilus_lite.backtest.models.fill cimport FillModel
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport price_raw_t
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
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.enums cimport AggressorSide
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.enums cimport TimeInForce
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InternalError
from nautilus_lite.model.enums import OrderSide as OrderSideEnum
from nautilus_lite.model.enums import OrderType as OrderTypeEnum

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

cdef str TOOK_BOOK = "took_book"
cdef str SLIPPED = "slipped"
cdef str BOOK_CROSSED = "book_crossed"
cdef str TOUCHED = "touched"
cdef str TRADE_THROUGH = "trade_through"
cdef str TRADE_AT = "trade_at"
cdef str QUEUE_CLEARED = "queue_cleared"
cdef str BAR_PASSED = "bar_passed"
cdef str STOP_TRIGGERED = "stop_triggered"
cdef str IF_TOUCHED = "if_touched"
cdef str GAP_OPEN = "gap_open"


cdef inline bint nearer(int sign, const EntryC* entry, const EntryC* other) noexcept:
    return other == NULL or sign * entry.price < sign * other.price


@cython.final
cdef class OrderMatchingEngine(ReducingOrders):
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
    is_hedging : bool
        A reduce-only order then needs a position id.
    reject_stop_orders, support_gtd_orders, use_reduce_only : bool
        As of `SimulatedExchange`.
    agenda : Agenda, optional
        Of its world; its own where None.
    queue_model : QueueModel, optional
        None: a trade at the price of a resting order fills it at once.

    Notes
    -----
    Handlers of its events may send commands; the exchange queues them, so none runs inside a match.
    """

    def __cinit__(self, *args, **kwargs):
        plan_init(&self._plan)

    def __dealloc__(self):
        plan_free(&self._plan)

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
        bint is_hedging=False,
        bint reject_stop_orders=True,
        bint support_gtd_orders=True,
        bint use_reduce_only=True,
        Agenda agenda=None,
        QueueModel queue_model=None,
    ):
        self.state = state
        self.watch.bids = &state.book.bid_side
        self.watch.asks = &state.book.ask_side
        self.instrument = state.instrument
        self.account_id = account_id
        self._fill_model = fill_model
        self._fee_model = fee_model
        self._queue_model = queue_model
        self.watch.rule = NULL if queue_model is None else &queue_model.rule
        self.watch.top_only = state.book_type == BookType.L1_MBP
        self._exec_engine = exec_engine
        self._cache = cache
        self._ids = ids
        self._emitter = VenueEmitter(self.instrument, index, account_id, fee_model, exec_engine, ids)
        self.agenda = Agenda() if agenda is None else agenda
        self._is_l1 = state.book_type == BookType.L1_MBP
        self._is_hedging = is_hedging
        self._reject_stop_orders = reject_stop_orders
        self._support_gtd_orders = support_gtd_orders
        self._use_reduce_only = use_reduce_only
        self._tick = tick_of(self.instrument)

    def __repr__(self):
        return f"{type(self).__name__}({self.instrument.id}, n_resting={self.n_resting})"

    # -- faces of the C methods -------------------------------------------------------------------------------------

    @property
    def open_order_count(self):
        """Number of working orders."""
        return self.n_resting

    def queue_ahead(self, Order order not None):
        """Return what must trade at the price of a working limit order before its turn (Quantity).

        None without a queue model, where the order does not rest here, or where an L1 book has not shown its level yet.
        """
        cdef qty_raw_t ahead = self.ahead_c(order)
        return None if ahead < 0 else self._qty(ahead)

    @property
    def next_expiry(self):
        """No later than the earliest expiry of a working order (ns), or None."""
        return None if self._next_expiry == NEVER else self._next_expiry

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

    # -- the touch --------------------------------------------------------------------------------------------------

    cdef int _look_c(self, ts_t ts_now) except -1:
        self._ts = ts_now
        watch_look(&self.watch)
        self._has_last = False
        return 0

    cdef bint _touch_c(self, int sign, price_raw_t* price, qty_raw_t* size) noexcept:
        """What a buyer (sign +1) or seller (-1) meets; False if that side is empty."""
        price[0] = self.watch.ask if sign > 0 else self.watch.bid
        size[0] = self.watch.ask_size if sign > 0 else self.watch.bid_size
        return self.watch.has_ask if sign > 0 else self.watch.has_bid

    cdef bint _crosses_c(self, int sign, price_raw_t price) noexcept:
        if sign > 0:
            return self.watch.has_ask and price >= self.watch.ask
        return self.watch.has_bid and price <= self.watch.bid

    cdef bint _is_reached_c(self, Order order) noexcept:
        """Whether the market is at or beyond the trigger price of an order."""
        cdef int sign = sign_of(order)
        cdef int way = -sign if is_if_touched(order) else sign
        cdef price_raw_t price
        cdef qty_raw_t size
        if order._trigger_type == TriggerType.LAST_PRICE:
            return self.state.price_c(PriceType.LAST, &price) and way * price >= way * order.trigger_raw
        return self._touch_c(sign, &price, &size) and way * price >= way * order.trigger_raw

    # -- the market moved -------------------------------------------------------------------------------------------

    cdef int on_market_c(self, ts_t ts_now, const TradeRow* trade) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        if trade == NULL:
            if not watch_market(&self.watch):
                return 0
            if self.watch.rule != NULL and self.watch.rule.failed:
                self._queue_model.raise_c()
        else:
            if not watch_trade(&self.watch, trade):
                return 0
            watch_look(&self.watch)
        self._ts = ts_now
        self._sweep_sequence = self._sequence
        self._has_last = trade != NULL
        if trade != NULL:
            self._last = trade.price
            self._match_trade_c(trade)
        # The book may be made of trades: they moved it, and their own rule has filled the limits
        self._sweep_c(1, trade == NULL)
        self._sweep_c(-1, trade == NULL)
        if self._n_reduce_only and self._emitter.n_fills != n_fills:
            self._drop_idle_c()
        return self._settle_links_c()

    cdef int on_bar_point_c(self, ts_t ts_now, bint is_gap) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        self._look_c(ts_now)
        self._sweep_sequence = self._sequence
        if self.watch.has_bid and self.watch.has_ask and self.watch.bid == self.watch.ask:
            self._has_last = True
            self._last = self.watch.ask
        watch_count_visits(&self.watch)
        self._on_path = True
        self._at_gap = is_gap
        try:
            self._sweep_c(1, True)
            self._sweep_c(-1, True)
        finally:
            self._on_path = False
            self._at_gap = False
        if self._n_reduce_only and self._emitter.n_fills != n_fills:
            self._drop_idle_c()
        return self._settle_links_c()

    cdef int _sweep_c(self, int sign, bint limits) except -1:
        """Match what a rise (sign +1: sell limits, buy stops) or a fall (-1) reaches, in the order of prices."""
        cdef TableC* rest = &self._tables[SELL_LIMITS if sign > 0 else BUY_LIMITS]
        # Tables of triggers, and the price that reaches each: stops by the far touch, if-touched orders by the near one
        cdef TableC* triggers[4]
        cdef price_raw_t[4] levels
        cdef bint[4] known
        cdef price_raw_t limit_touch
        cdef qty_raw_t size
        cdef bint has_limit_touch = self._touch_c(-sign, &limit_touch, &size)
        cdef int i
        cdef uint64_t last_sequence = self._sweep_sequence
        cdef size_t skip = 0
        cdef EntryC* entry
        cdef EntryC* nearest
        cdef Order order
        cdef bint is_limit
        triggers[0] = &self._tables[BUY_STOPS if sign > 0 else SELL_STOPS]
        known[0] = self._touch_c(sign, &levels[0], &size)
        triggers[1] = &self._tables[SELL_TOUCHES if sign > 0 else BUY_TOUCHES]
        known[1] = has_limit_touch
        levels[1] = limit_touch
        triggers[2] = &self._tables[BUY_STOPS_LAST if sign > 0 else SELL_STOPS_LAST]
        triggers[3] = &self._tables[SELL_TOUCHES_LAST if sign > 0 else BUY_TOUCHES_LAST]
        known[2] = known[3] = self._has_last
        levels[2] = levels[3] = self._last
        while True:
            nearest = NULL
            is_limit = False
            if limits and has_limit_touch:
                entry = table_at(rest, skip)
                if entry != NULL and sign * entry.price <= sign * limit_touch:
                    nearest = entry
                    is_limit = True
            for i in range(4):
                if known[i] and triggers[i].n:
                    entry = table_at(triggers[i], 0)
                    if sign * entry.price <= sign * levels[i] and nearer(sign, entry, nearest):
                        nearest = entry
                        is_limit = False
            if nearest == NULL:
                return 0
            order = <Order>self._orders[nearest.slot]
            if not is_limit:
                self.unrest_c(order)
                self._trigger_c(order, order.venue_order_id)
                self._settle_links_c()
                # Orders that hung on it may have left: those that stayed before stay again
                skip = 0
            elif nearest.sequence > last_sequence or not self._match_limit_c(order, -sign):
                # Stays: came to rest in this very pass, was not drawn, or nothing is left to take
                skip += 1
            else:
                skip = 0

    cdef bint _match_limit_c(self, Order order, int sign) except? 0:
        """Fill a resting limit that the opposite touch reached; True if it left its table."""
        cdef int side = 0 if sign > 0 else 1
        cdef SlotC* slot = &self._slots[order.venue_slot]
        cdef price_raw_t price = slot.price
        cdef price_raw_t touch
        cdef qty_raw_t size
        cdef qty_raw_t qty
        cdef bint through
        self._touch_c(sign, &touch, &size)
        through = sign * price > sign * touch
        if not through:
            if slot.visit != self.watch.visit[side]:
                slot.visit = self.watch.visit[side]
                slot.draws += 1
                slot.passed = self._fill_model.is_limit_filled_c(order, slot.draws)
            if not slot.passed:
                return False
        if not self._cap_c(order, None):
            return True
        qty = order.leaves_raw
        if not self._is_l1:
            qty = ledger_take(&self._ledgers[side], self._opposite(sign), sign, price, qty)
            if qty < 0:
                raise MemoryError("no memory for the liquidity ledger")
            if qty == 0:
                return False
        return self._fill_resting_c(
            order, qty, price, TOUCHED if not through else BAR_PASSED if self._on_path else BOOK_CROSSED
        )

    cdef LadderC* _opposite(self, int sign) noexcept:
        return &self.state.book.ask_side if sign > 0 else &self.state.book.bid_side

    cdef int _match_trade_c(self, const TradeRow* trade) except -1:
        cdef qty_raw_t remaining = trade.size
        cdef qty_raw_t qty
        cdef TableC* table
        cdef EntryC* entry
        cdef Order order
        cdef size_t skip
        cdef int sign
        cdef str reason
        for sign in (1, -1):
            # A seller hits resting buys, a buyer lifts resting sells, an unknown aggressor may have done either
            if trade.aggressor_side == (AggressorSide.BUYER if sign > 0 else AggressorSide.SELLER):
                continue
            table = &self._tables[BUY_LIMITS if sign > 0 else SELL_LIMITS]
            if self.watch.rule != NULL:
                watch_shares(&self.watch, BUY_LIMITS if sign > 0 else SELL_LIMITS, trade)
            skip = 0
            while remaining > 0:
                entry = table_at(table, skip)
                if entry == NULL or sign * entry.price < sign * trade.price:
                    break
                order = <Order>self._orders[entry.slot]
                qty = remaining
                if self.watch.rule != NULL:
                    qty = min(qty, self._places[entry.slot].share)
                    if qty == 0:
                        skip += 1
                        continue
                if not self._cap_c(order, None):
                    self._settle_links_c()
                    continue
                qty = min(order.leaves_raw, qty)
                remaining -= qty
                if self.watch.rule != NULL:
                    self._places[entry.slot].share = 0
                reason = TRADE_THROUGH
                if entry.price == trade.price:
                    reason = TRADE_AT if self.watch.rule == NULL else QUEUE_CLEARED
                skip = 0 if self._fill_resting_c(order, qty, entry.price, reason) else skip + 1
        return 0

    cdef bint _fill_resting_c(self, Order order, qty_raw_t qty, price_raw_t price, str reason) except? 0:
        cdef bint closes = qty == order.leaves_raw
        if closes:
            self.unrest_c(order)
        self._filled_c(order, order.venue_order_id, qty, price, True, reason)
        self._settle_links_c()
        return closes

    cdef int _trigger_c(self, Order order, VenueOrderId venue_order_id) except -1:
        """A stop or if-touched order, not in a table any more, was reached."""
        cdef int sign = sign_of(order)
        cdef bint at_trigger = self._on_path and not self._at_gap
        cdef str reason = GAP_OPEN if self._at_gap else IF_TOUCHED if is_if_touched(order) else STOP_TRIGGERED
        cdef qty_raw_t filled = order.filled_raw
        cdef bint takes
        if not self._cap_c(order, None):
            return 0
        if order._order_type == OrderType.STOP_MARKET or order._order_type == OrderType.MARKET_IF_TOUCHED:
            if self._take_c(order, venue_order_id, False, reason, at_trigger) > 0:
                self._close_c(order, OrderEventKind.CANCELED)
            return 0
        self._emitter.plain_c(order, OrderEventKind.TRIGGERED, self._ts)
        # On a bar's path the market stands at the trigger price at this moment, wherever the point is
        if at_trigger:
            takes = sign * order.price_raw >= sign * order.trigger_raw
        else:
            takes = self._crosses_c(sign, order.price_raw)
        if takes:
            if order.is_post_only:
                return self._close_c(order, OrderEventKind.CANCELED)
            self._take_c(order, venue_order_id, True, reason, at_trigger)
        return self._rest_limit_c(order, order.filled_raw - filled)

    cdef qty_raw_t _take_c(self, Order order, VenueOrderId venue_order_id, bint has_limit, str reason,
                           bint at_trigger) except? -1:
        """Take from the book what the order may; returns what is left of the order."""
        cdef int sign = sign_of(order)
        cdef qty_raw_t want = order.leaves_raw
        cdef price_raw_t limit = order.price_raw if has_limit else 0
        cdef price_raw_t price
        cdef qty_raw_t size
        cdef size_t i
        cdef int status
        if not self._is_l1:
            status = plan_book(&self._plan, self._opposite(sign), sign, has_limit, limit, want)
        else:
            if not self._touch_c(sign, &price, &size):
                return want
            if at_trigger:
                price = order.trigger_raw
            status = plan_top(&self._plan, sign, price, size, self._tick,
                              not has_limit and self._fill_model.is_slipped_c(order), has_limit, limit, want)
        if status != 0:
            raise MemoryError("no memory for the fills of an order")
        if self._plan.total < want and order._time_in_force == TimeInForce.FOK:
            return want
        for i in range(self._plan.n):
            self._filled_c(order, venue_order_id, self._plan.fills[i].qty, self._plan.fills[i].price, False,
                           SLIPPED if self._plan.fills[i].slipped else reason)
        return order.leaves_raw

    cdef int _rest_limit_c(self, Order order, qty_raw_t taken) except -1:
        """What is left of a limit after it took `taken`: rests, or is cancelled where it must not."""
        cdef int sign = sign_of(order)
        cdef int side = 0 if sign > 0 else 1
        if order.leaves_raw == 0:
            return 0
        if is_immediate(order):
            return self._close_c(order, OrderEventKind.CANCELED)
        self.rest_c(order, BUY_LIMITS if sign > 0 else SELL_LIMITS, order.price_raw, self._expiry_c(order))
        if self.watch.rule != NULL:
            # Where trades alone make the book it tells of no queue: nobody is ahead
            self.join_queue_c(order, sign, not self._is_l1 or self.state.has_quote)
        if taken > 0 and not self._is_l1:
            if ledger_take(&self._ledgers[side], self._opposite(sign), sign, order.price_raw, taken) < 0:
                raise MemoryError("no memory for the liquidity ledger")
        return 0

    # -- commands ---------------------------------------------------------------------------------------------------

    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        cdef int kind = command.kind
        cdef Order order
        cdef CancelOrder cancel
        self._look_c(ts_now)
        if kind == CommandKind.SUBMIT_ORDER:
            self._submit_c((<SubmitOrder>command).order, (<SubmitOrder>command).position_id)
        elif kind == CommandKind.SUBMIT_ORDER_LIST:
            for order in (<SubmitOrderList>command).order_list.orders:
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

    cdef int _submit_c(self, Order order, PositionId position_id) except -1:
        cdef str reason
        if order.is_closed_c() or self._holds_c(order):
            return 0
        reason = self._refuse_c(order, position_id)
        if reason is not None:
            return self._rejected_c(order, reason, False)
        if order._order_type == OrderType.MARKET:
            return self._submit_market_c(order, position_id)
        if order._order_type == OrderType.LIMIT:
            return self._submit_limit_c(order, position_id)
        if order._order_type == OrderType.MARKET_TO_LIMIT:
            return self._submit_market_to_limit_c(order, position_id)
        return self._submit_stop_c(order)

    cdef str _refuse_c(self, Order order, PositionId position_id):
        """Why the venue does not take the order, or None."""
        cdef str reason = refuse_form_c(order, self.instrument)
        if reason is not None:
            return reason
        if self._expiry_c(order) <= self._ts:
            return f"expire time {order.expire_time_ns} is not after the time of arrival {self._ts} (ns)"
        if self._use_reduce_only and order.is_reduce_only and self._reducible_c(order, position_id) == 0:
            side = OrderSideEnum(order._side).name
            return f"reduce-only {side} order without an open position to reduce in {self.instrument.id}"
        return None

    cdef object _px(self, price_raw_t raw):
        return Price.from_raw_c(raw, self.instrument.price_precision)

    cdef object _qty(self, qty_raw_t raw):
        return Quantity.from_raw_c(raw, self.instrument.size_precision)

    cdef str _touch_text(self):
        bid = self._px(self.watch.bid) if self.watch.has_bid else "none"
        ask = self._px(self.watch.ask) if self.watch.has_ask else "none"
        return f"bid {bid}, ask {ask}"

    cdef str _takes_text(self, Order order, price_raw_t price):
        return f"post-only {OrderSideEnum(order._side).name} at {self._px(price)} would take: {self._touch_text()}"

    cdef bint _has_market_c(self, Order order) except? 0:
        """Whether there is anybody to trade with; rejects the order if not."""
        cdef bint buys = order._side == OrderSide.BUY
        if self.watch.has_ask if buys else self.watch.has_bid:
            return True
        reason = f"no market for {self.instrument.id}: {self._touch_text()}, nothing to {'buy from' if buys else 'sell to'}"
        self._rejected_c(order, reason, False)
        return False

    cdef int _submit_market_to_limit_c(self, Order order, PositionId position_id) except -1:
        """Take at the best price; what is left rests there as a limit."""
        cdef price_raw_t price
        cdef qty_raw_t size
        cdef VenueOrderId venue_order_id
        if not self._has_market_c(order) or not self._cap_c(order, position_id):
            return 0
        self._touch_c(sign_of(order), &price, &size)
        if size >= order.leaves_raw:
            return self._submit_market_c(order, position_id)
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        self._emitter.priced_c(order, price, self._ts)
        self._take_c(order, venue_order_id, True, TOOK_BOOK, False)
        return self._rest_limit_c(order, order.filled_raw)

    cdef int _submit_market_c(self, Order order, PositionId position_id) except -1:
        cdef VenueOrderId venue_order_id
        if not self._has_market_c(order) or not self._cap_c(order, position_id):
            return 0
        venue_order_id = self._emitter.venue_order_id_c(order)
        if self._take_c(order, venue_order_id, False, TOOK_BOOK, False) > 0:
            self._close_c(order, OrderEventKind.CANCELED)
        return 0

    cdef int _submit_limit_c(self, Order order, PositionId position_id) except -1:
        cdef bint takes = self._crosses_c(sign_of(order), order.price_raw)
        cdef VenueOrderId venue_order_id
        if takes and order.is_post_only:
            return self._rejected_c(order, self._takes_text(order, order.price_raw), True)
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        if takes:
            if not self._cap_c(order, position_id):
                return 0
            self._take_c(order, venue_order_id, True, TOOK_BOOK, False)
        return self._rest_limit_c(order, order.filled_raw)

    cdef int _submit_stop_c(self, Order order) except -1:
        cdef bint crossed = self._is_reached_c(order)
        cdef VenueOrderId venue_order_id
        cdef int table
        if crossed and self._reject_stop_orders:
            reason = f"stop at {self._px(order.trigger_raw)} is in the market: {self._touch_text()}"
            return self._rejected_c(order, f"{OrderSideEnum(order._side).name} {reason}", False)
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        if crossed:
            return self._trigger_c(order, venue_order_id)
        table = BUY_TOUCHES if is_if_touched(order) else BUY_STOPS
        if order._trigger_type == TriggerType.LAST_PRICE:
            table += BUY_STOPS_LAST - BUY_STOPS
        table += order._side == OrderSide.SELL
        return self.rest_c(order, table, order.trigger_raw, self._expiry_c(order))

    cdef int _modify_c(self, ModifyOrder command) except -1:
        cdef Order order = self._cache.order_c(command.client_order_id)
        cdef int64_t quantity, price, trigger
        cdef str reason = None
        cdef int table
        cdef qty_raw_t filled
        if order is None or order.venue_slot < 0:
            reason = f"order {command.client_order_id} is not working at {self.instrument.id.venue}"
        else:
            quantity = order.quantity_raw
            price = order.price_raw
            trigger = order.trigger_raw
            if not exact_quantity(command.quantity, self.instrument.size_precision, &quantity):
                reason = f"quantity {command.quantity} is finer than {self.instrument.id} allows, {self.instrument.size_increment}"
            elif not exact_price(command.price, self.instrument.price_precision, &price):
                reason = f"price {command.price} is finer than {self.instrument.id} allows, {self.instrument.price_increment}"
            elif not exact_price(command.trigger_price, self.instrument.price_precision, &trigger):
                reason = f"trigger price {command.trigger_price} is finer than {self.instrument.id} allows"
            elif command.price is not None and not order._has_price:
                reason = f"a {OrderTypeEnum(order._order_type).name} order has no price to modify"
            elif command.trigger_price is not None and self._slots[order.venue_slot].table <= SELL_LIMITS:
                reason = f"order {command.client_order_id} has no trigger price to modify, or it was triggered already"
            else:
                reason = self._refuse_change_c(order, quantity, price, trigger)
        if reason is not None:
            return self._emitter.refused_c(
                OrderEventKind.MODIFY_REJECTED, command, command.client_order_id, command.venue_order_id, reason,
                self._ts,
            )
        if price == order.price_raw and trigger == order.trigger_raw and quantity <= order.quantity_raw:
            # Only a smaller quantity keeps its place in the queue
            self._emitter.updated_c(order, quantity, price, trigger, self._ts)
            return self._follow_c(order)
        table = self._slots[order.venue_slot].table
        self.unrest_c(order)
        self._emitter.updated_c(order, quantity, price, trigger, self._ts)
        self._follow_c(order)
        if table > SELL_LIMITS:
            return self.rest_c(order, table, trigger, self._expiry_c(order))
        filled = order.filled_raw
        if self._crosses_c(sign_of(order), price):
            if not self._cap_c(order, None):
                return 0
            self._take_c(order, order.venue_order_id, True, TOOK_BOOK, False)
        return self._rest_limit_c(order, order.filled_raw - filled)

    cdef str _refuse_change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger):
        cdef int sign = sign_of(order)
        cdef bint is_limit = self._slots[order.venue_slot].table <= SELL_LIMITS
        cdef price_raw_t before = order.trigger_raw
        cdef bint crossed
        if quantity <= order.filled_raw:
            return f"quantity {self._qty(quantity)} must be above the filled quantity {self._qty(order.filled_raw)}"
        if is_limit:
            if order.is_post_only and price != order.price_raw and self._crosses_c(sign, price):
                return self._takes_text(order, price)
        elif trigger != before:
            order.trigger_raw = trigger
            crossed = self._is_reached_c(order)
            order.trigger_raw = before
            if crossed:
                reason = f"stop at {self._px(trigger)} would be in the market: {self._touch_text()}"
                return f"{OrderSideEnum(order._side).name} {reason}"
        return None

    cdef int _cancel_c(self, CancelOrder command) except -1:
        cdef Order order = self._cache.order_c(command.client_order_id)
        if order is None or (order.venue_slot < 0 and command.client_order_id not in self._held):
            return self._emitter.refused_c(
                OrderEventKind.CANCEL_REJECTED, command, command.client_order_id, command.venue_order_id,
                f"order {command.client_order_id} is not working at {self.instrument.id.venue}", self._ts,
            )
        return self._close_c(order, OrderEventKind.CANCELED)

    cdef int _cancel_all_c(self, CancelAllOrders command) except -1:
        cdef Order order
        for order in self.arrivals_c() + list(self._held.values()):
            if not order.is_closed_c() and order.strategy_id == command.strategy_id and (
                command._order_side == OrderSide.NO_ORDER_SIDE or command._order_side == order._side
            ):
                self._close_c(order, OrderEventKind.CANCELED)
        return 0

    # -- expiry -----------------------------------------------------------------------------------------------------

    cdef ts_t _expiry_c(self, Order order) noexcept:
        return expiry_of(order, self._ts, self._support_gtd_orders)

    cdef ts_t next_expiry_c(self) noexcept:
        return self._next_expiry

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
        return self._settle_links_c()

    cdef int reset_c(self) except -1:
        cdef int side
        self.clear_c()
        self._held.clear()
        self._due.clear()
        self._emitter.n_orders = 0
        self._emitter.n_fills = 0
        for side in range(2):
            self.watch.visit[side] = 0
            self.watch.visit_known[side] = False
            self.watch.visit_price[side] = 0
        return 0
