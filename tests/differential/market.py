"""What each row of a scenario shows, worked out from its rows alone: the touch, the levels, the last price, the path of a bar."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Levels = dict[int, int]


@dataclass
class Point:
    """A state of the market: at the end of a row, or at one of the points of a bar."""

    row: int
    bid: int | None = None
    ask: int | None = None
    last: int | None = None
    # Size by price of the buyers and sellers that are shown
    bids: Levels = field(default_factory=dict)
    asks: Levels = field(default_factory=dict)
    # Whether the point brings a trade, or a change of the book
    is_trade: bool = False
    is_book: bool = False

    def touch(self, side: int) -> int | None:
        """Return what a buyer (1) or a seller (2) meets."""
        return self.ask if side == 1 else self.bid

    def levels(self, side: int) -> Levels:
        """Return what a buyer or a seller may take."""
        return self.asks if side == 1 else self.bids


def points_of(plan: dict[str, Any]) -> list[list[Point]]:
    """Return the points of each row, by the rules of this engine."""
    answer: list[list[Point]] = []
    bids: Levels = {}
    asks: Levels = {}
    last: int | None = None
    for i, row in enumerate(plan["rows"]):
        kind = row[0]
        if kind == "quote":
            bids, asks = {row[1]: row[3]}, {row[2]: row[4]}
            answer.append([Point(i, row[1], row[2], None, bids, asks, is_book=True)])
        elif kind == "bar":
            answer.append([])
            for price in row[1:5]:
                shown = {price: row[5] // 4}
                answer[-1].append(Point(i, price, price, price, shown, shown, is_trade=True, is_book=True))
        elif kind == "trade":
            last = row[1]
            if plan["market"] == "trades":
                bids, asks = {last: row[2]}, {last: row[2]}
            answer.append([Point(i, best(bids, max), best(asks, min), last, bids, asks, True, plan["market"] == "trades")])
        else:
            bids, asks = dict(bids), dict(asks)
            for side, price, size in row[1]:
                shown = bids if side == 1 else asks
                shown.pop(price, None)
                if size:
                    shown[price] = size
            answer.append([Point(i, best(bids, max), best(asks, min), last, bids, asks, is_book=True)])
    return answer


def touches_there(plan: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    """Return the bid and ask that the peer goes by at the end of each row."""
    answer: list[tuple[int | None, int | None]] = []
    bid: int | None = None
    ask: int | None = None
    for points, row in zip(points_of(plan), plan["rows"], strict=True):
        if row[0] != "trade":
            bid, ask = points[-1].bid, points[-1].ask
            answer.append((bid, ask))
        elif plan["market"] == "trades":
            # A buyer's trade leaves the bid behind, a seller's the ask
            bid = row[1] if row[3] != "BUYER" or bid is None else bid
            ask = row[1] if row[3] != "SELLER" or ask is None else ask
            answer.append((bid, ask))
        else:
            # A trade beside a book stands for both sides until the book changes
            answer.append((row[1], row[1]))
    return answer


def best(levels: Levels, which: Any) -> int | None:
    return which(levels) if levels else None
