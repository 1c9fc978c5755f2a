"""Snapshots of books without flags: a CLEAR and the ADDs of its time behind it are one batch, whatever brings the rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nautilus_lite.backtest.models import RiskAverseQueueModel
from nautilus_lite.backtest.snapshots import whole_snapshots
from nautilus_lite.model.data import OrderBookDelta
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, TRADE_DTYPE
from nautilus_lite.model.data.rows import unpack_rows
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, make_engine, pair

A = pair("AAA")
ADD, UPDATE, DELETE, CLEAR = 1, 2, 3, 4
BID, ASK = 1, 2
LAST = 128
US = 1_000


def rows_of(*changes: tuple[int, ...]) -> np.ndarray:
    """Return deltas of (us, action, side, ticks from the middle, size), and flags and order id where given."""
    rows = np.zeros(len(changes), dtype=DELTA_DTYPE)
    for i, (us, action, side, away, size, *more) in enumerate(changes):
        rows[["ts_event", "ts_init", "action", "side", "size", "sequence"]][i] = (us * US, us * US, action, side, size, i)
        rows["price"][i] = 0 if action == CLEAR else MID + away
        rows["flags"][i], rows["order_id"][i] = (*more, 0, 0)[:2]
    return rows


def snapshot(us: int, *levels: tuple[int, int], flags: int = 0) -> list[tuple[int, ...]]:
    """Return a snapshot of (ticks from the middle, size); ticks above zero are asks. Order ids are the ticks, made positive."""
    adds = [(us, ADD, ASK if away > 0 else BID, away, size, flags, 100 + away) for away, size in levels]
    return [(us, CLEAR, 0, 0, 0, flags), *adds[:-1], (*adds[-1][:5], flags and flags | LAST, adds[-1][6])]


# The ask at 1, the bid at -1; asks come from the worst to the best
BOOK = ((9, 50), (1, 50), (-1, 100), (-5, 40))
FILES = {
    "first": [*snapshot(1, *BOOK), *snapshot(40, (9, 50), (1, 50), (-1, 60)),
              *snapshot(60, (9, 70), (1, 50), (-1, 200), (-5, 40))],
    "rising": [*snapshot(1, *BOOK), (30, UPDATE, ASK, 1, 20), *snapshot(40, (-5, 10), (-1, 60), (1, 50)),
               (50, UPDATE, BID, -1, 55)],
    "twice": [*snapshot(1, *BOOK), *snapshot(40, *BOOK), *snapshot(40, (1, 50), (-1, 60))],
    "empty": [*snapshot(1, *BOOK), (40, CLEAR, 0, 0, 0), *snapshot(60, *BOOK)],
}


class Rests(Strategy):
    """At 20 us rests a bid at -1 and a buy stop at 5; looks at the queue and the handler's batches."""

    def __init__(self, listens: bool = True) -> None:
        super().__init__()
        self.listens = listens
        self.batches: list[list[int]] = []

    def on_start(self) -> None:
        if self.listens:
            self.subscribe_order_book_deltas(A.id)
        self.clock.set_time_alert_ns("go", 20 * US, self.go)

    def go(self, event: Any) -> None:
        made = self.order_factory
        self.bid = made.limit(A.id, OrderSide.BUY, Quantity.from_int(10), Price.from_raw(MID - 1, 5))
        self.guard = made.stop_market(A.id, OrderSide.BUY, Quantity.from_int(10), Price.from_raw(MID + 5, 5))
        self.submit_order(self.bid)
        self.submit_order(self.guard)

    def on_order_book_deltas(self, deltas: Any) -> None:
        self.batches.append([delta.flags for delta in deltas.deltas])


def ready(book: BookType = BookType.L2_MBP, listens: bool = True) -> tuple[Any, Rests]:
    made = make_engine(book, [A], queue_model=RiskAverseQueueModel() if book == BookType.L2_MBP else None)
    strategy = Rests(listens)
    made.add_strategy(strategy)
    return made, strategy


def run(made: Any, strategy: Rests) -> tuple[Any, int, list[list[int]]]:
    made.run()
    result = made.get_result()
    engine = made.kernel.exchanges[0].get_matching_engine(A.id)
    return result, int(engine.queue_ahead(strategy.bid).as_decimal()), strategy.batches


@pytest.mark.parametrize("listens", [True, False])
@pytest.mark.parametrize("book", [BookType.L2_MBP, BookType.L3_MBO])
def test_nothing_happens_before_a_snapshot_is_whole(book, listens):
    made, strategy = ready(book, listens)
    made.add_rows("delta", A.id, rows_of(*FILES["first"]))
    result, ahead, batches = run(made, strategy)
    # The ask is first at 9 in each snapshot, and the stop at 5
    assert [order.status.name for order in result.orders] == ["ACCEPTED", "ACCEPTED"]
    # 100 were ahead, then 60, and 200 do not bring any of them back
    assert ahead == 60
    assert batches == ([[0] * 5, [0] * 4, [0] * 5] if listens else [])
    assert not any(result.book_integrity[str(A.id)].values())


@pytest.mark.parametrize("name", sorted(FILES))
def test_flags_change_nothing(name):
    marked = []
    changes = FILES[name]
    for i, change in enumerate(changes):
        inside = i + 1 < len(changes) and changes[i + 1][0] == change[0] and changes[i + 1][1] in (ADD, CLEAR)
        marked.append((*change[:5], 0 if inside else LAST, 0))
    digests = []
    for rows in (changes, marked):
        made, strategy = ready()
        made.add_rows("delta", A.id, rows_of(*rows))
        result, ahead, batches = run(made, strategy)
        digests.append((result.digest, ahead, [len(batch) for batch in batches]))
    assert digests[0] == digests[1]


