"""Exchange rates of a run, as its equity was converted with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np


class RateTable:
    """Rates of each currency that an account held into the reporting currency, over time.

    Parameters
    ----------
    samples : ndarray
        Structured, as of `total_equity`: `ts`, `slot`, `rate`.
    slots : sequence of (AccountId, Currency)
    """

    def __init__(self, samples: np.ndarray | None = None, slots: Sequence[tuple[Any, Any]] = ()) -> None:
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        if samples is None:
            return
        for code in {str(currency) for _, currency in slots}:
            chosen = np.isin(samples["slot"], [i for i, (_, currency) in enumerate(slots) if str(currency) == code])
            # A slot that holds nothing needs no rate and may have none
            rated = chosen & (samples["rate"] > 0.0)
            self._known[code] = samples["ts"][rated].astype(np.int64), samples["rate"][rated]

    def at(self, currency: Any, times: np.ndarray) -> np.ndarray:
        """Return the last rate at or before each time, NaN where none was known.

        Parameters
        ----------
        currency : Currency
        times : ndarray of int64
            UNIX nanoseconds.
        """
        known, rates = self._known.get(str(currency), (np.zeros(0, dtype=np.int64), np.zeros(0)))
        place = known.searchsorted(times, side="right")
        # The place before the first rate holds what is not known
        return np.concatenate([[math.nan], rates])[place]


def rate_opening(samples: np.ndarray, slots: Sequence[tuple[Any, Any]]) -> np.ndarray:
    """Return the samples with the first known rate of each currency at their first time, where none was known yet.

    The opening balance is taken before the first row of data, from which rates come. Without this no profit could be told
    of an account in several currencies.

    Parameters
    ----------
    samples : ndarray
        Structured, in order of time, as of `total_equity`.
    slots : sequence of (AccountId, Currency)

    Returns
    -------
    ndarray
        The same array where nothing was missing, or nothing ever came to be known.
    """
    if not len(samples):
        return samples
    opening = np.flatnonzero((samples["ts"] == samples["ts"][0]) & np.isnan(samples["rate"]))
    if not len(opening):
        return samples
    rated = samples.copy()
    codes = np.array([str(currency) for _, currency in slots])
    of_sample = codes[samples["slot"]]
    for i in opening:
        known = np.flatnonzero((of_sample == of_sample[i]) & (samples["rate"] > 0.0))
        if len(known):
            rated["rate"][i] = samples["rate"][known[0]]
    return rated
