"""Order types that a venue lacks, held on the trader's side.

An order with an `emulation_trigger` waits here; `watching.py` says how its market is looked at. When it is reached it is
released: it becomes a market order, or, where it has a limit behind its trigger, a limit order, and goes through the risk engine
to the venue as the same object with the same id.

    LIMIT                                   the other side is at or beyond its price: released as MARKET
    STOP_MARKET, TRAILING_STOP_MARKET       stopped: MARKET
    MARKET_IF_TOUCHED                       touched: MARKET
    STOP_LIMIT, TRAILING_STOP_LIMIT         stopped: LIMIT
    LIMIT_IF_TOUCHED                        touched: LIMIT

Links of held orders are kept here, those between orders at a venue by the venue. A child waits for the first fill of its
parent, wherever that is, and has no more than the parent's filled quantity, less what its siblings filled. Of two that cancel
each other the held one is cancelled, or cut, on the other's fill or end. What ends by a link does not strike back at its cause.
"""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.config import ActorConfig
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder, SubmitOrderList
from nautilus_lite.execution.watching import NEAR, TRAILING, Held, OrderWatcher
from nautilus_lite.model.enums import ContingencyType, OrderType, TimeInForce, TrailingOffsetType, TriggerType
from nautilus_lite.model.events.order import OrderEmulated, OrderReleased
from nautilus_lite.model.identifiers import ComponentId

KINDS = (*TRAILING, *NEAR, OrderType.STOP_MARKET, OrderType.STOP_LIMIT)


