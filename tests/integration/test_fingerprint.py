"""What a result says of the data that was replayed."""

import numpy as np
import pandas as pd

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.fingerprint import SAMPLE_ROWS, fingerprint_frame, fingerprints
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.reading import ArraySource
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.model.data.dtypes import BAR_DTYPE


def stream(rows, name="a"):
    return RowStream("bar", "X-1-MINUTE", ArraySource(rows), 1, name)


def bars(n):
    rows = np.zeros(n, dtype=BAR_DTYPE)
    rows["ts_init"] = np.arange(1, n + 1)
    return rows


def test_run_says_what_it_replayed(bars_config):
    frame = run_backtest(bars_config, False).data_fingerprint()
    assert len(frame) == 1
    row = frame.loc["bar"]
    assert row["identifier"] == "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"
    assert row["rows"] > 0
    assert isinstance(row["first_ts"], pd.Timestamp) and row["first_ts"] < row["last_ts"]
    assert len(row["sample_hash"]) == 16
    assert frame.equals(run_backtest(bars_config, False).data_fingerprint())


def test_worlds_of_a_comparison_had_the_data_of_the_run_alone(bars_config):
    models = {"a": ImportableConfig(path="nautilus_lite.backtest.models:FillModel", config={})}
    compared = compare(bars_config, fill_models=models)
    assert compared.results[0].data == run_backtest(bars_config, False).data


def test_other_rows_have_another_hash():
    one, two = bars(10), bars(10)
    two["ts_event"][9] = 5
    first, second, again = fingerprints([stream(one), stream(two), stream(bars(10))])
    assert first.sample_hash != second.sample_hash
    assert first == again
    assert (first.rows, first.first_ts, first.last_ts) == (10, 1, 10)


def test_long_streams_are_hashed_by_a_sample_with_both_ends():
    def changed(at):
        rows = bars(100_000)
        rows["ts_event"][at] = 1
        return fingerprints([stream(rows)])[0].sample_hash

    plain = fingerprints([stream(bars(100_000))])[0].sample_hash
    assert changed(0) != plain != changed(-1)
    assert changed(50_000) == plain or SAMPLE_ROWS >= 100_000


def test_source_that_can_be_read_once_is_left_alone():
    def once():
        raise AssertionError("was read")

    found = fingerprints([RowStream("bar", "X", once, 1, "blocks")])[0]
    assert (found.rows, found.sample_hash) == (None, "")
    frame = fingerprint_frame([found])
    assert frame["first_ts"].isna().all()
    assert fingerprint_frame([]).empty
