"""Whether what this engine says of an order follows from the rows of the scenario by the documented rules.

The audit knows nothing of the peer, and does not imitate the engine: it takes the life of an order as its events tell it. It asks
of each fill whether the market of its row gave it, of each row whether it should have brought a fill or a trigger, and when the
order had to end. It sees every order, whether the peer agrees or not, so that no name of a difference can hide a defect.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor
from typing import Any

from tests.differential.market import Point, points_of

Order = dict[str, Any]
MIDNIGHT = 1_700_006_400_000_000_000
STEP = 1_000_000_000
STOPS = ("stop", "stop_limit", "trail", "trail_limit")
TOUCHES = ("if_touched", "limit_if_touched")
ENDS = ("Canceled", "Expired", "Rejected", "Denied")


def ticks(price: str) -> int:
    return round(float(price) * 1e5)


class Life:
    """An order's life by its events: what its price, trigger and quantity were at each time."""

    def __init__(self, order: Order, plan: dict[str, Any]) -> None:
        self.order, self.plan = order, plan
        self.terms = order["terms"]
        self.kind = self.terms.get("kind", "market")
        self.side = order["side"]
        self.sign = 1 if self.side == 1 else -1
        self.row = self.terms.get("row")
        self.ended = next((time for name, time, *_ in order["events"] if name in ENDS), None)
        self.ended_by = next((name for name, *_ in order["events"] if name in ENDS), None)
        self.accepted = next((time for name, time, *_ in order["events"] if name == "Accepted"), None)
        self.triggered = next((time for name, time, *_ in order["events"] if name == "Triggered"), None)
        self.released = next((time for name, time, *_ in order["events"] if name == "Released"), None)
        self.was_held = any(name == "Emulated" for name, *_ in order["events"])
        self.fills = [(time, qty, ticks(price), side) for time, qty, price, side in order["fills"]]

    def prices(self, until: float) -> set[int]:
        """Return the prices that the order has had by a time, the last of them and those of that time."""
        found: list[tuple[float, int]] = []
        if self.order["price"]:
            found.append((-1.0, self.first_price()))
        for name, time, price, *_ in self.order["events"]:
            if name == "Updated" and price and time <= until:
                found.append((time, ticks(price)))
        before = [price for time, price in found if time < until][-1:]
        return {*before, *(price for time, price in found if time == until)}

    def first_price(self) -> int:
        if self.kind in ("limit", "stop_limit", "limit_if_touched"):
            return int(self.terms["price"])
        return next((ticks(price) for _, _, price, *_ in self.order["events"] if price), ticks(self.order["price"]))

    def triggers(self) -> list[tuple[float, int]]:
        """Return the trigger prices and the times from which they stood, by what the strategy asked for."""
        first = self.terms["touch"] if self.kind in TOUCHES else self.terms["trigger"]
        found = [(float(self.row), int(first))]
        for name, time, _, trigger, *_ in self.order["events"]:
            if name == "Updated" and trigger:
                found.append((time, ticks(trigger)))
        return found


def wrong(plan: dict[str, Any], orders: list[Order]) -> list[str]:
    """Return what does not follow from the rows, a sentence each."""
    points = points_of(plan)
    found = []
    for index, order in enumerate(orders):
        life = Life(order, plan)
        for check in CHECKS:
            found += [f"order {index}: {text}" for text in check(life, points, orders)]
    return found


def fills_are_given(life: Life, points: list[list[Point]], orders: list[Order]) -> Iterator[str]:
    """Ask of each fill whether the market of its row gave it."""
    order = life.order
    if sum(qty for _, qty, *_ in life.fills) > order["quantity"]:
        yield "has more filled than its quantity"
    if (order["status"] == "FILLED") != (0 < sum(qty for _, qty, *_ in life.fills) == order["quantity"]):
        yield f"is {order['status']} with {life.fills} of {order['quantity']}"
    for time, qty, price, liquidity in life.fills:
        row = int(time)
        if time != row:
            yield f"filled at {time}, between two rows"
            continue
        limits = life.prices(time) if order["price"] else set()
        if order["price"] and not any(life.sign * price <= life.sign * limit for limit in limits):
            yield f"filled at {price}, beyond its limit {limits}"
        if liquidity == "MAKER":
            yield from maker(life, points[row], time, price, limits)
        else:
            yield from taker(life, points[row], time, qty, price)


