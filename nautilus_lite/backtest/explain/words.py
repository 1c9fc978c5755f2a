"""What happened to an order, in sentences."""

from __future__ import annotations

from typing import Any

from nautilus_lite.backtest.explain.life import LIMIT, Life, way_of
from nautilus_lite.backtest.explain.look import Look
from nautilus_lite.core.datetime import unix_nanos_to_iso8601
from nautilus_lite.model.enums import LiquiditySide, OrderType, TimeInForce, TriggerType

REASONS = {
    "took_book": "it took what the book offered",
    "slipped": "it went beyond what the touch offered",
    "book_crossed": "the {opposite} passed its price",
    "touched": "the {opposite} stood at its price and the venue's model let it fill",
    "trade_through": "a trade printed beyond its price",
    "trade_at": "a trade printed at its price",
    "queue_cleared": "trades cleared the queue ahead of it",
    "bar_passed": "a bar passed its price",
    "stop_triggered": "its trigger price was reached",
    "if_touched": "its trigger price was reached",
    "gap_open": "the open was beyond its trigger price",
}
CAUSES = {
    "strategy": "it was cancelled by the strategy",
    "sender": "it was cancelled by its strategy or its execution algorithm",
    "primary": "it was cancelled with its primary order {reason}",
    "here": "it was cancelled before it left for the venue",
    "contingency": "it was cancelled by its contingency: {reason}",
    "expiry": "its time was up ({tif})",
    "immediate": "{tif}",
    "no liquidity": "the book had nothing left to take",
    "reduce-only": "it is reduce-only and there was no position left to reduce",
    "money": "the venue cancelled it: {reason}",
    "venue": "the venue cancelled it; its events do not tell why",
}
IMMEDIATE = {TimeInForce.IOC: "IOC lets nothing rest", TimeInForce.FOK: "FOK takes all at once or nothing"}
HEADLINES = {
    "denied": "was denied",
    "rejected": "was rejected",
    "not sent": "was not sent",
    "in flight": "is in flight",
    "held": "is held by the venue",
    "emulated": "is held by the order emulator",
    "worked": "is worked by an execution algorithm",
    "waits": "waits for its parent",
    "working": "has not filled so far",
}
UNITS = (
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("min", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
)
OLD_PRICE_NS = 10**9
MOST_PAUSES = 2
NO_QUEUES = (None, "None")
PLAIN_MODEL = "FillModel("
AUCTIONS = {TimeInForce.AT_THE_OPEN: "opening", TimeInForce.AT_THE_CLOSE: "close"}
LAST_TYPES = (TriggerType.LAST_PRICE, TriggerType.DOUBLE_LAST)
# Triggers whose price is none of bid, ask and last trade
UNSEEN = {
    TriggerType.MARK_PRICE: "mark price",
    TriggerType.INDEX_PRICE: "index price",
    TriggerType.MID_POINT: "middle of bid and ask",
}


def when(ts: int) -> str:
    """Return a time (ns) as text, without zeros at its end."""
    day, _, clock = unix_nanos_to_iso8601(ts).removesuffix("Z").partition("T")
    return f"{day} {clock.rstrip('0').rstrip('.') if '.' in clock else clock}"


def span(ns: int) -> str:
    """Return a length of time in a unit that fits."""
    for unit, length in UNITS:
        if ns >= length:
            return f"{ns / length:,.4g} {unit}"
    return f"{ns} ns"


def number(quantity: Any) -> str:
    """Return a quantity with thousands apart."""
    if quantity == 0:
        return "0"
    whole, point, rest = str(quantity).partition(".")
    return f"{int(whole):,}{point}{rest}"


def title(order: Any) -> str:
    """Return side, type, quantity and prices of an order as it was made."""
    options = order.init_event.options
    kind = order.order_type.name.replace("_", " ")
    text = f"{order.side.name} {kind} {number(order.init_event.quantity)} {order.instrument_id}"
    if options.get("price") is not None:
        text += f" at {options['price']}"
    if options.get("trigger_price") is not None:
        text += f" triggered at {options['trigger_price']}"
    return text


def headline(order: Any, life: Life) -> str:
    """Return the order and what came of it."""
    if life.ending == "filled":
        text = "filled in full"
    elif life.fills:
        text = f"filled {number(order.filled_qty)} of {number(order.quantity)}"
    elif life.spawned and life.ending != "worked":
        text = f"was worked by {order.exec_algorithm_id}"
    else:
        text = HEADLINES.get(life.ending, "did not fill")
    return f"{title(order)} ({order.client_order_id}) {text}"


def ticks_between(way: int, price: Any, reached: Any, tick: Any) -> int:
    """Return how many ticks the market was short of a price: 0 at it, negative beyond it."""
    step = max(round(float(tick) * 10**price.precision), 1)
    return int(way * (price.raw - reached.raw) / step)


def spawn_sentence(order: Any, life: Life) -> str:
    """Tell what an execution algorithm made of a primary order, or that it made this one."""
    if order.is_spawned:
        return f"execution algorithm {order.exec_algorithm_id} spawned it from {order.exec_spawn_id}"
    if not life.spawned:
        return ""
    filled = sum((part.filled_qty.as_decimal() for part in life.spawned), order.filled_qty.as_decimal())
    n = len(life.spawned)
    orders = f"{n:,} orders were" if n > 1 else "1 order was"
    return (
        f"execution algorithm {order.exec_algorithm_id} worked it: {orders} spawned from it, "
        f"and with them it filled {number(filled)} of {number(order.init_event.quantity)}"
    )


def fill_groups(life: Life) -> list[tuple[Any, Any, str, bool, int]]:
    """Return quantity, price, reason, whether it made, and the number of fills, alike ones together."""
    groups: list[list[Any]] = []
    for fill in life.fills:
        made = fill.liquidity_side == LiquiditySide.MAKER
        if groups and groups[-1][1:4] == [fill.last_px, fill.fill_reason, made]:
            groups[-1][0] += fill.last_qty.as_decimal()
            groups[-1][4] += 1
        else:
            groups.append([fill.last_qty.as_decimal(), fill.last_px, fill.fill_reason, made, 1])
    return [tuple(group) for group in groups]


def fill_sentences(order: Any, life: Life) -> list[str]:
    """Tell the fills."""
    opposite = "ask" if order.is_buy else "bid"
    found = []
    for quantity, price, reason, made, n in fill_groups(life):
        because = REASONS.get(reason, reason or "its events do not tell why").format(opposite=opposite)
        times = f" in {n} fills" if n > 1 else ""
        found.append(f"filled {number(quantity)} at {price}{times} as {'maker' if made else 'taker'}, because {because}")
    return found


def circumstance_sentences(life: Life) -> list[str]:
    """Tell of the fills what is out of the common: queues, markets that moved on the way, old prices."""
    found = []
    first = life.fills[0]
    if first.queue_ahead is not None:
        found.append(f"{number(first.queue_ahead)} stood ahead of it when it came to rest")
    if first.mid_decision == first.mid_decision and first.mid_decision != first.mid_arrival:
        found.append(f"the middle was {first.mid_decision:.10g} when it was sent and {first.mid_arrival:.10g} when it arrived")
    oldest = max(fill.price_age_ns for fill in life.fills)
    if oldest >= OLD_PRICE_NS:
        found.append(f"the price it filled on was {span(oldest)} old")
    return found


def wait_sentence(order: Any, look: Look, instrument: Any, venue: dict[str, Any], is_open: bool) -> str:
    """Tell what a stretch of waiting saw, and why it was not enough."""
    stretch, buys = look.stretch, order.is_buy
    if order.time_in_force in AUCTIONS:
        name = AUCTIONS[order.time_in_force]
        return f"it waits for the venue's {name}" if is_open else f"it could fill at the venue's {name} alone"
    way = way_of(order, stretch)
    series, name = _series(order, look)
    what = "price" if stretch.waits_for == LIMIT else "trigger price"
    during = f"while it {'works' if is_open else 'worked'}" if stretch.waits_for == LIMIT else "while it waited"
    unseen = None if stretch.waits_for == LIMIT else UNSEEN.get(order.trigger_type)
    if unseen is not None:
        return f"the {unseen} did not come to its trigger price {stretch.price} {during}"
    if series is None:
        return f"there was no {name} {during}" if look.n_rows else f"no data of the instrument came {during}"
    best, ts = (series.high, series.high_ts) if way > 0 else (series.low, series.low_ts)
    away = ticks_between(way, stretch.price, best, instrument.price_increment)
    extreme = "highest" if way > 0 else "lowest"
    ticks = "1 tick" if away == 1 else f"{away:,} ticks"
    if look.n_rows == 0:
        text = f"the {name} was {best} when it arrived"
        text += f", {ticks} away from {stretch.price}" if away > 0 else ""
        return text if order.time_in_force in IMMEDIATE else f"{text}; no data of the instrument came {during}"
    if away > 0:
        text = f"the {extreme} {name} {during} was {best} at {when(ts)}, {ticks} away from {stretch.price}"
    elif away == 0:
        text = f"the {name} came to its {what} {stretch.price} {_times(look.n_visits)}, first at {when(ts)}, and never beyond it"
    else:
        text = f"the {name} passed its {what} {stretch.price}: the {extreme} was {best} at {when(ts)}"
    if stretch.waits_for != LIMIT:
        return text + _paused(look)
    if away <= 0 and look.n_bars:
        text += f"; {look.n_bars_reached:,} of {look.n_bars:,} bars reached it"
    if away <= 0 and not any(pause.start <= ts <= pause.end for pause in look.pauses):
        text += _not_granted(order, look, away, venue["fill_model"])
    return text + _paused(look) + _traded(look, buys, venue) + _queue(look, venue)


def _not_granted(order: Any, look: Look, away: int, fill_model: str) -> str:
    """Why what the touch offered at the price of an order did not fill it."""
    if not fill_model.startswith(PLAIN_MODEL):
        return f"; its venue's model granted {'no more' if order.filled_qty else 'nothing'} there ({fill_model})"
    if away == 0 and "prob_fill_on_limit=1.0" not in fill_model:
        return f"; it was not drawn to fill ({fill_model})"
    return "" if look.n_bars else "; what it offered there was taken already"


def _paused(look: Look) -> str:
    """When nothing was matched."""
    found = []
    for pause in look.pauses[-MOST_PAUSES:]:
        until = "" if pause.end >= look.stretch.end else f" to {when(pause.end)}"
        found.append(f"{pause.status} from {when(pause.start)}{until or ' on'}")
    if not found:
        return ""
    more = len(look.pauses) - len(found)
    return f"; nothing was matched while the status was {' and '.join(found)}" + (f" ({more:,} times before)" if more else "")


def _series(order: Any, look: Look) -> tuple[Any, str]:
    """What the order waits to see move: the opposite touch, or trades."""
    if look.stretch.waits_for != LIMIT and getattr(order, "trigger_type", None) in LAST_TYPES:
        return look.last, "trade"
    return (look.ask, "ask") if order.is_buy else (look.bid, "bid")


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n:,} times"


