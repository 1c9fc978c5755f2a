"""Trailing stops at the simulated venue: activation, trail, trigger, changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.model.enums import BookType, OrderSide, TimeInForce, TrailingOffsetType, TriggerType
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL


def trail(venue: Any, side: OrderSide, offset: str, *, limit_offset: str | None = None, qty: int = 10, **more: Any) -> Any:
    for name in ("trigger_price", "activation_price", "price"):
        if name in more:
            more[name] = Price.from_str(more[name])
    make = venue.orders.trailing_stop_market
    if limit_offset is not None:
        make = venue.orders.trailing_stop_limit
        more["limit_offset"] = Decimal(limit_offset)
    order = make(
        instrument_id=venue.pair.id,
        order_side=side,
        quantity=Quantity.from_int(qty),
        trailing_offset=Decimal(offset),
        **more,
    )
    return venue.submit(order)


def trigger_of(order: Any) -> str | None:
    return None if order.trigger_price is None else str(order.trigger_price)


def test_a_sell_follows_the_bid_up_and_fires_on_the_way_down(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, SELL, "0.05")
    # 1.00 - 0.05
    assert trigger_of(order) == "0.95"
    venue.quote("1.10", "1.12")
    assert trigger_of(order) == "1.05"
    venue.quote("1.06", "1.08")
    assert trigger_of(order) == "1.05"
    venue.quote("1.04", "1.06")
    assert venue.fills(order) == [(10, "1.04", "stop_triggered")]
    assert venue.kinds(order) == ["Accepted", "Updated", "Updated", "Filled"]


def test_a_buy_follows_the_ask_down_and_fires_on_the_way_up(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, BUY, "0.05")
    # 1.02 + 0.05
    assert trigger_of(order) == "1.07"
    venue.quote("0.90", "0.92")
    assert trigger_of(order) == "0.97"
    venue.quote("0.95", "0.97")
    assert venue.fills(order) == [(10, "0.97", "stop_triggered")]


@pytest.mark.parametrize(
    ("kind", "offset", "first", "second"),
    [
        # bid 2.00, then 2.40
        (TrailingOffsetType.PRICE, "0.10", "1.90", "2.30"),
        (TrailingOffsetType.TICKS, "7", "1.93", "2.33"),
        # 250 bp = 2.5 %: 2.00 - 0.05 = 1.95; 2.40 - 0.06 = 2.34
        (TrailingOffsetType.BASIS_POINTS, "250", "1.95", "2.34"),
    ],
)
def test_offsets(house: Callable[..., Any], kind: Any, offset: str, first: str, second: str) -> None:
    venue = house()
    venue.quote("2.00", "2.02")
    order = trail(venue, SELL, offset, trailing_offset_type=kind)
    assert trigger_of(order) == first
    venue.quote("2.40", "2.42")
    assert trigger_of(order) == second


def test_it_follows_the_last_trade_where_told_to(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    venue.trade("1.01", 1)
    order = trail(venue, SELL, "0.05", trigger_type=TriggerType.LAST_PRICE)
    assert trigger_of(order) == "0.96"
    # Quotes move nothing and reach nothing
    venue.quote("1.20", "1.22")
    assert trigger_of(order) == "0.96"
    venue.quote("0.90", "0.92")
    assert venue.fills(order) == []
    venue.trade("1.10", 1)
    assert trigger_of(order) == "1.05"
    venue.trade("1.05", 1)
    assert venue.fills(order) == [(10, "0.90", "stop_triggered")]


def test_the_better_of_last_and_bid(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    venue.trade("1.01", 1)
    order = trail(venue, SELL, "0.05", trigger_type=TriggerType.LAST_OR_BID_ASK)
    assert trigger_of(order) == "0.96"
    venue.quote("1.10", "1.12")
    assert trigger_of(order) == "1.05"
    # The last trade is enough to fire it
    venue.trade("1.04", 1)
    assert venue.fills(order) == [(10, "1.10", "stop_triggered")]


def test_it_sleeps_until_its_activation_price(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, SELL, "0.05", activation_price="1.10")
    assert venue.kinds(order) == ["Accepted"]
    assert trigger_of(order) is None
    # Falls without effect, then rises short of the activation price
    venue.quote("0.50", "0.52")
    venue.quote("1.09", "1.11")
    assert venue.kinds(order) == ["Accepted"]
    venue.quote("1.12", "1.14")
    assert trigger_of(order) == "1.07"
    assert order.is_activated
    venue.quote("1.07", "1.09")
    assert venue.fills(order) == [(10, "1.07", "stop_triggered")]


def test_it_is_active_at_once_where_the_market_is_beyond(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, BUY, "0.05", activation_price="1.05")
    assert order.is_activated
    assert trigger_of(order) == "1.07"


def test_a_given_trigger_stands_until_the_trail_is_better(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, SELL, "0.05", trigger_price="0.97")
    assert venue.kinds(order) == ["Accepted"]
    venue.quote("1.01", "1.03")
    # 1.01 - 0.05 = 0.96 is worse
    assert trigger_of(order) == "0.97"
    venue.quote("1.03", "1.05")
    assert trigger_of(order) == "0.98"


def test_a_trigger_in_the_market_is_rejected(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, SELL, "0.05", trigger_price="1.00")
    assert venue.kinds(order) == ["Rejected"]
    assert "SELL stop at 1.00 is in the market" in venue.last(order).reason


def test_it_waits_for_a_market(house: Callable[..., Any]) -> None:
    venue = house()
    order = trail(venue, SELL, "0.05")
    assert venue.kinds(order) == ["Accepted"]
    venue.quote("1.00", "1.02")
    assert trigger_of(order) == "0.95"
    venue.quote("0.95", "0.97")
    assert venue.fills(order) == [(10, "0.95", "stop_triggered")]


def test_a_limit_trails_along_and_rests_once_triggered(house: Callable[..., Any]) -> None:
    venue = house(book_type=BookType.L2_MBP)
    venue.bids(("1.00", 100))
    venue.asks(("1.02", 100))
    order = trail(venue, SELL, "0.05", limit_offset="0.07")
    # Trigger 1.00 - 0.05, limit 1.00 - 0.07
    assert (trigger_of(order), str(order.price)) == ("0.95", "0.93")
    venue.bids(("1.10", 5))
    assert (trigger_of(order), str(order.price)) == ("1.05", "1.03")
    # The bid falls to 1.04, five are there; the rest waits at 1.03
    venue.bids(("1.04", 5), ("1.00", 0))
    venue.bids(("1.10", 0))
    assert venue.fills(order) == [(5, "1.04", "stop_triggered")]
    assert venue.kinds(order)[-2:] == ["Triggered", "Filled"]
    assert venue.exchange.get_open_orders() == [order]
    venue.bids(("1.04", 0), ("1.03", 50))
    assert venue.fills(order)[1:] == [(5, "1.03", "touched")]


def test_on_a_bar_it_trails_to_the_high_and_fires_at_its_trigger(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.00")
    order = trail(venue, SELL, "0.05")
    # Open 1.00, high 1.20: trigger 1.15, passed on the way to the low
    venue.bar("1.00", "1.20", "0.90", "1.00")
    assert venue.fills(order) == [(10, "1.15", "stop_triggered")]


def test_on_a_gap_it_fires_at_the_open(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.00")
    order = trail(venue, SELL, "0.05")
    venue.bar("0.90", "0.92", "0.88", "0.91")
    assert venue.fills(order) == [(10, "0.90", "gap_open")]


def test_changed_cancelled_and_expired(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    changed = trail(venue, SELL, "0.05")
    venue.modify(changed, qty=4, trigger="0.98")
    venue.quote("1.02", "1.04")
    # 1.02 - 0.05 = 0.97 is worse than what was asked for
    assert trigger_of(changed) == "0.98"
    venue.quote("1.04", "1.06")
    assert trigger_of(changed) == "0.99"
    venue.cancel(changed)
    assert venue.kinds(changed)[-1] == "Canceled"
    asleep = trail(venue, SELL, "0.05", activation_price="1.50")
    venue.modify(asleep, qty=3, trigger="0.98")
    assert venue.kinds(asleep)[-1] == "ModifyRejected"
    venue.modify(asleep, qty=3)
    assert int(asleep.quantity) == 3
    venue.quote("1.51", "1.53")
    assert trigger_of(asleep) == "1.46"
    venue.quote("1.40", "1.42")
    assert venue.fills(asleep) == [(3, "1.40", "stop_triggered")]
    day = trail(venue, SELL, "0.05", time_in_force=TimeInForce.DAY)
    venue.at(86_400_000_000_000)
    assert venue.kinds(day)[-1] == "Expired"
    venue.quote("2.00", "2.02")
    venue.quote("0.10", "0.12")
    assert venue.fills(day) == []


def test_the_watch_lets_no_move_pass(house: Callable[..., Any]) -> None:
    """Several trails that began at different prices, moved by the same market, against arithmetic."""
    venue = house()
    venue.quote("1.00", "1.02")
    high = trail(venue, SELL, "0.50")
    venue.quote("0.80", "0.82")
    low = trail(venue, SELL, "0.50")
    bids = ["0.85", "0.79", "0.90", "1.05", "1.04", "1.10"]
    best_high, best_low = Decimal("1.00"), Decimal("0.80")
    for bid in bids:
        venue.quote(bid, str(Decimal(bid) + Decimal("0.02")))
        best_high, best_low = max(best_high, Decimal(bid)), max(best_low, Decimal(bid))
        assert trigger_of(high) == str(best_high - Decimal("0.50"))
        assert trigger_of(low) == str(best_low - Decimal("0.50"))


def test_what_the_venue_cannot_trail_by_is_rejected(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = trail(venue, SELL, "1", trailing_offset_type=TrailingOffsetType.PRICE_TIER)
    assert venue.last(order).reason.startswith("trailing offset type PRICE_TIER is not supported")
    finer = trail(venue, SELL, "0.005")
    assert "exceeds that of AUD/USD.SIM (price 2, size 0)" in venue.last(finer).reason
    coarser = trail(venue, SELL, "0.1")
    assert trigger_of(coarser) == "0.90"
