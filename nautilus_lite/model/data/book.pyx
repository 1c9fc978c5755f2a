"""Order-book data: orders, deltas, batches of deltas, ten-level snapshots."""

cimport cython
from libc.stdint cimport uint8_t
from libc.stdint cimport uint32_t
from libc.stdint cimport uint64_t
from libc.stdlib cimport free
from libc.stdlib cimport malloc
from libc.string cimport memcmp
from libc.string cimport memcpy
from libc.string cimport memset

from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.base cimport Data
from nautilus_lite.model.data.rows cimport DeltaRow
from nautilus_lite.model.data.rows cimport INSIDE_BATCH
from nautilus_lite.model.data.rows cimport ends_batch
from nautilus_lite.model.data.rows cimport seen_flags
from nautilus_lite.model.data.rows cimport Depth10Row
from nautilus_lite.model.data.rows cimport DEPTH_LEVELS
from nautilus_lite.model.enums cimport BookAction
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport RecordFlag
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity

from nautilus_lite.model.enums import book_action_from_str
from nautilus_lite.model.enums import book_action_to_str
from nautilus_lite.model.enums import order_side_from_str
from nautilus_lite.model.enums import order_side_to_str


@cython.final
@cython.no_gc
cdef class BookOrder:
    """An order, or an aggregated level, of a book.

    Parameters
    ----------
    side : OrderSide
    price : Price
    size : Quantity
    order_id : int
        0 for aggregated levels.
    """

    def __init__(self, OrderSide side, Price price not None, Quantity size not None, uint64_t order_id):
        order_side_to_str(side)
        self._side = side
        self.price = price
        self.size = size
        self.order_id = order_id

    @property
    def side(self):
        """Side of the book."""
        return <OrderSide>self._side

    def exposure(self):
        """Return price times size as a float."""
        return float(self.price) * float(self.size)

    def signed_size(self):
        """Return the size as a float, negative for asks."""
        return float(self.size) if self._side == OrderSide.BUY else -float(self.size)

    def to_dict(self, BookOrder obj=None):
        """Return plain data."""
        cdef BookOrder order = obj if obj is not None else self
        return {
            "type": "BookOrder",
            "side": order_side_to_str(order._side),
            "price": str(order.price),
            "size": str(order.size),
            "order_id": order.order_id,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return BookOrder(
            order_side_from_str(values["side"]), Price.from_str(values["price"]), Quantity.from_str(values["size"]),
            values["order_id"],
        )

    def __eq__(self, other):
        if type(other) is not BookOrder:
            return NotImplemented
        cdef BookOrder that = <BookOrder>other
        return (
            self._side == that._side and self.price == that.price and self.size == that.size
            and self.order_id == that.order_id
        )

    def __hash__(self):
        return hash((self._side, self.price, self.order_id))

    def __repr__(self):
        return f"BookOrder(side={order_side_to_str(self._side)}, price={self.price}, size={self.size}, order_id={self.order_id})"

    def __reduce__(self):
        return BookOrder, (self.side, self.price, self.size, self.order_id)


@cython.final
@cython.no_gc
cdef class OrderBookDelta(Data):
    """One change of a book.

    Parameters
    ----------
    instrument_id : InstrumentId
    action : BookAction
    order : BookOrder, optional
        None for CLEAR.
    flags : int
        Bits of `RecordFlag`.
    sequence : int
    ts_event, ts_init : int
        UNIX nanoseconds.

    Raises
    ------
    ValueError
        If an order is missing, or an added order has no size.
    """

    def __init__(
        self,
        InstrumentId instrument_id not None,
        BookAction action,
        BookOrder order,
        uint8_t flags,
        uint64_t sequence,
        ts_t ts_event,
        ts_t ts_init,
    ):
        book_action_to_str(action)
        if order is None and action != BookAction.CLEAR:
            raise ValueError(f"a delta with action {book_action_to_str(action)} needs an `order`, was None")
        if action == BookAction.ADD and order.size.raw == 0:
            raise ValueError("an added order must have a positive size, was 0")
        memset(&self._mem, 0, sizeof(DeltaRow))
        self.instrument_id = instrument_id
        self._mem.action = action
        self._mem.flags = flags
        self._mem.sequence = sequence
        self._mem.ts_event = ts_event
        self._mem.ts_init = ts_init
        if order is not None:
            self._mem.side = order._side
            self._mem.price = order.price.raw
            self._mem.size = order.size.raw
            self._mem.order_id = order.order_id
            self._price_precision = order.price.precision
            self._size_precision = order.size.precision

    @staticmethod
    cdef OrderBookDelta from_row_c(InstrumentId instrument_id, const DeltaRow* row, uint8_t price_precision, uint8_t size_precision):
        cdef OrderBookDelta delta = OrderBookDelta.__new__(OrderBookDelta)
        delta.instrument_id = instrument_id
        delta._mem = row[0]
        delta._price_precision = price_precision
        delta._size_precision = size_precision
        return delta

    @staticmethod
    def clear(InstrumentId instrument_id not None, uint64_t sequence, ts_t ts_event, ts_t ts_init):
        """Return the delta that empties a book."""
        return OrderBookDelta(instrument_id, BookAction.CLEAR, None, 0, sequence, ts_event, ts_init)

    @property
    def action(self):
        """What happens to the order."""
        return <BookAction>self._mem.action

    @property
    def is_add(self):
        """Whether the action is ADD."""
        return self._mem.action == BookAction.ADD

    @property
    def is_update(self):
        """Whether the action is UPDATE."""
        return self._mem.action == BookAction.UPDATE

    @property
    def is_delete(self):
        """Whether the action is DELETE."""
        return self._mem.action == BookAction.DELETE

    @property
    def is_clear(self):
        """Whether the action is CLEAR."""
        return self._mem.action == BookAction.CLEAR

    @property
    def order(self):
        """The order, None for CLEAR."""
        if self._mem.action == BookAction.CLEAR:
            return None
        return BookOrder(
            <OrderSide>self._mem.side,
            Price.from_raw_c(self._mem.price, self._price_precision),
            Quantity.from_raw_c(self._mem.size, self._size_precision),
            self._mem.order_id,
        )

    @property
    def flags(self):
        """Bits of `RecordFlag`."""
        return seen_flags(self._mem.flags)

    @property
    def sequence(self):
        """Sequence number of the venue."""
        return self._mem.sequence

    @property
    def ts_event(self):
        """UNIX nanoseconds of the event."""
        return self._mem.ts_event

    @property
    def ts_init(self):
        """UNIX nanoseconds of arrival."""
        return self._mem.ts_init

    def to_dict(self, OrderBookDelta obj=None):
        """Return plain data."""
        cdef OrderBookDelta delta = obj if obj is not None else self
        order = delta.order
        return {
            "type": "OrderBookDelta",
            "instrument_id": delta.instrument_id.value,
            "action": book_action_to_str(delta._mem.action),
            "order": order.to_dict() if order is not None else None,
            "flags": seen_flags(delta._mem.flags),
            "sequence": delta._mem.sequence,
            "ts_event": delta._mem.ts_event,
            "ts_init": delta._mem.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        order = values["order"]
        return OrderBookDelta(
            InstrumentId.from_str(values["instrument_id"]),
            book_action_from_str(values["action"]),
            BookOrder.from_dict(order) if order else None,
            values["flags"],
            values["sequence"],
            values["ts_event"],
            values["ts_init"],
        )

    def __eq__(self, other):
        if type(other) is not OrderBookDelta:
            return NotImplemented
        cdef OrderBookDelta that = <OrderBookDelta>other
        return self.instrument_id == that.instrument_id and same_delta(&self._mem, &that._mem)

    def __hash__(self):
        return hash((self.instrument_id, self._mem.ts_init, self._mem.price, self._mem.sequence))

    def __repr__(self):
        return (
            f"OrderBookDelta(instrument_id={self.instrument_id}, action={book_action_to_str(self._mem.action)}, "
            f"order={self.order}, flags={seen_flags(self._mem.flags)}, sequence={self._mem.sequence}, "
            f"ts_event={self._mem.ts_event}, ts_init={self._mem.ts_init})"
        )

    def __reduce__(self):
        return OrderBookDelta, (
            self.instrument_id, self.action, self.order, self.flags, self.sequence, self.ts_event, self.ts_init,
        )


cdef bint same_delta(const DeltaRow* a, const DeltaRow* b) noexcept:
    return (
        a.ts_event == b.ts_event and a.ts_init == b.ts_init and a.price == b.price and a.size == b.size
        and a.order_id == b.order_id and a.sequence == b.sequence and a.action == b.action and a.side == b.side
        and seen_flags(a.flags) == seen_flags(b.flags)
    )


@cython.final
@cython.no_gc
cdef class OrderBookDeltas(Data):
    """A batch of deltas that take effect together.

    Parameters
    ----------
    instrument_id : InstrumentId
    deltas : list of OrderBookDelta
        Not empty, all of the instrument. They are one batch, whether or not the last is flagged `F_LAST`: nothing matches
        between them.

    Raises
    ------
    ValueError
        If the list is empty or holds another instrument's.
    """

    def __cinit__(self):
        self._rows = NULL
        self._n = 0

    def __init__(self, InstrumentId instrument_id not None, list deltas not None):
        cdef OrderBookDelta delta
        cdef size_t i = 0
        if not deltas:
            raise ValueError("`deltas` must not be empty")
        self.instrument_id = instrument_id
        self._make_room_c(len(deltas))
        for delta in deltas:
            if delta.instrument_id != instrument_id:
                raise ValueError(f"`deltas` must all be of {instrument_id}, found {delta.instrument_id}")
            self._rows[i] = delta._mem
            if delta._mem.action != BookAction.CLEAR:
                self._price_precision = delta._price_precision
                self._size_precision = delta._size_precision
            i += 1
            if i < self._n and self._rows[i - 1].flags == 0:
                self._rows[i - 1].flags = INSIDE_BATCH
        if not ends_batch(self._rows[self._n - 1].flags):
            self._rows[self._n - 1].flags |= <int>RecordFlag.F_LAST

    def __dealloc__(self):
        if self._rows != &self._only:
            free(self._rows)

    cdef int _make_room_c(self, size_t n) except -1:
        # Most batches are of one delta: that one needs no memory of its own
        self._rows = &self._only
        if n > 1:
            self._rows = <DeltaRow*>malloc(n * sizeof(DeltaRow))
            if self._rows == NULL:
                raise MemoryError("no memory for the deltas")
        self._n = n
        return 0

    @staticmethod
    cdef OrderBookDeltas from_rows_c(InstrumentId instrument_id, const DeltaRow* rows, size_t n, uint8_t price_precision, uint8_t size_precision):
        cdef OrderBookDeltas deltas = OrderBookDeltas.__new__(OrderBookDeltas)
        deltas._make_room_c(n)
        memcpy(deltas._rows, rows, n * sizeof(DeltaRow))
        deltas.instrument_id = instrument_id
        deltas._price_precision = price_precision
        deltas._size_precision = size_precision
        return deltas

    @property
    def deltas(self):
        """The deltas as a new list."""
        cdef size_t i
        return [
            OrderBookDelta.from_row_c(self.instrument_id, &self._rows[i], self._price_precision, self._size_precision)
            for i in range(self._n)
        ]

    @property
    def is_snapshot(self):
        """Whether the batch replaces the book: it begins with CLEAR or is flagged so."""
        return self._rows[0].action == BookAction.CLEAR or bool(self._rows[0].flags & <int>RecordFlag.F_SNAPSHOT)

    @property
    def flags(self):
        """Bits of `RecordFlag` of the last delta."""
        return self._rows[self._n - 1].flags

    @property
    def sequence(self):
        """Sequence number of the last delta."""
        return self._rows[self._n - 1].sequence

    @property
    def ts_event(self):
        """UNIX nanoseconds of the last delta's event."""
        return self._rows[self._n - 1].ts_event

    @property
    def ts_init(self):
        """UNIX nanoseconds of the last delta's arrival."""
        return self._rows[self._n - 1].ts_init

    def to_dict(self, OrderBookDeltas obj=None):
        """Return plain data."""
        cdef OrderBookDeltas batch = obj if obj is not None else self
        return {
            "type": "OrderBookDeltas",
            "instrument_id": batch.instrument_id.value,
            "deltas": [delta.to_dict() for delta in batch.deltas],
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return OrderBookDeltas(
            InstrumentId.from_str(values["instrument_id"]), [OrderBookDelta.from_dict(d) for d in values["deltas"]]
        )

    def __len__(self):
        return self._n

    def __eq__(self, other):
        if type(other) is not OrderBookDeltas:
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self):
        return hash((self.instrument_id, self._n, self.ts_init))

    def __repr__(self):
        return (
            f"OrderBookDeltas(instrument_id={self.instrument_id}, n={self._n}, is_snapshot={self.is_snapshot}, "
            f"sequence={self.sequence}, ts_event={self.ts_event}, ts_init={self.ts_init})"
        )

    def __reduce__(self):
        return OrderBookDeltas, (self.instrument_id, self.deltas)


@cython.final
@cython.no_gc
cdef class OrderBookDepth10(Data):
    """The ten best levels of each side, best first.

    Parameters
    ----------
    instrument_id : InstrumentId
    bids, asks : list of BookOrder
        At most ten each.
    bid_counts, ask_counts : list of int
        Orders at each level.
    flags, sequence : int
    ts_event, ts_init : int
        UNIX nanoseconds.

    Raises
    ------
    ValueError
        If there are more than ten levels, or counts do not match.
    """

    def __init__(
        self,
        InstrumentId instrument_id not None,
        list bids not None,
        list asks not None,
        list bid_counts not None,
        list ask_counts not None,
        uint8_t flags,
        uint64_t sequence,
        ts_t ts_event,
        ts_t ts_init,
    ):
        cdef BookOrder order
        cdef int i
        memset(&self._mem, 0, sizeof(Depth10Row))
        if not bids and not asks:
            raise ValueError("a depth snapshot needs at least one level")
        for name, levels, counts in (("bids", bids, bid_counts), ("asks", asks, ask_counts)):
            if len(levels) > DEPTH_LEVELS or len(levels) != len(counts):
                raise ValueError(
                    f"`{name}` must have at most {DEPTH_LEVELS} levels and as many counts, had {len(levels)} and {len(counts)}"
                )
        self.instrument_id = instrument_id
        for i, order in enumerate(bids):
            self._mem.bid_prices[i] = order.price.raw
            self._mem.bid_sizes[i] = order.size.raw
            self._mem.bid_counts[i] = bid_counts[i]
        for i, order in enumerate(asks):
            self._mem.ask_prices[i] = order.price.raw
            self._mem.ask_sizes[i] = order.size.raw
            self._mem.ask_counts[i] = ask_counts[i]
        first = (bids or asks)[0]
        self._price_precision = first.price.precision
        self._size_precision = first.size.precision
        self._mem.flags = flags
        self._mem.sequence = sequence
        self._mem.ts_event = ts_event
        self._mem.ts_init = ts_init

    @staticmethod
    cdef OrderBookDepth10 from_row_c(InstrumentId instrument_id, const Depth10Row* row, uint8_t price_precision, uint8_t size_precision):
        cdef OrderBookDepth10 depth = OrderBookDepth10.__new__(OrderBookDepth10)
        depth.instrument_id = instrument_id
        depth._mem = row[0]
        depth._price_precision = price_precision
        depth._size_precision = size_precision
        return depth

    @property
    def bids(self):
        """Bid levels, best first."""
        cdef int i
        return [
            BookOrder(
                OrderSide.BUY, Price.from_raw_c(self._mem.bid_prices[i], self._price_precision),
                Quantity.from_raw_c(self._mem.bid_sizes[i], self._size_precision), 0,
            )
            for i in range(DEPTH_LEVELS) if self._mem.bid_sizes[i]
        ]

    @property
    def asks(self):
        """Ask levels, best first."""
        cdef int i
        return [
            BookOrder(
                OrderSide.SELL, Price.from_raw_c(self._mem.ask_prices[i], self._price_precision),
                Quantity.from_raw_c(self._mem.ask_sizes[i], self._size_precision), 0,
            )
            for i in range(DEPTH_LEVELS) if self._mem.ask_sizes[i]
        ]

    @property
    def bid_counts(self):
        """Orders at each bid level."""
        return [self._mem.bid_counts[i] for i in range(DEPTH_LEVELS) if self._mem.bid_sizes[i]]

    @property
    def ask_counts(self):
        """Orders at each ask level."""
        return [self._mem.ask_counts[i] for i in range(DEPTH_LEVELS) if self._mem.ask_sizes[i]]

    @property
    def flags(self):
        """Bits of `RecordFlag`."""
        return self._mem.flags

    @property
    def sequence(self):
        """Sequence number of the venue."""
        return self._mem.sequence

    @property
    def ts_event(self):
        """UNIX nanoseconds of the event."""
        return self._mem.ts_event

    @property
    def ts_init(self):
        """UNIX nanoseconds of arrival."""
        return self._mem.ts_init

    def to_dict(self, OrderBookDepth10 obj=None):
        """Return plain data."""
        cdef OrderBookDepth10 depth = obj if obj is not None else self
        return {
            "type": "OrderBookDepth10",
            "instrument_id": depth.instrument_id.value,
            "bids": [order.to_dict() for order in depth.bids],
            "asks": [order.to_dict() for order in depth.asks],
            "bid_counts": depth.bid_counts,
            "ask_counts": depth.ask_counts,
            "flags": depth._mem.flags,
            "sequence": depth._mem.sequence,
            "ts_event": depth._mem.ts_event,
            "ts_init": depth._mem.ts_init,
        }

    @staticmethod
    def from_dict(dict values not None):
        """Make from the dictionary of `to_dict`."""
        return OrderBookDepth10(
            InstrumentId.from_str(values["instrument_id"]),
            [BookOrder.from_dict(v) for v in values["bids"]],
            [BookOrder.from_dict(v) for v in values["asks"]],
            values["bid_counts"], values["ask_counts"], values["flags"], values["sequence"], values["ts_event"],
            values["ts_init"],
        )

    def __eq__(self, other):
        if type(other) is not OrderBookDepth10:
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self):
        return hash((self.instrument_id, self._mem.ts_init, self._mem.sequence))

    def __repr__(self):
        return (
            f"OrderBookDepth10(instrument_id={self.instrument_id}, bids={self.bids}, asks={self.asks}, "
            f"sequence={self._mem.sequence}, ts_event={self._mem.ts_event}, ts_init={self._mem.ts_init})"
        )

    def __reduce__(self):
        return OrderBookDepth10, (
            self.instrument_id, self.bids, self.asks, self.bid_counts, self.ask_counts, self.flags, self.sequence,
            self.ts_event, self.ts_init,
        )
