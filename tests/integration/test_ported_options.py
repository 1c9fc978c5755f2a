"""What run scripts written for NautilusTrader name: options and configurations that hold here, or are refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite import config as configs
from nautilus_lite.accounting.margin_models import LeveragedMarginModel, StandardMarginModel
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.models import FeeModel
from nautilus_lite.backtest.node import BacktestNode
from nautilus_lite.backtest.setup_run import venue_models
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import AccountType, BookType, LiquiditySide, OmsType, OrderSide, PriceType
from nautilus_lite.model.identifiers import Symbol, TraderId
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.config import DataCatalogConfig
from nautilus_lite.trading.strategy import Strategy
from tests.venue_runs import HOUR, SECOND, SIM, Scripted, engine, perpetual, quote

BTC = perpetual()
USDT = Currency.from_str("USDT")
DEFAULTS = {
    "routing": False, "support_contingent_orders": True, "oto_trigger_mode": "PARTIAL", "use_position_ids": True,
    "use_random_ids": False, "use_message_queue": True, "use_market_order_acks": False,
}  # fmt: skip


@pytest.mark.parametrize("name", DEFAULTS)
def test_options_of_venues_hold_at_their_default_and_are_refused_otherwise(name):
    made = engine([BTC], [quote(BTC, 0, "100.00")], [], **DEFAULTS)
    made.run()
    other = "FULL" if name == "oto_trigger_mode" else not DEFAULTS[name]
    refused = f"`{name}` of venue `SIM` can only be {DEFAULTS[name]!r} here, was {other!r}: "
    with pytest.raises(InvalidConfiguration, match=refused):
        engine([BTC], [quote(BTC, 0, "100.00")], [], **{name: other})
    with pytest.raises(InvalidConfiguration, match=f"`{name}` of venue `SIM` can only be"):
        configs.BacktestVenueConfig(
            name="SIM", oms_type="NETTING", account_type="MARGIN", starting_balances=["1 USDT"], **{name: other}
        )


def test_margin_and_queue_models_by_option():
    engine([BTC], [quote(BTC, 0, "100.00")], [], margin_model=LeveragedMarginModel())
    with pytest.raises(InvalidConfiguration, match="`margin_model` of venue `SIM` can only be LeveragedMarginModel here"):
        engine([BTC], [quote(BTC, 0, "100.00")], [], margin_model=StandardMarginModel())
    made = engine([BTC], [quote(BTC, 0, "100.00")], [], queue_position=True)
    assert type(made.world.exchange(SIM).queue_model).__name__ == "RiskAverseQueueModel"


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("CacheConfig", "database", {"type": "redis"}),
        ("DataEngineConfig", "time_bars_build_delay", 15),
        ("DataEngineConfig", "emit_quotes_from_book", True),
        ("ExecEngineConfig", "manage_own_order_books", True),
        ("ExecEngineConfig", "purge_closed_orders_interval_mins", 10),
        ("BacktestEngineConfig", "streaming", {"catalog_path": "x"}),
        ("BacktestEngineConfig", "save_state", True),
    ],
)
def test_fields_that_ask_for_what_is_not_here_are_refused(name, field, value):
    with pytest.raises(InvalidConfiguration, match=rf"`{field}` of {name} can only be .* here, was .*: see docs/porting.md"):
        getattr(configs, name)(**{field: value})


def test_fields_of_ported_configurations():
    config = configs.BacktestEngineConfig(
        trader_id=TraderId("TESTER-001"),
        logging=configs.LoggingConfig(log_level="ERROR", log_colors=False, bypass_logging=True),
        cache=configs.CacheConfig(tick_capacity=3, bar_capacity=2, encoding="json"),
        data_engine=configs.DataEngineConfig(validate_data_sequence=True, buffer_deltas=True),
        exec_engine=configs.ExecEngineConfig(load_cache=False),
        risk_engine=None,
        portfolio=None,
        run_analysis=False,
        timeout_connection=1.0,
    )
    assert configs.BacktestEngineConfig.parse(config.json()) == config
    made = BacktestEngine(config)
    assert (made.cache.tick_capacity, str(made.trader_id)) == (3, "TESTER-001")


def test_enumerations_and_objects_in_configurations_are_kept_as_text(tmp_path):
    catalog = ParquetDataCatalog(tmp_path / "catalog")
    catalog.write_data([BTC, *(quote(BTC, ts, "100.00") for ts in (0, SECOND, 2 * SECOND))])
    venue = configs.BacktestVenueConfig(
        name="SIM", oms_type=OmsType.NETTING, account_type=AccountType.MARGIN, book_type=BookType.L1_MBP,
        starting_balances=["1000 USDT"], queue_position=True,
    )  # fmt: skip
    assert (venue.oms_type, venue.account_type, venue.book_type) == ("NETTING", "MARGIN", "L1_MBP")
    data = configs.BacktestDataConfig(
        catalog_path=catalog.path, data_cls=QuoteTick, instrument_id=BTC.id, client_id="X", catalog_fs_protocol="file"
    )
    run = configs.BacktestRunConfig(
        venues=[venue], data=[data], engine=configs.BacktestEngineConfig(catalogs=[DataCatalogConfig(catalog.path, name="c")])
    )
    assert configs.BacktestRunConfig.parse(run.json()) == run
    node = BacktestNode([run])
    node.build()
    made = node.get_engines()[0]
    assert list(made.world.data_engine.catalogs) == ["c"]
    assert type(made.world.exchange(SIM).queue_model).__name__ == "RiskAverseQueueModel"
    result = node.run()[0]
    assert (result.iterations, result.backtest_start, result.backtest_end) == (3, 0, 2 * SECOND)


def test_results_have_the_other_names_too():
    sides = {SECOND: OrderSide.BUY, 2 * SECOND: OrderSide.SELL}
    strategy = Scripted({ts: lambda s, side=side: s.market(BTC, side, 1) for ts, side in sides.items()})
    made = engine([BTC], [quote(BTC, 0, "100.00"), quote(BTC, HOUR, "101.00")], [strategy])
    made.run()
    result = made.get_result()
    assert (result.total_orders, result.total_positions, result.total_events) == (2, 1, 6)
    assert result.elapsed_time == result.elapsed
    assert result.stats_pnls["USDT"]["PnL (total)"] == pytest.approx(-0.1)
    assert isinstance(result.stats_returns, dict)


def test_books_at_an_interval_longer_than_two_seconds():
    class Books(Strategy):
        def on_start(self) -> None:
            self.seen: list[int] = []
            self.subscribe_order_book_at_interval(BTC.id, interval_ms=30_000)

        def on_order_book(self, order_book: Any) -> None:
            self.seen.append(self.clock.timestamp_ns())

    strategy = Books()
    engine([BTC], [quote(BTC, HOUR + ts * SECOND, "100.00") for ts in (1, 100)], [strategy]).run()
    assert strategy.seen == [HOUR + 30 * SECOND, HOUR + 60 * SECOND, HOUR + 90 * SECOND]


def test_levels_of_single_components(capsys):
    from nautilus_lite.common.logging import Logger, init_logging, remove_logging

    try:
        init_logging(configs.LoggingConfig(log_level="ERROR", log_component_levels={"Loud": "INFO", "Quiet": "OFF"}))
        for name in ("Loud", "Quiet", "Other"):
            Logger(name).info(f"{name} info")
            Logger(name).error(f"{name} error")
        init_logging(
            configs.LoggingConfig(log_level="INFO", log_component_levels={"Loud": "INFO"}, log_components_only=True)
        )
        Logger("Other").error("Other alone")
    finally:
        remove_logging()
    printed = capsys.readouterr().err
    assert [word in printed for word in ("Loud info", "Loud error", "Other error")] == [True] * 3
    assert [word in printed for word in ("Other info", "Quiet", "Other alone")] == [False] * 3
    with pytest.raises(InvalidConfiguration, match="invalid level of component 'X', must be one of .*, was 'SHOUT'"):
        configs.LoggingConfig(log_component_levels={"X": "SHOUT"})


def test_accounts_positions_and_portfolios_answer_what_strategies_ask():
    asked: dict[str, Any] = {}

    def ask(strategy: Scripted) -> None:
        account = strategy.portfolio.account(SIM)
        position = strategy.cache.positions_open()[0]
        ten, price = Quantity.from_str("10.000"), Price.from_str("100.00")
        asked.update(
            taker=account.calculate_commission(BTC, ten, price, LiquiditySide.TAKER),
            maker=account.calculate_commission(BTC, ten, price, LiquiditySide.MAKER),
            buy=account.balance_impact(BTC, ten, price, OrderSide.BUY),
            sell=account.balance_impact(BTC, ten, price, OrderSide.SELL),
            pnl=position.calculate_pnl(100.0, 101.5, ten),
            position=(position.price_precision, position.instrument_class.name),
            portfolio=(strategy.portfolio.initialized, strategy.portfolio.missing_price_instruments(SIM)),
            prices=strategy.cache.prices(PriceType.BID),
            unleveraged=account.is_unleveraged(BTC.id),
        )
        with pytest.raises(ValueError, match="invalid `liquidity_side`, must be MAKER or TAKER"):
            account.calculate_commission(BTC, ten, price, LiquiditySide.NO_LIQUIDITY_SIDE)
        with pytest.raises(ValueError, match="invalid `order_side`, must be BUY or SELL"):
            account.balance_impact(BTC, ten, price, OrderSide.NO_ORDER_SIDE)

    strategy = Scripted({SECOND: lambda s: s.market(BTC, OrderSide.SELL, 1), 2 * SECOND: ask})
    engine([BTC], [quote(BTC, 0, "100.00"), quote(BTC, HOUR, "101.00")], [strategy]).run()
    # 1,000 of notional at 0.05 % and 0.02 %; at leverage 10; and a short that loses 1.5 on ten
    assert asked == {
        "taker": Money.from_str("0.5 USDT"), "maker": Money.from_str("0.2 USDT"), "buy": Money.from_str("-100 USDT"),
        "sell": Money.from_str("100 USDT"), "pnl": Money.from_str("-15 USDT"), "position": (2, "SWAP"),
        "portfolio": (True, []), "prices": {BTC.id: Price.from_str("100.00")}, "unleveraged": False,
    }  # fmt: skip


def test_cash_accounts_take_the_whole_notional():
    seen: list[Any] = []

    def ask(strategy: Scripted) -> None:
        account = strategy.portfolio.account(SIM)
        seen.append(account.balance_impact(BTC, Quantity.from_str("1.000"), Price.from_str("100.00"), OrderSide.BUY))
        seen.append(account.is_unleveraged(BTC.id))

    data = [quote(BTC, ts, "100.00") for ts in (0, HOUR)]
    engine([BTC], data, [Scripted({SECOND: ask})], account=AccountType.CASH).run()
    assert seen == [Money.from_str("-100 USDT"), True]


@pytest.mark.parametrize(("by_option", "converted"), [(True, "250 USD"), (False, None)])
def test_currencies_are_converted_at_rates_of_marks_where_asked(by_option, converted):
    usd = Currency.from_str("USD")
    seen: list[Any] = []

    def ask(strategy: Scripted) -> None:
        strategy.cache.set_mark_xrate(USDT, usd, 2.5)
        if by_option:
            strategy.portfolio.set_use_mark_xrates(True)
        seen.append(strategy.portfolio.net_exposure(BTC.id, target_currency=usd))

    strategy = Scripted({SECOND: lambda s: s.market(BTC, OrderSide.BUY, 1), 2 * SECOND: ask})
    engine([BTC], [quote(BTC, 0, "100.00"), quote(BTC, HOUR, "100.00")], [strategy]).run()
    assert seen == [None if converted is None else Money.from_str(converted)]


def test_values_and_symbols():
    assert Price.from_decimal(Decimal("1.50")) == Price.from_str("1.50")
    assert str(Price.from_decimal(Decimal("1E-7"))) == "0.0000001"
    assert Quantity.from_decimal(Decimal("1.500")).precision == 3
    assert Money.from_decimal(Decimal("1.505"), Currency.from_str("USD")) == Money.from_str("1.50 USD")
    assert [(s.root(), s.topic(), s.is_composite()) for s in (Symbol("CL.FUT"), Symbol("AAPL"))] == [
        ("CL", "CL*", True), ("AAPL", "AAPL", False),
    ]  # fmt: skip
    assert BTC.next_bid_prices(100.003, 2) == [Decimal("100.00"), Decimal("99.99")]
    assert BTC.next_ask_prices(100.003, 2) == [Decimal("100.01"), Decimal("100.02")]


def test_what_an_algorithm_spawns_is_told_of_too():
    from nautilus_lite.examples.algorithms.twap import TWAPExecAlgorithm
    from nautilus_lite.model.identifiers import ExecAlgorithmId

    def work(strategy: Scripted) -> None:
        slices = {"horizon_secs": 2, "interval_secs": 1}
        strategy.market(BTC, OrderSide.BUY, 2, exec_algorithm_id=ExecAlgorithmId("TWAP"), exec_algorithm_params=slices)

    strategy = Scripted({SECOND: work})
    made = engine([BTC], [quote(BTC, ts * SECOND, "100.00") for ts in range(6)], [strategy])
    made.add_exec_algorithm(TWAPExecAlgorithm())
    made.run()
    told = [event.client_order_id for event in strategy.seen if type(event).__name__ == "OrderInitialized"]
    assert sorted(told) == sorted(order.client_order_id for order in made.cache.orders())
    assert len(told) == 2


class OwnFees(FeeModel):
    """A user's fee model that takes its configuration as one object."""

    def __init__(self, config: configs.FixedFeeModelConfig) -> None:
        self.config = config

    def get_commission(self, order: Any, fill_qty: Any, fill_px: Any, instrument: Any) -> Money:
        return Money.from_str(self.config.commission)


