"""Latency models: how long commands are on their way, and the answers."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "base": ("LatencyModel",),
        "drawn": ("DrawnLatencyModel", "GammaLatencyModel", "LogNormalLatencyModel"),
        "recorded": ("RecordedLatencyModel",),
    },
)  # fmt: skip
__all__ = __dir__()
