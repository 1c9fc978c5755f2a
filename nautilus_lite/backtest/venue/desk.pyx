"""The base of what a venue does by itself: settlement, funding, liquidation."""

from libc.stdint cimport uint64_t

from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.events.order cimport order_event_new_c
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.types cimport MarketOrder
from nautilus_lite.model.position cimport Position

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


cdef class VenueDesk:
    """Base of the desks of a venue.

    Parameters
    ----------
    venue : Venue
    account_id : AccountId
    exec_engine : ExecutionEngine
        Takes events and bookings.
    cache : Cache
    ids : UUIDFactory
    engines : dict of InstrumentId to OrderMatchingEngine
        The venue's own, not a copy.
    """

    def __init__(self, Venue venue not None, AccountId account_id not None, ExecutionEngine exec_engine not None,
                 Cache cache not None, UUIDFactory ids not None, dict engines not None):
        self.venue = venue
        self.account_id = account_id
        self._exec_engine = exec_engine
        self._cache = cache
        self.market = cache.market
        self._ids = ids
        self._engines = engines
        self.next_ns = NEVER

    @property
    def next_due(self):
        """When the desk has something to do (ns), or None."""
        return None if self.next_ns == NEVER else self.next_ns

    def reset(self):
        """Forget a run."""
        self.next_ns = NEVER
        self._n_orders = 0

    cdef int hear_c(self, ts_t ts_now) except -1:
        return 0 if self.responses is None else self.responses.hear_all_c(ts_now)

    cdef list positions_c(self):
        cdef Position position
        return [p for p in self._cache._positions_open.values() if (<Position>p).account_id == self.account_id]

    cdef Order closing_order_c(self, Position position, str word, ts_t ts_now):
        cdef OrderEvent event
        cdef Order order
        cdef uint64_t hi, lo
        self._n_orders += 1
        order = MarketOrder(
            trader_id=position.trader_id,
            strategy_id=position.strategy_id,
            instrument_id=position.instrument_id,
            client_order_id=ClientOrderId(f"{self.venue.value}-{word}-{self._n_orders}"),
            order_side=OrderSide.SELL if position.signed_raw > 0 else OrderSide.BUY,
            quantity=Quantity.from_raw_c(fixed_abs(position.signed_raw), position.instrument.size_precision),
            init_id=self._ids.next_uuid(),
            ts_init=ts_now,
            reduce_only=True,
            tags=[word],
        )
        self._cache.add_order_c(order, position.id)
        event = order_event_new_c(OrderEventKind.SUBMITTED)
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(event, OrderEventKind.SUBMITTED, hi, lo, order.trader_id, order.strategy_id,
                           order.instrument_id, order.client_order_id, None, self.account_id, ts_now, ts_now)
        self._exec_engine.process_for_c(event, order)
        return order
