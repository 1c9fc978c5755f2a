from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport Venue


cdef class ExecutionClient:
    """The way to a venue. `execute_c` takes every command of an order that passed the risk engine."""
    cdef readonly ClientId id
    cdef readonly Venue venue
    cdef readonly AccountId account_id
    cdef int _oms_type                          # OmsType of the venue
    cdef int _account_type
    cdef int execute_c(self, TradingCommand command) except -1
    cdef object _missing(self, str method)


cdef class EventSink:
    """Takes every event after state was updated and before handlers run: the recorder of a run."""
    cdef int on_order_event_c(self, object event, object order) except -1
    cdef int on_position_c(self, object position, ts_t ts_event) except -1
    cdef int on_account_state_c(self, object event) except -1