def _traded(look: Look, buys: bool, venue: dict[str, Any]) -> str:
    if look.n_trades == 0:
        return ""
    if not venue["trade_execution"]:
        return "; trades fill nothing there (`trade_execution=False`)"
    at, through = _sum(look.traded_at), _sum(look.traded_through)
    beyond = "below" if buys else "above"
    text = f"; {number(at + through)} traded at or {beyond} its price"
    if at + through:
        text += f" ({number(at)} at it, {number(through)} {beyond})"
        # Only the other side's aggressor, or none, can hit it
        wrong = "buyer" if buys else "seller"
        lost = _sum({wrong: look.traded_at[wrong]}) + _sum({wrong: look.traded_through[wrong]})
        if lost:
            text += f", {number(lost)} of it by {wrong}s, who cannot fill it"
    return text


def _sum(volumes: dict[str, Any]) -> Any:
    return sum((quantity.as_decimal() for quantity in volumes.values()), start=0)


def _queue(look: Look, venue: dict[str, Any]) -> str:
    if look.ahead_end is None:
        if venue["queue_model"] in NO_QUEUES or look.n_rows == 0:
            return ""
        return "; what stood ahead of it is not known"
    entry = "unknown" if look.ahead_entry is None else number(look.ahead_entry)
    text = f"; {number(look.ahead_end)} stood ahead of it at the end ({entry} at entry)"
    return text if look.n_trades or not look.ahead_end else f"{text}, and no trade came that would serve those"


