"""The order book: two ladders, the rows that change them, and the questions one asks of them.

A book by order (L3) has queues of orders beside the same ladders. What looks wrong in the data is counted, see `IntegrityC`.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint8_t
from libc.stdint cimport uint32_t
from libc.stdint cimport uint64_t
from libc.string cimport memset

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
from nautilus_lite.model.book.orders cimport ORDERS_KNOWN
from nautilus_lite.model.book.orders cimport ORDERS_MISSING
from nautilus_lite.model.book.orders cimport ORDERS_NO_MEMORY
from nautilus_lite.model.book.orders cimport ORDERS_UNKNOWN
from nautilus_lite.model.book.orders cimport OrderC
from nautilus_lite.model.book.orders cimport queues_apply
from nautilus_lite.model.book.orders cimport queues_check
from nautilus_lite.model.book.orders cimport queues_clear
from nautilus_lite.model.book.orders cimport queues_clear_side
from nautilus_lite.model.book.orders cimport queues_free
from nautilus_lite.model.book.orders cimport queues_init
from nautilus_lite.model.book.orders cimport queues_reset
from nautilus_lite.model.data.book cimport BookOrder
from nautilus_lite.model.data.book cimport OrderBookDelta
from nautilus_lite.model.data.book cimport OrderBookDeltas
from nautilus_lite.model.data.book cimport OrderBookDepth10
from nautilus_lite.model.data.rows cimport DEPTH_LEVELS
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport QuoteRow
from nautilus_lite.model.data.rows cimport ends_batch
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
    raise MemoryError("no memory for another level or order of a book")


cdef inline bint sides_meet(LadderC* bids, LadderC* asks) noexcept nogil:
    return bids.n and asks.n and bids.levels[bids.n - 1].price >= asks.levels[asks.n - 1].price


@cython.final
cdef class BookLevel:
    """One level of a book: price, total size, number of orders (0 if unknown)."""
    cdef readonly Price price
    cdef Quantity _size
    cdef readonly int count
    cdef int _side
    cdef tuple _orders           # of (id, raw size) in order of priority; None for a level of a book by price

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

    def orders(self):
        """Return the orders (list of BookOrder), first in the queue first.

        A level of a book by price is returned as one order with the id 0.
        """
        side = <OrderSide>self._side
        if self._orders is None:
            return [BookOrder(side, self.price, self._size, 0)]
        precision = self._size.precision
        return [BookOrder(side, self.price, Quantity.from_raw_c(size, precision), id) for id, size in self._orders]

    def __repr__(self):
        return f"BookLevel(price={self.price}, size={self._size}, count={self.count})"


@cython.final
cdef class OrderBook:
    """Book of one instrument, by price or by order.

    Parameters
    ----------
    instrument_id : InstrumentId
    book_type : BookType
        `L1_MBP` (the best level), `L2_MBP` (all levels) or `L3_MBO` (all orders, first in first out).
    price_precision, size_precision : int, optional
        Taken from the first data applied where omitted.

    Notes
    -----
    In an L3 book an order keeps its place while its price stays and its size does not grow, else it goes to the back.
    `integrity` counts what does not fit: crossed and locked books at the end of a batch, deletes and updates of what is not
    there (such an update adds), adds of what is (replaced, at the back).
    """

    def __cinit__(self):
        self.bid_side.levels = NULL
        self.ask_side.levels = NULL
        self.queues.old_bids.levels = NULL
        self.queues.old_asks.levels = NULL

    def __init__(
        self, InstrumentId instrument_id not None, BookType book_type, object price_precision=None, object size_precision=None
    ):
        book_type_to_str(book_type)
        self.instrument_id = instrument_id
        self._book_type = book_type
        self._has_precision = price_precision is not None and size_precision is not None
        self._price_precision = price_precision or 0
        self._size_precision = size_precision or 0
        ladder_init(&self.bid_side, 1)
        ladder_init(&self.ask_side, -1)
        if book_type == BookType.L3_MBO:
            queues_init(&self.queues, &self.bid_side, &self.ask_side)

    def __dealloc__(self):
        ladder_free(&self.bid_side)
        ladder_free(&self.ask_side)
        queues_free(&self.queues)

    # -- rows ---------------------------------------------------------------------------------------------------------

    cdef int apply_delta_c(self, const DeltaRow* row) except -1 nogil:
        return self.apply_order_c(row) if self._book_type == BookType.L3_MBO else self.apply_level_c(row)

    cdef int apply_level_c(self, const DeltaRow* row) except -1 nogil:
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
            self.counts.missing_deletes += 1
        elif rc < 0:
            _no_memory()
        if sides_meet(&self.bid_side, &self.ask_side) and ends_batch(row.flags):
            self.count_touch_c()
        return 0

    cdef int apply_order_c(self, const DeltaRow* row) except -1 nogil:
        cdef int rc
        self.ts_last = row.ts_event
        self.sequence = row.sequence
        self.update_count += 1
        if row.action == BookAction.CLEAR:
            queues_clear(&self.queues)
            return 0
        rc = queues_apply(&self.queues, row)
        if rc:
            if rc == ORDERS_NO_MEMORY:
                _no_memory()
            self.counts.missing_deletes += rc == ORDERS_MISSING
            self.counts.unknown_updates += rc == ORDERS_UNKNOWN
            self.counts.duplicate_adds += rc == ORDERS_KNOWN
        if sides_meet(&self.bid_side, &self.ask_side) and ends_batch(row.flags):
            self.count_touch_c()
        return 0

    cdef int count_touch_c(self) noexcept nogil:
        if ladder_best(&self.bid_side).price > ladder_best(&self.ask_side).price:
            self.counts.crossed += 1
        else:
            self.counts.locked += 1
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
        self.bid_side.cut = self.bid_side.n == DEPTH_LEVELS
        self.ask_side.cut = self.ask_side.n == DEPTH_LEVELS
        self.ts_last = row.ts_event
        self.sequence = row.sequence
        self.update_count += 1
        if sides_meet(&self.bid_side, &self.ask_side):
            self.count_touch_c()
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
        if self._book_type == BookType.L3_MBO:
            queues_clear(&self.queues)
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
            If it is another instrument's, of another precision, or without an order id where the book is by order.
        """
        self._check_instrument(delta.instrument_id)
        if delta._mem.action != BookAction.CLEAR:
            self._take_precision(delta._price_precision, delta._size_precision)
            if self._book_type == BookType.L3_MBO and delta._mem.order_id == 0:
                raise InvalidData(f"a delta of {self.instrument_id} has no order id: {delta}; a book by order (L3_MBO) needs one")
        self.apply_delta_c(&delta._mem)

    cdef int _change_c(self, int action, BookOrder order, ts_t ts_event, uint8_t flags, uint64_t sequence) except -1:
        cdef DeltaRow row
        if self._book_type == BookType.L1_MBP:
            raise InvalidConfiguration(f"the L1_MBP book of {self.instrument_id} takes no orders: it follows quotes and trades")
        self._take_precision(order.price.precision, order.size.precision)
        if self._book_type == BookType.L3_MBO and order.order_id == 0:
            raise InvalidData(f"{order} has no order id: a book by order (L3_MBO) needs one")
        memset(&row, 0, sizeof(DeltaRow))
        row.ts_event = row.ts_init = ts_event
        row.price = order.price.raw
        row.size = order.size.raw
        row.order_id = order.order_id
        row.sequence = sequence or self.sequence + 1
        row.action = action
        row.side = order._side
        row.flags = flags
        return self.apply_delta_c(&row)

    def add(self, BookOrder order not None, ts_t ts_event, uint8_t flags=0, uint64_t sequence=0):
        """Add an order at the back of its level; in an L2 book, set a level.

        Parameters
        ----------
        order : BookOrder
        ts_event : int
            UNIX nanoseconds.
        flags : int, default 0
            Bits of `RecordFlag`.
        sequence : int, default 0
            0 counts on from the last one.

        Raises
        ------
        InvalidConfiguration
            If the book is of the type L1_MBP.
        InvalidData
            If the order has another precision, or no id where the book is by order.
        """
        self._change_c(BookAction.ADD, order, ts_event, flags, sequence)

    def update(self, BookOrder order not None, ts_t ts_event, uint8_t flags=0, uint64_t sequence=0):
        """Change an order; in an L2 book, set a level. See `add`."""
        self._change_c(BookAction.UPDATE, order, ts_event, flags, sequence)

    def delete(self, BookOrder order not None, ts_t ts_event, uint8_t flags=0, uint64_t sequence=0):
        """Take an order away; in an L2 book, a level. See `add`."""
        self._change_c(BookAction.DELETE, order, ts_event, flags, sequence)

    def apply_deltas(self, OrderBookDeltas deltas not None):
        """Apply a batch of deltas."""
        for delta in deltas.deltas:
            self.apply_delta(delta)

    def apply_depth(self, OrderBookDepth10 depth not None):
        """Replace the book by a ten-level snapshot.

        Raises
        ------
        InvalidConfiguration
            If the book is by order: a snapshot of levels has no orders.
        """
        if self._book_type == BookType.L3_MBO:
            raise InvalidConfiguration(f"the L3_MBO book of {self.instrument_id} needs deltas by order, depth has none: use L2_MBP")
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
        if self._book_type == BookType.L3_MBO:
            queues_clear_side(&self.queues, &self.bid_side)
        ladder_clear(&self.bid_side)
        self.update_count += 1

    def clear_asks(self, ts_t ts_event=0, uint64_t sequence=0):
        """Empty the asks."""
        if self._book_type == BookType.L3_MBO:
            queues_clear_side(&self.queues, &self.ask_side)
        ladder_clear(&self.ask_side)
        self.update_count += 1

    def reset(self):
        """Back to an empty book that never saw data."""
        if self._book_type == BookType.L3_MBO:
            queues_reset(&self.queues)
        ladder_clear(&self.bid_side)
        ladder_clear(&self.ask_side)
        self.ts_last = 0
        self.sequence = 0
        self.update_count = 0
        memset(&self.counts, 0, sizeof(IntegrityC))

    # -- questions ----------------------------------------------------------------------------------------------------

    @property
    def book_type(self):
        """Type of the book."""
        return <BookType>self._book_type

    @property
    def missing_deletes(self):
        """Deletes of a level, or order, that was not there."""
        return self.counts.missing_deletes

    @property
    def integrity(self):
        """What did not fit so far, by name.

        `crossed` and `locked` count batches after which the best bid was above, or at, the best ask; `missing_deletes` deletes of
        what was not there; `unknown_updates` and `duplicate_adds`, in books by order, updates of what was not there and adds of
        what was.
        """
        return {
            "crossed": self.counts.crossed,
            "locked": self.counts.locked,
            "missing_deletes": self.counts.missing_deletes,
            "unknown_updates": self.counts.unknown_updates,
            "duplicate_adds": self.counts.duplicate_adds,
        }

    cdef tuple _queue(self, LevelC* level):
        """Id and raw size of the orders of a level, by priority."""
        cdef uint32_t k
        cdef OrderC* order = &self.queues.orders.orders[level.head]
        out = []
        for k in range(level.count):
            out.append((order.order_id, order.size))
            order = &self.queues.orders.orders[order.next]
        return tuple(out)

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
            if self._book_type == BookType.L3_MBO:
                out._orders = self._queue(level)
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
        """Raise if an invariant is broken: order of levels, positive sizes; in a book by order also its queues."""
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
        if self._book_type == BookType.L3_MBO and queues_check(&self.queues) != 0:
            raise InternalError(f"queues of a book do not fit its levels ({queues_check(&self.queues)}); please report")

    def __repr__(self):
        return (
            f"OrderBook({self.instrument_id}, {book_type_to_str(self._book_type)}, bid={self.best_bid_price()}, "
            f"ask={self.best_ask_price()}, updates={self.update_count})"
        )
