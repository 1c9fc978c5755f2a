"""Leaving the market: `market_exit`, `manage_stop`, and what a strategy may do meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import OrderSide, OrderStatus, TimeInForce
from nautilus_lite.model.identifiers import ExecAlgorithmId, StrategyId
from nautilus_lite.model.objects import Quantity
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy
from tests.integration.test_emulator import BID_ASK, px
from tests.integration.test_exec_algorithms import ID, SECOND, engine

BUY, SELL = OrderSide.BUY, OrderSide.SELL
Q = Quantity.from_int(900)


class Leaves(Strategy):
    """Does at the quote of a second what `acts` says for it, and notes what it hears."""

    def __init__(self, acts: dict[int, Any], **config: Any) -> None:
        super().__init__(StrategyConfig(**config))
        self.acts = acts
        self.told: list[tuple[float, str]] = []

    def on_start(self) -> None:
        self.subscribe_quote_ticks(ID)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        act = self.acts.get(tick.ts_event // SECOND)
        if act is not None:
            act(self)

    def note(self, what: str) -> None:
        self.told.append((self.clock.timestamp_ns() / SECOND, what))

    def on_market_exit(self) -> None:
        self.note(f"exit {self.is_exiting()}")

    def post_market_exit(self) -> None:
        self.note(f"over {self.is_exiting()}")

    def on_stop(self) -> None:
        self.note("stop")

    def on_position_closed(self, event: Any) -> None:
        self.note("closed")

    def on_order_denied(self, event: Any) -> None:
        self.note(event.reason)

    def on_reset(self) -> None:
        self.told.clear()


def market(s: Leaves, side: OrderSide = BUY, **options: Any) -> None:
    s.submit_order(s.order_factory.market(ID, side, Q, **options))


def limit(s: Leaves, ticks: int, **options: Any) -> None:
    s.submit_order(s.order_factory.limit(ID, BUY, Q, px(ticks), **options))


def leave(s: Leaves) -> None:
    s.market_exit()


def run(strategy: Leaves, seconds: int = 10, **venue: Any) -> Any:
    made = engine(seconds=seconds, **venue)
    made.add_exec_algorithm(TWAPExecAlgorithm())
    made.add_strategy(strategy)
    made.run()
    return made


def test_all_orders_end_and_all_positions_close() -> None:
    def enter(s: Leaves) -> None:
        market(s)
        limit(s, 100_000)
        limit(s, 100_000, emulation_trigger=BID_ASK)
        params = {"horizon_secs": 60, "interval_secs": 20}
        market(s, exec_algorithm_id=ExecAlgorithmId("TWAP"), exec_algorithm_params=params)

    strategy = Leaves({1: enter, 3: leave})
    made = run(strategy)
    assert all(order.is_closed for order in made.cache.orders())
    assert made.kernel.portfolio.is_flat(ID) and made.kernel.emulator.held_count == 0
    # Looked at again after 100 ms; the strategy goes on, and stops at the end
    assert strategy.told == [(3.0, "exit True"), (3.0, "closed"), (3.1, "over False"), (9.0, "stop")]
    (closing,) = [order for order in made.cache.orders() if order.tags == ["MARKET_EXIT"]]
    # 900 and the first third of the TWAP's 900
    assert int(closing.filled_qty) == 1200 and closing.is_reduce_only and closing.time_in_force == TimeInForce.GTC
    digest = made.get_result().digest
    made.reset()
    made.run()
    assert made.get_result().digest == digest


def test_meanwhile_nothing_is_opened() -> None:
    def twice(s: Leaves) -> None:
        s.market_exit()
        s.market_exit()
        market(s)
        s.submit_order_list(s.order_factory.bracket(ID, BUY, Q, tp_price=px(120_000), sl_trigger_price=px(100_000)))

    def later(s: Leaves) -> None:
        market(s)

    strategy = Leaves({1: market, 3: twice, 4: later})
    made = run(strategy)
    assert strategy.told[:2] == [(3.0, "exit True"), (3.0, "MARKET_EXIT_IN_PROGRESS")]
    assert [what for _, what in strategy.told].count("MARKET_EXIT_IN_PROGRESS") == 4
    # Over by the fourth second
    assert made.kernel.portfolio.net_position(ID) == 900


def test_it_waits_for_what_is_under_way() -> None:
    """Commands take 250 ms, answers too: at 3.5 the close is heard, and the entry of second 3, which is closed by 4.0."""

    def enter_and_leave(s: Leaves) -> None:
        market(s)
        s.market_exit()

    strategy = Leaves({1: market, 3: enter_and_leave})
    made = run(strategy, latency_model=LatencyModel(SECOND // 4, response_latency_nanos=SECOND // 4))
    assert made.kernel.portfolio.is_flat(ID)
    closings = [order for order in made.cache.orders() if order.tags == ["MARKET_EXIT"]]
    assert [int(order.filled_qty) for order in closings] == [900, 900]
    over = next(ts for ts, what in strategy.told if what == "over False")
    assert over == pytest.approx(4.0)


def test_it_gives_up() -> None:
    """There is no bid to sell to: the position stays, and after three looks it is over."""
    strategy = Leaves({1: market, 3: leave}, market_exit_interval_ms=200, market_exit_max_attempts=3)
    made = engine(seconds=2)
    made.clear_data()
    one, none = Quantity.from_int(1_000_000), Quantity.from_int(0)
    made.add_data(
        [QuoteTick(ID, px(110_000), px(110_002), one if i < 3 else none, one, i * SECOND, i * SECOND) for i in range(1, 10)]
    )
    made.add_strategy(strategy)
    made.run()
    assert made.kernel.portfolio.net_position(ID) == 900
    assert next(ts for ts, what in strategy.told if what == "over False") == pytest.approx(3.6)


def test_settings_of_the_closing_orders() -> None:
    strategy = Leaves({1: market, 3: leave}, market_exit_time_in_force=TimeInForce.IOC, market_exit_reduce_only=False)
    made = run(strategy)
    closing = made.cache.orders()[-1]
    assert (closing.time_in_force, closing.is_reduce_only) == (TimeInForce.IOC, False)
    with pytest.raises(InvalidConfiguration, match="market_exit_interval_ms"):
        StrategyConfig(market_exit_interval_ms=0)


def test_a_strategy_that_leaves_before_it_stops() -> None:
    def enter(s: Leaves) -> None:
        market(s)
        limit(s, 100_000)

    strategy = Leaves({1: enter, 3: lambda s: s.stop()}, manage_stop=True)
    made = run(strategy)
    assert strategy.told == [(3.0, "exit True"), (3.0, "closed"), (3.1, "over False"), (3.1, "stop")]
    assert strategy.is_stopped and made.kernel.portfolio.is_flat(ID)


@pytest.mark.parametrize("answer", [0, SECOND // 4])
def test_at_the_end_of_a_run_as_well(answer: int) -> None:
    def enter(s: Leaves) -> None:
        market(s)
        limit(s, 100_000)

    strategy = Leaves({1: enter}, manage_stop=True)
    made = run(strategy, latency_model=LatencyModel(answer, response_latency_nanos=answer))
    assert all(order.is_closed for order in made.cache.orders()) and made.kernel.portfolio.is_flat(ID)
    assert [what for _, what in strategy.told] == ["exit True", "closed", "over False", "stop"]
    assert strategy.is_stopped
    digest = made.get_result().digest
    made.reset()
    made.run()
    assert made.get_result().digest == digest


def test_one_that_does_not_run_does_not_leave() -> None:
    strategy = Leaves({})
    made = engine()
    made.add_strategy(strategy)
    strategy.market_exit()
    assert not strategy.is_exiting() and strategy.told == []


def test_orders_of_another_strategy_can_be_cancelled() -> None:
    """`cancel_orders` takes what it is given; `cancel_all_orders` is for a strategy's own, of one side or both."""
    first = Leaves({1: lambda s: [limit(s, 100_000) for _ in range(2)]}, strategy_id=StrategyId("A-001"))

    def meddle(s: Leaves) -> None:
        s.submit_order(s.order_factory.limit(ID, SELL, Q, px(120_000)))
        limit(s, 100_000)
        s.cancel_orders(s.cache.orders_open(strategy_id=first.id)[:1])

    acts = {3: meddle, 5: lambda s: s.cancel_all_orders(ID, SELL), 7: lambda s: s.cancel_all_orders(ID)}
    second = Leaves(acts, strategy_id=StrategyId("B-002"))
    made = engine(seconds=10)
    made.add_strategies([first, second])
    made.run()
    assert [(o.strategy_id.value, o.status, o.ts_closed // SECOND) for o in made.cache.orders()] == [
        ("A-001", OrderStatus.CANCELED, 3), ("A-001", OrderStatus.ACCEPTED, 0),
        ("B-002", OrderStatus.CANCELED, 5), ("B-002", OrderStatus.CANCELED, 7),
    ]  # fmt: skip