def end_sentence(order: Any, life: Life) -> str:
    """Tell how it ended, or that it did not."""
    left = number(order.leaves_qty)
    if life.ending == "filled":
        return ""
    if life.ending == "denied":
        return f"it was denied before it left for the venue: {life.reason}"
    if life.ending == "rejected":
        return f"the venue rejected it: {life.reason}"
    if life.ending == "emulated":
        where = f"{order.trigger_price}" if order.has_trigger_price else f"{order.price}" if order.has_price else "its trigger"
        return f"the order emulator holds it until the market ({order.emulation_trigger.name}) comes to {where}"
    if life.ending == "worked":
        return f"execution algorithm {order.exec_algorithm_id} has not sent the remaining {left}"
    if life.ending == "waits":
        return f"execution algorithm {order.exec_algorithm_id} holds it until its parent {order.parent_order_id} fills"
    if life.ending == "not sent":
        return "it was made and never sent"
    if life.ending == "in flight":
        return "it was sent and has not arrived: the data seen so far ends before its latency is over"
    if life.ending == "held":
        return f"the venue holds it until its parent {order.parent_order_id} fills"
    if life.ending == "working":
        return f"{left} still works" if life.fills else "it still works"
    tif = order.time_in_force.name
    if order.time_in_force == TimeInForce.GTD:
        tif += f" {when(order.expire_time_ns)}"
    tif = IMMEDIATE.get(order.time_in_force, tif)
    why = CAUSES[life.cause].format(reason=life.reason, tif=tif)
    if not life.fills:
        return f"{why}, at {when(life.ts_ended or 0)}"
    idle = order.order_type == OrderType.MARKET or life.cause == "immediate"
    verb = "was dropped" if idle else "was left"
    return f"{left} {verb} at {when(life.ts_ended or 0)}: {why}"


