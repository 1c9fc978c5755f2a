"""DBN files: which rows and objects come of which records. Times are offsets from the first second of the file."""

import sys

import numpy as np
import pytest

from nautilus_lite.adapters.databento.loaders import DatabentoDataLoader
from nautilus_lite.errors import InvalidData, MissingExtra
from nautilus_lite.model.data import OrderBookDelta, TradeTick
from nautilus_lite.model.data.rows import unpack_rows
from nautilus_lite.model.enums import AggressorSide, AssetClass, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, TradeId
from nautilus_lite.model.objects import Price, Quantity
from tests.dbn import ABSENT, DATA, LAST, SNAPSHOT, START, record, write

pytest.importorskip("databento", reason="DBN files need the extra `databento`")


@pytest.fixture
def loader():
    return DatabentoDataLoader()


def told(deltas):
    return [
        (d.action.name, None if d.order is None else (d.order.order_id, str(d.order.price), int(d.order.size)), d.flags)
        for d in deltas
    ]


EVENTS = [
    record("A", "B", 1_000, 5, 11, 0, 1),
    record("A", "B", 1_000, 6, 12, LAST, 1),
    record("T", "A", 1_000, 7, 0, 0, 2),
    record("F", "B", 1_000, 5, 11, 0, 2),
    record("F", "B", 1_000, 2, 12, 0, 2),
    record("C", "B", 1_000, 5, 11, 0, 2),
    record("C", "B", 1_000, 2, 12, LAST, 2),
    record("M", "B", 999, 9, 12, LAST, 3),
]


def test_orders_and_trades_in_the_order_of_the_file(loader, tmp_path):
    items = loader.from_dbn_file(write(tmp_path / "a.dbn.zst", EVENTS), include_trades=True)
    assert [type(item) for item in items] == [OrderBookDelta] * 2 + [TradeTick] + [OrderBookDelta] * 3
    trade = items.pop(2)
    # 2 of the 6 of order 12 are taken off: what is left is an update, it keeps its place
    assert told(items) == [
        ("ADD", (11, "10.00", 5), 0),
        ("ADD", (12, "10.00", 6), LAST),
        ("DELETE", (11, "10.00", 0), 0),
        ("UPDATE", (12, "10.00", 4), LAST),
        ("UPDATE", (12, "9.99", 9), LAST),
    ]
    assert items[0].order.side == OrderSide.BUY
    assert (items[0].ts_event, items[0].ts_init, items[0].sequence) == (START + 1, START + 51, 1)
    assert items[0].instrument_id == trade.instrument_id == InstrumentId.from_str("ESH4.GLBX")
    assert (trade.price, trade.size) == (Price.from_str("10.00"), Quantity.from_int(7))
    assert trade.aggressor_side == AggressorSide.SELLER
    assert (trade.trade_id, trade.ts_init) == (TradeId("2"), START + 52)


def test_trades_are_left_out_unless_asked_for(loader, tmp_path):
    items = loader.from_dbn_file(write(tmp_path / "a.dbn.zst", EVENTS))
    assert len(items) == 5


def test_a_plain_file_and_a_given_instrument(loader, tmp_path):
    import zstandard

    packed = write(tmp_path / "a.dbn.zst", EVENTS)
    with zstandard.open(packed, "rb") as file:
        (tmp_path / "a.dbn").write_bytes(file.read())
    named = InstrumentId.from_str("ES.X")
    assert {item.instrument_id for item in loader.from_dbn_file(tmp_path / "a.dbn", named)} == {named}


