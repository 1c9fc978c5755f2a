"""Trades of a run by strategy, instrument, side, month, hour or weekday.

Amounts add up as integers, so that the rows of a breakdown sum to the run's total exactly, whatever it is broken by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.days import weekdays
from nautilus_lite.analysis.trade_list import TradeList

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

KEYS = ("strategy", "instrument", "side", "month", "hour", "weekday")
"""What trades can be broken down by."""

_HOUR_NS = 3600 * 10**9
_DAY_NS = 24 * _HOUR_NS
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def breakdown(positions: Iterable[Any], by: str) -> pd.DataFrame:
    """Return trades, win rate and profit by a key and by settlement currency.

    Parameters
    ----------
    positions : iterable of Position
        Closed positions and netting cycles, and positions still open.
    by : {'strategy', 'instrument', 'side', 'month', 'hour', 'weekday'}
        `side` is that of the entry, `LONG` or `SHORT`; months, hours (0 to 23) and weekdays are those of the closing in
        UTC, and of the last fill where a position is still open.

    Returns
    -------
    DataFrame
        Indexed by the key and `currency`, sorted. `trades` counts closed ones, flat to flat, `open` the positions still
        open, `wins` and `losses` the closed trades above and below zero after fees (int64); `win_rate` is wins over trades;
        `gross_pnl`, `fees` (rebates are negative) and `net_pnl` (gross less fees) are amounts in the currency that include
        what open positions realised so far; `profit_factor` and `average_trade` look at closed trades after fees. Ratios
        without a trade, or without a loss, are NaN. Fees in another currency than that of settlement have a row of
        their own with no trades. Funding is apart, as no part of a trade.

    Raises
    ------
    ValueError
        If `by` is none of them.
    """
    import pandas as pd

    if by not in KEYS:
        raise ValueError(f"`by` must be one of {', '.join(KEYS)}, was {by!r}")
    trades = TradeList.of(positions)
    keys, labels = _keys(trades, by)
    table: dict[tuple[int, str], _Row] = {}
    digits: dict[str, int] = {}
    columns_of = (keys, trades.currency, trades.is_closed, trades.net, trades.gross)
    rows = zip(*(column.tolist() for column in columns_of), strict=True)
    codes = [currency.code for currency in trades.currencies]
    for currency in trades.currencies:
        digits[currency.code] = currency.precision
    for key, at, is_closed, net, gross in rows:
        _row(table, key, codes[at]).add(is_closed, net, gross)
    for key, position, at in zip(keys.tolist(), trades.positions, trades.currency.tolist(), strict=True):
        for money in position.commissions():
            if money.currency.code != codes[at]:
                digits[money.currency.code] = money.currency.precision
                _row(table, key, money.currency.code).fees += money.raw
    found = sorted(table)
    scale = np.array([10.0 ** digits[code] for _, code in found])
    closed = np.array([table[place].trades for place in found], dtype=np.int64)
    frame = {name: np.array([getattr(table[place], name) for place in found], dtype=np.int64) for name in _Row.__slots__}
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            "trades": closed,
            "open": frame["open"],
            "wins": frame["wins"],
            "losses": frame["losses"],
            "win_rate": np.where(closed > 0, frame["wins"] / closed, np.nan),
            "gross_pnl": frame["gross"] / scale,
            "fees": frame["fees"] / scale,
            "net_pnl": (frame["gross"] - frame["fees"]) / scale,
            "profit_factor": np.where(frame["lost"] > 0, frame["won"] / frame["lost"], np.nan),
            "average_trade": np.where(closed > 0, (frame["won"] - frame["lost"]) / closed / scale, np.nan),
        }
    index = pd.MultiIndex.from_arrays(
        [pd.Index([labels[key] for key, _ in found], dtype=_dtype(by)), pd.Index([code for _, code in found], dtype="string")],
        names=[by, "currency"],
    )
    return pd.DataFrame(columns, index=index)


class _Row:
    """What the trades of one key in one currency add up to, in minor units."""

    __slots__ = ("fees", "gross", "losses", "lost", "open", "trades", "wins", "won")

    def __init__(self) -> None:
        self.trades = self.open = self.wins = self.losses = self.gross = self.fees = self.won = self.lost = 0

    def add(self, is_closed: bool, net: int, gross: int) -> None:
        self.gross += gross
        self.fees += gross - net
        if not is_closed:
            self.open += 1
            return
        self.trades += 1
        if net > 0:
            self.wins += 1
            self.won += net
        elif net < 0:
            self.losses += 1
            self.lost -= net


def _row(table: dict[tuple[int, str], _Row], key: int, code: str) -> _Row:
    return table.setdefault((key, code), _Row())


def _keys(trades: TradeList, by: str) -> tuple[np.ndarray, list[Any]]:
    """Return the key of each trade as a place in the sorted labels, and the labels."""
    if by == "hour":
        return trades.closed // _HOUR_NS % 24, list(range(24))
    if by == "weekday":
        return weekdays(trades.closed // _DAY_NS), list(_WEEKDAYS)
    if by == "side":
        return np.where(trades.is_long, 0, 1), ["LONG", "SHORT"]
    if by == "month":
        months = trades.closed.astype("M8[ns]").astype("M8[M]")
        labels, keys = np.unique(months, return_inverse=True)
        return keys, [str(label) for label in labels]
    attribute = f"{by}_id"
    found = [str(getattr(position, attribute)) for position in trades.positions]
    names = sorted(set(found))
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[name] for name in found], dtype=np.int64), names


def _dtype(by: str) -> str:
    return "int64" if by == "hour" else "string"
