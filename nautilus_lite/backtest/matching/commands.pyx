"""Commands that reached a venue: orders, changes, cancels, and why one is refused."""

from libc.stdint cimport int64_t

from nautilus_lite.backtest.matching.rules cimport exact_price
from nautilus_lite.backtest.matching.rules cimport exact_quantity
from nautilus_lite.backtest.matching.rules cimport is_trailing
from nautilus_lite.backtest.matching.rules cimport refuse_form_c
from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.backtest.matching.rules cimport trigger_table
from nautilus_lite.backtest.matching.watch cimport SELL_LIMITS
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport CancelAllOrders
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder

from nautilus_lite.core.datetime import unix_nanos_to_iso8601
from nautilus_lite.model.enums import OrderSide as OrderSideEnum
from nautilus_lite.model.enums import OrderType as OrderTypeEnum

cdef str TOOK_BOOK = "took_book"


cdef class CommandedOrders(TrailingOrders):
    """Base of the matching engine: what a venue does with the commands of a trader."""

    cdef int _submit_c(self, Order order, PositionId position_id) except -1:
        cdef str reason
        if order.mid_arrival != order.mid_arrival:
            # A child that is released arrived with its parent
            order.mid_arrival = self._mid_c()
        if order.is_closed_c() or self._holds_c(order):
            return 0
        reason = self._refuse_c(order, position_id)
        if reason is not None:
            return self._rejected_c(order, reason, False)
        if order._order_type == OrderType.MARKET:
            self._submit_market_c(order, position_id)
            # An exit that fired in the emulator
            self._end_entry_c(order)
        elif order._order_type == OrderType.LIMIT:
            self._submit_limit_c(order, position_id)
        elif order._order_type == OrderType.MARKET_TO_LIMIT:
            self._submit_market_to_limit_c(order, position_id)
        elif is_trailing(order):
            self._submit_trailing_c(<TrailingStopOrder>order)
        else:
            self._submit_stop_c(order)
        return self._must_be_somewhere_c(order)

    cdef str _refuse_c(self, Order order, PositionId position_id):
        """Why the venue does not take the order, or None."""
        cdef str reason = refuse_form_c(order, self.instrument)
        if reason is not None:
            return reason
        if self._expiry_c(order) <= self._ts:
            return (
                f"expire time {unix_nanos_to_iso8601(order.expire_time_ns)} is not after the time of arrival "
                f"{unix_nanos_to_iso8601(self._ts)}"
            )
        if self._use_reduce_only and order.is_reduce_only and self._reducible_c(order, position_id) == 0:
            side = OrderSideEnum(order._side).name
            return f"reduce-only {side} order without an open position to reduce in {self.instrument.id}"
        if self._purse is not None and (order.links is None or order.links.parent is None):
            # A child is for what its parent fills, of which some may be still to come
            return self._purse.lacks_lock_c(
                self.instrument, order, order.leaves_raw, order.price_raw if order._has_price else order.trigger_raw
            )
        return None

    cdef bint _has_market_c(self, Order order) except? 0:
        """Whether there is anybody to trade with; rejects the order if not."""
        cdef bint buys = order._side == OrderSide.BUY
        if self.watch.has_ask if buys else self.watch.has_bid:
            return True
        reason = f"no market for {self.instrument.id}: {self._touch_text()}, nothing to {'buy from' if buys else 'sell to'}"
        self._rejected_c(order, reason, False)
        return False

    cdef bint _keeps_off_c(self, Order order) except? 0:
        cdef ts_t updated = self.state.book.ts_last
        if not self._is_old_c(self._ts):
            return False
        if self._needs_fresh:
            self._wait_for_update_c(order, self._emitter.venue_order_id_c(order))
            return True
        if not (self.watch.has_ask if order._side == OrderSide.BUY else self.watch.has_bid):
            return False
        self._rejected_c(
            order,
            f"the price of {self.instrument.id} is {self._ts - updated} ns old ({self._touch_text()}), "
            f"`max_price_age_ns` of its venue is {self._max_age}", False,
        )
        return True

    cdef int _submit_market_to_limit_c(self, Order order, PositionId position_id) except -1:
        """Take at the best price; what is left rests there as a limit."""
        cdef price_raw_t price
        cdef qty_raw_t size
        cdef VenueOrderId venue_order_id
        if self._keeps_off_c(order) or not self._has_market_c(order) or not self._cap_c(order, position_id):
            return 0
        if not self._available_c(sign_of(order), &price, &size):
            self._touch_c(sign_of(order), &price, &size)
            size = 0
        if size >= order.leaves_raw and not self._fill_model.shapes:
            return self._submit_market_c(order, position_id)
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        self._emitter.priced_c(order, price, self._ts)
        self._take_c(order, venue_order_id, True, TOOK_BOOK)
        return self._rest_limit_c(order, order.filled_raw)

    cdef int _submit_market_c(self, Order order, PositionId position_id) except -1:
        cdef VenueOrderId venue_order_id
        if self._keeps_off_c(order) or not self._has_market_c(order) or not self._cap_c(order, position_id):
            return 0
        venue_order_id = self._emitter.venue_order_id_c(order)
        if self._take_c(order, venue_order_id, False, TOOK_BOOK) > 0:
            return self._leave_market_c(order, venue_order_id)
        return 0

    cdef int _submit_limit_c(self, Order order, PositionId position_id) except -1:
        cdef bint takes = self._crosses_c(sign_of(order), order.price_raw)
        cdef VenueOrderId venue_order_id
        if takes and order.is_post_only:
            return self._rejected_c(order, self._takes_text(order, order.price_raw), True)
        if takes and self._keeps_off_c(order):
            return 0
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        if takes:
            if not self._cap_c(order, position_id):
                return 0
            self._take_c(order, venue_order_id, True, TOOK_BOOK)
        return self._rest_limit_c(order, order.filled_raw)

    cdef int _submit_stop_c(self, Order order) except -1:
        cdef bint crossed = self._is_reached_c(order)
        cdef VenueOrderId venue_order_id
        if crossed and self._reject_stop_orders:
            reason = f"stop at {self._px(order.trigger_raw)} is in the market: {self._touch_text()}"
            return self._rejected_c(order, f"{OrderSideEnum(order._side).name} {reason}", False)
        venue_order_id = self._emitter.venue_order_id_c(order)
        self._emitter.accepted_c(order, venue_order_id, self._ts)
        if crossed:
            return self._trigger_c(order, venue_order_id)
        return self.rest_c(order, trigger_table(order), order.trigger_raw, self._expiry_c(order))

    cdef int _modify_c(self, ModifyOrder command) except -1:
        cdef Order order = self.order_c(command.client_order_id)
        cdef int64_t quantity, price, trigger
        cdef str reason = None
        cdef bint waits = command.client_order_id in self._held
        if order is None or (order.venue_slot < 0 and not waits):
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
            elif command.trigger_price is not None and (
                not order._has_trigger
                or (not waits and (self._slots[order.venue_slot].table <= SELL_LIMITS or self._slots[order.venue_slot].waits))
            ):
                reason = f"order {command.client_order_id} has no trigger price to modify, or it was triggered already"
            elif not waits:
                reason = self._refuse_change_c(order, quantity, price, trigger)
        if reason is not None:
            return self._emitter.refused_c(
                OrderEventKind.MODIFY_REJECTED, command, command.client_order_id, command.venue_order_id, reason,
                self._ts,
            )
        if waits:
            # Its prices meet the market when its parent has filled
            return self._emitter.updated_c(order, quantity, price, trigger, self._ts)
        self._change_c(order, quantity, price, trigger)
        return self._must_be_somewhere_c(order)

    cdef int _change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger) except -1:
        cdef int table
        cdef bint waits
        cdef qty_raw_t filled
        cdef price_raw_t key
        cdef size_t n_taken
        cdef qty_raw_t before = order.quantity_raw
        if price == order.price_raw and trigger == order.trigger_raw and quantity <= order.quantity_raw:
            # Only a smaller quantity keeps its place in the queue
            self._emitter.updated_c(order, quantity, price, trigger, self._ts)
            return self._follow_c(order, before)
        table = self._slots[order.venue_slot].table
        key = trigger if trigger != order.trigger_raw else self._slots[order.venue_slot].price
        waits = self._slots[order.venue_slot].waits
        n_taken = self._ledgers[table].n if table <= SELL_LIMITS else 0
        self.unrest_c(order)
        self._emitter.updated_c(order, quantity, price, trigger, self._ts)
        self._follow_c(order, before)
        if table > SELL_LIMITS:
            self.rest_c(order, table, key, self._expiry_c(order))
            self._slots[order.venue_slot].waits = waits
            if is_trailing(order) and (<TrailingStopOrder>order).activated:
                self._note_trail_c(<TrailingStopOrder>order)
            return 0
        if price == key:
            # A larger quantity alone meets nobody new: what is at its price it has taken, or waits for
            self._ledgers[table].n = n_taken
            return self._rest_limit_c(order, 0)
        filled = order.filled_raw
        if self._crosses_c(sign_of(order), price):
            if self._is_old_c(self._ts):
                return self._wait_for_update_c(order, order.venue_order_id)
            if not self._cap_c(order, None):
                return 0
            self._take_c(order, order.venue_order_id, True, TOOK_BOOK)
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
            if is_trailing(order) and not (<TrailingStopOrder>order).activated:
                return "a trailing stop has no trigger price to modify before its activation"
            order.trigger_raw = trigger
            crossed = self._is_reached_c(order)
            order.trigger_raw = before
            if crossed:
                reason = f"stop at {self._px(trigger)} would be in the market: {self._touch_text()}"
                return f"{OrderSideEnum(order._side).name} {reason}"
        if self._purse is not None and (
            quantity > order.quantity_raw or price > order.price_raw or (not order._has_price and trigger > before)
        ):
            return self._purse.lacks_lock_c(
                self.instrument, order, quantity - order.filled_raw, price if order._has_price else trigger
            )
        return None

    cdef int _cancel_c(self, CancelOrder command) except -1:
        cdef Order order = self.order_c(command.client_order_id)
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
