from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport FundingRateUpdate


cdef class FundingDesk(VenueDesk):
    """Pays funding between longs and shorts of perpetuals."""
    cdef dict _due                               # (ns, InstrumentId) -> FundingRateUpdate, the last one for that time
    cdef dict _paid                              # InstrumentId -> ns of the last payment
    cdef readonly list payments                  # FundingPayment
    cdef readonly int late_count                 # updates for a time that had passed: nothing was booked

    cdef int on_rate_c(self, FundingRateUpdate update, ts_t ts_now) except -1
    cdef int due_c(self, ts_t ts_now) except -1
    cdef int _pay_c(self, FundingRateUpdate update, ts_t ts_now) except -1
    cdef object _price_c(self, object instrument_id)                     # exact Fraction
