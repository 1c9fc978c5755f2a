from libc.stdint cimport uint64_t
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.component cimport Component
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.client cimport EventSink
from nautilus_lite.execution.client cimport ExecutionClient
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class Booking:
    # What one fill did to positions; filled in step by step, then reported
    cdef Position position                      # last one changed
    cdef Position closed                        # the one a flip closed, or None
    cdef int kind                               # of event: OPENED, CHANGED or CLOSED
    cdef uint64_t id_hi                         # of the event
    cdef uint64_t id_lo
    cdef uint64_t closed_id_hi                  # of the event of the one a flip closed
    cdef uint64_t closed_id_lo
    cdef OrderFilled part                       # what of the fill the event is about
    cdef OrderFilled closed_part
    cdef money_raw_t realized_raw               # gross, settlement minor units
    cdef money_raw_t book_delta                 # change of the cost in the books, shorts negative


cdef class ExecutionEngine(Component):
    cdef Cache _cache
    cdef Portfolio _portfolio
    cdef AccountsManager _accounts
    cdef UUIDFactory _ids
    cdef EventSink _sink                        # or None
    cdef bint _debug
    cdef dict _clients                          # ClientId -> ExecutionClient
    cdef dict _routes                           # Venue -> ExecutionClient
    cdef dict _oms_overrides                    # StrategyId -> OmsType
    cdef dict _contexts                         # StrategyId -> dict of InstrumentId -> OrderContext
    cdef uint64_t _generation                   # contexts of an older one are stale
    cdef dict _position_counts                  # StrategyId -> number of hedging position ids given
    cdef dict _conversion_prices                # ClientOrderId -> Price a quote quantity was converted at
    cdef readonly uint64_t command_count
    cdef readonly uint64_t event_count
    cdef int execute_c(self, TradingCommand command) except -1
    # Book money that no order moved, and tell of it; returns what was booked, in the account's currency
    cdef Money adjust_c(self, AccountId account_id, Venue venue, Money amount, int cause, object source)
    cdef int announce_c(self, str topic, object message) except -1
    cdef int process_c(self, OrderEvent event) except -1
    cdef int process_for_c(self, OrderEvent event, Order order) except -1      # of an order that was submitted here
    cdef OrderContext context_c(self, StrategyId strategy_id, InstrumentId instrument_id)
    cdef OrderContext context_for_c(self, Order order)
    cdef int _stale(self) noexcept
    # The client a command goes to; InvalidConfiguration if there is none
    cdef ExecutionClient client_for_c(self, TradingCommand command)
    # OrderDenied for an order that goes nowhere; adds it to the cache if it is new there
    cdef int deny_c(self, Order order, str reason) except -1
    # An OrderEvent that is applied to no order (a rejected command of an unknown or closed order)
    cdef int report_c(self, OrderEvent event, Order order) except -1

    cdef str _holder(self, Order order)        # endpoint of what holds an order back, or None
    cdef int _deny_rest(self, SubmitOrderList command) except -1
    cdef int _register_order(self, Order order, PositionId position_id) except -1
    cdef int _process_fill(self, OrderFilled fill, Order order, OrderContext context) except -1
    cdef PositionId _position_id(self, OrderFilled fill, Order order, OrderContext context)
    cdef int _hand_on(self, Order order, PositionId position_id) except -1
    cdef PositionId _new_hedging_id(self, StrategyId strategy_id, bint flipped)
    cdef int _book(self, Booking booking, OrderFilled fill, Instrument instrument, OrderContext context) except -1
    cdef int _open(self, Booking booking, OrderFilled fill, Instrument instrument, Position previous) except -1
    cdef int _change(self, Booking booking, OrderFilled fill, Position position) except -1
    cdef int _flip(self, Booking booking, OrderFilled fill, Instrument instrument, Position position,
                   OrderContext context) except -1
    cdef int _track(self, Position position) except -1
    cdef OrderFilled _part(self, OrderFilled fill, qty_raw_t qty, money_raw_t commission, PositionId position_id)


# Bring price and quantity of a new order to the precision of its instrument, by value; False where it has more digits
cdef bint normalise_order_c(Order order, Instrument instrument) except? 0
# Base quantity (raw) that `order`, given in quote currency, comes to at `price`; rounded down
cdef qty_raw_t base_quantity_c(Order order, Instrument instrument, price_raw_t price) except? -9223372036854775807
