from nautilus_lite.model.orders.base import Order
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.model.orders.types import LimitOrder, MarketOrder, StopLimitOrder, StopMarketOrder

__all__ = ["LimitOrder", "MarketOrder", "Order", "OrderList", "StopLimitOrder", "StopMarketOrder"]
