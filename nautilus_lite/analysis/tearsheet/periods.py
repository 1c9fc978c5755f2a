"""Returns by month and year, and rolling over days."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nautilus_lite.analysis.equity import ns_index, returns
from nautilus_lite.analysis.page.charts import Chart, axis, heading, level, milliseconds, numbers, percent_ticks, time_axis
from nautilus_lite.analysis.page.parts import Part, card, missing, tone
from nautilus_lite.analysis.tearsheet.data import TearsheetData

if TYPE_CHECKING:
    import pandas as pd

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DIVERGING = [[0.0, "$down"], [0.5, "$card"], [1.0, "$up"]]
WINDOWS = (60, 20)
"""Days over which rolling figures are taken: the first of which the run has twice as many."""


def month_card(data: TearsheetData) -> Part:
    """Return monthly returns as years by months, if there is more than one month."""
    monthly = returns(data.equity, "ME").dropna()
    if len(monthly) < 2:
        return missing("months: the run lies in one")
    largest = float(monthly.abs().max()) or 1.0
    months = ns_index(monthly)
    cells = dict(zip(zip(months.year.tolist(), months.month.tolist(), strict=True), monthly.tolist(), strict=True))
    head = "".join(f"<th>{month}</th>" for month in MONTHS)
    rows = []
    for year in sorted({year for year, _ in cells}):
        line, whole = "", 1.0
        for month in range(1, 13):
            value = cells.get((year, month))
            whole *= 1.0 + (value or 0.0)
            line += "<td></td>" if value is None else _heat_cell(value, largest)
        rows.append(f'<tr><th>{year}</th>{line}<td class="total {tone(whole - 1.0)}">{_percent(whole - 1.0)}</td></tr>')
    table = f'<table class="heat"><tr><th></th>{head}<th>Year</th></tr>{"".join(rows)}</table>'
    return card(
        "Monthly returns, %",
        Part(f'<div class="scroll">{table}</div>'),
        note="Of equity at market; months end at midnight UTC, and the first and the last may be parts of one.",
    )


def month_chart(data: TearsheetData, monthly: pd.Series | None = None) -> Chart | None:
    """Return monthly returns as a heat map, years by months; None without equity.

    Parameters
    ----------
    data : TearsheetData
    monthly : Series, optional
        Labelled by the month's end; by default made from the equity.
    """
    monthly = returns(data.equity, "ME").dropna() if monthly is None else monthly
    if not len(monthly):
        return None
    months = ns_index(monthly)
    years = sorted(set(months.year.tolist()))
    cells = np.full((len(years), 12), np.nan)
    for year, month, value in zip(months.year.tolist(), months.month.tolist(), monthly.tolist(), strict=True):
        cells[years.index(year), month - 1] = value
    largest = float(np.nanmax(np.abs(cells))) or 1.0
    trace = {
        "type": "heatmap",
        "x": list(MONTHS),
        "y": [str(year) for year in years],
        "z": [numbers(line, 8) for line in cells],
        "zmin": -largest,
        "zmax": largest,
        "colorscale": DIVERGING,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [["" if value != value else f"{value:.1%}" for value in line] for line in cells.tolist()],
        "texttemplate": "%{text}",
        "hovertemplate": "%{x} %{y}: %{z:.2%}<extra></extra>",
    }
    layout = {"xaxis": axis(showgrid=False), "yaxis": axis(type="category", autorange="reversed", showgrid=False)}
    return Chart("months", "Return by month", [trace], layout, height=60 + 34 * len(years), zoom=False)


def year_chart(data: TearsheetData, yearly: pd.Series | None = None) -> Chart | None:
    """Return a bar for each year; None where there is one year only.

    Parameters
    ----------
    data : TearsheetData
    yearly : Series, optional
        Labelled by the year's end, one year or more; by default made from the equity.
    """
    if yearly is None:
        yearly = returns(data.equity, "YE").dropna()
        if len(yearly) < 2:
            return None
    values = yearly.to_numpy(dtype=float)
    trace = {
        "type": "bar",
        "x": [str(year) for year in ns_index(yearly).year.tolist()],
        "y": numbers(values, 8),
        "marker": {"color": ["$up" if value >= 0.0 else "$down" for value in values.tolist()]},
        "text": [f"{value:+.1%}" for value in values.tolist()],
        "textposition": "outside",
        "textfont": {"color": "$ink"},
        "cliponaxis": False,
        "hovertemplate": "%{x}: %{y:.2%}<extra></extra>",
        "width": 0.6,
    }
    low, high = min(values.min(), 0.0), max(values.max(), 0.0)
    room = 0.15 * ((high - low) or 1.0)
    scale = axis(
        tickformat=percent_ticks(np.append(values, 0.0)), zeroline=True, range=[low - (room if low < 0 else 0), high + room]
    )
    return Chart(
        "years",
        "Return by year",
        [trace],
        {"xaxis": axis(type="category", showgrid=False), "yaxis": scale},
        height=240,
        zoom=False,
    )


def year_card(data: TearsheetData) -> Part:
    """Return the card with yearly bars."""
    chart = year_chart(data)
    return missing("years: the run lies in one") if chart is None else card("Return by year", chart)


def rolling_window(n: int) -> int | None:
    """Return the days over which rolling figures of `n` daily returns are taken; None where there are too few."""
    return next((window for window in WINDOWS if n >= 2 * window), None)


def rolling_chart(data: TearsheetData, window: int | None = None) -> Chart | None:
    """Return rolling Sharpe ratio and volatility; None where there are fewer daily returns than twice the window.

    Parameters
    ----------
    data : TearsheetData
    window : int, optional
        Days; by default 60, or 20 where there are too few for that.
    """
    daily, days = data.daily
    window = window or rolling_window(len(daily))
    if window is None or len(daily) < 2 * window:
        return None
    rolling = daily.rolling(window)
    deviation = rolling.std(ddof=1).to_numpy()[window - 1 :]
    mean = rolling.mean().to_numpy()[window - 1 :]
    # Rounding leaves traces of earlier days in a stretch without any change
    still = deviation < 1e-12
    volatility = deviation * math.sqrt(days)
    with np.errstate(divide="ignore", invalid="ignore"):
        sharpe = np.where(still, np.nan, mean / deviation * math.sqrt(days))
    times = milliseconds(daily.index[window - 1 :])
    line = {"type": "scatter", "mode": "lines", "x": times}
    traces = [
        {
            **line,
            "y": numbers(sharpe, 4),
            "line": {"color": "$accent", "width": 1.6},
            "hovertemplate": "Sharpe ratio %{y:.2f}<extra></extra>",
        },
        {
            **line,
            "y": numbers(volatility, 6),
            "yaxis": "y2",
            "line": {"color": "$second", "width": 1.6},
            "hovertemplate": "volatility %{y:.2%}<extra></extra>",
        },
    ]
    layout = {
        "hovermode": "x unified",
        "margin": {"l": 6, "r": 12, "t": 24, "b": 6},
        "xaxis": time_axis(times, anchor="y2"),
        "yaxis": axis(domain=[0.56, 1], nticks=5),
        "yaxis2": axis(domain=[0, 0.42], tickformat=percent_ticks(np.append(volatility, 0.0)), rangemode="tozero", nticks=4),
        "annotations": [heading("Sharpe ratio", 1.0), heading("Volatility a year", 0.43)],
        "shapes": [level(0.0)],
    }
    return Chart("rolling", f"Sharpe ratio and volatility over {window} days", traces, layout, height=340)


def rolling_card(data: TearsheetData) -> Part:
    """Return the card with rolling figures."""
    daily, days = data.daily
    chart = rolling_chart(data)
    if chart is None:
        return missing(f"rolling figures: they need {2 * WINDOWS[-1]} daily returns, the run has {len(daily)}")
    window = rolling_window(len(daily))
    return card(
        f"Over the last {window} days",
        chart,
        note=f"Sample standard deviation of daily returns, times the root of {days} days a year; no risk-free rate.",
    )


def _percent(value: float) -> str:
    percent = value * 100.0
    return f"{round(percent, 2 if abs(percent) < 0.995 else 1) + 0.0:.{2 if abs(percent) < 0.995 else 1}f}"


def _heat_cell(value: float, largest: float) -> str:
    side = "up" if value >= 0.0 else "down"
    strength = 0.05 + 0.45 * abs(value) / largest
    return f'<td style="background:rgb(var(--{side}-rgb)/{strength:.2f})">{_percent(value)}</td>'
