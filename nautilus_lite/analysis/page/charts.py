"""Charts as plain data: a page draws them by its script, a notebook as a figure of plotly."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.page.palette import THEMES, painted
from nautilus_lite.errors import MissingExtra

if TYPE_CHECKING:
    pass

REMEDY = "pip install nautilus_lite[viz]"


@dataclass(frozen=True)
class Chart:
    """One chart.

    Parameters
    ----------
    name : str
        Unique in its page; letters, digits and hyphens.
    label : str
        What is to be seen, for a reader that sees no pictures; the title of the figure.
    traces : list of dict
        As of plotly. Colours are names of the palette: `$up`, `$accent/.2`. Text from outside went through `plain`.
    layout : dict
        Of plotly, laid over the one that all charts share.
    height : int
        Pixels.
    narrow : int, optional
        Height on a phone, if another.
    zoom : bool, default True
        If there is more to see by looking closer.
    phone : dict
        What is laid over parts of the layout on a phone, by their names.
    """

    name: str
    label: str
    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    height: int = 280
    narrow: int = 0
    zoom: bool = True
    phone: dict[str, Any] = field(default_factory=dict)

    def drawn_layout(self) -> dict[str, Any]:
        """Return the layout as the page draws it, where the legend stands beside the chart and wraps as text does."""
        layout = self.full_layout()
        if layout["showlegend"]:
            layout["showlegend"] = False
            layout["margin"] = {**layout["margin"], "t": 10}
        return layout

    def legend(self) -> list[tuple[str, str, str]]:
        """Return what the legend names: text, colour and how it is drawn (`line`, a dash, `bar`, or a symbol)."""
        entries: list[tuple[str, str, str]] = []
        if not self.layout.get("showlegend"):
            return entries
        for trace in self.traces:
            if trace.get("showlegend") is False or "name" not in trace:
                continue
            line, marker = trace.get("line", {}), trace.get("marker", {})
            name = html.unescape(trace["name"])
            if trace["type"] == "bar":
                entries.append((name, marker["color"], "bar"))
            elif trace.get("mode") == "markers":
                entries.append((name, marker["color"], marker.get("symbol", "circle")))
            else:
                entries.append((name, line["color"], line.get("dash", "solid")))
        return entries

    def full_layout(self) -> dict[str, Any]:
        """Return the layout, what all charts share included; colours are names still."""
        base: dict[str, Any] = {
            "height": self.height,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": "$soft", "size": 12},
            "margin": {"l": 6, "r": 10, "t": 8, "b": 6},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": "zoom" if self.zoom else False,
            "hoverlabel": {"bgcolor": "$card", "bordercolor": "$line", "font": {"color": "$ink", "size": 12}},
            "legend": LEGEND,
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "$soft", "activecolor": "$accent"},
        }
        # Labels of time keep their distance from the lowest label at the side
        gap = {"ticks": "outside", "ticklen": 7, "tickcolor": "rgba(0,0,0,0)"}
        own = {name: {**gap, **part} if name.startswith("xaxis") else part for name, part in self.layout.items()}
        return {**base, **own}


LEGEND: dict[str, Any] = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1.0,
    "yanchor": "bottom",
    "bgcolor": "rgba(0,0,0,0)",
    "font": {"color": "$soft", "size": 12},
}


def axis(**extra: Any) -> dict[str, Any]:
    """Return an axis as all charts have it, with what is given laid over."""
    return {
        "gridcolor": "$grid",
        "linecolor": "$line",
        "zerolinecolor": "$line",
        "zeroline": False,
        "automargin": True,
        "tickfont": {"size": 12, "color": "$soft"},
        **extra,
    }


def time_axis(times: Sequence[float], **extra: Any) -> dict[str, Any]:
    """Return a time axis over the whole of `times` (ms), which ascend."""
    span = {"range": [times[0], times[-1]]} if len(times) > 1 else {}
    return axis(type="date", showgrid=False, nticks=8, **span, **extra)


def heading(text: str, y: float = 1.0, x: float = 0.0) -> dict[str, Any]:
    """Return a small title inside a chart, above what begins at height `y` of it."""
    return {
        "text": plain(text),
        "x": x,
        "xanchor": "left",
        "xref": "paper",
        "y": y,
        "yanchor": "bottom",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 13, "color": "$soft"},
    }


def level(y: float, axis_name: str = "y", dash: str = "dot") -> dict[str, Any]:
    """Return a level line across a chart."""
    line = {"color": "$soft", "width": 1, "dash": dash}
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": axis_name,
        "y0": y,
        "y1": y,
        "line": line,
        "layer": "below",
    }


def plain(text: Any) -> str:
    """Return text so that a chart shows it as it is; the chart library reads labels as a kind of HTML."""
    return html.escape(str(text), quote=False)


def shortened(text: Any, length: int = 34) -> str:
    """Return a label that fits beside a chart: its middle is left out where it is long."""
    whole = str(text)
    if len(whole) <= length:
        return plain(whole)
    half = (length - 1) // 2
    return plain(f"{whole[:half]}…{whole[-half:]}")


def wrapped(text: Any, width: int, lines: int = 2) -> str:
    """Return a label in lines of at most `width` letters: one for each part between ` / `, or broken at spaces.

    Parameters
    ----------
    text : Any
    width : int
    lines : int, default 2
        Of a label without parts; the last ends in dots where it must.
    """
    parts = str(text).split(" / ")
    if len(parts) > 1:
        return "<br>".join(shortened(part, width) for part in parts)
    found = textwrap.wrap(str(text), width) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], f"{found[lines - 1][: width - 1]}…"]
    return "<br>".join(plain(line) for line in found)


def numbers(values: Any, digits: int | None = None) -> list[float | None]:
    """Return numbers for a chart; NaN and infinity are gaps."""
    array = np.asarray(values, dtype=float)
    if digits is not None:
        array = np.round(array, digits)
    return [value if math.isfinite(value) else None for value in array.tolist()]


def milliseconds(index: Any) -> list[float]:
    """Return UTC times for a chart: milliseconds since 1970, whole ones where all are."""
    import pandas as pd

    ns: np.ndarray = pd.DatetimeIndex(index).as_unit("ns").asi8
    if len(ns) and not (ns % 1_000_000).any():
        return list((ns // 1_000_000).tolist())
    return list((ns / 1e6).tolist())


def money_ticks(values: Iterable[Any]) -> str:
    """Return the format of an axis: as many digits as the range needs, thousands shortened when large."""
    array = np.asarray(list(values) if not isinstance(values, np.ndarray) else values, dtype=float)
    known = array[np.isfinite(array)]
    span = float(known.max() - known.min()) if len(known) else 0.0
    largest = float(np.abs(known).max()) if len(known) else 0.0
    if span >= 1e6 or (largest >= 1e7 and span >= 1e5):
        return ".3~s"
    return ",.0f" if span >= 10.0 else ",.4~f"


def percent_ticks(values: np.ndarray) -> str:
    """Return the format of an axis of fractions."""
    known = values[np.isfinite(values)]
    span = float(known.max() - known.min()) if len(known) else 0.0
    return ".0%" if span > 0.05 else ".1%" if span > 0.005 else ".2%" if span > 0.0005 else ".3%"


def amount_text(value: float, precision: int, sign: bool = False) -> str:
    """Return an amount for a reader: minor units of large ones are left out, and what is far below one of small ones.

    Parameters
    ----------
    value : float
    precision : int
        Digits of the currency.
    sign : bool, default False
        Write a plus too.
    """
    size = abs(value)
    digits = 0 if size >= 1e5 else min(precision, 2) if size >= 1.0 or size == 0.0 else precision
    if 0.0 < size < 1.0 and precision > 2:
        digits = min(precision, 3 - math.floor(math.log10(size)))
    return f"{round(value, digits) + 0.0:{'+' if sign else ''},.{digits}f}"


def percent_text(fraction: float) -> str:
    """Return a fraction for a reader: with two digits, or as many as a small one needs."""
    percent = abs(fraction) * 100.0
    digits = 2 if percent >= 1.0 or percent == 0.0 else min(2 - math.floor(math.log10(percent)), 8)
    return f"{fraction + 0.0:.{digits}%}"


def figure(chart: Chart, theme: str = "light") -> Any:
    """Return a chart as a figure of plotly, for a notebook.

    Parameters
    ----------
    chart : Chart
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    ValueError
        If there is no such theme.
    """
    try:
        import plotly.graph_objects as go
    except ImportError as error:
        raise MissingExtra(f"figures need plotly, which is not installed: {REMEDY}") from error
    palette = palette_of(theme)
    layout = painted(chart.full_layout(), palette)
    layout["paper_bgcolor"] = layout["plot_bgcolor"] = palette["card"]
    layout["margin"] = {"l": 16, "r": 16, "t": 72, "b": 16}
    layout["title"] = {"text": plain(chart.label), "font": {"color": palette["ink"], "size": 16}, "x": 0, "xref": "paper"}
    layout["height"] = chart.height + 80
    return go.Figure(data=[painted(trace, palette) for trace in chart.traces], layout=layout)


def palette_of(theme: str) -> dict[str, str]:
    """Return the colours of a theme.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    if theme not in THEMES:
        raise ValueError(f"`theme` must be one of {', '.join(THEMES)}, was {theme!r}")
    return THEMES[theme]


def figure_of(chart: Chart | None, theme: str, why: str) -> Any:
    """Return a chart as a figure, as `figure` does.

    Parameters
    ----------
    chart : Chart or None
    theme : {'light', 'dark'}
    why : str
        Why there may be none.

    Raises
    ------
    ValueError
        If there is no chart.
    """
    if chart is None:
        raise ValueError(f"nothing to plot: {why}")
    return figure(chart, theme)
