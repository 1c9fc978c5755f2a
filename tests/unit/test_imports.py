"""What importing the package brings along: its time is a budget of its own."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.trading.strategy import Strategy
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded():
    return set(subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize(
    "library",
    ["pandas", "pyarrow", "plotly", "scipy", "databento", "asyncio", "statistics", "json", "tempfile", "html", "difflib"],
)
def test_importing_the_engine_leaves_libraries_alone(loaded, library):
    assert "numpy" in loaded
    assert library not in loaded


@pytest.mark.parametrize(
    "package",
    [
        "analysis.analyzer",
        "analysis.comparison",
        "analysis.page",
        "analysis.reports",
        "analysis.statistics",
        "analysis.summary",
        "analysis.tearsheet",
        "backtest.explain",
        "backtest.results",
        "persistence",
    ],
)
def test_importing_the_engine_leaves_what_comes_later_alone(loaded, package):
    name = f"nautilus_lite.{package}"
    assert "nautilus_lite.backtest.world" in loaded
    assert not any(module == name or module.startswith(f"{name}.") for module in loaded)


def test_models_are_imported_when_one_is_asked_for(loaded):
    assert {"nautilus_lite.backtest.models.fill.base", "nautilus_lite.backtest.models.fee.base"} <= loaded
    assert loaded.isdisjoint(f"nautilus_lite.backtest.models.{name}" for name in ("fill.shaped", "fee.tiered", "latency.tables"))


def test_a_result_is_there_without_its_figures():
    script = "import sys; import nautilus_lite.backtest.results; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not any(name.startswith("nautilus_lite.analysis.page") for name in done.stdout.split())
