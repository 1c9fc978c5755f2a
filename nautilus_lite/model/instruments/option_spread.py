"""Exchange-traded spreads of options."""

from __future__ import annotations

from nautilus_lite.model.enums import InstrumentClass
from nautilus_lite.model.instruments.spread import Spread


class OptionSpread(Spread):
    """An exchange-traded spread of options, quoted and traded as one. Prices may be negative."""

    _instrument_class = InstrumentClass.OPTION_SPREAD
