"""What to look at before a run, and why each order filled or did not after it."""

from collections import Counter
from pathlib import Path

from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.backtest.node import build_engine
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.model.enums import OrderStatus
from nautilus_lite.trading.config import ImportableStrategyConfig

CATALOG = Path(__file__).resolve().parent.parent / "catalog"
INSTRUMENT = "BTCUSDT-PERP.BINANCE"
MODELS = "nautilus_lite.backtest.models"

config = BacktestRunConfig(
    venues=[
        BacktestVenueConfig(
            name="BINANCE",
            oms_type="NETTING",
            account_type="MARGIN",
            starting_balances=["1_000_000 USDT"],
            book_type="L2_MBP",
            queue_model=ImportableConfig(path=f"{MODELS}:RiskAverseQueueModel", config={}),
            latency_model=ImportableConfig(path=f"{MODELS}:LatencyModel", config={"base_latency_nanos": 500_000}),
        )
    ],
    data=[
        BacktestDataConfig(catalog_path=str(CATALOG), data_cls="OrderBookDelta", instrument_id=INSTRUMENT),
        BacktestDataConfig(catalog_path=str(CATALOG), data_cls="TradeTick", instrument_id=INSTRUMENT),
    ],
    engine=BacktestEngineConfig(
        strategies=[
            ImportableStrategyConfig(
                strategy_path="nautilus_lite.examples.market_maker:MarketMaker",
                config_path="nautilus_lite.examples.market_maker:MarketMakerConfig",
                config={"instrument_id": INSTRUMENT, "trade_size": "0.010", "max_position": "0.050"},
            )
        ],
    ),
    end="2024-01-02T00:10:00",
)

if __name__ == "__main__":
    engine = build_engine(config)
    print(engine.preflight(config.start, config.end, full=True))
    engine.run(config.start, config.end)
    orders = engine.cache.orders()
    # One of each fate: filled in its turn, and cancelled without a fill
    print()
    fills = [order for order in orders if order.status == OrderStatus.FILLED]
    print(engine.explain(next(o for o in fills if o.last_event.fill_reason == "queue_cleared").client_order_id))
    print()
    print(engine.explain(next(order for order in orders if order.is_closed and order.filled_qty == 0).client_order_id))
    # How near were those that did not fill? The same facts as data
    missed = [engine.explain(order.client_order_id) for order in orders[:200] if order.is_closed and order.filled_qty == 0]
    away = Counter(min(wait["ticks_away"] for wait in told.to_dict()["waits"]) for told in missed if told.looks)
    print(f"\nticks that the touch was short of {len(missed)} unfilled orders: {dict(sorted(away.items()))}")
