from nautilus_lite.backtest.models.fill.base import FillModel
from nautilus_lite.backtest.models.fill.impact import (
    SquareRootImpactFillModel,
    ThroughTicksFillModel,
    VolumeShareFillModel,
)
from nautilus_lite.backtest.models.fill.shaped import (
    BestPriceFillModel,
    CompetitionAwareFillModel,
    LimitOrderPartialFillModel,
    MarketHoursFillModel,
    OneTickSlippageFillModel,
    ProbabilisticFillModel,
    SizeAwareFillModel,
    ThreeTierFillModel,
    TwoTierFillModel,
    VolumeSensitiveFillModel,
)

__all__ = [
    "BestPriceFillModel",
    "CompetitionAwareFillModel",
    "FillModel",
    "LimitOrderPartialFillModel",
    "MarketHoursFillModel",
    "OneTickSlippageFillModel",
    "ProbabilisticFillModel",
    "SizeAwareFillModel",
    "SquareRootImpactFillModel",
    "ThreeTierFillModel",
    "ThroughTicksFillModel",
    "TwoTierFillModel",
    "VolumeSensitiveFillModel",
    "VolumeShareFillModel",
]
