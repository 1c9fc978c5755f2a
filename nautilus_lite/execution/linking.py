"""What the fate of one order does to others that are held, or worked, on the trader's side.

A child waits for the first fill of its parent, wherever that is, and has no more than the parent's filled quantity, less what
its siblings filled. Of two that cancel each other the one that is kept here is cancelled, or cut, on the other's fill or end.
What ends by a link does not strike back at its cause. Links between orders at a venue are the venue's.

An order that an execution algorithm works and all that was spawned from it count as one: it has filled what they filled, and is
over when all of them are.
"""

from __future__ import annotations

from typing import Any

from nautilus_lite.execution.holding import OrderHolder
from nautilus_lite.model.enums import ContingencyType, OrderStatus

BOTH_WAYS = (ContingencyType.OCO, ContingencyType.OUO)


class Kept:
    """An order that is held, or worked by an algorithm.

    Parameters
    ----------
    holder : OrderHolder
        The emulator or the algorithm.
    order : Order
    position_id, client_id
        Of the command that brought it.
    """

    is_worked = False                           # by an algorithm

    def __init__(self, holder: Any, order: Any, position_id: Any, client_id: Any) -> None:
        self.holder = holder
        self.order = order
        self.position_id = position_id
        self.client_id = client_id
        self.wanted = order.quantity            # however little its parent filled
        self.of_parent: Any = None              # quantity of its parent when it was last looked at
        self.waits = False                      # for the first fill of its parent

    @property
    def total(self) -> Any:
        """What it is to fill in all."""
        return self.order.quantity

    def wake(self) -> None:
        """Begin: the parent has filled."""
        raise NotImplementedError(f"`{type(self).__name__}` must override `wake`")

    def drop(self) -> None:
        """Cancel it."""
        raise NotImplementedError(f"`{type(self).__name__}` must override `drop`")

    def resize(self, quantity: Any) -> None:
        """Change what it is to fill in all."""
        raise NotImplementedError(f"`{type(self).__name__}` must override `resize`")


