"""Names of the bus topics that carry data."""

from __future__ import annotations

from collections.abc import Callable

from nautilus_lite.model.data import (
    BarType,
    DataType,
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)
from nautilus_lite.model.identifiers import InstrumentId, Venue


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


def custom_topic(data_type: DataType | type, instrument_id: InstrumentId | None = None) -> str:
    """Return the topic on which custom data is published: of its class, and its metadata or else its instrument.

    The colon ends the name of the class, so that no class is mistaken for one whose name begins alike.
    """
    if isinstance(data_type, DataType) and data_type.metadata:
        name, _, rest = data_type.topic.partition(".")
        return f"data.{name}:{rest}"
    cls = data_type.type if isinstance(data_type, DataType) else data_type
    return f"data.{cls.__name__}:{instrument_id or ''}"


def custom_pattern(data_type: DataType | type, instrument_id: InstrumentId | None = None) -> str:
    """Return the pattern of those who subscribe to custom data: all of a class where nothing narrows it."""
    topic = custom_topic(data_type, instrument_id)
    return topic + "*" if topic.endswith(":") else topic


def signal_topic(name: str) -> str:
    """Return the topic of a signal, or the pattern of all where the name is empty."""
    return f"data.signal.{name.title() or '*'}"


def instrument_topic(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's definitions."""
    return f"data.instrument.{instrument_id.venue}.{instrument_id.symbol}"


def instruments_pattern(venue: Venue) -> str:
    """Return the pattern of the definitions of all instruments of a venue."""
    return f"data.instrument.{venue}.*"


TOPIC_OF_UPDATE: dict[type, Callable[[InstrumentId], str]] = {
    InstrumentStatus: status_topic,
    InstrumentClose: close_topic,
    MarkPriceUpdate: mark_prices_topic,
    IndexPriceUpdate: index_prices_topic,
    FundingRateUpdate: funding_rates_topic,
}
