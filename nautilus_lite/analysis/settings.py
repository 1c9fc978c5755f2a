"""The choices that figures depend on, each of them printed with the figures."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

from nautilus_lite.analysis.benchmark import Benchmark
from nautilus_lite.analysis.days import DayBoundary
from nautilus_lite.analysis.equity import BUSINESS_DAYS, CALENDAR_DAYS
from nautilus_lite.analysis.trials import Trials


@dataclass(frozen=True, slots=True)
class StatisticsSettings:
    """What the figures of a run are made with.

    Parameters
    ----------
    days_per_year : {252, 365}, optional
        Daily returns in a year; by default 365 if equity moved on a Saturday, else 252.
    risk_free_rate : float, default 0.0
        A year, as a fraction.
    day_boundary : DayBoundary
        Where days end.
    benchmark : Benchmark, optional
    trials : Trials, optional
        The trials that the run was picked from, for the deflated Sharpe ratio.
    """

    days_per_year: int | None = None
    risk_free_rate: float = 0.0
    day_boundary: DayBoundary = DayBoundary()
    benchmark: Benchmark | None = None
    trials: Trials | None = None

    def __post_init__(self) -> None:
        if self.days_per_year not in (None, BUSINESS_DAYS, CALENDAR_DAYS):
            raise ValueError(f"`days_per_year` must be {BUSINESS_DAYS} or {CALENDAR_DAYS}, was {self.days_per_year!r}")
        rate = self.risk_free_rate
        if not isinstance(rate, Real):
            raise TypeError(f"`risk_free_rate` must be a number, a fraction a year (0.02 is 2 %), was {rate!r}")
        if not -1.0 < rate < 10.0:
            raise ValueError(f"`risk_free_rate` must be a fraction a year (0.02 is 2 %), was {rate!r}")

    @classmethod
    def of(
        cls,
        days_per_year: int | None = None,
        risk_free_rate: float = 0.0,
        day_boundary: str | DayBoundary = "UTC",
        benchmark: Any = None,
        trials: Any = None,
    ) -> StatisticsSettings:
        """Return settings made of what a user gives.

        Parameters
        ----------
        days_per_year : {252, 365}, optional
        risk_free_rate : float, default 0.0
        day_boundary : str or DayBoundary, default 'UTC'
            As `Europe/London` or `17:00 America/New_York`.
        benchmark : Series or Benchmark, optional
            Prices or returns.
        trials : Trials or sequence of float, optional
            A sequence has the annualised Sharpe ratio of every trial, this run's included.
        """
        border = day_boundary if isinstance(day_boundary, DayBoundary) else DayBoundary.parse(day_boundary)
        picked = trials if trials is None or isinstance(trials, Trials) else Trials.of(trials)
        return cls(days_per_year, risk_free_rate, border, None if benchmark is None else Benchmark.of(benchmark), picked)
