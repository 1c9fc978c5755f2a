"""Prices with the trades made in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.page.charts import Chart, axis, milliseconds, numbers, time_axis
from nautilus_lite.analysis.page.parts import Part, card, join, missing
from nautilus_lite.analysis.page.sampling import coarser_bars
from nautilus_lite.analysis.tearsheet.data import TearsheetData

if TYPE_CHECKING:
    import pandas as pd

MAX_BARS = 1_000
MAX_TRADES = 300
"""Trades of one instrument that are marked: those with the largest profits and losses."""
MAX_INSTRUMENTS = 6


def price_chart(data: TearsheetData, instrument_id: str, name: str = "prices") -> Chart | None:
    """Return the prices of an instrument with entries and exits marked; None where there are no price bars of it.

    Parameters
    ----------
    data : TearsheetData
    instrument_id : str
    name : str
        Of the chart.
    """
    frame = known_prices(data, instrument_id)
    if len(frame) < 2:
        return None
    times, bars, _ = coarser_bars(
        np.asarray(milliseconds(frame.index)), frame[["open", "high", "low", "close"]].to_numpy(float), MAX_BARS
    )
    x = times.tolist()
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "line": {"width": 0, "color": "$soft"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    traces: list[dict[str, Any]] = [
        {**band, "y": numbers(bars[:, 2])},
        {**band, "y": numbers(bars[:, 1]), "fill": "tonexty", "fillcolor": "$soft/.22"},
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": numbers(bars[:, 3]),
            "name": "price",
            "showlegend": False,
            "line": {"color": "$soft", "width": 1.1},
            "hovertemplate": "price %{y}<extra></extra>",
        },
    ]
    trades, _ = marked_trades(data, instrument_id)
    if trades is not None and len(trades):
        traces += _ways(trades) + _exits(trades) + _entries(trades)
    layout = {
        "margin": {"l": 6, "r": 12, "t": 26, "b": 6},
        "xaxis": time_axis(x),
        "yaxis": axis(nticks=7, tickformat=",~g" if bars[:, 3].max() < 1e6 else ",.0f"),
        "showlegend": True,
    }
    return Chart(name, f"Price of {instrument_id} with entries and exits", traces, layout, height=380, narrow=320)


def known_prices(data: TearsheetData, instrument_id: str) -> pd.DataFrame:
    """Return what is known of the prices of an instrument: its price bars, or else samples and middles at its fills.

    Returns
    -------
    DataFrame
        `open`, `high`, `low`, `close`, by UTC time, ascending; empty where nothing is known.
    """
    import pandas as pd

    columns = ["open", "high", "low", "close"]
    if instrument_id in data.price_bars:
        return data.price_bars[instrument_id][columns].dropna()
    none = pd.DataFrame({name: pd.Series(dtype=float) for name in columns}, index=pd.DatetimeIndex([], tz="UTC"))
    points = _mids_around_fills(data, instrument_id)
    if instrument_id in data.sampled_prices:
        points.append(data.sampled_prices[instrument_id])
    if not points:
        return none
    mids = pd.concat(points).dropna().sort_index(kind="stable")
    mids = mids[~mids.index.duplicated(keep="last")]
    return pd.DataFrame(dict.fromkeys(columns, mids)) if len(mids) else none


def _mids_around_fills(data: TearsheetData, instrument_id: str) -> list[pd.Series]:
    """Return the middles at the fills of an instrument, and later ones where the run noted them."""
    import pandas as pd

    if data.fills is None or "mid_fill" not in data.fills:
        return []
    own = data.fills[data.fills["instrument_id"] == instrument_id]
    points = [pd.Series(own["mid_fill"].to_numpy(dtype=float), index=pd.DatetimeIndex(own["ts_event"]))]
    for seconds in (1, 5, 60):
        if f"mid_{seconds}s" in own:
            later = pd.DatetimeIndex(own["ts_event"]) + pd.Timedelta(seconds, "s")
            points.append(pd.Series(own[f"mid_{seconds}s"].to_numpy(dtype=float), index=later))
    return points


def marked_trades(data: TearsheetData, instrument_id: str) -> tuple[pd.DataFrame | None, int]:
    """Return the trades of an instrument that are marked, open ones included, and how many there are."""
    if data.positions is None:
        return None, 0
    own = data.positions[data.positions["instrument_id"] == instrument_id]
    if len(own) <= MAX_TRADES:
        return own, len(own)
    sizes = own["realized_pnl"].abs().to_numpy(dtype=float)
    # Open positions are marked whatever they are worth
    sizes = np.where(own["ts_closed"].isna(), np.inf, sizes)
    keep = np.sort(np.argsort(-sizes, kind="stable")[:MAX_TRADES])
    return own.iloc[keep], len(own)


def price_cards(data: TearsheetData) -> Part:
    """Return a card for each instrument that was traded, those with most trades first."""
    if data.positions is None or not len(data.positions):
        return missing("prices: no position was opened")
    counts = data.positions["instrument_id"].value_counts()
    cards: list[Part] = []
    for instrument_id in [str(name) for name, count in counts.items() if count][:MAX_INSTRUMENTS]:
        chart = price_chart(data, instrument_id, f"prices-{len(cards)}")
        if chart is None:
            continue
        cards.append(card(f"{instrument_id}: entries and exits", chart, note=_note(data, instrument_id)))
    return join(*cards) if cards else missing("prices: none are known of what was traded")


def _note(data: TearsheetData, instrument_id: str) -> str:
    size = -(-len(known_prices(data, instrument_id)) // MAX_BARS)
    if instrument_id in data.price_bars:
        words = "Line: closes; band: highest and lowest" + (f" of {size} bars." if size > 1 else " of each bar.")
    else:
        sampled = "at each sample of the equity, " if instrument_id in data.sampled_prices else ""
        words = f"Line: the mid {sampled}at fills and up to a minute after them, where the run noted it; straight in between."
        if size > 1:
            words += f" Band: highest and lowest of {size} of these."
    shown, n = marked_trades(data, instrument_id)
    if shown is not None and len(shown) < n:
        words += f" Marked: the {len(shown):,} of {n:,} trades with the largest profits and losses."
    return words


def _ways(trades: pd.DataFrame) -> list[dict[str, Any]]:
    """Return lines from entry to exit."""
    closed = trades[trades["ts_closed"].notna()]
    ways = []
    won = closed["realized_pnl"].to_numpy(dtype=float) > 0.0
    for chosen, colour in ((won, "$up"), (~won, "$down")):
        part = closed[chosen]
        if not len(part):
            continue
        gap = np.full(len(part), np.nan)
        ends = [np.array(milliseconds(part[name]), dtype=float) for name in ("ts_opened", "ts_closed")]
        times = np.column_stack([*ends, gap])
        prices = np.column_stack([part["avg_px_open"].to_numpy(float), part["avg_px_close"].to_numpy(float), gap])
        line = {"color": colour, "width": 1.1}
        ways.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": numbers(times.ravel()),
                "y": numbers(prices.ravel()),
                "line": line,
                "opacity": 0.7,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return ways


def _entries(trades: pd.DataFrame) -> list[dict[str, Any]]:
    entries = []
    for side, words, symbol in (("BUY", "long entry", "triangle-up"), ("SELL", "short entry", "triangle-down")):
        part = trades[trades["entry"] == side]
        if len(part):
            colour = "$accent" if side == "BUY" else "$second"
            marker = {"symbol": symbol, "size": _size(trades), "color": colour, "line": {"color": "$card", "width": 0.8}}
            texts = [f"{words}, {quantity:,.10g}" for quantity in part["peak_qty"].tolist()]
            entries.append(_marks(words, part["ts_opened"], part["avg_px_open"], marker, texts))
    return entries


def _exits(trades: pd.DataFrame) -> list[dict[str, Any]]:
    closed = trades[trades["ts_closed"].notna()]
    won = closed["realized_pnl"].to_numpy(dtype=float) > 0.0
    exits = []
    for chosen, words, colour, symbol in (
        (won, "exit with a profit", "$up", "circle"),
        (~won, "exit without", "$down", "circle-open"),
    ):
        part = closed[chosen]
        if len(part):
            marker = {"symbol": symbol, "size": _size(trades) - 3, "color": colour}
            pairs = zip(part["realized_pnl"].tolist(), part["currency"].tolist(), strict=True)
            exits.append(
                _marks(words, part["ts_closed"], part["avg_px_close"], marker, [f"{pnl:+,.10g} {code}" for pnl, code in pairs])
            )
    return exits


def _size(trades: pd.DataFrame) -> int:
    """Return the size of marks: smaller where many stand close."""
    return 9 if len(trades) <= 100 else 7


def _marks(name: str, times: pd.Series, prices: pd.Series, marker: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": milliseconds(times),
        "y": numbers(prices),
        "name": name,
        "marker": marker,
        "text": texts,
        "hovertemplate": "%{text}<br>at %{y}, %{x}<extra></extra>",
    }
