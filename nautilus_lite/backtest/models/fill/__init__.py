"""Fill models: which orders fill, how much of them, and at which price."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "base": ("FillModel",),
        "impact": ("SquareRootImpactFillModel", "ThroughTicksFillModel", "VolumeShareFillModel"),
        "shaped": (
            "BestPriceFillModel", "CompetitionAwareFillModel", "LimitOrderPartialFillModel", "MarketHoursFillModel",
            "OneTickSlippageFillModel", "ProbabilisticFillModel", "SizeAwareFillModel", "ThreeTierFillModel", "TwoTierFillModel",
            "VolumeSensitiveFillModel",
        ),
    },
)  # fmt: skip
__all__ = __dir__()
