"""Places in the queues of levels: joined at the back, advanced by trades, and by what a model makes of cancels."""

from nautilus_lite.backtest.models.queue cimport QueueRuleC
from nautilus_lite.backtest.models.queue cimport queue_ahead_after
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_best
from nautilus_lite.model.book.ladder cimport ladder_find


cdef qty_raw_t shown(LadderC* ladder, price_raw_t price, bint top_only) noexcept nogil:
    """The size that the book shows at a price; -1 if it cannot tell."""
    cdef LevelC* level
    if not top_only:
        level = ladder_find(ladder, price)
        if level != NULL:
            return level.size
        return -1 if ladder.cut and ladder.n and ladder.sign * price < ladder.sign * ladder.levels[0].price else 0
    level = ladder_best(ladder)
    if level == NULL or ladder.sign * level.price < ladder.sign * price:
        return 0
    return level.size if level.price == price else -1


cdef void place_join(PlaceC* place, LadderC* ladder, price_raw_t price, bint top_only) noexcept nogil:
    cdef qty_raw_t size = 0 if ladder == NULL else shown(ladder, price, top_only)
    place.known = size >= 0
    place.share = 0
    place.ahead = place.level = max(size, <qty_raw_t>0)
    place.traded = 0


cdef void place_follow(PlaceC* place, QueueRuleC* rule, LadderC* ladder, price_raw_t price,
                       bint top_only) noexcept nogil:
    cdef qty_raw_t size = shown(ladder, price, top_only)
    cdef qty_raw_t before
    if size == place.level or size < 0:
        if size >= 0:
            place.known = True
        return
    if not place.known:
        place_join(place, ladder, price, top_only)
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
