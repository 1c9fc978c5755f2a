"""The order of high and low inside a bar, by hand: open, high, low, close in dollars, no fees."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.engine import BarPath
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import OrderStatus, OrderType
from nautilus_lite.model.objects import Price, Quantity
from tests.bars_by_hand import BUY, SELL, balance, fills, new_pair, run_bars

FLAT = (100, 100, 100, 100)
PATHS = ("OHLC", "ADAPTIVE", "WORST", "BEST")


def exits(side: Any, tp: int, sl: int) -> Any:
    """Return a script that opens 10 at 100 with a take-profit and a stop-loss."""
    return {0: lambda hand: hand.bracket(side, 10, {}, tp=tp, sl=sl)}


@pytest.mark.parametrize(
    ("side", "tp", "sl", "bar", "expected"),
    [
        # Both reached. Long: high first earns 5 x 10, low first loses 5 x 10; the low is nearer to the open
        (BUY, 105, 95, (100, 108, 94, 101), (50, -50, -50, 50)),
        # The high is nearer
        (BUY, 105, 95, (100, 106, 92, 101), (50, 50, -50, 50)),
        # Equally near: the high comes first
        (BUY, 105, 95, (100, 106, 94, 101), (50, 50, -50, 50)),
        # Short: the high first loses
        (SELL, 95, 105, (100, 108, 94, 101), (-50, 50, -50, 50)),
        (SELL, 95, 105, (100, 106, 92, 101), (-50, -50, -50, 50)),
        # Only one of them is reached: nothing to choose
        (BUY, 105, 95, (100, 106, 96, 101), (50, 50, 50, 50)),
        (BUY, 105, 95, (100, 104, 94, 99), (-50, -50, -50, -50)),
        # The open decides: beyond the stop, or beyond the take-profit
        (BUY, 105, 95, (93, 106, 92, 101), (-70, -70, -70, -70)),
        (BUY, 105, 95, (106, 106, 92, 101), (50, 50, 50, 50)),
    ],
)
def test_exits_of_an_open_position(side: Any, tp: int, sl: int, bar: Any, expected: Any) -> None:
    for path, gain in zip(PATHS, expected, strict=True):
        _, engine = run_bars([FLAT, bar], exits(side, tp, sl), bar_path=path)
        assert (path, balance(engine)) == (path, gain)
        result = engine.get_result()
        decided = len(set(expected)) > 1
        assert result.ambiguous_bars == {str(new_pair().id): decided}
        warned = [line for line in result.warnings if "order of high and low" in line]
        assert len(warned) == decided
        if decided:
            assert f"in 1 of 1 bars that reached an order (100.0%), `bar_path` is {path}" in warned[0]


def entry(kind: str, price: int) -> dict[str, Any]:
    if kind == "limit":
        return {"entry_order_type": OrderType.LIMIT, "entry_price": Price.from_int(price)}
    return {"entry_order_type": OrderType.STOP_MARKET, "entry_trigger_price": Price.from_int(price)}


@pytest.mark.parametrize(
    ("side", "kind", "price", "tp", "sl", "bar", "high_first", "low_first"),
    [
        # Buy limit at 97, low 93. High first: bought on the last leg but one, the stop-loss below is out of reach;
        # low first: bought, then the rise takes profit
        (BUY, "limit", 97, 103, 90, (100, 107, 93, 98), ["97"], ["97", "103"]),
        # Entry and stop-loss on the same leg, whichever comes first: bought at 97, stopped at 95
        (BUY, "limit", 97, 103, 95, (100, 107, 93, 98), ["97", "95"], ["97", "95"]),
        # Buy stop at 103. High first: bought, then the fall stops it out at 98; low first: bought on the last leg but one
        (BUY, "stop", 103, 108, 98, (100, 105, 97, 101), ["103", "98"], ["103"]),
        # Entry and take-profit on the same leg
        (BUY, "stop", 103, 106, 98, (100, 107, 97, 101), ["103", "106"], ["103", "106"]),
        # The way to the close counts: bought at the high, stopped at 102 as the bar closes at 101
        (BUY, "stop", 103, 108, 102, (100, 105, 99, 101), ["103", "102"], ["103", "102"]),
        # And the same for the other side
        (SELL, "limit", 103, 97, 110, (100, 107, 93, 102), ["103", "97"], ["103"]),
        (SELL, "stop", 97, 92, 102, (100, 103, 95, 99), ["97"], ["97", "102"]),
    ],
)
def test_brackets_inside_one_bar(
    side: Any, kind: str, price: int, tp: int, sl: int, bar: Any, high_first: Any, low_first: Any
) -> None:
    def script(hand: Any) -> None:
        hand.bracket(side, 10, entry(kind, price), tp=tp, sl=sl)

    sign = 1 if side == BUY else -1
    close = bar[3]
    worth = []
    for prices in (high_first, low_first):
        values = [sign * 10 * (close - int(prices[0]))]
        values += [-sign * 10 * (close - int(price)) for price in prices[1:]]
        worth.append(sum(values))
    expected = {"OHLC": high_first}
    expected["WORST"] = low_first if worth[1] < worth[0] else high_first
    expected["BEST"] = low_first if worth[1] > worth[0] else high_first
    for path, prices in expected.items():
        hand, engine = run_bars([FLAT, bar], {0: script}, bar_path=path)
        done = [str(px) for order in hand.orders for _, px, _, _ in fills(order)]
        assert (path, done) == (path, prices)
        assert engine.get_result().ambiguous_bars[str(hand.instrument.id)] == (high_first != low_first)
        # None of the exits was refused on its way: each is filled, works on, or was cancelled by the other
        assert not any(order.status == OrderStatus.REJECTED for order in hand.orders)


def test_orders_that_fill_either_way_are_not_ambiguous() -> None:
    def script(hand: Any) -> None:
        hand.limit(BUY, 10, 97)
        hand.limit(SELL, 10, 103)

    for path in PATHS:
        hand, engine = run_bars([FLAT, (100, 104, 96, 100)], {0: script}, bar_path=path)
        assert [fills(order) for order in hand.orders] == [[(10, 97, "bar_passed", 1)], [(10, 103, "bar_passed", 1)]]
        assert engine.get_result().ambiguous_bars[str(hand.instrument.id)] == 0
        assert not engine.get_result().warnings


def test_triggered_limit_may_fill_on_the_way_back() -> None:
    def script(hand: Any) -> None:
        make = hand.order_factory.stop_limit
        hand.send(make(hand.instrument.id, BUY, Quantity.from_int(10), Price.from_int(101), Price.from_int(103)))

    # Triggered at 103 by the high, then bought at its limit of 101: on the fall to the low, or on that to the close
    hand, engine = run_bars([FLAT, (100, 104, 98, 102)], {0: script})
    assert [fills(order) for order in hand.orders] == [[(10, 101, "bar_passed", 1)]]
    assert engine.get_result().ambiguous_bars[str(hand.instrument.id)] == 1
    hand, _ = run_bars([FLAT, (100, 104, 98, 102)], {0: script}, bar_path="BEST")
    # Low first: the limit is still working when the bar closes at 102. 102 - 101 is better, so BEST takes the high first
    assert fills(hand.orders[0])
    hand, _ = run_bars([FLAT, (100, 104, 98, 102)], {0: script}, bar_path="WORST")
    assert not fills(hand.orders[0])
    assert hand.orders[0].status == OrderStatus.TRIGGERED


@pytest.mark.parametrize(
    ("bar", "high_first", "low_first"),
    [
        # A long of 100 with a stop 4 behind. High first: dragged to 106 by 110, hit by the fall to 98 on its way; low first: 98
        # is above 96, then it is dragged to 106 and stays below the close of 108
        ((100, 110, 98, 108), 106, None),
        # The same, but the close at 105 is below 106
        ((100, 110, 98, 105), 106, 106),
        # Low first hits it at 96
        ((100, 110, 95, 108), 106, 96),
        # A tight range moves it and does not reach it: 101 - 4 = 97
        ((100, 101, 98, 100), None, None),
    ],
)
def test_trailing_stops(bar: Any, high_first: Any, low_first: Any) -> None:
    def script(hand: Any) -> None:
        hand.market(BUY, 10)
        hand.trail(SELL, 10, 96, 4)

    values = {True: 10 * ((low_first or bar[3]) - 100), False: 10 * ((high_first or bar[3]) - 100)}
    for path, low in (("OHLC", False), ("WORST", values[True] < values[False]), ("BEST", values[True] > values[False])):
        hand, engine = run_bars([FLAT, bar], {0: script}, bar_path=path)
        price = low_first if low else high_first
        assert (path, [px for _, px, _, _ in fills(hand.orders[1])]) == (path, [] if price is None else [price])
        assert engine.get_result().ambiguous_bars[str(hand.instrument.id)] == (high_first != low_first)


def test_nothing_rests_nothing_counts() -> None:
    hand, engine = run_bars([FLAT, (100, 110, 90, 100), FLAT], {1: lambda hand: hand.market(BUY, 1)})
    assert engine.get_result().ambiguous_bars == {str(hand.instrument.id): 0}
    assert engine.kernel.exchanges[0].get_matching_engine(hand.instrument.id).n_active_bars == 0


def test_reset_forgets_the_counts() -> None:
    hand, engine = run_bars([FLAT, (100, 108, 94, 101)], exits(BUY, 105, 95))
    first = engine.get_result()
    engine.reset()
    engine.run()
    again = engine.get_result()
    assert first.ambiguous_bars == {str(hand.instrument.id): 1}
    assert (again.digest, again.ambiguous_bars) == (first.digest, first.ambiguous_bars)


def test_pair_walks_one_path_for_both_sides() -> None:
    """Bid and ask take the same order of high and low: never the bid's low with the ask's high."""
    import numpy as np

    from nautilus_lite.model.data import BarType
    from tests.bars_by_hand import bar_rows

    # Rises of 7 + 3, falls of 4 + 4: the low is nearer for both together, though not for the asks alone
    bids, asks = [(100, 100, 100, 100), (100, 107, 96, 100)], [(102, 102, 102, 102), (102, 105, 98, 102)]
    asks[1] = (102, 109, 98, 102)

    def script(hand: Any) -> None:
        hand.bracket(BUY, 10, {}, tp=105, sl=98)

    results = {}
    for path in ("OHLC", "ADAPTIVE"):
        hand, engine = run_bars([], {1: script}, spec="1-MINUTE-BID", run=False, bar_path=path)
        # The second bid bar comes after the second ask bar, so that the order of minute 2 acts on both
        rows = [bar_rows([bids[0], bids[0], bids[1]]), bar_rows([asks[0], asks[0], asks[1]])]
        for row, name in zip(reversed(rows), ("ASK", "BID"), strict=True):
            engine.add_rows("bar", BarType.from_str(f"{hand.instrument.id}-1-MINUTE-{name}-EXTERNAL"), row)
        engine.run()
        assert np.all(rows[0]["ts_init"] == rows[1]["ts_init"])
        # Bought at the ask of 102; sold at a bid of 105, or stopped at a bid of 98
        results[path] = balance(engine)
    assert results == {"OHLC": 30, "ADAPTIVE": -40}


def test_unknown_or_contradicting_paths_are_refused() -> None:
    with pytest.raises(InvalidConfiguration, match=r"`bar_path` of SIM: invalid BarPath.*was 'WROST' \(did you mean WORST\?\)"):
        run_bars([FLAT], {}, bar_path="WROST")
    with pytest.raises(InvalidConfiguration, match="`bar_path` of SIM is WORST, but `bar_adaptive_high_low_ordering=True`"):
        run_bars([FLAT], {}, bar_path="WORST", bar_adaptive_high_low_ordering=True)
    with pytest.raises(InvalidConfiguration, match="`bar_path` of SIM: invalid BarPath value"):
        run_bars([FLAT], {}, bar_path=7)


def test_names_of_the_adaptive_path() -> None:
    for settings in ({"bar_path": "adaptive"}, {"bar_path": BarPath.ADAPTIVE}, {"bar_adaptive_high_low_ordering": True}):
        _, engine = run_bars([FLAT], {}, **settings)
        exchange = engine.kernel.exchanges[0]
        assert exchange.bar_path == BarPath.ADAPTIVE
        assert exchange.bar_adaptive_high_low_ordering
        assert exchange.describe()["bar_path"] == "ADAPTIVE"


def test_take_profit_released_inside_a_bar_fills_at_its_own_price() -> None:
    """Not at the high for which the bar is heading, and it is not refused as post-only for taking there."""
    for post_only in (True, False):
        hand, _ = run_bars(
            [FLAT, (100, 120, 99, 110)],
            {0: lambda hand, p=post_only: hand.bracket(BUY, 10, entry("stop", 103), tp=106, sl=90, tp_post_only=p)},
        )
        assert [fills(order) for order in hand.orders] == [
            [(10, 103, "stop_triggered", 1)], [], [(10, 106, "bar_passed", 1)],
        ]  # fmt: skip


def test_stop_loss_beyond_which_a_bar_opens_is_triggered_at_the_open() -> None:
    hand, _ = run_bars(
        [FLAT, (94, 99, 90, 95)],
        {0: lambda hand: hand.bracket(BUY, 10, entry("limit", 97), tp=103, sl=95)},
        reject_stop_orders=False,
    )
    # The open at 94 is below the limit of 97 and below the stop-loss of 95: bought at 97, sold at the open
    assert [fills(order) for order in hand.orders] == [
        [(10, 97, "bar_passed", 1)], [(10, 94, "gap_open", 1)], [],
    ]  # fmt: skip
