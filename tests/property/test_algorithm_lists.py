"""Random lists of emulated, worked and plain orders: nothing is lost, and exits sell no more than was bought."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import FillModel, LatencyModel, LogNormalLatencyModel
from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm
from nautilus_lite.execution.algorithm import ExecAlgorithm
from nautilus_lite.execution.config import ExecAlgorithmConfig
from nautilus_lite.model.enums import BookType, ContingencyType, OmsType, OrderSide, OrderStatus, OrderType, TriggerType
from nautilus_lite.model.events.order import OrderDenied, OrderFilled, OrderRejected
from nautilus_lite.model.identifiers import ExecAlgorithmId, StrategyId
from nautilus_lite.model.objects import Quantity
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.property.test_brackets import BTC, BUY, SELL, market, px
from tests.venue_runs import SECOND, engine

TWAP, CLIPS = ExecAlgorithmId("TWAP"), ExecAlgorithmId("CLIPS")
TRIGGERS = (TriggerType.BID_ASK, TriggerType.LAST_PRICE, TriggerType.MID_POINT)
WORKING = (OrderStatus.ACCEPTED, OrderStatus.TRIGGERED, OrderStatus.PARTIALLY_FILLED)


class Clips(ExecAlgorithm):
    """Works an order by limits of random sizes around the market, changes and cancels some, sends the primary or lets it lie."""

    def __init__(self, seed: int) -> None:
        super().__init__(ExecAlgorithmConfig(exec_algorithm_id=CLIPS))
        self.seed = seed
        self.on_reset()

    def on_reset(self) -> None:
        self.numbers = random.Random(self.seed)
        self.clips: list[Any] = []
        self.primaries: list[Any] = []

    def on_start(self) -> None:
        self.clock.set_timer_ns("work", SECOND // 3, callback=self.step)

    def on_order(self, order: Any) -> None:
        assert not order.is_closed
        self.primaries.append(order)
        if self.numbers.random() < 0.7:
            self.clip(order)

    def clip(self, order: Any) -> None:
        numbers, left = self.numbers, order.leaves_qty.raw
        mid = self.cache.order_book(BTC.id).midpoint()
        if order.is_closed or not order.is_active_local or mid is None:
            return
        if left < 2 or numbers.random() < 0.2:
            self.submit_order(order)
            return
        quantity = Quantity.from_raw(numbers.randint(1, left - 1), order.leaves_qty.precision)
        kind = numbers.random()
        if kind < 0.3:
            clip = self.spawn_market(order, quantity, reduce_only=order.is_reduce_only)
        elif kind < 0.4:
            clip = self.spawn_market_to_limit(order, quantity, reduce_only=order.is_reduce_only)
        else:
            clip = self.spawn_limit(
                order, quantity, px(round(mid * 100) + numbers.randint(-8, 8)), reduce_only=order.is_reduce_only,
                emulation_trigger=numbers.choice((TriggerType.NO_TRIGGER, TriggerType.NO_TRIGGER, TriggerType.BID_ASK)),
                post_only=numbers.random() < 0.2,
            )  # fmt: skip
        self.clips.append(clip)
        self.submit_order(clip)

    def step(self, event: Any) -> None:
        numbers = self.numbers
        alive = [order for order in self.primaries if not order.is_closed and order.is_active_local]
        if alive and numbers.random() < 0.5:
            self.clip(numbers.choice(alive))
        clips = [order for order in self.clips if order.is_open and not order.is_pending_cancel]
        if clips and numbers.random() < 0.3:
            clip = numbers.choice(clips)
            if numbers.random() < 0.5:
                self.cancel_order(clip)
            elif clip.has_price:
                self.modify_order(clip, price=px(clip.price.raw + numbers.randint(-3, 3)))
        if alive and numbers.random() < 0.03:
            self.cancel_order(numbers.choice(alive))
        if numbers.random() < 0.002:
            self.stop()


class Lists(Strategy):
    """Sends brackets of all kinds, changes and cancels; leaves the sizes of exits alone."""

    def __init__(self, seed: int, name: str) -> None:
        super().__init__(StrategyConfig(strategy_id=StrategyId(f"L-{name}"), manage_gtd_expiry=seed % 2 == 0))
        self.seed = seed
        self.on_reset()

    def on_reset(self) -> None:
        self.numbers = random.Random(self.seed)
        self.brackets: list[list[Any]] = []
        self.changed: set[Any] = set()

    def on_start(self) -> None:
        self.clock.set_timer_ns("step", SECOND // 2, callback=self.step)

    def step(self, event: Any) -> None:
        numbers, mid = self.numbers, self.cache.order_book(BTC.id).midpoint()
        kind = numbers.random()
        if mid is None or kind > 0.55:
            return
        side, size = numbers.choice((BUY, SELL)), BTC.make_qty(numbers.randint(1, 10))
        if kind < 0.25:
            self.bracket(round(mid * 100), side, size)
        elif kind < 0.3:
            self.submit_order(self.order_factory.market(BTC.id, side, size))
        elif kind < 0.45:
            self.meddle(round(mid * 100), size)
        elif kind < 0.47:
            self.cancel_all_orders(BTC.id, numbers.choice((OrderSide.NO_ORDER_SIDE, BUY, SELL)))
        elif kind < 0.5:
            self.close_all_positions(BTC.id)
        elif kind < 0.51 and not self.is_exiting():
            self.market_exit()

    def meddle(self, mid: int, size: Any) -> None:
        numbers = self.numbers
        found = [order for bracket in self.brackets for order in bracket if not order.is_closed and not order.is_pending_cancel]
        if not found:
            return
        order = numbers.choice(found)
        if order.parent_order_id is None and numbers.random() < 0.5:
            self.changed.add(order.client_order_id)
            self.modify_order(order, quantity=size, price=px(mid + numbers.randint(-9, 9)) if order.has_price else None)
        else:
            self.cancel_order(order)

    def bracket(self, mid: int, side: OrderSide, size: Any) -> None:
        numbers, sign = self.numbers, 1 if side == BUY else -1
        options: dict[str, Any] = {}
        is_emulated = numbers.random() < 0.4
        if numbers.random() < 0.5:
            options = {"entry_order_type": OrderType.LIMIT, "entry_price": px(mid - sign * numbers.randint(-3, 10))}
        for role in ("entry", "tp", "sl"):
            if numbers.random() < 0.45:
                worked_by = TWAP if numbers.random() < 0.4 else CLIPS
                options[f"{role}_exec_algorithm_id"] = worked_by
                params = {"horizon_secs": numbers.randint(1, 6), "interval_secs": numbers.choice((1, 2, 0.5))}
                options[f"{role}_exec_algorithm_params"] = params
        if is_emulated:
            options["emulation_trigger"] = numbers.choice(TRIGGERS)
        made = self.order_factory.bracket(
            BTC.id, side, size, tp_price=px(mid + sign * numbers.randint(6, 25)), tp_post_only=False,
            sl_trigger_price=px(mid - sign * numbers.randint(6, 25)),
            contingency_type=numbers.choice((ContingencyType.OUO, ContingencyType.OCO)), **options,
        )  # fmt: skip
        self.brackets.append(made.orders)
        self.submit_order_list(made)


def parts(made: Any, order: Any) -> list[Any]:
    """Return an order and what was spawned from it."""
    return [order] if order.exec_spawn_id is None else made.cache.orders_for_exec_spawn(order.client_order_id)


def filled(made: Any, order: Any) -> Decimal:
    return sum((part.filled_qty.as_decimal() for part in parts(made, order)), Decimal(0))


def is_refused(order: Any) -> bool:
    return any(isinstance(event, (OrderDenied, OrderRejected)) for event in order.events)


def is_over(made: Any, order: Any) -> bool:
    return all(part.is_closed for part in parts(made, order))


def check(made: Any, strategy: Lists, hedges: bool, waits: bool) -> None:
    for order in made.cache.orders(strategy_id=strategy.id):
        at_rest = order.is_closed or order.status in WORKING or order.is_emulated
        # Held at the venue for its parent
        held = order.status == OrderStatus.SUBMITTED and order.parent_order_id is not None
        assert at_rest or held, repr(order)
    for entry, *exits in strategy.brackets:
        if entry.status == OrderStatus.DENIED and not filled(made, entry):
            assert all(order.is_closed for order in exits)
        bought, sold = filled(made, entry), sum(filled(made, order) for order in exits)
        if not waits:
            assert sold <= bought, (entry, exits)
        if is_over(made, entry) and not bought:
            assert all(is_over(made, order) for order in exits), exits
        if bought and all(is_over(made, order) for order in exits) and any(o.status == OrderStatus.FILLED for o in exits):
            assert entry.exec_algorithm_id is None or is_over(made, entry), entry
        if hedges:
            fills = [
                event for order in exits for part in parts(made, order) for event in part.events if isinstance(event, OrderFilled)
            ]
            assert {event.position_id for event in fills} <= {made.cache.position_id(entry.client_order_id)}
        for first, second in (exits, exits[::-1]):
            # Of an OCO pair the first to fill ends the other, and goes on itself
            strikes = second.contingency_type == ContingencyType.OCO and filled(made, second)
            if is_over(made, first) and not strikes:
                assert is_over(made, second), (first, second)
        for order in (entry, *exits):
            whole = order.init_event.quantity.as_decimal()
            sizes = [(part.init_event.quantity.as_decimal(), is_refused(part)) for part in parts(made, order)[1:]]
            if order is entry and order.client_order_id not in strategy.changed and not order.ts_submitted:
                # What was spawned was taken from the primary; what was refused went back, unless the primary had ended
                taken = sum((size for size, refused in sizes if not refused), Decimal(0))
                refused = sum((size for size, refused in sizes if refused), Decimal(0))
                assert whole - refused <= order.quantity.as_decimal() + taken <= whole, order


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_lists_that_algorithms_work(seed: int) -> None:
    numbers = random.Random(seed)
    hedges, book = numbers.random() < 0.5, numbers.choice((BookType.L1_MBP, BookType.L2_MBP))
    delay, answer = numbers.choice((0, 0, SECOND // 3)), numbers.choice((0, 0, SECOND // 4, 2 * SECOND))
    drawn = LogNormalLatencyModel(SECOND // 10, 1.0, response_median_nanos=SECOND // 10)
    latency = drawn if numbers.random() < 0.3 else LatencyModel(delay, response_latency_nanos=answer)
    strategies = [Lists(seed + i, f"{i:03}") for i in range(2)]
    made = engine(
        [BTC], market(numbers, 80, book), strategies, oms=OmsType.HEDGING if hedges else OmsType.NETTING, book=book,
        latency_model=latency, reject_stop_orders=numbers.random() < 0.5,
        liquidity_consumption=numbers.random() < 0.4, fill_model=FillModel(prob_fill_on_limit=numbers.choice((1.0, 0.5))),
    )  # fmt: skip
    made.add_exec_algorithms([TWAPExecAlgorithm(), Clips(seed)])
    made.run()
    result = made.get_result()
    for exchange in made.kernel.exchanges:
        exchange._check()
    for strategy in strategies:
        check(made, strategy, hedges, latency is drawn or bool(delay or answer))
    (balance,) = result.accounts[0].balances_total().values()
    pnl = sum((p.realized_pnl.as_decimal() for p in [*result.positions, *result.snapshots]), Decimal(0))
    assert balance.as_decimal() == 1_000_000 + pnl
    digest = result.digest
    made.reset()
    made.run()
    assert made.get_result().digest == digest
