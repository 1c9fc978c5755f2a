"""Print how cost grows: rows of a catalog, instruments merged, orders, worlds. Flat is wanted. See README.md."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import cases
import click
import numpy as np
import ours
import workloads
from runner import measured

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.stream import CatalogStream

HERE = Path(__file__).parent
PART = 1_000_000
GRID_NS = 3_600_000_000_000


def write_quotes(folder: str, n_rows: int) -> None:
    """Write quotes in parts of a million."""
    catalog = ParquetDataCatalog(folder)
    catalog.write_data([ours.INSTRUMENT])
    rows = ours.quote_rows(workloads.quotes(PART))
    length = np.uint64(PART * workloads.STEP)
    for _ in range(n_rows // PART):
        catalog.write_rows("quote", ours.ID, rows)
        rows["ts_event"] += length
        rows["ts_init"] += length


def rows_streamed(n: int, folder: str) -> dict[str, Any]:
    """Replay the first n quotes of a catalog."""
    catalog = ParquetDataCatalog(folder)
    made = ours.engine()
    end = workloads.START + (n - 1) * workloads.STEP
    made.add_source("quote", ours.ID, lambda: CatalogStream(catalog, QuoteTick, ours.ID, end=end), "quotes")
    answer = measured(made.run, n)
    assert made.iteration == n, made.iteration
    return answer


def instruments_merged(n: int, folder: str) -> dict[str, Any]:
    """Replay two million quotes that are spread over n instruments, interleaved one by one."""
    made = ours.engine()
    each = 2 * PART // n
    data = workloads.quotes(each)
    for i in range(n):
        instrument_id = InstrumentId.from_str(f"P{i:03d}/USD.SIM")
        made.add_instrument(ours.instrument(instrument_id))
        rows = ours.quote_rows(data)
        rows["ts_init"] += np.uint64(i * (workloads.STEP // n))
        made.add_rows("quote", instrument_id, rows)
    return measured(made.run, each * n)


def orders_sent(n: int, folder: str) -> dict[str, Any]:
    """Send n market orders."""
    return cases.make(ours)["market_orders"](n)


def write_deltas(folder: str, n_rows: int) -> None:
    """Write order book deltas."""
    catalog = ParquetDataCatalog(folder)
    catalog.write_data([ours.INSTRUMENT])
    rows = ours.rows_of(ours.DELTA_DTYPE, workloads.deltas(n_rows), flags=128, sequence=np.arange(n_rows))
    catalog.write_rows("delta", ours.ID, rows)


def worlds_compared(n: int, folder: str) -> dict[str, Any]:
    """Run n idle worlds over one pass of a million deltas; one event is one row, whatever the number of worlds."""
    config = BacktestRunConfig(
        venues=[
            BacktestVenueConfig(
                name="SIM",
                oms_type="NETTING",
                account_type="MARGIN",
                starting_balances=["1_000_000 USD"],
                base_currency="USD",
                book_type="L2_MBP",
            )
        ],
        data=[BacktestDataConfig(catalog_path=folder, data_cls="OrderBookDelta", instrument_id=str(ours.ID))],
        engine=BacktestEngineConfig(equity_interval_ns=GRID_NS),
    )
    return measured(lambda: compare(config, fill_models={f"world {i}": None for i in range(n)}), PART)


# Name -> (what is measured, steps, what prepares the catalog for the largest step)
SERIES: dict[str, tuple[Any, tuple[int, ...], Any]] = {
    "rows": (rows_streamed, (1_000_000, 10_000_000, 100_000_000), write_quotes),
    "instruments": (instruments_merged, (1, 2, 10, 50, 200), None),
    "orders": (orders_sent, (1_000, 10_000, 100_000), None),
    "worlds": (worlds_compared, (1, 2, 8, 64), lambda folder, n: write_deltas(folder, PART)),
}


def run_step(name: str, n: int, folder: str) -> dict[str, Any]:
    """Measure one step in a process of its own: its peak memory is then that of the step."""
    done = subprocess.run(
        [sys.executable, str(HERE / "scaling.py"), "--step", name, str(n), folder],
        check=True, capture_output=True, text=True, cwd=HERE,
    )  # fmt: skip
    return json.loads(done.stdout.strip().splitlines()[-1])


@click.command()
@click.option("--series", "chosen", multiple=True, type=click.Choice(sorted(SERIES)), help="Only these; several times.")
@click.option("--max-rows", default=100_000_000, show_default=True, help="Largest catalog.")
@click.option("--rounds", default=3, show_default=True, help="The least of the rounds is printed.")
@click.option("--step", nargs=3, type=(click.Choice(sorted(SERIES)), int, str), hidden=True)
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    chosen: tuple[str, ...], max_rows: int, rounds: int, step: tuple[str, int, str] | None, json_path: Path | None
) -> None:
    """Print CPU time per event and peak memory for growing sizes."""
    if step:
        click.echo(json.dumps(SERIES[step[0]][0](step[1], step[2])))
        return
    table: dict[str, list[dict[str, Any]]] = {}
    click.echo("| series | size | ns per event | peak MB |\n|---|---|---|---|")
    for name, (_, steps, prepare) in SERIES.items():
        if chosen and name not in chosen:
            continue
        sizes = [n for n in steps if name != "rows" or n <= max_rows]
        with tempfile.TemporaryDirectory() as folder:
            if prepare is not None:
                prepare(folder, sizes[-1])
            for n in sizes:
                best = min((run_step(name, n, folder) for _ in range(rounds)), key=lambda answer: answer["ns"])
                table.setdefault(name, []).append({"size": n, "ns": best["ns"], "peak_mb": best["peak_mb"]})
                click.echo(f"| {name} | {n:,} | {best['ns']:,.1f} | {best['peak_mb']:,.0f} |")
    if "worlds" in table:
        first, last = table["worlds"][0], table["worlds"][-1]
        extra = (last["ns"] - first["ns"]) / (last["size"] - 1) / first["ns"]
        click.echo(f"\nan extra idle world costs {extra:.1%} of the first")
    if json_path:
        json_path.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
