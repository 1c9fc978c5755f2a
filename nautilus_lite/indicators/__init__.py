from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "averages": (
            "AdaptiveMovingAverage", "DoubleExponentialMovingAverage", "ExponentialMovingAverage", "HullMovingAverage",
            "MovingAverage", "MovingAverageFactory", "MovingAverageType", "SimpleMovingAverage", "VariableIndexDynamicAverage",
            "WeightedMovingAverage", "WilderMovingAverage",
        ),
        "base": ("Indicator",),
        "momentum": (
            "ChandeMomentumOscillator", "CommodityChannelIndex", "EfficiencyRatio", "PsychologicalLine", "RateOfChange",
            "RelativeStrengthIndex", "RelativeVolatilityIndex", "Stochastics", "StochasticsDMethod",
        ),
        "spread_analyzer": ("SpreadAnalyzer",),
        "trend": (
            "ArcherMovingAveragesTrends", "AroonOscillator", "Bias", "DirectionalMovement", "IchimokuCloud", "LinearRegression",
            "MovingAverageConvergenceDivergence", "Swings",
        ),
        "volatility": (
            "AverageTrueRange", "BollingerBands", "DonchianChannel", "KeltnerChannel", "KeltnerPosition",
            "VerticalHorizontalFilter", "VolatilityRatio",
        ),
        "volume": ("KlingerVolumeOscillator", "OnBalanceVolume", "Pressure", "VolumeWeightedAveragePrice"),
    },
)  # fmt: skip
__all__ = __dir__()
