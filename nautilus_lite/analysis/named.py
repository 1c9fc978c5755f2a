"""NautilusTrader's statistics as classes of the same names, for code that makes, registers or calls them one by one.

Each hands on to a function of `analysis.statistics`. These classes promise floats: what the function refuses is NaN here.
Returns may be a Series indexed by time, a mapping of UNIX nanoseconds to a fraction, or an array of one a day; several
of one day are compounded to one. Daily returns alone are known here, so that a year is `period` of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis import statistics as st
from nautilus_lite.analysis.equity import BUSINESS_DAYS, utc_index
from nautilus_lite.analysis.own import PortfolioStatistic
from nautilus_lite.analysis.statistics import Measure
from nautilus_lite.model.enums import OrderSide

if TYPE_CHECKING:
    import pandas as pd


def value_of(measure: Measure) -> float:
    """Return the value of a statistic, NaN where it is refused."""
    return math.nan if measure.value is None else measure.value


def daily_series(returns: Any) -> pd.Series:
    """Return returns as one a day in order of time; several of one day are compounded.

    Parameters
    ----------
    returns : Series, mapping of int to float, or array-like of float
        A Series without an index of time, and an array, have one value a day already.
    """
    import pandas as pd

    if isinstance(returns, Mapping):
        returns = pd.Series(list(returns.values()), index=utc_index(list(returns)), dtype=float)
    if not isinstance(returns, pd.Series):
        return pd.Series(np.asarray(returns, dtype=float), dtype=float)
    if not isinstance(returns.index, pd.DatetimeIndex):
        return returns.astype(float)
    ordered = returns.sort_index(kind="stable").astype(float)
    index = pd.DatetimeIndex(ordered.index)
    days = (index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")).normalize()
    if not len(days):
        return pd.Series([], index=days, dtype=float)
    starts = np.flatnonzero(np.concatenate([[True], days[1:] != days[:-1]]))
    # A day with an unknown part is unknown
    return pd.Series(np.multiply.reduceat(1.0 + ordered.to_numpy(dtype=float), starts) - 1.0, index=days[starts])


class _OfPnls(PortfolioStatistic):
    """A statistic of the profits of trades."""

    _words = ""
    _function: Callable[[Any], Measure]

    @property
    def name(self) -> str:
        return self._words

    def calculate_from_realized_pnls(self, realized_pnls: Any) -> float:
        return value_of(type(self)._function(np.asarray(realized_pnls, dtype=float)))


class WinRate(_OfPnls):
    """Part of the trades that won."""

    _words = "Win Rate"
    _function = staticmethod(st.win_rate)


class Expectancy(_OfPnls):
    """Mean profit of a trade."""

    _words = "Expectancy"
    _function = staticmethod(st.expectancy)


class AvgWinner(_OfPnls):
    """Mean profit of the trades that won."""

    _words = "Avg Winner"
    _function = staticmethod(st.average_winner)


class AvgLoser(_OfPnls):
    """Mean loss of the trades that lost."""

    _words = "Avg Loser"
    _function = staticmethod(st.average_loser)


class MaxWinner(_OfPnls):
    """Highest profit of the trades that won."""

    _words = "Max Winner"
    _function = staticmethod(lambda pnls: st.best_trade(pnls[pnls > 0.0]))


class MinWinner(_OfPnls):
    """Lowest profit of the trades that won."""

    _words = "Min Winner"
    _function = staticmethod(st.smallest_winner)


class MaxLoser(_OfPnls):
    """Largest loss of the trades that lost."""

    _words = "Max Loser"
    _function = staticmethod(lambda pnls: st.worst_trade(pnls[pnls < 0.0]))


class MinLoser(_OfPnls):
    """Smallest loss of the trades that lost."""

    _words = "Min Loser"
    _function = staticmethod(st.smallest_loser)


class LongRatio(PortfolioStatistic):
    """Part of the positions that were opened by buying.

    Parameters
    ----------
    precision : int, optional
        Digits to round to; by default it is not rounded.
    """

    def __init__(self, precision: int | None = None) -> None:
        self.precision = precision

    @property
    def name(self) -> str:
        return "Long Ratio"

    def calculate_from_positions(self, positions: Iterable[Any]) -> float:
        value = value_of(st.long_ratio([position.entry == OrderSide.BUY for position in positions]))
        return value if self.precision is None else round(value, self.precision)


class _OfReturns(PortfolioStatistic):
    """A statistic of daily returns."""

    _words = ""
    _function: Callable[[Any], Measure]

    @property
    def name(self) -> str:
        return self._words

    def calculate_from_returns(self, returns: Any) -> float:
        return value_of(type(self)._function(daily_series(returns)))


class ReturnsAverage(_OfReturns):
    """Arithmetic mean of daily returns."""

    _words = "Average (Return)"
    _function = staticmethod(st.average_day)


class ReturnsAverageWin(_OfReturns):
    """Mean of the daily returns above zero."""

    _words = "Average Win (Return)"
    _function = staticmethod(st.average_up_day)


class ReturnsAverageLoss(_OfReturns):
    """Mean of the daily returns below zero."""

    _words = "Average Loss (Return)"
    _function = staticmethod(st.average_down_day)


class ProfitFactor(_OfReturns):
    """Sum of daily gains over the sum of daily losses: the profit factor of days, not of trades."""

    _words = "Profit Factor"
    _function = staticmethod(st.omega_ratio)


class RiskReturnRatio(_OfReturns):
    """Mean over deviation of daily returns, not annualised."""

    _words = "Risk Return Ratio"
    _function = staticmethod(st.risk_return_ratio)


class MaxDrawdown(_OfReturns):
    """Deepest drawdown of the path of daily returns, as a negative fraction; falls inside a day are not seen."""

    _words = "Max Drawdown"
    _function = staticmethod(lambda returns: st.max_drawdown(path_of(returns)))


class _OfYear(PortfolioStatistic):
    """A statistic of daily returns over a year.

    Parameters
    ----------
    period : int, default 252
        Daily returns in a year.
    """

    _words = ""
    _function: Callable[..., Measure]

    def __init__(self, period: int | None = None) -> None:
        self.period = BUSINESS_DAYS if period is None else period

    @property
    def name(self) -> str:
        return f"{self._words} ({self.period} days)"

    def calculate_from_returns(self, returns: Any) -> float | None:
        return value_of(type(self)._function(daily_series(returns), self.period))


class ReturnsVolatility(_OfYear):
    """Annualised deviation of daily returns."""

    _words = "Returns Volatility"
    _function = staticmethod(st.volatility)


class SharpeRatio(_OfYear):
    """Annualised Sharpe ratio at a risk-free rate of zero."""

    _words = "Sharpe Ratio"
    _function = staticmethod(st.sharpe_ratio)


class SortinoRatio(_OfYear):
    """Annualised Sortino ratio against zero."""

    _words = "Sortino Ratio"
    _function = staticmethod(st.sortino_ratio)


class CAGR(_OfYear):
    """Compound return of a year of `period` daily returns."""

    _words = "CAGR"
    _function = staticmethod(st.compound_return)


class CalmarRatio(_OfYear):
    """Compound return of a year over the deepest drawdown, both of daily returns."""

    _words = "Calmar Ratio"

    @staticmethod
    def _function(returns: pd.Series, period: int) -> Measure:
        return st.return_over_drawdown(st.compound_return(returns, period), st.max_drawdown(path_of(returns)))


class _OfBenchmark(_OfYear):
    """A statistic of daily returns against those of a benchmark, on the days that both have."""

    def calculate_from_returns(self, returns: Any) -> None:
        return None

    def calculate_from_returns_with_benchmark(self, returns: Any, benchmark: Any) -> float:
        """Return the statistic.

        Parameters
        ----------
        returns, benchmark : Series, mapping of int to float, or array-like of float
        """
        import pandas as pd

        both = pd.concat([daily_series(returns), daily_series(benchmark)], axis=1, join="inner", keys=["own", "other"])
        return value_of(self._against(both["own"].to_numpy(dtype=float), both["other"].to_numpy(dtype=float)))

    def _against(self, own: np.ndarray, other: np.ndarray) -> Measure:
        return type(self)._function(own, other, self.period)


class BetaRatio(_OfBenchmark):
    """Slope of daily returns over those of the benchmark."""

    _words = "Beta"

    def __init__(self) -> None:
        super().__init__()

    @property
    def name(self) -> str:
        return self._words

    def _against(self, own: np.ndarray, other: np.ndarray) -> Measure:
        return st.beta(own, other)


class InformationRatio(_OfBenchmark):
    """Annualised mean over deviation of the difference to the benchmark."""

    _words = "Information Ratio"
    _function = staticmethod(st.information_ratio)


class TrackingError(_OfBenchmark):
    """Annualised deviation of the difference to the benchmark."""

    _words = "Tracking Error"
    _function = staticmethod(st.tracking_error)


class UpCaptureRatio(_OfBenchmark):
    """Annual return of the days on which the benchmark rose over the benchmark's."""

    _words = "Up Capture Ratio"
    _function = staticmethod(st.up_capture)


