"""`StopMarketOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import StopMarketOrder

__all__ = ["StopMarketOrder"]
