"""Answers of a venue that take time.

What a venue does takes effect there at once; who sent the order learns of it later. So the venue works with a copy of its own
of every order, a twin, from the order's arrival to the moment at which its end is heard. An event changes the twin when it
happens (`ts_event`) and the order in the cache when it is heard (`ts_init`). Events never overtake each other.

A venue whose answers take no time has none of this: there the twin is the order itself.
"""

cimport cython
from libc.stdint cimport uint64_t

from collections import deque

from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.backtest.models.latency.base cimport latency_key
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.text cimport text_key
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder

from nautilus_lite.errors import InternalError

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
# Keys of draws about events lie above those about commands
cdef uint64_t EVENT_KEYS = 1 << 32


def twin_of(Order order not None):
    """Return a copy of an order as it was sent: requests that came after it are not known where it arrives."""
    return twin_of_c(order)


cdef Order twin_of_c(Order order):
    """As `twin_of`.

    Notes
    -----
    Field by field: `copy.copy` would cost as much as all else that an order does.
    """
    cdef Order twin = type(order).__new__(type(order))
    cdef EventLog log = EventLog.__new__(EventLog)
    log.append_c(order.init_event)
    twin._events = log
    twin._status = OrderStatus.SUBMITTED
    twin._previous_status = OrderStatus.SUBMITTED
    twin.venue_slot = -1
    twin.trader_id = order.trader_id
    twin.strategy_id = order.strategy_id
    twin.instrument_id = order.instrument_id
    twin.client_order_id = order.client_order_id
    twin.venue_order_id = order.venue_order_id
    twin.position_id = order.position_id
    twin.account_id = order.account_id
    twin.init_event = order.init_event
    twin._side = order._side
    twin._order_type = order._order_type
    twin._time_in_force = order._time_in_force
    twin.is_post_only = order.is_post_only
    twin.is_reduce_only = order.is_reduce_only
    twin.is_quote_quantity = order.is_quote_quantity
    twin._has_price = order._has_price
    twin._has_trigger = order._has_trigger
    twin._trigger_type = order._trigger_type
    twin.price_raw = order.price_raw
    twin.trigger_raw = order.trigger_raw
    twin.price_precision = order.price_precision
    twin.expire_time_ns = order.expire_time_ns
    twin.tags = order.tags
    twin.order_list_id = order.order_list_id
    twin.links = order.links
    twin.extras = order.extras
    twin.display_raw = order.display_raw
    twin._is_triggered = order._is_triggered
    twin.quantity_raw = order.quantity_raw
    twin.filled_raw = order.filled_raw
    twin.leaves_raw = order.leaves_raw
    twin.size_precision = order.size_precision
    twin.avg_px = order.avg_px
    twin.slippage = order.slippage
    twin._liquidity_side = order._liquidity_side
    twin._commissions = order._commissions
    twin.ts_init = order.ts_init
    twin.ts_submitted = order.ts_submitted
    twin.ts_accepted = order.ts_accepted
    twin.ts_last = order.ts_last
    twin.ts_closed = order.ts_closed
    twin.indexed = order.indexed
    twin.indexed_venue_order_id = order.indexed_venue_order_id
    twin.linked_position_id = order.linked_position_id
    twin.mid_decision = order.mid_decision
    twin.mid_arrival = order.mid_arrival
    twin.queue_entry = order.queue_entry
    if isinstance(order, TrailingStopOrder):
        (<TrailingStopOrder>twin).offset_type = (<TrailingStopOrder>order).offset_type
        (<TrailingStopOrder>twin).offset_raw = (<TrailingStopOrder>order).offset_raw
        (<TrailingStopOrder>twin).limit_offset_raw = (<TrailingStopOrder>order).limit_offset_raw
        (<TrailingStopOrder>twin).activation_raw = (<TrailingStopOrder>order).activation_raw
        (<TrailingStopOrder>twin).has_activation = (<TrailingStopOrder>order).has_activation
        (<TrailingStopOrder>twin).activated = (<TrailingStopOrder>order).activated
    return twin


cdef bint differ(Order order, Order twin) noexcept:
    return (
        order.quantity_raw != twin.quantity_raw or order.filled_raw != twin.filled_raw
        or order.leaves_raw != twin.leaves_raw or order.price_raw != twin.price_raw
        or order.trigger_raw != twin.trigger_raw or order._is_triggered != twin._is_triggered
        or order.is_closed_c() != twin.is_closed_c()
    )


