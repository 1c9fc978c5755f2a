"""How much margin a notional asks for."""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t

cdef int64_t RATE_ONE = 1_000_000_000     # rates are in units of 10^-9


cdef class MarginModel:
    """The base class of margin models."""

    cdef money_raw_t margin_raw_c(self, money_raw_t notional, int64_t rate_e9, int64_t num,
                                  int64_t den) except? -9223372036854775807:
        raise NotImplementedError(f"`{type(self).__name__}` has no `margin_raw_c`")

    def __repr__(self):
        return f"{type(self).__name__}()"


@cython.final
cdef class LeveragedMarginModel(MarginModel):
    """Margin is notional times rate divided by leverage."""

    cdef money_raw_t margin_raw_c(self, money_raw_t notional, int64_t rate_e9, int64_t num,
                                  int64_t den) except? -9223372036854775807:
        cdef int64_t raw
        # |notional| < 2^63, rate <= 10 and den < 2^20 keep the product inside 128 bits; num < 2^31
        cdef int128_t product = <int128_t>notional * rate_e9 * den
        if fixed_narrow(fixed_div_half_even(product, <int128_t>RATE_ONE * num), &raw) != 0:
            raise_overflow("margin")
        return raw


@cython.final
cdef class StandardMarginModel(MarginModel):
    """Margin is notional times rate, whatever the leverage."""

    cdef money_raw_t margin_raw_c(self, money_raw_t notional, int64_t rate_e9, int64_t num,
                                  int64_t den) except? -9223372036854775807:
        cdef int64_t raw
        if fixed_narrow(fixed_div_half_even(<int128_t>notional * rate_e9, <int128_t>RATE_ONE), &raw) != 0:
            raise_overflow("margin")
        return raw
