"""A benchmark brought onto the days of a run: the same day boundary, the same days, no value from the future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.days import DAY_NS, DayBoundary
from nautilus_lite.analysis.equity import ns_index

if TYPE_CHECKING:
    import pandas as pd

_MIN_COVERAGE = 0.5
"""Part of the days on which a benchmark must have a new value: a monthly one would stand still on the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Benchmark:
    """What a run is compared with.

    Parameters
    ----------
    values : Series
        Indexed by time; without a time zone it is UTC. Where every index value is a midnight they are dates: each
        stands for the whole of its day. Else they are instants.
    kind : {'prices', 'returns'}
        Levels of a price or an index, or simple returns as fractions, each since the value before.
    name : str
    """

    values: pd.Series
    kind: str
    name: str

    @classmethod
    def of(cls, given: Any) -> Benchmark:
        """Return a benchmark made of a series; where every value is above zero they are prices, else returns.

        Parameters
        ----------
        given : Series or Benchmark
            A `Benchmark` is returned as it is: returns that never fall are to be named as such.

        Raises
        ------
        TypeError
            If it is neither, or not indexed by time.
        ValueError
            If it has no values.
        """
        if isinstance(given, cls):
            return given
        check_series(given, "benchmark", "a pandas Series or a Benchmark")
        known = given.dropna()
        if known.empty:
            raise ValueError("`benchmark` has no values")
        name = "benchmark" if given.name is None else str(given.name)
        return cls(given, "prices" if bool((known > 0).all()) else "returns", name)

    def __post_init__(self) -> None:
        if self.kind not in ("prices", "returns"):
            raise ValueError(f"`kind` must be 'prices' or 'returns', was {self.kind!r}")


def check_series(given: Any, name: str, wanted: str = "a pandas Series") -> None:
    """Raise TypeError where what a user gives as `name` is no series indexed by time."""
    import pandas as pd

    if not isinstance(given, pd.Series):
        raise TypeError(f"`{name}` must be {wanted}, was {type(given).__name__}")
    if not isinstance(given.index, pd.DatetimeIndex):
        raise TypeError(f"`{name}` must be indexed by time (DatetimeIndex), was {type(given.index).__name__}")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Returns of a run and of its benchmark on the days they have in common.

    Parameters
    ----------
    own, other : ndarray of float
        Daily returns of equal length.
    note : str
        What was compared, for a convention.
    why : str, optional
        Reason why they cannot be compared.
    """

    own: np.ndarray
    other: np.ndarray
    note: str
    why: str | None = None


def align(benchmark: Benchmark, returns: pd.Series, opening_ns: int, boundary: DayBoundary) -> Aligned:
    """Return the daily returns of a run and of a benchmark on the days they have in common.

    Parameters
    ----------
    benchmark : Benchmark
    returns : Series
        Daily returns of the run, labelled by day; what the benchmark did between two of them belongs to the second.
    opening_ns : int
        Time of the opening balance (UNIX ns), from which the first day is measured.
    boundary : DayBoundary
        Where the days of the run end.
    """
    days = ns_index(returns).asi8 // DAY_NS
    when, at, values, are_dates = _levels(benchmark, boundary)
    none = np.zeros(0)
    kind = f"benchmark {benchmark.name} ({benchmark.kind})"
    if not len(days):
        return Aligned(none, none, kind, "the run has no daily returns")
    place = np.searchsorted(when, days, side="right") - 1
    if are_dates:
        first = int(np.searchsorted(when, days[0] - 1, side="right")) - 1
    else:
        first = int(np.searchsorted(at, opening_ns, side="right")) - 1
    before = np.concatenate([[first], place[:-1]])
    both = (before >= 0) & (days <= when[-1])
    note = f"{kind}, {int(both.sum())} of {len(days)} days in common"
    if not both.any():
        return Aligned(none, none, note, f"the benchmark has {_span(when)}, the run {_span(days)}: no day in common")
    moved = float((place[both] > before[both]).mean())
    if moved < _MIN_COVERAGE:
        why = f"the benchmark has a value on {moved:.0%} of the days only, needs {_MIN_COVERAGE:.0%}"
        return Aligned(none, none, note, why)
    with np.errstate(divide="ignore", invalid="ignore"):
        base = values[before[both]]
        other = np.where(base > 0.0, values[place[both]] / base - 1.0, np.nan)
    return Aligned(returns.to_numpy(dtype=float)[both], other, note)


def _levels(benchmark: Benchmark, boundary: DayBoundary) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Return day, instant and level of every value in order of time, and if they are dates."""
    known = benchmark.values.dropna().sort_index(kind="stable")
    index = ns_index(known)
    values = known.to_numpy(dtype=float)
    are_dates = bool((index == index.normalize()).all())
    if are_dates:
        when = index.tz_localize(None).asi8 // DAY_NS
        at = when * DAY_NS
    else:
        at = (index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")).asi8
        when = boundary.days(at - 1)
    if benchmark.kind == "returns":
        # The first return needs a level to start from, just before
        values = np.concatenate([[1.0], np.cumprod(1.0 + values)])
        when, at = np.concatenate([[when[0] - 1], when]), np.concatenate([[at[0] - DAY_NS], at])
    return when, at, values, are_dates


def _span(days: np.ndarray) -> str:
    first, last = days[[0, -1]].astype("M8[D]")
    return f"{first} to {last}"
