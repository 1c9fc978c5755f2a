from nautilus_lite.accounting.manager import AccountsManager
from nautilus_lite.cache.cache import Cache
from nautilus_lite.common.clock import Clock
from nautilus_lite.common.component import Component
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.client import EventSink, ExecutionClient
from nautilus_lite.execution.config import ExecEngineConfig
from nautilus_lite.execution.messages import TradingCommand
from nautilus_lite.model.enums import OmsType
from nautilus_lite.model.events.account import AccountState
from nautilus_lite.model.events.order import OrderEvent
from nautilus_lite.model.identifiers import ClientId, ClientOrderId, StrategyId
from nautilus_lite.model.objects import Price
from nautilus_lite.portfolio.portfolio import Portfolio

class Booking: ...

class ExecutionEngine(Component):
    def __init__(
        self,
        msgbus: MessageBus,
        cache: Cache,
        clock: Clock,
        portfolio: Portfolio,
        accounts_manager: AccountsManager,
        ids: UUIDFactory,
        config: ExecEngineConfig | None = None,
    ) -> None: ...
    @property
    def command_count(self) -> int: ...
    @property
    def event_count(self) -> int: ...
    @property
    def registered_clients(self) -> list[ClientId]: ...
    def register_client(self, client: ExecutionClient) -> None: ...
    def deregister_client(self, client: ExecutionClient) -> None: ...
    def register_oms_type(self, strategy_id: StrategyId, oms_type: OmsType) -> None: ...
    def set_sink(self, sink: EventSink | None) -> None: ...
    def quote_conversion_price(self, client_order_id: ClientOrderId) -> Price | None: ...
    def execute(self, command: TradingCommand) -> None: ...
    def process(self, event: OrderEvent | AccountState) -> None: ...
