# Where a resting limit order stands among the orders of an L3 book: exact, first in first out.
from libc.stdint cimport uint64_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.orders cimport QueuesC

cdef struct FifoC:
    uint64_t epoch               # of the book's queues
    uint64_t turn                # ahead stand the orders of its level with this turn or a lower one
    qty_raw_t edge               # of the one with this very turn no more than this
    uint64_t served              # turn of the last order that trades have reached; those before it are gone, shown or not
    qty_raw_t left               # what trades left of that one

cdef void fifo_join(FifoC* fifo, QueuesC* queues) noexcept nogil               # behind all that rests at the level now
cdef qty_raw_t fifo_ahead(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price) noexcept nogil
# A trade of the size at the price; returns what of it is left for the order
cdef qty_raw_t fifo_trade(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price, qty_raw_t size) noexcept nogil
# The order goes to the back while a trade is being matched, of which `size` came to its place; returned is what of it comes to
# the new one
cdef qty_raw_t fifo_rejoin(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price, qty_raw_t size) noexcept nogil
cdef void fifo_pass(FifoC* fifo) noexcept nogil                                # traded through: nobody is ahead any more
cdef void fifo_renew(FifoC* fifo, QueuesC* queues, int sign, price_raw_t price) noexcept nogil   # a snapshot is complete