def test_an_empty_book_is_one():
    made, strategy = ready()
    made.add_rows("delta", A.id, rows_of(*FILES["empty"]))
    result, ahead, batches = run(made, strategy)
    # A CLEAR that nothing follows leaves nobody ahead
    assert [len(batch) for batch in batches] == [5, 1, 5]
    assert ahead == 0


@pytest.mark.parametrize("name", sorted(FILES))
def test_blocks_may_be_cut_anywhere(name):
    rows = rows_of(*FILES[name])
    digests = set()
    for size in range(1, len(rows) + 1):
        made, strategy = ready()
        made.add_source("delta", A.id, lambda size=size: (rows[i:i + size] for i in range(0, len(rows), size)), "blocks")
        result, ahead, batches = run(made, strategy)
        digests.add((result.digest, ahead, tuple(map(tuple, batches))))
    assert len(digests) == 1
    assert not rows["flags"].any()


@pytest.mark.parametrize("name", sorted(FILES))
def test_objects_catalogs_and_feed_latency(name, tmp_path):
    rows = rows_of(*FILES[name])
    objects = unpack_rows(rows, A.id, 5, 0)
    ParquetDataCatalog(tmp_path).write_data([A])
    ParquetDataCatalog(tmp_path).write_data(objects)
    digests = set()
    for way in ("rows", "objects", "catalog"):
        made, strategy = ready()
        if way == "rows":
            made.add_rows("delta", A.id, rows)
        elif way == "objects":
            made.add_data(objects)
        else:
            made.add_data(ParquetDataCatalog(tmp_path).query(OrderBookDelta, [str(A.id)]))
        result, ahead, batches = run(made, strategy)
        digests.add((result.digest, ahead, tuple(map(tuple, batches))))
    assert len(digests) == 1
    late, strategy = make_engine(BookType.L2_MBP, [A], queue_model=RiskAverseQueueModel(), recorded_feed_latency=True), Rests()
    late.add_strategy(strategy)
    later = rows.copy()
    later["ts_init"] += 7
    late.add_rows("delta", A.id, later)
    result, ahead, batches = run(late, strategy)
    assert ahead == digests.pop()[1]


@pytest.mark.parametrize("cut", [30, 50])
def test_chunks_between_snapshots_are_invisible(cut):
    rows = rows_of(*FILES["first"])
    whole, strategy = ready()
    whole.add_rows("delta", A.id, rows)
    expected = run(whole, strategy)[0].digest
    made, strategy = ready()
    early = rows["ts_init"] < cut * US
    made.add_rows("delta", A.id, rows[early])
    made.run(streaming=True)
    made.clear_data()
    made.add_rows("delta", A.id, rows[~early])
    made.run(streaming=True)
    made.end()
    assert made.get_result().digest == expected


def marks(*changes: tuple[int, ...]) -> list[int]:
    return [int(flag) for rows, _ in whole_snapshots([(rows_of(*changes), None)]) for flag in rows["flags"]]


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5), (1, ADD, ASK, 1, 5)], [1, 1, 0]),
        # Another time, another action, a flag, the end
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5), (2, ADD, ASK, 1, 5)], [1, 0, 0]),
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5), (1, UPDATE, BID, -1, 6)], [1, 0, 0]),
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5), (1, DELETE, BID, -1, 0)], [1, 0, 0]),
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5), (1, ADD, ASK, 1, 5, LAST), (1, ADD, ASK, 2, 5)], [1, 1, LAST, 0]),
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5, 32), (1, ADD, ASK, 1, 5, 32 | LAST)], [1, 32, 32 | LAST]),
        ([(1, CLEAR, 0, 0, 0)], [0]),
        ([(1, CLEAR, 0, 0, 0), (2, ADD, BID, -1, 5)], [0, 0]),
        # No snapshot: nothing was cleared
        ([(1, ADD, BID, -1, 5), (1, ADD, ASK, 1, 5)], [0, 0]),
        # One after the other at one time: the last of them is what stands
        ([(1, CLEAR, 0, 0, 0), (1, ADD, BID, -1, 5), (1, CLEAR, 0, 0, 0), (1, ADD, BID, -2, 5)], [1, 1, 1, 0]),
        # Flagged as one already
        ([(1, CLEAR, 0, 0, 0, 32), (1, ADD, BID, -1, 5, 32 | LAST)], [32, 32 | LAST]),
    ],
)
def test_what_is_one_snapshot(changes, flags):
    assert marks(*changes) == flags


def test_the_explanation_sees_whole_snapshots():
    made, strategy = ready()
    made.add_rows("delta", A.id, rows_of(*FILES["first"]))
    trades = np.zeros(1, dtype=TRADE_DTYPE)
    trades["ts_event"] = trades["ts_init"] = 70 * US
    trades["price"], trades["size"], trades["aggressor_side"] = MID - 1, 65, 2
    trades["trade_id"], trades["id_len"] = b"1", 1
    made.add_rows("trade", A.id, trades)
    made.run()
    told = made.explain(strategy.bid.client_order_id)
    assert strategy.bid.filled_qty == Quantity.from_int(5)
    assert told.looks[0].ahead_end == Quantity.from_int(0)
    assert told.looks[0].shown_end == Quantity.from_int(200)
