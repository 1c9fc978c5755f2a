"""Orders of which the book shows a part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nautilus_lite.backtest.models import RiskAverseQueueModel
from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide
from nautilus_lite.model.objects import Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def venue(house: Callable[..., Any]) -> Any:
    made = house(book_type=BookType.L2_MBP, queue_model=RiskAverseQueueModel())
    made.bids(("1.00", 50))
    made.asks(("1.02", 50))
    return made


def sold(venue: Any, size: int, price: str = "1.00") -> None:
    venue.trade(price, size, AggressorSide.SELLER)


def test_each_tranche_joins_at_the_back(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    # 50 stand ahead: 60 leave ten for the shown tranche
    sold(venue, 60)
    assert venue.fills(order) == [(10, "1.00", "queue_cleared")]
    # Nobody else was left: the second tranche stands first, and 80 come behind it
    venue.bids(("1.00", 80))
    sold(venue, 75)
    assert venue.fills(order)[1:] == [(10, "1.00", "queue_cleared")]
    # Of the 80 there are 5 left, ahead of the third
    assert int(venue.matching.queue_ahead(order)) == 5
    sold(venue, 12)
    assert venue.fills(order)[2:] == [(7, "1.00", "queue_cleared")]
    sold(venue, 3)
    assert venue.fills(order)[3:] == [(3, "1.00", "queue_cleared")]
    assert order.is_closed


def test_one_trade_serves_several_tranches_where_nobody_else_is_left(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    # All 50 others are gone after this trade, and 25 are left of it: 10, 10, and 5 of the last tranche
    sold(venue, 75)
    assert [qty for qty, _, _ in venue.fills(order)] == [10, 10, 5]


def test_others_behind_the_first_tranche_come_before_the_second(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    venue.bids(("1.00", 100))
    # 50 ahead, 50 behind: 75 serve those ahead and the tranche; the next one has 100 - 75 = 25 ahead
    sold(venue, 75)
    assert [qty for qty, _, _ in venue.fills(order)] == [10]
    assert int(venue.matching.queue_ahead(order)) == 25


def test_one_trade_serves_those_behind_the_first_tranche_before_the_second(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    venue.bids(("1.00", 100))
    # 50 ahead, 10 ours, 50 behind, and 5 of the next tranche
    sold(venue, 115)
    assert [qty for qty, _, _ in venue.fills(order)] == [10, 5]


def test_what_earlier_trades_took_is_not_there_for_the_next_tranche(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    # 20 more traded than the level showed, 10 of them with us
    sold(venue, 70)
    sold(venue, 4)
    assert [qty for qty, _, _ in venue.fills(order)] == [10, 10, 4]


def test_an_own_order_behind_the_first_tranche_comes_before_the_second(venue: Any) -> None:
    iceberg = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    plain = venue.limit(BUY, 10, "1.00")
    sold(venue, 75)
    assert [qty for qty, _, _ in venue.fills(iceberg)] == [10, 5]
    assert [qty for qty, _, _ in venue.fills(plain)] == [10]


def test_what_is_hidden_fills_when_the_price_is_passed(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00", display_qty=Quantity.from_int(10))
    sold(venue, 100, "0.99")
    assert venue.fills(order) == [(30, "1.00", "trade_through")]


def test_all_is_one_tranche_where_all_is_shown(venue: Any) -> None:
    order = venue.limit(BUY, 30, "1.00")
    sold(venue, 75)
    assert [qty for qty, _, _ in venue.fills(order)] == [25]


def test_the_last_tranche_is_what_is_left(venue: Any) -> None:
    order = venue.limit(BUY, 13, "1.00", display_qty=Quantity.from_int(10))
    sold(venue, 200)
    assert [qty for qty, _, _ in venue.fills(order)] == [10, 3]
    assert order.is_closed
