"""Batches of several streams of one book, and batches cut by the end of the data: places in queues follow all the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import PowerProbQueueModel
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, make_engine, pair

A = pair("AAA")
BID, ASK = 1, 2
INSIDE, ALONE = 4, 0
US = 1_000


def deltas(*changes: tuple[int, int, int, int, int]) -> np.ndarray:
    """Return changes of (us, side, ticks from the middle, size, flags)."""
    rows = np.zeros(len(changes), dtype=DELTA_DTYPE)
    for i, (us, side, away, size, flags) in enumerate(changes):
        rows[["ts_event", "ts_init", "action", "side", "price", "size", "flags"]][i] = (
            us * US, us * US, 2, side, MID + away, size, flags
        )
    return rows


def sales(*prints: tuple[int, int]) -> np.ndarray:
    """Return sales at the bid of (us, size)."""
    rows = np.zeros(len(prints), dtype=TRADE_DTYPE)
    for i, (us, size) in enumerate(prints):
        rows[["ts_event", "ts_init", "price", "size", "aggressor_side", "trade_id", "id_len"]][i] = (
            us * US, us * US, MID - 1, size, 2, b"1", 1
        )
    return rows


class Bids(Strategy):
    """At 20 us bids 10 behind the level at -1."""

    def __init__(self, listens: bool) -> None:
        super().__init__()
        self.listens = listens

    def on_start(self) -> None:
        if self.listens:
            self.subscribe_order_book_deltas(A.id)
        self.clock.set_time_alert_ns("go", 20 * US, self.go)

    def go(self, event: Any) -> None:
        price = Price.from_raw(MID - 1, 5)
        self.order = self.order_factory.limit(A.id, OrderSide.BUY, Quantity.from_int(10), price)
        self.submit_order(self.order)


def ready(listens: bool) -> tuple[BacktestEngine, Bids]:
    engine = make_engine(BookType.L2_MBP, [A], queue_model=PowerProbQueueModel(2.0))
    strategy = Bids(listens)
    engine.add_strategy(strategy)
    return engine, strategy


BOOK = ((1, ASK, 1, 50, ALONE), (1, BID, -1, 100, ALONE))


@pytest.mark.parametrize("size", [20, 40, 60, 80])
def test_a_row_of_another_stream_inside_a_batch_is_the_same_whoever_listens(size):
    """The bid falls to 40 and rises again inside a batch of the first stream; a row of the second comes in between."""
    filled = []
    for listens in (False, True):
        engine, strategy = ready(listens)
        engine.add_rows("delta", A.id, deltas(*BOOK, (30, BID, -1, 40, INSIDE), (50, BID, -1, 100, ALONE)))
        engine.add_rows("delta", A.id, deltas((40, ASK, 5, 30, ALONE), (45, ASK, 6, 30, ALONE)))
        engine.add_rows("trade", A.id, sales((60, size)))
        engine.run()
        filled.append(int(strategy.order.filled_qty))
    assert filled[0] == filled[1]
    # Of the 100 ahead no more than 40 were left when the row came
    assert filled[0] == 10 or size < 50


def test_a_batch_cut_by_the_end_of_a_chunk_goes_on_in_the_next():
    """The bid falls in the last row of one chunk, inside a batch that a row at another price ends in the next."""
    filled = []
    rows = deltas(*BOOK, (30, BID, -1, 15, INSIDE), (40, ASK, 5, 30, ALONE))
    for listens in (False, True):
        for cut in (len(rows), len(rows) - 1):
            engine, strategy = ready(listens)
            engine.add_rows("delta", A.id, rows[:cut])
            if cut < len(rows):
                engine.run(streaming=True)
                engine.clear_data()
                engine.add_rows("delta", A.id, rows[cut:])
            engine.add_rows("trade", A.id, sales((50, 25)))
            engine.run(streaming=True)
            engine.end()
            filled.append(int(strategy.order.filled_qty))
    # No more than the 15 that were left stand ahead
    assert filled == [10, 10, 10, 10]
