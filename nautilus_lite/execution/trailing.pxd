# How a trailing stop follows the market: for whatever holds the order, a venue or an emulator.
# Prices are raws at the instrument's precision.
from libc.stdint cimport int64_t
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.market cimport ReferenceC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder

# What `trailing_prices_c` returns, as bits; 0: nothing moved
cdef enum:
    TRAIL_TRIGGER_MOVED = 1
    TRAIL_LIMIT_MOVED = 2
    TRAIL_NO_MARKET = 4              # nothing is known of the price that the order follows
    TRAIL_UNSUPPORTED = 8            # trigger type NO_TRIGGER, or offset type PRICE_TIER
    TRAIL_OVERFLOW = 16              # a price left its range; nothing moved

cdef struct ShownC:
    # What the market shows
    bint has_bid
    bint has_ask
    bint has_last
    price_raw_t bid
    price_raw_t ask
    price_raw_t last
    ReferenceC mark
    ReferenceC index

cdef struct TrailC:
    # What was asked
    int side                         # OrderSide
    int trigger_type                 # TriggerType: which price is followed
    int offset_type                  # TrailingOffsetType
    int64_t offset                   # as `TrailingStopOrder.offset_raw`
    int64_t limit_offset
    bint is_limit                    # the limit price trails as well
    price_raw_t tick                 # > 0
    # State
    bint has_trigger
    bint has_price
    price_raw_t trigger
    price_raw_t price

# Move trigger and limit price in the order's favour, as far as the market allows; writes them to `trail`
cdef int trailing_prices_c(TrailC* trail, const ShownC* shown) noexcept nogil
# If the price that an order of this side and trigger type watches is at `level` or above (sign > 0), below (sign < 0).
# BUY watches the ask, SELL the bid; LAST_OR_BID_ASK either. DOUBLE_*: of this update alone, the caller counts
cdef bint is_at_c(int trigger_type, int side, int sign, price_raw_t level, const ShownC* shown) noexcept nogil
# If the trail of an order with this activation price may begin: a sell's market is as high, a buy's as low
cdef bint is_activated_c(int trigger_type, int side, price_raw_t activation, const ShownC* shown) noexcept nogil
cdef void shown_of_c(MarketState state, ShownC* shown) noexcept
# The trail of an order as it stands; `tick` is the instrument's, > 0
cdef void trail_of_c(TrailingStopOrder order, price_raw_t tick, TrailC* trail) noexcept
