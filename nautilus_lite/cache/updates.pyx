"""Reads of what is rare: mark and index prices, funding rates, status and closing prices; the base of `MarketQueries`."""

from itertools import islice

from nautilus_lite.cache.kept cimport Kept
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.model.data.updates cimport FundingRateUpdate
from nautilus_lite.model.data.updates cimport IndexPriceUpdate
from nautilus_lite.model.data.updates cimport InstrumentClose
from nautilus_lite.model.data.updates cimport InstrumentStatus
from nautilus_lite.model.data.updates cimport MarkPriceUpdate
from nautilus_lite.model.identifiers cimport InstrumentId

from nautilus_lite.model.enums import OrderSide as OrderSideEnum


cdef object _kept(Market market, InstrumentId instrument_id, type kind):
    cdef MarketState state = market.state_c(instrument_id)
    return () if state is None else state.updates_c(kind)


cdef object _nth(object kept, index):
    if index < 0:
        raise ValueError(f"invalid `index`, must be >= 0 (0 = newest), was {index}")
    return next(islice(kept, index, None), None)


cdef class UpdateQueries(Kept):
    """
    The side of the cache that reads updates.

    Parameters
    ----------
    market : Market
        The market to read.

    """

    def __init__(self, Market market not None):
        self.market = market

    @property
    def tick_capacity(self):
        """The most recent quotes and trades kept, for each instrument."""
        return self.market.capacity

    @property
    def bar_capacity(self):
        """The most recent bars kept, for each bar type."""
        return self.market.bar_capacity

    def exec_algorithm_ids(self):
        """Return the ids of the execution algorithms that orders name, as a set."""
        return {order.exec_algorithm_id for order in self.orders() if order.exec_algorithm_id is not None}

    # Orders of execution algorithms; `orders` is the cache's

    def orders_for_exec_algorithm(self, exec_algorithm_id not None, venue=None, instrument_id=None, strategy_id=None,
                                  side=OrderSideEnum.NO_ORDER_SIDE):
        """Return the orders of an execution algorithm, primary and spawned; filters as for `orders`."""
        return [o for o in self.orders(venue, instrument_id, strategy_id, side) if o.exec_algorithm_id == exec_algorithm_id]

    def _spawn_sum(self, exec_spawn_id, str name, bint active_only):
        found = [o for o in self.orders_for_exec_spawn(exec_spawn_id) if not active_only or not o.is_closed]
        return sum((getattr(o, name) for o in found[1:]), getattr(found[0], name)) if found else None

    def exec_spawn_total_quantity(self, exec_spawn_id not None, bint active_only=False):
        """Return the quantity of a primary order and what was spawned from it (Quantity), None if there is no such order."""
        return self._spawn_sum(exec_spawn_id, "quantity", active_only)

    def exec_spawn_total_filled_qty(self, exec_spawn_id not None, bint active_only=False):
        """Return what they have filled (Quantity), None if there is no such order."""
        return self._spawn_sum(exec_spawn_id, "filled_qty", active_only)

    def exec_spawn_total_leaves_qty(self, exec_spawn_id not None, bint active_only=False):
        """Return what is left of them (Quantity), None if there is no such order."""
        return self._spawn_sum(exec_spawn_id, "leaves_qty", active_only)

    def mark_price(self, InstrumentId instrument_id not None, index=0):
        """Return the mark price at `index` (0 = newest) as MarkPriceUpdate, or None."""
        return _nth(_kept(self.market, instrument_id, MarkPriceUpdate), index)

    def mark_prices(self, InstrumentId instrument_id not None):
        """Return the recent mark prices, newest first."""
        return list(_kept(self.market, instrument_id, MarkPriceUpdate))

    def mark_price_count(self, InstrumentId instrument_id not None):
        """Return how many recent mark prices are kept."""
        return len(_kept(self.market, instrument_id, MarkPriceUpdate))

    def has_mark_prices(self, InstrumentId instrument_id not None):
        """Return whether there is a mark price."""
        return len(_kept(self.market, instrument_id, MarkPriceUpdate)) > 0

    def add_mark_price(self, MarkPriceUpdate update not None):
        """Apply a mark price to the market."""
        self.market.apply_object_c(update)

    def index_price(self, InstrumentId instrument_id not None, index=0):
        """Return the index price at `index` (0 = newest) as IndexPriceUpdate, or None."""
        return _nth(_kept(self.market, instrument_id, IndexPriceUpdate), index)

    def index_prices(self, InstrumentId instrument_id not None):
        """Return the recent index prices, newest first."""
        return list(_kept(self.market, instrument_id, IndexPriceUpdate))

    def index_price_count(self, InstrumentId instrument_id not None):
        """Return how many recent index prices are kept."""
        return len(_kept(self.market, instrument_id, IndexPriceUpdate))

    def has_index_prices(self, InstrumentId instrument_id not None):
        """Return whether there is an index price."""
        return len(_kept(self.market, instrument_id, IndexPriceUpdate)) > 0

    def add_index_price(self, IndexPriceUpdate update not None):
        """Apply an index price to the market."""
        self.market.apply_object_c(update)

    def funding_rate(self, InstrumentId instrument_id not None, index=0):
        """Return the funding rate at `index` (0 = newest) as FundingRateUpdate, or None."""
        return _nth(_kept(self.market, instrument_id, FundingRateUpdate), index)

    def funding_rates(self, InstrumentId instrument_id not None):
        """Return the recent funding rates, newest first."""
        return list(_kept(self.market, instrument_id, FundingRateUpdate))

    def funding_rate_count(self, InstrumentId instrument_id not None):
        """Return how many recent funding rates are kept."""
        return len(_kept(self.market, instrument_id, FundingRateUpdate))

    def has_funding_rates(self, InstrumentId instrument_id not None):
        """Return whether there is a funding rate."""
        return len(_kept(self.market, instrument_id, FundingRateUpdate)) > 0

    def add_funding_rate(self, FundingRateUpdate update not None):
        """Apply a funding rate to the market."""
        self.market.apply_object_c(update)

    def instrument_status(self, InstrumentId instrument_id not None, index=0):
        """Return the status at `index` (0 = newest) as InstrumentStatus, or None."""
        return _nth(_kept(self.market, instrument_id, InstrumentStatus), index)

    def instrument_statuses(self, InstrumentId instrument_id not None):
        """Return the recent statuses, newest first."""
        return list(_kept(self.market, instrument_id, InstrumentStatus))

    def instrument_status_count(self, InstrumentId instrument_id not None):
        """Return how many recent statuses are kept."""
        return len(_kept(self.market, instrument_id, InstrumentStatus))

    def has_instrument_statuses(self, InstrumentId instrument_id not None):
        """Return whether there is a status."""
        return len(_kept(self.market, instrument_id, InstrumentStatus)) > 0

    def add_instrument_status(self, InstrumentStatus update not None):
        """Apply a status to the market."""
        self.market.apply_object_c(update)

    def instrument_close(self, InstrumentId instrument_id not None, index=0):
        """Return the closing price at `index` (0 = newest) as InstrumentClose, or None."""
        return _nth(_kept(self.market, instrument_id, InstrumentClose), index)

    def instrument_closes(self, InstrumentId instrument_id not None):
        """Return the recent closing prices, newest first."""
        return list(_kept(self.market, instrument_id, InstrumentClose))

    def instrument_close_count(self, InstrumentId instrument_id not None):
        """Return how many recent closing prices are kept."""
        return len(_kept(self.market, instrument_id, InstrumentClose))

    def has_instrument_closes(self, InstrumentId instrument_id not None):
        """Return whether there is a closing price."""
        return len(_kept(self.market, instrument_id, InstrumentClose)) > 0

    def add_instrument_close(self, InstrumentClose update not None):
        """Apply a closing price to the market."""
        self.market.apply_object_c(update)
