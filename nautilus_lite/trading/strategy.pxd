from nautilus_lite.common.actor cimport Actor
from nautilus_lite.common.factories cimport OrderFactory
from nautilus_lite.common.msgbus cimport Subscription
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.risk.engine cimport RiskEngine


cdef class Strategy(Actor):
    cdef readonly OrderFactory order_factory
    cdef RiskEngine _risk_engine
    cdef ExecutionEngine _exec_engine
    cdef Topic _order_topic          # of the events of its orders
    cdef readonly str order_id_tag
    cdef int _oms_type
    cdef readonly list external_order_claims
    cdef readonly bint manage_gtd_expiry
    cdef readonly bint manage_contingent_orders
    cdef readonly bint manage_stop
    cdef readonly bint use_uuid_client_order_ids
    cdef readonly bint use_hyphens_in_client_order_ids
    cdef bint _is_named              # by `change_id`
    cdef object _exit                # the last MarketExit, or None
    # `submit_order` and `cancel_order` for strategies in Cython
    cdef int submit_c(self, Order order, PositionId position_id, ClientId client_id) except -1
    cdef int cancel_c(self, Order order, ClientId client_id) except -1
    cdef dict _local                 # ClientOrderId -> Order that an emulator or algorithm holds, or held
    cdef bint _spawns                # an algorithm has had orders of it
    cdef int _watch_expiry_c(self, Order order) except -1
    cdef int _route_list_c(self, SubmitOrderList command) except -1
    cdef int _route_c(self, TradingCommand command, Order order) except -1     # to whoever holds the order
    cdef bint _is_local_c(self, Order order) except? False
    cdef CancelOrder _cancel_command(self, Order order, ClientId client_id)
    cdef int _fill_command(self, TradingCommand command, InstrumentId instrument_id, ClientId client_id) except -1
    cdef int _pending(self, Order order, int kind) except -1


cdef class EventSubscription(Subscription):
    cdef Strategy _strategy
    cdef list _calls                 # by kind of event: the user's handler or None
    cdef object _family              # on_order_event or on_position_event, or None
    cdef object _any                 # on_event, or None
    cdef bint _is_order
