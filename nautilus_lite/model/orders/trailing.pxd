cimport cython
from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.orders.base cimport Order

cdef enum:
    OFFSET_SCALE = 1_000_000       # of offsets in basis points and ticks: 1 is a millionth


@cython.no_gc
cdef class TrailingStopOrder(Order):
    cdef int offset_type                       # TrailingOffsetType
    # PRICE: in units of 10^-price_precision; BASIS_POINTS, TICKS, PRICE_TIER: in units of 1 / OFFSET_SCALE
    cdef int64_t offset_raw                    # of the trigger price from the market, > 0
    cdef int64_t limit_offset_raw              # of the limit price from the market; only of a TRAILING_STOP_LIMIT
    cdef price_raw_t activation_raw            # valid if has_activation
    cdef bint has_activation
    cdef bint activated                        # set by what holds the order, once the market reached the activation price

    cdef int set_trail_c(self, Price price, Price trigger_price, int trigger_type, Price activation_price,
                         object trailing_offset, object limit_offset, int offset_type, object expire_time_ns) except -1
    # Bring prices and offsets to a precision that is no smaller than the order's
    cdef int fit_c(self, int precision) except -1
    cdef int64_t _refit(self, int64_t raw, int precision) except? -9223372036854775807
    cdef object _offset(self, int64_t raw)
