from decimal import Decimal
from typing import Any

from nautilus_lite.common.clock import Clock
from nautilus_lite.model.enums import ContingencyType, OrderSide, OrderType, TimeInForce, TrailingOffsetType, TriggerType
from nautilus_lite.model.identifiers import ClientOrderId, ExecAlgorithmId, InstrumentId, OrderListId, StrategyId, TraderId
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders.list import OrderList
from nautilus_lite.model.orders.trailing import TrailingStopLimitOrder, TrailingStopMarketOrder
from nautilus_lite.model.orders.types import (
    LimitIfTouchedOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOrder,
    MarketToLimitOrder,
    StopLimitOrder,
    StopMarketOrder,
)

class OrderFactory:
    @property
    def trader_id(self) -> TraderId: ...
    @property
    def strategy_id(self) -> StrategyId: ...
    @property
    def use_uuid_client_order_ids(self) -> bool: ...
    @property
    def use_hyphens_in_client_order_ids(self) -> bool: ...
    def __init__(
        self, trader_id: TraderId, strategy_id: StrategyId, clock: Clock, cache: Any = ..., use_uuid_client_order_ids: bool = ...,
        use_hyphens_in_client_order_ids: bool = ...,
    ) -> None: ...
    def get_order_list_id_count(self) -> int: ...
    def set_order_list_id_count(self, count: int) -> None: ...
    def get_client_order_id_count(self) -> int: ...
    def set_client_order_id_count(self, count: int) -> None: ...
    def generate_client_order_id(self) -> ClientOrderId: ...
    def generate_order_list_id(self) -> OrderListId: ...
    def reset(self) -> None: ...
    def create_list(self, orders: list[Any]) -> OrderList: ...
    def market(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, time_in_force: TimeInForce = ..., reduce_only: bool = ..., quote_quantity: bool = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> MarketOrder: ...
    def limit(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, price: Price, time_in_force: TimeInForce = ..., expire_time: Any = ..., post_only: bool = ..., reduce_only: bool = ..., quote_quantity: bool = ..., display_qty: Quantity | None = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> LimitOrder: ...
    def stop_market(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, trigger_price: Price, trigger_type: TriggerType = ..., time_in_force: TimeInForce = ..., expire_time: Any = ..., reduce_only: bool = ..., quote_quantity: bool = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> StopMarketOrder: ...
    def stop_limit(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, price: Price, trigger_price: Price, trigger_type: TriggerType = ..., time_in_force: TimeInForce = ..., expire_time: Any = ..., post_only: bool = ..., reduce_only: bool = ..., quote_quantity: bool = ..., display_qty: Quantity | None = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> StopLimitOrder: ...
    def market_to_limit(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, time_in_force: TimeInForce = ..., expire_time: Any = ..., reduce_only: bool = ..., quote_quantity: bool = ..., display_qty: Quantity | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> MarketToLimitOrder: ...
    def market_if_touched(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, trigger_price: Price, trigger_type: TriggerType = ..., time_in_force: TimeInForce = ..., expire_time: Any = ..., reduce_only: bool = ..., quote_quantity: bool = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> MarketIfTouchedOrder: ...
    def limit_if_touched(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, price: Price, trigger_price: Price, trigger_type: TriggerType = ..., time_in_force: TimeInForce = ..., expire_time: Any = ..., post_only: bool = ..., reduce_only: bool = ..., quote_quantity: bool = ..., display_qty: Quantity | None = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> LimitIfTouchedOrder: ...
    def trailing_stop_market(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, trailing_offset: Decimal, activation_price: Price | None = ..., trigger_price: Price | None = ..., trigger_type: TriggerType = ..., trailing_offset_type: TrailingOffsetType = ..., time_in_force: TimeInForce = ..., expire_time: Any = ..., reduce_only: bool = ..., quote_quantity: bool = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> TrailingStopMarketOrder: ...
    def trailing_stop_limit(self, instrument_id: InstrumentId, order_side: OrderSide, quantity: Quantity, limit_offset: Decimal, trailing_offset: Decimal, price: Price | None = ..., activation_price: Price | None = ..., trigger_price: Price | None = ..., trigger_type: TriggerType = ..., trailing_offset_type: TrailingOffsetType = ..., time_in_force: TimeInForce = ..., expire_time: Any = ..., post_only: bool = ..., reduce_only: bool = ..., quote_quantity: bool = ..., display_qty: Quantity | None = ..., emulation_trigger: TriggerType = ..., trigger_instrument_id: InstrumentId | None = ..., exec_algorithm_id: ExecAlgorithmId | None = ..., exec_algorithm_params: dict[str, Any] | None = ..., tags: list[Any] | None = ..., client_order_id: ClientOrderId | None = ...) -> TrailingStopLimitOrder: ...
    def bracket(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        quote_quantity: bool = ...,
        emulation_trigger: TriggerType = ...,
        trigger_instrument_id: InstrumentId | None = ...,
        contingency_type: ContingencyType = ...,
        entry_order_type: OrderType = ...,
        entry_price: Price | None = ...,
        entry_trigger_price: Price | None = ...,
        expire_time: Any = ...,
        time_in_force: TimeInForce = ...,
        entry_post_only: bool = ...,
        entry_exec_algorithm_id: ExecAlgorithmId | None = ...,
        entry_exec_algorithm_params: dict[str, Any] | None = ...,
        entry_tags: list[str] | None = ...,
        entry_client_order_id: ClientOrderId | None = ...,
        tp_order_type: OrderType = ...,
        tp_price: Price | None = ...,
        tp_trigger_price: Price | None = ...,
        tp_trigger_type: TriggerType = ...,
        tp_activation_price: Price | None = ...,
        tp_trailing_offset: Decimal | None = ...,
        tp_trailing_offset_type: TrailingOffsetType = ...,
        tp_limit_offset: Decimal | None = ...,
        tp_time_in_force: TimeInForce = ...,
        tp_post_only: bool = ...,
        tp_exec_algorithm_id: ExecAlgorithmId | None = ...,
        tp_exec_algorithm_params: dict[str, Any] | None = ...,
        tp_tags: list[str] | None = ...,
        tp_client_order_id: ClientOrderId | None = ...,
        sl_order_type: OrderType = ...,
        sl_trigger_price: Price | None = ...,
        sl_trigger_type: TriggerType = ...,
        sl_activation_price: Price | None = ...,
        sl_trailing_offset: Decimal | None = ...,
        sl_trailing_offset_type: TrailingOffsetType = ...,
        sl_time_in_force: TimeInForce = ...,
        sl_exec_algorithm_id: ExecAlgorithmId | None = ...,
        sl_exec_algorithm_params: dict[str, Any] | None = ...,
        sl_tags: list[str] | None = ...,
        sl_client_order_id: ClientOrderId | None = ...,
        sl_price: Price | None = ...,
        sl_limit_offset: Decimal | None = ...,
        sl_post_only: bool = ...,
    ) -> OrderList: ...
