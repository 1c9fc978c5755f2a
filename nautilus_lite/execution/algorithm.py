"""Execution algorithms: components that work an order of a strategy by smaller orders of their own."""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.config import ActorConfig
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.execution.config import ExecAlgorithmConfig, ImportableExecAlgorithmConfig
from nautilus_lite.execution.holding import OrderHolder
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder
from nautilus_lite.model.enums import OrderStatus, TimeInForce, TriggerType
from nautilus_lite.model.events import order as events
from nautilus_lite.model.events.order import OrderDenied, OrderPendingUpdate, OrderRejected
from nautilus_lite.model.identifiers import ClientOrderId, ComponentId, ExecAlgorithmId
from nautilus_lite.model.orders import LimitOrder, MarketOrder, MarketToLimitOrder

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


class ExecAlgorithm(OrderHolder):
    """Base of execution algorithms; override `on_order`.

    Parameters
    ----------
    config : ExecAlgorithmConfig, optional

    Notes
    -----
    An order with this algorithm's id comes to `on_order` and is the primary order. What is spawned from it has the id
    `<primary>-E1`, `-E2`, ..., belongs to the same strategy and takes its quantity from the primary, unless told
    otherwise; a spawned order that is denied or rejected gives its quantity back. The primary itself may be submitted, last.
    A primary that was never submitted is cancelled when the algorithm stops.
    """

    def __init__(self, config: ExecAlgorithmConfig | None = None) -> None:
        self._settings = ExecAlgorithmConfig() if config is None else config
        name = self._settings.exec_algorithm_id or ExecAlgorithmId(type(self).__name__)
        super().__init__(ActorConfig(component_id=ComponentId(name.value)))
        self.exec_algorithm_id = name
        self._primaries: dict[Any, SubmitOrder] = {}        # ClientOrderId -> its command
        self._n_spawned: dict[Any, int] = {}
        self._taken: dict[Any, Any] = {}                    # spawned ClientOrderId -> quantity taken from its primary
        self._listening: set[Any] = set()

    @property
    def config(self) -> ExecAlgorithmConfig:
        """The configuration."""
        return self._settings

    def _reset(self) -> None:
        self._primaries.clear()
        self._n_spawned.clear()
        self._taken.clear()
        for strategy_id in self._listening:
            self.msgbus.unsubscribe(f"events.order.{strategy_id}", self._hear)
        self._listening.clear()
        super()._reset()

    def _stop(self) -> None:
        super()._stop()
        for client_order_id in list(self._primaries):
            order = self._known(client_order_id)
            if order.is_active_local and not order.is_closed:
                self._end_primary(order)

    def execute(self, command: Any) -> None:
        """Take a command about a primary order."""
        if isinstance(command, SubmitOrder):
            order = command.order
            self._take(order, command.position_id)
            self._primaries[order.client_order_id] = command
            if order.strategy_id not in self._listening:
                self._listening.add(order.strategy_id)
                self.msgbus.subscribe(f"events.order.{order.strategy_id}", self._hear)
            self.on_order(order)
            return
        order = self._known(command.client_order_id)
        if isinstance(command, CancelOrder):
            self._end_primary(order)
        elif isinstance(command, ModifyOrder):
            self.modify_order_in_place(order, command.quantity, command.price, command.trigger_price)

    def _end_primary(self, order: Any) -> None:
        self._primaries.pop(order.client_order_id, None)
        self._cancel_held(order)

    # -- for users to override ------------------------------------------------------------------------------------------

    def on_order(self, order: Any) -> None:
        """Take a primary order."""
        raise NotImplementedError(f"`{type(self).__name__}` must override `on_order`")

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

    def _hear(self, event: Any) -> None:
        order = self._known(event.client_order_id)
        if order is None or order.exec_algorithm_id != self.exec_algorithm_id:
            return
        if isinstance(event, (OrderDenied, OrderRejected)):
            self._give_back(order)
        if self.is_running:
            getattr(self, HANDLERS[type(event)])(event)
            self.on_order_event(event)

    # -- orders ---------------------------------------------------------------------------------------------------------

    def _spawn(self, primary: Any, quantity: Any, reduce_primary: bool) -> dict[str, Any]:
        if primary.is_closed:
            raise ValueError(f"cannot spawn from order {primary.client_order_id}, it is {primary.status.name}")
        if reduce_primary:
            if not primary.is_active_local:
                raise ValueError(
                    f"cannot take from order {primary.client_order_id}, it has left for the venue: spawn with "
                    "`reduce_primary=False`"
                )
            if quantity >= primary.leaves_qty:
                raise ValueError(
                    f"invalid `quantity`, must be below what is left of {primary.client_order_id}, {primary.leaves_qty}, was "
                    f"{quantity}: submit the primary order for the rest"
                )
            self._update_held(primary, primary.quantity - quantity)
        count = self._n_spawned.get(primary.client_order_id, 0) + 1
        self._n_spawned[primary.client_order_id] = count
        client_order_id = ClientOrderId(f"{primary.client_order_id}-E{count}")
        if reduce_primary:
            self._taken[client_order_id] = quantity
        return {
            "trader_id": primary.trader_id,
            "strategy_id": primary.strategy_id,
            "instrument_id": primary.instrument_id,
            "client_order_id": client_order_id,
            "order_side": primary.side,
            "quantity": quantity,
            "quote_quantity": primary.is_quote_quantity,
            "init_id": self._new_id(),
            "ts_init": self.clock.timestamp_ns(),
            "exec_algorithm_id": self.exec_algorithm_id,
            "exec_spawn_id": primary.client_order_id,
        }

    def _give_back(self, order: Any) -> None:
        quantity = self._taken.pop(order.client_order_id, None)
        primary = None if quantity is None else self._known(order.exec_spawn_id)
        if primary is not None and primary.is_active_local and not primary.is_closed:
            self._update_held(primary, primary.quantity + quantity)

    def spawn_market(
        self,
        primary: Any,
        quantity: Any,
        time_in_force: TimeInForce = TimeInForce.GTC,
        reduce_only: bool = False,
        tags: list[str] | None = None,
        reduce_primary: bool = True,
    ) -> MarketOrder:
        """Return a new market order that takes its quantity from a primary order.

        Raises
        ------
        ValueError
            If the primary order has ended, or the quantity is not below what is left of it.
        """
        return MarketOrder(
            **self._spawn(primary, quantity, reduce_primary),
            time_in_force=time_in_force,
            reduce_only=reduce_only,
            tags=tags,
        )

    def spawn_limit(
        self,
        primary: Any,
        quantity: Any,
        price: Any,
        time_in_force: TimeInForce = TimeInForce.GTC,
        expire_time: Any = None,
        post_only: bool = False,
        reduce_only: bool = False,
        display_qty: Any = None,
        emulation_trigger: TriggerType = TriggerType.NO_TRIGGER,
        tags: list[str] | None = None,
        reduce_primary: bool = True,
    ) -> LimitOrder:
        """Return a new limit order that takes its quantity from a primary order; raises as `spawn_market`.

        `expire_time` (datetime) is for GTD.
        """
        return LimitOrder(
            **self._spawn(primary, quantity, reduce_primary),
            price=price,
            time_in_force=time_in_force,
            expire_time_ns=maybe_dt_to_unix_nanos(expire_time) or 0,
            post_only=post_only,
            reduce_only=reduce_only,
            display_qty=display_qty,
            emulation_trigger=emulation_trigger,
            tags=tags,
        )

    def spawn_market_to_limit(
        self,
        primary: Any,
        quantity: Any,
        time_in_force: TimeInForce = TimeInForce.GTC,
        expire_time: Any = None,
        reduce_only: bool = False,
        display_qty: Any = None,
        tags: list[str] | None = None,
        reduce_primary: bool = True,
    ) -> MarketToLimitOrder:
        """Return a new market-to-limit order that takes its quantity from a primary order; raises as `spawn_market`."""
        return MarketToLimitOrder(
            **self._spawn(primary, quantity, reduce_primary),
            time_in_force=time_in_force,
            expire_time_ns=maybe_dt_to_unix_nanos(expire_time) or 0,
            reduce_only=reduce_only,
            display_qty=display_qty,
            tags=tags,
        )

    def submit_order(self, order: Any) -> None:
        """Submit a primary or spawned order."""
        command = self._primaries.pop(order.client_order_id, None) or self._primaries.get(order.exec_spawn_id)
        position_id = None if command is None else command.position_id
        client_id = None if command is None else command.client_id
        self._take(order, position_id)
        if order.emulation_trigger != TriggerType.NO_TRIGGER:
            self.msgbus.send("OrderEmulator.execute", self._submission(order, position_id, client_id))
        else:
            self._send_off(order, position_id, client_id)

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
        if not order.is_active_local:
            self._process(OrderPendingUpdate(**self._at_venue(order)))
        self.msgbus.send(
            "RiskEngine.execute",
            ModifyOrder(
                **self._names(order),
                venue_order_id=order.venue_order_id,
                quantity=quantity,
                price=price,
                trigger_price=trigger_price,
                command_id=self._new_id(),
                ts_init=self.clock.timestamp_ns(),
                client_id=client_id,
            ),
        )

    def cancel_order(self, order: Any, client_id: Any = None) -> None:
        """Cancel an order, wherever it is; one that has ended is left alone."""
        if order.is_closed or order.status == OrderStatus.PENDING_CANCEL:
            return
        if order.is_emulated:
            self.msgbus.send("OrderEmulator.execute", self._cancellation(order, client_id))
        elif order.is_active_local:
            self._end_primary(order)
        else:
            self._cancel_at_venue(order, client_id)
