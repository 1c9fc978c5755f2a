"""Figures of comparisons for notebooks, drawn from the same traces as the page."""

from __future__ import annotations

from typing import Any

from nautilus_lite.analysis.comparison import charts
from nautilus_lite.analysis.comparison.data import ComparisonData
from nautilus_lite.analysis.page.charts import figure_of


class ComparisonFigures:
    """Figures of a comparison. All return `plotly.graph_objects.Figure` and take `theme`, `light` or `dark`.

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    ValueError
        If the comparison has nothing of the kind, or there is no such theme.
    """

    def plot_equity(self, theme: str = "light") -> Any:
        """Return the net profit of every world over time."""
        return figure_of(charts.fan_chart(ComparisonData.of(self)), theme, "equity was not sampled")

    def plot_costs(self, theme: str = "light") -> Any:
        """Return what each world's net profit is made of, from gross to net."""
        return figure_of(charts.parts_chart(ComparisonData.of(self)), theme, "the money of the worlds is not known")

    def plot_differences(self, baseline: str | None = None, theme: str = "light") -> Any:
        """Return paired differences of net profit to a baseline, with confidence intervals.

        Parameters
        ----------
        baseline : str, optional
            Name of a world; the first by default.
        theme : {'light', 'dark'}
        """
        return figure_of(charts.forest_chart(ComparisonData.of(self, baseline=baseline)), theme, "there is no second world")

    def plot_heatmap(self, value: str = "net", index: str | None = None, columns: str | None = None, theme: str = "light") -> Any:
        """Return a column of the frame over two axes.

        Parameters
        ----------
        value : str
            Column of `frame()`.
        index, columns : str, optional
            Axes; by default the two that move net profit most.
        theme : {'light', 'dark'}
        """
        data = ComparisonData.of(self)
        for name in (index, columns):
            if name is not None and name not in data.axis_names:
                raise KeyError(f"no axis {name!r}, must be one of {', '.join(data.axis_names)}")
        if value not in data.frame:
            raise KeyError(f"no column {value!r}, must be one of {', '.join(data.frame.columns)}")
        return figure_of(charts.heat_chart(data, value, index, columns), theme, "fewer than two axes were compared")

    def plot_fill_probability(self, theme: str = "light") -> Any:
        """Return which share of orders filled, by the queue that they joined."""
        return figure_of(charts.queue_chart(ComparisonData.of(self)), theme, "too few orders rested behind a queue")
