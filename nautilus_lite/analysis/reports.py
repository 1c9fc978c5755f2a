"""Reports of orders, fills, positions and accounts as typed frames: numbers are numbers, times are UTC times.

Columns are built whole, one list each; a dictionary a row would cost several times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.equity import utc_index
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
from nautilus_lite.model.events.order import OrderFilled

if TYPE_CHECKING:
    import pandas as pd


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
        return _orders_frame(sorted((order for order in orders if order.filled_qty), key=lambda order: order.ts_init))

    @staticmethod
    def generate_fills_report(orders: Iterable[Any], fill_mids: FillMids | None = None) -> pd.DataFrame:
        """Return every fill, one row each, indexed by `client_order_id`, in order of `ts_event`.

        Parameters
        ----------
        orders : iterable of Order
        fill_mids : FillMids, optional
            Of the run; without them `mid_1s`, `mid_5s` and `mid_60s` are NaN.
        """
        import pandas as pd

        fills = [event for order in orders for event in order.events if isinstance(event, OrderFilled)]
        fills.sort(key=lambda fill: fill.ts_event)
        commissions = [fill.commission for fill in fills]
        mids = (FillMids.none() if fill_mids is None else fill_mids).of(fills)
        return pd.DataFrame(
            {
                "trader_id": _categories([fill.trader_id for fill in fills]),
                "strategy_id": _categories([fill.strategy_id for fill in fills]),
                "instrument_id": _categories([fill.instrument_id for fill in fills]),
                "venue_order_id": _texts([fill.venue_order_id for fill in fills]),
                "account_id": _categories([fill.account_id for fill in fills]),
                "trade_id": _texts([fill.trade_id for fill in fills]),
                "position_id": _texts([fill.position_id for fill in fills]),
                "order_side": _members([fill.order_side for fill in fills], OrderSide),
                "order_type": _members([fill.order_type for fill in fills], OrderType),
                "last_qty": _floats([fill.last_qty for fill in fills]),
                "last_px": _floats([fill.last_px for fill in fills]),
                "currency": _categories([fill.currency for fill in fills]),
                "commission": _floats(commissions),
                "commission_currency": _categories([money.currency for money in commissions]),
                "liquidity_side": _members([fill.liquidity_side for fill in fills], LiquiditySide),
                "fill_reason": _categories([fill.fill_reason for fill in fills]),
                "mid_decision": np.array([fill.mid_decision for fill in fills], dtype=float),
                "mid_arrival": np.array([fill.mid_arrival for fill in fills], dtype=float),
                "mid_fill": np.array([fill.mid_fill for fill in fills], dtype=float),
                **{column: mids[:, i] for i, column in enumerate(MID_COLUMNS)},
                "queue_ahead": _floats([fill.queue_ahead for fill in fills]),
                "price_age_ns": np.array([fill.price_age_ns for fill in fills], dtype=np.int64),
                "ts_event": utc_index([fill.ts_event for fill in fills]),
                "ts_init": utc_index([fill.ts_init for fill in fills]),
            },
            index=_index([fill.client_order_id for fill in fills], "client_order_id"),
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
            `is_snapshot` tells the two apart. A netting position has the same id in every cycle: id and `ts_opened`
            together name a trade.
        """
        import pandas as pd

        rows = [(position, True) for position in snapshots or ()]
        rows += [(position, False) for position in positions]
        rows.sort(key=lambda row: row[0].ts_opened)
        found = [position for position, _ in rows]
        pnls = [position.realized_pnl for position in found]
        return pd.DataFrame(
            {
                "trader_id": _categories([position.trader_id for position in found]),
                "strategy_id": _categories([position.strategy_id for position in found]),
                "instrument_id": _categories([position.instrument_id for position in found]),
                "account_id": _categories([position.account_id for position in found]),
                "opening_order_id": _texts([position.opening_order_id for position in found]),
                "closing_order_id": _texts([position.closing_order_id for position in found]),
                "entry": _members([position.entry for position in found], OrderSide),
                "side": _members([position.side for position in found], PositionSide),
                "quantity": _floats([position.quantity for position in found]),
                "peak_qty": _floats([position.peak_qty for position in found]),
                "ts_init": utc_index([position.ts_init for position in found]),
                "ts_opened": utc_index([position.ts_opened for position in found]),
                "ts_last": utc_index([position.ts_last for position in found]),
                "ts_closed": _times([position.ts_closed for position in found]),
                "duration_ns": np.array([position.duration_ns for position in found], dtype=np.int64),
                "avg_px_open": np.array([position.avg_px_open for position in found], dtype=float),
                "avg_px_close": _nonzero([position.avg_px_close for position in found]),
                **_commissions(found),
                "realized_return": np.array([position.realized_return for position in found], dtype=float),
                "realized_pnl": _floats(pnls),
                "currency": _categories([pnl.currency for pnl in pnls]),
                "is_snapshot": np.array([is_snapshot for _, is_snapshot in rows], dtype=bool),
            },
            index=_index([position.id for position in found], "position_id"),
        )

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
                "instrument_id": _categories([payment.instrument_id for payment in payments]),
                "position_id": _categories([payment.position_id for payment in payments]),
                "strategy_id": _categories([payment.strategy_id for payment in payments]),
                "rate": np.array([float(payment.rate) for payment in payments], dtype=float),
                "price": np.array([payment.price for payment in payments], dtype=float),
                "amount": _floats([payment.amount for payment in payments]),
                "currency": _categories([payment.amount.currency for payment in payments]),
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

        rows = [(event, balance, _margins(event, balance.currency)) for event in account.events for balance in event.balances]
        return pd.DataFrame(
            {
                "total": _floats([balance.total for _, balance, _ in rows]),
                "locked": _floats([balance.locked for _, balance, _ in rows]),
                "free": _floats([balance.free for _, balance, _ in rows]),
                "currency": _categories([balance.currency for _, balance, _ in rows]),
                "account_id": _categories([event.account_id for event, _, _ in rows]),
                "account_type": _members([event.account_type for event, _, _ in rows], AccountType),
                "base_currency": _categories([event.base_currency for event, _, _ in rows]),
                "margin_initial": np.array([margins[0] for _, _, margins in rows], dtype=float),
                "margin_maintenance": np.array([margins[1] for _, _, margins in rows], dtype=float),
                "reported": np.array([event.is_reported for event, _, _ in rows], dtype=bool),
            },
            index=utc_index([event.ts_event for event, _, _ in rows]).rename("ts_event"),
        )


