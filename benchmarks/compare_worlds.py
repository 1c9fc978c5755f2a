"""Twelve worlds over one pass against twelve runs of their own: digest for digest, and how long each takes. See README.md."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np
import ours
import workloads

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, TRADE_DTYPE
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.config import ImportableStrategyConfig

HERE = Path(__file__).parent
GRID_NS = 3_600_000_000_000
MODELS = "nautilus_lite.backtest.models"
EXAMPLES = "nautilus_lite.examples"


def model(name: str, **config: Any) -> ImportableConfig:
    """Return a model by name."""
    return ImportableConfig(path=f"{MODELS}:{name}", config=config)


QUEUE_MODELS = {"risk averse": model("RiskAverseQueueModel"), "power 2": model("PowerProbQueueModel", n=2.0),
                "log": model("LogProbQueueModel")}  # fmt: skip
FEE_MODELS = {"schedule": None, "a cent an order": model("FixedFeeModel", commission="0.01 USD")}
LATENCY_MODELS = {"none": None, "5 ms": model("LatencyModel", base_latency_nanos=5_000_000)}


def compiled(interval_ns: int) -> list[ImportableStrategyConfig]:
    """Return the compiled market maker, which looks at the book on a timer and has no work per event."""
    return [
        ImportableStrategyConfig(
            strategy_path=f"{EXAMPLES}.compiled_maker_config:ConfiguredMarketMaker",
            config_path=f"{EXAMPLES}.compiled_maker_config:CompiledMarketMakerConfig",
            config={"instrument_id": str(ours.ID), "trade_size": "1", "interval_ns": interval_ns},
        )
    ]


# Name -> strategies that act alike in every engine: what there is to do per event besides the shared market
STRATEGIES: dict[str, list[ImportableStrategyConfig]] = {
    "compiled market maker, each second": compiled(1_000 * workloads.MILLI),
    "compiled market maker, each 100 ms": compiled(100 * workloads.MILLI),
    "market maker in Python, called for each delta": [
        ImportableStrategyConfig(
            strategy_path=f"{EXAMPLES}.market_maker:MarketMaker",
            config_path=f"{EXAMPLES}.market_maker:MarketMakerConfig",
            config={"instrument_id": str(ours.ID), "trade_size": "1", "max_position": "5"},
        )
    ],
    "nobody": [],
}


def write_book(folder: str, n_rows: int) -> None:
    """Write order book deltas and the trades that go with them."""
    catalog = ParquetDataCatalog(folder)
    catalog.write_data([ours.INSTRUMENT])
    data = workloads.deltas(n_rows)
    catalog.write_rows("delta", ours.ID, ours.rows_of(DELTA_DTYPE, data, flags=128, sequence=np.arange(n_rows)))
    trades = workloads.book_trades(data)
    ids = np.char.mod("%d", np.arange(len(trades["ts"])))
    rows = ours.rows_of(TRADE_DTYPE, trades, trade_id=ids.astype("S"), id_len=np.char.str_len(ids))
    rows["aggressor_side"] = trades["side"]
    catalog.write_rows("trade", ours.ID, rows)


def make_config(folder: str, strategies: list[ImportableStrategyConfig]) -> BacktestRunConfig:
    """Return the run that is compared."""
    return BacktestRunConfig(
        venues=[
            BacktestVenueConfig(
                name="SIM",
                oms_type="NETTING",
                account_type="MARGIN",
                starting_balances=["100_000_000 USD"],
                base_currency="USD",
                book_type="L2_MBP",
            )
        ],
        data=[
            BacktestDataConfig(catalog_path=folder, data_cls=name, instrument_id=str(ours.ID))
            for name in ("OrderBookDelta", "TradeTick")
        ],
        engine=BacktestEngineConfig(equity_interval_ns=GRID_NS, strategies=strategies),
    )


def one_pass(config: BacktestRunConfig) -> list[str]:
    """Run the twelve worlds over one pass of the data; their digests."""
    comparison = compare(config, queue_models=QUEUE_MODELS, fee_models=FEE_MODELS, latency_models=LATENCY_MODELS)
    return [result.digest for result in comparison.results]


def one_by_one(config: BacktestRunConfig) -> list[str]:
    """Run each of the twelve by itself; their digests."""
    digests = []
    for queue, fee, latency in product(QUEUE_MODELS.values(), FEE_MODELS.values(), LATENCY_MODELS.values()):
        chosen = {"queue_model": queue, "fee_model": fee, "latency_model": latency}
        venue = msgspec.structs.replace(config.venues[0], **chosen)
        digests.append(run_backtest(msgspec.structs.replace(config, venues=[venue])).digest)
    return digests


def timed(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return CPU time of all threads, wall time (seconds), and what the run returned."""
    cpu, wall = time.process_time(), time.perf_counter()
    answer = run()
    return time.process_time() - cpu, time.perf_counter() - wall, answer


def step(name: str, folder: str, rounds: int) -> dict[str, Any]:
    """Measure one strategy: both ways in turn, the least of the rounds."""
    config = make_config(folder, STRATEGIES[name])
    times: dict[str, list[tuple[float, float]]] = {"pass": [], "alone": []}
    digests: dict[str, list[str]] = {}
    for _ in range(rounds):
        for key, run in (("pass", one_pass), ("alone", one_by_one)):
            cpu, wall, digests[key] = timed(lambda run=run: run(config))
            times[key].append((cpu, wall))
    result = run_backtest(config)
    return {
        "cpu": {key: min(cpu for cpu, _ in found) for key, found in times.items()},
        "wall": {key: min(wall for _, wall in found) for key, found in times.items()},
        "equal": digests["pass"] == digests["alone"],
        "distinct": len(set(digests["pass"])),
        "orders": result.n_orders,
        "fills": result.n_fills,
    }


@click.command()
@click.option("--rows", default=1_000_000, show_default=True, help="Order book deltas; a trade to each twenty.")
@click.option("--rounds", default=3, show_default=True, help="The least of the rounds is printed.")
@click.option("--strategy", "chosen", multiple=True, type=click.Choice(list(STRATEGIES)), help="Only these; several times.")
@click.option("--step", "child", nargs=2, type=(click.Choice(list(STRATEGIES)), str), hidden=True)
def main(rows: int, rounds: int, chosen: tuple[str, ...], child: tuple[str, str] | None) -> None:
    """Compare one pass of twelve worlds with twelve runs; exit code 1 where a digest differs."""
    if child:
        click.echo(json.dumps(step(*child, rounds)))
        return
    names = ("strategy", "orders", "one pass, CPU s", "12 runs, CPU s", "ratio", "wall ratio", "digests")
    click.echo(f"| {' | '.join(names)} |\n|{'---|' * len(names)}")
    all_equal = True
    with tempfile.TemporaryDirectory() as folder:
        write_book(folder, rows)
        for name in chosen or STRATEGIES:
            done = subprocess.run(
                [sys.executable, str(HERE / "compare_worlds.py"), "--step", name, folder, "--rounds", str(rounds)],
                check=True, capture_output=True, text=True, cwd=HERE,
            )  # fmt: skip
            found = json.loads(done.stdout.strip().splitlines()[-1])
            cpu, wall = found["cpu"], found["wall"]
            all_equal = all_equal and found["equal"]
            click.echo(
                f"| {name} | {found['orders']:,} | {cpu['pass']:.2f} | {cpu['alone']:.2f} | {cpu['pass'] / cpu['alone']:.2f} | "
                f"{wall['pass'] / wall['alone']:.2f} | {'equal' if found['equal'] else 'DIFFERENT'}, "
                f"{found['distinct']} distinct |"
            )
    if not all_equal:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
