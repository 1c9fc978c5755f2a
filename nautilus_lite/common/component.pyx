"""Components and their life cycle. Clocks, bus, logger and throttler are importable from here too."""
from nautilus_lite.common.clock import LiveClock
from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.clock import TimeEvent
from nautilus_lite.common.clock import TimeEventHandler
from nautilus_lite.common.clock import TimerQueue
from nautilus_lite.common.enums import ComponentTrigger
from nautilus_lite.common.events import ComponentStateChanged
from nautilus_lite.common.logging import init_logging
from nautilus_lite.common.messages import ShutdownSystem
from nautilus_lite.common.msgbus import Subscription
from nautilus_lite.common.msgbus import is_matching
from nautilus_lite.common.throttler import Throttler
from nautilus_lite.errors import InvalidStateTrigger
from nautilus_lite.model.enums import ComponentState as ComponentStateEnum

from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.logging cimport Logger
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.core.uuid cimport UUID4
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.model.enums cimport ComponentState
from nautilus_lite.model.identifiers cimport ComponentId
from nautilus_lite.model.identifiers cimport Identifier
from nautilus_lite.model.identifiers cimport TraderId

# A cimported class is no attribute of this module by itself
globals().update(Clock=Clock, Logger=Logger, MessageBus=MessageBus, Topic=Topic)

SHUTDOWN_TOPIC = "commands.system.shutdown"

# Values of ComponentTrigger, as C integers
cdef enum:
    INITIALIZE = 1
    START = 2
    START_COMPLETED = 3
    STOP = 4
    STOP_COMPLETED = 5
    RESUME = 6
    RESUME_COMPLETED = 7
    RESET = 8
    RESET_COMPLETED = 9
    DISPOSE = 10
    DISPOSE_COMPLETED = 11
    DEGRADE = 12
    DEGRADE_COMPLETED = 13
    FAULT = 14
    FAULT_COMPLETED = 15

# (state, trigger) -> state; what is not here is illegal
cdef dict _TABLE = {
    (ComponentState.PRE_INITIALIZED, INITIALIZE): ComponentState.READY,
    (ComponentState.READY, START): ComponentState.STARTING,
    (ComponentState.READY, RESET): ComponentState.RESETTING,
    (ComponentState.READY, DISPOSE): ComponentState.DISPOSING,
    (ComponentState.STARTING, START_COMPLETED): ComponentState.RUNNING,
    (ComponentState.STARTING, STOP): ComponentState.STOPPING,
    (ComponentState.STARTING, FAULT): ComponentState.FAULTING,
    (ComponentState.RUNNING, STOP): ComponentState.STOPPING,
    (ComponentState.RUNNING, DEGRADE): ComponentState.DEGRADING,
    (ComponentState.RUNNING, FAULT): ComponentState.FAULTING,
    (ComponentState.STOPPING, STOP_COMPLETED): ComponentState.STOPPED,
    (ComponentState.STOPPING, FAULT): ComponentState.FAULTING,
    (ComponentState.STOPPED, RESUME): ComponentState.RESUMING,
    (ComponentState.STOPPED, RESET): ComponentState.RESETTING,
    (ComponentState.STOPPED, DISPOSE): ComponentState.DISPOSING,
    (ComponentState.STOPPED, FAULT): ComponentState.FAULTING,
    (ComponentState.RESUMING, RESUME_COMPLETED): ComponentState.RUNNING,
    (ComponentState.RESUMING, STOP): ComponentState.STOPPING,
    (ComponentState.RESUMING, FAULT): ComponentState.FAULTING,
    (ComponentState.RESETTING, RESET_COMPLETED): ComponentState.READY,
    (ComponentState.DISPOSING, DISPOSE_COMPLETED): ComponentState.DISPOSED,
    (ComponentState.DEGRADING, DEGRADE_COMPLETED): ComponentState.DEGRADED,
    (ComponentState.DEGRADED, RESUME): ComponentState.RESUMING,
    (ComponentState.DEGRADED, STOP): ComponentState.STOPPING,
    (ComponentState.DEGRADED, FAULT): ComponentState.FAULTING,
    (ComponentState.FAULTING, FAULT_COMPLETED): ComponentState.FAULTED,
}
cdef dict _TRANSITIONS = {(int(state), trigger): int(target) for (state, trigger), target in _TABLE.items()}


