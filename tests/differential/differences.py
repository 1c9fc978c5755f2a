"""Names of the documented differences between this engine and `nautilus_trader`; `docs/porting.md` explains each.

A name is a question about what happened in the scenario: which row, which order, which level. What this engine did is audited
beside it (`audit.py`): a name says no more than why the peer did otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.cases import Case, Order, Orders, Plan, entry_of, essence, filled, is_ahead, ticks, when
from tests.differential.market import touches_there

STOP_LIMITS = ("STOP_LIMIT", "TRAILING_STOP_LIMIT")
TRIGGERED_LIMITS = (*STOP_LIMITS, "LIMIT_IF_TOUCHED")
TRAILS = ("trail", "trail_limit")
TRIGGERED = ("stop", "stop_limit", "if_touched", "limit_if_touched", *TRAILS)
MIDNIGHT = 1_700_006_400_000_000_000
STEP = 1_000_000_000
Rule = Callable[[Case], bool]
RULES: list[tuple[str, Rule]] = []


def rule(name: str) -> Callable[[Rule], Rule]:
    def add(question: Rule) -> Rule:
        RULES.append((name, question))
        return question

    return add


@rule("a child that waits for its parent is cancelled")
def _(case: Case) -> bool:
    # There it stays PENDING_CANCEL and lives on; here it ends, and its sibling with it
    waited = [case.ours[i]["status"] == "CANCELED" and not case.ours[i]["accepted"] for i in case.family()]
    return case.mine["child"] and any(waited)


@rule("a reduce-only order that reduces nothing is denied")
def _(case: Case) -> bool:
    # Here before it is sent, there by the venue
    statuses = [case.mine["status"], case.peer["status"]]
    held = sum((1 if o["side"] == 1 else -1) * filled(o, case.row) for o in case.ours)
    return bool(case.terms.get("reduce_only")) and statuses == ["DENIED", "REJECTED"] and held * case.sign > 0


@rule("reduce-only orders follow the position")
def _(case: Case) -> bool:
    # There they are cut, raised or cancelled whenever the position changes; here they are cut when they would fill, and
    # cancelled when there is nothing left to reduce
    if not case.mine["child"] and not case.terms.get("reduce_only"):
        return False
    # The position changes while it waits, or there is less of it than the order would reduce
    begun = case.row
    if case.mine["child"]:
        begun = min((fill[0] for fill in case.ours[entry_of(case.ours, case.index)]["fills"]), default=len(case.points))
    moved = any(f[0] >= begun for orders in (case.ours, case.theirs) for _, o in case.others(orders) for f in o["fills"])
    held = abs(sum((1 if o["side"] == 1 else -1) * filled(o, 1e9) for _, o in case.others(case.ours)))
    changed = [event for i in case.family() for order in (case.ours[i], case.theirs[i]) for event in order["events"]]
    cut = {quantity for name, *_, quantity in changed if name == "Updated"}
    ended = {"CANCELED", "REJECTED"} & {case.mine["status"], case.peer["status"]}
    unlike = len({*cut, str(case.mine["quantity"])}) > 1 or bool(ended)
    return unlike and (moved or held < max(case.mine["quantity"], case.peer["quantity"]))


@rule("children follow their entry")
def _(case: Case) -> bool:
    return case.mine["child"] and case.differ(entry_of(case.ours, case.index))


@rule("a linked order is cut when the match is over")
def _(case: Case) -> bool:
    # There it is cut after each fill of its sibling at one time, here once, when all of them are over
    mine, peer = essence(case.mine), essence(case.peer)
    return mine["child"] and mine["status"] == "CANCELED" and {**mine, "quantity": 0} == {**peer, "quantity": 0}


@rule("what ends by a contingency does not strike back")
def _(case: Case) -> bool:
    # There the cancel of a sibling cancels in turn the order whose fill was its cause
    is_struck = case.peer["status"] == "CANCELED" and bool(case.peer["fills"])
    return case.mine["child"] and is_struck and is_ahead(case.mine, case.peer)


@rule("children guard what their entry filled")
def _(case: Case) -> bool:
    # There they are cancelled with their entry, whatever it has filled
    if not case.mine["child"] or case.peer["status"] != "CANCELED":
        return False
    entry = case.ours[entry_of(case.ours, case.index)]
    return entry["status"] == "CANCELED" and bool(entry["fills"])


@rule("a closing order closes what is held")
def _(case: Case) -> bool:
    # Its quantity is the position, which other orders made another
    is_other = case.kind == "close_position" and case.mine["quantity"] != case.peer["quantity"]
    return is_other and any(case.differ(i) for i, _ in case.others(case.ours))


@rule("a day ends at midnight")
def _(case: Case) -> bool:
    # There an order of the day is good until it is cancelled
    if case.mine["tif"] != "DAY" or case.mine["status"] != "EXPIRED" or "start" not in case.plan:
        return False
    over = (MIDNIGHT - case.plan["start"]) / STEP
    return essence(case.mine)["fills"] == [fill for fill in essence(case.peer)["fills"] if fill[0] < over]


@rule("an emulated order expires")
def _(case: Case) -> bool:
    # There the emulator does not look at the time
    if "emulated" not in case.terms or "expire" not in case.terms or case.mine["status"] != "EXPIRED":
        return False
    released = when(case.peer, "Released")
    return when(case.mine, "Released") is None and (released is None or released >= case.terms["expire"] / 2)


@rule("an order expires before the row of its time")
def _(case: Case) -> bool:
    # There a bar, or a trade, of that time or later can fill an order
    at = case.terms["expire"] / 2 if "expire" in case.terms else None
    if at is None or case.mine["status"] != "EXPIRED":
        return False
    mine, peer = essence(case.mine)["fills"], essence(case.peer)["fills"]
    return mine != peer and mine == [fill for fill in peer if fill[0] < at]


@rule("an emulated order is judged by the market of its time")
def _(case: Case) -> bool:
    # There the emulator knows the row before the one that the strategy answers to, of those since it first held an order
    if "emulated" not in case.terms or case.row < 0:
        return False
    since = min(o["terms"]["row"] for o in case.ours if "emulated" in o["terms"])
    by_last, side = case.by == "LAST_PRICE", case.mine["side"]
    rows = [row[-1] for row in case.points[: case.row + 1]]
    known = [p.last if by_last else p.touch(side) for p in rows[since + 1 : case.row] if p.is_trade or not by_last]
    now = rows[-1].last if by_last else rows[-1].touch(side)
    return not known or known[-1] != now


@rule("basis points round away from the market")
def _(case: Case) -> bool:
    # There to the nearest tick: the trigger price is one off, or the order fires sooner for it
    if case.kind not in TRAILS or case.terms["unit"] != "BASIS_POINTS":
        return False
    fired = [when(order, "Triggered", "Released", "Filled") for order in (case.mine, case.peer)]
    return case.mine["trigger"] != case.peer["trigger"] or case.mine["price"] != case.peer["price"] or fired[0] != fired[1]


@rule("a trail by the last price follows the path of a bar")
def _(case: Case) -> bool:
    # There a point of the bar that moved the trail may leave it to the next bar to reach it
    if case.plan["market"] != "bars" or case.kind not in TRAILS or case.by != "LAST_PRICE":
        return False
    fired = [when(order, "Triggered", "Filled") for order in (case.mine, case.peer)]
    return fired[0] is not None and (fired[1] is None or fired[1] > fired[0]) or case.mine["trigger"] != case.peer["trigger"]


@rule("a trail is set on arrival")
def _(case: Case) -> bool:
    # There with the next update, and not if it is cancelled before
    alike = {**essence(case.mine), "price": "", "trigger": ""} == {**essence(case.peer), "price": "", "trigger": ""}
    ends = [when(order, "Canceled") for order in (case.mine, case.peer)]
    return case.kind in TRAILS and alike and ends == [case.row, case.row]


@rule("a stop-limit that is triggered at its price takes")
def _(case: Case) -> bool:
    # There it rests where its price is its trigger price, and fills as the bar, or a later one, comes back to it
    if case.mine["type"] not in STOP_LIMITS or case.plan["market"] != "bars" or not case.mine["fills"]:
        return False
    mine, peer = case.mine["fills"][0], (case.peer["fills"] or [None])[0]
    at_once = mine[0] == when(case.mine, "Triggered") == when(case.peer, "Triggered")
    at_price = mine[2:] == [case.mine["trigger"], "TAKER"]
    return at_once and at_price and (peer is None or peer[3] == "MAKER" and peer[2] in (case.mine["price"], case.mine["trigger"]))


@rule("an if-touched order inside a bar fills at its trigger price")
def _(case: Case) -> bool:
    # There at the point of the bar that reached it
    if case.plan["market"] != "bars" or case.kind != "limit_if_touched" or not case.mine["fills"] or not case.peer["fills"]:
        return False
    mine, peer = case.mine["fills"][0], case.peer["fills"][0]
    points = [point.ask for point in case.points[int(peer[0])]]
    return mine[0] == peer[0] and mine[2] == case.mine["trigger"] and ticks(peer[2]) in points


@rule("a triggered order takes at the market")
def _(case: Case) -> bool:
    # There a stop-limit or limit-if-touched order takes at its trigger price, wherever the market is
    if case.kind not in ("stop_limit", "limit_if_touched", "trail_limit") or not case.mine["fills"] or not case.peer["fills"]:
        return False
    mine, peer = case.mine["fills"][0], case.peer["fills"][0]
    trigger = case.terms.get("touch") if case.kind == "limit_if_touched" else None
    changed = [ticks(price) for name, _, _, price, _ in case.peer["events"] if name == "Updated" and price]
    at_trigger = ticks(peer[2]) in (ticks(case.mine["trigger"] or "0"), trigger, *changed)
    shown = case.points[int(peer[0])][-1].levels(case.mine["side"])
    is_off = case.plan["market"] != "bars" and (peer[3] == "MAKER" or ticks(peer[2]) not in shown)
    return mine[0] == peer[0] and mine[2] != peer[2] and (at_trigger or is_off)


@rule("an order that fills leaves the touch as it is")
def _(case: Case) -> bool:
    # There the price of a resting order that filled, and the trigger price of one that was triggered, stays behind as the touch
    # until the next update: orders that come next are judged by it, and trails follow it
    rows = [case.row] if case.parted == case.row else []
    if case.kind in TRAILS:
        rows += [int(time) for name, time, *_ in case.mine["events"] if name == "Updated"]
    waited = [o for _, o in case.others(case.ours) if o["terms"]["row"] < max(rows, default=0)]
    left = [fill[0] for o in waited for fill in o["fills"] if fill[3] == "MAKER" or o["terms"]["kind"] in TRIGGERED]
    return any(row in left for row in rows)


@rule("trades move both sides of the book")
def _(case: Case) -> bool:
    # There a buyer's trade leaves the bid where it was, and a seller's the ask: they part at such a trade, or at the next row
    if case.plan["market"] != "trades":
        return False
    parted = len(case.points) - 1 if case.parted is None else int(case.parted)
    rows = case.life() if case.kind in TRAILS else range(max(parted - 1, 0), parted + 1)
    return any(case.plan["rows"][i][3] != "NO_AGGRESSOR" for i in rows)


@rule("a trade takes nothing from the book")
def _(case: Case) -> bool:
    # There what was traded is gone until the book changes; here the book alone tells of the book
    if case.plan["market"] != "book and trades" or not case.consumes or case.parted is None:
        return False
    row = case.plan["rows"][int(case.parted)]
    took = [case.sign * ticks(fill[2]) for fill in case.mine["fills"] if fill[0] == case.parted]
    return row[0] == "trade" and bool(took) and case.sign * row[1] <= max(took)


@rule("a trade beside a book is no touch")
def _(case: Case) -> bool:
    # There it stands for both sides until the book changes: an order that is triggered by it, or sent then, takes at its price
    if case.plan["market"] != "book and trades" or case.parted is None:
        return False
    row, touch = case.plan["rows"][int(case.parted)], case.points[int(case.parted)][-1].touch(case.mine["side"])
    took = [case.sign * ticks(fill[2]) for fill in case.peer["fills"] if fill[0] == case.parted and fill[3] == "TAKER"]
    if row[0] != "trade" or not took:
        return False
    # The trade is at its price or better, and the book is not
    return case.sign * row[1] <= max(took) and (touch is None or case.sign * touch > max(took))


@rule("a trigger is judged by its type")
def _(case: Case) -> bool:
    # There the book triggers orders by the last price, and trades those by bid and ask; a trail follows them as well
    if case.plan["market"] != "book and trades" or case.kind not in TRIGGERED:
        return False
    odd = "deltas" if case.by == "LAST_PRICE" else "trade"
    rows = case.life() if case.kind in TRAILS or case.mine["status"] == "TRIGGERED" else case.life()[-1:]
    return any(case.plan["rows"][i][0] == odd for i in rows)


def levels_kept(case: Case, since: int, until: int) -> list[int]:
    """Return the prices of levels of its opposite side that stood with one size from a row to another, best first."""
    prices = dict(case.points[since][-1].levels(case.mine["side"]))
    for i in range(since + 1, until + 1):
        now = case.points[i][-1].levels(case.mine["side"])
        prices = {price: size for price, size in prices.items() if now.get(price) == size}
    return sorted(prices, key=lambda price: case.sign * price)


def looked_at(case: Case, which: Callable[[Order], bool]) -> bool:
    """Whether a level that an earlier order of a kind looked at, and did not take, stood until this order took it here alone."""
    if case.parted is None or not case.is_l2 or not case.consumes:
        return False
    took = [case.sign * ticks(fill[2]) for fill in case.mine["fills"] if fill[0] == case.parted]
    for i, other in enumerate(case.ours):
        at = other["terms"]["row"]
        if at > case.parted or i == case.index and at == case.parted or other["side"] != case.mine["side"] or not which(other):
            continue
        if took and any(case.sign * price <= max(took) for price in levels_kept(case, at, int(case.parted))):
            return True
    return False


@rule("a market-to-limit order consumes what it takes")
def _(case: Case) -> bool:
    # There it consumes all levels that it would need, and takes the first
    def partly(other: Order) -> bool:
        return other["type"] == "MARKET_TO_LIMIT" and 0 < filled(other, other["terms"]["row"]) < other["terms"]["qty"]

    return looked_at(case, partly)


@rule("a killed order takes nothing")
def _(case: Case) -> bool:
    # There a FOK order that is killed leaves what it would have taken as taken
    return looked_at(case, lambda other: other["tif"] == "FOK" and other["status"] == "CANCELED" and not other["fills"])


@rule("liquidity fills resting orders once")
def _(case: Case) -> bool:
    # There a level, or a trade, fills a resting order again on every update, and after it took from it
    may_rest = case.mine["type"] in ("LIMIT", "MARKET_TO_LIMIT", *TRIGGERED_LIMITS)
    if case.consumes or not may_rest or case.plan["market"] in ("quotes", "bars"):
        return False
    if not case.peer["fills"] or not is_ahead(case.peer, case.mine):
        return False
    extra = [f for f in case.peer["fills"] if f[3] == "MAKER" and filled(case.peer, f[0]) > filled(case.mine, f[0])]
    return bool(extra) and was_shown_before(case, int(extra[0][0]), ticks(extra[0][2]))


def was_shown_before(case: Case, row: int, price: int) -> bool:
    """Whether what the peer gave a resting order in a row had been shown before, or was given twice."""
    here = [fill for fill in case.peer["fills"] if fill[0] == row]
    reached = {at: n for at, n in case.points[row][-1].levels(case.mine["side"]).items() if case.sign * at <= case.sign * price}
    if sum(fill[1] for fill in here) > sum(reached.values()):
        return True
    if case.plan["market"] == "trades":
        return row > case.row and any(fill[0] < row for fill in case.peer["fills"])
    now, before = (case.points[i][-1].levels(case.mine["side"]) for i in (row, max(row - 1, 0)))
    return any(before.get(at) == size for at, size in now.items() if case.sign * at <= case.sign * price)


@rule("under consumption the shown size is all there is")
def _(case: Case) -> bool:
    # There the rest of an aggressive order slips one tick all the same
    if not case.consumes or case.is_l2 or not is_ahead(case.peer, case.mine):
        return False
    there = touches_there(case.plan)
    for time, _, price, liquidity in case.peer["fills"]:
        touch = there[int(time)][1 if case.sign > 0 else 0]
        if liquidity == "TAKER" and touch is not None and ticks(price) == touch + case.sign:
            return True
    return False


@rule("liquidity is shared with an order that differs")
def _(case: Case) -> bool:
    times = {fill[0] for fill in case.mine["fills"] + case.peer["fills"]}
    pairs = [(order, case.theirs[i]) for i, order in case.others(case.ours) if case.differ(i)]
    return any(fill[0] in times for mine, peer in pairs for fill in mine["fills"] + peer["fills"])


@rule("linked orders follow each other")
def _(case: Case) -> bool:
    mine, peer = essence(case.mine)["fills"], essence(case.peer)["fills"]
    return any(case.differ(i) for i in case.family() if i != case.index) and mine == peer[: len(mine)]


@rule("several orders fill on one update")
def _(case: Case) -> bool:
    # There a fill makes the pass skip the order behind; that one fills an update later, if it still can
    if case.parted is None or filled(case.peer, case.parted) >= filled(case.mine, case.parted):
        return False
    others = [order for orders in (case.ours, case.theirs) for _, order in case.others(orders)]
    return any(fill[0] == case.parted for order in others for fill in order["fills"])


def name_of(plan: Plan, ours: Orders, theirs: Orders, index: int) -> str | None:
    """Return the name of the documented difference that an order shows, or None."""
    case = Case(plan, ours, theirs, index)
    return next((name for name, question in RULES if question(case)), None)
