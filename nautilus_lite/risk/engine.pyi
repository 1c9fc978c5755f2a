from datetime import timedelta
from decimal import Decimal

from nautilus_lite.cache.cache import Cache
from nautilus_lite.common.clock import Clock
from nautilus_lite.common.component import Component
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.execution.messages import TradingCommand
from nautilus_lite.model.enums import TradingState
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.portfolio.portfolio import Portfolio
from nautilus_lite.risk.config import RiskEngineConfig

class RiskEngine(Component):
    def __init__(
        self,
        msgbus: MessageBus,
        cache: Cache,
        clock: Clock,
        portfolio: Portfolio,
        exec_engine: ExecutionEngine,
        ids: UUIDFactory,
        config: RiskEngineConfig | None = None,
    ) -> None: ...
    @property
    def is_bypassed(self) -> bool: ...
    @property
    def command_count(self) -> int: ...
    @property
    def denied_count(self) -> int: ...
    @property
    def trading_state(self) -> TradingState: ...
    def set_trading_state(self, state: TradingState) -> None: ...
    def set_max_notional_per_order(
        self,
        instrument_id: InstrumentId,
        new_value: Decimal | int | str | None,
    ) -> None: ...
    def max_notional_per_order(self, instrument_id: InstrumentId) -> Decimal | None: ...
    def max_notionals_per_order(self) -> dict[InstrumentId, Decimal]: ...
    def max_order_submit_rate(self) -> tuple[int, timedelta] | None: ...
    def max_order_modify_rate(self) -> tuple[int, timedelta] | None: ...
    def execute(self, command: TradingCommand) -> None: ...