def test_parts_are_taken_off_one_after_the_other(loader, tmp_path):
    cancel = [record("C", "B", 1_000, size, 11, LAST, ts) for ts, size in ((2, 3), (3, 4), (5, 2), (6, 8), (8, 1))]
    change = record("M", "B", 1_000, 10, 11, LAST, 4)
    clear = record("R", "N", None, 0, 0, LAST, 7)
    path = write(tmp_path / "a.dbn.zst", [
        record("A", "B", 1_000, 10, 11, LAST, 1), *cancel[:2], change, *cancel[2:4], clear, cancel[4],
    ])
    # 10, 7, 3; changed to 10, 8, none; a cancel after a clear is of an unknown order
    assert told(loader.from_dbn_file(path)) == [
        ("ADD", (11, "10.00", 10), LAST),
        ("UPDATE", (11, "10.00", 7), LAST),
        ("UPDATE", (11, "10.00", 3), LAST),
        ("UPDATE", (11, "10.00", 10), LAST),
        ("UPDATE", (11, "10.00", 8), LAST),
        ("DELETE", (11, "10.00", 0), LAST),
        ("CLEAR", None, LAST),
        ("DELETE", (11, "10.00", 0), LAST),
    ]


def test_a_cancel_of_an_order_from_before_the_file_deletes(loader, tmp_path):
    path = write(tmp_path / "a.dbn.zst", [record("C", "A", 1_000, 4, 99, LAST, 1)])
    assert told(loader.from_dbn_file(path)) == [("DELETE", (99, "10.00", 0), LAST)]


def test_an_event_that_a_trade_closes_ends_with_its_last_change(loader, tmp_path):
    path = write(tmp_path / "a.dbn.zst", [
        record("A", "B", 1_000, 5, 11, 0, 1),
        record("A", "B", 1_000, 5, 12, 0, 1),
        record("T", "N", 1_001, 5, 0, LAST, 1),
        record("T", "N", 1_001, 5, 0, LAST, 2),
        record("A", "B", 1_000, 5, 13, SNAPSHOT, 3),
    ])
    items = loader.from_dbn_file(path)
    # The file ends inside the third event
    assert [item.flags for item in items] == [0, LAST, SNAPSHOT]


def test_where_no_event_is_marked_every_row_is_a_batch_of_its_own(loader, tmp_path):
    path = write(tmp_path / "a.dbn.zst", [record("A", "B", 1_000, 5, i, 0, 1) for i in (11, 12)])
    rows, _ = loader.load_mbo_rows(path, 2)
    assert rows["flags"].tolist() == [0, 0]


def test_rows_say_the_same_as_objects(loader, tmp_path):
    path = write(tmp_path / "a.dbn.zst", EVENTS)
    deltas, trades = loader.load_mbo_rows(path, 2)
    named = InstrumentId.from_str("ESH4.GLBX")
    objects = loader.from_dbn_file(path, include_trades=True)
    assert unpack_rows(deltas, named, 2, 0) == [item for item in objects if isinstance(item, OrderBookDelta)]
    assert unpack_rows(trades, named, 2, 0) == [item for item in objects if isinstance(item, TradeTick)]


def test_several_instruments_are_told_apart(loader, tmp_path):
    path = write(
        tmp_path / "a.dbn.zst",
        [
            record("A", "B", 1_000, 5, 11, LAST, 1),
            record("A", "B", 2_000, 5, 11, 0, 2, number=8),
            record("C", "B", 1_000, 2, 11, LAST, 3),
            record("C", "B", 2_000, 2, 11, LAST, 4, number=8),
        ],
        {"ESH4": 7, "NQH4": 8},
    )
    items = loader.from_dbn_file(path)
    assert [(str(item.instrument_id), int(item.order.size), item.flags) for item in items] == [
        ("ESH4.GLBX", 5, LAST), ("NQH4.GLBX", 5, 0), ("ESH4.GLBX", 3, LAST), ("NQH4.GLBX", 3, LAST),
    ]
    with pytest.raises(InvalidData, match="holds 2 instruments, rows are of one: use `from_dbn_file`"):
        loader.load_mbo_rows(path, 2)


