"""What a run leaves behind: nothing for the garbage collector to walk, and no pandas."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.objects import Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import make_engine, pair, steady_quotes


class Taker(Strategy):
    def on_start(self):
        self.n = 0
        self.subscribe_quote_ticks(pair("AAA").id)

    def on_quote_tick(self, tick):
        self.n += 1
        side = OrderSide.BUY if self.n % 2 else OrderSide.SELL
        self.submit_order(self.order_factory.market(tick.instrument_id, side, Quantity.from_int(5)))


def test_orders_are_invisible_to_the_garbage_collector():
    engine = make_engine(BookType.L1_MBP, [pair("AAA")])
    engine.add_rows("quote", pair("AAA").id, steady_quotes(2_000))
    engine.add_strategy(Taker())
    gc.collect()
    before = len(gc.get_objects())
    engine.run()
    gc.collect()
    assert engine.get_result().n_orders == 2_000
    # With a list or a dict to each order, position or state it was 13 an order, and time per order grew with their number
    assert len(gc.get_objects()) - before < 500


def test_an_engine_that_is_dropped_is_freed():
    """Orders are invisible to the garbage collector: nothing in them may lead back to their engine."""
    engine = make_engine(BookType.L1_MBP, [pair("AAA")])
    engine.add_rows("quote", pair("AAA").id, steady_quotes(50))
    strategy = Taker()
    engine.add_strategy(strategy)
    engine.run()
    order = engine.cache.orders()[0]
    gone = weakref.ref(strategy)
    del engine, strategy
    gc.collect()
    assert gone() is None
    assert order.is_closed


def test_orders_are_freed_with_their_engine():
    engine = make_engine(BookType.L1_MBP, [pair("AAA")])
    engine.add_rows("quote", pair("AAA").id, steady_quotes(50))
    engine.add_strategy(Taker())
    engine.run()
    order = engine.cache.orders()[0]
    holders = sys.getrefcount(order)
    engine.reset()
    gc.collect()
    assert sys.getrefcount(order) < holders
    assert len(order.events) == 3


def test_streaming_a_catalog_does_not_import_pandas(tmp_path):
    catalog = ParquetDataCatalog(str(tmp_path))
    catalog.write_data([pair("AAA")])
    catalog.write_rows("quote", pair("AAA").id, steady_quotes(100))
    code = """
import sys
import weakref
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.stream import CatalogStream
n = sum(len(rows) for rows in CatalogStream(ParquetDataCatalog(sys.argv[1]), QuoteTick, InstrumentId.from_str("AAA/USD.SIM")))
print(n, "pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["100", "False"]
