from libc.stdint cimport uint64_t
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.component cimport Component
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.client cimport EventSink
from nautilus_lite.execution.client cimport ExecutionClient
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class ExecutionEngine(Component):
    cdef Cache _cache
    cdef Portfolio _portfolio
    cdef AccountsManager _accounts
    cdef UUIDFactory _ids
    cdef EventSink _sink                        # or None
    cdef dict _clients                          # ClientId -> ExecutionClient
    cdef dict _routes                           # Venue -> ExecutionClient
    cdef dict _oms_overrides                    # StrategyId -> OmsType
    cdef dict _order_topics                     # StrategyId -> Topic "events.order.<strategy>"
    cdef dict _position_topics                  # StrategyId -> Topic "events.position.<strategy>"
    cdef dict _fill_topics                      # InstrumentId -> Topic "events.fills.<instrument>"
    cdef dict _position_counts                  # StrategyId -> number of hedging position ids given
    cdef readonly uint64_t command_count
    cdef readonly uint64_t event_count
    cdef int execute_c(self, TradingCommand command) except -1
    cdef int process_c(self, OrderEvent event) except -1
