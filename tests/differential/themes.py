"""More random scenarios: one theme each, so that what differs can be told apart; and scenarios without any restriction."""

from __future__ import annotations

import random
from typing import Any

from tests.differential.plans import MID, N_ROWS, Book, Row, bars, order, quotes, trades

THEMES = ("trailing", "emulated", "day", "moved triggers", "reduce-only", "shown in part", "cancel all and close")
# Midnight UTC; a scenario begins so long before it that the day ends within its rows
MIDNIGHT = 1_700_006_400_000_000_000
STEP = 1_000_000_000
PLAIN = ("market", "limit", "stop", "stop_limit", "market_to_limit", "if_touched", "limit_if_touched")
TRIGGERED = ("stop", "stop_limit", "if_touched", "limit_if_touched")
# What the peer's emulator hears of: it does not watch books and bars
HEARD = {"quotes": ("DEFAULT", "BID_ASK"), "trades": ("LAST_PRICE",), "bars": (), "book": (), "book and trades": ("LAST_PRICE",)}
# What an emulator can hold
HOLDABLE = ("limit", *TRIGGERED, "trail", "trail_limit")
# What the data of a market can trigger
TRIGGERS = {
    "quotes": ("DEFAULT", "BID_ASK"),
    "trades": ("DEFAULT", "BID_ASK", "LAST_PRICE"),
    "bars": ("DEFAULT", "BID_ASK", "LAST_PRICE"),
    "book": ("DEFAULT", "BID_ASK"),
    "book and trades": ("DEFAULT", "BID_ASK", "LAST_PRICE"),
}


def free_trades(numbers: random.Random) -> tuple[list[Row], list[int]]:
    """Return trades of any size, each of any aggressor."""
    price, rows, near = MID, [], []
    for _ in range(N_ROWS):
        price += numbers.randint(-3, 3)
        size = 500 * numbers.randint(1, 40)
        rows.append(["trade", price, size, numbers.choice(("BUYER", "SELLER", "NO_AGGRESSOR"))])
        near.append(price)
    return rows, near


class FreeBook(Book):
    """A book whose sizes may come again."""

    def size(self) -> int:
        return 500 * self.numbers.randint(1, 12)


def book_rows(state: Book, with_trades: bool) -> tuple[list[Row], list[int]]:
    """Return batches of changes of a book, and if asked trades at its touch, each followed by the change it causes."""
    numbers = state.numbers
    rows: list[Row] = []
    near: list[int] = []
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


def market_of(numbers: random.Random, market: str, free: bool) -> tuple[list[Row], list[int]]:
    """Return rows of a market, and the price near each."""
    if market == "quotes":
        return quotes(numbers)
    if market == "trades":
        return free_trades(numbers) if free else trades(numbers)
    if market == "bars":
        return bars(numbers)
    return book_rows(FreeBook(numbers) if free else Book(numbers), with_trades=market == "book and trades")


def trail(numbers: random.Random, action: dict[str, Any], near: int, market: str) -> None:
    """Make an action a trailing stop."""
    sign = 1 if action["side"] == 1 else -1
    action["unit"] = numbers.choice(("PRICE", "BASIS_POINTS", "TICKS"))
    ticks = numbers.randint(2, 9)
    # 110,000 ticks: a basis point is 11 of them
    offsets = {"PRICE": f"{ticks / 1e5:.5f}", "TICKS": f"{ticks}", "BASIS_POINTS": f"{ticks / 10:.1f}"}
    action["offset"] = offsets[action["unit"]]
    action["limit_offset"] = offsets[action["unit"]]
    action["by"] = numbers.choice(TRIGGERS[market])
    if numbers.random() < 0.25:
        # A buy wakes when the market is as low
        action["activation_price"] = near - sign * numbers.randint(1, 6)
    elif numbers.random() < 0.25:
        action["trigger_price"] = near + sign * numbers.randint(4, 9)


