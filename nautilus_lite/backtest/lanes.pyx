"""The inner loop of the replay: rows of all streams in order of (`ts_init`, key), applied to the market.

A row that no Python code listens to and that reaches no resting order is done here, without the GIL. The first lane runs
on until its next row passes the runner-up's, so that bursts of one stream cost no look at the others. Whether anybody listens
and whether orders rest is read through pointers to the live counts: nothing has to be kept in step.
"""

from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport realloc

from nautilus_lite.backtest.held cimport HeldC
from nautilus_lite.backtest.held cimport stretch_see
from nautilus_lite.backtest.held cimport touch_exits
from nautilus_lite.backtest.markouts cimport markouts_take
from nautilus_lite.backtest.matching.watch cimport watch_market
from nautilus_lite.backtest.matching.watch cimport watch_trade
from nautilus_lite.cache.market cimport ExitsC
from nautilus_lite.cache.market cimport state_apply_row
from nautilus_lite.cache.market cimport state_exits
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport ROW_DELTA
from nautilus_lite.model.data.rows cimport ROW_TRADE
from nautilus_lite.model.data.rows cimport RowHead
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.data.rows cimport ends_batch

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

# The state is an object that its stream holds; here it is a pointer, for a cast would count a reference
ctypedef int (*apply_t)(void* state, int kind, const RowHead* row) except -1 nogil
cdef apply_t apply_row = <apply_t><void*>state_apply_row
ctypedef int (*exits_t)(void* state, ExitsC* exits) noexcept nogil
cdef exits_t exits_of = <exits_t><void*>state_exits


cdef inline bint earlier(const HeadC* a, const HeadC* b) noexcept nogil:
    return a.ts < b.ts or (a.ts == b.ts and a.key < b.key)


cdef void sift_down(MergeC* merge) noexcept nogil:
    cdef HeadC* heads = merge.heads
    cdef HeadC moving = heads[0]
    cdef size_t at = 0
    cdef size_t child = 1
    while child < merge.n:
        if child + 1 < merge.n and earlier(&heads[child + 1], &heads[child]):
            child += 1
        if not earlier(&heads[child], &moving):
            break
        heads[at] = heads[child]
        at = child
        child = 2 * at + 1
    heads[at] = moving


cdef int merge_push(MergeC* merge, LaneC* lane) noexcept nogil:
    cdef size_t at = merge.n
    cdef size_t parent
    cdef HeadC head
    cdef HeadC* heads = <HeadC*>realloc(merge.heads, (merge.n + 1) * sizeof(HeadC))
    if heads == NULL:
        return -1
    merge.heads = heads
    merge.n += 1
    head.ts = lane_ts(lane)
    head.key = lane_key(lane)
    head.lane = lane
    while at > 0:
        parent = (at - 1) >> 1
        if not earlier(&head, &heads[parent]):
            break
        heads[at] = heads[parent]
        at = parent
    heads[at] = head
    return 0


cdef void merge_pop(MergeC* merge) noexcept nogil:
    merge.n -= 1
    if merge.n:
        merge.heads[0] = merge.heads[merge.n]
        sift_down(merge)


cdef void merge_renew(MergeC* merge) noexcept nogil:
    merge.heads[0].ts = lane_ts(merge.heads[0].lane)
    merge.heads[0].key = lane_key(merge.heads[0].lane)
    sift_down(merge)


cdef void merge_free(MergeC* merge) noexcept nogil:
    free(merge.heads)
    free(merge.markouts)
    merge.heads = NULL
    merge.markouts = NULL
    merge.n = merge.n_markouts = 0


cdef bint lane_needs_python(const LaneC* lane) noexcept nogil:
    cdef Py_ssize_t i
    if lane.python:
        return True
    for i in range(lane.n_routes):
        if lane.routes[i].n_subscribers[0] or lane.routes[i].listeners.n_python:
            return True
    return False


cdef bint lane_is_held(const LaneC* lane) noexcept nogil:
    cdef Py_ssize_t i
    for i in range(lane.n_routes):
        if lane.routes[i].held.n:
            return True
    return False


cdef void lane_see(const LaneC* lane, const RowHead* row) noexcept nogil:
    cdef ExitsC exits
    cdef Py_ssize_t i
    # A half-built book shows no price
    if lane.kind == ROW_DELTA and not ends_batch((<const DeltaRow*>row).flags):
        return
    if not touch_exits(lane.bids, lane.asks, &exits):
        exits_of(lane.state, &exits)
    for i in range(lane.n_routes):
        if lane.routes[i].held.n:
            stretch_see(&lane.routes[i].held.now, &exits)


