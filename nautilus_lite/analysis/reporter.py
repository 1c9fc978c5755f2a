"""Where NautilusTrader has the reports."""

from nautilus_lite.analysis.reports import ReportProvider

__all__ = ["ReportProvider"]
