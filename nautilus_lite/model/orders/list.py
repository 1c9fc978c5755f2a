"""Orders that are submitted together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nautilus_lite.model.enums import ContingencyType
from nautilus_lite.model.identifiers import InstrumentId, OrderListId, StrategyId

if TYPE_CHECKING:
    from nautilus_lite.model.orders.base import Order


class OrderList:
    """A list of orders of one instrument and strategy.

    Parameters
    ----------
    order_list_id : OrderListId
    orders : list of Order

    Raises
    ------
    ValueError
        If the list is empty, or an order is of another instrument or strategy than the first.
    """

    def __init__(self, order_list_id: OrderListId, orders: list[Order]) -> None:
        if not orders:
            raise ValueError(f"invalid `orders` of list {order_list_id}, must not be empty")
        first = orders[0]
        for order in orders:
            if order.instrument_id != first.instrument_id or order.strategy_id != first.strategy_id:
                raise ValueError(
                    f"invalid `orders` of list {order_list_id}, must all be of {first.instrument_id} and "
                    f"{first.strategy_id}, was {order.instrument_id} and {order.strategy_id}"
                )
        self.id = order_list_id
        self.instrument_id: InstrumentId = first.instrument_id
        self.strategy_id: StrategyId = first.strategy_id
        self.orders = list(orders)
        self.first = first
        self.ts_init: int = first.ts_init

    def instrument_ids(self) -> set[InstrumentId]:
        """Return the instruments of the orders."""
        return {order.instrument_id for order in self.orders}

    def is_uniform_instrument(self) -> bool:
        """Return if all orders are of one instrument."""
        return len(self.instrument_ids()) == 1

    def is_bracket(self) -> bool:
        """Return if it is an entry, first, with two reduce-only exits of which a fill of one cuts the other (OUO)."""
        if len(self.orders) != 3:
            return False
        entry, *exits = self.orders
        ids = {order.client_order_id for order in exits}
        return entry.contingency_type == ContingencyType.OTO and set(entry.linked_order_ids or ()) == ids and all(
            order.contingency_type == ContingencyType.OUO
            and order.parent_order_id == entry.client_order_id
            and order.is_reduce_only
            for order in exits
        )

    def __len__(self) -> int:
        return len(self.orders)

    def __repr__(self) -> str:
        return f"OrderList({self.id}, {self.instrument_id}, {self.strategy_id}, {self.orders!r})"
