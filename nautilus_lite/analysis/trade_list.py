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

from nautilus_lite.analysis.trade_columns import trade_columns
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
        columns = trade_columns(found)
        order = np.lexsort((columns["closed"], columns["is_open"])) if found else np.zeros(0, dtype=np.intp)
        ranked = [found[place] for place in order.tolist()]
        names = ("net", "gross", "currency", "opened", "closed", "durations", "is_long", "returns")
        return cls(
            positions=ranked,
            is_closed=~columns["is_open"][order],
            currencies=columns["currencies"],
            **{name: columns[name][order] for name in names},
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
    found = [getattr(position, name) for position in positions]
    return np.array([math.nan if money is None else float(money) for money in found], dtype=float)
