"""Commissions of an order or a position, summed by currency."""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money


@cython.final
@cython.no_gc
cdef class Commissions:
    """Sums of commissions; orders and positions own one each."""

    cdef int add_c(self, Currency currency, money_raw_t raw) except -1:
        cdef int64_t total
        if self._currency is None:
            self._currency = currency
        if currency is self._currency or currency == self._currency:
            if fixed_add(self._raw, raw, &total) != 0:
                raise_overflow(f"commissions in {currency}")
            self._raw = total
            return 0
        if self._others is None:
            self._others = {}
        self._others[currency] = self._others.get(currency, 0) + raw
        return 0

    cdef list moneys_c(self):
        if self._currency is None:
            return []
        cdef list found = [Money.from_raw_c(self._raw, self._currency)]
        if self._others is not None:
            found.extend(Money.from_raw_c(raw, currency) for currency, raw in self._others.items())
        return found
