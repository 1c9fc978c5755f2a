"""Orders of a book by order (L3).

An order lies in one array and never moves there. A hash table with open addressing finds it by id; removal shifts entries
back, so that no tombstones gather. The orders of a level form a ring in order of priority: the level in the ladder names the
first, the one before the first is the last. An order that arrives at the back of a level takes the next turn, a number that
only grows, so turns ascend along every level, and `turn` compares the priority of two orders without walking.

As exchanges do it: a new order goes to the back of its level. A change keeps its place where the price stays and the
size does not grow; else the order goes to the back. Whatever the row says of price or side, DELETE means the id.

What does not fit is counted and carried out as far as it makes sense: an ADD of a known id replaces the order, which goes to
the back; an UPDATE of an unknown id adds it; a DELETE of an unknown id does nothing. A size of zero deletes. An ADD that is
part of a snapshot (F_SNAPSHOT) may repeat a known id.
"""

from libc.stdint cimport uint32_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport malloc
from libc.stdlib cimport realloc
from libc.string cimport memmove
from libc.string cimport memset

from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_clear
from nautilus_lite.model.book.ladder cimport ladder_find
from nautilus_lite.model.book.ladder cimport ladder_free
from nautilus_lite.model.book.ladder cimport ladder_init
from nautilus_lite.model.book.ladder cimport ladder_open
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.enums cimport BookAction
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport RecordFlag

cdef enum:
    FIRST_ORDERS = 64
    FIRST_ENTRIES = 256
    FIRST_SHIFT = 56             # 64 - log2(FIRST_ENTRIES)

# Fibonacci hashing: 2^64 over the golden ratio spreads ids that follow each other
cdef uint64_t SPREAD = <uint64_t>0x9E3779B97F4A7C15


# -- the table of ids ------------------------------------------------------------------------------------------------


cdef inline size_t home(const OrdersC* orders, uint64_t order_id) noexcept nogil:
    return <size_t>((order_id * SPREAD) >> orders.shift)


cdef inline size_t entry_of(const OrdersC* orders, uint64_t order_id) noexcept nogil:
    """The entry of an id, or the free one where it belongs."""
    cdef size_t i = home(orders, order_id)
    while orders.table[i].at != NOBODY and orders.table[i].order_id != order_id:
        i = (i + 1) & orders.mask
    return i


cdef OrderC* orders_find(OrdersC* orders, uint64_t order_id) noexcept nogil:
    cdef uint32_t at = orders.table[entry_of(orders, order_id)].at
    return NULL if at == NOBODY else &orders.orders[at]


cdef void table_remove(OrdersC* orders, size_t hole) noexcept nogil:
    # Entries behind the hole that may stand nearer to their home move up
    cdef size_t i = hole
    cdef size_t wanted
    while True:
        i = (i + 1) & orders.mask
        if orders.table[i].at == NOBODY:
            break
        wanted = home(orders, orders.table[i].order_id)
        if ((i - wanted) & orders.mask) >= ((i - hole) & orders.mask):
            orders.table[hole] = orders.table[i]
            hole = i
    orders.table[hole].at = NOBODY


cdef int table_grow(OrdersC* orders) noexcept nogil:
    cdef size_t entries = 2 * (orders.mask + 1)
    cdef EntryC* old = orders.table
    cdef size_t old_entries = orders.mask + 1
    cdef size_t i
    cdef EntryC* table = <EntryC*>malloc(entries * sizeof(EntryC))
    if table == NULL:
        return ORDERS_NO_MEMORY
    memset(table, 0xFF, entries * sizeof(EntryC))
    orders.table = table
    orders.mask = entries - 1
    orders.shift -= 1
    for i in range(old_entries):
        if old[i].at != NOBODY:
            table[entry_of(orders, old[i].order_id)] = old[i]
    free(old)
    return ORDERS_DONE


# -- memory ----------------------------------------------------------------------------------------------------------


cdef int orders_init(OrdersC* orders) except -1:
    orders.orders = <OrderC*>malloc(FIRST_ORDERS * sizeof(OrderC))
    orders.table = <EntryC*>malloc(FIRST_ENTRIES * sizeof(EntryC))
    if orders.orders == NULL or orders.table == NULL:
        raise MemoryError("no memory for the orders of a book")
    orders.capacity = FIRST_ORDERS
    orders.mask = FIRST_ENTRIES - 1
    orders.shift = FIRST_SHIFT
    orders.turn = 0
    orders_clear(orders)
    return 0


