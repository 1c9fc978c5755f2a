from nautilus_lite.indicators.averages import (
    ExponentialMovingAverage,
    MovingAverage,
    MovingAverageFactory,
    MovingAverageType,
    SimpleMovingAverage,
    WeightedMovingAverage,
    WilderMovingAverage,
)
from nautilus_lite.indicators.base import Indicator
from nautilus_lite.indicators.oscillators import (
    AverageTrueRange,
    BollingerBands,
    MovingAverageConvergenceDivergence,
    RelativeStrengthIndex,
)

__all__ = [
    "AverageTrueRange",
    "BollingerBands",
    "ExponentialMovingAverage",
    "Indicator",
    "MovingAverage",
    "MovingAverageConvergenceDivergence",
    "MovingAverageFactory",
    "MovingAverageType",
    "RelativeStrengthIndex",
    "SimpleMovingAverage",
    "WeightedMovingAverage",
    "WilderMovingAverage",
]
