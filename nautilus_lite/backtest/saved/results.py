"""A result to a folder and back.

Reports are saved as the frames they are, for whoever reads the folder with other tools. Beside them lies, exact, what they and
the statistics are made from: fills in raw integers, from which orders and positions are made again; the samples of equity and
exposure; the ledgers. Everything else is in `result.json`.
"""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from nautilus_lite.analysis.markouts import FillMids
from nautilus_lite.analysis.reconcile import Statement
from nautilus_lite.backtest.fingerprint import StreamPrint
from nautilus_lite.backtest.saved.figures import own_statistics, read_settings, write_settings
from nautilus_lite.backtest.saved.fills import FILL_SCHEMA, pack_fills, unpack_fills
from nautilus_lite.backtest.saved.folder import ResultReader, ResultWriter
from nautilus_lite.backtest.saved.objects import SavedAccount, SavedOrder, SavedPosition
from nautilus_lite.backtest.venue.records import Adjustment, FundingPayment
from nautilus_lite.errors import ResultError
from nautilus_lite.model.enums import OrderSide, OrderStatus, OrderType
from nautilus_lite.model.events.order import OrderFilled
from nautilus_lite.model.identifiers import AccountId, ClientOrderId, InstrumentId, PositionId, StrategyId, TradeId
from nautilus_lite.model.instruments import instrument_from_dict
from nautilus_lite.model.ledger import LEDGER_DTYPE, ledger_of
from nautilus_lite.model.objects import Currency, Money

PLAIN = (
    "name", "digest", "trader_id", "run_start", "run_end", "elapsed", "n_rows", "n_orders", "n_fills", "n_maker_fills",
    "n_positions", "reporting_currency", "config", "warnings", "book_integrity", "ambiguous_bars",
)
"""Fields of a result that JSON holds as they are."""
ORDER_SCHEMA = {
    **dict.fromkeys(("client_order_id", "strategy_id", "instrument_id", "account_id", "side", "order_type", "status"), "string"),
    **dict.fromkeys(("ts_init", "ts_submitted", "ts_accepted", "ts_closed"), "uint64"),
}
FUNDING_SCHEMA = {
    "ts": "uint64", "rate": "string", "price": "double", "amount_raw": "int64",
    **dict.fromkeys(("instrument_id", "position_id", "strategy_id", "currency"), "string"),
}
ADJUSTMENT_SCHEMA = {"ts": "uint64", "venue": "string", "reason": "string", "amount_raw": "int64", "currency": "string"}
SOURCE_SCHEMA = {"kind": "string", "place": "int64", "text": "string"}


def save_result(result: Any, path: str | Path, overwrite: bool = False) -> Path:
    """Write a result to a folder, whole or not at all, and return the folder.

    Parameters
    ----------
    result : BacktestResult
    path : str or Path
    overwrite : bool, default False
        Whether a result that was saved there before gives way.

    Raises
    ------
    ResultError
        If something is there that must stay.
    """
    writer = ResultWriter(path, overwrite)
    try:
        _write_reports(writer, result)
        _write_state(writer, result)
        settings = write_settings(writer, result.statistics_settings)
        return writer.finish({**_values(result), "statistics_settings": settings})
    except BaseException:
        writer.abandon()
        raise


def load_result(path: str | Path) -> dict[str, Any]:
    """Return the fields of a saved result.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ResultError
        If no result is there, it is of a later format, or its files are missing or damaged.
    """
    reader = ResultReader(path)
    try:
        return _fields(reader)
    except (KeyError, IndexError, TypeError) as error:
        raise ResultError(f"the saved result at {reader.path} is damaged: {error!r}") from error


def _values(result: Any) -> dict[str, Any]:
    instruments = {str(position.instrument_id): position.instrument for position in (*result.positions, *result.snapshots)}
    return {
        **{name: getattr(result, name) for name in PLAIN},
        "statistics": [
            {
                "name": s.name, "value": s.value, "unit": s.unit, "convention": s.convention, "count": s.count, "why": s.why,
                "group": s.group,
            }
            for s in result.statistics()
        ],
        "equity_slots": [[str(account_id), str(currency)] for account_id, currency in result.equity_slots],
        "exposure_slots": [str(currency) for currency in result.exposure_slots],
        "price_slots": result.price_slots,
        "dtypes": {name: getattr(result, f"{name}_samples").dtype.descr for name in ("equity", "exposure", "price")},
        "instruments": [instrument.to_dict() for instrument in instruments.values()],
        "n_snapshots": len(result.snapshots),
        "data": [asdict(stream) for stream in result.data],
        "accounts": [
            {
                "id": str(account.id),
                "base_currency": None if account.base_currency is None else str(account.base_currency),
                "is_cash_account": bool(account.is_cash_account),
                "is_margin_account": bool(account.is_margin_account),
                "calculate_account_state": bool(account.calculate_account_state),
                "currencies": [str(currency) for currency in account.ledger.currencies],
            }
            for account in result.accounts
        ],
        "statements": [
            {
                "account_id": str(s.account_id), "currency": str(s.currency), "terms": s.terms, "balance": s.balance,
                "booked": s.booked,
            }
            for s in result.statements
        ],
    }


