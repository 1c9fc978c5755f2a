"""A report of one run as a single HTML file that needs no network.

The first page answers if the run made money and how painfully; everything below says how the figures were made. All
text is escaped, the page forbids itself every request, and equal input gives an equal file.
"""

from __future__ import annotations

import html
import json
import math
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.drawdown import drawdown_series, drawdown_table
from nautilus_lite.analysis.equity import ns_index, returns
from nautilus_lite.analysis.page import CSS, SCRIPT
from nautilus_lite.analysis.summary import StatValue, duration_text
from nautilus_lite.errors import MissingExtra
from nautilus_lite.model.objects import Currency

if TYPE_CHECKING:
    import pandas as pd

MAX_POINTS = 20_000
"""Points of a chart above which it is drawn from the extremes of equal stretches."""
MAX_ROWS = 200
"""Rows of a table that are written out; the frames themselves have them all."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TILES = (
    ("PnL (total)", "Net PnL"),
    ("PnL% (total)", "Return"),
    ("Max Drawdown", "Max drawdown"),
    ("Sharpe Ratio", "Sharpe ratio"),
    ("Trades", "Trades"),
    ("Fees", "Fees"),
)
_NUMBER = ' class="num"'
_SIGNED = {"PnL (total)", "PnL% (total)"}
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"


def create_tearsheet(
    path: str | os.PathLike[str],
    title: str,
    equity: pd.Series,
    statistics: Sequence[StatValue],
    currency: Any,
    config: Mapping[str, Any] | None = None,
    warnings: Sequence[str] = (),
    digest: str = "",
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """Write the HTML report of a run. Needs the `viz` extra.

    Parameters
    ----------
    path : str or path
        Written whole or not at all; a file that exists is replaced.
    title : str
    equity : Series
        Mark-to-market equity in `currency` indexed by UTC time, the opening balance first.
    statistics : sequence of StatValue
    currency : Currency or str
    config : mapping, optional
        The effective configuration, printed in full.
    warnings : sequence of str
        What the reader of the figures must know; printed above the charts.
    digest : str
        Hash of the run.
    tables : mapping of str to DataFrame, optional
        Further tables by heading; the first 200 rows of each are written.

    Returns
    -------
    str
        The path.

    Raises
    ------
    MissingExtra
        If plotly is not installed.
    """
    page = render_tearsheet(title, equity, statistics, currency, config, warnings, digest, tables)
    target = Path(path)
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(page)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    return str(path)


def render_tearsheet(
    title: str,
    equity: pd.Series,
    statistics: Sequence[StatValue],
    currency: Any,
    config: Mapping[str, Any] | None = None,
    warnings: Sequence[str] = (),
    digest: str = "",
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """Return the page that `create_tearsheet` writes; the same parameters and errors."""
    code = str(currency)
    parts = [
        _header(title, equity, code),
        _tiles(statistics),
        _warnings(warnings),
        _chart(equity),
        _pair(_drawdowns(equity), _months(equity)),
        _statistics(statistics),
        *(_table(name, frame) for name, frame in (tables or {}).items()),
        _config(config),
        f'<footer>Run digest <span class="mono">{html.escape(digest)}</span></footer>' if digest else "",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{CSS}</style></head><body><main>\n"
        + "\n".join(part for part in parts if part)
        + f'\n</main><script id="data" type="application/json">{_chart_data(equity, code)}</script>'
        f"<script>{_plotly()}</script><script>{SCRIPT}</script></body></html>\n"
    )


def downsample(values: np.ndarray, limit: int = MAX_POINTS) -> np.ndarray:
    """Return the positions of the points that a chart needs: of equal stretches the first, last, lowest and highest.

    Parameters
    ----------
    values : ndarray of float
        NaN is a gap and never counts as an extreme.
    limit : int
        Number of points up to which all are kept; more points are brought down to about as many. At least 4.

    Returns
    -------
    ndarray of int
        Ascending, without repeats.
    """
    n = len(values)
    if n <= limit:
        return np.arange(n)
    size = math.ceil(n / (limit // 4))
    edges = np.arange(0, n, size)
    padded = np.full(len(edges) * size, np.nan)
    padded[:n] = values
    stretches = padded.reshape(len(edges), size)
    lowest = edges + np.where(np.isnan(stretches), np.inf, stretches).argmin(axis=1)
    highest = edges + np.where(np.isnan(stretches), -np.inf, stretches).argmax(axis=1)
    last = np.minimum(edges + size, n) - 1
    return np.unique(np.concatenate([edges, lowest, highest, last]))


def _plotly() -> str:
    try:
        from plotly.offline import get_plotlyjs
    except ImportError as error:
        remedy = "pip install nautilus_lite[viz]"
        raise MissingExtra(f"the HTML report needs plotly, which is not installed: {remedy}") from error
    return str(get_plotlyjs())


def _chart_data(equity: pd.Series, code: str) -> str:
    """Return equity and drawdown as JSON that is safe inside a script element."""
    values = equity.to_numpy(dtype=float)
    depths = np.full(len(values), np.nan)
    depths[~np.isnan(values)] = drawdown_series(equity).to_numpy()
    keep = np.arange(len(values))
    if len(values) > MAX_POINTS:
        keep = np.union1d(downsample(values, MAX_POINTS // 2), downsample(depths, MAX_POINTS // 2))
    digits = Currency.from_str(code).precision
    known = values[~np.isnan(values)]
    data = {
        "x": _utc_texts(equity.iloc[keep]),
        "equity": _numbers(values[keep], digits),
        "drawdown": _numbers(depths[keep], 8),
        "opening": float(known[0]) if len(known) else None,
        "unit": code,
        "digits": digits,
        "tickformat": _tick_format(known),
        "depthformat": ".2%" if len(depths) and np.nanmin(np.append(depths, 0.0)) > -0.02 else ".0%",
    }
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")


def _tick_format(known: np.ndarray) -> str:
    """Return the format of the equity axis: as many digits as the range needs, thousands shortened when large."""
    span = float(known.max() - known.min()) if len(known) else 0.0
    if span >= 1e6:
        return "~s"
    return ",.0f" if span >= 10.0 else ",.4~f"


def _numbers(values: np.ndarray, digits: int) -> list[float | None]:
    return [None if math.isnan(value) else value for value in np.round(values, digits).tolist()]


def _utc_texts(series: pd.Series) -> list[str]:
    instants = ns_index(series).asi8.view("M8[ns]")
    return [text.replace("T", " ") for text in np.datetime_as_string(instants, unit="s").tolist()]


def _header(title: str, equity: pd.Series, code: str) -> str:
    period = "equity was not sampled"
    if len(equity):
        first, last = equity.index[0], equity.index[-1]
        length = duration_text((last - first).total_seconds())
        period = f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC, {length}"
    below = f"{period} &middot; figures in {html.escape(code)}"
    return f'<header><h1>{html.escape(title)}</h1><p class="sub">{below}</p></header>'


def _tiles(statistics: Sequence[StatValue]) -> str:
    tiles = []
    for prefix, label in _TILES:
        stat = next((stat for stat in statistics if stat.name.startswith(prefix)), None)
        if stat is None:
            continue
        if stat.value is None:
            text, detail, tone = "n/a", stat.why or "", ""
        else:
            text = html.escape(_tile_text(stat))
            detail = _detail(stat, statistics)
            tone = _tone(stat.value) if stat.name in _SIGNED else ""
        tiles.append(
            f'<div class="tile"><div class="label">{label}{html.escape(_tile_unit(stat))}</div>'
            f'<div class="value {tone}">{text}</div>'
            f'<div class="detail">{html.escape(detail)}</div></div>'
        )
    return f'<section class="tiles">{"".join(tiles)}</section>' if tiles else ""


def _tile_unit(stat: StatValue) -> str:
    return "" if stat.unit in ("fraction", "%", "ratio", "count") else f", {stat.unit}"


def _tile_text(stat: StatValue) -> str:
    """Return the figure without its unit; large amounts lose their minor units here and keep them in the table."""
    if _tile_unit(stat) and stat.value is not None and abs(stat.value) >= 1e5:
        return f"{stat.value:,.0f}"
    return stat.text().partition(" ")[0]


def _detail(stat: StatValue, statistics: Sequence[StatValue]) -> str:
    """Return the line below a tile's figure: what else one asks at once."""
    by_name = {other.name: other for other in statistics}
    beside = {
        "PnL (total)": ("", "after fees, open positions at market"),
        "PnL% (total)": ("CAGR", "a year"),
        "Max Drawdown": ("Longest Drawdown", "the longest"),
        "Sharpe Ratio": ("", f"of {stat.count} daily returns"),
        "Trades": ("Win Rate", "won"),
    }.get(stat.name, ("", "on all orders"))
    other = by_name.get(beside[0])
    if other is None:
        return beside[1] if not beside[0] else ""
    return f"{other.text()} {beside[1]}" if other.value is not None else ""


