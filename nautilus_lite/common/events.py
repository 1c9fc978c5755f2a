"""Events of components."""

from typing import Any

from msgspec import Struct

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.enums import ComponentState
from nautilus_lite.model.identifiers import ComponentId, TraderId


class ComponentStateChanged(Struct, frozen=True):
    """
    A component entered another state.

    Parameters
    ----------
    trader_id : TraderId or None
        The trader.
    component_id : ComponentId
        The component.
    component_type : str
        The name of its class.
    state : ComponentState
        The state it entered.
    config : Any
        Its configuration, or None.
    event_id : UUID4
        The id of the event.
    ts_event : int
        When it happened, UNIX nanoseconds.
    ts_init : int
        When the event was made, UNIX nanoseconds.

    """

    trader_id: TraderId | None
    component_id: ComponentId
    component_type: str
    state: ComponentState
    config: Any
    event_id: UUID4
    ts_event: int
    ts_init: int

    @property
    def id(self) -> UUID4:
        """The id of the event."""
        return self.event_id
