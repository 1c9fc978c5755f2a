from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from nautilus_lite.backtest.models.fee.base import FeeModel
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Currency

class CombinedFeeModel(FeeModel):
    parts: tuple[FeeModel, ...]

class CompositeFeeModel(CombinedFeeModel):
    def __init__(self, parts: Sequence[FeeModel | ImportableConfig | Mapping[str, Any]]) -> None: ...

class CurrencyFeeModel(CombinedFeeModel):
    model: FeeModel
    fee_currency: str
    rate: Decimal | None
    def __init__(
        self,
        model: FeeModel | ImportableConfig | Mapping[str, Any],
        fee_currency: str | Currency,
        rate: Decimal | str | float | None = None,
    ) -> None: ...

class FeeSchedule(CombinedFeeModel):
    default: FeeModel
    instruments: dict[InstrumentId, FeeModel]
    def __init__(
        self,
        default: FeeModel | ImportableConfig | Mapping[str, Any],
        instruments: Mapping[Any, FeeModel | ImportableConfig | Mapping[str, Any]] | None = None,
    ) -> None: ...
    @staticmethod
    def from_file(path: str | Path) -> FeeSchedule: ...
