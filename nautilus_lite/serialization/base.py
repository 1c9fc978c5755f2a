"""Registration of classes that become dictionaries, where NautilusTrader has it."""

from nautilus_lite.persistence.arrow import register_serializable_type

__all__ = ["register_serializable_type"]
