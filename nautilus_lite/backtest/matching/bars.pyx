"""What a bar does to working orders, and commands that wait for one.

A bar is four prices and no times. The open comes first; there orders are matched and commands that waited for it are served.
Then `low_first` is chosen for this world and bar, from what works at that moment. Between its points the path passes every
price: an order fills at its own price, and an order released on the way meets the market where it stands then, not at the
point that the path heads for.
"""

from heapq import heappop
from heapq import heappush

from nautilus_lite.backtest.bar_rules cimport AT_HIGH
from nautilus_lite.backtest.bar_rules cimport AT_LOW
from nautilus_lite.backtest.bar_rules cimport BarOrderTiming
from nautilus_lite.backtest.bar_rules cimport BarPath
from nautilus_lite.backtest.bar_rules cimport BarPointsC
from nautilus_lite.backtest.bar_rules cimport low_is_nearer
from nautilus_lite.backtest.matching.auctions cimport GATE_OPEN
from nautilus_lite.backtest.matching.resting cimport SlotC
from nautilus_lite.backtest.matching.rules cimport by_reference
from nautilus_lite.backtest.matching.rules cimport way_of
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.matching.trial cimport BarTrial
from nautilus_lite.backtest.matching.watch cimport AT_OPEN
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS
from nautilus_lite.backtest.matching.watch cimport ODD_TRIGGERS
from nautilus_lite.backtest.matching.watch cimport watch_count_visits
from nautilus_lite.backtest.matching.watch cimport watch_legs
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position

from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


