from libc.stdint cimport uint64_t
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.throttler cimport Throttler
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class RiskEngine(Component):
    cdef Cache _cache
    cdef Portfolio _portfolio
    cdef ExecutionEngine _exec_engine
    cdef UUIDFactory _ids
    cdef Throttler _submit_throttler
    cdef Throttler _modify_throttler
    cdef int _trading_state                     # TradingState
    cdef readonly bint is_bypassed
    cdef dict _max_notional_per_order           # InstrumentId -> Decimal
    cdef readonly uint64_t command_count
    cdef readonly uint64_t denied_count
    # Checks, then hands the command to the execution engine; a failed check becomes OrderDenied (with its reason) through process_c
    cdef int execute_c(self, TradingCommand command) except -1
