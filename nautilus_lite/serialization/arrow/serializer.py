"""Registration of Arrow schemas, where NautilusTrader has it."""

from nautilus_lite.persistence.arrow import make_dict_deserializer, make_dict_serializer, register_arrow

__all__ = ["make_dict_deserializer", "make_dict_serializer", "register_arrow"]
