"""Excursions of positions along bars, worked out by hand: ten of a pair in whole dollars, so a dollar is ten."""

from __future__ import annotations

import math
from typing import Any

import pytest

from nautilus_lite.analysis.reports import ReportProvider
from nautilus_lite.backtest.bar_rules import BarPath
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.model.position import Position
from tests.bars_by_hand import BUY, SELL, USD, Table, bar_rows, run_bars

AUD = Currency.from_str("AUD")
FLAT = (100, 100, 100, 100)


def excursions(engine: Any) -> list[tuple[float, float]]:
    result = engine.get_result()
    positions = [*result.snapshots, *result.positions]
    return [(p.mae.as_double(), p.mfe.as_double()) for p in sorted(positions, key=lambda p: p.ts_opened)]


def buys(hand: Any) -> None:
    hand.market(BUY, 10)


def sells(hand: Any) -> None:
    hand.market(SELL, 10)


def test_the_way_through_a_bar_counts() -> None:
    _, engine = run_bars([FLAT, (102, 110, 95, 101), (103, 104, 102, 103)], {0: buys, 2: sells})
    assert excursions(engine) == [(-50.0, 100.0)]
    _, engine = run_bars([FLAT, (102, 110, 95, 101), (103, 104, 102, 103)], {0: sells, 2: buys})
    assert excursions(engine) == [(-100.0, 50.0)]


def test_before_it_was_opened_and_after_it_was_closed_nothing_counts() -> None:
    table = [(100, 200, 10, 100), (102, 103, 101, 102), (104, 200, 10, 104)]
    _, engine = run_bars(table, {0: buys, 1: sells})
    assert excursions(engine) == [(0.0, 30.0)]


def test_an_open_position_counts_to_the_end() -> None:
    _, engine = run_bars([FLAT, (102, 110, 95, 101), (90, 120, 88, 99)], {0: buys})
    assert excursions(engine) == [(-120.0, 200.0)]


@pytest.mark.parametrize(
    ("path", "bar", "expected"),
    [
        # The high comes first: the way up ends at 106, and the low is never seen
        (BarPath.OHLC, (102, 110, 95, 101), (0.0, 60.0)),
        # The low is nearer
        (BarPath.ADAPTIVE, (102, 112, 96, 101), (-40.0, 60.0)),
    ],
)
def test_a_bar_counts_as_far_as_its_exit(path: BarPath, bar: tuple[int, ...], expected: tuple[float, float]) -> None:
    def act(hand: Any) -> None:
        hand.market(BUY, 10)
        hand.limit(SELL, 10, 106)

    _, engine = run_bars([FLAT, bar], {0: act}, bar_path=path)
    assert excursions(engine) == [expected]


@pytest.mark.parametrize(
    ("bar", "expected"),
    [
        # On its way to 90 the market stands at the trigger
        ((98, 99, 90, 92), (-50.0, 0.0)),
        # It opens beyond the trigger
        ((91, 105, 85, 92), (-90.0, 0.0)),
    ],
)
def test_a_stop_ends_it(bar: tuple[int, ...], expected: tuple[float, float]) -> None:
    def act(hand: Any) -> None:
        hand.market(BUY, 10)
        hand.stop_at(SELL, 10, 95)

    _, engine = run_bars([FLAT, bar], {0: act})
    assert excursions(engine) == [expected]


def test_a_bar_counts_from_its_entry() -> None:
    """High, then down to the entry at 95, to the low at 90 and up to 97."""
    _, engine = run_bars([FLAT, (100, 120, 90, 97)], {0: lambda hand: hand.limit(BUY, 10, 95)})
    assert excursions(engine) == [(-50.0, 20.0)]


def test_the_quantity_held_at_that_time_counts() -> None:
    """Ten at 100 see 90; five of them 130, which is more than ten at 105."""
    table = [FLAT, (100, 105, 90, 105), (105, 130, 85, 105)]
    _, engine = run_bars(table, {0: buys, 1: lambda hand: hand.market(SELL, 5)})
    assert excursions(engine) == [(-100.0, 150.0)]
    # Ten more at 110: the cost is 105 on average
    table = [FLAT, (100, 110, 100, 110), (110, 112, 99, 110)]
    _, engine = run_bars(table, {0: buys, 1: buys})
    assert excursions(engine) == [(-120.0, 140.0)]


def test_a_reversal_ends_one_and_begins_another() -> None:
    table = [FLAT, (100, 104, 97, 102), (102, 105, 99, 103)]
    _, engine = run_bars(table, {0: buys, 1: lambda hand: hand.market(SELL, 20)})
    assert excursions(engine) == [(-30.0, 40.0), (-30.0, 30.0)]


def test_longs_close_at_the_bid_and_shorts_at_the_ask() -> None:
    bids: Table = [(100, 100, 100, 100), (101, 104, 97, 101)]
    asks: Table = [(102, 102, 102, 102), (103, 108, 99, 103)]
    for opens, expected in ((buys, (-50.0, 20.0)), (sells, (-80.0, 10.0))):
        _, engine = run_bars(bids, {}, spec="1-MINUTE-BID", run=False)
        from nautilus_lite.model.data import BarType

        hand = engine.trader.strategies()[0]
        ask_type = BarType.from_str(f"{hand.instrument.id}-1-MINUTE-ASK-EXTERNAL")
        engine.add_rows("bar", ask_type, bar_rows(asks))
        hand.bar_types = (ask_type,)
        hand.script = {0: opens}
        engine.run()
        assert excursions(engine) == [expected]


def test_positions_of_no_backtest_have_none() -> None:
    hand, engine = run_bars([FLAT, FLAT], {0: buys})
    (position,) = engine.cache.positions()
    copy = Position(hand.instrument, position.events[0])
    assert copy.mae is None and copy.mfe is None
    frame = ReportProvider.generate_positions_report([copy])
    assert math.isnan(frame["mae"].iloc[0]) and math.isnan(frame["mfe"].iloc[0])
    # A snapshot that the user asks for keeps what is known so far
    engine.cache.snapshot_position(position)
    (snapshot,) = engine.cache.position_snapshots(position.id)
    assert snapshot.mae == position.mae == Money(0, USD)


def test_recorded_excursions_are_checked() -> None:
    hand, engine = run_bars([FLAT, FLAT], {0: buys})
    copy = Position(hand.instrument, engine.cache.positions()[0].events[0])
    copy.set_excursions(Money(-3, USD), Money(4, USD))
    assert (copy.mae, copy.mfe) == (Money(-3, USD), Money(4, USD))
    for mae, mfe in ((Money(3, USD), Money(4, USD)), (Money(-3, USD), Money(-4, USD)), (Money(-3, USD), Money(4, AUD))):
        with pytest.raises(ValueError, match="invalid excursions, must be in USD"):
            copy.set_excursions(mae, mfe)
