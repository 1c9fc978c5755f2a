from libc.stdint cimport uint64_t
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.exchange cimport SimulatedExchange
from nautilus_lite.backtest.exposures cimport Exposures
from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.price_samples cimport PriceSamples
from nautilus_lite.backtest.recorder cimport Recorder
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.common.clock cimport TestClock
from nautilus_lite.common.clock cimport TimerQueue
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.data.engine cimport DataEngine
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.portfolio.portfolio cimport Portfolio
from nautilus_lite.risk.engine cimport RiskEngine


cdef class World:
    """Everything that belongs to one simulation: clock, bus, engines, accounts, venues, strategies, record."""
    cdef readonly str name
    cdef readonly object trader_id
    cdef readonly Market market
    cdef readonly TimerQueue queue
    cdef readonly TestClock clock
    cdef readonly MessageBus msgbus
    cdef readonly Cache cache
    cdef readonly Portfolio portfolio
    cdef readonly AccountsManager accounts_manager
    cdef readonly DataEngine data_engine
    cdef readonly ExecutionEngine exec_engine
    cdef readonly RiskEngine risk_engine
    cdef readonly object trader
    cdef readonly object emulator              # OrderEmulator
    cdef readonly Recorder recorder
    cdef readonly Markouts markouts
    cdef readonly Exposures exposures
    cdef readonly PriceSamples prices
    cdef readonly list exchanges               # SimulatedExchange, in order of `add_venue`
    cdef readonly object reporting_currency
    cdef readonly str shutdown_reason          # set by ShutdownSystem, else None
    cdef UUIDFactory _ids
    cdef object _config
    cdef list _matchings                       # every OrderMatchingEngine
    cdef ts_t _grid_ns                         # equity grid, 0 = off
    cdef ts_t _grid_next
    cdef readonly Agenda agenda                # commands, expiries and samples due

    cdef int _drain_c(self) except -1
    cdef int advance_c(self, ts_t until) except -1     # timers, commands in flight, expiries and samples due at or before
    cdef int settle_c(self, ts_t ts) except -1         # drain commands until none is pending at ts
    cdef bint _refuse_waiting_c(self) except? 0        # commands for bars that will not come; True if there were any
    cdef int _expire_c(self, ts_t due) except -1       # resting orders due
    cdef int _hear_c(self, ts_t due) except -1         # answers of venues due
    cdef int _venues_c(self, ts_t due) except -1       # what venues do by themselves
    cdef int _sample_c(self) except -1                 # the sample of the equity that is due
