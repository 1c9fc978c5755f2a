from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.model.objects cimport Currency


cdef class Commissions:
    """Commissions paid, by currency; almost always one."""
    cdef Currency _currency            # of the first, None before it
    cdef money_raw_t _raw
    cdef dict _others                  # Currency -> raw, or None

    cdef int add_c(self, Currency currency, money_raw_t raw) except -1
    cdef list moneys_c(self)           # Money by currency, in order of appearance
