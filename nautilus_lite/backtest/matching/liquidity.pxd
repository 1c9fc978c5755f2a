# What an order can take from the market now, and what own orders took of it before.
from libc.stdint cimport uint8_t
from nautilus_lite.backtest.models.fill.base cimport ShapeC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC

cdef struct FillC:
    price_raw_t price
    qty_raw_t qty
    uint8_t slipped              # beyond the shown book

cdef struct PlanC:
    FillC* fills                 # owned
    size_t n
    size_t capacity
    qty_raw_t total              # sum of the fills

cdef struct TakenC:
    price_raw_t price
    qty_raw_t size               # size of the level when taken from; another size means fresh liquidity
    qty_raw_t taken

cdef struct LedgerC:
    TakenC* levels               # owned
    size_t n
    size_t capacity

cdef void plan_init(PlanC* plan) noexcept nogil
cdef void plan_free(PlanC* plan) noexcept nogil
# `sign` +1 buys from asks, -1 sells to bids; ledger NULL: all that is shown is there; -1 returned: no memory
cdef int plan_book(PlanC* plan, LadderC* ladder, LedgerC* ledger, int sign, bint has_limit, price_raw_t limit,
                   qty_raw_t want) noexcept nogil
cdef int plan_top(PlanC* plan, int sign, price_raw_t price, qty_raw_t size, price_raw_t tick, bint slips,
                  bint has_limit, price_raw_t limit, qty_raw_t want) noexcept nogil
# The levels that a fill model says instead of the book's, and one tick beyond what was planned for the rest
cdef int plan_shape(PlanC* plan, const ShapeC* shape, int sign, price_raw_t touch, bint has_limit, price_raw_t limit,
                    qty_raw_t want) noexcept nogil
cdef int plan_beyond(PlanC* plan, int sign, price_raw_t tick, qty_raw_t want) noexcept nogil
# Fills beyond the touch count as slipped
cdef void plan_mark_slipped(PlanC* plan, int sign, price_raw_t touch) noexcept nogil

cdef void ledger_init(LedgerC* ledger) noexcept nogil
cdef void ledger_free(LedgerC* ledger) noexcept nogil
cdef qty_raw_t ledger_left(const LedgerC* ledger, const LevelC* level) noexcept nogil
cdef void ledger_renew(LedgerC* ledger, LadderC* ladder) noexcept nogil
cdef void ledger_renew_level(LedgerC* ledger, LadderC* ladder, price_raw_t price) noexcept nogil      # where one level changed
# Somebody else took from a level at this very price, and the book does not show it yet; -1: no memory
cdef int ledger_note(LedgerC* ledger, LadderC* ladder, price_raw_t price, qty_raw_t size) noexcept nogil
cdef qty_raw_t ledger_take(LedgerC* ledger, LadderC* ladder, int sign, price_raw_t limit, qty_raw_t want) noexcept nogil
