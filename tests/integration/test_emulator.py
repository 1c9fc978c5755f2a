"""Emulated orders, in whole runs."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.model.data import QuoteTick, TradeTick
from nautilus_lite.model.enums import AggressorSide, OrderSide, OrderStatus, TimeInForce, TriggerType
from nautilus_lite.model.identifiers import TradeId
from nautilus_lite.model.objects import Price, Quantity
from tests.integration.test_exec_algorithms import ID, SECOND, Once, engine

QTY = Quantity.from_int(100)
BUY, SELL = OrderSide.BUY, OrderSide.SELL
BID_ASK = TriggerType.BID_ASK


def px(ticks: int) -> Price:
    return Price.from_str(f"{ticks / 1e5:.5f}")


def run(make: Any, path: list[int], later: Any = None, at: int = 0, trades: bool = False) -> Any:
    """Run one order over bids (in ticks), the ask two ticks above; or the same prices as trades."""
    made = engine(seconds=2)
    made.clear_data()
    size = Quantity.from_int(1_000_000)
    made.add_data(
        [QuoteTick(ID, px(bid), px(bid + 2), size, size, i * SECOND, i * SECOND) for i, bid in enumerate(path, 1)]
    )
    if trades:
        made.add_data(
            [
                TradeTick(ID, px(bid), QTY, AggressorSide.NO_AGGRESSOR, TradeId(str(i)), i * SECOND + 5, i * SECOND + 5)
                for i, bid in enumerate(path, 1)
            ]
        )
    strategy = Once(make, later, at)
    made.add_strategy(strategy)
    made.run()
    return made, strategy


def fills(order: Any) -> list[tuple[int, str]]:
    return [(e.ts_event // SECOND, str(e.last_px)) for e in order.events if type(e).__name__ == "OrderFilled"]


# A market that rises by 20 ticks, falls by 40 and comes back, from bid 1.10000
PATH = [110_000, 110_010, 110_020, 110_010, 110_000, 109_990, 109_980, 109_990, 110_000]

KINDS = {
    "buy stop": lambda make, how: make.stop_market(ID, BUY, QTY, px(110_015), **how),
    "sell stop": lambda make, how: make.stop_market(ID, SELL, QTY, px(109_995), **how),
    "buy if touched": lambda make, how: make.market_if_touched(ID, BUY, QTY, px(109_990), **how),
    "sell if touched": lambda make, how: make.market_if_touched(ID, SELL, QTY, px(110_015), **how),
    "stop-limit": lambda make, how: make.stop_limit(ID, BUY, QTY, px(110_012), px(110_015), **how),
    "limit if touched": lambda make, how: make.limit_if_touched(ID, BUY, QTY, px(109_985), px(109_995), **how),
    "trailing": lambda make, how: make.trailing_stop_market(ID, SELL, QTY, trailing_offset=px(15).as_decimal(), **how),
}


@pytest.mark.parametrize("name", KINDS)
def test_an_emulated_order_fills_as_the_venues_own(name: str) -> None:
    _, own = run(lambda make: KINDS[name](make, {}), PATH)
    made, emulated = run(lambda make: KINDS[name](make, {"emulation_trigger": BID_ASK}), PATH)
    assert fills(own.order)
    assert fills(emulated.order) == fills(own.order)
    assert emulated.heard[1 if emulated.heard[0] == "OrderInitialized" else 0] == "OrderEmulated"
    assert "OrderReleased" in emulated.heard
    assert made.cache.orders_emulated_count() == 0
    assert made.kernel.emulator.held_count == 0


def test_a_limit_is_released_as_a_market_order() -> None:
    _, strategy = run(lambda make: make.limit(ID, BUY, QTY, px(109_995), emulation_trigger=BID_ASK), PATH)
    # The ask is 1.09992 at second 6: the first at or below the limit
    assert fills(strategy.order) == [(6, "1.09992")]
    assert strategy.order.order_type.name == "MARKET"


def test_by_the_last_trade() -> None:
    how = {"emulation_trigger": TriggerType.LAST_PRICE}
    _, strategy = run(lambda make: make.stop_market(ID, BUY, QTY, px(110_020), **how), PATH, trades=True)
    # Trades follow the quote of their second
    assert fills(strategy.order) == [(3, "1.10022")]


def test_held_orders_are_known_changed_and_cancelled() -> None:
    seen: list[Any] = []

    def change(strategy: Any) -> None:
        seen.append(strategy.cache.orders_emulated(instrument_id=ID))
        # The strategy and the emulator
        assert len(strategy.msgbus.subscriptions("data.quotes.SIM.EUR/USD")) == 2
        strategy.modify_order(strategy.order, quantity=Quantity.from_int(70), trigger_price=px(110_005))

    _, strategy = run(
        lambda make: make.stop_market(ID, BUY, QTY, px(110_500), emulation_trigger=BID_ASK), PATH, change, at=2
    )
    assert seen == [[strategy.order]]
    # Its trigger was below the ask of second 2 already
    assert fills(strategy.order) == [(2, "1.10012")]
    assert int(strategy.order.filled_qty) == 70
    made, strategy = run(
        lambda make: make.stop_market(ID, BUY, QTY, px(110_015), emulation_trigger=BID_ASK),
        PATH,
        lambda s: s.cancel_all_orders(ID),
        at=2,
    )
    assert strategy.order.status == OrderStatus.CANCELED
    assert strategy.heard[-1] == "OrderCanceled"
    assert made.kernel.emulator.held_count == 0


def test_a_held_order_expires() -> None:
    import pandas as pd

    _, strategy = run(
        lambda make: make.stop_market(
            ID, BUY, QTY, px(110_015), time_in_force=TimeInForce.GTD, emulation_trigger=BID_ASK,
            expire_time=pd.Timestamp(2 * SECOND, tz="UTC"),
        ),
        PATH,
    )  # fmt: skip
    assert strategy.order.status == OrderStatus.EXPIRED


def test_what_never_triggers_stays_emulated() -> None:
    made, strategy = run(lambda make: make.stop_market(ID, BUY, QTY, px(120_000), emulation_trigger=BID_ASK), PATH)
    assert strategy.order.status == OrderStatus.EMULATED
    digest = made.get_result().digest
    made.reset()
    assert made.kernel.emulator.held_count == 0
    made.run()
    assert made.get_result().digest == digest


def test_what_cannot_be_emulated_is_denied() -> None:
    _, strategy = run(
        lambda make: make.stop_market(
            ID, BUY, QTY, px(110_015), time_in_force=TimeInForce.DAY, emulation_trigger=TriggerType.INDEX_PRICE
        ),
        PATH,
    )
    assert strategy.order.last_event.reason == "time in force DAY of an emulated order is not supported"


def test_nobody_listens_where_nothing_is_emulated() -> None:
    made, strategy = run(lambda make: make.stop_market(ID, BUY, QTY, px(110_015)), PATH)
    assert len(made.kernel.msgbus.subscriptions("data.quotes.SIM.EUR/USD")) == 1
    made, strategy = run(lambda make: make.stop_market(ID, BUY, QTY, px(110_015), emulation_trigger=BID_ASK), PATH)
    # After the release the emulator listens no more: only the strategy does
    assert len(made.kernel.msgbus.subscriptions("data.quotes.SIM.EUR/USD")) == 1
