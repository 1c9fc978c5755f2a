"""CPU time of statistics and figures of a year of one-minute equity with 100,000 trades: `python benchmarks/figures.py`.

`python benchmarks/figures.py 20000` takes so many trades.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from reports import make_run, timed

from nautilus_lite.analysis.breakdowns import KEYS

N_TRADES = 100_000
YEAR_S = 365 * 86_400


def main(n_trades: int, profile: bool = False) -> None:
    result = make_run(2 * n_trades, YEAR_S // (2 * n_trades), 60)
    days = pd.date_range("2023-12-31", periods=367, freq="D")
    prices = pd.Series(100 + np.random.default_rng(1).normal(0, 1, 367).cumsum() / 10, index=days, name="index")

    def fresh(**settings: Any) -> Callable[[], Any]:
        def make() -> Any:
            result._stats.clear()
            return result.statistics(**settings)

        return make

    counts = f"{result.n_positions:,} trades, {result.n_fills:,} fills"
    print(f"{len(result.equity()):,} samples of equity, {counts}; CPU time, best of 3")
    cases: dict[str, Callable[[], Any]] = {
        "statistics": fresh(),
        "with a benchmark": fresh(benchmark=prices),
        "again": result.statistics,
        **{f"breakdown by {key}": (lambda key=key: result.breakdown(key)) for key in KEYS},
    }
    for name, make in cases.items():
        seconds, made = timed(make)
        print(f"  {name:<24} {seconds * 1e3:8.1f} ms  {len(made):>5,} rows")
    for name in [name for name in dir(result) if name.startswith("plot_") and name != "plot_yearly_returns"]:
        draw = getattr(result, name)
        result._stats.clear()
        seconds, made = timed((lambda draw=draw: draw("EUR/USD.SIM")) if name == "plot_prices" else draw)
        print(f"  {name:<24} {seconds * 1e3:8.1f} ms  {len(made.data):>5,} traces")
    if profile:
        profiler = cProfile.Profile()
        profiler.runcall(fresh())
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(25)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else N_TRADES, "--profile" in sys.argv)
