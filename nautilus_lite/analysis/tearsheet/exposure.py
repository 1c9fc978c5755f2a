"""What was held over time, and how much of it was borrowed."""

from __future__ import annotations

from typing import Any

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, axis, heading, level, milliseconds, money_ticks, numbers, time_axis
from nautilus_lite.analysis.page.parts import Part, card, missing
from nautilus_lite.analysis.page.sampling import downsample_together
from nautilus_lite.analysis.tearsheet.data import TearsheetData


def exposure_chart(data: TearsheetData) -> Chart | None:
    """Return gross and net exposure, and leverage below them; None where nothing was held or nothing was recorded."""
    frame = data.exposure
    if frame is None or len(frame) < 2 or not np.nansum(frame["gross"].to_numpy(dtype=float)):
        return None
    gross, net, leverage = (frame[name].to_numpy(dtype=float) for name in ("gross", "net", "leverage"))
    keep = downsample_together([gross, net, leverage], 4_000)
    times = milliseconds(frame.index[keep])
    line: dict[str, Any] = {"type": "scatter", "mode": "lines", "x": times}
    traces = [
        {
            **line,
            "y": numbers(gross[keep], data.precision),
            "name": "gross",
            "fill": "tozeroy",
            "fillcolor": "$accent/.10",
            "line": {"color": "$accent/.55", "width": 1, "shape": "hv"},
            "hovertemplate": "gross %{y:,.0f}<extra></extra>",
        },
        {
            **line,
            "y": numbers(net[keep], data.precision),
            "name": "net",
            "line": {"color": "$accent", "width": 1.6, "shape": "hv"},
            "hovertemplate": "net %{y:,.0f}<extra></extra>",
        },
        {
            **line,
            "y": numbers(leverage[keep], 6),
            "name": "leverage",
            "yaxis": "y2",
            "showlegend": False,
            "line": {"color": "$second", "width": 1.4, "shape": "hv"},
            "hovertemplate": "leverage %{y:.3f}<extra></extra>",
        },
    ]
    ticks = ",.3~s" if np.nanmax(leverage) >= 1e3 else ",.3~g"
    layout = {
        "hovermode": "x unified",
        "margin": {"l": 6, "r": 12, "t": 26, "b": 6},
        "xaxis": time_axis(times, anchor="y2"),
        "yaxis": axis(domain=[0.42, 1], tickformat=money_ticks(np.concatenate([gross, net])), nticks=5),
        "yaxis2": axis(domain=[0, 0.28], rangemode="tozero", nticks=3, tickformat=ticks),
        "annotations": [heading("Leverage: gross by equity", 0.29)],
        "shapes": [level(0.0)],
        "showlegend": True,
    }
    return Chart("exposure", "Exposure and leverage over time", traces, layout, height=330)


def exposure_card(data: TearsheetData) -> Part:
    """Return the card with exposure and leverage."""
    chart = exposure_chart(data)
    if chart is None:
        return missing("exposure: nothing was held at the times of the grid")
    assert data.exposure is not None
    n = len(data.exposure)
    held = float((data.exposure["n_open"].to_numpy() > 0).mean())
    return card(
        f"Exposure, {data.currency}",
        chart,
        note=f"Net: longs less shorts at market. Something was held at {held:.0%} of the {n:,} times of the grid.",
    )
