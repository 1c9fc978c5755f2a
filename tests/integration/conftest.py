"""The sample catalog and ready-made run configurations."""

from pathlib import Path
from typing import Any

import pytest

from nautilus_lite.backtest.config import BacktestDataConfig, BacktestEngineConfig, BacktestRunConfig, BacktestVenueConfig
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.trading.config import ImportableStrategyConfig

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"


@pytest.fixture(scope="session")
def catalog_path() -> str:
    return str(CATALOG)


def ema_strategy(bar_type: str = BAR_TYPE, **options: Any) -> ImportableStrategyConfig:
    return ImportableStrategyConfig(
        strategy_path="nautilus_lite.examples.ema_cross:EMACross",
        config_path="nautilus_lite.examples.ema_cross:EMACrossConfig",
        config={"instrument_id": "EUR/USD.SIM", "bar_type": bar_type, "trade_size": "100000", **options},
    )


@pytest.fixture
def bars_config() -> BacktestRunConfig:
    """EMA cross on ten days of bars."""
    return BacktestRunConfig(
        venues=[
            BacktestVenueConfig(
                name="SIM",
                oms_type="NETTING",
                account_type="MARGIN",
                base_currency="USD",
                starting_balances=["1_000_000 USD"],
            )
        ],
        data=[BacktestDataConfig(catalog_path=str(CATALOG), data_cls="Bar", bar_types=[BAR_TYPE])],
        engine=BacktestEngineConfig(strategies=[ema_strategy()]),
        end="2024-01-10",
    )


@pytest.fixture
def maker_config() -> BacktestRunConfig:
    """Market maker on half an hour of L2 deltas and trades."""
    instrument = "BTCUSDT-PERP.BINANCE"
    return BacktestRunConfig(
        venues=[
            BacktestVenueConfig(
                name="BINANCE",
                oms_type="NETTING",
                account_type="MARGIN",
                starting_balances=["1_000_000 USDT"],
                book_type="L2_MBP",
                fill_model=ImportableConfig(
                    path="nautilus_lite.backtest.models:FillModel", config={"prob_fill_on_limit": 0.5, "random_seed": 3}
                ),
                latency_model=ImportableConfig(
                    path="nautilus_lite.backtest.models:LatencyModel", config={"base_latency_nanos": 500_000}
                ),
            )
        ],
        data=[
            BacktestDataConfig(catalog_path=str(CATALOG), data_cls="OrderBookDelta", instrument_id=instrument),
            BacktestDataConfig(catalog_path=str(CATALOG), data_cls="TradeTick", instrument_id=instrument),
        ],
        engine=BacktestEngineConfig(
            equity_interval_ns=60_000_000_000,
            strategies=[
                ImportableStrategyConfig(
                    strategy_path="nautilus_lite.examples.market_maker:MarketMaker",
                    config_path="nautilus_lite.examples.market_maker:MarketMakerConfig",
                    config={"instrument_id": instrument, "trade_size": "0.010", "max_position": "0.050"},
                )
            ],
        ),
        end="2024-01-02T00:30:00",
    )
