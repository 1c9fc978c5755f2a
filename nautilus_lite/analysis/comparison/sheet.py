"""The page of a comparison put together."""

from __future__ import annotations

import json
import os

import numpy as np

from nautilus_lite.analysis.comparison import charts
from nautilus_lite.analysis.comparison.data import ComparisonData
from nautilus_lite.analysis.page.charts import Chart, amount_text
from nautilus_lite.analysis.page.document import AUTO, document, write_whole
from nautilus_lite.analysis.page.image import write_image
from nautilus_lite.analysis.page.parts import (
    Part,
    Tile,
    card,
    facts,
    folded,
    group,
    join,
    missing,
    row,
    text,
    tiles,
    tone,
    warnings,
)
from nautilus_lite.analysis.page.tables import long_table, table

SHOWN = {
    "net": ",.2f",
    "gross": ",.2f",
    "fees": ",.2f",
    "rebates": ",.2f",
    "funding": ",.2f",
    "sharpe": ",.2f",
    "max_drawdown": ".3%",
    "orders": ",.0f",
    "fills": ",.0f",
    "fill_rate": ".1%",
    "maker_share": ".1%",
    "slippage_arrival_bp": ",.2f",
    "markout_5s_bp": ",.2f",
    "time_to_fill_median_s": ",.2f",
}
"""Columns of the frame that the page shows at first, and their formats."""


def render_comparison(data: ComparisonData, theme: str = AUTO) -> str:
    """Return the page as HTML; equal data gives an equal page.

    Parameters
    ----------
    data : ComparisonData
    theme : {'auto', 'light', 'dark'}

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    """
    level = 0.95 if data.differences is None or not len(data.differences) else float(data.differences["level"].iloc[0])
    forest_note = (
        f"Bars: {level:.0%} intervals of the paired difference, by block bootstrap over the run's own periods. They tell how far "
        "chance in the choice of its days moves the difference, and nothing of other markets."
    )
    body = join(
        _header(data),
        warnings(data.warnings),
        _tiles(data),
        _chart(charts.fan_chart(data), "", "worlds over time: equity was not sampled"),
        row(
            _chart(
                charts.parts_chart(data), "From gross to net", "from gross to net: the money is not known", "Diamond: net profit."
            ),
            _chart(
                charts.forest_chart(data), f"More or less than {data.baseline}", "differences: there is one world", forest_note
            ),
        ),
        row(
            _chart(charts.heat_chart(data), "Net profit by two axes", "heat map: it needs two axes", "Mean over the other axes."),
            _chart(
                charts.heat_chart(data, "fill_rate"), "Fill rate by the same axes", "", "Filled quantity by ordered quantity."
            ),
        ),
        _chart(
            charts.queue_chart(data),
            "Share filled by place in the queue",
            "place in the queue: too few orders rested behind one",
            "Closed orders, in steps of equal numbers by the quantity ahead of them when they came to rest; at least 20 a step.",
        ),
        group("In full", _table(data), long_table("Every measure", data.frame), _differences(data), _run(data)),
    )
    left = f"<footer><p>Left out, for want of data: {text(body.missing)}.</p></footer>" if body.missing else ""
    return document(data.title, join(body, Part(left)), theme)


def write_comparison(path: str | os.PathLike[str], data: ComparisonData, theme: str = AUTO) -> str:
    """Write the page of `render_comparison` and return the path; the same errors."""
    write_whole(path, render_comparison(data, theme))
    return str(path)


def write_comparison_image(
    path: str | os.PathLike[str], data: ComparisonData, theme: str = "light", width: int = 1280, scale: float = 2.0
) -> str:
    """Write a picture (PNG) of the page and return the path; see `page.write_image`."""
    write_image(render_comparison(data, theme), path, width, scale)
    return str(path)


def _header(data: ComparisonData) -> Part:
    compared = ", ".join(charts.words(axis) for axis in data.axis_names) or "nothing"
    below = f"compared: {text(compared)} &middot; figures in {text(data.currency)}"
    return Part(f'<header><h1>{text(data.title)}</h1><p class="sub">{below}</p><p class="verdict">{_verdict(data)}</p></header>')