cdef void orders_free(OrdersC* orders) noexcept:
    free(orders.orders)
    free(orders.table)
    orders.orders = NULL
    orders.table = NULL


cdef void orders_clear(OrdersC* orders) noexcept nogil:
    orders.n = 0
    orders.n_resting = 0
    orders.free = NOBODY
    memset(orders.table, 0xFF, (orders.mask + 1) * sizeof(EntryC))


cdef int queues_init(QueuesC* queues, LadderC* bids, LadderC* asks) except -1:
    queues.bids = bids
    queues.asks = asks
    queues.epoch = 0
    ladder_init(&queues.old_bids, 1)
    ladder_init(&queues.old_asks, -1)
    orders_init(&queues.orders)
    orders_init(&queues.old_orders)
    return 0


cdef void queues_free(QueuesC* queues) noexcept:
    ladder_free(&queues.old_bids)
    ladder_free(&queues.old_asks)
    orders_free(&queues.orders)
    orders_free(&queues.old_orders)


cdef void queues_reset(QueuesC* queues) noexcept nogil:
    ladder_clear(queues.bids)
    ladder_clear(queues.asks)
    ladder_clear(&queues.old_bids)
    ladder_clear(&queues.old_asks)
    orders_clear(&queues.orders)
    orders_clear(&queues.old_orders)
    queues.orders.turn = 0
    queues.epoch = 0


cdef void queues_clear(QueuesC* queues) noexcept nogil:
    cdef LadderC ladder
    cdef OrdersC orders
    if queues.orders.n_resting == 0:
        return
    ladder = queues.old_bids
    queues.old_bids = queues.bids[0]
    queues.bids[0] = ladder
    ladder = queues.old_asks
    queues.old_asks = queues.asks[0]
    queues.asks[0] = ladder
    orders = queues.old_orders
    queues.old_orders = queues.orders
    queues.orders = orders
    ladder_clear(queues.bids)
    ladder_clear(queues.asks)
    orders_clear(&queues.orders)
    queues.orders.turn = queues.old_orders.turn
    queues.epoch += 1


cdef void queues_clear_side(QueuesC* queues, LadderC* ladder) noexcept nogil:
    while ladder.n:
        remove(&queues.orders, ladder, queues.orders.orders[ladder.levels[ladder.n - 1].head].order_id)


# -- levels ----------------------------------------------------------------------------------------------------------


cdef void leave(OrdersC* orders, LadderC* ladder, uint32_t at) noexcept nogil:
    cdef OrderC* order = &orders.orders[at]
    cdef LevelC* level = ladder_find(ladder, order.price)
    cdef size_t i = level - ladder.levels
    level.size -= order.size
    level.count -= 1
    if level.count == 0:
        ladder.n -= 1
        memmove(level, level + 1, (ladder.n - i) * sizeof(LevelC))
        return
    orders.orders[order.before].next = order.next
    orders.orders[order.next].before = order.before
    if level.head == at:
        level.head = order.next


cdef int arrive(OrdersC* orders, LadderC* ladder, uint32_t at) noexcept nogil:
    cdef OrderC* order = &orders.orders[at]
    cdef LevelC* level = ladder_open(ladder, order.price)
    cdef uint32_t last
    if level == NULL:
        return ORDERS_NO_MEMORY
    if level.count == 0:
        level.head = order.next = order.before = at
    else:
        last = orders.orders[level.head].before
        order.before = last
        order.next = level.head
        orders.orders[last].next = at
        orders.orders[level.head].before = at
    orders.turn += 1
    order.turn = orders.turn
    level.size += order.size
    level.count += 1
    return ORDERS_DONE


# -- orders ----------------------------------------------------------------------------------------------------------


cdef int add(OrdersC* orders, LadderC* ladder, size_t entry, const DeltaRow* row, int side) noexcept nogil:
    cdef OrderC* memory
    cdef uint32_t at = orders.free
    if at != NOBODY:
        orders.free = orders.orders[at].next
    else:
        if orders.n == orders.capacity:
            memory = <OrderC*>realloc(orders.orders, 2 * <size_t>orders.capacity * sizeof(OrderC))
            if memory == NULL:
                return ORDERS_NO_MEMORY
            orders.orders = memory
            orders.capacity *= 2
        at = orders.n
        orders.n += 1
    orders.orders[at].order_id = row.order_id
    orders.orders[at].price = row.price
    orders.orders[at].size = row.size
    orders.orders[at].side = side
    orders.table[entry].order_id = row.order_id
    orders.table[entry].at = at
    orders.n_resting += 1
    if arrive(orders, ladder, at) != ORDERS_DONE:
        return ORDERS_NO_MEMORY
    if 2 * <size_t>orders.n_resting > orders.mask:
        return table_grow(orders)
    return ORDERS_DONE


