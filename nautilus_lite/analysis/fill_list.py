"""What the fills of a run add up to: traded notional, makers and takers, fees and rebates. Money adds up as integers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nautilus_lite.analysis.fill_sums import sum_fills
from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.model.objects import Money


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
    n_fills, n_maker, notional, received, rest = sum_fills(orders, instruments, currency)
    totals = FillTotals(n_fills, n_maker, notional=notional)
    for held, (raw, count) in received.items():
        totals.rebates[held], totals.n_rebated[held] = raw, count
    for fill in rest:
        size = notional_raw(fill, instruments.get(fill.instrument_id), currency, rates)
        if size is None:
            totals.n_unvalued += 1
        else:
            totals.notional += size
    return totals


def notional_raw(fill: Any, instrument: Any | None, currency: Any, rates: RateTable) -> int | None:
    """Return the size of a fill in minor units of a currency, zero or more; None where it is not known.

    Parameters
    ----------
    fill : OrderFilled
    instrument : Instrument, optional
    currency : Currency
    rates : RateTable
    """
    if instrument is None:
        return None
    size = instrument.notional_value(fill.last_qty, fill.last_px)
    if size.currency == currency:
        return abs(size.raw)
    if not instrument.is_inverse and instrument.base_currency == currency:
        # Of a pair that is quoted in another currency the quantity itself is the size
        return Money(fill.last_qty.as_decimal() * instrument.multiplier.as_decimal(), currency).raw
    rate = rates.at(size.currency, fill.ts_event)
    if math.isnan(rate):
        return None
    return round(abs(size.raw) / 10**size.currency.precision * rate * 10**currency.precision)
