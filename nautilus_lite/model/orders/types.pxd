cimport cython
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order


# `set_c` is the constructor without keywords and without Python enums
@cython.no_gc
cdef class MarketOrder(Order):
    cdef int set_c(self, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
                   ClientOrderId client_order_id, int side, Quantity quantity, UUID4 init_id, ts_t ts_init,
                   int time_in_force, bint reduce_only, bint quote_quantity, object order_list_id, list tags) except -1


@cython.no_gc
cdef class LimitOrder(Order):
    cdef int set_c(self, TraderId trader_id, StrategyId strategy_id, InstrumentId instrument_id,
                   ClientOrderId client_order_id, int side, Quantity quantity, Price price, UUID4 init_id, ts_t ts_init,
                   int time_in_force, ts_t expire_time_ns, bint post_only, bint reduce_only, bint quote_quantity,
                   object order_list_id, list tags) except -1
