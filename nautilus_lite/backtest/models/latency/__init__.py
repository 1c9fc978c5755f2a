"""Latency models: how long commands are on their way, and the answers."""

from nautilus_lite.backtest.models.latency.base import LatencyModel

__all__ = ["LatencyModel"]
