from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from nautilus_lite.backtest.models.fee.base import FeeModel
from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Currency, Money

class VolumeWindow: ...

class TieredFeeModel(FeeModel):
    tiers: tuple[tuple[Decimal, Decimal, Decimal], ...]
    currency: Currency | None
    window_days: int
    counts_today: bool
    def __init__(self, tiers: Sequence[Any], window_days: int = 30, counts_today: bool = True) -> None: ...
    def volume(self, instrument: Instrument, ts_now: int | None = None) -> Money: ...
