"""The base of market and custom data, where NautilusTrader has it."""

from nautilus_lite.model.data.base import Data

__all__ = ["Data"]
