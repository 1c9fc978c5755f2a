from nautilus_lite.backtest.matching.commands cimport CommandedOrders
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.identifiers cimport AccountId


cdef class OrderMatchingEngine(CommandedOrders):
    """Own orders of one world in one instrument, matched against the shared market state."""
    # Identity
    cdef FeeModel _fee_model
    cdef QueueModel _queue_model                 # or None
    cdef ExecutionEngine _exec_engine
    cdef UUIDFactory _ids
    cdef readonly AccountId account_id

    # The market changed (book already updated). `trade` is the row that caused it, or NULL
    cdef int on_market_c(self, ts_t ts_now, const TradeRow* trade) except -1
    # One point of a bar's path (the book is already set to the point); `is_gap` is True for the open
    cdef int on_bar_point_c(self, ts_t ts_now, bint is_gap) except -1
    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1
    # No later than the earliest expiry of a resting order, UINT64_MAX = none
    cdef ts_t next_expiry_c(self) noexcept
    cdef int expire_c(self, ts_t ts_now) except -1
    cdef int reset_c(self) except -1
