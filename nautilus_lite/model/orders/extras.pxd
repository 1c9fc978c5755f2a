from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId


cdef class OrderExtras:
    """What few orders ask for: emulation and an execution algorithm."""
    cdef int emulation_trigger                 # TriggerType, NO_TRIGGER where the order is not to be emulated
    cdef InstrumentId trigger_instrument_id    # whose prices trigger it while emulated, or None: its own
    cdef ExecAlgorithmId exec_algorithm_id     # or None
    cdef dict exec_algorithm_params            # or None
    cdef ClientOrderId exec_spawn_id           # the primary order of the algorithm, or None


# None for an order that asks for nothing of it
cdef OrderExtras new_extras_c(ClientOrderId client_order_id, int emulation_trigger, InstrumentId trigger_instrument_id,
                              ExecAlgorithmId exec_algorithm_id, dict exec_algorithm_params, ClientOrderId exec_spawn_id)
