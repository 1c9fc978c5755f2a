from nautilus_lite.analysis.tearsheet import costs as costs
from nautilus_lite.analysis.tearsheet import distributions as distributions
from nautilus_lite.analysis.tearsheet import equity as equity
from nautilus_lite.analysis.tearsheet import exposure as exposure
from nautilus_lite.analysis.tearsheet import periods as periods
from nautilus_lite.analysis.tearsheet import prices as prices
from nautilus_lite.analysis.tearsheet.data import TearsheetData
from nautilus_lite.analysis.tearsheet.figures import ResultFigures
from nautilus_lite.analysis.tearsheet.of_returns import (
    create_drawdown_chart,
    create_equity_curve,
    create_monthly_returns_heatmap,
    create_returns_distribution,
    create_rolling_sharpe,
    create_yearly_returns,
)
from nautilus_lite.analysis.tearsheet.sheet import create_tearsheet, render_tearsheet, write_tearsheet, write_tearsheet_image

__all__ = [
    "ResultFigures",
    "TearsheetData",
    "create_drawdown_chart",
    "create_equity_curve",
    "create_monthly_returns_heatmap",
    "create_returns_distribution",
    "create_rolling_sharpe",
    "create_tearsheet",
    "create_yearly_returns",
    "render_tearsheet",
    "write_tearsheet",
    "write_tearsheet_image",
]
