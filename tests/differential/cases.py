"""An order that ended otherwise in the two engines, and what happened around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.differential.market import Point, points_of

Order = dict[str, Any]
Plan = dict[str, Any]
Orders = list[Order]


def essence(order: Order) -> Order:
    """Return what must agree of an order.

    There a resting order gets a fill for every level that crosses it, here one: fills of one time, price and liquidity side
    are added up. There a market-to-limit order is not accepted before it fills, and has a price even where nothing of it rests.
    """
    fills: list[list[Any]] = []
    for ts, qty, price, side in order["fills"]:
        if fills and fills[-1][0] == ts and fills[-1][2:] == [price, side]:
            fills[-1][1] += qty
        else:
            fills.append([ts, qty, price, side])
    told = {**order, "fills": fills}
    for name in ("terms", "events"):
        told.pop(name)
    if order["type"] == "MARKET_TO_LIMIT":
        told["accepted"] = False
        if order["status"] == "FILLED" and len(fills) == 1:
            told["price"] = ""
    return told


def ticks(price: str) -> int:
    return round(float(price) * 1e5)


def when(order: Order, *names: str) -> float | None:
    """Return the time of the first event of one of these names."""
    return next((time for name, time, *_ in order["events"] if name in names), None)


def filled(order: Order, ts: float) -> int:
    """Return the quantity filled at or before a time."""
    return sum(fill[1] for fill in order["fills"] if fill[0] <= ts)


def is_ahead(peer: Order, mine: Order) -> bool:
    """Whether an order has at every time as much or more filled as another."""
    return all(filled(peer, fill[0]) >= filled(mine, fill[0]) for fill in mine["fills"])


def entry_of(orders: Orders, index: int) -> int:
    """Return the index of the entry that a child of a bracket belongs to."""
    while orders[index]["child"]:
        index -= 1
    return index


def aligned(ours: Orders, theirs: Orders) -> tuple[Orders, Orders]:
    """Return both with the orders that close positions side by side.

    Where one had nothing to close stands an order of no quantity.
    """
    n = sum(order["terms"]["kind"] != "close_position" for order in ours)
    if n != sum(order["terms"]["kind"] != "close_position" for order in theirs):
        raise ValueError("the two engines were sent different orders")
    mine, peer = ours[:n], theirs[:n]
    for row in sorted({order["terms"]["row"] for order in ours[n:] + theirs[n:]}):
        closing = [[o for o in orders[n:] if o["terms"]["row"] == row] for orders in (ours, theirs)]
        for i in range(max(map(len, closing))):
            pair = [some[i] if i < len(some) else None for some in closing]
            one = pair[0] or pair[1]
            assert one is not None
            nothing = {**one, "quantity": 0, "fills": [], "status": "NOT SENT", "events": []}
            mine.append(pair[0] or nothing)
            peer.append(pair[1] or nothing)
    return mine, peer


@dataclass
class Case:
    """An order that ended otherwise in the two engines, and what happened around it."""

    plan: Plan
    ours: Orders
    theirs: Orders
    index: int
    mine: Order = field(init=False)
    peer: Order = field(init=False)

    def __post_init__(self) -> None:
        self.mine, self.peer = self.ours[self.index], self.theirs[self.index]

    @cached_property
    def points(self) -> list[list[Point]]:
        return points_of(self.plan)

    @property
    def terms(self) -> dict[str, Any]:
        """What the strategy asked for."""
        return dict(self.mine["terms"])

    @property
    def kind(self) -> str:
        return str(self.terms.get("kind", ""))

    @property
    def by(self) -> str:
        return str(self.terms.get("by", "DEFAULT"))

    @property
    def row(self) -> int:
        """The row at which it was sent."""
        return int(self.terms.get("row", -1))

    @property
    def sign(self) -> int:
        return 1 if self.mine["side"] == 1 else -1

    @property
    def consumes(self) -> bool:
        return bool(self.plan["venue"].get("liquidity_consumption"))

    @property
    def is_l2(self) -> bool:
        return "book_type" in self.plan["venue"]

    @cached_property
    def parted(self) -> float | None:
        """The time of the first event that only one of the two has: a fill, trigger, release or end."""
        names = ("Filled", "Triggered", "Released", "Canceled", "Expired", "Rejected", "Denied")
        mine = [(time, name) for name, time, *_ in self.mine["events"] if name in names]
        peer = [(time, name) for name, time, *_ in self.peer["events"] if name in names]
        fills = zip(essence(self.mine)["fills"], essence(self.peer)["fills"], strict=False)
        unlike = [min(one[0], other[0]) for one, other in fills if one != other]
        return min([time for time, _ in set(mine) ^ set(peer)] + unlike, default=None)

    def others(self, orders: Orders) -> list[tuple[int, Order]]:
        return [(i, order) for i, order in enumerate(orders) if i != self.index]

    def family(self) -> list[int]:
        """The children of its bracket, or itself alone."""
        if not self.mine["child"]:
            return [self.index]
        entry = entry_of(self.ours, self.index)
        return list(range(entry + 1, min(entry + 3, len(self.ours))))

    def differ(self, index: int) -> bool:
        return essence(self.ours[index]) != essence(self.theirs[index])

    def life(self) -> range:
        """The rows from the one at which it was sent to the one at which the two part."""
        return range(max(self.row, 0), int(self.parted if self.parted is not None else len(self.points) - 1) + 1)
