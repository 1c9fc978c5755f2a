from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.component cimport Component
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class Actor(Component):
    cdef readonly Portfolio portfolio
    cdef readonly Cache cache
    cdef UUIDFactory _ids
    cdef dict _indicators_quotes                 # InstrumentId -> list of indicators
    cdef dict _indicators_trades
    cdef dict _indicators_bars                   # BarType -> list of indicators
    cdef dict _subscriptions                     # topic -> Subscription
    cdef set _pending_requests
