from nautilus_lite.backtest.models.latency.base import LatencyModel
from nautilus_lite.backtest.models.latency.drawn import DrawnLatencyModel, GammaLatencyModel, LogNormalLatencyModel
from nautilus_lite.backtest.models.latency.recorded import RecordedLatencyModel

__all__ = [
    "DrawnLatencyModel",
    "GammaLatencyModel",
    "LatencyModel",
    "LogNormalLatencyModel",
    "RecordedLatencyModel",
]
