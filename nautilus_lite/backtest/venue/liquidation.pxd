from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.objects cimport Currency


cdef class LiquidationDesk(VenueDesk):
    """Closes positions whose account cannot bear them."""
    cdef readonly object ratio                   # Decimal
    cdef readonly bint cancels                   # working orders go first
    cdef readonly ts_t interval_ns               # 0: no interval
    cdef object _portfolio
    cdef bint _busy
    cdef readonly list calls                     # (ns, currency, equity, maintenance margin) of each margin call

    cdef int check_c(self, ts_t ts_now) except -1
    cdef bint _is_called_c(self, MarginAccount account, Currency currency, ts_t ts_now) except? 0
    cdef bint _falls_short_c(self, Currency currency, money_raw_t equity, object margin, list unpriced, ts_t ts_now) except? 0
    cdef bint _is_exposed_c(self) except? 0
    cdef int _liquidate_c(self, MarginAccount account, Currency currency, ts_t ts_now) except -1
