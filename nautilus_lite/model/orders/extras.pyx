"""Emulation and execution algorithms: what few orders ask for."""

cimport cython

from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ExecAlgorithmId
from nautilus_lite.model.identifiers cimport InstrumentId


@cython.final
@cython.no_gc
cdef class OrderExtras:
    """Made with the order; one that is released gets others, without an emulation trigger."""

    def describe(self):
        """Return the extras as plain values."""
        return {
            "emulation_trigger": (<object><TriggerType>self.emulation_trigger).name,
            "trigger_instrument_id": None if self.trigger_instrument_id is None else self.trigger_instrument_id.value,
            "exec_algorithm_id": None if self.exec_algorithm_id is None else self.exec_algorithm_id.value,
            "exec_algorithm_params": self.exec_algorithm_params,
            "exec_spawn_id": None if self.exec_spawn_id is None else self.exec_spawn_id.value,
        }


cdef OrderExtras new_extras_c(ClientOrderId client_order_id, int emulation_trigger, InstrumentId trigger_instrument_id,
                              ExecAlgorithmId exec_algorithm_id, dict exec_algorithm_params, ClientOrderId exec_spawn_id):
    cdef OrderExtras extras
    if exec_algorithm_id is None:
        if exec_algorithm_params is not None or exec_spawn_id is not None:
            raise ValueError(
                f"order {client_order_id} has parameters or a spawning order of an execution algorithm, but no "
                "`exec_algorithm_id`"
            )
        if emulation_trigger == TriggerType.NO_TRIGGER and trigger_instrument_id is None:
            return None
    extras = OrderExtras.__new__(OrderExtras)
    extras.emulation_trigger = emulation_trigger
    extras.trigger_instrument_id = trigger_instrument_id
    extras.exec_algorithm_id = exec_algorithm_id
    extras.exec_algorithm_params = exec_algorithm_params
    # An order that nothing spawned is the primary one
    extras.exec_spawn_id = client_order_id if exec_spawn_id is None and exec_algorithm_id is not None else exec_spawn_id
    return extras
