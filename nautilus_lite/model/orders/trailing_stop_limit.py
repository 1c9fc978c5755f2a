"""`TrailingStopLimitOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import TrailingStopLimitOrder

__all__ = ["TrailingStopLimitOrder"]
