"""What all events are."""

from abc import ABC

from nautilus_lite.common.clock import TimeEvent
from nautilus_lite.model.events import AccountState, OrderEvent, PositionEvent


class Event(ABC):  # noqa: B024
    """Something that has happened: to an order, a position, an account, or on a clock. `isinstance` knows them."""


for kind in (OrderEvent, PositionEvent, AccountState, TimeEvent):
    Event.register(kind)