def maker(life: Life, points: list[Point], time: float, price: int, limits: set[int]) -> Iterator[str]:
    if price not in limits and life.kind != "bracket":
        yield f"made at {price}, not at its price {limits}"
    for point in points:
        touch = point.touch(life.side)
        if touch is not None and life.sign * touch <= life.sign * price:
            return
        row = life.plan["rows"][point.row]
        is_other = row[0] == "trade" and row[3] != ("BUYER" if life.side == 1 else "SELLER")
        if is_other and life.sign * row[1] <= life.sign * price:
            return
    yield f"made at {price} at {time}, which the market of that row did not reach"


def taker(life: Life, points: list[Point], time: float, qty: int, price: int) -> Iterator[str]:
    if life.plan["market"] == "bars":
        # Between two points of a bar the market passes every price
        low, high = min(point.ask or 0 for point in points), max(point.ask or 0 for point in points)
        if not low - 1 <= price <= high + 1:
            yield f"took at {price} at {time}, outside of the bar {low} to {high}"
        if life.kind in ("stop", "trail") and life.order["trigger"] and life.row is not None and time > life.row:
            trigger, opened = ticks(life.order["trigger"]), points[0].ask or 0
            first = max(trigger, opened) if life.side == 1 else min(trigger, opened)
            # A trail that moved inside the bar has no open beyond it
            moved = any(name == "Updated" and at == time for name, at, *_ in life.order["events"])
            if price not in (trigger if moved else first, first + life.sign):
                yield f"stopped at {price}, neither at its trigger {trigger} nor at the open {opened}"
        return
    levels = points[-1].levels(life.side)
    touch = points[-1].touch(life.side)
    if price in levels:
        if qty > levels[price] and "book_type" in life.plan["venue"]:
            yield f"took {qty} at {price}, which showed {levels[price]}"
        return
    shown = levels.get(touch, 0) if touch is not None else 0
    taken = sum(size for at, size, px, _ in life.fills if at == time and px == touch)
    slips = "book_type" not in life.plan["venue"] and touch is not None and price == touch + life.sign
    if not slips or taken < shown or life.plan["venue"].get("liquidity_consumption"):
        yield f"took at {price} at {time}, where the market was {touch} with {levels}"


def takes_what_is_there(life: Life, points: list[list[Point]], orders: list[Order]) -> Iterator[str]:
    """Ask of an order that met the market how much of it there was to take."""
    order, venue = life.order, life.plan["venue"]
    fired = fired_at(life) if life.kind in (*STOPS, *TOUCHES) or life.was_held else life.row
    if fired is None or fired != int(fired) or life.ended_by in ("Rejected", "Denied") or order["child"]:
        return
    if life.terms.get("reduce_only") or order["tif"] == "FOK" or life.kind == "bracket":
        return
    waited = life.kind in (*STOPS, *TOUCHES)
    if waited and life.ended_by == "Canceled" and not life.fills and life.triggered is None:
        # By the strategy, as far as its events tell
        return
    row = int(fired)
    took = sum(qty for time, qty, *_ in life.fills if time == row)
    others = [o for o in orders if o is not order and o["side"] == order["side"]]
    shares = venue.get("liquidity_consumption") and any(fill[0] <= row for o in others for fill in o["fills"])
    if shares or life.plan["rows"][row][0] == "trade" and "book_type" in venue:
        return
    levels = points[row][-1].levels(life.side)
    if order["price"] and order["type"] != "MARKET_TO_LIMIT":
        limits = life.prices(row)
        if life.plan["market"] == "bars" or len(limits) != 1:
            return
        limit = min(limits)
        levels = {price: size for price, size in levels.items() if life.sign * price <= life.sign * limit}
        least = min(order["quantity"], sum(levels.values()))
    elif order["type"] == "MARKET_TO_LIMIT":
        touch = points[row][-1].touch(life.side)
        least = min(order["quantity"], levels.get(touch, 0) if touch is not None else 0)
    elif "book_type" in venue or venue.get("liquidity_consumption") or order["tif"] == "IOC":
        least = min(order["quantity"], sum(levels.values()))
    else:
        least = order["quantity"] if levels else 0
    if took < least:
        yield f"met {levels} at {row}, and took {took} of {order['quantity']}"


