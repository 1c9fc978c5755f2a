"""Statistics of closed trades: a trade is one position from flat to flat.

Every function takes the realised profits and losses of trades in one currency, in order of closing; amounts of several
currencies are never put together. A win is above zero; a trade of exactly zero is neither win nor loss, but a trade.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nautilus_lite.analysis.statistics.measure import MIN_TRADES, Measure, is_constant, multiplied, needs


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


def expectancy_per_risk(pnls: Any) -> Measure:
    """Return the mean profit of a trade per unit of the average loss.

    References
    ----------
    V. K. Tharp, "Trade Your Way to Financial Freedom" (1998), where the average loss stands for the risk of a trade.
    """
    values = np.asarray(pnls, dtype=float)
    losses = values[values < 0.0]
    convention = "mean PnL of a trade / size of average loser"
    if not len(losses):
        return Measure(None, len(values), convention, "no losing trade")
    return Measure(float(values.mean() / -losses.mean()), len(values), convention)


def system_quality_number(pnls: Any) -> Measure:
    """Return the system quality number.

    Notes
    -----
    ``sqrt(n) * mean(pnl) / std(pnl, ddof=1)``: the t-statistic of the mean trade. Amounts, not multiples of a stop.

    References
    ----------
    V. K. Tharp, "Definitive Guide to Position Sizing" (2008).
    """
    values = np.asarray(pnls, dtype=float)
    convention = "sqrt(number of trades) x mean PnL / sample std of PnL"
    if len(values) < MIN_TRADES:
        return needs(MIN_TRADES, len(values), "closed trades", convention)
    if is_constant(values):
        return Measure(None, len(values), convention, "trades have no deviation")
    return Measure(float(math.sqrt(len(values)) * values.mean() / values.std(ddof=1)), len(values), convention)


def kelly_criterion(pnls: Any) -> Measure:
    """Return the part of the capital to risk on a trade by Kelly's rule; negative where the odds are against it.

    Notes
    -----
    ``w - (1 - w) / payoff`` with the win rate `w` of all trades.

    References
    ----------
    J. L. Kelly, "A New Interpretation of Information Rate", Bell System Technical Journal 35 (1956) 917-926.
    """
    values = np.asarray(pnls, dtype=float)
    convention = "win rate - (1 - win rate) / payoff ratio"
    if len(values) < MIN_TRADES:
        return needs(MIN_TRADES, len(values), "closed trades", convention)
    won, payoff = win_rate(values), payoff_ratio(values)
    if won.value is None or payoff.value is None:
        return Measure(None, len(values), convention, payoff.why)
    return Measure(won.value - (1.0 - won.value) / payoff.value, len(values), convention)


def cpc_index(pnls: Any) -> Measure:
    """Return profit factor times win rate times payoff ratio of trades.

    References
    ----------
    The definition of the quantstats library, which takes days for trades.
    """
    parts = [profit_factor(pnls), win_rate(pnls), payoff_ratio(pnls)]
    return multiplied(parts, "profit factor x win rate x payoff ratio of trades")


def profit_ratio(pnls: Any) -> Measure:
    """Return the number of wins over the number of losses."""
    values = np.asarray(pnls, dtype=float)
    losses = int((values < 0.0).sum())
    convention = "number of winning trades / number of losing trades"
    if not losses:
        return Measure(None, len(values), convention, "no losing trade")
    return Measure(float((values > 0.0).sum() / losses), len(values), convention)


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
    return _extreme(np.asarray(pnls, dtype=float), "highest PnL of a trade", "closed trade", np.max)


def worst_trade(pnls: Any) -> Measure:
    """Return the lowest profit of a trade."""
    return _extreme(np.asarray(pnls, dtype=float), "lowest PnL of a trade", "closed trade", np.min)


def smallest_winner(pnls: Any) -> Measure:
    """Return the lowest profit of a trade that won."""
    values = np.asarray(pnls, dtype=float)
    return _extreme(values[values > 0.0], "lowest PnL of trades with PnL > 0", "winning trade", np.min)


def smallest_loser(pnls: Any) -> Measure:
    """Return the loss nearest to zero of a trade that lost."""
    values = np.asarray(pnls, dtype=float)
    return _extreme(values[values < 0.0], "PnL nearest to 0 of trades with PnL < 0", "losing trade", np.max)


def average_trade_return(returns: Any) -> Measure:
    """Return the mean return of a trade on its entry price.

    Parameters
    ----------
    returns : array-like of float
        ``sign * (average close - average open) / average open`` of each trade: prices alone, without size and fees.
    """
    return _mean(np.asarray(returns, dtype=float), "mean of price change / entry price, before fees", "closed trade")


def best_trade_return(returns: Any) -> Measure:
    """Return the highest return of a trade on its entry price."""
    return _extreme(np.asarray(returns, dtype=float), "highest price change / entry price, before fees", "closed trade", np.max)


def worst_trade_return(returns: Any) -> Measure:
    """Return the lowest return of a trade on its entry price."""
    return _extreme(np.asarray(returns, dtype=float), "lowest price change / entry price, before fees", "closed trade", np.min)


def average_adverse_excursion(excursions: Any) -> Measure:
    """Return the mean of how far trades went against their entry: zero or negative amounts."""
    return _mean(_known(excursions), "mean of the lowest open PnL of trades, before fees", "trade with an excursion")


def worst_adverse_excursion(excursions: Any) -> Measure:
    """Return how far the worst trade went against its entry."""
    return _extreme(_known(excursions), "lowest open PnL of any trade, before fees", "trade with an excursion", np.min)


def average_favourable_excursion(excursions: Any) -> Measure:
    """Return the mean of how far trades went in favour of their entry: zero or positive amounts."""
    return _mean(_known(excursions), "mean of the highest open PnL of trades, before fees", "trade with an excursion")


def best_favourable_excursion(excursions: Any) -> Measure:
    """Return how far the best trade went in favour of its entry."""
    return _extreme(_known(excursions), "highest open PnL of any trade, before fees", "trade with an excursion", np.max)


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
    return _seconds(_mean(np.asarray(durations_ns, dtype=float), "mean time from opening to closing", "closed trade"))


def median_duration(durations_ns: Any) -> Measure:
    """Return the median time from opening to closing a trade, in seconds."""
    values = np.asarray(durations_ns, dtype=float)
    return _seconds(_extreme(values, "median time from opening to closing", "closed trade", np.median))


def longest_duration(durations_ns: Any) -> Measure:
    """Return the longest time from opening to closing a trade, in seconds."""
    values = np.asarray(durations_ns, dtype=float)
    return _seconds(_extreme(values, "longest time from opening to closing", "closed trade", np.max))


def shortest_duration(durations_ns: Any) -> Measure:
    """Return the shortest time from opening to closing a trade, in seconds."""
    values = np.asarray(durations_ns, dtype=float)
    return _seconds(_extreme(values, "shortest time from opening to closing", "closed trade", np.min))


def average_duration_of_winners(pnls: Any, durations_ns: Any) -> Measure:
    """Return the mean time from opening to closing the trades that won, in seconds."""
    chosen = np.asarray(durations_ns, dtype=float)[np.asarray(pnls, dtype=float) > 0.0]
    return _seconds(_mean(chosen, "mean time from opening to closing of trades with PnL > 0", "winning trade"))


def average_duration_of_losers(pnls: Any, durations_ns: Any) -> Measure:
    """Return the mean time from opening to closing the trades that lost, in seconds."""
    chosen = np.asarray(durations_ns, dtype=float)[np.asarray(pnls, dtype=float) < 0.0]
    return _seconds(_mean(chosen, "mean time from opening to closing of trades with PnL < 0", "losing trade"))


def long_ratio(is_long: Sequence[bool]) -> Measure:
    """Return the part of all trades that were opened by buying."""
    return _mean(np.asarray(is_long, dtype=float), "trades opened by a buy / all closed trades", "closed trade")


def _mean(values: np.ndarray, convention: str, what: str) -> Measure:
    if not len(values):
        return needs(1, 0, what, convention)
    return Measure(float(values.mean()), len(values), convention)


def _extreme(values: np.ndarray, convention: str, what: str, choose: Callable[[np.ndarray], Any]) -> Measure:
    if not len(values):
        return needs(1, 0, what, convention)
    return Measure(float(choose(values)), len(values), convention)


def _known(values: Any) -> np.ndarray:
    """Return the excursions that were recorded."""
    found = np.asarray(values, dtype=float)
    return found[~np.isnan(found)]


def _seconds(measure: Measure) -> Measure:
    value = None if measure.value is None else measure.value / 1e9
    return Measure(value, measure.count, measure.convention, measure.why)


def _longest(flags: np.ndarray) -> float:
    breaks = np.flatnonzero(~np.concatenate([[False], flags, [False]]))
    return float(np.diff(breaks).max() - 1)