def _write_reports(writer: ResultWriter, result: Any) -> None:
    writer.frame("orders", result.orders_report())
    writer.frame("fills", result.fills_report())
    writer.frame("positions", result.positions_report())
    writer.frame("cycles", result.cycles_report())
    writer.frame("funding", result.funding_report())
    writer.frame("equity", result.equity_report())
    writer.frame("exposure", result.exposure())
    writer.frame("reconcile", result.reconcile())
    for account in result.accounts:
        venue = account.id.get_issuer()
        writer.frame(f"account-{venue}", result.account_report(venue))
        writer.frame(f"ledger-{venue}", result.ledger_report(venue))


def _write_state(writer: ResultWriter, result: Any) -> None:
    orders = result.orders
    fills = [[event for event in order.events if isinstance(event, OrderFilled)] for order in orders]
    positions = [*result.snapshots, *result.positions]
    columns = {name: [_text(getattr(order, name)) for order in orders] for name in list(ORDER_SCHEMA)[:4]}
    columns |= {name: [getattr(order, name).name for order in orders] for name in ("side", "order_type", "status")}
    columns |= {name: [getattr(order, name) for order in orders] for name in list(ORDER_SCHEMA)[7:]}
    writer.columns("state/orders", columns, ORDER_SCHEMA)
    writer.columns("state/fills", pack_fills(fills), FILL_SCHEMA)
    writer.columns("state/position_fills", pack_fills([position.events for position in positions]), FILL_SCHEMA)
    excursions = {name: [_raw(getattr(position, name, None)) for position in positions] for name in ("mae", "mfe")}
    writer.columns("state/excursions", excursions, {"mae": "int64", "mfe": "int64"})
    writer.columns("state/markouts", {"trade_id": list(map(str, result.fill_mids.trade_ids))}, {"trade_id": "string"})
    writer.rows("state/mids", result.fill_mids.mids)
    writer.rows("state/equity", result.equity_samples)
    writer.rows("state/exposure", result.exposure_samples)
    writer.rows("state/prices", result.price_samples)
    payments, adjustments = result.funding_payments, result.adjustments
    of_payments = {name: [_text(getattr(payment, name)) for payment in payments] for name in list(FUNDING_SCHEMA)[4:7]}
    of_payments |= {
        "ts": [payment.ts for payment in payments],
        "rate": [str(payment.rate) for payment in payments],
        "price": [payment.price for payment in payments],
        "amount_raw": [payment.amount.raw for payment in payments],
        "currency": [str(payment.amount.currency) for payment in payments],
    }
    writer.columns("state/funding", of_payments, FUNDING_SCHEMA)
    of_adjustments = {name: [getattr(adjustment, name) for adjustment in adjustments] for name in ("ts", "venue", "reason")}
    of_adjustments["amount_raw"] = [adjustment.amount.raw for adjustment in adjustments]
    of_adjustments["currency"] = [str(adjustment.amount.currency) for adjustment in adjustments]
    writer.columns("state/adjustments", of_adjustments, ADJUSTMENT_SCHEMA)
    places = {id(fill): i for i, fill in enumerate(fill for of_order in fills for fill in of_order)}
    of_positions = {id(position): i for i, position in enumerate(positions)}
    for i, account in enumerate(result.accounts):
        writer.rows(f"state/ledger-{i}", account.ledger.rows())
        writer.columns(f"state/sources-{i}", _sources(account.ledger.sources, places, of_positions), SOURCE_SCHEMA)


def _sources(sources: list[Any], fills: dict[int, int], positions: dict[int, int]) -> dict[str, list[Any]]:
    rows: list[tuple[str, int | None, str | None]] = []
    for source in sources:
        if isinstance(source, str):
            rows.append(("text", None, source))
        elif id(source) in fills:
            rows.append(("fill", fills[id(source)], None))
        elif id(source) in positions:
            rows.append(("position", positions[id(source)], None))
        else:
            # A cycle of which a copy is kept: the id names it
            rows.append(("text", None, str(source.id)))
    return {name: [row[i] for row in rows] for i, name in enumerate(SOURCE_SCHEMA)}


