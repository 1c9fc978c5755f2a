"""nautilus_trader 2.x (Rust core): `python nt2.py CASE N` in an environment that has it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import cases
from nautilus_trader import __version__
from nautilus_trader.backtest import (
    BacktestDataConfig,
    BacktestEngine,
    BacktestEngineConfig,
    BacktestNode,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_trader.common import LoggerConfig
from nautilus_trader.execution import MakerTakerFeeModel
from nautilus_trader.indicators import ExponentialMovingAverage  # noqa: F401
from nautilus_trader.model import (
    AccountType,
    AggressorSide,
    Bar,
    BarType,
    BookAction,
    BookOrder,
    BookType,
    Currency,
    CurrencyPair,
    InstrumentId,
    Money,
    NautilusDataType,
    OmsType,
    OrderBookDelta,
    OrderSide,
    Price,
    Quantity,
    QuoteTick,
    Symbol,
    TradeId,
    TradeTick,
    Venue,
)
from nautilus_trader.persistence import ParquetDataCatalog
from nautilus_trader.risk import RiskEngineConfig
from nautilus_trader.trading import Strategy  # noqa: F401
from objects import Objects
from runner import run_cli

ID = InstrumentId.from_str("EUR/USD.SIM")
BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
INTERNAL_BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL")
USD = Currency.from_str("USD")
AGGRESSORS = (AggressorSide.BUY, AggressorSide.SELL)
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
    ts_event=0,
    ts_init=0,
)


FEES = MakerTakerFeeModel(Decimal("0.00002"), Decimal("0.00002"))
QUIET = LoggerConfig(bypass_logging=True)
IMPORT = "from nautilus_trader.backtest import BacktestEngine; from nautilus_trader.trading import Strategy"


def cancel(strategy: Any, order: Any) -> None:
    strategy.cancel_order(order.client_order_id)


def is_closed(order: Any) -> bool:
    closed = order.is_closed
    return closed() if callable(closed) else closed


def is_flat(strategy: Any) -> bool:
    return strategy.portfolio.is_net_flat(ID)


def engine(book_type: BookType = BookType.L1_MBP) -> BacktestEngine:
    made = BacktestEngine(
        BacktestEngineConfig(logging=QUIET, bypass_logging=True, run_analysis=False, risk_engine=RiskEngineConfig(bypass=True))
    )
    made.add_venue(
        Venue("SIM"),
        OmsType.NETTING,
        AccountType.MARGIN,
        [Money.from_str("100000000 USD")],
        base_currency=USD,
        default_leverage=Decimal(10),
        fee_model=FEES,
        book_type=book_type,
    )
    made.add_instrument(INSTRUMENT)
    return made


OBJECTS = Objects(sys.modules[__name__])
add_quotes, add_trades = OBJECTS.add_quotes, OBJECTS.add_trades
add_bars, add_deltas = OBJECTS.add_bars, OBJECTS.add_deltas


def counts(made: BacktestEngine) -> dict[str, int]:
    return {"orders": made.get_result().total_orders}


def write_catalog(folder: str, data: dict[str, Any]) -> None:
    catalog = ParquetDataCatalog(folder)
    catalog.write_instruments([INSTRUMENT])
    catalog.write_quote_ticks(OBJECTS.quotes(data))


def catalog_run(folder: str, strategy: Any) -> Callable[[], Any]:
    node = BacktestNode(
        [
            BacktestRunConfig(
                venues=[
                    BacktestVenueConfig(
                        "SIM", OmsType.NETTING, AccountType.MARGIN, ["1000000 USD"], base_currency=USD, fee_model=FEES)
                ],
                data=[BacktestDataConfig(NautilusDataType.QuoteTick, folder, instrument_id=ID)],
                engine=BacktestEngineConfig(logging=QUIET, bypass_logging=True, run_analysis=False),
                id="run",
                chunk_size=100_000,
            )
        ]
    )
    node.build()
    if strategy is not None:
        node.add_strategy("run", strategy)
    return node.run


if __name__ == "__main__":
    run_cli(__version__, sys.argv, cases.make(sys.modules[__name__]))
