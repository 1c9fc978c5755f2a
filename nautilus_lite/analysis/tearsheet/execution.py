"""How well orders were executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, axis, level, numbers
from nautilus_lite.analysis.page.parts import Part, card, missing
from nautilus_lite.analysis.page.tables import table
from nautilus_lite.analysis.tearsheet.data import TearsheetData

if TYPE_CHECKING:
    import pandas as pd

SIDES = (("all", "all fills", "$soft"), ("MAKER", "as maker", "$up"), ("TAKER", "as taker", "$down"))
"""Rows of the table of execution, how they are named, and their colours."""
COLUMNS = {
    "fills": ("Fills", ",.0f"),
    "fill_rate": ("Filled of ordered", ".1%"),
    "time_to_fill_median_s": ("Time to fill, median, s", ",.3f"),
    "slippage_decision_bp": ("Slippage at decision, bp", ",.3g"),
    "slippage_arrival_bp": ("Slippage at arrival, bp", ",.3g"),
    "slippage_fill_bp": ("Slippage at the fill, bp", ",.3g"),
    "markout_1s_bp": ("Markout, 1 s, bp", ",.3g"),
    "markout_5s_bp": ("Markout, 5 s, bp", ",.3g"),
    "markout_60s_bp": ("Markout, 60 s, bp", ",.3g"),
}
AFTER = ("at the fill", "1 s", "5 s", "60 s")


def markout_chart(data: TearsheetData) -> Chart | None:
    """Return what fills were worth against the middle, at once and later; None where no middle was known."""
    frame = data.execution
    if frame is None:
        return None
    traces = []
    for side, name, colour in SIDES:
        if side not in frame.index or side == "all":
            continue
        line = frame.loc[side]
        values = [-line["slippage_fill_bp"], line["markout_1s_bp"], line["markout_5s_bp"], line["markout_60s_bp"]]
        if np.isfinite(np.array(values, dtype=float)).sum() < 2:
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": list(AFTER),
                "y": numbers(values, 4),
                "name": name,
                "line": {"color": colour, "width": 1.8},
                "marker": {"size": 7, "color": colour, "symbol": "circle" if side == "MAKER" else "diamond"},
                "hovertemplate": f"{name}, %{{x}}: %{{y:,.3~r}} bp<extra></extra>",
            }
        )
    if not traces:
        return None
    layout = {
        "xaxis": axis(type="category", showgrid=False),
        "yaxis": axis(nticks=6, zeroline=False),
        "shapes": [level(0.0)],
        "showlegend": True,
        "margin": {"l": 6, "r": 12, "t": 26, "b": 6},
    }
    return Chart("markouts", "What fills were worth against the middle later, basis points", traces, layout, zoom=False)


def reasons(fills: pd.DataFrame) -> pd.DataFrame:
    """Return how many fills had each reason, the most frequent first."""
    import pandas as pd

    counts = fills["fill_reason"].astype(str).value_counts()
    counts = counts[counts > 0]
    shown = pd.DataFrame({"fills": counts.to_numpy(), "share": counts.to_numpy() / len(fills)}, index=counts.index)
    return shown.rename_axis("reason")


def execution_cards(data: TearsheetData) -> list[Part]:
    """Return a card with figures of execution, one with markouts, one with the reasons of fills."""
    import pandas as pd

    if data.fills is None or not len(data.fills):
        return [missing("execution: there were no fills")]
    cards = []
    if data.execution is not None and len(data.execution):
        shown = pd.DataFrame(
            {
                name: [_cell(data.execution.loc[side, column], form) for side, _, _ in SIDES if side in data.execution.index]
                for column, (name, form) in COLUMNS.items()
            },
            index=[name for side, name, _ in SIDES if side in data.execution.index],
        ).T
        words = "Against the middle of the market, weighted by value. Slippage costs where it is positive, a markout gains."
        cards.append(card("Execution", table(shown.rename_axis(""), right=tuple(shown.columns)), note=words))
    chart = markout_chart(data)
    if chart is not None:
        words = "Middle so much later less price, times the side, in basis points; what lies below zero was given back."
        cards.append(card("Worth of a fill later, bp", chart, note=words))
    if "fill_reason" in data.fills:
        cards.append(card("Why orders filled", table(reasons(data.fills), {"share": ".1%"})))
    return cards


def _cell(value: Any, form: str) -> str:
    return format(value, form) if np.isfinite(value) else ""
