"""Emulated orders by every trigger type, and by bars."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.model.data import IndexPriceUpdate, MarkPriceUpdate, TradeTick
from nautilus_lite.model.enums import AggressorSide, OrderSide, OrderStatus, TriggerType
from nautilus_lite.model.identifiers import TradeId
from nautilus_lite.model.objects import Price, Quantity
from tests.venue_runs import MINUTE, SECOND, Scripted, bar, engine, perpetual, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BTC = perpetual(taker_fee=Decimal(0), maker_fee=Decimal(0))
ONE = Quantity.from_str("1.000")


def px(text: str) -> Price:
    return Price.from_str(text)


def trade(ts: int, price: str) -> TradeTick:
    return TradeTick(BTC.id, px(price), ONE, AggressorSide.NO_AGGRESSOR, TradeId(str(ts)), ts, ts)


def released(data: list[Any], make: Any, trigger: TriggerType, at: int = SECOND, **settings: Any) -> tuple[int | None, Any]:
    """Run one emulated order; return when it was released (ns, None: never) and the order."""
    script = Scripted({at: lambda s: s.send(make(s.order_factory, trigger))})
    made = engine([BTC], data, [script], **settings)
    made.run()
    (order,) = script.made
    assert made.kernel.emulator.held_count == (order.status == OrderStatus.EMULATED)
    if order.status != OrderStatus.EMULATED:
        # It listens to nothing any more
        assert not any("bars" in topic for topic in made.kernel.msgbus.topics() if made.kernel.msgbus.has_subscribers(topic))
    times = [event.ts_init for event in order.events if type(event).__name__ == "OrderReleased"]
    return (times[0] if times else None), order


def stop(side: OrderSide, trigger_price: str) -> Any:
    return lambda make, trigger: make.stop_market(BTC.id, side, ONE, px(trigger_price), emulation_trigger=trigger)


def touch(side: OrderSide, trigger_price: str) -> Any:
    return lambda make, trigger: make.market_if_touched(BTC.id, side, ONE, px(trigger_price), emulation_trigger=trigger)


def trail(side: OrderSide, offset: str, **more: Any) -> Any:
    return lambda make, trigger: make.trailing_stop_market(
        BTC.id, side, ONE, trailing_offset=Decimal(offset), emulation_trigger=trigger, **more
    )


def last_trigger(order: Any) -> str:
    """Where its trigger was when it was released: a market order has none."""
    return [str(event.trigger_price) for event in order.events if type(event).__name__ == "OrderUpdated"][-1]


START = quote(BTC, 0, "100.00", "100.10")


@pytest.mark.parametrize(
    ("trigger", "rows", "at"),
    [
        # The middle of 104.00 and 106.00 is 105.00
        (TriggerType.MID_POINT, [quote(BTC, 2 * SECOND, "103.98", "106.00"), quote(BTC, 3 * SECOND, "104.00", "106.00")], 3),
        # Two in a row; one that falls back starts the count again
        (
            TriggerType.DOUBLE_BID_ASK,
            [quote(BTC, i * SECOND, "104.00", ask) for i, ask in ((2, "105.00"), (3, "104.90"), (4, "105.00"), (5, "106.00"))],
            5,
        ),
        (
            TriggerType.DOUBLE_LAST,
            [trade(2 * SECOND, "105.00"), quote(BTC, 3 * SECOND, "110.00"), trade(4 * SECOND, "106.00")],
            4,
        ),
        (TriggerType.LAST_OR_BID_ASK, [trade(2 * SECOND, "104.99"), trade(3 * SECOND, "105.00")], 3),
        (TriggerType.LAST_OR_BID_ASK, [trade(2 * SECOND, "104.99"), quote(BTC, 4 * SECOND, "104.00", "105.00")], 4),
        (
            TriggerType.MARK_PRICE,
            [quote(BTC, 2 * SECOND, "120.00"), MarkPriceUpdate(BTC.id, px("104.9999"), 3 * SECOND, 3 * SECOND),
             MarkPriceUpdate(BTC.id, px("105.00"), 4 * SECOND, 4 * SECOND)],
            4,
        ),
        (
            TriggerType.INDEX_PRICE,
            [MarkPriceUpdate(BTC.id, px("120.00"), 3 * SECOND, 3 * SECOND),
             IndexPriceUpdate(BTC.id, px("105.00"), 4 * SECOND, 4 * SECOND)],
            4,
        ),
    ],
)  # fmt: skip
def test_a_stop_is_released_when_its_price_is_reached(trigger: TriggerType, rows: list[Any], at: int) -> None:
    end = quote(BTC, MINUTE, "100.00", "100.10")
    when, order = released([START, *rows, end], stop(BUY, "105.00"), trigger)
    assert when == at * SECOND
    assert order.status == OrderStatus.FILLED


@pytest.mark.parametrize("trigger", [TriggerType.MARK_PRICE, TriggerType.INDEX_PRICE])
def test_a_trail_follows_a_reference_price(trigger: TriggerType) -> None:
    kind = MarkPriceUpdate if trigger == TriggerType.MARK_PRICE else IndexPriceUpdate
    path = ("100.00", "110.00", "106.00", "105.00")
    updates = [kind(BTC.id, px(price), i * SECOND, i * SECOND) for i, price in enumerate(path, 2)]
    when, order = released([START, *updates, quote(BTC, MINUTE, "100.00")], trail(SELL, "5"), trigger)
    # Trigger 95, then 105
    assert when == 5 * SECOND
    assert last_trigger(order) == "105.00"


# -- by bars -------------------------------------------------------------------------------------------------------------

FLAT = ("100.00", "100.00", "100.00", "100.00")
LAST = (TriggerType.DEFAULT, TriggerType.BID_ASK, TriggerType.LAST_PRICE, TriggerType.LAST_OR_BID_ASK)


def bars(*rows: tuple[str, str, str, str], spec: str = "1-MINUTE-LAST") -> list[Any]:
    return [bar(BTC, i * MINUTE, *row, spec=spec) for i, row in enumerate(rows, 1)]


@pytest.mark.parametrize("trigger", LAST)
def test_a_bar_that_passed_the_trigger_releases_at_its_close(trigger: TriggerType) -> None:
    data = bars(FLAT, FLAT, ("100.00", "105.00", "99.00", "101.00"), ("101.00", "101.00", "101.00", "101.00"))
    when, order = released(data, stop(BUY, "104.00"), trigger, at=MINUTE + 1)
    assert when == 3 * MINUTE
    # At the market as it is when the bar is known, not as it was inside it
    assert str(order.avg_px) == "101.0"


@pytest.mark.parametrize(("make", "at"), [(touch(BUY, "96.00"), 3), (touch(SELL, "104.00"), 4), (stop(SELL, "96.00"), 3)])
def test_either_end_of_a_bar(make: Any, at: int) -> None:
    data = bars(FLAT, FLAT, ("100.00", "101.00", "95.00", "100.00"), ("100.00", "105.00", "99.00", "100.00"), FLAT)
    when, _ = released(data, make, TriggerType.DEFAULT, at=MINUTE + 1)
    assert when == at * MINUTE


def test_what_a_bar_did_before_the_order_came_does_not_count() -> None:
    """Sent 30 seconds into the bar of 120 seconds: its high may have been before."""
    data = bars(FLAT, ("100.00", "110.00", "99.00", "100.00"), FLAT, ("100.00", "110.00", "99.00", "100.00"), FLAT)
    when, _ = released(data, stop(BUY, "104.00"), TriggerType.DEFAULT, at=MINUTE + 30 * SECOND)
    assert when == 4 * MINUTE
    # Its close counts
    late = bars(FLAT, ("100.00", "110.00", "99.00", "109.00"), FLAT)
    when, _ = released(late, stop(BUY, "104.00"), TriggerType.DEFAULT, at=MINUTE + 30 * SECOND)
    assert when == 2 * MINUTE


def test_a_trail_by_bars_takes_nothing_for_granted() -> None:
    """High 110 and low 104 in one bar: which was first is not known, and the close is above the trail."""
    data = bars(FLAT, FLAT, ("100.00", "110.00", "99.00", "108.00"), ("108.00", "108.00", "104.00", "107.00"), FLAT)
    when, order = released(data, trail(SELL, "5"), TriggerType.DEFAULT, at=MINUTE + 1)
    assert when == 4 * MINUTE
    # Trigger 95 of the flat bars, then 105 of the high; the low of the next bar reaches it
    assert last_trigger(order) == "105.00"
    below = bars(FLAT, FLAT, ("100.00", "110.00", "99.00", "104.00"), FLAT)
    when, _ = released(below, trail(SELL, "5"), TriggerType.DEFAULT, at=MINUTE + 1)
    assert when == 3 * MINUTE


def test_an_activation_price_inside_a_bar() -> None:
    data = bars(FLAT, FLAT, ("100.00", "110.00", "99.00", "102.00"), FLAT, ("100.00", "100.00", "96.00", "99.00"), FLAT)
    when, order = released(data, trail(SELL, "5", activation_price=px("108.00")), TriggerType.DEFAULT, at=MINUTE + 1)
    # It trails from the close of 102: 97
    assert last_trigger(order) == "97.00"
    assert when == 5 * MINUTE


def test_bid_and_ask_bars() -> None:
    spike, calm = ("100.00", "105.00", "100.00", "100.00"), FLAT
    pairs = [
        row
        for i, (bid, ask) in enumerate([(calm, calm), (calm, calm), (spike, calm), (calm, spike), (calm, calm)], 1)
        for row in (bar(BTC, i * MINUTE, *bid, spec="1-MINUTE-BID"), bar(BTC, i * MINUTE, *ask, spec="1-MINUTE-ASK"))
    ]
    # A buy goes by the ask, a sale by the bid
    assert released(pairs, stop(BUY, "104.00"), TriggerType.DEFAULT, at=MINUTE + 1)[0] == 4 * MINUTE
    assert released(pairs, touch(SELL, "104.00"), TriggerType.DEFAULT, at=MINUTE + 1)[0] == 3 * MINUTE


def test_bars_tell_nothing_where_there_are_quotes() -> None:
    data = [START, *bars(FLAT, FLAT, ("100.00", "110.00", "90.00", "100.00"), FLAT), quote(BTC, 10 * MINUTE, "100.00", "100.10")]
    when, order = released(data, stop(BUY, "104.00"), TriggerType.DEFAULT, at=MINUTE + 1)
    assert when is None
    assert order.status == OrderStatus.EMULATED


def test_a_run_by_bars_can_be_repeated() -> None:
    data = bars(FLAT, FLAT, ("100.00", "105.00", "99.00", "101.00"), FLAT)

    def both(strategy: Any) -> None:
        for price in ("104.00", "120.00"):
            strategy.send(stop(BUY, price)(strategy.order_factory, TriggerType.DEFAULT))

    made = engine([BTC], data, [Scripted({MINUTE + 1: both})])
    made.run()
    digest = made.get_result().digest
    assert made.kernel.emulator.held_count == 1
    made.reset()
    made.run()
    assert made.get_result().digest == digest
