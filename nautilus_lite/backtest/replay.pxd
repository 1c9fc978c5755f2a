from libc.stdint cimport uint64_t
from nautilus_lite.backtest.bar_walk cimport BarWalk
from nautilus_lite.backtest.lanes cimport MergeC
from nautilus_lite.backtest.stream cimport Route
from nautilus_lite.backtest.stream cimport RowStream
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport RowHead


cdef class Replay:
    """Merges the streams by (ts_init, input order) and drives every world through each row."""
    cdef readonly Market market
    cdef list _streams
    cdef tuple _worlds
    cdef BarWalk _bar_walk
    cdef MergeC _merge

    cdef Market market_c(self, RowStream stream)
    cdef int _run_c(self, ts_t end, object progress) except -1
    cdef ts_t _bound_c(self, ts_t end) noexcept
    cdef int _tell_time_c(self) except -1
    cdef int _row_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _reached_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _publish_c(self, RowStream stream, const RowHead* row, ts_t ts) except -1
    cdef int _pre_process_c(self, RowStream stream) except -1
    cdef int _modules_c(self, Route route, ts_t ts) except -1
    cdef int _object_c(self, RowStream stream, const RowHead* row) except -1
