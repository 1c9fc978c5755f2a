"""`MarketOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import MarketOrder

__all__ = ["MarketOrder"]