cdef int remove(OrdersC* orders, LadderC* ladder, uint64_t order_id) noexcept nogil:
    """Take an order away; its own side's ladder is given."""
    cdef size_t entry = entry_of(orders, order_id)
    cdef uint32_t at = orders.table[entry].at
    leave(orders, ladder, at)
    table_remove(orders, entry)
    orders.orders[at].next = orders.free
    orders.free = at
    orders.n_resting -= 1
    return ORDERS_DONE


cdef int queues_apply(QueuesC* queues, const DeltaRow* row) noexcept nogil:
    cdef OrdersC* orders = &queues.orders
    cdef size_t entry = entry_of(orders, row.order_id)
    cdef uint32_t at = orders.table[entry].at
    cdef int side = OrderSide.BUY if row.side == OrderSide.BUY else OrderSide.SELL
    cdef LadderC* ladder = queues.bids if side == OrderSide.BUY else queues.asks
    cdef LadderC* held
    cdef OrderC* order
    cdef LevelC* level
    cdef int rc
    if at == NOBODY:
        if row.action == BookAction.DELETE or row.size <= 0:
            return ORDERS_MISSING
        rc = add(orders, ladder, entry, row, side)
        return ORDERS_UNKNOWN if rc == ORDERS_DONE and row.action == BookAction.UPDATE else rc
    order = &orders.orders[at]
    held = queues.bids if order.side == OrderSide.BUY else queues.asks
    if row.action == BookAction.DELETE or row.size <= 0:
        return remove(orders, held, row.order_id)
    if row.action == BookAction.UPDATE and row.price == order.price and row.size <= order.size and held == ladder:
        level = ladder_find(ladder, order.price)
        level.size -= order.size - row.size
        order.size = row.size
        return ORDERS_DONE
    leave(orders, held, at)
    order.price = row.price
    order.size = row.size
    order.side = side
    if arrive(orders, ladder, at) != ORDERS_DONE:
        return ORDERS_NO_MEMORY
    return ORDERS_KNOWN if row.action == BookAction.ADD and not row.flags & RecordFlag.F_SNAPSHOT else ORDERS_DONE


# -- invariants ------------------------------------------------------------------------------------------------------


cdef int side_check(OrdersC* orders, LadderC* ladder, int side, uint32_t* n) noexcept nogil:
    cdef size_t i
    cdef uint32_t k, at
    cdef qty_raw_t size
    cdef OrderC* order
    for i in range(ladder.n):
        size = 0
        at = ladder.levels[i].head
        if ladder.levels[i].count == 0:
            return 1
        for k in range(ladder.levels[i].count):
            if at >= orders.n:
                return 2
            order = &orders.orders[at]
            if order.price != ladder.levels[i].price or order.side != side:
                return 3
            if k and order.turn <= orders.orders[order.before].turn or order.turn > orders.turn:
                return 4
            if orders.orders[order.next].before != at or orders_find(orders, order.order_id) != order:
                return 5
            size += order.size
            at = order.next
        if at != ladder.levels[i].head or size != ladder.levels[i].size:
            return 6
        n[0] += ladder.levels[i].count
    return 0


cdef int queues_check(QueuesC* queues) noexcept nogil:
    cdef OrdersC* orders = &queues.orders
    cdef uint32_t n = 0
    cdef uint32_t n_free = 0
    cdef uint32_t at = orders.free
    cdef size_t i
    cdef size_t n_entries = 0
    cdef int broken = side_check(orders, queues.bids, OrderSide.BUY, &n)
    if broken == 0:
        broken = side_check(orders, queues.asks, OrderSide.SELL, &n)
    if broken:
        return broken
    while at != NOBODY and n_free <= orders.n:
        n_free += 1
        at = orders.orders[at].next
    for i in range(orders.mask + 1):
        n_entries += orders.table[i].at != NOBODY
    return 0 if n == orders.n_resting == n_entries and n + n_free == orders.n else 7