def ends_in_time(life: Life, points: list[list[Point]], orders: list[Order]) -> Iterator[str]:
    """Ask when the order had to end."""
    order, terms = life.order, life.terms
    due = terms["expire"] / 2 if "expire" in terms else None
    if terms.get("tif") == "DAY" and life.kind not in ("bracket", "cancel"):
        due = (MIDNIGHT - life.plan["start"]) / STEP if life.row is not None and is_before_midnight(life) else None
    if due is not None and "price" in order:
        if any(time >= due for time, *_ in life.fills):
            yield f"filled at or after {due}, when it was over"
        if due <= len(points) - 1 and life.ended is None and order["status"] != "FILLED":
            yield f"is {order['status']}, and was over at {due}"
        if life.ended_by == "Expired" and life.ended != due:
            yield f"expired at {life.ended}, not at {due}"
    if life.ended_by == "Expired" and due is None:
        yield "expired, though it had no time"
    if terms.get("tif") in ("IOC", "FOK") and life.kind == "limit" and not life.was_held:
        if any(time != life.row for time, *_ in life.fills):
            yield f"was to fill at once, and filled at {life.fills}"
        if order["events"][-1][0] not in (*ENDS, "Filled"):
            yield f"was to end at once, and is {order['status']}"
        total = sum(qty for _, qty, *_ in life.fills)
        if terms["tif"] == "FOK" and total not in (0, terms["qty"]) and not terms.get("reduce_only"):
            yield f"was to fill whole or not, and filled {total} of {terms['qty']}"


def is_before_midnight(life: Life) -> bool:
    return bool(life.plan["start"] + life.row * STEP < MIDNIGHT)


def path(life: Life, points: list[list[Point]], start: int) -> Iterator[Point]:
    """Yield the points that the order may see: the last of its own row, then all of the later ones until it ended."""
    yield points[start][-1]
    for row in points[start + 1 :]:
        yield from row


def price_seen(life: Life, point: Point) -> int | None:
    """Return the price that the order's trigger type goes by, where the point brings one."""
    if life.terms.get("by", "DEFAULT") == "LAST_PRICE":
        return point.last if point.is_trade else None
    return point.touch(life.side) if point.is_book else None


def price_known(life: Life, point: Point) -> int | None:
    """Return the price that the order's trigger type goes by as it arrives, however old it is."""
    return point.last if life.terms.get("by", "DEFAULT") == "LAST_PRICE" else point.touch(life.side)


def fired_at(life: Life) -> float | None:
    """Return when the order was triggered, by its events."""
    if life.was_held:
        return life.released
    if life.triggered is not None:
        return life.triggered
    if life.kind in ("stop", "if_touched", "trail"):
        if life.fills:
            return life.fills[0][0]
        # Triggered, with nothing to take or nothing to reduce
        return life.ended if life.ended_by == "Canceled" else None
    return None


def triggers_when_reached(life: Life, points: list[list[Point]], orders: list[Order]) -> Iterator[str]:
    """Ask whether a stop or if-touched order was triggered by the first point that reached it."""
    if life.kind not in (*STOPS[:2], *TOUCHES) or life.row is None or life.ended_by in ("Rejected", "Denied"):
        return
    rises = life.sign if life.kind in STOPS else -life.sign
    levels = life.triggers()
    fired = fired_at(life)
    for i, point in enumerate(path(life, points, life.row)):
        if life.ended is not None and point.row > life.ended or fired is not None and fired < point.row:
            break
        if life.ended is not None and life.ended_by == "Expired" and point.row >= life.ended:
            break
        seen = price_seen(life, point) if i else price_known(life, point)
        stands = [price for time, price in levels if time < point.row] or [levels[0][1]]
        now = [price for time, price in levels if time == point.row]
        reached = [seen is not None and rises * seen >= rises * price for price in (stands[-1], *now)]
        if i == 0 and not life.was_held:
            continue
        if all(reached) and fired != point.row and not (life.ended == point.row and life.ended_by == "Canceled"):
            yield f"was reached by {seen} at {point.row}, its trigger being {stands[-1]}, and fired at {fired}"
            return
    if fired is not None and not (life.ended == fired and not life.fills and life.triggered is None):
        then = points[int(fired)]
        seen_then = [price_seen(life, point) for point in then] + [price_known(life, then[-1])] * life.was_held
        stood = {price for time, price in levels if time <= fired}
        if not any(seen is not None and rises * seen >= rises * price for seen in seen_then for price in stood):
            yield f"fired at {fired}, where {seen_then} did not reach {stood}"