def _tone(value: float) -> str:
    return "up" if value > 0.0 else "down" if value < 0.0 else ""


def _warnings(warnings: Sequence[str]) -> str:
    if not warnings:
        return ""
    items = "".join(f"<li>{html.escape(str(warning))}</li>" for warning in warnings)
    return f'<section class="card warnings"><h2>Read this first</h2><ul>{items}</ul></section>'


def _chart(equity: pd.Series) -> str:
    if equity.empty:
        return '<section class="card"><h2>Equity</h2><p class="note">Equity was not sampled in this run.</p></section>'
    shown = ""
    if len(equity) > MAX_POINTS:
        shown = f'<p class="note">Drawn from the extremes of {len(equity):,} samples.</p>'
    return (
        f'<section class="card"><div id="chart" role="img" aria-label="Equity and drawdown over time"></div>{shown}'
        '<noscript><p class="note">The charts need JavaScript.</p></noscript></section>'
    )


def _pair(*sections: str) -> str:
    filled = [section for section in sections if section]
    return f'<div class="pair">{"".join(filled)}</div>' if filled else ""


def _drawdowns(equity: pd.Series) -> str:
    table = drawdown_table(equity)
    if table.empty:
        return ""
    head = "".join(
        f"<th{kind}>{name}</th>"
        for name, kind in (("Depth", ""), ("Peak", ""), ("Trough", ""), ("Recovery", ""), ("Days", _NUMBER))
    )
    rows = []
    depths, days = table["depth"].to_numpy(), table["days"].to_numpy()
    dates = [table[column].dt.strftime("%Y-%m-%d").fillna("not yet") for column in ("peak", "trough", "recovery")]
    for depth, length, peak, trough, recovery in zip(depths, days, *dates, strict=True):
        digits = 2 if depth < -0.01 else 3
        rows.append(
            f'<tr><td class="down">{depth * 100.0:.{digits}f}%</td><td>{peak}</td><td>{trough}</td>'
            f"<td>{recovery}</td><td{_NUMBER}>{length:,.1f}</td></tr>"
        )
    return (
        '<section class="card"><h2>Worst drawdowns</h2><div class="scroll">'
        f"<table><tr>{head}</tr>{''.join(rows)}</table></div></section>"
    )


