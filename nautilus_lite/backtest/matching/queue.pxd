# Where a resting limit order stands in the queue of its level.
from nautilus_lite.backtest.matching.fifo cimport FifoC
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.models.queue cimport QueueRuleC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC

cdef struct PlaceC:
    qty_raw_t ahead              # to trade before it is the order's turn
    qty_raw_t level              # size of the level when last seen
    qty_raw_t traded             # at the price since then
    qty_raw_t share              # of the trade being matched, what those ahead leave; own orders share it
    bint known                   # False: the book, of one or ten levels, has not shown this one yet
    FifoC fifo                   # L3 without a model: says what is ahead; `level` and `traded` are unused then

# The size that the book shows at a price of the ladder; -1 if it cannot tell
cdef qty_raw_t shown(LadderC* ladder, price_raw_t price, bint top_only) noexcept nogil
# An order joins behind the size that its level shows, negative where that is not known
cdef void place_join(PlaceC* place, qty_raw_t size) noexcept nogil
cdef void place_follow(PlaceC* place, QueueRuleC* rule, qty_raw_t size) noexcept nogil          # the level shows the size now
# All orders of a table follow their side of a book that shows its levels
cdef void places_follow(PlaceC* places, QueueRuleC* rule, LadderC* ladder, TableC* table) noexcept nogil
# The orders at one price follow their level
cdef void places_follow_level(PlaceC* places, QueueRuleC* rule, LadderC* ladder, TableC* table, price_raw_t price) noexcept nogil
# The next tranche of an iceberg joins at the back, where nothing is left of the level but what has not traded; `size` is that of
# the trade that served the last one
cdef void place_rejoin(PlaceC* place, qty_raw_t size) noexcept nogil
# A trade of the size at the order's price, or beyond it; returns what of it is left for the order
cdef qty_raw_t place_trade(PlaceC* place, qty_raw_t size, bint beyond) noexcept nogil