@cython.final
cdef class Responses:
    """The answers of one venue on their way to one world.

    Parameters
    ----------
    model : LatencyModel
        Says how long each takes.
    exec_engine : ExecutionEngine
        Takes them.
    cache : Cache
        The orders and positions as they are known so far.
    venue : str
        For the draws of the model.
    agenda : Agenda
        Of the world.
    purse : Purse, optional
        Of a cash account; it is told what fills on their way will move.
    """

    def __init__(self, LatencyModel model not None, ExecutionEngine exec_engine not None, Cache cache not None,
                 str venue not None, Agenda agenda not None, Purse purse=None):
        self._model = model
        self._exec_engine = exec_engine
        self._cache = cache
        self._key = text_key(venue)
        self.agenda = agenda
        self.purse = purse
        self.reset_c()

    def __len__(self):
        return len(self._queue)

    cdef int reset_c(self) except -1:
        self._queue = deque()
        self._twins = {}
        if self.purse is not None:
            self.purse.twins = self._twins
        self._unheard = {}
        self.next_ns = NEVER
        self._last_ns = 0
        return 0

    cdef Order arrive_c(self, Order order):
        cdef Order twin = twin_of_c(order)
        self._twins[order.client_order_id] = twin
        return twin

    cdef Order order_c(self, ClientOrderId client_order_id):
        cdef Order twin = self._twins.get(client_order_id)
        # What never arrived, or whose end was heard, is as the cache has it
        return self._cache.order_c(client_order_id) if twin is None else twin

    cdef int say_c(self, OrderEvent event) except -1:
        cdef Order twin = self._twins.get(event.client_order_id)
        cdef ts_t due = event.ts_event
        cdef uint64_t nth = 0
        cdef qty_raw_t qty
        if twin is not None:
            # A refusal leaves an order that has ended as it is
            if not twin.is_closed_c():
                twin.apply_c(event)
            nth = <uint64_t>twin._events.n
        due += self._model.response_c(
            event,
            latency_key(self._key, event.client_order_id.key_c(), EVENT_KEYS + event.kind, nth) if self._model.draws else 0,
            due,
        )
        due = max(due, self._last_ns)
        self._last_ns = due
        event.ts_init = due
        if event.kind == OrderEventKind.FILLED:
            qty = (<OrderFilled>event).qty_raw
            if (<OrderFilled>event)._order_side == OrderSide.SELL:
                qty = -qty
            self._unheard[event.client_order_id] = self._unheard.get(event.client_order_id, 0) + qty
            if self.purse is not None:
                self.purse.said_c(self._cache.instrument_c(event.instrument_id), twin, <OrderFilled>event)
        if self.next_ns == NEVER:
            self.next_ns = due
            self.agenda.inflight_c(due)
        self._queue.append(event)
        return 0

    cdef bint hear_c(self, ts_t ts_now) except? 0:
        cdef OrderEvent event
        cdef bint heard = False
        while self.next_ns <= ts_now:
            event = self._queue.popleft()
            self.next_ns = (<OrderEvent>self._queue[0]).ts_init if self._queue else NEVER
            self._hear_one_c(event)
            heard = True
        return heard

    cdef int hear_all_c(self, ts_t ts_now) except -1:
        cdef OrderEvent event
        while self._queue:
            event = self._queue.popleft()
            event.ts_init = min(event.ts_init, ts_now)
            self._hear_one_c(event)
        self.next_ns = NEVER
        self._last_ns = min(self._last_ns, ts_now)
        return 0

    cdef int _hear_one_c(self, OrderEvent event) except -1:
        cdef Order twin = self._twins.get(event.client_order_id)
        cdef Order order = None
        cdef qty_raw_t left
        if event.kind == OrderEventKind.FILLED:
            left = <qty_raw_t>self._unheard[event.client_order_id]
            left -= (<OrderFilled>event).qty_raw if (<OrderFilled>event)._order_side == OrderSide.BUY else -(<OrderFilled>event).qty_raw
            if left == 0:
                del self._unheard[event.client_order_id]
            else:
                self._unheard[event.client_order_id] = left
        if twin is not None:
            order = self._cache.order_c(event.client_order_id)
            order.queue_entry = twin.queue_entry
            if twin.is_closed_c() and twin._events.last_c() is event:
                del self._twins[event.client_order_id]
        if self.purse is None or event.kind != OrderEventKind.FILLED:
            return self._tell_c(event, order)
        self.purse.hears_c(<OrderFilled>event)
        try:
            return self._tell_c(event, order)
        finally:
            self.purse.heard_c()

    cdef int _tell_c(self, OrderEvent event, Order order) except -1:
        return self._exec_engine.process_c(event) if order is None else self._exec_engine.process_for_c(event, order)

    cdef qty_raw_t unheard_c(self, Order order, PositionId position_id, bint is_hedging) except? -9223372036854775807:
        cdef ClientOrderId client_order_id
        cdef Order other
        cdef qty_raw_t total = 0
        for client_order_id, qty in self._unheard.items():
            other = self.order_c(client_order_id)
            if other.instrument_id != order.instrument_id or other.strategy_id != order.strategy_id:
                continue
            if is_hedging:
                if position_id is not None:
                    if self._cache.position_id_for_order_c(client_order_id) != position_id:
                        continue
                # The position of a fill that was not heard yet has no name: its children know it by their parent
                elif order.links is None or order.links.parent is None or (
                    order.links.parent != client_order_id and (other.links is None or other.links.parent != order.links.parent)
                ):
                    continue
            total += <qty_raw_t>qty
        return total

    cdef int check_c(self) except -1:
        """Raise InternalError where everything was heard and an order is not as the venue has it."""
        cdef Order twin, order
        if self._queue:
            return 0
        for client_order_id, twin in self._twins.items():
            order = self._cache.order_c(client_order_id)
            if order is None or differ(order, twin):
                raise InternalError(f"order {order!r} is not what the venue has, {twin!r}; please report")
        if self._unheard:
            raise InternalError(f"fills of {list(self._unheard)} were never heard; please report")
        return 0
