"""Configuration of the cache."""

from nautilus_lite.common.config import NautilusConfig
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

    """

    tick_capacity: int = 10_000
    bar_capacity: int = 10_000

    def __post_init__(self) -> None:
        for name in ("tick_capacity", "bar_capacity"):
            if getattr(self, name) <= 0:
                raise InvalidConfiguration(f"invalid `{name}`, must be > 0, was {getattr(self, name)}")
