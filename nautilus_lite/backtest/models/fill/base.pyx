"""Chance in simulated fills, and the hooks by which a model gives an order another market than the book shows."""

from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.rng cimport rng_double
from nautilus_lite.core.rng cimport rng_seed
from nautilus_lite.core.rng cimport rng_splitmix
from nautilus_lite.core.text cimport text_key
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.book.order_book cimport OrderBook
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data.book import BookOrder
from nautilus_lite.model.data.book import OrderBookDelta
from nautilus_lite.model.enums import BookAction
from nautilus_lite.model.enums import OrderSide as OrderSideEnum

# Seed of a model without one: runs repeat unless asked otherwise
cdef uint64_t DEFAULT_SEED = 42

cdef enum:
    LIMIT_DRAW = 1
    SLIP_DRAW = 2


cdef class FillModel:
    """Probabilistic fills with a random generator of its own.

    Parameters
    ----------
    prob_fill_on_limit : float, default 1.0
        Probability in [0, 1] that a resting limit order fills when the opposite touch stands at its price. Drawn once
        per order and visit of the level; drawn again only after the touch left the price.
    prob_slippage : float, default 0.0
        Probability in [0, 1] that a market or triggered stop-market order on an L1 book slips one tick.
    random_seed : int, optional
        Seed of the generator, 0 to 2^64 - 1. None means a fixed seed: two runs give the same draws.

    Raises
    ------
    InvalidConfiguration
        If a probability or the seed is outside its range.

    Notes
    -----
    Assumptions: a draw does not depend on flow, queue or volatility, so adverse selection of passive fills is
    understated. Subclasses override `is_limit_filled`, `is_slipped`, `fill_limit_inside_spread` or
    `get_orderbook_for_fill_simulation` in Python; `draw` gives them the model's generator.

    The venue starts the generator anew for every decision, at a place given by the seed, the venue, the order's id, its
    price and how often its price was visited. Draws elsewhere, other orders and instruments, or a reset change no decision; worlds
    that are compared share their random numbers; a changed quantity does not draw again.
    """

    def __cinit__(self, *args, **kwargs):
        self.prob_fill_on_limit = 1.0
        self.prob_slippage = 0.0
        self._python_limit = type(self).is_limit_filled is not FillModel.is_limit_filled
        self._python_slip = type(self).is_slipped is not FillModel.is_slipped
        self._python_book = (
            type(self).get_orderbook_for_fill_simulation is not FillModel.get_orderbook_for_fill_simulation
        )
        self._python_inside = type(self).fill_limit_inside_spread is not FillModel.fill_limit_inside_spread
        self.shapes = SHAPES_VISITS if self._python_book else SHAPES_NEVER
        self.inside_spread = self._python_inside
        rng_seed(&self._rng, DEFAULT_SEED)

    def __init__(self, double prob_fill_on_limit=1.0, double prob_slippage=0.0, random_seed=None):
        if not 0.0 <= prob_fill_on_limit <= 1.0:
            raise InvalidConfiguration(f"invalid `prob_fill_on_limit`, must be in [0, 1], was {prob_fill_on_limit}")
        if not 0.0 <= prob_slippage <= 1.0:
            raise InvalidConfiguration(f"invalid `prob_slippage`, must be in [0, 1], was {prob_slippage}")
        if random_seed is not None and not 0 <= random_seed < 2**64:
            raise InvalidConfiguration(f"invalid `random_seed`, must be in [0, 2^64), was {random_seed}")
        self.prob_fill_on_limit = prob_fill_on_limit
        self.prob_slippage = prob_slippage
        self.random_seed = random_seed
        self.reset()

    def __repr__(self):
        return (
            f"{type(self).__name__}(prob_fill_on_limit={self.prob_fill_on_limit}, "
            f"prob_slippage={self.prob_slippage}, random_seed={self.random_seed})"
        )

    def reset(self):
        """Put the generator back to its seed."""
        rng_seed(&self._rng, DEFAULT_SEED if self.random_seed is None else <uint64_t>self.random_seed)

    def draw(self, double probability):
        """Return True with the given probability in [0, 1]; 0 and 1 take no random number."""
        return self._draw_c(probability)

    def is_limit_filled(self):
        """Return whether a limit order whose price is touched fills. Override in a subclass."""
        return self._draw_c(self.prob_fill_on_limit)

    def is_slipped(self):
        """Return whether a market order slips one tick. Override in a subclass."""
        return self._draw_c(self.prob_slippage)

    def fill_limit_inside_spread(self):
        """Return whether a limit order at the best price of its own side, or inside the spread, fills on arrival.

        Override in a subclass.
        """
        return False if self._python_inside else bool(self.inside_spread)

    def get_orderbook_for_fill_simulation(self, Instrument instrument not None, Order order not None,
                                          Price best_bid not None, Price best_ask not None):
        """Return the book that an order meets instead of the market's, or None for the market's. Override in a subclass.

        Parameters
        ----------
        instrument : Instrument
        order : Order
            Aggressive, or a resting limit whose price was reached.
        best_bid, best_ask : Price
            The touch.

        Returns
        -------
        OrderBook or None
            At the precision of the instrument. Orders take what it shows, within their limit; on an L1 book the rest of
            a market order is had one tick beyond its last level.
        """
        cdef int side
        if not self.shapes or self._python_book:
            return None
        book = OrderBook(instrument.id, BookType.L2_MBP)
        for side in range(2):
            self._add_side(book, instrument, order, 1 if side == 0 else -1, best_ask if side == 0 else best_bid)
        return book

    def _add_side(self, OrderBook book, Instrument instrument, Order order, int sign, Price touch):
        cdef FillViewC view
        cdef ShapeC shape
        cdef int64_t tick = 0
        cdef int64_t lot = 0
        cdef size_t i
        fixed_rescale(
            instrument.price_increment.raw, instrument.price_increment.precision, instrument.price_precision, &tick
        )
        fixed_rescale(instrument.size_increment.raw, instrument.size_increment.precision, instrument.size_precision, &lot)
        view.sign = sign
        view.price = touch.raw
        view.tick = tick
        view.unit = fixed_pow10(instrument.size_precision)
        # Only the touch's price was given: as deep as NautilusTrader takes it to be
        view.size = 1_000 * view.unit
        view.taken = 0
        view.lot = lot
        view.want = order.leaves_raw
        view.has_limit = False
        view.limit = 0
        view.is_resting = False
        view.ts = 0
        view.nth = 0
        shape.n = 0
        shape.ends = False
        self.shape_c(&shape, &view, order)
        for i in range(shape.n):
            book.apply_delta(
                OrderBookDelta(
                    instrument.id,
                    BookAction.ADD,
                    BookOrder(
                        OrderSideEnum.SELL if sign > 0 else OrderSideEnum.BUY,
                        Price.from_raw_c(shape.prices[i], instrument.price_precision),
                        Quantity.from_raw_c(shape.sizes[i], instrument.size_precision),
                        0,
                    ),
                    0, 0, 0, 0,
                )
            )

    cdef bint is_inside_filled_c(self) except? 0:
        return bool(self.fill_limit_inside_spread()) if self._python_inside else self.inside_spread

    cdef bint shape_c(self, ShapeC* shape, const FillViewC* view, Order order) except? 0:
        return False

    cdef OrderBook book_c(self, Instrument instrument, Order order, price_raw_t bid, price_raw_t ask):
        cdef OrderBook book
        answer = self.get_orderbook_for_fill_simulation(
            instrument,
            order,
            Price.from_raw_c(bid, instrument.price_precision),
            Price.from_raw_c(ask, instrument.price_precision),
        )
        if answer is None:
            return None
        if not isinstance(answer, OrderBook):
            raise TypeError(
                f"`{type(self).__name__}.get_orderbook_for_fill_simulation` must return an OrderBook or None, returned "
                f"{type(answer).__name__}"
            )
        book = <OrderBook>answer
        if book._has_precision and (
            book._price_precision != instrument.price_precision or book._size_precision != instrument.size_precision
        ):
            raise ValueError(
                f"book of `{type(self).__name__}.get_orderbook_for_fill_simulation` has precisions "
                f"{book._price_precision} and {book._size_precision}, {instrument.id} has "
                f"{instrument.price_precision} and {instrument.size_precision}"
            )
        return book

    cdef qty_raw_t of_trade_c(self, qty_raw_t size, qty_raw_t lot) noexcept:
        return size

    cdef bint is_limit_filled_c(self, Order order, uint64_t nth) except? 0:
        if not self._python_limit and (self.prob_fill_on_limit <= 0.0 or self.prob_fill_on_limit >= 1.0):
            return self.prob_fill_on_limit >= 1.0
        self.key_c(order, LIMIT_DRAW, order.price_raw, nth)
        return bool(self.is_limit_filled()) if self._python_limit else self._draw_c(self.prob_fill_on_limit)

    cdef bint is_slipped_c(self, Order order) except? 0:
        if not self._python_slip and (self.prob_slippage <= 0.0 or self.prob_slippage >= 1.0):
            return self.prob_slippage >= 1.0
        self.key_c(order, SLIP_DRAW, order.filled_raw, 0)
        return bool(self.is_slipped()) if self._python_slip else self._draw_c(self.prob_slippage)

    cdef int key_c(self, Order order, uint64_t kind, int64_t where, uint64_t nth) except -1:
        """Start the generator at the place that belongs to one decision about one order."""
        cdef uint64_t state = DEFAULT_SEED if self.random_seed is None else <uint64_t>self.random_seed
        state = rng_splitmix(&state) ^ text_key(order.instrument_id.venue.value)
        state = rng_splitmix(&state) ^ order.client_order_id.key_c()
        state = rng_splitmix(&state) ^ kind
        state = rng_splitmix(&state) ^ <uint64_t>where
        state = rng_splitmix(&state) ^ nth
        rng_seed(&self._rng, state)
        return 0

    cdef bint _draw_c(self, double probability) noexcept:
        if probability <= 0.0:
            return False
        return probability >= 1.0 or rng_double(&self._rng) < probability
