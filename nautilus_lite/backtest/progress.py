"""A progress bar where one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def progress_bar(total: int | None, shown: bool) -> Iterator[Callable[[int], Any] | None]:
    """Give what is to be told the number of rows just replayed; None without a bar.

    Parameters
    ----------
    total : int, optional
        Rows to come, where known.
    shown : bool
    """
    if not shown:
        yield None
        return
    # Imported where it is used: in a notebook without widgets the import alone prints a warning
    from tqdm.auto import tqdm

    with tqdm(total=total, unit="row", unit_scale=True) as bar:
        yield bar.update
