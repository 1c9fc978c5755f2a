"""`MarketIfTouchedOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import MarketIfTouchedOrder

__all__ = ["MarketIfTouchedOrder"]
