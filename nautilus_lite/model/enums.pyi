from enum import IntFlag
from typing import Any, TypeVar

E = TypeVar("E", bound=IntFlag)

class AccountType(IntFlag):
    CASH = 1
    MARGIN = 2
    BETTING = 3

def account_type_to_str(value: AccountType | int) -> str: ...
def account_type_from_str(text: str) -> AccountType: ...

class AggregationSource(IntFlag):
    EXTERNAL = 1
    INTERNAL = 2

def aggregation_source_to_str(value: AggregationSource | int) -> str: ...
def aggregation_source_from_str(text: str) -> AggregationSource: ...

class AggressorSide(IntFlag):
    NO_AGGRESSOR = 0
    BUYER = 1
    SELLER = 2

def aggressor_side_to_str(value: AggressorSide | int) -> str: ...
def aggressor_side_from_str(text: str) -> AggressorSide: ...

class AssetClass(IntFlag):
    FX = 1
    EQUITY = 2
    COMMODITY = 3
    DEBT = 4
    INDEX = 5
    CRYPTOCURRENCY = 6
    ALTERNATIVE = 7

def asset_class_to_str(value: AssetClass | int) -> str: ...
def asset_class_from_str(text: str) -> AssetClass: ...

class InstrumentClass(IntFlag):
    SPOT = 1
    SWAP = 2
    FUTURE = 3
    FUTURES_SPREAD = 4
    FORWARD = 5
    CFD = 6
    BOND = 7
    OPTION = 8
    OPTION_SPREAD = 9
    WARRANT = 10
    SPORTS_BETTING = 11
    BINARY_OPTION = 12

def instrument_class_to_str(value: InstrumentClass | int) -> str: ...
def instrument_class_from_str(text: str) -> InstrumentClass: ...

class BarAggregation(IntFlag):
    TICK = 1
    TICK_IMBALANCE = 2
    TICK_RUNS = 3
    VOLUME = 4
    VOLUME_IMBALANCE = 5
    VOLUME_RUNS = 6
    VALUE = 7
    VALUE_IMBALANCE = 8
    VALUE_RUNS = 9
    MILLISECOND = 10
    SECOND = 11
    MINUTE = 12
    HOUR = 13
    DAY = 14
    WEEK = 15
    MONTH = 16
    YEAR = 17

def bar_aggregation_to_str(value: BarAggregation | int) -> str: ...
def bar_aggregation_from_str(text: str) -> BarAggregation: ...

class BookAction(IntFlag):
    ADD = 1
    UPDATE = 2
    DELETE = 3
    CLEAR = 4

def book_action_to_str(value: BookAction | int) -> str: ...
def book_action_from_str(text: str) -> BookAction: ...

class BookType(IntFlag):
    L1_MBP = 1
    L2_MBP = 2
    L3_MBO = 3

def book_type_to_str(value: BookType | int) -> str: ...
def book_type_from_str(text: str) -> BookType: ...

class ContingencyType(IntFlag):
    NO_CONTINGENCY = 0
    OCO = 1
    OTO = 2
    OUO = 3

def contingency_type_to_str(value: ContingencyType | int) -> str: ...
def contingency_type_from_str(text: str) -> ContingencyType: ...

class CurrencyType(IntFlag):
    CRYPTO = 1
    FIAT = 2
    COMMODITY_BACKED = 3

def currency_type_to_str(value: CurrencyType | int) -> str: ...
def currency_type_from_str(text: str) -> CurrencyType: ...

class InstrumentCloseType(IntFlag):
    END_OF_SESSION = 1
    CONTRACT_EXPIRED = 2

def instrument_close_type_to_str(value: InstrumentCloseType | int) -> str: ...
def instrument_close_type_from_str(text: str) -> InstrumentCloseType: ...

class LiquiditySide(IntFlag):
    NO_LIQUIDITY_SIDE = 0
    MAKER = 1
    TAKER = 2

def liquidity_side_to_str(value: LiquiditySide | int) -> str: ...
def liquidity_side_from_str(text: str) -> LiquiditySide: ...

class MarketStatusAction(IntFlag):
    NONE = 0
    PRE_OPEN = 1
    PRE_CROSS = 2
    QUOTING = 3
    CROSS = 4
    ROTATION = 5
    NEW_PRICE_INDICATION = 6
    TRADING = 7
    HALT = 8
    PAUSE = 9
    SUSPEND = 10
    PRE_CLOSE = 11
    CLOSE = 12
    POST_CLOSE = 13
    SHORT_SELL_RESTRICTION_CHANGE = 14
    NOT_AVAILABLE_FOR_TRADING = 15

def market_status_action_to_str(value: MarketStatusAction | int) -> str: ...
def market_status_action_from_str(text: str) -> MarketStatusAction: ...

