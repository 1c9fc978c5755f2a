from nautilus_lite.backtest.matching.resting import RestingOrders
from nautilus_lite.backtest.models.fee import FeeModel
from nautilus_lite.backtest.models.fill import FillModel
from nautilus_lite.backtest.models.queue import QueueModel
from nautilus_lite.cache.cache import Cache
from nautilus_lite.cache.market import MarketState
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.execution.messages import TradingCommand
from nautilus_lite.model.data.ticks import TradeTick
from nautilus_lite.model.identifiers import AccountId
from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Quantity
from nautilus_lite.model.orders.base import Order

class OrderMatchingEngine(RestingOrders):
    instrument: Instrument
    state: MarketState
    account_id: AccountId
    def __init__(
        self,
        state: MarketState,
        index: int,
        account_id: AccountId,
        fill_model: FillModel,
        fee_model: FeeModel,
        exec_engine: ExecutionEngine,
        cache: Cache,
        ids: UUIDFactory,
        reject_stop_orders: bool = True,
        support_gtd_orders: bool = True,
        use_reduce_only: bool = True,
        *,
        queue_model: QueueModel | None = None,
        liquidity_consumption: bool = False,
        bar_path: int = ...,
        bar_order_timing: int = ...,
        max_price_age_ns: int = 0,
        require_fresh_price: bool = False,
    ) -> None: ...
    @property
    def bars_execute(self) -> bool: ...
    @property
    def n_active_bars(self) -> int: ...
    @property
    def n_ambiguous_bars(self) -> int: ...
    @property
    def n_unserved(self) -> int: ...
    @property
    def open_order_count(self) -> int: ...
    @property
    def next_expiry(self) -> int | None: ...
    def queue_ahead(self, order: Order) -> Quantity | None: ...
    def get_open_orders(self) -> list[Order]: ...
    def on_market(self, ts_now: int, trade: TradeTick | None = None) -> None: ...
    def on_bar_point(self, ts_now: int, is_gap: bool) -> None: ...
    def process_command(self, command: TradingCommand, ts_now: int) -> None: ...
    def expire(self, ts_now: int) -> None: ...
    def reset(self) -> None: ...
