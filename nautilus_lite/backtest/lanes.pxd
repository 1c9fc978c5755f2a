# Rows of all streams in order, and what they do to the market, without the GIL.
from libc.stdint cimport uint64_t
from nautilus_lite.backtest.held cimport HeldC
from nautilus_lite.backtest.markouts cimport MarkoutsC
from nautilus_lite.backtest.matching.watch cimport WatchC
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.data.channel cimport ListenersC
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport ends_batch
from nautilus_lite.model.enums cimport BookAction

cdef struct RouteC:
    const Py_ssize_t* n_subscribers      # of the channel's topic on the bus
    ListenersC* listeners                # of the channel
    const Py_ssize_t* n_watched          # of the matching engine: 0 where no row concerns it
    WatchC* watch
    HeldC* held                          # prices while positions are held
    bint trades_match                    # trades may fill resting orders

cdef struct LaneC:
    # The current block of rows
    const char* rows
    const uint64_t* keys                 # tie-break per row, or NULL: `order` for all
    uint64_t order
    size_t row_size
    size_t n
    size_t pos
    int kind                             # RowKind
    bint python                          # every row needs the GIL: custom objects, bars
    bint book_matches                    # these rows move the book that orders are matched against
    bint by_level                        # each of them changes one level: deltas of a book by price
    bint* behind                         # levels of the book changed that no watch has followed yet; of all its lanes
    void* state                          # MarketState, borrowed
    LadderC* bids                        # of its book
    LadderC* asks
    RouteC* routes                       # one a world; owned
    Py_ssize_t n_routes
    size_t index                         # of its stream

cdef struct HeadC:
    ts_t ts                              # of the lane's next row
    uint64_t key
    LaneC* lane

cdef struct MergeC:
    HeadC* heads                         # binary heap by (ts, key); owned
    size_t n
    uint64_t n_rows                      # rows done
    ts_t ts_now                          # of the last of them
    MarkoutsC** markouts                 # one a world; owned
    size_t n_markouts
    Py_ssize_t failed_route              # where a feed failed
    Py_ssize_t failed_feed

cdef enum GlideEnd:
    GLIDE_LATE = 1                       # the next row is beyond the bound
    GLIDE_PAUSE = 2                      # as many rows as were allowed
    GLIDE_PYTHON = 3                     # the next row needs the GIL
    GLIDE_REACHED = 4                    # the last row reached a resting order: it is to be matched and published
    GLIDE_EMPTY = 5                      # the first lane has no rows left
    GLIDE_FAILED = 6                     # a feed failed

cdef inline ts_t lane_ts(const LaneC* lane) noexcept nogil:
    # Every row starts with ts_event, ts_init
    return (<const ts_t*>(lane.rows + lane.pos * lane.row_size))[1]

cdef inline uint64_t lane_key(const LaneC* lane) noexcept nogil:
    return lane.keys[lane.pos] if lane.keys != NULL else lane.order

# Whether the book may be matched after a row; `level` is the row if nothing but its level changed, else NULL
cdef inline bint lane_book_stands(LaneC* lane, const RowHead* row, const DeltaRow** level) noexcept nogil:
    cdef const DeltaRow* delta = <const DeltaRow*>row
    level[0] = NULL
    if lane.kind != ROW_DELTA:
        return lane.book_matches
    if not ends_batch(delta.flags):
        lane.behind[0] = True
        return False
    if lane.by_level and not lane.behind[0] and delta.action != BookAction.CLEAR:
        level[0] = delta
    lane.behind[0] = False
    return lane.book_matches

cdef bint lane_is_held(const LaneC* lane) noexcept nogil                      # any world holds a position in its instrument
cdef void lane_see(const LaneC* lane, const RowHead* row) noexcept nogil      # after a row, where it is held
cdef bint lane_needs_python(const LaneC* lane) noexcept nogil                 # the next row does
cdef int merge_push(MergeC* merge, LaneC* lane) noexcept nogil               # -1: no memory
cdef void merge_pop(MergeC* merge) noexcept nogil                            # the first lane has ended
cdef void merge_renew(MergeC* merge) noexcept nogil                          # the first lane has moved on
cdef void merge_free(MergeC* merge) noexcept nogil
# Rows up to the bound (`ts_init`, included), at most `budget` of them; a GlideEnd, or -1 with an exception
cdef int merge_glide(MergeC* merge, ts_t bound, uint64_t budget) except -1 nogil
