"""Fills as exact columns, and fills again from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nautilus_lite.core.uuid import UUID4
from nautilus_lite.model.enums import LiquiditySide, OrderSide, OrderType
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    VenueOrderId,
)
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

IDS: dict[str, Callable[[str], Any]] = {
    "trader_id": TraderId,
    "strategy_id": StrategyId,
    "instrument_id": InstrumentId.from_str,
    "client_order_id": ClientOrderId,
    "venue_order_id": VenueOrderId,
    "account_id": AccountId,
    "trade_id": TradeId,
    "position_id": PositionId,
    "currency": Currency.from_str,
    "commission_currency": Currency.from_str,
}
MIDS = ("mid_decision", "mid_arrival", "mid_fill")
FILL_SCHEMA = {
    "owner": "int64",
    **dict.fromkeys(IDS, "string"),
    **dict.fromkeys(("order_side", "order_type", "liquidity_side", "fill_reason", "event_id"), "string"),
    **dict.fromkeys(("qty_raw", "px_raw", "commission_raw", "price_age_ns", "queue_raw"), "int64"),
    **dict.fromkeys(("qty_precision", "px_precision"), "uint8"),
    **dict.fromkeys(MIDS, "double"),
    **dict.fromkeys(("ts_event", "ts_init"), "uint64"),
}
"""Arrow types of the columns."""


def pack_fills(owners: Sequence[Sequence[OrderFilled]]) -> dict[str, list[Any]]:
    """Return the fills of several owners as columns; `owner` is the place of each fill's owner.

    Parameters
    ----------
    owners : sequence of sequence of OrderFilled
    """
    fills = [(place, fill) for place, of_one in enumerate(owners) for fill in of_one]
    columns: dict[str, list[Any]] = {"owner": [place for place, _ in fills]}
    for name in IDS:
        found = (getattr(fill, name) for _, fill in fills)
        columns[name] = [None if value is None else str(value) for value in found]
    for name in ("order_side", "order_type", "liquidity_side"):
        columns[name] = [getattr(fill, name).name for _, fill in fills]
    columns["qty_raw"] = [fill.last_qty.raw for _, fill in fills]
    columns["qty_precision"] = [fill.last_qty.precision for _, fill in fills]
    columns["px_raw"] = [fill.last_px.raw for _, fill in fills]
    columns["px_precision"] = [fill.last_px.precision for _, fill in fills]
    columns["commission_raw"] = [fill.commission.raw for _, fill in fills]
    for name in MIDS:
        columns[name] = [getattr(fill, name) for _, fill in fills]
    columns["price_age_ns"] = [fill.price_age_ns for _, fill in fills]
    ahead = [fill.queue_ahead for _, fill in fills]
    columns["queue_raw"] = [None if quantity is None else quantity.raw for quantity in ahead]
    columns["fill_reason"] = [fill.fill_reason for _, fill in fills]
    columns["event_id"] = [fill.id.value for _, fill in fills]
    columns["ts_event"] = [fill.ts_event for _, fill in fills]
    columns["ts_init"] = [fill.ts_init for _, fill in fills]
    return columns


def unpack_fills(columns: dict[str, list[Any]], n_owners: int) -> list[list[OrderFilled]]:
    """Return the fills of each owner.

    Parameters
    ----------
    columns : dict of str to list
        As of `pack_fills`.
    n_owners : int
    """
    owners: list[list[OrderFilled]] = [[] for _ in range(n_owners)]
    # Few values stand in most columns of ids: each is made once
    known: dict[str, dict[str | None, Any]] = {name: {None: None} for name in IDS}
    made = {}
    for name, make in IDS.items():
        of_name = known[name]
        for text in columns[name]:
            if text is not None and text not in of_name:
                of_name[text] = make(text)
        made[name] = [of_name[text] for text in columns[name]]
    for i, owner in enumerate(columns["owner"]):
        ahead, digits = columns["queue_raw"][i], columns["qty_precision"][i]
        owners[owner].append(
            OrderFilled(
                trader_id=made["trader_id"][i],
                strategy_id=made["strategy_id"][i],
                instrument_id=made["instrument_id"][i],
                client_order_id=made["client_order_id"][i],
                venue_order_id=made["venue_order_id"][i],
                account_id=made["account_id"][i],
                trade_id=made["trade_id"][i],
                position_id=made["position_id"][i],
                order_side=OrderSide[columns["order_side"][i]],
                order_type=OrderType[columns["order_type"][i]],
                last_qty=Quantity.from_raw(columns["qty_raw"][i], digits),
                last_px=Price.from_raw(columns["px_raw"][i], columns["px_precision"][i]),
                currency=made["currency"][i],
                commission=Money.from_raw(columns["commission_raw"][i], made["commission_currency"][i]),
                liquidity_side=LiquiditySide[columns["liquidity_side"][i]],
                event_id=UUID4(columns["event_id"][i]),
                ts_event=columns["ts_event"][i],
                ts_init=columns["ts_init"][i],
                fill_reason=columns["fill_reason"][i],
                **{name: columns[name][i] for name in MIDS},
                price_age_ns=columns["price_age_ns"][i],
                queue_ahead=None if ahead is None else Quantity.from_raw(ahead, digits),
            )
        )
    return owners
