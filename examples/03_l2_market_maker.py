"""A market maker on L2 deltas and trades of the shipped catalog, with half a millisecond of latency."""

from pathlib import Path

from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.trading.config import ImportableStrategyConfig

CATALOG = str(Path(__file__).resolve().parent.parent / "catalog")
INSTRUMENT = "BTCUSDT-PERP.BINANCE"

config = BacktestRunConfig(
    venues=[
        BacktestVenueConfig(
            name="BINANCE",
            oms_type="NETTING",
            account_type="MARGIN",
            starting_balances=["1_000_000 USDT"],
            book_type="L2_MBP",
            latency_model=ImportableConfig(
                path="nautilus_lite.backtest.models:LatencyModel", config={"base_latency_nanos": 500_000}
            ),
        )
    ],
    data=[
        BacktestDataConfig(catalog_path=CATALOG, data_cls="OrderBookDelta", instrument_id=INSTRUMENT),
        BacktestDataConfig(catalog_path=CATALOG, data_cls="TradeTick", instrument_id=INSTRUMENT),
    ],
    engine=BacktestEngineConfig(
        equity_interval_ns=60_000_000_000,
        strategies=[
            ImportableStrategyConfig(
                strategy_path="nautilus_lite.examples.market_maker:MarketMaker",
                config_path="nautilus_lite.examples.market_maker:MarketMakerConfig",
                config={"instrument_id": INSTRUMENT, "trade_size": "0.010", "max_position": "0.050"},
            )
        ],
    ),
)

if __name__ == "__main__":
    print(run_backtest(config).summary())
