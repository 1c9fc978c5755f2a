"""Execution algorithms: components that work an order of a strategy by smaller orders of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.common.config import ActorConfig
from nautilus_lite.execution.config import ExecAlgorithmConfig, ImportableExecAlgorithmConfig
from nautilus_lite.execution.linking import Kept
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder, SubmitOrderList
from nautilus_lite.execution.spawning import Spawner
from nautilus_lite.model.enums import OrderStatus, TimeInForce, TriggerType
from nautilus_lite.model.events import order as events
from nautilus_lite.model.events import position as position_events
from nautilus_lite.model.identifiers import ComponentId, ExecAlgorithmId
from nautilus_lite.model.objects import Quantity

__all__ = ["ExecAlgorithm", "ExecAlgorithmConfig", "ImportableExecAlgorithmConfig"]

HANDLERS = {
    events.OrderInitialized: "on_order_initialized",
    events.OrderDenied: "on_order_denied",
    events.OrderEmulated: "on_order_emulated",
    events.OrderReleased: "on_order_released",
    events.OrderSubmitted: "on_order_submitted",
    events.OrderRejected: "on_order_rejected",
    events.OrderAccepted: "on_order_accepted",
    events.OrderCanceled: "on_order_canceled",
    events.OrderExpired: "on_order_expired",
    events.OrderTriggered: "on_order_triggered",
    events.OrderPendingUpdate: "on_order_pending_update",
    events.OrderPendingCancel: "on_order_pending_cancel",
    events.OrderModifyRejected: "on_order_modify_rejected",
    events.OrderCancelRejected: "on_order_cancel_rejected",
    events.OrderUpdated: "on_order_updated",
    events.OrderFilled: "on_order_filled",
}
POSITION_HANDLERS = {
    position_events.PositionOpened: "on_position_opened",
    position_events.PositionChanged: "on_position_changed",
    position_events.PositionClosed: "on_position_closed",
}

REFUSED = (OrderStatus.DENIED, OrderStatus.REJECTED)


class Worked(Kept):
    """A primary order; parameters as of `Kept`."""

    is_worked = True

    def __init__(self, holder: Any, order: Any, position_id: Any, client_id: Any) -> None:
        super().__init__(holder, order, position_id, client_id)
        self.seen = order.quantity              # what it and all that is spawned from it were to fill when last looked at
        self.is_ending = False                  # it and its parts are being cancelled, one after the other
        self.keeper: Any = None                 # of its links, None where it has none

    @property
    def total(self) -> Any:
        """What it and all that is spawned from it are to fill."""
        return self.holder.total_of(self)

    def wake(self) -> None:
        """Hand it to the algorithm."""
        self.holder.begin(self)

    def drop(self) -> None:
        """Cancel it and what was spawned from it."""
        self.holder.cancel_worked(self)

    def resize(self, quantity: Any) -> None:
        """Change what it is to fill in all, as far as it can be."""
        self.holder.resize_worked(self, quantity)


class ExecAlgorithm(Spawner):
    """Base of execution algorithms; override `on_order`.

    Parameters
    ----------
    config : ExecAlgorithmConfig, optional

    Notes
    -----
    An order with this algorithm's id comes to `on_order` and is the primary order. What is spawned from it has the id
    `<primary>-E1`, `-E2`, ..., belongs to the same strategy and takes its quantity from the primary, unless told
    otherwise; a spawned order that is denied or rejected gives its quantity back. The primary itself may be submitted, last.
    A primary that was never submitted is cancelled when the algorithm stops. When the strategy cancels the primary, or its time
    is up, what was spawned from it is cancelled too; when the algorithm does, it is not.

    A list whose first order has this algorithm's id comes to `on_order_list`. An order that waits for its parent comes to
    `on_order` with the parent's first fill; its quantity follows what the parent fills.
    """

    def __init__(self, config: ExecAlgorithmConfig | None = None) -> None:
        self._settings = ExecAlgorithmConfig() if config is None else config
        name = self._settings.exec_algorithm_id or ExecAlgorithmId(type(self).__name__)
        super().__init__(ActorConfig(component_id=ComponentId(name.value)))
        self.exec_algorithm_id = name
        self._worked: dict[Any, Worked] = {}                # ClientOrderId -> a primary that is not over
        self._lists: dict[Any, SubmitOrderList] = {}        # ClientOrderId -> command of a list that it came in
        self._n_spawned = {}
        self._taken = {}
        self._primary_ids = {}
        self._asked = {}
        self._own: set[Any] = set()                         # ClientOrderId of primaries that the algorithm itself cancelled
        self._listening: set[Any] = set()

    @property
    def id(self) -> ExecAlgorithmId:
        """The id that orders name (ExecAlgorithmId)."""
        return self.exec_algorithm_id

    @property
    def config(self) -> ExecAlgorithmConfig:
        """The configuration."""
        return self._settings

    def to_importable_config(self) -> ImportableExecAlgorithmConfig:
        """Return a configuration that makes such an algorithm; its values are plain, as JSON has them."""
        cls = type(self)
        return ImportableExecAlgorithmConfig(
            exec_algorithm_path=f"{cls.__module__}:{cls.__qualname__}",
            config_path=type(self._settings).fully_qualified_name(),
            config=self._settings.json_primitives(),
        )

    def _reset(self) -> None:
        self._worked.clear()
        self._lists.clear()
        self._n_spawned.clear()
        self._taken.clear()
        self._primary_ids.clear()
        self._own.clear()
        self._asked.clear()
        for strategy_id in self._listening:
            self.msgbus.unsubscribe(f"events.order.{strategy_id}", self._hear)
            self.msgbus.unsubscribe(f"events.position.{strategy_id}", self._hear_position)
        self._listening.clear()
        super()._reset()

    def _stop(self) -> None:
        super()._stop()
        for worked in list(self._worked.values()):
            if worked.order.is_active_local and not worked.order.is_closed:
                self._own.add(worked.order.client_order_id)
                self._cancel_held(worked.order)
        for client_order_id in list(self._lists):
            order = self._known(client_order_id)
            if order.status == OrderStatus.INITIALIZED and order.exec_algorithm_id in (None, self.exec_algorithm_id):
                # `on_order_list` left it lying
                self._cancel_held(order)

    # -- commands -------------------------------------------------------------------------------------------------------

    def execute(self, command: Any) -> None:
        """Take a command about a primary order, or a list."""
        if isinstance(command, SubmitOrderList):
            self._listen(command.strategy_id)
            for order in command.order_list.orders:
                self._take(order, command.position_id)
                self._lists[order.client_order_id] = command
            self.on_order_list(command.order_list)
            return
        if isinstance(command, SubmitOrder):
            self._listen(command.strategy_id)
            self._take(command.order, command.position_id)
            if not self.is_running:
                self._deny_held(command.order, self._not_running())
                return
            self._work(Worked(self, command.order, command.position_id, command.client_id))
            return
        order = self._known(command.client_order_id)
        if isinstance(command, CancelOrder):
            if order.is_spawned:
                self._cancel_held(order)
            else:
                self._cancel_all_of(order)
        elif isinstance(command, ModifyOrder):
            self.modify_order_in_place(order, command.quantity, command.price, command.trigger_price)

    def refuse(self, question: tuple[Any, list[str]]) -> None:
        """Add to a list of reasons why this algorithm does not take an order, before it comes."""
        order, reasons = question
        reason = self._refuse(order) if self.is_running else self._not_running()
        if reason is None and order.is_quote_quantity and order.parent_order_id is not None:
            reason = "the quantity of a child that an execution algorithm works must be in base units"
        if reason is not None:
            reasons.append(reason)

    def _not_running(self) -> str:
        return f"execution algorithm {self.exec_algorithm_id} is not running, it is {self.state.name}"

    def _refuse(self, order: Any) -> str | None:
        """Why an order is not for this algorithm, None where it is; a subclass may know."""
        return None

    def _listen(self, strategy_id: Any) -> None:
        if strategy_id not in self._listening:
            self._listening.add(strategy_id)
            self.msgbus.subscribe(f"events.order.{strategy_id}", self._hear)
            self.msgbus.subscribe(f"events.position.{strategy_id}", self._hear_position)

    def _work(self, worked: Worked) -> None:
        order = worked.order
        self._worked[order.client_order_id] = worked
        if order.time_in_force == TimeInForce.GTD:
            self.clock.set_time_alert_ns(f"EXPIRE:{order.client_order_id}", order.expire_time_ns, self._expire)
        if order.linked_order_ids or order.parent_order_id is not None:
            self.msgbus.send("OrderEmulator.keep", worked)
        if not worked.waits:
            self.begin(worked)

    def begin(self, worked: Worked) -> None:
        """Take an order that need not wait, or whose parent has filled."""
        if worked.order.is_closed:
            return
        if self.is_running:
            self.on_order(worked.order)
        else:
            self._cancel_held(worked.order)

    def _expire(self, event: Any) -> None:
        for worked in list(self._worked.values()):
            order = worked.order
            if event.name == f"EXPIRE:{order.client_order_id}" and order.is_active_local and not order.is_closed:
                self._expire_held(order)
                self._cancel_spawned(order)

    def _forget(self, order: Any) -> None:
        del self._worked[order.client_order_id]
        self._own.discard(order.client_order_id)
        name = f"EXPIRE:{order.client_order_id}"
        if name in self.clock.timer_names:
            self.clock.cancel_timer(name)

    # -- for users to override ------------------------------------------------------------------------------------------

    def on_order(self, order: Any) -> None:
        """Take a primary order."""
        raise NotImplementedError(f"`{type(self).__name__}` must override `on_order`")

    def on_order_list(self, order_list: Any) -> None:
        """Take a list whose first order is for this algorithm.

        Unless overridden each order goes where it belongs: those of this algorithm to `on_order`, those of others to these,
        emulated ones to the emulator, the rest to the venue. A child waits there for the first fill of its parent, whatever order
        that comes from. What an override leaves lying is cancelled when the algorithm stops.
        """
        command = self._lists[order_list.first.client_order_id]
        self._hand_out(order_list.orders, command.position_id, command.client_id, order_list.id)

    def on_order_event(self, event: Any) -> None:
        """Take any event of a primary or spawned order."""

    def on_order_initialized(self, event: Any) -> None:
        """Take an OrderInitialized of a primary or spawned order."""

    def on_order_denied(self, event: Any) -> None:
        """Take an OrderDenied of a primary or spawned order."""

    def on_order_emulated(self, event: Any) -> None:
        """Take an OrderEmulated of a primary or spawned order."""

    def on_order_released(self, event: Any) -> None:
        """Take an OrderReleased of a primary or spawned order."""

    def on_order_submitted(self, event: Any) -> None:
        """Take an OrderSubmitted of a primary or spawned order."""

    def on_order_rejected(self, event: Any) -> None:
        """Take an OrderRejected of a primary or spawned order."""

    def on_order_accepted(self, event: Any) -> None:
        """Take an OrderAccepted of a primary or spawned order."""

    def on_order_canceled(self, event: Any) -> None:
        """Take an OrderCanceled of a primary or spawned order."""

    def on_order_expired(self, event: Any) -> None:
        """Take an OrderExpired of a primary or spawned order."""

    def on_order_triggered(self, event: Any) -> None:
        """Take an OrderTriggered of a primary or spawned order."""

    def on_order_pending_update(self, event: Any) -> None:
        """Take an OrderPendingUpdate of a primary or spawned order."""

    def on_order_pending_cancel(self, event: Any) -> None:
        """Take an OrderPendingCancel of a primary or spawned order."""

    def on_order_modify_rejected(self, event: Any) -> None:
        """Take an OrderModifyRejected of a primary or spawned order."""

    def on_order_cancel_rejected(self, event: Any) -> None:
        """Take an OrderCancelRejected of a primary or spawned order."""

    def on_order_updated(self, event: Any) -> None:
        """Take an OrderUpdated of a primary or spawned order."""

    def on_order_filled(self, event: Any) -> None:
        """Take an OrderFilled of a primary or spawned order."""

    def on_position_event(self, event: Any) -> None:
        """Take any position event of a strategy whose orders it works."""

    def on_position_opened(self, event: Any) -> None:
        """Take a PositionOpened of a strategy whose orders it works."""

    def on_position_changed(self, event: Any) -> None:
        """Take a PositionChanged of a strategy whose orders it works."""

    def on_position_closed(self, event: Any) -> None:
        """Take a PositionClosed of a strategy whose orders it works."""

    # -- events ---------------------------------------------------------------------------------------------------------

    def _hear(self, event: Any) -> None:
        order = self._known(event.client_order_id)
        if order is not None and order.is_closed:
            self._lists.pop(order.client_order_id, None)
        if order is None or order.exec_algorithm_id != self.exec_algorithm_id:
            return
        if isinstance(event, (events.OrderDenied, events.OrderRejected)):
            self._give_back(order)
        elif order.is_closed:
            self._taken.pop(order.client_order_id, None)
            self._primary_ids.pop(order.client_order_id, None)
        worked = self._worked.get(order.exec_spawn_id)
        if worked is not None:
            self._follow(worked, order, event)
        if self.is_running:
            getattr(self, HANDLERS[type(event)])(event)
            self.on_order_event(event)
            self.on_event(event)

    def _follow(self, worked: Worked, order: Any, event: Any) -> None:
        asked = isinstance(event, events.OrderPendingCancel) and order.client_order_id not in self._own
        if asked and order is worked.order:
            self._cancel_spawned(order)
        if self._is_over(worked.order):
            self._forget(worked.order)
        self._note_total(worked)

    def total_of(self, worked: Worked) -> Any:
        """What an order and all that is spawned from it have filled, and may still fill."""
        order = worked.order
        total = Decimal(0)
        for part in self._parts(order):
            total += part.filled_qty.as_decimal() if part.is_closed else part.quantity.as_decimal()
        for client_order_id, quantity in self._taken.items():
            if self._is_on_its_way(client_order_id, order):
                total += quantity.as_decimal()
        return Quantity(total, order.quantity.precision)

    def _is_on_its_way(self, client_order_id: Any, primary: Any) -> bool:
        """Whether a quantity has left a primary, and is not yet in an order, or back from one that was refused."""
        part = self._known(client_order_id)
        if part is None:
            return bool(self._primary_ids[client_order_id] == primary.client_order_id)
        return part.status in REFUSED and part.exec_spawn_id == primary.client_order_id and self._takes_back(primary)

    def _note_total(self, worked: Worked) -> None:
        """Carry a change of what is to fill in all on to the children."""
        if worked.keeper is None or worked.is_ending or worked.order.init_event.quote_quantity:
            return
        if any(part.is_pending_cancel for part in self._parts(worked.order)):
            # What is left of it will be known when that is answered
            return
        before, worked.seen = worked.seen, worked.total
        if worked.seen != before:
            worked.keeper.refit(worked, before)

    def _hear_position(self, event: Any) -> None:
        if self.is_running:
            getattr(self, POSITION_HANDLERS[type(event)])(event)
            self.on_position_event(event)
            self.on_event(event)

    # -- orders ---------------------------------------------------------------------------------------------------------

    def submit_order(self, order: Any) -> None:
        """Submit a primary or spawned order, or another one of a list that came to `on_order_list`."""
        source: Any = self._worked.get(order.exec_spawn_id) or self._lists.get(order.client_order_id)
        position_id = None if source is None else source.position_id
        client_id = None if source is None else source.client_id
        if self.cache.order(order.client_order_id) is None:
            self.msgbus.publish(f"events.order.{order.strategy_id}", order.init_event)
        self._take(order, position_id)
        if order.emulation_trigger != TriggerType.NO_TRIGGER:
            self.msgbus.send("OrderEmulator.execute", self._submission(order, position_id, client_id))
        elif order.exec_algorithm_id in (None, self.exec_algorithm_id):
            self._send_off(order, position_id, client_id)
        else:
            self._to_algorithm(order, position_id, client_id)

    def modify_order_in_place(
        self, order: Any, quantity: Any = None, price: Any = None, trigger_price: Any = None
    ) -> None:
        """Change an order that has not left yet.

        Raises
        ------
        ValueError
            If it has.
        """
        if not order.is_active_local or order.is_closed:
            raise ValueError(f"cannot modify order {order.client_order_id} in place, it is {order.status.name}")
        worked = self._worked.get(order.client_order_id)
        if worked is not None and worked.waits and quantity is not None:
            worked.wanted = quantity
        self._update_held(order, quantity, price, trigger_price)

    def modify_order(
        self, order: Any, quantity: Any = None, price: Any = None, trigger_price: Any = None, client_id: Any = None
    ) -> None:
        """Change an order that works at the venue or is emulated; what is None stays.

        Raises
        ------
        ValueError
            If nothing is to change.
        """
        if quantity is None and price is None and trigger_price is None:
            raise ValueError(f"nothing to modify of order {order.client_order_id}: give quantity, price or trigger price")
        if order.is_closed or order.status == OrderStatus.PENDING_CANCEL:
            self.log.warning(f"cannot modify order {order.client_order_id}, it is {order.status.name}")
            return
        self._change_at_venue(order, quantity, price, trigger_price, client_id)

    def cancel_order(self, order: Any, client_id: Any = None) -> None:
        """Cancel an order, wherever it is; one that has ended is left alone, and what was spawned from it as well."""
        if order.is_closed or order.status == OrderStatus.PENDING_CANCEL:
            return
        if order.is_primary:
            self._own.add(order.client_order_id)
        if order.is_emulated:
            self.msgbus.send("OrderEmulator.execute", self._cancellation(order, client_id))
        elif order.is_active_local:
            self._cancel_held(order)
        else:
            self._cancel_at_venue(order, client_id)

    def _spawned_of(self, order: Any) -> list[Any]:
        return [part for part in self._parts(order) if part is not order and not part.is_closed]

    def _cancel_spawned(self, order: Any) -> None:
        for part in self._spawned_of(order):
            self.cancel_order(part)

    def _cancel_all_of(self, order: Any) -> None:
        worked = self._worked.get(order.client_order_id)
        if worked is not None:
            worked.is_ending = True
        self.cancel_order(order)
        self._cancel_spawned(order)
        if worked is not None:
            worked.is_ending = False
            self._note_total(worked)

    # -- what a link does to one that is worked -------------------------------------------------------------------------

    def cancel_worked(self, worked: Worked) -> None:
        """Cancel an order and what was spawned from it."""
        self._cancel_all_of(worked.order)

    def resize_worked(self, worked: Worked, quantity: Any) -> None:
        """Raise or cut the primary; what it cannot give up is taken from what was spawned, the last one first."""
        order = worked.order
        # What is asked for already is as good as done
        more = quantity.as_decimal() - self.total_of(worked).as_decimal()
        alive = [part for part in (order, *reversed(self._spawned_of(order))) if not part.is_closed]
        more -= sum((self._coming(part) - part.leaves_qty.as_decimal() for part in alive), Decimal(0))
        if more > 0 and not order.is_closed and not order.is_pending_cancel:
            self._give(order, self._coming(order) + more)
        for part in alive if more < 0 else ():
            left = max(self._coming(part) + more, Decimal(0))
            more += self._coming(part) - left
            self._give(part, left)

    def _coming(self, part: Any) -> Decimal:
        """What will be left of an order when all that is asked for is done."""
        if part.is_pending_cancel:
            return Decimal(0)
        if part.is_pending_update and part.client_order_id in self._asked:
            return Decimal(self._asked[part.client_order_id].as_decimal() - part.filled_qty.as_decimal())
        return Decimal(part.leaves_qty.as_decimal())

    def _give(self, part: Any, left: Decimal) -> None:
        """Change what is left of an order."""
        if left == self._coming(part):
            return
        quantity = Quantity(part.filled_qty.as_decimal() + left, part.quantity.precision)
        if not left:
            self.cancel_order(part)
        elif part.is_active_local and not part.is_emulated:
            self._update_held(part, quantity)
        else:
            self._ask_for(part, quantity)
