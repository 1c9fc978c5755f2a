"""A comparison to a folder and back: one saved result a world, and a file that says which is which."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from nautilus_lite import __version__
from nautilus_lite.backtest.saved.folder import FORMAT
from nautilus_lite.backtest.saved.results import load_result, save_result
from nautilus_lite.errors import ResultError

MANIFEST = "comparison.json"


def save_comparison(comparison: Any, path: str | Path, overwrite: bool = False) -> Path:
    """Write a comparison to a folder, whole or not at all, and return the folder.

    Parameters
    ----------
    comparison : Comparison
    path : str or Path
    overwrite : bool, default False
        Whether a comparison that was saved there before gives way.

    Raises
    ------
    ResultError
        If something is there that must stay.
    """
    folder = Path(path)
    if folder.exists():
        if not (folder / MANIFEST).is_file():
            raise ResultError(f"cannot save a comparison to {folder}: something else is there, name another folder")
        if not overwrite:
            raise ResultError(f"a comparison was saved to {folder} before: name another folder, or pass `overwrite=True`")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        worlds = [f"world-{i:03d}" for i in range(len(comparison))]
        for name, result in zip(worlds, comparison.results, strict=True):
            save_result(result, made / name)
        values = {"format": FORMAT, "version": __version__, "worlds": worlds, "axes": comparison.axes}
        (made / MANIFEST).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
        os.chmod(made, 0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
            os.replace(folder, old / "comparison")
            os.replace(made, folder)
            shutil.rmtree(old)
        else:
            os.replace(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return folder


def load_comparison(path: str | Path) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the fields of every result of a saved comparison, and its axes.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ResultError
        If no comparison is there, it is of a later format, or its files are missing or damaged.
    """
    folder = Path(path)
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise ResultError(f"no saved comparison at {folder}: there is no {MANIFEST}")
    try:
        values = json.loads(manifest.read_text(encoding="utf-8"))
        written, version, worlds, axes = (values[name] for name in ("format", "version", "worlds", "axes"))
    except (ValueError, KeyError) as error:
        raise ResultError(f"the saved comparison at {folder} is damaged: {MANIFEST} cannot be read ({error})") from error
    if written > FORMAT:
        raise ResultError(
            f"the comparison at {folder} was saved by nautilus_lite {version} in format {written}, this version ({__version__}) "
            f"reads up to format {FORMAT}: upgrade nautilus_lite"
        )
    return [load_result(folder / name) for name in worlds], axes
