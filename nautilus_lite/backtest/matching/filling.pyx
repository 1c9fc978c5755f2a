"""Matching of own orders in one instrument against its market.

The market is history: own orders never change it. Aggressive orders take what the book shows; resting orders fill when
the market comes to them. Nothing scans: a market update compares the touch with the head of each table.

When a resting limit fills
    - the opposite touch passes its price: "book_crossed", on a bar "bar_passed";
    - the opposite touch stands at its price and `FillModel.is_limit_filled` says so, one draw a visit: "touched";
    - a trade of the other aggressor (or of none) prints through or at its price: "trade_through", "trade_at", at most
      the trade's size over all orders, best price first, then by time. Under a queue model, and on an L3 book, a trade
      at the price serves those ahead first: "queue_cleared".
    Always at its own price. An L1 book fills all of it; an L2 book, and under liquidity consumption an L1 book, what its
    levels show and own orders did not take. Where the book itself is made of trades, a trade row fills by the trade rules alone.

When an aggressive order fills
    - L2: level by level, best first, "took_book"; the rest of a market order is cancelled, of a limit it rests.
    - L1: the shown size at the touch, the rest one tick further, "slipped", where the limit allows. IOC and FOK orders,
      and under liquidity consumption all, get what is left of the shown size and no more, as on a book of one level.
    - a stop: at the book, "stop_triggered"; on a bar at its trigger price, or at the open if that is beyond it,
      "gap_open"; an if-touched order likewise, "if_touched".
    - market-to-limit: at the best price alone; what is left rests there.

What is unrealistic: without a queue model or an L3 book nobody stands ahead of a resting order; no reaction of the market to own orders, and any size is had on
an L1 book.
"""

from libc.stdint cimport uint64_t

from nautilus_lite.backtest.matching.fifo cimport fifo_rejoin
from nautilus_lite.backtest.matching.liquidity cimport LedgerC
from nautilus_lite.backtest.matching.liquidity cimport ledger_left
from nautilus_lite.backtest.matching.liquidity cimport ledger_note
from nautilus_lite.backtest.matching.liquidity cimport ledger_take
from nautilus_lite.backtest.matching.liquidity cimport plan_beyond
from nautilus_lite.backtest.matching.liquidity cimport plan_book
from nautilus_lite.backtest.matching.liquidity cimport plan_free
from nautilus_lite.backtest.matching.liquidity cimport plan_init
from nautilus_lite.backtest.matching.liquidity cimport plan_mark_slipped
from nautilus_lite.backtest.matching.liquidity cimport plan_shape
from nautilus_lite.backtest.matching.liquidity cimport plan_top
from nautilus_lite.backtest.matching.queue cimport PlaceC
from nautilus_lite.backtest.matching.queue cimport place_rejoin
from nautilus_lite.backtest.matching.reducing cimport ReducingOrders
from nautilus_lite.backtest.matching.resting cimport SlotC
from nautilus_lite.backtest.matching.rules cimport becomes_market
from nautilus_lite.backtest.matching.rules cimport by_reference
from nautilus_lite.backtest.matching.rules cimport expiry_of
from nautilus_lite.backtest.matching.rules cimport is_if_touched
from nautilus_lite.backtest.matching.rules cimport is_immediate
from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.backtest.matching.rules cimport way_of
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
from nautilus_lite.backtest.matching.watch cimport ODD_TRIGGERS
from nautilus_lite.backtest.matching.watch cimport SELL_TOUCHES
from nautilus_lite.backtest.matching.watch cimport SELL_TOUCHES_LAST
from nautilus_lite.backtest.matching.watch cimport watch_look
from nautilus_lite.backtest.matching.watch cimport watch_remember
from nautilus_lite.backtest.matching.watch cimport watch_renew
from nautilus_lite.backtest.matching.watch cimport watch_shares
from nautilus_lite.backtest.models.fill.base cimport SHAPES_VISITS
from nautilus_lite.backtest.models.fill.base cimport FillViewC
from nautilus_lite.backtest.models.fill.base cimport ShapeC
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.trailing cimport ShownC
from nautilus_lite.execution.trailing cimport is_at_c
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_at
from nautilus_lite.model.book.order_book cimport OrderBook
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.enums cimport AggressorSide
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.enums cimport TimeInForce
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.backtest.matching.resting import first
from nautilus_lite.model.enums import OrderSide as OrderSideEnum

