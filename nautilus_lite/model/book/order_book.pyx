"""The order book: two ladders, the rows that change them, and the questions one asks of them."""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t
from libc.stdint cimport uint64_t

from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.book.ladder cimport LadderC
from nautilus_lite.model.book.ladder cimport LevelC
from nautilus_lite.model.book.ladder cimport ladder_at
from nautilus_lite.model.book.ladder cimport ladder_best
from nautilus_lite.model.book.ladder cimport ladder_clear
from nautilus_lite.model.book.ladder cimport ladder_free
from nautilus_lite.model.book.ladder cimport ladder_init
from nautilus_lite.model.book.ladder cimport ladder_remove
from nautilus_lite.model.book.ladder cimport ladder_set
from nautilus_lite.model.data.book cimport OrderBookDelta
from nautilus_lite.model.data.book cimport OrderBookDeltas
from nautilus_lite.model.data.book cimport OrderBookDepth10
from nautilus_lite.model.data.rows cimport DEPTH_LEVELS
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.ticks cimport QuoteTick
from nautilus_lite.model.data.ticks cimport TradeTick
from nautilus_lite.model.enums cimport BookAction
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.errors import InternalError
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.enums import book_type_to_str


cdef int _no_memory() except -1 with gil:
    raise MemoryError("no memory for another book level")


@cython.final
cdef class BookLevel:
    """One level of a book: price, total size, number of orders (0 if unknown)."""
    cdef readonly Price price
    cdef Quantity _size
    cdef readonly int count
    cdef int _side

    @property
    def side(self):
        """Side of the book."""
        return <OrderSide>self._side

    def size(self):
        """Return the total size as a float."""
        return float(self._size)

    @property
    def quantity(self):
        """Total size."""
        return self._size

    def exposure(self):
        """Return price times size as a float."""
        return float(self.price) * float(self._size)

    def __repr__(self):
        return f"BookLevel(price={self.price}, size={self._size}, count={self.count})"


