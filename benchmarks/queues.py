"""Print what queue models cost: per book update and resting order, and per trade. See README.md.

The book of each side has `LEVELS` levels and never moves its touch: updates change the sizes of the best `ACTIVE` ones, and own
orders rest at the best ones, one a level, so that the places of all are followed and none fills. On L3 each level is one order.
A model's own cost is what its orders add to a row, less what they add without a model.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import platform
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "instructions"))

import click
import numpy as np
import ours
import workloads
from guard import run_marked
from run import processor

from nautilus_lite.backtest.models import (
    LogProbQueueModel,
    LogProbQueueModel2,
    PowerProbQueueModel,
    PowerProbQueueModel2,
    PowerProbQueueModel3,
    RiskAverseQueueModel,
)
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy

HERE = Path(__file__).resolve()
LEVELS = 50
ACTIVE = 10
# Sizes are such that no trade of the benchmark ever reaches an own order
LEAST_SIZE = 1_000_000
N_ORDERS = (0, 1, 10, 100)
NONE = "none"
EXACT = "exact, on L3"
MODELS: dict[str, Any] = {
    NONE: lambda: None,
    "risk averse": RiskAverseQueueModel,
    "power": lambda: PowerProbQueueModel(2.0),
    "power 2": lambda: PowerProbQueueModel2(2.0),
    "power 3": lambda: PowerProbQueueModel3(2.0),
    "log": LogProbQueueModel,
    "log 2": LogProbQueueModel2,
    EXACT: lambda: None,
}
CASES = [(model, n) for model in MODELS for n in N_ORDERS]
BID = 110_000


class Resting(Strategy):
    """Rests orders at the best levels of both sides, and waits."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def on_start(self) -> None:
        self.clock.set_time_alert_ns("rest", workloads.START + 2 * LEVELS * workloads.MILLI, self.rest)

    def rest(self, event: Any) -> None:
        for i in range(self.n):
            side, depth = (OrderSide.SELL, OrderSide.BUY)[i % 2], i // 2
            price = BID - depth if side == OrderSide.BUY else BID + 1 + depth
            order = self.order_factory.limit(ours.ID, side, Quantity.from_int(1), Price.from_raw(price, 5))
            self.submit_order(order)


