"""Runs at venues with books by order (L3): what feeds the book, what handlers see, what is said of bad data."""

import random

import numpy as np
import pytest

from nautilus_lite.backtest.config import BacktestDataConfig, BacktestRunConfig, BacktestVenueConfig
from nautilus_lite.backtest.node import BacktestNode
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, DEPTH10_DTYPE
from nautilus_lite.model.data.rows import unpack_rows
from nautilus_lite.model.enums import BookType, OrderSide, RecordFlag
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, make_engine, order_rows, pair, quote_rows

EUR = pair("EUR")
ADD, UPDATE, DELETE, CLEAR = 1, 2, 3, 4
BUY, SELL = 1, 2


def rows_of(*changes):
    """Deltas, a microsecond apart, each a batch: action, side, ticks from the middle, size, id."""
    rows = np.zeros(len(changes), dtype=DELTA_DTYPE)
    for i, (action, side, ticks, size, order_id) in enumerate(changes):
        rows[i] = (1_000 * (i + 1), 1_000 * (i + 1), MID + ticks, size, order_id, i, action, side, RecordFlag.F_LAST)
    return rows


class Reader(Strategy):
    """Notes the best bids after every batch."""

    def on_start(self):
        self.batches = []
        self.depths = []
        self.queues = []
        self.subscribe_order_book_deltas(EUR.id, book_type=BookType.L3_MBO)
        self.subscribe_order_book_depth(EUR.id)

    def on_order_book_deltas(self, deltas):
        self.batches.append([(delta.action.name, delta.order.order_id) for delta in deltas.deltas])
        levels = self.cache.order_book(EUR.id).bids()
        self.queues.append([(o.order_id, int(o.size.raw)) for o in levels[0].orders()] if levels else [])

    def on_order_book_depth(self, depth):
        self.depths.append(depth)


def run(*streams, strategies=()):
    engine = make_engine(BookType.L3_MBO, [EUR])
    for kind, rows in streams:
        engine.add_rows(kind, EUR.id, rows)
    engine.add_strategies(list(strategies))
    engine.run()
    return engine


def test_handlers_see_orders_and_their_queue():
    reader = Reader()
    run(("delta", rows_of((ADD, BUY, 0, 5, 71), (ADD, BUY, 0, 6, 72), (UPDATE, BUY, 0, 7, 71), (DELETE, BUY, 0, 7, 72))),
        strategies=[reader])
    assert reader.batches == [[("ADD", 71)], [("ADD", 72)], [("UPDATE", 71)], [("DELETE", 72)]]
    assert reader.queues == [[(71, 5)], [(71, 5), (72, 6)], [(72, 6), (71, 7)], [(71, 7)]]


def test_what_does_not_fit_is_told_in_the_result_and_forgotten_by_a_reset():
    # Bid and ask locked by 3, crossed by 4; 9 is deleted and 8 changed without being there; 1 comes twice
    rows = rows_of(
        (ADD, BUY, 0, 5, 1), (ADD, SELL, 2, 5, 2), (ADD, BUY, 2, 1, 3), (ADD, BUY, 3, 1, 4), (DELETE, BUY, 3, 1, 4),
        (DELETE, BUY, 2, 1, 3), (DELETE, BUY, 0, 1, 9), (UPDATE, BUY, 0, 1, 8), (ADD, BUY, 0, 5, 1),
    )
    engine = run(("delta", rows))
    # Locked after the third and the fifth batch, crossed after the fourth
    expected = {"crossed": 1, "locked": 2, "missing_deletes": 1, "unknown_updates": 1, "duplicate_adds": 1}
    for _ in range(2):
        result = engine.get_result()
        assert result.book_integrity == {"EUR/USD.SIM": expected}
        told = "1 crossed, 2 locked, 1 deletes of what was not there, 1 updates of what was not there, 1 adds of what was there"
        assert result.warnings == [f"the book data of EUR/USD.SIM does not fit together: {told}"]
        assert f"book of EUR/USD.SIM: {told}" in result.summary()
        engine.reset()
        assert set(engine.get_result().book_integrity["EUR/USD.SIM"].values()) == {0}
        engine.run()


def test_sound_data_is_told_as_such():
    result = run(("delta", order_rows(random.Random(1), 500))).get_result()
    assert set(result.book_integrity["EUR/USD.SIM"].values()) == {0}
    assert result.warnings == []
    assert "book of EUR/USD.SIM: sound" in result.summary()


def test_a_venue_of_tops_tells_of_no_books():
    engine = make_engine(BookType.L1_MBP, [EUR])
    engine.add_rows("quote", EUR.id, quote_rows(random.Random(1), 10))
    engine.run()
    assert engine.get_result().book_integrity == {}


def depths(n):
    rows = np.zeros(n, dtype=DEPTH10_DTYPE)
    rows["ts_event"] = rows["ts_init"] = np.arange(n) + 1
    rows["bid_prices"][:, 0], rows["bid_sizes"][:, 0] = MID - 50, 3
    return rows


def test_depth_alone_cannot_feed_the_book():
    with pytest.raises(InvalidConfiguration, match="L3 book but `EUR/USD.SIM` has only depth10 data.*deltas by order"):
        run(("depth10", depths(3)))


def test_quotes_alone_cannot_feed_the_book():
    with pytest.raises(InvalidConfiguration, match="L3 book but `EUR/USD.SIM` has only quote data"):
        run(("quote", quote_rows(random.Random(1), 10)))


def test_depth_beside_deltas_reaches_handlers_and_not_the_book():
    reader = Reader()
    engine = run(("delta", rows_of((ADD, BUY, 0, 5, 71))), ("depth10", depths(3)), strategies=[reader])
    assert len(reader.depths) == 3
    assert [level.price.raw for level in engine.cache.order_book(EUR.id).bids()] == [MID]


def test_deltas_by_price_are_refused():
    rows = rows_of((ADD, BUY, 0, 5, 71), (CLEAR, 0, 0, 0, 0), (ADD, BUY, 0, 5, 0))
    with pytest.raises(InvalidData, match="need order ids, row 2 of the block has none: use `book_type=BookType.L2_MBP`"):
        run(("delta", rows))


def test_a_run_from_a_catalog(tmp_path):
    rows = order_rows(random.Random(2), 2_000)
    catalog = ParquetDataCatalog(str(tmp_path))
    catalog.write_data([EUR])
    catalog.write_data(unpack_rows(rows, EUR.id, 5, 0))
    config = BacktestRunConfig(
        venues=[
            BacktestVenueConfig(
                name="SIM", oms_type="NETTING", account_type="MARGIN", starting_balances=["1_000 USD"], book_type="L3_MBO"
            )
        ],
        data=[BacktestDataConfig(catalog_path=str(tmp_path), data_cls="OrderBookDelta")],
    )
    node = BacktestNode([config])
    (result,) = node.run()
    assert result.n_rows == 2_000
    assert set(result.book_integrity["EUR/USD.SIM"].values()) == {0}
    assert result.config["venues"][0]["book_type"] == "L3_MBO"


def test_the_queue_is_the_same_with_and_without_handlers():
    # With a handler rows take the way through Python, without one they glide
    rows = order_rows(random.Random(3), 3_000)
    books = [run(("delta", rows), strategies=s).cache.order_book(EUR.id) for s in ([], [Reader()])]
    sides = [[[level.orders() for level in side] for side in (book.bids(), book.asks())] for book in books]
    assert sides[0] == sides[1]
    assert sum(len(queue) for side in sides[0] for queue in side) > 10
    assert sides[0][0][0][0].side == OrderSide.BUY
    for book in books:
        book._check()
