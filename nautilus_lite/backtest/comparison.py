"""What a comparison found out: one result a world, and how they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nautilus_lite.analysis import comparison
from nautilus_lite.analysis.attribution import COLUMNS, attribution_frame
from nautilus_lite.analysis.comparison.figures import ComparisonFigures
from nautilus_lite.analysis.differences import differences
from nautilus_lite.analysis.execution import fill_costs, measure, terms_of, traded
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.core.nearest import nearest

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.attribution import Attribution
    from nautilus_lite.common.config import ImportableConfig

FEE_AXIS = "fee_model"
MONEY = COLUMNS
"""Columns of the frame that are amounts of the reporting currency, from paper to net; see `analysis.attribution`."""


@dataclass
class Comparison(ComparisonFigures):
    """Results of a comparison, one a world.

    Parameters
    ----------
    results : list of BacktestResult
        One or more, of different names.
    axes : list of dict of str to str
        For every world which model stands on which axis, by name: `fill_model`, `queue_model`, `fee_model`,
        `latency_model`, `bar_path`, `strategies`; only those that were compared.
    """

    results: list[BacktestResult]
    axes: list[dict[str, str]] = field(default_factory=list)
    _frame: pd.DataFrame | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.results:
            raise ValueError("`results` is empty, a comparison needs at least one world")
        twice = [name for name, count in Counter(self.names).items() if count > 1]
        if twice:
            raise ValueError(f"worlds must have different names, {', '.join(map(repr, twice))} is there more than once")
        if self.axes and len(self.axes) != len(self.results):
            raise ValueError(f"`axes` must have one entry a world, has {len(self.axes)} for {len(self.results)} worlds")

    @property
    def names(self) -> list[str]:
        """Names of the worlds: their models' names, joined by ` / `."""
        return [result.name for result in self.results]

    @property
    def axis_names(self) -> list[str]:
        """Names of the axes, in order."""
        return list(self.axes[0]) if self.axes else []

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, name: str) -> BacktestResult:
        for result in self.results:
            if result.name == name:
                return result
        near = nearest(name, self.names)
        hint = f", did you mean {near!r}?" if near else ""
        raise KeyError(f"no world named {name!r}{hint} (there are: {', '.join(self.names)})")

    def frame(self) -> pd.DataFrame:
        """Return one row a world.

        Returns
        -------
        DataFrame
            Indexed by `world`. First the axes, categories in the order given. Then amounts in the reporting currency, signed as
            money: `paper`, `delay`, `spread`, `unsplit`, `unmeasured`, `gross`, `fees`, `rebates`, `funding`, `adjustments`,
            `net`, as of `analysis.attribution`; what is in another currency counts at the last rate of the run, NaN where none
            was known. `sharpe` and `max_drawdown` as of the statistics, NaN where they are refused. Then the measures of
            execution, as of `analysis.execution.measure`, and the `digest`.
        """
        import pandas as pd

        if self._frame is None:
            rows = [_row(result) for result in self.results]
            frame = pd.DataFrame(rows, index=pd.Index(self.names, name="world"))
            for place, axis in enumerate(self.axis_names):
                labels = [axes[axis] for axes in self.axes]
                frame.insert(place, axis, pd.Series(pd.Categorical(labels, list(dict.fromkeys(labels))), frame.index))
            self._frame = frame
        return self._frame.copy()

    def differences(
        self,
        baseline: str | None = None,
        freq: str | None = None,
        level: float = 0.95,
        block: float | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """Return what each world made more than a baseline, with confidence intervals by block bootstrap.

        Parameters
        ----------
        baseline : str, optional
            Name of a world; the first by default.
        freq, level, block, seed
            As of `analysis.differences.differences`, which also tells the columns.

        Notes
        -----
        Sharpe ratios are made as those of the first world's statistics: its days in a year, day boundary and risk-free rate.
        """
        name = self.names[0] if baseline is None else self[baseline].name
        equities = {result.name: result.equity() for result in self.results}
        return differences(equities, name, freq, level, block, seed, self.results[0].statistics_settings)

    def attribution(self) -> pd.DataFrame:
        """Return from paper to net, one row a world and currency, in units of each currency; see `analysis.attribution`."""
        import pandas as pd

        return pd.concat({result.name: result.attribution() for result in self.results}, names=["world"])

    def execution_quality(self, by: Sequence[str] = ()) -> pd.DataFrame:
        """Return measures of execution, one row a world and group; see `BacktestResult.execution_quality`."""
        import pandas as pd

        return pd.concat({result.name: result.execution_quality(by) for result in self.results}, names=["world"])

    def equity(self) -> pd.DataFrame:
        """Return mark-to-market equity in the reporting currency, one column a world."""
        import pandas as pd

        columns = {}
        for result in self.results:
            equity = result.equity()
            columns[result.name] = equity[~equity.index.duplicated(keep="last")]
        return pd.DataFrame(columns)

    def pivot(
        self, value: str, index: str, columns: str, aggregate: Literal["mean", "min", "max", "sum"] = "mean"
    ) -> pd.DataFrame:
        """Return one column of the frame over two axes, for a heat map.

        Parameters
        ----------
        value : str
            A column of `frame()`.
        index, columns : str
            Axes.
        aggregate : {'mean', 'min', 'max', 'sum'}, default 'mean'
            How worlds that differ in other axes are put together.
        """
        frame = self.frame()
        for name, known in ((index, self.axis_names), (columns, self.axis_names), (value, list(frame.columns))):
            if name not in known:
                raise KeyError(f"no column {name!r}, must be one of {', '.join(known)}")
        return frame.pivot_table(value, index, columns, aggfunc=aggregate, observed=False, sort=False)

    def reprice(self, fee_models: Mapping[str, ImportableConfig]) -> Comparison:
        """Return worlds under other fees without running again.

        Parameters
        ----------
        fee_models : mapping of str to ImportableConfig
            By name. Every world gives one for each; where fee models were compared already, the worlds of the first of them do.

        Returns
        -------
        Comparison
            Its results have no digest; their warnings say where cash may have bound. See `backtest.reprice`.
        """
        from nautilus_lite.backtest.reprice import reprice

        results, axes = [], []
        first = self.axes[0].get(FEE_AXIS) if self.axes else None
        for result, labels in zip(self.results, self.axes or [{}] * len(self), strict=True):
            if labels.get(FEE_AXIS) != first:
                continue
            for label, model in fee_models.items():
                named = dict(labels) if FEE_AXIS in labels else _with_fees(labels, label)
                named[FEE_AXIS] = label
                axes.append(named)
                results.append(reprice(result, model, " / ".join(named.values())))
        return Comparison(results, axes)

    def to_html(self, path: str, title: str | None = None, baseline: str | None = None, theme: str = "auto") -> str:
        """Write the page of the comparison, a single HTML file that needs no network, and return its path.

        Needs the `viz` extra.

        Parameters
        ----------
        path : str
            Written whole or not at all; a file that exists is replaced.
        title : str, optional
        baseline : str, optional
            World that the others are compared with; the first by default.
        theme : {'auto', 'light', 'dark'}
            `auto` follows the reader's system.
        """
        return comparison.write_comparison(path, comparison.ComparisonData.of(self, title, baseline), theme)

    def to_png(
        self,
        path: str,
        title: str | None = None,
        baseline: str | None = None,
        theme: str = "light",
        width: int = 1280,
        scale: float = 2.0,
    ) -> str:
        """Write the page as a picture and return its path; see `BacktestResult.to_png`."""
        return comparison.write_comparison_image(path, comparison.ComparisonData.of(self, title, baseline), theme, width, scale)

    def save(self, path: str | Path, overwrite: bool = False) -> Path:
        """Save every result and the axes to a folder, whole or not at all, and return it.

        Parameters
        ----------
        path : str or Path
        overwrite : bool, default False
            Whether a comparison that was saved there before gives way.

        Raises
        ------
        ResultError
            If something is there that must stay.
        """
        from nautilus_lite.backtest.saved.comparisons import save_comparison

        return save_comparison(self, path, overwrite)

    @classmethod
    def load(cls, path: str | Path) -> Comparison:
        """Return a saved comparison: the same frames and differences; see `BacktestResult.load`.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        ResultError
            If no comparison is there, it is of a later format, or its files are missing or damaged.
        """
        from nautilus_lite.backtest.saved.comparisons import load_comparison

        fields, axes = load_comparison(path)
        return cls([BacktestResult(**values) for values in fields], axes)

    def _repr_html_(self) -> str:
        import html

        compared = html.escape(", ".join(self.axis_names) or "nothing")
        head = f"<p><b>{len(self)} worlds</b> over one pass · compared: {compared}</p>"
        return head + self.frame().to_html(escape=True, na_rep="", float_format="{:,.4f}".format)


def _with_fees(labels: dict[str, str], label: str) -> dict[str, str]:
    """Return labels with a place for the fee model, after those of fills and queues as `compare` has it."""
    before = {axis: labels[axis] for axis in ("fill_model", "queue_model") if axis in labels}
    return {**before, FEE_AXIS: label, **{axis: name for axis, name in labels.items() if axis not in before}}


def _row(result: BacktestResult) -> dict[str, Any]:
    """Return the measures of one world."""
    terms = terms_of([position.instrument for position in (*result.positions, *result.snapshots)])
    orders, fills = result.orders_report(), traded(result.fills_report())
    return {
        **_money(result),
        "sharpe": _number(result.stat("Sharpe Ratio")),
        "max_drawdown": _number(result.stat("Max Drawdown")),
        **measure(orders, fills, fill_costs(fills, terms)),
        "digest": result.digest,
    }


def _money(result: BacktestResult) -> dict[str, float]:
    """Return the parts of the PnL in the reporting currency."""
    if not len(result.equity_samples):
        return dict.fromkeys(MONEY, np.nan)
    entries = result.attributed()
    frame = attribution_frame(entries)[list(MONEY)]
    rates = [_last_rate(result, entry) for entry in entries]
    # Nothing needs no rate
    amounts = np.where(frame.to_numpy() == 0.0, 0.0, frame.to_numpy() * np.array(rates, dtype=float)[:, None])
    return dict(zip(MONEY, map(float, amounts.sum(axis=0)), strict=True))


def _last_rate(result: BacktestResult, entry: Attribution) -> float:
    """Return what one unit of a currency was last worth; a rate of zero stands for an empty balance."""
    if str(entry.currency) == result.reporting_currency:
        return 1.0
    samples = result.equity_samples
    of_currency = [i for i, (_, currency) in enumerate(result.equity_slots) if currency == entry.currency]
    rates = samples["rate"][np.isin(samples["slot"], of_currency)]
    rates = rates[rates != 0.0]
    return float(rates[-1]) if len(rates) else np.nan


def _number(value: float | None) -> float:
    return np.nan if value is None else value
