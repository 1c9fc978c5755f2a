"""The instruction guard notices growth, and paths that it does not know."""

import importlib.util
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "instructions"


@pytest.fixture
def guard(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("guard", FOLDER / "guard.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stored = tmp_path / "counts.json"
    stored.write_text(json.dumps({"made_with": {}, "instructions_per_event": {"a": 100.0, "b": 200.0}}))
    monkeypatch.setattr(module, "STORED", stored)
    return module


@pytest.mark.parametrize(("a", "code"), [(90.0, 0), (100.0, 0), (109.9, 0), (110.1, 1), (300.0, 1)])
def test_ten_per_cent_more_instructions_fail(guard, monkeypatch, a, code):
    monkeypatch.setattr(guard, "count", lambda: {"a": a, "b": 200.0})
    done = CliRunner().invoke(guard.main)
    assert done.exit_code == code
    assert ("hot paths grew" in done.output) == bool(code)


def test_a_path_without_a_stored_count_is_an_error(guard):
    with pytest.raises(click.ClickException, match="differ in c"):
        guard.compare({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 1.0, "b": 1.0})


def test_every_path_has_a_stored_count():
    paths = (FOLDER / "paths.py").read_text()
    stored = json.loads((FOLDER / "counts.json").read_text())["instructions_per_event"]
    assert len(stored) >= 8
    for name in stored:
        assert f'"{name}":' in paths
