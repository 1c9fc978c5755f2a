"""Emulated orders that hang together: brackets, orders that cancel each other, and what must not be held."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import (
    ContingencyType,
    OrderSide,
    OrderStatus,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.model.orders import LimitOrder, StopMarketOrder
from tests.integration.test_emulator import BID_ASK, BUY, PATH, QTY, fills, px, run
from tests.integration.test_exec_algorithms import ID, SECOND, Once, engine

UP = [110_000, 110_010, 110_020, 110_030, 110_040]
DOWN = [110_000, 109_990, 109_980, 109_970, 109_960]
EXITS = {"tp_price": px(110_030), "sl_trigger_price": px(109_980), "tp_post_only": False}
LIMIT = {"entry_order_type": OrderType.LIMIT}


class Lists(Once):
    """Sends the list that `make` returns."""

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.n += 1
        if self.n == 1:
            self.orders = self.make(self)
            self.submit_order_list(self.order_factory.create_list(self.orders))
        elif self.later is not None and self.n == self.at:
            self.later(self)


def run_list(path: list[int], make: Any, later: Any = None, at: int = 0, size: int = 1_000_000) -> Any:
    """Run a list over bids (in ticks), the ask two ticks above, a quote a second; each side shows `size`."""
    made = engine(seconds=2)
    made.clear_data()
    shown = Quantity.from_int(size)
    made.add_data(
        [QuoteTick(ID, px(bid), px(bid + 2), shown, shown, i * SECOND, i * SECOND) for i, bid in enumerate(path, 1)]
    )
    strategy = Lists(make, later, at)
    made.add_strategy(strategy)
    made.run()
    return made, strategy


def bracket(**options: Any) -> Any:
    return lambda s: s.order_factory.bracket(ID, BUY, QTY, **{**EXITS, **options}).orders


def uuid(n: int) -> UUID4:
    return UUID4.from_str(f"00000000-0000-4000-8000-{n:012d}")


def kinds(order: Any) -> list[str]:
    return [type(event).__name__[5:] for event in order.events[1:]]


@pytest.mark.parametrize("contingency", [ContingencyType.OUO, ContingencyType.OCO])
@pytest.mark.parametrize("entry", [{}, {**LIMIT, "entry_price": px(110_002)}])
@pytest.mark.parametrize("path", [UP, DOWN])
def test_an_emulated_bracket_does_what_the_venues_does(path: list[int], entry: Any, contingency: Any) -> None:
    made, own = run_list(path, bracket(contingency_type=contingency, **entry))
    held, emulated = run_list(path, bracket(contingency_type=contingency, emulation_trigger=BID_ASK, **entry))
    assert [order.status for order in emulated.orders] == [order.status for order in own.orders]
    assert [fills(order) for order in emulated.orders] == [fills(order) for order in own.orders]
    assert sum(len(fills(order)) for order in emulated.orders) == 2
    assert held.kernel.portfolio.is_flat(ID) and held.kernel.emulator.held_count == 0
    cancelled = next(order for order in emulated.orders if order.status == OrderStatus.CANCELED)
    assert kinds(cancelled) == ["Emulated", "Canceled"]


def test_children_wait_for_their_parent() -> None:
    """The stop-loss price is passed before the entry fills: it must not have been triggered by that."""
    # Bids 1.10000, 1.09970 (below the stop), 1.09990, 1.10010: the entry stops in at an ask of 1.10012
    options = {"entry_order_type": OrderType.STOP_MARKET, "entry_trigger_price": px(110_010)}
    _, strategy = run_list(
        [110_000, 109_970, 109_990, 110_010, 110_010], bracket(emulation_trigger=BID_ASK, **options)
    )
    entry, stop, profit = strategy.orders
    assert fills(entry) == [(4, "1.10012")]
    assert stop.status == profit.status == OrderStatus.EMULATED


@pytest.mark.parametrize("which", [1, 2])
def test_cancelling_one_held_exit_takes_the_other_along(which: int) -> None:
    made, strategy = run_list(
        UP, bracket(emulation_trigger=BID_ASK), lambda s: s.cancel_order(s.orders[which]), at=2
    )
    assert [order.status.name for order in strategy.orders] == ["FILLED", "CANCELED", "CANCELED"]
    assert made.kernel.emulator.held_count == 0


@pytest.mark.parametrize("end", ["cancel", "cancel all"])
def test_children_end_with_a_parent_that_never_filled(end: str) -> None:
    def later(strategy: Any) -> None:
        if end == "cancel":
            strategy.cancel_order(strategy.orders[0])
        else:
            strategy.cancel_all_orders(ID)

    entry = {**LIMIT, "entry_price": px(109_000)}
    made, strategy = run_list(UP, bracket(emulation_trigger=BID_ASK, **entry), later, at=2)
    assert {order.status for order in strategy.orders} == {OrderStatus.CANCELED}
    assert made.kernel.emulator.held_count == 0


def test_held_children_end_with_a_parent_that_the_venue_refuses() -> None:
    """A post-only entry that would take is rejected at the venue; its emulated children are cancelled here."""

    def mixed(strategy: Any) -> Any:
        # The entry at the venue, children that are emulated
        entry = strategy.order_factory.limit(ID, BUY, QTY, px(110_002), post_only=True)
        ids = [strategy.order_factory.generate_client_order_id() for _ in range(2)]
        now = strategy.clock.timestamp_ns()
        common = (strategy.trader_id, strategy.id, ID)
        options = {
            "contingency_type": ContingencyType.OCO, "parent_order_id": entry.client_order_id, "reduce_only": True,
            "emulation_trigger": BID_ASK,
        }  # fmt: skip
        stop = StopMarketOrder(
            *common, ids[0], OrderSide.SELL, QTY, px(109_980), TriggerType.DEFAULT, uuid(1), now,
            linked_order_ids=[ids[1]], **options,
        )  # fmt: skip
        profit = LimitOrder(
            *common, ids[1], OrderSide.SELL, QTY, px(110_030), uuid(2), now, linked_order_ids=[ids[0]], **options
        )
        parent = LimitOrder(
            *common, entry.client_order_id, BUY, QTY, px(110_002), uuid(3), now, post_only=True,
            contingency_type=ContingencyType.OTO, linked_order_ids=ids,
        )  # fmt: skip
        return [parent, stop, profit]

    made, strategy = run_list(UP, mixed)
    assert [order.status.name for order in strategy.orders] == ["REJECTED", "CANCELED", "CANCELED"]
    assert made.kernel.emulator.held_count == 0


def test_a_child_has_no_more_than_its_parent_filled() -> None:
    """The venue shows 40 of 100 a quote: a limit entry is held by the venue and fills in parts."""

    def make(strategy: Any) -> Any:
        options = {**EXITS, "emulation_trigger": BID_ASK, "sl_trigger_price": px(109_000), "tp_price": px(111_000)}
        return strategy.order_factory.bracket(ID, BUY, QTY, **options).orders

    seen: list[Any] = []

    def later(strategy: Any) -> None:
        seen.extend(int(order.quantity) for order in strategy.orders[1:])

    # A market order takes 40 at the touch, the rest one tick further; children hear of 40 first, then of 100
    made, strategy = run_list(UP, make, later, at=2, size=40)
    entry, stop, profit = strategy.orders
    assert [int(e.last_qty) for e in entry.events if type(e).__name__ == "OrderFilled"] == [40, 60]
    assert kinds(stop) == ["Emulated", "Updated", "Updated"]
    assert [int(e.quantity) for e in stop.events if type(e).__name__ == "OrderUpdated"] == [40, 100]
    assert seen == [100, 100]


def test_held_children_follow_a_change_of_their_parent() -> None:
    entry = {**LIMIT, "entry_price": px(109_983)}
    made, strategy = run_list(
        DOWN,
        bracket(emulation_trigger=BID_ASK, **entry),
        lambda s: s.modify_order(s.orders[0], quantity=Quantity.from_int(60)),
        at=2,
    )
    assert [int(order.quantity) for order in strategy.orders] == [60, 60, 60]
    # The ask of 1.09982 fills the entry at second 3, its bid of 1.09980 stops it out
    assert fills(strategy.orders[0]) == [(3, "1.09982")]
    assert fills(strategy.orders[1]) == [(3, "1.09980")]
    assert made.kernel.portfolio.is_flat(ID)


def test_two_that_cancel_each_other_are_never_both_filled() -> None:
    """A gap reaches a buy stop and a sell stop's limit at once: one fills, the other does not."""

    def make(strategy: Any) -> Any:
        ids = [strategy.order_factory.generate_client_order_id() for _ in range(2)]
        now = strategy.clock.timestamp_ns()
        common = (strategy.trader_id, strategy.id, ID)
        one = LimitOrder(
            *common, ids[0], OrderSide.SELL, QTY, px(110_015), uuid(1), now,
            contingency_type=ContingencyType.OCO, linked_order_ids=[ids[1]], emulation_trigger=BID_ASK,
        )  # fmt: skip
        two = StopMarketOrder(
            *common, ids[1], BUY, QTY, px(110_015), TriggerType.DEFAULT,
            uuid(2), now, contingency_type=ContingencyType.OCO,
            linked_order_ids=[ids[0]], emulation_trigger=BID_ASK,
        )  # fmt: skip
        return [one, two]

    made, strategy = run_list([110_000, 110_100, 110_100], make)
    assert sorted(len(fills(order)) for order in strategy.orders) == [0, 1]
    assert all(order.is_closed for order in strategy.orders)
    assert made.kernel.emulator.held_count == 0


