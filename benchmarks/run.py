"""Print the benchmarks as a table; see README.md."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

HERE = Path(__file__).parent


class Case:
    """A row of the table.

    Parameters
    ----------
    title : str
    unit : str
        `ns` (CPU nanoseconds per event), `ms` (CPU milliseconds) or `MB` (peak resident memory).
    budget : float
        What we want, in that unit.
    sizes : dict
        Events by runner; a runner that is not named has no such case.
    names : dict, optional
        Name of the case by runner, where it is not that of the row.
    """

    def __init__(
        self, title: str, unit: str, budget: float, sizes: dict[str, int], names: dict[str, str] | None = None
    ) -> None:
        self.title, self.unit, self.budget, self.sizes, self.names = title, unit, budget, sizes, names or {}

    def value(self, answer: dict[str, Any]) -> float:
        """Return the figure of the row from a runner's answer."""
        return {"ns": answer["ns"], "ms": answer["cpu_s"] * 1e3, "MB": answer.get("peak_mb", 0.0)}[self.unit]


M = 1_000_000
# Events by runner: fewer where an engine is slow, as many as the workload says where its cost grows with them
ROWS = {"ours": M, "nt2": 300_000, "nt1": 50_000}
MILLION = {"ours": M, "nt2": M, "nt1": M}
BARS = dict.fromkeys(("ours", "nt2", "nt1", "vectorised"), 100_000)
ORDERS = {"ours": 100_000, "nt2": 20_000, "nt1": 2_000}
CASES = {
    "quotes_silent": Case("quote, nobody listens", "ns", 50, ROWS),
    "quotes_handler": Case("quote to a no-op Python handler", "ns", 200, ROWS),
    "quotes_bars_ema": Case("quote, one-minute bars inside, EMA cross", "ns", 80, ROWS),
    "bars_ema": Case("100 k bars, EMA 10/20 cross (whole run)", "ms", 150, BARS),
    "trades_handler": Case("trade to a no-op Python handler", "ns", 200, ROWS),
    "deltas_silent": Case("L2 delta, nobody listens", "ns", 60, {**ROWS, "hft": M}),
    "deltas_handler": Case("L2 delta to a no-op Python handler", "ns", 200, {**ROWS, "hft": 300_000}),
    "maker": Case("1 M deltas, market maker in Python (whole run)", "ms", 500, MILLION),
    "maker_compiled": Case("1 M deltas, compiled market maker (whole run)", "ms", 150, {"ours": M}),
    "maker_queue": Case("the same with the queue model power 2", "ms", 150, {"ours": M, "hft": M}, {"hft": "maker"}),
    "deltas_silent_models": Case("L2 delta, nobody listens, every model on", "ns", 60, {"ours": M}),
    "bars_ema_models": Case("100 k bars, EMA 10/20 cross, every model on", "ms", 150, {"ours": 100_000}),
    "maker_models": Case("1 M deltas, market maker in Python, every model on", "ms", 500, {"ours": M}),
    "maker_compiled_models": Case("1 M deltas, compiled market maker, every model on", "ms", 150, {"ours": M}),
    "market_orders_models": Case("market order, every model on", "ns", 8_000, {"ours": 100_000}),
    "market_orders": Case("market order, submit to all its events", "ns", 8_000, ORDERS),
    "catalog_stream": Case("quote streamed from a catalog", "ns", 100, {**MILLION, "nt1": 100_000}),
    "first_event": Case("catalog of 1 M quotes to the first event", "ms", 50, MILLION),
    "memory": Case(
        "peak memory, 1 M quotes streamed", "MB", 150, MILLION, dict.fromkeys(("ours", "nt2", "nt1"), "catalog_stream")
    ),
    "import": Case("import, cold", "ms", 250, dict.fromkeys(("ours", "nt2", "nt1", "hft"), 1)),
}


