"""Exposure in several currencies as a frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nautilus_lite.analysis.equity import utc_index
from nautilus_lite.analysis.exposure import exposure_frame
from nautilus_lite.backtest.exposures import EXPOSURE_DTYPE
from nautilus_lite.model.objects import Currency

USD, JPY = Currency.from_str("USD"), Currency.from_str("JPY")


def frame(rows: list[tuple[int, int, int, int, float, int]], equity: list[float]) -> pd.DataFrame:
    samples = np.array(rows, dtype=EXPOSURE_DTYPE)
    times = list(dict.fromkeys(samples["ts"])) if len(equity) == len(set(samples["ts"])) else samples["ts"]
    return exposure_frame(samples, [USD, JPY], pd.Series(equity, index=utc_index(times)))


def test_currencies_are_converted_and_added() -> None:
    found = frame([(5, 0, 100_00, -40_00, 1.0, 2), (5, 1, 3_000, 3_000, 0.01, 1), (9, 0, 0, 0, 1.0, 0)], [65.0, 70.0])
    assert found["gross"].tolist() == [130.0, 0.0]
    assert found["net"].tolist() == [-10.0, 0.0]
    assert found["leverage"].tolist() == [2.0, 0.0]
    assert found["n_open"].tolist() == [3, 0]


def test_what_has_no_rate_or_price_makes_the_sum_unknown() -> None:
    found = frame([(5, 0, 100_00, 100_00, 1.0, 1), (5, 1, 3_000, 3_000, np.nan, 1), (9, 0, 5_00, 5_00, np.nan, 1)], [50.0, 50.0])
    assert found[["gross", "net", "leverage"]].isna().all(axis=None)
    assert found["n_open"].tolist() == [2, 1]


def test_no_leverage_without_equity() -> None:
    found = frame([(5, 0, 100, 100, 1.0, 1), (6, 0, 100, 100, 1.0, 1), (7, 0, 100, 100, 1.0, 1)], [0.0, -5.0, np.nan])
    assert found["leverage"].isna().all() and found["gross"].tolist() == [1.0, 1.0, 1.0]


def test_of_two_samples_at_one_time_the_later_stands_but_the_opening_stays() -> None:
    later = frame([(1, 0, 0, 0, 1.0, 0), (5, 0, 100, 100, 1.0, 1), (5, 1, 9, 9, 1.0, 1), (5, 0, 200, -200, 1.0, 2)], [1.0, 1.0])
    assert later["gross"].tolist() == [0.0, 2.0] and later["net"].tolist() == [0.0, -2.0]
    assert later["n_open"].tolist() == [0, 2]
    opening = frame([(1, 0, 0, 0, 1.0, 0), (1, 0, 200, -200, 1.0, 1)], [1.0, 1.0])
    assert opening["gross"].tolist() == [0.0, 2.0]
