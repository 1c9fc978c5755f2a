from decimal import Decimal
from typing import Any

from nautilus_lite.accounting.accounts.base import Account
from nautilus_lite.backtest.bar_rules import BarOrderTiming, BarPath
from nautilus_lite.backtest.matching.engine import OrderMatchingEngine
from nautilus_lite.backtest.models import FeeModel, FillModel, LatencyModel, QueueModel
from nautilus_lite.backtest.modules import SimulationModule
from nautilus_lite.backtest.session import TradingSession
from nautilus_lite.backtest.venue.events import VenueEvents
from nautilus_lite.backtest.venue.records import Adjustment
from nautilus_lite.cache.cache import Cache
from nautilus_lite.cache.market import Market
from nautilus_lite.common.clock import Clock
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.execution.client import ExecutionClient
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.execution.messages import TradingCommand
from nautilus_lite.model.data.updates import InstrumentUpdate
from nautilus_lite.model.enums import AccountType, BookType, OmsType
from nautilus_lite.model.identifiers import AccountId, InstrumentId, Venue
from nautilus_lite.model.instruments.base import Instrument
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.model.orders.base import Order

class SimulatedExchange:
    id: Venue
    account_id: AccountId
    base_currency: Currency | None
    starting_balances: list[Money]
    default_leverage: Decimal
    leverages: dict[InstrumentId, Decimal]
    fill_model: FillModel
    fee_model: FeeModel
    latency_model: LatencyModel | None
    queue_model: QueueModel | None
    bar_execution: bool
    trade_execution: bool
    reject_stop_orders: bool
    support_gtd_orders: bool
    use_reduce_only: bool
    frozen_account: bool
    allow_cash_borrowing: bool
    liquidity_consumption: bool
    recorded_feed_latency: bool
    market: Market
    def __init__(
        self,
        venue: Venue,
        oms_type: OmsType,
        account_type: AccountType,
        starting_balances: list[Money],
        base_currency: Currency | None,
        default_leverage: Decimal | None,
        leverages: dict[InstrumentId, Decimal] | None,
        book_type: BookType,
        fill_model: FillModel,
        fee_model: FeeModel,
        latency_model: LatencyModel | None,
        exec_engine: ExecutionEngine,
        cache: Cache,
        ids: UUIDFactory,
        bar_execution: bool = True,
        trade_execution: bool = True,
        reject_stop_orders: bool = True,
        support_gtd_orders: bool = True,
        use_reduce_only: bool = True,
        bar_adaptive_high_low_ordering: bool = False,
        frozen_account: bool = False,
        allow_cash_borrowing: bool = False,
        instruments: list[Instrument] | None = None,
        *,
        queue_model: QueueModel | None = None,
        liquidity_consumption: bool = False,
        bar_path: BarPath | str | None = None,
        bar_order_timing: BarOrderTiming | str = ...,
        recorded_feed_latency: bool = False,
        modules: list[SimulationModule] | None = None,
        settlement_prices: dict[InstrumentId, Any] | None = None,
        settlement_fallback: str = "refuse",
        session: TradingSession | None = None,
        price_protection_points: int | None = None,
        max_price_age_ns: int | None = None,
        require_fresh_price: bool = False,
        liquidation_enabled: bool = False,
        liquidation_trigger_ratio: Any = 1,
        liquidation_cancel_open_orders: bool = True,
        liquidation_interval_ns: int = 60_000_000_000,
    ) -> None: ...
    session: TradingSession
    price_protection_points: int
    max_price_age_ns: int
    require_fresh_price: bool
    events: VenueEvents
    adjustments: list[Adjustment]
    def adjust_account(self, amount: Money, reason: str = ...) -> Money: ...
    def apply_update(self, update: InstrumentUpdate, ts_now: int) -> None: ...
    def process_due(self, ts_now: int) -> None: ...
    @property
    def oms_type(self) -> OmsType: ...
    @property
    def account_type(self) -> AccountType: ...
    @property
    def bar_path(self) -> BarPath: ...
    @property
    def bar_adaptive_high_low_ordering(self) -> bool: ...
    @property
    def bar_order_timing(self) -> BarOrderTiming: ...
    def describe(self) -> dict[str, Any]: ...
    def feed_latency(self) -> tuple[bool, int]: ...
    @property
    def next_inflight(self) -> int | None: ...
    @property
    def unheard_count(self) -> int: ...
    @property
    def queued_count(self) -> int: ...
    def add_instrument(self, instrument: Instrument) -> None: ...
    def initialize_account(self) -> None: ...
    def get_account(self) -> Account | None: ...
    def get_matching_engine(self, instrument_id: InstrumentId) -> OrderMatchingEngine | None: ...
    def get_matching_engines(self) -> dict[InstrumentId, OrderMatchingEngine]: ...
    def get_open_orders(self, instrument_id: InstrumentId | None = None) -> list[Order]: ...
    def send(self, command: TradingCommand, ts_now: int) -> None: ...
    def process(self, ts_now: int) -> None: ...
    def reset(self) -> None: ...

class BacktestExecClient(ExecutionClient):
    def __init__(
        self, exchange: SimulatedExchange, exec_engine: ExecutionEngine, clock: Clock, ids: UUIDFactory
    ) -> None: ...
