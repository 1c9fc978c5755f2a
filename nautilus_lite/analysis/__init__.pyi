from nautilus_lite.analysis import comparison as comparison
from nautilus_lite.analysis import page as page
from nautilus_lite.analysis import tearsheet as tearsheet
from nautilus_lite.analysis.analyzer import PortfolioAnalyzer
from nautilus_lite.analysis.benchmark import Benchmark
from nautilus_lite.analysis.breakdowns import breakdown
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
from nautilus_lite.analysis.summary import summarize
from nautilus_lite.analysis.tearsheet import (
    TearsheetData,
    create_drawdown_chart,
    create_equity_curve,
    create_monthly_returns_heatmap,
    create_returns_distribution,
    create_rolling_sharpe,
    create_tearsheet,
    create_yearly_returns,
    render_tearsheet,
)
from nautilus_lite.analysis.trials import Trials

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
    "create_drawdown_chart",
    "create_equity_curve",
    "create_monthly_returns_heatmap",
    "create_returns_distribution",
    "create_rolling_sharpe",
    "create_tearsheet",
    "create_yearly_returns",
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
