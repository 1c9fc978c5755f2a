"""Tables of ticks and bars from files."""

import pandas as pd
import pytest

from nautilus_lite.errors import InvalidData
from nautilus_lite.persistence.loaders import (
    CSVBarDataLoader,
    CSVTickDataLoader,
    ParquetBarDataLoader,
    ParquetTickDataLoader,
)
from nautilus_lite.persistence.wranglers import QuoteTickDataWrangler

LINES = "timestamp,bid_price,ask_price\n2024-01-01 00:00:01,0.70002,0.70003\n2024-01-01 00:00:00.5,0.70000,0.70001\n"


@pytest.mark.parametrize("loader", [CSVTickDataLoader, CSVBarDataLoader])
def test_csv_files_are_indexed_by_time_and_sorted(tmp_path, pair, loader):
    path = tmp_path / "ticks.csv"
    path.write_text(LINES)
    frame = loader.load(path)
    assert [str(ts) for ts in frame.index] == ["2024-01-01 00:00:00.500000+00:00", "2024-01-01 00:00:01+00:00"]
    quotes = QuoteTickDataWrangler(pair("AUD/USD")).process(frame)
    assert [str(quote.bid_price) for quote in quotes] == ["0.70000", "0.70002"]


@pytest.mark.parametrize("loader", [ParquetTickDataLoader, ParquetBarDataLoader])
def test_parquet_files_by_column_or_index(tmp_path, loader):
    times = pd.to_datetime([3, 1, 2], utc=True)
    frame = pd.DataFrame({"timestamp": times, "price": [3.0, 1.0, 2.0]})
    frame.to_parquet(tmp_path / "column.parquet")
    frame.set_index("timestamp").to_parquet(tmp_path / "index.parquet")
    for name in ("column", "index"):
        assert list(loader.load(tmp_path / f"{name}.parquet")["price"]) == [1.0, 2.0, 3.0]


def test_times_as_nanoseconds_and_a_column_that_is_not_there(tmp_path):
    path = tmp_path / "ticks.csv"
    path.write_text("ts;price\n1704067200000000001;1.0\n")
    frame = CSVTickDataLoader.load(path, index_col="ts", sep=";")
    assert frame.index[0].value == 1704067200000000001
    with pytest.raises(InvalidData, match=r"ticks.csv has no column 'timestamp' \(it has: ts, price\)"):
        CSVTickDataLoader.load(path, sep=";")
