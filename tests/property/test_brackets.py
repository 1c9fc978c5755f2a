"""Random brackets, positions and commands: exits are for what their entry filled, and for its position alone."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import FillModel, LatencyModel
from nautilus_lite.model.data import BookOrder, OrderBookDelta, OrderBookDeltas, TradeTick
from nautilus_lite.model.enums import (
    AggressorSide,
    BookAction,
    BookType,
    ContingencyType,
    OmsType,
    OrderSide,
    OrderType,
    TriggerType,
)
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import StrategyId, TradeId
from nautilus_lite.model.objects import Price
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.venue_runs import SECOND, engine, perpetual, quote

BTC = perpetual()
BUY, SELL = OrderSide.BUY, OrderSide.SELL


def px(ticks: int) -> Price:
    return Price.from_raw(ticks, 2)


def market(numbers: random.Random, n: int, book: BookType) -> list[Any]:
    """Quotes or an L2 book, and trades around them."""
    rows: list[Any] = []
    mid = 10_000
    for i in range(1, n):
        mid += numbers.choice((-6, -3, -1, 0, 1, 3, 6))
        ts, wide = i * SECOND, numbers.choice((1, 2, 3))
        if book == BookType.L1_MBP:
            rows.append(quote(BTC, ts, str(px(mid)), str(px(mid + wide)), numbers.randint(1, 15)))
        else:
            deltas = [OrderBookDelta.clear(BTC.id, i, ts, ts)]
            for depth in range(3):
                for side, price in ((BUY, mid - depth), (SELL, mid + wide + depth)):
                    order = BookOrder(side, px(price), BTC.make_qty(numbers.randint(1, 8)), 0)
                    deltas.append(OrderBookDelta(BTC.id, BookAction.ADD, order, 0, i, ts, ts))
            rows.append(OrderBookDeltas(BTC.id, deltas))
        if numbers.random() < 0.5:
            price = px(mid + numbers.choice((0, wide, -4, 4)))
            side = numbers.choice(list(AggressorSide))
            rows.append(TradeTick(BTC.id, price, BTC.make_qty(numbers.randint(1, 12)), side, TradeId(str(i)), ts + 1, ts + 1))
    return rows


class Brackets(Strategy):
    """Sends brackets and single orders, changes entries, cancels and closes; never changes the size of an exit."""

    def __init__(self, seed: int, name: str, emulates: bool) -> None:
        super().__init__(StrategyConfig(strategy_id=StrategyId(f"B-{name}")))
        self.seed, self.emulates = seed, emulates
        self.on_reset()

    def on_reset(self) -> None:
        self.numbers = random.Random(self.seed)
        self.brackets: list[list[Any]] = []

    def on_start(self) -> None:
        self.clock.set_timer_ns("step", SECOND // 2, callback=self.step)

    def step(self, event: Any) -> None:
        numbers, mid = self.numbers, self.cache.order_book(BTC.id).midpoint()
        kind = numbers.random()
        side, size = numbers.choice((BUY, SELL)), BTC.make_qty(numbers.randint(1, 10))
        if mid is None or kind > 0.5:
            return
        if kind < 0.2:
            self.bracket(round(mid * 100), side, size)
        elif kind < 0.3:
            self.submit_order(self.order_factory.market(BTC.id, side, size))
        elif kind < 0.4:
            orders = [order for bracket in self.brackets for order in bracket]
            orders = [order for order in orders if not order.is_closed and not order.is_pending_cancel]
            if orders:
                order = numbers.choice(orders)
                if order.parent_order_id is None and order.has_price and numbers.random() < 0.6:
                    self.modify_order(order, quantity=size, price=px(round(mid * 100) + numbers.randint(-10, 10)))
                else:
                    self.cancel_order(order)
        elif kind < 0.43:
            self.cancel_all_orders(BTC.id)
        elif kind < 0.46:
            self.close_all_positions(BTC.id)

    def bracket(self, mid: int, side: OrderSide, size: Any) -> None:
        numbers, sign = self.numbers, 1 if side == BUY else -1
        options: dict[str, Any] = {}
        if numbers.random() < 0.7:
            options = {"entry_order_type": OrderType.LIMIT, "entry_price": px(mid - sign * numbers.randint(-3, 10))}
        if self.emulates and numbers.random() < 0.4:
            options["emulation_trigger"] = numbers.choice((TriggerType.BID_ASK, TriggerType.LAST_PRICE, TriggerType.MID_POINT))
        made = self.order_factory.bracket(
            BTC.id, side, size, tp_price=px(mid + sign * numbers.randint(11, 25)), tp_post_only=False,
            sl_trigger_price=px(mid - sign * numbers.randint(11, 25)),
            contingency_type=numbers.choice((ContingencyType.OUO, ContingencyType.OCO)), **options,
        )  # fmt: skip
        self.brackets.append(made.orders)
        self.submit_order_list(made)


def times_of(order: Any) -> list[int]:
    return [event.ts_event for event in order.events if isinstance(event, OrderFilled)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_exits_are_for_what_their_entry_filled(seed: int) -> None:
    numbers = random.Random(seed)
    hedges, book = numbers.random() < 0.5, numbers.choice((BookType.L1_MBP, BookType.L2_MBP))
    latency = LatencyModel(
        numbers.choice((0, SECOND // 3)), response_latency_nanos=numbers.choice((0, SECOND // 4, 2 * SECOND))
    )
    emulates = numbers.random() < 0.5
    strategies = [Brackets(seed + i, f"{i:03}", emulates) for i in range(2)]
    made = engine(
        [BTC], market(numbers, 80, book), strategies, oms=OmsType.HEDGING if hedges else OmsType.NETTING, book=book,
        latency_model=latency, reject_stop_orders=numbers.random() < 0.5, liquidity_consumption=numbers.random() < 0.4,
        fill_model=FillModel(prob_fill_on_limit=numbers.choice((1.0, 0.5))),
    )  # fmt: skip
    made.run()
    result = made.get_result()
    for exchange in made.kernel.exchanges:
        exchange._check()
    for strategy in strategies:
        for entry, *exits in strategy.brackets:
            assert sum(order.filled_qty.as_decimal() for order in exits) <= entry.filled_qty.as_decimal()
            stop = exits[0]
            if not emulates and times_of(stop):
                # Nothing is bought that has lost its stop already
                assert max(times_of(entry)) <= min(times_of(stop))
            if hedges:
                fills = [event for order in exits for event in order.events if isinstance(event, OrderFilled)]
                assert {event.position_id for event in fills} <= {made.cache.position_id(entry.client_order_id)}
    (balance,) = result.accounts[0].balances_total().values()
    pnl = sum((p.realized_pnl.as_decimal() for p in [*result.positions, *result.snapshots]), Decimal(0))
    assert balance.as_decimal() == 1_000_000 + pnl
    digest = result.digest
    made.reset()
    made.run()
    assert made.get_result().digest == digest
