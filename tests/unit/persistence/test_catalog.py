"""The catalog: round trips, encodings, refusals, and files that are whole or absent."""

import importlib.util
import threading
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nautilus_lite.errors import CatalogError, InvalidData
from nautilus_lite.model.data import Bar, BarType, OrderBookDelta, OrderBookDepth10, QuoteTick, TradeTick
from nautilus_lite.model.data.dtypes import BAR_DTYPE, DELTA_DTYPE, DEPTH10_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.stream import CatalogStream

CLASSES = {"quote": QuoteTick, "trade": TradeTick, "bar": Bar, "delta": OrderBookDelta, "depth10": OrderBookDepth10}


@pytest.fixture
def aud(pair):
    return pair("AUD/USD")


@pytest.fixture
def catalog(tmp_path, aud):
    catalog = ParquetDataCatalog(tmp_path / "catalog")
    catalog.write_data([aud])
    return catalog


def times(rows, start=1_000):
    rows["ts_event"] = start + np.arange(len(rows))
    rows["ts_init"] = rows["ts_event"] + 5
    return rows


def quotes(n=10, start=1_000):
    rows = times(np.zeros(n, dtype=QUOTE_DTYPE), start)
    rows["bid"] = 80_000 + np.arange(n)
    rows["ask"] = rows["bid"] + 2
    rows["bid_size"] = 1_000_000
    rows["ask_size"] = 2_000_000
    return rows


def samples(aud):
    trades = times(np.zeros(3, dtype=TRADE_DTYPE))
    trades["price"], trades["size"], trades["aggressor_side"] = 80_000, 7, 1
    trades["trade_id"], trades["id_len"] = [b"1", b"a-much-longer-id", b"xyz"], [1, 16, 3]
    bars = times(np.zeros(3, dtype=BAR_DTYPE))
    bars["open"], bars["high"], bars["low"], bars["close"], bars["volume"] = 5, 9, 3, 4, 100
    deltas = times(np.zeros(3, dtype=DELTA_DTYPE))
    deltas["action"], deltas["side"], deltas["flags"] = [4, 1, 1], [0, 1, 2], [32, 0, 128]
    deltas["price"], deltas["size"] = [0, 80_000, 80_002], [0, 5, 6]
    deltas["order_id"], deltas["sequence"] = 2**63 + 1, 9
    depth = times(np.zeros(2, dtype=DEPTH10_DTYPE))
    depth["bid_prices"], depth["ask_prices"] = np.arange(80_000, 79_990, -1), np.arange(80_001, 80_011)
    depth["bid_sizes"], depth["ask_sizes"], depth["bid_counts"], depth["ask_counts"] = 3, 4, 1, 2
    bar_type = BarType.from_str("AUD/USD.SIM-1-MINUTE-BID-EXTERNAL")
    return {
        "quote": (aud.id, quotes()),
        "trade": (aud.id, trades),
        "bar": (bar_type, bars),
        "delta": (aud.id, deltas),
        "depth10": (aud.id, depth),
    }


@pytest.mark.parametrize("kind", list(CLASSES))
def test_rows_come_back_as_they_were(catalog, aud, kind):
    identifier, rows = samples(aud)[kind]
    catalog.write_rows(kind, identifier, rows)
    back = catalog.query_rows(CLASSES[kind], identifier)
    for name in rows.dtype.names:
        np.testing.assert_array_equal(back[name], rows[name])
    assert catalog.identifiers(CLASSES[kind]) == [identifier]


@pytest.mark.parametrize("kind", ["quote", "trade", "bar", "delta"])
def test_objects_come_back_as_they_were(catalog, aud, kind):
    identifier, rows = samples(aud)[kind]
    catalog.write_rows(kind, identifier, rows)
    items = catalog.query(CLASSES[kind])
    other = ParquetDataCatalog(Path(catalog.path).parent / "other")
    other.write_data([aud, *items])
    assert other.query(CLASSES[kind]) == items


def test_instrument_comes_back(catalog, aud):
    (back,) = catalog.instruments()
    assert back.to_dict() == aud.to_dict()
    assert catalog.instruments(instrument_ids=["X.SIM"]) == []


def test_times_and_prices_are_packed_and_sizes_by_dictionary(catalog, aud):
    path = catalog.write_rows("quote", aud.id, quotes(1_000))
    group = pq.ParquetFile(path).metadata.row_group(0)
    columns = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    for name in ("ts_event", "ts_init", "bid", "ask"):
        assert "DELTA_BINARY_PACKED" in columns[name].encodings
    assert "RLE_DICTIONARY" in columns["bid_size"].encodings
    assert columns["bid"].compression == "ZSTD"
    assert columns["ts_init"].statistics.min == 1_005


def test_overlap_is_refused_and_nothing_is_written(catalog, aud):
    path = catalog.write_rows("quote", aud.id, quotes())
    with pytest.raises(CatalogError, match="overlaps .*1005_1014.parquet.*mode='merge'"):
        catalog.write_rows("quote", aud.id, quotes(5, 1_003))
    assert [f.path for f in catalog.files(QuoteTick, aud.id)[1]] == [path]


def test_merge_twice_is_merge_once(catalog, aud):
    catalog.write_rows("quote", aud.id, quotes())
    for _ in range(2):
        catalog.write_rows("quote", aud.id, quotes(10, 1_005), mode="merge")
    rows = catalog.query_rows(QuoteTick, aud.id)
    # 1000..1009 and 1005..1014 share no row: the prices differ
    assert len(rows) == 20
    assert np.all(np.diff(rows["ts_init"].astype(np.int64)) >= 0)