def timeline(order: Any, life: Life) -> list[tuple[int, str]]:
    """Return what happened when (ns), in order."""
    maker = "its execution algorithm" if order.is_spawned else "the strategy"
    found = [(order.init_event.ts_event, f"made by {maker}")]
    for event in order.events[1:]:
        ts, kind = event.ts_event, type(event).__name__.removeprefix("Order")
        if kind == "Filled":
            side = event.liquidity_side.name.lower()
            text = f"filled {number(event.last_qty)} at {event.last_px} as {side} ({event.fill_reason})"
        elif kind == "Updated":
            parts = [f"quantity {number(event.quantity)}"]
            parts += [] if event.price is None else [f"price {event.price}"]
            parts += [] if event.trigger_price is None else [f"trigger {event.trigger_price}"]
            text = f"changed: {', '.join(parts)}"
        elif kind == "Accepted" and life.ts_sent is not None:
            late = ts - life.ts_sent
            text = "accepted" + (f" after {span(late)}" if late else "")
            text += ", when its parent had filled" if life.is_held else ""
        elif hasattr(event, "reason"):
            text = f"{WORDS.get(kind, kind)}: {event.reason}"
        else:
            text = WORDS.get(kind, kind)
        found.append((ts, text))
    return found


WORDS = {
    "Emulated": "held by the order emulator",
    "Released": "released by the order emulator",
    "Submitted": "sent",
    "Denied": "denied",
    "Rejected": "rejected",
    "Canceled": "cancelled",
    "Expired": "expired",
    "Triggered": "triggered",
    "PendingUpdate": "change asked for",
    "PendingCancel": "cancellation asked for",
    "ModifyRejected": "change refused",
    "CancelRejected": "cancellation refused",
}
