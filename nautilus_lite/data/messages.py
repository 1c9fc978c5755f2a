"""Commands to the data engine, requests and responses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.data import BarType, DataType
from nautilus_lite.model.identifiers import ClientId, InstrumentId, Venue


@dataclass(frozen=True, kw_only=True)
class DataCommand:
    """Base of commands: `command_id`, `ts_init` (UNIX ns) and the data client, if one is named."""

    command_id: UUID4
    ts_init: int
    client_id: ClientId | None = None

    @property
    def id(self) -> UUID4:
        """The id of the command."""
        return self.command_id


@dataclass(frozen=True, kw_only=True)
class SubscribeBars(DataCommand):
    """Subscribe to a bar type; one that is aggregated here starts its aggregator."""

    bar_type: BarType


@dataclass(frozen=True, kw_only=True)
class UnsubscribeBars(DataCommand):
    """End a subscription to a bar type; the last one ends its aggregator."""

    bar_type: BarType


@dataclass(frozen=True, kw_only=True)
class SubscribeInstrumentData(DataCommand):
    """Base of subscriptions to the data of one instrument."""

    instrument_id: InstrumentId


class SubscribeInstrument(SubscribeInstrumentData):
    """Subscribe to the definitions of an instrument."""


class SubscribeQuoteTicks(SubscribeInstrumentData):
    """Subscribe to an instrument's quotes."""


class SubscribeTradeTicks(SubscribeInstrumentData):
    """Subscribe to an instrument's trades."""


class SubscribeInstrumentStatus(SubscribeInstrumentData):
    """Subscribe to the status changes of an instrument."""


class SubscribeInstrumentClose(SubscribeInstrumentData):
    """Subscribe to the closing prices of an instrument."""


class SubscribeMarkPrices(SubscribeInstrumentData):
    """Subscribe to the mark prices of an instrument."""


class SubscribeIndexPrices(SubscribeInstrumentData):
    """Subscribe to the index prices of an instrument."""


class SubscribeFundingRates(SubscribeInstrumentData):
    """Subscribe to the funding rates of an instrument."""


@dataclass(frozen=True, kw_only=True)
class SubscribeOrderBook(SubscribeInstrumentData):
    """Subscribe to an instrument's book: deltas, depth-10 (`depth10=True`), or the book every `interval_ms`."""

    depth10: bool = False
    interval_ms: int = 0


@dataclass(frozen=True, kw_only=True)
class UnsubscribeOrderBook(SubscribeInstrumentData):
    """End a subscription to an instrument's book at an interval."""

    interval_ms: int


@dataclass(frozen=True, kw_only=True)
class RequestData:
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


@dataclass(frozen=True, kw_only=True)
class RequestQuoteTicks(RequestData):
    """Request past quotes of an instrument."""

    instrument_id: InstrumentId


@dataclass(frozen=True, kw_only=True)
class RequestTradeTicks(RequestData):
    """Request past trades of an instrument."""

    instrument_id: InstrumentId


@dataclass(frozen=True, kw_only=True)
class RequestBars(RequestData):
    """Request past bars of a bar type."""

    bar_type: BarType


@dataclass(frozen=True, kw_only=True)
class RequestInstrument(RequestData):
    """Request the definition of an instrument."""

    instrument_id: InstrumentId


@dataclass(frozen=True, kw_only=True)
class RequestInstruments(RequestData):
    """Request the definitions of all instruments of a venue."""

    venue: Venue


@dataclass(frozen=True, kw_only=True)
class RequestCustomData(RequestData):
    """Request past custom data: of a type, and of an instrument where one is named."""

    data_type: DataType
    instrument_id: InstrumentId | None = None


@dataclass(frozen=True, kw_only=True)
class DataResponse:
    """The answer to a request: `data`, oldest first."""

    correlation_id: UUID4
    data: list[Any]
    ts_init: int
