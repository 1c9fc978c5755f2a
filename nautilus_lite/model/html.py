"""Orders, positions and instruments as notebooks show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nautilus_lite.core.html import facts, heading, when

if TYPE_CHECKING:
    from nautilus_lite.model.instruments import Instrument
    from nautilus_lite.model.orders import Order
    from nautilus_lite.model.position import Position


def order_html(order: Order) -> str:
    """Return what was asked, and what came of it."""
    kind = str(order.order_type.name).replace("_", " ")
    what = f"{order.side.name} {order.quantity} {order.instrument_id} {kind}"
    flags = [name for name in ("post_only", "reduce_only", "quote_quantity") if getattr(order, f"is_{name}")]
    return heading(what, order.status.name, order.client_order_id) + facts(
        [
            ("Price", order.price if order.has_price else None),
            ("Trigger price", order.trigger_price if order.has_trigger_price else None),
            ("Time in force", order.time_in_force.name),
            ("Expires", when(order.expire_time_ns)),
            ("Flags", ", ".join(flags).replace("_", " ")),
            ("Filled", f"{order.filled_qty} at {order.avg_px:.12g}" if order.filled_qty else None),
            ("Left", order.leaves_qty if order.filled_qty else None),
            ("Fees", ", ".join(map(str, order.commissions()))),
            ("Strategy", order.strategy_id),
            ("Position", order.position_id),
            ("Tags", ", ".join(order.tags or ())),
            ("Made", when(order.ts_init)),
            ("Accepted", when(order.ts_accepted)),
            ("Closed", when(order.ts_closed)),
        ]
    )


def position_html(position: Position) -> str:
    """Return the side, the size and what it earned."""
    what = "FLAT" if position.is_closed else f"{position.side.name} {position.quantity}"
    closed = position.avg_px_close != 0.0
    return heading(f"{what} {position.instrument_id}", position.id) + facts(
        [
            ("Entry", position.entry.name),
            ("Largest size", position.peak_qty),
            ("Opened at", f"{position.avg_px_open:.12g}"),
            ("Closed at", f"{position.avg_px_close:.12g}" if closed else None),
            ("Realised PnL", f"{position.realized_pnl} after fees"),
            ("Gross PnL", position.gross_pnl),
            ("Fees", ", ".join(map(str, position.commissions()))),
            ("Return", f"{position.realized_return:.4%}" if closed else None),
            ("Fills", position.event_count),
            ("Strategy", position.strategy_id),
            ("Opened", when(position.ts_opened)),
            ("Closed", when(position.ts_closed)),
        ]
    )


def instrument_html(instrument: Instrument) -> str:
    """Return every field that is set."""
    values: dict[str, Any] = instrument.to_dict()
    hidden = ("type", "id", "info", "ts_event", "ts_init")
    return heading(instrument.id, type(instrument).__name__) + facts(
        (name.replace("_", " "), value) for name, value in values.items() if name not in hidden
    )
