"""Charts of worlds beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.comparison.data import ComparisonData
from nautilus_lite.analysis.page.charts import (
    Chart,
    amount_text,
    axis,
    level,
    milliseconds,
    money_ticks,
    numbers,
    plain,
    shortened,
    time_axis,
    wrapped,
)
from nautilus_lite.analysis.page.palette import SERIES
from nautilus_lite.analysis.page.sampling import downsample
from nautilus_lite.analysis.tearsheet.data import STEPS
from nautilus_lite.analysis.tearsheet.periods import DIVERGING

if TYPE_CHECKING:
    import pandas as pd

FAN_POINTS = 12_000
"""Points of all lines of a fan together."""
MIN_ORDERS = 20
"""Orders in a step of queue position below which nothing is said of how many filled."""
QUEUE_STEPS = 8
PART_COLOURS = dict(
    zip((label for label, _ in STEPS), ("$accent", "$s5", "$second", "$s7", "$s4", "$down", "$up", "$s6", "$soft"), strict=True)
)
DASHES = ("solid", "dash", "dot", "dashdot")


def fan_chart(data: ComparisonData) -> Chart | None:
    """Return the net profit of every world over time; None where equity was not sampled."""
    known = data.equity.dropna(how="all")
    if len(known) < 2:
        return None
    by_axis, groups = _groups(data)
    traces: list[dict[str, Any]] = []
    seen: set[str] = set()
    share = max(FAN_POINTS // max(len(data.names), 1), 200)
    for name in data.names:
        line = data.equity[name].dropna()
        if not len(line):
            continue
        values = line.to_numpy(dtype=float) - float(line.iloc[0])
        keep = downsample(values, share)
        label, colour, dash = groups[name]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": milliseconds(line.index[keep]),
                "y": numbers(values[keep], data.precision),
                "name": shortened(label),
                "legendgroup": plain(label),
                "showlegend": label not in seen,
                "line": {"color": colour, "width": 1.5, "dash": dash},
                "hovertemplate": f"%{{y:,.{min(data.precision, 2)}f}}<extra>%{{customdata}}</extra>",
                "customdata": [plain(name)] * len(keep),
            }
        )
        seen.add(label)
    if not traces:
        return None
    every = np.concatenate([np.array(trace["y"], dtype=float) for trace in traces])
    ends = milliseconds(known.index[[0, -1]])
    layout = {
        "xaxis": time_axis(ends),
        "yaxis": axis(tickformat=money_ticks(every), nticks=7),
        "shapes": [level(0.0)],
        "showlegend": True,
        "margin": {"l": 6, "r": 12, "t": 30 if len(seen) < 6 else 54, "b": 6},
    }
    title = f"Net profit over time, {data.currency}" + (f", coloured by {words(by_axis)}" if by_axis else "")
    return Chart("fan", title, traces, layout, height=420, narrow=420)


def parts_chart(data: ComparisonData) -> Chart | None:
    """Return what each world's net profit is made of; None where money is not known."""
    parts = data.parts.dropna()
    if not len(parts):
        return None
    labels = [plain(name) for name in parts.index]
    traces: list[dict[str, Any]] = []
    for column in parts.columns:
        colour = PART_COLOURS[column]
        values = parts[column].to_numpy(dtype=float)
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": numbers(values, data.precision),
                "name": column,
                "marker": {"color": colour, "opacity": 0.85},
                "width": 0.62,
                "hovertemplate": f"{column} %{{customdata}}<extra></extra>",
                "customdata": [f"{amount_text(value, data.precision, True)} {data.currency}" for value in values.tolist()],
            }
        )
    net = data.frame.loc[parts.index, "net"].to_numpy(dtype=float)
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "y": labels,
            "x": numbers(net, data.precision),
            "name": "net",
            "marker": {"symbol": "diamond", "size": 10, "color": "$ink", "line": {"color": "$card", "width": 1.2}},
            "hovertemplate": "net %{customdata}<extra></extra>",
            "customdata": [f"{amount_text(value, data.precision, True)} {data.currency}" for value in net.tolist()],
        }
    )
    layout = {
        "barmode": "relative",
        "xaxis": axis(tickformat=money_ticks(np.append(parts.to_numpy(dtype=float).ravel(), 0.0)), zeroline=True, nticks=7),
        "yaxis": _names(labels, [shortened(name, 40) for name in parts.index]),
        "showlegend": True,
        "margin": {"l": 6, "r": 12, "t": 34, "b": 6},
    }
    title = f"From gross to net, {data.currency}"
    return Chart("parts", title, traces, layout, _tall(len(labels)), _tall(len(labels), 38), False, _phone(parts.index))