def _verdict(data: ComparisonData) -> str:
    """Return in words, as HTML, what the worlds came to and what of it can be told from chance."""
    net = data.net
    if not len(net):
        return "The worlds kept no equity, so that nothing can be said of their profit."
    low, high = float(net.min()), float(net.max())
    if low == high:
        words = [f"All {len(net)} worlds made <b>{_amount(high, data)}</b>: the models make no difference here."]
    else:
        best, worst = str(net.idxmax()), str(net.idxmin())
        words = [
            f'Over the same data {len(net)} worlds made from <b class="{tone(low)}">{_amount(low, data)}</b> ({text(worst)}) '
            f'to <b class="{tone(high)}">{_amount(high, data)}</b> ({text(best)}).'
        ]
    if data.effects and low != high:
        axis, effect = next(iter(data.effects.items()))
        words.append(
            f"What matters most is the {text(charts.words(axis))}: {_amount(effect, data, False)} between its best and worst."
        )
    frame = data.differences
    if frame is not None and len(frame) > 1:
        others = frame[[str(name) != data.baseline for name in frame.index]]
        clear = int(others["pnl_clear"].sum())
        bounded = int(np.isfinite(others["pnl_low"].to_numpy(dtype=float)).sum())
        if bounded:
            words.append(f"Against {text(data.baseline)} <b>{clear} of {bounded}</b> differ by more than chance.")
    return " ".join(words)


def _tiles(data: ComparisonData) -> Part:
    net = data.net
    if not len(net):
        return Part()
    shown = [
        Tile(
            f"Best net, {data.currency}", amount_text(float(net.max()), data.precision, True), str(net.idxmax()), tone(net.max())
        ),
        Tile(
            f"Worst net, {data.currency}", amount_text(float(net.min()), data.precision, True), str(net.idxmin()), tone(net.min())
        ),
        Tile(f"Spread, {data.currency}", amount_text(float(net.max() - net.min()), data.precision), "best less worst"),
    ]
    for axis, effect in list(data.effects.items())[:3]:
        n = data.frame[axis].nunique()
        shown.append(
            Tile(f"By {charts.words(axis)}", amount_text(effect, data.precision), f"between the means of its {n} models")
        )
    for name, label in (("fill_rate", "Fill rate"), ("maker_share", "Maker share")):
        known = data.frame[name].dropna()
        if len(known):
            shown.append(Tile(label, f"{known.min():.0%} to {known.max():.0%}", "lowest and highest"))
    return tiles(shown)


def _table(data: ComparisonData) -> Part:
    frame = data.frame
    kept = [name for name in SHOWN if name in frame and frame[name].notna().any() and (frame[name] != 0).any()]
    formats = {name: form for name, form in SHOWN.items() if name in kept}
    return card("Worlds", table(frame[kept].rename_axis("world"), formats, ("net", "gross")))


def _differences(data: ComparisonData) -> Part:
    frame = data.differences
    if frame is None:
        return missing("")
    return long_table(f"Differences to {data.baseline}", frame)


def _run(data: ComparisonData) -> Part:
    parts = [card("Run", facts(data.run.items()))]
    if data.fingerprint is not None and len(data.fingerprint):
        parts.append(
            card("Data", table(data.fingerprint), note="What was replayed, once for all worlds; equal data has equal lines.")
        )
    shown = json.dumps(data.config, indent=2, default=str, ensure_ascii=False)
    config = folded(f"Configuration of {data.names[0]}", "in full", Part(f'<pre class="mono">{text(shown)}</pre>'))
    return join(row(*parts), config)


def _chart(chart: Chart | None, title: str, why: str, note: str = "") -> Part:
    if chart is None:
        return missing(why)
    return card(title or chart.label, chart, note=note)


def _amount(value: float, data: ComparisonData, sign: bool = True) -> str:
    return text(f"{amount_text(value, data.precision, sign)} {data.currency}")
