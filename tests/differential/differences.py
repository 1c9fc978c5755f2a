"""Names of the documented differences between this engine and `nautilus_trader`; `docs/porting.md` explains each."""

from __future__ import annotations

from typing import Any

TRIGGERED_LIMITS = ("STOP_LIMIT", "LIMIT_IF_TOUCHED")
STOPS = ("STOP_MARKET", "STOP_LIMIT")
TOUCHES = ("MARKET_IF_TOUCHED", "LIMIT_IF_TOUCHED")
Order = dict[str, Any]
Orders = list[Order]


def essence(order: Order) -> Order:
    """Return what must agree of an order.

    There a resting order gets a fill for every level that crosses it, here one: fills of one time, price and liquidity side
    are added up. There a market-to-limit order is not accepted before it fills.
    """
    fills: list[list[Any]] = []
    for ts, qty, price, side in order["fills"]:
        if fills and fills[-1][0] == ts and fills[-1][2:] == [price, side]:
            fills[-1][1] += qty
        else:
            fills.append([ts, qty, price, side])
    accepted = order["accepted"] and order["type"] != "MARKET_TO_LIMIT"
    return {**order, "fills": fills, "accepted": accepted}


def all_actions(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a scenario does, whenever."""
    return [action for actions in plan["actions"].values() for action in actions]


def entry_of(orders: Orders, index: int) -> int:
    """Return the index of the entry that a child of a bracket belongs to."""
    while orders[index]["child"]:
        index -= 1
    return index


def filled(order: Order, ts: float) -> int:
    """Return the quantity filled at or before a time."""
    return sum(fill[1] for fill in order["fills"] if fill[0] <= ts)


def siblings(orders: Orders, index: int) -> list[int]:
    """Return the indices of the other children of a bracket."""
    entry = entry_of(orders, index)
    return [i for i in range(entry + 1, min(entry + 3, len(orders))) if i != index]


def differing_times(ours: Orders, theirs: Orders, index: int) -> set[float]:
    """Return the times of fills of the other orders that differ."""
    pairs = [pair for i, pair in enumerate(zip(ours, theirs, strict=True)) if i != index]
    return {fill[0] for mine, peer in pairs if essence(mine) != essence(peer) for fill in mine["fills"] + peer["fills"]}


def starts(order: Order) -> list[Any]:
    """Return whether an order was accepted and triggered, and when it first filled."""
    return [order["accepted"], order["status"] == "TRIGGERED", order["fills"][:1]]


def is_ahead(peer: Order, mine: Order) -> bool:
    """Whether an order has at every time as much or more filled as another."""
    return all(filled(peer, fill[0]) >= filled(mine, fill[0]) for fill in mine["fills"])


def name_of(plan: dict[str, Any], ours: Orders, theirs: Orders, index: int) -> str | None:
    """Return the name of the documented difference that an order shows, or None."""
    mine, peer = ours[index], theirs[index]
    kinds = {action["kind"] for action in all_actions(plan)}
    if mine["child"] and any(o["child"] and o["status"] == "CANCELED" and not o["accepted"] for o in ours):
        # There it stays PENDING_CANCEL and lives on; here it ends, and its sibling with it
        return "a child that waits for its parent is cancelled"
    if mine["child"] and (kinds - {"bracket", "cancel"} or peer["quantity"] < mine["quantity"]):
        # There they are cut, raised or cancelled whenever the position changes; here they are cut when they would fill, and
        # cancelled when there is nothing left to reduce
        return "reduce-only orders follow the position"
    if mine["child"] and essence(ours[entry_of(ours, index)]) != essence(theirs[entry_of(ours, index)]):
        return "children follow their entry"
    if mine["child"] and mine["status"] == peer["status"] == "CANCELED" and {**mine, "quantity": 0} == {**peer, "quantity": 0}:
        # There it is cut after each fill of its sibling at one time, here once, when all of them are over
        return "a linked order is cut when the match is over"
    if mine["child"] and peer["status"] == "CANCELED" and peer["fills"] and is_ahead(mine, peer):
        # There the cancel of a sibling cancels in turn the order whose fill was its cause
        return "what ends by a contingency does not strike back"
    expire = [a["expire"] / 2 for a in all_actions(plan) if "expire" in a]
    if mine["status"] == "EXPIRED" and any(fill[0] >= at for fill in peer["fills"] for at in expire):
        # There a bar can fill an order at or after its time
        return "an order expires before the row of its time"
    alike_but_side = [fill[:3] for fill in mine["fills"]] == [fill[:3] for fill in peer["fills"]]
    if mine["type"] == "STOP_LIMIT" and plan["market"] == "bars" and mine["status"] == peer["status"] and alike_but_side:
        # There it rests for an instant where its price is its trigger price
        return "a stop-limit that is triggered at its price takes"
    if mine["type"] in TRIGGERED_LIMITS and mine["fills"] and peer["fills"] and mine["status"] == peer["status"]:
        first, other = mine["fills"][0], peer["fills"][0]
        if first[:2] == other[:2] and first[2] != other[2]:
            # There a stop-limit or limit-if-touched order takes at its trigger price, wherever the market is
            return "a triggered order takes at the market"
    at = {fill[0] for order in (mine, peer) for fill in order["fills"][:1]}
    triggered = {fill[0] for order in ours if order["type"] in TRIGGERED_LIMITS for fill in order["fills"]}
    if at & triggered and mine["type"] == "LIMIT":
        # There such an order leaves its trigger price behind as the touch, and limits that come next are matched with that
        return "a triggered order leaves the touch as it is"
    known = plan["market"] == "trades" and {row[3] for row in plan["rows"]} != {"NO_AGGRESSOR"}
    if known and mine["type"] in ("LIMIT", *STOPS, *TOUCHES):
        # There a buyer's trade leaves the bid where it was, and a seller's the ask
        return "trades move both sides of the book"
    if plan["market"] == "book and trades" and mine["type"] in STOPS + TOUCHES and starts(mine) != starts(peer):
        # There the book triggers orders by the last price, and trades those by bid and ask
        return "a trigger is judged by its type"
    if mine["child"] and ours[entry_of(ours, index)]["status"] == "CANCELED" and ours[entry_of(ours, index)]["fills"]:
        # There they are cancelled with their entry, whatever it has filled
        return "children guard what their entry filled"
    consumes = plan["venue"].get("liquidity_consumption")
    may_rest = plan["market"] not in ("quotes", "bars") and mine["type"] in ("LIMIT", "MARKET_TO_LIMIT", *TRIGGERED_LIMITS)
    if not consumes and may_rest and peer["fills"] and is_ahead(peer, mine):
        # There a level, or a trade, fills a resting order again on every update, and after it took from it
        return "liquidity fills resting orders once"
    partly = [o["fills"][0][0] for o in ours[: index + 1] if o["type"] == "MARKET_TO_LIMIT" and o["fills"] and o["accepted"]]
    if consumes and mine["fills"] and any(at <= mine["fills"][0][0] for at in partly):
        # There it consumes all levels that it would need, and takes the first
        return "a market-to-limit order consumes what it takes"
    killed = [o for o in ours[:index] if o["status"] == "CANCELED" and o["type"] == "LIMIT" and not o["fills"]]
    if consumes and "book_type" in plan["venue"] and killed and any(a.get("tif") == "FOK" for a in all_actions(plan)):
        # There a FOK order that is killed leaves what it would have taken as taken
        return "a killed order takes nothing"
    took = any(fill[3] == "TAKER" for fill in peer["fills"])
    if consumes and "book_type" not in plan["venue"] and took and is_ahead(peer, mine):
        # There the rest of an aggressive order slips one tick all the same
        return "under consumption the shown size is all there is"
    if {fill[0] for fill in mine["fills"] + peer["fills"]} & differing_times(ours, theirs, index):
        return "liquidity is shared with an order that differs"
    others_differ = any(essence(ours[i]) != essence(theirs[i]) for i in siblings(ours, index))
    if mine["child"] and others_differ and essence(mine)["fills"] == essence(peer)["fills"][: len(mine["fills"])]:
        return "linked orders follow each other"
    rest = [order for orders in (ours, theirs) for i, order in enumerate(orders) if i != index]
    others = {fill[0] for order in rest for fill in order["fills"]}
    if mine["fills"] and mine["fills"][0][0] in others and (not peer["fills"] or peer["fills"][0][0] > mine["fills"][0][0]):
        # There a fill makes the pass skip the order behind; that one fills an update later, if it still can
        return "several orders fill on one update"
    return None
