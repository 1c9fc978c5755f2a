"""A market maker in Cython: how a strategy is compiled against the engine's own declarations.

It differs from one in Python by its types and by reading the shared book as integers; the interface is the same.
"""

from libc.stdint cimport uint64_t

from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.trading.strategy cimport Strategy

from nautilus_lite.errors import InvalidConfiguration


cdef class CompiledMarketMaker(Strategy):
    """Keeps one limit order at the best price of each side.

    Parameters
    ----------
    instrument_id : InstrumentId
        The instrument, with an L2 book.
    quantity : Quantity
        Of each order.
    interval_ns : int
        Time between two looks at the book (nanoseconds).
    config : StrategyConfig, optional
    """

    cdef InstrumentId _instrument_id
    cdef Quantity _quantity
    cdef uint64_t _interval_ns
    cdef MarketState _state
    cdef Order _buy                # the last order of each side, or None
    cdef Order _sell

    def __init__(self, InstrumentId instrument_id not None, Quantity quantity not None, uint64_t interval_ns, config=None):
        super().__init__(config)
        self._instrument_id = instrument_id
        self._quantity = quantity
        self._interval_ns = interval_ns

    def on_start(self):
        """Start looking."""
        self._state = self.cache.market.state_c(self._instrument_id)
        if self._state is None:
            raise InvalidConfiguration(f"unknown instrument {self._instrument_id}: add it before the run")
        self.clock.set_timer_ns("look", self._interval_ns, 0, 0, self.look)

    def look(self, event):
        """Leave a good order alone, replace a stale one, and send what is missing."""
        cdef price_raw_t price
        cdef qty_raw_t size
        if self._state.book.best_bid_c(&price, &size):
            self._buy = self.quote_c(self._buy, OrderSide.BUY, price)
        if self._state.book.best_ask_c(&price, &size):
            self._sell = self.quote_c(self._sell, OrderSide.SELL, price)

    cdef Order quote_c(self, Order order, int side, price_raw_t price):
        if order is not None and not order.is_closed_c():
            if order.price_raw == price:
                return order
            self.cancel_c(order, None)
        order = self.order_factory.limit_c(
            self._instrument_id, side, self._quantity,
            Price.from_raw_c(price, self._state.instrument.price_precision), False,
        )
        self.submit_c(order, None, None)
        return order

    def on_reset(self):
        """Forget the orders of the last run."""
        self._buy = None
        self._sell = None
