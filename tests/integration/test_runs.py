"""Whole runs: exact money, and the same digest whatever way the data comes."""

from decimal import Decimal

import msgspec
import pytest

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.node import BacktestNode, run_backtest
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.examples.ema_cross import EMACross, EMACrossConfig
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import AccountType, OmsType, OrderStatus
from nautilus_lite.model.identifiers import InstrumentId, Venue
from nautilus_lite.model.objects import Currency, Money
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.config import ImportableStrategyConfig

BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"


def money_adds_up(result):
    """start + sum of realised PnL (net of fees) = end, in minor units."""
    account = result.accounts[0]
    (currency,) = account.currencies() if hasattr(account, "currencies") else [account.base_currency]
    start = account.events[0].balances[0].total
    end = account.balance_total(currency)
    realised = sum((p.realized_pnl.raw for p in [*result.snapshots, *result.positions]), 0)
    return start.raw + realised == end.raw


def test_ema_cross_on_bars_adds_up(bars_config):
    result = run_backtest(bars_config)
    assert result.n_fills > 100
    assert result.n_fills == result.n_orders
    assert money_adds_up(result)


def test_brackets_add_up_and_every_exit_belongs_to_an_entry(bars_config):
    strategy = ImportableStrategyConfig(
        strategy_path="nautilus_lite.examples.ema_cross_bracket:EMACrossBracket",
        config_path="nautilus_lite.examples.ema_cross_bracket:EMACrossBracketConfig",
        config={"instrument_id": "EUR/USD.SIM", "bar_type": BAR_TYPE, "trade_size": "100000"},
    )
    config = msgspec.structs.replace(bars_config, engine=msgspec.structs.replace(bars_config.engine, strategies=[strategy]))
    result = run_backtest(config)
    assert money_adds_up(result)
    brackets = {}
    for order in result.orders:
        if order.order_list_id is not None:
            brackets.setdefault(order.order_list_id, []).append(order)
    assert len(brackets) > 20
    exits = [order for orders in brackets.values() for order in orders[1:]]
    assert {order.status for order in exits} <= {OrderStatus.FILLED, OrderStatus.CANCELED}
    for entry, stop, profit in brackets.values():
        assert entry.status == OrderStatus.FILLED
        # The last one may be closed by the strategy's end instead
        assert [stop.status, profit.status].count(OrderStatus.FILLED) <= 1
    filled = [order for order in exits if order.status == OrderStatus.FILLED]
    assert len(filled) >= len(brackets) - 1


def test_market_maker_adds_up_and_makes(maker_config):
    result = run_backtest(maker_config)
    assert result.n_maker_fills > 100
    assert money_adds_up(result)


def test_equity_begins_at_the_opening_balance_and_ends_at_the_closing_one(bars_config):
    result = run_backtest(bars_config)
    equity = result.equity()
    assert equity.iloc[0] == 1_000_000.0
    # All positions are closed on stop, so equity is the balance
    assert equity.iloc[-1] == pytest.approx(result.accounts[0].balance_total(Currency.from_str("USD")).as_double())


def test_run_reset_run_gives_the_same_digest(bars_config):
    node = BacktestNode([bars_config])
    first = node.run()[0]
    engine = node.get_engines()[0]
    engine.reset()
    assert engine.cache.orders() == []
    engine.run(bars_config.start, bars_config.end)
    second = engine.get_result()
    assert second.digest == first.digest
    assert second.n_fills == first.n_fills


def low_level(catalog_path, objects, fill_model=None):
    catalog = ParquetDataCatalog(catalog_path)
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
        default_leverage=Decimal(1),
        fill_model=fill_model,
    )
    instrument = catalog.instruments(instrument_ids=["EUR/USD.SIM"])[0]
    engine.add_instrument(instrument)
    engine.add_data(objects)
    config = EMACrossConfig(instrument_id=instrument.id, bar_type=BarType.from_str(BAR_TYPE), trade_size=100_000)
    engine.add_strategy(EMACross(config))
    return engine


def test_streamed_and_one_shot_runs_give_the_same_digest(bars_config, catalog_path):
    streamed = run_backtest(bars_config)
    bars = ParquetDataCatalog(catalog_path).bars([BAR_TYPE], end=bars_config.end)
    engine = low_level(catalog_path, bars)
    engine.run(end=bars_config.end)
    assert engine.get_result().digest == streamed.digest


def test_two_runs_give_the_same_digest(maker_config):
    assert run_backtest(maker_config).digest == run_backtest(maker_config).digest


