"""Reduce-only orders: cut to their position when they would fill, cancelled when it is gone."""

from nautilus_lite.backtest.matching.rules cimport sign_of
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.model.events.order cimport OrderEventKind
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
        return max(0, -sign_of(order) * signed)

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
            if order.is_reduce_only and order.venue_slot >= 0 and self._reducible_c(order, None) == 0:
                self._close_c(order, OrderEventKind.CANCELED)
        return 0
