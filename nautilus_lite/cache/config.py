"""Configuration of the cache."""

from typing import Any

from nautilus_lite.common.config import NautilusConfig, refuse_changes
from nautilus_lite.errors import InvalidConfiguration


class CacheConfig(NautilusConfig, frozen=True):
    """
    Configuration of the cache.

    Parameters
    ----------
    tick_capacity : int, default 10_000
        The most recent quotes and trades kept, for each instrument.
    bar_capacity : int, default 10_000
        The most recent bars kept, for each bar type.
    database
        None: there is no database behind the cache.
    encoding, timestamps_as_iso8601, persist_account_events, buffer_interval_ms, bulk_read_batch_size, use_trader_prefix, \
use_instance_id, flush_on_start, drop_instruments_on_reset
        Accepted for compatibility; they concern the database.

    """

    tick_capacity: int = 10_000
    bar_capacity: int = 10_000
    database: Any = None
    encoding: str = "msgpack"
    timestamps_as_iso8601: bool = False
    persist_account_events: bool = True
    buffer_interval_ms: int | None = None
    bulk_read_batch_size: int | None = None
    use_trader_prefix: bool = True
    use_instance_id: bool = False
    flush_on_start: bool = False
    drop_instruments_on_reset: bool = True

    def __post_init__(self) -> None:
        refuse_changes(self, "database")
        for name in ("tick_capacity", "bar_capacity"):
            if getattr(self, name) <= 0:
                raise InvalidConfiguration(f"invalid `{name}`, must be > 0, was {getattr(self, name)}")
