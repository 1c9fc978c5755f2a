"""What reaches a trigger, by trigger type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nautilus_lite.model.enums import OrderSide, TriggerType

BUY, SELL = OrderSide.BUY, OrderSide.SELL

# Side, type, trigger, then updates: a quote (bid, ask), a trade (price) and whether the stop has fired after it
CASES = [
    # Bid and ask: a buy is reached by the ask, a sell by the bid
    (BUY, TriggerType.BID_ASK, "1.10", [(("1.07", "1.09"), False), ("1.20", False), (("1.08", "1.10"), True)]),
    (SELL, TriggerType.BID_ASK, "0.90", [(("0.91", "0.92"), False), ("0.80", False), (("0.90", "0.91"), True)]),
    # The last trade alone
    (BUY, TriggerType.LAST_PRICE, "1.10", [(("1.20", "1.30"), False), ("1.09", False), ("1.10", True)]),
    (SELL, TriggerType.LAST_PRICE, "0.90", [(("0.80", "0.81"), False), ("0.91", False), ("0.90", True)]),
    # Either
    (BUY, TriggerType.LAST_OR_BID_ASK, "1.10", [(("1.07", "1.09"), False), ("1.10", True)]),
    (BUY, TriggerType.LAST_OR_BID_ASK, "1.10", [("1.09", False), (("1.07", "1.10"), True)]),
    (SELL, TriggerType.LAST_OR_BID_ASK, "0.90", [(("0.91", "0.92"), False), ("0.90", True)]),
    # Two trades in a row; one that falls back starts the count again
    (BUY, TriggerType.DOUBLE_LAST, "1.10", [("1.10", False), ("1.09", False), ("1.12", False), ("1.11", True)]),
    (SELL, TriggerType.DOUBLE_LAST, "0.90", [("0.90", False), (("0.80", "0.81"), False), ("0.89", True)]),
    # Two quotes in a row; trades between them do not count
    (BUY, TriggerType.DOUBLE_BID_ASK, "1.10", [(("1.07", "1.10"), False), ("1.30", False), (("1.08", "1.11"), True)]),
    (BUY, TriggerType.DOUBLE_BID_ASK, "1.10", [(("1.07", "1.10"), False), (("1.07", "1.09"), False), (("1.07", "1.10"), False)]),
    (SELL, TriggerType.DOUBLE_BID_ASK, "0.90", [(("0.90", "0.93"), False), (("0.89", "0.93"), True)]),
    # The middle: (1.08 + 1.11) / 2 = 1.095 is below, (1.08 + 1.12) / 2 = 1.10 is at the trigger
    (BUY, TriggerType.MID_POINT, "1.10", [(("1.08", "1.11"), False), ("1.30", False), (("1.08", "1.12"), True)]),
    (SELL, TriggerType.MID_POINT, "0.90", [(("0.88", "0.93"), False), (("0.88", "0.92"), True)]),
]  # fmt: skip


@pytest.mark.parametrize(("side", "kind", "trigger", "updates"), CASES)
def test_a_stop_fires_when_its_price_is_reached(
    house: Callable[..., Any], side: OrderSide, kind: TriggerType, trigger: str, updates: list[Any]
) -> None:
    venue = house()
    venue.quote("0.99", "1.01")
    venue.trade("1.00", 1)
    order = venue.stop(side, 10, trigger, trigger_type=kind)
    for update, fired in updates:
        if isinstance(update, tuple):
            venue.quote(*update)
        else:
            venue.trade(update, 1)
        assert bool(venue.fills(order)) is fired, update
    assert venue.kinds(order) == (["Accepted", "Filled"] if updates[-1][1] else ["Accepted"])


@pytest.mark.parametrize("kind", [TriggerType.MID_POINT, TriggerType.LAST_OR_BID_ASK, TriggerType.DOUBLE_BID_ASK])
def test_a_stop_that_is_in_the_market_already_is_rejected(house: Callable[..., Any], kind: TriggerType) -> None:
    venue = house()
    venue.quote("1.19", "1.21")
    assert venue.kinds(venue.stop(BUY, 10, "1.15", trigger_type=kind)) == ["Rejected"]


def test_an_if_touched_order_waits_for_the_middle_from_the_other_side(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("0.99", "1.01")
    order = venue.submit(
        venue.orders.market_if_touched(
            venue.pair.id, BUY, venue.pair.make_qty(10), venue.pair.make_price(0.95), trigger_type=TriggerType.MID_POINT
        )
    )
    # (0.93 + 0.98) / 2 = 0.955; (0.93 + 0.97) / 2 = 0.95
    venue.quote("0.93", "0.98")
    assert venue.fills(order) == []
    venue.quote("0.93", "0.97")
    assert venue.fills(order) == [(10, "0.97", "if_touched")]


def test_waiting_orders_of_odd_triggers_can_be_changed_cancelled_and_expire(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("0.99", "1.01")
    changed = venue.stop(BUY, 10, "1.10", trigger_type=TriggerType.MID_POINT)
    gone = venue.stop(BUY, 10, "1.10", trigger_type=TriggerType.DOUBLE_LAST)
    venue.modify(changed, trigger="1.20")
    venue.cancel(gone)
    venue.quote("1.14", "1.16")
    assert venue.fills() == []
    venue.quote("1.19", "1.21")
    assert venue.fills(changed) == [(10, "1.21", "stop_triggered")]
    assert venue.kinds(gone)[-1] == "Canceled"


def test_several_fire_in_order_of_arrival(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("0.99", "1.01")
    first = venue.stop(BUY, 1, "1.12", trigger_type=TriggerType.MID_POINT)
    second = venue.stop(BUY, 2, "1.10", trigger_type=TriggerType.MID_POINT)
    venue.quote("1.14", "1.16")
    assert [qty for qty, _, _ in venue.fills()] == [1, 2]
    assert venue.net() == 3
    assert first.is_closed and second.is_closed
