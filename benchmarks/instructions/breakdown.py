"""Print where the instructions of each hot path go: per event, by compiled module or library. See ../README.md."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click
from guard import run_paths


def by_library(text: str) -> Counter[str]:
    """Return instructions by the library whose code they are, from callgrind's output."""
    names: dict[str, str] = {}
    spent: Counter[str] = Counter()
    library = "?"
    inclusive = False
    for line in text.splitlines():
        if line.startswith("ob="):
            number, _, path = line[3:].partition(" ")
            names.setdefault(number, path)
            library = names[number]
        elif line.startswith("cob="):
            number, _, path = line[4:].partition(" ")
            names.setdefault(number, path)
        elif line.startswith("calls="):
            # The next line is the cost of what was called, counted where it was spent
            inclusive = True
        elif re.match(r"[-+*\d]", line):
            if not inclusive:
                spent[library] += int(line.split()[1])
            inclusive = False
    return spent


def title(path: str) -> str:
    """Return a readable name of a library: our modules by their dotted path."""
    found = re.search(r"nautilus_lite/(.*?)\.cpython", path)
    if found:
        return "ours: " + found[1].replace("/", ".")
    return Path(path).name.partition(".")[0]


@click.command()
@click.option("--path", "chosen", multiple=True, help="Only these paths; several times.")
@click.option("--top", default=10, show_default=True, help="Lines a path; the rest is summed up.")
def main(chosen: tuple[str, ...], top: int) -> None:
    """Print instructions per event by library."""
    for name, (events, text) in run_paths().items():
        if chosen and name not in chosen:
            continue
        spent: Counter[str] = Counter()
        for path, instructions in by_library(text).items():
            spent[title(path)] += instructions
        total = sum(spent.values())
        click.echo(f"\n{name}: {total / events:,.0f} instructions per event\n\n| where | instructions | share |\n|---|---|---|")
        shown = spent.most_common(top)
        shown.append(("the rest", total - sum(value for _, value in shown)))
        for where, instructions in shown:
            click.echo(f"| {where} | {instructions / events:,.0f} | {instructions / total:.0%} |")


if __name__ == "__main__":
    main()