def forest_chart(data: ComparisonData) -> Chart | None:
    """Return paired differences of profit to the baseline with their intervals; None where there are none."""
    frame = data.differences
    if frame is None:
        return None
    shown = frame[[str(name) != data.baseline for name in frame.index]]
    shown = shown[shown["pnl"].notna()]
    if not len(shown):
        return None
    labels = np.array([plain(name) for name in shown.index], dtype=object)
    values, low, high = (shown[name].to_numpy(dtype=float) for name in ("pnl", "pnl_low", "pnl_high"))
    clear = shown["pnl_clear"].to_numpy(dtype=bool)
    bounded = np.isfinite(low) & np.isfinite(high)
    traces: list[dict[str, Any]] = []
    for chosen, name, colour, symbol in (
        (clear & (values > 0.0), "clearly more", "$up", "circle"),
        (clear & (values <= 0.0), "clearly less", "$down", "diamond"),
        (~clear & bounded, "not told apart from chance", "$soft", "circle-open"),
        (~bounded, "without an interval", "$soft", "x-thin-open"),
    ):
        if not chosen.any():
            continue
        texts = [
            f"{amount_text(value, data.precision, True)} {data.currency}"
            + (f" ({amount_text(a, data.precision, True)} to {amount_text(b, data.precision, True)})" if np.isfinite(a) else "")
            for value, a, b in zip(values[chosen].tolist(), low[chosen].tolist(), high[chosen].tolist(), strict=True)
        ]
        trace: dict[str, Any] = {
            "type": "scatter",
            "mode": "markers",
            "x": numbers(values[chosen], data.precision),
            "y": labels[chosen].tolist(),
            "name": name,
            "marker": {"size": 10, "color": colour, "symbol": symbol, "line": {"color": colour, "width": 1.5}},
            "customdata": texts,
            "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        }
        if bounded[chosen].any():
            trace["error_x"] = {
                "type": "data",
                "symmetric": False,
                "array": numbers(high[chosen] - values[chosen]),
                "arrayminus": numbers(values[chosen] - low[chosen]),
                "color": colour,
                "thickness": 1.6,
                "width": 5,
            }
        traces.append(trace)
    extremes = np.concatenate([values, low[bounded], high[bounded], [0.0]])
    zero = {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": 0,
        "x1": 0,
        "line": {"color": "$soft", "width": 1, "dash": "dot"},
    }
    layout = {
        "xaxis": axis(tickformat=money_ticks(extremes), nticks=7),
        "yaxis": _names(labels.tolist(), [shortened(name, 40) for name in shown.index]),
        "shapes": [zero],
        "showlegend": True,
        "margin": {"l": 6, "r": 12, "t": 34, "b": 6},
    }
    title = f"Net profit against {data.baseline}, {data.currency}"
    n = len(labels)
    return Chart("forest", title, traces, layout, _tall(n), _tall(n, 38), False, _phone(shown.index))


def heat_chart(data: ComparisonData, value: str = "net", rows: str | None = None, columns: str | None = None) -> Chart | None:
    """Return a column of the frame over two axes, the mean where worlds differ in others too; None with fewer than two.

    Parameters
    ----------
    data : ComparisonData
    value : str
        Column of the frame.
    rows, columns : str, optional
        Axes; by default the two that move net profit most.
    """
    order = [*data.effects, *(one for one in data.varied if one not in data.effects)]
    chosen = [rows or next((one for one in order if one != columns), None)]
    chosen.append(columns or next((one for one in order if one != chosen[0]), None))
    first, second = chosen
    if first is None or second is None:
        return None
    cells = data.frame.pivot_table(value, first, second, aggfunc="mean", observed=True, sort=False)
    found = cells.to_numpy(dtype=float)
    known = found[np.isfinite(found)]
    if not len(known):
        return None
    if value == "net":
        largest = float(np.abs(known).max()) or 1.0
        scale: dict[str, Any] = {"zmin": -largest, "zmax": largest, "colorscale": DIVERGING}
    else:
        scale = {"colorscale": [[0.0, "$card"], [1.0, "$accent"]]}
    texts = [["" if cell != cell else _cell_text(value, cell, data.precision) for cell in line] for line in found.tolist()]
    across, down = ([plain(name) for name in names] for names in (cells.columns, cells.index))
    trace = {
        "type": "heatmap",
        "x": across,
        "y": down,
        "z": [numbers(line) for line in found],
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 12},
        "xgap": 3,
        "ygap": 3,
        "showscale": False,
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
        **scale,
    }
    side = {"font": {"size": 12}, "standoff": 10}
    phone = {
        "yaxis": {"title": {"text": ""}, "tickfont": {"size": 10, "color": "$soft"}},
        "xaxis": {"ticktext": [wrapped(name, 9) for name in cells.columns], "tickfont": {"size": 10, "color": "$soft"}},
    }
    below = {"tickmode": "array", "tickvals": across, "ticktext": [wrapped(name, 16) for name in cells.columns]}
    layout = {
        "xaxis": axis(type="category", showgrid=False, tickangle=0, title={"text": plain(words(second)), **side}, **below),
        "yaxis": {**_names(down, [wrapped(name, 20) for name in cells.index]), "title": {"text": plain(words(first)), **side}},
    }
    name = "heat-" + "".join(letter if letter.isalnum() else "-" for letter in value)
    title = f"{words(value)} by {words(first)} and {words(second)}"
    return Chart(name, title, [trace], layout, 116 + 52 * len(cells), 0, False, phone)