def measure(python: str, runner: str, name: str, events: int) -> dict[str, Any]:
    """Run a case in a process of its own and return its answer."""
    done = subprocess.run(
        [python, str(HERE / f"{runner}.py"), name, str(events)],
        capture_output=True,
        text=True,
        cwd=HERE,
    )
    if done.returncode:
        raise click.ClickException(f"{runner} {name} failed:\n{done.stdout[-2_000:]}{done.stderr[-4_000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure_row(
    row_name: str, case: Case, pythons: dict[str, str], rounds: int, versions: dict[str, str]
) -> dict[str, Any]:
    """Run every engine in turn, `rounds` times, and return medians and medians of the ratios to ours."""
    answers: dict[str, list[dict[str, Any]]] = {name: [] for name in pythons if name in case.sizes}
    for _ in range(rounds):
        for name, found in answers.items():
            found.append(measure(pythons[name], name, case.names.get(name, row_name), case.sizes[name]))
            versions[name] = found[-1]["version"]
    mine = [case.value(answer) for answer in answers["ours"]]
    row: dict[str, Any] = {"title": case.title, "unit": case.unit, "budget": case.budget, "engines": {}}
    for name, found in answers.items():
        values = [case.value(answer) for answer in found]
        row["engines"][name] = {
            "value": statistics.median(values),
            "events": case.sizes[name],
            "ratio": statistics.median(theirs / ours for theirs, ours in zip(values, mine, strict=True)),
            **{key: found[-1][key] for key in ("orders", "fills") if key in found[-1]},
        }
    return row


def cell(row: dict[str, Any], name: str) -> str:
    """Return an engine's value with its ratio to ours."""
    found = row["engines"].get(name)
    if found is None:
        return ""
    text = f"{found['value']:,.0f}" if found["value"] >= 100 else f"{found['value']:.3g}"
    return text if name == "ours" else f"{text} ({found['ratio']:.3g}x)"


def processor() -> str:
    """Return the name of the processor."""
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def markdown(rows: list[dict[str, Any]], versions: dict[str, str], rounds: int) -> str:
    """Return the table."""
    names = {"nt2": "nautilus_trader", "nt1": "nautilus_trader", "hft": "hftbacktest", "vectorised": "vectorbt"}
    peers = [name for name in names if name in versions]
    lines = [
        f"{processor()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {platform.system()}; "
        f"medians of {rounds} rounds, engines in turn; in brackets the peer's figure over ours.",
        "",
        f"| workload | unit | wanted | nautilus_lite {versions['ours']} | "
        + " | ".join(f"{names[name]} {versions[name]}" for name in peers)
        + " |",
        "|---|---|---|---|" + "---|" * len(peers),
    ]
    for row in rows:
        cells = " | ".join(cell(row, name) for name in peers)
        lines.append(f"| {row['title']} | {row['unit']} | {row['budget']:,g} | {cell(row, 'ours')} | {cells} |")
    return "\n".join(lines)


@click.command()
@click.option("--peers", type=click.Path(exists=True, path_type=Path), help="Folder made by environments.py.")
@click.option("--rounds", default=3, show_default=True, help="Rounds; medians are printed.")
@click.option("--case", "chosen", multiple=True, type=click.Choice(sorted(CASES)), help="Only these; several times.")
@click.option("--peer", "wanted", multiple=True, help="Only these peers: nt2, nt1, hft, vectorised; several times.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    peers: Path | None, rounds: int, chosen: tuple[str, ...], wanted: tuple[str, ...], json_path: Path | None
) -> None:
    """Time our engine, and the peers in turn with it."""
    pythons = {"ours": sys.executable}
    for name in ("nt2", "nt1", "hft", "vectorised") if peers else ():
        python = peers / name / "bin" / "python"
        if python.exists() and (not wanted or name in wanted):
            pythons[name] = str(python)
    versions: dict[str, str] = {}
    rows = []
    for name, case in CASES.items():
        if chosen and name not in chosen:
            continue
        click.echo(f"{name} ...", err=True)
        rows.append({"case": name, **measure_row(name, case, pythons, rounds, versions)})
    click.echo(markdown(rows, versions, rounds))
    if json_path:
        machine = {"processor": processor(), "cpus": os.cpu_count(), "python": platform.python_version()}
        json_path.write_text(json.dumps({"machine": machine, "versions": versions, "rounds": rounds, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
