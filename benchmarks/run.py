"""Print the benchmarks as a table; see README.md."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import ours

from nautilus_lite import __version__

HERE = Path(__file__).parent
BUDGETS = {"quotes_silent": 100.0, "quotes_handler": 400.0, "deltas_silent": 120.0, "market_orders": 30_000.0}


def peer_value(python: str, case: str, n: int) -> tuple[str, Any]:
    """Run a case on the peer and return its version and value."""
    done = subprocess.run([python, str(HERE / "peer.py"), case, str(n)], capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer["version"], answer["value"]


def last(value: Any) -> float:
    """Return what is compared with the budget: of several values the last."""
    return float(value[-1] if isinstance(value, (list, tuple)) else value)


def streamed_memory(n_rows: int) -> float:
    """Return the peak memory (MB) of a process that streams quotes from a catalog."""
    with tempfile.TemporaryDirectory() as folder:
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]); import memory; memory.write(sys.argv[2], int(sys.argv[3]))"
        )
        subprocess.run([sys.executable, "-c", code, str(HERE), folder, str(n_rows)], check=True)
        code = "import sys; sys.path.insert(0, sys.argv[1]); import memory; print(memory.stream(sys.argv[2]))"
        done = subprocess.run(
            [sys.executable, "-c", code, str(HERE), folder], check=True, capture_output=True, text=True
        )
    return float(done.stdout.strip().splitlines()[-1])


@click.command()
@click.option("--peer", "peer_python", help="Python of an environment that has nautilus_trader.")
@click.option("--rounds", default=3, show_default=True, help="Pairs of runs; medians are printed.")
@click.option("--rows", default=1_000_000, show_default=True, help="Rows for our engine.")
@click.option("--peer-rows", default=100_000, show_default=True, help="Rows for the peer.")
@click.option("--orders", default=100_000, show_default=True, help="Orders for our engine; the peer gets 3,000.")
@click.option("--json", "json_path", type=click.Path(), help="Write the figures here too.")
def main(
    peer_python: str | None, rounds: int, rows: int, peer_rows: int, orders: int, json_path: str | None
) -> None:
    """Time our engine, and a peer in turn with it."""
    table: dict[str, dict[str, Any]] = {}
    version = ""
    for case, budget in BUDGETS.items():
        mine, theirs = [], []
        for _ in range(rounds):
            mine.append(getattr(ours, case)(orders if case == "market_orders" else rows))
            if peer_python:
                version, value = peer_value(peer_python, case, 3_001 if case == "market_orders" else peer_rows)
                theirs.append(last(value))
        row: dict[str, Any] = {"ns": statistics.median(map(last, mine)), "budget_ns": budget}
        if case == "market_orders":
            row["first_ns"] = statistics.median(value[0] for value in mine)
        if theirs:
            row["peer_ns"] = statistics.median(theirs)
            row["ratio"] = statistics.median(b / last(a) for a, b in zip(mine, theirs, strict=True))
        table[case] = row
    memory = {n: streamed_memory(n) for n in (1_000_000, 5_000_000)}
    print(f"nautilus_lite {__version__}, Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.machine()}")
    print(f"| workload (CPU ns per event) | budget | ours | nautilus_trader {version} | ratio |")
    print("|---|---|---|---|---|")
    for case, row in table.items():
        theirs_text = f"{row['peer_ns']:,.0f}" if "peer_ns" in row else "not run"
        ratio = f"{row['ratio']:.0f}x" if "ratio" in row else ""
        print(f"| {case} | {row['budget_ns']:,.0f} | {row['ns']:,.0f} | {theirs_text} | {ratio} |")
    orders_row = table["market_orders"]
    print(f"market order: {orders_row['first_ns']:,.0f} ns at 1,000 orders, {orders_row['ns']:,.0f} ns at {orders:,}")
    for n, megabytes in memory.items():
        print(f"peak memory of {n:,} quotes streamed from a catalog: {megabytes:.0f} MB")
    if json_path:
        Path(json_path).write_text(json.dumps({"cases": table, "memory_mb": memory, "peer": version}, indent=1))
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
