from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.objects cimport Currency


cdef class AccountState:
    cdef uint64_t id_hi
    cdef uint64_t id_lo
    cdef readonly AccountId account_id
    cdef int _account_type
    cdef readonly Currency base_currency      # or None for a multi-currency account
    cdef readonly bint is_reported
    cdef tuple _balances                      # AccountBalance
    cdef tuple _margins                       # MarginBalance
    cdef dict _info                           # None for an empty one
    cdef readonly ts_t ts_event
    cdef readonly ts_t ts_init
    @staticmethod
    cdef AccountState new_c(AccountId account_id, int account_type, Currency base_currency, tuple balances, tuple margins,
                            uint64_t id_hi, uint64_t id_lo, ts_t ts_event, ts_t ts_init)
