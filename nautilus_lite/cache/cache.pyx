"""The cache: what a world knows of its orders, positions and accounts, indexed for the questions strategies ask.

Closed orders and positions leave the open indices, so that a question about open ones of an instrument costs what is
open there, however long the run. Python sets are made only for callers; iteration is over dicts, in order of arrival.
"""
from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.queries cimport MarketQueries
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.enums cimport PositionSide
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position

from nautilus_lite.cache.config import CacheConfig
from nautilus_lite.errors import InternalError
from nautilus_lite.model.enums import OrderSide as OrderSideEnum
from nautilus_lite.model.enums import PositionSide as PositionSideEnum

# Where an order or a position stands in the indices
cdef enum:
    INFLIGHT = 1
    OPEN = 2
    CLOSED = 4


cdef dict _EMPTY = {}                          # stands for "nothing open"; never written


cdef list _filter_orders(object orders, Venue venue, InstrumentId instrument_id, StrategyId strategy_id, int side,
                         AccountId account_id):
    cdef Order order
    cdef list found = []
    for order in orders:
        if instrument_id is not None and order.instrument_id != instrument_id:
            continue
        if venue is not None and order.instrument_id.venue != venue:
            continue
        if strategy_id is not None and order.strategy_id != strategy_id:
            continue
        if side != OrderSide.NO_ORDER_SIDE and order._side != side:
            continue
        if account_id is not None and order.account_id != account_id:
            continue
        found.append(order)
    return found


cdef list _filter_positions(dict source, Venue venue, InstrumentId instrument_id, StrategyId strategy_id, int side,
                            AccountId account_id):
    cdef Position position
    cdef list found = []
    for position in source.values():
        if instrument_id is not None and position.instrument_id != instrument_id:
            continue
        if venue is not None and position.instrument_id.venue != venue:
            continue
        if strategy_id is not None and position.strategy_id != strategy_id:
            continue
        if side != PositionSide.NO_POSITION_SIDE and position._side != side:
            continue
        if account_id is not None and position.account_id != account_id:
            continue
        found.append(position)
    return found


cdef set _client_order_ids(list orders):
    cdef Order order
    return {order.client_order_id for order in orders}


cdef set _position_ids(list positions):
    cdef Position position
    return {position.id for position in positions}


cdef EventLog _without(EventLog log, object gone):
    cdef EventLog rest = EventLog.__new__(EventLog)
    for item in log.list_c():
        if item is not gone and item != gone:
            rest.append_c(item)
    return rest


cdef dict _index_of(dict index, object key):
    # The inner dict of a two-level index, made on first use
    cdef dict inner = <dict>index.get(key)
    if inner is None:
        inner = {}
        index[key] = inner
    return inner