class OrderEmulator(OrderWatcher):
    """Holds emulated orders of one world.

    Notes
    -----
    The endpoint `OrderEmulator.execute` takes commands about orders that are emulated, or to be; a list may hold others as
    well, which are sent on.
    """

    def __init__(self) -> None:
        super().__init__(ActorConfig(component_id=ComponentId("OrderEmulator")))
        self._held = {}
        self._heard = {}
        self._strategies: set[Any] = set()                      # whose order events are heard
        self._by_link: set[Any] = set()                         # ClientOrderId of those that a link is ending

    def on_reset(self) -> None:
        for strategy_id in self._strategies:
            self.msgbus.unsubscribe(f"events.order.{strategy_id}", self._hear)
        self._strategies.clear()
        self._held.clear()
        self._ignore_all()
        self._by_link.clear()

    @property
    def held_count(self) -> int:
        """Number of orders held."""
        return len(self._held)

    def execute(self, command: Any) -> None:
        """Take a command about an order."""
        if isinstance(command, SubmitOrder):
            self._submit([command.order], command)
            return
        if isinstance(command, SubmitOrderList):
            self._submit(command.order_list.orders, command)
            return
        held = self._held.get(command.client_order_id)
        if held is None:
            self.log.warning(f"order {command.client_order_id} is not emulated: {command!r} comes too late")
        elif isinstance(command, CancelOrder):
            self._forget(held)
            self._cancel_held(held.order)
        elif isinstance(command, ModifyOrder):
            self._modify(held, command)

    def _submit(self, orders: list[Any], command: Any) -> None:
        for order in orders:
            self._take(order, command.position_id)
        reasons = [self._refuse(order) for order in orders]
        if any(reason is not None for reason in reasons):
            for order, reason in zip(orders, reasons, strict=True):
                self._deny_held(order, reason or f"order list {command.order_list.id} DENIED")
            return
        for order in orders:
            if order.is_closed:
                # What came before in the list took it along
                continue
            if order.emulation_trigger == TriggerType.NO_TRIGGER:
                self._send_off(order, command.position_id, command.client_id)
            else:
                self._hold(order, command)

    def _hold(self, order: Any, command: Any) -> None:
        held = Held(order, command.position_id, command.client_id)
        parent = None if order.parent_order_id is None else self._known(order.parent_order_id)
        held.waits = parent is not None and not parent.filled_qty
        self._held[order.client_order_id] = held
        if order.linked_order_ids or parent is not None:
            self._listen_to(order.strategy_id)
        now = self.clock.timestamp_ns()
        self._process(OrderEmulated(**self._names(order), event_id=self._new_id(), ts_init=now))
        if not self._holds(held):
            return
        if order.time_in_force == TimeInForce.GTD:
            self.clock.set_time_alert_ns(f"EXPIRE:{order.client_order_id}", order.expire_time_ns, self._expire)
        if parent is not None and not held.waits:
            self._size(held, parent)
        if self._holds(held) and not held.waits:
            self._attend(held)
            self._look(held)

    def _refuse(self, order: Any) -> str | None:
        reason = self._refuse_links(order)
        if reason is not None or order.emulation_trigger == TriggerType.NO_TRIGGER:
            return reason
        if order.order_type not in KINDS:
            return f"an emulated order must wait for a price, was {order.order_type.name}"
        if order.time_in_force in (TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE, TimeInForce.DAY):
            return f"time in force {order.time_in_force.name} of an emulated order is not supported"
        watched = self._watched(order)
        if self.cache.instrument(watched) is None:
            return f"trigger instrument {watched} not found"
        if order.order_type in TRAILING:
            if watched != order.instrument_id:
                return f"an emulated order cannot trail the prices of another instrument, was {watched}"
            if order.trailing_offset_type == TrailingOffsetType.PRICE_TIER:
                return "an emulated order cannot trail by PRICE_TIER"
        if order.is_quote_quantity and order.parent_order_id is not None:
            return "the quantity of an emulated child must be in base units"
        return None

    def _refuse_links(self, order: Any) -> str | None:
        """Return what is wrong with the links of an order, or None."""
        for client_order_id in (*(order.linked_order_ids or ()), order.parent_order_id):
            other = None if client_order_id is None else self._known(client_order_id)
            if other is not None and other.instrument_id != order.instrument_id:
                return f"linked order {client_order_id} is in {other.instrument_id}, not in {order.instrument_id}"
        if order.contingency_type in (ContingencyType.OCO, ContingencyType.OUO):
            for client_order_id in order.linked_order_ids:
                other = self._known(client_order_id)
                if other is not None and self._ends_others(order, other):
                    return f"linked order {client_order_id} is {other.status.name}"
        if order.parent_order_id is None:
            return None
        parent = self._known(order.parent_order_id)
        if parent is None:
            return f"unknown parent order {order.parent_order_id}: submit them in one list"
        if parent.is_closed and not parent.filled_qty:
            return f"parent order {order.parent_order_id} is {parent.status.name}"
        return None

    def _ends_others(self, order: Any, other: Any) -> bool:
        return other.is_closed or (order.contingency_type == ContingencyType.OCO and bool(other.filled_qty))

    def _forget(self, held: Held) -> None:
        order = held.order
        del self._held[order.client_order_id]
        name = f"EXPIRE:{order.client_order_id}"
        if name in self.clock.timer_names:
            self.clock.cancel_timer(name)
        self._ignore(held)

    def _release(self, held: Held, price: Any) -> None:
        order = held.order
        self._forget(held)
        now = self.clock.timestamp_ns()
        self._process(
            OrderReleased(**self._names(order), released_price=price, event_id=self._new_id(), ts_init=now)
        )
        endpoint = f"{order.exec_algorithm_id}.execute"
        if order.exec_algorithm_id is None or order.is_spawned:
            self._send_off(order, held.position_id, held.client_id)
        elif self.msgbus.is_registered(endpoint):
            self.msgbus.send(endpoint, self._submission(order, held.position_id, held.client_id))
        else:
            reason = f"unknown execution algorithm {order.exec_algorithm_id}: call `add_exec_algorithm` first"
            self._deny_held(order, reason)

    # -- links ----------------------------------------------------------------------------------------------------------

    def _listen_to(self, strategy_id: Any) -> None:
        if strategy_id not in self._strategies:
            self._strategies.add(strategy_id)
            self.msgbus.subscribe(f"events.order.{strategy_id}", self._hear)

    def _hear(self, event: Any) -> None:
        """Carry out what an event of an order does to those that are held, or left for the venue alone."""
        order = self._known(event.client_order_id)
        if order is None or not order.linked_order_ids:
            return
        if order.client_order_id in self._by_link:
            if order.is_closed:
                self._by_link.discard(order.client_order_id)
            if order.contingency_type != ContingencyType.OTO:
                return
        for client_order_id in order.linked_order_ids:
            other = self._known(client_order_id)
            if other is None or other.is_closed:
                continue
            held = self._held.get(client_order_id)
            if order.contingency_type == ContingencyType.OTO:
                self._follow_parent(order, other, held)
            elif self._ends_others(order, other=order):
                self._end(order, other, held)
            elif held is not None and order.contingency_type == ContingencyType.OUO and order.filled_qty:
                held.wanted = min(held.wanted, order.leaves_qty)
                if other.quantity > held.wanted:
                    self._update_held(other, held.wanted)

    def _follow_parent(self, parent: Any, child: Any, held: Held | None) -> None:
        if parent.is_closed and not parent.filled_qty:
            self._end(parent, child, held)
        elif held is not None and parent.filled_qty:
            self._size(held, parent)
            if self._holds(held) and held.waits:
                held.waits = False
                if held.position_id is None:
                    held.position_id = self.cache.position_id(parent.client_order_id)
                self._attend(held)
                self._look(held)
        elif held is not None and held.waits and held.wanted != parent.quantity:
            # The parent was changed: those that wait for it take it over, as at the venue
            held.wanted = parent.quantity
            self._update_held(child, parent.quantity)

    def _size(self, held: Held, parent: Any) -> None:
        """Give a child no more than its parent filled, less what its siblings did."""
        order = held.order
        quantity = parent.filled_qty
        for client_order_id in order.linked_order_ids or ():
            sibling = self._known(client_order_id)
            if sibling is not None:
                quantity -= min(quantity, sibling.filled_qty)
        quantity = min(quantity, held.wanted)
        if quantity and quantity != order.quantity:
            self._update_held(order, quantity)

    def _end(self, cause: Any, other: Any, held: Held | None) -> None:
        """Cancel an order for what happened to another."""
        if held is not None:
            self._by_link.add(other.client_order_id)
            self._forget(held)
            self._cancel_held(other)
        elif not cause.ts_submitted and not other.is_active_local and not other.is_pending_cancel:
            # The venue knows the other, and never knew the cause
            self._by_link.add(other.client_order_id)
            self._cancel_at_venue(other)

    # -- changes --------------------------------------------------------------------------------------------------------

    def _modify(self, held: Held, command: ModifyOrder) -> None:
        order = held.order
        if command.quantity is not None:
            held.wanted = command.quantity
        # What came before is of no account to the new prices
        held.since, held.hits = self.clock.timestamp_ns(), 0
        self._update_held(
            order,
            command.quantity,
            command.price if order.has_price else None,
            command.trigger_price if order.has_trigger_price else None,
        )
        if self._holds(held) and not held.waits:
            self._look(held)

    def _expire(self, event: Any) -> None:
        for held in list(self._held.values()):
            if event.name == f"EXPIRE:{held.order.client_order_id}":
                self._forget(held)
                self._expire_held(held.order)
