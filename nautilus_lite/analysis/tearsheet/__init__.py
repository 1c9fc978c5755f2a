"""The tear sheet: a report of one run as a single HTML file that needs no network.

The first screen answers if the run made money, how painfully, and why; everything below says how the figures were made.
"""

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
