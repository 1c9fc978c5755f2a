"""EMA cross on one-minute bars of the shipped catalog, from a configuration alone."""

from pathlib import Path

from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.backtest.node import BacktestNode
from nautilus_lite.trading.config import ImportableStrategyConfig

CATALOG = Path(__file__).resolve().parent.parent / "catalog"
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"

config = BacktestRunConfig(
    venues=[
        BacktestVenueConfig(
            name="SIM", oms_type="NETTING", account_type="MARGIN", base_currency="USD", starting_balances=["1_000_000 USD"]
        )
    ],
    data=[BacktestDataConfig(catalog_path=str(CATALOG), data_cls="Bar", bar_types=[BAR_TYPE])],
    engine=BacktestEngineConfig(
        strategies=[
            ImportableStrategyConfig(
                strategy_path="nautilus_lite.examples.ema_cross:EMACross",
                config_path="nautilus_lite.examples.ema_cross:EMACrossConfig",
                config={
                    "instrument_id": "EUR/USD.SIM",
                    "bar_type": BAR_TYPE,
                    "trade_size": "100000",
                    "fast_period": 20,
                    "slow_period": 60,
                },
            )
        ]
    ),
)

if __name__ == "__main__":
    result = BacktestNode([config]).run()[0]
    print(result.summary())
    print(result.positions_report().tail(3).to_string())
