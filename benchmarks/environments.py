"""Make the environments of the peers: one each, versions pinned. See README.md."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click

# Name of the runner -> what its environment holds, and the least Python it needs
PEERS = {
    "nt2": (["nautilus_trader==2.0.0rc7", "numpy==2.5.5"], (3, 12)),
    "nt1": (["nautilus_trader==1.231.0", "numpy==2.5.5"], (3, 12)),
    "hft": (["hftbacktest==2.4.4"], (3, 11)),
    "vectorised": (["vectorbt==1.2.0"], (3, 11)),
}


def python_for(least: tuple[int, int], newer: str | None) -> str:
    """Return an interpreter that is new enough: this one, the given one, or one on the path."""
    if sys.version_info[:2] >= least:
        return sys.executable
    for name in filter(None, (newer, "python3.13", "python3.12")):
        found = shutil.which(name)
        if found:
            return found
    raise click.ClickException(f"no Python {least[0]}.{least[1]} or newer found: name one with --python")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--python", "newer", help="Interpreter for peers that need a newer Python than this one.")
@click.option("--only", multiple=True, type=click.Choice(sorted(PEERS)), help="Only these; several times.")
def main(folder: Path, newer: str | None, only: tuple[str, ...]) -> None:
    """Make environments in FOLDER, one folder a peer; what is there already stays."""
    for name, (packages, least) in PEERS.items():
        home = folder / name
        if (only and name not in only) or (home / "bin" / "python").exists():
            continue
        subprocess.run([python_for(least, newer), "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--pre", *packages], check=True)
        click.echo(f"{name}: {home}")


if __name__ == "__main__":
    main()
