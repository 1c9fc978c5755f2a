"""Random rows and small engines for tests of whole replays."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import numpy as np

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import FillModel, LatencyModel, QueueModel
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, DEPTH10_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import AccountType, BookType, OmsType
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

HOUR_NS = 3_600_000_000_000
MID = 100_000
USD = Currency.from_str("USD")


def pair(name: str) -> CurrencyPair:
    return CurrencyPair(
        instrument_id=InstrumentId.from_str(f"{name}/USD.SIM"),
        raw_symbol=Symbol(f"{name}/USD"),
        base_currency=Currency.from_str("EUR"),
        quote_currency=USD,
        price_precision=5,
        size_precision=0,
        price_increment=Price.from_str("0.00001"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal("0.00001"),
        taker_fee=Decimal("0.00002"),
        ts_event=0,
        ts_init=0,
    )


def make_engine(
    book_type: BookType,
    instruments: list[Any],
    seed: int = 0,
    equity_interval_ns: int = HOUR_NS,
    queue_model: QueueModel | None = None,
    prob_fill_on_limit: float = 0.5,
    fill_model: FillModel | None = None,
    latency_model: LatencyModel | None = None,
    recorded_feed_latency: bool = False,
    **venue: Any,
) -> BacktestEngine:
    engine = BacktestEngine(BacktestEngineConfig(equity_interval_ns=equity_interval_ns))
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money.from_str("1000000 USD")],
        book_type=book_type,
        fill_model=fill_model or FillModel(prob_fill_on_limit=prob_fill_on_limit, prob_slippage=0.3, random_seed=seed),
        queue_model=queue_model,
        latency_model=latency_model,
        recorded_feed_latency=recorded_feed_latency,
        **venue,
    )
    for instrument in instruments:
        engine.add_instrument(instrument)
    return engine


def times(numbers: random.Random, n: int) -> np.ndarray:
    # Steps of zero put many rows at one time
    return np.cumsum([numbers.choice((0, 0, 500, 1_000)) for _ in range(n)]).astype(np.uint64) + 1_000


def quote_rows(numbers: random.Random, n: int) -> np.ndarray:
    rows = np.zeros(n, dtype=QUOTE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = times(numbers, n)
    rows["bid"] = MID + np.cumsum([numbers.choice((-1, 0, 1)) for _ in range(n)])
    rows["ask"] = rows["bid"] + [numbers.choice((0, 1, 2)) for _ in range(n)]
    rows["bid_size"] = [numbers.choice((0, 5, 20)) for _ in range(n)]
    rows["ask_size"] = 20
    return rows


def trade_rows(numbers: random.Random, n: int) -> np.ndarray:
    rows = np.zeros(n, dtype=TRADE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = times(numbers, n)
    rows["price"] = MID + np.cumsum([numbers.choice((-1, 0, 1)) for _ in range(n)])
    rows["size"] = [numbers.randint(1, 9) for _ in range(n)]
    rows["aggressor_side"] = [numbers.choice((0, 1, 2)) for _ in range(n)]
    rows["trade_id"], rows["id_len"] = b"1", 1
    return rows


def delta_rows(numbers: random.Random, n: int) -> np.ndarray:
    rows = np.zeros(n, dtype=DELTA_DTYPE)
    rows["ts_event"] = rows["ts_init"] = times(numbers, n)
    rows["side"] = [numbers.choice((1, 2)) for _ in range(n)]
    away = np.array([numbers.randint(0, 4) for _ in range(n)])
    rows["price"] = MID + np.where(rows["side"] == 1, -away, 1 + away)
    rows["size"] = [numbers.choice((0, 3, 9, 30)) for _ in range(n)]
    rows["action"] = 2
    rows["flags"] = [numbers.choice((0, 0, 128, 4)) for _ in range(n)]
    rows["flags"][-1] = 128
    rows["sequence"] = np.arange(n)
    return rows


def depth_rows(numbers: random.Random, n: int) -> np.ndarray:
    """Return n snapshots of ten levels a side, or of fewer: then it is known that there is nothing behind them."""
    rows = np.zeros(n, dtype=DEPTH10_DTYPE)
    rows["ts_event"] = rows["ts_init"] = times(numbers, n)
    for row in rows:
        shown = numbers.choice((3, 10))
        for side, sign in (("bid", -1), ("ask", 1)):
            row[f"{side}_prices"][:shown] = MID + (sign > 0) + sign * np.arange(shown)
            row[f"{side}_sizes"][:shown] = [numbers.choice((3, 9, 30)) for _ in range(shown)]
    return rows


def steady_quotes(n: int) -> np.ndarray:
    """Return n quotes, one a microsecond, that all say the same."""
    rows = np.zeros(n, dtype=QUOTE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = np.arange(n, dtype=np.uint64) * 1_000 + 1
    rows["bid"], rows["ask"], rows["bid_size"], rows["ask_size"] = MID, MID + 1, 50, 50
    return rows


def order_rows(numbers: random.Random, n: int) -> np.ndarray:
    """Return n deltas by order that fit together: adds, changes and deletes around the middle, never crossed."""
    rows = np.zeros(n, dtype=DELTA_DTYPE)
    rows["ts_event"] = rows["ts_init"] = times(numbers, n)
    rows["sequence"] = np.arange(n)
    resting: dict[int, tuple[int, int, int]] = {}
    for i in range(n):
        action = 1 if len(resting) < 10 else numbers.choice((1, 1, 2, 3, 3))
        if action == 1:
            order_id, side = 1_000 + i, numbers.choice((1, 2))
        else:
            order_id = numbers.choice(list(resting))
            side = resting[order_id][0]
        away = numbers.randint(0, 4)
        price, size = MID + (-away if side == 1 else 1 + away), numbers.randint(1, 30)
        if action == 3:
            side, price, size = resting.pop(order_id)
        else:
            resting[order_id] = (side, price, size)
        rows[["action", "order_id", "side", "price", "size"]][i] = (action, order_id, side, price, size)
    rows["flags"] = [numbers.choice((128, 128, 1)) for _ in range(n)]
    rows["flags"][-1] = 128
    return rows