def test_a_trailing_stop_loss_begins_with_its_entry() -> None:
    options = {
        "emulation_trigger": BID_ASK, "sl_order_type": OrderType.TRAILING_STOP_MARKET,
        "sl_trailing_offset": Decimal("0.00015"), "sl_trigger_price": None, "tp_price": px(111_000),
    }  # fmt: skip
    made, strategy = run_list([110_000, 110_010, 110_020, 110_000, 109_990], bracket(**options))
    entry, stop, profit = strategy.orders
    # 1.10020 - 0.00015 = 1.10005: the bid of 1.10000 at second 4 is beyond
    assert [str(e.trigger_price) for e in stop.events if type(e).__name__ == "OrderUpdated"] == [
        "1.09985", "1.09995", "1.10005"
    ]  # fmt: skip
    assert fills(stop) == [(4, "1.10000")]
    assert profit.status == OrderStatus.CANCELED


def test_one_bad_order_denies_the_list() -> None:
    _, strategy = run_list(UP, bracket(emulation_trigger=BID_ASK, tp_time_in_force=TimeInForce.DAY))
    assert {order.status for order in strategy.orders} == {OrderStatus.DENIED}
    assert "DENIED" in strategy.orders[0].last_event.reason
    assert strategy.orders[2].last_event.reason == "time in force DAY of an emulated order is not supported"


