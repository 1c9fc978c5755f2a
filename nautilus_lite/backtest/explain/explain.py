"""Explanations put together: the order's events, then the market of its lifetime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nautilus_lite.backtest.explain.explanation import OrderExplanation
from nautilus_lite.backtest.explain.life import LIMIT, Life, latency_of, read_life
from nautilus_lite.backtest.explain.look import Look, look_again
from nautilus_lite.backtest.explain.pauses import pauses_in, statuses_of
from nautilus_lite.backtest.explain.words import (
    circumstance_sentences,
    end_sentence,
    fill_sentences,
    headline,
    span,
    spawn_sentence,
    wait_sentence,
    when,
)
from nautilus_lite.backtest.feeds import ends_of
from nautilus_lite.backtest.reading import source_of
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.core.nearest import nearest

MOST_WAITS = 3


def find_order(orders: list[Any], client_order_id: Any) -> Any:
    """Return an order by its id.

    Raises
    ------
    KeyError
        If there is none.
    """
    text = str(client_order_id)
    known = {str(order.client_order_id): order for order in orders}
    if text in known:
        return known[text]
    near = nearest(text, known)
    hint = f"did you mean {near}" if near else f"the run had {len(known):,} orders"
    raise KeyError(f"no order {text} in the run ({hint})")


def explain_order(
    order: Any,
    orders: list[Any],
    instrument: Any,
    venue: dict[str, Any],
    streams: list[tuple[RowStream, bool]],
    queue_model: Any,
    start: int,
    now: int,
    unpaid: Mapping[Any, str] | None = None,
) -> OrderExplanation:
    """Explain an order.

    Parameters
    ----------
    order : Order
    orders : list of Order
        All orders of the run.
    instrument : Instrument
    venue : dict
        As `SimulatedExchange.describe` gives it.
    streams : list of (RowStream, bool)
        All streams of the run that can be read again, and whether bars among them execute.
    queue_model : QueueModel or None
        Of the venue.
    start, now : int
        When the run began, and where it stands (ns).
    unpaid : mapping of ClientOrderId to str, optional
        Orders that the venue cancelled because the account could not pay for them, and what was missing.
    """
    life = read_life(order, {other.client_order_id: other for other in orders}, now)
    if life.ending == "canceled" and order.client_order_id in (unpaid or {}):
        life.cause, life.reason = "money", (unpaid or {})[order.client_order_id]
    own = [(stream, executes) for stream, executes in streams if _instrument_of(stream) == order.instrument_id]
    notes = []
    looks: list[Look] = []
    if life.stretches and not own and streams:
        notes.append("the run had no market data of the instrument")
    elif life.stretches and not _covers(own, life):
        notes.append(
            "the market data of its lifetime is gone (`clear_data`, or an object that cannot be read again): what the market did "
            "meanwhile is not known, only what the order's events tell"
        )
    elif life.stretches:
        looks = look_again(order, life, instrument, venue, _at_venue(own, venue, order, start), queue_model, start)
        statuses = statuses_of([stream for stream, _ in streams], order.instrument_id, bool(venue.get("recorded_feed_latency")))
        looks = [replace(look, pauses=pauses_in(statuses, look.stretch.start, look.stretch.end)) for look in looks]
    sentences = _sentences(order, life, looks, instrument, venue)
    return OrderExplanation(order, life, looks, headline(order, life), sentences, notes, instrument.price_increment)


def _instrument_of(stream: RowStream) -> Any:
    if stream.kind_name == "object":
        return None
    return stream.identifier.instrument_id if stream.kind_name == "bar" else stream.identifier


def _at_venue(
    streams: list[tuple[RowStream, bool]], venue: dict[str, Any], order: Any, start: int
) -> list[tuple[RowStream, bool]]:
    """The streams at the times at which the venue acts on them: their own, or those of the events under a recorded latency."""
    if not venue.get("recorded_feed_latency"):
        return streams
    latencies = {order.instrument_id.venue: (True, 0)}
    return [(ends_of(stream, latencies, start)[0], executes) for stream, executes in streams]


def _covers(streams: list[tuple[RowStream, bool]], life: Life) -> bool:
    """Whether the data at hand reaches back to when the order came to wait."""
    bounds = [source_of(stream.source).bounds() for stream, _ in streams]
    return bool(bounds) and any(bound is None or bound[0] <= life.stretches[0].start for bound in bounds)


def _sentences(order: Any, life: Life, looks: list[Look], instrument: Any, venue: dict[str, Any]) -> list[str]:
    found = [spawn_sentence(order, life)]
    if latency_of(life):
        found.append(f"it arrived {span(latency_of(life) or 0)} after it was sent")
    if life.is_held and life.ts_arrived is not None:
        found.append("the venue held it until its parent had filled")
    if life.ts_triggered is not None:
        found.append(f"it was triggered at {when(life.ts_triggered)}")
    found += fill_sentences(order, life)
    if life.fills:
        found += circumstance_sentences(life)
    if life.ending != "filled":
        waited = [look for look in looks if look.stretch.waits_for == LIMIT or life.ts_triggered is None]
        if len(waited) > MOST_WAITS:
            found.append(f"it waited at {len(waited):,} prices; of the last {MOST_WAITS}")
        found += [wait_sentence(order, look, instrument, venue, life.ending == "working") for look in waited[-MOST_WAITS:]]
    found.append(end_sentence(order, life))
    return [text for text in found if text]
