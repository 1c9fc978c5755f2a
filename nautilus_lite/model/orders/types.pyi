from typing import Any

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.enums import ContingencyType, OrderSide, TimeInForce, TriggerType
from nautilus_lite.model.identifiers import ClientOrderId, InstrumentId, StrategyId, TraderId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders.base import Order

class MarketOrder(Order):
    def __init__(self, trader_id: TraderId, strategy_id: StrategyId, instrument_id: InstrumentId, client_order_id: ClientOrderId, order_side: OrderSide, quantity: Quantity, init_id: UUID4, ts_init: int, time_in_force: TimeInForce = ..., reduce_only: bool = ..., quote_quantity: bool = ..., order_list_id: Any = ..., tags: list[Any] | None = ..., contingency_type: ContingencyType = ..., linked_order_ids: list[ClientOrderId] | None = ..., parent_order_id: ClientOrderId | None = ...) -> None: ...

class LimitOrder(Order):
    def __init__(self, trader_id: TraderId, strategy_id: StrategyId, instrument_id: InstrumentId, client_order_id: ClientOrderId, order_side: OrderSide, quantity: Quantity, price: Price, init_id: UUID4, ts_init: int, time_in_force: TimeInForce = ..., expire_time_ns: int = ..., post_only: bool = ..., reduce_only: bool = ..., quote_quantity: bool = ..., order_list_id: Any = ..., tags: list[Any] | None = ..., contingency_type: ContingencyType = ..., linked_order_ids: list[ClientOrderId] | None = ..., parent_order_id: ClientOrderId | None = ...) -> None: ...
    @property
    def price(self) -> Price: ...

class _TriggeredMarketOrder(Order):
    def __init__(self, trader_id: TraderId, strategy_id: StrategyId, instrument_id: InstrumentId, client_order_id: ClientOrderId, order_side: OrderSide, quantity: Quantity, trigger_price: Price, trigger_type: TriggerType, init_id: UUID4, ts_init: int, time_in_force: TimeInForce = ..., expire_time_ns: int = ..., reduce_only: bool = ..., quote_quantity: bool = ..., order_list_id: Any = ..., tags: list[Any] | None = ..., contingency_type: ContingencyType = ..., linked_order_ids: list[ClientOrderId] | None = ..., parent_order_id: ClientOrderId | None = ...) -> None: ...
    @property
    def trigger_price(self) -> Price: ...
    @property
    def trigger_type(self) -> TriggerType: ...

class _TriggeredLimitOrder(Order):
    def __init__(self, trader_id: TraderId, strategy_id: StrategyId, instrument_id: InstrumentId, client_order_id: ClientOrderId, order_side: OrderSide, quantity: Quantity, price: Price, trigger_price: Price, trigger_type: TriggerType, init_id: UUID4, ts_init: int, time_in_force: TimeInForce = ..., expire_time_ns: int = ..., post_only: bool = ..., reduce_only: bool = ..., quote_quantity: bool = ..., order_list_id: Any = ..., tags: list[Any] | None = ..., contingency_type: ContingencyType = ..., linked_order_ids: list[ClientOrderId] | None = ..., parent_order_id: ClientOrderId | None = ...) -> None: ...
    @property
    def price(self) -> Price: ...
    @property
    def trigger_price(self) -> Price: ...
    @property
    def trigger_type(self) -> TriggerType: ...

class StopMarketOrder(_TriggeredMarketOrder): ...
class MarketIfTouchedOrder(_TriggeredMarketOrder): ...
class StopLimitOrder(_TriggeredLimitOrder): ...
class LimitIfTouchedOrder(_TriggeredLimitOrder): ...

class MarketToLimitOrder(Order):
    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        instrument_id: InstrumentId,
        client_order_id: ClientOrderId,
        order_side: OrderSide,
        quantity: Quantity,
        init_id: UUID4,
        ts_init: int,
        time_in_force: TimeInForce = ...,
        expire_time_ns: int = ...,
        reduce_only: bool = ...,
        quote_quantity: bool = ...,
        order_list_id: Any = ...,
        tags: list[Any] | None = ...,
        contingency_type: ContingencyType = ...,
        linked_order_ids: list[ClientOrderId] | None = ...,
        parent_order_id: ClientOrderId | None = ...,
    ) -> None: ...
    @property
    def price(self) -> Any: ...
