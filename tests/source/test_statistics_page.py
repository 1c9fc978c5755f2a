"""`docs/statistics.md` lists every statistic, and none that is not there."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.summary import RunRecord, summarize_run
from nautilus_lite.model.objects import Money

PAGE = Path(__file__).parents[2] / "docs" / "statistics.md"


def test_the_page_names_every_statistic():
    index = pd.date_range("2024-01-01", periods=40, freq="D", tz="UTC", unit="ns")
    equity = pd.Series(1000.0 + np.arange(40) % 3, index=index)
    start, end = index[0].value, index[-1].value
    run = RunRecord(equity, [], [], "USD", start, end, RateTable(), adjustments=[Money.from_str("1.00 USD")])
    settings = StatisticsSettings.of(benchmark=equity, trials=[1.0, 2.0])
    there = {stat.name for stat in summarize_run(run, settings)}
    tables = re.findall(r"^\| ([A-Z\d][^|]*) \|", PAGE.read_text().split("## Where ours differs")[0], re.MULTILINE)
    named = {name.strip() for cell in tables for name in re.split(r",(?![^(]*\))", cell)}
    assert there - named == set()
    assert named - there == set()
