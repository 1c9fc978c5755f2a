"""Market status at a venue, orders that wait for an opening or a close, and orders that the venue makes itself.

Status
    NONE, SHORT_SELL_RESTRICTION_CHANGE, NEW_PRICE_INDICATION     change nothing
    TRADING, PRE_CLOSE                                            orders are taken and matched
    PRE_OPEN, PRE_CROSS, QUOTING, CROSS, ROTATION                 orders that can rest are taken; nothing fills or triggers
    HALT, PAUSE, SUSPEND, CLOSE, POST_CLOSE, NOT_AVAILABLE_FOR_TRADING
                                                                  nothing is taken, fills or triggers; cancels and changes
                                                                  of size are carried out, changes of price refused

Without any status an instrument always trades. When trading resumes, resting orders match against the book as it is, each
at its own price. Trades that print meanwhile fill and trigger nothing. In an auction they are its prints: they serve the queues
that they reach, so that own orders move up. In a halt and while closed they are late reports, or other venues': they move nothing.

AT_THE_OPEN and AT_THE_CLOSE
    Market and limit orders. They are accepted and wait, in a table that no market update looks at.
    - An opening is a change to TRADING from any status but TRADING, PRE_CLOSE, HALT, PAUSE and SUSPEND; where the instrument
      never had a status, the opening time of the venue's `TradingSession` (UTC days unless set).
      They fill with the first row that moves the market afterwards: a bar's open, or the book after a quote, trade or delta.
    - A close is a change to CLOSE, POST_CLOSE or NOT_AVAILABLE_FOR_TRADING, else the closing time of a session that had rows; rows of
      the closing time still belong to it. They fill on the book as it is then: the close of the last bar.
    Both take from the book, market orders at any price, limits up to theirs; what does not fill expires.

What is unrealistic: an auction has a price of its own, which the first trade or bar after it shows only roughly.
"""

from nautilus_lite.backtest.matching.rules cimport is_immediate
from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.backtest.matching.watch cimport AT_CLOSE
from nautilus_lite.backtest.matching.watch cimport AT_OPEN
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport InstrumentStatus
from nautilus_lite.model.enums cimport MarketStatusAction
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.time_in_force cimport TimeInForce

from nautilus_lite.errors import InternalError
from nautilus_lite.model.enums import market_status_action_to_str
from nautilus_lite.model.enums import time_in_force_to_str

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

cdef str SESSION_OPEN = "session_open"
cdef str SESSION_CLOSE = "session_close"


cdef int gate_of(int action) noexcept:
    """The gate of a status; -1: as it was."""
    if action == MarketStatusAction.TRADING or action == MarketStatusAction.PRE_CLOSE:
        return GATE_OPEN
    if (action == MarketStatusAction.PRE_OPEN or action == MarketStatusAction.PRE_CROSS
            or action == MarketStatusAction.QUOTING or action == MarketStatusAction.CROSS
            or action == MarketStatusAction.ROTATION):
        return GATE_AUCTION
    if (action == MarketStatusAction.NONE or action == MarketStatusAction.SHORT_SELL_RESTRICTION_CHANGE
            or action == MarketStatusAction.NEW_PRICE_INDICATION):
        return -1
    return GATE_SHUT


cdef bint ends_session(int action) noexcept:
    return (action == MarketStatusAction.CLOSE or action == MarketStatusAction.POST_CLOSE
            or action == MarketStatusAction.NOT_AVAILABLE_FOR_TRADING)


cdef bint interrupts(int action) noexcept:
    """Whether TRADING after this status is no opening."""
    return (action == MarketStatusAction.TRADING or action == MarketStatusAction.PRE_CLOSE
            or action == MarketStatusAction.HALT or action == MarketStatusAction.PAUSE
            or action == MarketStatusAction.SUSPEND)


cdef inline bint waits(Order order) noexcept:
    return order._time_in_force == TimeInForce.AT_THE_OPEN or order._time_in_force == TimeInForce.AT_THE_CLOSE


