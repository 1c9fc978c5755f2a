from libc.stdint cimport uint64_t
from nautilus_lite.backtest.models.fee cimport FeeModel
from nautilus_lite.backtest.models.fill cimport FillModel
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.data.rows cimport BarRow
from nautilus_lite.model.data.rows cimport TradeRow
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.instruments.base cimport Instrument


cdef class OrderMatchingEngine:
    """Own orders of one world in one instrument, matched against the shared market state."""
    cdef readonly Instrument instrument
    cdef readonly MarketState state
    cdef FillModel _fill_model
    cdef FeeModel _fee_model
    cdef ExecutionEngine _exec_engine
    cdef UUIDFactory _ids
    cdef readonly AccountId account_id
    cdef Py_ssize_t n_resting                    # working orders; 0 = market updates cost one comparison

    # The market changed (book already updated). `trade` is the row that caused it, or NULL
    cdef int on_market_c(self, ts_t ts_now, const TradeRow* trade) except -1
    # One point of a bar's path (book already at `is set to the point`); `is_gap` is True for the open
    cdef int on_bar_point_c(self, ts_t ts_now, bint is_gap) except -1
    cdef int process_command_c(self, TradingCommand command, ts_t ts_now) except -1
    cdef ts_t next_expiry_c(self) noexcept       # earliest GTD expiry of a resting order, UINT64_MAX = none
    cdef int expire_c(self, ts_t ts_now) except -1
