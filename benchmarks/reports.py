"""CPU time of every report of a run with 100,000 fills: `python benchmarks/reports.py`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.data.dtypes import QUOTE_DTYPE
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy

N_FILLS = 100_000
SECOND = 1_000_000_000
SIM = Venue("SIM")


class Flipper(Strategy):
    """Buys and sells by turns, one fill a quote: every second fill closes a position."""

    def __init__(self, instrument_id: InstrumentId) -> None:
        super().__init__()
        self._instrument_id = instrument_id
        self._size = Quantity.from_int(1_000)
        self._buys = False

    def on_start(self) -> None:
        self.subscribe_quote_ticks(self._instrument_id)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self._buys = not self._buys
        side = OrderSide.BUY if self._buys else OrderSide.SELL
        self.submit_order(self.order_factory.market(self._instrument_id, side, self._size))


def make_run(n_fills: int, spacing_s: int = 60, equity_s: int = 3600) -> Any:
    """Return the result of a run with so many fills, so many seconds apart, and equity sampled every so many."""
    symbol = Symbol("EUR/USD")
    pair = CurrencyPair(
        instrument_id=InstrumentId(symbol, SIM), raw_symbol=symbol, base_currency=Currency.from_str("EUR"),
        quote_currency=Currency.from_str("USD"), price_precision=5, size_precision=0,
        price_increment=Price.from_str("0.00001"), size_increment=Quantity.from_int(1), ts_event=0, ts_init=0,
        taker_fee=Decimal("0.00002"),
    )
    rng = np.random.default_rng(1)
    rows = np.zeros(n_fills, dtype=QUOTE_DTYPE)
    steps = np.arange(n_fills, dtype=np.uint64) * np.uint64(spacing_s * SECOND)
    rows["ts_init"] = rows["ts_event"] = 1_704_067_200 * SECOND + steps
    rows["bid"] = 110_000 + np.cumsum(rng.integers(-3, 4, n_fills))
    rows["ask"] = rows["bid"] + 2
    rows["bid_size"] = rows["ask_size"] = 1_000_000
    engine = BacktestEngine(BacktestEngineConfig(equity_interval_ns=equity_s * SECOND))
    engine.add_venue(SIM, OmsType.NETTING, AccountType.MARGIN, [Money.from_str("1000000 USD")], Currency.from_str("USD"))
    engine.add_instrument(pair)
    engine.add_rows("quote", pair.id, rows)
    engine.add_strategy(Flipper(pair.id))
    engine.run()
    return engine.get_result()


def timed(make: Callable[[], Any]) -> tuple[float, Any]:
    """Return the best of three CPU times, and what was made."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        made = make()
        best = min(best, time.process_time() - began)
    return best, made


def main(n_fills: int) -> None:
    result = make_run(n_fills)
    reports = {
        "orders": result.orders_report,
        "order fills": result.order_fills_report,
        "fills": result.fills_report,
        "positions": result.positions_report,
        "cycles": result.cycles_report,
        "account": result.account_report,
        "ledger": result.ledger_report,
        "equity": result.equity_report,
        "reconcile": result.reconcile,
    }
    total = 0.0
    print(f"{result.n_fills:,} fills, CPU time, best of 3")
    for name, make in reports.items():
        seconds, frame = timed(make)
        total += seconds
        print(f"  {name:<12} {seconds * 1e3:8.1f} ms  {len(frame):>8,} rows")
    print(f"  {'all':<12} {total * 1e3:8.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else N_FILLS)
