"""What the statistics of a saved run were made with, and a user's own statistics by their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nautilus_lite.analysis.benchmark import Benchmark
from nautilus_lite.analysis.own import PortfolioStatistic, registered_statistics
from nautilus_lite.analysis.settings import StatisticsSettings
from nautilus_lite.analysis.trials import Trials

if TYPE_CHECKING:
    from nautilus_lite.backtest.saved.folder import ResultReader, ResultWriter

OWN_GROUP = "Own"
METHODS = {
    "of daily returns": "calculate_from_returns",
    "of realised PnL of trades": "calculate_from_realized_pnls",
    "of orders": "calculate_from_orders",
    "of positions": "calculate_from_positions",
}
"""Method of a user's own statistic by what its convention says."""


class SavedStatistic(PortfolioStatistic):
    """A user's own statistic as it was; the code that made it is not saved.

    Parameters
    ----------
    told : dict
        Name, value, unit, convention and why, as of `StatValue`.
    """

    def __init__(self, told: dict[str, Any]) -> None:
        of_what = told["convention"].split(", ", 1)[1]
        value = told["value"]
        if value is None:
            # Refused before: what it was stands in the reason
            value = float(told["why"].removeprefix("gave ")) if told["why"].startswith("gave ") else _Refused(told["why"])
        self._name = told["name"]
        setattr(self, METHODS[of_what], lambda _: value)

    @property
    def name(self) -> str:
        """The name under which the value is listed."""
        return str(self._name)


class _Refused:
    """Something that is no number, and looks as it did."""

    def __init__(self, why: str) -> None:
        self._text = why.removeprefix("not a number, was ")

    def __repr__(self) -> str:
        return self._text


def own_statistics(told: list[dict[str, Any]]) -> list[PortfolioStatistic]:
    """Return a user's own statistics among saved ones, but those that are registered in this process.

    Parameters
    ----------
    told : list of dict
        Every saved statistic.
    """
    here = {statistic.name for statistic in registered_statistics()}
    found: list[PortfolioStatistic] = []
    for stat in told:
        if stat["group"] == OWN_GROUP and stat["name"] not in here:
            # The class's name is part of what a reader sees
            kind = type(stat["convention"].split(", ", 1)[0], (SavedStatistic,), {"unit": stat["unit"]})
            found.append(kind(stat))
    return found


def write_settings(writer: ResultWriter, settings: StatisticsSettings) -> dict[str, Any]:
    """Write the benchmark to a file, and return the rest as plain values.

    Parameters
    ----------
    writer : ResultWriter
    settings : StatisticsSettings
    """
    benchmark, trials = settings.benchmark, settings.trials
    if benchmark is not None:
        frame = benchmark.values.rename("value").rename_axis("time").to_frame()
        writer.frame("state/benchmark", frame)
    return {
        "days_per_year": settings.days_per_year,
        "risk_free_rate": settings.risk_free_rate,
        "day_boundary": str(settings.day_boundary),
        "benchmark": None if benchmark is None else {"kind": benchmark.kind, "name": benchmark.name},
        "trials": None if trials is None else {"count": trials.count, "variance": trials.variance, "unrated": trials.unrated},
    }


def read_settings(reader: ResultReader, told: dict[str, Any]) -> StatisticsSettings:
    """Return the settings of a saved run.

    Parameters
    ----------
    reader : ResultReader
    told : dict
        As of `write_settings`.
    """
    benchmark = None
    if told["benchmark"] is not None:
        values = reader.frame("state/benchmark")["value"].rename(told["benchmark"]["name"])
        benchmark = Benchmark(values, told["benchmark"]["kind"], told["benchmark"]["name"])
    trials = None if told["trials"] is None else Trials(**told["trials"])
    return StatisticsSettings.of(told["days_per_year"], told["risk_free_rate"], told["day_boundary"], benchmark, trials)
