from typing import Any

from nautilus_lite.cache.cache import Cache
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.model.identifiers import AccountId, Venue

class VenueDesk:
    @property
    def venue(self) -> Venue: ...
    @property
    def account_id(self) -> AccountId: ...
    def __init__(
        self,
        venue: Venue,
        account_id: AccountId,
        exec_engine: ExecutionEngine,
        cache: Cache,
        ids: UUIDFactory,
        engines: dict[Any, Any],
    ) -> None: ...
    @property
    def next_due(self) -> int | None: ...
    def reset(self) -> None: ...
