from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order


cdef class FeeModel:
    cdef bint _python                            # a Python subclass overrides get_commission
    # Commission of one fill, positive = cost; `is_maker`. Python subclasses override get_commission(order, fill_qty, fill_px, instrument)
    cdef Money commission_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker)
    cdef Money _native_c(self, Order order, qty_raw_t qty, price_raw_t price, Instrument instrument, bint is_maker)


cdef class MakerTakerFeeModel(FeeModel):
    pass


cdef class FixedFeeModel(FeeModel):
    cdef readonly Money commission
    cdef readonly bint charge_commission_once
    cdef Money _zero


cdef class PerContractFeeModel(FeeModel):
    cdef readonly Money commission               # per contract


cdef class PerShareFeeModel(FeeModel):
    cdef readonly object rate                    # Decimal, per unit of quantity
    cdef readonly Money minimum                  # per order
    cdef readonly Money maximum                  # per order, or None
    cdef int64_t _rate_e9
    cdef money_raw_t _of_order_c(self, qty_raw_t filled, int size_precision) except? -1
