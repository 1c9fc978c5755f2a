"""Positions of all strategies together, and what they are worth."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(__name__, {"portfolio": ("Portfolio",)})
