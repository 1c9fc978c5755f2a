"""Every indicator bar by bar in NautilusTrader; set `NAUTILUS_TRADER_PYTHON` to the interpreter of an environment that has it.

Known to differ: `VariableIndexDynamicAverage` begins at the first value, not at zero; `VerticalHorizontalFilter` has its value
with the bar that initialises it, not the one after.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PEER = os.environ.get("NAUTILUS_TRADER_PYTHON")
SCRIPT = Path(__file__).with_name("peer_indicators.py")
DIFFER = {"VariableIndexDynamicAverage": 350, "VerticalHorizontalFilter": 6}   # by name, bars until they agree

pytestmark = [pytest.mark.differential, pytest.mark.skipif(not PEER, reason="NAUTILUS_TRADER_PYTHON is not set")]


def test_indicators_agree_bar_by_bar():
    def run(python: str, root: str) -> list:
        done = subprocess.run([python, SCRIPT, root], capture_output=True, text=True, check=True, cwd=SCRIPT.parents[2],
                              env={**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])})  # fmt: skip
        return json.loads(done.stdout)

    here, there = run(sys.executable, "nautilus_lite"), run(str(PEER), "nautilus_trader")
    assert [name for name, _ in here] == [name for name, _ in there]
    for (name, ours), (_, theirs) in zip(here, there, strict=True):
        first = DIFFER.get(name, 0)
        assert [row[0] for row in ours] == [row[0] for row in theirs], name
        for i in range(first, len(ours)):
            assert ours[i][1:] == pytest.approx(theirs[i][1:], rel=1e-9, abs=1e-9), f"{name}, bar {i}"
