"""The life of an order, in words and as data."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from nautilus_lite.backtest.explain.life import Life, latency_of, way_of
from nautilus_lite.backtest.explain.look import Extreme, Look
from nautilus_lite.backtest.explain.words import ticks_between, timeline, when
from nautilus_lite.core.html import LEFT


@dataclass(frozen=True)
class OrderExplanation:
    """Why an order filled, or did not.

    Parameters
    ----------
    order : Order
    life : Life
        Facts from its own events.
    looks : list of Look
        What the market did while it waited, one for each price it had; empty where it never waited, or where the data cannot
        be read again.
    title : str
        The order, and what came of it, in short.
    sentences : list of str
    notes : list of str
        What is missing, and why.
    tick : Price
        The instrument's price increment.
    """

    order: Any
    life: Life
    looks: list[Look]
    title: str
    sentences: list[str]
    notes: list[str]
    tick: Any

    @property
    def latency_ns(self) -> int | None:
        """Time from sending to arrival (ns); None where it did not arrive or the venue held it for its parent."""
        return latency_of(self.life)

    @property
    def timeline(self) -> list[tuple[int, str]]:
        """What happened when (UNIX nanoseconds), in order."""
        return timeline(self.order, self.life)

    def paragraph(self) -> str:
        """Return the explanation without the time line."""
        rest = "".join(f" {text[0].upper()}{text[1:]}." for text in self.sentences)
        return f"{self.title}{':' if rest else ''}{rest or '.'}"

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as plain values: prices and quantities as text, times in UNIX nanoseconds."""
        order, life = self.order, self.life
        return {
            "client_order_id": str(order.client_order_id),
            "instrument_id": str(order.instrument_id),
            "side": order.side.name,
            "type": order.order_type.name,
            "status": order.status.name,
            "quantity": str(order.quantity),
            "filled": str(order.filled_qty),
            "left": str(order.leaves_qty),
            "ts_sent": life.ts_sent,
            "ts_arrived": life.ts_arrived,
            "ts_triggered": life.ts_triggered,
            "ts_ended": life.ts_ended,
            "latency_ns": self.latency_ns,
            "is_held": life.is_held,
            "ending": life.ending,
            "cause": life.cause,
            "reason": life.reason,
            "changes": life.changes,
            "fills": [fill.to_dict() for fill in life.fills],
            "waits": [_look_dict(order, look, self.tick) for look in self.looks],
            "timeline": self.timeline,
            "text": self.paragraph(),
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        lines = [self.paragraph(), *(f"note: {note}" for note in self.notes), ""]
        lines += [f"  {when(ts):<29}  {text}" for ts, text in self.timeline]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.order.client_order_id}, {self.life.ending}, filled={self.order.filled_qty})"

    def _repr_html_(self) -> str:
        cell = f'<td style="{LEFT}">'
        rows = "".join(f"<tr>{cell}{when(ts)}</td>{cell}{html.escape(text)}</td></tr>" for ts, text in self.timeline)
        notes = "".join(f"<p><i>{html.escape(note)}</i></p>" for note in self.notes)
        return f"<p>{html.escape(self.paragraph())}</p>{notes}<table>{rows}</table>"


def _look_dict(order: Any, look: Look, tick: Any) -> dict[str, Any]:
    series = look.ask if order.is_buy else look.bid
    way = way_of(order, look.stretch)
    nearest = None if series is None else (series.high if way > 0 else series.low)
    return {
        "waits_for": look.stretch.waits_for,
        "price": str(look.stretch.price),
        "start": look.stretch.start,
        "end": look.stretch.end,
        "nearest": None if nearest is None else str(nearest),
        "pauses": [(pause.status, pause.start, pause.end) for pause in look.pauses],
        "ticks_away": None if nearest is None else ticks_between(way, look.stretch.price, nearest, tick),
        "bid": _extreme_dict(look.bid),
        "ask": _extreme_dict(look.ask),
        "last": _extreme_dict(look.last),
        **{name: getattr(look, name) for name in ("n_rows", "n_trades", "n_visits", "n_bars", "n_bars_reached")},
        **{
            name: {side: str(quantity) for side, quantity in getattr(look, name).items()}
            for name in ("traded_at", "traded_through")
        },
        **{
            name: None if getattr(look, name) is None else str(getattr(look, name))
            for name in ("shown_entry", "shown_end", "ahead_entry", "ahead_end")
        },
    }


def _extreme_dict(extreme: Extreme | None) -> dict[str, Any] | None:
    if extreme is None:
        return None
    return {"low": str(extreme.low), "low_ts": extreme.low_ts, "high": str(extreme.high), "high_ts": extreme.high_ts}
