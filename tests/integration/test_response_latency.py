"""Whole runs whose answers take time. Times are milliseconds unless said: an order takes 3 to the venue, an answer 5 back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.model.enums import BookType, OrderSide, OrderStatus
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, make_engine, pair, steady_quotes

A = pair("AAA")
TEN = Quantity.from_int(10)
MS = 1_000_000


def slow(entry: int = 3, response: int = 5) -> LatencyModel:
    return LatencyModel(entry * MS, response_latency_nanos=response * MS)


def quotes(n: int) -> Any:
    """Return quotes at 1, 2, ..., n ms that all say the same: MID bid, one tick above asked."""
    rows = steady_quotes(n)
    rows["ts_event"] = rows["ts_init"] = [(i + 1) * MS for i in range(n)]
    return rows


class Timeline(Strategy):
    """Buys at 10 ms and rests a sale at 20 ms; notes what is known at every handler."""

    def __init__(self, listens: bool = True) -> None:
        super().__init__()
        self.listens = listens
        self.seen: list[tuple[float, str, str, int]] = []

    def on_start(self) -> None:
        if self.listens:
            self.subscribe_quote_ticks(A.id)
        self.clock.set_time_alert_ns("buy", 10 * MS, self.buy)
        self.clock.set_time_alert_ns("sell", 20 * MS, self.sell)
        self.clock.set_time_alert_ns("look", 18 * MS, self.look)

    def note(self, name: str, order: Any) -> None:
        net = sum(int(p.signed_qty) for p in self.cache.positions_open())
        self.seen.append((self.clock.timestamp_ns() / MS, name, order.status.name, net))

    def buy(self, event: Any) -> None:
        self.order = self.order_factory.market(A.id, OrderSide.BUY, TEN)
        self.submit_order(self.order)

    def sell(self, event: Any) -> None:
        self.sale = self.order_factory.limit(A.id, OrderSide.SELL, TEN, Price.from_raw(MID + 5, 5))
        self.submit_order(self.sale)

    def look(self, event: Any) -> None:
        self.note("timer", self.order)

    def on_quote_tick(self, tick: Any) -> None:
        if tick.ts_init in (17 * MS, 18 * MS):
            self.note("quote", self.order)

    def on_order_event(self, event: Any) -> None:
        order = self.cache.order(event.client_order_id)
        if order is not None:  # what is about to be sent is told of, and not in the cache yet
            self.note(type(event).__name__, order)


@pytest.mark.parametrize("listens", [True, False])
def test_time_line(listens: bool) -> None:
    engine = make_engine(BookType.L1_MBP, [A], latency_model=slow())
    engine.add_rows("quote", A.id, quotes(40))
    strategy = Timeline(listens)
    engine.add_strategy(strategy)
    engine.run()
    wanted = [
        (10, "OrderSubmitted", "SUBMITTED", 0),
        (17, "quote", "SUBMITTED", 0),
        # Filled at 13, heard at 18: before the timer and before the quote of that time
        (18, "OrderFilled", "FILLED", 10),
        (18, "timer", "FILLED", 10),
        (18, "quote", "FILLED", 10),
        (20, "OrderSubmitted", "SUBMITTED", 10),
        (28, "OrderAccepted", "ACCEPTED", 10),
    ]
    assert strategy.seen == [line for line in wanted if listens or line[1] != "quote"]
    fill = strategy.order.last_event
    assert (fill.ts_event, fill.ts_init) == (13 * MS, 18 * MS)
    (position,) = engine.cache.positions()
    assert position.ts_opened == 13 * MS
    (account,) = engine.cache.accounts()
    assert account.last_event.ts_event >= 18 * MS


def test_answers_between_rows_are_on_time() -> None:
    """Rows are seconds apart; answers do not wait for the next of them."""
    rows = quotes(2)
    rows["ts_event"] = rows["ts_init"] = [5 * MS, 5_000 * MS]
    engine = make_engine(BookType.L1_MBP, [A], latency_model=slow())
    engine.add_rows("quote", A.id, rows)
    strategy = Timeline(False)
    engine.add_strategy(strategy)
    engine.run()
    assert strategy.seen[1] == (18, "OrderFilled", "FILLED", 10)


def test_what_is_under_way_at_the_end_is_heard() -> None:
    """The data ends at 12: order and fill are under way, and get there all the same."""
    engine = make_engine(BookType.L1_MBP, [A], latency_model=slow())
    engine.add_rows("quote", A.id, quotes(12))
    strategy = Timeline()
    engine.add_strategy(strategy)
    engine.run()
    assert (strategy.order.status, strategy.order.ts_last) == (OrderStatus.FILLED, 13 * MS)
    # The strategy has stopped: state moves, handlers are not called
    assert [name for _, name, _, _ in strategy.seen] == ["OrderSubmitted"]
    assert sum(int(p.signed_qty) for p in engine.cache.positions_open()) == 10
    assert engine.world.exchanges[0].unheard_count == 0
    assert engine.get_result().n_fills == 1


class Maker(Strategy):
    """Joins the touch on every tenth quote and cancels on every seventh."""

    def on_start(self) -> None:
        self.subscribe_quote_ticks(A.id)
        self.n = 0

    def on_quote_tick(self, tick: Any) -> None:
        self.n += 1
        if self.n % 10 == 0:
            self.submit_order(self.order_factory.limit(A.id, OrderSide.BUY, TEN, tick.bid_price))
            self.submit_order(self.order_factory.limit(A.id, OrderSide.SELL, TEN, tick.ask_price))
        if self.n % 7 == 0:
            for order in self.cache.orders_open():
                if not order.is_pending_cancel:
                    self.cancel_order(order)


def moving(n: int) -> Any:
    rows = quotes(n)
    steps = [(i * 7 // 5) % 11 - (i * 3 // 4) % 7 for i in range(n)]
    rows["bid"] += steps
    rows["ask"] += steps
    return rows


def run(parts: int = 1, model: LatencyModel | None = None) -> Any:
    rows = moving(600)
    engine = make_engine(BookType.L1_MBP, [A], latency_model=model)
    engine.add_strategy(Maker())
    size = len(rows) // parts
    for part in range(parts):
        engine.clear_data()
        engine.add_rows("quote", A.id, rows[part * size : (part + 1) * size])
        engine.run(streaming=parts > 1)
    if parts > 1:
        engine.end()
    return engine


def test_chunks_are_invisible() -> None:
    """Answers are under way across the boundary of two chunks."""
    whole = run(model=slow()).get_result()
    assert whole.n_fills > 20
    assert run(50, slow()).get_result().digest == whole.digest
    assert run(model=slow(response=6)).get_result().digest != whole.digest


def test_reset_runs_again_alike() -> None:
    engine = run(model=slow())
    digest = engine.get_result().digest
    engine.reset()
    engine.run()
    assert engine.get_result().digest == digest


def test_compared_worlds_equal_their_own_runs(maker_config: Any) -> None:
    def model(**config: int) -> ImportableConfig:
        return ImportableConfig(path="nautilus_lite.backtest.models:LatencyModel", config=config)

    late = model(base_latency_nanos=500_000, response_latency_nanos=200_000_000)
    comparison = compare(maker_config, latency_models={"own": None, "late": late})
    assert comparison["own"].digest == run_backtest(maker_config).digest
    venue = msgspec.structs.replace(maker_config.venues[0], latency_model=late)
    alone = run_backtest(msgspec.structs.replace(maker_config, venues=[venue]))
    assert comparison["late"].digest == alone.digest != comparison["own"].digest
