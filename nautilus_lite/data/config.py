"""Configuration of the data engine."""

from typing import Any

from nautilus_lite.common.config import NautilusConfig, refuse_changes
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.identifiers import ClientId

INTERVAL_TYPES = ("left-open", "right-open")


class DataEngineConfig(NautilusConfig, frozen=True):
    """
    Configuration of the data engine.

    Parameters
    ----------
    time_bars_interval_type : {'left-open', 'right-open'}, default 'left-open'
        With 'right-open' a time bar's `ts_event` is its open.
    time_bars_timestamp_on_close : bool, default True
        If `ts_event` of a left-open time bar is its close; else its open.
    time_bars_skip_first_non_full_bar : bool, default False
        If a bar whose interval began before the subscription is left out.
    time_bars_build_with_no_updates : bool, default True
        If an interval without updates makes a bar at the last close with volume 0.
    debug : bool, default False
        If every command is logged at debug level.
    buffer_deltas, validate_data_sequence, external_clients
        Accepted for compatibility: deltas come in batches and data must be sorted whatever they say.
    time_bars_origin_offset, time_bars_build_delay, emit_quotes_from_book, emit_quotes_from_book_depths
        Not supported, which is what their defaults say.

    """

    time_bars_interval_type: str = "left-open"
    time_bars_timestamp_on_close: bool = True
    time_bars_skip_first_non_full_bar: bool = False
    time_bars_build_with_no_updates: bool = True
    debug: bool = False
    time_bars_origin_offset: dict[Any, Any] | None = None
    time_bars_build_delay: int = 0
    validate_data_sequence: bool = False
    buffer_deltas: bool = False
    emit_quotes_from_book: bool = False
    emit_quotes_from_book_depths: bool = False
    external_clients: list[ClientId] | None = None

    def __post_init__(self) -> None:
        refuse_changes(
            self, "time_bars_origin_offset", "time_bars_build_delay", "emit_quotes_from_book", "emit_quotes_from_book_depths"
        )
        if self.time_bars_interval_type not in INTERVAL_TYPES:
            raise InvalidConfiguration(
                f"invalid `time_bars_interval_type`, must be one of {INTERVAL_TYPES}, was {self.time_bars_interval_type!r}"
            )