def test_watching_the_equity_changes_nothing(maker_config):
    def digest(interval):
        engine = msgspec.structs.replace(maker_config.engine, equity_interval_ns=interval)
        return run_backtest(msgspec.structs.replace(maker_config, engine=engine)).digest

    assert digest(0) == digest(7_000_000_000) == digest(60_000_000_000)


def test_orders_arrive_exactly_when_their_latency_is_over(maker_config):
    orders = run_backtest(maker_config).orders
    arrived = [order for order in orders if order.ts_accepted]
    assert len(arrived) > 1_000
    assert {order.ts_accepted - order.ts_submitted for order in arrived} == {500_000}


def fill_model(**options):
    return ImportableConfig(path="nautilus_lite.backtest.models:FillModel", config=options)


def test_another_seed_gives_another_digest(bars_config):
    models = {str(seed): fill_model(prob_slippage=0.5, random_seed=seed) for seed in (3, 4)}
    comparison = compare(bars_config, fill_models=models)
    assert comparison["3"].digest != comparison["4"].digest
    assert comparison["3"].digest == compare(bars_config, fill_models={"3": models["3"]})["3"].digest


def test_comparison_equals_separate_runs(bars_config, maker_config):
    for config in (bars_config, maker_config):
        own = config.venues[0].fill_model
        comparison = compare(config, fill_models={"own": own or fill_model(), "other": fill_model(prob_fill_on_limit=0.0)})
        assert comparison["own"].digest == run_backtest(config).digest


def test_fill_models_are_compared_by_name(bars_config):
    names = ("FillModel", "TwoTierFillModel", "OneTickSlippageFillModel", "VolumeShareFillModel")
    models = {name: ImportableConfig(path=f"nautilus_lite.backtest.models:{name}") for name in names}
    comparison = compare(bars_config, fill_models=models)
    assert len({result.digest for result in comparison.results}) == len(names)
    for name in names:
        alone = msgspec.structs.replace(
            bars_config, venues=[msgspec.structs.replace(bars_config.venues[0], fill_model=models[name])]
        )
        assert comparison[name].digest == run_backtest(alone).digest


def test_dearer_fees_lose_what_they_cost(maker_config):
    fees = {
        "free": ImportableConfig(path="nautilus_lite.backtest.models:FixedFeeModel", config={"commission": "0 USDT"}),
        "dear": ImportableConfig(path="nautilus_lite.backtest.models:FixedFeeModel", config={"commission": "1 USDT"}),
    }
    comparison = compare(maker_config, fee_models=fees)
    assert [result.name for result in comparison.results] == ["free", "dear"]
    assert all(money_adds_up(result) for result in comparison.results)
    frame = comparison.frame()
    assert frame.loc["dear", "net"] < frame.loc["free", "net"]


def test_report_is_one_file_without_requests(bars_config, tmp_path):
    result = run_backtest(bars_config)
    path = tmp_path / "report.html"
    result.to_html(str(path))
    text = path.read_text(encoding="utf-8")
    assert result.digest in text
    assert 'src="http' not in text


def test_reports_have_numbers_and_times(bars_config):
    result = run_backtest(bars_config)
    fills = result.fills_report()
    assert len(fills) == result.n_fills
    assert str(fills["ts_event"].dtype).startswith("datetime64[ns, UTC")
    assert fills["last_qty"].dtype.kind == "f"
    assert len(result.positions_report()) == len(result.snapshots) + len(result.positions)
    assert len(result.orders_report()) == result.n_orders
    assert len(result.account_report()) > 0


def test_golden_digests(bars_config, maker_config):
    # A change here changes users' results: say so in CHANGELOG.md
    assert run_backtest(bars_config).digest == GOLDEN_BARS
    assert run_backtest(maker_config).digest == GOLDEN_MAKER


GOLDEN_BARS = "c949651d77d1cd63e24cb0e84e92171b"
GOLDEN_MAKER = "e5cc5403955768cf358cac516af918b2"


def test_unknown_instrument_in_the_strategy_is_named(bars_config):
    from nautilus_lite.model.identifiers import StrategyId

    catalog = ParquetDataCatalog(bars_config.data[0].catalog_path)
    engine = low_level(catalog.path, catalog.bars([BAR_TYPE], end="2024-01-01T00:05"))
    strategy = engine.trader.strategies()[0]
    assert strategy.id == StrategyId("EMACross-000")
    with pytest.raises(ValueError, match="unknown instrument EUR/USX.SIM .did you mean EUR/USD.SIM"):
        strategy.subscribe_quote_ticks(InstrumentId.from_str("EUR/USX.SIM"))
