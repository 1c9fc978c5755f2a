"""Explanations over catalogs, from results, and in comparisons."""

from __future__ import annotations

import pickle

import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.node import build_engine, run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import OrderSide, OrderType
from nautilus_lite.model.objects import Price
from tests.venue_runs import SECOND, Scripted, engine, perpetual


@pytest.fixture(scope="module")
def queued_config(request):
    """The market maker of `maker_config` behind a queue, for ten minutes."""
    from nautilus_lite.backtest.config import BacktestRunConfig
    from tests.integration.conftest import CATALOG

    instrument = "BTCUSDT-PERP.BINANCE"
    kinds = ("OrderBookDelta", "TradeTick")
    data = [{"catalog_path": str(CATALOG), "data_cls": kind, "instrument_id": instrument} for kind in kinds]
    maker = {
        "strategy_path": "nautilus_lite.examples.market_maker:MarketMaker",
        "config_path": "nautilus_lite.examples.market_maker:MarketMakerConfig",
        "config": {"instrument_id": instrument, "trade_size": "0.010", "max_position": "0.050"},
    }
    venue = {
        "name": "BINANCE",
        "oms_type": "NETTING",
        "account_type": "MARGIN",
        "starting_balances": ["1_000_000 USDT"],
        "book_type": "L2_MBP",
        "queue_model": {"path": "nautilus_lite.backtest.models:RiskAverseQueueModel", "config": {}},
        "latency_model": {"path": "nautilus_lite.backtest.models:LatencyModel", "config": {"base_latency_nanos": 500_000}},
    }
    values = {"venues": [venue], "data": data, "engine": {"strategies": [maker]}, "end": "2024-01-02T00:10:00"}
    return BacktestRunConfig.from_dict(values)


@pytest.fixture(scope="module")
def ran(queued_config):
    engine = build_engine(queued_config)
    engine.run(queued_config.start, queued_config.end)
    return engine


def test_queues_at_entry_are_those_that_fills_carry(ran):
    n_compared = 0
    for order in ran.cache.orders()[::7]:
        told = ran.explain(order.client_order_id)
        assert told.notes == []
        for fill in told.life.fills:
            if fill.queue_ahead is not None:
                assert told.looks[0].ahead_entry == fill.queue_ahead
                n_compared += 1
        if not told.life.fills and told.latency_ns is not None:
            assert told.latency_ns == 500_000
    assert n_compared > 20


def test_a_result_tells_the_same_as_its_engine(ran, queued_config):
    result = pickle.loads(pickle.dumps(run_backtest(queued_config)))
    for order in result.orders[:40:5]:
        assert str(result.explain(order.client_order_id)) == str(ran.explain(order.client_order_id))


def test_worlds_of_a_comparison_can_be_explained(queued_config):
    models = {
        "averse": ImportableConfig(path="nautilus_lite.backtest.models:RiskAverseQueueModel", config={}),
        "log": ImportableConfig(path="nautilus_lite.backtest.models:LogProbQueueModel", config={}),
    }
    comparison = compare(queued_config, queue_models=models)
    told = {name: comparison[name].explain(comparison[name].orders[0].client_order_id) for name in models}
    assert told["averse"].looks[0].ahead_end is not None
    # The other world had a model that the configuration does not name: its queue is not guessed
    assert told["log"].looks[0].ahead_end is None
    assert told["log"].looks[0].ask == told["averse"].looks[0].ask


def test_bars_of_a_catalog(bars_config):
    engine = build_engine(bars_config)
    engine.run(bars_config.start, bars_config.end)
    told = engine.explain(engine.cache.orders()[0].client_order_id)
    assert told.title.endswith("filled in full")


def test_a_result_without_a_configuration_sends_to_the_engine(ran):
    with pytest.raises(InvalidConfiguration, match=r"use `engine.explain`"):
        ran.get_result().explain(ran.cache.orders()[0].client_order_id)


def test_an_entry_that_its_stop_loss_ended_names_it():
    instrument = perpetual()

    def enter(strategy):
        strategy.submit_order_list(strategy.order_factory.bracket(
            instrument.id, OrderSide.BUY, instrument.make_qty(10), entry_order_type=OrderType.LIMIT,
            entry_price=Price.from_str("100.00"), sl_trigger_price=Price.from_str("95.00"), tp_price=Price.from_str("120.00"),
        ))  # fmt: skip

    steps = [("101.00", "101.10", 10), ("99.00", "99.90", 4), ("94.00", "100.10", 10), ("94.00", "100.10", 10)]
    data = [
        QuoteTick(instrument.id, Price.from_str(bid), Price.from_str(ask), instrument.make_qty(9), instrument.make_qty(size),
                  i * SECOND, i * SECOND)
        for i, (bid, ask, size) in enumerate(steps)
    ]  # fmt: skip
    made = engine([instrument], data, [Scripted({SECOND // 2: enter})], liquidity_consumption=True)
    made.run()
    entry, stop, profit = made.cache.orders()
    assert [order.status.name for order in (entry, stop, profit)] == ["CANCELED", "FILLED", "CANCELED"]
    told = made.explain(entry.client_order_id).paragraph()
    assert f"cancelled by its contingency: {stop.client_order_id} was triggered" in told
