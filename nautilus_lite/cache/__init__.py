"""What is known: orders, positions, accounts and the market."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(__name__, {"cache": ("Cache",)})
