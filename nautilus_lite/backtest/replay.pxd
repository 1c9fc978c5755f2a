from libc.stdint cimport uint64_t
from nautilus_lite.backtest.world cimport Route
from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport RowHead


cdef class RowStream:
    """Rows of one kind of one instrument (or bar type), in blocks, sorted by `ts_init`."""
    cdef readonly str name                 # for messages: file or call the rows came from
    cdef int kind                          # RowKind
    cdef size_t row_size
    cdef readonly object identifier        # InstrumentId, BarType, or the class of custom objects
    cdef readonly object source            # makes a fresh iterator of blocks
    cdef object _blocks                    # iterator of (rows, keys or None)
    # Current block
    cdef object _rows_ref                  # keeps the rows alive
    cdef object _keys_ref
    cdef const char* rows
    cdef const uint64_t* keys              # tie-break per row, or NULL: `order` for all
    cdef uint64_t order
    cdef size_t n
    cdef size_t pos
    cdef ts_t last_ts
    cdef list objects                      # ROW_OBJECT only
    # Where the rows go
    cdef MarketState state
    cdef BarHistory history                # bars only
    cdef bint walks                        # bars that execute
    cdef bint pairs                        # bid and ask bars that execute together
    cdef list routes                       # Route, one a world

    cdef bint refill_c(self) except? 0


cdef class Replay:
    """Merges the streams by (ts_init, input order) and drives every world through each row."""
    cdef readonly Market market
    cdef list _streams
    cdef list _worlds
    cdef dict _half_bars                   # instrument index -> (is_ask, bytes of the bar waiting for its pair)
    cdef readonly uint64_t n_rows          # rows replayed
    cdef readonly ts_t ts_now
    cdef bint _adaptive_path

    cdef int _run_c(self, ts_t end, object progress) except -1
    cdef int _row_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _publish_c(self, RowStream stream, const RowHead* row, ts_t ts) except -1
    cdef int _object_c(self, RowStream stream, const RowHead* row) except -1
    cdef int _walk_bar_c(self, RowStream stream, const BarRow* row) except -1
    cdef int _walk_pair_c(self, RowStream stream, const BarRow* row) except -1
    cdef int _point_c(self, RowStream stream, ts_t ts, long long bid, long long ask, long long bid_size,
                      long long ask_size, bint is_gap) except -1
