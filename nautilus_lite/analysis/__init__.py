"""Statistics, reports and the HTML report of finished runs."""

from nautilus_lite.analysis.analyzer import PortfolioAnalyzer, PortfolioStatistic
from nautilus_lite.analysis.drawdown import drawdown_series, drawdown_table, max_drawdown
from nautilus_lite.analysis.equity import daily_returns, returns, total_equity
from nautilus_lite.analysis.reports import ReportProvider
from nautilus_lite.analysis.summary import StatValue, summarize
from nautilus_lite.analysis.tearsheet import TearsheetData, create_tearsheet, render_tearsheet

__all__ = [
    "PortfolioAnalyzer",
    "PortfolioStatistic",
    "ReportProvider",
    "StatValue",
    "TearsheetData",
    "create_tearsheet",
    "daily_returns",
    "drawdown_series",
    "drawdown_table",
    "max_drawdown",
    "render_tearsheet",
    "returns",
    "summarize",
    "total_equity",
]
