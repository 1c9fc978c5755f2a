"""The workloads on nautilus_lite. Each prints nothing and returns CPU nanoseconds per event."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import numpy as np
import workloads

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data.dtypes import DELTA_DTYPE, QUOTE_DTYPE
from nautilus_lite.model.enums import AccountType, BookType, OmsType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy

INSTRUMENT_ID = InstrumentId.from_str("EUR/USD.SIM")


def instrument() -> CurrencyPair:
    """Return the currency pair."""
    return CurrencyPair(
        instrument_id=INSTRUMENT_ID,
        raw_symbol=Symbol("EUR/USD"),
        base_currency=Currency.from_str("EUR"),
        quote_currency=Currency.from_str("USD"),
        price_precision=5,
        size_precision=0,
        price_increment=Price.from_str("0.00001"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal("0.00002"),
        taker_fee=Decimal("0.00002"),
        ts_event=0,
        ts_init=0,
    )


def engine(book_type: BookType = BookType.L1_MBP) -> BacktestEngine:
    """Return an engine with a venue and an instrument."""
    made = BacktestEngine(BacktestEngineConfig(equity_interval_ns=3_600_000_000_000))
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
        book_type=book_type,
    )
    made.add_instrument(instrument())
    return made


def quote_rows(n: int) -> np.ndarray:
    """Return the quotes as rows."""
    data = workloads.quotes(n)
    rows = np.zeros(n, dtype=QUOTE_DTYPE)
    rows["ts_event"] = rows["ts_init"] = data["ts"]
    rows["bid"], rows["ask"] = data["bid"], data["ask"]
    rows["bid_size"] = rows["ask_size"] = 1_000_000
    return rows


def delta_rows(n: int) -> np.ndarray:
    """Return the deltas as rows."""
    data = workloads.deltas(n)
    rows = np.zeros(n, dtype=DELTA_DTYPE)
    rows["ts_event"] = rows["ts_init"] = data["ts"]
    rows["side"], rows["price"], rows["size"] = data["side"], data["price"], data["size"]
    rows["action"], rows["flags"], rows["sequence"] = 2, 128, np.arange(n)
    return rows


class Listener(Strategy):
    """Takes quotes and does nothing."""

    def on_start(self) -> None:
        self.subscribe_quote_ticks(INSTRUMENT_ID)

    def on_quote_tick(self, tick: Any) -> None:
        pass


class Trader(Strategy):
    """Sends a market order on every quote, buying and selling in turn, and times each thousand."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[float] = []
        self.n = 0

    def on_start(self) -> None:
        self.quantity = Quantity.from_int(1_000)
        self.subscribe_quote_ticks(INSTRUMENT_ID)

    def on_quote_tick(self, tick: Any) -> None:
        if self.n % 1_000 == 0:
            self.marks.append(time.process_time())
        self.n += 1
        side = OrderSide.BUY if self.n % 2 else OrderSide.SELL
        self.submit_order(self.order_factory.market(INSTRUMENT_ID, side, self.quantity))


def timed(made: BacktestEngine, n: int) -> float:
    """Run and return CPU nanoseconds per row."""
    began = time.process_time()
    made.run()
    return (time.process_time() - began) * 1e9 / n


def quotes_silent(n: int) -> float:
    """Quotes that nobody listens to."""
    made = engine()
    made.add_rows("quote", INSTRUMENT_ID, quote_rows(n))
    return timed(made, n)


def quotes_handler(n: int) -> float:
    """Quotes to a handler in Python that does nothing."""
    made = engine()
    made.add_rows("quote", INSTRUMENT_ID, quote_rows(n))
    made.add_strategy(Listener())
    return timed(made, n)


def deltas_silent(n: int) -> float:
    """L2 deltas that nobody listens to."""
    made = engine(BookType.L2_MBP)
    made.add_rows("delta", INSTRUMENT_ID, delta_rows(n))
    return timed(made, n)


def market_orders(n: int) -> tuple[float, float]:
    """Market orders: nanoseconds for one of the first and one of the last thousand, the quote and its handler included."""
    made = engine()
    made.add_rows("quote", INSTRUMENT_ID, quote_rows(n))
    strategy = Trader()
    made.add_strategy(strategy)
    made.run()
    marks = [b - a for a, b in zip(strategy.marks, strategy.marks[1:], strict=False)]
    # The first thousand warms caches up; the second is the base
    return marks[1] * 1e6, marks[-1] * 1e6
