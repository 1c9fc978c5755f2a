"""What a finished run would have made under other fees, without running it again.

Fees feed back into a run in three ways only: through cash, where it binds; through strategies that read balances or fees; and
through models that look at them. Where none of these is at work the repriced result is exactly that of a run, to the minor unit.
Whether cash may have bound is looked for, and told in the result's warnings; what a strategy reads cannot be known.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.analysis.equity import utc_index
from nautilus_lite.backtest.models import FeeModel
from nautilus_lite.backtest.repricing import account_with_fees, charge, position_with_fees, with_fees
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.enums import LiquiditySide, OrderStatus
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.objects import Currency, Money

if TYPE_CHECKING:
    from nautilus_lite.analysis.reconcile import Statement
    from nautilus_lite.backtest.results import BacktestResult

NOTE = "strategies that read balances or fees may have acted otherwise, which a finished run cannot tell"


def reprice(result: BacktestResult, fee_model: FeeModel | ImportableConfig, name: str | None = None) -> BacktestResult:
    """Return a result with the fees of another model; the one given stays as it is.

    Parameters
    ----------
    result : BacktestResult
    fee_model : FeeModel or ImportableConfig
        Of every venue; an object forgets what it charged before.
    name : str, optional
        Of the new result; the old one's by default.

    Returns
    -------
    BacktestResult
        Without a digest, for it is no run. `warnings` begins with what was done, and says where cash may have bound.

    Raises
    ------
    InvalidData
        If a fee needs an exchange rate, which a finished run does not keep, or is in a currency that an account never held.
    InvalidConfiguration
        If `fee_model` is none.
    ResultError
        If the result was saved and loaded again: it has not every event.
    """
    result.needs_the_run("reprice")
    model = fee_model.create() if isinstance(fee_model, ImportableConfig) else fee_model
    if not isinstance(model, FeeModel):
        raise InvalidConfiguration(f"invalid `fee_model`, must be a FeeModel or an ImportableConfig of one, was {fee_model!r}")
    model.reset()
    fills = _fills(result.orders, result.fill_mids.trade_ids)
    held = (*result.positions, *result.snapshots)
    after = _charges(model, fills, {position.instrument_id: position.instrument for position in held})
    of_account = {account.id: account for account in result.accounts}
    changes = _changes(fills, after, of_account)
    made: dict[Any, OrderFilled] = {}
    orders = [with_fees(order, after, made) for order in result.orders]
    positions = {id(position): position_with_fees(position, made) for position in held}
    short = {}
    for key, of in changes.items():
        booked = sorted((made[fill.trade_id] for _, fill in fills if fill.account_id == key), key=lambda fill: fill.ts_init)
        of_account[key], short[key] = account_with_fees(of_account[key], of, booked, positions)
    return replace(
        result,
        name=result.name if name is None else name,
        digest="",
        orders=orders,
        positions=[positions[id(position)] for position in result.positions],
        snapshots=[positions[id(position)] for position in result.snapshots],
        accounts=list(of_account.values()),
        statements=_statements(result, of_account, changes),
        equity_samples=_samples(result, changes),
        config=_config(result.config, model),
        warnings=[f"fees were repriced after the run, as of {model!r}; {NOTE}", *_binding(result, short), *result.warnings],
        _stats={},
    )


def _fills(orders: list[Any], trade_ids: list[Any]) -> list[tuple[Any, OrderFilled]]:
    """Return every fill with its order, in the order in which venues filled; settlements, which cost nothing, come last."""
    found = [(order, event) for order in orders for event in order.events if isinstance(event, OrderFilled)]
    place = {trade_id: i for i, trade_id in enumerate(trade_ids)}
    return sorted(found, key=lambda pair: (place.get(pair[1].trade_id, len(place)), pair[1].ts_event))


def _charges(model: FeeModel, fills: list[tuple[Any, OrderFilled]], instruments: Mapping[Any, Any]) -> dict[Any, Money]:
    filled: dict[Any, int] = {}
    charges = {}
    for order, fill in fills:
        done = filled.get(order.client_order_id, 0)
        filled[order.client_order_id] = done + fill.last_qty.raw
        if fill.liquidity_side == LiquiditySide.NO_LIQUIDITY_SIDE:
            charges[fill.trade_id] = fill.commission
        else:
            charges[fill.trade_id] = charge(model, order, fill, instruments[fill.instrument_id], done)
    return charges


def _changes(
    fills: list[tuple[Any, OrderFilled]], after: dict[Any, Money], accounts: Mapping[Any, Any]
) -> dict[Any, list[tuple[int, Currency, int]]]:
    """Return by account what each fill books more than it did: time of booking, currency, minor units."""
    changes: dict[Any, list[tuple[int, Currency, int]]] = {}
    # Booked when they are heard
    for _, fill in sorted(fills, key=lambda pair: pair[1].ts_init):
        account = accounts[fill.account_id]
        if not account.calculate_account_state:
            continue
        before, now = fill.commission, after[fill.trade_id]
        for money in (before, now):
            if money.raw == 0:
                continue
            if account.base_currency is not None and money.currency != account.base_currency:
                raise InvalidData(
                    f"a fee of {money} is booked in {account.base_currency} at the rate of its time, which a finished run does "
                    "not keep: run it again with the other fee model"
                )
            if account.balance_total(money.currency) is None:
                raise InvalidData(
                    f"a fee of {money} is in a currency that account {account.id} never held: run it again with the other "
                    "fee model"
                )
        changes.setdefault(account.id, []).extend(_moved(fill, before, now))
    return changes


def _moved(fill: OrderFilled, before: Money, after: Money) -> list[tuple[int, Currency, int]]:
    if before.currency == after.currency:
        return [(fill.ts_init, after.currency, before.raw - after.raw)]
    return [(fill.ts_init, before.currency, before.raw), (fill.ts_init, after.currency, -after.raw)]


def _samples(result: BacktestResult, changes: Mapping[Any, list[tuple[int, Currency, int]]]) -> np.ndarray:
    """Return the equity samples, moved by what was booked more up to each; the opening balance stays."""
    samples = result.equity_samples.copy()
    for i, (account_id, currency) in enumerate(result.equity_slots):
        booked = [(ts, raw) for ts, held, raw in changes.get(account_id, ()) if held == currency]
        own = np.flatnonzero(samples["slot"] == i)
        if not booked or not len(own):
            continue
        times = np.array([ts for ts, _ in booked], dtype=np.uint64)
        total = np.concatenate([[0], np.cumsum(np.array([raw for _, raw in booked], dtype=np.int64))])
        moved = total[np.searchsorted(times, samples["ts"][own], side="right")]
        if samples["ts"][own[0]] == samples["ts"][0]:
            # The opening balance is taken before anything happens
            moved[0] = 0
        samples["equity"][own] += moved
        samples["balance"][own] += moved
    return samples


def _statements(
    result: BacktestResult, accounts: Mapping[Any, Any], changes: Mapping[Any, list[tuple[int, Currency, int]]]
) -> list[Statement]:
    """Return how the money adds up now: fees and end from what was changed, the rest as it was, the ledger as it is."""
    statements = copy.deepcopy(result.statements)
    for statement in statements:
        moved = sum(raw for _, held, raw in changes.get(statement.account_id, ()) if held == statement.currency)
        statement.terms["fees"] -= moved
        statement.terms["end"] += moved
        account = accounts[statement.account_id]
        total = account.balance_total(statement.currency)
        statement.balance = 0 if total is None else total.raw
        rows, currencies = account.ledger.rows(), account.ledger.currencies
        at = currencies.index(statement.currency) if statement.currency in currencies else -1
        statement.booked = int(rows["amount"][rows["currency"] == at].sum())
    return statements


def _config(config: dict[str, Any], model: FeeModel) -> dict[str, Any]:
    changed = copy.deepcopy(config)
    for venue in changed.get("venues", ()):
        venue["fee_model"] = repr(model)
    return changed


def _binding(result: BacktestResult, short: Mapping[Any, list[tuple[int, Currency, int]]]) -> list[str]:
    """Tell where cash may have bound, in the run or under the other fees."""
    reasons = []
    denied = sum(order.status == OrderStatus.DENIED for order in result.orders)
    if denied:
        reasons.append(f"{denied} orders were denied before they were sent: under other fees some may have passed, or more not")
    # A saved order has no events that would tell
    ends = [getattr(order, "last_event", None) for order in result.orders]
    refused = sum(str(getattr(event, "reason", "")).startswith("insufficient balance") for event in ends)
    if refused:
        reasons.append(f"{refused} orders were rejected for want of money: under other fees some may have passed, or more not")
    if any("could not pay for them" in warning for warning in result.warnings):
        reasons.append("working orders were cancelled for want of money: under other fees they may have filled, or more not")
    if any(venue.get("liquidation_enabled") for venue in result.config.get("venues", ())):
        reasons.append("liquidation was on: under other fees margin calls may have come at other times")
    for account_id, states in short.items():
        if states:
            ts, currency, raw = states[0]
            reasons.append(
                f"account {account_id} would have had {Money.from_raw(raw, currency)} free at {utc_index([ts])[0].isoformat()}: "
                "orders that were sent after that would have been denied"
            )
    return [f"cash may have bound: {reason}" for reason in reasons]
