from nautilus_lite.backtest.matching.filling cimport FillingOrders
from nautilus_lite.execution.trailing cimport TrailC
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder


cdef class TrailingOrders(FillingOrders):
    """Working orders, of which some follow the market with their trigger."""
    cdef list _trailing                          # those whose trail has begun; some may have left since

    cdef int _submit_trailing_c(self, TrailingStopOrder order) except -1
    cdef int _start_trail_c(self, TrailingStopOrder order) except -1             # in no table now
    # It came to rest at this moment: the watch must not miss the first move in its favour
    cdef void _note_trail_c(self, TrailingStopOrder order) noexcept
    cdef int _trail_c(self) except -1                                            # all, after the market moved
    cdef int _move_c(self, TrailingStopOrder order, const TrailC* trail) except -1
