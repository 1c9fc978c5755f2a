from libc.stdint cimport uint64_t
from nautilus_lite.backtest.matching.liquidity cimport PlanC
from nautilus_lite.backtest.matching.reducing cimport ReducingOrders
from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.trailing cimport ShownC
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order


cdef class FillingOrders(ReducingOrders):
    """Working orders, matched against the shared market state."""
    # Identity
    cdef readonly MarketState state
    cdef FillModel _fill_model
    # Settings of the venue
    cdef bint _is_l1
    cdef bint _support_gtd_orders
    cdef bint _reject_stop_orders
    cdef price_raw_t _tick                       # price increment
    cdef ts_t _max_age                           # of a price that may be taken, UINT64_MAX = any
    cdef bint _needs_fresh                       # nothing takes a price older than its order
    cdef price_raw_t _protection                 # how far beyond the touch market orders fill at most, 0 = anywhere
    # Touch of the current pass
    cdef bint _has_last
    cdef price_raw_t _last
    cdef bint _on_path                           # inside a bar: prices between its points were traded
    cdef bint _at_gap                            # at the open of a bar
    cdef bint _may_fill                          # a limit that the touch reaches, and that stays, may fill while the touch stays
    cdef uint64_t _sweep_sequence                # orders that came later do not match in the present pass
    # What own orders took of each side (0 asks) since the book changed, where a fill model wants to know
    cdef uint64_t _shape_count                   # changes of the book when last looked at
    cdef qty_raw_t[2] _shape_taken
    cdef price_raw_t _through                    # how far the market must go through a resting limit
    cdef qty_raw_t _lot                          # size increment
    # Owned memory
    cdef PlanC _plan
    # Liquidity consumption
    cdef uint64_t _book_count                    # changes of the book when last looked at

    # The touch
    cdef int _look_c(self, ts_t ts_now) except -1
    cdef bint _touch_c(self, int sign, price_raw_t* price, qty_raw_t* size) noexcept
    cdef bint _crosses_c(self, int sign, price_raw_t price) noexcept
    cdef void _shown_c(self, ShownC* shown) noexcept         # what triggers and trails go by
    cdef bint _is_reached_c(self, Order order) noexcept
    cdef bint _fires_c(self, Order order, bint is_trade, bint is_touch) noexcept   # one of ODD_TRIGGERS, at this update
    cdef LadderC* _opposite(self, int sign) noexcept        # the side a buyer (+1) or seller (-1) takes from
    cdef int _renew_c(self) noexcept
    cdef int _others_took_c(self, const TradeRow* trade) except -1
    cdef qty_raw_t _took_c(self, int sign, price_raw_t limit, qty_raw_t want) except -1
    cdef bint _available_c(self, int sign, price_raw_t* price, qty_raw_t* size) noexcept
    cdef bint _is_old_c(self, ts_t since) noexcept          # whether the book is too old for an order that is here since then
    cdef int _wait_for_update_c(self, Order order, VenueOrderId venue_order_id) except -1
    # Matching of resting orders
    cdef int _sweep_c(self, int sign, bint limits) except -1
    cdef int _sweep_odd_c(self, bint is_trade, bint is_touch, bint is_reference) except -1
    cdef int _stand_c(self, int sign, price_raw_t price) except -1
    cdef bint _match_limit_c(self, Order order, int sign, price_raw_t touch) except? 0
    cdef bint _match_shaped_c(self, Order order, int sign, price_raw_t touch, qty_raw_t size) except? 0
    cdef bint _is_inside_c(self, int sign, price_raw_t price) noexcept
    cdef int _match_trade_c(self, const TradeRow* trade) except -1
    cdef bint _next_tranche_c(self, Order order, qty_raw_t filled, qty_raw_t traded, qty_raw_t share) except? 0
    cdef bint _fill_resting_c(self, Order order, qty_raw_t qty, price_raw_t price, str reason) except? 0
    cdef int _trigger_c(self, Order order, VenueOrderId venue_order_id) except -1
    cdef int _go_off_c(self, Order order, VenueOrderId venue_order_id) except -1
    cdef qty_raw_t _take_c(self, Order order, VenueOrderId venue_order_id, bint has_limit,
                           str reason) except? -1
    cdef bint _can_pay_c(self, Order order) except? 0        # for what is planned; False: the order has ended
    # Plan what a fill model lets the order meet at `price`; False: what the market shows
    cdef bint _shape_c(self, Order order, int sign, price_raw_t price, qty_raw_t size, bint has_limit, price_raw_t limit,
                       uint64_t nth, bint is_resting) except? 0
    cdef int _rest_limit_c(self, Order order, qty_raw_t taken) except -1
    # What is left of a market or triggered stop order after it took: cancelled, or waits for the next update
    cdef int _leave_market_c(self, Order order, VenueOrderId venue_order_id) except -1
    cdef int _go_on_c(self, Order order) except -1
    # In words
    cdef str _touch_text(self)
    cdef str _takes_text(self, Order order, price_raw_t price)
    cdef object _px(self, price_raw_t raw)
    cdef object _qty(self, qty_raw_t raw)
