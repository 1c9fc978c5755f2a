from libc.stdint cimport int64_t
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money


cdef class MakerTakerFeeModel(FeeModel):
    cdef readonly object maker                   # Decimal, or None: the instrument's
    cdef readonly object taker
    cdef int64_t _maker_e9
    cdef int64_t _taker_e9
    cdef int64_t _rate_c(self, Instrument instrument, bint is_maker) noexcept


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

# Rate (10^-RATE_DIGITS) times notional, rounded once; and the same exactly, as a Fraction with its currency
cdef Money rate_fee(Instrument instrument, int64_t rate, qty_raw_t qty, price_raw_t price)
cdef tuple exact_rate_fee(Instrument instrument, int64_t rate, qty_raw_t qty, price_raw_t price)
