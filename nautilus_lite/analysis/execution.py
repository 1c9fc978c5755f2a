"""How well orders were executed: fill rates, time to fill, slippage, markouts, adverse selection.

Everything is computed from the frames of orders and fills, column by column. Signs: slippage is a cost, positive where the trade
paid more (sold for less) than the middle of bid and ask; a markout is a gain, positive where the middle moved in favour of the
trade. At one mid they are two sides of one identity, for every fill::

    -slippage at the fill  =  markout  +  adverse move
    (half-spread earned)      (kept)      (given back)

A maker's slippage at the fill is the half-spread that it earned, with a minus; its markout is what it kept after the time stated,
the realised half-spread; the difference is what the market took back, the price impact of who traded against it [1]_.

References
----------
.. [1] R. Huang and H. Stoll, "Dealer versus auction markets: a paired comparison of execution costs on NASDAQ and the NYSE",
   Journal of Financial Economics 41 (1996) 313-357: effective half-spread = realised half-spread + price impact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nautilus_lite.analysis.markouts import MID_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

BP = 1e4
HORIZONS = {column.removeprefix("mid_"): column for column in MID_COLUMNS}
"""Markouts: their names, and the columns of the fills report that hold the middle so long after the fill."""
ADVERSE_HORIZON = "5s"
"""How long after a fill adverse selection is measured."""
MOMENTS = {"decision": "mid_decision", "arrival": "mid_arrival", "fill": "mid_fill"}
DEFAULT_BY = ("instrument_id", "order_side", "liquidity_side")


class Terms(NamedTuple):
    """What an instrument's quantity is worth.

    Parameters
    ----------
    multiplier : float
    is_inverse : bool
        Whether the quantity counts units of the quote currency.
    currency : str
        In which trades cost and gain.
    """

    multiplier: float
    is_inverse: bool
    currency: str


def terms_of(instruments: Sequence[Any]) -> dict[str, Terms]:
    """Return the terms of instruments by the text of their ids.

    Parameters
    ----------
    instruments : sequence of Instrument
    """
    return {
        str(instrument.id): Terms(
            float(instrument.multiplier), bool(instrument.is_inverse), str(instrument.settlement_currency)
        )
        for instrument in instruments
    }


def fill_costs(fills: pd.DataFrame, terms: Mapping[str, Terms] | None = None) -> pd.DataFrame:
    """Return what each fill cost against the middle, and where the middle went afterwards.

    Parameters
    ----------
    fills : DataFrame
        As of `ReportProvider.generate_fills_report`; columns of later middles may be missing.
    terms : mapping of str to Terms, optional
        By instrument id; a multiplier of one, and no inverse contract, where an instrument is not named.

    Returns
    -------
    DataFrame
        Indexed as `fills`, NaN where a middle was not known: `value` (quantity x price x multiplier; of inverse contracts
        quantity x multiplier / price), `currency` (its currency, that of costs), `slippage_{moment}_bp` and
        `slippage_{moment}` (basis points of the middle, and currency) for the moments decision, arrival and fill,
        `markout_{horizon}_bp` and `adverse_{horizon}_bp` (basis points of the middle at the fill) for 1, 5 and 60 s.
    """
    import pandas as pd

    terms = terms or {}
    codes, ids = pd.factorize(fills["instrument_id"])
    quotes = pd.factorize(fills["currency"])
    known = [terms.get(str(name), Terms(1.0, False, "")) for name in ids]
    size = fills["last_qty"].to_numpy(dtype=float) * np.array([t.multiplier for t in known], dtype=float)[codes]
    inverse = np.array([t.is_inverse for t in known], dtype=bool)[codes]
    own = np.array([t.currency for t in known], dtype=object)[codes]
    quote = np.array([str(code) for code in quotes[1]], dtype=object)[quotes[0]]
    sign = np.where((fills["order_side"] == "BUY").to_numpy(), 1.0, -1.0)
    price = fills["last_px"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns: dict[str, Any] = {
            "value": np.where(inverse, size / price, size * price),
            "currency": np.where(own == "", quote, own),
        }
        for moment, column in MOMENTS.items():
            mid = fills[column].to_numpy(dtype=float)
            columns[f"slippage_{moment}_bp"] = sign * (price - mid) / np.abs(mid) * BP
            columns[f"slippage_{moment}"] = sign * size * np.where(inverse, 1.0 / mid - 1.0 / price, price - mid)
        mid_fill = fills["mid_fill"].to_numpy(dtype=float)
        for horizon, column in HORIZONS.items():
            later = fills[column].to_numpy(dtype=float) if column in fills else np.full(len(fills), np.nan)
            columns[f"markout_{horizon}_bp"] = sign * (later - price) / np.abs(mid_fill) * BP
            columns[f"adverse_{horizon}_bp"] = sign * (mid_fill - later) / np.abs(mid_fill) * BP
    return pd.DataFrame(columns, index=fills.index)


def execution_quality(
    orders: pd.DataFrame,
    fills: pd.DataFrame,
    terms: Mapping[str, Terms] | None = None,
    by: Sequence[str] = DEFAULT_BY,
) -> pd.DataFrame:
    """Return measures of execution by groups of orders and fills.

    Parameters
    ----------
    orders, fills : DataFrame
        As of `ReportProvider`. Fills settled by a venue at expiry, which nobody executed, are left out.
    terms : mapping of str to Terms, optional
        As of `fill_costs`.
    by : sequence of {'instrument_id', 'strategy_id', 'order_side', 'order_type', 'liquidity_side'}
        What to group by; empty for one row named `all`. An order's liquidity side is that of its last fill.

    Returns
    -------
    DataFrame
        One row a group, with the columns of `measure`.
    """
    import pandas as pd

    known = ("instrument_id", "strategy_id", "order_side", "order_type", "liquidity_side")
    if unknown := [name for name in by if name not in known]:
        raise ValueError(f"cannot group by {unknown[0]!r}, must be of {', '.join(known)}")
    orders = orders.rename(columns={"side": "order_side", "type": "order_type"})
    fills = traded(fills)
    costs = fill_costs(fills, terms)
    if not by:
        return pd.DataFrame([measure(orders, fills, costs)], index=pd.Index(["all"], name="group"))
    keys = {name: (orders[name].astype(str).to_numpy(), fills[name].astype(str).to_numpy()) for name in by}
    order_keys = list(zip(*(pair[0] for pair in keys.values()), strict=True))
    fill_keys = list(zip(*(pair[1] for pair in keys.values()), strict=True))
    of_order, of_fill = _positions(order_keys), _positions(fill_keys)
    none = np.array([], dtype=np.intp)
    rows, found = [], sorted(of_order.keys() | of_fill.keys())
    for key in found:
        at = of_fill.get(key, none)
        rows.append(measure(orders.iloc[of_order.get(key, none)], fills.iloc[at], costs.iloc[at], orders))
    names = list(by)
    index = pd.MultiIndex.from_tuples(found, names=names) if found else pd.MultiIndex.from_arrays([[]] * len(by), names=names)
    return pd.DataFrame(rows, index=index, columns=list(measure(orders.iloc[:0], fills.iloc[:0], costs.iloc[:0])))


def measure(
    orders: pd.DataFrame, fills: pd.DataFrame, costs: pd.DataFrame, all_orders: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Return the measures of some orders and fills.

    Parameters
    ----------
    orders, fills : DataFrame
    costs : DataFrame
        Of these fills, as of `fill_costs`.
    all_orders : DataFrame, optional
        Where the orders of the fills are found; `orders` by default.

    Returns
    -------
    dict
        orders, fills : int
        denied, rejected : int
            Orders that the risk engine, and the venue, refused.
        fill_rate : float
            Filled quantity / ordered quantity of all orders, refused ones included; of several instruments the mean,
            weighted by their numbers of orders, since their quantities do not add up.
        filled_share : float
            Orders with any fill / orders.
        maker_share : float
            Fills as maker / fills.
        time_to_fill_median_s, time_to_fill_mean_s : float
            From sending an order to its first fill, over the orders that have one: what never filled has no time, so that
            these are no estimate of how long an order waits.
        currency : str
            In which amounts are; empty where there are several, and amounts are then NaN.
        slippage_decision_bp, slippage_arrival_bp, slippage_fill_bp : float
            Basis points of the middle, weighted by value; positive is a cost. Values of different currencies do not add up
            either: the mean over currencies, weighted by their numbers of fills.
        slippage_decision, slippage_arrival, slippage_fill : float
            The same in currency, summed.
        markout_1s_bp, markout_5s_bp, markout_60s_bp : float
            (middle so long after the fill - price) x side / middle at the fill, weighted by value; positive is a gain.
        adverse_selection_bp : float
            How far the middle has moved against maker fills after 5 s, weighted by value.
        adverse_share : float
            Maker fills whose markout after 5 s is negative: more was given back than the half-spread earned.
    """
    n_orders, n_fills = len(orders), len(fills)
    status = orders["status"]
    maker = (fills["liquidity_side"] == "MAKER").to_numpy()
    waited = _time_to_fill(orders if all_orders is None else all_orders, fills)
    currencies = costs["currency"].unique()
    single = len(currencies) == 1
    row: dict[str, Any] = {
        "orders": n_orders,
        "fills": n_fills,
        "denied": int((status == "DENIED").sum()),
        "rejected": int((status == "REJECTED").sum()),
        "fill_rate": _fill_rate(orders),
        "filled_share": float((orders["filled_qty"] > 0.0).mean()) if n_orders else np.nan,
        "maker_share": float(maker.mean()) if n_fills else np.nan,
        "time_to_fill_median_s": float(np.median(waited)) if len(waited) else np.nan,
        "time_to_fill_mean_s": float(waited.mean()) if len(waited) else np.nan,
        "currency": str(currencies[0]) if single else "",
    }
    for moment in MOMENTS:
        row[f"slippage_{moment}_bp"] = _weighted(costs, f"slippage_{moment}_bp")
    for moment in MOMENTS:
        amounts = costs[f"slippage_{moment}"].to_numpy()
        row[f"slippage_{moment}"] = float(np.nansum(amounts)) if single and not np.isnan(amounts).all() else np.nan
    for horizon in HORIZONS:
        row[f"markout_{horizon}_bp"] = _weighted(costs, f"markout_{horizon}_bp")
    made = costs[maker]
    kept = made[f"markout_{ADVERSE_HORIZON}_bp"].dropna()
    row["adverse_selection_bp"] = _weighted(made, f"adverse_{ADVERSE_HORIZON}_bp")
    row["adverse_share"] = float((kept < 0.0).mean()) if len(kept) else np.nan
    return row


