"""The middle of the market after each fill, against an oracle that sees every row."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.analysis.markouts import HORIZONS_SECS, MID_COLUMNS
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, delta_rows, make_engine, pair, quote_rows

A = pair("AAA")
SECOND = 1_000_000_000


class Trades(Strategy):
    """Trades at random times of its own, at the market and with limits near it."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed

    def on_start(self) -> None:
        self.numbers = random.Random(self.seed)
        self.clock.set_timer_ns("act", 1_300_000_000, callback=self.act)

    def act(self, event: Any) -> None:
        side = self.numbers.choice((OrderSide.BUY, OrderSide.SELL))
        quantity = Quantity.from_int(self.numbers.randint(1, 30))
        price = Price.from_raw(MID + self.numbers.randint(-3, 3), 5)
        make = self.order_factory
        at_market = self.numbers.random() < 0.5
        self.submit_order(make.market(A.id, side, quantity) if at_market else make.limit(A.id, side, quantity, price))


def slowly(rows: np.ndarray, late_ns: int = 0) -> np.ndarray:
    """Return the rows with steps of half seconds."""
    rows["ts_event"] *= 1_000_000
    rows["ts_init"] = rows["ts_event"] + np.uint64(late_ns)
    return rows


def middles(rows: np.ndarray, book_type: BookType) -> Iterator[tuple[int, float]]:
    """Yield the venue's time and middle after every row."""
    sides: dict[int, dict[int, int]] = {1: {}, 2: {}}
    for row in rows:
        if book_type == BookType.L1_MBP:
            sides = {1: {row["bid"]: row["bid_size"]}, 2: {row["ask"]: row["ask_size"]}}
        else:
            sides[row["side"]][row["price"]] = row["size"]
        bids, asks = ([price for price, size in sides[side].items() if size] for side in (1, 2))
        yield int(row["ts_event"]), (int(max(bids)) + int(min(asks))) / 2 / 10**5 if bids and asks else math.nan


def make(rows: np.ndarray, book_type: BookType, seed: int, blocks: int = 0, **options: Any) -> BacktestEngine:
    engine = make_engine(book_type, [A], seed, **options)
    kind = "quote" if book_type == BookType.L1_MBP else "delta"
    if blocks:
        engine.add_source(kind, A.id, lambda: iter(np.array_split(rows, blocks)), "blocks")
    else:
        engine.add_rows(kind, A.id, rows)
    engine.add_strategy(Trades(seed))
    return engine


def expected(fills: list[OrderFilled], rows: np.ndarray, book_type: BookType, end: int) -> list[list[float]]:
    seen = list(middles(rows, book_type))
    found = []
    for fill in fills:
        found.append([])
        for seconds in HORIZONS_SECS:
            due = fill.ts_event + seconds * SECOND
            known = [mid for ts, mid in seen if ts <= due]
            found[-1].append(known[-1] if due <= end and known else math.nan)
    return found


def data(seed: int, n: int, book_type: BookType, late_ns: int = 0) -> np.ndarray:
    return slowly((quote_rows if book_type == BookType.L1_MBP else delta_rows)(random.Random(seed), n), late_ns)


def fills_of(result: Any) -> list[OrderFilled]:
    fills = [event for order in result.orders for event in order.events if isinstance(event, OrderFilled)]
    return sorted(fills, key=lambda fill: result.fill_mids.trade_ids.index(fill.trade_id))


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
@given(
    seed=st.integers(0, 10**6),
    n=st.integers(2, 250),
    late_ns=st.sampled_from((0, 0, 300_000_000)),
    answer_ns=st.sampled_from((0, 7 * SECOND)),
    longer=st.sampled_from((None, 0, 20 * SECOND)),
)
@settings(max_examples=40, deadline=None)
def test_middles_after_fills(
    book_type: BookType, seed: int, n: int, late_ns: int, answer_ns: int, longer: int | None
) -> None:
    """Whatever is late, the venue's market counts, from the venue's time of the fill; after the data nothing is known."""
    rows = data(seed, n, book_type, late_ns)
    latency = LatencyModel(0, response_latency_nanos=answer_ns) if answer_ns else None
    engine = make(rows, book_type, seed, latency_model=latency, recorded_feed_latency=late_ns > 0)
    last = int(rows["ts_init"][-1])
    end = None if longer is None else last + longer
    engine.run(end=end)
    result = engine.get_result()
    fills = fills_of(result)
    assert len(fills) == result.n_fills == len(result.fill_mids.mids)
    wanted = expected(fills, rows, book_type, last if end is None else end)
    np.testing.assert_allclose(result.fill_mids.mids.reshape(-1, 3), np.array(wanted).reshape(-1, 3), rtol=0, atol=1e-12)
    frame = result.fills_report()
    by_trade = dict(zip(frame["trade_id"], frame[list(MID_COLUMNS)].to_numpy(), strict=True))
    for fill, mids in zip(fills, wanted, strict=True):
        np.testing.assert_allclose(by_trade[str(fill.trade_id)], mids, rtol=0, atol=1e-12)


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
def test_pieces_resets_and_other_grids_leave_the_middles_alone(book_type: BookType) -> None:
    rows = data(7, 400, book_type)
    engine = make(rows, book_type, 7)
    engine.run()
    whole = engine.get_result()
    assert whole.n_fills > 20 and np.isfinite(whole.fill_mids.mids).any(axis=0).all()
    engine.reset()
    engine.run()
    runs = [engine.get_result()]
    for interval in (0, 1_700_000_000):
        engine = make(rows, book_type, 7, blocks=5, equity_interval_ns=interval)
        engine.run()
        runs.append(engine.get_result())
    engine = make(rows[:0], book_type, 7)
    for piece in np.array_split(rows, 6):
        engine.clear_data()
        engine.add_rows("quote" if book_type == BookType.L1_MBP else "delta", A.id, piece)
        engine.run(streaming=True)
    engine.end()
    runs.append(engine.get_result())
    for run in runs:
        assert run.digest == whole.digest
        assert run.fill_mids.trade_ids == whole.fill_mids.trade_ids
        np.testing.assert_array_equal(run.fill_mids.mids, whole.fill_mids.mids)


class Stops(Trades):
    """Shuts the run down after a while."""

    def on_start(self) -> None:
        super().on_start()
        self.clock.set_time_alert_ns("stop", 40 * SECOND, self.stop_all)

    def stop_all(self, event: Any) -> None:
        self.shutdown_system("enough")


def test_after_a_shutdown_nothing_is_known() -> None:
    """The clock runs on to the end that was asked for, the market does not."""
    rows = data(3, 400, BookType.L1_MBP)
    engine = make_engine(BookType.L1_MBP, [A], 3)
    engine.add_rows("quote", A.id, rows)
    engine.add_strategy(Stops(3))
    engine.run(end=int(rows["ts_init"][-1]))
    result = engine.get_result()
    assert any("shut down" in warning for warning in result.warnings)
    fills = fills_of(result)
    stopped = min(int(ts) for ts in rows["ts_init"] if ts >= 40 * SECOND)
    unknown = np.array([[fill.ts_event + seconds * SECOND >= stopped for seconds in HORIZONS_SECS] for fill in fills])
    assert unknown[:, 1].any() and not unknown[:, 1].all()
    assert np.isnan(result.fill_mids.mids[unknown]).all()
