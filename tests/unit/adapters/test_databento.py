"""Market-by-order records of Databento: conversion by hand, and a real file against a book of plain Python."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nautilus_lite.adapters.databento.mbo import mbo_rows
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.book import OrderBook
from nautilus_lite.model.data.rows import unpack_rows
from nautilus_lite.model.enums import AccountType, AssetClass, BookType, OmsType
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import FuturesContract
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy

DATA = Path(os.environ.get("NAUTILUS_LITE_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "databento"
FILE = DATA / "esh4-glbx-mdp3-20231224.mbo.dbn.zst"
DEFINITION = DATA / "definition-glbx-es-fut.dbn.zst"
FIELDS = [
    ("ts_event", "<u8"), ("ts_recv", "<u8"), ("order_id", "<u8"), ("price", "<i8"), ("size", "<u4"), ("flags", "u1"),
    ("action", "S1"), ("side", "S1"), ("sequence", "<u4"), ("instrument_id", "<u4"),
]  # fmt: skip
LAST = 128
ADD, UPDATE, DELETE, CLEAR = 1, 2, 3, 4


def records(*rows: tuple[str, str, int, int, int, int]) -> np.ndarray:
    """Records a nanosecond apart: action, side, order id, quarters of a point, size, flags."""
    made = np.zeros(len(rows), dtype=FIELDS)
    for i, (action, side, order_id, quarters, size, flags) in enumerate(rows):
        made[i] = (i, i + 10, order_id, quarters * 250_000_000, size, flags, action.encode(), side.encode(), i, 1)
    return made


def told(deltas: np.ndarray) -> list[tuple[int, ...]]:
    return [(int(d["action"]), int(d["order_id"]), int(d["price"]), int(d["size"]), int(d["flags"])) for d in deltas]


def test_cancels_take_off_what_they_say() -> None:
    deltas, _ = mbo_rows(
        records(
            ("A", "B", 1, 400, 10, LAST),
            ("C", "B", 1, 400, 3, LAST),
            ("C", "B", 1, 400, 7, LAST),
            ("C", "B", 9, 400, 7, LAST),
        ),
        2,
    )
    # 400 quarters are 100.00: raw 10000 at two digits; 10 - 3 = 7 is left, then nothing; the last was never there
    assert told(deltas) == [
        (ADD, 1, 10_000, 10, LAST), (UPDATE, 1, 10_000, 7, LAST), (DELETE, 1, 10_000, 0, LAST), (DELETE, 9, 10_000, 0, LAST),
    ]  # fmt: skip
    assert deltas["ts_event"].tolist() == [0, 1, 2, 3] and deltas["ts_init"].tolist() == [10, 11, 12, 13]


def test_trades_and_fills_leave_the_book_alone_and_hand_on_the_end_of_their_event() -> None:
    deltas, trades = mbo_rows(
        records(
            ("R", "N", 0, 0, 0, 8),
            ("A", "A", 2, 402, 5, 8 | 32),
            ("T", "B", 0, 402, 2, 0),
            ("F", "A", 2, 402, 2, 0),
            ("C", "A", 2, 402, 2, 0),
            ("N", "N", 0, 0, 0, LAST),
            ("M", "A", 2, 404, 9, LAST),
        ),
        2,
    )
    # The cancel was the last change of its event. Flags that say nothing of batches are dropped; 1 stands for none inside a batch
    assert told(deltas) == [
        (CLEAR, 0, 0, 0, 1), (ADD, 2, 10_050, 5, 32), (UPDATE, 2, 10_050, 3, LAST), (UPDATE, 2, 10_100, 9, LAST),
    ]  # fmt: skip
    assert [(int(t["price"]), int(t["size"]), int(t["aggressor_side"])) for t in trades] == [(10_050, 2, 1)]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidData, match="price 100250000000 .* of record 0 is finer"):
        mbo_rows(records(("A", "B", 1, 401, 1, LAST)), 1)
    with pytest.raises(InvalidData, match="unknown action b'X' of record 0"):
        mbo_rows(records(("X", "B", 1, 400, 1, LAST)), 2)


# -- the real file --------------------------------------------------------------------------------------------------------

Best = tuple[int, int, int] | None


class Reconstruction:
    """A book by order of two dicts: what is left of each order, and size and number of orders at each price."""

    def __init__(self) -> None:
        self.orders: dict[int, list[Any]] = {}
        self.levels: dict[bytes, dict[int, list[int]]] = {b"B": {}, b"A": {}}

    def _move(self, side: bytes, price: int, size: int, count: int) -> None:
        level = self.levels[side].setdefault(price, [0, 0])
        level[0] += size
        level[1] += count
        if level[1] == 0:
            del self.levels[side][price]

    def apply(self, record: Any) -> None:
        action, order_id, size = bytes(record["action"]), int(record["order_id"]), int(record["size"])
        if action == b"R":
            self.__init__()  # type: ignore[misc]
        if action not in (b"A", b"M", b"C"):
            return
        before = self.orders.pop(order_id, None)
        left = size if action != b"C" else (before[2] - size if before else 0)
        if before:
            self._move(before[0], before[1], -before[2], -1)
        if left > 0:
            self.orders[order_id] = [bytes(record["side"]), int(record["price"]), left]
            self._move(bytes(record["side"]), int(record["price"]), left, 1)

    def top(self) -> tuple[Best, Best]:
        return best(self.levels[b"B"], max), best(self.levels[b"A"], min)


def best(levels: dict[int, list[int]], choose: Any) -> Best:
    return (choose(levels), *levels[choose(levels)]) if levels else None


def top(levels: list[Any]) -> Best:
    return (levels[0].price.raw * 10**7, int(levels[0].quantity), len(levels[0].orders())) if levels else None


class Tops(Strategy):
    """Notes the best levels after every batch."""

    def __init__(self, instrument_id: InstrumentId) -> None:
        super().__init__()
        self.instrument_id = instrument_id
        self.tops: list[tuple[Best, Best]] = []

    def on_start(self) -> None:
        self.subscribe_order_book_deltas(self.instrument_id, book_type=BookType.L3_MBO)

    def on_order_book_deltas(self, deltas: Any) -> None:
        book = self.cache.order_book(self.instrument_id)
        self.tops.append((top(book.bids(1)), top(book.asks(1))))


@pytest.mark.skipif(not FILE.exists(), reason=f"no market-by-order file at {FILE}")
def test_a_real_file_replays_as_its_reconstruction_says() -> None:
    databento = pytest.importorskip("databento")
    raw = databento.DBNStore.from_file(str(FILE)).to_ndarray()
    deltas, trades = mbo_rows(raw, 2)
    assert len(deltas) + len(trades) == len(raw)
    instrument_id = InstrumentId.from_str("ESH4.GLBX")
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("GLBX"), oms_type=OmsType.NETTING, account_type=AccountType.MARGIN, book_type=BookType.L3_MBO,
        base_currency=Currency.from_str("USD"), starting_balances=[Money.from_str("1000000 USD")],
    )  # fmt: skip
    engine.add_instrument(
        FuturesContract(
            instrument_id=instrument_id, raw_symbol=Symbol("ESH4"), asset_class=AssetClass.INDEX,
            currency=Currency.from_str("USD"), price_precision=2, price_increment=Price.from_str("0.25"),
            multiplier=Quantity.from_int(50), lot_size=Quantity.from_int(1), underlying="ES", activation_ns=0,
            expiration_ns=2**62, ts_event=0, ts_init=0,
        )
    )  # fmt: skip
    strategy = Tops(instrument_id)
    engine.add_strategy(strategy)
    engine.add_rows("delta", instrument_id, deltas)
    engine.run()
    # Every record on its own, whatever event it belongs to
    independent = Reconstruction()
    book = OrderBook(instrument_id, BookType.L3_MBO, 2, 0)
    batches = []
    for record, delta in zip(raw, unpack_rows(deltas, instrument_id, 2, 0), strict=True):
        independent.apply(record)
        book.apply_delta(delta)
        assert (top(book.bids(1)), top(book.asks(1))) == independent.top()
        if int(record["flags"]) & LAST:
            batches.append(independent.top())
    book._check()
    print(f"{len(raw)} records compared, {len(batches)} events")
    # The engine shows handlers what stands at the end of each event
    assert strategy.tops == batches
    replayed = engine.cache.order_book(instrument_id)
    for side, levels in ((b"B", replayed.bids()), (b"A", replayed.asks())):
        told = {level.price.raw * 10**7: [int(level.quantity), len(level.orders())] for level in levels}
        assert told == independent.levels[side]
    integrity = engine.get_result().book_integrity[str(instrument_id)]
    assert integrity["unknown_updates"] == integrity["duplicate_adds"] == 0


@pytest.mark.skipif(not DEFINITION.exists(), reason=f"no definition file at {DEFINITION}")
def test_a_definition_becomes_a_contract() -> None:
    pytest.importorskip("databento")
    from nautilus_lite.adapters.databento import DatabentoDataLoader

    contract = DatabentoDataLoader().from_dbn_file(DEFINITION)[0]
    assert (str(contract.id), str(contract.price_increment), int(contract.multiplier)) == ("ESM3.GLBX", "0.25", 50)


@pytest.mark.skipif(not FILE.exists(), reason=f"no market-by-order file at {FILE}")
def test_objects_of_a_file() -> None:
    pytest.importorskip("databento")
    from nautilus_lite.adapters.databento import DatabentoDataLoader

    loader = DatabentoDataLoader()
    items = loader.from_dbn_file(FILE, include_trades=True)
    deltas, trades = loader.load_mbo_rows(FILE, 2)
    assert len(items) == len(deltas) + len(trades)
    assert str(items[0].instrument_id) == "ESH4.GLBX"
    assert all(a.ts_init <= b.ts_init for a, b in zip(items, items[1:], strict=False))