cdef str SLIPPED = "slipped"
cdef str TOOK_BOOK = "took_book"
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


cdef class FillingOrders(ReducingOrders):
    """Base of the matching engine: what fills an order, and at which price."""

    def __cinit__(self, *args, **kwargs):
        plan_init(&self._plan)

    def __dealloc__(self):
        plan_free(&self._plan)

    # -- the touch --------------------------------------------------------------------------------------------------

    cdef int _look_c(self, ts_t ts_now) except -1:
        self._ts = ts_now
        self._price_ts = self.state.book.ts_last
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

    cdef void _shown_c(self, ShownC* shown) noexcept:
        shown.has_bid = self.watch.has_bid
        shown.has_ask = self.watch.has_ask
        shown.bid = self.watch.bid
        shown.ask = self.watch.ask
        shown.has_last = self._has_last
        shown.last = self._last
        if not shown.has_last:
            shown.has_last = self.state.price_c(PriceType.LAST, &shown.last)
        shown.mark = self.state.mark
        shown.index = self.state.index_price

    cdef bint _is_reached_c(self, Order order) noexcept:
        """Whether the market is at or beyond the trigger price of an order."""
        cdef ShownC shown
        self._shown_c(&shown)
        return is_at_c(order._trigger_type, order._side, way_of(order), order.trigger_raw, &shown)

    cdef bint _fires_c(self, Order order, bint is_trade, bint is_touch) noexcept:
        cdef SlotC* slot = &self._slots[order.venue_slot]
        cdef int kind = order._trigger_type
        if kind == TriggerType.DOUBLE_LAST or kind == TriggerType.DOUBLE_BID_ASK:
            if not (is_trade if kind == TriggerType.DOUBLE_LAST else is_touch):
                return False
            slot.hits = slot.hits + 1 if self._is_reached_c(order) else 0
            return slot.hits >= 2
        return self._is_reached_c(order)

    cdef int _sweep_odd_c(self, bint is_trade, bint is_touch, bint is_reference) except -1:
        """Trigger the orders that no table is sorted for, in order of arrival; of a reference price those that go by one."""
        cdef uint64_t last_sequence = self._sweep_sequence
        cdef Order order
        cdef size_t i
        cdef list keyed = []
        cdef EntryC* entry
        cdef price_raw_t price
        cdef qty_raw_t size
        for i in range(self._tables[<int>ODD_TRIGGERS].n):
            entry = &self._tables[<int>ODD_TRIGGERS].entries[i]
            if entry.sequence <= last_sequence:
                keyed.append((entry.sequence, self._orders[entry.slot]))
        keyed.sort(key=first)
        for _, order in keyed:
            # An earlier one may have taken it along
            if order.venue_slot >= 0 and self._slots[order.venue_slot].table == ODD_TRIGGERS:
                if is_reference and (self._slots[order.venue_slot].waits or not by_reference(order)):
                    continue
                if self._slots[order.venue_slot].waits:
                    if self._is_old_c(self._slots[order.venue_slot].since) or not self._touch_c(sign_of(order), &price, &size):
                        continue
                    self._go_on_c(order)
                    self._must_be_somewhere_c(order)
                    self._settle_links_c()
                elif self._fires_c(order, is_trade, is_touch):
                    if self._on_path and not self._at_gap and self._slots[order.venue_slot].hits == 0 and not by_reference(order):
                        self._stand_c(sign_of(order), order.trigger_raw)
                    self.unrest_c(order)
                    self._trigger_c(order, order.venue_order_id)
                    self._must_be_somewhere_c(order)
                    self._settle_links_c()
                    watch_look(&self.watch)
        return 0

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
        cdef bint passes = self._on_path and not self._at_gap
        self._may_fill = False
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
                if passes:
                    watch_look(&self.watch)
                    self._last = levels[2]
                elif limits and not self._may_fill:
                    self.watch.decided[1 if sign > 0 else 0] = self.watch.visit[1 if sign > 0 else 0]
                return 0
            order = <Order>self._orders[nearest.slot]
            if passes:
                self._stand_c(sign_of(order), nearest.price)
            if not is_limit:
                self.unrest_c(order)
                self._trigger_c(order, order.venue_order_id)
                self._must_be_somewhere_c(order)
                self._settle_links_c()
                # Orders that hung on it may have left: those that stayed before stay again
                skip = 0
            elif nearest.sequence > last_sequence and not passes:
                # Stays: came to rest in this very pass
                self._may_fill = True
                skip += 1
            elif not self._match_limit_c(order, -sign, limit_touch):
                # Stays: was not drawn, or nothing is left to take
                skip += 1
            else:
                skip = 0

    cdef int _stand_c(self, int sign, price_raw_t price) except -1:
        """On its path the market stands where an order is reached: for those released by it, not yet at the point."""
        cdef price_raw_t spread = self.watch.ask - self.watch.bid
        self.watch.ask = price if sign > 0 else price + spread
        self.watch.bid = price if sign < 0 else price - spread
        self._last = price
        return 0

    cdef bint _match_limit_c(self, Order order, int sign, price_raw_t touch) except? 0:
        """Fill a resting limit that the opposite touch reached; True if it left its table.

        Where it may fill before the touch moves, `_may_fill` says so.
        """
        cdef int side = 0 if sign > 0 else 1
        cdef SlotC* slot = &self._slots[order.venue_slot]
        cdef price_raw_t price = slot.price
        cdef qty_raw_t qty
        cdef bint through = sign * price > sign * touch
        cdef price_raw_t shown
        cdef qty_raw_t size
        if sign * (price - touch) < self._through:
            return False
        if self._fill_model.shapes:
            self._may_fill = True
            self._touch_c(sign, &shown, &size)
            return self._match_shaped_c(order, sign, touch, size)
        if not through:
            if slot.visit != self.watch.visit[side]:
                slot.visit = self.watch.visit[side]
                slot.draws += 1
                slot.passed = self._fill_model.is_limit_filled_c(order, slot.draws)
            if not slot.passed:
                return False
        self._may_fill = True
        if not self._cap_resting_c(order, &qty):
            return True
        if qty == 0:
            return False
        if not self._is_l1 or self.watch.consumes:
            qty = self._took_c(sign, price, qty)
            if qty == 0:
                return False
        return self._fill_resting_c(
            order, qty, price, TOUCHED if not through else BAR_PASSED if self._on_path else BOOK_CROSSED
        )

    cdef bint _match_shaped_c(self, Order order, int sign, price_raw_t touch, qty_raw_t size) except? 0:
        """As `_match_limit_c`, where the fill model says what there is to take."""
        cdef int side = 0 if sign > 0 else 1
        cdef SlotC* slot = &self._slots[order.venue_slot]
        cdef price_raw_t price = slot.price
        cdef bint through = sign * price > sign * touch
        cdef qty_raw_t qty, most
        if slot.visit != self.watch.visit[side]:
            slot.visit = self.watch.visit[side]
            slot.draws += 1
            slot.passed = through or self._fill_model.is_limit_filled_c(order, slot.draws)
        elif self._fill_model.shapes == SHAPES_VISITS:
            # Had its share
            return False
        if not slot.passed:
            return False
        if not self._cap_resting_c(order, &most):
            return True
        if most == 0:
            return False
        qty = most
        if self._shape_c(order, sign, touch, size, True, price, slot.draws, True):
            qty = min(most, self._plan.total)
            self._shape_taken[side] += qty
            if qty == 0:
                return False
        return self._fill_resting_c(
            order, qty, price, TOUCHED if not through else BAR_PASSED if self._on_path else BOOK_CROSSED
        )

    cdef bint _shape_c(self, Order order, int sign, price_raw_t price, qty_raw_t size, bint has_limit, price_raw_t limit,
                       uint64_t nth, bint is_resting) except? 0:
        cdef FillViewC view
        cdef ShapeC shape
        cdef OrderBook book
        # What a model says is all that a limit finds
        cdef bint ends = has_limit
        cdef int status
        cdef int side = 0 if sign > 0 else 1
        if self._fill_model._python_book:
            book = self._fill_model.book_c(
                self.instrument,
                order,
                self.watch.bid if self.watch.has_bid else self.watch.ask,
                self.watch.ask if self.watch.has_ask else self.watch.bid,
            )
            if book is None:
                return False
            status = plan_book(
                &self._plan, &book.ask_side if sign > 0 else &book.bid_side, NULL, sign, has_limit, limit,
                order.leaves_raw,
            )
            plan_mark_slipped(&self._plan, sign, price)
        else:
            if self.state.book.update_count != self._shape_count:
                self._shape_count = self.state.book.update_count
                self._shape_taken[0] = self._shape_taken[1] = 0
            view.sign = sign
            view.price = price
            view.size = size
            view.taken = self._shape_taken[side]
            view.tick = self._tick
            view.unit = fixed_pow10(self.instrument.size_precision)
            view.lot = self._lot
            view.want = order.leaves_raw
            view.has_limit = has_limit
            view.limit = limit
            view.is_resting = is_resting
            view.ts = self._ts
            view.nth = nth
            shape.n = 0
            shape.ends = False
            if not self._fill_model.shape_c(&shape, &view, order):
                return False
            status = plan_shape(&self._plan, &shape, sign, price, has_limit, limit, order.leaves_raw)
            ends = ends or shape.ends
        if status == 0 and self._is_l1 and not ends:
            status = plan_beyond(&self._plan, sign, self._tick, order.leaves_raw)
        if status != 0:
            raise MemoryError("no memory for the fills of an order")
        return True

    cdef LadderC* _opposite(self, int sign) noexcept:
        return &self.state.book.ask_side if sign > 0 else &self.state.book.bid_side

    cdef int _renew_c(self) noexcept:
        """Before anything fills: forget what was taken of levels that are not the same any more."""
        if not self._is_l1 or self.state.has_quote:
            watch_renew(&self.watch)
        elif self.state.book.update_count != self._book_count:
            # Where trades or bars make the book each of them is fresh volume, whatever its size
            self._ledgers[0].n = self._ledgers[1].n = 0
            watch_remember(&self.watch)
        self._book_count = self.state.book.update_count
        return 0

    cdef int _others_took_c(self, const TradeRow* trade) except -1:
        """A trade that reaches an own order took its size from the book, which shows it in its next row, unless it has done so."""
        cdef int sign
        if (self._is_l1 and not self.state.has_quote) or self.state.book.ts_last > trade.ts_event:
            return 0
        for sign in (1, -1):
            if trade.aggressor_side == (AggressorSide.SELLER if sign > 0 else AggressorSide.BUYER):
                continue
            if ledger_note(&self._ledgers[0 if sign > 0 else 1], self._opposite(sign), trade.price, trade.size) != 0:
                raise MemoryError("no memory for the liquidity ledger")
        watch_remember(&self.watch)
        return 0

    cdef qty_raw_t _took_c(self, int sign, price_raw_t limit, qty_raw_t want) except -1:
        """Note that a buyer (+1) or seller (-1) takes up to `want` within a limit; returns how much there was."""
        cdef qty_raw_t total = ledger_take(&self._ledgers[0 if sign > 0 else 1], self._opposite(sign), sign, limit, want)
        if total < 0:
            raise MemoryError("no memory for the liquidity ledger")
        watch_remember(&self.watch)
        return total

    cdef bint _available_c(self, int sign, price_raw_t* price, qty_raw_t* size) noexcept:
        """The best level that a buyer (+1) or seller (-1) can still take from, and how much; False if there is none."""
        cdef size_t depth = 0
        cdef LevelC* level
        if not self.watch.consumes:
            return self._touch_c(sign, price, size)
        while True:
            level = ladder_at(self._opposite(sign), depth)
            if level == NULL:
                return False
            price[0] = level.price
            size[0] = ledger_left(&self._ledgers[0 if sign > 0 else 1], level)
            if size[0] > 0:
                return True
            depth += 1

    cdef int _match_trade_c(self, const TradeRow* trade) except -1:
        cdef qty_raw_t remaining = trade.size
        cdef qty_raw_t qty
        cdef TableC* table
        cdef EntryC* entry
        cdef Order order
        cdef size_t skip
        cdef int sign
        cdef str reason
        cdef qty_raw_t before, share, most, filled
        cdef bint left
        cdef bint queued
        if self._fill_model.rations:
            remaining = self._fill_model.of_trade_c(remaining, self._lot)
        for sign in (1, -1):
            before = remaining
            # A seller hits resting buys, a buyer lifts resting sells, an unknown aggressor may have done either
            if trade.aggressor_side == (AggressorSide.BUYER if sign > 0 else AggressorSide.SELLER):
                continue
            table = &self._tables[BUY_LIMITS if sign > 0 else SELL_LIMITS]
            if self.watch.queued:
                watch_shares(&self.watch, BUY_LIMITS if sign > 0 else SELL_LIMITS, trade)
            skip = 0
            while remaining > 0:
                entry = table_at(table, skip)
                if entry == NULL or sign * (entry.price - trade.price) < self._through:
                    break
                order = <Order>self._orders[entry.slot]
                qty = remaining
                share = 0
                if self.watch.queued:
                    # What own orders before it took of the trade does not come to it
                    share = self._places[entry.slot].share
                    qty = min(qty, share - (before - remaining))
                    if qty <= 0:
                        skip += 1
                        continue
                if not self._cap_resting_c(order, &most):
                    self._settle_links_c()
                    continue
                qty = min(most, qty)
                if qty == 0:
                    skip += 1
                    continue
                queued = self.watch.queued and entry.price == trade.price
                if queued and self._slots[entry.slot].tranche:
                    qty = min(qty, self._slots[entry.slot].tranche)
                if self.watch.queued:
                    self._places[entry.slot].share = 0
                reason = TRADE_THROUGH
                if entry.price == trade.price:
                    reason = QUEUE_CLEARED if queued else TRADE_AT
                filled = order.filled_raw
                left = self._fill_resting_c(order, qty, entry.price, reason)
                # Nothing where the account could not pay for it: the trade is there for the next one
                remaining -= order.filled_raw - filled
                if left:
                    skip = 0
                elif not queued or not self._next_tranche_c(order, qty, trade.size, share):
                    skip += 1
            if self.watch.consumes and self._is_l1 and not self.state.has_quote and remaining < before:
                # The book is made of this very trade
                self._took_c(sign, trade.price, before - remaining)
        return 0

    cdef bint _next_tranche_c(self, Order order, qty_raw_t filled, qty_raw_t traded, qty_raw_t share) except? 0:
        """Show the next part of an iceberg whose shown part has filled; True if another entry is in its place now.

        `traded` is the size of the trade, `share` what of it came through the queue of the part that filled.
        """
        cdef SlotC* slot
        cdef PlaceC* place
        if order.display_raw == 0 or order.venue_slot < 0:
            return False
        slot = &self._slots[order.venue_slot]
        slot.tranche -= filled
        if slot.tranche > 0:
            return False
        slot.tranche = min(order.display_raw, order.leaves_raw)
        self.go_back_c(order)
        place = &self._places[order.venue_slot]
        if self.watch.queues != NULL:
            place.share = fifo_rejoin(&place.fifo, self.watch.queues, sign_of(order), slot.price, share)
        else:
            place_rejoin(place, traded)
        return True

    cdef bint _fill_resting_c(self, Order order, qty_raw_t qty, price_raw_t price, str reason) except? 0:
        cdef bint closes = qty == order.leaves_raw
        if closes:
            self.unrest_c(order)
        if self._filled_c(order, order.venue_order_id, qty, price, True, reason):
            closes = True
        self._settle_links_c()
        # An exit that it released may have fired, and ended it
        return closes or order.venue_slot < 0

    cdef int _trigger_c(self, Order order, VenueOrderId venue_order_id) except -1:
        """A stop or if-touched order, not in a table any more, was reached."""
        self._go_off_c(order, venue_order_id)
        return self._end_entry_c(order)

    cdef int _go_off_c(self, Order order, VenueOrderId venue_order_id) except -1:
        cdef int sign = sign_of(order)
        cdef str reason = GAP_OPEN if self._at_gap else IF_TOUCHED if is_if_touched(order) else STOP_TRIGGERED
        cdef qty_raw_t filled = order.filled_raw
        # One that will only rest is cut when it fills: the position may have grown by then
        if (becomes_market(order) or self._crosses_c(sign, order.price_raw)) and not self._cap_c(order, None):
            return 0
        if becomes_market(order):
            if self._is_old_c(self._ts):
                return self._wait_for_update_c(order, venue_order_id)
            if self._take_c(order, venue_order_id, False, reason) > 0:
                return self._leave_market_c(order, venue_order_id)
            return 0
        self._emitter.plain_c(order, OrderEventKind.TRIGGERED, self._ts)
        if self._crosses_c(sign, order.price_raw):
            if order.is_post_only:
                return self._close_c(order, OrderEventKind.CANCELED)
            if self._is_old_c(self._ts):
                return self._wait_for_update_c(order, venue_order_id)
            self._take_c(order, venue_order_id, True, reason)
        return self._rest_limit_c(order, order.filled_raw - filled)

    cdef qty_raw_t _take_c(self, Order order, VenueOrderId venue_order_id, bint has_limit,
                           str reason) except? -1:
        """Take from the book what the order may; returns what is left of the order."""
        cdef int sign = sign_of(order)
        cdef qty_raw_t want = order.leaves_raw
        cdef price_raw_t limit = order.price_raw if has_limit else 0
        cdef bint bounded = has_limit
        cdef price_raw_t price
        cdef price_raw_t level = 0                # worst level taken from
        cdef qty_raw_t size
        cdef size_t i
        cdef int status
        cdef LedgerC* ledger = &self._ledgers[0 if sign > 0 else 1] if self.watch.consumes else NULL
        cdef bint shaped = False
        if self._protection > 0 and not has_limit and self._touch_c(sign, &price, &size):
            # Between the points of a bar the touch stands where the market reached the order, or its parent
            bounded = True
            limit = price + sign * self._protection
        if self._fill_model.shapes:
            if not self._touch_c(sign, &price, &size):
                return want
            shaped = self._shape_c(order, sign, price, size, bounded, limit, 0, False)
        if not shaped:
            if not self._available_c(sign, &price, &size):
                return want
            if not self._is_l1:
                status = plan_book(&self._plan, self._opposite(sign), ledger, sign, bounded, limit, want)
            else:
                level = price
                if self._on_path:
                    price = self.watch.ask if sign > 0 else self.watch.bid
                # For IOC and FOK, and under consumption, the book is all there is: nothing is had beyond what it shows
                status = plan_top(&self._plan, sign, price, size, self._tick,
                                  not has_limit and self._fill_model.is_slipped_c(order), bounded, limit,
                                  want if ledger == NULL and not is_immediate(order) else min(want, size))
            if status != 0:
                raise MemoryError("no memory for the fills of an order")
        if self._plan.total < want and order._time_in_force == TimeInForce.FOK:
            return want
        if self._purse is not None and self._plan.n and not self._can_pay_c(order):
            return 0
        if shaped:
            self._shape_taken[0 if sign > 0 else 1] += self._plan.total
        elif ledger != NULL and self._plan.n:
            if not self._is_l1:
                level = self._plan.fills[self._plan.n - 1].price
            self._took_c(sign, level, self._plan.total)
        for i in range(self._plan.n):
            if self._filled_c(order, venue_order_id, self._plan.fills[i].qty, self._plan.fills[i].price, False,
                              SLIPPED if self._plan.fills[i].slipped and not self._emitter.direct else reason):
                return 0
        return order.leaves_raw

    cdef bint _can_pay_c(self, Order order) except? 0:
        """Whether the account can pay for all that was planned, at once; else the order ends with nothing of it."""
        cdef int128_t cost = 0
        cdef price_raw_t last = 0
        cdef Money fee = None
        cdef size_t i
        cdef str reason
        for i in range(self._plan.n):
            last = self._plan.fills[i].price
            cost += <int128_t>self._plan.fills[i].qty * last
        if order._time_in_force == TimeInForce.FOK:
            # All or nothing, with its fee; that of others is asked for fill by fill
            order._liquidity_side = LiquiditySide.TAKER
            fee = self._emitter._fee_model.charge_c(order, self._plan.total, last, self.instrument, False)
        reason = self._purse.lacks_c(self.instrument, order, self._plan.total, cost, fee)
        if reason is None:
            return True
        self._unpaid_c(order, reason)
        return False

    cdef int _rest_limit_c(self, Order order, qty_raw_t taken) except -1:
        """What is left of a limit after it took `taken`: rests, or is cancelled where it must not."""
        cdef int sign = sign_of(order)
        cdef int side = 0 if sign > 0 else 1
        if order.leaves_raw == 0 or order.is_closed_c():
            return 0
        if is_immediate(order):
            return self._close_c(order, OrderEventKind.CANCELED)
        if self._fill_model.inside_spread and self._is_inside_c(sign, order.price_raw):
            if self._fill_model.is_inside_filled_c():
                if not self._cap_c(order, None):
                    return 0
                self._filled_c(order, order.venue_order_id, order.leaves_raw, order.price_raw, True, TOUCHED)
                return 0
        self.rest_c(order, BUY_LIMITS if sign > 0 else SELL_LIMITS, order.price_raw, self._expiry_c(order))
        if self.watch.queued:
            # Where trades alone make the book it tells of no queue: nobody is ahead
            self.join_queue_c(order, sign, not self._is_l1 or self.state.has_quote)
            order.queue_entry = self.ahead_c(order)
        if self._fill_model.shapes == SHAPES_VISITS and self._crosses_c(sign, order.price_raw):
            # Had its share of this visit when it arrived
            self._slots[order.venue_slot].visit = self.watch.visit[side]
        if taken > 0 and not self._is_l1 and not self.watch.consumes and not self._fill_model.shapes:
            self._took_c(sign, order.price_raw, taken)
        return 0

    cdef bint _is_inside_c(self, int sign, price_raw_t price) noexcept:
        """Whether a price is at the touch of its own side or better, and there is another side."""
        if not self.watch.has_bid or not self.watch.has_ask:
            return False
        return price >= self.watch.bid if sign > 0 else price <= self.watch.ask

    cdef int _leave_market_c(self, Order order, VenueOrderId venue_order_id) except -1:
        if not self._fill_model.waits or is_immediate(order):
            return self._close_c(order, OrderEventKind.CANCELED)
        if order._status == OrderStatus.SUBMITTED:
            self._emitter.accepted_c(order, venue_order_id, self._ts)
        self.rest_c(order, ODD_TRIGGERS, 0, self._expiry_c(order))
        self._slots[order.venue_slot].waits = True
        return 0

    cdef bint _is_old_c(self, ts_t since) noexcept:
        cdef ts_t updated = self.state.book.ts_last
        if self._needs_fresh and updated < since:
            return True
        return self._ts > updated and self._ts - updated > self._max_age

    cdef int _wait_for_update_c(self, Order order, VenueOrderId venue_order_id) except -1:
        """An order that would take a price that is too old waits, working, for the book to change."""
        if order._status == OrderStatus.SUBMITTED:
            self._emitter.accepted_c(order, venue_order_id, self._ts)
        self.rest_c(order, ODD_TRIGGERS, 0, self._expiry_c(order))
        self._slots[order.venue_slot].waits = True
        return 0

    cdef int _go_on_c(self, Order order) except -1:
        """An order that waited for more to take, or for the book to change."""
        cdef price_raw_t price
        cdef qty_raw_t size
        cdef qty_raw_t filled = order.filled_raw
        cdef str reason = STOP_TRIGGERED if order._has_trigger and filled == 0 else TOOK_BOOK
        self.unrest_c(order)
        if not self._cap_c(order, None):
            return 0
        if order._order_type == OrderType.MARKET_TO_LIMIT and not order._has_price:
            self._touch_c(sign_of(order), &price, &size)
            self._emitter.priced_c(order, price, self._ts)
        if not order._has_price or becomes_market(order):
            if self._take_c(order, order.venue_order_id, False, reason) > 0:
                return self._leave_market_c(order, order.venue_order_id)
            return 0
        if self._crosses_c(sign_of(order), order.price_raw):
            self._take_c(order, order.venue_order_id, True, reason)
        return self._rest_limit_c(order, order.filled_raw - filled)

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

    cdef ts_t _expiry_c(self, Order order) noexcept:
        return expiry_of(order, self._ts, self._support_gtd_orders)
