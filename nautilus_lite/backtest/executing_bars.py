"""Which bars execute."""

from __future__ import annotations

from typing import Any

from nautilus_lite.backtest.bar_rules import bar_length
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.cache.market import Market
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import BookType, PriceType
from nautilus_lite.model.identifiers import Venue

TICKS = ("quote", "trade")


def bars_that_execute(
    streams: list[RowStream], venues: dict[Venue, dict[str, Any]], market: Market | None = None
) -> list[tuple[RowStream, bool]]:
    """Choose the bars whose path moves the L1 book.

    Bars execute only where an instrument has no quotes or trades, which are finer; of several bar types the finest does.
    Bid and ask bars execute as a pair.

    Parameters
    ----------
    streams : list of RowStream
    venues : dict of Venue to dict
        Their settings.
    market : Market, optional
        What earlier chunks of a streaming run left: ticks that were there count as well.

    Returns
    -------
    list of (RowStream, bool)
        The streams, and whether each is half of a bid and ask pair.

    Raises
    ------
    InvalidConfiguration
        If only one of bid and ask bars is there to execute.
    """
    kinds = _kinds(streams)
    for state in market.states if market is not None else ():
        if state.quote_count or state.trade_count:
            kinds.setdefault(state.id, set()).update(TICKS)
    candidates: dict[Any, list[RowStream]] = {}
    for stream in streams:
        if stream.kind_name != "bar":
            continue
        instrument_id = stream.identifier.instrument_id
        settings = venues.get(instrument_id.venue)
        if settings is None or not settings["bar_execution"] or settings["book_type"] != BookType.L1_MBP:
            continue
        if stream.identifier.is_externally_aggregated() and not kinds[instrument_id].intersection(TICKS):
            candidates.setdefault(instrument_id, []).append(stream)
    chosen: list[tuple[RowStream, bool]] = []
    for instrument_id, bars in candidates.items():
        finest = min(_width(bar) for bar in bars)
        bars = [bar for bar in bars if _width(bar) == finest]
        by_price = {bar.identifier.spec.price_type: bar for bar in bars}
        single = by_price.get(PriceType.LAST) or by_price.get(PriceType.MID)
        if PriceType.BID in by_price and PriceType.ASK in by_price:
            chosen += [(bar, True) for bar in bars if bar.identifier.spec.price_type in (PriceType.BID, PriceType.ASK)]
        elif single is not None:
            chosen += [(bar, False) for bar in bars if bar.identifier == single.identifier]
        else:
            raise InvalidConfiguration(
                f"`{bars[0].identifier}` alone cannot execute orders in `{instrument_id}`: bid bars need ask bars of the same "
                "size; add them, add LAST bars, or set `bar_execution=False`"
            )
    return chosen


def _kinds(streams: list[RowStream]) -> dict[Any, set[str]]:
    kinds: dict[Any, set[str]] = {}
    for stream in streams:
        if stream.kind_name == "object":
            continue
        instrument_id = stream.identifier.instrument_id if stream.kind_name == "bar" else stream.identifier
        kinds.setdefault(instrument_id, set()).add(stream.kind_name)
    return kinds


def _width(stream: RowStream) -> float:
    return bar_length(stream.identifier.spec) or float("inf")
