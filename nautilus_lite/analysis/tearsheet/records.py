"""Statistics, breakdowns, orders, fills, positions, and what the run was made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, amount_text, axis, money_ticks, numbers
from nautilus_lite.analysis.page.parts import Part, card, facts, folded, join, missing, row, text
from nautilus_lite.analysis.page.tables import long_table, table
from nautilus_lite.analysis.tearsheet.data import HOURS, TearsheetData

if TYPE_CHECKING:
    import pandas as pd

    from nautilus_lite.analysis.stat_value import StatValue

OPEN_GROUPS = ("Return", "Drawdown", "Risk", "Trades")
BREAKDOWN_FORMATS = {
    "win_rate": ".1%",
    "fees": ",.2f",
    "net_pnl": ",.2f",
    "average_trade": ",.2f",
}


def statistics_card(data: TearsheetData) -> Part:
    """Return every statistic with its convention and number of observations, by groups that fold out."""
    groups: dict[str, list[StatValue]] = {}
    for stat in data.statistics:
        groups.setdefault(stat.group, []).append(stat)
    if not groups:
        return missing("statistics: none were made")
    return card("Statistics", *(_statistics(name, stats, name in OPEN_GROUPS) for name, stats in groups.items()))


def breakdown_cards(data: TearsheetData) -> Part:
    """Return the breakdowns, two beside each other."""
    signed = ("net_pnl", "average_trade")
    found = [(name, frame) for name, frame in data.breakdowns.items() if len(frame)]
    cards = [
        card(name, hour_chart(data, frame)) if name == HOURS else card(name, table(frame, BREAKDOWN_FORMATS, signed))
        for name, frame in found
    ]
    if not cards:
        return missing("breakdowns: there are no trades")
    return join(*(row(*cards[i : i + 2]) for i in range(0, len(cards), 2)))


def hour_chart(data: TearsheetData, frame: pd.DataFrame) -> Chart:
    """Return net profit by hour.

    Parameters
    ----------
    data : TearsheetData
    frame : DataFrame
        Indexed by hour: `net_pnl`, `trades`, `win_rate`.
    """
    values = frame["net_pnl"].to_numpy(dtype=float)
    trades, rates = frame["trades"].tolist(), frame["win_rate"].tolist()
    trace = {
        "type": "bar",
        "x": [int(hour) for hour in frame.index],
        "y": numbers(values, data.precision),
        "marker": {"color": ["$up" if value > 0.0 else "$down" for value in values.tolist()]},
        "customdata": [
            f"{amount_text(value, data.precision, True)} {data.currency}<br>{n:,} trades, {rate:.0%} won"
            for value, n, rate in zip(values.tolist(), trades, rates, strict=True)
        ],
        "hovertemplate": "%{x} h: %{customdata}<extra></extra>",
    }
    layout = {
        "xaxis": axis(range=[-0.6, 23.6], tickvals=[0, 3, 6, 9, 12, 15, 18, 21], showgrid=False),
        "yaxis": axis(tickformat=money_ticks(np.append(values, 0.0)), zeroline=True, nticks=6),
    }
    return Chart("hours", f"Net profit by hour, {data.currency}", [trace], layout, height=250, zoom=False)


def record_cards(data: TearsheetData) -> Part:
    """Return the tables of orders, fills, positions and funding, folded."""
    found = [("Positions", data.positions), ("Fills", data.fills), ("Orders", data.orders), ("Funding", data.funding)]
    return join(*(long_table(name, frame) for name, frame in found if frame is not None and len(frame)))


def run_cards(data: TearsheetData) -> Part:
    """Return facts of the run, the data it replayed, and its configuration in full."""
    told = dict(data.run)
    if data.digest:
        told["Digest"] = data.digest
    parts = [card("Run", facts(told.items()))] if told else []
    if data.fingerprint is not None and len(data.fingerprint):
        parts.append(card("Data", table(data.fingerprint), note="What was replayed; equal data has equal lines."))
    config = Part()
    if data.config:
        shown = json.dumps(data.config, indent=2, default=str, ensure_ascii=False)
        config = folded("Configuration", "in full", Part(f'<pre class="mono">{text(shown)}</pre>'))
    return join(row(*parts), config)


def _statistics(name: str, stats: list[StatValue], is_open: bool) -> Part:
    made = [stat for stat in stats if stat.value is not None]
    lines = "".join(
        f'<div class="stat"><div>{text(stat.name)}<div class="why">{text(stat.convention)} '
        f'<span class="nowrap">&middot; n = {stat.count:,}</span></div></div>'
        f'<div class="value">{text(stat.text())}</div></div>'
        for stat in made
    )
    reasons: dict[str, list[str]] = {}
    for stat in stats:
        if stat.value is None:
            reasons.setdefault(str(stat.why), []).append(stat.name)
    refused = "".join(f'<p class="note">{text(", ".join(names))}: {text(why)}</p>' for why, names in reasons.items())
    count = f"{len(made)}" + (f", {len(stats) - len(made)} refused" if len(made) < len(stats) else "")
    opened = " open" if is_open else ""
    return Part(
        f'<details class="stat-group"{opened}><summary>{text(name)}<span class="note">{count}</span></summary>'
        f'<div class="stats">{lines}</div>{refused}</details>'
    )
