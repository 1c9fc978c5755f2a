from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.msgbus cimport Subscription
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef class Actor(Component):
    cdef readonly Portfolio portfolio
    cdef readonly Cache cache
    cdef UUIDFactory _ids
    cdef list _indicators
    cdef dict _indicators_quotes                 # InstrumentId -> list of indicators
    cdef dict _indicators_trades
    cdef dict _indicators_bars                   # BarType -> list of indicators
    cdef dict _subscriptions                     # topic -> Subscription
    cdef set _pending_requests
    cdef object overridden_c(self, str name, type base)   # the bound method, or None where the class does not override it
    cdef int add_subscription_c(self, Subscription subscription) except -1


cdef class DataSubscription(Subscription):
    cdef Actor _actor
    cdef object _call                            # the user's handler, or None
    cdef list _followers                         # indicators fed before it, or None
    cdef int _kind                               # which method of the indicators
