"""What the scripts beside share: data by seed, an engine, and the outcome as one line of JSON."""

from __future__ import annotations

import json
import random
from typing import Any

from nautilus_lite.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_lite.config import LoggingConfig
from nautilus_lite.model.currencies import USD, USDT
from nautilus_lite.model.data import Bar, BarType, BookOrder, OrderBookDelta, OrderBookDeltas, QuoteTick, TradeTick
from nautilus_lite.model.enums import (
    AccountType,
    AggressorSide,
    BookAction,
    OmsType,
    OrderSide,
    order_side_to_str,
    order_status_to_str,
)
from nautilus_lite.model.identifiers import TradeId, TraderId, Venue
from nautilus_lite.model.objects import Money, Quantity
from nautilus_lite.test_kit.providers import TestInstrumentProvider

SECOND = 1_000_000_000
START = 1_704_067_200 * SECOND
OFFSET = 7_000_000  # off the grid of timers and bars: at equal times the two have orders of their own
AUD = TestInstrumentProvider.default_fx_ccy("AUD/USD")
ETH = TestInstrumentProvider.ethusdt_perp_binance()
LOG: list[Any] = []


def quotes(n: int = 600, seed: int = 1) -> list[Any]:
    """Return quotes of AUD/USD, one a second, one or two points wide."""
    numbers, mid, made = random.Random(seed), 70_000, []
    for i in range(n):
        mid += numbers.choice((-2, -1, -1, 0, 0, 1, 1, 2))
        bid, ask = AUD.make_price(mid / 100_000), AUD.make_price((mid + numbers.choice((1, 1, 2))) / 100_000)
        size, ts = Quantity.from_int(1_000_000), START + i * SECOND + OFFSET
        made.append(QuoteTick(AUD.id, bid, ask, size, size, ts, ts))
    return made


def trades(n: int = 600, seed: int = 2) -> list[Any]:
    """Return trades of a perpetual, one a second."""
    numbers, price, made = random.Random(seed), 200_000, []
    for i in range(n):
        price += numbers.choice((-30, -10, -5, 0, 5, 10, 30))
        side = numbers.choice((AggressorSide.BUYER, AggressorSide.SELLER))
        size, ts = ETH.make_qty(numbers.randint(1, 50) / 10), START + i * SECOND + OFFSET
        made.append(TradeTick(ETH.id, ETH.make_price(price / 100), size, side, TradeId(str(i)), ts, ts))
    return made


def bars(n: int = 600, seed: int = 3) -> list[Any]:
    """Return bars of AUD/USD, one a minute."""
    numbers, price, made = random.Random(seed), 70_000, []
    kind = BarType.from_str(f"{AUD.id}-1-MINUTE-LAST-EXTERNAL")
    for i in range(n):
        first, price = price, price + numbers.randint(-15, 15)
        prices = (first, max(first, price) + numbers.randint(0, 8), min(first, price) - numbers.randint(0, 8), price)
        ts = START + (i + 1) * 60 * SECOND
        made.append(Bar(kind, *(AUD.make_price(p / 100_000) for p in prices), Quantity.from_int(1_000_000), ts, ts))
    return made


def deltas(n: int = 300, seed: int = 5) -> list[Any]:
    """Return batches of changes of a book of five levels, drawn anew at every tenth."""
    numbers, mid, made = random.Random(seed), 200_000, []
    for i in range(n):
        ts = START + i * SECOND + OFFSET
        batch: list[Any] = []
        changes = []
        if i % 10 == 0:
            mid += numbers.choice((-5, 0, 5))
            batch = [None, *((BookAction.ADD, side, k) for k in range(1, 6) for side in (OrderSide.BUY, OrderSide.SELL))]
        else:
            batch = [(BookAction.UPDATE, side, numbers.randint(1, 5)) for side in (OrderSide.BUY, OrderSide.SELL)]
        for j, change in enumerate(batch):
            flags = 128 if j == len(batch) - 1 else 0
            if change is None:
                changes.append(OrderBookDelta(ETH.id, BookAction.CLEAR, None, flags, i, ts, ts))
                continue
            action, side, k = change
            price = ETH.make_price((mid - 5 * k if side == OrderSide.BUY else mid + 5 * k) / 100)
            order = BookOrder(side, price, ETH.make_qty(numbers.randint(1, 90) / 10), 0)
            changes.append(OrderBookDelta(ETH.id, action, order, flags, i, ts, ts))
        made.append(OrderBookDeltas(ETH.id, changes))
    return made


def engine(instrument: Any, **options: Any) -> Any:
    """Return an engine with one venue and one instrument."""
    made = BacktestEngine(
        config=BacktestEngineConfig(
            trader_id=TraderId("BACKTESTER-001"), logging=LoggingConfig(log_level="ERROR", bypass_logging=True)
        )
    )
    base = None if instrument is ETH else USD
    made.add_venue(
        venue=Venue(instrument.id.venue.value),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=base,
        starting_balances=[Money(1_000_000, base or USDT)],
        **options,
    )
    made.add_instrument(instrument)
    return made


def finish(made: Any, instrument: Any) -> None:
    """Run, and print orders with their fills, balances, and what handlers wrote down."""
    made.run()
    orders = []
    for order in sorted(made.cache.orders(), key=lambda o: o.client_order_id.value):
        fills = [(str(e.last_qty), str(e.last_px), str(e.commission)) for e in order.events if type(e).__name__ == "OrderFilled"]
        orders.append(
            [order.client_order_id.value, type(order).__name__, order_side_to_str(order.side), str(order.quantity),
             order_status_to_str(order.status), str(order.filled_qty), fills]
        )  # fmt: skip
    account = made.cache.account_for_venue(instrument.id.venue)
    balances = {str(currency): str(total) for currency, total in account.balances_total().items()}
    print(json.dumps({"orders": orders, "balances": balances, "log": [str(entry) for entry in LOG]}))
