# Names and values are those of NautilusTrader's public enums, so that stored integers keep their meaning.
from nautilus_lite.model.time_in_force cimport TimeInForce


cpdef enum AccountType:
    CASH = 1
    MARGIN = 2
    BETTING = 3

cpdef enum AggregationSource:
    EXTERNAL = 1
    INTERNAL = 2

cpdef enum AggressorSide:
    NO_AGGRESSOR = 0
    BUYER = 1
    SELLER = 2

cpdef enum AssetClass:
    FX = 1
    EQUITY = 2
    COMMODITY = 3
    DEBT = 4
    INDEX = 5
    CRYPTOCURRENCY = 6
    ALTERNATIVE = 7

cpdef enum InstrumentClass:
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

cpdef enum BarAggregation:
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

cpdef enum BookAction:
    ADD = 1
    UPDATE = 2
    DELETE = 3
    CLEAR = 4

cpdef enum BookType:
    L1_MBP = 1
    L2_MBP = 2
    L3_MBO = 3

cpdef enum ContingencyType:
    NO_CONTINGENCY = 0
    OCO = 1
    OTO = 2
    OUO = 3

cpdef enum CurrencyType:
    CRYPTO = 1
    FIAT = 2
    COMMODITY_BACKED = 3

cpdef enum InstrumentCloseType:
    END_OF_SESSION = 1
    CONTRACT_EXPIRED = 2

cpdef enum LiquiditySide:
    NO_LIQUIDITY_SIDE = 0
    MAKER = 1
    TAKER = 2

cpdef enum MarketStatusAction:
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

cpdef enum OmsType:
    UNSPECIFIED = 0
    NETTING = 1
    HEDGING = 2

cpdef enum OptionKind:
    CALL = 1
    PUT = 2

cpdef enum OrderSide:
    NO_ORDER_SIDE = 0
    BUY = 1
    SELL = 2

cpdef enum OrderStatus:
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

cpdef enum OrderType:
    MARKET = 1
    LIMIT = 2
    STOP_MARKET = 3
    STOP_LIMIT = 4
    MARKET_TO_LIMIT = 5
    MARKET_IF_TOUCHED = 6
    LIMIT_IF_TOUCHED = 7
    TRAILING_STOP_MARKET = 8
    TRAILING_STOP_LIMIT = 9

cpdef enum PositionSide:
    NO_POSITION_SIDE = 0
    FLAT = 1
    LONG = 2
    SHORT = 3

cpdef enum PriceType:
    BID = 1
    ASK = 2
    MID = 3
    LAST = 4
    MARK = 5

cpdef enum RecordFlag:
    F_LAST = 128
    F_TOB = 64
    F_SNAPSHOT = 32
    F_MBP = 16

cpdef enum TradingState:
    ACTIVE = 1
    HALTED = 2
    REDUCING = 3

cpdef enum TrailingOffsetType:
    NO_TRAILING_OFFSET = 0
    PRICE = 1
    BASIS_POINTS = 2
    TICKS = 3
    PRICE_TIER = 4

cpdef enum TriggerType:
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

cpdef enum ComponentState:
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
