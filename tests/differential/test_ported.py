"""Strategies and run scripts as they are written for NautilusTrader: with either root of imports they do the same.

The scripts in `ported/` name `nautilus_lite`; for the other package the root is renamed and nothing else. Set
`NAUTILUS_TRADER_PYTHON` to the interpreter of an environment that has it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PEER = os.environ.get("NAUTILUS_TRADER_PYTHON")
SCRIPTS = Path(__file__).with_name("ported")
NAMES = sorted(path.stem for path in SCRIPTS.glob("*.py") if path.stem != "common")


def outcome(python: str, folder: Path, name: str) -> dict:
    root = str(SCRIPTS.parents[2])
    done = subprocess.run(
        [python, "-W", "ignore", f"{name}.py"], capture_output=True, text=True, check=True, cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", NAMES)
def test_a_ported_script_runs(name):
    done = outcome(sys.executable, SCRIPTS, name)
    assert done["log"]
    assert done["balances"]
    assert bool(done["orders"]) == (name != "aggregation")


@pytest.mark.differential
@pytest.mark.skipif(not PEER, reason="NAUTILUS_TRADER_PYTHON is not set")
@pytest.mark.parametrize("name", NAMES)
def test_either_root_gives_the_same(tmp_path, name):
    for path in SCRIPTS.glob("*.py"):
        (tmp_path / path.name).write_text(path.read_text().replace("nautilus_lite", "nautilus_trader"))
    here, there = outcome(sys.executable, SCRIPTS, name), outcome(str(PEER), tmp_path, name)
    assert here["log"] == there["log"]
    assert here["orders"] == there["orders"]
    for currency, total in here["balances"].items():
        # Profits are rounded once here, there at every fill
        assert abs(float(total.split()[0]) - float(there["balances"][currency].split()[0])) < 0.05
