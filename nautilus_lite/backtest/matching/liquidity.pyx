"""Liquidity: the fills an aggressive order gets, and a ledger of what resting orders took.

The book is history and never altered by own orders. A plan says what one aggressive order would get from it. The ledger
keeps, for one side, what own orders took of each level, until the size of that level changes: several orders, or one order
over several updates, never take the same liquidity twice.
"""

from libc.stdlib cimport free
from libc.stdlib cimport realloc
from nautilus_lite.backtest.models.fill.base cimport ShapeC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_at
from nautilus_lite.model.book.ladder cimport ladder_find

cdef size_t FIRST = 16


cdef void plan_init(PlanC* plan) noexcept nogil:
    plan.fills = NULL
    plan.n = 0
    plan.capacity = 0
    plan.total = 0


cdef void plan_free(PlanC* plan) noexcept nogil:
    free(plan.fills)
    plan_init(plan)


cdef int plan_add(PlanC* plan, price_raw_t price, qty_raw_t qty, bint slipped) noexcept nogil:
    cdef size_t capacity
    cdef FillC* fills
    if plan.n == plan.capacity:
        capacity = plan.capacity * 2 if plan.capacity else FIRST
        fills = <FillC*>realloc(plan.fills, capacity * sizeof(FillC))
        if fills == NULL:
            return -1
        plan.fills = fills
        plan.capacity = capacity
    plan.fills[plan.n].price = price
    plan.fills[plan.n].qty = qty
    plan.fills[plan.n].slipped = slipped
    plan.n += 1
    plan.total += qty
    return 0


cdef int plan_book(PlanC* plan, LadderC* ladder, LedgerC* ledger, int sign, bint has_limit, price_raw_t limit,
                   qty_raw_t want) noexcept nogil:
    cdef size_t depth = 0
    cdef LevelC* level
    cdef qty_raw_t qty
    plan.n = 0
    plan.total = 0
    while plan.total < want:
        level = ladder_at(ladder, depth)
        if level == NULL or (has_limit and sign * level.price > sign * limit):
            break
        qty = min(level.size if ledger == NULL else ledger_left(ledger, level), want - plan.total)
        if qty > 0 and plan_add(plan, level.price, qty, False) != 0:
            return -1
        depth += 1
    return 0


cdef int plan_top(PlanC* plan, int sign, price_raw_t price, qty_raw_t size, price_raw_t tick, bint slips,
                  bint has_limit, price_raw_t limit, qty_raw_t want) noexcept nogil:
    cdef price_raw_t worse
    plan.n = 0
    plan.total = 0
    if slips:
        price = slip(price, sign, tick)
    if has_limit and sign * price > sign * limit:
        return 0
    if plan_add(plan, price, min(size, want), slips) != 0:
        return -1
    if plan.total < want:
        # An L1 book shows nothing behind the touch: the rest is had one tick further
        worse = slip(price, sign, tick)
        if not has_limit or sign * worse <= sign * limit:
            return plan_add(plan, worse, want - plan.total, True)
    return 0


cdef int plan_shape(PlanC* plan, const ShapeC* shape, int sign, price_raw_t touch, bint has_limit, price_raw_t limit,
                    qty_raw_t want) noexcept nogil:
    cdef size_t i
    plan.n = 0
    plan.total = 0
    for i in range(shape.n):
        if plan.total >= want or (has_limit and sign * shape.prices[i] > sign * limit):
            break
        if plan_add(plan, shape.prices[i], min(shape.sizes[i], want - plan.total),
                    sign * shape.prices[i] > sign * touch) != 0:
            return -1
    return 0


cdef int plan_beyond(PlanC* plan, int sign, price_raw_t tick, qty_raw_t want) noexcept nogil:
    if plan.n == 0 or plan.total >= want:
        return 0
    return plan_add(plan, slip(plan.fills[plan.n - 1].price, sign, tick), want - plan.total, True)


