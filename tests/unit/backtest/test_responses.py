"""Answers of a venue that take time. Times are nanoseconds: a command takes 3 to the venue, an answer 5 back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from nautilus_lite.backtest.matching.responses import twin_of
from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.execution.messages import SubmitOrderList
from nautilus_lite.model.enums import OmsType, OrderSide, OrderStatus, OrderType, TimeInForce
from nautilus_lite.model.identifiers import PositionId
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL


def test_a_twin_has_every_field_of_its_order(house: Any) -> None:
    venue = house()
    make, pair, qty = venue.orders, venue.pair.id, Quantity.from_int(10)
    price, trigger = Price.from_str("99.00"), Price.from_str("98.00")
    later = pd.Timestamp("2024-01-01", tz="UTC")
    made = [
        make.market(pair, BUY, qty, reduce_only=True, tags=["a"]),
        make.limit(pair, SELL, qty, price, TimeInForce.GTD, later, post_only=True, display_qty=Quantity.from_int(3)),
        make.stop_market(pair, BUY, qty, trigger),
        make.stop_limit(pair, BUY, qty, price, trigger),
        make.market_if_touched(pair, BUY, qty, trigger),
        make.market_to_limit(pair, BUY, qty),
        make.trailing_stop_market(pair, SELL, qty, trailing_offset=Decimal("0.05"), activation_price=price),
        make.trailing_stop_limit(pair, SELL, qty, limit_offset=Decimal("0.02"), trailing_offset=Decimal("0.05")),
        *make.bracket(pair, BUY, qty, sl_trigger_price=trigger, tp_price=Price.from_str("101.00")).orders,
    ]
    for order in made:
        twin = twin_of(order)
        assert type(twin) is type(order)
        fields, copied = (one.__reduce_cython__()[1][2] or one.__reduce_cython__()[2] for one in (order, twin))
        assert len(fields) == len(copied) >= 50
        # Its log begins with the order, and it was sent: both statuses say so
        assert sum(a is not b and a != b for a, b in zip(fields, copied, strict=True) if a == a) == 3


def slow(house: Any, entry: int = 3, response: int = 5, **settings: Any) -> Any:
    venue = house(latency_model=LatencyModel(entry, response_latency_nanos=response), **settings)
    venue.quote("99.99", "100.01")
    return venue


def walk(venue: Any, until: int) -> None:
    """Let time pass, one nanosecond after the other."""
    for now in range(venue.now + 1, until + 1):
        venue.at(now)


def heard(venue: Any, order: Any) -> list[tuple[str, int, int]]:
    """Return kind, time at the venue and time of hearing of every event after the submission."""
    events = [e for e in venue.events if e.client_order_id == order.client_order_id]
    return [
        (type(e).__name__.removeprefix("Order"), e.ts_event, e.ts_init)
        for e in events
        if type(e).__name__ != "OrderSubmitted"
    ]


def bracket(venue: Any, qty: int = 10, **options: Any) -> list[Any]:
    made = venue.orders.bracket(
        venue.pair.id, BUY, Quantity.from_int(qty), tp_price=Price.from_str("100.50"),
        sl_trigger_price=Price.from_str("99.50"), tp_post_only=False, **options,
    )  # fmt: skip
    venue.send(SubmitOrderList, made.first, order_list=made)
    return made.orders


@pytest.fixture
def venue(house: Any) -> Any:
    return slow(house)


class TestTimes:
    def test_an_order_is_known_to_rest_eight_later(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 7)
        assert (order.status, venue.events[-1].ts_init) == (OrderStatus.SUBMITTED, 0)
        # It arrived at 3, and works there
        (twin,) = venue.exchange.get_open_orders()
        assert (twin.status, twin.client_order_id) == (OrderStatus.ACCEPTED, order.client_order_id)
        assert venue.exchange.unheard_count == 1
        walk(venue, 8)
        assert heard(venue, order) == [("Accepted", 3, 8)]
        assert (order.status, order.ts_accepted, order.venue_order_id) == (OrderStatus.ACCEPTED, 3, twin.venue_order_id)

    def test_position_and_account_move_when_the_fill_is_heard(self, venue: Any) -> None:
        order = venue.market_order(BUY, 10)
        balance = venue.balance()
        walk(venue, 7)
        assert (order.filled_qty.raw, venue.net(), venue.balance()) == (0, 0, balance)
        walk(venue, 8)
        # 10 * 100.01 * 0.0005 = 0.50005, to cents 0.50
        assert (order.status, venue.net(), balance - venue.balance()) == (OrderStatus.FILLED, 10, 0.5)
        (position,) = venue.cache.positions_open()
        assert (position.ts_opened, heard(venue, order)) == (3, [("Filled", 3, 8)])
        assert order.liquidity_side == venue.last(order).liquidity_side

    def test_an_answer_never_overtakes_another(self, house: Any) -> None:
        class Drawn(LatencyModel):
            def response_latency(self, event: Any, ts_now: int) -> int:
                return 50 if type(event).__name__ == "OrderAccepted" else 1

        venue = house(latency_model=Drawn(0))
        venue.quote("99.99", "100.01")
        order, other = venue.limit(BUY, 10, "100.02"), venue.market_order(BUY, 1)
        walk(venue, 49)
        assert heard(venue, order) == heard(venue, other) == []
        walk(venue, 50)
        assert heard(venue, order) == [("Accepted", 0, 50), ("Filled", 0, 50)]
        assert heard(venue, other) == [("Filled", 0, 50)]

    def test_an_answer_that_takes_no_time_is_heard_once_the_match_is_over(self, house: Any) -> None:
        class Now(LatencyModel):
            def response_latency(self, event: Any, ts_now: int) -> int:
                return 0

        venue = house(latency_model=Now(0))
        venue.quote("99.99", "100.01")
        order = venue.market_order(BUY, 10)
        assert (heard(venue, order), venue.net()) == ([("Filled", 0, 0)], 10)

    def test_rejections_are_heard_late_too(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "100.05", post_only=True)
        walk(venue, 8)
        assert heard(venue, order) == [("Rejected", 3, 8)]
        assert venue.last(order).due_post_only

    def test_expiry_is_at_its_time_and_heard_late(self, venue: Any) -> None:
        expiry = pd.Timestamp(20, tz="UTC")
        order = venue.limit(BUY, 1, "99.00", time_in_force=TimeInForce.GTD, expire_time=expiry)
        walk(venue, 24)
        assert (order.status, venue.exchange.get_open_orders()) == (OrderStatus.ACCEPTED, [])
        walk(venue, 25)
        assert heard(venue, order) == [("Accepted", 3, 8), ("Expired", 20, 25)]


class TestRaces:
    def test_a_cancel_that_meets_a_fill_is_rejected(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 20)
        venue.cancel(order)
        walk(venue, 21)
        # Filled at 21, heard at 26; the cancel arrives at 23 and finds nothing, which is heard at 28
        venue.quote("99.80", "99.85")
        walk(venue, 40)
        assert heard(venue, order) == [("Accepted", 3, 8), ("Filled", 21, 26), ("CancelRejected", 23, 28)]
        assert "is not working at SIM" in venue.last(order).reason
        assert (order.status, venue.net()) == (OrderStatus.FILLED, 10)

    def test_a_fill_on_its_way_does_not_stop_the_cancel_of_the_rest(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 20)
        venue.trade("99.90", 4)
        walk(venue, 22)
        # Sent without knowing of the 4 that were filled at 20; arrives at 25, when that has just been heard
        venue.cancel(order)
        walk(venue, 24)
        assert (order.filled_qty.raw, venue.exchange.get_open_orders()[0].filled_qty.raw) == (0, 4)
        walk(venue, 40)
        assert heard(venue, order) == [("Accepted", 3, 8), ("Filled", 20, 25), ("Canceled", 25, 30)]
        assert (order.status, order.filled_qty.raw, venue.net()) == (OrderStatus.CANCELED, 4, 4)

    def test_a_cancel_sent_before_the_acceptance_was_heard(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 5)
        venue.cancel(order)
        walk(venue, 20)
        assert heard(venue, order) == [("Accepted", 3, 8), ("Canceled", 8, 13)]

    def test_a_second_cancel_finds_nothing(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 10)
        venue.cancel(order)
        venue.cancel(order)
        walk(venue, 40)
        assert heard(venue, order)[1:] == [("Canceled", 13, 18), ("CancelRejected", 13, 18)]
        assert order.status == OrderStatus.CANCELED

    def test_a_change_that_meets_a_fill_is_rejected(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 20)
        venue.modify(order, price="99.70")
        walk(venue, 22)
        venue.quote("99.80", "99.85")
        walk(venue, 40)
        assert heard(venue, order)[1:] == [("Filled", 22, 27), ("ModifyRejected", 23, 28)]
        assert str(venue.fills(order)[0][1]) == "99.90"

    def test_a_change_below_what_is_filled_is_rejected(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 20)
        venue.trade("99.90", 6)
        venue.modify(order, qty=5)
        walk(venue, 40)
        assert heard(venue, order)[1:] == [("Filled", 20, 25), ("ModifyRejected", 23, 28)]
        assert venue.last(order).reason == "quantity 5 must be above the filled quantity 6"
        assert (order.quantity.raw, order.status) == (10, OrderStatus.PARTIALLY_FILLED)

    def test_a_change_works_at_the_venue_before_it_is_heard(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 20)
        venue.modify(order, price="99.95")
        walk(venue, 24)
        assert str(order.price) == "99.90"
        # At the new price since 23
        venue.quote("99.80", "99.92")
        walk(venue, 40)
        assert heard(venue, order)[1:] == [("Updated", 23, 28), ("Filled", 24, 29)]
        assert (str(order.price), venue.fills(order)) == ("99.95", [(10, "99.95", "book_crossed")])

    def test_two_changes_under_way_at_once(self, venue: Any) -> None:
        order = venue.limit(BUY, 10, "99.90")
        walk(venue, 20)
        venue.modify(order, price="99.80")
        walk(venue, 22)
        venue.modify(order, price="99.70", qty=20)
        walk(venue, 40)
        assert heard(venue, order)[1:] == [("Updated", 23, 28), ("Updated", 25, 30)]
        assert (str(order.price), order.quantity.raw, order.status) == ("99.70", 20, OrderStatus.ACCEPTED)

    def test_orders_of_the_strategy_that_arrive_after_a_cancel_all_stay(self, house: Any) -> None:
        model = LatencyModel(0, insert_latency_nanos=9, cancel_latency_nanos=2, response_latency_nanos=5)
        venue = house(latency_model=model)
        venue.quote("99.99", "100.01")
        first = venue.limit(BUY, 1, "99.90")
        walk(venue, 20)
        second = venue.limit(BUY, 1, "99.91")
        venue.cancel_all(first)
        walk(venue, 60)
        assert heard(venue, first) == [("Accepted", 9, 14), ("Canceled", 22, 27)]
        assert heard(venue, second) == [("Accepted", 29, 34)]


class TestContingencies:
    def test_children_work_before_the_fill_of_their_parent_is_heard(self, venue: Any) -> None:
        entry, stop, profit = bracket(venue, entry_order_type=OrderType.LIMIT, entry_price=Price.from_str("99.90"))
        walk(venue, 20)
        venue.quote("99.80", "99.85")
        assert {o.client_order_id for o in venue.exchange.get_open_orders()} == {
            stop.client_order_id, profit.client_order_id,
        }  # fmt: skip
        assert (entry.status, stop.status, profit.status) == (
            OrderStatus.ACCEPTED, OrderStatus.SUBMITTED, OrderStatus.SUBMITTED,
        )  # fmt: skip
        walk(venue, 22)
        # The stop goes through before anybody knows of the entry; its sibling is gone at the same moment
        venue.quote("99.40", "99.45")
        assert venue.exchange.get_open_orders() == []
        walk(venue, 40)
        assert heard(venue, entry) == [("Accepted", 3, 8), ("Filled", 20, 25)]
        assert heard(venue, stop) == [("Accepted", 20, 25), ("Filled", 22, 27)]
        assert heard(venue, profit) == [("Accepted", 20, 25), ("Canceled", 22, 27)]
        assert venue.net() == 0

    def test_a_cancel_of_a_sibling_that_is_gone_is_rejected(self, venue: Any) -> None:
        _, stop, profit = bracket(venue)
        walk(venue, 20)
        venue.quote("99.40", "99.45")
        venue.cancel(profit)
        walk(venue, 40)
        assert heard(venue, stop)[-1] == ("Filled", 20, 25)
        assert heard(venue, profit)[-2:] == [("Canceled", 20, 25), ("CancelRejected", 23, 28)]

    def test_partial_fills_cut_the_sibling_at_once(self, venue: Any) -> None:
        _, stop, profit = bracket(venue, qty=10)
        walk(venue, 20)
        venue.trade("100.50", 4)
        by_id = {o.client_order_id: o for o in venue.exchange.get_open_orders()}
        assert (by_id[stop.client_order_id].quantity.raw, stop.quantity.raw) == (6, 10)
        walk(venue, 22)
        venue.quote("99.40", "99.45")
        walk(venue, 40)
        assert [(qty, px) for qty, px, _ in venue.fills(stop)] == [(6, "99.40")]
        assert venue.net() == 0

    def test_a_child_in_a_hedging_account_finds_the_position_of_its_parent(self, house: Any) -> None:
        venue = slow(house, oms_type=OmsType.HEDGING)
        _, stop, profit = bracket(venue)
        walk(venue, 4)
        assert len(venue.exchange.get_open_orders()) == 2
        walk(venue, 20)
        assert heard(venue, stop) == heard(venue, profit) == [("Accepted", 3, 8)]


class TestReduceOnly:
    def test_the_position_is_the_one_at_the_venue(self, venue: Any) -> None:
        entry = venue.market_order(BUY, 10)
        walk(venue, 2)
        # The fill of 3 is heard at 8; this arrives at 5 and may reduce what nobody has heard of
        exit_ = venue.market_order(SELL, 15, reduce_only=True)
        walk(venue, 7)
        assert venue.net() == 0
        walk(venue, 20)
        assert heard(venue, entry) == [("Filled", 3, 8)]
        assert heard(venue, exit_) == [("Updated", 5, 10), ("Filled", 5, 10)]
        assert (exit_.quantity.raw, venue.net()) == (10, 0)

    def test_what_is_closed_at_the_venue_cannot_be_reduced(self, venue: Any) -> None:
        venue.market_order(BUY, 10)
        walk(venue, 20)
        venue.market_order(SELL, 10)
        walk(venue, 22)
        # Long by all that is known: the sale at 23 is heard at 28, this arrives at 25
        order = venue.market_order(SELL, 10, reduce_only=True)
        walk(venue, 27)
        assert venue.net() == 10
        walk(venue, 40)
        assert heard(venue, order) == [("Rejected", 25, 30)]
        assert venue.net() == 0

    def test_resting_orders_leave_with_the_position(self, venue: Any) -> None:
        venue.market_order(BUY, 10)
        walk(venue, 20)
        order = venue.limit(SELL, 10, "100.50", reduce_only=True)
        walk(venue, 30)
        venue.market_order(SELL, 10)
        walk(venue, 60)
        assert heard(venue, order) == [("Accepted", 23, 28), ("Canceled", 33, 38)]

    def test_other_strategies_do_not_count(self, venue: Any) -> None:
        venue.market_order(BUY, 10)
        walk(venue, 2)
        venue.orders = venue.factory("S-002")
        order = venue.market_order(SELL, 5, reduce_only=True)
        walk(venue, 20)
        assert heard(venue, order) == [("Rejected", 5, 10)]

    def test_hedged_positions_count_what_was_not_heard(self, house: Any) -> None:
        venue = slow(house, oms_type=OmsType.HEDGING)
        venue.market_order(BUY, 10)
        walk(venue, 20)
        (position,) = venue.cache.positions_open()
        first = venue.orders.market(venue.pair.id, SELL, Quantity.from_int(6), reduce_only=True)
        venue.submit(first, PositionId(position.id.value))
        second = venue.orders.market(venue.pair.id, SELL, Quantity.from_int(6), reduce_only=True)
        venue.submit(second, PositionId(position.id.value))
        walk(venue, 40)
        assert [qty for qty, _, _ in venue.fills(first) + venue.fills(second)] == [6, 4]
        assert venue.net() == 0


class TestReset:
    def test_reset_forgets_what_is_under_way(self, venue: Any) -> None:
        venue.limit(BUY, 10, "99.90")
        walk(venue, 4)
        assert venue.exchange.unheard_count == 1
        venue.exchange.reset()
        assert (venue.exchange.unheard_count, venue.exchange.get_open_orders()) == (0, [])
        n_events = len(venue.events)
        walk(venue, 40)
        assert len(venue.events) == n_events
