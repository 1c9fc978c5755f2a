"""Orders that wait on the trader's side: what an emulator and an execution algorithm have in common."""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.actor import Actor
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder, SubmitOrderList
from nautilus_lite.model.enums import TriggerType
from nautilus_lite.model.events.order import (
    OrderCanceled,
    OrderDenied,
    OrderExpired,
    OrderPendingCancel,
    OrderPendingUpdate,
    OrderUpdated,
)
from nautilus_lite.model.objects import Quantity
from nautilus_lite.model.orders import OrderList


class OrderHolder(Actor):
    """Base of components that hold orders before they leave for a venue.

    Notes
    -----
    What happens to a held order is told as if a venue did it: events go through the execution engine, so that the cache and
    the strategy learn of them in the same way.
    """

    _asked: dict[Any, Any]                      # ClientOrderId -> quantity that was last asked for

    def _known(self, client_order_id: Any) -> Any:
        return self.cache.order(client_order_id)

    def _process(self, event: Any) -> None:
        self.msgbus.send("ExecEngine.process", event)

    def _names(self, order: Any) -> dict[str, Any]:
        return {
            "trader_id": order.trader_id,
            "strategy_id": order.strategy_id,
            "instrument_id": order.instrument_id,
            "client_order_id": order.client_order_id,
        }

    def _at_venue(self, order: Any) -> dict[str, Any]:
        now = self.clock.timestamp_ns()
        return {
            **self._names(order),
            "venue_order_id": order.venue_order_id,
            "account_id": order.account_id,
            "event_id": self._new_id(),
            "ts_event": now,
            "ts_init": now,
        }

    def _take(self, order: Any, position_id: Any) -> None:
        """Make an order known before it leaves."""
        if self._known(order.client_order_id) is not order:
            self.cache.add_order(order, position_id)

    # -- an order and what was spawned from it --------------------------------------------------------------------------

    def _parts(self, order: Any) -> list[Any]:
        """The order and what an algorithm spawned from it."""
        return [order] if order.exec_spawn_id is None else self.cache.orders_for_exec_spawn(order.exec_spawn_id)

    def _filled(self, order: Any) -> Any:
        """What all of them filled."""
        if order.exec_spawn_id is None:
            return order.filled_qty
        return Quantity.from_raw(sum(part.filled_qty.raw for part in self._parts(order)), order.filled_qty.precision)

    def _is_over(self, order: Any) -> bool:
        """If all of them have ended."""
        return order.is_closed and all(part.is_closed for part in self._parts(order))

    # -- events ---------------------------------------------------------------------------------------------------------

    def _deny_held(self, order: Any, reason: str) -> None:
        now = self.clock.timestamp_ns()
        self._process(OrderDenied(**self._names(order), reason=reason, event_id=self._new_id(), ts_init=now))

    def _cancel_held(self, order: Any) -> None:
        self._process(OrderCanceled(**self._at_venue(order)))

    def _expire_held(self, order: Any) -> None:
        self._process(OrderExpired(**self._at_venue(order)))

    def _update_held(self, order: Any, quantity: Any = None, price: Any = None, trigger_price: Any = None) -> None:
        self._process(
            OrderUpdated(
                **self._at_venue(order),
                quantity=order.quantity if quantity is None else quantity,
                price=price,
                trigger_price=trigger_price,
            )
        )

    def _hand_out(self, orders: list[Any], position_id: Any, client_id: Any, list_id: Any) -> None:
        """Send the orders of a list where each belongs: to the emulator, to its algorithm, or with the others to the venue."""
        plain = []
        for order in orders:
            # What came before may have taken it along
            if order.is_closed:
                continue
            if order.emulation_trigger != TriggerType.NO_TRIGGER:
                self.msgbus.send("OrderEmulator.execute", self._submission(order, position_id, client_id))
            elif order.exec_algorithm_id is not None and not order.is_spawned:
                self._to_algorithm(order, position_id, client_id)
            else:
                plain.append(order)
        if len(plain) > 1:
            self.msgbus.send(
                "RiskEngine.execute", self._list_submission(OrderList(list_id, plain), position_id, client_id)
            )
        elif plain:
            self._send_off(plain[0], position_id, client_id)

    def _to_algorithm(self, order: Any, position_id: Any, client_id: Any) -> None:
        endpoint = f"{order.exec_algorithm_id}.execute"
        if self.msgbus.is_registered(endpoint):
            self.msgbus.send(endpoint, self._submission(order, position_id, client_id))
        else:
            self._deny_held(order, self._unknown_algorithm(order))

    def _unknown_algorithm(self, order: Any) -> str:
        return f"unknown execution algorithm {order.exec_algorithm_id}: call `add_exec_algorithm` first"

    def _send_off(self, order: Any, position_id: Any = None, client_id: Any = None) -> None:
        """Hand an order to the risk engine, on its way to the venue."""
        self.msgbus.send("RiskEngine.execute", self._submission(order, position_id, client_id))

    def _submission(self, order: Any, position_id: Any, client_id: Any) -> SubmitOrder:
        return SubmitOrder(
            trader_id=order.trader_id,
            strategy_id=order.strategy_id,
            order=order,
            position_id=position_id,
            client_id=client_id,
            command_id=self._new_id(),
            ts_init=self.clock.timestamp_ns(),
        )

    def _ask_for(self, order: Any, quantity: Any) -> None:
        """Ask for another quantity of an order that has left, unless that was asked for already."""
        if not order.is_pending_update or self._asked.get(order.client_order_id) != quantity:
            self._asked[order.client_order_id] = quantity
            self._change_at_venue(order, quantity)

    def _list_submission(self, order_list: Any, position_id: Any, client_id: Any) -> SubmitOrderList:
        return SubmitOrderList(
            trader_id=order_list.first.trader_id,
            strategy_id=order_list.strategy_id,
            order_list=order_list,
            position_id=position_id,
            client_id=client_id,
            command_id=self._new_id(),
            ts_init=self.clock.timestamp_ns(),
        )

    def _change_at_venue(
        self, order: Any, quantity: Any = None, price: Any = None, trigger_price: Any = None, client_id: Any = None
    ) -> None:
        """Ask for a change of an order that has left; one that is emulated is changed where it is held."""
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

    def _cancel_at_venue(self, order: Any, client_id: Any = None) -> None:
        """Ask the venue to cancel an order."""
        self._process(OrderPendingCancel(**self._at_venue(order)))
        self.msgbus.send("RiskEngine.execute", self._cancellation(order, client_id))

    def _cancellation(self, order: Any, client_id: Any) -> CancelOrder:
        return CancelOrder(
            **self._names(order),
            venue_order_id=order.venue_order_id,
            command_id=self._new_id(),
            ts_init=self.clock.timestamp_ns(),
            client_id=client_id,
        )