def test_models_by_path_and_configuration_class(tmp_path):
    here = "nautilus_lite.backtest"
    fixed = {"config_path": f"{here}.config:FixedFeeModelConfig", "config": {"commission": "2.00 USDT"}}
    own = configs.ImportableFeeModelConfig(fee_model_path=f"{__name__}:OwnFees", **fixed)
    venue = configs.BacktestVenueConfig(
        name="SIM", oms_type="NETTING", account_type="MARGIN", starting_balances=["1000 USDT"],
        fill_model=configs.ImportableFillModelConfig(
            fill_model_path=f"{here}.models:FillModel", config_path=f"{here}.config:FillModelConfig",
            config={"prob_slippage": 0.5, "random_seed": 7},
        ),
        latency_model=configs.ImportableLatencyModelConfig(
            latency_model_path=f"{here}.models:LatencyModel", config_path=f"{here}.config:LatencyModelConfig", config={},
        ),
        fee_model=configs.ImportableFeeModelConfig(fee_model_path=f"{here}.models:FixedFeeModel", **fixed),
    )  # fmt: skip
    assert configs.BacktestVenueConfig.parse(venue.json()) == venue
    made = venue_models(venue)
    assert (made["fill_model"].prob_slippage, made["fill_model"].random_seed) == (0.5, 7)
    assert made["latency_model"].base_latency_nanos == SECOND
    assert made["fee_model"].commission == Money.from_str("2.00 USDT")
    assert own.create().get_commission(None, None, None, None) == Money.from_str("2.00 USDT")
    with pytest.raises(InvalidConfiguration, match="invalid FillModelConfig: .*unknown field `nonsense`"):
        configs.ImportableFillModelConfig(f"{here}.models:FillModel", f"{here}.config:FillModelConfig", {"nonsense": 1}).create()


def test_the_signed_quantity_of_an_order_is_what_is_left():
    script = {SECOND: lambda s: s.market(BTC, OrderSide.BUY, 1), 2 * SECOND: lambda s: s.limit(BTC, OrderSide.SELL, 2, "200.00")}
    strategy = Scripted(script)
    engine([BTC], [quote(BTC, 0, "100.00"), quote(BTC, HOUR, "101.00")], [strategy]).run()
    assert [order.signed_decimal_qty() for order in strategy.made] == [0, -2]
