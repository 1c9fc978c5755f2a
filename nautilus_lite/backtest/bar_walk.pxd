from libc.stdint cimport uint64_t
from nautilus_lite.backtest.bar_rules cimport BarPointsC
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.stream cimport RowStream
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport BarRow


cdef class BarWalk:
    """Moves books along bars."""
    cdef dict _halves                      # (InstrumentId, StreamEnd) -> (is_ask, bytes of the bar waiting for its pair)
    cdef dict _n_lost                      # InstrumentId -> halves whose pair never came

    cdef int walk_c(self, RowStream stream, const BarRow* row) except -1
    cdef int _pair_c(self, RowStream stream, const BarRow* row) except -1
    cdef int _points_c(self, RowStream stream, const BarPointsC* points, ts_t ts) except -1
    cdef int _see_c(self, RowStream stream, OrderMatchingEngine matching) except -1
    cdef int _stand_c(self, RowStream stream, const BarPointsC* points, int point, ts_t ts) except -1
