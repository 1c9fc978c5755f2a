"""The life of an order as its own events tell it: when it was sent, when it arrived, where it worked, how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nautilus_lite.model.enums import ContingencyType, OrderType, TimeInForce

LIMIT, TRIGGER = "limit", "trigger"
IMMEDIATE = (TimeInForce.IOC, TimeInForce.FOK)
TOUCHES = (OrderType.MARKET_IF_TOUCHED, OrderType.LIMIT_IF_TOUCHED)


@dataclass
class Stretch:
    """A stretch of time in which an order waited at one price.

    Parameters
    ----------
    waits_for : str
        `limit`: to be filled at its limit price; `trigger`: for its trigger price.
    price : Price
        That price.
    start, end : int
        UNIX nanoseconds; rows after `start` up to `end` count.
    """

    waits_for: str
    price: Any
    start: int
    end: int = 0


@dataclass
class Life:
    """Facts from the events of one order; times are UNIX nanoseconds, None where it did not come to that.

    Parameters
    ----------
    ts_sent, ts_arrived, ts_ended : int or None
        When it left the strategy, when the venue took it up, and when it ended there.
    is_held : bool
        The venue held it for its parent.
    ending : str
        `filled`, `denied`, `rejected`, `canceled`, `expired`, `working`, `held`, `in flight`, `emulated`, `worked` (by its
        execution algorithm), `waits` (there, for its parent) or `not sent`.
    cause : str
        Who or what ended it: `strategy`, `sender` (strategy or algorithm), `primary`, `contingency`, `expiry`, `immediate`,
        `no liquidity`, `reduce-only`, `risk`, `venue`, `here` (before it left) or empty.
    reason : str
        The words of the event that refused it, or the name of the order that ended it.
    fills : list of OrderFilled
    stretches : list of Stretch
    ts_triggered : int or None
    changes : int
        How often it was changed.
    spawned : list of Order
        What an execution algorithm spawned from it.
    """

    ts_sent: int | None = None
    ts_arrived: int | None = None
    ts_ended: int | None = None
    is_held: bool = False
    ending: str = "not sent"
    cause: str = ""
    reason: str = ""
    fills: list[Any] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    ts_triggered: int | None = None
    changes: int = 0
    spawned: list[Any] = field(default_factory=list)


def read_life(order: Any, orders: dict[Any, Any], now: int) -> Life:
    """Read the events of an order.

    Parameters
    ----------
    order : Order
    orders : dict of ClientOrderId to Order
        The others of the run: those linked to it may have ended it.
    now : int
        Where the run stands (ns); an order that works waits until then.
    """
    life = Life()
    price = order.init_event.options.get("price")
    trigger = order.init_event.options.get("trigger_price")
    quantity = order.init_event.quantity
    open_stretch: Stretch | None = None

    def begin(ts: int) -> Stretch | None:
        # A trailing stop has no trigger price before the market gives it one, and keeps it when it is triggered
        waits = TRIGGER if trigger is not None and life.ts_triggered is None else LIMIT
        at = trigger if waits == TRIGGER else price
        if at is None or (waits == LIMIT and life.ts_triggered is None and order.has_trigger_price):
            return None
        stretch = Stretch(waits, at, ts)
        life.stretches.append(stretch)
        return stretch

    def close(ts: int) -> None:
        if open_stretch is not None:
            open_stretch.end = ts

    for event in order.events:
        kind, ts = type(event).__name__, event.ts_event
        if kind == "OrderEmulated":
            life.ending = "emulated"
        elif kind == "OrderReleased":
            life.ending = "not sent"
        elif kind == "OrderSubmitted":
            life.ts_sent, life.ending = ts, "in flight"
        elif kind == "OrderAccepted":
            life.ts_arrived, life.ending = ts, "working"
            open_stretch = begin(ts)
        elif kind == "OrderTriggered":
            close(ts)
            life.ts_triggered = ts
            open_stretch = begin(ts)
        elif kind == "OrderUpdated":
            life.changes += 1
            # Only a smaller quantity leaves an order where it is
            moved = event.price != price or event.trigger_price != trigger or event.quantity > quantity
            price, trigger, quantity = event.price, event.trigger_price, event.quantity
            if moved and life.ts_arrived is not None:
                close(ts)
                open_stretch = begin(ts)
        elif kind == "OrderFilled":
            life.ts_arrived = ts if life.ts_arrived is None else life.ts_arrived
            life.ending = "working"
            life.fills.append(event)
        elif kind in ENDINGS:
            life.ending = ENDINGS[kind]
            life.ts_ended = ts
            life.reason = getattr(event, "reason", "")
            if kind == "OrderRejected":
                life.ts_arrived = ts
    if life.fills and order.leaves_qty.raw == 0 and order.is_closed:
        life.ending, life.ts_ended = "filled", life.fills[-1].ts_event
    end = now if life.ts_ended is None else life.ts_ended
    # Orders expire before the rows of their time
    close(end - 1 if life.ending == "expired" else end)
    life.spawned = _parts(order, orders)[1:] if order.is_primary else []
    _held(life, order, orders)
    _cause(life, order, orders)
    return life


ENDINGS = {
    "OrderDenied": "denied",
    "OrderRejected": "rejected",
    "OrderCanceled": "canceled",
    "OrderExpired": "expired",
}


def _parts(order: Any, orders: dict[Any, Any]) -> list[Any]:
    """Return an order and what an execution algorithm spawned from it."""
    if not order.is_primary:
        return [order]
    return [order, *(other for other in orders.values() if other.is_spawned and other.exec_spawn_id == order.client_order_id)]


def _fills(parts: list[Any]) -> list[Any]:
    return [event for part in parts for event in part.events if type(event).__name__ == "OrderFilled"]


def _held(life: Life, order: Any, orders: dict[Any, Any]) -> None:
    parent = orders.get(order.parent_order_id) if order.parent_order_id is not None else None
    parts = [] if parent is None else _parts(parent, orders)
    first_fill = min((event.ts_event for event in _fills(parts)), default=None)
    if life.ending == "not sent" and order.is_primary:
        life.ending = "waits" if parent is not None and first_fill is None and not life.spawned else "worked"
    if parent is None or life.ts_sent is None:
        return
    accepted = any(type(event).__name__ == "OrderAccepted" for part in parts for event in part.events)
    if life.ending == "in flight" and (accepted or parent.is_primary):
        life.ending = "held"
    life.is_held = life.ending == "held" or (first_fill is not None and life.ts_arrived == first_fill)


def _cause(life: Life, order: Any, orders: dict[Any, Any]) -> None:
    if life.ending == "denied":
        life.cause = "risk"
    elif life.ending == "rejected":
        life.cause = "venue"
    elif life.ending == "expired":
        life.cause = "expiry"
    elif life.ending == "canceled":
        life.cause, life.reason = _canceller(life, order, orders)


def _canceller(life: Life, order: Any, orders: dict[Any, Any]) -> tuple[str, str]:
    """Who cancelled an order, as far as events tell, and which other order was behind it."""
    asked = [event.ts_event for event in order.events if type(event).__name__ == "OrderPendingCancel"]
    linked = [orders[key] for key in _related(order) if key in orders]
    for other in linked:
        # At the venue, or on the trader's side when the fill was heard of
        if any(e.ts_event == life.ts_ended or e.ts_init in asked for e in _fills(_parts(other, orders))):
            return "contingency", f"{other.client_order_id} was filled"
        ends = max((part.ts_closed for part in _parts(other, orders)), default=0)
        if other.is_primary and other.client_order_id == order.parent_order_id and ends in asked:
            return "contingency", f"{other.client_order_id} was {other.status.name.lower()}"
    if order.is_spawned:
        primary = orders.get(order.exec_spawn_id)
        # Cancelled with its primary, or by the algorithm, or by a link of the primary
        if primary is not None and primary.is_canceled and primary.ts_closed in (*asked, life.ts_ended):
            return "primary", f"{primary.client_order_id}"
        return ("sender", "") if asked or not order.ts_submitted else _by_itself(life, order)
    if asked and not order.is_primary:
        return "strategy", ""
    for other in linked:
        last = other.events[-1]
        if other.is_closed and last.ts_event == life.ts_ended:
            return "contingency", f"{other.client_order_id} was {other.status.name.lower()}"
    if order.is_primary and (asked or not order.ts_submitted):
        return "sender", ""
    if not order.ts_submitted:
        return "here", ""
    for child in (orders[key] for key in order.linked_order_ids or [] if key in orders):
        # An exit that fires ends the bracket
        fired = child.parent_order_id == order.client_order_id and child.is_reduce_only and child.has_trigger_price
        if fired and any(event.ts_event == life.ts_ended for event in child.events):
            return "contingency", f"{child.client_order_id} was triggered"
    return _by_itself(life, order)


def _by_itself(life: Life, order: Any) -> tuple[str, str]:
    """What of an order lets a venue cancel it."""
    if order.time_in_force in IMMEDIATE:
        return "immediate", ""
    if order.order_type == OrderType.MARKET or (life.ts_triggered is not None and not order.has_price):
        return "no liquidity", ""
    if order.is_reduce_only:
        return "reduce-only", ""
    return "venue", ""


def _related(order: Any) -> list[Any]:
    related = []
    # What an OTO parent names are its children; they end with it, it does not end with them
    if order.contingency_type in (ContingencyType.OCO, ContingencyType.OUO):
        related += list(order.linked_order_ids or [])
    if order.parent_order_id is not None:
        related.append(order.parent_order_id)
    return related


def way_of(order: Any, stretch: Stretch) -> int:
    """Return +1 where a rise of the market brings the order nearer, -1 where a fall does."""
    sign = 1 if order.is_buy else -1
    if stretch.waits_for == LIMIT or order.order_type in TOUCHES:
        return -sign
    return sign


def latency_of(life: Life) -> int | None:
    """Return the time from sending to arrival (ns); None where it did not arrive, or the venue held it for its parent."""
    if life.ts_sent is None or life.ts_arrived is None or life.is_held:
        return None
    return life.ts_arrived - life.ts_sent
