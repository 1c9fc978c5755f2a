from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport money_raw_t


cdef class MarginModel:
    # Margin of `notional` at `rate_e9`, leverage = num / den; minor units of the notional's currency
    cdef money_raw_t margin_raw_c(self, money_raw_t notional, int64_t rate_e9, int64_t num, int64_t den) except? -9223372036854775807


cdef class LeveragedMarginModel(MarginModel):
    pass


cdef class StandardMarginModel(MarginModel):
    pass
