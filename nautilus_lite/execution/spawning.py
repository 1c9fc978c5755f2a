"""Orders that an execution algorithm makes from a primary order."""

from __future__ import annotations

from typing import Any

from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.execution.holding import OrderHolder
from nautilus_lite.model.enums import TimeInForce, TriggerType
from nautilus_lite.model.identifiers import ClientOrderId, ExecAlgorithmId
from nautilus_lite.model.orders import LimitOrder, MarketOrder, MarketToLimitOrder


class Spawner(OrderHolder):
    """Base of execution algorithms: makes orders, and keeps account of what they take from their primary."""

    exec_algorithm_id: ExecAlgorithmId
    _n_spawned: dict[Any, int]                  # by ClientOrderId of the primary
    _taken: dict[Any, Any]                      # spawned ClientOrderId -> quantity taken from its primary, while it may go back
    _primary_ids: dict[Any, Any]                # spawned ClientOrderId -> that of its primary

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
        count = self._n_spawned.get(primary.client_order_id, 0) + 1
        self._n_spawned[primary.client_order_id] = count
        client_order_id = ClientOrderId(f"{primary.client_order_id}-E{count}")
        if reduce_primary:
            self._taken[client_order_id] = quantity
            self._primary_ids[client_order_id] = primary.client_order_id
            self._update_held(primary, primary.quantity - quantity)
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
        self._primary_ids.pop(order.client_order_id, None)
        primary = None if quantity is None else self._known(order.exec_spawn_id)
        if primary is not None and self._takes_back(primary):
            self._update_held(primary, primary.quantity + quantity)

    def _takes_back(self, primary: Any) -> bool:
        return bool(primary.is_active_local and not primary.is_closed)

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
        emulation_trigger: TriggerType = TriggerType.NO_TRIGGER,
        tags: list[str] | None = None,
        reduce_primary: bool = True,
    ) -> MarketToLimitOrder:
        """Return a new market-to-limit order that takes its quantity from a primary order; raises as `spawn_market`.

        It has no price to wait for: an `emulation_trigger` raises ValueError.
        """
        if emulation_trigger != TriggerType.NO_TRIGGER:
            raise ValueError(f"a MARKET_TO_LIMIT order cannot be emulated, `emulation_trigger` was {emulation_trigger.name}")
        return MarketToLimitOrder(
            **self._spawn(primary, quantity, reduce_primary),
            time_in_force=time_in_force,
            expire_time_ns=maybe_dt_to_unix_nanos(expire_time) or 0,
            reduce_only=reduce_only,
            display_qty=display_qty,
            tags=tags,
        )
