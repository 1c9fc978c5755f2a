from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.model.identifiers cimport Identifier
from nautilus_lite.model.identifiers cimport TraderId


cdef class Component:
    cdef readonly Identifier id
    cdef readonly TraderId trader_id
    cdef readonly object type          # class
    cdef int _state                    # ComponentState
    cdef object _config
    cdef Clock _clock
    cdef MessageBus _msgbus
    cdef Logger _log
    # The hooks below are Python methods `_start`, `_stop`, `_resume`, `_reset`, `_dispose`, `_degrade`, `_fault`

    cdef int trigger_c(self, int trigger) except -1            # a ComponentTrigger; InvalidStateTrigger if illegal
    cdef int run_c(self, int trigger, int completed, object hook) except -1
    cdef int publish_state_c(self) except -1
    cdef UUID4 new_id_c(self)                                  # seeded where the clock is simulated
