"""The tear sheet: a report of one run as a single HTML file that needs no network.

The first screen answers if the run made money, how painfully, and why; everything below says how the figures were made.
"""

from nautilus_lite.core.lazy import lazy_names

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "costs": (),
        "data": ("TearsheetData",),
        "distributions": (),
        "equity": (),
        "exposure": (),
        "figures": ("ResultFigures",),
        "of_returns": (
            "create_drawdown_chart", "create_equity_curve", "create_monthly_returns_heatmap", "create_returns_distribution",
            "create_rolling_sharpe", "create_yearly_returns",
        ),
        "periods": (),
        "prices": (),
        "sheet": ("create_tearsheet", "render_tearsheet", "write_tearsheet", "write_tearsheet_image"),
    },
)  # fmt: skip
__all__ = __dir__()
