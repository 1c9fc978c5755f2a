from decimal import Decimal
from typing import Any

from nautilus_lite.backtest.venue.desk import VenueDesk
from nautilus_lite.cache.cache import Cache
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.model.identifiers import AccountId, Venue
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.portfolio.portfolio import Portfolio

class LiquidationDesk(VenueDesk):
    @property
    def ratio(self) -> Decimal: ...
    @property
    def cancels(self) -> bool: ...
    @property
    def interval_ns(self) -> int: ...
    @property
    def calls(self) -> list[tuple[int, Currency, Money, Money]]: ...
    def __init__(
        self,
        venue: Venue,
        account_id: AccountId,
        exec_engine: ExecutionEngine,
        cache: Cache,
        ids: UUIDFactory,
        engines: dict[Any, Any],
        portfolio: Portfolio,
        ratio: Any,
        cancels: bool,
        interval_ns: int,
    ) -> None: ...

def loss(item: tuple[Any, ...]) -> Any: ...