cdef class Cache(MarketQueries):
    """
    What a world knows: its accounts, orders and positions, and the market it shares with others.

    Parameters
    ----------
    market : Market, optional
        The market; one of its own if None.
    config : CacheConfig, optional
        The configuration.

    """

    def __init__(self, Market market=None, config=None):
        if config is None:
            config = CacheConfig()
        super().__init__(market if market is not None else Market(config.tick_capacity, config.bar_capacity))
        self._log = Logger("Cache")
        self._clear()

    cdef int _clear(self) except -1:
        self._bars = {}
        self._rates = {}
        self._accounts = {}
        self._venue_accounts = {}
        self._orders = {}
        self._orders_open = {}
        self._orders_closed = EventLog.__new__(EventLog)
        self._orders_inflight = {}
        self._instrument_orders_open = {}
        self._order_lists = {}
        self._venue_order_ids = {}
        self._newly_numbered = EventLog.__new__(EventLog)
        self._positions = {}
        self._positions_open = {}
        self._positions_closed = {}
        self._instrument_positions_open = {}
        self._position_snapshots = {}
        self._spawned = {}
        self._unknown_links = {}
        self._position_orders = {}
        self._strategies = {}
        self._general.clear()
        self._mark_rates.clear()
        return 0

    def reset(self):
        """Forget accounts, orders, positions, own bars and general values; the shared market has a reset of its own."""
        self._clear()

    # General values

    # Accounts

    cdef Account account_for_venue_c(self, Venue venue):
        return <Account>self._accounts.get(self._venue_accounts.get(venue))

    def add_account(self, Account account not None):
        """Add an account; it is the account of the venue that issued its id."""
        if account.id in self._accounts:
            raise ValueError(f"invalid `account`, must be new to the cache, was {account.id}")
        self._accounts[account.id] = account
        self._venue_accounts.setdefault(Venue(account.id.get_issuer()), account.id)

    def update_account(self, Account account not None):
        """Replace the account of the same id; KeyError if there is none."""
        if account.id not in self._accounts:
            raise KeyError(f"no account {account.id}, add it first")
        self._accounts[account.id] = account

    def account(self, AccountId account_id not None):
        """Return the account (None if it is unknown)."""
        return self._accounts.get(account_id)

    def account_for_venue(self, Venue venue not None):
        """Return the account of a venue (None if it has none)."""
        return self.account_for_venue_c(venue)

    def account_id(self, Venue venue not None):
        """Return the id of the account of a venue (None if it has none)."""
        return self._venue_accounts.get(venue)

    def accounts(self):
        """Return the accounts, in order of arrival."""
        return list(self._accounts.values())

    # Orders: changes

    cdef int add_order_c(self, Order order, PositionId position_id) except -1:
        if order.client_order_id in self._orders:
            raise ValueError(f"invalid `client_order_id`, must be new to the cache, was {order.client_order_id}")
        self._orders[order.client_order_id] = order
        order.indexed = 0
        order.indexed_venue_order_id = None
        self._strategies[order.strategy_id] = None
        order.linked_position_id = None
        if order.extras is not None and order.extras.exec_spawn_id is not None:
            self._spawned.setdefault(order.extras.exec_spawn_id, []).append(order)
        if self._unknown_links:
            order.linked_position_id = self._unknown_links.pop(order.client_order_id, None)
        if position_id is not None:
            self.link_order_c(order.client_order_id, position_id)
        return self.update_order_c(order)

    cdef int update_order_c(self, Order order) except -1:
        """Move an order that was added between the indices; only what changed since the last time is touched."""
        cdef ClientOrderId client_order_id = order.client_order_id
        cdef int now = 0
        cdef int changed
        if order.is_inflight_c():
            now |= INFLIGHT
        if order.is_open_c():
            now |= OPEN
        if order.is_closed_c():
            now |= CLOSED
        if order.venue_order_id is not order.indexed_venue_order_id:
            order.indexed_venue_order_id = order.venue_order_id
            self._newly_numbered.append_c(order)
        changed = now ^ order.indexed
        order.indexed = now
        if changed & INFLIGHT:
            if now & INFLIGHT:
                self._orders_inflight[client_order_id] = order
            else:
                del self._orders_inflight[client_order_id]
        if changed & OPEN:
            if now & OPEN:
                self._orders_open[client_order_id] = order
                _index_of(self._instrument_orders_open, order.instrument_id)[client_order_id] = order
            else:
                del self._orders_open[client_order_id]
                del (<dict>self._instrument_orders_open[order.instrument_id])[client_order_id]
        if changed & CLOSED:
            self._orders_closed.append_c(order)
        return 0

    cdef int link_order_c(self, ClientOrderId client_order_id, PositionId position_id) except -1:
        cdef Order order = self.order_c(client_order_id)
        cdef PositionId before = self.position_id_for_order_c(client_order_id)
        cdef EventLog linked
        if before is position_id or (before is not None and before == position_id):
            return 0
        if order is None:
            self._unknown_links[client_order_id] = position_id
        else:
            order.linked_position_id = position_id
        if before is not None:
            self._position_orders[before] = _without(self._position_orders[before], client_order_id)
        linked = self._position_orders.get(position_id)
        if linked is None:
            linked = EventLog.__new__(EventLog)
            self._position_orders[position_id] = linked
        linked.append_c(client_order_id)
        return 0

    cdef int _index_venue_ids(self) except -1:
        """Bring the index of the venue's ids up to date; it is kept when somebody asks, not order by order."""
        cdef Order order
        for order in self._newly_numbered.list_c():
            self._venue_order_ids[order.venue_order_id] = order.client_order_id
        self._newly_numbered = EventLog.__new__(EventLog)
        return 0

    cdef Order order_c(self, ClientOrderId client_order_id):
        return <Order>self._orders.get(client_order_id)

    def add_order(self, Order order not None, PositionId position_id=None, client_id=None, bint overwrite=False):
        """
        Add an order.

        Parameters
        ----------
        order : Order
            The order.
        position_id : PositionId, optional
            The position it is for.
        client_id : ClientId, optional
            Accepted for ported code; orders are routed by venue.
        overwrite : bool, default False
            If an order of the same id is replaced.

        Raises
        ------
        ValueError
            If an order of this id exists and `overwrite` is False.

        """
        cdef Order before = self.order_c(order.client_order_id)
        if before is not None and overwrite:
            del self._orders[order.client_order_id]
            self._orders_closed = _without(self._orders_closed, before)
            if before.extras is not None and before.extras.exec_spawn_id is not None:
                self._spawned[before.extras.exec_spawn_id].remove(before)
            self._orders_inflight.pop(order.client_order_id, None)
            if before.linked_position_id is not None:
                self._unknown_links[order.client_order_id] = before.linked_position_id
            if self._orders_open.pop(order.client_order_id, None) is not None:
                (<dict>self._instrument_orders_open[before.instrument_id]).pop(order.client_order_id)
        self.add_order_c(order, position_id)

    def update_order(self, Order order not None):
        """Index an order anew after its state changed; KeyError if it was not added."""
        if self.order_c(order.client_order_id) is not order:
            raise KeyError(f"no order {order.client_order_id}, add it first")
        self.update_order_c(order)

    def add_order_list(self, order_list not None):
        """Add an order list; ValueError if its id exists."""
        if order_list.id in self._order_lists:
            raise ValueError(f"invalid `order_list`, must be new to the cache, was {order_list.id}")
        self._order_lists[order_list.id] = order_list

    def add_venue_order_id(self, ClientOrderId client_order_id not None, VenueOrderId venue_order_id not None):
        """Note the venue's id of an order."""
        self._index_venue_ids()
        self._venue_order_ids[venue_order_id] = client_order_id

    def add_position_id(self, PositionId position_id not None, Venue venue, ClientOrderId client_order_id not None,
                        StrategyId strategy_id=None):
        """Note that an order is for a position; venue and strategy are those of the order."""
        self.link_order_c(client_order_id, position_id)

    # Orders: questions

    def order(self, ClientOrderId client_order_id not None):
        """Return the order (None if it is unknown)."""
        return self.order_c(client_order_id)

    def order_exists(self, ClientOrderId client_order_id not None):
        """Return whether there is such an order."""
        return client_order_id in self._orders

    def client_order_id(self, VenueOrderId venue_order_id not None):
        """Return the client order id of a venue's order id (None if it is unknown)."""
        self._index_venue_ids()
        return self._venue_order_ids.get(venue_order_id)

    def venue_order_id(self, ClientOrderId client_order_id not None):
        """Return the venue's id of an order (None if it has none)."""
        cdef Order order = self.order_c(client_order_id)
        return None if order is None else order.venue_order_id

    def is_order_open(self, ClientOrderId client_order_id not None):
        """Return whether the order works at its venue."""
        return client_order_id in self._orders_open

    def is_order_closed(self, ClientOrderId client_order_id not None):
        """Return whether the order is closed."""
        cdef Order order = self.order_c(client_order_id)
        return order is not None and order.is_closed_c()

    def is_order_inflight(self, ClientOrderId client_order_id not None):
        """Return whether a command of the order is under way to its venue."""
        return client_order_id in self._orders_inflight

    def is_order_emulated(self, ClientOrderId client_order_id not None):
        """Return whether the order is held by the emulator."""
        cdef Order order = self.order_c(client_order_id)
        return order is not None and order._status == OrderStatus.EMULATED

    cdef dict _open_orders(self, InstrumentId instrument_id):
        if instrument_id is None:
            return self._orders_open
        return <dict>self._instrument_orders_open.get(instrument_id, _EMPTY)

    def orders(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
               side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """
        Return the orders that pass every filter given, in order of arrival.

        Parameters
        ----------
        venue : Venue, optional
            The venue.
        instrument_id : InstrumentId, optional
            The instrument.
        strategy_id : StrategyId, optional
            The strategy.
        side : OrderSide, default OrderSide.NO_ORDER_SIDE
            The side; both by default.
        account_id : AccountId, optional
            The account.

        Returns
        -------
        list[Order]

        """
        return _filter_orders(self._orders.values(), venue, instrument_id, strategy_id, side, account_id)

    def orders_open(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                    side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the orders that work at their venue; filters as for `orders`."""
        return _filter_orders(self._open_orders(instrument_id).values(), venue, None, strategy_id, side, account_id)

    def orders_for_exec_spawn(self, ClientOrderId exec_spawn_id not None):
        """Return a primary order and what was spawned from it, in the order in which they were made known."""
        return list(self._spawned.get(exec_spawn_id, ()))

    def orders_closed(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                      side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the closed orders; filters as for `orders`."""
        return _filter_orders(self._orders_closed.list_c(), venue, instrument_id, strategy_id, side, account_id)

    def orders_inflight(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                        side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the orders with a command under way; filters as for `orders`."""
        return _filter_orders(self._orders_inflight.values(), venue, instrument_id, strategy_id, side, account_id)

    def orders_emulated(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                        side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the orders that the emulator holds; filters as for `orders`."""
        return [o for o in self.orders(venue, instrument_id, strategy_id, side, account_id) if o.is_emulated]

    def orders_active_local(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                            side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the orders that have not left for a venue: new, emulated or released; filters as for `orders`."""
        return [o for o in self.orders(venue, instrument_id, strategy_id, side, account_id) if o.is_active_local]

    cdef Py_ssize_t _count_orders(self, object source, Venue venue, InstrumentId instrument_id, StrategyId strategy_id,
                                  int side, AccountId account_id) except -1:
        if (venue is None and instrument_id is None and strategy_id is None and account_id is None
                and side == OrderSide.NO_ORDER_SIDE):
            return len(source)
        return len(_filter_orders(source, venue, instrument_id, strategy_id, side, account_id))

    def orders_total_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                           side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the number of orders; filters as for `orders`."""
        return self._count_orders(self._orders.values(), venue, instrument_id, strategy_id, side, account_id)

    def orders_open_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                          side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the number of open orders; filters as for `orders`."""
        return self._count_orders(self._open_orders(instrument_id).values(), venue, None, strategy_id, side, account_id)

    def orders_closed_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                            side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the number of closed orders; filters as for `orders`."""
        return self._count_orders(self._orders_closed.list_c(), venue, instrument_id, strategy_id, side, account_id)

    def orders_inflight_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                              side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the number of orders with a command under way; filters as for `orders`."""
        return self._count_orders(self._orders_inflight.values(), venue, instrument_id, strategy_id, side, account_id)

    def orders_emulated_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                              side=OrderSideEnum.NO_ORDER_SIDE, AccountId account_id=None):
        """Return the number of orders that the emulator holds; filters as for `orders`."""
        return len(self.orders_emulated(venue, instrument_id, strategy_id, side, account_id))

    def client_order_ids(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                         AccountId account_id=None):
        """Return the ids of the orders, as a set; filters as for `orders`."""
        return _client_order_ids(_filter_orders(self._orders.values(), venue, instrument_id, strategy_id, 0, account_id))

    def client_order_ids_open(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                              AccountId account_id=None):
        """Return the ids of the open orders, as a set; filters as for `orders`."""
        return _client_order_ids(self.orders_open(venue, instrument_id, strategy_id, 0, account_id))

    def client_order_ids_closed(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                                AccountId account_id=None):
        """Return the ids of the closed orders, as a set; filters as for `orders`."""
        return _client_order_ids(self.orders_closed(venue, instrument_id, strategy_id, 0, account_id))

    def client_order_ids_inflight(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                                  AccountId account_id=None):
        """Return the ids of the orders with a command under way, as a set; filters as for `orders`."""
        return _client_order_ids(self.orders_inflight(venue, instrument_id, strategy_id, 0, account_id))

    def order_list(self, order_list_id not None):
        """Return the order list (None if it is unknown)."""
        return self._order_lists.get(order_list_id)

    def order_list_exists(self, order_list_id not None):
        """Return whether there is such an order list."""
        return order_list_id in self._order_lists

    def order_lists(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None):
        """Return the order lists that pass every filter given, in order of arrival."""
        return [
            order_list
            for order_list in self._order_lists.values()
            if (venue is None or order_list.instrument_id.venue == venue)
            and (instrument_id is None or order_list.instrument_id == instrument_id)
            and (strategy_id is None or order_list.strategy_id == strategy_id)
        ]

    # Positions: changes

    cdef int add_position_c(self, Position position) except -1:
        cdef OrderFilled fill
        if position.id in self._positions_open and self._positions_open[position.id] is not position:
            raise ValueError(f"invalid `position`, must not replace an open one, was {position.id}")
        self._positions[position.id] = position
        position.indexed = 0
        self._strategies[position.strategy_id] = None
        if position._events.n > 1:
            for fill in position._events.list_c():
                self.link_order_c(fill.client_order_id, position.id)
        return self.update_position_c(position)

    cdef int update_position_c(self, Position position) except -1:
        cdef OrderFilled last
        cdef int now
        if self._positions.get(position.id) is not position:
            raise KeyError(f"no position {position.id}, add it first")
        if position._events.n:
            last = <OrderFilled>position._events.last_c()
            self.link_order_c(last.client_order_id, position.id)
        now = OPEN if position.signed_raw != 0 else CLOSED
        if now == position.indexed:
            return 0
        position.indexed = now
        if now == OPEN:
            self._positions_open[position.id] = position
            self._positions_closed.pop(position.id, None)
            _index_of(self._instrument_positions_open, position.instrument_id)[position.id] = position
        else:
            if self._positions_open.pop(position.id, None) is not None:
                (<dict>self._instrument_positions_open[position.instrument_id]).pop(position.id)
            self._positions_closed[position.id] = position
        return 0

    cdef int keep_cycle_c(self, Position position) except -1:
        cdef list cycles = self._position_snapshots.get(position.id)
        if cycles is None:
            cycles = []
            self._position_snapshots[position.id] = cycles
        cycles.append(position)
        return 0

    cdef Position position_c(self, PositionId position_id):
        return <Position>self._positions.get(position_id)

    cdef PositionId position_id_for_order_c(self, ClientOrderId client_order_id):
        cdef Order order = self.order_c(client_order_id)
        return self._unknown_links.get(client_order_id) if order is None else order.linked_position_id

    def add_position(self, Position position not None, oms_type=None):
        """
        Add a position, or the next cycle of a closed one of the same id.

        Parameters
        ----------
        position : Position
            The position.
        oms_type : OmsType, optional
            Accepted for ported code.

        Raises
        ------
        ValueError
            If an open position has this id.

        """
        self.add_position_c(position)

    def update_position(self, Position position not None):
        """Index a position anew after a fill."""
        self.update_position_c(position)

    def snapshot_position(self, Position position not None):
        """Keep a copy of the position's present cycle."""
        cdef OrderFilled fill
        cdef Position copy = None
        for fill in position._events.list_c():
            if copy is None:
                copy = Position(position.instrument, fill)
            else:
                copy.apply_c(fill)
        copy.has_excursions = position.has_excursions
        copy.mae_raw = position.mae_raw
        copy.mfe_raw = position.mfe_raw
        self.keep_cycle_c(copy)

    # Positions: questions

    def position(self, PositionId position_id not None):
        """Return the position (None if it is unknown)."""
        return self.position_c(position_id)

    def position_exists(self, PositionId position_id not None):
        """Return whether there is such a position."""
        return position_id in self._positions

    def position_for_order(self, ClientOrderId client_order_id not None):
        """Return the position an order is for (None if there is none)."""
        cdef PositionId position_id = self.position_id_for_order_c(client_order_id)
        return None if position_id is None else self.position_c(position_id)

    def position_id(self, ClientOrderId client_order_id not None):
        """Return the id of the position an order is for (None if there is none)."""
        return self.position_id_for_order_c(client_order_id)

    def orders_for_position(self, PositionId position_id not None):
        """Return the orders of a position, in the order they became so."""
        cdef EventLog ids = self._position_orders.get(position_id)
        if ids is None:
            return []
        return [self._orders[client_order_id] for client_order_id in ids.list_c() if client_order_id in self._orders]

    def is_position_open(self, PositionId position_id not None):
        """Return whether the position is open."""
        return position_id in self._positions_open

    def is_position_closed(self, PositionId position_id not None):
        """Return whether the position is closed."""
        return position_id in self._positions_closed

    def position_snapshots(self, PositionId position_id=None, AccountId account_id=None):
        """Return the kept cycles (of a position, of an account), oldest first for each position."""
        cdef Position snapshot
        if position_id is not None:
            groups = [self._position_snapshots.get(position_id, [])]
        else:
            groups = self._position_snapshots.values()
        return [
            snapshot
            for group in groups
            for snapshot in group
            if account_id is None or snapshot.account_id == account_id
        ]

    cdef dict _open_positions(self, InstrumentId instrument_id):
        if instrument_id is None:
            return self._positions_open
        return <dict>self._instrument_positions_open.get(instrument_id, _EMPTY)

    def positions(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                  side=PositionSideEnum.NO_POSITION_SIDE, AccountId account_id=None):
        """
        Return the positions that pass every filter given, in order of arrival.

        Parameters
        ----------
        venue : Venue, optional
            The venue.
        instrument_id : InstrumentId, optional
            The instrument.
        strategy_id : StrategyId, optional
            The strategy.
        side : PositionSide, default PositionSide.NO_POSITION_SIDE
            The side; all by default.
        account_id : AccountId, optional
            The account.

        Returns
        -------
        list[Position]

        """
        return _filter_positions(self._positions, venue, instrument_id, strategy_id, side, account_id)

    def positions_open(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                       side=PositionSideEnum.NO_POSITION_SIDE, AccountId account_id=None):
        """Return the open positions; filters as for `positions`."""
        return _filter_positions(self._open_positions(instrument_id), venue, None, strategy_id, side, account_id)

    def positions_closed(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                         side=PositionSideEnum.NO_POSITION_SIDE, AccountId account_id=None):
        """Return the closed positions; filters as for `positions`."""
        return _filter_positions(self._positions_closed, venue, instrument_id, strategy_id, side, account_id)

    def positions_total_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                              side=PositionSideEnum.NO_POSITION_SIDE, AccountId account_id=None):
        """Return the number of positions; filters as for `positions`."""
        return len(_filter_positions(self._positions, venue, instrument_id, strategy_id, side, account_id))

    def positions_open_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                             side=PositionSideEnum.NO_POSITION_SIDE, AccountId account_id=None):
        """Return the number of open positions; filters as for `positions`."""
        return len(self.positions_open(venue, instrument_id, strategy_id, side, account_id))

    def positions_closed_count(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                               side=PositionSideEnum.NO_POSITION_SIDE, AccountId account_id=None):
        """Return the number of closed positions; filters as for `positions`."""
        return len(self.positions_closed(venue, instrument_id, strategy_id, side, account_id))

    def position_ids(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                     AccountId account_id=None):
        """Return the ids of the positions, as a set; filters as for `positions`."""
        return _position_ids(self.positions(venue, instrument_id, strategy_id, 0, account_id))

    def position_open_ids(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                          AccountId account_id=None):
        """Return the ids of the open positions, as a set; filters as for `positions`."""
        return _position_ids(self.positions_open(venue, instrument_id, strategy_id, 0, account_id))

    def position_closed_ids(self, Venue venue=None, InstrumentId instrument_id=None, StrategyId strategy_id=None,
                            AccountId account_id=None):
        """Return the ids of the closed positions, as a set; filters as for `positions`."""
        return _position_ids(self.positions_closed(venue, instrument_id, strategy_id, 0, account_id))

    # Strategies

    def strategy_ids(self):
        """Return the ids of the strategies that have orders or positions, as a set."""
        return set(self._strategies)

    def strategy_id_for_order(self, ClientOrderId client_order_id not None):
        """Return the strategy of an order (None if it is unknown)."""
        cdef Order order = self.order_c(client_order_id)
        return None if order is None else order.strategy_id

    def strategy_id_for_position(self, PositionId position_id not None):
        """Return the strategy of a position (None if it is unknown)."""
        cdef Position position = self.position_c(position_id)
        return None if position is None else position.strategy_id

    # Integrity

    def check_residuals(self):
        """Return whether orders or positions are still open, and log them."""
        cdef Order order
        cdef Position position
        for order in self._orders_open.values():
            self._log.warning(f"still open: {order!r}")
        for position in self._positions_open.values():
            self._log.warning(f"still open: {position!r}")
        return bool(self._orders_open or self._positions_open)

    def check_integrity(self):
        """Return whether every index agrees with the orders and positions; what does not is logged."""
        try:
            self._check()
        except InternalError as e:
            self._log.exception("cache is inconsistent", e)
            return False
        return True

    def _check(self):
        cdef Order order
        cdef EventLog linked
        cdef Position position
        for key, order in self._orders.items():
            _require(key == order.client_order_id, key, "_orders")
            _require((key in self._orders_open) == order.is_open_c(), key, "_orders_open")
            nested = self._open_orders(order.instrument_id)
            _require((key in nested) == order.is_open_c(), key, "_instrument_orders_open")
            _require(((order.indexed & CLOSED) != 0) == order.is_closed_c(), key, "_orders_closed")
            if order.linked_position_id is not None:
                linked = <EventLog>self._position_orders[order.linked_position_id]
                _require(key in linked.list_c(), key, "_position_orders")
            _require((key in self._orders_inflight) == order.is_inflight_c(), key, "_orders_inflight")
        for key, position in self._positions.items():
            is_open = position.signed_raw != 0
            _require(key == position.id, key, "_positions")
            _require((key in self._positions_open) == is_open, key, "_positions_open")
            _require((key in self._positions_closed) != is_open, key, "_positions_closed")
            nested = self._open_positions(position.instrument_id)
            _require((key in nested) == is_open, key, "_instrument_positions_open")
        for index, groups, everything in (
            (self._orders_open, self._instrument_orders_open, self._orders),
            (self._positions_open, self._instrument_positions_open, self._positions),
        ):
            _require(sum(len(inner) for inner in groups.values()) == len(index), len(index), "nested open index")
            for key, value in index.items():
                _require(everything.get(key) is value, key, "open index")
        _require(self._orders_closed.n == sum([order.is_closed_c() for order in self._orders.values()]), "n", "_orders_closed")
        self._index_venue_ids()
        for venue_order_id, key in self._venue_order_ids.items():
            _require(key in self._orders, venue_order_id, "_venue_order_ids")
        for venue, account_id in self._venue_accounts.items():
            _require(account_id in self._accounts, venue, "_venue_accounts")

    def __repr__(self):
        return (
            f"Cache(instruments={len(self.market.states)}, orders={len(self._orders)},"
            f" positions={len(self._positions)}, accounts={len(self._accounts)})"
        )


cdef int _require(bint condition, object key, str index) except -1:
    if not condition:
        raise InternalError(f"index `{index}` of the cache is wrong at {key}: please report")
    return 0
