"""The command line."""

import msgspec
import pytest
from click.testing import CliRunner

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


def test_catalog_ls_lists_what_there_is(run, catalog_path):
    result = run("catalog", "ls", catalog_path)
    assert result.exit_code == 0, result.output
    assert "OrderBookDelta" in result.output


def test_help_teaches(run):
    text = run("--help").output
    for word in ("demo", "run", "catalog"):
        assert word in text
