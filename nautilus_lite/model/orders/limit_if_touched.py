"""`LimitIfTouchedOrder`, where NautilusTrader has it."""

from nautilus_lite.model.orders import LimitIfTouchedOrder

__all__ = ["LimitIfTouchedOrder"]
