"""Runs that differ in what their pages have to show."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.comparison import Comparison
from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.examples.ema_cross import EMACross, EMACrossConfig
from nautilus_lite.model.currencies import USD
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import AccountType, OmsType
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"
HOSTILE = "<script>alert(1)</script>"


def ema_run(start: str, end: str, fast: int, slow: int, size: str = "100000", **changes: Any) -> BacktestResult:
    """Return an EMA cross over bars of the sample catalog."""
    strategy = {
        "instrument_id": "EUR/USD.SIM",
        "bar_type": BAR_TYPE,
        "trade_size": size,
        "fast_period": fast,
        "slow_period": slow,
    }
    venue = {
        "name": "SIM",
        "oms_type": "NETTING",
        "account_type": "MARGIN",
        "base_currency": "USD",
        "starting_balances": ["1_000_000 USD"],
    }
    config = {
        "venues": [{**venue, **changes.get("venue", {})}],
        "data": [{"catalog_path": str(CATALOG), "data_cls": "Bar", "bar_types": [BAR_TYPE]}],
        "engine": {
            "strategies": [
                {
                    "strategy_path": "nautilus_lite.examples.ema_cross:EMACross",
                    "config_path": "nautilus_lite.examples.ema_cross:EMACrossConfig",
                    "config": {**strategy, **changes.get("strategy", {})},
                }
            ],
            **changes.get("engine", {}),
        },
        "start": start,
        "end": end,
    }
    return run_backtest(BacktestRunConfig.from_dict(config), False)


def demo() -> BacktestResult:
    """Return a month with some hundred trades."""
    return ema_run("2024-01-01", "2024-02-01", 20, 60)


class Holder(EMACross):
    """An EMA cross that keeps what it holds at the end."""

    def on_stop(self) -> None:
        self.cancel_all_orders(self.config.instrument_id)


def busy() -> BacktestResult:
    """Return two weeks with thousands of trades that lose, a position open at the end, and warnings."""
    catalog = ParquetDataCatalog(CATALOG)
    instrument = catalog.instruments(instrument_ids=["EUR/USD.SIM"])[0]
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.HEDGING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
    )
    engine.add_instrument(instrument)
    engine.add_data(catalog.bars(bar_types=[BAR_TYPE])[:20_000])
    bar_type = BarType.from_str(BAR_TYPE)
    for fast, size in ((2, 1_000_000), (3, 500_000)):
        config = EMACrossConfig(
            instrument_id=instrument.id, bar_type=bar_type, trade_size=Decimal(size), fast_period=fast, slow_period=5 * fast
        )
        engine.add_strategy(Holder(config))
    engine.run()
    result = engine.get_result()
    result.warnings += [
        "no exchange rate from EUR to USD at 12 of 336 samples: total equity is NaN at those times",
        "3 orders were denied: NOTIONAL_EXCEEDS_FREE_BALANCE free=12.50 USD, notional=3_300_000.00 USD (instrument EUR/USD.SIM)",
        "a name without a place to break " + "x" * 200,
        "the run was shut down early",
    ]
    engine.dispose()
    return result


def maker() -> BacktestResult:
    """Return a market maker on a book, with latency."""
    return run_backtest(maker_config(), False)


def maker_config() -> BacktestRunConfig:
    """Return the run of the market maker."""
    instrument = "BTCUSDT-PERP.BINANCE"
    return BacktestRunConfig.from_dict(
        {
            "venues": [
                {
                    "name": "BINANCE",
                    "oms_type": "NETTING",
                    "account_type": "MARGIN",
                    "starting_balances": ["1_000_000 USDT"],
                    "book_type": "L2_MBP",
                    "latency_model": {
                        "path": "nautilus_lite.backtest.models:LatencyModel",
                        "config": {"base_latency_nanos": 500_000},
                    },
                }
            ],
            "data": [
                {"catalog_path": str(CATALOG), "data_cls": name, "instrument_id": instrument}
                for name in ("OrderBookDelta", "TradeTick")
            ],
            "engine": {
                "equity_interval_ns": 10 * 10**9,
                "strategies": [
                    {
                        "strategy_path": "nautilus_lite.examples.market_maker:MarketMaker",
                        "config_path": "nautilus_lite.examples.market_maker:MarketMakerConfig",
                        "config": {"instrument_id": instrument, "trade_size": "0.010", "max_position": "0.050"},
                    }
                ],
            },
        }
    )


def hours() -> BacktestResult:
    """Return two hours."""
    return ema_run("2024-01-02T08:00", "2024-01-02T10:00", 5, 15, engine={"equity_interval_ns": 60 * 10**9})


def quiet() -> BacktestResult:
    """Return a week in which nothing was traded."""
    return ema_run("2024-01-08", "2024-01-15", 5000, 9000)


def hostile() -> BacktestResult:
    """Return a day of a strategy whose name is a script."""
    return ema_run(
        "2024-01-02", "2024-01-04", 20, 60, strategy={"strategy_id": f"{HOSTILE}-001"}, engine={"equity_interval_ns": 60 * 10**9}
    )


def comparison() -> Comparison:
    """Return nine worlds of the market maker: three fill models by three fee models."""
    models = "nautilus_lite.backtest.models"
    fills = {
        name: ImportableConfig(path=f"{models}:FillModel", config={"prob_fill_on_limit": chance, "random_seed": 1})
        for name, chance in {"always at touch": 1.0, "one in five": 0.2, HOSTILE: 0.0}.items()
    }
    fees = {
        "schedule": ImportableConfig(path=f"{models}:MakerTakerFeeModel", config={}),
        "0.50 USDT an order": ImportableConfig(path=f"{models}:FixedFeeModel", config={"commission": "0.50 USDT"}),
        "0.10 USDT a contract": ImportableConfig(path=f"{models}:PerContractFeeModel", config={"commission": "0.10 USDT"}),
    }
    config = maker_config()
    deltas = msgspec.structs.replace(config, data=config.data[:1])
    return compare(deltas, fill_models=fills, fee_models=fees)


def queues() -> Comparison:
    """Return three queue models, with and without latency."""
    models = "nautilus_lite.backtest.models"
    known = {
        "none": None,
        "risk averse": ImportableConfig(path=f"{models}:RiskAverseQueueModel", config={}),
        "power 2": ImportableConfig(path=f"{models}:PowerProbQueueModel", config={"n": 2.0}),
    }
    latencies = {
        name: ImportableConfig(path=f"{models}:LatencyModel", config={"base_latency_nanos": nanos})
        for name, nanos in (("1 ms", 10**6), ("50 ms", 5 * 10**7))
    }
    return compare(maker_config(), queue_models=known, latency_models=latencies)
