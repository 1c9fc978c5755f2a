"""The workloads on nautilus_trader, run by the interpreter of an environment that has it. Prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from decimal import Decimal
from typing import Any

import workloads
from nautilus_trader import __version__
from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import LoggingConfig, RiskEngineConfig
from nautilus_trader.model.currencies import USD
from nautilus_trader.model.data import BookOrder, OrderBookDelta, QuoteTick
from nautilus_trader.model.enums import AccountType, BookAction, BookType, OmsType, OrderSide
from nautilus_trader.model.identifiers import Venue
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.test_kit.providers import TestInstrumentProvider
from nautilus_trader.trading.strategy import Strategy

INSTRUMENT = TestInstrumentProvider.default_fx_ccy("EUR/USD", Venue("SIM"))


class Listener(Strategy):
    def on_start(self) -> None:
        self.subscribe_quote_ticks(INSTRUMENT.id)

    def on_quote_tick(self, tick: Any) -> None:
        pass


class Trader(Strategy):
    def __init__(self) -> None:
        super().__init__()
        self.marks: list[float] = []
        self.n = 0

    def on_start(self) -> None:
        self.quantity = Quantity.from_int(1_000)
        self.subscribe_quote_ticks(INSTRUMENT.id)

    def on_quote_tick(self, tick: Any) -> None:
        if self.n % 1_000 == 0:
            self.marks.append(time.process_time())
        self.n += 1
        side = OrderSide.BUY if self.n % 2 else OrderSide.SELL
        self.submit_order(self.order_factory.market(INSTRUMENT.id, side, self.quantity))


def engine(book_type: BookType = BookType.L1_MBP) -> BacktestEngine:
    quiet = LoggingConfig(bypass_logging=True)
    made = BacktestEngine(BacktestEngineConfig(logging=quiet, risk_engine=RiskEngineConfig(bypass=True)))
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        default_leverage=Decimal(10),
        book_type=book_type,
    )
    made.add_instrument(INSTRUMENT)
    return made


def quote_ticks(n: int) -> list[QuoteTick]:
    data = workloads.quotes(n)
    size = Quantity.from_int(1_000_000)
    return [
        QuoteTick(INSTRUMENT.id, Price(bid / 1e5, 5), Price(ask / 1e5, 5), size, size, ts, ts)
        for ts, bid, ask in zip(data["ts"].tolist(), data["bid"].tolist(), data["ask"].tolist(), strict=True)
    ]


def book_deltas(n: int) -> list[OrderBookDelta]:
    data = {key: values.tolist() for key, values in workloads.deltas(n).items()}
    return [
        OrderBookDelta(
            INSTRUMENT.id,
            BookAction.UPDATE,
            BookOrder(OrderSide(side), Price(price / 1e5, 5), Quantity.from_int(size), price),
            128,
            i,
            ts,
            ts,
        )
        for i, (ts, side, price, size) in enumerate(
            zip(data["ts"], data["side"], data["price"], data["size"], strict=True)
        )
    ]


def timed(made: BacktestEngine, n: int) -> float:
    began = time.process_time()
    made.run()
    return (time.process_time() - began) * 1e9 / n


def main(case: str, n: int) -> Any:
    made = engine(BookType.L2_MBP if case == "deltas_silent" else BookType.L1_MBP)
    made.add_data(book_deltas(n) if case == "deltas_silent" else quote_ticks(n))
    if case == "quotes_handler":
        made.add_strategy(Listener())
    if case != "market_orders":
        return timed(made, n)
    strategy = Trader()
    made.add_strategy(strategy)
    made.run()
    marks = [b - a for a, b in zip(strategy.marks, strategy.marks[1:], strict=False)]
    return [marks[1] * 1e6, marks[-1] * 1e6]


if __name__ == "__main__":
    print(json.dumps({"version": __version__, "value": main(sys.argv[1], int(sys.argv[2]))}))
