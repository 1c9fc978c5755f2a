"""Figures for notebooks, drawn from the same traces as the page.

Whoever has a result has these methods, whether they draw or not: what draws is looked up in lazy packages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nautilus_lite import analysis
from nautilus_lite.analysis import tearsheet

if TYPE_CHECKING:
    import pandas as pd


class ResultFigures:
    """Figures of a result. All return `plotly.graph_objects.Figure` and take `theme`, `light` or `dark`.

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    ValueError
        If the run has nothing of the kind, or there is no such theme.
    """

    def plot_equity(
        self, benchmark_returns: pd.Series | None = None, benchmark_name: str = "Benchmark", theme: str = "light"
    ) -> Any:
        """Return equity against a benchmark, and the drawdown below.

        Parameters
        ----------
        benchmark_returns : Series, optional
            Daily returns (fractions) indexed by day.
        benchmark_name : str
        theme : {'light', 'dark'}
        """
        data = _data(self, benchmark_returns=benchmark_returns, benchmark_name=benchmark_name)
        return _figure(tearsheet.equity.equity_chart(data), theme, "equity was not sampled")

    def plot_drawdown(self, theme: str = "light") -> Any:
        """Return how far equity was below its highest so far."""
        return _figure(tearsheet.equity.drawdown_chart(_data(self)), theme, "equity was not sampled")

    def plot_costs(self, theme: str = "light") -> Any:
        """Return the steps from gross to net profit."""
        why = "the run had costs in several currencies, or no equity"
        return _figure(tearsheet.costs.bridge_chart(_data(self)), theme, why)

    def plot_fees(self, theme: str = "light") -> Any:
        """Return fees and funding paid so far, over time."""
        return _figure(tearsheet.costs.fees_chart(_data(self)), theme, "nothing was paid in the reporting currency")

    def plot_monthly_returns(self, theme: str = "light") -> Any:
        """Return returns by month, a row a year."""
        return _figure(tearsheet.periods.month_chart(_data(self)), theme, "equity was not sampled")

    def plot_yearly_returns(self, theme: str = "light") -> Any:
        """Return returns by year."""
        return _figure(tearsheet.periods.year_chart(_data(self)), theme, "the run lies in one year")

    def plot_rolling(self, window: int | None = None, theme: str = "light") -> Any:
        """Return Sharpe ratio and volatility over the last days.

        Parameters
        ----------
        window : int, optional
            Days, of which the run has twice as many at least; by default 60, or 20 in a shorter run.
        theme : {'light', 'dark'}
        """
        return _figure(tearsheet.periods.rolling_chart(_data(self), window), theme, "there are too few daily returns")

    def plot_returns(self, theme: str = "light") -> Any:
        """Return the distribution of daily returns."""
        return _figure(tearsheet.distributions.return_chart(_data(self)), theme, "there are too few daily returns")

    def plot_trades(self, theme: str = "light") -> Any:
        """Return the distribution of the trades' PnL."""
        return _figure(tearsheet.distributions.trade_chart(_data(self)), theme, "there are too few trades")

    def plot_exposure(self, theme: str = "light") -> Any:
        """Return gross and net exposure, and leverage below."""
        return _figure(tearsheet.exposure.exposure_chart(_data(self)), theme, "nothing was held at the times of the grid")

    def plot_prices(self, instrument_id: Any, bars: pd.DataFrame | None = None, theme: str = "light") -> Any:
        """Return the prices of an instrument with entries and exits.

        Parameters
        ----------
        instrument_id : InstrumentId or str
        bars : DataFrame, optional
            `open`, `high`, `low`, `close` indexed by UTC time; by default the prices at the samples of the equity and
            the middles at and after fills.
        theme : {'light', 'dark'}
        """
        data = _data(self, price_bars=None if bars is None else {instrument_id: bars})
        traded = [] if data.positions is None else data.positions["instrument_id"].astype(str).unique().tolist()
        why = f"no prices of {instrument_id} are known (traded: {', '.join(traded) or 'none'})"
        return _figure(tearsheet.prices.price_chart(data, str(instrument_id)), theme, why)


def _figure(chart: Any, theme: str, why: str) -> Any:
    return analysis.page.charts.figure_of(chart, theme, why)


def _data(of: Any, **options: Any) -> tearsheet.TearsheetData:
    return tearsheet.TearsheetData.of(of, **options)
