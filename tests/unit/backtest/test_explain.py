"""Lives of orders told: hand-made markets, every figure derived by hand.

Prices have five digits; times are nanoseconds. Orders are sent between rows, so that it is plain which rows come after them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.explain.pauses import Pause, pauses_in
from nautilus_lite.backtest.models import (
    FillModel,
    LatencyModel,
    PowerProbQueueModel,
    RiskAverseQueueModel,
    ThroughTicksFillModel,
)
from nautilus_lite.model.data import BarType, InstrumentStatus
from nautilus_lite.model.data.dtypes import BAR_DTYPE, DELTA_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import (
    AccountType,
    BookType,
    MarketStatusAction,
    OmsType,
    OrderSide,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import delta_rows, pair, quote_rows, trade_rows

EUR = pair("EUR")
BUY, SELL = OrderSide.BUY, OrderSide.SELL
BUYER, SELLER = 1, 2


def px(raw: int) -> Price:
    return Price.from_raw(raw, 5)


def qty(value: int) -> Quantity:
    return Quantity.from_int(value)


class Scripted(Strategy):
    """Does what it is told when it is told: a list of times (ns) and functions of the strategy."""

    def __init__(self, script: list[tuple[int, Callable[[Any], None]]]) -> None:
        super().__init__()
        self.script = script
        self.made: list[Any] = []

    def on_start(self) -> None:
        for i, (ts, act) in enumerate(self.script):
            self.clock.set_time_alert_ns(f"{i}", ts, lambda _, act=act: act(self))

    def send(self, order: Any, **options: Any) -> None:
        self.made.append(order)
        self.submit_order(order, **options)

    def limit(self, side: OrderSide, quantity: int, price: int, **options: Any) -> None:
        self.send(self.order_factory.limit(EUR.id, side, qty(quantity), px(price), **options))

    def market(self, side: OrderSide, quantity: int, **options: Any) -> None:
        self.send(self.order_factory.market(EUR.id, side, qty(quantity), **options))

    def stop_order(self, side: OrderSide, quantity: int, trigger: int, **options: Any) -> None:
        self.send(self.order_factory.stop_market(EUR.id, side, qty(quantity), px(trigger), **options))


def quotes(*rows: tuple[int, int, int]) -> tuple[str, Any, np.ndarray]:
    """Time, bid and ask; sizes of 100."""
    made = np.zeros(len(rows), dtype=QUOTE_DTYPE)
    for i, (ts, bid, ask) in enumerate(rows):
        made[i] = (ts, ts, bid, ask, 100, 100)
    return "quote", EUR.id, made


def trades(*rows: tuple[int, int, int, int]) -> tuple[str, Any, np.ndarray]:
    """Time, price, size and aggressor."""
    made = np.zeros(len(rows), dtype=TRADE_DTYPE)
    for i, (ts, price, size, aggressor) in enumerate(rows):
        made[i] = (ts, ts, price, size, aggressor, 1, str(i)[:1].encode())
    return "trade", EUR.id, made


def deltas(*rows: tuple[int, OrderSide, int, int]) -> tuple[str, Any, np.ndarray]:
    """Time, side, price and size of a level; each a batch of its own."""
    made = np.zeros(len(rows), dtype=DELTA_DTYPE)
    for i, (ts, side, price, size) in enumerate(rows):
        made[i] = (ts, ts, price, size, 0, i + 1, 2, 1 if side == BUY else 2, 128)
    return "delta", EUR.id, made


def run(
    *streams: Any, script: list, streaming: bool = False, objects: Any = (), others: Any = (), **venue: Any
) -> Any:
    """Run a script; returns the engine and its orders."""
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
        **venue,
    )
    for instrument in (EUR, *others):
        engine.add_instrument(instrument)
    for stream in streams:
        engine.add_rows(*stream)
    if objects:
        engine.add_data(list(objects))
    strategy = Scripted(script)
    engine.add_strategy(strategy)
    engine.run(streaming=streaming)
    return engine, strategy.made


def tell(*streams: Any, script: list, **options: Any) -> Any:
    """Explain the first order of a script."""
    engine, made = run(*streams, script=script, **options)
    return engine.explain(made[0].client_order_id)


# -- filled ---------------------------------------------------------------------------------------------------------------


def test_a_taker_under_latency() -> None:
    market = quotes((10, 100_000, 100_002), (30, 100_003, 100_005), (50, 100_003, 100_005))
    told = tell(market, script=[(15, lambda s: s.market(BUY, 40))], latency_model=LatencyModel(base_latency_nanos=20))
    # Sent at 15, there at 35: it meets the ask of 30. Middles: (1.00000 + 1.00002) / 2 and (1.00003 + 1.00005) / 2
    assert told.latency_ns == 20
    assert told.paragraph() == (
        f"BUY MARKET 40 EUR/USD.SIM ({told.order.client_order_id}) filled in full: It arrived 20 ns after it was sent. "
        "Filled 40 at 1.00005 as taker, because it took what the book offered. The middle was 1.00001 when it was sent and "
        "1.00004 when it arrived."
    )
    assert [ts for ts, _ in told.timeline] == [15, 15, 35]
    assert told.looks == []


def test_a_taker_that_slips_tells_both_parts() -> None:
    told = tell(quotes((10, 100_000, 100_002), (50, 100_000, 100_002)), script=[(15, lambda s: s.market(BUY, 140))])
    # The touch shows 100; the other 40 one tick further
    assert "Filled 100 at 1.00002 as taker, because it took what the book offered" in told.paragraph()
    assert "Filled 40 at 1.00003 as taker, because it went beyond what the touch offered" in told.paragraph()


@pytest.mark.parametrize(
    ("price", "reason", "words"),
    [(100_000, "trade_at", "a trade printed at its price"), (99_999, "trade_through", "a trade printed beyond its price")],
)
def test_a_maker_filled_by_a_trade(price: int, reason: str, words: str) -> None:
    market = quotes((10, 100_000, 100_002), (50, 100_000, 100_002))
    told = tell(market, trades((20, price, 60, SELLER)), script=[(15, lambda s: s.limit(BUY, 40, 100_000))])
    assert [fill.fill_reason for fill in told.life.fills] == [reason]
    assert f"Filled 40 at 1.00000 as maker, because {words}." in told.paragraph()
    look = told.looks[0]
    at, through = ("60", "0") if reason == "trade_at" else ("0", "60")
    assert (str(look.traded_at["seller"]), str(look.traded_through["seller"])) == (at, through)


def test_a_maker_in_a_queue_that_is_cleared_in_part() -> None:
    # 1,200 ahead at entry. Sellers hit 900 and 600: 1,500 less 1,200 leaves 300 of 1,000; 700 is left at the cancel
    book = deltas(
        (10, BUY, 100_000, 1_200), (10, SELL, 100_003, 500), (20, BUY, 100_000, 1_300), (90, SELL, 100_004, 5)
    )
    prints = trades((30, 100_000, 900, SELLER), (40, 100_000, 600, SELLER), (60, 100_002, 5, BUYER))
    script = [(15, lambda s: s.limit(BUY, 1_000, 100_000)), (70, lambda s: s.cancel_order(s.made[0]))]
    told = tell(book, prints, script=script, book_type=BookType.L2_MBP, queue_model=RiskAverseQueueModel())
    look = told.looks[0]
    # At 20 a hundred joined behind: what is ahead stays. Of the level 1,300 shows at entry 1,200
    assert [str(v) for v in (look.shown_entry, look.shown_end, look.ahead_entry, look.ahead_end)] == ["1200", "1300", "1200", "0"]
    assert told.paragraph() == (
        f"BUY LIMIT 1,000 EUR/USD.SIM at 1.00000 ({told.order.client_order_id}) filled 300 of 1,000: Filled 300 at 1.00000 "
        "as maker, because trades cleared the queue ahead of it. 1,200 stood ahead of it when it came to rest. The lowest ask "
        "while it worked was 1.00003 at 1970-01-01 00:00:00.000000015, 3 ticks away from 1.00000; 1,500 traded at or below its "
        "price (1,500 at it, 0 below); 0 stood ahead of it at the end (1,200 at entry). 700 was left at 1970-01-01 "
        "00:00:00.00000007: it was cancelled by the strategy."
    )


def test_a_stop_that_is_triggered() -> None:
    market = quotes((10, 100_000, 100_002), (20, 100_003, 100_004), (30, 100_006, 100_008), (50, 100_006, 100_008))
    told = tell(market, script=[(15, lambda s: s.stop_order(BUY, 40, 100_007))])
    # The ask of 30 is the first at or above 1.00007; the stop takes it
    assert (told.life.ending, told.looks[0].ask.high_ts, str(told.looks[0].ask.high)) == ("filled", 30, "1.00008")
    assert told.looks[0].stretch.waits_for == "trigger"
    assert "Filled 40 at 1.00008 as taker, because its trigger price was reached" in told.paragraph()


# -- not filled -------------------------------------------------------------------------------------------------------------


def test_a_limit_that_was_never_reached() -> None:
    asks = ((10, 5), (20, 3), (30, 1), (40, 4), (60, 4))
    market = quotes(*((ts, 99_990, 100_000 + ask) for ts, ask in asks))
    prints = trades((25, 100_003, 5, BUYER), (35, 100_000, 7, BUYER))
    script = [(15, lambda s: s.limit(BUY, 1_000, 100_000)), (45, lambda s: s.cancel_order(s.made[0]))]
    told = tell(market, prints, script=script)
    assert told.paragraph() == (
        f"BUY LIMIT 1,000 EUR/USD.SIM at 1.00000 ({told.order.client_order_id}) did not fill: The lowest ask while it worked was "
        "1.00001 at 1970-01-01 00:00:00.00000003, 1 tick away from 1.00000; 7 traded at or below its price (7 at it, 0 below), 7 "
        "of it by buyers, who cannot fill it. It was cancelled by the strategy, at 1970-01-01 00:00:00.000000045."
    )
    data = told.to_dict()["waits"][0]
    assert (data["nearest"], data["ticks_away"], data["n_rows"], data["n_trades"]) == ("1.00001", 1, 5, 2)
    assert data["ask"] == {"low": "1.00001", "low_ts": 30, "high": "1.00005", "high_ts": 15}


def test_a_sell_limit_looks_at_bids() -> None:
    market = quotes((10, 99_990, 100_010), (20, 99_996, 100_010), (30, 99_991, 100_010))
    told = tell(market, script=[(15, lambda s: s.limit(SELL, 10, 100_000))])
    words = "has not filled so far: The highest bid while it works was 0.99996 at 1970-01-01 00:00:00.00000002, 4 ticks away"
    assert words in str(told)
    assert told.life.ending == "working"


def test_a_limit_that_was_reached_and_not_drawn() -> None:
    asks = ((10, 2), (20, 0), (30, 2), (40, 0), (45, 0), (50, 3))
    market = quotes(*((ts, 99_990 + (ts == 45), 100_000 + ask) for ts, ask in asks))
    told = tell(market, script=[(15, lambda s: s.limit(BUY, 10, 100_000))], fill_model=FillModel(prob_fill_on_limit=0.0))
    # Two visits: 20, and 40 to 45
    assert told.looks[0].n_visits == 2
    assert "The ask came to its price 1.00000 2 times, first at 1970-01-01 00:00:00.00000002, and never beyond it" in str(told)
    assert "it was not drawn to fill (FillModel(prob_fill_on_limit=0.0" in str(told)


def test_a_post_only_order_that_would_take() -> None:
    market = quotes((10, 100_000, 100_002), (50, 100_000, 100_002))
    told = tell(market, script=[(15, lambda s: s.limit(BUY, 10, 100_002, post_only=True))])
    assert (told.life.ending, told.life.cause) == ("rejected", "venue")
    assert "was rejected: The venue rejected it: post-only BUY at 1.00002 would take: bid 1.00000, ask 1.00002." in str(told)


def test_an_order_that_risk_denied() -> None:
    def send(strategy: Any) -> None:
        strategy.send(strategy.order_factory.limit(EUR.id, BUY, qty(10), Price.from_str("1.000001")))

    told = tell(quotes((10, 100_000, 100_002), (50, 100_000, 100_002)), script=[(15, send)])
    assert (told.life.ending, told.life.cause, told.latency_ns) == ("denied", "risk", None)
    assert "was denied: It was denied before it left for the venue: " in str(told)
    assert "precision of price or quantity exceeds that of EUR/USD.SIM" in told.life.reason


def test_an_order_whose_time_was_up() -> None:
    market = quotes((10, 99_990, 100_002), (20, 99_990, 100_001), (40, 99_990, 99_999), (50, 99_990, 99_999))

    def send(strategy: Any) -> None:
        options = {"time_in_force": TimeInForce.GTD, "expire_time": 40}
        order = strategy.order_factory.limit(EUR.id, BUY, qty(10), px(100_000), **gtd(options))
        strategy.send(order)

    told = tell(market, script=[(15, send)])
    # It expires before the row of its time, which would have filled it
    assert (told.life.ending, told.life.cause, told.life.ts_ended) == ("expired", "expiry", 40)
    assert str(told.looks[0].ask.low) == "1.00001"
    assert "Its time was up (GTD 1970-01-01 00:00:00.00000004)" in str(told)


def gtd(options: dict[str, Any]) -> dict[str, Any]:
    import pandas as pd

    return {**options, "expire_time": pd.Timestamp(options["expire_time"], unit="ns", tz="UTC")}


def test_the_other_exit_of_a_bracket_is_cancelled_by_the_fill() -> None:
    def send(strategy: Any) -> None:
        bracket = strategy.order_factory.bracket(EUR.id, BUY, qty(10), tp_price=px(100_010), sl_trigger_price=px(99_980))
        strategy.made += bracket.orders
        strategy.submit_order_list(bracket)

    market = quotes((10, 100_000, 100_002), (20, 100_005, 100_007), (30, 100_011, 100_013), (50, 100_011, 100_013))
    engine, made = run(market, script=[(15, send)])
    by_type = {order.order_type.name: engine.explain(order.client_order_id) for order in made}
    stop, profit = by_type["STOP_MARKET"], by_type["LIMIT"]
    assert (stop.life.ending, stop.life.cause, stop.life.ts_ended) == ("canceled", "contingency", 30)
    assert f"cancelled by its contingency: {profit.order.client_order_id} was filled" in str(stop)
    # The lowest bid while it waited was that of its entry's fill, 1.00000: 20 ticks above 0.99980
    assert "The lowest bid while it waited was 1.00000 at 1970-01-01 00:00:00.000000015, 20 ticks away" in str(stop)
    assert profit.life.is_held
    assert profit.latency_ns is None
    assert "The venue held it until its parent had filled" in str(profit)


def test_a_reduce_only_order_with_nothing_left_to_reduce() -> None:
    market = quotes((10, 100_000, 100_002), (20, 100_000, 100_002), (50, 100_000, 100_002))
    script = [
        (15, lambda s: s.market(BUY, 10)),
        (25, lambda s: s.limit(SELL, 10, 100_010, reduce_only=True)),
        (35, lambda s: s.market(SELL, 10)),
    ]
    engine, made = run(market, script=script)
    told = engine.explain(str(made[1].client_order_id))
    assert (told.life.ending, told.life.cause, told.life.ts_ended) == ("canceled", "reduce-only", 35)
    assert "It is reduce-only and there was no position left to reduce" in str(told)


def test_what_ioc_leaves_is_dropped() -> None:
    book = deltas((10, BUY, 100_000, 50), (10, SELL, 100_002, 30), (50, BUY, 100_000, 50))
    script = [(15, lambda s: s.limit(BUY, 100, 100_002, time_in_force=TimeInForce.IOC))]
    told = tell(book, script=script, book_type=BookType.L2_MBP)
    assert told.life.cause == "immediate"
    assert "filled 30 of 100" in told.title
    assert "70 was dropped at 1970-01-01 00:00:00.000000015: IOC lets nothing rest" in str(told)


def test_what_the_book_cannot_give_a_market_order() -> None:
    book = deltas((10, BUY, 100_000, 50), (10, SELL, 100_002, 30), (50, BUY, 100_000, 50))
    told = tell(book, script=[(15, lambda s: s.market(BUY, 100))], book_type=BookType.L2_MBP)
    assert told.life.cause == "no liquidity"
    assert "70 was dropped" in str(told)


def test_an_order_in_flight() -> None:
    market = quotes((10, 100_000, 100_002), (20, 100_000, 100_002))
    script = [(15, lambda s: s.limit(BUY, 10, 100_000))]
    told = tell(market, script=script, latency_model=LatencyModel(base_latency_nanos=1_000), streaming=True)
    assert told.life.ending == "in flight"
    assert "is in flight: It was sent and has not arrived" in str(told)


def test_an_order_that_arrived_after_the_data() -> None:
    market = quotes((10, 100_000, 100_002), (20, 100_000, 100_002))
    script = [(15, lambda s: s.limit(BUY, 10, 100_000))]
    told = tell(market, script=script, latency_model=LatencyModel(base_latency_nanos=1_000))
    assert told.latency_ns == 1_000
    assert "The ask was 1.00002 when it arrived, 2 ticks away from 1.00000; no data of the instrument came" in str(told)


def test_an_immediate_order_that_found_nothing() -> None:
    market = quotes((10, 100_000, 100_002), (20, 100_000, 100_002))
    told = tell(market, script=[(15, lambda s: s.limit(BUY, 10, 99_999, time_in_force=TimeInForce.IOC))])
    assert "The ask was 1.00002 when it arrived, 3 ticks away from 0.99999. IOC lets nothing rest" in str(told)
    told = tell(market, script=[(15, lambda s: s.limit(BUY, 110, 100_002, time_in_force=TimeInForce.FOK))])
    assert "The ask was 1.00002 when it arrived. FOK takes all at once or nothing" in str(told)


def test_an_order_for_an_opening_that_does_not_come() -> None:
    market = quotes((10, 100_000, 100_002), (20, 99_990, 99_992))
    told = tell(market, script=[(15, lambda s: s.limit(BUY, 10, 100_000, time_in_force=TimeInForce.AT_THE_OPEN))])
    assert "It waits for the venue's opening. It still works" in str(told)
    assert "taken already" not in str(told)


def test_an_order_that_the_emulator_holds() -> None:
    market = quotes((10, 100_000, 100_002), (20, 100_000, 100_002))
    script = [(15, lambda s: s.limit(BUY, 10, 99_990, emulation_trigger=TriggerType.BID_ASK))]
    told = tell(market, script=script)
    assert told.life.ending == "emulated"
    assert "is held by the order emulator: The order emulator holds it until the market (BID_ASK) comes to 0.99990" in str(told)
    released = tell(quotes((10, 100_000, 100_002), (20, 99_980, 99_982)), script=script)
    assert released.life.ending == "filled"
    assert "released by the order emulator" in str(released)


def test_an_instrument_without_data() -> None:
    other = pair("GBP")

    def limit(strategy: Scripted) -> None:
        strategy.send(strategy.order_factory.limit(other.id, BUY, qty(10), px(100_000)))

    engine, made = run(quotes((10, 100_000, 100_002), (20, 100_000, 100_002)), script=[(15, limit)], others=[other])
    told = engine.explain(made[0].client_order_id)
    assert told.notes == ["the run had no market data of the instrument"]


def test_a_halt_while_the_market_passed() -> None:
    market = quotes((10, 100_000, 100_002), (20, 99_990, 99_992), (22, 100_000, 100_002), (30, 100_000, 100_002))
    script = [(11, lambda s: s.limit(BUY, 10, 99_995))]
    told_by_venue = (("HALT", 15), ("SHORT_SELL_RESTRICTION_CHANGE", 16), ("TRADING", 25))
    statuses = [InstrumentStatus(EUR.id, MarketStatusAction[name], ts, ts) for name, ts in told_by_venue]
    engine, made = run(market, script=script, objects=statuses)
    told = engine.explain(made[0].client_order_id)
    assert told.looks[0].pauses == (Pause("HALT", 15, 25),)
    assert (
        "The ask passed its price 0.99995: the lowest was 0.99992 at 1970-01-01 00:00:00.00000002; nothing was matched while the "
        "status was HALT from 1970-01-01 00:00:00.000000015 to 1970-01-01 00:00:00.000000025. It still works"
    ) in str(told)


@pytest.mark.parametrize(
    ("statuses", "pauses"),
    [
        ([], ()),
        ([(5, "HALT")], (Pause("HALT", 10, 50),)),
        ([(5, "HALT"), (9, "TRADING")], ()),
        ([(20, "PRE_OPEN"), (30, "HALT"), (40, "PRE_CLOSE")], (Pause("PRE_OPEN", 20, 30), Pause("HALT", 30, 40))),
        ([(60, "HALT")], ()),
        ([(20, "HALT"), (25, "NEW_PRICE_INDICATION")], (Pause("HALT", 20, 50),)),
    ],
)
def test_pauses_of_a_stretch(statuses: list[Any], pauses: tuple[Pause, ...]) -> None:
    assert pauses_in([(ts, MarketStatusAction[name]) for ts, name in statuses], 10, 50) == pauses


def test_a_fill_model_that_grants_nothing_is_named() -> None:
    market = quotes((10, 100_000, 100_002), (20, 99_990, 99_999))
    script = [(15, lambda s: s.limit(BUY, 10, 100_000))]
    told = tell(market, script=script, fill_model=ThroughTicksFillModel(2))
    assert "its venue's model granted nothing there (ThroughTicksFillModel(n=2" in str(told)
    assert "taken already" not in str(told)


def test_a_queue_that_no_trade_serves() -> None:
    book = deltas((10, BUY, 100_000, 30), (11, SELL, 100_002, 5), (20, SELL, 100_003, 6))
    script = [(15, lambda s: s.limit(BUY, 10, 100_000))]
    options = {"book_type": BookType.L2_MBP, "queue_model": RiskAverseQueueModel()}
    told = tell(book, script=script, **options)
    assert "30 stood ahead of it at the end (30 at entry), and no trade came that would serve those" in str(told)
    told = tell(book, trades((18, 100_000, 50, SELLER)), script=script, trade_execution=False, **options)
    assert "trades fill nothing there (`trade_execution=False`)" in str(told)


@pytest.mark.parametrize("seed", range(3))
def test_queues_of_orders_looked_at_again_are_those_of_the_run(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    rows = [(10, 1, 2, 100_002, 500, 1, 128)] + [(11 + i, 1, 1, 100_000, 20 + i, 10 + i, 128) for i in range(5)]
    prints = []
    for i in range(60):
        ts, who = 20 + 2 * i, int(numbers.integers(10, 16))
        kind = int(numbers.integers(0, 4))
        if kind == 0:
            prints.append((ts, 100_000, int(numbers.integers(1, 12)), SELLER))
        elif kind == 1:
            # A snapshot: all orders anew
            rows.append((ts, 4, 0, 0, 0, 0, 32))
            rows.append((ts, 1, 2, 100_002, 500, 1, 32))
            rows += [(ts, 1, 1, 100_000, 15, 10 + k, 32 | (128 if k == 3 else 0)) for k in range(4)]
        else:
            rows.append((ts, 2, 1, 100_000, int(numbers.integers(1, 30)), who, 128))
    made = np.zeros(len(rows), dtype=DELTA_DTYPE)
    for i, (ts, action, side, price, size, order_id, flags) in enumerate(rows):
        made[i]["ts_event"] = made[i]["ts_init"] = ts
        made[i]["action"], made[i]["side"], made[i]["price"] = action, side, price
        made[i]["size"], made[i]["order_id"], made[i]["flags"] = size, order_id, flags
    script = [(17, lambda s: s.limit(BUY, 1_000, 100_000))]
    book = ("delta", EUR.id, made)
    engine, orders = run(trades(*prints), book, script=script, book_type=BookType.L3_MBO)
    look = engine.explain(orders[0].client_order_id).looks[0]
    matching = engine.world.exchange(Venue("SIM")).get_matching_engine(EUR.id)
    assert int(look.ahead_entry) == 110
    assert look.ahead_end == matching.queue_ahead(orders[0])


def test_a_stop_that_waits_for_trades() -> None:
    market = quotes((10, 100_000, 100_009), (50, 100_000, 100_009))
    prints = trades((20, 100_003, 5, BUYER), (30, 100_006, 5, BUYER))
    script = [(15, lambda s: s.stop_order(BUY, 10, 100_008, trigger_type=TriggerType.LAST_PRICE))]
    told = tell(market, prints, script=script)
    assert "The highest trade while it waited was 1.00006 at 1970-01-01 00:00:00.00000003, 2 ticks away from 1.00008" in str(told)


# -- changes, bars, missing data --------------------------------------------------------------------------------------------


def test_each_price_is_told_by_itself() -> None:
    market = quotes((10, 99_990, 100_005), (20, 99_990, 100_003), (40, 99_990, 100_004), (60, 99_990, 100_009))
    script = [
        (15, lambda s: s.limit(BUY, 10, 100_000)),
        (30, lambda s: s.modify_order(s.made[0], price=px(100_002))),
        (50, lambda s: s.modify_order(s.made[0], quantity=qty(5))),
    ]
    told = tell(market, script=script)
    # The smaller quantity of 50 leaves it where it is: two stretches, not three
    assert [(str(look.stretch.price), str(look.ask.low), look.ask.low_ts) for look in told.looks] == [
        ("1.00000", "1.00003", 20),
        ("1.00002", "1.00003", 30),
    ]
    assert told.life.changes == 2
    assert [look.stretch.start for look in told.looks] == [15, 30]
    assert [look.stretch.end for look in told.looks] == [30, 60]


def test_bars_are_told_by_their_range() -> None:
    rows = np.zeros(4, dtype=BAR_DTYPE)
    ranges = [(10, 100_000, 100_010), (20, 99_995, 100_010), (30, 99_992, 100_004), (40, 99_996, 100_010)]
    for i, (ts, low, high) in enumerate(ranges):
        rows[i] = (ts, ts, low, high, low, high, 100)
    bar_type = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
    told = tell(("bar", bar_type, rows), script=[(15, lambda s: s.limit(BUY, 10, 99_990))])
    look = told.looks[0]
    assert (str(look.ask.low), look.ask.low_ts, look.n_bars, look.n_bars_reached) == ("0.99992", 30, 3, 0)
    assert "2 ticks away from 0.99990" in str(told)


def test_the_venue_of_a_late_feed_is_looked_at_when_it_acted() -> None:
    market = quotes((100, 99_990, 100_005), (120, 99_990, 100_001), (140, 99_990, 100_004), (160, 99_990, 100_004))
    # Each is heard 30 after it happened: at 130, 150, 170 and 190
    market[2]["ts_init"] += np.uint64(30)
    script = [(135, lambda s: s.limit(BUY, 10, 100_000)), (165, lambda s: s.cancel_order(s.made[0]))]
    told = tell(market, script=script, recorded_feed_latency=True)
    look = told.looks[0]
    # At 135 the venue is at the quote of 120; those of 140 and 160 come while it works, and none of them is below 1.00001
    assert (look.n_rows, str(look.ask.low), look.ask.low_ts) == (2, "1.00001", 135)
    assert (str(look.ask.high), look.ask.high_ts) == ("1.00004", 140)


def test_a_trailing_stop_is_told_by_each_trigger_price() -> None:
    bids = ((10, 100_000), (20, 100_004), (30, 100_001), (40, 100_002))
    market = quotes(*((ts, bid, bid + 2) for ts, bid in bids))

    def send(strategy: Any) -> None:
        offset = {"trailing_offset": Decimal("0.00005"), "trailing_offset_type": TrailingOffsetType.PRICE}
        strategy.send(strategy.order_factory.trailing_stop_market(EUR.id, SELL, qty(10), **offset))

    told = tell(market, script=[(15, send)])
    # It trails the bid by five ticks: from 1.00000 at 15, from 1.00004 at 20. The lowest bid after that is 1.00001
    assert [str(look.stretch.price) for look in told.looks] == ["0.99995", "0.99999"]
    assert "The lowest bid while it waited was 1.00001 at 1970-01-01 00:00:00.00000003, 2 ticks away from 0.99999" in str(told)


def test_cleared_data_is_missed_and_said_so() -> None:
    market = quotes((10, 99_990, 100_005), (20, 99_990, 100_003))
    engine, made = run(market, script=[(15, lambda s: s.limit(BUY, 10, 100_000))], streaming=True)
    engine.clear_data()
    engine.add_rows(*quotes((30, 99_990, 100_004), (40, 99_990, 100_004)))
    engine.run(streaming=True)
    told = engine.explain(made[0].client_order_id)
    assert told.looks == []
    assert "the market data of its lifetime is gone (`clear_data`" in str(told)
    assert told.life.ending == "working"


def test_an_unknown_order_names_a_near_one() -> None:
    engine, made = run(quotes((10, 1, 2), (20, 1, 2)), script=[(15, lambda s: s.market(BUY, 1))])
    with pytest.raises(KeyError, match=f"did you mean {made[0].client_order_id}"):
        engine.explain(f"{made[0].client_order_id}1")


def test_an_explanation_can_be_read_in_many_ways() -> None:
    told = tell(quotes((10, 99_990, 100_005), (20, 99_990, 100_003)), script=[(15, lambda s: s.limit(BUY, 10, 100_000))])
    assert "BUY LIMIT 10" in told._repr_html_()
    assert repr(told) == f"OrderExplanation({told.order.client_order_id}, working, filled=0)"
    assert told.to_dict()["text"] == told.paragraph()
    assert told.to_dict()["timeline"][-1] == (15, "accepted")


# -- against a slow look ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(25))
def test_looks_agree_with_plain_python_on_random_data(seed: int) -> None:
    numbers = random.Random(seed)
    quote, trade = quote_rows(numbers, 300), trade_rows(numbers, 150)
    # The script's times are odd, those of rows are even: no row falls on the arrival of an order
    script: list[tuple[int, Callable[[Any], None]]] = []
    for _ in range(12):
        side, ts = numbers.choice((BUY, SELL)), numbers.randrange(2_001, 90_001, 2)
        price = 100_000 + numbers.randint(-12, 12)
        script.append((ts, lambda s, side=side, price=price: s.limit(side, 3, price)))
    market = (("quote", EUR.id, quote), ("trade", EUR.id, trade))
    engine, made = run(*market, script=script, fill_model=FillModel(0.5, random_seed=seed))
    n_looked = 0
    for order in made:
        told = engine.explain(order.client_order_id)
        sign = 1 if order.side == BUY else -1
        for look in told.looks:
            n_looked += 1
            price, low, high = look.stretch.price.raw, look.stretch.start, look.stretch.end
            before = quote[quote["ts_init"] <= low]
            within = quote[(quote["ts_init"] > low) & (quote["ts_init"] <= high)]
            touches = [(low, before[-1])] * bool(len(before)) + [(int(row["ts_init"]), row) for row in within]
            side = "ask" if sign > 0 else "bid"
            seen = [(int(row[side]), ts) for ts, row in touches if row[f"{side}_size"]]
            best = min(seen, key=lambda item: (sign * item[0], item[1]), default=None)
            extreme = look.ask if sign > 0 else look.bid
            if extreme is None:
                assert best is None
            elif sign > 0:
                assert (extreme.low.raw, extreme.low_ts) == best
            else:
                assert (extreme.high.raw, extreme.high_ts) == best
            prints = trade[(trade["ts_init"] > low) & (trade["ts_init"] <= high)]
            for number, name in enumerate(("none", "buyer", "seller")):
                of_side = prints[prints["aggressor_side"] == number]
                at = int(of_side["size"][of_side["price"] == price].sum())
                through = int(of_side["size"][sign * of_side["price"] < sign * price].sum())
                assert (look.traded_at[name].raw, look.traded_through[name].raw) == (at, through)
            assert look.n_rows == len(within) + len(prints)
        # What fills while it rests was reached by the touch or by a trade
        for fill in told.life.fills:
            if fill.liquidity_side.name == "MAKER":
                reached = best is not None and sign * best[0] <= sign * price
                assert reached or sum(v.raw for v in (*look.traded_at.values(), *look.traded_through.values())) > 0
    assert n_looked > 0


@pytest.mark.parametrize("seed", range(15))
def test_queues_looked_at_again_are_those_of_the_run(seed: int) -> None:
    numbers = random.Random(seed)
    book, trade = delta_rows(numbers, 400), trade_rows(numbers, 200)
    book["flags"] = 128
    script: list[tuple[int, Callable[[Any], None]]] = []
    for _ in range(15):
        side, ts = numbers.choice((BUY, SELL)), numbers.randrange(5_001, 110_001, 2)
        price = 100_000 + (-numbers.randint(0, 4) if side == BUY else 1 + numbers.randint(0, 4))
        script.append((ts, lambda s, side=side, price=price: s.limit(side, 3, price)))
    model = PowerProbQueueModel(n=2.0)
    market = (("delta", EUR.id, book), ("trade", EUR.id, trade))
    engine, made = run(*market, script=script, book_type=BookType.L2_MBP, queue_model=model)
    matching = engine.world.exchange(Venue("SIM")).get_matching_engine(EUR.id)
    n_compared = 0
    for order in made:
        told = engine.explain(order.client_order_id)
        for fill in told.life.fills:
            if fill.queue_ahead is not None:
                assert told.looks[0].ahead_entry == fill.queue_ahead
                n_compared += 1
        if order.is_open:
            assert told.looks[-1].ahead_end == matching.queue_ahead(order)
            n_compared += 1
    assert n_compared > 0
