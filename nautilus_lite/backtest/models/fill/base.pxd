# What a fill model may decide: whether a limit at the touch fills, whether a market order slips, and what an order meets
# in the market instead of the book.
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t
from nautilus_lite.core.rng cimport RngC
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.order_book cimport OrderBook
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.orders.base cimport Order

# How often a model that shapes the market gives a resting limit its share
cdef enum:
    SHAPES_NEVER = 0             # the model leaves the market as it is
    SHAPES_VISITS = 1            # once, until the touch leaves its price
    SHAPES_UPDATES = 2           # whenever the market changed

cdef enum:
    MAX_SHAPE = 4                # levels of a shape

cdef struct FillViewC:
    int sign                     # +1 buys from asks, -1 sells to bids
    price_raw_t price            # what the order meets: the touch, or its trigger price on the path of a bar
    qty_raw_t size               # that the touch shows
    qty_raw_t taken              # by own orders since the book changed
    price_raw_t tick
    qty_raw_t unit               # one contract in raw units
    qty_raw_t lot                # size increment in raw units
    qty_raw_t want               # what is left of the order
    bint has_limit
    price_raw_t limit
    bint is_resting              # a limit that the touch came to
    ts_t ts
    uint64_t nth                 # visit of its price

cdef struct ShapeC:
    size_t n
    price_raw_t[4] prices        # from the best
    qty_raw_t[4] sizes
    bint ends                    # nothing is had beyond the last level

cdef inline void shape_add(ShapeC* shape, price_raw_t price, qty_raw_t size) noexcept nogil:
    if size > 0 and shape.n < MAX_SHAPE:
        shape.prices[shape.n] = price
        shape.sizes[shape.n] = size
        shape.n += 1

cdef inline price_raw_t worse_price(price_raw_t price, int sign, int64_t ticks, price_raw_t tick) noexcept nogil:
    # A sale never slips from a positive price to zero or below
    cdef price_raw_t worse = price + sign * ticks * tick
    while price > 0 and worse <= 0:
        worse += tick
    return worse


cdef class FillModel:
    cdef readonly double prob_fill_on_limit
    cdef readonly double prob_slippage
    cdef readonly object random_seed
    cdef RngC _rng
    cdef bint _python_limit                      # a Python subclass overrides is_limit_filled / is_slipped / ...
    cdef bint _python_slip
    cdef bint _python_book
    cdef bint _python_inside
    # What the venue asks first, so that a model that does not care costs nothing
    cdef int shapes                              # SHAPES_*
    cdef bint inside_spread                      # `is_inside_filled_c` wants to be asked
    cdef bint rations                            # `of_trade_c` wants to be asked
    cdef bint waits                              # what is left of a market order waits for the next update
    cdef int through                             # ticks that the market must go through a resting limit

    # A decision about an order; `nth` counts its visits at the price
    cdef bint is_limit_filled_c(self, Order order, uint64_t nth) except? 0
    cdef bint is_slipped_c(self, Order order) except? 0
    # Whether a limit at or inside the own side of the spread fills on arrival
    cdef bint is_inside_filled_c(self) except? 0
    # Write the levels that an order meets; False: what the market shows. Compiled subclasses that shape override it
    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0
    # The same from a Python subclass: a book, or None
    cdef OrderBook book_c(self, Instrument instrument, Order order, price_raw_t bid, price_raw_t ask)
    # The most of a trade of that size that resting limits get
    cdef qty_raw_t of_trade_c(self, qty_raw_t size, qty_raw_t lot) noexcept
    cdef int key_c(self, Order order, uint64_t kind, int64_t where, uint64_t nth) except -1
    cdef bint _draw_c(self, double probability) noexcept
