"""Random markets, orders of every type and settings of a venue, as whole runs: what must hold whatever happens.

A failing example is a case in words; it can be pasted into a table of `tests/conformance`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import FillModel, LatencyModel, RiskAverseQueueModel
from nautilus_lite.model.enums import OrderStatus
from nautilus_lite.model.events.order import OrderFilled
from tests.conformance.script import PIVOT, SECOND, START, USD, Case, run, sized

TRADED = ("trade_at", "trade_through", "queue_cleared")
LIMITED = ("LIMIT", "STOP_LIMIT", "LIMIT_IF_TOUCHED", "MARKET_TO_LIMIT", "TRAILING_STOP_LIMIT")
MARKETS = ("quotes", "quotes and trades", "trades", "bars", "book", "book and trades", "orders and trades")
BOOK_OF = {"book": "L2", "book and trades": "L2", "orders and trades": "L3"}


def market_line(numbers: random.Random, market: str, i: int, sizes: set[int]) -> str:
    """Return a line of a market near the pivot. No two sizes of a book are alike, so that each is fresh liquidity."""
    mid = PIVOT + numbers.randint(-6, 6)

    def size() -> int:
        sizes.add(max(sizes) + 1)
        return max(sizes)

    if market == "trades" or (market.endswith("and trades") and i and numbers.random() < 0.4):
        return f"trade {mid}x{numbers.randint(1, 60)} {numbers.choice(('buyer', 'seller', 'none'))}"
    if market == "bars":
        prices = [PIVOT + numbers.randint(-6, 6) for _ in range(4)]
        return f"bar {prices[0]} {max(prices)} {min(prices)} {prices[3]} x{numbers.randint(1, 200)}"
    if market.startswith("quotes"):
        return f"quote {mid}x{size()} {mid + numbers.randint(1, 3)}x{size()}"
    bids = " ".join(f"{mid - depth}x{size()}" for depth in range(numbers.randint(0, 3)))
    asks = " ".join(f"{mid + 1 + depth}x{size()}" for depth in range(numbers.randint(0, 3)))
    return f"book {bids} | {asks}" if bids or asks else f"book {mid}x{size()} |"


def command(numbers: random.Random, n_sent: int) -> str:
    """Return an order of any type near the pivot, or a change of one."""
    if n_sent and numbers.random() < 0.2:
        n = numbers.randint(1, n_sent)
        changes = (f"modify {n} to {numbers.randint(1, 60)}", f"modify {n} at {PIVOT + numbers.randint(-6, 6)}")
        return "> " + numbers.choice((f"cancel {n}", *changes))
    side = numbers.choice(("buy", "sell"))
    sign = 1 if side == "buy" else -1
    price, worse = PIVOT + numbers.randint(-6, 6), PIVOT + sign * numbers.randint(3, 8)
    better = PIVOT - sign * numbers.randint(3, 8)
    tail = numbers.choice(("", "", "", " ioc", " fok", " day", f" gtd {numbers.randint(8, 24) / 2}"))
    reduce_only = numbers.choice(("", "", "", " reduce-only"))
    kind = numbers.choice(
        (
            f"market {{}}{numbers.choice(('', '', ' ioc', ' fok'))}",
            f"limit {{}} at {price}{tail}",
            f"limit {{}} at {price}{tail}",
            f"limit {{}} at {price} post-only",
            f"limit {{}} at {price} show 5",
            "market-to-limit {}",
            f"stop-market {{}} trigger {worse}",
            f"stop-limit {{}} at {worse + numbers.randint(-2, 2)} trigger {worse}",
            f"market-if-touched {{}} trigger {better}",
            f"limit-if-touched {{}} at {better + numbers.randint(-2, 2)} trigger {better}",
            f"trailing-stop-market {{}} trail {numbers.randint(1, 5)}",
            f"trailing-stop-limit {{}} trail {numbers.randint(1, 4)} trail-limit {numbers.randint(1, 6)}",
        )
    )
    return f"> {side} {kind.format(numbers.randint(5, 60))}{reduce_only}"


def make(market: str, seed: int) -> tuple[Case, str, dict[str, Any]]:
    """Return a random case, its book, and its settings."""
    numbers = random.Random(f"{market} {seed}")
    lines = []
    sizes = {0}
    for i in range(12):
        lines.append(market_line(numbers, market, i, sizes))
        for _ in range(numbers.choice((0, 0, 1, 1, 2))):
            n_sent = sum(line.startswith(("> buy", "> sell")) for line in lines)
            lines.append(command(numbers, n_sent))
    latency = numbers.choice((0, 0, 700_000_000, 1_500_000_000))
    queues = market.endswith("and trades") and numbers.random() < 0.3
    told = {
        "liquidity_consumption": numbers.random() < 0.5,
        "reject_stop_orders": numbers.random() < 0.5,
        "latency": latency,
        "queues": queues,
        "chance": numbers.choice((1.0, 0.5, 0.0)),
    }

    def venue() -> dict[str, Any]:
        return {
            "liquidity_consumption": told["liquidity_consumption"],
            "reject_stop_orders": told["reject_stop_orders"],
            "latency_model": LatencyModel(base_latency_nanos=latency) if latency else None,
            "queue_model": RiskAverseQueueModel() if queues else None,
            "fill_model": FillModel(prob_fill_on_limit=told["chance"], random_seed=seed),
        }

    return Case(f"{market} {seed}", tuple(lines), (), ("L1",), venue, False), BOOK_OF.get(market, "L1"), told


def fills_of(orders: list[Any]) -> list[tuple[Any, OrderFilled]]:
    return [(order, event) for order in orders for event in order.events if isinstance(event, OrderFilled)]


def limit_at(order: Any, fill: OrderFilled) -> int:
    """Return the limit price of an order when it filled."""
    price = None
    for event in order.events:
        if event is fill:
            break
        options = getattr(event, "options", None) or {}
        given = getattr(event, "price", None) or options.get("price")
        if given is not None:
            price = given.raw if hasattr(given, "raw") else round(float(given) * 100)
    assert price is not None
    return price


def check_terms(orders: list[Any], told: dict[str, Any]) -> None:
    for order in orders:
        fills = [event for event in order.events if isinstance(event, OrderFilled)]
        sign = 1 if order.side.name == "BUY" else -1
        assert sum(fill.last_qty.raw for fill in fills) == order.filled_qty.raw <= order.quantity.raw
        for fill in fills:
            # Nothing fills before it arrived
            assert fill.ts_event >= order.ts_init + told["latency"]
            if order.order_type.name in LIMITED and not (order.order_type.name == "MARKET_TO_LIMIT" and fill is fills[0]):
                assert sign * fill.last_px.raw <= sign * limit_at(order, fill)
        assert order.is_closed or order.status in (OrderStatus.ACCEPTED, OrderStatus.TRIGGERED, OrderStatus.PARTIALLY_FILLED)


def check_time_and_position(strategy: Any) -> None:
    """Time never goes back, and a reduce-only order never flips or raises the position."""
    heard_before = event_before = position = 0
    for heard, event in strategy.heard:
        assert heard >= heard_before
        heard_before = heard
        if not isinstance(event, OrderFilled):
            continue
        assert event.ts_event >= event_before
        event_before = event.ts_event
        order = strategy.cache.order(event.client_order_id)
        after = position + event.last_qty.raw * (1 if event.order_side.name == "BUY" else -1)
        if order.is_reduce_only:
            assert position * after >= 0
            assert abs(after) < abs(position)
        position = after


def check_account(engine: Any) -> None:
    """Without fees what was won and lost is the whole change of the balance."""
    account = engine.cache.accounts()[0]
    balance = account.balances()[USD]
    assert balance.total.raw == balance.locked.raw + balance.free.raw
    cycles = engine.cache.positions() + engine.cache.position_snapshots()
    assert balance.total.raw == 100_000_000 + sum(position.realized_pnl.raw for position in cycles)
    result = engine.get_result()
    assert [problem for statement in result.statements for problem in statement.problems()] == []
    assert result.reconcile()["difference"].tolist() == [0.0]


def check_shown_and_traded(case: Case, orders: list[Any]) -> None:
    """Up to any moment no more was had of a side than it showed anew, and of a trade no more than its size."""
    fresh = {"BUY": defaultdict(int), "SELL": defaultdict(int)}
    traded: dict[int, int] = {}
    step = 0
    for line in case.lines:
        kind, *terms = line.split()
        if kind == ">":
            continue
        step += 1
        if kind == "trade":
            traded[step] = sized(terms[0], 1)[1]
        side = "SELL"
        for i, term in enumerate(terms if kind in ("quote", "book") else ()):
            if term == "|" or (kind == "quote" and i == 1):
                side = "BUY"
            if term != "|":
                fresh[side][step] += sized(term, 0)[1]
    had: dict[str, dict[int, int]] = {"BUY": defaultdict(int), "SELL": defaultdict(int)}
    of_trade: dict[int, int] = defaultdict(int)
    for order, fill in fills_of(orders):
        at = (fill.ts_event - START) // SECOND
        if fill.fill_reason in TRADED:
            of_trade[at] += fill.last_qty.raw
        else:
            had[order.side.name][at] += fill.last_qty.raw
    for at, quantity in of_trade.items():
        assert quantity <= traded[at]
    for side in ("BUY", "SELL"):
        for at in had[side]:
            assert sum(q for t, q in had[side].items() if t <= at) <= sum(q for t, q in fresh[side].items() if t <= at)


def check_first_come_first_served(strategy: Any) -> None:
    """Of own limits of a side and price that rested all the while, the later is not filled while the earlier is open."""
    limits = [order for order in strategy.sent if order.order_type.name == "LIMIT"]
    plain = [order for order in limits if not any(type(event).__name__ == "OrderUpdated" for event in order.events)]
    for i, first in enumerate(plain):
        for second in plain[i + 1 :]:
            if (first.side, first.price) != (second.side, second.price) or first.is_reduce_only or second.is_reduce_only:
                continue
            makes = [e for e in second.events if isinstance(e, OrderFilled) and e.liquidity_side.name == "MAKER"]
            last = first.events[-1].ts_event if first.is_closed else None
            accepted = [e.ts_event for e in first.events if type(e).__name__ == "OrderAccepted"]
            # Both at rest, and the first not closed before the second filled
            assert not (makes and accepted and (last is None or last > makes[-1].ts_event)), (first, second)


@pytest.mark.parametrize("market", MARKETS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_venue_keeps_its_terms(market: str, seed: int) -> None:
    case, book, told = make(market, seed)
    _, strategy, engine = run(case, book, False)
    check_terms(strategy.sent, told)
    check_time_and_position(strategy)
    check_account(engine)
    if told["liquidity_consumption"] and market not in ("bars", "trades"):
        check_shown_and_traded(case, strategy.sent)
    if market != "orders and trades" and not told["queues"] and told["chance"] == 1.0:
        check_first_come_first_served(strategy)
    engine.dispose()
