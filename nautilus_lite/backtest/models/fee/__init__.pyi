from nautilus_lite.backtest.models.fee.base import FeeModel
from nautilus_lite.backtest.models.fee.combined import CompositeFeeModel, CurrencyFeeModel, FeeSchedule
from nautilus_lite.backtest.models.fee.files import fee_model_from_file, fee_schedule_from_dict
from nautilus_lite.backtest.models.fee.simple import (
    FixedFeeModel,
    MakerTakerFeeModel,
    PerContractFeeModel,
    PerShareFeeModel,
)
from nautilus_lite.backtest.models.fee.tiered import TieredFeeModel

__all__ = [
    "CompositeFeeModel",
    "CurrencyFeeModel",
    "FeeModel",
    "FeeSchedule",
    "FixedFeeModel",
    "MakerTakerFeeModel",
    "PerContractFeeModel",
    "PerShareFeeModel",
    "TieredFeeModel",
    "fee_model_from_file",
    "fee_schedule_from_dict",
]
