"""Places in the queues of levels: joined at the back, advanced by trades, and by what a model makes of cancels."""

from nautilus_lite.backtest.matching.table cimport EntryC
from nautilus_lite.backtest.matching.table cimport TableC
from nautilus_lite.backtest.matching.table cimport table_at
from nautilus_lite.backtest.models.queue cimport QueueRuleC
from nautilus_lite.backtest.models.queue cimport queue_ahead_after
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LINEAR_LEVELS
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_best
from nautilus_lite.model.book.ladder cimport ladder_position


cdef inline qty_raw_t shown_at(LadderC* ladder, size_t at, price_raw_t price) noexcept nogil:
    """The size at a price whose position in the ladder is known."""
    if at < ladder.n and ladder.levels[at].price == price:
        return ladder.levels[at].size
    # Where the book shows so many levels and no more, what is beyond the worst is not known
    return -1 if at == 0 and ladder.cut and ladder.n else 0


cdef inline size_t position_from(LadderC* ladder, price_raw_t price, size_t high) noexcept nogil:
    """As `ladder_position`, from that of a better price on; what is far from there is looked for anew."""
    cdef int looked
    for looked in range(LINEAR_LEVELS):
        if high == 0 or ladder.sign * ladder.levels[high - 1].price < ladder.sign * price:
            return high
        high -= 1
    return ladder_position(ladder, price)


cdef void places_follow(PlaceC* places, QueueRuleC* rule, LadderC* ladder, TableC* table) noexcept nogil:
    cdef size_t at = ladder.n
    cdef size_t rank
    cdef EntryC* entry
    # From the best price on, so that each look begins where the last one ended
    for rank in range(table.n):
        entry = table_at(table, rank)
        at = position_from(ladder, entry.price, min(at + 1, ladder.n))
        place_follow(&places[entry.slot], rule, shown_at(ladder, at, entry.price))


cdef void places_follow_level(PlaceC* places, QueueRuleC* rule, LadderC* ladder, TableC* table, price_raw_t price) noexcept nogil:
    cdef size_t rank
    cdef EntryC* entry
    for rank in range(table.n):
        entry = table_at(table, rank)
        if entry.price == price:
            place_follow(&places[entry.slot], rule, shown(ladder, price, False))
        elif ladder.sign * entry.price < ladder.sign * price:
            return


cdef qty_raw_t shown(LadderC* ladder, price_raw_t price, bint top_only) noexcept nogil:
    """The size that the book shows at a price; -1 if it cannot tell."""
    cdef LevelC* level
    if not top_only:
        return shown_at(ladder, ladder_position(ladder, price), price)
    level = ladder_best(ladder)
    if level == NULL or ladder.sign * level.price < ladder.sign * price:
        return 0
    return level.size if level.price == price else -1


cdef void place_join(PlaceC* place, qty_raw_t size) noexcept nogil:
    place.known = size >= 0
    place.share = 0
    place.ahead = place.level = max(size, <qty_raw_t>0)
    place.traded = 0


cdef void place_follow(PlaceC* place, QueueRuleC* rule, qty_raw_t size) noexcept nogil:
    cdef qty_raw_t before
    if size == place.level or size < 0:
        if size >= 0:
            place.known = True
        return
    if not place.known:
        place_join(place, size)
        return
    # What traded since has left the queue already, from its front
    before = max(place.level - place.traded, <qty_raw_t>0)
    if size < before:
        place.ahead = queue_ahead_after(rule, min(place.ahead, before), before, size)
    else:
        place.ahead = min(place.ahead, size)
    place.level = size
    place.traded = 0


cdef qty_raw_t place_trade(PlaceC* place, qty_raw_t size, bint beyond) noexcept nogil:
    cdef qty_raw_t left
    if beyond:
        # The price is behind the market: its queue has been served
        place.ahead = 0
        place.known = True
        return size
    if not place.known:
        return 0
    place.traded += size
    left = max(size - place.ahead, <qty_raw_t>0)
    place.ahead = max(place.ahead - size, <qty_raw_t>0)
    return left


cdef void place_rejoin(PlaceC* place, qty_raw_t size) noexcept nogil:
    place.ahead = max(place.level - place.traded, <qty_raw_t>0)
    # All that the level showed comes first, what trades before this one took of it aside
    place.share = min(size, max(place.traded - place.level, <qty_raw_t>0))
