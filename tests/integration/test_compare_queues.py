"""Queue models in configurations and comparisons."""

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
