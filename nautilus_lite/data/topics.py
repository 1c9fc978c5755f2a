"""Names of the bus topics that carry data."""

from __future__ import annotations

from collections.abc import Callable

from nautilus_lite.model.data import (
    BarType,
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)
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


def status_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of the status changes of an instrument."""
    return f"data.status.{instrument_id.venue}.{instrument_id.symbol}"


def close_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of the closing prices of an instrument."""
    return f"data.close.{instrument_id.venue}.{instrument_id.symbol}"


def mark_prices_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of the mark prices of an instrument."""
    return f"data.mark_prices.{instrument_id.venue}.{instrument_id.symbol}"


def index_prices_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of the index prices of an instrument."""
    return f"data.index_prices.{instrument_id.venue}.{instrument_id.symbol}"


def funding_rates_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of the funding rates of an instrument."""
    return f"data.funding_rates.{instrument_id.venue}.{instrument_id.symbol}"


def custom_topic(data_type: type) -> str:
    """Return the topic of a class of custom data."""
    return f"data.{data_type.__name__}"


TOPIC_OF_UPDATE: dict[type, Callable[[InstrumentId], str]] = {
    InstrumentStatus: status_topic,
    InstrumentClose: close_topic,
    MarkPriceUpdate: mark_prices_topic,
    IndexPriceUpdate: index_prices_topic,
    FundingRateUpdate: funding_rates_topic,
}
