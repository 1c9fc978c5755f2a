"""Equity, how far it was below its best, and the worst of these falls."""

from __future__ import annotations

from typing import Any

import numpy as np

from nautilus_lite.analysis.drawdown import drawdown_table
from nautilus_lite.analysis.page.charts import (
    Chart,
    axis,
    heading,
    level,
    milliseconds,
    money_ticks,
    numbers,
    percent_text,
    percent_ticks,
    plain,
    time_axis,
)
from nautilus_lite.analysis.page.parts import Part, card, missing
from nautilus_lite.analysis.page.sampling import MAX_POINTS, downsample_together
from nautilus_lite.analysis.page.tables import table
from nautilus_lite.analysis.tearsheet.data import TearsheetData


def equity_chart(data: TearsheetData, unit: str = "", digits: int | None = None) -> Chart | None:
    """Return equity, beside it the benchmark, and below them the drawdown; None without equity.

    Parameters
    ----------
    data : TearsheetData
    unit : str, optional
        What equity is told in, if not in the currency.
    digits : int, optional
        Of equity, if not the currency's.
    """
    if len(data.known) == 0:
        return None
    digits = data.precision if digits is None else digits
    values = data.equity.to_numpy(dtype=float)
    depths = np.full(len(values), np.nan)
    depths[~np.isnan(values)] = data.depth.to_numpy()
    keep = downsample_together([values, depths])
    times = milliseconds(data.equity.index[keep])
    line: dict[str, Any] = {"type": "scatter", "mode": "lines"}
    traces = [
        {
            **line,
            "x": times,
            "y": numbers(values[keep], digits),
            "name": "equity",
            "line": {"color": "$accent", "width": 1.8},
            "hovertemplate": f"equity %{{y:,.{digits}f}}<extra></extra>",
        }
    ]
    title = f"Equity, {unit or data.currency}"
    benchmark = data.benchmark
    if benchmark is not None:
        traces.append(
            {
                **line,
                "x": milliseconds(benchmark.index),
                "y": numbers(benchmark, digits),
                "name": plain(data.benchmark_name),
                "line": {"color": "$soft", "width": 1.4, "dash": "dash"},
                "hovertemplate": f"benchmark %{{y:,.{digits}f}}<extra></extra>",
            }
        )
        title += f"; dashed: {data.benchmark_name}"
    traces.append(
        {
            **line,
            "x": times,
            "y": numbers(depths[keep], 8),
            "name": "below its best",
            "yaxis": "y2",
            "fill": "tozeroy",
            "fillcolor": "$down/.18",
            "line": {"color": "$down", "width": 1.2},
            "hovertemplate": "below its best %{y:.2%}<extra></extra>",
        }
    )
    known = values[~np.isnan(values)]
    layout = {
        "hovermode": "x unified",
        "margin": {"l": 6, "r": 12, "t": 24, "b": 6},
        "xaxis": time_axis(times, anchor="y2"),
        "yaxis": axis(domain=[0.36, 1], tickformat=money_ticks(known), nticks=6, **_room(known)),
        "yaxis2": _depth_axis(depths, domain=[0, 0.25], nticks=4),
        "annotations": [heading(title, 1.01), heading("Below the highest equity so far", 0.26)],
        "shapes": [level(float(known[0]))],
    }
    return Chart("equity", "Equity and drawdown over time", traces, layout, height=430, narrow=400)


def drawdown_chart(data: TearsheetData) -> Chart | None:
    """Return the drawdown alone; None without equity."""
    if len(data.depth) == 0:
        return None
    depths = data.depth.to_numpy(dtype=float)
    keep = downsample_together([depths])
    times = milliseconds(data.depth.index[keep])
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": times,
        "y": numbers(depths[keep], 8),
        "fill": "tozeroy",
        "fillcolor": "$down/.18",
        "line": {"color": "$down", "width": 1.2},
        "hovertemplate": "%{y:.2%}<extra></extra>",
    }
    scale = _depth_axis(depths)
    return Chart(
        "drawdown",
        "Below the highest equity so far",
        [trace],
        {"hovermode": "x unified", "xaxis": time_axis(times), "yaxis": scale},
    )


def equity_card(data: TearsheetData) -> Part:
    """Return the card with equity and drawdown."""
    chart = equity_chart(data)
    if chart is None:
        return missing("equity: it was not sampled in this run")
    n = len(data.equity)
    drawn = f"Drawn from the first, last, lowest and highest of equal stretches of {n:,} samples." if n > MAX_POINTS else ""
    return card("", chart, note=drawn)


def drawdown_card(data: TearsheetData) -> Part:
    """Return the table of the worst drawdowns."""
    worst = drawdown_table(data.equity, 8)
    if worst.empty:
        return missing("drawdowns: equity never fell")
    span = (data.known.index[-1] - data.known.index[0]).total_seconds() / 86_400.0
    shown = worst.assign(
        depth=[percent_text(depth) for depth in worst["depth"].tolist()],
        **{
            name: worst[name].dt.strftime("%Y-%m-%d %H:%M").fillna("not yet").to_numpy()
            for name in ("peak", "trough", "recovery")
        },
    )[["depth", "peak", "trough", "recovery", "days"]].set_index("depth")
    return card(
        "Worst drawdowns",
        table(shown, {"days": ",.1f" if span > 3.0 else ",.3f"}),
        note="Peak: the last time at the highest equity so far. Days: from there until it was reached again, or to the end.",
    )


def _room(known: np.ndarray) -> dict[str, Any]:
    """Return the range of an axis of equity that never moved; others find their own."""
    middle = float(known[0])
    return {"range": [middle * 0.99, middle * 1.01]} if middle and known.min() == known.max() else {}


def _depth_axis(depths: np.ndarray, **extra: Any) -> dict[str, Any]:
    """Return an axis from a little below the deepest drawdown up to zero."""
    deepest = float(np.nanmin(np.append(depths, 0.0)))
    return axis(range=[deepest * 1.08 or -0.011, 0.0], tickformat=percent_ticks(np.array([deepest, 0.0])), **extra)