def _fields(reader: ResultReader) -> dict[str, Any]:
    values = reader.values
    instruments = {str(found.id): found for found in map(instrument_from_dict, values["instruments"])}
    columns = reader.columns("state/orders")
    n_orders = len(columns["client_order_id"])
    fills = unpack_fills(reader.columns("state/fills"), n_orders)
    orders = [
        SavedOrder(
            ClientOrderId(columns["client_order_id"][i]),
            StrategyId(columns["strategy_id"][i]),
            InstrumentId.from_str(columns["instrument_id"][i]),
            None if columns["account_id"][i] is None else AccountId(columns["account_id"][i]),
            OrderSide[columns["side"][i]],
            OrderType[columns["order_type"][i]],
            OrderStatus[columns["status"][i]],
            columns["ts_init"][i],
            columns["ts_submitted"][i],
            columns["ts_accepted"][i],
            columns["ts_closed"][i],
            fills[i],
        )
        for i in range(n_orders)
    ]
    excursions = reader.columns("state/excursions")
    n_positions = len(excursions["mae"])
    positions = []
    for i, of_one in enumerate(unpack_fills(reader.columns("state/position_fills"), n_positions)):
        instrument = instruments[str(of_one[0].instrument_id)]
        mae, mfe = (_money(excursions[name][i], instrument.settlement_currency) for name in ("mae", "mfe"))
        positions.append(SavedPosition(instrument, of_one, mae, mfe))
    n_snapshots = values["n_snapshots"]
    all_fills = [fill for of_order in fills for fill in of_order]
    dtypes = {name: np.dtype([tuple(field) for field in descr]) for name, descr in values["dtypes"].items()}
    trade_ids = [TradeId(text) for text in reader.columns("state/markouts")["trade_id"]]
    return {
        **{name: values[name] for name in PLAIN},
        "equity_samples": reader.rows("state/equity", dtypes["equity"]),
        "equity_slots": [(AccountId(key), Currency.from_str(code)) for key, code in values["equity_slots"]],
        "exposure_samples": reader.rows("state/exposure", dtypes["exposure"]),
        "exposure_slots": [Currency.from_str(code) for code in values["exposure_slots"]],
        "price_samples": reader.rows("state/prices", dtypes["price"]),
        "price_slots": values["price_slots"],
        "fill_mids": FillMids(trade_ids, reader.rows("state/mids")),
        "orders": orders,
        "positions": positions[n_snapshots:],
        "snapshots": positions[:n_snapshots],
        "accounts": [_account(reader, i, told, all_fills, positions) for i, told in enumerate(values["accounts"])],
        "statements": [
            Statement(AccountId(s["account_id"]), Currency.from_str(s["currency"]), s["terms"], s["balance"], s["booked"])
            for s in values["statements"]
        ],
        "funding_payments": _funding(reader.columns("state/funding")),
        "adjustments": _adjustments(reader.columns("state/adjustments")),
        "data": [StreamPrint(**stream) for stream in values.get("data", [])],
        "statistics_settings": read_settings(reader, values["statistics_settings"]),
        "own_statistics": own_statistics(values["statistics"]),
        "_frames": _Frames(reader),
    }


def _account(reader: ResultReader, i: int, told: dict[str, Any], fills: list[Any], positions: list[Any]) -> SavedAccount:
    columns = reader.columns(f"state/sources-{i}")
    lists = {"fill": fills, "position": positions}
    sources = [
        text if kind == "text" else lists[kind][place]
        for kind, place, text in zip(columns["kind"], columns["place"], columns["text"], strict=True)
    ]
    currencies = [Currency.from_str(code) for code in told["currencies"]]
    return SavedAccount(
        id=AccountId(told["id"]),
        base_currency=None if told["base_currency"] is None else Currency.from_str(told["base_currency"]),
        is_cash_account=told["is_cash_account"],
        is_margin_account=told["is_margin_account"],
        calculate_account_state=told["calculate_account_state"],
        ledger=ledger_of(currencies, sources, reader.rows(f"state/ledger-{i}", LEDGER_DTYPE)),
    )


def _funding(columns: dict[str, list[Any]]) -> list[FundingPayment]:
    return [
        FundingPayment(
            columns["ts"][i],
            InstrumentId.from_str(columns["instrument_id"][i]),
            PositionId(columns["position_id"][i]),
            StrategyId(columns["strategy_id"][i]),
            Decimal(columns["rate"][i]),
            columns["price"][i],
            Money.from_raw(columns["amount_raw"][i], Currency.from_str(columns["currency"][i])),
        )
        for i in range(len(columns["ts"]))
    ]


def _adjustments(columns: dict[str, list[Any]]) -> list[Adjustment]:
    return [
        Adjustment(ts, venue, reason, Money.from_raw(raw, Currency.from_str(code)))
        for ts, venue, reason, raw, code in zip(*(columns[name] for name in ADJUSTMENT_SCHEMA), strict=True)
    ]


class _Frames:
    """The reports of a saved result, read when they are asked for."""

    def __init__(self, reader: ResultReader) -> None:
        self._reader = reader
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = self._reader.frame(name)
        # The caller may change what he gets
        return self._read[name].copy()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _raw(money: Any) -> int | None:
    return None if money is None else money.raw


def _money(raw: int | None, currency: Any) -> Money | None:
    return None if raw is None else Money.from_raw(raw, currency)
