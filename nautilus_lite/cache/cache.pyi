from typing import Any

from nautilus_lite.accounting.accounts.base import Account
from nautilus_lite.cache.config import CacheConfig
from nautilus_lite.cache.market import Market
from nautilus_lite.cache.queries import MarketQueries
from nautilus_lite.model.enums import OmsType, OrderSide, PositionSide
from nautilus_lite.model.identifiers import (
    AccountId,
    ClientId,
    ClientOrderId,
    InstrumentId,
    OrderListId,
    PositionId,
    StrategyId,
    Venue,
    VenueOrderId,
)
from nautilus_lite.model.orders.base import Order
from nautilus_lite.model.position import Position

class Cache(MarketQueries):
    def __init__(self, market: Market | None = None, config: CacheConfig | None = None) -> None: ...
    def reset(self) -> None: ...
    def add(self, key: str, value: bytes) -> None: ...
    def get(self, key: str) -> bytes | None: ...
    def add_account(self, account: Account) -> None: ...
    def update_account(self, account: Account) -> None: ...
    def account(self, account_id: AccountId) -> Account | None: ...
    def account_for_venue(self, venue: Venue) -> Account | None: ...
    def account_id(self, venue: Venue) -> AccountId | None: ...
    def accounts(self) -> list[Account]: ...
    def add_order(
        self,
        order: Order,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
        overwrite: bool = False,
    ) -> None: ...
    def update_order(self, order: Order) -> None: ...
    def add_order_list(self, order_list: Any) -> None: ...
    def add_venue_order_id(self, client_order_id: ClientOrderId, venue_order_id: VenueOrderId) -> None: ...
    def add_position_id(
        self,
        position_id: PositionId,
        venue: Venue | None,
        client_order_id: ClientOrderId,
        strategy_id: StrategyId | None = None,
    ) -> None: ...
    def order(self, client_order_id: ClientOrderId) -> Order | None: ...
    def order_exists(self, client_order_id: ClientOrderId) -> bool: ...
    def client_order_id(self, venue_order_id: VenueOrderId) -> ClientOrderId | None: ...
    def venue_order_id(self, client_order_id: ClientOrderId) -> VenueOrderId | None: ...
    def is_order_open(self, client_order_id: ClientOrderId) -> bool: ...
    def is_order_closed(self, client_order_id: ClientOrderId) -> bool: ...
    def is_order_inflight(self, client_order_id: ClientOrderId) -> bool: ...
    def is_order_emulated(self, client_order_id: ClientOrderId) -> bool: ...
    def orders(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Order]: ...
    def orders_open(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Order]: ...
    def orders_for_exec_spawn(self, exec_spawn_id: ClientOrderId) -> list[Order]: ...
    def orders_closed(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Order]: ...
    def orders_inflight(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Order]: ...
    def orders_emulated(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Order]: ...
    def orders_active_local(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Order]: ...
    def orders_total_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def orders_open_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def orders_closed_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def orders_inflight_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def orders_emulated_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def client_order_ids(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[ClientOrderId]: ...
    def client_order_ids_open(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[ClientOrderId]: ...
    def client_order_ids_closed(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[ClientOrderId]: ...
    def client_order_ids_inflight(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[ClientOrderId]: ...
    def order_list(self, order_list_id: OrderListId) -> Any: ...
    def order_list_exists(self, order_list_id: OrderListId) -> bool: ...
    def order_lists(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
    ) -> list[Any]: ...
    def add_position(self, position: Position, oms_type: OmsType | None = None) -> None: ...
    def update_position(self, position: Position) -> None: ...
    def snapshot_position(self, position: Position) -> None: ...
    def position(self, position_id: PositionId) -> Position | None: ...
    def position_exists(self, position_id: PositionId) -> bool: ...
    def position_for_order(self, client_order_id: ClientOrderId) -> Position | None: ...
    def position_id(self, client_order_id: ClientOrderId) -> PositionId | None: ...
    def orders_for_position(self, position_id: PositionId) -> list[Order]: ...
    def is_position_open(self, position_id: PositionId) -> bool: ...
    def is_position_closed(self, position_id: PositionId) -> bool: ...
    def position_snapshots(
        self,
        position_id: PositionId | None = None,
        account_id: AccountId | None = None,
    ) -> list[Position]: ...
    def positions(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Position]: ...
    def positions_open(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Position]: ...
    def positions_closed(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = ...,
        account_id: AccountId | None = None,
    ) -> list[Position]: ...
    def positions_total_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def positions_open_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def positions_closed_count(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = ...,
        account_id: AccountId | None = None,
    ) -> int: ...
    def position_ids(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[PositionId]: ...
    def position_open_ids(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[PositionId]: ...
    def position_closed_ids(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        account_id: AccountId | None = None,
    ) -> set[PositionId]: ...
    def strategy_ids(self) -> set[StrategyId]: ...
    def strategy_id_for_order(self, client_order_id: ClientOrderId) -> StrategyId | None: ...
    def strategy_id_for_position(self, position_id: PositionId) -> StrategyId | None: ...
    def check_residuals(self) -> bool: ...
    def check_integrity(self) -> bool: ...
