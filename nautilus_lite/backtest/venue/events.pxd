from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.venue.funding cimport FundingDesk
from nautilus_lite.backtest.venue.liquidation cimport LiquidationDesk
from nautilus_lite.backtest.venue.settlement cimport SettlementDesk
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport InstrumentUpdate


cdef class VenueEvents:
    """What one venue does at times of its own."""
    cdef readonly FundingDesk funding
    cdef readonly SettlementDesk settlement
    cdef readonly LiquidationDesk liquidation    # or None
    cdef readonly tuple modules                  # SimulationModule
    cdef dict _engines

    cdef int attach_c(self, Responses responses, Market market) except -1      # of the venue
    cdef int start_c(self, ts_t ts_now) except -1
    cdef ts_t next_c(self)                       # earliest of all, UINT64_MAX = never
    cdef int on_update_c(self, InstrumentUpdate update, ts_t ts_now) except -1
    cdef int due_c(self, ts_t ts_now) except -1
    cdef int check_c(self, ts_t ts_now) except -1
    cdef int finish_c(self) except -1
