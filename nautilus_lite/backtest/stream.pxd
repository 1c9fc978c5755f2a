from libc.stdint cimport int64_t
from nautilus_lite.backtest.exchange cimport SimulatedExchange
from nautilus_lite.backtest.lanes cimport LaneC
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.world cimport World
from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.data.channel cimport Channel
from nautilus_lite.model.data.rows cimport RowHead


cdef enum StreamEnd:
    BOTH_ENDS = 0                        # rows move the market, match orders and are published
    VENUE_END = 1                        # as they happen at the venue: not published
    STRATEGY_END = 2                     # as they are heard: match nothing


cdef class Route:
    """Where the rows of one stream go in one world."""
    cdef World world
    cdef Channel channel                   # None for custom objects, and where nobody hears the rows
    cdef OrderMatchingEngine matching      # None where no venue takes orders in the instrument, or acts on the rows
    cdef bint trades_match                 # trades may fill resting orders
    cdef SimulatedExchange exchange        # venue of the instrument, or None
    cdef tuple modules                     # those of its modules that take rows


cdef class RowStream:
    """Rows of one kind of one instrument (or bar type), in blocks, sorted by `ts_init`."""
    cdef readonly str name                 # for messages: file or call the rows came from
    cdef readonly object identifier        # InstrumentId, BarType, or the class of custom objects
    cdef readonly object source            # makes a fresh iterator of blocks
    cdef object _blocks                    # iterator of (rows, keys or None)
    cdef object _rows_ref                  # keeps the rows alive
    cdef object _keys_ref
    cdef LaneC lane                        # the current block, and where its rows go
    cdef ts_t last_ts
    cdef readonly list objects                      # ROW_OBJECT only
    cdef int end                           # StreamEnd
    cdef int64_t n_passed                  # rows of blocks that are done, less those skipped
    cdef MarketState state
    cdef BarHistory history                # bars only
    cdef bint walks                        # bars that execute
    cdef ts_t bar_ns                       # length of a bar, 0 = not known
    cdef bint pairs                        # bid and ask bars that execute together
    cdef tuple routes                      # Route, one a world
    cdef bint takes_rows                   # a module of a venue wants every row
    cdef bint _behind                      # of the book, where it is the first of its streams
    cdef RowStream _first

    cdef bint refill_c(self) except? 0
    cdef int connect_c(self, tuple routes) except -1
    cdef int share_c(self, RowStream first) except -1     # with the first stream of the same book
    cdef object object_c(self)             # the row at hand as an object
    cdef const RowHead* row_c(self, size_t position) noexcept