def trails_as_told(life: Life, points: list[list[Point]], orders: list[Order]) -> Iterator[str]:
    """Ask whether a trailing stop stood where it had to, and fired when it had to."""
    if life.kind not in ("trail", "trail_limit") or life.row is None or life.ended_by in ("Rejected", "Denied"):
        return
    terms, sign = life.terms, life.sign
    trigger: int | None = terms.get("trigger_price")
    wakes: int | None = terms.get("activation_price")
    fired = None
    for i, point in enumerate(path(life, points, life.row)):
        over = life.ended is not None and (point.row > life.ended or life.ended_by == "Expired" and point.row >= life.ended)
        if over:
            break
        seen = price_seen(life, point) if i else price_known(life, point)
        if seen is None:
            continue
        if wakes is not None and sign * seen <= sign * wakes:
            wakes = None
        if wakes is not None:
            continue
        if (i > 0 or life.was_held) and trigger is not None and sign * seen >= sign * trigger:
            fired = point.row
            break
        offset = Decimal(terms["offset"])
        if terms["unit"] == "PRICE":
            offset *= 100_000
        elif terms["unit"] == "BASIS_POINTS":
            offset = seen * offset / 10_000
        trail = ceil(seen + offset) if sign > 0 else floor(seen - offset)
        if trigger is None or sign * trail < sign * trigger:
            trigger = trail
    if life.ended is not None and fired == life.ended and life.ended_by == "Canceled":
        return
    actual = fired_at(life)
    if actual is not None and not life.fills and life.triggered is None and not life.was_held:
        actual = None
    if fired != actual:
        yield f"had to fire at {fired} by its trail {trigger}, and did at {actual}"
    elif not life.was_held and ticks(life.order["trigger"] or "0") != (trigger if wakes is None or trigger else 0):
        yield f"stands at {life.order['trigger']}, and had to stand at {trigger}"


def rests_since(life: Life) -> int | None:
    """Return the row from which an order may have rested with a price."""
    if life.row is None or life.accepted is None:
        return None
    if life.was_held:
        return int(life.released) if life.released is not None and life.order["type"] == "LIMIT" else None
    if life.kind in ("limit", "market_to_limit"):
        return int(life.row)
    if life.kind in ("stop_limit", "limit_if_touched", "trail_limit") and life.triggered is not None:
        return int(life.triggered)
    return None


def nothing_is_skipped(life: Life, points: list[list[Point]], orders: list[Order]) -> Iterator[str]:
    """Ask of each row whether it should have filled a limit that rested."""
    order = life.order
    since = rests_since(life)
    if since is None:
        return
    for row in points[since + 1 :]:
        now = row[0].row
        if life.ended is not None and life.ended <= now:
            return
        left = order["quantity"] - sum(qty for time, qty, *_ in life.fills if time < now)
        here = sum(qty for time, qty, *_ in life.fills if time == now)
        limits = life.prices(now)
        if left <= 0 or len(limits) > 1:
            continue
        limit = limits.pop()
        yield from trade_passed(life, orders, now, left, limit)
        touches = [point.touch(life.side) for point in row if point.is_book]
        reached = [touch for touch in touches if touch is not None and life.sign * touch <= life.sign * limit]
        if not reached:
            continue
        if life.plan["market"] in ("quotes", "bars") and not life.plan["venue"].get("liquidity_consumption"):
            if here != left and not life.terms.get("reduce_only"):
                yield f"was reached at {now} by {reached}, and filled {here} of {left} at {limit}"
        elif life.plan["market"] != "trades":
            fresh = fresh_levels(points, now, life.side, limit, life.sign)
            took = sum(
                qty for other in orders if other["side"] == life.side for time, qty, *_ in other["fills"] if time == now
            )
            if fresh and took < min(left, fresh) and not life.terms.get("reduce_only"):
                yield f"was reached at {now} by {fresh} that were new, and all orders took {took}"


def trade_passed(life: Life, orders: list[Order], now: int, left: int, limit: int) -> Iterator[str]:
    """Ask whether a trade at or beyond the price of a resting order went to the orders that it reached."""
    row = life.plan["rows"][now]
    own = "BUYER" if life.side == 1 else "SELLER"
    if row[0] != "trade" or row[3] == own or life.sign * row[1] > life.sign * limit or life.terms.get("reduce_only"):
        return
    took = sum(qty for other in orders for time, qty, _, liquidity in other["fills"] if time == now and liquidity == "MAKER")
    if took < min(left, row[2]):
        yield f"was reached at {now} by a trade of {row[2]} at {row[1]}, and all orders made {took}"


def fresh_levels(points: list[list[Point]], now: int, side: int, limit: int, sign: int) -> int:
    """Return what came to be shown at or beyond a limit in a row."""
    before = points[now - 1][-1].levels(side)
    shown = points[now][-1].levels(side)
    return sum(size for price, size in shown.items() if sign * price <= sign * limit and price not in before)


CHECKS = (fills_are_given, takes_what_is_there, ends_in_time, triggers_when_reached, trails_as_told, nothing_is_skipped)