def _orders_frame(orders: list[Any]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "trader_id": _categories([order.trader_id for order in orders]),
            "strategy_id": _categories([order.strategy_id for order in orders]),
            "instrument_id": _categories([order.instrument_id for order in orders]),
            "venue_order_id": _texts([order.venue_order_id for order in orders]),
            "position_id": _texts([order.position_id for order in orders]),
            "account_id": _categories([order.account_id for order in orders]),
            "last_trade_id": _texts([order.last_trade_id for order in orders]),
            "type": _members([order.order_type for order in orders], OrderType),
            "side": _members([order.side for order in orders], OrderSide),
            "quantity": _floats([order.quantity for order in orders]),
            "time_in_force": _members([order.time_in_force for order in orders], TimeInForce),
            "is_post_only": np.array([order.is_post_only for order in orders], dtype=bool),
            "is_reduce_only": np.array([order.is_reduce_only for order in orders], dtype=bool),
            "is_quote_quantity": np.array([order.is_quote_quantity for order in orders], dtype=bool),
            "filled_qty": _floats([order.filled_qty for order in orders]),
            "liquidity_side": _members([order.liquidity_side for order in orders], LiquiditySide),
            "price": _floats([order.price if order.has_price else None for order in orders]),
            "trigger_price": _floats([order.trigger_price if order.has_trigger_price else None for order in orders]),
            "avg_px": np.array([order.avg_px if order.filled_qty else np.nan for order in orders], dtype=float),
            "slippage": np.array([order.slippage for order in orders], dtype=float),
            **_commissions(orders),
            "status": _members([order.status for order in orders], OrderStatus),
            "order_list_id": _texts([order.order_list_id for order in orders]),
            "tags": _texts([", ".join(order.tags) if order.tags else None for order in orders]),
            "ts_init": utc_index([order.ts_init for order in orders]),
            "ts_submitted": _times([order.ts_submitted for order in orders]),
            "ts_accepted": _times([order.ts_accepted for order in orders]),
            "ts_last": utc_index([order.ts_last for order in orders]),
            "ts_closed": _times([order.ts_closed for order in orders]),
        },
        index=_index([order.client_order_id for order in orders], "client_order_id"),
    )


