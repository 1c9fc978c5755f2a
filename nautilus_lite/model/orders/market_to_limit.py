"""`MarketToLimitOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import MarketToLimitOrder

__all__ = ["MarketToLimitOrder"]
