"""Time that commands are on their way to the venue."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder
from nautilus_lite.model.enums import OrderSide, OrderStatus

BUY = OrderSide.BUY


class TestConstantLatency:
    def test_repr_tells_every_parameter(self) -> None:
        model = LatencyModel(1, 2, 3, 4, response_latency_nanos=5, feed_latency_nanos=6, in_order=True)
        assert repr(model) == (
            "LatencyModel(base_latency_nanos=1, insert_latency_nanos=3, update_latency_nanos=4, cancel_latency_nanos=5, "
            "response_latency_nanos=5, feed_latency_nanos=6, in_order=True)"
        )

    @pytest.mark.parametrize("name", ["response_latency_nanos", "feed_latency_nanos"])
    def test_negative_latency_is_refused(self, name: str) -> None:
        with pytest.raises(InvalidConfiguration, match=rf"invalid `{name}`, must be in \[0, 10\^18\] ns, was -1"):
            LatencyModel(**{name: -1})

    def test_in_order_a_quick_cancel_waits_for_its_order(self, house: Any) -> None:
        model = LatencyModel(0, insert_latency_nanos=100, cancel_latency_nanos=10, in_order=True)
        venue = house(latency_model=model)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.cancel(order)
        venue.at(99)
        assert venue.kinds(order) == []
        venue.at(100)
        assert venue.kinds(order) == ["Accepted", "Canceled"]

    def test_in_order_a_later_command_is_not_late(self, house: Any) -> None:
        model = LatencyModel(0, insert_latency_nanos=100, cancel_latency_nanos=10, in_order=True)
        venue = house(latency_model=model)
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.at(100)
        venue.cancel(order)
        venue.at(110)
        assert venue.kinds(order) == ["Accepted", "Canceled"]


class TestLatencyInPython:
    def test_entry_latency_is_asked_for_each_command(self, house: Any) -> None:
        asked: list[tuple[str, int]] = []

        class Slow(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> int:
                asked.append((type(command).__name__, ts_now))
                return {SubmitOrder: 100, ModifyOrder: 30, CancelOrder: 20}[type(command)]

        venue = house(latency_model=Slow())
        venue.quote("99.99", "100.01")
        order = venue.limit(BUY, 1, "99.00")
        venue.at(100)
        venue.modify(order, price="99.50")
        assert venue.exchange.next_inflight == 130
        venue.at(130)
        venue.cancel(order)
        venue.at(150)
        assert venue.kinds(order) == ["Accepted", "Updated", "Canceled"]
        assert asked == [("SubmitOrder", 0), ("ModifyOrder", 100), ("CancelOrder", 130)]

    def test_a_subclass_builds_on_the_constants(self, house: Any) -> None:
        class Twice(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> int:
                return 2 * super().entry_latency(command, ts_now)

        venue = house(latency_model=Twice(base_latency_nanos=50))
        venue.quote("99.99", "100.01")
        venue.market_order(BUY, 1)
        assert venue.exchange.next_inflight == 100

    @pytest.mark.parametrize("value", [-1, 1.5, None, 10**18 + 1])
    def test_a_latency_that_makes_no_sense_is_refused(self, house: Any, value: Any) -> None:
        class Odd(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> Any:
                return value

        venue = house(latency_model=Odd())
        venue.quote("99.99", "100.01")
        with pytest.raises(ValueError, match=r"`Odd.entry_latency` must return whole nanoseconds in \[0, 10\^18\]"):
            venue.market_order(BUY, 1)

    def test_random_numbers_belong_to_the_order(self, house: Any) -> None:
        class Drawn(LatencyModel):
            def entry_latency(self, command: Any, ts_now: int) -> int:
                return 1 + int(self.uniform() * 1_000_000)

        def arrival(orders_before: int) -> int:
            model = Drawn()
            venue = house(latency_model=model)
            venue.quote("99.99", "100.01")
            for _ in range(orders_before):
                venue.orders.generate_client_order_id()
                model.uniform()
            venue.orders.reset()
            order = venue.market_order(BUY, 1)
            assert order.status == OrderStatus.SUBMITTED
            return int(venue.exchange.next_inflight)

        assert arrival(0) == arrival(3) > 0
