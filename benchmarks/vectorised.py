"""vectorbt (vectorised): `python vectorised.py CASE N` in an environment that has it. Compile time is not counted."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Any

import pandas as pd
import vectorbt as vbt
import workloads
from runner import import_time, measured, run_cli


def crossing(close: pd.Series) -> Any:
    """Run the EMA 10/20 crossing, long and short."""
    fast, slow = vbt.MA.run(close, 10, ewm=True), vbt.MA.run(close, 20, ewm=True)
    above, below = fast.ma_crossed_above(slow), fast.ma_crossed_below(slow)
    return vbt.Portfolio.from_signals(
        close, entries=above, exits=below, short_entries=below, short_exits=above, size=1_000, fees=0.00002, init_cash=1e8
    )


def bars_ema(n: int) -> dict[str, Any]:
    """The whole run, from closes to a portfolio with its total return."""
    close = pd.Series(workloads.bars(n)["close"] * 1e-5)
    crossing(close[:1_000]).total_return()
    answer: list[Any] = []

    def work() -> None:
        made = crossing(close)
        made.total_return()
        answer.append(made)

    return {**measured(work, n), "orders": int(answer[0].orders.count())}


if __name__ == "__main__":
    run_cli(
        version("vectorbt"), sys.argv, {"bars_ema": bars_ema, "import": lambda n: import_time("import vectorbt")}
    )
