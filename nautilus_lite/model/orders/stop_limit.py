"""`StopLimitOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import StopLimitOrder

__all__ = ["StopLimitOrder"]
