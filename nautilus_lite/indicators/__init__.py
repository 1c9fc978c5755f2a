from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "averages": (
            "ExponentialMovingAverage", "MovingAverage", "MovingAverageFactory", "MovingAverageType", "SimpleMovingAverage",
            "WeightedMovingAverage", "WilderMovingAverage",
        ),
        "base": ("Indicator",),
        "oscillators": ("AverageTrueRange", "BollingerBands", "MovingAverageConvergenceDivergence", "RelativeStrengthIndex"),
    },
)  # fmt: skip
__all__ = __dir__()
