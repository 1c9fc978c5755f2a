"""Reduce-only orders: cut to their position when they would fill, cancelled when it is gone.

An exit of a bracket, and what an algorithm spawned from it, is for what its entry filled, whatever else the position holds. While
the entry may fill further a resting exit is not cut, and stays when the position is gone: it is for what is to come.
"""

from nautilus_lite.backtest.matching.contingency cimport is_worked_c
from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position


cdef class ReducingOrders(LinkedOrders):
    """Base of the matching engine: what reduce-only orders may do."""

    cdef qty_raw_t _reducible_c(self, Order order, PositionId position_id) except? -1:
        """How much the order could reduce the position it is for."""
        cdef OrderContext context = self._emitter._exec_engine.context_for_c(order)
        cdef Position position
        cdef bint is_hedging = context.netting_id is None
        cdef qty_raw_t signed = 0
        if not is_hedging:
            # Whatever the order names: its fill will be booked there
            position_id = context.netting_id
        elif position_id is None:
            position_id = self._cache.position_id_for_order_c(order.client_order_id)
        if position_id is not None:
            position = self._cache.position_c(position_id)
            if position is not None:
                signed = position.signed_raw
        if self._responses is not None:
            signed += self._responses.unheard_c(order, position_id, is_hedging)
        signed = self._of_parent_c(order, max(0, -sign_of(order) * signed))
        if self._purse is not None and signed > 0:
            # A fee may have been taken from what the position bought
            return self._purse.sellable_c(self.instrument, order, min(signed, order.leaves_raw))
        return signed

    cdef qty_raw_t _of_parent_c(self, Order order, qty_raw_t most) except? -1:
        """Of an exit whose entry is filled in part, or of which an algorithm works a part: no more than the entry filled, less what it and its siblings did."""
        cdef ClientOrderId client_order_id
        cdef Order parent, other
        cdef qty_raw_t left
        cdef bint is_worked
        order = self._primary_c(order)
        if order.links is None or order.links.parent is None:
            return most
        parent = self.order_c(order.links.parent)
        if parent is None:
            return most
        left = self._all_filled_c(parent) - self._all_filled_c(order)
        is_worked = is_worked_c(parent) or is_worked_c(order)
        for client_order_id in order.links.linked:
            other = self.order_c(client_order_id)
            if other is not None:
                left -= self._all_filled_c(other)
                is_worked = is_worked or is_worked_c(other)
        # Where no algorithm is in it the quantities say the rest once the entry is filled
        return most if parent.leaves_raw == 0 and not is_worked else max(0, min(most, left))

    cdef bint _grows_c(self, Order order) except? 0:
        """Whether the entry of an exit may fill further."""
        cdef Order parent
        order = self._primary_c(order)
        if order.links is None or order.links.parent is None:
            return False
        parent = self.order_c(order.links.parent)
        return parent is not None and not self._all_over_c(parent)

    cdef bint _cap_resting_c(self, Order order, qty_raw_t* most) except? 0:
        """As `_cap_c` for a resting limit, and how much of it may fill; an exit whose entry works on is not cut."""
        if self._use_reduce_only and order.is_reduce_only and self._grows_c(order):
            most[0] = min(order.leaves_raw, self._reducible_c(order, None))
            return True
        if not self._cap_c(order, None):
            return False
        most[0] = order.leaves_raw
        return True

    cdef bint _cap_c(self, Order order, PositionId position_id) except? 0:
        """Cut a reduce-only order to its position, or cancel it if that is gone; True if it may still fill."""
        cdef qty_raw_t most
        if not self._use_reduce_only or not order.is_reduce_only:
            return True
        most = self._reducible_c(order, position_id)
        if most == 0:
            self._close_c(order, OrderEventKind.CANCELED)
            return False
        if most < order.leaves_raw:
            self._emitter.updated_c(order, order.filled_raw + most, order.price_raw, order.trigger_raw, self._ts)
        return True

    cdef int _drop_idle_c(self) except -1:
        """Cancel working reduce-only orders whose position is gone."""
        cdef Order order
        if not self._use_reduce_only:
            return 0
        for order in self.arrivals_c():
            if order.is_reduce_only and order.venue_slot >= 0 and not self._grows_c(order) and self._reducible_c(order, None) == 0:
                self._close_c(order, OrderEventKind.CANCELED)
        return 0
