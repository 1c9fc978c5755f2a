"""Exact places in the queues of a book by order.

Nothing is done when the book changes. Every order of the book has a turn that grows with each arrival at the back of a level, so
what stands ahead of an own order are the orders of its level that came no later than it did: a cancel ahead is missing there,
what joined or lost its priority later has a higher turn. They are counted when a trade prints or somebody asks.

A trade comes before the deletes and updates that it causes. It serves orders from the front, so one turn says how far trades
came: of orders before `served` nothing is left, of that order at most `left`, whether the book shows so already or not. What the
trade took is not counted again when the book follows.

When the book is cleared and filled by a snapshot, turns start anew. What was ahead is then counted in the book as it was before
the clear; that much, at most what the level shows now, is ahead in the new queue.
"""

from libc.stdint cimport uint32_t

from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_find
from nautilus_lite.model.book.orders cimport OrderC
from nautilus_lite.model.book.orders cimport QueuesC

cdef qty_raw_t ALL = 0x7FFFFFFFFFFFFFFF


cdef inline LevelC* level_of(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price, OrderC** orders) noexcept nogil:
    """The order's level and the orders it belongs to: of the book, or as it was while a snapshot is under way; NULL if empty."""
    if fifo.epoch == queues.epoch:
        orders[0] = queues.orders.orders
        return ladder_find(queues.bids if sign > 0 else queues.asks, price)
    orders[0] = queues.old_orders.orders
    return ladder_find(&queues.old_bids if sign > 0 else &queues.old_asks, price)


cdef inline qty_raw_t standing(const FifoC* fifo, const OrderC* order) noexcept nogil:
    """What of an order of the level is ahead."""
    cdef qty_raw_t size = order.size
    if order.turn < fifo.served:
        return 0
    if order.turn == fifo.served:
        size = min(size, fifo.left)
    return min(size, fifo.edge) if order.turn == fifo.turn else size


cdef void fifo_join(FifoC* fifo, QueuesC* queues) noexcept nogil:
    fifo.epoch = queues.epoch
    fifo.turn = queues.orders.turn
    fifo.edge = ALL
    fifo.served = 0
    fifo.left = 0


cdef void fifo_pass(FifoC* fifo) noexcept nogil:
    fifo.turn = 0


cdef qty_raw_t fifo_ahead(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price) noexcept nogil:
    cdef OrderC* orders
    cdef LevelC* level = level_of(fifo, queues, sign, price, &orders)
    cdef OrderC* order
    cdef qty_raw_t ahead = 0
    cdef uint32_t k
    if level == NULL:
        return 0
    order = &orders[level.head]
    for k in range(level.count):
        if order.turn > fifo.turn:
            break
        ahead += standing(fifo, order)
        order = &orders[order.next]
    return ahead


cdef qty_raw_t fifo_trade(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price, qty_raw_t size) noexcept nogil:
    cdef OrderC* orders
    cdef LevelC* level = level_of(fifo, queues, sign, price, &orders)
    cdef OrderC* order
    cdef qty_raw_t ahead, taken
    cdef uint32_t k
    if level == NULL:
        return size
    order = &orders[level.head]
    for k in range(level.count):
        if size == 0 or order.turn > fifo.turn:
            break
        ahead = standing(fifo, order)
        if ahead > 0:
            taken = min(ahead, size)
            size -= taken
            fifo.served = order.turn
            fifo.left = ahead - taken
        order = &orders[order.next]
    return size


cdef qty_raw_t fifo_rejoin(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price, qty_raw_t size) noexcept nogil:
    # How far trades came stays known; they go on from there
    fifo.turn = queues.orders.turn
    fifo.edge = ALL
    return fifo_trade(fifo, queues, sign, price, size)


cdef void fifo_renew(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price) noexcept nogil:
    cdef qty_raw_t ahead = ALL
    cdef LevelC* level
    cdef OrderC* order
    cdef uint32_t k
    if fifo.epoch == queues.epoch:
        return
    # Cleared twice at once: what was ahead is lost, so everybody may have been
    if fifo.epoch + 1 == queues.epoch:
        ahead = fifo_ahead(fifo, queues, sign, price)
    fifo_join(fifo, queues)
    level = ladder_find(queues.bids if sign > 0 else queues.asks, price)
    if level == NULL or ahead == 0:
        fifo.turn = 0
        return
    order = &queues.orders.orders[level.head]
    for k in range(level.count):
        fifo.turn = order.turn
        fifo.edge = ahead
        if order.size >= ahead:
            return
        ahead -= order.size
        order = &queues.orders.orders[order.next]
    fifo.edge = ALL
