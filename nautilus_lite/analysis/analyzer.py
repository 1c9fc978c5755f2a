"""Statistics of an account and its positions under NautilusTrader's names, and the door for a user's own.

The figures come from `analysis.statistics`; where a statistic is refused this class, which promises floats, gives NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis import statistics as st
from nautilus_lite.analysis.equity import BUSINESS_DAYS, daily_returns, utc_index
from nautilus_lite.analysis.named import (
    Alpha,
    AvgLoser,
    AvgWinner,
    BetaRatio,
    DownCaptureRatio,
    Expectancy,
    InformationRatio,
    LongRatio,
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
    daily_series,
    value_of,
)
from nautilus_lite.analysis.own import PortfolioStatistic

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

_OF_PNLS = (MaxWinner(), AvgWinner(), MinWinner(), MinLoser(), AvgLoser(), MaxLoser(), Expectancy(), WinRate())


class PortfolioAnalyzer:
    """Performance of a portfolio, by currency.

    Balances are those of the accounts: realised only, fees deducted. That of a run (`engine.portfolio.analyzer`) has
    the run's equity at market for its returns; one that a user fills makes them from balances.
    """

    def __init__(self) -> None:
        self._statistics: dict[str, PortfolioStatistic] = {}
        self.reset()

    def reset(self) -> None:
        """Forget accounts, positions and returns; registered statistics stay."""
        self._starting: dict[Any, Any] = {}
        self._current: dict[Any, Any] = {}
        self._positions: list[Any] = []
        self._trades: dict[Any, list[tuple[str, Any]]] = {}
        self._returns: pd.Series | None = None
        self._added: list[tuple[int, float]] = []
        self._days = BUSINESS_DAYS
        self._waiting: tuple[list[Any], list[Any], Callable[[], pd.Series] | pd.Series | None] | None = None

    @property
    def currencies(self) -> list[Any]:
        """The currencies of the accounts' balances."""
        self._settle()
        return list(self._current)

    def registered_statistics(self) -> tuple[PortfolioStatistic, ...]:
        """Return the user's own statistics in order of registration."""
        return tuple(self._statistics.values())

    def register_statistic(self, statistic: PortfolioStatistic) -> None:
        """Add a statistic; one of the same name is replaced."""
        self._statistics[statistic.name] = statistic

    def deregister_statistic(self, statistic: PortfolioStatistic) -> None:
        """Remove a statistic; without effect if it is not registered."""
        self._statistics.pop(statistic.name, None)

    def deregister_statistics(self) -> None:
        """Remove every registered statistic."""
        self._statistics.clear()

    def statistic(self, name: str) -> PortfolioStatistic | None:
        """Return the registered statistic of a name, or None."""
        return self._statistics.get(name)

    def add_positions(self, positions: Sequence[Any]) -> None:
        """Add positions; the realised profit of each that is closed is a trade.

        Parameters
        ----------
        positions : sequence of Position
        """
        self._settle()
        self._add_positions(positions)

    def add_trade(self, position_id: Any, realized_pnl: Any, ts_event: int | None = None) -> None:
        """Add a trade.

        Parameters
        ----------
        position_id : PositionId
        realized_pnl : Money
        ts_event : int, optional
            Trades stay in the order in which they are added, whatever their times.
        """
        self._settle()
        self._trades.setdefault(realized_pnl.currency, []).append((str(position_id), realized_pnl))

    def record_trade(self, position_id: Any, realized_pnl: Any, ts_event: int | None = None) -> None:
        """Add a trade, as `add_trade` does."""
        self.add_trade(position_id, realized_pnl, ts_event)

    def add_position_return(self, timestamp: datetime, value: float) -> None:
        """Add the return of a position.

        Parameters
        ----------
        timestamp : datetime
            Without a time zone it is UTC.
        value : float
            A fraction.
        """
        import pandas as pd

        self._settle()
        moment = pd.Timestamp(timestamp)
        moment = moment.tz_localize("UTC") if moment.tz is None else moment.tz_convert("UTC")
        self._added.append((moment.as_unit("ns").value, float(value)))

    def add_return(self, timestamp: datetime, value: float) -> None:
        """Add the return of a position, as `add_position_return` does."""
        self.add_position_return(timestamp, value)

    def calculate_statistics(
        self, account: Any, positions: Sequence[Any], equity: pd.Series | Callable[[], pd.Series] | None = None
    ) -> None:
        """Start over with an account and its positions. What they come to is worked out when it is asked for.

        Parameters
        ----------
        account : Account or sequence of Account
        positions : sequence of Position
        equity : Series or function, optional
            Equity at market, the opening balance first, to make returns from, or a function that gives it. By default
            they are made from the balance after each of the account's events; several accounts, or one of several
            currencies, then have no returns, as balances of different currencies have no sum.
        """
        self.reset()
        accounts = list(account) if isinstance(account, list | tuple) else [account]
        self._waiting = accounts, list(positions), equity

    def returns(self) -> pd.Series:
        """Return daily returns as fractions: those of the portfolio, or where there are none those of positions."""
        found = self.portfolio_returns()
        return found if len(found) else self.position_returns()

    def portfolio_returns(self) -> pd.Series:
        """Return the daily returns of equity as fractions; empty where there are none."""
        import pandas as pd

        self._settle()
        if self._returns is None:
            return pd.Series([], index=utc_index([]), dtype=float, name="return")
        return self._returns

    def position_returns(self) -> pd.Series:
        """Return the return of each closed position on its entry price at its closing, and of those added, by time.

        They know nothing of size, of fees and of days without a trade: no ratio of them is one of the portfolio.
        """
        import pandas as pd

        self._settle()
        closed = [(position.ts_closed, position.realized_return) for position in self._positions if position.is_closed]
        found = sorted([*closed, *self._added], key=lambda pair: pair[0])
        return pd.Series([value for _, value in found], index=utc_index([ts for ts, _ in found]), dtype=float, name="return")

    def realized_pnls(self, currency: Any | None = None) -> pd.Series | None:
        """Return the profit or loss of each trade, indexed by position id, in order of closing; None without trades.

        Parameters
        ----------
        currency : Currency, optional
            Needed where the account holds several.
        """
        import pandas as pd

        trades = self._trades.get(self._currency(currency))
        if not trades:
            return None
        scale = 10.0 ** trades[0][1].currency.precision
        raws = np.array([money.raw for _, money in trades], dtype=np.int64)
        return pd.Series(raws / scale, index=[name for name, _ in trades], name="realized_pnl")

    def total_pnl(self, currency: Any | None = None, unrealized_pnl: Any | None = None) -> float:
        """Return how much the balance changed since the start, plus what is not realised yet; NaN without an account.

        Parameters
        ----------
        currency : Currency, optional
            Needed where the account holds several.
        unrealized_pnl : Money, optional

        Raises
        ------
        ValueError
            If `unrealized_pnl` is in another currency, or `currency` is missing or not held.
        """
        chosen = self._currency(currency)
        if chosen is None:
            return 0.0
        if chosen not in self._current:
            return math.nan
        raw = self._current[chosen].raw - (self._starting[chosen].raw if chosen in self._starting else 0)
        if unrealized_pnl is not None:
            if unrealized_pnl.currency != chosen:
                raise ValueError(f"`unrealized_pnl` must be in {chosen}, was {unrealized_pnl}")
            raw += unrealized_pnl.raw
        return raw / 10**chosen.precision

    def total_pnl_percentage(self, currency: Any | None = None, unrealized_pnl: Any | None = None) -> float:
        """Return the total profit or loss in percent of the starting balance, NaN where that was not positive.

        Parameters
        ----------
        currency : Currency, optional
            Needed where the account holds several.
        unrealized_pnl : Money, optional
        """
        chosen = self._currency(currency)
        if chosen is None:
            return 0.0
        starting = self._starting.get(chosen)
        if starting is None or starting.raw <= 0:
            return math.nan
        return self.total_pnl(chosen, unrealized_pnl) / float(starting) * 100.0

    def get_performance_stats_pnls(self, currency: Any | None = None, unrealized_pnl: Any | None = None) -> dict[str, float]:
        """Return the statistics of profits and losses in one currency.

        Parameters
        ----------
        currency : Currency, optional
            Needed where the account holds several.
        unrealized_pnl : Money, optional
        """
        import pandas as pd

        pnls = self.realized_pnls(currency)
        if pnls is None:
            pnls = pd.Series([], dtype=float, name="realized_pnl")
        stats = {
            "PnL (total)": self.total_pnl(currency, unrealized_pnl),
            "PnL% (total)": self.total_pnl_percentage(currency, unrealized_pnl),
            **{statistic.name: statistic.calculate_from_realized_pnls(pnls) for statistic in _OF_PNLS},
            "Profit Factor": value_of(st.profit_factor(pnls)),
        }
        return self._with_own(stats, "calculate_from_realized_pnls", pnls)

    def get_performance_stats_returns(self) -> dict[str, Any]:
        """Return the statistics of daily returns, of the portfolio or where there are none of positions."""
        return self._stats_of(self.returns())

    def get_performance_stats_portfolio_returns(self) -> dict[str, Any]:
        """Return the statistics of the daily returns of equity."""
        return self._stats_of(self.portfolio_returns())

    def get_performance_stats_position_returns(self) -> dict[str, Any]:
        """Return the statistics of the returns of positions, compounded by day: every day from the first to the last.

        A day without a closing had none. They know nothing of size: see `position_returns`.
        """
        return self._stats_of(self.position_returns())

    def get_performance_stats_returns_vs_benchmark(
        self, benchmark_returns: pd.Series, returns: pd.Series | None = None
    ) -> dict[str, Any]:
        """Return the statistics of daily returns against those of a benchmark.

        Parameters
        ----------
        benchmark_returns : Series
            Fractions indexed by time; the days that both have are compared.
        returns : Series, optional
            By default those of `returns`.
        """
        own = self.returns() if returns is None else returns
        days = self._days
        listed = (Alpha(days), BetaRatio(), InformationRatio(days), TrackingError(days), TreynorRatio(days))
        captures = (UpCaptureRatio(days), DownCaptureRatio(days))
        stats = {s.name: s.calculate_from_returns_with_benchmark(own, benchmark_returns) for s in (*listed, *captures)}
        for statistic in self._statistics.values():
            function = getattr(statistic, "calculate_from_returns_with_benchmark", None)
            value = None if function is None else function(own, benchmark_returns)
            if value is not None:
                stats[statistic.name] = value
        return stats

    def get_performance_stats_general(self) -> dict[str, Any]:
        """Return the statistics of positions."""
        self._settle()
        positions = list(self._positions)
        stats = {"Long Ratio": LongRatio().calculate_from_positions(positions)}
        return self._with_own(stats, "calculate_from_positions", positions)

    def get_stats_pnls_formatted(self, currency: Any | None = None, unrealized_pnl: Any | None = None) -> list[str]:
        """Return the statistics of profits and losses as aligned lines of text; parameters as the figures'."""
        return _lines(self.get_performance_stats_pnls(currency, unrealized_pnl))

    def get_stats_returns_formatted(self) -> list[str]:
        """Return the statistics of daily returns as aligned lines of text."""
        return _lines(self.get_performance_stats_returns())

    def get_stats_portfolio_returns_formatted(self) -> list[str]:
        """Return the statistics of the daily returns of equity as aligned lines of text."""
        return _lines(self.get_performance_stats_portfolio_returns())

    def get_stats_position_returns_formatted(self) -> list[str]:
        """Return the statistics of the returns of positions as aligned lines of text."""
        return _lines(self.get_performance_stats_position_returns())

    def get_stats_general_formatted(self) -> list[str]:
        """Return the statistics of positions as aligned lines of text."""
        return _lines(self.get_performance_stats_general())

    def _settle(self) -> None:
        """Work out what was put off."""
        if self._waiting is None:
            return
        (accounts, positions, equity), self._waiting = self._waiting, None
        for account in accounts:
            for currency, money in account.starting_balances().items():
                self._starting[currency] = self._starting[currency] + money if currency in self._starting else money
            for currency, money in account.balances_total().items():
                self._current[currency] = self._current[currency] + money if currency in self._current else money
        self._add_positions(positions)
        if callable(equity):
            equity = equity()
        elif equity is None and len(accounts) == 1:
            equity = self._balance_curve(accounts[0])
        if equity is not None:
            self._returns, self._days = daily_returns(equity)

    def _add_positions(self, positions: Sequence[Any]) -> None:
        self._positions.extend(positions)
        closed = [position for position in positions if position.is_closed]
        for position in sorted(closed, key=lambda position: position.ts_closed):
            pnl = position.realized_pnl
            self._trades.setdefault(pnl.currency, []).append((str(position.id), pnl))

    def _stats_of(self, returns: pd.Series) -> dict[str, Any]:
        days = self._days
        values = every_day(daily_series(returns)) if returns is not self._returns else returns
        listed: list[PortfolioStatistic] = [
            ReturnsVolatility(days),
            ReturnsAverage(),
            ReturnsAverageLoss(),
            ReturnsAverageWin(),
            SharpeRatio(days),
            SortinoRatio(days),
            ProfitFactor(),
            RiskReturnRatio(),
        ]
        stats = {statistic.name: statistic.calculate_from_returns(values) for statistic in listed}
        return self._with_own(stats, "calculate_from_returns", values)

    def _with_own(self, stats: dict[str, Any], method: str, values: Any) -> dict[str, Any]:
        for statistic in self._statistics.values():
            value = getattr(statistic, method)(values)
            if value is not None:
                stats[statistic.name] = value
        return stats

    def _currency(self, currency: Any | None) -> Any | None:
        """Return the currency asked for, or the only one; None where there is nothing yet."""
        self._settle()
        held = list(dict.fromkeys([*self._current, *self._trades]))
        if currency is None:
            if len(held) > 1:
                raise ValueError(f"name a `currency`, the account has several: {', '.join(map(str, held))}")
            return held[0] if held else None
        if currency not in self._current and self._current:
            known = ", ".join(map(str, held))
            raise ValueError(f"`currency` must be held by the account, was {currency} (held: {known})")
        return currency if currency in held else None

    @staticmethod
    def _balance_curve(account: Any) -> pd.Series | None:
        import pandas as pd

        events = account.events
        if any(len(event.balances) != 1 for event in events):
            return None
        totals = [float(event.balances[0].total) for event in events]
        return pd.Series(totals, index=utc_index([event.ts_event for event in events]), name="balance")


def every_day(returns: pd.Series) -> pd.Series:
    """Return daily returns with a zero on every calendar day between the first and the last that has none."""
    import pandas as pd

    if len(returns) < 2 or not isinstance(returns.index, pd.DatetimeIndex):
        return returns
    return returns.reindex(pd.date_range(returns.index[0], returns.index[-1], freq="1D"), fill_value=0.0)


def _lines(stats: dict[str, Any]) -> list[str]:
    width = max(map(len, stats)) + 2
    return [f"{name + ':':<{width}}{_text(value)}" for name, value in stats.items()]


def _text(value: Any) -> str:
    if isinstance(value, float):
        return "n/a" if math.isnan(value) else f"{value:,.6g}" if abs(value) < 1e4 else f"{value:,.2f}"
    return str(value)