cdef class Component:
    """
    The base of everything with a life cycle.

    A subclass overrides the hooks `_start`, `_stop`, `_resume`, `_reset`, `_dispose`, `_degrade` and `_fault`. An
    exception in a hook is raised to the caller and leaves the component in the state on the way (STARTING, ...).

    Parameters
    ----------
    clock : Clock
        The clock.
    trader_id : TraderId, optional
        The trader.
    component_id : Identifier, optional
        The id; the name of the class if None.
    component_name : str, optional
        The name in the log; the id if None.
    msgbus : MessageBus, optional
        The bus; with one the component is READY at once, else when it is registered.
    config : NautilusConfig, optional
        The configuration.

    """

    def __init__(self, Clock clock not None, TraderId trader_id=None, Identifier component_id=None,
                 str component_name=None, MessageBus msgbus=None, config=None):
        self.type = type(self)
        self.id = component_id if component_id is not None else ComponentId(self.type.__name__)
        self.trader_id = trader_id
        self._state = ComponentState.PRE_INITIALIZED
        self._config = config
        self._clock = clock
        self._msgbus = msgbus
        self._log = Logger(component_name if component_name is not None else self.id.value, clock)
        if msgbus is not None:
            self._initialize()

    def __repr__(self):
        return f"{type(self).__name__}({self.id.value})"

    @classmethod
    def fully_qualified_name(cls):
        """Return the import path of the class, `package.module:Class`."""
        return f"{cls.__module__}:{cls.__qualname__}"

    # State

    @property
    def state(self):
        """The state (`ComponentState`)."""
        return ComponentStateEnum(self._state)

    @property
    def is_initialized(self):
        """If the component is past PRE_INITIALIZED."""
        return self._state >= ComponentState.READY

    @property
    def is_running(self):
        """If the state is RUNNING."""
        return self._state == ComponentState.RUNNING

    @property
    def is_stopped(self):
        """If the state is STOPPED."""
        return self._state == ComponentState.STOPPED

    @property
    def is_disposed(self):
        """If the state is DISPOSED."""
        return self._state == ComponentState.DISPOSED

    @property
    def is_degraded(self):
        """If the state is DEGRADED."""
        return self._state == ComponentState.DEGRADED

    @property
    def is_faulted(self):
        """If the state is FAULTED."""
        return self._state == ComponentState.FAULTED

    # Hooks

    def _start(self):
        pass

    def _stop(self):
        pass

    def _resume(self):
        pass

    def _reset(self):
        pass

    def _dispose(self):
        pass

    def _degrade(self):
        pass

    def _fault(self):
        pass

    # Commands

    def _initialize(self):
        self.trigger_c(INITIALIZE)

    def start(self):
        """Start the component: READY to RUNNING by way of `_start`."""
        self._log.refresh()
        self.run_c(START, START_COMPLETED, self._start)

    def stop(self):
        """Stop the component: RUNNING or DEGRADED to STOPPED by way of `_stop`."""
        self.run_c(STOP, STOP_COMPLETED, self._stop)

    def resume(self):
        """Resume the component: STOPPED or DEGRADED to RUNNING by way of `_resume`."""
        self.run_c(RESUME, RESUME_COMPLETED, self._resume)

    def reset(self):
        """Reset the component: STOPPED or READY to READY by way of `_reset`."""
        self.run_c(RESET, RESET_COMPLETED, self._reset)

    def dispose(self):
        """Dispose of the component: STOPPED or READY to DISPOSED, for good, by way of `_dispose`."""
        self.run_c(DISPOSE, DISPOSE_COMPLETED, self._dispose)

    def degrade(self):
        """Degrade the component: RUNNING to DEGRADED by way of `_degrade`."""
        self.run_c(DEGRADE, DEGRADE_COMPLETED, self._degrade)

    def fault(self):
        """Fault the component: to FAULTED, for good, by way of `_fault`."""
        self.run_c(FAULT, FAULT_COMPLETED, self._fault)

    def shutdown_system(self, str reason=None):
        """
        Ask for the end of the run, by a `ShutdownSystem` command on the topic `commands.system.shutdown`.

        Parameters
        ----------
        reason : str, optional
            Why.

        Raises
        ------
        RuntimeError
            If the component has no message bus.

        """
        if self._msgbus is None:
            raise RuntimeError(f"cannot shut the system down, {self.id.value} has no message bus: register it first")
        command = ShutdownSystem(
            trader_id=self.trader_id,
            component_id=self.id,
            reason=reason,
            command_id=self.new_id_c(),
            ts_init=self._clock.timestamp_ns(),
        )
        self._msgbus.publish(SHUTDOWN_TOPIC, command)

    def _new_id(self):
        """Return a new id, from the run's seed where the clock is simulated."""
        return self.new_id_c()

    cdef UUID4 new_id_c(self):
        if self._clock.queue is not None:
            return self._clock.queue.next_uuid_c()
        return UUID4()

    cdef int trigger_c(self, int trigger) except -1:
        cdef object state = _TRANSITIONS.get((self._state, trigger))
        if state is None:
            legal = [ComponentTrigger(t).name for (s, t) in _TRANSITIONS if s == self._state]
            raise InvalidStateTrigger(
                f"invalid trigger {ComponentTrigger(trigger).name} for {self.id.value}"
                f" in state {ComponentStateEnum(self._state).name}, must be one of {legal}",
            )
        self._state = state
        if self._log.is_info:
            self._log.info(ComponentStateEnum(self._state).name)
        return self.publish_state_c()

    cdef int run_c(self, int trigger, int completed, object hook) except -1:
        self.trigger_c(trigger)
        cdef int transitory = self._state
        hook()
        # The hook may have moved on by itself (a strategy that stops in `on_start`)
        if self._state == transitory:
            self.trigger_c(completed)
        return 0

    cdef int publish_state_c(self) except -1:
        if self._msgbus is None:
            return 0
        cdef Topic topic = self._msgbus.topic_c(f"events.system.{self.id.value}")
        if topic.n == 0:
            return 0
        cdef object now_ns = self._clock.timestamp_ns()
        topic.publish_c(
            ComponentStateChanged(
                trader_id=self.trader_id,
                component_id=self.id,
                component_type=self.type.__name__,
                state=ComponentStateEnum(self._state),
                config=self._config,
                event_id=self.new_id_c(),
                ts_event=now_ns,
                ts_init=now_ns,
            ),
        )
        return 0
