from enum import IntEnum
from typing import Any

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import (
    ClientId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TraderId,
    VenueOrderId,
)
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders.base import Order

class CommandKind(IntEnum):
    SUBMIT_ORDER = 1
    SUBMIT_ORDER_LIST = 2
    MODIFY_ORDER = 3
    CANCEL_ORDER = 4
    CANCEL_ALL_ORDERS = 5
    BATCH_CANCEL_ORDERS = 6
    QUERY_ORDER = 7

class TradingCommand:
    @property
    def id(self) -> UUID4: ...
    @property
    def client_id(self) -> ClientId | None: ...
    @property
    def trader_id(self) -> TraderId: ...
    @property
    def strategy_id(self) -> StrategyId: ...
    @property
    def instrument_id(self) -> InstrumentId: ...
    @property
    def ts_init(self) -> int: ...
    def to_dict(self) -> dict[str, Any]: ...

class SubmitOrder(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        order: Order,
        command_id: UUID4,
        ts_init: int,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def order(self) -> Order: ...
    @property
    def position_id(self) -> PositionId | None: ...

class SubmitOrderList(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        order_list: Any,
        command_id: UUID4,
        ts_init: int,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def order_list(self) -> Any: ...
    @property
    def position_id(self) -> PositionId | None: ...

class ModifyOrder(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        instrument_id: InstrumentId,
        client_order_id: ClientOrderId,
        venue_order_id: VenueOrderId | None,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
        command_id: UUID4,
        ts_init: int,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def client_order_id(self) -> ClientOrderId: ...
    @property
    def venue_order_id(self) -> VenueOrderId | None: ...
    @property
    def quantity(self) -> Quantity | None: ...
    @property
    def price(self) -> Price | None: ...
    @property
    def trigger_price(self) -> Price | None: ...

class CancelOrder(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        instrument_id: InstrumentId,
        client_order_id: ClientOrderId,
        venue_order_id: VenueOrderId | None,
        command_id: UUID4,
        ts_init: int,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def client_order_id(self) -> ClientOrderId: ...
    @property
    def venue_order_id(self) -> VenueOrderId | None: ...

class CancelAllOrders(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        command_id: UUID4,
        ts_init: int,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def order_side(self) -> OrderSide: ...

class BatchCancelOrders(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        instrument_id: InstrumentId,
        cancels: list[CancelOrder],
        command_id: UUID4,
        ts_init: int,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def cancels(self) -> list[CancelOrder]: ...

class QueryOrder(TradingCommand):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        instrument_id: InstrumentId,
        client_order_id: ClientOrderId,
        venue_order_id: VenueOrderId | None,
        command_id: UUID4,
        ts_init: int,
        client_id: ClientId | None = None,
    ) -> None: ...
    @property
    def client_order_id(self) -> ClientOrderId: ...
    @property
    def venue_order_id(self) -> VenueOrderId | None: ...
