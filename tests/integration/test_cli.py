"""The command line."""

from pathlib import Path

import msgspec
import pandas as pd
import pytest
from click.testing import CliRunner
from rich.console import Console

from nautilus_lite.backtest.config import CompareConfig
from nautilus_lite.cli import main


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(main, list(args))


def test_demo_prints_a_report_and_writes_the_page(run, catalog_path, tmp_path):
    page = tmp_path / "new folder" / "demo.html"
    result = run("demo", "--catalog", catalog_path, "--out", str(page), "--no-progress")
    assert result.exit_code == 0, result.output
    assert "digest" in result.output
    assert "Sharpe Ratio" in result.output
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_demo_away_from_the_catalog_says_what_to_do(run, tmp_path):
    result = run("demo", "--catalog", str(tmp_path))
    assert result.exit_code == 1
    assert "name one with --catalog" in result.output


def test_run_takes_yaml(run, bars_config, tmp_path):
    path = tmp_path / "run.yaml"
    path.write_bytes(msgspec.yaml.encode(bars_config.json_primitives()))
    result = run("run", str(path), "--no-progress")
    assert result.exit_code == 0, result.output
    assert "fills" in result.output


def test_run_names_the_file_of_a_bad_configuration(run, tmp_path):
    path = tmp_path / "run.json"
    path.write_text('{"venues": [], "data": [], "strateges": []}')
    result = run("run", str(path))
    assert result.exit_code == 1
    assert "run.json" in result.output
    assert "strateges" in result.output
    assert "Traceback" not in result.output


def comparison_config(bars_config, tmp_path, **more):
    fees = {"path": "nautilus_lite.backtest.models:FixedFeeModel"}
    values = {
        "run": bars_config.json_primitives(),
        "fee_models": {"own": None, "[free]": {**fees, "config": {"commission": "0 USD"}}},
        **more,
    }
    path = tmp_path / "compare.yaml"
    path.write_bytes(msgspec.yaml.encode(values))
    return str(path)


def test_compare_prints_a_row_a_world_and_writes_all_columns(run, bars_config, tmp_path, monkeypatch):
    monkeypatch.setattr("nautilus_lite.cli.CONSOLE", Console(width=240))
    table, page = tmp_path / "new" / "table.csv", tmp_path / "other" / "page.html"
    result = run("compare", comparison_config(bars_config, tmp_path), "--no-progress", "--csv", str(table), "--out", str(page))
    assert result.exit_code == 0, result.output
    assert "against own, 95%" in result.output
    assert "[free]" in result.output, "names are text, not markup"
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    frame = pd.read_csv(table, index_col="world")
    assert frame.index.tolist() == ["own", "[free]"]
    assert frame.loc["[free]", "fees"] == 0.0 > frame.loc["own", "fees"]
    gained = frame.loc["[free]", "net"] - frame.loc["own", "net"]
    assert f"+{gained:,.2f} [" in result.output
    assert "*" in result.output, "fees alone make a clear difference"


def test_compare_writes_a_page(run, bars_config, tmp_path):
    page = tmp_path / "new" / "worlds.html"
    result = run("compare", comparison_config(bars_config, tmp_path), "--no-progress", "--baseline", "[free]", "--out", str(page))
    assert result.exit_code == 0, result.output
    text = page.read_text()
    assert text.startswith("<!DOCTYPE html>")
    assert "More or less than [free]" in text


def test_compare_takes_another_baseline(run, bars_config, tmp_path, monkeypatch):
    monkeypatch.setattr("nautilus_lite.cli.CONSOLE", Console(width=240))
    result = run("compare", comparison_config(bars_config, tmp_path, baseline="[free]"), "--no-progress", "--level", "0.9")
    assert "against [free], 90%" in result.output
    result = run("compare", comparison_config(bars_config, tmp_path, baseline="free"), "--no-progress")
    assert result.exit_code == 1
    assert "no world named 'free', did you mean '[free]'?" in result.output
    assert "Traceback" not in result.output


def test_compare_without_axes_says_what_to_give(run, bars_config, tmp_path):
    result = run("compare", comparison_config(bars_config, tmp_path, fee_models={}), "--no-progress")
    assert result.exit_code == 1
    assert "nothing to compare: give `fill_models`" in result.output


def test_compare_names_the_file_of_a_bad_configuration(run, bars_config, tmp_path):
    result = run("compare", comparison_config(bars_config, tmp_path, fill_model={}))
    assert result.exit_code == 1
    assert "compare.yaml" in result.output and "fill_model" in result.output


def test_help_of_compare_teaches(run):
    text = run("compare", "--help").output
    for word in ("CompareConfig", "fee_models:", "baseline", "slippage", "examples/compare.yaml"):
        assert word in text


def test_the_example_of_a_comparison_is_read(catalog_path):
    path = Path(catalog_path).parent / "examples" / "compare.yaml"
    settings = CompareConfig.parse_file(path)
    assert [len(axis) for axis in settings.axes().values()] == [0, 3, 2, 2, 0, 0]
    assert settings.baseline == "nobody / own / none"


def test_catalog_ls_lists_what_there_is(run, catalog_path):
    result = run("catalog", "ls", catalog_path)
    assert result.exit_code == 0, result.output
    assert "OrderBookDelta" in result.output


def test_help_teaches(run):
    text = run("--help").output
    for word in ("demo", "run", "compare", "catalog"):
        assert word in text
