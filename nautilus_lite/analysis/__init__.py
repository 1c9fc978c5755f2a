"""Statistics, reports and the HTML report of finished runs."""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "analyzer": ("PortfolioAnalyzer",),
        "benchmark": ("Benchmark",),
        "breakdowns": ("breakdown",),
        "comparison": (),
        "days": ("DayBoundary",),
        "drawdown": ("drawdown_series", "drawdown_table", "max_drawdown"),
        "equity": ("daily_returns", "returns", "total_equity"),
        "named": (
            "Alpha", "AvgLoser", "AvgWinner", "BetaRatio", "CAGR", "CalmarRatio", "DownCaptureRatio", "Expectancy",
            "InformationRatio", "LongRatio", "MaxDrawdown", "MaxLoser", "MaxWinner", "MinLoser", "MinWinner", "ProfitFactor",
            "ReturnsAverage", "ReturnsAverageLoss", "ReturnsAverageWin", "ReturnsVolatility", "RiskReturnRatio", "SharpeRatio",
            "SortinoRatio", "TrackingError", "TreynorRatio", "UpCaptureRatio", "WinRate",
        ),
        "own": ("PortfolioStatistic", "deregister_statistic", "register_statistic", "registered_statistics"),
        "page": (),
        "reports": ("ReportProvider",),
        "settings": ("StatisticsSettings",),
        "stat_value": ("StatValue",),
        "summary": ("summarize",),
        "tearsheet": (
            "TearsheetData", "create_drawdown_chart", "create_equity_curve", "create_monthly_returns_heatmap",
            "create_returns_distribution", "create_rolling_sharpe", "create_tearsheet", "create_yearly_returns",
            "render_tearsheet",
        ),
        "trials": ("Trials",),
    },
)  # fmt: skip
__all__ = __dir__()
