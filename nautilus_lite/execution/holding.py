"""Orders that wait on the trader's side: what an emulator and an execution algorithm have in common."""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.actor import Actor
from nautilus_lite.execution.messages import CancelOrder, SubmitOrder
from nautilus_lite.model.events.order import (
    OrderCanceled,
    OrderDenied,
    OrderExpired,
    OrderPendingCancel,
    OrderUpdated,
)


class OrderHolder(Actor):
    """Base of components that hold orders before they leave for a venue.

    Notes
    -----
    What happens to a held order is told as if a venue did it: events go through the execution engine, so that the cache and
    the strategy learn of them in the same way.
    """

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
