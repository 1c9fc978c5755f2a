"""What importing the package brings along: its time is a budget of its own."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.trading.strategy import Strategy
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "plotly", "scipy", "databento", "asyncio"])
def test_importing_the_engine_leaves_heavy_libraries_alone(library):
    loaded = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout.split()

    assert "numpy" in loaded
    assert library not in loaded
