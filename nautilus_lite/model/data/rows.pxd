# Market data as plain C records. All prices and sizes are raw integers at the precision of the row's instrument,
# checked once when the row enters (catalog reader, wrangler or `add_data`).
from libc.stdint cimport uint8_t
from libc.stdint cimport uint32_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t

cdef enum RowKind:
    ROW_QUOTE = 0
    ROW_TRADE = 1
    ROW_BAR = 2
    ROW_DELTA = 3
    ROW_DEPTH10 = 4
    ROW_OBJECT = 5          # any other Data object, carried by reference (custom data)

cdef enum:
    N_ROW_KINDS = 6
    DEPTH_LEVELS = 10
    TRADE_ID_LEN = 38

# Every row starts with ts_event, ts_init: code that only needs times reads a RowHead.
cdef struct RowHead:
    ts_t ts_event
    ts_t ts_init

cdef struct QuoteRow:
    ts_t ts_event
    ts_t ts_init
    price_raw_t bid
    price_raw_t ask
    qty_raw_t bid_size
    qty_raw_t ask_size

cdef struct TradeRow:
    ts_t ts_event
    ts_t ts_init
    price_raw_t price
    qty_raw_t size
    uint8_t aggressor_side          # AggressorSide
    uint8_t id_len                  # bytes used in `trade_id`
    char trade_id[TRADE_ID_LEN]     # UTF-8, not terminated

cdef struct BarRow:
    ts_t ts_event
    ts_t ts_init
    price_raw_t open
    price_raw_t high
    price_raw_t low
    price_raw_t close
    qty_raw_t volume

cdef struct DeltaRow:
    ts_t ts_event
    ts_t ts_init
    price_raw_t price
    qty_raw_t size
    uint64_t order_id
    uint64_t sequence
    uint8_t action                  # BookAction
    uint8_t side                    # OrderSide
    uint8_t flags                   # RecordFlag bits

cdef struct Depth10Row:
    ts_t ts_event
    ts_t ts_init
    uint64_t sequence
    uint8_t flags
    price_raw_t bid_prices[DEPTH_LEVELS]
    qty_raw_t bid_sizes[DEPTH_LEVELS]
    uint32_t bid_counts[DEPTH_LEVELS]
    price_raw_t ask_prices[DEPTH_LEVELS]
    qty_raw_t ask_sizes[DEPTH_LEVELS]
    uint32_t ask_counts[DEPTH_LEVELS]


cdef enum:
    INSIDE_BATCH = 1             # a row without flags that is not the last of its batch; users do not see this bit


cdef inline bint ends_batch(uint8_t flags) noexcept nogil:
    # A delta without any flag is a batch of its own; 128 is RecordFlag.F_LAST
    return flags == 0 or (flags & 128) != 0


cdef inline uint8_t seen_flags(uint8_t flags) noexcept nogil:
    return flags & 254
