"""Names, arguments and defaults of what deals with orders, as NautilusTrader's public interface has them."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.config import BacktestEngineConfig, OrderEmulatorConfig, StrategyConfig
from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm
from nautilus_lite.execution.algorithm import ExecAlgorithm
from nautilus_lite.model.enums import ContingencyType, OrderSide, OrderType, TriggerType
from nautilus_lite.model.identifiers import ClientOrderId, ExecAlgorithmId, StrategyId, TraderId
from nautilus_lite.model.objects import Quantity
from nautilus_lite.model.orders import OrderList
from nautilus_lite.trading.strategy import Strategy
from tests.integration.test_emulator import BID_ASK, px
from tests.integration.test_exec_algorithms import ID, SECOND, Once, engine, worked

NO_TRIGGER = TriggerType.NO_TRIGGER
SPAWN = {"primary": ..., "quantity": ...}
LAST = {"tags": None, "reduce_primary": True}
# Arguments in their order, with defaults; `...` where there is none
ALGORITHM: dict[str, dict[str, Any]] = {
    "cancel_order": {"order": ..., "client_id": None},
    "modify_order": {"order": ..., "quantity": None, "price": None, "trigger_price": None, "client_id": None},
    "modify_order_in_place": {"order": ..., "quantity": None, "price": None, "trigger_price": None},
    "submit_order": {"order": ...},
    "spawn_market": {**SPAWN, "time_in_force": 1, "reduce_only": False, **LAST},
    "spawn_limit": {
        **SPAWN, "price": ..., "time_in_force": 1, "expire_time": None, "post_only": False, "reduce_only": False,
        "display_qty": None, "emulation_trigger": NO_TRIGGER, **LAST,
    },
    "spawn_market_to_limit": {
        **SPAWN, "time_in_force": 1, "expire_time": None, "reduce_only": False, "display_qty": None,
        "emulation_trigger": NO_TRIGGER, **LAST,
    },
    "on_order": {"order": ...},
    "on_order_list": {"order_list": ...},
    "execute": {"command": ...},
}  # fmt: skip
EVENTS = ("order", *(f"order_{name}" for name in (
    "initialized", "denied", "emulated", "released", "submitted", "rejected", "accepted", "canceled", "expired", "triggered",
    "pending_update", "pending_cancel", "modify_rejected", "cancel_rejected", "updated", "filled", "event",
)), *(f"position_{name}" for name in ("opened", "changed", "closed", "event")))  # fmt: skip
STRATEGY: dict[str, dict[str, Any]] = {
    "submit_order": {"order": ..., "position_id": None, "client_id": None, "params": None},
    "submit_order_list": {"order_list": ..., "position_id": None, "client_id": None, "params": None},
    "modify_order": {"order": ..., "quantity": None, "price": None, "trigger_price": None, "client_id": None, "params": None},
    "cancel_order": {"order": ..., "client_id": None, "params": None},
    "cancel_orders": {"orders": ..., "client_id": None, "params": None},
    "cancel_all_orders": {"instrument_id": ..., "order_side": 0, "client_id": None, "params": None},
    "cancel_gtd_expiry": {"order": ...},
    "query_order": {"order": ..., "client_id": None, "params": None},
    "query_account": {"account_id": ..., "client_id": None, "params": None},
    "market_exit": {}, "is_exiting": {}, "on_market_exit": {}, "post_market_exit": {},
    "change_id": {"strategy_id": ...},
    "change_order_id_tag": {"order_id_tag": ...},
}  # fmt: skip


@pytest.mark.parametrize(("cls", "table"), [(ExecAlgorithm, ALGORITHM), (Strategy, STRATEGY)])
def test_arguments(cls: type, table: dict[str, dict[str, Any]]) -> None:
    for name, expected in table.items():
        parameters = list(inspect.signature(getattr(cls, name)).parameters.values())[1:]
        found = {p.name: ... if p.default is inspect.Parameter.empty else p.default for p in parameters}
        assert list(found.items()) == list(expected.items()), name


def test_handlers_of_events() -> None:
    for name in EVENTS:
        assert hasattr(ExecAlgorithm, f"on_{name}")
        assert name == "order" or hasattr(Strategy, f"on_{name}")
    for name in ("id", "cache", "clock", "portfolio", "log", "msgbus", "config", "state", "request_bars", "subscribe_bars"):
        assert hasattr(TWAPExecAlgorithm(), name)


def test_settings_of_strategies() -> None:
    config = StrategyConfig()
    names = (
        "strategy_id", "order_id_tag", "use_uuid_client_order_ids", "use_hyphens_in_client_order_ids", "oms_type",
        "external_order_claims", "manage_contingent_orders", "manage_gtd_expiry", "manage_stop", "market_exit_interval_ms",
        "market_exit_max_attempts", "market_exit_time_in_force", "market_exit_reduce_only", "log_events", "log_commands",
        "log_rejected_due_post_only_as_warning",
    )  # fmt: skip
    assert config.__struct_fields__ == names
    assert [getattr(config, name) for name in names] == [
        None, None, False, True, None, None, False, False, False, 100, 100, 1, True, True, True, True
    ]  # fmt: skip
    assert StrategyConfig.parse(config.json()) == config
    assert BacktestEngineConfig().emulator == OrderEmulatorConfig(debug=False)


def factory(**options: Any) -> OrderFactory:
    return OrderFactory(TraderId("TESTER-001"), StrategyId("S-002"), TestClock(), **options)


def test_ids_of_orders() -> None:
    plain = factory()
    assert (plain.generate_client_order_id().value, plain.generate_order_list_id().value) == (
        "O-19700101-000000-001-002-1", "OL-19700101-000000-001-002-1"
    )  # fmt: skip
    assert factory(use_hyphens_in_client_order_ids=False).generate_client_order_id().value == "O197001010000000010021"
    named = factory(use_uuid_client_order_ids=True)
    ids = {named.generate_client_order_id().value for _ in range(3)}
    assert len(ids) == 3 and {(len(text), text.count("-")) for text in ids} == {(36, 4)}
    both = factory(use_uuid_client_order_ids=True, use_hyphens_in_client_order_ids=False)
    assert len(both.generate_client_order_id().value) == 32
    plain.set_order_list_id_count(7)
    assert plain.generate_order_list_id().value.endswith("-8") and plain.get_order_list_id_count() == 8


def test_strategies_name_their_orders() -> None:
    class Named(Once):
        def __init__(self) -> None:
            Strategy.__init__(self, StrategyConfig(use_uuid_client_order_ids=True))
            self.make = lambda m: m.market(ID, OrderSide.BUY, Quantity.from_int(900))
            self.later, self.at, self.n, self.heard = None, 0, 0, []

    ids = []
    made = engine()
    strategy = Named()
    strategy.change_id(StrategyId("OTHER-9"))
    made.add_strategy(strategy)
    for _ in range(2):
        made.run()
        ids.append(strategy.order.client_order_id.value)
        made.reset()
    assert (strategy.id, strategy.order.strategy_id, strategy.order_id_tag) == (StrategyId("OTHER-9"), StrategyId("OTHER-9"), "9")
    # Random, and the same in each run
    assert len(ids[0]) == 36 and ids[0] == ids[1]


def test_lists_know_what_they_are() -> None:
    made = factory()
    exits = {"tp_price": px(110_060), "sl_trigger_price": px(109_960)}
    bracket = made.bracket(ID, OrderSide.BUY, Quantity.from_int(9), **exits)
    assert bracket.is_bracket() and bracket.is_uniform_instrument() and bracket.instrument_ids() == {ID}
    entry, stop, profit = bracket.orders
    assert not OrderList(bracket.id, [entry, stop]).is_bracket()
    assert not OrderList(bracket.id, [stop, entry, profit]).is_bracket()
    cancels = made.bracket(ID, OrderSide.BUY, Quantity.from_int(9), contingency_type=ContingencyType.OCO, **exits)
    assert not cancels.is_bracket()
    assert not made.create_list([made.market(ID, OrderSide.BUY, Quantity.from_int(9)) for _ in range(3)]).is_bracket()


def test_orders_tell_of_triggers_fills_and_ids() -> None:
    made, strategy = worked(TWAPExecAlgorithm(), lambda m: m.stop_limit(
        ID, OrderSide.BUY, Quantity.from_int(900), px(110_030), px(110_012)))  # fmt: skip
    order = strategy.order
    # The bid of second i is 1.1 + i / 100,000: the ask reaches 1.10012 in second 10
    assert order.order_type == OrderType.STOP_LIMIT and order.ts_triggered == 10 * SECOND
    assert order.venue_order_ids == [order.venue_order_id]
    fill = order.last_event
    assert order.is_duplicate_fill(fill)
    other = factory().market(ID, OrderSide.BUY, Quantity.from_int(1))
    assert not other.is_duplicate_fill(fill) and other.venue_order_ids == [] and other.ts_triggered == 0


def test_accounts_are_asked_for_by_id() -> None:
    def ask(s: Any) -> None:
        (account,) = s.cache.accounts()
        s.query_account(account.id)
        with pytest.raises(KeyError, match="no account OTHER-001"):
            s.query_account(type(account.id)("OTHER-001"))
        s.asked = True

    _, strategy = worked(TWAPExecAlgorithm(), lambda m: m.market(ID, OrderSide.BUY, Quantity.from_int(1)), ask, 2)
    assert strategy.asked


def test_an_algorithm_hears_of_positions() -> None:
    class Hears(TWAPExecAlgorithm):
        def on_start(self) -> None:
            self.heard: list[str] = []

        def on_position_opened(self, event: Any) -> None:
            self.heard.append("opened")

        def on_position_changed(self, event: Any) -> None:
            self.heard.append("changed")

        def on_position_closed(self, event: Any) -> None:
            self.heard.append("closed")

        def on_event(self, event: Any) -> None:
            self.heard.append(type(event).__name__)

    algorithm = Hears()
    assert algorithm.id == ExecAlgorithmId("TWAP")
    make = lambda m: m.market(  # noqa: E731
        ID, OrderSide.BUY, Quantity.from_int(900), exec_algorithm_id=algorithm.id,
        exec_algorithm_params={"horizon_secs": 2, "interval_secs": 1},
    )  # fmt: skip
    worked(algorithm, make, lambda s: s.close_all_positions(ID), 10)
    positions = [text for text in algorithm.heard if text in ("opened", "changed", "closed") or text.startswith("Position")]
    assert positions == ["opened", "PositionOpened", "changed", "PositionChanged", "closed", "PositionClosed"]
    assert algorithm.heard.count("OrderFilled") == 2


def test_what_has_no_price_is_not_emulated() -> None:
    class Asks(ExecAlgorithm):
        def on_order(self, order: Any) -> None:
            self.spawn_market_to_limit(order, Quantity.from_int(1), emulation_trigger=BID_ASK)

    with pytest.raises(ValueError, match="MARKET_TO_LIMIT order cannot be emulated"):
        worked(Asks())


def test_the_emulator_counts_and_tells_what_it_hears() -> None:
    told: list[Any] = []

    def look(s: Any) -> None:
        emulator = made.kernel.emulator
        told.append((emulator.subscribed_quotes, emulator.subscribed_trades, emulator.command_count))

    made = engine()
    make = lambda m: m.limit(ID, OrderSide.BUY, Quantity.from_int(9), px(100_000), emulation_trigger=BID_ASK)  # noqa: E731
    strategy = Once(make, look, 3)
    made.add_strategy(strategy)
    made.run()
    assert told == [([ID], [ID], 1)]
    assert isinstance(strategy.order.client_order_id, ClientOrderId)


def test_each_strategy_keeps_positions_in_its_own_way() -> None:
    """At a venue that nets, one strategy hedges: each of its orders opens a position of its own."""

    class Twice(Strategy):
        def on_start(self) -> None:
            for second in (2, 3):
                self.clock.set_time_alert_ns(f"buy {second}", second * SECOND, self.buy)

        def buy(self, event: Any) -> None:
            self.submit_order(self.order_factory.market(ID, OrderSide.BUY, Quantity.from_int(900)))

    made = engine()
    for name, oms in (("A-001", None), ("B-002", "HEDGING"), ("C-003", "NETTING")):
        made.add_strategy(Twice(StrategyConfig(strategy_id=StrategyId(name), oms_type=oms)))
    made.run()
    positions = {name: made.cache.positions(strategy_id=StrategyId(name)) for name in ("A-001", "B-002", "C-003")}
    assert {name: [int(p.quantity) for p in found] for name, found in positions.items()} == {
        "A-001": [1800], "B-002": [900, 900], "C-003": [1800]
    }  # fmt: skip
    assert [p.id.value for p in positions["B-002"]] == ["P-B-002-1", "P-B-002-2"]


class Sized(StrategyConfig, kw_only=True, frozen=True):
    size: Quantity
    kind: OrderType = OrderType.MARKET


class Sizes(Strategy):
    """Has a configuration of its own."""


def test_strategies_and_algorithms_as_configurations() -> None:
    config = Sized(strategy_id=StrategyId("A-001"), size=Quantity.from_int(9), kind=OrderType.LIMIT)
    importable = Sizes(config).to_importable_config()
    assert importable.config["size"] == "9" and importable.config["kind"] == "LIMIT"
    again = importable.create()
    assert isinstance(again, Sizes) and again.config == config
    algorithm = TWAPExecAlgorithm().to_importable_config()
    assert algorithm.exec_algorithm_path == "nautilus_lite.examples.algorithms.twap:TWAPExecAlgorithm"
    assert isinstance(algorithm.create(), TWAPExecAlgorithm)
