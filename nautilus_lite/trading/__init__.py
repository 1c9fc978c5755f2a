"""Strategies, their configuration, and the trader that runs them."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(__name__, {"strategy": ("Strategy",), "trader": ("Trader",)})
