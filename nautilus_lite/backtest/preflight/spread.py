"""Rows to look at where not all are."""

from __future__ import annotations

import numpy as np


def spread(n: int, most: int) -> np.ndarray:
    """Return positions among `n` rows, at most so many, evenly from the first to the last.

    Parameters
    ----------
    n : int
    most : int

    Returns
    -------
    np.ndarray
        Of int64, ascending, none twice.
    """
    return np.linspace(0, n - 1, min(most, n)).astype(np.int64)
