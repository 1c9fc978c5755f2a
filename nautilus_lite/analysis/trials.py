"""The trials that a run was picked from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Trials:
    """The trials that a run was picked from.

    Parameters
    ----------
    count : int
        Number of independent trials, this run included; at least 1.
    variance : float
        Variance of their annualised Sharpe ratios.
    unrated : int, default 0
        How many of them have no Sharpe ratio, and no part in the variance: refused, or not known.
    """

    count: int
    variance: float
    unrated: int = 0

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"`count` must be >= 1, was {self.count}")
        if not self.variance >= 0.0:
            raise ValueError(f"`variance` must be >= 0, was {self.variance}")
        if not 0 <= self.unrated <= self.count:
            raise ValueError(f"`unrated` must be from 0 to `count` ({self.count}), was {self.unrated}")

    @classmethod
    def of(cls, sharpe_ratios: Sequence[float | None]) -> Trials:
        """Return the trials with the given annualised Sharpe ratios; None and NaN are trials without a figure.

        Parameters
        ----------
        sharpe_ratios : sequence of float or None
            One a trial. Those without a figure count as trials, but not for the variance.

        Raises
        ------
        TypeError
            If it is no sequence of numbers.
        """
        try:
            ratios = np.array([math.nan if ratio is None else ratio + 0.0 for ratio in sharpe_ratios], dtype=float)
        except TypeError as e:
            raise TypeError(
                "`trials` must be the annualised Sharpe ratios of all trials, as [0.8, None, 1.3], or Trials(count, variance), "
                f"was {sharpe_ratios!r}"
            ) from e
        known = ratios[~np.isnan(ratios)]
        return cls(len(ratios), float(known.var(ddof=1)) if len(known) > 1 else 0.0, len(ratios) - len(known))

    def __str__(self) -> str:
        unrated = f", {self.unrated} of them without a Sharpe ratio," if self.unrated else ""
        return f"{self.count} trials{unrated} with a variance of {self.variance:.4g}"
