from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

cpdef enum CommandKind:
    SUBMIT_ORDER = 1
    SUBMIT_ORDER_LIST = 2
    MODIFY_ORDER = 3
    CANCEL_ORDER = 4
    CANCEL_ALL_ORDERS = 5
    BATCH_CANCEL_ORDERS = 6
    QUERY_ORDER = 7


cdef class TradingCommand:
    cdef int kind                               # CommandKind
    cdef uint64_t id_hi
    cdef uint64_t id_lo
    cdef readonly ClientId client_id            # or None: routed by venue
    cdef readonly TraderId trader_id
    cdef readonly StrategyId strategy_id
    cdef readonly InstrumentId instrument_id
    cdef readonly ts_t ts_init

    cdef dict _common(self)

cdef class SubmitOrder(TradingCommand):
    cdef readonly Order order
    cdef readonly PositionId position_id        # or None

cdef class SubmitOrderList(TradingCommand):
    cdef readonly object order_list             # OrderList
    cdef readonly PositionId position_id

cdef class ModifyOrder(TradingCommand):
    cdef readonly ClientOrderId client_order_id
    cdef readonly VenueOrderId venue_order_id
    cdef readonly Quantity quantity             # or None: unchanged
    cdef readonly Price price
    cdef readonly Price trigger_price

cdef class CancelOrder(TradingCommand):
    cdef readonly ClientOrderId client_order_id
    cdef readonly VenueOrderId venue_order_id

cdef class CancelAllOrders(TradingCommand):
    cdef int _order_side                        # OrderSide, NO_ORDER_SIDE = both

cdef class BatchCancelOrders(TradingCommand):
    cdef readonly list cancels                  # CancelOrder

cdef class QueryOrder(TradingCommand):
    cdef readonly ClientOrderId client_order_id
    cdef readonly VenueOrderId venue_order_id

# Set the common fields without keyword parsing
cdef int command_fill_c(TradingCommand command, uint64_t id_hi, uint64_t id_lo, ClientId client_id, TraderId trader_id,
                        StrategyId strategy_id, InstrumentId instrument_id, ts_t ts_init) except -1
