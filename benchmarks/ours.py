"""nautilus_lite: `python ours.py CASE N`; run.py imports it too."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import cases
import numpy as np
import workloads
from runner import run_cli

from nautilus_lite import __version__
from nautilus_lite.backtest.config import BacktestEngineConfig, PreflightConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import (
    FillModel,
    LogNormalLatencyModel,
    PowerProbQueueModel,
    QueueModel,
    TieredFeeModel,
)
from nautilus_lite.examples.compiled_market_maker import CompiledMarketMaker
from nautilus_lite.indicators import ExponentialMovingAverage  # noqa: F401
from nautilus_lite.model.data import BarType, QuoteTick
from nautilus_lite.model.data.dtypes import BAR_DTYPE, DELTA_DTYPE, QUOTE_DTYPE, TRADE_DTYPE
from nautilus_lite.model.enums import AccountType, BookType, OmsType, OrderSide  # noqa: F401
from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.stream import CatalogStream
from nautilus_lite.trading.strategy import Strategy  # noqa: F401

ID = InstrumentId.from_str("EUR/USD.SIM")
BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
INTERNAL_BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL")
USD = Currency.from_str("USD")
IMPORT = (
    "from nautilus_lite.backtest.engine import BacktestEngine; from nautilus_lite.trading.strategy import Strategy"
)


def instrument(instrument_id: InstrumentId = ID) -> CurrencyPair:
    """Return the currency pair."""
    return CurrencyPair(
        instrument_id=instrument_id,
        raw_symbol=Symbol(instrument_id.symbol.value),
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


INSTRUMENT = instrument()


def cancel(strategy: Strategy, order: Any) -> None:
    """Cancel an order of the strategy."""
    strategy.cancel_order(order)


def is_closed(order: Any) -> bool:
    """Return whether an order is done."""
    return order.is_closed


def is_flat(strategy: Strategy) -> bool:
    """Return whether there is no position."""
    return strategy.portfolio.is_flat(ID)


def maker_compiled() -> CompiledMarketMaker:
    """Return the market maker in Cython."""
    return CompiledMarketMaker(
        instrument_id=ID, quantity=Quantity.from_int(workloads.MAKER_SIZE), interval_ns=workloads.MAKER_INTERVAL
    )


def every_model() -> dict[str, Any]:
    """Return settings of a venue with a model of every kind: queue, fill, fee and latency both ways."""
    return {
        "queue_model": PowerProbQueueModel(2.0),
        "fill_model": FillModel(prob_fill_on_limit=0.5, prob_slippage=0.5, random_seed=1),
        "fee_model": TieredFeeModel([(0, "0.0002", "0.0005"), (1_000_000, "0.0001", "0.0004")]),
        "latency_model": LogNormalLatencyModel(median_nanos=1e6, sigma=0.5, response_median_nanos=1e6),
        "liquidity_consumption": True,
    }


def engine(
    book_type: BookType = BookType.L1_MBP, queue_model: QueueModel | None = None, preflight: bool = True, **models: Any
) -> BacktestEngine:
    """Return an engine with a venue and an instrument; `models` are other settings of the venue."""
    config = BacktestEngineConfig(equity_interval_ns=3_600_000_000_000, preflight=PreflightConfig(enabled=preflight))
    made = BacktestEngine(config)
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money.from_str("100000000 USD")],
        book_type=book_type,
        queue_model=queue_model,
        **models,
    )
    made.add_instrument(INSTRUMENT)
    return made


def rows_of(dtype: np.dtype, data: dict[str, np.ndarray], **more: Any) -> np.ndarray:
    """Return arrays as packed rows; `ts` is both times."""
    rows = np.zeros(len(data["ts"]), dtype=dtype)
    rows["ts_event"] = rows["ts_init"] = data["ts"]
    for name, values in {**data, **more}.items():
        if name in rows.dtype.names:
            rows[name] = values
    return rows


def quote_rows(data: dict[str, np.ndarray]) -> np.ndarray:
    """Return quotes as packed rows."""
    return rows_of(QUOTE_DTYPE, data, bid_size=1_000_000, ask_size=1_000_000)


def add_quotes(made: BacktestEngine, data: dict[str, np.ndarray]) -> None:
    """Add quotes."""
    made.add_rows("quote", ID, quote_rows(data))


def add_trades(made: BacktestEngine, data: dict[str, np.ndarray]) -> None:
    """Add trades."""
    ids = np.char.mod("%d", np.arange(len(data["ts"])))
    rows = rows_of(TRADE_DTYPE, data, trade_id=ids.astype("S"), id_len=np.char.str_len(ids))
    rows["aggressor_side"] = data["side"]
    made.add_rows("trade", ID, rows)


def add_bars(made: BacktestEngine, data: dict[str, np.ndarray]) -> None:
    """Add bars."""
    made.add_rows("bar", BAR_TYPE, rows_of(BAR_DTYPE, data))


def add_deltas(made: BacktestEngine, data: dict[str, np.ndarray]) -> None:
    """Add order book deltas, each a batch of its own."""
    made.add_rows("delta", ID, rows_of(DELTA_DTYPE, data, flags=128, sequence=np.arange(len(data["ts"]))))


def counts(made: BacktestEngine) -> dict[str, int]:
    """Return the numbers of orders and fills."""
    recorder = made.world.recorder
    return {"orders": recorder.n_orders, "fills": recorder.n_fills}


def write_catalog(folder: str, data: dict[str, np.ndarray]) -> None:
    """Write the quotes to a catalog."""
    catalog = ParquetDataCatalog(folder)
    catalog.write_data([INSTRUMENT])
    catalog.write_rows("quote", ID, quote_rows(data))


def catalog_run(folder: str, strategy: Strategy | None) -> Callable[[], Any]:
    """Return what streams the quotes of a catalog through an engine."""
    catalog = ParquetDataCatalog(folder)

    def stream() -> None:
        made = engine()
        if strategy is not None:
            made.add_strategy(strategy)
        made.add_source("quote", ID, lambda: CatalogStream(catalog, QuoteTick, ID), "quotes")
        made.run()

    return stream


if __name__ == "__main__":
    run_cli(__version__, sys.argv, cases.make(sys.modules[__name__]))
