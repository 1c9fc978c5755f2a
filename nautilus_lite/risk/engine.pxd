from libc.stdint cimport uint64_t
from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.throttler cimport Throttler
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class RiskEngine(Component):
    cdef Cache _cache
    cdef Portfolio _portfolio
    cdef ExecutionEngine _exec_engine
    cdef UUIDFactory _ids
    cdef Throttler _submit_throttler            # or None: no limit
    cdef Throttler _modify_throttler
    cdef int _trading_state                     # TradingState
    cdef readonly bint is_bypassed
    cdef bint _debug
    cdef dict _max_notional_per_order           # InstrumentId -> Decimal
    cdef readonly uint64_t command_count
    cdef readonly uint64_t denied_count
    # Checks, then hands the command to the execution engine; a failed check becomes OrderDenied (with its reason) through process_c
    cdef int execute_c(self, TradingCommand command) except -1

    # Whether orders that are to be held pass; those that do not are denied, all of them
    cdef bint passes_c(self, list orders, PositionId position_id, object list_id) except? False

    cdef int _submit(self, SubmitOrder command) except -1
    cdef int _submit_list(self, SubmitOrderList command) except -1
    cdef int _modify(self, ModifyOrder command) except -1
    cdef int _deny(self, Order order, str reason) except -1
    cdef int _reject_modify(self, ModifyOrder command, Order order, str reason) except -1
    # Each check returns the reason to deny, or None
    cdef str _check_order(self, Order order, PositionId position_id, bint funds)
    cdef str _check_modify(self, ModifyOrder command, Order order)
    cdef str _check_price(self, Instrument instrument, str name, price_raw_t price)
    cdef str _check_quantity(self, Instrument instrument, qty_raw_t qty)
    cdef str _check_reduce_only(self, Order order, PositionId position_id)
    cdef str _check_notional(self, Instrument instrument, qty_raw_t qty, price_raw_t price)
    cdef qty_raw_t _sold(self, Order order) except? -1
    cdef str _check_funds(self, Account account, Instrument instrument, Order order, qty_raw_t qty, bint has_price,
                          price_raw_t price, money_raw_t held)
    # Quantity by which an order would raise the absolute net position, raw
    cdef qty_raw_t _increase(self, Instrument instrument, int side, qty_raw_t qty) except? -1
