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
    """

    count: int
    variance: float

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"`count` must be >= 1, was {self.count}")
        if not self.variance >= 0.0:
            raise ValueError(f"`variance` must be >= 0, was {self.variance}")

    @classmethod
    def of(cls, sharpe_ratios: Sequence[float | None]) -> Trials:
        """Return the trials with the given annualised Sharpe ratios; None and NaN are trials without a figure.

        Parameters
        ----------
        sharpe_ratios : sequence of float or None
            One a trial. Those without a figure count as trials, but not for the variance.
        """
        known = np.array([value for value in sharpe_ratios if value is not None and not math.isnan(value)], dtype=float)
        return cls(len(sharpe_ratios), float(known.var(ddof=1)) if len(known) > 1 else 0.0)
