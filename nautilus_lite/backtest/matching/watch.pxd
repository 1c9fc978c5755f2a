# What the replay asks of resting orders after every row, without the GIL: is any of them reached?
from libc.stdint cimport uint64_t
from nautilus_lite.backtest.matching.liquidity cimport LedgerC
from nautilus_lite.backtest.matching.queue cimport PlaceC
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.models.queue cimport QueueRuleC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.orders cimport QueuesC
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport TradeRow

# Tables of resting orders; odd numbers are sells
cdef enum:
    BUY_LIMITS = 0
    SELL_LIMITS = 1
    BUY_STOPS = 2                # triggered by the touch
    SELL_STOPS = 3
    BUY_STOPS_LAST = 4           # triggered by the last trade
    SELL_STOPS_LAST = 5
    BUY_TOUCHES = 6              # if-touched orders: triggered by the touch
    SELL_TOUCHES = 7
    BUY_TOUCHES_LAST = 8         # triggered by the last trade
    SELL_TOUCHES_LAST = 9
    ODD_TRIGGERS = 10            # both sides: whatever no table can be sorted by; looked at one by one on every update
    AT_OPEN = 11                 # orders that wait for an opening or a close: no market reaches them
    AT_CLOSE = 12
    N_TABLES = 13

cdef struct WatchC:
    LadderC* bids                # the shared book
    LadderC* asks
    TableC* tables               # of the matching engine
    LedgerC* ledgers
    bint queued                  # resting limits stand in a queue: one of the two below is there
    QueueRuleC* rule             # NULL: no queue model
    QueuesC* queues              # L3 without a model: the queues themselves; else NULL
    uint64_t epoch               # of the queues when the places were last looked at
    PlaceC* places               # by slot
    bint top_only                # an L1 book
    bint consumes                # what any order took of a level stays taken until its size changes
    bint remembers               # there is something taken to forget when its level changes
    Py_ssize_t n_watched         # working orders, and one for `remembers`; 0 = market updates cost one comparison
    bint wake                    # the session opened: the next row is for the orders that waited
    # The touch when it was last looked at
    bint has_bid
    bint has_ask
    price_raw_t bid
    price_raw_t ask
    qty_raw_t bid_size
    qty_raw_t ask_size
    # Visits of a price by the touch: index 0 asks (fill buys), 1 bids (fill sells)
    price_raw_t[2] visit_price
    uint64_t[2] visit
    bint[2] visit_known
    # The visit in which every limit that the touch reaches was looked at, and none fills before it ends; 0: none such
    uint64_t[2] decided
    # Trailing stops that follow the touch: none moves before the bid rises above, or the ask falls below, these
    bint trails_bid
    bint trails_ask
    price_raw_t trail_bid
    price_raw_t trail_ask

cdef void watch_look(WatchC* watch) noexcept nogil                          # read the touch
cdef void watch_renew(WatchC* watch) noexcept nogil                         # forget what was taken of levels that changed
cdef void watch_remember(WatchC* watch) noexcept nogil                      # after something was taken
cdef void watch_queues(WatchC* watch) noexcept nogil                        # every limit's place after the book changed
# What of a trade reaches each resting limit of a table through its queue: `share` of its place
cdef void watch_shares(WatchC* watch, int table, const TradeRow* trade) noexcept nogil
cdef void watch_count_visits(WatchC* watch) noexcept nogil                  # a visit of a price ends when the touch leaves it
# Whether a rise to one touch (bit 1) and a fall to another (bit 2) would reach an order
cdef int watch_legs(const WatchC* watch, price_raw_t high_bid, price_raw_t high_ask, price_raw_t low_bid,
                    price_raw_t low_ask, bint has_last) noexcept nogil
# The book changed, nothing of it but the level of the row if that is given: True if an order is reached
cdef bint watch_market(WatchC* watch, const DeltaRow* level) noexcept nogil
cdef bint watch_trade(WatchC* watch, const TradeRow* trade) noexcept nogil  # a trade printed: True if an order may be reached
