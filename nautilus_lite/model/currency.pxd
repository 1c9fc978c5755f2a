from libc.stdint cimport uint8_t


cdef class Currency:
    cdef readonly str code
    cdef readonly uint8_t precision     # digits of the minor unit
    cdef readonly int iso4217           # numeric code, 0 if none
    cdef readonly str name
    cdef readonly object currency_type  # CurrencyType