class DownCaptureRatio(_OfBenchmark):
    """Annual return of the days on which the benchmark fell over the benchmark's."""

    _words = "Down Capture Ratio"
    _function = staticmethod(st.down_capture)


class _OverRate(_OfBenchmark):
    """A statistic above a risk-free rate.

    Parameters
    ----------
    period : int, default 252
        Daily returns in a year.
    risk_free_rate : float, default 0.0
        A day, as NautilusTrader's; `BacktestResult.statistics` takes a rate a year.
    """

    def __init__(self, period: int | None = None, risk_free_rate: float | None = None) -> None:
        super().__init__(period)
        self.risk_free_rate = 0.0 if risk_free_rate is None else risk_free_rate

    def _against(self, own: np.ndarray, other: np.ndarray) -> Measure:
        yearly = (1.0 + self.risk_free_rate) ** self.period - 1.0
        return type(self)._function(own, other, self.period, yearly)


class Alpha(_OverRate):
    """Return above beta times the benchmark's, compounded over a year."""

    _words = "Alpha"
    _function = staticmethod(st.alpha)


class TreynorRatio(_OverRate):
    """Compound annual return above the risk-free rate over beta."""

    _words = "Treynor Ratio"
    _function = staticmethod(st.treynor_ratio)


def path_of(returns: pd.Series) -> pd.Series:
    """Return the equity that daily returns make of one unit, the unit first, a day apart."""
    import pandas as pd

    values = np.concatenate([[1.0], np.cumprod(1.0 + returns.to_numpy(dtype=float))]) if len(returns) else np.zeros(0)
    return pd.Series(values, index=pd.date_range("1970-01-01", periods=len(values), freq="1D", tz="UTC", unit="ns"))
