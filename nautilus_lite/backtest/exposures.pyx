"""Notional exposure on the grid of the equity: what the open positions are worth at their marks, by currency.

A sample costs a look at every open position, as that of the equity does, and one record for each of their currencies.
"""

cimport cython
from libc.math cimport NAN
from libc.stdint cimport int64_t
from libc.stdlib cimport free

import numpy as np

from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.rows cimport copied
from nautilus_lite.core.rows cimport grown
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio

EXPOSURE_DTYPE = np.dtype([
    ("ts", "<u8"), ("slot", "<i8"), ("gross", "<i8"), ("net", "<i8"), ("rate", "<f8"), ("n_open", "<i8"),
])


@cython.final
cdef class Exposures:
    """Samples of what one world had open."""

    def __cinit__(self):
        self._samples = NULL

    def __init__(self):
        self.reset()

    def __dealloc__(self):
        free(self._samples)

    def reset(self):
        """Forget everything, ready for another run."""
        self._n = 0
        self.slots = []
        self._slot_index = {}

    cdef int64_t _slot_c(self, object currency) except -1:
        if currency not in self._slot_index:
            self._slot_index[currency] = len(self.slots)
            self.slots.append(currency)
        return self._slot_index[currency]

    cdef ExposureC* _at_c(self, size_t first, int64_t slot) except NULL:
        cdef size_t i
        for i in range(first, self._n):
            if self._samples[i].slot == slot:
                return &self._samples[i]
        if self._n == self._allocated:
            self._samples = <ExposureC*>grown(self._samples, &self._allocated, 1024, sizeof(ExposureC), "samples of exposure")
        self._samples[self._n] = ExposureC(0, slot, 0, 0, 1.0, 0)
        self._n += 1
        return &self._samples[self._n - 1]

    cdef int sample_c(self, ts_t ts, object portfolio, object cache, object reporting) except -1:
        cdef Portfolio valuation = <Portfolio>portfolio
        cdef size_t first = self._n
        cdef size_t i
        cdef Position position
        cdef ExposureC* sample
        cdef price_raw_t price
        cdef money_raw_t value
        self._at_c(first, self._slot_c(reporting))
        for position in (<Cache>cache)._positions_open.values():
            sample = self._at_c(first, self._slot_c(position.instrument.cost_currency_c()))
            sample.n_open += 1
            if not valuation.mark_c(position, &price):
                sample.rate = NAN
                continue
            value = position.instrument.notional_raw_c(fixed_abs(position.signed_raw), price)
            # A price below zero, as of a spread, leaves the size of what is at stake
            if fixed_add(sample.gross_raw, fixed_abs(value), &sample.gross_raw) != 0 or fixed_add(
                sample.net_raw, value if position.signed_raw > 0 else -value, &sample.net_raw
            ) != 0:
                raise_overflow(f"exposure in {self.slots[sample.slot]}")
        for i in range(first, self._n):
            sample = &self._samples[i]
            sample.ts = ts
            if self.slots[sample.slot] != reporting and sample.rate == 1.0:
                rate = cache.get_xrate(None, self.slots[sample.slot], reporting)
                sample.rate = NAN if rate is None else rate
        return 0

    def samples(self):
        """Return every sample.

        Returns
        -------
        ndarray
            Structured: `ts` (ns), `slot` (index into `slots`; 0, the reporting currency, starts a sample), `gross` and
            `net` (minor units of the slot's currency), `rate` (reporting currency per unit, NaN where it or the price of
            a position was not known), `n_open` (positions). A copy.
        """
        return copied(self._samples, self._n, EXPOSURE_DTYPE)
