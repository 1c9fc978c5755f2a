"""Market-by-order files replayed as books by order, against a reconstruction from the bytes of the file."""

import pytest

from nautilus_lite.adapters.databento.loaders import DatabentoDataLoader
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.enums import AccountType, AssetClass, BookType, OmsType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import FuturesContract
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.dbn import ABSENT, DATA, LAST, START, Rebuilt, queues, random_session, record, shown, write

pytest.importorskip("databento", reason="DBN files need the extra `databento`")

ES = FuturesContract(
    instrument_id=InstrumentId.from_str("ESH4.GLBX"),
    raw_symbol=Symbol("ESH4"),
    asset_class=AssetClass.INDEX,
    currency=Currency.from_str("USD"),
    price_precision=2,
    price_increment=Price.from_str("0.01"),
    multiplier=Quantity.from_int(50),
    lot_size=Quantity.from_int(1),
    underlying="ES",
    activation_ns=0,
    expiration_ns=2**62,
    ts_event=0,
    ts_init=0,
)


class Comparer(Strategy):
    """Compares the book at the end of each event with what `ends` gives for it."""

    def __init__(self, ends):
        super().__init__()
        self.ends = ends
        self.compared = 0

    def on_start(self):
        self.subscribe_order_book_deltas(ES.id, book_type=BookType.L3_MBO)

    def on_order_book_deltas(self, deltas):
        assert shown(self.cache.order_book(ES.id)) == next(self.ends), f"event {self.compared} at {deltas.ts_event}"
        self.compared += 1


def ends(rebuilt):
    """The best levels after every event that changed an order."""
    changed = False
    for action, is_last in rebuilt.walk():
        changed = changed or action in b"AMCR"
        if is_last and changed:
            yield rebuilt.best()
            changed = False


def engine_of(path, as_rows):
    """Return an engine with the file."""
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("GLBX"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
        book_type=BookType.L3_MBO,
    )
    engine.add_instrument(ES)
    loader = DatabentoDataLoader()
    if as_rows:
        loader.add_mbo_rows(engine, path, ES)
    else:
        engine.add_data(loader.from_dbn_file(path, include_trades=True))
    return engine


def replay(path, as_rows):
    """Run the file through an engine, and return the comparing strategy, the engine and the reconstruction."""
    engine = engine_of(path, as_rows)
    rebuilt = Rebuilt(path)
    comparer = Comparer(ends(rebuilt))
    engine.add_strategy(comparer)
    engine.run()
    assert next(comparer.ends, None) is None, "the engine saw fewer events than the file has"
    return comparer, engine, rebuilt


def check(path, as_rows):
    comparer, engine, rebuilt = replay(path, as_rows)
    print(f"\n{path.name}: {comparer.compared:,} events compared")
    book = engine.cache.order_book(ES.id)
    book._check()
    assert queues(book) == rebuilt.queues()
    assert set(engine.get_result().book_integrity["ESH4.GLBX"].values()) == {0}
    return comparer.compared


@pytest.mark.parametrize("as_rows", [True, False], ids=["rows", "objects"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_best_levels_after_every_event_of_a_session(tmp_path, seed, as_rows):
    path = write(tmp_path / "session.dbn.zst", random_session(seed, 1_500))
    assert check(path, as_rows) > 1_400


@pytest.mark.skipif(not DATA.exists(), reason=ABSENT)
@pytest.mark.parametrize("as_rows", [True, False], ids=["rows", "objects"])
def test_best_levels_after_every_event_of_a_real_file(as_rows):
    # The file is one snapshot of 8,725 orders, so one event
    assert check(DATA / "esh4-glbx-mdp3-20231224.mbo.dbn.zst", as_rows) == 1


class Rests(Strategy):
    """Rests a bid of one again and again where the book has its best."""

    def on_start(self):
        self.clock.set_timer_ns("rest", 4_000, START, 0, self.rest)

    def rest(self, event):
        book = self.cache.order_book(ES.id)
        if book is not None and book.best_bid_price() is not None:
            self.submit_order(self.order_factory.limit(ES.id, OrderSide.BUY, Quantity.from_int(1), book.best_bid_price()))


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_keep_the_order_of_the_file_at_one_time(tmp_path, seed):
    path = write(tmp_path / "session.dbn.zst", random_session(seed, 1_500))
    results = []
    for as_rows in (True, False):
        engine = engine_of(path, as_rows)
        engine.add_strategy(Rests())
        engine.run()
        results.append(engine.get_result())
    assert len([order for order in results[0].orders if order.filled_qty]) > 50
    assert results[0].digest == results[1].digest


@pytest.mark.parametrize("as_rows", [True, False], ids=["rows", "objects"])
def test_a_cancel_and_a_trade_received_at_once(tmp_path, as_rows):
    path = write(tmp_path / "a.dbn.zst", [
        record("A", "B", 1_000, 10, 11, LAST, 1),
        record("A", "A", 1_001, 10, 50, LAST, 1),
        record("A", "B", 1_000, 5, 12, LAST, 5_000),
        record("C", "B", 1_000, 10, 11, LAST, 6_000),
        record("T", "A", 1_000, 1, 0, 0, 6_000),
        record("C", "B", 1_000, 1, 12, LAST, 6_000),
    ])
    engine = engine_of(path, as_rows)
    engine.add_strategy(Rests())
    engine.run()
    # The order ahead had left when the trade came
    assert [int(order.filled_qty) for order in engine.cache.orders()] == [1]