def _months(equity: pd.Series) -> str:
    """Return monthly returns as years by months, if there is more than one month."""
    monthly = returns(equity, "ME").dropna()
    if len(monthly) < 2:
        return ""
    largest = float(monthly.abs().max()) or 1.0
    months = ns_index(monthly)
    cells = dict(zip(zip(months.year.tolist(), months.month.tolist(), strict=True), monthly.tolist(), strict=True))
    years = sorted({year for year, _ in cells})
    head = "".join(f"<th>{month}</th>" for month in _MONTHS)
    rows = []
    for year in years:
        row, whole = "", 1.0
        for month in range(1, 13):
            value = cells.get((year, month))
            whole *= 1.0 + (value or 0.0)
            row += "<td></td>" if value is None else _heat_cell(value, largest)
        total = f'<td class="{_tone(whole - 1.0)}"><b>{(whole - 1.0) * 100:.1f}</b></td>'
        rows.append(f"<tr><th>{year}</th>{row}{total}</tr>")
    return (
        '<section class="card"><h2>Monthly returns, %</h2><div class="scroll"><table class="heat">'
        f"<tr><th></th>{head}<th>Year</th></tr>{''.join(rows)}</table></div>"
        '<p class="note">Of equity at market; months end at midnight UTC.</p></section>'
    )


