"""Lists of which execution algorithms work an order: entries that are bought in slices, exits that are sold in slices, both."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.core.datetime import unix_nanos_to_dt
from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm
from nautilus_lite.execution.algorithm import ExecAlgorithm
from nautilus_lite.execution.config import ExecAlgorithmConfig
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import ContingencyType, OmsType, OrderSide, OrderStatus, OrderType, TimeInForce, TriggerType
from nautilus_lite.model.identifiers import ExecAlgorithmId
from nautilus_lite.model.objects import Price, Quantity
from tests.integration.test_emulated_lists import Lists
from tests.integration.test_emulator import BID_ASK, BUY, fills, px
from tests.integration.test_exec_algorithms import ID, SECOND, engine

TWAP = ExecAlgorithmId("TWAP")
PARAMS = {"horizon_secs": 3, "interval_secs": 1}
ENTRY = {"entry_exec_algorithm_id": TWAP, "entry_exec_algorithm_params": PARAMS}
PROFIT = {"tp_exec_algorithm_id": TWAP, "tp_exec_algorithm_params": PARAMS}
STOP = {"sl_exec_algorithm_id": TWAP, "sl_exec_algorithm_params": PARAMS}
# Bids of 1.10000, 1.10010, ...: the ask is two ticks above; a limit to sell at 1.10060 is reached in second 7
UP = [110_000 + 10 * i for i in range(12)]


def qty(n: int) -> Quantity:
    return Quantity.from_int(n)


def bracket(size: int = 900, **options: Any) -> Any:
    exits = {"tp_price": px(110_060), "sl_trigger_price": px(109_960), "tp_post_only": False}
    return lambda s: s.order_factory.bracket(ID, BUY, qty(size), **{**exits, **options}).orders


def run(path: list[int], make: Any, later: Any = None, at: int = 0, algorithms: Any = None, **venue: Any) -> Any:
    """Run a list over bids (in ticks), a quote a second."""
    made = engine(seconds=2, **venue)
    made.clear_data()
    size = qty(1_000_000)
    made.add_data([QuoteTick(ID, px(bid), px(bid + 2), size, size, i * SECOND, i * SECOND) for i, bid in enumerate(path, 1)])
    for algorithm in [TWAPExecAlgorithm()] if algorithms is None else algorithms:
        made.add_exec_algorithm(algorithm)
    strategy = Lists(make, later, at)
    made.add_strategy(strategy)
    made.run()
    return made, strategy


def told(made: Any) -> list[tuple[str, str, int, int]]:
    """Return the end of each order's id, its status, quantity and filled quantity."""
    return [
        (order.client_order_id.value.partition("-000-")[2], order.status.name, int(order.quantity), int(order.filled_qty))
        for order in made.cache.orders()
    ]


