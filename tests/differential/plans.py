"""Random scenarios: a market that walks by a few ticks, and orders near it."""

from __future__ import annotations

import random
from typing import Any

MID = 110_000
N_ROWS = 40
MARKETS = ("quotes", "trades", "bars", "book", "book and trades")
Row = list[Any]


def quotes(numbers: random.Random) -> tuple[list[Row], list[int]]:
    """Return quotes, and the price near each."""
    bid, rows, near = MID, [], []
    for _ in range(N_ROWS):
        bid += numbers.randint(-3, 3)
        rows.append(["quote", bid, bid + numbers.randint(1, 3), 1_000_000, 1_000_000])
        near.append(bid)
    return rows, near


def trades(numbers: random.Random) -> tuple[list[Row], list[int]]:
    """Return trades, a few of sizes that some orders exceed, a tenth of the runs with known aggressors."""
    aggressors = ("BUYER", "SELLER") if numbers.random() < 0.1 else ("NO_AGGRESSOR",)
    price, rows, near = MID, [], []
    for _ in range(N_ROWS):
        price += numbers.randint(-3, 3)
        size = 500 * numbers.randint(1, 12) if numbers.random() < 0.1 else 20_000
        rows.append(["trade", price, size, numbers.choice(aggressors)])
        near.append(price)
    return rows, near


def bars(numbers: random.Random) -> tuple[list[Row], list[int]]:
    """Return bars that sometimes open away from the last close."""
    close, rows, near = MID, [], []
    for _ in range(N_ROWS):
        open_ = close + (numbers.randint(-5, 5) if numbers.random() < 0.3 else 0)
        close = open_ + numbers.randint(-4, 4)
        high = max(open_, close) + numbers.randint(0, 4)
        low = min(open_, close) - numbers.randint(0, 4)
        rows.append(["bar", open_, high, low, close, 4_000_000])
        near.append(close)
    return rows, near


class Book:
    """A book of five levels a side whose touch wanders; `step` returns the changes."""

    def __init__(self, numbers: random.Random) -> None:
        self.numbers = numbers
        self.mid = MID
        self.shown: dict[int, dict[int, int]] = {1: {}, 2: {}}
        self.n = 0

    def size(self) -> int:
        # No two alike: whether the same size again is fresh liquidity is not asked here
        self.n += 1
        return 500 * self.numbers.randint(1, 12) + self.n

    def step(self) -> list[Row]:
        self.mid += self.numbers.choice((-2, -1, 0, 0, 1, 2))
        half = self.numbers.randint(1, 2)
        changes: list[Row] = []
        for side in (1, 2):
            sign = -1 if side == 1 else 1
            wanted = {self.mid + sign * (half + depth) for depth in range(5)}
            shown = self.shown[side]
            for price in sorted(set(shown) - wanted):
                changes.append([side, price, 0])
                del shown[price]
            for price in sorted(wanted):
                if price not in shown or self.numbers.random() < 0.2:
                    shown[price] = self.size()
                    changes.append([side, price, shown[price]])
        if not changes:
            best = max(self.shown[1])
            self.shown[1][best] = self.size()
            changes.append([1, best, self.shown[1][best]])
        return changes


def book(numbers: random.Random, with_trades: bool) -> tuple[list[Row], list[int]]:
    """Return batches of changes of a book, and if asked trades at its touch, each followed by the change it causes."""
    state, rows, near = Book(numbers), [], []
    after: list[Row] = []
    for i in range(N_ROWS):
        if with_trades and i and not after and numbers.random() < 0.5:
            side = numbers.choice((1, 2))
            touch = min(state.shown[2]) if side == 1 else max(state.shown[1])
            rows.append(["trade", touch, state.size(), "BUYER" if side == 1 else "SELLER"])
            state.shown[3 - side][touch] = state.size()
            after = [[3 - side, touch, state.shown[3 - side][touch]]]
        else:
            rows.append(["deltas", after + state.step()])
            after = []
        near.append(max(state.shown[1]))
    return rows, near


def scenario(market: str, seed: int) -> dict[str, Any]:
    """Return rows of a market, the settings of the venue, and orders near the market."""
    numbers = random.Random(seed if market == "quotes" else f"{market} {seed}")
    venue: dict[str, Any] = {}
    if market == "quotes":
        rows, near = quotes(numbers)
    elif market == "trades":
        rows, near = trades(numbers)
    elif market == "bars":
        rows, near = bars(numbers)
    else:
        rows, near = book(numbers, with_trades=market == "book and trades")
        venue["book_type"] = "L2_MBP"
        venue["liquidity_consumption"] = seed % 8 != 0
    if market == "trades":
        venue["liquidity_consumption"] = seed % 4 == 0
    # Of quotes one in three has a bracket and nothing else that trades, and one in three has everything; of others one in six
    # and one in twelve
    every = 3 if market == "quotes" else 6
    kinds: tuple[str, ...] = ("market", "limit", "limit", "stop", "stop_limit", "cancel", "modify")
    kinds += ("market_to_limit", "if_touched", "limit_if_touched")
    if market == "book and trades":
        # Triggers are judged otherwise there: one kind of them, and seldom
        kinds = ("market", "market", "limit", "limit", "limit", "limit", "cancel", "modify", "market_to_limit", "stop")
    n = numbers.randint(1, 8)
    if seed % every == 1:
        kinds = ("cancel",)
    elif seed % every == 2 and (market == "quotes" or seed % 12 == 2):
        kinds += ("bracket",)
    actions: dict[str, list[dict[str, Any]]] = {}
    for i in range(n):
        at = numbers.randrange(N_ROWS)
        if rows[at][0] == "trade" and venue.get("book_type"):
            # Between a trade and the change of the book that it causes the two engines see different books
            at += 1 if at + 1 < N_ROWS else -1
        kind = "bracket" if seed % every == 1 and i == 0 else numbers.choice(kinds)
        actions.setdefault(str(at), []).append(order(numbers, kind, near[at], at, market))
    return {"market": market, "venue": venue, "rows": rows, "actions": actions}


def order(numbers: random.Random, kind: str, near: int, at: int, market: str) -> dict[str, Any]:
    """Return an action near a price: an order, or a change of one."""
    side = numbers.choice((1, 2))
    action: dict[str, Any] = {
        "kind": kind,
        "side": side,
        "qty": 1_000 * numbers.randint(1, 5),
        "price": near + numbers.randint(-6, 7),
        "index": numbers.randrange(6),
    }
    sign = 1 if side == 1 else -1
    action["trigger"] = near + sign * numbers.randint(4, 9)
    action["touch"] = near - sign * numbers.randint(4, 9)
    if kind == "limit":
        action["tif"] = numbers.choice(("GTC", "GTC", "IOC", "FOK"))
        action["post_only"] = action["tif"] == "GTC" and numbers.random() < 0.3
    elif kind == "bracket":
        action["price"] = numbers.choice((0, near - sign * numbers.randint(1, 5)))
        action["profit"] = near + sign * numbers.randint(5, 12)
        action["stop"] = near - sign * numbers.randint(7, 14)
        action["contingency"] = numbers.choice(("OCO", "OUO"))
    if market == "quotes":
        return action
    if kind in ("limit", "stop", "stop_limit", "if_touched", "limit_if_touched") and numbers.random() < 0.2:
        action.pop("tif", None)
        # In half steps after the start: between two rows, or at the very time of one
        action["expire"] = 2 * at + numbers.randint(1, 20)
    if kind in ("stop", "if_touched", "stop_limit", "limit_if_touched") and market == "book and trades":
        action["by"] = numbers.choice(("BID_ASK", "LAST_PRICE"))
    return action
