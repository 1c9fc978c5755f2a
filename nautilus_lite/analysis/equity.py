"""Mark-to-market equity as pandas series, and the returns that every ratio derives from.

One definition: equity is what the accounts would be worth if every open position were closed at the last price,
sampled on a fixed grid from the opening balance to the end of the run. A timestamp is an instant, so a sample at
midnight is the close of the day that ends there. Amounts are integers of minor units up to here; floats begin here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.days import DAY_NS, SATURDAY, DayBoundary, weekdays

if TYPE_CHECKING:
    import pandas as pd

BUSINESS_DAYS = 252
"""Observations per year where nothing changes on Saturdays: the usual count of trading days of an exchange."""
CALENDAR_DAYS = 365
"""Observations per year where Saturdays trade too."""



def total_equity(samples: np.ndarray, slots: Sequence[tuple[Any, Any]], currency: Any | None, reporting: Any) -> pd.Series:
    """Return equity over time, the opening balance first.

    Parameters
    ----------
    samples : ndarray
        Structured, in order of time: `ts` (UNIX ns), `slot` (index into `slots`), `equity` (minor units of the slot's
        currency), `rate` (reporting currency per unit, NaN where none was known).
    slots : sequence of (AccountId, Currency)
        What each slot stands for. A slot counts as zero before its first sample.
    currency : Currency or str, optional
        One currency alone, in its own units; None converts everything.
    reporting : Currency or str
        The currency of the total.

    Returns
    -------
    Series
        Of float, indexed by UTC time, named as `equity USD`. NaN where a slot that holds something has no rate: a sum
        with a part left out would be a wrong number. Zero equity needs no rate. Where two samples have one time the
        later stands, but the very first, the opening balance, always stays.

    Raises
    ------
    KeyError
        If no account holds `currency`.
    """
    import pandas as pd

    name = str(reporting if currency is None else currency)
    chosen = [i for i, (_, held) in enumerate(slots) if currency is None or str(held) == name]
    if not chosen and slots and currency is not None:
        known = ", ".join(sorted({str(held) for _, held in slots}))
        raise KeyError(f"no account holds {name} (known: {known})")
    times, row = instants(samples)
    raws = np.zeros((len(times), len(slots)), dtype=np.int64)
    raws[row, samples["slot"]] = samples["equity"]
    rates = np.zeros((len(times), len(slots)))
    rates[row, samples["slot"]] = samples["rate"]
    return pd.Series(
        _sum_up(raws, rates, slots, chosen, name),
        index=utc_index(times),
        name=f"equity {name}",
        dtype="float64",
    )


def returns(equity: pd.Series, freq: str = "1D", opening: float | None = None) -> pd.Series:
    """Return simple returns per period.

    Parameters
    ----------
    equity : Series
        Equity indexed by UTC time; values that are NaN are passed over.
    freq : str, default '1D'
        Period as a pandas offset: `1D` is the calendar day, `1h`, `W`, `ME` and so on. Borders lie at UTC midnight.
    opening : float, optional
        Equity before the first sample; by default the first sample is the opening balance.

    Returns
    -------
    Series
        Close over previous close minus one, labelled as pandas labels the period. The first period is measured from
        the opening balance; the last is kept even if it is not complete; a period without a sample had no change. NaN
        where the previous close is not positive: no return can be measured from nothing.
    """
    closes, base = _closes(equity, freq, opening)
    return _change(closes, base)


def daily_returns(
    equity: pd.Series, days_per_year: int | None = None, opening: float | None = None, boundary: DayBoundary | None = None
) -> tuple[pd.Series, int]:
    """Return daily returns and how many of their days make a year.

    Calendar days (365) if equity moved on Saturdays, else business days (252): then Saturday and Sunday are not days
    of their own and what changes on Sunday evening, when currency markets open, belongs to Monday. Mixing the two, say
    zero returns of weekends scaled by 252, misstates every ratio.

    Parameters
    ----------
    equity : Series
        Equity indexed by UTC time.
    days_per_year : {252, 365}, optional
        The choice, where it is known better than from the data (a run that was flat on every Saturday).
    opening : float, optional
        Equity before the first sample; by default the first sample is the opening balance.
    boundary : DayBoundary, optional
        Where days end, by default at midnight UTC. Returns are labelled by their date, whatever the time zone.

    Raises
    ------
    ValueError
        If `days_per_year` is neither 252 nor 365.
    """
    if days_per_year not in (None, BUSINESS_DAYS, CALENDAR_DAYS):
        raise ValueError(f"`days_per_year` must be {BUSINESS_DAYS} or {CALENDAR_DAYS}, was {days_per_year!r}")
    border = DayBoundary() if boundary is None else boundary
    days, closes, base = day_closes(equity, opening, border)
    if days_per_year is None:
        days_per_year = CALENDAR_DAYS if _moves_on_saturdays(equity.dropna(), border) else BUSINESS_DAYS
    if days_per_year == BUSINESS_DAYS and len(closes):
        weekday = weekdays(days) < SATURDAY
        last_close = closes[weekday][-1] if weekday.any() else base
        # A run that ends on a weekend has no Monday to carry its last change: the day stands for itself
        weekday[-1] |= closes[-1] != last_close
        days, closes = days[weekday], closes[weekday]
    return _named_return(closes, base, utc_index(days.astype(np.uint64) * np.uint64(DAY_NS))), days_per_year


def utc_index(ts: Any) -> pd.DatetimeIndex:
    """Return a UTC index of UNIX nanoseconds.

    Parameters
    ----------
    ts : array-like of uint64
    """
    import pandas as pd

    return pd.DatetimeIndex(np.asarray(ts, dtype=np.uint64).astype("M8[ns]")).tz_localize("UTC")


def ns_index(series: pd.Series) -> pd.DatetimeIndex:
    """Return the times of a series in nanoseconds."""
    import pandas as pd

    return pd.DatetimeIndex(series.index).as_unit("ns")


def instants(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct times and the index of each sample's time.

    A run without length has its opening and its closing samples at one time: these stay apart.
    """
    times, row = np.unique(samples["ts"], return_inverse=True)
    again = np.flatnonzero(samples["slot"][1:] == samples["slot"][:1])
    if len(again) and samples["ts"][again[0] + 1] == samples["ts"][0]:
        row[again[0] + 1 :] += 1
        times = np.concatenate([times[:1], times])
    return times, row


