"""Every change of an account's balances, with what caused it.

A row is a struct and the fill, position or text behind it; nothing is made from either until somebody asks. The running
total of a row is the balance itself, so that the rows of a currency add up to it, and anything that moved money without
saying why would show.
"""

cimport cython
from libc.stdint cimport int32_t
from libc.stdlib cimport free
from libc.stdlib cimport malloc
from libc.string cimport memcpy

import numpy as np

from nautilus_lite.core.rows cimport copied
from nautilus_lite.core.rows cimport grown
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.objects cimport Currency

LEDGER_DTYPE = np.dtype([
    ("ts", "<u8"), ("amount", "<i8"), ("total", "<i8"), ("realized", "<i8"), ("original", "<i8"),
    ("cause", "<i4"), ("currency", "<i4"), ("original_currency", "<i4"), ("source", "<i4"),
])


@cython.final
cdef class Ledger:
    """The ledger of one account.

    Attributes
    ----------
    currencies : list of Currency
        To which the columns `currency` and `original_currency` of `rows` point.
    sources : list of OrderFilled, Position or str
        To which the column `source` points: the fill of a trade or a fee, the position of a funding, the reason of an
        adjustment.
    """

    def __cinit__(self):
        self._rows = NULL
        self.currencies = []
        self.sources = []
        self._index = {}

    def __dealloc__(self):
        free(self._rows)

    def __len__(self):
        return self.n

    cdef int32_t currency_c(self, Currency currency) except -1:
        cdef object index = self._index.get(currency)
        if index is None:
            index = len(self.currencies)
            self._index[currency] = index
            self.currencies.append(currency)
        return index

    cdef int add_c(self, ts_t ts, int cause, Currency currency, money_raw_t amount, money_raw_t total, object source) except -1:
        return self.add_converted_c(ts, cause, currency, amount, total, 0, currency, amount, source)

    cdef int add_converted_c(self, ts_t ts, int cause, Currency currency, money_raw_t amount, money_raw_t total,
                             money_raw_t realized, Currency original_currency, money_raw_t original, object source) except -1:
        cdef LedgerC* row
        if <size_t>self.n == self._capacity:
            self._rows = <LedgerC*>grown(self._rows, &self._capacity, 64, sizeof(LedgerC), "rows of a ledger")
        row = &self._rows[self.n]
        row.ts = ts
        row.amount = amount
        row.total = total
        row.realized = realized
        row.original = original
        row.cause = cause
        row.currency = self.currency_c(currency)
        row.original_currency = row.currency if original_currency is currency else self.currency_c(original_currency)
        row.source = -1
        if source is not None:
            # Trade and fee of one fill stand one after the other
            if not self.sources or self.sources[len(self.sources) - 1] is not source:
                self.sources.append(source)
            row.source = len(self.sources) - 1
        self.n += 1
        return 0

    def rows(self):
        """Return every change of a balance, oldest first.

        Returns
        -------
        ndarray
            Structured: `ts` (ns), `amount`, `total` after it and `realized` (minor units of `currency`), `original`
            (minor units of `original_currency`, before conversion), `cause` (`LedgerCause`), `currency` and
            `original_currency` (indices into `currencies`), `source` (index into `sources`, -1 for none). A copy.
        """
        return copied(self._rows, self.n, LEDGER_DTYPE)

    def __reduce__(self):
        return ledger_of, (self.currencies, self.sources, self.rows())


def ledger_of(list currencies not None, list sources not None, rows not None):
    """Return a ledger of rows; pickling uses it.

    Parameters
    ----------
    currencies, sources : list
    rows : ndarray
        As of `Ledger.rows`.
    """
    cdef Ledger ledger = Ledger.__new__(Ledger)
    cdef const unsigned char[::1] view
    ledger.currencies = list(currencies)
    ledger.sources = list(sources)
    ledger._index = {currency: index for index, currency in enumerate(currencies)}
    if len(rows):
        ledger._rows = <LedgerC*>malloc(len(rows) * sizeof(LedgerC))
        if ledger._rows == NULL:
            raise MemoryError(f"no memory for {len(rows)} rows of a ledger")
        ledger.n = ledger._capacity = len(rows)
        view = rows.view(np.uint8)
        memcpy(ledger._rows, &view[0], len(rows) * sizeof(LedgerC))
    return ledger