cdef class BarOrders(GatedOrders):
    """Base of the matching engine: bars."""

    def __cinit__(self, *args, **kwargs):
        self._waiting = []
        self._bar_path = BarPath.OHLC
        self.bar_timing = BarOrderTiming.THIS_CLOSE
        self.low_first = -1

    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1:
        raise InternalError(f"{type(self).__name__} must override `process_command_c`; please report")

    # -- the path of a bar ------------------------------------------------------------------------------------------

    cdef int on_bar_point_c(self, ts_t ts_now, bint is_gap) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        self._look_c(ts_now)
        if self.watch.consumes:
            self._renew_c()
        self._sweep_sequence = self._sequence
        if self.watch.has_bid and self.watch.has_ask and self.watch.bid == self.watch.ask:
            self._has_last = True
            self._last = self.watch.ask
        watch_count_visits(&self.watch)
        if self.gate != GATE_OPEN:
            return 0
        if self.watch.wake and is_gap:
            self.open_auction_c()
        self._on_path = True
        self._at_gap = is_gap
        try:
            self._sweep_c(1, True)
            self._sweep_c(-1, True)
            if self._tables[<int>ODD_TRIGGERS].n:
                self._sweep_odd_c(self._has_last, True, False)
            if self._trailing:
                self._trail_c()
        finally:
            self._on_path = False
            self._at_gap = False
        if self._n_reduce_only and self._emitter.n_fills != n_fills:
            self._drop_idle_c()
        return self._settle_links_c()

    cdef int on_bar_open_c(self, ts_t ts_now, ts_t bar_ns, const BarPointsC* points) except -1:
        cdef uint64_t n_fills = self._emitter.n_fills
        cdef uint64_t n_ambiguous = self.n_ambiguous_bars
        cdef int legs, table
        cdef bint low_first
        cdef bint tries = False
        self.low_first = -1
        # It opened where the bar before it closed; where bars are missing, its length before its close
        cdef ts_t opened_ns = max(self._closed_ns, ts_now - bar_ns if 0 < bar_ns < ts_now else 0)
        if self.n_resting:
            # What came to rest at its close, or later, was not there while it lasted
            self._sleeps = self.sleep_c(opened_ns if self._needs_fresh else max(self._closed_ns, ts_now - 1))
            self.on_bar_point_c(ts_now, True)
        if self.n_waiting and self.bar_timing == BarOrderTiming.NEXT_OPEN:
            self._serve_c(ts_now, opened_ns, NEVER)
        if self.n_resting == 0:
            self.n_active_bars += self._emitter.n_fills != n_fills
            return 0
        self.low_first = low_first = self._bar_path == BarPath.ADAPTIVE and low_is_nearer(points)
        legs = self._legs_c(points)
        if (legs or self._trailing) and self.gate == GATE_OPEN:
            # What an order releases, or becomes, may be reached on the way back, and so may a trigger that the way there moved
            tries = legs == 3 or len(self._held) > 0 or len(self._trailing) > 0
            for table in range(<int>BUY_STOPS, <int>AT_OPEN):
                tries = tries or self._tables[table].n > 0
            if tries:
                self.low_first = self._try_c(points, low_first)
        self.n_active_bars += legs != 0 or self._emitter.n_fills != n_fills or self.n_ambiguous_bars != n_ambiguous
        return 0

    cdef int _legs_c(self, const BarPointsC* points) noexcept:
        """Whether the way to the high (bit 1) and that to the low (bit 2) reach an order."""
        cdef bint has_last = points.bids[<int>AT_HIGH] == points.asks[<int>AT_HIGH]
        cdef int legs = watch_legs(&self.watch, points.bids[<int>AT_HIGH], points.asks[<int>AT_HIGH],
                                   points.bids[<int>AT_LOW], points.asks[<int>AT_LOW], has_last)
        cdef TableC* odd = &self._tables[<int>ODD_TRIGGERS]
        cdef Order order
        cdef size_t i
        for i in range(odd.n):
            order = <Order>self._orders[odd.entries[i].slot]
            if self._slots[odd.entries[i].slot].waits or by_reference(order):
                continue
            if way_of(order) > 0:
                legs |= 1 if order.trigger_raw <= points.asks[<int>AT_HIGH] else 0
            else:
                legs |= 2 if order.trigger_raw >= points.bids[<int>AT_LOW] else 0
        return legs

    cdef int on_bar_close_c(self, ts_t ts_now) except -1:
        if self._sleeps:
            self.wake_c()
            self._sleeps = False
        if self.n_resting:
            self.on_bar_point_c(ts_now, False)
        if self.n_waiting and self.bar_timing == BarOrderTiming.NEXT_CLOSE:
            # What was sent on a bar of this very time waits for the next one
            self._serve_c(ts_now, ts_now, ts_now)
        self._closed_ns = ts_now
        return 0

    cdef bint _try_c(self, const BarPointsC* points, bint low_first) except -1:
        cdef BarTrial trial = BarTrial(
            self._open_quantities_c(), self._tick, self._reject_stop_orders, self._use_reduce_only
        )
        cdef Order order
        cdef SlotC* slot
        cdef tuple outcome
        cdef object worth
        for order in self.arrivals_c():
            slot = &self._slots[order.venue_slot]
            if not slot.asleep and not slot.waits and slot.table < AT_OPEN:
                trial.add_c(order, False)
        for order in self._held.values():
            trial.add_c(order, True)
        trial.link_c()
        trial.run_c(points, False)
        outcome = trial.outcome
        worth = trial.worth
        trial.run_c(points, True)
        if trial.outcome == outcome:
            return low_first
        self.n_ambiguous_bars += 1
        if self._bar_path == BarPath.WORST:
            return trial.worth < worth
        if self._bar_path == BarPath.BEST:
            return trial.worth > worth
        return low_first

    cdef dict _open_quantities_c(self):
        cdef Position position
        cdef Order order
        cdef dict quantities = {}
        cdef dict positions = self._cache._instrument_positions_open.get(self.instrument.id)
        if positions is not None:
            for position in positions.values():
                quantities[position.strategy_id] = quantities.get(position.strategy_id, 0) + position.signed_raw
        if self._responses is not None:
            # Fills of which the strategies have not heard
            for strategy_id, order in {(<Order>o).strategy_id: o for o in self.arrivals_c()}.items():
                quantities[strategy_id] = quantities.get(strategy_id, 0) + self._responses.unheard_c(order, None, False)
        return quantities

    # -- commands that wait for a bar -------------------------------------------------------------------------------

    cdef int wait_c(self, TradingCommand command, ts_t sent, ts_t due) except -1:
        self._n_sent += 1
        heappush(self._waiting, (due, self._n_sent, sent, command))
        self.n_waiting += 1
        return 0

    cdef int _serve_c(self, ts_t ts_now, ts_t due, ts_t sent_before) except -1:
        while self._waiting and self._waiting[0][0] <= due and self._waiting[0][2] < sent_before:
            self.n_waiting -= 1
            self.process_command_c(heappop(self._waiting)[3], ts_now)
        return 0

    cdef int refuse_waiting_c(self, ts_t ts_now) except -1:
        cdef TradingCommand command
        self._ts = ts_now
        while self._waiting:
            self.n_waiting -= 1
            command = heappop(self._waiting)[3]
            if command.kind in (CommandKind.SUBMIT_ORDER, CommandKind.SUBMIT_ORDER_LIST, CommandKind.MODIFY_ORDER):
                self.n_unserved += 1
                self._refuse_command_c(command)
            else:
                # A cancel needs no price
                self.process_command_c(command, ts_now)
        return 0

    cdef int _refuse_command_c(self, TradingCommand command) except -1:
        cdef Order order
        timing = (<object><BarOrderTiming>self.bar_timing).name
        reason = f"no bar of {self.instrument.id} came any more (`bar_order_timing` of its venue is {timing})"
        if command.kind == CommandKind.MODIFY_ORDER:
            return self._emitter.refused_c(
                OrderEventKind.MODIFY_REJECTED, command, (<ModifyOrder>command).client_order_id,
                (<ModifyOrder>command).venue_order_id, reason, self._ts,
            )
        if command.kind == CommandKind.SUBMIT_ORDER:
            orders = ((<SubmitOrder>command).order,)
        else:
            orders = (<SubmitOrderList>command).order_list.orders
        for order in orders:
            if not order.is_closed_c():
                self._rejected_c(order if self._responses is None else self._responses.arrive_c(order), reason, False)
        return self._settle_links_c()

    cdef int reset_bars_c(self) except -1:
        self._sleeps = False
        self._waiting.clear()
        self.n_waiting = 0
        self._n_sent = 0
        self._closed_ns = 0
        self.n_active_bars = 0
        self.n_ambiguous_bars = 0
        self.n_unserved = 0
        return 0
