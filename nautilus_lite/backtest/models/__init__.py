"""Models of fills, fees and latency."""

from nautilus_lite.backtest.models.fee import FeeModel, FixedFeeModel, MakerTakerFeeModel, PerContractFeeModel
from nautilus_lite.backtest.models.fill import FillModel
from nautilus_lite.backtest.models.latency import LatencyModel

__all__ = [
    "FeeModel",
    "FillModel",
    "FixedFeeModel",
    "LatencyModel",
    "MakerTakerFeeModel",
    "PerContractFeeModel",
]
