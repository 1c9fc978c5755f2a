from decimal import Decimal

from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Money, Price, Quantity
from nautilus_lite.model.orders.base import Order

class FeeModel:
    def get_commission(self, order: Order, fill_qty: Quantity, fill_px: Price, instrument: Instrument) -> Money: ...
    def reset(self) -> None: ...

class MakerTakerFeeModel(FeeModel): ...

class FixedFeeModel(FeeModel):
    commission: Money | str
    charge_commission_once: bool
    def __init__(self, commission: Money | str, charge_commission_once: bool = True) -> None: ...

class PerContractFeeModel(FeeModel):
    commission: Money | str
    def __init__(self, commission: Money | str) -> None: ...

class PerShareFeeModel(FeeModel):
    rate: Decimal
    minimum: Money
    maximum: Money | None
    def __init__(self, rate: Decimal | str | int, minimum: Money | str, maximum: Money | str | None = None) -> None: ...
