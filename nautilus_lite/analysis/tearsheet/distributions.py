"""How daily returns and trades are spread."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, amount_text, axis, level, money_ticks, numbers, percent_ticks, plain
from nautilus_lite.analysis.page.parts import Part, card, missing
from nautilus_lite.analysis.page.sampling import MAX_DOTS, thin
from nautilus_lite.analysis.tearsheet.data import TearsheetData

MIN_COUNT = 5
"""Observations below which nothing is called a distribution."""
MAX_BINS = 40


def return_chart(data: TearsheetData) -> Chart | None:
    """Return the distribution of daily returns; None below five of them."""
    values = data.daily[0].to_numpy(dtype=float)
    if len(values) < MIN_COUNT or not values.any():
        return None
    return _histogram("daily", "Daily returns", values, percent_ticks(values), ".2%")


def trade_chart(data: TearsheetData) -> Chart | None:
    """Return the distribution of the trades' PnL; None below five of them."""
    if data.trades is None or len(data.trades) < MIN_COUNT:
        return None
    values = data.trades["realized_pnl"].to_numpy(dtype=float)
    return _histogram("pnl", f"PnL of a trade, {data.currency}", values, money_ticks(values), f",.{data.precision}f")


def daily_card(data: TearsheetData) -> Part:
    """Return the card with the distribution of daily returns."""
    chart = return_chart(data)
    if chart is None:
        return missing(f"distribution of daily returns: it needs {MIN_COUNT} days with a change")
    values = data.daily[0].to_numpy(dtype=float)
    return card("Daily returns", chart, note=_words(values, lambda value: f"{value:.3%}", "days"))


def trade_card(data: TearsheetData) -> Part:
    """Return the card with the distribution of the trades' PnL."""
    chart = trade_chart(data)
    if chart is None:
        return missing(f"distribution of trades: it needs {MIN_COUNT}")
    assert data.trades is not None
    values = data.trades["realized_pnl"].to_numpy(dtype=float)
    words = _words(values, lambda value: amount_text(value, data.precision), "trades")
    return card(f"PnL of a trade, {data.currency}", chart, note=words)


def excursion_charts(data: TearsheetData) -> list[Chart]:
    """Return for each trade the worst and the best it was, against what came of it; empty without excursions."""
    trades = data.trades
    if trades is None or not {"mae", "mfe"} <= set(trades.columns):
        return []
    known = trades[trades["mae"].notna() & trades["mfe"].notna()]
    if len(known) < MIN_COUNT:
        return []
    pnl = known["realized_pnl"].to_numpy(dtype=float)
    charts = []
    form = f",.{data.precision}f"
    for name, column, title in (("mae", "mae", "Worst while open"), ("mfe", "mfe", "Best while open")):
        x = known[column].to_numpy(dtype=float)
        keep = thin(x, pnl)
        x, y = x[keep], pnl[keep]
        traces = [
            {
                "type": "scatter",
                "mode": "markers",
                "x": numbers(x[chosen], data.precision),
                "y": numbers(y[chosen], data.precision),
                "name": words,
                "marker": {"color": colour, "size": 6, "symbol": symbol, "opacity": 0.65},
                "hovertemplate": f"{title.lower()} %{{x:{form}}}<br>in the end %{{y:{form}}}<extra></extra>",
            }
            for chosen, words, colour, symbol in (
                (y > 0.0, "won", "$up", "circle"),
                (y <= 0.0, "did not win", "$down", "diamond"),
            )
        ]
        layout = {
            "xaxis": axis(title={"text": f"{title}, {data.currency}", "font": {"size": 12}}, tickformat=money_ticks(x), nticks=6),
            "yaxis": axis(title={"text": "In the end", "font": {"size": 12}}, tickformat=money_ticks(y), nticks=6),
            "shapes": [level(0.0)],
            "showlegend": True,
            "margin": {"l": 6, "r": 10, "t": 26, "b": 6},
        }
        charts.append(Chart(name, f"{title} against the end of each trade", traces, layout, height=300))
    return charts


def excursion_cards(data: TearsheetData) -> list[Part]:
    """Return a card for the worst and one for the best that trades were while open."""
    charts = excursion_charts(data)
    if not charts:
        return [missing("excursions of trades: fewer than five trades have them")]
    n = 0 if data.trades is None else len(data.trades)
    thinned = f" Drawn: extremes, and one of dots that cover each other, of {n:,} trades." if n > MAX_DOTS else ""
    titles = ("Worst a trade was, and its end", "Best a trade was, and its end")
    notes = ("A stop where winners never were would have cut losers alone.", "What lies far right of its end was given back.")
    return [card(title, chart, note=words + thinned) for title, chart, words in zip(titles, charts, notes, strict=True)]


def edges(values: np.ndarray) -> np.ndarray:
    """Return the borders of a histogram's bins: equal widths, and zero is a border, so that no bin mixes gain and loss."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    automatic = np.histogram_bin_edges(values, "auto")
    n = min(max(len(automatic) - 1, 8), MAX_BINS)
    width = (high - low) / n or 1.0
    first, last = np.floor(low / width), np.ceil(high / width)
    borders = width * np.arange(first, max(last, first + 1.0) + 1)
    # Rounding must not put the outermost values outside
    borders[0], borders[-1] = min(borders[0], low), max(borders[-1], high)
    return borders


def _histogram(name: str, title: str, values: np.ndarray, ticks: str, form: str) -> Chart:
    borders = edges(values)
    counts, _ = np.histogram(values, borders)
    middles = (borders[:-1] + borders[1:]) / 2.0
    spans = [f"{format(a + 0.0, form)} to {format(b + 0.0, form)}" for a, b in zip(borders[:-1], borders[1:], strict=True)]
    trace = {
        "type": "bar",
        "x": numbers(middles),
        "y": counts.tolist(),
        "width": numbers(np.full(len(middles), (borders[1] - borders[0]) * 0.92)),
        "marker": {"color": ["$up" if middle > 0.0 else "$down" for middle in middles.tolist()]},
        "customdata": [plain(span) for span in spans],
        "hovertemplate": "%{customdata}: %{y:,}<extra></extra>",
    }
    layout = {
        "xaxis": axis(tickformat=ticks, showgrid=False, nticks=8),
        "yaxis": axis(rangemode="tozero", tickformat=",d", **({"dtick": 1} if counts.max() < 6 else {"nticks": 5})),
    }
    return Chart(name, title, [trace], layout, height=250, zoom=False)


def _words(values: np.ndarray, form: Callable[[float], str], what: str) -> str:
    return (
        f"{len(values):,} {what}: mean {form(float(values.mean()))}, median {form(float(np.median(values)))}, "
        f"from {form(float(values.min()))} to {form(float(values.max()))}."
    )