def test_adjacent_files_consolidate_once(catalog, aud):
    catalog.write_rows("quote", aud.id, quotes(10, 1_000))
    catalog.write_rows("quote", aud.id, quotes(10, 2_000))
    before = catalog.query_rows(QuoteTick, aud.id)
    path = catalog.consolidate(QuoteTick, aud.id)
    assert catalog.consolidate(QuoteTick, aud.id) == path
    assert catalog.get_intervals(QuoteTick, aud.id) == [(1_005, 2_014)]
    np.testing.assert_array_equal(catalog.query_rows(QuoteTick, aud.id), before)
    assert catalog.verify() == 20


def test_failure_in_the_middle_of_a_write_leaves_nothing(catalog, aud, monkeypatch):
    import nautilus_lite.persistence.catalog.parquet as module

    def fail(out, kind, table):
        out.write(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(module, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        catalog.write_rows("quote", aud.id, quotes())
    assert [p for p in Path(catalog.path).rglob("*") if p.is_file() and "quote" in str(p)] == []


def test_truncated_file_is_named(catalog, aud):
    path = Path(catalog.write_rows("quote", aud.id, quotes(1_000)))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CatalogError, match=f"{path.name} is not a whole Parquet file"):
        list(CatalogStream(catalog, QuoteTick, aud.id))


def rewrite(path, change):
    table = change(pq.read_table(path))
    pq.write_table(table, path)


def test_missing_column_is_named(catalog, aud):
    path = catalog.write_rows("quote", aud.id, quotes())
    rewrite(path, lambda table: table.drop_columns(["ask"]))
    with pytest.raises(CatalogError, match="no column 'ask'"):
        list(CatalogStream(catalog, QuoteTick, aud.id))


def test_unsorted_file_is_named_with_its_row(catalog, aud):
    path = catalog.write_rows("quote", aud.id, quotes())
    rewrite(path, lambda table: table.take(pa.array([0, 1, 2, 4, 3, 5, 6, 7, 8, 9])))
    with pytest.raises(InvalidData, match="row 4 of .* goes back in time, from 1009 to 1008"):
        list(CatalogStream(catalog, QuoteTick, aud.id))


def test_foreign_file_is_refused(catalog, aud):
    path = catalog.write_rows("quote", aud.id, quotes())
    rewrite(path, lambda table: table.replace_schema_metadata(None))
    with pytest.raises(CatalogError, match="no 'nautilus_lite' metadata"):
        list(CatalogStream(catalog, QuoteTick, aud.id))


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("bid", -1, "`bid` in row 3 of .* must be positive, was -1"),
        ("ask_size", -5, "`ask_size` in row 3 of .* must not be negative, was -5"),
        ("ts_init", 7, "row 3 of .* goes back in time"),
    ],
)
def test_senseless_rows_are_refused(catalog, aud, field, value, text):
    rows = quotes()
    rows[field][3] = value
    with pytest.raises(InvalidData, match=text):
        catalog.write_rows("quote", aud.id, rows)


def test_bar_whose_high_is_below_its_open(catalog, aud):
    identifier, rows = samples(aud)["bar"]
    rows["high"][1] = 4
    with pytest.raises(InvalidData, match="`high` in row 1 .* must not be below open and close"):
        catalog.write_rows("bar", identifier, rows)


def test_unknown_instrument_suggests_the_near_one(catalog, pair):
    with pytest.raises(CatalogError, match="unknown instrument `AUD/USX.SIM` .did you mean AUD/USD.SIM"):
        catalog.write_rows("quote", pair("AUD/USD").id.from_str("AUD/USX.SIM"), quotes())


def test_equal_times_keep_their_order(catalog, aud):
    rows = quotes()
    rows["ts_init"] = 1_000
    catalog.write_rows("quote", aud.id, rows)
    np.testing.assert_array_equal(catalog.query_rows(QuoteTick, aud.id)["bid"], rows["bid"])


def test_stream_is_cut_to_its_range(catalog, aud):
    catalog.write_rows("quote", aud.id, quotes(300_000))
    stream = CatalogStream(catalog, QuoteTick, aud.id, start=150_000, end=150_010)
    rows = np.concatenate(list(stream))
    assert rows["ts_init"].tolist() == list(range(150_000, 150_011))
    # Two of three row groups are not read
    assert stream.n_rows == 131_072
    assert max(len(block) for block in CatalogStream(catalog, QuoteTick, aud.id)) <= 65_536


def test_reader_thread_ends_with_its_stream(catalog, aud):
    catalog.write_rows("quote", aud.id, quotes(600_000))
    before = threading.active_count()
    stream = CatalogStream(catalog, QuoteTick, aud.id)
    next(iter(stream))
    assert threading.active_count() == before + 1
    stream.close()
    assert threading.active_count() == before


def test_sample_catalog_is_what_the_script_makes(tmp_path):
    root = Path(__file__).resolve().parents[3]
    spec = importlib.util.spec_from_file_location("make_catalog", root / "scripts" / "make_catalog.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.make_catalog(tmp_path)
    shipped = ParquetDataCatalog(root / "catalog")
    assert made.verify() == shipped.verify()
    for path in sorted(Path(made.path).rglob("*")):
        if path.suffix == ".json":
            assert path.read_bytes() == (root / "catalog" / path.relative_to(tmp_path)).read_bytes()
        elif path.is_file():
            old = root / "catalog" / path.relative_to(tmp_path)
            assert pq.read_table(path).equals(pq.read_table(old), check_metadata=True)
            # Another version of Arrow may pack the same rows in other bytes
            if pq.ParquetFile(path).metadata.created_by == pq.ParquetFile(old).metadata.created_by:
                assert path.read_bytes() == old.read_bytes()