cdef inline bint sees_nothing_new(const LaneC* lane) noexcept nogil:
    """Whether the touch is within what every world that holds has seen: so it is after nearly every row."""
    cdef const HeldC* held
    cdef price_raw_t bid, ask
    cdef Py_ssize_t i
    if lane.bids.n == 0 or lane.asks.n == 0:
        return False
    bid = lane.bids.levels[lane.bids.n - 1].price
    ask = lane.asks.levels[lane.asks.n - 1].price
    for i in range(lane.n_routes):
        held = lane.routes[i].held
        if held.n and (
            bid < held.now.low_long or bid > held.now.high_long or ask < held.now.low_short or ask > held.now.high_short
        ):
            return False
    return True


cdef bint concerns_anybody(const LaneC* lane) noexcept nogil:
    """Whether any world has working orders or a consumer for the rows of the lane."""
    cdef Py_ssize_t i
    for i in range(lane.n_routes):
        if lane.routes[i].n_watched[0] or lane.routes[i].listeners.n_feeds:
            return True
    return False


cdef inline bint reaches_order(LaneC* lane, const RowHead* row) noexcept nogil:
    """Whether the row, applied already, reaches a working order of any world; each world's watch takes note of it."""
    cdef const RouteC* route
    cdef const DeltaRow* level
    cdef bint reached = False
    cdef Py_ssize_t i
    if lane.kind == ROW_TRADE:
        for i in range(lane.n_routes):
            route = &lane.routes[i]
            if route.n_watched[0] and route.trades_match and watch_trade(route.watch, <const TradeRow*>row):
                reached = True
        return reached
    if not lane_book_stands(lane, row, &level):
        return False
    for i in range(lane.n_routes):
        route = &lane.routes[i]
        if route.n_watched[0] and watch_market(route.watch, level):
            reached = True
    return reached


cdef inline int feed(MergeC* merge, const LaneC* lane, const RowHead* row) noexcept nogil:
    cdef ListenersC* listeners
    cdef Py_ssize_t i, j
    for i in range(lane.n_routes):
        listeners = lane.routes[i].listeners
        if listeners.n_feeds:
            listeners.count += 1
            for j in range(listeners.n_feeds):
                if listeners.feeds[j].take(listeners.feeds[j].taker, row) != 0:
                    merge.failed_route = i
                    merge.failed_feed = j
                    return -1
    return 0


cdef ts_t look_due(const MergeC* merge) noexcept nogil:
    cdef ts_t due = NEVER
    cdef size_t i
    for i in range(merge.n_markouts):
        due = min(due, merge.markouts[i].due_ns)
    return due


cdef void look_before(MergeC* merge, ts_t ts) noexcept nogil:
    cdef size_t i
    for i in range(merge.n_markouts):
        if merge.markouts[i].due_ns <= ts:
            markouts_take(merge.markouts[i], ts)


cdef int merge_glide(MergeC* merge, ts_t bound, uint64_t budget) except -1 nogil:
    cdef LaneC* lane
    cdef const RowHead* row
    cdef HeadC limit
    cdef ts_t ts
    cdef bint needs_python, concerns, held
    # Middles after fills are taken on the way
    cdef ts_t pause = min(bound, look_due(merge) - 1)
    while True:
        lane = merge.heads[0].lane
        limit.ts = NEVER
        limit.key = <uint64_t>NEVER
        if merge.n > 1:
            limit = merge.heads[1]
            if merge.n > 2 and earlier(&merge.heads[2], &limit):
                limit = merge.heads[2]
        # Nothing but Python code changes who listens and which orders rest, and none runs here
        needs_python = lane_needs_python(lane)
        # Lanes of objects have no listeners to look at
        concerns = not needs_python and concerns_anybody(lane)
        held = not needs_python and lane_is_held(lane)
        while True:
            row = <const RowHead*>(lane.rows + lane.pos * lane.row_size)
            ts = row.ts_init
            if ts > limit.ts or (ts == limit.ts and lane_key(lane) > limit.key):
                break
            if ts > pause:
                if ts > bound:
                    merge_renew(merge)
                    return GLIDE_LATE
                look_before(merge, ts)
                pause = min(bound, look_due(merge) - 1)
            if budget == 0:
                merge_renew(merge)
                return GLIDE_PAUSE
            if needs_python:
                merge_renew(merge)
                return GLIDE_PYTHON
            apply_row(lane.state, lane.kind, row)
            lane.pos += 1
            merge.n_rows += 1
            merge.ts_now = ts
            budget -= 1
            if held and not sees_nothing_new(lane):
                lane_see(lane, row)
            if concerns:
                if reaches_order(lane, row):
                    return GLIDE_REACHED
                if feed(merge, lane, row) != 0:
                    return GLIDE_FAILED
            if lane.pos == lane.n:
                return GLIDE_EMPTY
        merge_renew(merge)
