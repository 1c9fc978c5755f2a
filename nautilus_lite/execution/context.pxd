from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.execution.client cimport ExecutionClient
from nautilus_lite.model.identifiers cimport PositionId


cdef class OrderContext:
    """What the events of one strategy's orders in one instrument need, looked up once."""
    cdef MarketState state               # None where the instrument is unknown
    cdef Account account                 # None until the venue has one
    cdef ExecutionClient client          # None where the venue is unknown
    cdef PositionId netting_id           # None where positions are hedged
    cdef Topic order_topic
    cdef Topic position_topic
    cdef Topic fill_topic
    cdef Topic account_topic             # None until there is an account
