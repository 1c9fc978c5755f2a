"""Bars stamped at their open, found by the evidence that `stamps` weighs."""

from __future__ import annotations

import numpy as np

from nautilus_lite.backtest.checks import ERROR, WARNING
from nautilus_lite.backtest.preflight.report import Finding
from nautilus_lite.backtest.preflight.scan import Looked, when
from nautilus_lite.backtest.preflight.stamps import Evidence, bar_votes, edge_votes, tick_votes, weekday_votes
from nautilus_lite.model.enums import PriceType

FIELDS = {PriceType.BID: "bid", PriceType.ASK: "ask", PriceType.MID: "mid", PriceType.LAST: "mid"}


def stamp_findings(looked: list[Looked]) -> list[Finding]:
    """Return the bars that carry the time of their open."""
    found = []
    for one in looked:
        if one.interval_ns and len(one.rows) and np.median(one.rows["ts_init"] - one.rows["ts_event"]) == 0:
            found += _findings_of(one, looked)
    return found


def _findings_of(one: Looked, looked: list[Looked]) -> list[Finding]:
    evidence = [item for item in _evidence(one, looked) if item.n_open or item.n_close]
    for_open = [item for item in evidence if item.says_open]
    # Whoever speaks for the close clears the bars; prices weigh more than the calendar, but they must not contradict it
    if not for_open or any(item.n_close > item.n_open for item in evidence):
        return []
    sure = any(item.is_sure for item in for_open)
    told = "; ".join(f"{item.text} ({item.n_open} for, {item.n_close} against)" for item in for_open)
    verb = "carry" if sure else "seem to carry"
    message = f"bars {verb} the time of their open, so that strategies see each before it is over: {told}"
    remedy = "Add the length of a bar to `ts_event` and `ts_init`"
    severity = ERROR if sure else WARNING
    first = when(one.rows["ts_init"][0])
    return [Finding("bars_at_open", severity, str(one.stream.identifier), message, remedy, len(one.rows), first)]


def _evidence(one: Looked, looked: list[Looked]) -> list[Evidence]:
    stamps = one.rows["ts_init"].astype(np.int64)
    found = [edge_votes(stamps, one.interval_ns, one.seams), weekday_votes(stamps, one.interval_ns)]
    price_type = _price_type(one)
    same = [other for other in looked if other.instrument.id == one.instrument.id and other is not one]
    for other in same:
        if other.kind == "trade" and price_type == PriceType.LAST:
            found.append(tick_votes(one.rows, one.interval_ns, other.source, "price"))
        elif other.kind == "quote":
            found.append(tick_votes(one.rows, one.interval_ns, other.source, FIELDS[price_type]))
        elif other.interval_ns not in (0, one.interval_ns) and len(other.rows) and _price_type(other) == price_type:
            found.append(bar_votes(one.rows, one.interval_ns, other.rows, other.interval_ns))
    return found


def _price_type(one: Looked) -> PriceType:
    return PriceType(one.stream.identifier.spec.price_type)
