from libc.stdint cimport int32_t
from libc.stdint cimport int64_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.objects cimport Currency

cpdef enum LedgerCause:
    START = 0            # opening balance
    TRADE = 1            # PnL of a margin account; cash paid and received, and what was bought or sold of a spot pair
    FEE = 2
    FUNDING = 3
    ADJUSTMENT = 4       # booked by a module or a user
    REPORTED = 5         # a state from outside said another balance


# One change of one balance
cdef struct LedgerC:
    ts_t ts
    money_raw_t amount         # minor units of the balance's currency
    money_raw_t total          # balance after it
    money_raw_t realized       # part of the amount that is realised PnL before fees
    money_raw_t original       # before conversion to the account's currency
    int32_t cause              # LedgerCause
    int32_t currency           # index into `currencies`
    int32_t original_currency
    int32_t source             # index into `sources`, -1 = none


cdef class Ledger:
    cdef LedgerC* _rows                # owned
    cdef Py_ssize_t n
    cdef size_t _capacity
    cdef readonly list currencies
    cdef readonly list sources         # what caused a row: OrderFilled, Position (funding) or str
    cdef dict _index                   # Currency -> index

    cdef int32_t currency_c(self, Currency currency) except -1
    cdef int add_c(self, ts_t ts, int cause, Currency currency, money_raw_t amount, money_raw_t total, object source) except -1
    cdef int add_converted_c(self, ts_t ts, int cause, Currency currency, money_raw_t amount, money_raw_t total,
                             money_raw_t realized, Currency original_currency, money_raw_t original, object source) except -1
