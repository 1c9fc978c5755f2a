from nautilus_lite.backtest.excursions cimport Excursions
from nautilus_lite.backtest.held cimport HeldPrices
from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.matching.bars cimport BarOrders
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.identifiers cimport AccountId


cdef class OrderMatchingEngine(BarOrders):
    """Own orders of one world in one instrument, matched against the shared market state."""
    # Identity
    cdef QueueModel _queue_model                 # or None
    cdef readonly AccountId account_id
    cdef HeldPrices held                         # of the instrument in its world, or None

    # Where fills are noted from now on, or None
    cdef int note_c(self, Markouts markouts, Excursions excursions) except -1
    # The market changed (book already updated). `trade` is the row that caused it, or NULL
    cdef int on_market_c(self, ts_t ts_now, const TradeRow* trade) except -1
    # A mark or index price came, the book stayed as it is
    cdef int on_reference_c(self, ts_t ts_now) except -1
    # No later than the earliest expiry of a resting order, UINT64_MAX = none
    cdef ts_t next_expiry_c(self) noexcept
    cdef int expire_c(self, ts_t ts_now) except -1
    cdef int reset_c(self) except -1