def _commissions(owners: Sequence[Any]) -> dict[str, Any]:
    """Return the columns for the fees of orders or positions: the amount, its currency, and all of them as text."""
    amounts, currencies, texts = [], [], []
    for owner in owners:
        paid = owner.commissions()
        amounts.append(paid[0] if len(paid) == 1 else None)
        currencies.append(paid[0].currency if len(paid) == 1 else None)
        texts.append("; ".join(map(str, paid)) if paid else None)
    return {
        "commission": _floats(amounts),
        "commission_currency": _categories(currencies),
        "commissions": _texts(texts),
    }


def _margins(event: Any, currency: Any) -> tuple[float, float]:
    """Return initial and maintenance margin of one currency, added up as integers."""
    held = [margin for margin in event.margins if margin.currency == currency]
    scale = 10**currency.precision
    return sum(m.initial.raw for m in held) / scale, sum(m.maintenance.raw for m in held) / scale


def _floats(values: list[Any]) -> np.ndarray:
    """Return prices, quantities or money as floats, NaN for None."""
    try:
        return np.fromiter(map(float, values), dtype=float, count=len(values))
    except TypeError:
        return np.array([np.nan if value is None else float(value) for value in values], dtype=float)


def _nonzero(values: list[float]) -> np.ndarray:
    """Return average prices, NaN where zero stands for none yet."""
    prices = np.array(values, dtype=float)
    return np.where(prices == 0.0, np.nan, prices)


def _times(ts: list[int]) -> pd.DatetimeIndex:
    """Return UTC times, NaT where zero stands for not yet."""
    import pandas as pd

    index = utc_index(ts)
    return pd.DatetimeIndex(index.where(index.asi8 != 0))


def _texts(values: list[Any]) -> Any:
    """Return a column of strings that rarely repeat; None is missing."""
    import pandas as pd

    return pd.array([None if value is None else str(value) for value in values], dtype="string")


def _index(values: list[Any], name: str) -> pd.Index:
    import pandas as pd

    return pd.Index(_texts(values), name=name)


def _categories(values: list[Any]) -> pd.Categorical:
    """Return a column of texts that repeat, the categories sorted; None is missing."""
    import pandas as pd

    codes: dict[Any, int] = {}
    seen = [codes.setdefault(value, len(codes)) for value in values]
    texts = [None if value is None else str(value) for value in codes]
    names = sorted({text for text in texts if text is not None})
    place = {text: i for i, text in enumerate(names)}
    lookup = np.array([-1 if text is None else place[text] for text in texts], dtype=np.int64)
    dtype = pd.CategoricalDtype(pd.Index(names, dtype="string"))
    return pd.Categorical.from_codes(lookup[np.array(seen, dtype=np.intp)], dtype=dtype)


def _members(values: list[Any], enum: Any) -> pd.Categorical:
    """Return a column of an enumeration's names: all of its members are categories, in their order."""
    import pandas as pd

    members = list(enum.__members__.items())
    lookup = np.full(max(int(member) for _, member in members) + 1, -1, dtype=np.int64)
    lookup[[int(member) for _, member in members]] = np.arange(len(members))
    codes = lookup[np.fromiter(map(int, values), dtype=np.intp, count=len(values))]
    dtype = pd.CategoricalDtype(pd.Index([name for name, _ in members], dtype="string"))
    return pd.Categorical.from_codes(codes, dtype=dtype)
