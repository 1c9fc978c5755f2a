"""Statistics of closed trades: a trade is one position from flat to flat.

Every function takes the realised profits and losses of trades in one currency, in order of closing; amounts of several
currencies are never put together. A win is above zero; a trade of exactly zero is neither win nor loss, but a trade.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nautilus_lite.analysis.statistics.measure import Measure, needs


def n_trades(pnls: Any) -> Measure:
    """Return the number of closed trades."""
    return Measure(float(len(pnls)), len(pnls), "closed trades, flat to flat")


def n_breakeven(pnls: Any) -> Measure:
    """Return the number of trades that made exactly nothing."""
    values = np.asarray(pnls, dtype=float)
    return Measure(float((values == 0.0).sum()), len(values), "trades with PnL of exactly 0: neither won nor lost")


def win_rate(pnls: Any) -> Measure:
    """Return the part of all trades that won."""
    values = np.asarray(pnls, dtype=float)
    convention = "trades with PnL > 0 / all closed trades"
    if not len(values):
        return needs(1, 0, "closed trade", convention)
    return Measure(float((values > 0.0).mean()), len(values), convention)


def profit_factor(pnls: Any) -> Measure:
    """Return the sum of all wins over the sum of all losses."""
    values = np.asarray(pnls, dtype=float)
    convention = "sum of wins / sum of losses"
    if not len(values):
        return needs(1, 0, "closed trade", convention)
    losses = -float(values[values < 0.0].sum())
    if losses == 0.0:
        return Measure(None, len(values), convention, "no losing trade")
    return Measure(float(values[values > 0.0].sum()) / losses, len(values), convention)


def expectancy(pnls: Any) -> Measure:
    """Return the mean profit or loss of a trade.

    Notes
    -----
    The same number as ``win rate x average winner + loss rate x average loser``.

    References
    ----------
    V. K. Tharp, "Trade Your Way to Financial Freedom" (1998), on expectancy.
    """
    return _mean(np.asarray(pnls, dtype=float), "mean PnL of a trade", "closed trade")


def payoff_ratio(pnls: Any) -> Measure:
    """Return the average win over the size of the average loss."""
    values = np.asarray(pnls, dtype=float)
    wins, losses = values[values > 0.0], values[values < 0.0]
    convention = "average winner / size of average loser"
    if not len(wins) or not len(losses):
        return Measure(None, len(values), convention, "no winning trade" if not len(wins) else "no losing trade")
    return Measure(float(wins.mean() / -losses.mean()), len(values), convention)


def average_winner(pnls: Any) -> Measure:
    """Return the mean profit of the trades that won."""
    values = np.asarray(pnls, dtype=float)
    return _mean(values[values > 0.0], "mean PnL of trades with PnL > 0", "winning trade")


def average_loser(pnls: Any) -> Measure:
    """Return the mean loss of the trades that lost, a negative amount."""
    values = np.asarray(pnls, dtype=float)
    return _mean(values[values < 0.0], "mean PnL of trades with PnL < 0", "losing trade")


def best_trade(pnls: Any) -> Measure:
    """Return the highest profit of a trade."""
    values = np.asarray(pnls, dtype=float)
    if not len(values):
        return needs(1, 0, "closed trade", "highest PnL of a trade")
    return Measure(float(values.max()), len(values), "highest PnL of a trade")


def worst_trade(pnls: Any) -> Measure:
    """Return the lowest profit of a trade."""
    values = np.asarray(pnls, dtype=float)
    if not len(values):
        return needs(1, 0, "closed trade", "lowest PnL of a trade")
    return Measure(float(values.min()), len(values), "lowest PnL of a trade")


def longest_winning_streak(pnls: Any) -> Measure:
    """Return the largest number of wins in a row."""
    values = np.asarray(pnls, dtype=float)
    return Measure(_longest(values > 0.0), len(values), "wins in a row in order of closing; breakeven ends a streak")


def longest_losing_streak(pnls: Any) -> Measure:
    """Return the largest number of losses in a row."""
    values = np.asarray(pnls, dtype=float)
    return Measure(_longest(values < 0.0), len(values), "losses in a row in order of closing; breakeven ends a streak")


def average_duration(durations_ns: Any) -> Measure:
    """Return the mean time from opening to closing a trade, in seconds.

    Parameters
    ----------
    durations_ns : array-like of int
        Nanoseconds of each trade.
    """
    measure = _mean(np.asarray(durations_ns, dtype=float), "mean time from opening to closing", "closed trade")
    if measure.value is None:
        return measure
    return Measure(measure.value / 1e9, measure.count, measure.convention)


def long_ratio(is_long: Sequence[bool]) -> Measure:
    """Return the part of all trades that were opened by buying."""
    return _mean(np.asarray(is_long, dtype=float), "trades opened by a buy / all closed trades", "closed trade")


def _mean(values: np.ndarray, convention: str, what: str) -> Measure:
    if not len(values):
        return needs(1, 0, what, convention)
    return Measure(float(values.mean()), len(values), convention)


def _longest(flags: np.ndarray) -> float:
    breaks = np.flatnonzero(~np.concatenate([[False], flags, [False]]))
    return float(np.diff(breaks).max() - 1)
