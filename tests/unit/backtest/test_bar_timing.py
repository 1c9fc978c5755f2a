"""When commands act where bars execute: this close, next open, next close."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import OrderStatus
from nautilus_lite.model.objects import Price
from tests.bars_by_hand import BUY, MINUTE_NS, SELL, bar_rows, fills, run_bars

SECOND_NS = 1_000_000_000
# Open, high, low, close
BARS = [(100, 101, 99, 100), (102, 104, 101, 103), (105, 108, 104, 107), (106, 109, 100, 108)]


def submit_at(offset_ns: int, act: Any) -> Any:
    """Return a script that acts some time after the first bar."""

    def script(hand: Any) -> None:
        hand.clock.set_time_alert_ns("act", MINUTE_NS + offset_ns, lambda event: act(hand))

    return {0: script}


@pytest.mark.parametrize(
    ("timing", "price", "bar"), [("THIS_CLOSE", 100, 0), ("NEXT_OPEN", 102, 1), ("NEXT_CLOSE", 103, 1)]
)
def test_market_order_of_a_bar(timing: str, price: int, bar: int) -> None:
    hand, _ = run_bars(BARS, {0: lambda hand: hand.market(BUY, 10)}, bar_order_timing=timing)
    assert fills(hand.orders[0]) == [(10, price, "took_book", bar)]


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        # From the close of bar 0 on: 102 is passed on the way from the open at 102, which is the first to reach 103
        ("THIS_CLOSE", [(10, 103, "bar_passed", 1)]),
        # From the open of bar 1 on: reached by its high
        ("NEXT_OPEN", [(10, 103, "bar_passed", 1)]),
        # Arrives at the close of bar 1, at 103, and takes there
        ("NEXT_CLOSE", [(10, 103, "took_book", 1)]),
    ],
)
def test_limit_order_of_a_bar(timing: str, expected: Any) -> None:
    hand, _ = run_bars(BARS, {0: lambda hand: hand.limit(SELL, 10, 103)}, bar_order_timing=timing)
    assert fills(hand.orders[0]) == expected


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        # Rests when bar 1 opens above it
        ("THIS_CLOSE", [(10, 102, "gap_open", 1)]),
        # Arrives at the open of 102: already beyond it, and triggered at once
        ("NEXT_OPEN", [(10, 102, "stop_triggered", 1)]),
        ("NEXT_CLOSE", [(10, 103, "stop_triggered", 1)]),
    ],
)
def test_stop_order_of_a_bar(timing: str, expected: Any) -> None:
    script = {0: lambda hand: hand.stop_at(BUY, 10, 101)}
    hand, _ = run_bars(BARS, script, bar_order_timing=timing, reject_stop_orders=False)
    assert fills(hand.orders[0]) == expected


@pytest.mark.parametrize(
    ("timing", "filled"),
    [
        # A buy limit at 101 that rests since bar 0 and is cancelled on bar 1; bar 2 falls to 104, bar 3 to 100
        ("THIS_CLOSE", False),
        ("NEXT_OPEN", False),
        ("NEXT_CLOSE", False),
    ],
)
def test_cancel_in_time(timing: str, filled: bool) -> None:
    script = {0: lambda hand: hand.limit(BUY, 10, 100), 1: lambda hand: hand.cancel_order(hand.orders[0])}
    table = [BARS[0], BARS[1], BARS[2], (106, 109, 90, 108)]
    hand, _ = run_bars([(110, 110, 110, 110), *table[1:]], script, bar_order_timing=timing)
    assert hand.orders[0].status == OrderStatus.CANCELED
    bar = {"THIS_CLOSE": 1, "NEXT_OPEN": 2, "NEXT_CLOSE": 2}[timing]
    assert hand.orders[0].last_event.ts_event == (bar + 1) * MINUTE_NS


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("THIS_CLOSE", []),
        # The cancel acts at the open of bar 1, which is matched first; its high comes later
        ("NEXT_OPEN", []),
        # The high comes before the close
        ("NEXT_CLOSE", [(10, 104, "touched", 1)]),
    ],
)
def test_cancel_races_the_bar(timing: str, expected: Any) -> None:
    """A sell limit at 104 rests; bar 1 rises to 104."""
    script = {1: lambda hand: hand.limit(SELL, 10, 104), 3: lambda hand: hand.cancel_order(hand.orders[0])}
    table = [BARS[0]] * 4 + [BARS[1]]
    hand, _ = run_bars(table, script, bar_order_timing=timing)
    assert [fill[:3] for fill in fills(hand.orders[0])] == [fill[:3] for fill in expected]


def test_open_is_matched_before_a_cancel_that_acts_there() -> None:
    script = {1: lambda hand: hand.limit(SELL, 10, 102), 3: lambda hand: hand.cancel_order(hand.orders[0])}
    hand, _ = run_bars([BARS[0]] * 4 + [BARS[1]], script, bar_order_timing="NEXT_OPEN")
    assert fills(hand.orders[0]) == [(10, 102, "touched", 4)]


def test_change_acts_with_the_others() -> None:
    """A sell limit at 120 is moved to 103 on bar 0 of the two that matter."""

    def change(hand: Any) -> None:
        hand.modify_order(hand.orders[0], price=Price.from_int(103))

    for timing, reason, bar in (("THIS_CLOSE", "bar_passed", 3), ("NEXT_OPEN", "bar_passed", 3), ("NEXT_CLOSE", "took_book", 3)):
        script = {0: lambda hand: hand.limit(SELL, 10, 120), 2: change}
        hand, _ = run_bars([BARS[0]] * 3 + BARS[1:], script, bar_order_timing=timing)
        assert fills(hand.orders[0]) == [(10, 103, reason, bar)], timing


@pytest.mark.parametrize(
    ("timing", "latency_s", "price", "bar"),
    [
        # Bar 1 opened before the command was there: the next open is that of bar 2
        ("NEXT_OPEN", 30, 105, 2),
        ("NEXT_OPEN", 60, 105, 2),
        ("NEXT_OPEN", 61, 106, 3),
        ("NEXT_CLOSE", 30, 103, 1),
        ("NEXT_CLOSE", 60, 103, 1),
        ("NEXT_CLOSE", 61, 107, 2),
    ],
)
def test_whichever_is_later_the_bar_or_the_arrival(timing: str, latency_s: int, price: int, bar: int) -> None:
    latency = LatencyModel(base_latency_nanos=latency_s * SECOND_NS)
    hand, _ = run_bars(BARS, {0: lambda hand: hand.market(BUY, 10)}, bar_order_timing=timing, latency_model=latency)
    assert fills(hand.orders[0]) == [(10, price, "took_book", bar)]


def test_command_sent_inside_a_bar_never_gets_its_open() -> None:
    """Bar 1 opened half a minute before the order was sent."""
    script = submit_at(30 * SECOND_NS, lambda hand: hand.market(BUY, 10))
    hand, _ = run_bars(BARS, script, bar_order_timing="NEXT_OPEN")
    assert fills(hand.orders[0]) == [(10, 105, "took_book", 2)]
    hand, _ = run_bars(BARS, script, bar_order_timing="NEXT_CLOSE")
    assert fills(hand.orders[0]) == [(10, 103, "took_book", 1)]


def test_bar_after_a_gap_opens_its_length_before_its_close() -> None:
    """No bars between minutes 1 and 5: that of minute 5 opened at 4, after an order sent at 2:30, before one sent at 4:01."""
    for minutes, expected in ((1.5, (10, 102, "took_book", 4)), (3.02, (10, 105, "took_book", 5))):
        script = submit_at(int(minutes * MINUTE_NS), lambda hand: hand.market(BUY, 10))
        hand, engine = run_bars([BARS[0]], script, bar_order_timing="NEXT_OPEN", run=False)
        bar_type = BarType.from_str(f"{hand.instrument.id}-1-MINUTE-LAST-EXTERNAL")
        engine.clear_data()
        engine.add_rows("bar", bar_type, np.concatenate([bar_rows([BARS[0]]), bar_rows(BARS[1:], first=5)]))
        engine.run()
        assert fills(hand.orders[0]) == [expected]


def test_orders_keep_their_sequence() -> None:
    def script(hand: Any) -> None:
        hand.limit(BUY, 10, 101)
        hand.cancel_order(hand.orders[0])
        hand.market(BUY, 5)

    hand, _ = run_bars(BARS, {0: script}, bar_order_timing="NEXT_OPEN")
    first, second = hand.orders
    assert first.status == OrderStatus.CANCELED
    assert fills(second) == [(5, 102, "took_book", 1)]
    assert [type(event).__name__ for event in first.events] == [
        "OrderInitialized", "OrderSubmitted", "OrderPendingCancel", "OrderAccepted", "OrderCanceled",
    ]  # fmt: skip


def test_what_a_bar_never_served_is_refused_with_the_reason() -> None:
    """Sent on the last bar: no order is lost, and none fills at a price that is past."""

    def script(hand: Any) -> None:
        hand.modify_order(hand.orders[0], price=Price.from_int(91))
        hand.market(BUY, 5)
        hand.cancel_order(hand.orders[1])
        hand.bracket(BUY, 5, {}, tp=120, sl=90)

    scripts = {0: lambda hand: (hand.limit(BUY, 10, 90), hand.limit(BUY, 10, 80)), 3: script}
    hand, engine = run_bars(BARS, scripts, bar_order_timing="NEXT_OPEN")
    kept, cancelled, market, *bracket = hand.orders
    assert kept.status == OrderStatus.ACCEPTED
    assert kept.price == Price.from_int(90)
    assert cancelled.status == OrderStatus.CANCELED
    assert market.status == OrderStatus.REJECTED
    assert market.last_event.reason == (
        "no bar of AUD/USD.SIM came any more (`bar_order_timing` of its venue is NEXT_OPEN)"
    )
    assert [order.status for order in bracket] == [OrderStatus.REJECTED] * 3
    assert any("3 commands waited for a bar that never came" in line for line in engine.get_result().warnings)
    assert engine.cache.check_integrity()


def test_commands_of_on_stop_are_not_lost() -> None:
    """The position stays open, for there is no price to close it at; the cancel is carried out."""

    def stop(hand: Any) -> None:
        hand.cancel_all_orders(hand.instrument.id)
        hand.close_all_positions(hand.instrument.id)

    script = {0: lambda hand: (hand.market(BUY, 10), hand.limit(BUY, 10, 50)), -2: stop}
    hand, engine = run_bars(BARS, script, bar_order_timing="NEXT_CLOSE")
    assert hand.orders[1].status == OrderStatus.CANCELED
    assert not engine.cache.orders_inflight()
    assert [order.status for order in engine.cache.orders() if order.is_reduce_only] == [OrderStatus.REJECTED]


@pytest.mark.parametrize("timing", ["THIS_CLOSE", "NEXT_OPEN", "NEXT_CLOSE"])
def test_streamed_equals_one_shot(timing: str) -> None:
    """Commands that wait for a bar, and the close of the last one, live on from chunk to chunk."""
    numbers = np.random.default_rng(5)
    table = []
    for _ in range(40):
        o, c = numbers.integers(95, 105, 2)
        table.append((int(o), int(max(o, c) + numbers.integers(0, 5)), int(min(o, c) - numbers.integers(0, 5)), int(c)))

    def act(hand: Any) -> None:
        hand.market(BUY if hand.n_bars % 2 else SELL, 1 + hand.n_bars % 3)
        hand.limit(BUY, 2, 97)
        hand.bracket(SELL, 2, {}, tp=90, sl=110)

    script = dict.fromkeys(range(0, 40, 3), act)
    digests = set()
    for size in (40, 7, 1):
        hand, engine = run_bars([], script, bar_order_timing=timing, run=False)
        bar_type = BarType.from_str(f"{hand.instrument.id}-1-MINUTE-LAST-EXTERNAL")
        rows = bar_rows(table)
        for at in range(0, 40, size):
            engine.clear_data()
            engine.add_rows("bar", bar_type, rows[at : at + size])
            engine.run(streaming=True)
        engine.end()
        result = engine.get_result()
        digests.add((result.digest, result.n_fills, tuple(result.ambiguous_bars.items()), tuple(result.warnings)))
    assert len(digests) == 1
    assert digests.pop()[1] > 20


def test_quotes_know_no_bars() -> None:
    """Where ticks execute, a command acts when it arrives, whatever the setting."""
    from nautilus_lite.model.data.dtypes import QUOTE_DTYPE

    hand, engine = run_bars(BARS, {0: lambda hand: hand.market(BUY, 10)}, bar_order_timing="NEXT_OPEN", run=False)
    rows = np.zeros(1, dtype=QUOTE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = MINUTE_NS - 1
    rows["bid"], rows["ask"], rows["bid_size"], rows["ask_size"] = 98, 99, 50, 50
    engine.add_rows("quote", hand.instrument.id, rows)
    engine.run()
    assert fills(hand.orders[0]) == [(10, 99, "took_book", 0)]


@pytest.mark.parametrize(
    ("volume", "lot", "quarter", "close"),
    [
        # A quarter each, the rest on the close: the sum is kept
        (1_000, 1, 250, 250),
        (150, 1, 37, 39),
        (7, 1, 1, 4),
        (1_000, 100, 200, 400),
        (450, 100, 100, 100),
        # 1,050 - 3 x 200 = 450: four whole lots of it
        (1_050, 100, 200, 400),
        # Below four lots each price that was traded shows one
        (3, 1, 1, 1),
        (0, 1, 1, 1),
        (150, 100, 100, 100),
    ],
)
def test_volume_in_whole_lots(volume: int, lot: int, quarter: int, close: int) -> None:
    """What each point shows is what the first fill of a large order gets there; the rest is one tick further."""
    table = [(100, 100, 100, 100, volume), (100, 110, 90, 105, volume)]

    def script(hand: Any) -> None:
        hand.stop_at(BUY, 40_000, 108)
        hand.stop_at(SELL, 40_000, 92)
        hand.market(BUY, 40_000)

    for timing, size in (("NEXT_OPEN", quarter), ("NEXT_CLOSE", close)):
        hand, _ = run_bars([*table, (105, 110, 90, 105, volume)], {0: script}, lot=lot, bar_order_timing=timing)
        high, low, market = ([fill[0] for fill in fills(order)] for order in hand.orders)
        assert (high[0], low[0], market[0]) == (quarter, quarter, size)
        assert [sum(high), sum(low), sum(market)] == [40_000] * 3


def test_unknown_timing_is_refused() -> None:
    with pytest.raises(InvalidConfiguration, match=r"`bar_order_timing` of SIM: .*was 'NEXT_OPN' \(did you mean NEXT_OPEN\?\)"):
        run_bars(BARS, {}, bar_order_timing="NEXT_OPN")


@pytest.mark.parametrize("lost", ["last", "middle"])
def test_half_bars_without_a_pair_are_counted(lost: str) -> None:
    """Bid bars of three minutes, ask bars of two of them: one bid bar executes nothing, and the result says so."""
    hand, engine = run_bars([], {}, spec="1-MINUTE-BID", run=False)
    bids = bar_rows([BARS[0]] * 3)
    asks = bids[:2] if lost == "last" else bids[[0, 2]]
    for rows, name in ((bids, "BID"), (asks, "ASK")):
        engine.add_rows("bar", BarType.from_str(f"{hand.instrument.id}-1-MINUTE-{name}-EXTERNAL"), rows)
    engine.run()
    wanted = ["1 bid or ask bars of AUD/USD.SIM had no bar of the other side at their time and executed nothing"]
    assert engine.get_result().warnings == wanted
    engine.reset()
    engine.run()
    assert engine.get_result().warnings == wanted


def test_pair_may_come_in_two_chunks() -> None:
    hand, engine = run_bars([], {0: lambda hand: hand.limit(BUY, 10, 101)}, spec="1-MINUTE-BID", run=False)
    # The limit of 101 is sent on the bid bar of minute 1, before the ask bar that touched 101 came: that is past
    bids, asks = bar_rows([BARS[0], (102, 104, 98, 103)]), bar_rows([(102, 103, 101, 102), (104, 106, 99, 105)])
    names = [BarType.from_str(f"{hand.instrument.id}-1-MINUTE-{name}-EXTERNAL") for name in ("BID", "ASK")]
    for chunk in (((0, 1), (0, 1)), ((1, 2), (1, 1))):
        engine.clear_data()
        for bar_type, rows, (a, b) in zip(names, (bids, asks), chunk, strict=True):
            engine.add_rows("bar", bar_type, rows[a:b])
        engine.run(streaming=True)
    engine.clear_data()
    engine.add_rows("bar", names[0], bids[:0])
    engine.add_rows("bar", names[1], asks[1:])
    engine.run(streaming=True)
    engine.end()
    assert fills(hand.orders[0]) == [(10, 101, "bar_passed", 1)]
    assert engine.get_result().warnings == []


def test_order_does_not_fill_on_a_bar_that_was_over_when_it_was_sent() -> None:
    """Two-minute bars come first: an order sent on one of them at minute 2 is not there for the bar of that minute."""
    table = [BARS[0], (100, 130, 70, 100), (100, 101, 99, 100), (100, 130, 70, 100)]

    def script(hand: Any) -> None:
        hand.limit(BUY, 10, 90)
        hand.stop_at(BUY, 10, 120)
        hand.touched(SELL, 10, 110)

    hand, engine = run_bars([], {0: script}, spec="2-MINUTE-LAST", run=False)
    wide = bar_rows([(100, 130, 70, 100)])
    wide["ts_event"] = wide["ts_init"] = 2 * MINUTE_NS
    engine.add_rows("bar", hand.bar_types[0], wide)
    engine.add_rows("bar", BarType.from_str(f"{hand.instrument.id}-1-MINUTE-LAST-EXTERNAL"), bar_rows(table))
    engine.run()
    assert [fills(order) for order in hand.orders] == [
        [(10, 90, "bar_passed", 3)], [(10, 120, "stop_triggered", 3)], [(10, 110, "if_touched", 3)],
    ]  # fmt: skip
