"""Figures of comparisons for notebooks, drawn from the same traces as the page; see `analysis.tearsheet.figures`."""

from __future__ import annotations

from typing import Any

from nautilus_lite import analysis
from nautilus_lite.analysis import comparison


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
        return _figure(comparison.charts.fan_chart(_data(self)), theme, "equity was not sampled")

    def plot_costs(self, theme: str = "light") -> Any:
        """Return what each world's net profit is made of, from gross to net."""
        return _figure(comparison.charts.parts_chart(_data(self)), theme, "the money of the worlds is not known")

    def plot_differences(self, baseline: str | None = None, theme: str = "light") -> Any:
        """Return paired differences of net profit to a baseline, with confidence intervals.

        Parameters
        ----------
        baseline : str, optional
            Name of a world; the first by default.
        theme : {'light', 'dark'}
        """
        return _figure(comparison.charts.forest_chart(_data(self, baseline=baseline)), theme, "there is no second world")

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
        data = _data(self)
        for name in (index, columns):
            if name is not None and name not in data.axis_names:
                raise KeyError(f"no axis {name!r}, must be one of {', '.join(data.axis_names)}")
        if value not in data.frame:
            raise KeyError(f"no column {value!r}, must be one of {', '.join(data.frame.columns)}")
        return _figure(comparison.charts.heat_chart(data, value, index, columns), theme, "fewer than two axes were compared")

    def plot_fill_probability(self, theme: str = "light") -> Any:
        """Return which share of orders filled, by the queue that they joined."""
        return _figure(comparison.charts.queue_chart(_data(self)), theme, "too few orders rested behind a queue")


def _figure(chart: Any, theme: str, why: str) -> Any:
    return analysis.page.charts.figure_of(chart, theme, why)


def _data(of: Any, **options: Any) -> comparison.ComparisonData:
    return comparison.ComparisonData.of(of, **options)
