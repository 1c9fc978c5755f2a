"""`LimitOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import LimitOrder

__all__ = ["LimitOrder"]