cdef void plan_mark_slipped(PlanC* plan, int sign, price_raw_t touch) noexcept nogil:
    cdef size_t i
    for i in range(plan.n):
        plan.fills[i].slipped = sign * plan.fills[i].price > sign * touch


cdef price_raw_t slip(price_raw_t price, int sign, price_raw_t tick) noexcept nogil:
    cdef price_raw_t worse = price + sign * tick
    # A sale never slips from a positive price to zero or below
    return price if price > 0 and worse <= 0 else worse


cdef void ledger_init(LedgerC* ledger) noexcept nogil:
    ledger.levels = NULL
    ledger.n = 0
    ledger.capacity = 0


cdef void ledger_free(LedgerC* ledger) noexcept nogil:
    free(ledger.levels)
    ledger_init(ledger)


cdef TakenC* ledger_level(LedgerC* ledger, const LevelC* level) noexcept nogil:
    """The record of a level, fresh if its size changed; NULL if there is no memory."""
    cdef size_t i
    cdef size_t capacity
    cdef TakenC* levels
    for i in range(ledger.n):
        if ledger.levels[i].price == level.price:
            break
    else:
        i = ledger.n
        if ledger.n == ledger.capacity:
            capacity = ledger.capacity * 2 if ledger.capacity else FIRST
            levels = <TakenC*>realloc(ledger.levels, capacity * sizeof(TakenC))
            if levels == NULL:
                return NULL
            ledger.levels = levels
            ledger.capacity = capacity
        ledger.n += 1
        ledger.levels[i].price = level.price
        ledger.levels[i].size = -1
    if ledger.levels[i].size != level.size:
        ledger.levels[i].size = level.size
        ledger.levels[i].taken = 0
    return &ledger.levels[i]


cdef qty_raw_t ledger_left(const LedgerC* ledger, const LevelC* level) noexcept nogil:
    """What of a level was not taken yet."""
    cdef size_t i
    for i in range(ledger.n):
        if ledger.levels[i].price == level.price:
            return level.size - ledger.levels[i].taken if ledger.levels[i].size == level.size else level.size
    return level.size


cdef void ledger_renew(LedgerC* ledger, LadderC* ladder) noexcept nogil:
    """Forget the levels that are gone or have another size."""
    cdef size_t i
    cdef size_t kept = 0
    cdef LevelC* level
    for i in range(ledger.n):
        level = ladder_find(ladder, ledger.levels[i].price)
        if level != NULL and level.size == ledger.levels[i].size:
            ledger.levels[kept] = ledger.levels[i]
            kept += 1
    ledger.n = kept


cdef void ledger_renew_level(LedgerC* ledger, LadderC* ladder, price_raw_t price) noexcept nogil:
    cdef size_t i
    for i in range(ledger.n):
        if ledger.levels[i].price == price:
            ledger_renew(ledger, ladder)
            return


cdef qty_raw_t ledger_take(LedgerC* ledger, LadderC* ladder, int sign, price_raw_t limit, qty_raw_t want) noexcept nogil:
    """Take up to `want` at prices no worse than `limit`, best first, and return how much there was; -1: no memory."""
    cdef size_t depth = 0
    cdef LevelC* level
    cdef TakenC* record
    cdef qty_raw_t qty
    cdef qty_raw_t total = 0
    while total < want:
        level = ladder_at(ladder, depth)
        if level == NULL or sign * level.price > sign * limit:
            break
        record = ledger_level(ledger, level)
        if record == NULL:
            return -1
        qty = min(level.size - record.taken, want - total)
        record.taken += qty
        total += qty
        depth += 1
    return total


cdef int ledger_note(LedgerC* ledger, LadderC* ladder, price_raw_t price, qty_raw_t size) noexcept nogil:
    cdef LevelC* level = ladder_find(ladder, price)
    cdef TakenC* record
    if level == NULL:
        return 0
    record = ledger_level(ledger, level)
    if record == NULL:
        return -1
    record.taken = min(level.size, record.taken + size)
    return 0
