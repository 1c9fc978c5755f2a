"""Market-by-order files replayed as books by order, against a reconstruction from the bytes of the file."""

import pytest

from nautilus_lite.adapters.databento.loaders import DatabentoDataLoader
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.enums import AccountType, AssetClass, BookType, OmsType
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import FuturesContract
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.dbn import ABSENT, DATA, Rebuilt, queues, random_session, shown, write

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


def replay(path, as_rows):
    """Run the file through an engine, and return the comparing strategy, the engine and the reconstruction."""
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
        for kind, rows in zip(("delta", "trade"), loader.load_mbo_rows(path, 2), strict=True):
            if len(rows):
                engine.add_rows(kind, ES.id, rows)
    else:
        engine.add_data(loader.from_dbn_file(path, include_trades=True))
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
