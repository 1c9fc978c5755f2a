"""Contracts for difference."""

from __future__ import annotations

from nautilus_lite.model.enums import InstrumentClass
from nautilus_lite.model.instruments.undated import Undated


class Cfd(Undated):
    """A contract for difference."""

    _instrument_class = InstrumentClass.CFD
