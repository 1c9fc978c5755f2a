"""Models of fills, fees, latency and queues."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "fee": (
            "CompositeFeeModel", "CurrencyFeeModel", "FeeModel", "FeeSchedule", "FixedFeeModel", "MakerTakerFeeModel",
            "PerContractFeeModel", "PerShareFeeModel", "TieredFeeModel", "fee_model_from_file", "fee_schedule_from_dict",
        ),
        "fill": (
            "BestPriceFillModel", "CompetitionAwareFillModel", "FillModel", "LimitOrderPartialFillModel", "MarketHoursFillModel",
            "OneTickSlippageFillModel", "ProbabilisticFillModel", "SizeAwareFillModel", "SquareRootImpactFillModel",
            "ThreeTierFillModel", "ThroughTicksFillModel", "TwoTierFillModel", "VolumeSensitiveFillModel", "VolumeShareFillModel",
        ),
        "latency": ("GammaLatencyModel", "LatencyModel", "LogNormalLatencyModel", "RecordedLatencyModel"),
        "queue": (
            "LogProbQueueModel", "LogProbQueueModel2", "PowerProbQueueModel", "PowerProbQueueModel2", "PowerProbQueueModel3",
            "QueueModel", "RiskAverseQueueModel",
        ),
    },
)  # fmt: skip
__all__ = __dir__()
