"""Orders worked by execution algorithms, in whole runs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm, slices
from nautilus_lite.execution.algorithm import ExecAlgorithm, ImportableExecAlgorithmConfig
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, OrderStatus
from nautilus_lite.model.identifiers import ExecAlgorithmId, InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy

ID = InstrumentId.from_str("EUR/USD.SIM")
SECOND = 1_000_000_000
USD = Currency.from_str("USD")


def engine(
    config: BacktestEngineConfig | None = None, seconds: int = 120, oms_type: OmsType = OmsType.NETTING, **venue: Any
) -> BacktestEngine:
    made = BacktestEngine(config)
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=oms_type,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        **venue,
    )
    made.add_instrument(
        CurrencyPair(
            instrument_id=ID, raw_symbol=Symbol("EUR/USD"), base_currency=Currency.from_str("EUR"), quote_currency=USD,
            price_precision=5, size_precision=0, price_increment=Price.from_str("0.00001"),
            size_increment=Quantity.from_int(1), margin_init=Decimal("0.03"), margin_maint=Decimal("0.03"),
            maker_fee=Decimal(0), taker_fee=Decimal(0), ts_event=0, ts_init=0,
        )
    )  # fmt: skip
    size = Quantity.from_int(1_000_000)
    made.add_data(
        [
            QuoteTick(ID, Price(1.1 + i / 1e5, 5), Price(1.10002 + i / 1e5, 5), size, size, i * SECOND, i * SECOND)
            for i in range(1, seconds)
        ]
    )
    return made


class Once(Strategy):
    """Sends one order at the first quote, and does what `later` says at a later one."""

    def __init__(self, make: Any, later: Any = None, at: int = 0) -> None:
        super().__init__()
        self.make, self.later, self.at = make, later, at
        self.n = 0
        self.heard: list[str] = []

    def on_start(self) -> None:
        self.subscribe_quote_ticks(ID)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.n += 1
        if self.n == 1:
            self.order = self.make(self.order_factory)
            self.submit_order(self.order)
        elif self.later is not None and self.n == self.at:
            self.later(self)

    def on_order_event(self, event: Any) -> None:
        self.heard.append(type(event).__name__)

    def on_reset(self) -> None:
        self.n = 0
        self.heard.clear()


def twap(qty: int, horizon: float, interval: float) -> Any:
    return lambda make: make.market(
        ID,
        OrderSide.BUY,
        Quantity.from_int(qty),
        exec_algorithm_id=ExecAlgorithmId("TWAP"),
        exec_algorithm_params={"horizon_secs": horizon, "interval_secs": interval},
    )


@pytest.mark.parametrize(
    ("raw", "increment", "smallest", "n", "expected"),
    [
        (1000, 1, 0, 4, [250, 250, 250, 250]),
        (1003, 1, 0, 4, [250, 250, 250, 253]),
        # Whole lots of 100: 1050 / 4 = 262 -> 200, the last takes 450
        (1050, 100, 0, 4, [200, 200, 200, 450]),
        (3, 1, 0, 4, [3]),
        (1000, 1, 300, 4, [1000]),
        (1000, 1, 0, 1, [1000]),
    ],
)
def test_slices(raw: int, increment: int, smallest: int, n: int, expected: list[int]) -> None:
    assert slices(raw, increment, smallest, n) == expected
    assert sum(expected) == raw


def test_a_twap_order_goes_out_in_equal_slices() -> None:
    made = engine()
    made.add_exec_algorithm(TWAPExecAlgorithm())
    strategy = Once(twap(1003, 30, 10))
    made.add_strategy(strategy)
    made.run()
    orders = made.cache.orders_for_exec_spawn(strategy.order.client_order_id)
    primary = strategy.order.client_order_id.value
    # 30 / 10 = 3 slices: 334 at once (second 1), 334 ten seconds later, the primary with the rest at second 21
    told = sorted(
        (o.ts_last // SECOND, o.client_order_id.value, int(o.filled_qty), o.status) for o in orders
    )
    assert told == [
        (1, f"{primary}-E1", 334, OrderStatus.FILLED),
        (11, f"{primary}-E2", 334, OrderStatus.FILLED),
        (21, primary, 335, OrderStatus.FILLED),
    ]
    assert int(made.cache.exec_spawn_total_quantity(strategy.order.client_order_id)) == 1003
    assert int(made.cache.exec_spawn_total_filled_qty(strategy.order.client_order_id)) == 1003
    assert int(made.cache.exec_spawn_total_leaves_qty(strategy.order.client_order_id)) == 0
    assert len(made.cache.orders_for_exec_algorithm(ExecAlgorithmId("TWAP"))) == 3
    assert strategy.order.is_primary and strategy.heard.count("OrderFilled") == 3
    digest = made.get_result().digest
    made.reset()
    made.run()
    assert made.get_result().digest == digest


def test_where_positions_are_hedged_the_slices_are_one_position() -> None:
    made = engine(oms_type=OmsType.HEDGING)
    made.add_exec_algorithm(TWAPExecAlgorithm())
    strategy = Once(twap(1000, 40, 10))
    made.add_strategy(strategy)
    made.run()
    (position,) = made.cache.positions()
    assert position.quantity == Quantity.from_int(1000)
    assert made.cache.position_id(strategy.order.client_order_id) == position.id


def test_cancelling_the_primary_stops_the_schedule() -> None:
    made = engine()
    made.add_exec_algorithm(TWAPExecAlgorithm())
    strategy = Once(twap(900, 30, 10), lambda s: s.cancel_order(s.order), at=15)
    made.add_strategy(strategy)
    made.run()
    # Two slices of 300 before second 15, the last 300 are cancelled with the primary
    assert strategy.order.status == OrderStatus.CANCELED
    assert int(made.cache.exec_spawn_total_filled_qty(strategy.order.client_order_id)) == 600
    assert int(strategy.order.quantity) == 300


def test_cancel_all_reaches_what_an_algorithm_holds() -> None:
    made = engine()
    made.add_exec_algorithm(TWAPExecAlgorithm())
    strategy = Once(twap(900, 30, 10), lambda s: s.cancel_all_orders(ID), at=5)
    made.add_strategy(strategy)
    made.run()
    assert strategy.order.status == OrderStatus.CANCELED
    assert int(strategy.order.quantity) == 600


def test_what_the_end_of_the_data_cuts_off_is_cancelled() -> None:
    made = engine(seconds=15)
    made.add_exec_algorithm(TWAPExecAlgorithm())
    strategy = Once(twap(900, 30, 10))
    made.add_strategy(strategy)
    made.run()
    assert strategy.order.status == OrderStatus.CANCELED
    assert int(made.cache.exec_spawn_total_filled_qty(strategy.order.client_order_id)) == 600


def test_an_unknown_algorithm_and_bad_parameters_are_denied() -> None:
    made = engine()
    strategy = Once(twap(900, 30, 10))
    made.add_strategy(strategy)
    made.run()
    assert strategy.order.status == OrderStatus.DENIED
    assert "unknown execution algorithm TWAP" in strategy.order.last_event.reason
    other = engine()
    other.add_exec_algorithm(TWAPExecAlgorithm())
    strategy = Once(twap(900, 0, 10))
    other.add_strategy(strategy)
    other.run()
    assert "needs a positive horizon_secs" in strategy.order.last_event.reason


def test_a_denied_slice_gives_its_quantity_back() -> None:
    class TooMuch(ExecAlgorithm):
        def on_order(self, order: Any) -> None:
            # A limit of more digits than the instrument has is denied
            self.submit_order(self.spawn_limit(order, Quantity.from_int(100), Price.from_str("1.1000001")))
            self.quantity_after = int(order.quantity)
            self.submit_order(order)

    made = engine()
    algorithm = TooMuch()
    made.add_exec_algorithm(algorithm)
    strategy = Once(
        lambda make: make.market(
            ID, OrderSide.BUY, Quantity.from_int(900), exec_algorithm_id=ExecAlgorithmId("TooMuch")
        )
    )
    made.add_strategy(strategy)
    made.run()
    assert algorithm.quantity_after == 900
    assert int(strategy.order.filled_qty) == 900


def test_a_spawn_of_all_that_is_left_is_refused() -> None:
    class All(ExecAlgorithm):
        def on_order(self, order: Any) -> None:
            self.submit_order(self.spawn_market(order, order.quantity))

    made = engine()
    made.add_exec_algorithm(All())
    made.add_strategy(
        Once(lambda make: make.market(ID, OrderSide.BUY, Quantity.from_int(9), exec_algorithm_id=ExecAlgorithmId("All")))
    )
    with pytest.raises(ValueError, match="must be below what is left"):
        made.run()


def test_algorithms_by_import_path() -> None:
    config = BacktestEngineConfig(
        exec_algorithms=[
            ImportableExecAlgorithmConfig(
                exec_algorithm_path="nautilus_lite.examples.algorithms.twap:TWAPExecAlgorithm",
                config_path="nautilus_lite.examples.algorithms.twap:TWAPExecAlgorithmConfig",
                config={"exec_algorithm_id": "SLOW"},
            )
        ]
    )
    assert BacktestEngineConfig.parse(config.json()) == config
    made = engine(config)
    assert [a.exec_algorithm_id for a in made.trader.exec_algorithms()] == [ExecAlgorithmId("SLOW")]


# -- what an algorithm hears, spawns and must not do -------------------------------------------------------------------


def worked(algorithm: ExecAlgorithm, make: Any = None, later: Any = None, at: int = 0) -> Any:
    """Run one order of 900 by the algorithm."""
    made = engine()
    made.add_exec_algorithm(algorithm)
    make = make or (lambda m: m.market(ID, OrderSide.BUY, Quantity.from_int(900), exec_algorithm_id=algorithm.exec_algorithm_id))
    strategy = Once(make, later, at)
    made.add_strategy(strategy)
    made.run()
    return made, strategy


def test_every_kind_of_event_reaches_its_handler() -> None:
    class Listens(ExecAlgorithm):
        heard: list[str]

        def on_order(self, order: Any) -> None:
            self.heard = []
            self.child = self.spawn_limit(order, Quantity.from_int(100), Price.from_str("1.00000"))
            self.submit_order(self.child)
            self.clock.set_time_alert_ns("change", 2 * SECOND, lambda e: self.modify_order(self.child, Quantity.from_int(50)))
            self.clock.set_time_alert_ns("cancel", 3 * SECOND, lambda e: self.cancel_order(self.child))

        def on_order_accepted(self, event: Any) -> None:
            self.heard.append("accepted")

        def on_order_pending_update(self, event: Any) -> None:
            self.heard.append("pending update")

        def on_order_updated(self, event: Any) -> None:
            self.heard.append("child updated" if event.client_order_id.value.endswith("-E1") else "primary updated")

        def on_order_pending_cancel(self, event: Any) -> None:
            self.heard.append("pending cancel")

        def on_order_canceled(self, event: Any) -> None:
            self.heard.append("canceled")

    algorithm = Listens()
    worked(algorithm)
    # The primary gives up 100 first; it is cancelled itself at the end, which is not heard any more
    assert algorithm.heard == [
        "primary updated", "accepted", "pending update", "child updated", "pending cancel", "canceled"
    ]  # fmt: skip


def test_nothing_is_heard_after_the_end() -> None:
    class Late(ExecAlgorithm):
        heard: list[Any]

        def on_order(self, order: Any) -> None:
            self.heard = []

        def on_order_event(self, event: Any) -> None:
            self.heard.append((self.state.name, type(event).__name__))

    algorithm = Late()
    made, strategy = worked(algorithm)
    # The primary was never submitted: it is cancelled when the algorithm stops
    assert strategy.order.status == OrderStatus.CANCELED
    assert all(state == "RUNNING" for state, _ in algorithm.heard)


def test_a_slice_of_a_quote_quantity_is_a_quote_quantity() -> None:
    """990 USD in three slices of 330 at 1.10003 and so on: 299 EUR each; taken for EUR they would be 330."""
    algorithm = TWAPExecAlgorithm()
    made, strategy = worked(
        algorithm,
        lambda m: m.market(
            ID, OrderSide.BUY, Quantity.from_int(990), quote_quantity=True, exec_algorithm_id=ExecAlgorithmId("TWAP"),
            exec_algorithm_params={"horizon_secs": 3, "interval_secs": 1},
        ),
    )  # fmt: skip
    orders = made.cache.orders_for_exec_spawn(strategy.order.client_order_id)
    # 330 / 1.10003 = 299.99, rounded down
    assert [int(order.filled_qty) for order in orders] == [299, 299, 299]


def test_nothing_is_taken_from_an_order_that_has_left() -> None:
    class Greedy(ExecAlgorithm):
        def on_order(self, order: Any) -> None:
            self.submit_order(order)
            self.spawn_market(order, Quantity.from_int(100))

    with pytest.raises(ValueError, match="cannot take from order .*, it has left for the venue"):
        worked(Greedy())


def emulated(make: Any) -> Any:
    from nautilus_lite.model.enums import TriggerType

    # The bid of second i is 1.1 + i / 100,000: the ask reaches 1.10012 at second 10
    return make.stop_market(
        ID, OrderSide.BUY, Quantity.from_int(900), Price.from_str("1.10012"), emulation_trigger=TriggerType.BID_ASK,
        exec_algorithm_id=ExecAlgorithmId("TWAP"), exec_algorithm_params={"horizon_secs": 30, "interval_secs": 10},
    )  # fmt: skip


def test_an_emulated_order_goes_to_its_algorithm_when_released() -> None:
    made, strategy = worked(TWAPExecAlgorithm(), emulated)
    orders = made.cache.orders_for_exec_spawn(strategy.order.client_order_id)
    assert sorted((order.ts_last // SECOND, int(order.filled_qty)) for order in orders) == [(10, 300), (20, 300), (30, 300)]


def test_a_released_order_can_be_cancelled_while_its_algorithm_works() -> None:
    made, strategy = worked(TWAPExecAlgorithm(), emulated, lambda s: s.cancel_order(s.order), at=25)
    assert strategy.order.status == OrderStatus.CANCELED
    assert int(made.cache.exec_spawn_total_filled_qty(strategy.order.client_order_id)) == 600


def test_a_spawned_order_may_be_emulated() -> None:
    from nautilus_lite.model.enums import TriggerType

    class Waits(ExecAlgorithm):
        received = 0

        def on_order(self, order: Any) -> None:
            self.received += 1
            self.child = self.spawn_limit(
                order, Quantity.from_int(100), Price.from_str("1.20000"), emulation_trigger=TriggerType.BID_ASK
            )
            self.submit_order(self.child)

    algorithm = Waits()
    worked(algorithm)
    # Its limit is far above the ask: released at once, to the venue and not to the algorithm
    assert algorithm.received == 1
    assert algorithm.child.status == OrderStatus.FILLED


def test_cancel_all_reaches_a_spawned_order_that_is_emulated() -> None:
    from nautilus_lite.model.enums import TriggerType

    class Waits(ExecAlgorithm):
        def on_order(self, order: Any) -> None:
            self.child = self.spawn_limit(
                order, Quantity.from_int(100), Price.from_str("1.00000"), emulation_trigger=TriggerType.BID_ASK
            )
            self.submit_order(self.child)

    algorithm = Waits()
    made, strategy = worked(algorithm, None, lambda s: s.cancel_all_orders(ID), at=5)
    assert algorithm.child.status == strategy.order.status == OrderStatus.CANCELED
    assert made.kernel.emulator.held_count == 0
