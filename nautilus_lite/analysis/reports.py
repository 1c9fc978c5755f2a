"""Reports of orders, fills, positions and accounts as typed frames: numbers are numbers, times are UTC times.

Columns are read whole from the objects' fields (`analysis.columns`); a Python object a value would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.columns import (
    account_columns,
    fill_columns,
    fills_of,
    order_columns,
    position_columns,
    source_columns,
)
from nautilus_lite.analysis.equity import total_equity, utc_index
from nautilus_lite.analysis.frames import (
    categories,
    categories_of,
    members,
    repeated_texts,
    text_index,
    texts,
    times,
)
from nautilus_lite.analysis.markouts import MID_COLUMNS, FillMids
from nautilus_lite.model.enums import (
    AccountType,
    LiquiditySide,
    OrderSide,
    OrderStatus,
    OrderType,
    PositionSide,
    TimeInForce,
)
from nautilus_lite.model.ledger import LedgerCause

if TYPE_CHECKING:
    import pandas as pd

MOMENTS = ("decision", "arrival", "fill")
"""Moments whose middle a fill's price is compared with."""


class ReportProvider:
    """Makes frames of what a run left behind.

    Every column has the same type whatever the number of rows, none included: quantities, prices and money are float64
    (the float nearest to the exact amount, so that rounding to the currency's digits gives the exact amount back), with
    the currency in a column beside; counts and durations are int64; times are nanoseconds in UTC, NaT where something
    has not happened; enumerations and repeated identifiers are categories; unique identifiers are strings.
    """

    @staticmethod
    def generate_orders_report(orders: Iterable[Any]) -> pd.DataFrame:
        """Return every order, one row each, indexed by `client_order_id`, in order of `ts_init`.

        Parameters
        ----------
        orders : iterable of Order

        Returns
        -------
        DataFrame
            `commission` is NaN where an order paid in several currencies; `commissions` then lists them as text.
        """
        return _orders_frame(sorted(orders, key=lambda order: order.ts_init))

    @staticmethod
    def generate_order_fills_report(orders: Iterable[Any]) -> pd.DataFrame:
        """Return the orders that were filled, wholly or in part, as `generate_orders_report` does.

        Parameters
        ----------
        orders : iterable of Order
        """
        report = ReportProvider.generate_orders_report(orders)
        return report[report["filled_qty"] > 0.0]

    @staticmethod
    def generate_fills_report(orders: Iterable[Any], fill_mids: FillMids | None = None) -> pd.DataFrame:
        """Return every fill, one row each, indexed by `client_order_id`, in order of `ts_event`.

        Parameters
        ----------
        orders : iterable of Order
        fill_mids : FillMids, optional
            Of the run; without them `mid_1s`, `mid_5s` and `mid_60s` are NaN.

        Returns
        -------
        DataFrame
            `slippage_decision_px`, `_arrival_px` and `_fill_px` (price units) and the same with `_bp` (basis points of the
            middle): how much worse than the middle of that moment the price was; positive is a cost. NaN without a middle.
        """
        import pandas as pd

        fills = fills_of(orders)
        columns = fill_columns(fills)
        mids = (FillMids.none() if fill_mids is None else fill_mids).of(fills)
        return pd.DataFrame(
            {
                "trader_id": categories(columns["trader_id"]),
                "strategy_id": categories(columns["strategy_id"]),
                "instrument_id": categories(columns["instrument_id"]),
                "venue_order_id": texts(columns["venue_order_id"]),
                "account_id": categories(columns["account_id"]),
                "trade_id": texts(columns["trade_id"]),
                "position_id": repeated_texts(columns["position_id"]),
                "order_side": members(columns["order_side"], OrderSide),
                "order_type": members(columns["order_type"], OrderType),
                "last_qty": columns["last_qty"],
                "last_px": columns["last_px"],
                "currency": categories(columns["currency"]),
                "commission": columns["commission"],
                "commission_currency": categories(columns["commission_currency"]),
                "liquidity_side": members(columns["liquidity_side"], LiquiditySide),
                "fill_reason": categories(columns["fill_reason"]),
                "mid_decision": columns["mid_decision"],
                "mid_arrival": columns["mid_arrival"],
                "mid_fill": columns["mid_fill"],
                **{column: mids[:, i] for i, column in enumerate(MID_COLUMNS)},
                **_slippage(columns),
                "queue_ahead": columns["queue_ahead"],
                "price_age_ns": columns["price_age_ns"],
                "ts_event": utc_index(columns["ts_event"]),
                "ts_init": utc_index(columns["ts_init"]),
            },
            index=text_index(columns["client_order_id"], "client_order_id"),
        )

    @staticmethod
    def generate_positions_report(positions: Iterable[Any], snapshots: Iterable[Any] | None = None) -> pd.DataFrame:
        """Return every position and every closed netting cycle, indexed by `position_id`, in order of opening.

        Parameters
        ----------
        positions : iterable of Position
        snapshots : iterable of Position, optional
            Copies of netting positions, each taken when the position was flat and was about to be opened again.

        Returns
        -------
        DataFrame
            `is_snapshot` tells the two apart. A netting position has the same id in every cycle: id and `cycle` (1 for the
            first) together name a trade.
        """
        import pandas as pd

        rows = [(position, True) for position in snapshots or ()]
        rows += [(position, False) for position in positions]
        rows.sort(key=lambda row: row[0].ts_opened)
        columns = position_columns([position for position, _ in rows])
        key = pd.Series(columns["position_id"].codes)
        return pd.DataFrame(
            {
                "trader_id": categories(columns["trader_id"]),
                "strategy_id": categories(columns["strategy_id"]),
                "instrument_id": categories(columns["instrument_id"]),
                "account_id": categories(columns["account_id"]),
                "cycle": key.groupby(key).cumcount().to_numpy(dtype=np.int64) + 1,
                "opening_order_id": texts(columns["opening_order_id"]),
                "closing_order_id": texts(columns["closing_order_id"]),
                "entry": members(columns["entry"], OrderSide),
                "side": members(columns["side"], PositionSide),
                "quantity": columns["quantity"],
                "peak_qty": columns["peak_qty"],
                "n_fills": columns["n_fills"],
                "ts_init": utc_index(columns["ts_init"]),
                "ts_opened": utc_index(columns["ts_opened"]),
                "ts_last": utc_index(columns["ts_last"]),
                "ts_closed": times(columns["ts_closed"]),
                "duration_ns": columns["duration_ns"],
                "avg_px_open": columns["avg_px_open"],
                "avg_px_close": columns["avg_px_close"],
                **_fees(columns),
                "realized_return": columns["realized_return"],
                "gross_pnl": columns["gross_pnl"],
                "realized_pnl": columns["realized_pnl"],
                "mae": columns["mae"],
                "mfe": columns["mfe"],
                "currency": categories(columns["currency"]),
                "is_snapshot": np.array([is_snapshot for _, is_snapshot in rows], dtype=bool),
            },
            index=text_index(repeated_texts(columns["position_id"]), "position_id"),
        )

    @staticmethod
    def generate_cycles_report(positions: Iterable[Any], snapshots: Iterable[Any] | None = None) -> pd.DataFrame:
        """Return every cycle of every position, indexed by `position_id` and `cycle`, the cycles of one position together.

        A cycle runs from flat to flat. A hedging position has one; a netting position begins another each time it opens.

        Parameters
        ----------
        positions, snapshots
            As of `generate_positions_report`.

        Returns
        -------
        DataFrame
            The columns of the positions report, and `realized_pnl_sum`, the realised PnL of the position in this and all
            earlier cycles.
        """
        report = ReportProvider.generate_positions_report(positions, snapshots)
        report = report.set_index("cycle", append=True).sort_index(kind="stable")
        # Summed as integers: a sum of floats would show digits that no currency has
        digits = _digits(report["currency"])
        minor = (report["realized_pnl"] * 10.0**digits).round()
        sums = minor.groupby(level="position_id", sort=False, observed=True).cumsum()
        report.insert(list(report.columns).index("realized_pnl") + 1, "realized_pnl_sum", sums / 10.0**digits)
        return report

    @staticmethod
    def generate_funding_report(payments: list[Any]) -> pd.DataFrame:
        """Return the funding of positions, one row a payment, by time.

        Parameters
        ----------
        payments : list of FundingPayment
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "instrument_id": categories_of([payment.instrument_id for payment in payments]),
                "position_id": categories_of([payment.position_id for payment in payments]),
                "strategy_id": categories_of([payment.strategy_id for payment in payments]),
                "rate": np.array([float(payment.rate) for payment in payments], dtype=float),
                "price": np.array([payment.price for payment in payments], dtype=float),
                "amount": np.array([float(payment.amount) for payment in payments], dtype=float),
                "currency": categories_of([payment.amount.currency for payment in payments]),
            },
            index=utc_index([payment.ts for payment in payments]).rename("ts"),
        )

    @staticmethod
    def generate_account_report(account: Any) -> pd.DataFrame:
        """Return the balances of an account after each change, one row a currency, indexed by `ts_event`.

        Parameters
        ----------
        account : Account
        """
        import pandas as pd

        columns = account_columns(account.events)
        return pd.DataFrame(
            {
                "total": columns["total"],
                "locked": columns["locked"],
                "free": columns["free"],
                "currency": categories(columns["currency"]),
                "account_id": categories(columns["account_id"]),
                "account_type": members(columns["account_type"], AccountType),
                "base_currency": categories(columns["base_currency"]),
                "margin_initial": columns["margin_initial"],
                "margin_maintenance": columns["margin_maintenance"],
                "reported": columns["reported"].astype(bool),
            },
            index=utc_index(columns["ts_event"]).rename("ts_event"),
        )

    @staticmethod
    def generate_ledger_report(account: Any) -> pd.DataFrame:
        """Return every change of a balance of an account with its cause, indexed by `ts_event`, as it was booked.

        Parameters
        ----------
        account : Account

        Returns
        -------
        DataFrame
            `amount` and the running `total` of the balance in `currency`; `realized`, the part of the amount that is
            realised PnL before fees; `original` and `original_currency`, the amount before a conversion; `cause`: START,
            TRADE, FEE, FUNDING, ADJUSTMENT or REPORTED; what was traded, and `reason`, that of the fill or the adjustment.
        """
        import pandas as pd

        ledger = account.ledger
        rows = ledger.rows()
        scales = np.array([10.0**currency.precision for currency in ledger.currencies])
        names = [str(currency) for currency in ledger.currencies]
        scale = scales[rows["currency"]] if len(rows) else np.empty(0)
        source = rows["source"].astype(np.int64)
        columns = source_columns(ledger.sources)
        return pd.DataFrame(
            {
                "account_id": categories_of([account.id]).repeat(len(rows)),
                "currency": categories_of(np.array([*names, None], dtype=object)[rows["currency"]]),
                "cause": members(rows["cause"].astype(np.int64), LedgerCause),
                "amount": rows["amount"] / scale,
                "total": rows["total"] / scale,
                "realized": rows["realized"] / scale,
                "original": rows["original"] / (scales[rows["original_currency"]] if len(rows) else scale),
                "original_currency": categories_of(np.array([*names, None], dtype=object)[rows["original_currency"]]),
                "strategy_id": categories(columns["strategy_id"], source),
                "instrument_id": categories(columns["instrument_id"], source),
                "position_id": repeated_texts(columns["position_id"], source),
                "client_order_id": texts(np.array([*columns["client_order_id"], None], dtype=object)[source]),
                "trade_id": texts(np.array([*columns["trade_id"], None], dtype=object)[source]),
                "reason": categories(columns["reason"], source),
            },
            index=utc_index(rows["ts"]).rename("ts_event"),
        )

    @staticmethod
    def generate_equity_report(samples: np.ndarray, slots: Sequence[tuple[Any, Any]], reporting: Any) -> pd.DataFrame:
        """Return equity over time in the reporting currency, the opening balance first, indexed by UTC time.

        Parameters
        ----------
        samples, slots, reporting
            As of `analysis.equity.total_equity`.

        Returns
        -------
        DataFrame
            `equity`; `balance`, what is realised; `open_value`, what open positions add to it; `pnl` since the opening;
            `peak`, the highest equity so far; `drawdown` from it, as a fraction, zero or negative.
        """
        import pandas as pd

        equity = total_equity(samples, slots, None, reporting)
        realised = samples.copy()
        realised["equity"] = samples["balance"]
        # Where equity was nothing no rate was looked up
        realised["rate"][(samples["equity"] == 0) & (samples["balance"] != 0) & (samples["rate"] == 0.0)] = np.nan
        balance = total_equity(realised, slots, None, reporting)
        peak = equity.cummax()
        with np.errstate(divide="ignore", invalid="ignore"):
            drawdown = np.where(peak > 0.0, equity / peak - 1.0, np.nan)
        return pd.DataFrame(
            {
                "equity": equity,
                "balance": balance,
                "open_value": equity - balance,
                "pnl": equity - (equity.iloc[0] if len(equity) else np.nan),
                "peak": peak,
                "drawdown": drawdown,
            },
            index=equity.index.rename("ts"),
        )


def _orders_frame(orders: list[Any]) -> pd.DataFrame:
    import pandas as pd

    columns = order_columns(orders)
    return pd.DataFrame(
        {
            "trader_id": categories(columns["trader_id"]),
            "strategy_id": categories(columns["strategy_id"]),
            "instrument_id": categories(columns["instrument_id"]),
            "venue_order_id": texts(columns["venue_order_id"]),
            "position_id": repeated_texts(columns["position_id"]),
            "account_id": categories(columns["account_id"]),
            "last_trade_id": texts(columns["last_trade_id"]),
            "type": members(columns["type"], OrderType),
            "side": members(columns["side"], OrderSide),
            "quantity": columns["quantity"],
            "time_in_force": members(columns["time_in_force"], TimeInForce),
            "is_post_only": columns["is_post_only"].astype(bool),
            "is_reduce_only": columns["is_reduce_only"].astype(bool),
            "is_quote_quantity": columns["is_quote_quantity"].astype(bool),
            "filled_qty": columns["filled_qty"],
            "liquidity_side": members(columns["liquidity_side"], LiquiditySide),
            "price": columns["price"],
            "trigger_price": columns["trigger_price"],
            "avg_px": columns["avg_px"],
            "slippage": columns["slippage"],
            "queue_ahead": columns["queue_ahead"],
            **_fees(columns),
            "status": members(columns["status"], OrderStatus),
            "order_list_id": repeated_texts(columns["order_list_id"]),
            "tags": texts(columns["tags"]),
            "ts_init": utc_index(columns["ts_init"]),
            "ts_submitted": times(columns["ts_submitted"]),
            "ts_accepted": times(columns["ts_accepted"]),
            "ts_last": utc_index(columns["ts_last"]),
            "ts_closed": times(columns["ts_closed"]),
        },
        index=text_index(columns["client_order_id"], "client_order_id"),
    )


def _fees(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns for the fees of orders or positions: the amount, its currency, and all of them as text."""
    return {
        "commission": columns["commission"],
        "commission_currency": categories(columns["commission_currency"]),
        "commissions": texts(columns["commissions"]),
    }


def _slippage(columns: dict[str, Any]) -> dict[str, Any]:
    """Return how much worse than the middle of each moment the price was, in price units and basis points."""
    sign = np.where(columns["order_side"] == OrderSide.BUY, 1.0, -1.0)
    # Plus zero, so that nothing is not a negative nothing
    worse = {moment: sign * (columns["last_px"] - columns[f"mid_{moment}"]) + 0.0 for moment in MOMENTS}
    found = {f"slippage_{moment}_px": worse[moment] for moment in MOMENTS}
    with np.errstate(divide="ignore", invalid="ignore"):
        for moment in MOMENTS:
            mid = np.abs(columns[f"mid_{moment}"])
            found[f"slippage_{moment}_bp"] = np.where(mid > 0.0, worse[moment] / mid * 1e4, np.nan)
    return found


def _digits(currencies: pd.Series) -> np.ndarray:
    """Return the digits of the minor unit for each row of a column of currencies."""
    from nautilus_lite.model.objects import Currency

    by_code = {code: Currency.from_str(code).precision for code in currencies.cat.categories}
    return currencies.map(by_code).to_numpy(dtype=np.int64)
