from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from nautilus_lite.backtest.held cimport HeldPrices
from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.matching.watch cimport WatchC
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order


cdef class VenueEmitter:
    """Events of one instrument's orders at a venue, with the venue's ids."""
    cdef Instrument instrument
    cdef AccountId account_id
    cdef FeeModel _fee_model
    cdef ExecutionEngine _exec_engine
    cdef Responses _responses              # or None: events are known at once
    cdef Purse purse                       # of the venue, or None: fills need not be paid for at once
    cdef str unpaid                        # why the last fill that was asked for did not happen
    cdef UUIDFactory _ids
    cdef Markouts markouts                 # of the world, or None
    cdef HeldPrices held                   # of the instrument in the world, or None
    cdef MarketState state                 # of the instrument at the venue
    cdef const WatchC* watch               # of the matching engine
    cdef str _prefix                       # "<venue>-<index of the instrument>-"
    cdef bint direct                       # the venue's own orders: known at once whatever the latency
    cdef uint64_t n_orders
    cdef uint64_t n_fills

    cdef VenueOrderId venue_order_id_c(self, Order order)     # the order's, or a new one
    cdef int _emit_c(self, OrderEvent event, int kind, Order order, VenueOrderId venue_order_id, ts_t ts) except -1
    cdef int plain_c(self, Order order, int kind, ts_t ts) except -1
    cdef int accepted_c(self, Order order, VenueOrderId venue_order_id, ts_t ts) except -1
    cdef int rejected_c(self, Order order, str reason, bint due_post_only, ts_t ts) except -1
    cdef int updated_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger, ts_t ts) except -1
    cdef int priced_c(self, Order order, price_raw_t price, ts_t ts) except -1    # a market-to-limit order got its price
    # The trigger, and the limit price where it has one, moved or are there for the first time
    cdef int trailed_c(self, Order order, price_raw_t trigger, bint has_price, price_raw_t price, ts_t ts) except -1
    # 1: it did not happen, for it could not be paid for
    cdef int filled_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, bint is_maker,
                      str reason, double mid, int64_t price_age_ns, ts_t ts) except -1
    # Filled by the venue itself, without a fee
    cdef int settled_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, str reason,
                       ts_t ts) except -1
    cdef int64_t _cut_c(self, bint is_settled) except -1       # the fill at hand ends a stretch of prices and begins another
    cdef int _fill_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, Money commission,
                     str reason, double mid, int64_t price_age_ns, qty_raw_t queue_raw, ts_t ts) except -1
    # MODIFY_REJECTED or CANCEL_REJECTED; the order may be unknown here
    cdef int refused_c(self, int kind, TradingCommand command, ClientOrderId client_order_id,
                       VenueOrderId venue_order_id, str reason, ts_t ts) except -1