@cython.final
cdef class OrderBook:
    """Book of one instrument, aggregated by price.

    Parameters
    ----------
    instrument_id : InstrumentId
    book_type : BookType
        `L1_MBP` or `L2_MBP`.
    price_precision, size_precision : int, optional
        Taken from the first data applied where omitted.

    Raises
    ------
    InvalidConfiguration
        For `L3_MBO`: books by order are not supported yet.
    """

    def __cinit__(self):
        self.bid_side.levels = NULL
        self.ask_side.levels = NULL

    def __init__(
        self, InstrumentId instrument_id not None, BookType book_type, object price_precision=None, object size_precision=None
    ):
        book_type_to_str(book_type)
        if book_type == BookType.L3_MBO:
            raise InvalidConfiguration("books by order (L3_MBO) are not supported yet, use L2_MBP")
        self.instrument_id = instrument_id
        self._book_type = book_type
        self._has_precision = price_precision is not None and size_precision is not None
        self._price_precision = price_precision or 0
        self._size_precision = size_precision or 0
        ladder_init(&self.bid_side, 1)
        ladder_init(&self.ask_side, -1)

    def __dealloc__(self):
        ladder_free(&self.bid_side)
        ladder_free(&self.ask_side)

    # -- rows ---------------------------------------------------------------------------------------------------------

    cdef int apply_delta_c(self, const DeltaRow* row) except -1 nogil:
        cdef LadderC* ladder
        cdef int rc
        self.ts_last = row.ts_event
        self.sequence = row.sequence
        self.update_count += 1
        if row.action == BookAction.CLEAR:
            ladder_clear(&self.bid_side)
            ladder_clear(&self.ask_side)
            return 0
        ladder = &self.bid_side if row.side == OrderSide.BUY else &self.ask_side
        if row.action == BookAction.DELETE:
            rc = ladder_remove(ladder, row.price)
        else:
            rc = ladder_set(ladder, row.price, row.size, 0)
        if rc == 1:
            self.missing_deletes += 1
        elif rc < 0:
            _no_memory()
        return 0

    cdef int apply_depth_c(self, const Depth10Row* row) except -1 nogil:
        cdef int i
        ladder_clear(&self.bid_side)
        ladder_clear(&self.ask_side)
        for i in range(DEPTH_LEVELS):
            if row.bid_sizes[i] and ladder_set(&self.bid_side, row.bid_prices[i], row.bid_sizes[i], row.bid_counts[i]) < 0:
                _no_memory()
            if row.ask_sizes[i] and ladder_set(&self.ask_side, row.ask_prices[i], row.ask_sizes[i], row.ask_counts[i]) < 0:
                _no_memory()
        self.ts_last = row.ts_event
        self.sequence = row.sequence
        self.update_count += 1
        return 0

    cdef int apply_quote_c(self, const QuoteRow* row) except -1 nogil:
        return self.set_top_c(row.bid, row.bid_size, row.ask, row.ask_size, row.ts_event)

    cdef int set_top_c(self, price_raw_t bid, qty_raw_t bid_size, price_raw_t ask, qty_raw_t ask_size, ts_t ts_event) except -1 nogil:
        # One level a side: written in place, the arrays are never empty of room
        self.bid_side.levels[0].price = bid
        self.bid_side.levels[0].size = bid_size
        self.bid_side.levels[0].count = 0
        self.bid_side.n = 1 if bid_size > 0 else 0
        self.ask_side.levels[0].price = ask
        self.ask_side.levels[0].size = ask_size
        self.ask_side.levels[0].count = 0
        self.ask_side.n = 1 if ask_size > 0 else 0
        self.ts_last = ts_event
        self.update_count += 1
        return 0

    cdef int clear_c(self, ts_t ts_event) except -1 nogil:
        ladder_clear(&self.bid_side)
        ladder_clear(&self.ask_side)
        self.ts_last = ts_event
        self.update_count += 1
        return 0

    cdef bint best_bid_c(self, price_raw_t* price, qty_raw_t* size) noexcept nogil:
        cdef LevelC* level = ladder_best(&self.bid_side)
        if level == NULL:
            return False
        price[0] = level.price
        size[0] = level.size
        return True

    cdef bint best_ask_c(self, price_raw_t* price, qty_raw_t* size) noexcept nogil:
        cdef LevelC* level = ladder_best(&self.ask_side)
        if level == NULL:
            return False
        price[0] = level.price
        size[0] = level.size
        return True

    # -- objects ------------------------------------------------------------------------------------------------------

    def _take_precision(self, int price_precision, int size_precision):
        if not self._has_precision:
            self._price_precision = price_precision
            self._size_precision = size_precision
            self._has_precision = True
        elif price_precision != self._price_precision or size_precision != self._size_precision:
            raise InvalidData(
                f"data of {self.instrument_id} has precisions {price_precision} and {size_precision}, the book has "
                f"{self._price_precision} and {self._size_precision}"
            )

    def _check_instrument(self, InstrumentId instrument_id):
        if instrument_id != self.instrument_id:
            raise InvalidData(f"data of {instrument_id} was given to the book of {self.instrument_id}")

    def apply_delta(self, OrderBookDelta delta not None):
        """Apply one delta.

        Raises
        ------
        InvalidData
            If it is another instrument's, or of another precision.
        """
        self._check_instrument(delta.instrument_id)
        if delta._mem.action != BookAction.CLEAR:
            self._take_precision(delta._price_precision, delta._size_precision)
        self.apply_delta_c(&delta._mem)

    def apply_deltas(self, OrderBookDeltas deltas not None):
        """Apply a batch of deltas."""
        for delta in deltas.deltas:
            self.apply_delta(delta)

    def apply_depth(self, OrderBookDepth10 depth not None):
        """Replace the book by a ten-level snapshot."""
        self._check_instrument(depth.instrument_id)
        self._take_precision(depth._price_precision, depth._size_precision)
        self.apply_depth_c(&depth._mem)

    def apply(self, object data):
        """Apply deltas or depth.

        Raises
        ------
        TypeError
            For other data.
        """
        if isinstance(data, OrderBookDelta):
            self.apply_delta(data)
        elif isinstance(data, OrderBookDeltas):
            self.apply_deltas(data)
        elif isinstance(data, OrderBookDepth10):
            self.apply_depth(data)
        else:
            raise TypeError(f"a book takes deltas or depth, was given {type(data).__name__}")

    def _check_l1(self):
        if self._book_type != BookType.L1_MBP:
            raise InvalidConfiguration(f"only an L1_MBP book follows quotes and trades, this is {book_type_to_str(self._book_type)}")

    def update_quote_tick(self, QuoteTick tick not None):
        """Replace the top of an L1 book."""
        self._check_l1()
        self._check_instrument(tick.instrument_id)
        self._take_precision(tick._price_precision, tick._size_precision)
        self.apply_quote_c(&tick._mem)

    def update_trade_tick(self, TradeTick tick not None):
        """Move both sides of an L1 book to the trade, so that none is left stale."""
        self._check_l1()
        self._check_instrument(tick.instrument_id)
        self._take_precision(tick._price_precision, tick._size_precision)
        self.set_top_c(tick._mem.price, tick._mem.size, tick._mem.price, tick._mem.size, tick._mem.ts_event)

    def clear(self, ts_t ts_event=0, uint64_t sequence=0):
        """Empty both sides."""
        self.clear_c(ts_event)
        self.sequence = sequence

    def clear_bids(self, ts_t ts_event=0, uint64_t sequence=0):
        """Empty the bids."""
        ladder_clear(&self.bid_side)
        self.update_count += 1

    def clear_asks(self, ts_t ts_event=0, uint64_t sequence=0):
        """Empty the asks."""
        ladder_clear(&self.ask_side)
        self.update_count += 1

    def reset(self):
        """Back to an empty book that never saw data."""
        ladder_clear(&self.bid_side)
        ladder_clear(&self.ask_side)
        self.ts_last = 0
        self.sequence = 0
        self.update_count = 0
        self.missing_deletes = 0

    # -- questions ----------------------------------------------------------------------------------------------------

    @property
    def book_type(self):
        """Type of the book."""
        return <BookType>self._book_type

    cdef list _levels(self, LadderC* ladder, int side, object depth):
        cdef size_t n = ladder.n if depth is None or depth > <object>ladder.n else depth
        cdef size_t i
        cdef LevelC* level
        cdef BookLevel out
        levels = []
        for i in range(n):
            level = ladder_at(ladder, i)
            out = BookLevel.__new__(BookLevel)
            out.price = Price.from_raw_c(level.price, self._price_precision)
            out._size = Quantity.from_raw_c(level.size, self._size_precision)
            out.count = level.count
            out._side = side
            levels.append(out)
        return levels

    def bids(self, object depth=None):
        """Return the bid levels, best first; at most `depth`."""
        return self._levels(&self.bid_side, OrderSide.BUY, depth)

    def asks(self, object depth=None):
        """Return the ask levels, best first; at most `depth`."""
        return self._levels(&self.ask_side, OrderSide.SELL, depth)

    def best_bid_price(self):
        """Return the best bid, or None."""
        cdef LevelC* level = ladder_best(&self.bid_side)
        return None if level == NULL else Price.from_raw_c(level.price, self._price_precision)

    def best_ask_price(self):
        """Return the best ask, or None."""
        cdef LevelC* level = ladder_best(&self.ask_side)
        return None if level == NULL else Price.from_raw_c(level.price, self._price_precision)

    def best_bid_size(self):
        """Return the size at the best bid, or None."""
        cdef LevelC* level = ladder_best(&self.bid_side)
        return None if level == NULL else Quantity.from_raw_c(level.size, self._size_precision)

    def best_ask_size(self):
        """Return the size at the best ask, or None."""
        cdef LevelC* level = ladder_best(&self.ask_side)
        return None if level == NULL else Quantity.from_raw_c(level.size, self._size_precision)

    def spread(self):
        """Return ask minus bid as a float, or None where a side is empty."""
        cdef LevelC* bid = ladder_best(&self.bid_side)
        cdef LevelC* ask = ladder_best(&self.ask_side)
        if bid == NULL or ask == NULL:
            return None
        return fixed_to_double(ask.price - bid.price, self._price_precision)

    def midpoint(self):
        """Return the middle of bid and ask as a float, or None where a side is empty."""
        cdef LevelC* bid = ladder_best(&self.bid_side)
        cdef LevelC* ask = ladder_best(&self.ask_side)
        if bid == NULL or ask == NULL:
            return None
        return (fixed_to_double(bid.price, self._price_precision) + fixed_to_double(ask.price, self._price_precision)) / 2.0

    @property
    def is_crossed(self):
        """Whether the best bid is above the best ask."""
        cdef LevelC* bid = ladder_best(&self.bid_side)
        cdef LevelC* ask = ladder_best(&self.ask_side)
        return bid != NULL and ask != NULL and bid.price > ask.price

    def check_integrity(self):
        """Raise if the book is crossed.

        Raises
        ------
        InvalidData
            Naming both prices.
        """
        if self.is_crossed:
            raise InvalidData(
                f"the book of {self.instrument_id} is crossed: bid {self.best_bid_price()} above ask {self.best_ask_price()}"
            )

    cdef LadderC* _opposite(self, int side) except NULL:
        if side == OrderSide.BUY:
            return &self.ask_side
        if side == OrderSide.SELL:
            return &self.bid_side
        raise ValueError(f"invalid `order_side`, must be BUY or SELL, was {side!r}")

    def fills_for(self, OrderSide side, Quantity quantity not None, Price limit_price=None):
        """Return what an order would take now.

        Parameters
        ----------
        side : OrderSide
            Of the order.
        quantity : Quantity
        limit_price : Price, optional

        Returns
        -------
        list of (Price, Quantity)
            Best level first; empty where nothing can be had.
        """
        cdef LadderC* ladder = self._opposite(side)
        cdef size_t i
        cdef LevelC* level
        cdef int64_t left = Quantity(quantity.as_decimal(), self._size_precision).raw
        cdef int64_t take
        fills = []
        for i in range(ladder.n):
            level = ladder_at(ladder, i)
            price = Price.from_raw_c(level.price, self._price_precision)
            if left == 0 or (limit_price is not None and (price > limit_price if side == OrderSide.BUY else price < limit_price)):
                break
            take = min(left, level.size)
            fills.append((price, Quantity.from_raw_c(take, self._size_precision)))
            left -= take
        return fills

    def get_avg_px_for_quantity(self, Quantity quantity not None, OrderSide order_side):
        """Return the average price that an order of the quantity would get now; 0.0 for an empty side."""
        fills = self.fills_for(order_side, quantity)
        total = sum(float(size) for _, size in fills)
        return sum(float(price) * float(size) for price, size in fills) / total if total else 0.0

    def get_worst_px_for_quantity(self, Quantity quantity not None, OrderSide order_side):
        """Return the last price that an order of the quantity would reach, or None for an empty side."""
        fills = self.fills_for(order_side, quantity)
        return fills[len(fills) - 1][0] if fills else None

    def get_quantity_for_price(self, Price price not None, OrderSide order_side):
        """Return the size (float) that an order of the side could take up to a price."""
        cdef LadderC* ladder = self._opposite(order_side)
        cdef size_t i
        cdef LevelC* level
        total = 0.0
        for i in range(ladder.n):
            level = ladder_at(ladder, i)
            level_price = Price.from_raw_c(level.price, self._price_precision)
            if level_price > price if order_side == OrderSide.BUY else level_price < price:
                break
            total += fixed_to_double(level.size, self._size_precision)
        return total

    def to_quote_tick(self):
        """Return the top as a quote, or None where a side is empty."""
        cdef LevelC* bid = ladder_best(&self.bid_side)
        cdef LevelC* ask = ladder_best(&self.ask_side)
        if bid == NULL or ask == NULL:
            return None
        return QuoteTick(
            self.instrument_id, self.best_bid_price(), self.best_ask_price(), self.best_bid_size(), self.best_ask_size(),
            self.ts_last, self.ts_last,
        )

    def pprint(self, int num_levels=3):
        """Return a table of the best levels."""
        lines = [f"{'bids':>16} {'price':>14} {'asks':>16}"]
        lines += [f"{'':>16} {level.price!s:>14} {level.quantity!s:>16}" for level in reversed(self.asks(num_levels))]
        lines += [f"{level.quantity!s:>16} {level.price!s:>14} {'':>16}" for level in self.bids(num_levels)]
        return "\n".join(lines)

    def _check(self):
        """Raise if an invariant is broken: order of levels, positive sizes."""
        cdef LadderC* ladder
        cdef size_t i
        cdef int side
        for side in range(2):
            ladder = &self.bid_side if side == 0 else &self.ask_side
            if ladder.n > ladder.capacity:
                raise InternalError("a book side is longer than its memory; please report")
            for i in range(ladder.n):
                if ladder.levels[i].size <= 0:
                    raise InternalError("a book level has no size; please report")
                if i and ladder.sign * (ladder.levels[i].price - ladder.levels[i - 1].price) <= 0:
                    raise InternalError("book levels are out of order; please report")

    def __repr__(self):
        return (
            f"OrderBook({self.instrument_id}, {book_type_to_str(self._book_type)}, bid={self.best_bid_price()}, "
            f"ask={self.best_ask_price()}, updates={self.update_count})"
        )