def traded(fills: pd.DataFrame) -> pd.DataFrame:
    """Return the fills that were executed, without what a venue settled at expiry."""
    settled = (fills["liquidity_side"] == "NO_LIQUIDITY_SIDE").to_numpy()
    return fills[~settled] if settled.any() else fills


def _fill_rate(orders: pd.DataFrame) -> float:
    if not len(orders):
        return np.nan
    import pandas as pd

    codes, _ = pd.factorize(orders["instrument_id"])
    filled = np.bincount(codes, orders["filled_qty"].to_numpy(dtype=float))
    quantity = np.bincount(codes, orders["quantity"].to_numpy(dtype=float))
    ordered = quantity > 0.0
    if not ordered.any():
        return np.nan
    return float(np.average(filled[ordered] / quantity[ordered], weights=np.bincount(codes)[ordered]))


def _time_to_fill(orders: pd.DataFrame, fills: pd.DataFrame) -> np.ndarray:
    """Seconds from sending to the first of the fills, one value an order."""
    if not len(fills):
        return np.array([], dtype=float)
    times = fills["ts_event"].to_numpy(dtype="M8[ns]").view(np.int64)
    order = orders.index.get_indexer_for(fills.index)
    first = np.full(len(orders), np.iinfo(np.int64).max)
    np.minimum.at(first, order[order >= 0], times[order >= 0])
    sent = orders["ts_submitted"].to_numpy(dtype="M8[ns]").view(np.int64)
    known = (first != np.iinfo(np.int64).max) & (sent > 0)
    return (first[known] - sent[known]) / 1e9


def _weighted(costs: pd.DataFrame, column: str) -> float:
    """Mean weighted by value within a currency, by number of fills across currencies; NaN where nothing is known."""
    known = costs[costs[column].notna()]
    if known.empty:
        return np.nan
    total = 0.0
    for _, part in known.groupby("currency", sort=False):
        weights = part["value"].abs().to_numpy()
        mean = np.average(part[column], weights=weights) if weights.sum() > 0.0 else part[column].mean()
        total += float(mean) * len(part)
    return total / len(known)


def _positions(keys: list[tuple[str, ...]]) -> dict[tuple[str, ...], np.ndarray]:
    """Return at which places each key stands."""
    found: dict[tuple[str, ...], list[int]] = {}
    for i, key in enumerate(keys):
        found.setdefault(key, []).append(i)
    return {key: np.array(places, dtype=np.intp) for key, places in found.items()}
