from nautilus_lite.model.orders.base import Order
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.model.orders.trailing import TrailingStopLimitOrder, TrailingStopMarketOrder, TrailingStopOrder
from nautilus_lite.model.orders.types import (
    LimitIfTouchedOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOrder,
    MarketToLimitOrder,
    StopLimitOrder,
    StopMarketOrder,
)

__all__ = [
    "LimitIfTouchedOrder",
    "LimitOrder",
    "MarketIfTouchedOrder",
    "MarketOrder",
    "MarketToLimitOrder",
    "Order",
    "OrderList",
    "StopLimitOrder",
    "StopMarketOrder",
    "TrailingStopLimitOrder",
    "TrailingStopMarketOrder",
    "TrailingStopOrder",
]
