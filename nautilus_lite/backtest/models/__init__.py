"""Models of fills, fees, latency and queues."""

from nautilus_lite.backtest.models.fee import (
    CompositeFeeModel,
    CurrencyFeeModel,
    FeeModel,
    FeeSchedule,
    FixedFeeModel,
    MakerTakerFeeModel,
    PerContractFeeModel,
    PerShareFeeModel,
    TieredFeeModel,
    fee_model_from_file,
    fee_schedule_from_dict,
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
    "CompositeFeeModel",
    "CurrencyFeeModel",
    "FeeModel",
    "FeeSchedule",
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
    "TieredFeeModel",
    "fee_model_from_file",
    "fee_schedule_from_dict",
]
