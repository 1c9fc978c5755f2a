"""What the fills of a run add up to: traded notional, makers and takers, fees and rebates. Money adds up as integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nautilus_lite.analysis.fill_sums import sum_fills
from nautilus_lite.analysis.rates import RateTable


@dataclass(slots=True)
class FillTotals:
    """Totals over all fills.

    Parameters
    ----------
    n_fills, n_maker : int
    rebates : dict of Currency to int
        Minor units received, zero or more.
    n_rebated : dict of Currency to int
        Fills with a rebate.
    notional : int
        Minor units of the reporting currency.
    n_unvalued : int
        Fills whose size is not known in the reporting currency.
    """

    n_fills: int = 0
    n_maker: int = 0
    rebates: dict[Any, int] = field(default_factory=dict)
    n_rebated: dict[Any, int] = field(default_factory=dict)
    notional: int = 0
    n_unvalued: int = 0


def add_up(orders: Iterable[Any], instruments: Mapping[Any, Any], currency: Any, rates: RateTable) -> FillTotals:
    """Return the totals of all fills.

    Parameters
    ----------
    orders : iterable of Order
    instruments : mapping of InstrumentId to Instrument
    currency : Currency
        In which the notional adds up.
    rates : RateTable
    """
    n_fills, n_maker, notional, received, others, n_unvalued = sum_fills(orders, instruments, currency)
    totals = FillTotals(n_fills, n_maker, notional=notional, n_unvalued=n_unvalued)
    for held, (raw, count) in received.items():
        totals.rebates[held], totals.n_rebated[held] = raw, count
    for held, (raws, times) in others.items():
        found = rates.at(held, np.array(times, dtype=np.int64))
        known = ~np.isnan(found)
        worth = np.array(raws, dtype=np.int64)[known] / 10.0**held.precision * found[known]
        totals.notional += int(np.rint(worth * 10.0**currency.precision).sum())
        totals.n_unvalued += int((~known).sum())
    return totals
