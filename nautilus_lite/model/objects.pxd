from libc.stdint cimport uint8_t
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.currency cimport Currency
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class _Scalar:
    pass


cdef class Price(_Scalar):
    cdef readonly price_raw_t raw       # units of 10^-precision
    cdef readonly uint8_t precision     # 0..16
    @staticmethod
    cdef Price from_raw_c(price_raw_t raw, uint8_t precision)


cdef class Quantity(_Scalar):
    cdef readonly qty_raw_t raw         # units of 10^-precision, never negative
    cdef readonly uint8_t precision     # 0..16
    @staticmethod
    cdef Quantity from_raw_c(qty_raw_t raw, uint8_t precision)


cdef class Money(_Scalar):
    cdef readonly money_raw_t raw       # minor units
    cdef readonly Currency currency
    @staticmethod
    cdef Money from_raw_c(money_raw_t raw, Currency currency)


cdef class AccountBalance:
    cdef money_raw_t total_raw          # = locked + free
    cdef money_raw_t locked_raw
    cdef readonly Currency currency
    @staticmethod
    cdef AccountBalance from_raw_c(money_raw_t total, money_raw_t locked, Currency currency)


cdef class MarginBalance:
    cdef money_raw_t initial_raw
    cdef money_raw_t maintenance_raw
    cdef readonly Currency currency
    cdef readonly InstrumentId instrument_id   # None for an account-wide margin
    @staticmethod
    cdef MarginBalance from_raw_c(money_raw_t initial, money_raw_t maintenance, Currency currency,
                                  InstrumentId instrument_id)
