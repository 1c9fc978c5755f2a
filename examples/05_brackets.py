"""EMA cross with brackets: every entry brings a stop-loss and a take-profit, and the fills say why they happened."""

from collections import Counter
from pathlib import Path

from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.backtest.node import BacktestNode
from nautilus_lite.model.enums import OrderStatus
from nautilus_lite.model.events import OrderFilled
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
                strategy_path="nautilus_lite.examples.ema_cross_bracket:EMACrossBracket",
                config_path="nautilus_lite.examples.ema_cross_bracket:EMACrossBracketConfig",
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
    fills = [event for order in result.orders for event in order.events if isinstance(event, OrderFilled)]
    print(Counter(event.fill_reason for event in fills))
    print(Counter(order.tags[0] for order in result.orders if order.tags and order.status == OrderStatus.FILLED))
