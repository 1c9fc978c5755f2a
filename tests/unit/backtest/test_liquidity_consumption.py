"""What own orders took of a level is gone until the level has another size."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.model.data import TradeTick
from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide, OrderStatus, TimeInForce, TriggerType
from nautilus_lite.model.identifiers import TradeId
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def l1(house: Any) -> Any:
    venue = house(liquidity_consumption=True)
    venue.quote("99.99", "100.01", 100, 100)
    return venue


@pytest.fixture
def l2(house: Any) -> Any:
    venue = house(book_type=BookType.L2_MBP, liquidity_consumption=True)
    venue.bids(("99.99", 100))
    venue.asks(("100.01", 100), ("100.02", 50))
    return venue


def test_a_market_order_gets_the_shown_size_and_no_more(l1):
    order = l1.market_order(BUY, 150)
    assert l1.fills(order) == [(100, "100.01", "took_book")]
    assert order.status == OrderStatus.CANCELED


def test_a_second_taker_finds_what_the_first_left(l1):
    first, second, third = l1.market_order(BUY, 70), l1.market_order(BUY, 50), l1.market_order(BUY, 1)
    # 100 shown: 70, then 100 - 70 = 30, then nothing
    assert [l1.fills(order) for order in (first, second, third)] == [
        [(70, "100.01", "took_book")],
        [(30, "100.01", "took_book")],
        [],
    ]
    assert third.status == OrderStatus.CANCELED
    assert l1.fills(l1.market_order(SELL, 100)) == [(100, "99.99", "took_book")]


def test_the_same_quote_again_is_not_fresh_and_another_size_is(l1):
    l1.market_order(BUY, 100)
    l1.quote("99.99", "100.01", 90, 100)
    assert l1.fills(l1.market_order(BUY, 10)) == []
    l1.quote("99.99", "100.01", 90, 101)
    assert l1.fills(l1.market_order(BUY, 200)) == [(101, "100.01", "took_book")]


def test_a_price_that_was_left_and_comes_back_is_fresh(l1):
    l1.market_order(BUY, 100)
    l1.quote("100.01", "100.03", 100, 100)
    l1.quote("99.99", "100.01", 100, 100)
    assert l1.fills(l1.market_order(BUY, 100)) == [(100, "100.01", "took_book")]


def test_fok_counts_what_is_left(l1):
    l1.market_order(BUY, 60)
    assert l1.limit(BUY, 50, "100.01", time_in_force=TimeInForce.FOK).status == OrderStatus.CANCELED
    assert l1.limit(BUY, 40, "100.01", time_in_force=TimeInForce.FOK).status == OrderStatus.FILLED


def test_resting_limits_share_what_crosses_them(l1):
    first, second = l1.limit(BUY, 80, "99.99"), l1.limit(BUY, 50, "99.99")
    l1.quote("99.97", "99.98", 100, 100)
    l1.quote("99.97", "99.98", 100, 100)
    assert l1.fills(first) == [(80, "99.99", "book_crossed")]
    assert l1.fills(second) == [(20, "99.99", "book_crossed")]
    l1.quote("99.97", "99.98", 100, 40)
    assert l1.fills(second)[1:] == [(30, "99.99", "book_crossed")]


def test_a_taker_and_a_resting_limit_share(l1):
    resting = l1.limit(BUY, 80, "99.99")
    l1.quote("99.97", "99.98", 100, 100)
    # 100 - 80 = 20 left at 99.98
    assert l1.fills(resting) == [(80, "99.99", "book_crossed")]
    assert l1.fills(l1.market_order(BUY, 30)) == [(20, "99.98", "took_book")]


def test_market_to_limit_rests_with_what_it_did_not_get(l1):
    l1.market_order(BUY, 60)
    order = l1.submit(l1.orders.market_to_limit(l1.pair.id, BUY, l1.pair.make_qty(100)))
    assert l1.fills(order) == [(40, "100.01", "took_book")]
    assert (order.status, str(order.price)) == (OrderStatus.PARTIALLY_FILLED, "100.01")


def test_a_stop_gets_the_shown_size(l1):
    order = l1.stop(BUY, 150, "100.05")
    l1.quote("100.04", "100.06", 100, 100)
    assert l1.fills(order) == [(100, "100.06", "stop_triggered")]
    assert order.status == OrderStatus.CANCELED


def test_every_trade_that_makes_the_book_is_fresh_and_had_once(house):
    venue = house(liquidity_consumption=True)
    venue.trade("100.00", 50, AggressorSide.SELLER)
    resting = venue.limit(BUY, 30, "99.99")
    venue.trade("99.99", 50, AggressorSide.SELLER)
    assert venue.fills(resting) == [(30, "99.99", "trade_at")]
    # 50 traded, 30 of it went to the resting order
    assert venue.fills(venue.market_order(BUY, 50)) == [(20, "99.99", "took_book")]
    venue.trade("99.99", 50, AggressorSide.SELLER)
    assert venue.fills(venue.market_order(BUY, 50)) == [(50, "99.99", "took_book")]


def test_every_point_of_a_bar_is_fresh(house):
    venue = house(liquidity_consumption=True)
    venue.bar("100.00", size=10)
    order = venue.limit(BUY, 30, "99.99")
    venue.bar("99.98", "99.98", "99.98", size=10)
    assert venue.fills(order) == [(10, "99.99", "bar_passed")] * 3


def test_l2_takers_take_level_by_level_what_is_left(l2):
    # 100 at 100.01 and 50 at 100.02
    assert l2.fills(l2.market_order(BUY, 120)) == [(100, "100.01", "took_book"), (20, "100.02", "took_book")]
    second = l2.market_order(BUY, 50)
    assert l2.fills(second) == [(30, "100.02", "took_book")]
    assert second.status == OrderStatus.CANCELED
    l2.asks(("100.01", 40))
    assert l2.fills(l2.market_order(BUY, 100)) == [(40, "100.01", "took_book")]


def test_l2_level_seen_gone_is_fresh_when_it_returns(l2):
    l2.market_order(BUY, 100)
    l2.asks(("100.01", 0))
    l2.market_order(BUY, 10)
    l2.asks(("100.01", 100))
    assert l2.fills(l2.market_order(BUY, 130)) == [(100, "100.01", "took_book"), (30, "100.02", "took_book")]


def test_l2_level_that_left_and_returned_with_the_same_size_is_fresh(l2):
    l2.market_order(BUY, 100)
    l2.asks(("100.01", 0), ("100.01", 100))
    assert l2.fills(l2.market_order(BUY, 130)) == [(100, "100.01", "took_book"), (30, "100.02", "took_book")]
    # Of the second level 20 are left
    l2.asks(("100.02", 60), ("100.02", 50))
    assert l2.fills(l2.market_order(BUY, 130)) == [(50, "100.02", "took_book")]


def test_l2_a_limit_that_took_rests_and_finds_nothing_until_the_size_changes(l2):
    order = l2.limit(BUY, 180, "100.01")
    assert l2.fills(order) == [(100, "100.01", "took_book")]
    l2.asks(("100.03", 10))
    assert len(l2.fills(order)) == 1
    l2.asks(("100.01", 60))
    assert l2.fills(order)[1:] == [(60, "100.01", "touched")]


def test_l2_market_to_limit_takes_the_best_level_that_has_something_left(l2):
    l2.market_order(BUY, 100)
    order = l2.submit(l2.orders.market_to_limit(l2.pair.id, BUY, l2.pair.make_qty(80)))
    assert l2.fills(order) == [(50, "100.02", "took_book")]
    assert str(order.price) == "100.02"


def test_a_reset_forgets(l1):
    l1.market_order(BUY, 100)
    l1.exchange.reset()
    assert l1.fills(l1.market_order(BUY, 100)) == [(100, "100.01", "took_book")]


def test_off_a_level_that_left_and_returned_serves_a_resting_order_again(house):
    venue = house(book_type=BookType.L2_MBP)
    venue.asks(("100.05", 10))
    order = venue.limit(BUY, 300, "100.03")
    venue.asks(("100.02", 50))
    venue.asks(("100.01", 100))
    venue.asks(("100.01", 0))
    # 100.02 still reaches the order, so what was taken of it stays taken
    assert [qty for qty, _, _ in venue.fills(order)] == [50, 100]
    venue.asks(("100.01", 100))
    assert [qty for qty, _, _ in venue.fills(order)] == [50, 100, 100]


@pytest.mark.parametrize(
    ("book", "side", "price", "trigger", "filled"),
    [
        ("l2", BUY, "100.01", "100.01", [(70, "100.01"), (30, "100.02")]),      # 30 of the 100 at 100.01 have traded
        ("l2", BUY, "100.02", "100.02", [(100, "100.01")]),
        ("l2", SELL, "99.99", "99.99", [(70, "99.99")]),
        ("l1", BUY, "100.01", "100.01", [(70, "100.01")]),
        ("l2", BUY, "100.05", "100.01", [(100, "100.01")]),                     # no level shows it
    ],
)
def test_what_the_trade_that_triggers_a_stop_took_is_not_there(request, book, side, price, trigger, filled):
    venue = request.getfixturevalue(book)
    order = venue.stop(side, 100, trigger, trigger_type=TriggerType.LAST_PRICE)
    venue.trade(price, 30, AggressorSide.BUYER if side == BUY else AggressorSide.SELLER)
    assert [fill[:2] for fill in venue.fills(order)] == filled


def test_a_book_that_is_newer_than_the_trade_has_shown_what_it_took(l2):
    order = l2.stop(BUY, 100, "100.01", trigger_type=TriggerType.LAST_PRICE)
    l2.at(10)
    l2.asks(("100.01", 70))
    early = TradeTick(
        l2.pair.id, Price.from_str("100.01"), Quantity.from_int(30), AggressorSide.BUYER, TradeId("1"), ts_event=5, ts_init=10
    )
    l2.market.apply(early)
    l2.matching.on_market(10, early)
    l2.settle()
    assert l2.fills(order) == [(70, "100.01", "stop_triggered"), (30, "100.02", "stop_triggered")]


def test_off_every_taker_has_all_that_is_shown(house):
    venue = house()
    venue.quote("99.99", "100.01", 100, 100)
    for _ in range(2):
        assert venue.fills(venue.market_order(BUY, 150)) == [(100, "100.01", "took_book"), (50, "100.02", "slipped")]
