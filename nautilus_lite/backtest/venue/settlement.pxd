from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport InstrumentClose
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class SettlementDesk(VenueDesk):
    """Ends contracts: expires their orders, closes their positions at the settlement price."""
    cdef readonly dict prices                    # InstrumentId -> Price, from the venue's settings
    cdef readonly str fallback                   # "refuse" or "last"
    cdef dict _expiries                          # InstrumentId -> ns, of contracts that live
    cdef dict _waiting                           # InstrumentId -> ns, expired, with positions, until their price arrives
    cdef set _expected                           # instruments whose closing price is in the data

    cdef int start_c(self, ts_t ts_now) except -1
    cdef int expect_c(self, InstrumentId instrument_id) except -1
    cdef int on_close_c(self, InstrumentClose close, ts_t ts_now) except -1
    cdef int due_c(self, ts_t ts_now) except -1
    cdef int finish_c(self) except -1            # raises if a position still waits for its price
    cdef int _sum_up_c(self) except -1
    cdef int _expire_c(self, OrderMatchingEngine engine, ts_t ts_now) except -1
    cdef int _settle_c(self, OrderMatchingEngine engine, price_raw_t price, str reason, ts_t ts_now) except -1
    cdef object _price_c(self, OrderMatchingEngine engine)
    cdef object _exercise_c(self, OrderMatchingEngine engine)
