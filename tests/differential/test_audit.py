"""What this engine says of random scenarios follows from their rows; and what does not follow is told."""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.differential import scripted, test_scenarios
from tests.differential.audit import wrong
from tests.differential.differences import name_of
from tests.differential.plans import MARKETS, scenario
from tests.differential.themes import THEMES, free_scenario, theme_scenario

API = sys.modules[test_scenarios.__name__]
# Enough of each that every check has something to look at
SETS: dict[str, tuple[Callable[[str, int], dict[str, Any]], int]] = {
    "plain": (scenario, 40),
    "themes": (theme_scenario, 7 * len(THEMES)),
    "free": (free_scenario, 40),
}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("market", MARKETS)
def test_what_became_of_orders_follows_from_the_rows(market: str, name: str) -> None:
    make, n = SETS[name]
    for seed in range(n):
        plan = make(market, seed)
        assert wrong(plan, scripted.run(API, plan)) == [], seed


def answer(row: int, kind: str, **more: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a scenario of a few quotes with one order, and what became of it."""
    # The ask: 110,002, 110,001, 109,998 and 110,005
    rows = [["quote", ask - 2, ask, 4_000, 4_000] for ask in (110_002, 110_002, 110_001, 109_998, 110_005, 110_006)]
    action = {"kind": kind, "side": 1, "qty": 3_000, "price": 110_000, "trigger": 110_004, "touch": 110_001, "index": 0, **more}
    plan = {"market": "quotes", "venue": {}, "rows": rows, "actions": {str(row): [action]}, "start": 1_700_000_000_000_000_000}
    return plan, scripted.run(API, plan)


def told(plan: dict[str, Any], orders: list[dict[str, Any]], change: Callable[[dict[str, Any]], None]) -> str:
    """Return what the audit says of an answer that was right before it was changed."""
    assert wrong(plan, orders) == []
    changed = copy.deepcopy(orders)
    change(changed[0])
    return "; ".join(wrong(plan, changed))


def refill(order: dict[str, Any], **terms: Any) -> None:
    time, qty, price, side = order["fills"][0]
    order["fills"][0] = [terms.get("time", time), terms.get("qty", qty), terms.get("price", price), terms.get("side", side)]


def unfill(order: dict[str, Any]) -> None:
    order.update(status="ACCEPTED", fills=[], events=[e for e in order["events"] if e[0] not in ("Filled", "Triggered")])


def test_a_fill_beyond_the_limit_is_told() -> None:
    plan, orders = answer(1, "limit")
    assert orders[0]["fills"] == [[3.0, 3_000, "1.10000", "MAKER"]]
    assert "beyond its limit" in told(plan, orders, lambda order: refill(order, price="1.10001"))


def test_a_fill_where_the_market_was_not_is_told() -> None:
    plan, orders = answer(1, "limit")
    assert "did not reach" in told(plan, orders, lambda order: refill(order, time=2.0))
    plan, orders = answer(1, "market")
    assert "where the market was" in told(plan, orders, lambda order: refill(order, price="1.10004"))


def test_a_fill_that_is_missing_is_told() -> None:
    plan, orders = answer(1, "limit")
    assert "filled 0 of 3000" in told(plan, orders, unfill)


def test_a_part_that_is_missing_is_told() -> None:
    plan, orders = answer(1, "limit")

    def part(order: dict[str, Any]) -> None:
        refill(order, qty=2_000)
        order["status"] = "PARTIALLY_FILLED"

    assert "filled 2000 of 3000" in told(plan, orders, part)


def test_a_quantity_that_does_not_add_up_is_told() -> None:
    plan, orders = answer(1, "market")
    assert "more filled than its quantity" in told(plan, orders, lambda order: refill(order, qty=4_000))


def test_a_trade_that_passes_an_order_over_is_told() -> None:
    rows = [["trade", price, 2_000, "NO_AGGRESSOR"] for price in (110_002, 110_002, 110_000, 110_003)]
    action = {"kind": "limit", "side": 1, "qty": 3_000, "price": 110_000, "trigger": 0, "index": 0}
    plan = {"market": "trades", "venue": {}, "rows": rows, "actions": {"1": [action]}}
    orders = scripted.run(API, plan)
    assert orders[0]["fills"] == [[2.0, 2_000, "1.10000", "MAKER"]]
    assert "a trade of 2000 at 110000, and all orders made 0" in told(plan, orders, unfill)


@pytest.mark.parametrize("expire", [6, 7])
def test_an_order_that_outlives_its_time_is_told(expire: int) -> None:
    # At the row that would fill it, and half a row after
    plan, orders = answer(1, "limit", price=109_990, expire=expire)
    assert orders[0]["status"] == "EXPIRED"

    def later(order: dict[str, Any]) -> None:
        order["events"][-1][1] += 0.5

    assert f"not at {expire / 2}" in told(plan, orders, later)
    assert "was over at" in told(plan, orders, lambda order: order.update(status="ACCEPTED", events=order["events"][:-1]))


def test_a_trigger_too_soon_or_too_late_is_told() -> None:
    plan, orders = answer(1, "stop")
    assert orders[0]["fills"] == [[4.0, 3_000, "1.10005", "TAKER"]]
    assert "and fired at" in told(plan, orders, unfill)
    assert "did not reach" in told(plan, orders, lambda order: refill(order, time=3.0, price="1.09998"))


def test_a_trail_one_tick_off_is_told() -> None:
    plan, orders = answer(1, "trail", unit="TICKS", offset="4", by="BID_ASK", limit_offset="4")
    # 109,998 + 4
    assert (orders[0]["trigger"], orders[0]["fills"]) == ("1.10002", [[4.0, 3_000, "1.10005", "TAKER"]])
    assert "had to stand at" in told(plan, orders, lambda order: order.update(trigger="1.10003"))


def test_an_order_that_was_to_fill_at_once_and_waits_is_told() -> None:
    plan, orders = answer(1, "limit", tif="IOC")
    assert "to end at once" in told(plan, orders, lambda order: order.update(events=order["events"][:-1]))


def spoil(numbers: random.Random, order: dict[str, Any]) -> None:
    """Make one fill of an order wrong: a tick, a part, a row, or all of it."""
    i = numbers.randrange(len(order["fills"]))
    fill, event = order["fills"][i], [j for j, e in enumerate(order["events"]) if e[0] == "Filled"][i]
    kind = numbers.choice(("tick", "part", "row", "all"))
    if kind == "tick":
        fill[2] = f"{float(fill[2]) + numbers.choice((-1, 1)) / 1e5:.5f}"
    elif kind == "row":
        for told_later in order["events"][event:]:
            told_later[1] += 1
        for later in order["fills"][i:]:
            later[0] += 1
    elif kind == "part" and fill[1] > 500:
        fill[1] -= 500
    else:
        del order["fills"][i], order["events"][event]
    if order["status"] == "FILLED" and sum(f[1] for f in order["fills"]) < order["quantity"]:
        order["status"] = "PARTIALLY_FILLED" if order["fills"] else "ACCEPTED"


def test_names_and_audit_together_let_little_pass() -> None:
    """Were one fill wrong here and right there: how often would a name say that it must be so, and the audit nothing?"""
    n = n_passed = 0
    for name, (make, _) in SETS.items():
        for market in MARKETS:
            for seed in range(20):
                plan = make(market, seed)
                right = scripted.run(API, plan)
                numbers = random.Random(f"{name} {market} {seed}")
                # The last row has none after it
                chosen = [i for i, o in enumerate(right) if o["fills"] and o["fills"][-1][0] < len(plan["rows"]) - 1]
                if chosen:
                    spoiled = copy.deepcopy(right)
                    index = numbers.choice(chosen)
                    spoil(numbers, spoiled[index])
                    n += 1
                    n_passed += not wrong(plan, spoiled) and name_of(plan, spoiled, right, index) is not None
    print(f"{n_passed} of {n} wrong answers would pass")
    assert n > 200 and n_passed < 0.04 * n