def queue_chart(data: ComparisonData) -> Chart | None:
    """Return which share of orders filled, by the queue that they joined; None where no order rested behind one.

    Orders are cut into steps of equal numbers by their queue; a step with fewer than 20 orders is left out.
    """
    traces: list[dict[str, Any]] = []
    _, groups = _groups(data)
    seen: set[str] = set()
    for name in data.names:
        frame = data.queues.get(name)
        steps = [] if frame is None else queue_steps(frame)
        if len(steps) < 2:
            continue
        label, colour, dash = groups[name]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": numbers([step[0] for step in steps]),
                "y": numbers([step[1] for step in steps], 6),
                "name": shortened(label),
                "legendgroup": plain(label),
                "showlegend": label not in seen,
                "line": {"color": colour, "width": 1.5, "dash": dash},
                "marker": {"size": 6, "color": colour},
                "customdata": [f"{plain(name)}<br>{count:,} orders" for *_, count in steps],
                "hovertemplate": "%{customdata}<br>%{x:,.3~f} ahead: %{y:.1%} filled<extra></extra>",
            }
        )
        seen.add(label)
    if not traces:
        return None
    layout = {
        "xaxis": axis(
            title={"text": "Quantity ahead when the order came to rest", "font": {"size": 12}}, rangemode="tozero", nticks=8
        ),
        "yaxis": axis(tickformat=".0%", rangemode="tozero", nticks=6),
        "showlegend": True,
        "margin": {"l": 6, "r": 12, "t": 30 if len(seen) < 6 else 54, "b": 6},
    }
    return Chart("queue", "Share of orders filled by their place in the queue", traces, layout, height=340)


def queue_steps(frame: pd.DataFrame) -> list[tuple[float, float, int]]:
    """Return steps of queue position with about as many orders each: mean quantity ahead, mean filled share, orders.

    Parameters
    ----------
    frame : DataFrame
        `queue_ahead` and `filled`.
    """
    ahead = frame["queue_ahead"].to_numpy(dtype=float)
    filled = frame["filled"].to_numpy(dtype=float)
    borders = np.unique(np.quantile(ahead, np.linspace(0.0, 1.0, QUEUE_STEPS + 1))) if len(ahead) else np.zeros(0)
    place = np.clip(np.searchsorted(borders, ahead, side="right") - 1, 0, max(len(borders) - 2, 0))
    steps = []
    for step in np.unique(place).tolist():
        inside = place == step
        if inside.sum() >= MIN_ORDERS:
            steps.append((float(ahead[inside].mean()), float(filled[inside].mean()), int(inside.sum())))
    return steps


def words(name: str) -> str:
    """Return the name of a column for a reader: `fee_model` is `fee model`."""
    return str(name).replace("_", " ")


def _groups(data: ComparisonData) -> tuple[str, dict[str, tuple[str, str, str]]]:
    """Return the axis by which many worlds are coloured, empty for few, and by world its label, colour and dashes."""
    names = data.names
    main = next(iter(data.effects), "") if len(names) > SERIES else ""
    if not main:
        return "", {name: (name, f"$s{i % SERIES}", DASHES[i // SERIES % len(DASHES)]) for i, name in enumerate(names)}
    labels = [str(label) for label in data.frame[main]]
    order = list(dict.fromkeys(labels))
    return main, {
        name: (label, f"$s{order.index(label) % SERIES}", DASHES[order.index(label) // SERIES % len(DASHES)])
        for name, label in zip(names, labels, strict=True)
    }


def _tall(n: int, line: int = 30) -> int:
    return 84 + line * n


def _phone(names: Any) -> dict[str, Any]:
    """Return what makes room on a phone: names of worlds on two lines, few figures below."""
    small = {"tickfont": {"size": 10, "color": "$soft"}}
    return {"yaxis": {"ticktext": [wrapped(name, 17) for name in names], **small}, "xaxis": {"nticks": 4, "tickangle": 0}}


def _names(labels: list[str], shown: list[str]) -> dict[str, Any]:
    """Return an axis of names from top to bottom; what is shown may be shorter, and the same for two of them."""
    order = {"categoryorder": "array", "categoryarray": labels}
    return axis(
        type="category",
        autorange="reversed",
        showgrid=False,
        ticks="",
        ticksuffix=" ",
        tickmode="array",
        tickvals=labels,
        ticktext=shown,
        **order,
    )


def _cell_text(value: str, cell: float, precision: int) -> str:
    if value in ("net", "gross", "fees", "paper"):
        return amount_text(cell, precision, True)
    return f"{cell:.1%}" if value in ("fill_rate", "maker_share", "max_drawdown", "filled_share") else f"{cell:,.3g}"
