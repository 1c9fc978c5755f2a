from nautilus_lite.backtest.matching.emitter cimport VenueEmitter
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.matching.resting cimport RestingOrders
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order

cdef inline bint is_worked_c(Order order) noexcept:
    # By an execution algorithm: it is the primary order, or was spawned from it
    return order.extras is not None and order.extras.exec_spawn_id is not None


cdef class LinkedOrders(RestingOrders):
    """Working orders with their contingencies; what to do with an order is the matching engine's."""
    cdef Cache _cache
    cdef Responses _responses                    # or None: what happens is known at once
    cdef Purse _purse                            # or None: the account need not pay at once
    cdef VenueEmitter _emitter
    cdef ts_t _price_ts                          # event time of the data whose price the pass goes by
    cdef dict _held                              # ClientOrderId -> Order that waits for its parent
    cdef dict _held_until                        # ClientOrderId -> when it expires (ns), of those that do
    cdef ts_t _next_held                         # no later than the earliest of these, UINT64_MAX = none
    cdef list _due                               # orders whose fate concerns others, oldest first
    cdef bint _settling

    # Of an order that an algorithm works: of it and all that was spawned from it
    cdef qty_raw_t _all_filled_c(self, Order order) except? -1
    cdef Order _primary_c(self, Order order)                   # what it was spawned from, else itself
    cdef bint _all_over_c(self, Order order) except? 0
    cdef double _mid_c(self) noexcept            # middle of the touch of the current pass in price units, NaN where there is none
    cdef Order order_c(self, ClientOrderId client_order_id)    # as the venue knows it, or None
    # Fill, close or reject, and note it for the orders that hang on this one. A fill returns 1 where the account could not pay for
    # it: the order has ended
    cdef int _filled_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, bint is_maker,
                       str reason) except -1
    cdef int _unpaid_c(self, Order order, str reason) except -1
    cdef int _close_c(self, Order order, int kind) except -1
    cdef int _end_c(self, Order order, int kind) except -1     # close without a note
    cdef int _rejected_c(self, Order order, str reason, bint due_post_only) except -1
    cdef bint _holds_c(self, Order order) except? 0            # True: it waits for its parent, or ended with it
    cdef ts_t _expiry_c(self, Order order) noexcept            # of an order that arrives now; the matching engine's
    cdef int _expire_held_c(self, ts_t ts_now) except -1
    cdef int _must_be_somewhere_c(self, Order order) except -1 # closed, resting or held, or it is lost: InternalError
    cdef int _settle_links_c(self) except -1                   # carry out what is due
    cdef int _settle_one_c(self, Order order) except -1
    cdef int _end_spawned_c(self, Order primary) except -1
    cdef int _follow_c(self, Order parent, qty_raw_t before) except -1      # its quantity was changed
    cdef int _change_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger) except -1
    cdef int _release_c(self, Order parent) except -1
    cdef int _end_entry_c(self, Order order) except -1         # an exit fired: what is left of its entry is cancelled
    cdef int _submit_c(self, Order order, PositionId position_id) except -1     # the matching engine's
    cdef int _drop_idle_c(self) except -1        # cancel reduce-only orders whose position is gone
