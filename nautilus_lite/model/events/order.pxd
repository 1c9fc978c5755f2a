# Order events. Fields that only some events carry live in the subclasses. Ids are two integers until read.
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from libc.stdint cimport uint8_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TradeId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

cpdef enum OrderEventKind:
    INITIALIZED = 1
    DENIED = 2
    SUBMITTED = 3
    ACCEPTED = 4
    REJECTED = 5
    CANCELED = 6
    EXPIRED = 7
    TRIGGERED = 8
    PENDING_UPDATE = 9
    PENDING_CANCEL = 10
    MODIFY_REJECTED = 11
    CANCEL_REJECTED = 12
    UPDATED = 13
    FILLED = 14
    EMULATED = 15
    RELEASED = 16


cdef class OrderEvent:
    cdef int kind                                  # OrderEventKind, set by the subclass
    cdef uint64_t id_hi
    cdef uint64_t id_lo
    cdef readonly TraderId trader_id
    cdef readonly StrategyId strategy_id
    cdef readonly InstrumentId instrument_id
    cdef readonly ClientOrderId client_order_id
    cdef readonly VenueOrderId venue_order_id      # or None
    cdef readonly AccountId account_id             # or None
    cdef readonly ts_t ts_event
    cdef readonly ts_t ts_init
    cdef readonly bint reconciliation


cdef class OrderInitialized(OrderEvent):
    cdef int _side
    cdef int _order_type
    cdef readonly Quantity quantity
    cdef int _time_in_force
    cdef readonly bint post_only
    cdef readonly bint reduce_only
    cdef readonly bint quote_quantity
    cdef readonly dict options                     # price, trigger_price, trigger_type, expire_time_ns, display_qty as NautilusTrader
    cdef readonly object order_list_id
    cdef readonly list tags                        # or None
    cdef object links                              # OrderLinks of the order, or None
    cdef object extras                             # OrderExtras of the order, or None

cdef class OrderDenied(OrderEvent):
    cdef readonly str reason

cdef class OrderEmulated(OrderEvent):
    pass

cdef class OrderReleased(OrderEvent):
    cdef readonly Price released_price

cdef class OrderSubmitted(OrderEvent):
    pass

cdef class OrderAccepted(OrderEvent):
    pass

cdef class OrderRejected(OrderEvent):
    cdef readonly str reason
    cdef readonly bint due_post_only

cdef class OrderCanceled(OrderEvent):
    pass

cdef class OrderExpired(OrderEvent):
    pass

cdef class OrderTriggered(OrderEvent):
    pass

cdef class OrderPendingUpdate(OrderEvent):
    pass

cdef class OrderPendingCancel(OrderEvent):
    pass

cdef class OrderModifyRejected(OrderEvent):
    cdef readonly str reason

cdef class OrderCancelRejected(OrderEvent):
    cdef readonly str reason

cdef class OrderUpdated(OrderEvent):
    cdef readonly Quantity quantity
    cdef readonly Price price                      # or None
    cdef readonly Price trigger_price              # or None

cdef class OrderFilled(OrderEvent):
    cdef readonly TradeId trade_id
    cdef readonly PositionId position_id           # None until the execution engine assigns one
    cdef int _order_side
    cdef int _order_type
    cdef qty_raw_t qty_raw
    cdef uint8_t qty_precision
    cdef price_raw_t px_raw
    cdef uint8_t px_precision
    cdef readonly Currency currency                # quote currency of the instrument
    cdef money_raw_t commission_raw                # minor units of commission_currency; positive = cost
    cdef readonly Currency commission_currency
    cdef int _liquidity_side
    cdef readonly str fill_reason                  # why the venue filled: "took_book", "bar_passed", ... interned text
    # Circumstances, noted by a simulated venue. Middles in price units, NaN where there was none
    cdef readonly double mid_decision              # when the order was sent to the venue
    cdef readonly double mid_arrival               # when it arrived there
    cdef readonly double mid_fill                  # at the fill
    cdef readonly int64_t price_age_ns             # since the venue last said the price, -1 = not known
    cdef qty_raw_t queue_raw                       # ahead of the order when it came to rest, -1 = not known
    cdef int64_t stretch                           # of prices in the instrument that it began (`HeldPrices`), 0 = not known
    cdef readonly dict info


# Factories for the path: no keyword parsing. `ids` come from the caller's UUIDFactory.
cdef int order_event_fill_c(OrderEvent event, int kind, uint64_t id_hi, uint64_t id_lo, TraderId trader_id, StrategyId strategy_id,
                            InstrumentId instrument_id, ClientOrderId client_order_id, VenueOrderId venue_order_id,
                            AccountId account_id, ts_t ts_event, ts_t ts_init) except -1
# Any of the kinds with no fields of its own (SUBMITTED, ACCEPTED, CANCELED, EXPIRED, TRIGGERED, PENDING_UPDATE, PENDING_CANCEL,
# EMULATED)
cdef OrderEvent order_event_new_c(int kind)
