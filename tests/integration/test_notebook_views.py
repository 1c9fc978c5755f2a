"""A result, its statistics and a catalog as notebooks show them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from tests.unit.model.test_html import EVIL, Reader


@pytest.fixture
def result(bars_config: Any) -> BacktestResult:
    return run_backtest(bars_config)


def test_a_result_shows_its_headlines_and_warnings(result: BacktestResult) -> None:
    found = Reader(replace(result, name=EVIL, warnings=[EVIL], _stats={})._repr_html_())
    assert "script" not in found.tags
    assert any(EVIL in text for text in found.texts)
    texts = set(found.texts)
    assert {"PnL (total)", "Max Drawdown", "Sharpe Ratio", "Win Rate", result.digest} <= texts
    told = {stat.name: stat.text() for stat in result.statistics()}
    assert told["Max Drawdown"] in texts
    assert f"⚠ {EVIL}" in found.texts


def test_statistics_show_every_definition(result: BacktestResult) -> None:
    texts = Reader(result.statistics()._repr_html_()).texts
    for stat in result.statistics():
        assert stat.name in texts
        assert stat.convention in texts
        assert stat.text() in texts


def test_a_catalog_shows_what_it_holds(catalog_path: str) -> None:
    catalog = ParquetDataCatalog(catalog_path)
    texts = Reader(catalog._repr_html_()).texts
    for entry in catalog.ls():
        assert entry["identifier"] in texts
        assert f"{entry['rows']:,}" in texts


def test_an_empty_catalog_says_so(tmp_path: Any) -> None:
    assert "0 kinds of data" in ParquetDataCatalog(str(tmp_path))._repr_html_()


def test_a_result_is_one_line_of_text(result: BacktestResult) -> None:
    assert repr(result) == f"BacktestResult(BACKTESTER-001 world, 10,080 rows, 908 orders, 908 fills, digest={result.digest})"


def test_nothing_is_printed_by_importing_a_run() -> None:
    code = "import sys; import nautilus_lite.backtest.node, nautilus_lite.backtest.compare; print('tqdm' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("False\n", "")
