"""Count instructions per event on the hot paths and compare with what is stored. See ../README.md."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

HERE = Path(__file__).resolve().parent
STORED = HERE / "counts.json"
TOLERANCE = 0.10


def count() -> dict[str, float]:
    """Return instructions per event of every path."""
    found = {}
    for name, (events, text) in run_paths().items():
        total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
        if total is None:
            raise click.ClickException(f"callgrind wrote no total for {name}")
        found[name] = int(total[1]) / events
    return found


def run_paths() -> dict[str, tuple[int, str]]:
    """Run every path under callgrind and return its number of events and callgrind's output, by name."""
    return run_marked(HERE / "paths.py")


def run_marked(script: Path, *arguments: str) -> dict[str, tuple[int, str]]:
    """Run a script under callgrind that counts between marks, and return events and callgrind's output by mark.

    Parameters
    ----------
    script : Path
        Is given the path of the library with the marks, then the arguments; its last line is a JSON object of events by mark.
    *arguments : str

    Raises
    ------
    click.ClickException
        If valgrind (with its headers) or a C compiler is missing, or a path fails.
    """
    for tool, package in (("valgrind", "valgrind"), ("gcc", "gcc")):
        if shutil.which(tool) is None:
            raise click.ClickException(f"`{tool}` is needed: install it, e.g. `apt-get install {package}`")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "mark.so"
        built = subprocess.run(
            ["gcc", "-O1", "-shared", "-fPIC", "-o", str(library), str(HERE / "mark.c")], capture_output=True, text=True
        )
        if built.returncode:
            raise click.ClickException(f"cannot build mark.c, are valgrind's headers there?\n{built.stderr}")
        out = Path(folder) / "out"
        # One thread and a fixed hash seed: the same instructions every time
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
        command = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={out}"]
        done = subprocess.run(
            [*command, sys.executable, str(script), str(library), *arguments], capture_output=True, text=True, env=environment
        )
        if done.returncode:
            raise click.ClickException(f"counting failed:\n{done.stdout[-2_000:]}{done.stderr[-4_000:]}")
        events = json.loads(done.stdout.strip().splitlines()[-1])
        found = {}
        for part in Path(folder).glob("out.*"):
            text = part.read_text()
            name = re.search(r"^desc: Trigger: Client Request: (\w+)", text, re.M)
            if name and name[1] in events:
                found[name[1]] = (events[name[1]], text)
    missing = sorted(set(events) - set(found))
    if missing:
        raise click.ClickException(f"callgrind wrote nothing for {', '.join(missing)}")
    return {name: found[name] for name in events}


def compare(counts: dict[str, float], stored: dict[str, float]) -> dict[str, float]:
    """Return the growth of every path as a fraction.

    Raises
    ------
    click.ClickException
        If a path is counted and not stored, or stored and not counted.
    """
    if set(counts) != set(stored):
        odd = ", ".join(sorted(set(counts) ^ set(stored)))
        raise click.ClickException(f"counted and stored paths differ in {odd}: run with --update and commit counts.json")
    return {name: value / stored[name] - 1 for name, value in counts.items()}


@click.command()
@click.option("--update", is_flag=True, help="Store the counts instead of comparing with them.")
def main(update: bool) -> None:
    """Fail if a hot path needs more than 10 % more instructions per event than is stored."""
    counts = count()
    compiler = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    made_with = {"python": platform.python_version(), "gcc": compiler, "machine": platform.machine()}
    if update:
        rounded = {name: round(value, 1) for name, value in counts.items()}
        STORED.write_text(json.dumps({"made_with": made_with, "instructions_per_event": rounded}, indent=1) + "\n")
    stored = json.loads(STORED.read_text())
    if stored["made_with"] != made_with:
        click.echo(f"counts were stored with {stored['made_with']}, this is {made_with}: expect differences", err=True)
    click.echo("| path | instructions per event | stored | change |\n|---|---|---|---|")
    changes = compare(counts, stored["instructions_per_event"])
    for name, change in changes.items():
        click.echo(f"| {name} | {counts[name]:,.1f} | {stored['instructions_per_event'][name]:,.1f} | {change:+.1%} |")
    grown = [f"{name} {change:+.1%}" for name, change in changes.items() if change > TOLERANCE]
    if grown:
        raise click.ClickException(f"hot paths grew by more than {TOLERANCE:.0%}: {', '.join(grown)}")


if __name__ == "__main__":
    main()
