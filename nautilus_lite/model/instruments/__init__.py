"""Instruments: the base of all, and a module for each kind."""

from nautilus_lite.core.lazy import lazy_names
from nautilus_lite.model.instruments.kinds import MODULES

__getattr__, __dir__ = lazy_names(
    __name__, {"kinds": ("instrument_from_dict",), **{module: (name,) for name, module in MODULES.items()}}
)
__all__ = __dir__()
