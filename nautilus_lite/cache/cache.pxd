from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.cache.market cimport BarHistory
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.cache.queries cimport MarketQueries
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.model.data.bars cimport BarType
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position


# `market`, `_bars`, `instrument_c` and `own_bars_c` are MarketQueries'
cdef class Cache(MarketQueries):
    cdef Logger _log
    cdef dict _accounts                        # AccountId -> Account
    cdef dict _venue_accounts                  # Venue -> AccountId
    cdef dict _orders                          # ClientOrderId -> Order, in order of arrival
    cdef dict _orders_open                     # ClientOrderId -> Order: working at the venue
    cdef EventLog _orders_closed               # Order, in order of closing
    cdef dict _orders_inflight                 # ClientOrderId -> Order
    cdef dict _instrument_orders_open          # InstrumentId -> dict[ClientOrderId, Order]
    cdef dict _order_lists                     # OrderListId -> OrderList
    cdef dict _venue_order_ids                 # VenueOrderId -> ClientOrderId, when last asked for
    cdef EventLog _newly_numbered              # Order whose venue order id is not in it yet
    cdef dict _positions                       # PositionId -> Position
    cdef dict _positions_open                  # PositionId -> Position
    cdef dict _positions_closed                # PositionId -> Position
    cdef dict _instrument_positions_open       # InstrumentId -> dict[PositionId, Position]
    cdef dict _position_snapshots              # PositionId -> list of closed cycles (netting)
    cdef dict _spawned                         # ClientOrderId of a primary order -> list of it and what was spawned from it
    cdef dict _unknown_links                   # ClientOrderId -> PositionId, of orders that were not added; others know theirs
    cdef dict _position_orders                 # PositionId -> EventLog of ClientOrderId
    cdef dict _strategies                      # StrategyId -> None, an ordered set

    cdef int add_order_c(self, Order order, PositionId position_id) except -1    # ValueError on a duplicate id
    cdef int update_order_c(self, Order order) except -1                         # re-index by status, O(1)
    cdef Order order_c(self, ClientOrderId client_order_id)                      # None if unknown
    cdef int add_position_c(self, Position position) except -1
    cdef int update_position_c(self, Position position) except -1
    cdef int keep_cycle_c(self, Position position) except -1                     # a closed netting cycle, as it is
    cdef Position position_c(self, PositionId position_id)
    cdef PositionId position_id_for_order_c(self, ClientOrderId client_order_id)
    cdef int link_order_c(self, ClientOrderId client_order_id, PositionId position_id) except -1
    cdef Account account_for_venue_c(self, Venue venue)
    cdef int _index_venue_ids(self) except -1
    cdef int _clear(self) except -1
    cdef dict _open_orders(self, InstrumentId instrument_id)
    cdef dict _open_positions(self, InstrumentId instrument_id)
    cdef Py_ssize_t _count_orders(self, object source, Venue venue, InstrumentId instrument_id, StrategyId strategy_id,
                                  int side, AccountId account_id) except -1
