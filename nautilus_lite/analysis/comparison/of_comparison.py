"""What a comparison has to show on its page, each part made when it is first asked for; see `analysis.tearsheet.of_result`."""

# Fields of the base class are properties here, which mypy knows no way to allow
# mypy: disable-error-code="override"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nautilus_lite import __version__
from nautilus_lite.analysis.comparison.data import ComparisonData, queued

if TYPE_CHECKING:
    import pandas as pd


class WorldsData(ComparisonData):
    """The data of a `Comparison`: parameters as of `ComparisonData.of`, parts as of `ComparisonData`."""

    def __init__(self, comparison: Any, title: str | None = None, baseline: str | None = None) -> None:
        first = comparison.results[0]
        self._comparison = comparison
        self.title = title or f"{first.trader_id}: {len(comparison.results)} worlds compared"
        self.axis_names = list(comparison.axis_names)
        self.currency = str(first.reporting_currency)
        self.baseline = comparison.names[0] if baseline is None else comparison[baseline].name
        self.config = first.config
        self.run = {
            "Engine": f"nautilus_lite {__version__}",
            "Worlds": f"{len(comparison.results):,}",
            "Rows of data": f"{first.n_rows:,}",
            "Wall time, all worlds": f"{first.elapsed:,.3f} s",
        }

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.title!r}, {self.currency})"

    @cached_property
    def frame(self) -> pd.DataFrame:
        return self._comparison.frame()

    @cached_property
    def equity(self) -> pd.DataFrame:
        return self._comparison.equity()

    @cached_property
    def differences(self) -> pd.DataFrame | None:
        several = len(self._comparison.results) > 1
        return self._comparison.differences(self.baseline) if several and len(self.equity) > 1 else None

    @cached_property
    def queues(self) -> Mapping[str, pd.DataFrame]:
        results = self._comparison.results
        return {result.name: found for result in results if len(found := queued(result.orders_report()))}

    @cached_property
    def warnings(self) -> Sequence[str]:
        """The warnings of all worlds, each once; with the worlds that have it where not all do."""
        results = self._comparison.results
        having: dict[str, list[str]] = {}
        for result in results:
            for warning in result.warnings:
                having.setdefault(warning, []).append(result.name)
        return [
            warning if len(worlds) == len(results) else f"{warning} (in {', '.join(worlds)})"
            for warning, worlds in having.items()
        ]

    @cached_property
    def fingerprint(self) -> pd.DataFrame:
        return self._comparison.results[0].data_fingerprint()
