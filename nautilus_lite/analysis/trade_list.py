"""The trades of a run as columns: a trade is one position from flat to flat, in order of closing.

Read once from the positions, so that every statistic and every breakdown sees the same trades in the same order.
Amounts are integers of minor units, each trade's in its settlement currency.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Currency


@dataclass(frozen=True, slots=True)
class TradeList:
    """Positions as columns of equal length.

    Parameters
    ----------
    positions : list of Position
        In order of closing; those still open come last, in order of their last fill.
    is_closed : ndarray of bool
    net, gross : ndarray of int64
        Realised profit in minor units after and before the fees in the settlement currency.
    currency : ndarray of int64
        Index into `currencies`.
    currencies : list of Currency
    opened, closed : ndarray of int64
        UNIX nanoseconds; `closed` is the last fill where the position is still open.
    durations : ndarray of int64
        Nanoseconds.
    is_long : ndarray of bool
    returns : ndarray of float
        Price change over entry price.
    mae, mfe : ndarray of float
        Lowest and highest open profit in units of the settlement currency, NaN where nobody looked.
    """

    positions: list[Any]
    is_closed: np.ndarray
    net: np.ndarray
    gross: np.ndarray
    currency: np.ndarray
    currencies: list[Currency]
    opened: np.ndarray
    closed: np.ndarray
    durations: np.ndarray
    is_long: np.ndarray
    returns: np.ndarray
    mae: np.ndarray
    mfe: np.ndarray

    @classmethod
    def of(cls, positions: Iterable[Any]) -> TradeList:
        """Return the positions as columns.

        Parameters
        ----------
        positions : iterable of Position
            Closed positions and netting cycles, and positions still open.
        """
        found = list(positions)
        closed = np.array([position.ts_closed or position.ts_last for position in found], dtype=np.int64)
        is_open = np.array([position.is_open for position in found], dtype=bool)
        order = np.lexsort((closed, is_open)) if len(found) else np.zeros(0, dtype=np.intp)
        ranked = [found[i] for i in order]
        pnls = [position.realized_pnl for position in ranked]
        places: dict[Currency, int] = {}
        return cls(
            positions=ranked,
            is_closed=~is_open[order],
            net=np.array([pnl.raw for pnl in pnls], dtype=np.int64),
            gross=np.array([position.gross_pnl.raw for position in ranked], dtype=np.int64),
            currency=np.array([places.setdefault(pnl.currency, len(places)) for pnl in pnls], dtype=np.int64),
            currencies=list(places),
            opened=np.array([position.ts_opened for position in ranked], dtype=np.int64),
            closed=closed[order],
            durations=np.array([position.duration_ns for position in ranked], dtype=np.int64),
            is_long=np.array([position.entry == OrderSide.BUY for position in ranked], dtype=bool),
            returns=np.array([position.realized_return for position in ranked], dtype=float),
            mae=_excursions(ranked, "mae"),
            mfe=_excursions(ranked, "mfe"),
        )

    def in_currency(self, code: str) -> np.ndarray:
        """Return which trades are closed and settle in a currency."""
        chosen = [i for i, currency in enumerate(self.currencies) if currency.code == code]
        return self.is_closed & np.isin(self.currency, chosen)

    def pnls(self, code: str) -> np.ndarray:
        """Return the realised profits of the closed trades that settle in a currency, in its units.

        A division by a power of ten rounds once: each is the float nearest to the exact amount.
        """
        return self.net[self.in_currency(code)] / 10.0 ** Currency.from_str(code).precision

    def others(self, code: str) -> dict[str, int]:
        """Return how many closed trades settle in each other currency."""
        counts = np.bincount(self.currency[self.is_closed], minlength=len(self.currencies))
        return {
            currency.code: int(count)
            for currency, count in zip(self.currencies, counts, strict=True)
            if count and currency.code != code
        }


def _excursions(positions: list[Any], name: str) -> np.ndarray:
    found = [getattr(position, name, None) for position in positions]
    return np.array([math.nan if money is None else float(money) for money in found], dtype=float)
