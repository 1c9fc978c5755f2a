from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.model.objects import Quantity
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy

class CompiledMarketMaker(Strategy):
    def __init__(
        self, instrument_id: InstrumentId, quantity: Quantity, interval_ns: int, config: StrategyConfig | None = None
    ) -> None: ...
    def look(self, event: object) -> None: ...
