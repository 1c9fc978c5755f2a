"""Commands to components."""

from msgspec import Struct

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.identifiers import ComponentId, TraderId


class ShutdownSystem(Struct, frozen=True):
    """
    The command to end the run.

    Parameters
    ----------
    trader_id : TraderId
        The trader.
    component_id : ComponentId
        The component that asks for it.
    reason : str or None
        Why.
    command_id : UUID4
        The id of the command.
    ts_init : int
        When it was made, UNIX nanoseconds.

    """

    trader_id: TraderId
    component_id: ComponentId
    reason: str | None
    command_id: UUID4
    ts_init: int

    @property
    def id(self) -> UUID4:
        """The id of the command."""
        return self.command_id
