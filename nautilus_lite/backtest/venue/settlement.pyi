from typing import Any

from nautilus_lite.backtest.venue.desk import VenueDesk
from nautilus_lite.cache.cache import Cache
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.model.identifiers import AccountId, InstrumentId, Venue

FALLBACKS: tuple[str, ...]

class SettlementDesk(VenueDesk):
    @property
    def prices(self) -> dict[InstrumentId, Any]: ...
    @property
    def fallback(self) -> str: ...
    def __init__(
        self,
        venue: Venue,
        account_id: AccountId,
        exec_engine: ExecutionEngine,
        cache: Cache,
        ids: UUIDFactory,
        engines: dict[Any, Any],
        prices: dict[InstrumentId, Any] | None = ...,
        fallback: str = ...,
    ) -> None: ...

def first(pair: tuple[Any, ...]) -> Any: ...
