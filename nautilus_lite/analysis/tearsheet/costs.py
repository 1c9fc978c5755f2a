"""From gross to net, and what was paid on the way."""

from __future__ import annotations

from typing import Any

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, axis, milliseconds, money_ticks, numbers, plain, time_axis
from nautilus_lite.analysis.page.parts import Part, card, missing
from nautilus_lite.analysis.page.sampling import MAX_POINTS, downsample
from nautilus_lite.analysis.tearsheet.data import TearsheetData


def bridge_chart(data: TearsheetData) -> Chart | None:
    """Return the steps from gross to net PnL; None without them."""
    steps = list(data.bridge)
    if len(steps) < 2:
        return None
    return waterfall("bridge", steps, data.currency, data.precision)


def waterfall(name: str, steps: list[tuple[str, float]], currency: str, precision: int) -> Chart:
    """Return a waterfall: the first step stands alone, the others are added, the sum closes it.

    Parameters
    ----------
    name : str
        Of the chart.
    steps : list of (str, float)
    currency : str
    precision : int
        Digits of the currency.
    """
    total = sum(amount for _, amount in steps)
    amounts = [amount for _, amount in steps] + [total]
    levels = np.cumsum([0.0, *(amount for _, amount in steps)])
    low, high = min(levels.min(), total), max(levels.max(), total)
    room = 0.02 * ((high - low) or 1.0)
    largest = max(map(abs, amounts))
    digits = 0 if largest >= 1e5 else min(precision, 2) if largest >= 1.0 else precision
    texts = [f"{round(amount, digits) + 0.0:+,.{digits}f}" for amount in amounts]
    colours = ["$accent", *("$up" if amount >= 0.0 else "$down" for _, amount in steps[1:]), "$accent"]
    starts = [0.0, *levels[1:-1].tolist(), 0.0]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [plain(label) for label, _ in steps] + ["Net PnL"],
        "x": numbers(amounts),
        "base": numbers(starts),
        "marker": {"color": colours},
        "width": 0.56,
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        "customdata": [f"{value} {currency}" for value in texts],
    }
    notes = [
        {
            "x": 1,
            "xref": "paper",
            "y": i,
            "text": words,
            "showarrow": False,
            "xanchor": "right",
            "align": "right",
            "font": {"size": 13, "color": "$ink"},
        }
        for i, words in enumerate(texts)
    ]
    layout = {
        "margin": {"l": 6, "r": 6, "t": 4, "b": 6},
        "xaxis": axis(domain=[0, 0.58], range=[low - room, high + room], showticklabels=False, showgrid=False, zeroline=True),
        "yaxis": axis(type="category", autorange="reversed", showgrid=False, ticksuffix=" "),
        "annotations": notes,
    }
    return Chart(name, "From gross to net profit", [trace], layout, height=34 * len(amounts) + 24, zoom=False)


def fees_chart(data: TearsheetData) -> Chart | None:
    """Return fees and funding added up over time; None where nothing was paid in the currency."""
    traces = []
    if data.fills is not None and len(data.fills):
        own = data.fills[(data.fills["commission_currency"] == data.currency) & (data.fills["commission"] != 0.0)]
        if len(own):
            traces.append(_line(data, "fees paid", own["ts_event"], own["commission"].to_numpy(dtype=float), "$down"))
    if data.funding is not None and len(data.funding):
        own = data.funding[data.funding["currency"] == data.currency]
        if len(own):
            traces.append(_line(data, "funding paid", own.index, -own["amount"].to_numpy(dtype=float), "$second"))
    if not traces:
        return None
    ends = milliseconds(data.equity.index[[0, -1]]) if len(data.equity) else [traces[0]["x"][0], traces[0]["x"][-1]]
    scale = axis(tickformat=money_ticks([value for trace in traces for value in trace["y"]]), rangemode="tozero", nticks=6)
    layout = {"hovermode": "x unified", "xaxis": time_axis(ends), "yaxis": scale, "showlegend": len(traces) > 1}
    return Chart("fees", f"Fees and funding paid so far, {data.currency}", traces, layout)


def bridge_card(data: TearsheetData, below: Part) -> Part:
    """Return the card that says why: from gross to net, and further figures."""
    chart = bridge_chart(data)
    if chart is None:
        if below.html.count("<dt>") > 3:
            return card("Key figures", below)
        return missing("gross to net: it needs equity and costs in one currency")
    return card("From gross to net", chart, below)


def fees_card(data: TearsheetData) -> Part:
    """Return the card with cumulative fees."""
    chart = fees_chart(data)
    if chart is None:
        return missing(f"fees over time: none were paid in {data.currency}")
    return card(f"Paid so far, {data.currency}", chart, note="Fees of every fill; rebates and funding received lower the line.")


def _line(data: TearsheetData, name: str, times: Any, amounts: np.ndarray, colour: str) -> dict[str, Any]:
    import pandas as pd

    index = pd.DatetimeIndex(times)
    sums = np.round(np.cumsum(amounts), data.precision)
    keep = downsample(sums, MAX_POINTS // 3)
    x, y = milliseconds(index[keep]), numbers(sums[keep], data.precision)
    if len(data.equity):
        first, last = milliseconds(data.equity.index[[0, -1]])
        x, y = [min(first, x[0]), *x, max(last, x[-1])], [0.0, *y, y[-1]]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": name,
        "line": {"color": colour, "width": 1.6, "shape": "hv"},
        "hovertemplate": f"{name} %{{y:,.{data.precision}f}}<extra></extra>",
    }
