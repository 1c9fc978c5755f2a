# The orders of a book by order: found by id, queued first in first out at their levels. The ladders beside them keep the
# sum and the number of orders of every level, so that what reads a book by price reads this one too.
from libc.stdint cimport uint32_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.data.rows cimport DeltaRow

cdef enum:
    NOBODY = 0xFFFFFFFF          # no index

cdef enum OrdersRc:
    ORDERS_NO_MEMORY = -1
    ORDERS_DONE = 0
    ORDERS_KNOWN = 1             # an ADD of an id that is in the book
    ORDERS_UNKNOWN = 2           # an UPDATE of an id that is not
    ORDERS_MISSING = 3           # a DELETE of an id that is not

cdef struct OrderC:
    uint64_t order_id
    price_raw_t price
    qty_raw_t size
    uint64_t turn                # of its arrival at the back of the level: the lower came first; unique in the book
    uint32_t next                # behind it at its level, after the last comes the first; of a free one: the next free
    uint32_t before              # ahead of it at its level
    int side                     # OrderSide

cdef struct EntryC:
    uint64_t order_id
    uint32_t at                  # index of the order, NOBODY = free

cdef struct OrdersC:
    OrderC* orders               # owned
    EntryC* table                # owned; open addressing, at most half full
    size_t mask                  # entries - 1
    int shift                    # 64 - log2(entries)
    uint32_t n                   # orders ever used, free ones included
    uint32_t n_resting           # in the book
    uint32_t capacity
    uint32_t free                # first of the free ones, NOBODY = none
    uint64_t turn                # the last one given

# A book by order, and how it was before it was last cleared: a snapshot does not tell who stood where
cdef struct QueuesC:
    LadderC* bids                # of the book
    LadderC* asks
    OrdersC orders
    LadderC old_bids             # owned
    LadderC old_asks
    OrdersC old_orders
    uint64_t epoch               # times that orders were cleared away

cdef int queues_init(QueuesC* queues, LadderC* bids, LadderC* asks) except -1
cdef void queues_free(QueuesC* queues) noexcept
cdef void queues_reset(QueuesC* queues) noexcept nogil               # a book that never saw data
cdef void queues_clear(QueuesC* queues) noexcept nogil               # both sides; what was there is kept as the old book
cdef void queues_clear_side(QueuesC* queues, LadderC* ladder) noexcept nogil
cdef int queues_apply(QueuesC* queues, const DeltaRow* row) noexcept nogil    # ADD, UPDATE, DELETE: an OrdersRc
cdef OrderC* orders_find(OrdersC* orders, uint64_t order_id) noexcept nogil   # NULL if absent
cdef int queues_check(QueuesC* queues) noexcept nogil                # 0, or the number of the broken invariant
