"""nautilus_trader 1.x (Cython core): `python nt1.py CASE N` in an environment that has it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import cases
from nautilus_trader import __version__
from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.backtest.node import BacktestNode
from nautilus_trader.config import (
    BacktestDataConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
    LoggingConfig,
    RiskEngineConfig,
)
from nautilus_trader.indicators import ExponentialMovingAverage  # noqa: F401
from nautilus_trader.model.data import Bar, BarType, BookOrder, OrderBookDelta, QuoteTick, TradeTick
from nautilus_trader.model.enums import AccountType, AggressorSide, BookAction, BookType, OmsType, OrderSide
from nautilus_trader.model.identifiers import InstrumentId, Symbol, TradeId, Venue
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Currency, Money, Price, Quantity
from nautilus_trader.persistence.catalog import ParquetDataCatalog
from nautilus_trader.trading.strategy import Strategy  # noqa: F401
from objects import Objects
from runner import run_cli

ID = InstrumentId.from_str("EUR/USD.SIM")
BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
INTERNAL_BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL")
USD = Currency.from_str("USD")
AGGRESSORS = (AggressorSide.BUYER, AggressorSide.SELLER)
INSTRUMENT = CurrencyPair(
    instrument_id=ID,
    raw_symbol=Symbol("EUR/USD"),
    base_currency=Currency.from_str("EUR"),
    quote_currency=USD,
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


IMPORT = (
    "from nautilus_trader.backtest.engine import BacktestEngine; from nautilus_trader.trading.strategy import Strategy"
)


def cancel(strategy: Any, order: Any) -> None:
    strategy.cancel_order(order)


def is_closed(order: Any) -> bool:
    return order.is_closed


def is_flat(strategy: Any) -> bool:
    return strategy.portfolio.is_flat(ID)


def engine(book_type: BookType = BookType.L1_MBP) -> BacktestEngine:
    quiet = LoggingConfig(bypass_logging=True)
    made = BacktestEngine(
        BacktestEngineConfig(logging=quiet, run_analysis=False, risk_engine=RiskEngineConfig(bypass=True))
    )
    made.add_venue(
        Venue("SIM"),
        OmsType.NETTING,
        AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money.from_str("100000000 USD")],
        default_leverage=Decimal(10),
        book_type=book_type,
    )
    made.add_instrument(INSTRUMENT)
    return made


OBJECTS = Objects(sys.modules[__name__])
add_quotes, add_trades = OBJECTS.add_quotes, OBJECTS.add_trades
add_bars, add_deltas = OBJECTS.add_bars, OBJECTS.add_deltas


def counts(made: BacktestEngine) -> dict[str, int]:
    return {"orders": made.cache.orders_total_count()}


def write_catalog(folder: str, data: dict[str, Any]) -> None:
    catalog = ParquetDataCatalog(folder)
    catalog.write_data([INSTRUMENT])
    catalog.write_data(OBJECTS.quotes(data))


def catalog_run(folder: str, strategy: Any) -> Callable[[], Any]:
    config = BacktestRunConfig(
        venues=[BacktestVenueConfig("SIM", "NETTING", "MARGIN", ["1000000 USD"], base_currency="USD")],
        data=[BacktestDataConfig(folder, QuoteTick, instrument_id=ID)],
        engine=BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), run_analysis=False),
        chunk_size=100_000,
    )
    node = BacktestNode([config])
    node.build()
    if strategy is not None:
        node.get_engine(config.id).add_strategy(strategy)
    return node.run


if __name__ == "__main__":
    run_cli(__version__, sys.argv, cases.make(sys.modules[__name__]))
