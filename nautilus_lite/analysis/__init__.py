"""Statistics, reports and the HTML report of finished runs."""

from nautilus_lite.analysis.analyzer import PortfolioAnalyzer
from nautilus_lite.analysis.benchmark import Benchmark
from nautilus_lite.analysis.breakdown import breakdown
from nautilus_lite.analysis.days import DayBoundary
from nautilus_lite.analysis.drawdown import drawdown_series, drawdown_table, max_drawdown
from nautilus_lite.analysis.equity import daily_returns, returns, total_equity
from nautilus_lite.analysis.named import (
    CAGR,
    Alpha,
    AvgLoser,
    AvgWinner,
    BetaRatio,
    CalmarRatio,
    DownCaptureRatio,
    Expectancy,
    InformationRatio,
    LongRatio,
    MaxDrawdown,
    MaxLoser,
    MaxWinner,
    MinLoser,
    MinWinner,
    ProfitFactor,
    ReturnsAverage,
    ReturnsAverageLoss,
    ReturnsAverageWin,
    ReturnsVolatility,
    RiskReturnRatio,
    SharpeRatio,
    SortinoRatio,
    TrackingError,
    TreynorRatio,
    UpCaptureRatio,
    WinRate,
)
from nautilus_lite.analysis.own import (
    PortfolioStatistic,
    deregister_statistic,
    register_statistic,
    registered_statistics,
)
from nautilus_lite.analysis.reports import ReportProvider
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.stat_value import StatValue
from nautilus_lite.analysis.statistics import Trials
from nautilus_lite.analysis.summary import summarize
from nautilus_lite.analysis.tearsheet import TearsheetData, create_tearsheet, render_tearsheet

__all__ = [
    "Alpha",
    "AvgLoser",
    "AvgWinner",
    "Benchmark",
    "BetaRatio",
    "CAGR",
    "CalmarRatio",
    "DayBoundary",
    "DownCaptureRatio",
    "Expectancy",
    "InformationRatio",
    "LongRatio",
    "MaxDrawdown",
    "MaxLoser",
    "MaxWinner",
    "MinLoser",
    "MinWinner",
    "PortfolioAnalyzer",
    "PortfolioStatistic",
    "ProfitFactor",
    "ReportProvider",
    "ReturnsAverage",
    "ReturnsAverageLoss",
    "ReturnsAverageWin",
    "ReturnsVolatility",
    "RiskReturnRatio",
    "SharpeRatio",
    "SortinoRatio",
    "StatValue",
    "StatisticsSettings",
    "TearsheetData",
    "TrackingError",
    "TreynorRatio",
    "Trials",
    "UpCaptureRatio",
    "WinRate",
    "breakdown",
    "create_tearsheet",
    "daily_returns",
    "deregister_statistic",
    "drawdown_series",
    "drawdown_table",
    "max_drawdown",
    "register_statistic",
    "registered_statistics",
    "render_tearsheet",
    "returns",
    "summarize",
    "total_equity",
]
