from typing import Any

from nautilus_lite.backtest.modules import SimulationModule
from nautilus_lite.backtest.venue.funding import FundingDesk
from nautilus_lite.backtest.venue.liquidation import LiquidationDesk
from nautilus_lite.backtest.venue.settlement import SettlementDesk

class VenueEvents:
    @property
    def funding(self) -> FundingDesk: ...
    @property
    def settlement(self) -> SettlementDesk: ...
    @property
    def liquidation(self) -> LiquidationDesk | None: ...
    @property
    def modules(self) -> tuple[SimulationModule, ...]: ...
    def __init__(
        self,
        engines: dict[Any, Any],
        funding: FundingDesk,
        settlement: SettlementDesk,
        liquidation: LiquidationDesk | None,
        modules: list[SimulationModule],
    ) -> None: ...
    def reset(self) -> None: ...
