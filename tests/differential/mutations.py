"""Put defects into a copy of the engine, one after the other, and say which of the comparisons find them.

    NAUTILUS_TRADER_PYTHON=/path/to/env/bin/python python tests/differential/mutations.py [word of a name]

Each defect costs a build of one module and a run up to the first test that fails. Ends with 1 if anything found nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MATCHING = "nautilus_lite/backtest/matching"
FILLING, RULES = f"{MATCHING}/filling.pyx", f"{MATCHING}/rules.pyx"
# Name, file, what stands there once, what stands there instead
MUTATIONS = (
    (
        "a resting limit fills one tick beyond its price",
        FILLING,
        "            order, qty, price, TOUCHED if not through else BAR_PASSED if self._on_path else BOOK_CROSSED\n"
        "        )\n\n    cdef bint _match_shaped_c",
        "            order, qty, price + sign, TOUCHED if not through else BAR_PASSED if self._on_path else BOOK_CROSSED\n"
        "        )\n\n    cdef bint _match_shaped_c",
    ),
    (
        "a taker gets the first of its fills alone",
        FILLING,
        "        for i in range(self._plan.n):\n            if self._filled_c(",
        "        for i in range(min(self._plan.n, 1)):\n            if self._filled_c(",
    ),
    (
        "an order expires a nanosecond late",
        RULES,
        "return order.expire_time_ns\n",
        "return order.expire_time_ns + 1\n",
    ),
    (
        "a stop is triggered one tick late",
        FILLING,
        "if sign * entry.price <= sign * levels[i] and nearer",
        "if sign * entry.price + 1 <= sign * levels[i] and nearer",
    ),
    (
        "a trade fills nothing that rests at its price",
        FILLING,
        "sign * (entry.price - trade.price) < self._through",
        "sign * (entry.price - trade.price) < self._through + 1",
    ),
)
RUNS = {"audit": "tests/differential/test_audit.py", "comparison": "tests/differential/test_scenarios.py"}


def red(tree: Path, test: str) -> bool:
    """Whether a test fails in a tree."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test], cwd=tree, capture_output=True, text=True
    )
    if done.returncode not in (0, 1) or "skipped" in done.stdout.splitlines()[-1]:
        raise SystemExit(f"{test} did not run:\n{done.stdout[-2000:]}")
    return done.returncode == 1


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "output", "__pycache__"))
        environment = {**os.environ, "NL_OPT": "0"}
        for name, file, old, new in MUTATIONS:
            if word not in name:
                continue
            text = (tree / file).read_text()
            if text.count(old) != 1:
                raise SystemExit(f"{file} holds {text.count(old)} of what `{name}` replaces")
            (tree / file).write_text(text.replace(old, new))
            build = [sys.executable, "setup.py", "build_ext", "--inplace"]
            subprocess.run(build, cwd=tree, env=environment, check=True, capture_output=True)
            found = {run: red(tree, test) for run, test in RUNS.items()}
            missed += not all(found.values())
            print(f"{name}: " + ", ".join(f"{run} {'red' if is_red else 'GREEN'}" for run, is_red in found.items()), flush=True)
            (tree / file).write_text(text)
    return missed > 0


if __name__ == "__main__":
    sys.exit(main())
