from decimal import Decimal

from nautilus_lite.backtest.models.fee.base import FeeModel
from nautilus_lite.model.objects import Money

class MakerTakerFeeModel(FeeModel):
    maker: Decimal | None
    taker: Decimal | None
    def __init__(self, maker: Decimal | str | float | None = None, taker: Decimal | str | float | None = None) -> None: ...

class FixedFeeModel(FeeModel):
    commission: Money
    charge_commission_once: bool
    def __init__(self, commission: Money | str, charge_commission_once: bool = True) -> None: ...

class PerContractFeeModel(FeeModel):
    commission: Money
    def __init__(self, commission: Money | str) -> None: ...

class PerShareFeeModel(FeeModel):
    rate: Decimal
    minimum: Money
    maximum: Money | None
    def __init__(self, rate: Decimal | str | int, minimum: Money | str, maximum: Money | str | None = None) -> None: ...
