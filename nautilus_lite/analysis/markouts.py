"""The middle of the market after each fill, as a run leaves it behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

HORIZONS_SECS = (1, 5, 60)
"""Seconds after a fill at which the middle of its instrument is noted."""

MID_COLUMNS = tuple(f"mid_{seconds}s" for seconds in HORIZONS_SECS)
"""Names of the columns of reports, one a horizon."""


@dataclass(frozen=True)
class FillMids:
    """The middle of the venue's market at fixed times after each fill.

    Parameters
    ----------
    trade_ids : list of TradeId
        One a fill, in the order in which the venue filled.
    mids : ndarray of float64, shape (n_fills, 3)
        In price units, 1, 5 and 60 seconds after the fill: after every row of that time, as samples of the equity are.
        NaN where a side of the book was empty, or the data ended first.
    """

    trade_ids: list[Any]
    mids: np.ndarray

    @classmethod
    def none(cls) -> FillMids:
        """Return the middles of a run without fills."""
        return cls([], np.empty((0, len(HORIZONS_SECS))))

    def of(self, fills: Sequence[Any]) -> np.ndarray:
        """Return the middles after some fills.

        Parameters
        ----------
        fills : sequence of OrderFilled

        Returns
        -------
        ndarray of float64, shape (len(fills), 3)
            NaN for fills of which nothing was noted: a settlement by the venue is no trade.
        """
        rows = {trade_id: row for row, trade_id in enumerate(self.trade_ids)}
        found = np.array([rows.get(fill.trade_id, -1) for fill in fills], dtype=np.int64)
        # One more row, the last, for the unknown
        return np.vstack([self.mids, np.full((1, len(HORIZONS_SECS)), np.nan)])[found]
