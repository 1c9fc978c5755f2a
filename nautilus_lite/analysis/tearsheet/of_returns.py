"""Figures of daily returns alone, by NautilusTrader's names: for returns that come from somewhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, figure
from nautilus_lite.analysis.page.document import document, write_whole
from nautilus_lite.analysis.page.parts import card
from nautilus_lite.analysis.tearsheet import distributions, equity, periods
from nautilus_lite.analysis.tearsheet.data import TearsheetData

if TYPE_CHECKING:
    import pandas as pd

Path = str | os.PathLike[str] | None
START = 100.0
"""What equity begins with where returns alone are known."""


def create_equity_curve(
    returns: pd.Series,
    output_path: Path = None,
    title: str = "Equity Curve",
    benchmark_returns: pd.Series | None = None,
    benchmark_name: str = "Benchmark",
    theme: str = "light",
) -> Any:
    """Return equity that begins with 100, a benchmark beside it, and the drawdown below.

    Parameters
    ----------
    returns : Series
        Daily returns (fractions), indexed by day.
    output_path : str or path, optional
        Write the figure as a page here.
    title : str
    benchmark_returns : Series, optional
    benchmark_name : str
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
    """
    data = _data(returns, title, benchmark_returns, benchmark_name)
    return _finish(equity.equity_chart(data, "100 at the start", 4), title, output_path, theme)


def create_drawdown_chart(returns: pd.Series, output_path: Path = None, title: str = "Drawdown", theme: str = "light") -> Any:
    """Return how far equity was below its highest so far; parameters as of `create_equity_curve`."""
    return _finish(equity.drawdown_chart(_data(returns, title)), title, output_path, theme)


def create_monthly_returns_heatmap(
    returns: pd.Series, output_path: Path = None, title: str | None = None, compounding: bool = True, theme: str = "light"
) -> Any:
    """Return returns by month, years down; `compounding=False` adds daily returns up. See `create_equity_curve`."""
    name = title or "Monthly Returns"
    data = _data(returns, name)
    return _finish(periods.month_chart(data, None if compounding else _sums(returns, "ME")), name, output_path, theme)


def create_returns_distribution(
    returns: pd.Series, output_path: Path = None, title: str = "Returns Distribution", theme: str = "light"
) -> Any:
    """Return the distribution of daily returns; parameters as of `create_equity_curve`."""
    return _finish(distributions.return_chart(_data(returns, title)), title, output_path, theme)


def create_rolling_sharpe(
    returns: pd.Series,
    window: int = 60,
    output_path: Path = None,
    title: str = "Rolling Sharpe Ratio (60-day)",
    theme: str = "light",
) -> Any:
    """Return Sharpe ratio and volatility over the last `window` days, of which there must be twice as many at least."""
    return _finish(periods.rolling_chart(_data(returns, title), window), title, output_path, theme)


def create_yearly_returns(
    returns: pd.Series, output_path: Path = None, title: str | None = None, compounding: bool = True, theme: str = "light"
) -> Any:
    """Return returns by year; `compounding=False` adds daily returns up. See `create_equity_curve`."""
    from nautilus_lite.analysis.equity import returns as returns_of

    name = title or "Yearly Returns"
    data = _data(returns, name)
    yearly = returns_of(data.equity, "YE").dropna() if compounding else _sums(returns, "YE")
    return _finish(periods.year_chart(data, yearly), name, output_path, theme)


def _data(returns: pd.Series, title: str, benchmark: pd.Series | None = None, name: str = "Benchmark") -> TearsheetData:
    import pandas as pd

    known = _known(returns)
    index = pd.DatetimeIndex(known.index)
    if not len(known):
        return TearsheetData(title, pd.Series(dtype=float, index=index), [], "USD")
    # The return of a day is known at its end
    worth = START * np.cumprod(np.append(1.0, 1.0 + known.to_numpy(dtype=float)))
    times = index[:1].append(index + pd.Timedelta(1, "D"))
    return TearsheetData(title, pd.Series(worth, index=times), [], "USD", benchmark_returns=benchmark, benchmark_name=name)


def _known(returns: pd.Series) -> pd.Series:
    """Return the returns that are known, by midnight of their day in UTC, in order."""
    import pandas as pd

    known = returns.dropna().sort_index()
    index = pd.DatetimeIndex(known.index)
    index = index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")
    return known.set_axis(index.as_unit("ns").normalize())


def _sums(returns: pd.Series, freq: str) -> pd.Series:
    return _known(returns).resample(freq).sum()


def _finish(chart: Chart | None, title: str, output_path: Path, theme: str) -> Any:
    if chart is None:
        raise ValueError("nothing to plot: there are too few returns")
    drawn = figure(chart, theme)
    drawn.update_layout(title_text=title)
    if output_path is not None:
        write_whole(output_path, document(title, card(title, chart), theme))
    return drawn
