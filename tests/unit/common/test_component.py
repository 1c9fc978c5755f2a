"""The life cycle of components."""

import pytest

from nautilus_lite.common import component as component_module
from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.component import Component
from nautilus_lite.common.enums import ComponentTrigger
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.errors import InvalidStateTrigger
from nautilus_lite.model.enums import ComponentState
from nautilus_lite.model.identifiers import ComponentId, TraderId

TRADER = TraderId("TRADER-001")


class Recording(Component):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.calls = []

    def _start(self):
        self.calls.append(("start", self.state.name))

    def _stop(self):
        self.calls.append(("stop", self.state.name))

    def _resume(self):
        self.calls.append(("resume", self.state.name))

    def _reset(self):
        self.calls.append(("reset", self.state.name))

    def _dispose(self):
        self.calls.append(("dispose", self.state.name))

    def _degrade(self):
        self.calls.append(("degrade", self.state.name))

    def _fault(self):
        self.calls.append(("fault", self.state.name))


@pytest.fixture
def clock():
    return TestClock()


@pytest.fixture
def bus(clock):
    return MessageBus(TRADER, clock)


@pytest.fixture
def component(clock, bus):
    return Recording(clock, TRADER, ComponentId("C-1"), msgbus=bus)


def test_component_module_hands_on_the_names_users_import():
    for name in ("Clock", "TestClock", "LiveClock", "TimeEvent", "Logger", "MessageBus", "Throttler", "init_logging"):
        assert hasattr(component_module, name), name
    from nautilus_lite.common.component import MessageBus as ReExported

    assert ReExported is MessageBus


def test_component_without_a_bus_is_not_initialized(clock):
    component = Component(clock)
    assert component.state == ComponentState.PRE_INITIALIZED
    assert not component.is_initialized
    assert component.id == ComponentId("Component")


def test_hooks_run_in_the_state_on_the_way(component):
    assert component.state == ComponentState.READY
    component.start()
    assert component.is_running
    component.degrade()
    assert component.is_degraded
    component.resume()
    component.stop()
    assert component.is_stopped
    component.reset()
    assert component.state == ComponentState.READY
    component.dispose()
    assert component.is_disposed
    assert component.calls == [
        ("start", "STARTING"),
        ("degrade", "DEGRADING"),
        ("resume", "RESUMING"),
        ("stop", "STOPPING"),
        ("reset", "RESETTING"),
        ("dispose", "DISPOSING"),
    ]


def test_fault_is_final(component):
    component.start()
    component.fault()
    assert component.is_faulted
    assert component.calls[-1] == ("fault", "FAULTING")
    with pytest.raises(InvalidStateTrigger, match="START for C-1 in state FAULTED"):
        component.start()


# state reached by the path -> the commands that are legal there; every other one must raise
COMMANDS = ("start", "stop", "resume", "reset", "dispose", "degrade", "fault")


@pytest.mark.parametrize(
    ("path", "legal"),
    [
        ((), {"start", "reset", "dispose"}),
        (("start",), {"stop", "degrade", "fault"}),
        (("start", "stop"), {"resume", "reset", "dispose", "fault"}),
        (("start", "degrade"), {"resume", "stop", "fault"}),
        (("start", "fault"), set()),
        (("dispose",), set()),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_only_the_commands_of_the_table_are_legal(component, path, legal, command):
    for step in path:
        getattr(component, step)()
    state = component.state
    if command in legal:
        getattr(component, command)()
        return
    with pytest.raises(InvalidStateTrigger, match=f"invalid trigger {command.upper()} for C-1 in state {state.name}"):
        getattr(component, command)()
    assert component.state == state


def test_an_exception_in_a_hook_is_raised_and_leaves_the_state_on_the_way(clock, bus):
    class Broken(Component):
        def _start(self):
            raise KeyError("bug in start")

    component = Broken(clock, TRADER, msgbus=bus)
    with pytest.raises(KeyError, match="bug in start") as info:
        component.start()
    assert info.traceback[-1].name == "_start"
    assert component.state == ComponentState.STARTING
    component.stop()
    assert component.is_stopped


def test_a_component_may_stop_itself_while_it_starts(clock, bus):
    class Quitter(Component):
        def _start(self):
            self.stop()

    component = Quitter(clock, TRADER, msgbus=bus)
    component.start()
    assert component.is_stopped


def test_state_changes_are_published_to_subscribers(component, bus, clock):
    events = []
    bus.subscribe("events.system.*", events.append)
    clock.set_time(42)
    component.start()
    assert [event.state for event in events] == [ComponentState.STARTING, ComponentState.RUNNING]
    event = events[0]
    assert (event.trader_id, event.component_id, event.component_type) == (TRADER, ComponentId("C-1"), "Recording")
    assert (event.ts_event, event.ts_init) == (42, 42)
    assert events[0].id != events[1].id


def test_nobody_listening_means_nothing_published(component, bus):
    before = bus.pub_count
    component.start()
    assert bus.pub_count == before


def test_shutdown_system_publishes_the_command(component, bus, clock):
    commands = []
    bus.subscribe("commands.system.shutdown", commands.append)
    clock.set_time(7)
    component.shutdown_system("max drawdown")
    (command,) = commands
    assert (command.component_id, command.reason, command.ts_init) == (ComponentId("C-1"), "max drawdown", 7)
    assert command.trader_id == TRADER
    with pytest.raises(RuntimeError, match="has no message bus"):
        Component(clock).shutdown_system()


def test_fully_qualified_name_is_an_import_path():
    assert Component.fully_qualified_name() == "nautilus_lite.common.component:Component"


def test_triggers_have_the_values_the_table_uses(component):
    # the compiled table spells them as C integers
    assert [trigger.name for trigger in ComponentTrigger] == [
        "INITIALIZE", "START", "START_COMPLETED", "STOP", "STOP_COMPLETED", "RESUME", "RESUME_COMPLETED", "RESET",
        "RESET_COMPLETED", "DISPOSE", "DISPOSE_COMPLETED", "DEGRADE", "DEGRADE_COMPLETED", "FAULT", "FAULT_COMPLETED",
    ]  # fmt: skip
    assert [int(trigger) for trigger in ComponentTrigger] == list(range(1, 16))
