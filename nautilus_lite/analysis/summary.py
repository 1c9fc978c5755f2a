"""The list of statistics that a result prints: every value with its unit, convention and number of observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis import statistics as st
from nautilus_lite.analysis.equity import BUSINESS_DAYS, DAY_NS, daily_returns, ns_index
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Currency

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.statistics import Measure


@dataclass(frozen=True, slots=True)
class StatValue:
    """One statistic of a run.

    Parameters
    ----------
    name : str
    value : float or None
        None where the statistic is refused; `why` then says so.
    unit : str
        `fraction` (1 = 100 %), `%`, `ratio`, `count`, `days`, `s`, or a currency's code.
    convention : str
        How it is defined and scaled, and what was left out.
    count : int
        Number of observations it was made from.
    why : str, optional
        Reason of a refusal.
    """

    name: str
    value: float | None
    unit: str
    convention: str
    count: int
    why: str | None = None

    def text(self) -> str:
        """Return the value for a reader: with its unit, or `n/a` and the reason."""
        if self.value is None:
            return f"n/a ({self.why})"
        value = self.value
        if self.unit in ("fraction", "%"):
            percent = value if self.unit == "%" else value * 100.0
            # Two digits would show a small account's change, or a small drawdown, as nothing
            digits = 4 if 0.0 < abs(percent) < 1.0 else 2
            return f"{_rounded(percent, digits):,.{digits}f}%"
        if self.unit == "ratio":
            return f"{_rounded(value, 3):,.3f}"
        if self.unit == "count":
            return f"{value:,.0f}"
        if self.unit == "days":
            return f"{_rounded(value, 1):,.1f} days"
        if self.unit == "s":
            return duration_text(value)
        precision = Currency.from_str(self.unit).precision
        return f"{_rounded(value, precision):,.{precision}f} {self.unit}"


def summarize(
    equity: pd.Series,
    positions: Iterable[Any],
    orders: Iterable[Any],
    currency: Any,
    days_per_year: int | None = None,
) -> list[StatValue]:
    """Return every statistic of a run.

    Parameters
    ----------
    equity : Series
        Mark-to-market equity in `currency`, the opening balance first.
    positions : iterable of Position
        Closed positions and closed netting cycles: the trades.
    orders : iterable of Order
        For the fees.
    currency : Currency or str
        Reporting currency. Trades that settle in another are counted in the conventions, and never added up with it.
    days_per_year : {252, 365}, optional
        Daily returns in a year; by default told from the data, see `daily_returns`.
    """
    code = str(currency)
    stats = [*_equity_stats(equity, code, days_per_year), *_trade_stats(list(positions), code)]
    fees = _fees(orders)
    fees.setdefault(code, (0.0, 0))
    for held in sorted(fees, key=lambda held: (held != code, held)):
        amount, count = fees[held]
        stats.append(StatValue(f"Fees ({held})", amount, held, "paid on all orders; rebates are negative", count))
    return stats


def duration_text(seconds: float) -> str:
    """Return a length of time for a reader, in its two largest units: `2h 13m`.

    Parameters
    ----------
    seconds : float
        Zero or more.
    """
    if seconds == 0.0:
        return "0s"
    if seconds < 1.0:
        return f"{seconds * 1e3:.3g}ms"
    rest = timedelta(seconds=round(seconds))
    hours, remainder = divmod(rest.seconds, 3600)
    parts = [(rest.days, "d"), (hours, "h"), (remainder // 60, "m"), (remainder % 60, "s")]
    first = next(i for i, (amount, _) in enumerate(parts) if amount)
    return " ".join(f"{amount}{unit}" for amount, unit in parts[first : first + 2])


def trade_pnls(positions: Sequence[Any], currency: Any) -> tuple[np.ndarray, dict[str, int]]:
    """Return the realised profits and losses of the trades that settle in one currency, in order of closing.

    Parameters
    ----------
    positions : sequence of Position
        Closed positions; those still open have no place here.
    currency : Currency or str

    Returns
    -------
    ndarray
        Units of the currency.
    dict of str to int
        Number of trades of every other currency.
    """
    code = str(currency)
    raws: list[int] = []
    others: dict[str, int] = {}
    for position in sorted(positions, key=lambda position: position.ts_closed):
        pnl = position.realized_pnl
        if str(pnl.currency) == code:
            raws.append(pnl.raw)
        else:
            others[str(pnl.currency)] = others.get(str(pnl.currency), 0) + 1
    # Division by a power of ten rounds once: the float nearest to the exact amount
    return np.array(raws, dtype=np.int64) / 10.0 ** Currency.from_str(code).precision, others


def _equity_stats(equity: pd.Series, code: str, days_per_year: int | None) -> list[StatValue]:
    precision = Currency.from_str(code).precision
    changes, days = daily_returns(equity, days_per_year)
    coarse = _too_coarse(equity)
    measures: list[tuple[str, str, Measure]] = [
        ("PnL (total)", code, st.pnl_total(equity, precision)),
        ("PnL% (total)", "%", st.pnl_percentage(equity)),
        ("CAGR", "fraction", st.cagr(equity)),
        ("Max Drawdown", "fraction", st.max_drawdown(equity)),
        ("Average Drawdown", "fraction", st.average_drawdown(equity)),
        ("Longest Drawdown", "days", st.longest_drawdown(equity)),
        ("Calmar Ratio", "ratio", st.calmar_ratio(equity)),
    ]
    daily: list[tuple[str, str, Measure]] = [
        ("Returns Volatility", "fraction", st.volatility(changes, days)),
        ("Sharpe Ratio", "ratio", st.sharpe_ratio(changes, days)),
        ("Sortino Ratio", "ratio", st.sortino_ratio(changes, days)),
        ("Omega Ratio", "ratio", st.omega_ratio(changes)),
        ("Best Day", "fraction", st.best_day(changes)),
        ("Worst Day", "fraction", st.worst_day(changes)),
        ("VaR 95", "fraction", st.value_at_risk(changes)),
        ("CVaR 95", "fraction", st.conditional_value_at_risk(changes)),
        ("Tail Ratio", "ratio", st.tail_ratio(changes)),
        ("Skew", "ratio", st.skewness(changes)),
        ("Kurtosis", "ratio", st.kurtosis(changes)),
    ]
    calendar = "business days" if days == BUSINESS_DAYS else "calendar days"
    missing = int(equity.isna().sum())
    gap = f"; {missing} of {len(equity)} samples had no exchange rate" if missing else ""
    stats = [_stat(name, unit, measure, gap) for name, unit, measure in measures]
    for name, unit, measure in daily:
        if coarse is not None:
            measure = st.Measure(None, measure.count, measure.convention, coarse)
        stats.append(_stat(name, unit, measure, f"; {calendar}, UTC{gap}"))
    return stats


def _trade_stats(positions: list[Any], code: str) -> list[StatValue]:
    pnls, others = trade_pnls(positions, code)
    left_out = ", ".join(f"{count} in {held}" for held, count in sorted(others.items()))
    note = f"; left out: {left_out}" if left_out else ""
    after = "; after fees in the settlement currency"
    is_long = [position.entry == OrderSide.BUY for position in positions]
    measures: list[tuple[str, str, Measure, str]] = [
        ("Trades", "count", st.n_trades(positions), ""),
        ("Win Rate", "fraction", st.win_rate(pnls), after + note),
        ("Profit Factor", "ratio", st.profit_factor(pnls), after + note),
        ("Expectancy", code, st.expectancy(pnls), after + note),
        ("Payoff Ratio", "ratio", st.payoff_ratio(pnls), after + note),
        ("Avg Winner", code, st.average_winner(pnls), note),
        ("Avg Loser", code, st.average_loser(pnls), note),
        ("Best Trade", code, st.best_trade(pnls), note),
        ("Worst Trade", code, st.worst_trade(pnls), note),
        ("Breakeven Trades", "count", st.n_breakeven(pnls), note),
        ("Longest Winning Streak", "count", st.longest_winning_streak(pnls), note),
        ("Longest Losing Streak", "count", st.longest_losing_streak(pnls), note),
        ("Average Duration", "s", st.average_duration([position.duration_ns for position in positions]), ""),
        ("Long Ratio", "fraction", st.long_ratio(is_long), ""),
    ]
    return [_stat(name, unit, measure, suffix) for name, unit, measure, suffix in measures]


def _stat(name: str, unit: str, measure: Measure, suffix: str) -> StatValue:
    return StatValue(name, measure.value, unit, measure.convention + suffix, measure.count, measure.why)


def _fees(orders: Iterable[Any]) -> dict[str, tuple[float, int]]:
    """Return what was paid, and on how many orders, by currency; added up as integers."""
    raws: dict[str, int] = {}
    counts: dict[str, int] = {}
    digits: dict[str, int] = {}
    for order in orders:
        for money in order.commissions():
            code = money.currency.code
            raws[code] = raws.get(code, 0) + money.raw
            counts[code] = counts.get(code, 0) + 1
            digits[code] = money.currency.precision
    return {code: (raw / 10 ** digits[code], counts[code]) for code, raw in raws.items()}


def _too_coarse(equity: pd.Series) -> str | None:
    """Return why no daily returns can be had from samples that lie more than a day apart."""
    if len(equity) < 3:
        return None
    spacing = float(np.median(np.diff(ns_index(equity).asi8))) / DAY_NS
    return None if spacing <= 1.0 else f"equity was sampled every {spacing:.0f} days, needs one sample a day"


def _rounded(value: float, digits: int) -> float:
    """Return the rounded value; adding zero turns -0.0 into 0.0."""
    return round(value, digits) + 0.0