def test_runs_are_equal() -> None:
    digests = {run_list(DOWN, bracket(emulation_trigger=BID_ASK))[0].get_result().digest for _ in range(2)}
    assert len(digests) == 1


# -- what must not be held, and what must not be lost ------------------------------------------------------------------


def stop(trigger: Any, **options: Any) -> Any:
    return lambda make: make.stop_market(ID, BUY, QTY, trigger, emulation_trigger=BID_ASK, **options)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (stop(Price.from_str("1.1001555")), "precision of price or quantity exceeds"),
        (
            lambda m: m.trailing_stop_market(
                ID, BUY, QTY, trailing_offset=Decimal("0.0000015"), emulation_trigger=BID_ASK
            ),
            "precision of price or quantity exceeds",
        ),
        (
            lambda m: m.trailing_stop_market(
                ID, BUY, QTY, trailing_offset=Decimal(1), trailing_offset_type=TrailingOffsetType.PRICE_TIER,
                emulation_trigger=BID_ASK,
            ),
            "PRICE_TIER is not supported",
        ),
    ],
)  # fmt: skip
def test_what_no_venue_would_take_is_denied_before_it_is_held(make: Any, reason: str) -> None:
    _, strategy = run(make, PATH)
    assert strategy.order.status == OrderStatus.DENIED
    assert reason in strategy.order.last_event.reason
    assert "OrderEmulated" not in strategy.heard


@pytest.mark.parametrize(
    "change", [{"quantity": Quantity.from_int(0)}, {"trigger_price": Price.from_str("1.1001555")}]
)
def test_a_change_that_no_venue_would_take_is_refused(change: Any) -> None:
    _, strategy = run(stop(px(110_500)), PATH, lambda s: s.modify_order(s.order, **change), at=2)
    assert strategy.heard[-1] == "OrderModifyRejected"
    assert (strategy.order.status, strategy.order.quantity) == (OrderStatus.EMULATED, QTY)
    assert strategy.order.trigger_price == px(110_500)


def test_what_triggers_is_what_is_trailed() -> None:
    """Held by the last trade, the order follows the last trade, whatever a venue would have followed."""
    _, strategy = run(
        lambda m: m.trailing_stop_market(
            ID, OrderSide.SELL, QTY, trailing_offset=Decimal("0.00015"), emulation_trigger=TriggerType.LAST_PRICE
        ),
        PATH,
        trades=True,
    )
    # The highest trade is 1.10020, less 0.00015; the trade of 1.10000 at second 5 is beyond
    assert fills(strategy.order) == [(5, "1.10000")]


def test_cancelled_by_the_handler_of_its_first_event() -> None:
    class Shy(Once):
        def on_order_emulated(self, event: Any) -> None:
            self.cancel_order(self.cache.order(event.client_order_id))

    made = engine()
    strategy = Shy(lambda make: make.stop_market(ID, BUY, QTY, px(100_000), emulation_trigger=BID_ASK))
    made.add_strategy(strategy)
    made.run()
    assert strategy.order.status == OrderStatus.CANCELED
    assert made.kernel.emulator.held_count == 0
