"""Trailing stops at a venue: they wait for their activation price, then their trigger follows the market.

A trail moves only when the market makes a new best for it. The watch keeps the touch at which all trails were last looked
at; an update that does not pass it costs one comparison. Orders that follow anything but the touch or the last trade are
looked at on every update.
"""

from libc.stdint cimport INT64_MAX
from libc.stdint cimport INT64_MIN

from nautilus_lite.backtest.matching.rules cimport is_trailing
from nautilus_lite.backtest.matching.rules cimport trigger_table
from nautilus_lite.backtest.matching.table cimport table_add
from nautilus_lite.backtest.matching.table cimport table_remove
from nautilus_lite.backtest.matching.watch cimport BUY_STOPS
from nautilus_lite.backtest.matching.watch cimport BUY_TOUCHES
from nautilus_lite.backtest.matching.watch cimport ODD_TRIGGERS
from nautilus_lite.backtest.matching.watch cimport SELL_LIMITS
from nautilus_lite.execution.trailing cimport ShownC
from nautilus_lite.execution.trailing cimport TRAIL_LIMIT_MOVED
from nautilus_lite.execution.trailing cimport TRAIL_OVERFLOW
from nautilus_lite.execution.trailing cimport TRAIL_TRIGGER_MOVED
from nautilus_lite.execution.trailing cimport TrailC
from nautilus_lite.execution.trailing cimport is_activated_c
from nautilus_lite.execution.trailing cimport trail_of_c
from nautilus_lite.execution.trailing cimport trailing_prices_c
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InternalError
from nautilus_lite.model.enums import OrderSide as OrderSideEnum


cdef class TrailingOrders(FillingOrders):
    """Base of the matching engine: what trailing stops do."""

    def __cinit__(self, *args, **kwargs):
        self._trailing = []

    cdef int _submit_trailing_c(self, TrailingStopOrder order) except -1:
        cdef ShownC shown
        cdef VenueOrderId venue_order_id
        cdef bint waits
        cdef int table
        self._shown_c(&shown)
        waits = order.has_activation and not is_activated_c(
            order._trigger_type, order._side, order.activation_raw, &shown
        )
        if not waits and order._has_trigger and self._reject_stop_orders and self._is_reached_c(order):
            reason = f"stop at {self._px(order.trigger_raw)} is in the market: {self._touch_text()}"
            return self._rejected_c(order, f"{OrderSideEnum(order._side).name} {reason}", False)
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        if not waits:
            return self._start_trail_c(order)
        # The near side reaches the activation price, as it does an if-touched order's
        table = trigger_table(order)
        if table != ODD_TRIGGERS:
            table += BUY_TOUCHES - BUY_STOPS
        return self.rest_c(order, table, order.activation_raw, self._expiry_c(order))

    cdef int _start_trail_c(self, TrailingStopOrder order) except -1:
        cdef ShownC shown
        cdef TrailC trail
        cdef int table = ODD_TRIGGERS
        cdef int moved
        order.activated = True
        self._shown_c(&shown)
        trail_of_c(order, self._tick, &trail)
        moved = trailing_prices_c(&trail, &shown)
        if moved & TRAIL_OVERFLOW:
            raise_range(self, order)
        if trail.has_trigger:
            table = trigger_table(order)
        # Without a trigger it waits where every update looks at it, until the price that it follows is known
        self.rest_c(order, table, trail.trigger if trail.has_trigger else 0, self._expiry_c(order))
        if moved & (TRAIL_TRIGGER_MOVED | TRAIL_LIMIT_MOVED):
            self._emitter.trailed_c(order, trail.trigger, trail.is_limit and trail.has_price, trail.price, self._ts)
        self._trailing.append(order)
        self._note_trail_c(order)
        if trail.has_trigger and self._is_reached_c(order):
            self.unrest_c(order)
            return FillingOrders._trigger_c(self, order, order.venue_order_id)
        return 0

    cdef void _note_trail_c(self, TrailingStopOrder order) noexcept:
        if order._side == OrderSide.SELL:
            self.watch.trail_bid = min(
                self.watch.trail_bid if self.watch.trails_bid else INT64_MAX,
                self.watch.bid if self.watch.has_bid else INT64_MIN,
            )
            self.watch.trails_bid = True
        else:
            self.watch.trail_ask = max(
                self.watch.trail_ask if self.watch.trails_ask else INT64_MIN,
                self.watch.ask if self.watch.has_ask else INT64_MAX,
            )
            self.watch.trails_ask = True

    cdef int _trail_c(self) except -1:
        cdef ShownC shown
        cdef TrailC trail
        cdef TrailingStopOrder order
        cdef int moved
        cdef list kept = []
        cdef bint buys = False
        cdef bint sells = False
        self._shown_c(&shown)
        for order in self._trailing:
            if order.venue_slot < 0 or self._slots[order.venue_slot].table <= SELL_LIMITS:
                continue
            kept.append(order)
            if order._side == OrderSide.SELL:
                sells = True
            else:
                buys = True
            if self._slots[order.venue_slot].asleep:
                # It came after the bar that passes
                continue
            trail_of_c(order, self._tick, &trail)
            moved = trailing_prices_c(&trail, &shown)
            if moved & TRAIL_OVERFLOW:
                raise_range(self, order)
            if moved & (TRAIL_TRIGGER_MOVED | TRAIL_LIMIT_MOVED):
                self._move_c(order, &trail)
        self._trailing = kept
        self.watch.trails_bid = sells
        self.watch.trails_ask = buys
        if shown.has_bid and shown.bid > self.watch.trail_bid:
            self.watch.trail_bid = shown.bid
        if shown.has_ask and shown.ask < self.watch.trail_ask:
            self.watch.trail_ask = shown.ask
        return 0

    cdef int _move_c(self, TrailingStopOrder order, const TrailC* trail) except -1:
        cdef Py_ssize_t at = order.venue_slot
        cdef int table = trigger_table(order)
        if table_remove(&self._tables[self._slots[at].table], self._slots[at].price, self._slots[at].sequence) != 0:
            raise InternalError(f"order {order.client_order_id} is not in its table; please report")
        if table_add(&self._tables[table], trail.trigger, self._slots[at].sequence, at) != 0:
            raise MemoryError(f"cannot keep {self.n_resting} working orders")
        self._slots[at].table = table
        self._slots[at].price = trail.trigger
        return self._emitter.trailed_c(
            order, trail.trigger, trail.is_limit and trail.has_price, trail.price, self._ts
        )

    cdef int _trigger_c(self, Order order, VenueOrderId venue_order_id) except -1:
        if is_trailing(order) and not (<TrailingStopOrder>order).activated:
            return self._start_trail_c(<TrailingStopOrder>order)
        return FillingOrders._trigger_c(self, order, venue_order_id)

    cdef bint _fires_c(self, Order order, bint is_trade, bint is_touch) noexcept:
        cdef ShownC shown
        if is_trailing(order):
            if not (<TrailingStopOrder>order).activated:
                self._shown_c(&shown)
                return is_activated_c(
                    order._trigger_type, order._side, (<TrailingStopOrder>order).activation_raw, &shown
                )
            if not order._has_trigger:
                return False
        return FillingOrders._fires_c(self, order, is_trade, is_touch)


cdef int raise_range(TrailingOrders orders, TrailingStopOrder order) except -1:
    raise OverflowError(
        f"the trail of order {order.client_order_id} leaves the range of prices of {orders.instrument.id}: "
        f"{orders._touch_text()}, offset {order.trailing_offset}"
    )
