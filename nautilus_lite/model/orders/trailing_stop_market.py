"""`TrailingStopMarketOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import TrailingStopMarketOrder

__all__ = ["TrailingStopMarketOrder"]
