"""Spot commodities."""

from __future__ import annotations

from nautilus_lite.model.enums import InstrumentClass
from nautilus_lite.model.instruments.undated import Undated


class Commodity(Undated):
    """A commodity, traded spot."""

    _instrument_class = InstrumentClass.SPOT