@pytest.mark.parametrize(
    ("records", "options", "text"),
    [
        ([record("A", "B", 1_000, 5, 1, LAST, 1)], {"price_precision": 1}, None),
        ([record("A", "B", 1_001, 5, 1, LAST, 1)], {"price_precision": 1}, "of record 0 is finer than .* precision, 1 digits"),
        ([record("T", "B", 1, 1, 1, 0, 1), record("A", "B", None, 5, 1, LAST, 1)], {}, "record 1 has no price"),
        ([record("A", "N", 1_000, 5, 1, LAST, 1)], {}, "record 0 is an order without a side"),
        ([record("A", "B", 1_000, 5, 1, LAST, 1, number=9)], {}, "instrument number 9 has no symbol in the file"),
        ([record("A", "B", 1_000, 5, 1, LAST, 1)], {"use_exchange_as_venue": True}, "exchange of ESH4 is not known"),
        ([record("A", "B", 1_000, 5, 1, LAST, 1)], {"price_precision": 10}, "must be from 0 to 9, was 10"),
    ],
)
def test_what_cannot_be_told_is_refused(loader, tmp_path, records, options, text):
    path = write(tmp_path / "a.dbn.zst", records)
    if text is None:
        assert len(loader.from_dbn_file(path, **options)) == 1
        return
    with pytest.raises(InvalidData, match=text):
        loader.from_dbn_file(path, **options)


def test_other_schemas_are_refused(loader, tmp_path):
    path = write(tmp_path / "a.dbn.zst", [], schema="trades")
    with pytest.raises(InvalidData, match="schema `trades` cannot be read, only `mbo` and `definition`"):
        loader.from_dbn_file(path)
    with pytest.raises(InvalidData, match="schema `trades` cannot be read"):
        loader.load_mbo_rows(path, 2)


def test_an_empty_file(loader, tmp_path):
    assert loader.from_dbn_file(write(tmp_path / "a.dbn.zst", []), include_trades=True) == []


def test_without_the_package_the_remedy_is_named(loader, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "databento", None)
    with pytest.raises(MissingExtra, match=r"pip install nautilus_lite\[databento\]"):
        loader.from_dbn_file(tmp_path / "a.dbn.zst")


@pytest.mark.skipif(not DATA.exists(), reason=ABSENT)
def test_a_definition_of_a_future(loader):
    contract = loader.from_dbn_file(DATA / "definition-glbx-es-fut.dbn.zst")[0]
    assert str(contract.id) == "ESM3.GLBX"
    assert (contract.price_increment, contract.multiplier) == (Price.from_str("0.25"), Quantity.from_int(50))
    assert (contract.asset_class, str(contract.quote_currency), contract.underlying) == (AssetClass.INDEX, "USD", "ES")
    assert contract.expiration_utc.isoformat() == "2023-06-16T13:30:00+00:00"
    # The exchange of its definition is known from now on
    other = loader.from_dbn_file(DATA / "definition-glbx-es-fut.dbn.zst", use_exchange_as_venue=True)[0]
    assert str(other.id) == "ESM3.XCME"


def definition(**values):
    import databento_dbn

    dtype = np.dtype([(name, kind) for name, kind in databento_dbn.InstrumentDefMsg._dtypes])
    row = np.zeros(1, dtype=dtype)[0]
    filled = {
        "raw_symbol": b"6EH4", "exchange": b"XCME", "instrument_class": b"F", "currency": b"USD", "cfi": b"FFCXSX",
        "asset": b"6E", "min_price_increment": 50_000, "unit_of_measure_qty": 125_000 * 10**9, "ts_recv": 5, **values,
    }
    for name, value in filled.items():
        row[name] = value
    return row


def test_digits_of_a_definition():
    from nautilus_lite.adapters.databento.loaders import _future

    named = InstrumentId.from_str("6EH4.GLBX")
    contract = _future(definition(), named)
    assert (contract.price_increment, contract.price_precision) == (Price.from_str("0.00005"), 5)
    assert (contract.multiplier, contract.asset_class) == (Quantity.from_int(125_000), AssetClass.FX)
    assert _future(definition(unit_of_measure_qty=10**8, cfi=b"FCAPSX"), named).multiplier == Quantity.from_str("0.1")
    with pytest.raises(InvalidData, match="is of the class `C`, only futures"):
        _future(definition(instrument_class=b"C"), named)
    with pytest.raises(InvalidData, match="has no price increment"):
        _future(definition(min_price_increment=0), named)
