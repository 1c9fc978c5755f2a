"""A look at data, venues and strategies before a run: what would never fill, or fill wrongly."""

from nautilus_lite.backtest.checks import PreflightConfig
from nautilus_lite.backtest.preflight.check import preflight
from nautilus_lite.backtest.preflight.report import Finding, PreflightReport

__all__ = ["Finding", "PreflightConfig", "PreflightReport", "preflight"]
