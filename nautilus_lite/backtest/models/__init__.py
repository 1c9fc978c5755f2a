"""Models of fills, fees, latency and queues."""

from nautilus_lite.backtest.models.fee import (
    FeeModel,
    FixedFeeModel,
    MakerTakerFeeModel,
    PerContractFeeModel,
    PerShareFeeModel,
)
from nautilus_lite.backtest.models.fill import FillModel
from nautilus_lite.backtest.models.latency import (
    GammaLatencyModel,
    LatencyModel,
    LogNormalLatencyModel,
    RecordedLatencyModel,
)
from nautilus_lite.backtest.models.queue import (
    LogProbQueueModel,
    LogProbQueueModel2,
    PowerProbQueueModel,
    PowerProbQueueModel2,
    PowerProbQueueModel3,
    QueueModel,
    RiskAverseQueueModel,
)

__all__ = [
    "FeeModel",
    "FillModel",
    "FixedFeeModel",
    "GammaLatencyModel",
    "LatencyModel",
    "LogNormalLatencyModel",
    "LogProbQueueModel",
    "LogProbQueueModel2",
    "MakerTakerFeeModel",
    "PerContractFeeModel",
    "PerShareFeeModel",
    "PowerProbQueueModel",
    "PowerProbQueueModel2",
    "PowerProbQueueModel3",
    "QueueModel",
    "RecordedLatencyModel",
    "RiskAverseQueueModel",
]
