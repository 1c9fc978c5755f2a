"""When a venue matched nothing while an order waited, by the status of the instrument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.model.data import InstrumentStatus
from nautilus_lite.model.enums import MarketStatusAction

MATCHES = (MarketStatusAction.TRADING, MarketStatusAction.PRE_CLOSE)
KEEPS = (
    MarketStatusAction.NONE,
    MarketStatusAction.NEW_PRICE_INDICATION,
    MarketStatusAction.SHORT_SELL_RESTRICTION_CHANGE,
)


@dataclass(frozen=True)
class Pause:
    """A stretch of time in which nothing was matched: the status, and from when until when (UNIX nanoseconds)."""

    status: str
    start: int
    end: int


def statuses_of(streams: list[RowStream], instrument_id: Any, by_event: bool) -> list[tuple[int, MarketStatusAction]]:
    """Return when which status reached the venue, in order of time.

    Parameters
    ----------
    streams : list of RowStream
        All streams of the run.
    instrument_id : InstrumentId
    by_event : bool
        The venue acts at `ts_event`, else at `ts_init`.
    """
    found = []
    for stream in streams:
        if stream.identifier != (InstrumentStatus, instrument_id):
            continue
        for rows, _ in stream.source():
            objects = stream.objects or []
            for at in rows["index"].tolist():
                status = objects[at]
                found.append((int(status.ts_event if by_event else status.ts_init), status.action))
    return sorted(found, key=lambda pair: pair[0])


def pauses_in(statuses: list[tuple[int, MarketStatusAction]], start: int, end: int) -> tuple[Pause, ...]:
    """Return what of a stretch of time (ns) passed without matching."""
    found: list[Pause] = []
    told = [pair for pair in statuses if pair[1] not in KEEPS]
    for i, (ts, action) in enumerate(told):
        until = told[i + 1][0] if i + 1 < len(told) else end
        if action not in MATCHES and ts <= end and until >= start:
            found.append(Pause(str(action.name), max(ts, start), min(until, end)))
    return tuple(found)
