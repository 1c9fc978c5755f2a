from libc.stdint cimport uint64_t
from nautilus_lite.backtest.lanes cimport MergeC
from nautilus_lite.backtest.stream cimport RowStream
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport RowHead


cdef class Replay:
    """Merges the streams by (ts_init, input order) and drives every world through each row."""
    cdef readonly Market market
    cdef list _streams
    cdef tuple _worlds
    cdef dict _half_bars                   # instrument index -> (is_ask, bytes of the bar waiting for its pair)
    cdef MergeC _merge
    cdef bint _adaptive_path

    cdef int _run_c(self, ts_t end, object progress) except -1
    cdef ts_t _bound_c(self, ts_t end) noexcept
    cdef int _tell_time_c(self) except -1
    cdef int _row_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _reached_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _publish_c(self, RowStream stream, const RowHead* row, ts_t ts) except -1
    cdef int _object_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _walk_bar_c(self, RowStream stream, const BarRow* row) except -1
    cdef int _walk_pair_c(self, RowStream stream, const BarRow* row) except -1
    cdef int _point_c(self, RowStream stream, ts_t ts, long long bid, long long ask, long long bid_size,
                      long long ask_size, bint is_gap) except -1
