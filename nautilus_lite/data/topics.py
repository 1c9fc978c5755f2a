"""Names of the bus topics that carry data."""

from __future__ import annotations

from nautilus_lite.model.data import BarType
from nautilus_lite.model.identifiers import InstrumentId


def quotes_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's quotes."""
    return f"data.quotes.{instrument_id.venue}.{instrument_id.symbol}"


def trades_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's trades."""
    return f"data.trades.{instrument_id.venue}.{instrument_id.symbol}"


def bars_topic(bar_type: BarType) -> str:
    """Return the topic of a bar type."""
    return f"data.bars.{bar_type}"


def deltas_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's order book deltas."""
    return f"data.book.deltas.{instrument_id.venue}.{instrument_id.symbol}"


def depth_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's depth-10 snapshots."""
    return f"data.book.depth.{instrument_id.venue}.{instrument_id.symbol}"


def snapshots_topic(instrument_id: InstrumentId, interval_ms: int) -> str:
    """Return the topic of an instrument's book at an interval."""
    return f"data.book.snapshots.{instrument_id.venue}.{instrument_id.symbol}.{interval_ms}"


def custom_topic(data_type: type) -> str:
    """Return the topic of a class of custom data."""
    return f"data.{data_type.__name__}"
