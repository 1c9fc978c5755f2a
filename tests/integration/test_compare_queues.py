"""Queue models in configurations and comparisons."""

import msgspec
import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.common.config import ImportableConfig


def queue(name, **config):
    return ImportableConfig(path=f"nautilus_lite.backtest.models:{name}", config=config)


def test_queues_cost_fills_and_worlds_equal_their_own_runs(maker_config):
    models = {
        "none": None,
        "half": queue("PowerProbQueueModel", n=1.0),
        "patient": queue("RiskAverseQueueModel"),
    }
    comparison = compare(maker_config, queue_models=models)
    assert comparison["none"].digest == run_backtest(maker_config).digest
    fills = {result.name: result.n_maker_fills for result in comparison.results}
    # Who stands behind others fills less
    assert fills["none"] > fills["half"] > 0
    assert fills["none"] > fills["patient"] > 0


@pytest.mark.parametrize("response_ns", [0, 200_000_000])
def test_every_order_that_rested_tells_what_stood_ahead(maker_config, response_ns):
    latency = ImportableConfig(
        path="nautilus_lite.backtest.models:LatencyModel",
        config={"base_latency_nanos": 500_000, "response_latency_nanos": response_ns},
    )
    venue = msgspec.structs.replace(maker_config.venues[0], latency_model=latency, queue_model=queue("RiskAverseQueueModel"))
    config = msgspec.structs.replace(maker_config, venues=[venue], end="2024-01-02T00:10:00")
    result = run_backtest(config)
    orders, fills = result.orders_report(), result.fills_report()
    rested = orders[orders["ts_accepted"].notna() & (orders["type"] == "LIMIT")]
    assert rested["queue_ahead"].notna().all()
    waited = rested[rested["filled_qty"] == 0.0]
    assert len(waited) > 50 and (waited["queue_ahead"] > 0.0).any(), "those that never filled tell too"
    made = fills[fills["liquidity_side"] == "MAKER"]
    assert made["queue_ahead"].equals(orders["queue_ahead"].reindex(made.index))
    # Whoever stands further back fills less often
    short = rested["queue_ahead"] <= rested["queue_ahead"].median()
    filled = rested["filled_qty"] / rested["quantity"]
    assert filled[short].mean() > filled[~short].mean()
    alone = run_backtest(msgspec.structs.replace(maker_config, end="2024-01-02T00:10:00"))
    assert alone.orders_report()["queue_ahead"].isna().all(), "without a queue model nobody is ahead"
