"""A comparison to a folder and back: one saved result a world, and a file that says which is which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nautilus_lite.backtest.saved.folder import WholeFolder, read_manifest
from nautilus_lite.backtest.saved.results import load_result, save_result

MANIFEST = "comparison.json"
KIND = "comparison"


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
    folder = WholeFolder(path, KIND, MANIFEST, overwrite)
    try:
        worlds = [f"world-{i:03d}" for i in range(len(comparison))]
        for name, result in zip(worlds, comparison.results, strict=True):
            save_result(result, folder.made / name)
        return folder.finish({"worlds": worlds, "axes": comparison.axes})
    except BaseException:
        folder.abandon()
        raise


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
    values = read_manifest(path, KIND, MANIFEST, "worlds", "axes")
    return [load_result(Path(path) / name) for name in values["worlds"]], values["axes"]