def _sum_up(raws: np.ndarray, rates: np.ndarray, slots: Sequence[tuple[Any, Any]], chosen: list[int], name: str) -> np.ndarray:
    """Return the sum over slots; what is in the target currency already is added as integers."""
    total = np.zeros(len(raws))
    own = [i for i in chosen if str(slots[i][1]) == name]
    if own:
        total += raws[:, own].sum(axis=1) / 10.0 ** slots[own[0]][1].precision
    for i in chosen:
        if str(slots[i][1]) != name:
            amount = raws[:, i] / 10.0 ** slots[i][1].precision
            total += np.where(raws[:, i] == 0, 0.0, amount * rates[:, i])
    return total


def _closes(equity: pd.Series, freq: str, opening: float | None) -> tuple[pd.Series, float]:
    """Return the close of each period and the opening balance."""
    import pandas as pd

    known = equity.dropna()
    if known.empty:
        return known, math.nan if opening is None else opening
    # One nanosecond back, so that an instant at a border closes the period that ends there
    index = ns_index(known)
    shifted = index - pd.Timedelta(1, unit="ns")
    if opening is None:
        if len(known) == 1:
            return known.iloc[:0], float(known.iloc[0])
        opening = float(known.iloc[0])
        # The opening, and what happens at its very instant, belong to the period that opens
        shifted = shifted.where(index > index[0], index[0])
    closes = known.set_axis(shifted).resample(freq).last()
    # Where the last sample closes a month pandas adds an empty one after it
    return closes.loc[: closes.last_valid_index()].ffill(), opening


def day_closes(equity: pd.Series, opening: float | None, boundary: DayBoundary) -> tuple[np.ndarray, np.ndarray, float]:
    """Return every day from the first to the last, the close of each, and the opening balance."""
    known = equity.dropna()
    values, times = known.to_numpy(dtype=float), ns_index(known).asi8
    nothing = np.zeros(0, dtype=np.int64)
    if not len(values) or opening is None and len(values) == 1:
        base = math.nan if not len(values) else float(values[0])
        return nothing, np.zeros(0), base if opening is None else opening
    # One nanosecond back, so that an instant at a border closes the day that ends there
    shifted = times - 1
    if opening is None:
        opening = float(values[0])
        # The opening, and what happens at its very instant, belong to the day that opens
        shifted = np.where(times > times[0], shifted, times[0])
    found = boundary.days(shifted)
    last = np.flatnonzero(np.diff(found, append=found[-1] + 1))
    days = np.arange(found[0], found[-1] + 1)
    # A day without a sample closes as the one before
    closes = values[last][np.searchsorted(found[last], days, side="right") - 1]
    return days, closes, opening


def _moves_on_saturdays(known: pd.Series, boundary: DayBoundary) -> bool:
    """Return if equity changed on any Saturday at more than one of several samples, or at the only one.

    One change alone is the last bar of Friday: it is stamped midnight and seen at the next sample.
    """
    days = boundary.days(ns_index(known)[1:].asi8 - 1)
    changed = np.diff(known.to_numpy(dtype=float)) != 0.0
    on_saturday = weekdays(days) == SATURDAY
    _, day = np.unique(days[on_saturday], return_inverse=True)
    n_samples = np.bincount(day)
    n_changes = np.bincount(day, weights=changed[on_saturday])
    return bool((n_changes >= np.minimum(n_samples, 2)).any())


def _change(closes: pd.Series, base: float) -> pd.Series:
    return _named_return(closes.to_numpy(dtype=float), base, closes.index)


def _named_return(closes: np.ndarray, base: float, index: pd.Index) -> pd.Series:
    import pandas as pd

    previous = np.concatenate([[base], closes[:-1]])[: len(closes)]
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(previous > 0.0, closes / previous - 1.0, np.nan)
    return pd.Series(change, index=index, name="return", dtype="float64")
