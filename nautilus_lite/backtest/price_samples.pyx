"""Prices on the grid of the equity: the middle of every instrument that had data since the sample before.

Where there is no middle the last trade or the last bar's close stands for it. Market rows cost nothing; a sample costs a
look at every instrument.
"""

cimport cython
from libc.stdlib cimport free

import numpy as np

from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.rows cimport copied
from nautilus_lite.core.rows cimport grown
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.enums cimport PriceType

PRICE_DTYPE = np.dtype([("ts", "<u8"), ("instrument", "<i8"), ("price", "<f8")])


@cython.final
cdef class PriceSamples:
    """Samples of prices, as the strategies of one world know them."""

    def __cinit__(self):
        self._samples = NULL

    def __init__(self):
        self.reset()

    def __dealloc__(self):
        free(self._samples)

    def reset(self):
        """Forget everything, ready for another run."""
        self._n = 0
        self._last = 0

    cdef int sample_c(self, ts_t ts, Market market) except -1:
        cdef MarketState state
        cdef PriceC* sample
        cdef price_raw_t raw
        cdef double price
        for state in market.states:
            if state.ts_last == 0 or state.ts_last <= self._last:
                continue
            price = state.mid_c()
            if price != price:
                if not state.price_c(PriceType.LAST, &raw):
                    continue
                price = fixed_to_double(raw, state.instrument.price_precision)
            if self._n == self._allocated:
                self._samples = <PriceC*>grown(self._samples, &self._allocated, 1024, sizeof(PriceC), "samples of prices")
            sample = &self._samples[self._n]
            sample.ts = ts
            sample.instrument = state.index
            sample.price = price
            self._n += 1
        self._last = ts
        return 0

    def samples(self):
        """Return every sample.

        Returns
        -------
        ndarray
            Structured: `ts` (ns), `instrument` (index in the market), `price` (price units). A copy.
        """
        return copied(self._samples, self._n, PRICE_DTYPE)
