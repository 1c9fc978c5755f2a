"""Orders that are triggered by mark or index prices, which come apart from the market."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.model.data.updates import IndexPriceUpdate, MarkPriceUpdate
from nautilus_lite.model.enums import OrderSide, TriggerType
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL
TEN = Quantity.from_int(10)
UPDATES = {TriggerType.MARK_PRICE: MarkPriceUpdate, TriggerType.INDEX_PRICE: IndexPriceUpdate}
BOTH = pytest.mark.parametrize("kind", UPDATES)


def tell(venue: Any, kind: TriggerType, price: str) -> None:
    """A mark or index price comes; the book stays as it is."""
    update = UPDATES[kind](venue.pair.id, Price.from_str(price), venue.now, venue.now)
    venue.market.apply(update)
    venue.exchange.apply_update(update, venue.now)
    venue.settle()


@pytest.fixture
def venue(house: Callable[..., Any]) -> Any:
    made = house()
    made.quote("0.99", "1.01")
    return made


@BOTH
def test_a_stop_fires_with_the_price_itself(venue: Any, kind: TriggerType) -> None:
    order = venue.stop(BUY, 10, "1.10", trigger_type=kind)
    tell(venue, kind, "1.09")
    # The market alone does not reach it
    venue.quote("1.19", "1.21")
    venue.trade("1.20", 5)
    assert venue.fills(order) == []
    tell(venue, kind, "1.10")
    # At the market, with no row in between
    assert venue.fills(order) == [(10, "1.21", "stop_triggered")]


@BOTH
def test_the_other_kind_of_price_does_not_reach_it(venue: Any, kind: TriggerType) -> None:
    order = venue.stop(SELL, 10, "0.90", trigger_type=kind)
    (other,) = set(UPDATES) - {kind}
    tell(venue, other, "0.10")
    assert venue.fills(order) == []
    tell(venue, kind, "0.90")
    assert venue.fills(order) == [(10, "0.99", "stop_triggered")]


@BOTH
def test_an_if_touched_order(venue: Any, kind: TriggerType) -> None:
    order = venue.submit(venue.orders.market_if_touched(venue.pair.id, BUY, TEN, Price.from_str("0.95"), trigger_type=kind))
    tell(venue, kind, "0.96")
    assert venue.fills(order) == []
    tell(venue, kind, "0.95")
    assert venue.fills(order) == [(10, "1.01", "if_touched")]


@BOTH
def test_more_digits_than_the_instrument_has(venue: Any, kind: TriggerType) -> None:
    buy = venue.stop(BUY, 10, "1.10", trigger_type=kind)
    sell = venue.stop(SELL, 10, "0.90", trigger_type=kind)
    # Rounded to cents they would be at the triggers
    tell(venue, kind, "1.0999")
    tell(venue, kind, "0.9001")
    assert venue.fills() == []
    tell(venue, kind, "1.1000001")
    assert venue.fills(buy) == [(10, "1.01", "stop_triggered")]
    tell(venue, kind, "0.8999")
    assert venue.fills(sell) == [(10, "0.99", "stop_triggered")]


@BOTH
def test_a_trail_moves_and_fires_with_it(venue: Any, kind: TriggerType) -> None:
    order = venue.submit(
        venue.orders.trailing_stop_market(venue.pair.id, SELL, TEN, trailing_offset=Decimal("0.05"), trigger_type=kind)
    )
    assert order.trigger_price is None
    tell(venue, kind, "1.00")
    assert str(order.trigger_price) == "0.95"
    tell(venue, kind, "1.10")
    assert str(order.trigger_price) == "1.05"
    venue.quote("0.50", "0.52")
    assert venue.fills(order) == []
    tell(venue, kind, "1.05")
    assert venue.fills(order) == [(10, "0.50", "stop_triggered")]


@BOTH
def test_an_activation_price(venue: Any, kind: TriggerType) -> None:
    order = venue.submit(
        venue.orders.trailing_stop_market(
            venue.pair.id, SELL, TEN, trailing_offset=Decimal("0.05"), trigger_type=kind, activation_price=Price.from_str("1.20")
        )
    )
    tell(venue, kind, "1.19")
    assert not order.is_activated
    tell(venue, kind, "1.21")
    assert order.is_activated
    assert str(order.trigger_price) == "1.16"


@BOTH
def test_what_is_in_the_market_already_is_rejected(venue: Any, kind: TriggerType) -> None:
    tell(venue, kind, "1.10")
    order = venue.stop(BUY, 10, "1.10", trigger_type=kind)
    assert venue.kinds(order) == ["Rejected"]


@BOTH
def test_a_bar_does_not_reach_it(venue: Any, kind: TriggerType) -> None:
    order = venue.stop(BUY, 10, "1.10", trigger_type=kind)
    venue.bar("1.00", "1.20", "0.90", "1.15")
    assert venue.fills(order) == []
    tell(venue, kind, "1.10")
    assert venue.fills(order) == [(10, "1.15", "stop_triggered")]


def test_it_wakes_none_that_waits_for_the_book(house: Callable[..., Any]) -> None:
    venue = house(require_fresh_price=True)
    venue.quote("0.99", "1.01")
    venue.at(10)
    order = venue.market_order(BUY, 10)
    tell(venue, TriggerType.MARK_PRICE, "1.00")
    assert venue.fills(order) == []
    venue.quote("0.99", "1.02")
    assert venue.fills(order) == [(10, "1.02", "took_book")]