def sizes(order: Any) -> list[tuple[int, int]]:
    """Return the quantities of an order from its changes, with the second."""
    return [(e.ts_event // SECOND, int(e.quantity)) for e in order.events if type(e).__name__ == "OrderUpdated"]


def flat(made: Any) -> bool:
    return made.kernel.portfolio.is_flat(ID) and made.kernel.emulator.held_count == 0


# -- an entry in slices ------------------------------------------------------------------------------------------------


def test_exits_come_with_the_first_slice_and_sell_all_of_them() -> None:
    made, strategy = run(UP, bracket(**ENTRY))
    entry, stop, profit = strategy.orders
    # 900 in three slices, in seconds 1, 2 and 3; the last one is the entry itself
    assert told(made) == [
        ("1", "FILLED", 300, 300), ("2", "CANCELED", 900, 0), ("3", "FILLED", 900, 900),
        ("1-E1", "FILLED", 300, 300), ("1-E2", "FILLED", 300, 300),
    ]  # fmt: skip
    assert (stop.ts_accepted, profit.ts_accepted) == (SECOND, SECOND)
    assert fills(profit) == [(7, "1.10060")]
    assert stop.ts_closed == 7 * SECOND and flat(made)
    digest = made.get_result().digest
    made.reset()
    made.run()
    assert made.get_result().digest == digest


def test_an_exit_sells_no_more_than_was_bought_so_far() -> None:
    """The market falls to the stop in second 2, when 600 are bought: the rest is not bought any more."""
    made, strategy = run([110_000, 109_950, 109_950, 109_950], bracket(**ENTRY))
    entry, stop, profit = strategy.orders
    assert told(made) == [
        ("1", "CANCELED", 300, 0), ("2", "FILLED", 600, 600), ("3", "CANCELED", 900, 0),
        ("1-E1", "FILLED", 300, 300), ("1-E2", "FILLED", 300, 300),
    ]  # fmt: skip
    assert entry.ts_closed == 2 * SECOND and flat(made)


def test_a_take_profit_keeps_what_is_for_the_slices_to_come() -> None:
    """It is reached in second 2 and sells 600; the last slice is bought in second 3, and sold in second 4."""
    made, strategy = run([110_000, 110_060, 110_000, 110_060], bracket(**ENTRY))
    entry, stop, profit = strategy.orders
    assert [(e.ts_event // SECOND, int(e.last_qty)) for e in profit.events if type(e).__name__ == "OrderFilled"] == [
        (2, 600), (4, 300)
    ]  # fmt: skip
    assert stop.status == OrderStatus.CANCELED and int(stop.filled_qty) == 0 and flat(made)


def test_cancelling_the_entry_leaves_exits_for_what_was_bought() -> None:
    made, strategy = run(UP, bracket(**ENTRY), lambda s: s.cancel_order(s.orders[0]), at=2)
    entry, stop, profit = strategy.orders
    assert (entry.status, int(entry.quantity), int(entry.filled_qty)) == (OrderStatus.CANCELED, 300, 0)
    assert sizes(stop) == sizes(profit) == [(2, 600)]
    assert fills(profit) == [(7, "1.10060")] and flat(made)


def test_a_change_of_the_entry_is_carried_on_to_its_exits() -> None:
    """In second 2, when 300 are left, it is to be 600: 1,200 in all."""
    made, strategy = run(UP, bracket(**ENTRY), lambda s: s.modify_order(s.orders[0], qty(600)), at=2)
    entry, stop, profit = strategy.orders
    assert int(entry.filled_qty) == 600
    assert sizes(stop) == sizes(profit) == [(2, 1200)]
    assert int(profit.filled_qty) == 1200 and flat(made)


def test_what_the_end_of_the_data_cuts_off_is_cancelled() -> None:
    made, strategy = run(UP[:2], bracket(**ENTRY))
    assert [(status, quantity) for _, status, quantity, _ in told(made)[:3]] == [
        ("CANCELED", 300), ("ACCEPTED", 600), ("ACCEPTED", 600)
    ]  # fmt: skip


def test_where_positions_are_hedged_all_is_one_position() -> None:
    made, strategy = run(UP, bracket(**ENTRY), oms_type=OmsType.HEDGING)
    (position,) = made.cache.positions()
    assert position.is_closed and int(position.peak_qty) == 900
    assert {made.cache.position_id(order.client_order_id) for order in strategy.orders} == {position.id}


def test_commands_that_take_time() -> None:
    """Half a second to the venue, a quarter back: slices arrive at 1.5, 2.5 and 3.5; exits are there from 1.5 on."""
    made, strategy = run(
        UP, bracket(**ENTRY), latency_model=LatencyModel(SECOND // 2, response_latency_nanos=SECOND // 4)
    )
    entry, stop, profit = strategy.orders
    slices = made.cache.orders_for_exec_spawn(entry.client_order_id)
    assert sorted(order.last_event.ts_event for order in slices) == [1.5 * SECOND, 2.5 * SECOND, 3.5 * SECOND]
    assert (stop.ts_accepted, int(profit.filled_qty)) == (1.5 * SECOND, 900) and flat(made)


@pytest.mark.parametrize("contingency", [ContingencyType.OUO, ContingencyType.OCO])
def test_an_emulated_list_does_what_the_venues_does(contingency: Any) -> None:
    _, own = run(UP, bracket(contingency_type=contingency, **ENTRY))
    made, emulated = run(UP, bracket(contingency_type=contingency, emulation_trigger=BID_ASK, **ENTRY))
    assert [order.status for order in emulated.orders] == [order.status for order in own.orders]
    assert [fills(order)[0][0] for order in emulated.orders[::2]] == [fills(order)[0][0] for order in own.orders[::2]]
    # Held exits have what was bought so far
    assert sizes(emulated.orders[1]) == [(1, 300), (2, 600), (3, 900)]
    assert flat(made)


def test_an_emulated_entry_is_worked_when_it_is_released() -> None:
    """A stop to buy at 1.10032 is reached by the ask of second 4; slices in seconds 4, 5 and 6, each before its quote."""
    entry = {"entry_order_type": OrderType.STOP_MARKET, "entry_trigger_price": px(110_032), "emulation_trigger": BID_ASK}
    made, strategy = run(UP, bracket(**entry, **ENTRY))
    slices = made.cache.orders_for_exec_spawn(strategy.orders[0].client_order_id)
    assert sorted(fills(order)[0] for order in slices) == [(4, "1.10032"), (5, "1.10032"), (6, "1.10042")]
    kinds = [type(event).__name__[5:] for event in strategy.orders[1].events]
    assert [kind for kind in kinds if kind != "Updated"] == ["Initialized", "Emulated", "Canceled"] and flat(made)


# -- exits in slices ---------------------------------------------------------------------------------------------------


def test_an_exit_in_slices_cuts_its_sibling_slice_by_slice() -> None:
    made, strategy = run(UP, bracket(emulation_trigger=BID_ASK, **ENTRY, **PROFIT))
    entry, stop, profit = strategy.orders
    slices = made.cache.orders_for_exec_spawn(profit.client_order_id)
    # Reached in second 7, sold in seconds 7, 8 and 9, the last two before the quotes of their time
    assert sorted(fills(order)[0] for order in slices) == [(7, "1.10060"), (8, "1.10060"), (9, "1.10070")]
    assert sizes(stop) == [(1, 300), (2, 600), (3, 900), (7, 600), (8, 300)]
    assert (stop.status, stop.ts_closed) == (OrderStatus.CANCELED, 9 * SECOND) and flat(made)


class Passive(ExecAlgorithm):
    """Sends a third of an order as a limit at its own price or the one given, and keeps the rest."""

    def __init__(self, price: Price | None = None) -> None:
        super().__init__(ExecAlgorithmConfig(exec_algorithm_id=ExecAlgorithmId("PASSIVE")))
        self.price = price
        self.taken: list[Any] = []

    def on_order(self, order: Any) -> None:
        self.taken.append((self.clock.timestamp_ns() // SECOND, order.client_order_id, int(order.quantity)))
        price = order.price if self.price is None else self.price
        self.submit_order(self.spawn_limit(order, qty(int(order.quantity) // 3), price, reduce_only=order.is_reduce_only))

    def on_reset(self) -> None:
        self.taken.clear()


PASSIVE = ExecAlgorithmId("PASSIVE")


def test_several_algorithms_in_one_list() -> None:
    """The take-profit comes to its algorithm with the first slice of 300 and grows; the stop-loss, at the venue, ends both."""
    algorithm = Passive()
    made, strategy = run(
        [110_000, 110_010, 110_020, 110_020, 109_950], bracket(**ENTRY, tp_exec_algorithm_id=PASSIVE),
        algorithms=[TWAPExecAlgorithm(), algorithm],
    )  # fmt: skip
    entry, stop, profit = strategy.orders
    assert algorithm.taken == [(1, profit.client_order_id, 300)]
    # 100 are offered, the primary has 200, then 500, then 800
    assert sizes(profit) == [(1, 300), (1, 200), (2, 500), (3, 800)]
    child = made.cache.order(type(profit.client_order_id)(f"{profit.client_order_id}-E1"))
    assert (child.status, profit.status) == (OrderStatus.CANCELED, OrderStatus.CANCELED)
    assert fills(stop) == [(5, "1.09950")] and int(stop.filled_qty) == 900 and flat(made)


def test_a_part_of_an_exit_that_is_worked_cuts_the_venues_stop() -> None:
    """100 of 300 are sold at 1.10020 in second 3: the stop-loss is for 200, and sells them in second 5."""
    made, strategy = run(
        [110_000, 110_010, 110_020, 110_020, 109_950], bracket(300, tp_exec_algorithm_id=PASSIVE),
        algorithms=[Passive(px(110_020))],
    )  # fmt: skip
    entry, stop, profit = strategy.orders
    assert sizes(stop) == [(3, 200)]
    assert int(stop.filled_qty) == 200 and profit.status == OrderStatus.CANCELED and flat(made)


def test_of_two_that_cancel_each_other_the_first_part_ends_the_other() -> None:
    options = {"contingency_type": ContingencyType.OCO, "tp_exec_algorithm_id": PASSIVE}
    made, strategy = run(
        [110_000, 110_010, 110_020, 110_020, 109_950], bracket(300, **options), algorithms=[Passive(px(110_020))]
    )
    entry, stop, profit = strategy.orders
    assert (stop.status, stop.ts_closed) == (OrderStatus.CANCELED, 3 * SECOND)
    # What is left of it works on: nothing struck back
    assert profit.ts_closed > 3 * SECOND and int(made.cache.exec_spawn_total_filled_qty(profit.client_order_id)) == 100


# -- what ends, and how ------------------------------------------------------------------------------------------------


def resting_entry(**options: Any) -> Any:
    """An entry that an algorithm works by a limit far below: nothing fills."""
    return bracket(entry_exec_algorithm_id=PASSIVE, **options)


@pytest.mark.parametrize("exits", [{}, {"emulation_trigger": BID_ASK}, {"tp_exec_algorithm_id": PASSIVE}])
@pytest.mark.parametrize("how", ["cancel", "cancel all", "orders"])
def test_cancelling_an_entry_ends_what_was_spawned_and_its_exits(exits: Any, how: str) -> None:
    def later(s: Any) -> None:
        if how == "cancel":
            s.cancel_order(s.orders[0])
        elif how == "cancel all":
            s.cancel_all_orders(ID)
        else:
            s.cancel_orders(s.orders)

    made, strategy = run(UP, resting_entry(**exits), later, at=3, algorithms=[Passive(px(109_000))])
    assert {order.status for order in made.cache.orders()} == {OrderStatus.CANCELED}
    assert len(made.cache.orders()) == 4
    assert all(order.ts_closed == 3 * SECOND for order in made.cache.orders()) and flat(made)


def test_what_the_algorithm_itself_cancels_leaves_its_orders_alone() -> None:
    class Leaves(Passive):
        def on_order_accepted(self, event: Any) -> None:
            self.cancel_order(self.cache.order(self.taken[0][1]))

    made, strategy = run(UP, resting_entry(), algorithms=[Leaves(px(110_000))])
    # The exits had 900, and wait for the 300 that may still be bought
    assert told(made) == [
        ("1", "CANCELED", 600, 0), ("2", "SUBMITTED", 300, 0), ("3", "SUBMITTED", 300, 0), ("1-E1", "ACCEPTED", 300, 0)
    ]  # fmt: skip


def test_exits_end_with_an_entry_whose_parts_all_ended() -> None:
    """The clip is cancelled by its algorithm, and the primary after it: nothing was bought."""

    class GivesUp(Passive):
        def on_order_accepted(self, event: Any) -> None:
            clip = self.cache.order(event.client_order_id)
            self.cancel_order(clip)

        def on_order_canceled(self, event: Any) -> None:
            primary = self.cache.order(self.taken[0][1])
            self.cancel_order(primary)

    made, strategy = run(UP, resting_entry(), algorithms=[GivesUp(px(110_000))])
    assert {order.status for order in made.cache.orders()} == {OrderStatus.CANCELED}


def test_an_entry_that_expires_takes_what_was_spawned_along() -> None:
    """A GTD limit that an algorithm keeps: its time is up in second 4."""
    entry = {
        "entry_order_type": OrderType.LIMIT, "entry_price": px(109_000), "time_in_force": TimeInForce.GTD,
        "expire_time": unix_nanos_to_dt(4 * SECOND),
    }  # fmt: skip
    made, strategy = run(UP, resting_entry(**entry), algorithms=[Passive()])
    assert [status for _, status, *_ in told(made)] == ["EXPIRED", "CANCELED", "CANCELED", "CANCELED"]
    assert all(order.ts_closed == 4 * SECOND for order in made.cache.orders())


def test_an_algorithm_that_is_stopped_cancels_what_it_holds() -> None:
    algorithm = Passive(px(109_000))
    make = resting_entry(tp_exec_algorithm_id=PASSIVE)
    made, strategy = run(UP, make, lambda s: algorithm.stop(), at=3, algorithms=[algorithm])
    entry, stop, profit = strategy.orders
    assert [(order.status, order.ts_closed) for order in (entry, profit)] == [(OrderStatus.CANCELED, 3 * SECOND)] * 2
    # What it had sent works on
    assert [status for name, status, *_ in told(made) if "E1" in name] == ["ACCEPTED"]


def test_cancelling_a_waiting_exit_takes_the_other_along() -> None:
    made, strategy = run(
        UP, resting_entry(tp_exec_algorithm_id=PASSIVE), lambda s: s.cancel_order(s.orders[2]), at=3,
        algorithms=[Passive(px(109_000))],
    )  # fmt: skip
    assert [order.status for order in strategy.orders[1:]] == [OrderStatus.CANCELED] * 2
    assert [status for name, status, *_ in told(made) if "E1" in name] == ["ACCEPTED"]


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"entry_exec_algorithm_id": ExecAlgorithmId("VWAP")}, "unknown execution algorithm VWAP"),
        ({"tp_exec_algorithm_id": ExecAlgorithmId("VWAP")}, "unknown execution algorithm VWAP"),
        (PROFIT, "TWAP works market orders, was LIMIT"),
        ({"entry_exec_algorithm_id": TWAP}, "needs a positive horizon_secs and interval_secs"),
        (
            {**ENTRY, "tp_exec_algorithm_id": PASSIVE, "quote_quantity": True},
            "child that an execution algorithm works must be in base units",
        ),
    ],
)
def test_a_list_is_refused_whole(options: Any, reason: str) -> None:
    made, strategy = run(UP, bracket(**options), algorithms=[TWAPExecAlgorithm(), Passive()])
    assert {order.status for order in strategy.orders} == {OrderStatus.DENIED}
    reasons = [order.last_event.reason for order in strategy.orders]
    assert any(reason in text for text in reasons)
    assert all(reason in text or "order list" in text for text in reasons)


def test_an_algorithm_that_was_stopped_takes_nothing() -> None:
    algorithm = Passive(px(109_000))

    def make(s: Any) -> Any:
        algorithm.stop()
        s.single = s.order_factory.market(ID, BUY, qty(9), exec_algorithm_id=PASSIVE)
        s.submit_order(s.single)
        return bracket(tp_exec_algorithm_id=PASSIVE)(s)

    made, strategy = run(UP, make, algorithms=[algorithm])
    assert {order.status for order in made.cache.orders()} == {OrderStatus.DENIED}
    assert strategy.single.last_event.reason == "execution algorithm PASSIVE is not running, it is STOPPED"
    assert strategy.orders[2].last_event.reason == strategy.single.last_event.reason


# -- `on_order_list` ---------------------------------------------------------------------------------------------------


def test_on_order_list_may_be_overridden() -> None:
    class Whole(ExecAlgorithm):
        def __init__(self) -> None:
            super().__init__(ExecAlgorithmConfig(exec_algorithm_id=ExecAlgorithmId("WHOLE")))

        def on_order_list(self, order_list: Any) -> None:
            # The take-profit is left lying
            entry, stop, profit = order_list.orders
            assert order_list.first is entry
            self.submit_order(entry)
            self.submit_order(stop)

    made, strategy = run(UP, bracket(entry_exec_algorithm_id=ExecAlgorithmId("WHOLE")), algorithms=[Whole()])
    entry, stop, profit = strategy.orders
    assert fills(entry) == [(1, "1.10002")] and stop.ts_accepted == SECOND
    assert profit.status == OrderStatus.CANCELED and not profit.ts_submitted


def test_a_list_without_links_goes_where_each_belongs() -> None:
    def make(s: Any) -> Any:
        worked = s.order_factory.market(ID, BUY, qty(900), exec_algorithm_id=TWAP, exec_algorithm_params=PARAMS)
        plain = s.order_factory.limit(ID, OrderSide.SELL, qty(10), px(110_030))
        held = s.order_factory.stop_market(ID, BUY, qty(20), px(110_042), emulation_trigger=TriggerType.BID_ASK)
        return [plain, worked, held]

    made, strategy = run(UP, make)
    plain, worked, held = strategy.orders
    assert (fills(plain), fills(held)) == ([(4, "1.10030")], [(5, "1.10042")])
    assert int(made.cache.exec_spawn_total_filled_qty(worked.client_order_id)) == 900


# -- what is told of them ----------------------------------------------------------------------------------------------


def text(made: Any, client_order_id: Any) -> str:
    return str(made.explain(client_order_id))


def test_explanations_tell_of_slices() -> None:
    made, strategy = run(UP, bracket(**ENTRY))
    entry, stop, profit = strategy.orders
    told = text(made, entry.client_order_id)
    assert "xecution algorithm TWAP worked it: 2 orders were spawned from it, and with them it filled 900 of 900" in told
    assert f"xecution algorithm TWAP spawned it from {entry.client_order_id}" in text(made, f"{entry.client_order_id}-E1")
    assert f"cancelled by its contingency: {profit.client_order_id} was filled" in text(made, stop.client_order_id)
    assert "accepted, when its parent had filled" in text(made, profit.client_order_id)


def test_explanations_tell_who_cancelled() -> None:
    made, strategy = run(UP, resting_entry(), lambda s: s.cancel_order(s.orders[0]), at=3, algorithms=[Passive(px(109_000))])
    entry, stop, _ = strategy.orders
    told = text(made, entry.client_order_id)
    assert "was worked by PASSIVE" in told and "it filled 0 of 900" in told
    assert "cancelled by its strategy or its execution algorithm" in told
    assert f"t was cancelled with its primary order {entry.client_order_id}" in text(made, f"{entry.client_order_id}-E1")
    assert f"{entry.client_order_id} was canceled" in text(made, stop.client_order_id)
    # Of two exits the slices of one end the other
    made, strategy = run(UP, bracket(emulation_trigger=BID_ASK, **ENTRY, **PROFIT))
    _, stop, profit = strategy.orders
    assert f"{profit.client_order_id} was filled" in text(made, stop.client_order_id)


def test_explanations_tell_who_waits() -> None:
    told: list[str] = []
    made = engine(seconds=10)
    made.add_exec_algorithm(Passive(px(109_000)))
    strategy = Lists(
        resting_entry(tp_exec_algorithm_id=PASSIVE), lambda s: told.extend(text(made, o.client_order_id) for o in s.orders), at=3
    )
    made.add_strategy(strategy)
    made.run()
    entry = strategy.orders[0].client_order_id
    assert "xecution algorithm PASSIVE has not sent the remaining 600" in told[0]
    assert f"he venue holds it until its parent {entry} fills" in told[1]
    assert f"xecution algorithm PASSIVE holds it until its parent {entry} fills" in told[2]