def kinds_of(theme: str) -> tuple[str, ...]:
    """Return the kinds of action of a theme, as often as they are named."""
    if theme == "trailing":
        return ("trail", "trail", "trail", "trail_limit", "trail_limit", "market", "cancel", "move")
    if theme == "emulated":
        return (*HOLDABLE, "market", "cancel", "move")
    if theme == "moved triggers":
        return (*TRIGGERED, *TRIGGERED, "move", "move", "move", "cancel")
    if theme == "reduce-only":
        return ("market", "market", *PLAIN, "cancel", "modify")
    if theme == "shown in part":
        return ("limit", "limit", "stop_limit", "market", "cancel", "modify")
    if theme == "cancel all and close":
        return ("market", "limit", "limit", "stop", "if_touched", "cancel_all", "close_position")
    return (*PLAIN, "limit", "cancel")


def themed(numbers: random.Random, theme: str, kind: str, near: int, at: int, market: str) -> dict[str, Any]:
    """Return an action of a theme near a price."""
    action = order(numbers, kind, near, at, market)
    if kind in ("trail", "trail_limit"):
        trail(numbers, action, near, market)
    elif kind in TRIGGERED:
        action.setdefault("by", numbers.choice(TRIGGERS[market]))
    if theme == "emulated" and kind in HOLDABLE and HEARD[market] and numbers.random() < 0.8:
        action["emulated"] = action["by"] = numbers.choice(HEARD[market])
        action.pop("post_only", None)
        if kind == "limit":
            action.pop("tif", None)
    elif theme == "day" and kind != "cancel" and "expire" not in action:
        action["tif"] = numbers.choice(("DAY", "DAY", "GTC"))
        action.pop("post_only", None)
    elif theme == "reduce-only" and kind in PLAIN:
        action["reduce_only"] = numbers.random() < 0.6
    elif theme == "shown in part" and kind in ("limit", "stop_limit"):
        action["show"] = min(action["qty"], 500 * numbers.randint(1, 3))
        action.pop("tif", None)
    return action


def venue_of(numbers: random.Random, market: str) -> dict[str, Any]:
    """Return the settings of a venue."""
    venue: dict[str, Any] = {}
    if market in ("book", "book and trades"):
        venue["book_type"] = "L2_MBP"
        venue["liquidity_consumption"] = numbers.random() < 0.85
    elif market == "trades":
        venue["liquidity_consumption"] = numbers.random() < 0.25
    return venue


def theme_scenario(market: str, seed: int) -> dict[str, Any]:
    """Return a scenario of one theme; seven seeds in a row have all of them."""
    theme = THEMES[seed % len(THEMES)]
    numbers = random.Random(f"{theme}, {market} {seed}")
    rows, near = market_of(numbers, market, free=False)
    plan: dict[str, Any] = {"set": "themes", "theme": theme, "market": market, "venue": venue_of(numbers, market), "rows": rows}
    if theme == "day":
        plan["start"] = MIDNIGHT - numbers.randint(2 * N_ROWS // 4, 2 * N_ROWS) * STEP // 2
    actions: dict[str, list[dict[str, Any]]] = {}
    for _ in range(numbers.randint(1, 6)):
        at = numbers.randrange(1, N_ROWS)
        if rows[at][0] == "trade" and plan["venue"].get("book_type"):
            at += 1 if at + 1 < N_ROWS else -1
        kind = numbers.choice(kinds_of(theme))
        actions.setdefault(str(at), []).append(themed(numbers, theme, kind, near[at], at, market))
    plan["actions"] = actions
    return plan


def free_scenario(market: str, seed: int) -> dict[str, Any]:
    """Return a scenario of everything at once: all kinds, at any row, brackets and triggers as often as the rest."""
    numbers = random.Random(f"free, {market} {seed}")
    rows, near = market_of(numbers, market, free=True)
    plan: dict[str, Any] = {"set": "free", "market": market, "venue": venue_of(numbers, market), "rows": rows}
    if market != "bars":
        plan["venue"]["liquidity_consumption"] = numbers.random() < 0.5
    plan["start"] = MIDNIGHT - numbers.randint(2 * N_ROWS // 4, 2 * N_ROWS) * STEP // 2
    kinds = (*PLAIN, "bracket", "trail", "trail_limit", "cancel", "modify", "move", "cancel_all", "close_position")
    actions: dict[str, list[dict[str, Any]]] = {}
    for _ in range(numbers.randint(1, 8)):
        at = numbers.randrange(N_ROWS)
        theme = numbers.choice(THEMES)
        kind = numbers.choice(kinds)
        actions.setdefault(str(at), []).append(themed(numbers, theme, kind, near[at], at, market))
    plan["actions"] = actions
    return plan
