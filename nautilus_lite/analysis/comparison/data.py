"""What the page of a comparison is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.tearsheet.data import STEPS
from nautilus_lite.model.objects import Currency

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class ComparisonData:
    """Everything that the page of a comparison shows, as plain data.

    Parameters
    ----------
    title : str
    frame : DataFrame
        One row a world, as of `Comparison.frame`.
    axis_names : sequence of str
        Its columns that were compared.
    equity : DataFrame
        One column a world, indexed by UTC time, in `currency`.
    differences : DataFrame, optional
        One row a world against the baseline, as of `analysis.differences`.
    baseline : str
    currency : str
    queues : mapping of str to DataFrame
        By world, of every order that rested behind a queue: `queue_ahead` and `filled` (share of its quantity).
    warnings : sequence of str
    config : mapping
    fingerprint : DataFrame, optional
    run : mapping of str to str
        Facts, one a line.
    """

    title: str
    frame: pd.DataFrame
    axis_names: Sequence[str]
    equity: pd.DataFrame
    currency: str
    baseline: str
    differences: pd.DataFrame | None = None
    queues: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: pd.DataFrame | None = None
    run: Mapping[str, str] = field(default_factory=dict)

    @property
    def precision(self) -> int:
        """Digits of the currency."""
        return Currency.from_str(self.currency).precision

    @property
    def names(self) -> list[str]:
        """Names of the worlds."""
        return [str(name) for name in self.frame.index]

    @cached_property
    def net(self) -> pd.Series:
        """Net profit of each world whose money is known."""
        return self.frame["net"].dropna()

    @cached_property
    def effects(self) -> dict[str, float]:
        """By axis how far apart its models lie: highest less lowest mean net profit over the worlds of each, largest first."""
        found = {}
        for axis in self.axis_names:
            means = self.frame.groupby(axis, observed=True)["net"].mean().dropna()
            if len(means) > 1:
                found[axis] = float(means.max() - means.min())
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    @property
    def varied(self) -> list[str]:
        """Axes with several models."""
        return [axis for axis in self.axis_names if self.frame[axis].nunique() > 1]

    def steps(self, world: str) -> list[tuple[str, float]]:
        """Return from paper to net of a world; steps that took nothing in any world are left out."""
        return [(label, float(self.parts[label].loc[world])) for label in self.parts.columns]

    @cached_property
    def parts(self) -> pd.DataFrame:
        """One row a world, one column a step that is something in one of them."""
        import pandas as pd

        columns = {label: self.frame[list(parts)].sum(axis=1, skipna=False) for label, parts in STEPS}
        table = pd.DataFrame(columns)
        keep = [label for i, label in enumerate(table) if i == 0 or np.nan_to_num(table[label].to_numpy(dtype=float)).any()]
        return table[keep]

    @classmethod
    def of(cls, comparison: Any, title: str | None = None, baseline: str | None = None) -> ComparisonData:
        """Return what a `Comparison` has to show; each part is made when it is first asked for.

        Parameters
        ----------
        comparison : Comparison
        title : str, optional
        baseline : str, optional
            World that the others are compared with; the first by default.
        """
        from nautilus_lite.analysis.comparison.of_comparison import WorldsData

        return WorldsData(comparison, title, baseline)


def queued(orders: pd.DataFrame) -> pd.DataFrame:
    """Return queue and filled share of every order that rested behind a queue and is closed.

    Parameters
    ----------
    orders : DataFrame
        As of `ReportProvider.generate_orders_report`.
    """
    import pandas as pd

    if "queue_ahead" not in orders:
        return pd.DataFrame({"queue_ahead": [], "filled": []})
    rested = orders[orders["queue_ahead"].notna() & orders["ts_closed"].notna()]
    filled = rested["filled_qty"].to_numpy(dtype=float) / rested["quantity"].to_numpy(dtype=float)
    return pd.DataFrame({"queue_ahead": rested["queue_ahead"].to_numpy(dtype=float), "filled": filled})