class OmsType(IntFlag):
    UNSPECIFIED = 0
    NETTING = 1
    HEDGING = 2

def oms_type_to_str(value: OmsType | int) -> str: ...
def oms_type_from_str(text: str) -> OmsType: ...

class OptionKind(IntFlag):
    CALL = 1
    PUT = 2

def option_kind_to_str(value: OptionKind | int) -> str: ...
def option_kind_from_str(text: str) -> OptionKind: ...

class OrderSide(IntFlag):
    NO_ORDER_SIDE = 0
    BUY = 1
    SELL = 2

def order_side_to_str(value: OrderSide | int) -> str: ...
def order_side_from_str(text: str) -> OrderSide: ...

class OrderStatus(IntFlag):
    INITIALIZED = 1
    DENIED = 2
    EMULATED = 3
    RELEASED = 4
    SUBMITTED = 5
    ACCEPTED = 6
    REJECTED = 7
    CANCELED = 8
    EXPIRED = 9
    TRIGGERED = 10
    PENDING_UPDATE = 11
    PENDING_CANCEL = 12
    PARTIALLY_FILLED = 13
    FILLED = 14

def order_status_to_str(value: OrderStatus | int) -> str: ...
def order_status_from_str(text: str) -> OrderStatus: ...

class OrderType(IntFlag):
    MARKET = 1
    LIMIT = 2
    STOP_MARKET = 3
    STOP_LIMIT = 4
    MARKET_TO_LIMIT = 5
    MARKET_IF_TOUCHED = 6
    LIMIT_IF_TOUCHED = 7
    TRAILING_STOP_MARKET = 8
    TRAILING_STOP_LIMIT = 9

def order_type_to_str(value: OrderType | int) -> str: ...
def order_type_from_str(text: str) -> OrderType: ...

class PositionSide(IntFlag):
    NO_POSITION_SIDE = 0
    FLAT = 1
    LONG = 2
    SHORT = 3

def position_side_to_str(value: PositionSide | int) -> str: ...
def position_side_from_str(text: str) -> PositionSide: ...

class PriceType(IntFlag):
    BID = 1
    ASK = 2
    MID = 3
    LAST = 4
    MARK = 5

def price_type_to_str(value: PriceType | int) -> str: ...
def price_type_from_str(text: str) -> PriceType: ...

class RecordFlag(IntFlag):
    F_LAST = 128
    F_TOB = 64
    F_SNAPSHOT = 32
    F_MBP = 16

def record_flag_to_str(value: RecordFlag | int) -> str: ...
def record_flag_from_str(text: str) -> RecordFlag: ...

class TimeInForce(IntFlag):
    GTC = 1
    IOC = 2
    FOK = 3
    GTD = 4
    DAY = 5
    AT_THE_OPEN = 6
    AT_THE_CLOSE = 7

def time_in_force_to_str(value: TimeInForce | int) -> str: ...
def time_in_force_from_str(text: str) -> TimeInForce: ...

class TradingState(IntFlag):
    ACTIVE = 1
    HALTED = 2
    REDUCING = 3

def trading_state_to_str(value: TradingState | int) -> str: ...
def trading_state_from_str(text: str) -> TradingState: ...

class TrailingOffsetType(IntFlag):
    NO_TRAILING_OFFSET = 0
    PRICE = 1
    BASIS_POINTS = 2
    TICKS = 3
    PRICE_TIER = 4

class TriggerType(IntFlag):
    NO_TRIGGER = 0
    DEFAULT = 1
    LAST_PRICE = 2
    MARK_PRICE = 3
    INDEX_PRICE = 4
    BID_ASK = 5
    DOUBLE_LAST = 6
    DOUBLE_BID_ASK = 7
    LAST_OR_BID_ASK = 8
    MID_POINT = 9

def trailing_offset_type_to_str(value: TrailingOffsetType | int) -> str: ...
def trailing_offset_type_from_str(text: str) -> TrailingOffsetType: ...
def trigger_type_to_str(value: TriggerType | int) -> str: ...
def trigger_type_from_str(text: str) -> TriggerType: ...

class ComponentState(IntFlag):
    PRE_INITIALIZED = 0
    READY = 1
    STARTING = 2
    RUNNING = 3
    STOPPING = 4
    STOPPED = 5
    RESUMING = 6
    RESETTING = 7
    DISPOSING = 8
    DISPOSED = 9
    DEGRADING = 10
    DEGRADED = 11
    FAULTING = 12
    FAULTED = 13

def component_state_to_str(value: ComponentState | int) -> str: ...
def component_state_from_str(text: str) -> ComponentState: ...

def enum_to_str(enum: type[Any], value: int) -> str: ...
def enum_from_str(enum: type[E], text: str) -> E: ...