def updates(n: int) -> dict[str, np.ndarray]:
    """Return the deltas that build the book, and n that change sizes of the best levels of both sides in turn."""
    first = np.arange(2 * LEVELS)
    bits = workloads.random_bits(n, 21)
    side = np.concatenate([1 + first % 2, 1 + np.arange(n) % 2])
    depth = np.concatenate([first // 2, (bits % np.uint64(ACTIVE)).astype(np.int64)])
    grown = (bits >> np.uint64(20) & np.uint64(0xFFFF)).astype(np.int64)
    return {
        "ts": workloads.START + np.arange(2 * LEVELS + n, dtype=np.int64) * workloads.MILLI,
        "action": np.where(np.arange(2 * LEVELS + n) < 2 * LEVELS, workloads.ADD, workloads.UPDATE),
        "side": side,
        "price": np.where(side == 1, BID - depth, BID + 1 + depth),
        "size": LEAST_SIZE + np.concatenate([np.zeros(2 * LEVELS, dtype=np.int64), grown]),
    }


def by_order(data: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the same as a book by order: each level has one order, which grows to the back or shrinks in its place."""
    return {**data, "order_id": 1 + data["price"] * 2 + data["side"]}


def touch_trades(n: int) -> dict[str, np.ndarray]:
    """Return n trades of one unit at the touch, buyers and sellers in turn, after the book was built."""
    side = 1 + np.arange(n, dtype=np.int64) % 2
    return {
        "ts": workloads.START + (2 * LEVELS + 1 + np.arange(n, dtype=np.int64)) * workloads.MILLI,
        "price": np.where(side == 1, BID + 1, BID),
        "size": np.ones(n, dtype=np.int64),
        "side": side,
    }


def prepared(model: str, n_orders: int, n: int, kind: str) -> Any:
    """Return an engine ready to run `n` rows of a kind, `updates` or `trades`."""
    is_l3 = model == EXACT
    made = ours.engine(BookType.L3_MBO if is_l3 else BookType.L2_MBP, MODELS[model](), preflight=False)
    data = updates(n if kind == "updates" else 0)
    ours.add_deltas(made, by_order(data) if is_l3 else data)
    if kind == "trades":
        ours.add_trades(made, touch_trades(n))
    made.add_strategy(Resting(n_orders))
    return made


def timed(rounds: int, n: int, kind: str) -> dict[tuple[str, int], float]:
    """Return medians of CPU nanoseconds per row by model and number of orders; every round runs each of them once."""
    spent: dict[tuple[str, int], list[float]] = {}
    for _ in range(rounds):
        for case in CASES:
            made = prepared(*case, n, kind)
            gc.collect()
            began = time.process_time()
            made.run()
            spent.setdefault(case, []).append((time.process_time() - began) * 1e9 / n)
            made.dispose()
    return {case: statistics.median(values) for case, values in spent.items()}


def counted(n: int, kind: str) -> dict[tuple[str, int], float]:
    """Return instructions per row by model and number of orders, under callgrind."""
    found = run_marked(HERE, str(n), kind)
    return {case: sum_of(found[mark(case)][1]) / n for case in CASES}


def sum_of(text: str) -> int:
    """Return the total of callgrind's output."""
    total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
    assert total is not None
    return int(total[1])


def mark(case: tuple[str, int]) -> str:
    """Return the name of a case as callgrind's mark."""
    return re.sub(r"\W", "_", f"{case[0]}_{case[1]}")


def run_cases(library: str, n: int, kind: str) -> None:
    """Run every case between two marks; this is what callgrind runs."""
    marks = ctypes.CDLL(library)
    for case in CASES:
        made = prepared(*case, n, kind)
        gc.collect()
        gc.disable()
        marks.count_start()
        made.run()
        marks.count_stop(mark(case).encode())
        gc.enable()
        made.dispose()
    print(json.dumps({mark(case): n for case in CASES}))


def extra(values: dict[tuple[str, int], float], model: str, n_orders: int) -> float:
    """Return what a model adds to a row and resting order: over no model, what rests being looked at either way."""
    rise = values[model, n_orders] - values[model, 0]
    return (rise - (values[NONE, n_orders] - values[NONE, 0])) / n_orders


def table(values: dict[tuple[str, int], float], unit: str, row: str) -> str:
    """Return a table in Markdown."""
    heads = [f"{n} order{'' if n == 1 else 's'}" for n in N_ORDERS]
    # Without a model the first trade fills the order at its price, so there is nothing to compare with
    wanted = [n for n in N_ORDERS if n and row == "update"]
    heads += [f"of it the queue's, each of {n}" for n in wanted]
    lines = [f"| queue model, {unit} per {row} | " + " | ".join(heads) + " |", "|---" * (1 + len(heads)) + "|"]
    for model in MODELS:
        cells = [f"{values[model, n]:,.1f}" for n in N_ORDERS]
        cells += ["" if model == NONE else f"{extra(values, model, n):,.1f}" for n in wanted]
        lines.append(f"| {model} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds; medians are printed.")
@click.option("--rows", default=100_000, show_default=True, help="Rows a run.")
@click.option("--instructions", is_flag=True, help="Count instructions under callgrind instead of time.")
def main(rounds: int, rows: int, instructions: bool) -> None:
    """Print the cost of queue models per book update, and per trade at the touch."""
    click.echo(f"{processor()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {platform.system()}")
    for kind in ("updates", "trades"):
        if instructions:
            values, unit = counted(rows // 10, kind), "instructions"
        else:
            values, unit = timed(rounds, rows, kind), "ns"
        click.echo(f"\n{table(values, unit, kind.removesuffix('s'))}")


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1].endswith(".so"):
        run_cases(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    else:
        main()
