"""Statistics of an account and its positions under NautilusTrader's names, and the door for a user's own.

The figures come from `analysis.statistics`; where a statistic is refused this class, which promises floats, gives NaN.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis import statistics as st
from nautilus_lite.analysis.equity import BUSINESS_DAYS, daily_returns, utc_index
from nautilus_lite.model.enums import OrderSide

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.statistics import Measure


class PortfolioStatistic:
    """Base of a user's own statistics.

    A subclass overrides any of the three methods; one that returns None does not appear among the figures made from
    that input.
    """

    @property
    def name(self) -> str:
        """The name under which the value is listed: the class's name in words, `MaxWinner` as `Max Winner`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", type(self).__name__)

    @classmethod
    def fully_qualified_name(cls) -> str:
        """Return module and class as `module:Class`."""
        return f"{cls.__module__}:{cls.__qualname__}"

    def calculate_from_returns(self, returns: pd.Series) -> Any | None:
        """Return the statistic of daily returns.

        Parameters
        ----------
        returns : Series
            Fractions, indexed by the day in UTC.
        """

    def calculate_from_realized_pnls(self, realized_pnls: pd.Series) -> Any | None:
        """Return the statistic of the profits and losses of trades in one currency.

        Parameters
        ----------
        realized_pnls : Series
            Units of the currency, indexed by position id, in order of closing.
        """

    def calculate_from_positions(self, positions: list[Any]) -> Any | None:
        """Return the statistic of positions.

        Parameters
        ----------
        positions : list of Position
        """


class PortfolioAnalyzer:
    """Performance of a portfolio, by currency.

    Balances are those of the account: realised only, fees deducted. `BacktestResult.statistics` looks at equity at
    market instead; give that equity to `calculate_statistics` for the same returns here.
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
        self._days = BUSINESS_DAYS

    @property
    def currencies(self) -> list[Any]:
        """The currencies of the account's balances."""
        return list(self._current)

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
        self._positions.extend(positions)
        closed = [position for position in positions if position.is_closed]
        for position in sorted(closed, key=lambda position: position.ts_closed):
            self.add_trade(position.id, position.realized_pnl)

    def add_trade(self, position_id: Any, realized_pnl: Any) -> None:
        """Add a trade.

        Parameters
        ----------
        position_id : PositionId
        realized_pnl : Money
        """
        self._trades.setdefault(realized_pnl.currency, []).append((str(position_id), realized_pnl))

    def calculate_statistics(self, account: Any, positions: Sequence[Any], equity: pd.Series | None = None) -> None:
        """Start over with an account and its positions.

        Parameters
        ----------
        account : Account
        positions : sequence of Position
        equity : Series, optional
            Equity at market, the opening balance first, to make returns from. By default they are made from the
            balance after each of the account's events; an account of several currencies then has no returns, as
            balances of different currencies have no sum.
        """
        self.reset()
        self._starting = account.starting_balances()
        self._current = account.balances_total()
        self.add_positions(positions)
        if equity is None:
            equity = self._balance_curve(account)
        if equity is not None:
            self._returns, self._days = daily_returns(equity)

    def returns(self) -> pd.Series:
        """Return daily returns as fractions; empty where there are none."""
        import pandas as pd

        if self._returns is None:
            return pd.Series([], index=utc_index([]), dtype=float, name="return")
        return self._returns

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
        values = pnls.to_numpy(dtype=float)
        winners, losers = values[values > 0.0], values[values < 0.0]
        stats = {
            "PnL (total)": self.total_pnl(currency, unrealized_pnl),
            "PnL% (total)": self.total_pnl_percentage(currency, unrealized_pnl),
            "Max Winner": _float(st.best_trade(winners)),
            "Avg Winner": _float(st.average_winner(pnls)),
            "Min Winner": _float(st.worst_trade(winners)),
            "Min Loser": _float(st.best_trade(losers)),
            "Avg Loser": _float(st.average_loser(pnls)),
            "Max Loser": _float(st.worst_trade(losers)),
            "Expectancy": _float(st.expectancy(pnls)),
            "Win Rate": _float(st.win_rate(pnls)),
            "Profit Factor": _float(st.profit_factor(pnls)),
        }
        return self._with_own(stats, "calculate_from_realized_pnls", pnls)

    def get_performance_stats_returns(self) -> dict[str, Any]:
        """Return the statistics of daily returns."""
        values, days = self.returns(), self._days
        stats = {
            f"Returns Volatility ({days} days)": _float(st.volatility(values, days)),
            "Average (Return)": float(values.mean()) if len(values) else math.nan,
            "Average Loss (Return)": _mean_of(values, values < 0.0),
            "Average Win (Return)": _mean_of(values, values > 0.0),
            f"Sharpe Ratio ({days} days)": _float(st.sharpe_ratio(values, days)),
            f"Sortino Ratio ({days} days)": _float(st.sortino_ratio(values, days)),
            "Profit Factor": _float(st.omega_ratio(values)),
            "Risk Return Ratio": _float(st.sharpe_ratio(values, 1)),
        }
        return self._with_own(stats, "calculate_from_returns", values)

    def get_performance_stats_general(self) -> dict[str, Any]:
        """Return the statistics of positions."""
        is_long = [position.entry == OrderSide.BUY for position in self._positions]
        return self._with_own({"Long Ratio": _float(st.long_ratio(is_long))}, "calculate_from_positions", list(self._positions))

    def get_stats_pnls_formatted(self, currency: Any | None = None, unrealized_pnl: Any | None = None) -> list[str]:
        """Return the statistics of profits and losses as aligned lines of text; parameters as the figures'."""
        return _lines(self.get_performance_stats_pnls(currency, unrealized_pnl))

    def get_stats_returns_formatted(self) -> list[str]:
        """Return the statistics of daily returns as aligned lines of text."""
        return _lines(self.get_performance_stats_returns())

    def get_stats_general_formatted(self) -> list[str]:
        """Return the statistics of positions as aligned lines of text."""
        return _lines(self.get_performance_stats_general())

    def _with_own(self, stats: dict[str, Any], method: str, values: Any) -> dict[str, Any]:
        for statistic in self._statistics.values():
            value = getattr(statistic, method)(values)
            if value is not None:
                stats[statistic.name] = value
        return stats

    def _currency(self, currency: Any | None) -> Any | None:
        """Return the currency asked for, or the only one; None where there is nothing yet."""
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


def _float(measure: Measure) -> float:
    return math.nan if measure.value is None else measure.value


def _mean_of(values: pd.Series, chosen: pd.Series) -> float:
    return float(values[chosen].mean()) if chosen.any() else math.nan


def _lines(stats: dict[str, Any]) -> list[str]:
    width = max(map(len, stats)) + 2
    return [f"{name + ':':<{width}}{_text(value)}" for name, value in stats.items()]


def _text(value: Any) -> str:
    if isinstance(value, float):
        return "n/a" if math.isnan(value) else f"{value:,.6g}" if abs(value) < 1e4 else f"{value:,.2f}"
    return str(value)