class LinkKeeper(OrderHolder):
    """Base of the emulator: keeps the links of a world that no venue knows all of."""

    _held: dict[Any, Any]                       # ClientOrderId -> Kept
    _strategies: set[Any]                       # whose order events are heard
    _by_link: set[Any]                          # ClientOrderId of those that a link is ending
    event_count: int                            # events of orders heard

    def _clear_links(self) -> None:
        for strategy_id in self._strategies:
            self.msgbus.unsubscribe(f"events.order.{strategy_id}", self._hear)
        self._strategies.clear()
        self._held.clear()
        self._by_link.clear()
        self._asked.clear()

    def keep(self, kept: Any) -> None:
        """Look after the links of an order from now on; one whose parent has not filled waits, others get their size."""
        self._held[kept.order.client_order_id] = kept
        parent = self._parent_of(kept.order)
        if parent is not None:
            kept.of_parent = self._total(parent)
            kept.waits = not self._filled(parent)
        if kept.order.linked_order_ids or parent is not None:
            self._listen_to(kept.order.strategy_id)

    def holds(self, kept: Any) -> bool:
        """Return if the order is still kept: a handler of its last event may have ended it."""
        return self._held.get(kept.order.client_order_id) is kept

    def _listen_to(self, strategy_id: Any) -> None:
        if strategy_id not in self._strategies:
            self._strategies.add(strategy_id)
            self.msgbus.subscribe(f"events.order.{strategy_id}", self._hear)

    def _parent_of(self, order: Any) -> Any:
        return None if order.parent_order_id is None else self._known(order.parent_order_id)

    def _total(self, order: Any) -> Any:
        """What an order is to fill in all, or has where it is over."""
        kept = self._held.get(order.client_order_id)
        if kept is not None:
            return kept.total
        return self._filled(order) if order.exec_spawn_id is not None or self._is_over(order) else order.quantity

    # -- before they are taken ------------------------------------------------------------------------------------------

    def _refuse_links(self, order: Any) -> str | None:
        """Return what is wrong with the links of an order, or None."""
        for client_order_id in (*(order.linked_order_ids or ()), order.parent_order_id):
            other = None if client_order_id is None else self._known(client_order_id)
            if other is not None and other.instrument_id != order.instrument_id:
                return f"linked order {client_order_id} is in {other.instrument_id}, not in {order.instrument_id}"
        if order.contingency_type in BOTH_WAYS:
            for client_order_id in order.linked_order_ids:
                other = self._known(client_order_id)
                if other is not None and self._ends_others(order, other):
                    return f"linked order {client_order_id} is {other.status.name}"
        if order.parent_order_id is None:
            return None
        parent = self._known(order.parent_order_id)
        if parent is None:
            return f"unknown parent order {order.parent_order_id}: submit them in one list"
        if self._is_over(parent) and not self._filled(parent):
            return f"parent order {order.parent_order_id} is {parent.status.name}"
        return None

    def _ends_others(self, order: Any, other: Any) -> bool:
        return self._is_over(other) or (order.contingency_type == ContingencyType.OCO and bool(self._filled(other)))

    # -- events ---------------------------------------------------------------------------------------------------------

    def _hear(self, event: Any) -> None:
        """Carry out what an event of an order does to those that are kept, or left for the venue alone."""
        self.event_count += 1
        part = self._known(event.client_order_id)
        order = self._known(part.exec_spawn_id) if part is not None and part.is_spawned else part
        if order is None or not order.linked_order_ids:
            return
        kept = self._held.get(order.client_order_id)
        is_over = self._is_over(order)
        if is_over and kept is not None and kept.is_worked:
            del self._held[order.client_order_id]
        if is_over and order.is_reduce_only:
            self._end_unguarded(order)
        if order.client_order_id in self._by_link:
            if is_over:
                self._by_link.discard(order.client_order_id)
            if order.contingency_type != ContingencyType.OTO:
                return
        for client_order_id in order.linked_order_ids:
            other = self._known(client_order_id)
            if other is None or self._is_over(other):
                continue
            if order.contingency_type == ContingencyType.OTO:
                self._follow_parent(order, other, event)
            elif self._ends_others(order, other=order):
                self._end(order, other, event)
            elif order.contingency_type == ContingencyType.OUO and self._filled(order):
                self._cut(order, other)

    def _end_unguarded(self, exit_: Any) -> None:
        """Cancel what is left of a worked entry when an exit has closed what there was: nothing would guard what comes."""
        entry = self._parent_of(exit_)
        kept = None if entry is None else self._held.get(entry.client_order_id)
        if kept is None or not kept.is_worked:
            return
        children = [self._known(client_order_id) for client_order_id in entry.linked_order_ids]
        known = [child for child in children if child is not None]
        if all(self._is_over(child) for child in known) and any(child.status == OrderStatus.FILLED for child in known):
            kept.drop()

    def _follow_parent(self, parent: Any, child: Any, event: Any) -> None:
        if self._is_over(parent) and not self._filled(parent):
            self._end(parent, child, event)
            return
        held = self._held.get(child.client_order_id)
        if held is None:
            return
        # The parent was changed: those that had its quantity take it over, as at the venue
        total = self._total(parent)
        if held.wanted == held.of_parent != total:
            held.wanted = total
            if held.waits:
                held.resize(total)
        held.of_parent = total
        if self._filled(parent) and self.holds(held):
            self._size(held, parent)
            if held.waits and self.holds(held):
                held.waits = False
                if held.position_id is None:
                    held.position_id = self.cache.position_id(parent.client_order_id)
                held.wake()

    def _size(self, held: Any, parent: Any) -> None:
        """Give a child no more than its parent filled, less what its siblings did."""
        quantity = min(self._less_siblings(held.order, self._filled(parent)), held.wanted)
        if quantity and quantity != held.total:
            held.resize(quantity)

    def _less_siblings(self, child: Any, quantity: Any) -> Any:
        for client_order_id in child.linked_order_ids or ():
            sibling = self._known(client_order_id)
            if sibling is not None:
                quantity -= min(quantity, self._filled(sibling))
        return quantity

    def _cut(self, cause: Any, other: Any) -> None:
        """Leave an order no more than what is left of the one that it shares its quantity with."""
        held = self._held.get(other.client_order_id)
        parent = self._parent_of(other)
        if parent is not None and parent.client_order_id == cause.parent_order_id:
            if held is not None:
                self._size(held, parent)
                return
            quantity = self._less_siblings(other, self._total(parent))
        else:
            filled = self._filled(cause)
            quantity = self._filled(other) + max(self._total(cause), filled) - filled
        if held is not None:
            held.wanted = min(held.wanted, quantity)
            if held.total > held.wanted:
                held.resize(held.wanted)
        elif cause.client_order_id in self._held and quantity < other.quantity:
            # The venue does not know how much of it is worked here
            self._fit_at_venue(other, quantity)

    def _end(self, cause: Any, other: Any, event: Any) -> None:
        """Cancel an order for an event of another, or of a part of it."""
        held = self._held.get(other.client_order_id)
        if held is not None:
            if cause.contingency_type == ContingencyType.OCO and self._filled(other) and not self._filled(cause):
                # It was the other that ended the cause
                return
            self._by_link.add(other.client_order_id)
            held.drop()
        elif (
            not other.is_closed
            and not other.is_active_local
            and not other.is_pending_cancel
            and not self._venue_knew(cause, event)
        ):
            self._by_link.add(other.client_order_id)
            self._cancel_at_venue(other)

    def _venue_knew(self, cause: Any, event: Any) -> bool:
        """Return if the venue knew what came of an order when the event happened there, and has acted on it itself."""
        return all(
            part.ts_submitted or (part.client_order_id != event.client_order_id and part.ts_closed < event.ts_event)
            for part in self._parts(cause)
        )

    # -- children at the venue of an order that is worked here ----------------------------------------------------------

    def refit(self, kept: Any, before: Any) -> None:
        """Carry on to its children that what a worked order is to fill in all was changed."""
        parent = kept.order
        if parent.contingency_type != ContingencyType.OTO:
            return
        self._fit_children(parent, before)
        for client_order_id in () if self._is_over(parent) else parent.linked_order_ids:
            child = self._known(client_order_id)
            if child is not None and not self._is_over(child):
                self._follow_parent(parent, child, parent.last_event)

    def _fit_children(self, parent: Any, before: Any) -> None:
        """Give the quantity of a parent to the children at the venue that had all of it."""
        total = self._total(parent)
        if total == before or not total:
            return
        for client_order_id in parent.linked_order_ids:
            child = self._known(client_order_id)
            if child is None or child.is_closed or client_order_id in self._held:
                continue
            if child.quantity == self._less_siblings(child, before):
                self._fit_at_venue(child, self._less_siblings(child, total))

    def _fit_at_venue(self, order: Any, quantity: Any) -> None:
        if not (order.is_closed or order.is_active_local or order.is_pending_cancel or quantity <= order.filled_qty):
            self._ask_for(order, quantity)

