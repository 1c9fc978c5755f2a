"""Brackets where positions are hedged: exits close the position that their entry opened, and no other."""

from typing import Any

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.execution.messages import SubmitOrderList
from nautilus_lite.model.enums import OmsType, OrderSide, OrderStatus, OrderType
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL


def px(text: str) -> Price:
    return Price.from_str(text)


def bracket(venue: Any, tp: str = "1.05", sl: str = "0.95", **options: Any) -> Any:
    made = venue.orders.bracket(
        venue.pair.id, BUY, Quantity.from_int(10), tp_price=px(tp), sl_trigger_price=px(sl), **options
    )
    venue.send(SubmitOrderList, made.first, order_list=made)
    return made.orders


@pytest.fixture
def venue(house: Any) -> Any:
    made = house(oms_type=OmsType.HEDGING)
    made.quote("1.00", "1.01")
    return made


@pytest.mark.parametrize("by_profit", [True, False])
def test_an_exit_closes_the_position_of_its_entry(venue: Any, by_profit: bool) -> None:
    other = venue.market_order(BUY, 10)
    entry, stop, profit = bracket(venue)
    position_id = venue.cache.position_id(entry.client_order_id)
    venue.quote(*(("1.05", "1.06") if by_profit else ("0.95", "0.96")))
    done, left = (profit, stop) if by_profit else (stop, profit)
    assert (done.status, left.status) == (OrderStatus.FILLED, OrderStatus.CANCELED)
    assert done.last_event.position_id == position_id
    assert venue.cache.position(position_id).is_closed
    (still,) = venue.cache.positions_open()
    assert still.id == venue.cache.position_id(other.client_order_id)
    assert venue.cache.position_for_order(profit.client_order_id).id == position_id


def test_an_entry_that_rests_first(venue: Any) -> None:
    entry, stop, profit = bracket(venue, entry_order_type=OrderType.LIMIT, entry_price=px("0.99"))
    venue.quote("0.98", "0.99")
    assert entry.status == OrderStatus.FILLED
    venue.quote("1.05", "1.06")
    assert profit.status == OrderStatus.FILLED
    assert venue.cache.positions_open() == []
    assert venue.cache.positions_total_count() == 1


def test_two_brackets_do_not_meet(venue: Any) -> None:
    first = bracket(venue, tp="1.05")
    second = bracket(venue, tp="1.07")
    venue.quote("1.05", "1.06")
    assert first[2].status == OrderStatus.FILLED
    assert second[2].status == OrderStatus.ACCEPTED
    (still,) = venue.cache.positions_open()
    assert still.id == venue.cache.position_id(second[0].client_order_id)
    venue.quote("0.90", "0.91")
    assert second[1].status == OrderStatus.FILLED
    assert venue.cache.positions_open() == []


def test_answers_that_take_time(house: Any) -> None:
    venue = house(oms_type=OmsType.HEDGING, latency_model=LatencyModel(base_latency_nanos=3, response_latency_nanos=5))
    venue.quote("1.00", "1.01")
    entry, stop, profit = bracket(venue)
    for now in range(1, 5):
        venue.at(now)
    # Filled at 3, which is heard at 8; the profit is reached before
    venue.quote("1.05", "1.06")
    for now in range(5, 30):
        venue.at(now)
    assert profit.status == OrderStatus.FILLED
    assert stop.status == OrderStatus.CANCELED
    assert venue.cache.positions_open() == []
    assert venue.cache.positions_total_count() == 1


def test_a_strategy_that_nets_at_a_venue_that_hedges(venue: Any) -> None:
    venue.engine.register_oms_type(venue.strategy_id, OmsType.NETTING)
    venue.market_order(BUY, 10)
    # The position needs no name: there is but one
    order = venue.market_order(SELL, 15, reduce_only=True)
    assert (order.status, order.filled_qty) == (OrderStatus.FILLED, Quantity.from_int(10))
    assert venue.net() == 0


def test_a_strategy_that_hedges_at_a_venue_that_nets(house: Any) -> None:
    venue = house()
    venue.quote("1.00", "1.01")
    venue.engine.register_oms_type(venue.strategy_id, OmsType.HEDGING)
    venue.market_order(BUY, 10)
    # It would open a position of its own
    assert venue.market_order(SELL, 5, reduce_only=True).status == OrderStatus.REJECTED
    entry, stop, profit = bracket(venue)
    venue.quote("1.05", "1.06")
    assert profit.status == OrderStatus.FILLED
    assert [position.signed_qty for position in venue.cache.positions_open()] == [10.0]