cdef class GatedOrders(CommandedOrders):
    """Base of the matching engine: when a venue takes and matches orders at all."""

    # -- status -----------------------------------------------------------------------------------------------------

    cdef int on_status_c(self, InstrumentStatus status, ts_t ts_now) except -1:
        cdef int before = self._status
        cdef int gate = gate_of(status._action)
        cdef bint opens
        if self.gate == GATE_EXPIRED:
            return 0
        if gate >= 0 and ends_session(status._action) and not (self.has_status and ends_session(before)):
            self._close_auction_c(ts_now)
        if gate < 0:
            self.has_status = True
            return 0
        opens = gate == GATE_OPEN and not (self.has_status and interrupts(before))
        self.has_status = True
        self._status = status._action
        if self.gate != gate:
            self.gate = gate
            if gate == GATE_OPEN:
                self.resume_c(ts_now)
        if opens and self._tables[<int>AT_OPEN].n:
            self.watch.wake = True
        return 0

    cdef int resume_c(self, ts_t ts_now) except -1:
        raise InternalError("`resume_c` was not overridden; please report")

    cdef str _gate_text(self):
        if self.gate == GATE_EXPIRED:
            return f"{self.instrument.id} has expired"
        return f"{self.instrument.id} is not trading: its status is {market_status_action_to_str(self._status)}"

    cdef int _look_c(self, ts_t ts_now) except -1:
        CommandedOrders._look_c(self, ts_now)
        if self.gate != GATE_OPEN:
            # Nobody to trade with: commands see an empty market
            self.watch.has_bid = self.watch.has_ask = False
        return 0

    cdef str _refuse_c(self, Order order, PositionId position_id):
        cdef str reason = CommandedOrders._refuse_c(self, order, position_id)
        if reason is not None:
            return reason
        if waits(order):
            if order.is_post_only:
                return f"post-only makes no sense with time in force {time_in_force_to_str(order._time_in_force)}"
            if self.gate == GATE_OPEN or self.gate == GATE_AUCTION or (
                self.gate == GATE_SHUT and order._time_in_force == TimeInForce.AT_THE_OPEN and ends_session(self._status)
            ):
                return None
            return self._gate_text()
        if self.gate == GATE_OPEN:
            return None
        if self.gate == GATE_AUCTION and not is_immediate(order) and (
            order._order_type != OrderType.MARKET and order._order_type != OrderType.MARKET_TO_LIMIT
        ):
            return None
        return self._gate_text()

    cdef str _refuse_change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger):
        if self.gate >= GATE_SHUT and (price != order.price_raw or trigger != order.trigger_raw):
            return self._gate_text()
        return CommandedOrders._refuse_change_c(self, order, quantity, price, trigger)

    # -- opening and close ------------------------------------------------------------------------------------------

    cdef int _submit_c(self, Order order, PositionId position_id) except -1:
        cdef str reason
        if not waits(order):
            return CommandedOrders._submit_c(self, order, position_id)
        if order.is_closed_c() or self._holds_c(order):
            return 0
        reason = self._refuse_c(order, position_id)
        if reason is not None:
            return self._rejected_c(order, reason, False)
        return self._wait_c(order)

    cdef int _wait_c(self, Order order) except -1:
        cdef bint at_open = order._time_in_force == TimeInForce.AT_THE_OPEN
        self._emitter.accepted_c(order, self._emitter.venue_order_id_c(order), self._ts)
        self.rest_c(order, AT_OPEN if at_open else AT_CLOSE, 0, NEVER)
        return self._schedule_c()

    cdef int _schedule_c(self) except -1:
        """Note when the clock opens or closes for those that wait; rows of that very time are not after it."""
        if not self.has_status:
            if self._tables[<int>AT_OPEN].n and self._open_ns == NEVER and not self.watch.wake:
                self._open_ns = self.session.next_open(self._ts) + 1
            if self._tables[<int>AT_CLOSE].n and self._close_ns == NEVER:
                self._close_ns = self.session.next_close(self._ts) + 1
        self.session_ns = min(self._open_ns, self._close_ns)
        self.agenda.venue_c(self.session_ns)
        return 0

    cdef int session_due_c(self, ts_t ts_now) except -1:
        cdef ts_t close_ns = self._close_ns
        self._look_c(ts_now)
        if self._open_ns <= ts_now:
            self._open_ns = NEVER
            if not self.has_status and self._tables[<int>AT_OPEN].n:
                self.watch.wake = True
        if close_ns <= ts_now:
            self._close_ns = NEVER
            # A session without a row, as on a holiday, is none
            if not self.has_status and self.state.ts_last > <ts_t>self.session.open_before(close_ns - 1):
                self._close_auction_c(ts_now)
        return self._schedule_c()

    cdef list _waiting_c(self, int table):
        cdef Order order
        return [order for order in self.arrivals_c() if self._slots[order.venue_slot].table == table]

    cdef int _close_auction_c(self, ts_t ts_now) except -1:
        cdef int gate = self.gate
        if self._tables[<int>AT_CLOSE].n == 0 and not self.watch.wake:
            return 0
        # The closing auction trades, if anything did before
        if gate == GATE_AUCTION:
            self.gate = GATE_OPEN
        self._look_c(ts_now)
        self.auction_c(AT_CLOSE, SESSION_CLOSE, True)
        if self.watch.wake:
            # A session passed without anybody to trade with
            self.auction_c(AT_OPEN, SESSION_OPEN, True)
        self.gate = gate
        return 0

    cdef int open_auction_c(self) except -1:
        return self.auction_c(AT_OPEN, SESSION_OPEN, False)

    cdef int auction_c(self, int table, str reason, bint last) except -1:
        cdef Order order
        cdef bint is_limit
        for order in self._waiting_c(table):
            if order.venue_slot < 0 or self._slots[order.venue_slot].asleep:
                # Ended with another, or came after the bar at hand had opened
                continue
            if not self.is_open_c(order._side == OrderSide.BUY):
                if last:
                    self._close_c(order, OrderEventKind.EXPIRED)
                    self._settle_links_c()
                continue
            self.unrest_c(order)
            if self._cap_c(order, None):
                is_limit = order._order_type == OrderType.LIMIT
                if not is_limit or self._crosses_c(sign_of(order), order.price_raw):
                    self._take_c(order, order.venue_order_id, is_limit, reason)
                if order.leaves_raw > 0 and not order.is_closed_c():
                    self._close_c(order, OrderEventKind.EXPIRED)
            self._settle_links_c()
        if table == AT_OPEN:
            self.watch.wake = len(self._waiting_c(AT_OPEN)) > 0
        return 0

    # -- the venue's own doing --------------------------------------------------------------------------------------

    cdef int end_all_c(self, int kind, ts_t ts_now) except -1:
        cdef Order order
        self._look_c(ts_now)
        for order in self.arrivals_c() + list(self._held.values()):
            if not order.is_closed_c():
                self._close_c(order, kind)
        return self._settle_links_c()

    cdef int expire_contract_c(self, ts_t ts_now) except -1:
        self.gate = GATE_EXPIRED
        self.watch.wake = False
        return self.end_all_c(OrderEventKind.EXPIRED, ts_now)

    cdef int settle_c(self, Order order, price_raw_t price, str reason, ts_t ts_now) except -1:
        cdef VenueOrderId venue_order_id = self._emitter.venue_order_id_c(order)
        self._ts = ts_now
        self._emitter.direct = True
        try:
            self._emitter.accepted_c(order, venue_order_id, ts_now)
            self._emitter.settled_c(order, venue_order_id, order.leaves_raw, price, reason, ts_now)
        finally:
            self._emitter.direct = False
        return 0

    cdef bint is_open_c(self, bint buys) noexcept:
        return self.gate == GATE_OPEN and (self.watch.has_ask if buys else self.watch.has_bid)

    cdef int force_c(self, Order order, str reason, ts_t ts_now) except -1:
        cdef VenueOrderId venue_order_id = self._emitter.venue_order_id_c(order)
        self._look_c(ts_now)
        self._emitter.direct = True
        try:
            self._emitter.accepted_c(order, venue_order_id, ts_now)
            if self._take_c(order, venue_order_id, False, reason) > 0:
                self._close_c(order, OrderEventKind.CANCELED)
        finally:
            self._emitter.direct = False
        return 0

    cdef int clear_gate_c(self) except -1:
        self.gate = GATE_OPEN
        self._status = MarketStatusAction.NONE
        self.has_status = False
        self._open_ns = self._close_ns = self.session_ns = NEVER
        self.watch.wake = False
        return 0
