"""Exchange-traded spreads of futures."""

from __future__ import annotations

from nautilus_lite.model.enums import InstrumentClass
from nautilus_lite.model.instruments.spread import Spread


class FuturesSpread(Spread):
    """An exchange-traded spread of futures, quoted and traded as one. Prices may be negative."""

    _instrument_class = InstrumentClass.FUTURES_SPREAD