def _heat_cell(value: float, largest: float) -> str:
    side = "--up" if value >= 0.0 else "--down"
    strength = 0.06 + 0.5 * abs(value) / largest
    return f'<td style="background:rgb(var({side})/{strength:.2f})">{value * 100:.1f}</td>'


def _statistics(statistics: Sequence[StatValue]) -> str:
    rows = []
    for stat in statistics:
        refused = " refused" if stat.value is None else ""
        rows.append(
            f'<div class="stat"><div>{html.escape(stat.name)}<div class="why">{html.escape(stat.convention)} '
            f'<span class="nowrap">&middot; n = {stat.count:,}</span></div></div>'
            f'<div class="value{refused}">{html.escape(stat.text())}</div></div>'
        )
    if not rows:
        return ""
    return f'<section class="card"><h2>Statistics</h2><div class="stats">{"".join(rows)}</div></section>'


def _table(name: str, frame: pd.DataFrame) -> str:
    """Return a table that can be folded out; columns of one value throughout are named once above it."""
    shown = frame.head(MAX_ROWS).dropna(axis="columns", how="all")
    same = {}
    if len(frame) > 1:
        same = {
            column: shown[column].iloc[0]
            for column in shown.columns
            if frame[column].notna().all() and frame[column].nunique() == 1
        }
    columns = [column for column in shown.columns if column not in same]
    head = f"<th>{html.escape(str(frame.index.name or ''))}</th>" + "".join(
        f"<th{_NUMBER if frame[column].dtype.kind in 'if' else ''}>{html.escape(str(column).removesuffix('_ns'))}</th>"
        for column in columns
    )
    lists = [shown.index.tolist(), *(shown[column].tolist() for column in columns)]
    names = [str(frame.index.name), *map(str, columns)]
    body = "".join(
        "<tr>" + "".join(_cell(column, value) for column, value in zip(names, row, strict=True)) + "</tr>"
        for row in zip(*lists, strict=True)
    )
    count = f"{len(frame):,}" if len(frame) <= MAX_ROWS else f"first {MAX_ROWS} of {len(frame):,}"
    common = ", ".join(f"{column} {_cell_text(str(column), value)}" for column, value in same.items())
    note = f'<p class="note">In every row: {html.escape(common)}</p>' if common else ""
    return (
        f'<details class="card"><summary>{html.escape(name)}<span class="note">{count}</span></summary>{note}'
        f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div></details>'
    )


def _cell(column: str, value: Any) -> str:
    kind = _NUMBER if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
    return f"<td{kind}>{html.escape(_cell_text(column, value))}</td>"


def _cell_text(column: str, value: Any) -> str:
    if value is None or value != value or str(value) in ("<NA>", "NaT"):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.endswith("_ns"):
        return duration_text(value / 1e9)
    if isinstance(value, float):
        return f"{value:,.10g}"
    if hasattr(value, "tzinfo"):
        return str(value.tz_localize(None)) if value.tzinfo is not None else str(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _config(config: Mapping[str, Any] | None) -> str:
    if not config:
        return ""
    text = json.dumps(config, indent=2, default=str, ensure_ascii=False)
    return (
        '<details class="card"><summary>Configuration<span class="note">in full</span></summary>'
        f'<pre class="mono">{html.escape(text)}</pre></details>'
    )
