from libc.stdint cimport uint64_t
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.types cimport LimitOrder


cdef class OrderFactory:
    cdef readonly TraderId trader_id
    cdef readonly StrategyId strategy_id
    cdef readonly bint use_uuid_client_order_ids
    cdef readonly bint use_hyphens_in_client_order_ids
    cdef UUIDFactory _ids                # of orders, or None
    cdef bint _is_plain                  # ids are stamp, tags and count
    cdef Clock _clock
    cdef str _tags                       # "-{trader tag}-{strategy tag}-"
    cdef uint64_t _second                # of `_stamp`
    cdef str _stamp                      # "O-YYYYMMDD-HHMMSS" and the tags
    cdef uint64_t _count
    cdef uint64_t _list_count
    cdef ClientOrderId new_id_c(self)
    # A GTC limit order; `side` is OrderSide
    cdef LimitOrder limit_c(self, InstrumentId instrument_id, int side, Quantity quantity, Price price, bint post_only)
    cdef UUID4 new_uuid_c(self)
    cdef str _stamp_c(self)
    cdef Order _equipped(self, Order order, int emulation_trigger, InstrumentId trigger_instrument_id,
                         ExecAlgorithmId exec_algorithm_id, dict exec_algorithm_params)
