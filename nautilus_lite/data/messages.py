"""Commands to the data engine, requests and responses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.data import BarType, DataType
from nautilus_lite.model.identifiers import ClientId, InstrumentId, Venue


class DataCommand(Struct, frozen=True, kw_only=True):
    """Base of commands: `command_id`, `ts_init` (UNIX ns) and the data client, if one is named."""

    command_id: UUID4
    ts_init: int
    client_id: ClientId | None = None

    @property
    def id(self) -> UUID4:
        """The id of the command."""
        return self.command_id


class SubscribeBars(DataCommand, frozen=True, kw_only=True):
    """Subscribe to a bar type; one that is aggregated here starts its aggregator."""

    bar_type: BarType


class UnsubscribeBars(DataCommand, frozen=True, kw_only=True):
    """End a subscription to a bar type; the last one ends its aggregator."""

    bar_type: BarType


class SubscribeInstrumentData(DataCommand, frozen=True, kw_only=True):
    """Base of subscriptions to the data of one instrument."""

    instrument_id: InstrumentId


class SubscribeInstrument(SubscribeInstrumentData, frozen=True):
    """Subscribe to the definitions of an instrument."""


class SubscribeQuoteTicks(SubscribeInstrumentData, frozen=True):
    """Subscribe to an instrument's quotes."""


class SubscribeTradeTicks(SubscribeInstrumentData, frozen=True):
    """Subscribe to an instrument's trades."""


class SubscribeInstrumentStatus(SubscribeInstrumentData, frozen=True):
    """Subscribe to the status changes of an instrument."""


class SubscribeInstrumentClose(SubscribeInstrumentData, frozen=True):
    """Subscribe to the closing prices of an instrument."""


class SubscribeMarkPrices(SubscribeInstrumentData, frozen=True):
    """Subscribe to the mark prices of an instrument."""


class SubscribeIndexPrices(SubscribeInstrumentData, frozen=True):
    """Subscribe to the index prices of an instrument."""


class SubscribeFundingRates(SubscribeInstrumentData, frozen=True):
    """Subscribe to the funding rates of an instrument."""


class SubscribeOrderBook(SubscribeInstrumentData, frozen=True, kw_only=True):
    """Subscribe to an instrument's book: deltas, depth-10 (`depth10=True`), or the book every `interval_ms`."""

    depth10: bool = False
    interval_ms: int = 0


class UnsubscribeOrderBook(SubscribeInstrumentData, frozen=True, kw_only=True):
    """End a subscription to an instrument's book at an interval."""

    interval_ms: int


class RequestData(Struct, frozen=True, kw_only=True):
    """Base of requests for past data.

    Parameters
    ----------
    start, end : int or None
        UNIX nanoseconds, inclusive; never later than the time of the request.
    limit : int
        The newest rows to keep, 0 for all.
    callback : callable or None
        Takes the `DataResponse`.
    """

    request_id: UUID4
    ts_init: int
    start: int | None = None
    end: int | None = None
    limit: int = 0
    callback: Callable[[Any], None] | None = None

    @property
    def id(self) -> UUID4:
        """The id of the request."""
        return self.request_id


class RequestQuoteTicks(RequestData, frozen=True, kw_only=True):
    """Request past quotes of an instrument."""

    instrument_id: InstrumentId


class RequestTradeTicks(RequestData, frozen=True, kw_only=True):
    """Request past trades of an instrument."""

    instrument_id: InstrumentId


class RequestBars(RequestData, frozen=True, kw_only=True):
    """Request past bars of a bar type."""

    bar_type: BarType


class RequestInstrument(RequestData, frozen=True, kw_only=True):
    """Request the definition of an instrument."""

    instrument_id: InstrumentId


class RequestInstruments(RequestData, frozen=True, kw_only=True):
    """Request the definitions of all instruments of a venue."""

    venue: Venue


class RequestCustomData(RequestData, frozen=True, kw_only=True):
    """Request past custom data: of a type, and of an instrument where one is named."""

    data_type: DataType
    instrument_id: InstrumentId | None = None


class DataResponse(Struct, frozen=True, kw_only=True):
    """The answer to a request: `data`, oldest first."""

    correlation_id: UUID4
    data: list[Any]
    ts_init: int
