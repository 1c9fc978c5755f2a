"""Contingencies of orders at a venue; `model/orders/links.pyx` says what each means.

A fill or an end is noted when it happens and carried out as soon as the order at hand is done with: before the next
order is matched, so that of two orders that cancel each other never both fill.

What an execution algorithm spawned from an order counts as that order: its fills are the order's, and the order is over
when all of them are.
"""

from libc.math cimport NAN
from libc.stdint cimport int64_t

from nautilus_lite.core.fixed cimport fixed_middle
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.links cimport OrderLinks

from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


cdef inline bint is_spawned(Order order) noexcept:
    return is_worked_c(order) and order.extras.exec_spawn_id != order.client_order_id


cdef inline bint concerns_others(Order order) noexcept:
    return order.links is not None or is_spawned(order)


cdef class LinkedOrders(RestingOrders):
    """Base of the matching engine: what one order does to others."""

    def __cinit__(self, *args, **kwargs):
        self._held = {}
        self._held_until = {}
        self._next_held = NEVER
        self._due = []

    cdef int _submit_c(self, Order order, PositionId position_id) except -1:
        raise InternalError(f"{type(self).__name__} must override `_submit_c`; please report")

    cdef int _drop_idle_c(self) except -1:
        raise InternalError(f"{type(self).__name__} must override `_drop_idle_c`; please report")

    cdef Order order_c(self, ClientOrderId client_order_id):
        return self._cache.order_c(client_order_id) if self._responses is None else self._responses.order_c(client_order_id)

    cdef qty_raw_t _all_filled_c(self, Order order) except? -1:
        cdef Order part
        cdef qty_raw_t total = 0
        if not is_worked_c(order):
            return order.filled_raw
        for part in self._cache._spawned.get(order.extras.exec_spawn_id, ()):
            total += self.order_c(part.client_order_id).filled_raw
        return total

    cdef Order _primary_c(self, Order order):
        cdef Order primary = self.order_c(order.extras.exec_spawn_id) if is_spawned(order) else None
        return order if primary is None else primary

    cdef bint _all_over_c(self, Order order) except? 0:
        cdef Order part
        if not order.is_closed_c() or not is_worked_c(order):
            return order.is_closed_c()
        for part in self._cache._spawned.get(order.extras.exec_spawn_id, ()):
            if not self.order_c(part.client_order_id).is_closed_c():
                return False
        return True

    cdef double _mid_c(self) noexcept:
        if not self.watch.has_bid or not self.watch.has_ask:
            return NAN
        return fixed_middle(self.watch.bid, self.watch.ask, self._emitter.instrument.price_precision)

    cdef int _filled_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, bint is_maker,
                       str reason) except -1:
        cdef ts_t age = self._ts - self._price_ts if self._ts > self._price_ts else 0
        if self._emitter.filled_c(
            order, venue_order_id, qty, price, is_maker, reason, self._mid_c(), <int64_t>age, self._ts
        ):
            self._unpaid_c(order, self._emitter.unpaid)
            return 1
        if concerns_others(order):
            self._due.append(order)
        return 0

    cdef int _unpaid_c(self, Order order, str reason) except -1:
        """An order that the account cannot pay for ends: it is rejected, or cancelled if it was accepted already."""
        if order._status == OrderStatus.SUBMITTED:
            return self._rejected_c(order, reason, False)
        self._purse.ended.append((order.client_order_id, reason))
        return self._close_c(order, OrderEventKind.CANCELED)

    cdef int _close_c(self, Order order, int kind) except -1:
        self._end_c(order, kind)
        if concerns_others(order):
            self._due.append(order)
        return 0

    cdef int _end_c(self, Order order, int kind) except -1:
        if order.venue_slot >= 0:
            self.unrest_c(order)
        elif self._held:
            self._held.pop(order.client_order_id, None)
        return self._emitter.plain_c(order, kind, self._ts)

    cdef int _rejected_c(self, Order order, str reason, bint due_post_only) except -1:
        self._emitter.rejected_c(order, reason, due_post_only, self._ts)
        if concerns_others(order):
            self._due.append(order)
        return 0

    cdef ts_t _expiry_c(self, Order order) noexcept:
        return NEVER

    cdef bint _holds_c(self, Order order) except? 0:
        cdef Order parent, other
        cdef ts_t until
        cdef ClientOrderId client_order_id
        if order.links is None:
            return False
        for client_order_id in (*order.links.linked, order.links.parent):
            other = None if client_order_id is None else self.order_c(client_order_id)
            if other is not None and other.instrument_id != order.instrument_id:
                self._rejected_c(
                    order, f"linked order {client_order_id} is in {other.instrument_id}, not in {order.instrument_id}", False
                )
                return True
        if (
            (order.links.contingency == ContingencyType.OCO or order.links.contingency == ContingencyType.OUO)
            # Where some of it was spawned and has filled already, it was this order that ended the others
            and self._all_filled_c(order) == 0
        ):
            for client_order_id in order.links.linked:
                other = self.order_c(client_order_id)
                if other is not None and (
                    self._all_over_c(other)
                    or (order.links.contingency == ContingencyType.OCO and self._all_filled_c(other) > 0)
                ):
                    self._rejected_c(
                        order, f"linked order {client_order_id} is {(<object><OrderStatus>other._status).name}", False
                    )
                    return True
        if order.links.parent is None:
            return False
        parent = self.order_c(order.links.parent)
        if parent is None:
            self._rejected_c(order, f"unknown parent order {order.links.parent}: submit them in one list", False)
            return True
        if self._all_filled_c(parent) > 0:
            return False
        if self._all_over_c(parent):
            self._rejected_c(
                order, f"parent order {parent.client_order_id} is {(<object><OrderStatus>parent._status).name}", False
            )
            return True
        until = self._expiry_c(order)
        if until <= self._ts:
            # Too late already: refused as any other
            return False
        self._held[order.client_order_id] = order
        if until != NEVER:
            self._held_until[order.client_order_id] = until
            self._next_held = min(self._next_held, until)
            self.agenda.expiry_c(until)
        return True

    cdef int _expire_held_c(self, ts_t ts_now) except -1:
        """Expire the orders whose time is up while they wait for their parent."""
        cdef ClientOrderId client_order_id
        cdef list due = []
        if self._next_held > ts_now:
            return 0
        self._next_held = NEVER
        for client_order_id, until in list(self._held_until.items()):
            if client_order_id not in self._held:
                del self._held_until[client_order_id]
            elif until <= ts_now:
                due.append((until, len(due), client_order_id))
            else:
                self._next_held = min(self._next_held, <ts_t>until)
        due.sort()
        for _, _, client_order_id in due:
            self._close_c(self._held[client_order_id], OrderEventKind.EXPIRED)
        return 0

    cdef int _must_be_somewhere_c(self, Order order) except -1:
        if order.venue_slot < 0 and not order.is_closed_c() and order.client_order_id not in self._held:
            raise InternalError(
                f"order {order.client_order_id} neither ended nor rests at {self._emitter.instrument.id.venue}: {order!r}; "
                "please report"
            )
        return 0

    cdef int _settle_links_c(self) except -1:
        if self._settling or not self._due:
            return 0
        self._settling = True
        try:
            while self._due:
                self._settle_one_c(self._due.pop(0))
        finally:
            self._settling = False
        return 0

    cdef int _settle_one_c(self, Order order) except -1:
        cdef OrderLinks links
        cdef ClientOrderId client_order_id
        cdef Order other
        cdef bint ended, is_worked, was_cut
        order = self._primary_c(order)
        links = order.links
        if links is None:
            return 0
        is_worked = is_worked_c(order)
        ended = self._all_over_c(order)
        if links.contingency == ContingencyType.OTO:
            if self._all_filled_c(order) > 0:
                self._release_c(order)
                # Exits that stayed for what it might still fill
                was_cut = is_worked or order.leaves_raw > 0
                return self._drop_idle_c() if ended and self._n_reduce_only and was_cut else 0
            if not ended:
                return 0
        elif links.contingency == ContingencyType.OCO:
            ended = ended or self._all_filled_c(order) > 0
        for client_order_id in links.linked:
            other = self.order_c(client_order_id)
            # Those of another instrument are refused when the second of them arrives, and are not ours to touch
            if other is None or other.instrument_id != order.instrument_id:
                continue
            if ended and is_worked_c(other):
                self._end_spawned_c(other)
            if other.is_closed_c():
                continue
            if other.venue_slot < 0 and client_order_id not in self._held:
                # Not here yet: a list that is being submitted; the rest of it finds this order's state when it comes
                continue
            if ended:
                self._end_c(other, OrderEventKind.CANCELED)
                # What ends by a contingency does not strike back at its cause, but its own children end with it
                if other.links is not None and other.links.contingency == ContingencyType.OTO:
                    self._due.append(other)
            elif links.contingency == ContingencyType.OUO and not is_worked and other.leaves_raw > order.leaves_raw:
                self._emitter.updated_c(
                    other, other.filled_raw + order.leaves_raw, other.price_raw, other.trigger_raw, self._ts
                )
        return 0

    cdef int _end_spawned_c(self, Order primary) except -1:
        """Cancel what works here of what an algorithm spawned from an order."""
        cdef Order part
        for part in self._cache._spawned.get(primary.extras.exec_spawn_id, ()):
            part = self.order_c(part.client_order_id)
            if part.venue_slot >= 0 and not part.is_closed_c() and is_spawned(part):
                self._end_c(part, OrderEventKind.CANCELED)
        return 0

    cdef int _change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger) except -1:
        raise InternalError(f"{type(self).__name__} must override `_change_c`; please report")

    cdef int _follow_c(self, Order parent, qty_raw_t before) except -1:
        """The quantity of a parent was changed: the orders that wait for it take it over, and its exits that had the same."""
        cdef ClientOrderId client_order_id
        cdef Order child
        if parent.links is None or parent.links.contingency != ContingencyType.OTO:
            return 0
        if is_worked_c(parent):
            # One of several orders that fill for it: its algorithm knows how many there are in all
            return 0
        for client_order_id in parent.links.linked:
            child = self._held.get(client_order_id)
            if child is not None and child.quantity_raw != parent.quantity_raw:
                self._emitter.updated_c(child, parent.quantity_raw, child.price_raw, child.trigger_raw, self._ts)
            if child is not None or parent.quantity_raw == before:
                continue
            child = self.order_c(client_order_id)
            if (child is not None and child.venue_slot >= 0 and child.is_reduce_only and child.quantity_raw == before
                    and child.filled_raw < parent.quantity_raw):
                self._change_c(child, parent.quantity_raw, child.price_raw, child.trigger_raw)
        return 0

    cdef int _end_entry_c(self, Order order) except -1:
        """An exit fired: it closes what there is and ends, so nothing would guard what its entry filled after it."""
        cdef Order parent
        if order.links is None or order.links.parent is None or not order.is_reduce_only:
            return 0
        parent = self.order_c(order.links.parent)
        if parent is None or parent.instrument_id != order.instrument_id:
            return 0
        if is_worked_c(parent):
            # What its algorithm has not sent yet is cancelled where it is
            self._end_spawned_c(parent)
        return self._close_c(parent, OrderEventKind.CANCELED) if parent.venue_slot >= 0 else 0

    cdef int _release_c(self, Order parent) except -1:
        """Submit the orders that waited for a fill of their parent, in the order in which it names them."""
        cdef PositionId position_id = self._cache.position_id_for_order_c(parent.client_order_id)
        cdef ClientOrderId client_order_id
        cdef Order child
        for client_order_id in parent.links.linked:
            child = self._held.pop(client_order_id, None)
            if child is not None:
                self._submit_c(child, position_id)
        return 0
