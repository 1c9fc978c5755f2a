"""What users get wrong: a clear error, as early as possible."""

import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, Venue
from nautilus_lite.model.objects import Currency, Money, Quantity
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy

QUOTES_END = "2024-01-02T00:10:00"


class Follower(Strategy):
    """Subscribes to quotes; subclasses do something with them."""

    instrument_id = InstrumentId.from_str("EUR/USD.SIM")

    def on_start(self):
        self.subscribe_quote_ticks(self.instrument_id)


@pytest.fixture
def engine(catalog_path):
    catalog = ParquetDataCatalog(catalog_path)
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000000 USD")],
    )
    engine.add_instrument(catalog.instruments(instrument_ids=["EUR/USD.SIM"])[0])
    engine.add_data(catalog.quote_ticks(end=QUOTES_END))
    return engine


def test_exception_of_a_strategy_stops_the_run_with_its_traceback(engine):
    class Broken(Follower):
        def on_quote_tick(self, tick):
            raise ZeroDivisionError("my own mistake")

    engine.add_strategy(Broken())
    with pytest.raises(ZeroDivisionError, match="my own mistake") as info:
        engine.run()
    assert any(entry.name == "on_quote_tick" for entry in info.traceback)


def test_order_for_an_unknown_venue_names_the_known_ones(engine):
    class Lost(Follower):
        def on_quote_tick(self, tick):
            order = self.order_factory.market(InstrumentId.from_str("EUR/USD.NOWHERE"), OrderSide.BUY, Quantity.from_int(1))
            self.submit_order(order)

    engine.add_strategy(Lost())
    with pytest.raises(InvalidConfiguration, match="unknown venue NOWHERE .*known: .'SIM'.*add the venue before the run"):
        engine.run()


def test_data_of_an_unknown_instrument(catalog_path):
    engine = BacktestEngine()
    with pytest.raises(InvalidData, match="unknown instrument `EUR/USD.SIM`: call `add_instrument` first"):
        engine.add_data(ParquetDataCatalog(catalog_path).quote_ticks(end=QUOTES_END))


def test_same_strategy_twice(engine):
    config = StrategyConfig(order_id_tag="7")
    engine.add_strategy(Follower(config))
    with pytest.raises(InvalidConfiguration, match="set another `order_id_tag`"):
        engine.add_strategy(Follower(config))


def test_unknown_field_of_a_configuration_is_refused(bars_config):
    with pytest.raises(InvalidConfiguration, match="leverge"):
        type(bars_config).from_dict({**bars_config.json_primitives(), "leverge": 3})


def test_unknown_strategy_path(bars_config):
    values = bars_config.json_primitives()
    values["engine"]["strategies"][0]["strategy_path"] = "nautilus_lite.examples.ema_cross:EMACros"
    with pytest.raises(InvalidConfiguration, match="no 'EMACros'"):
        run_backtest(type(bars_config).from_dict(values))


def test_missing_data_lists_what_there_is(bars_config):
    values = bars_config.json_primitives()
    values["data"][0]["bar_types"] = ["EUR/USD.SIM-5-MINUTE-LAST-EXTERNAL"]
    with pytest.raises(InvalidConfiguration, match="1-MINUTE-LAST-EXTERNAL"):
        run_backtest(type(bars_config).from_dict(values))


def test_handlers_are_silent_after_the_stop(engine):
    seen = []

    class Closer(Follower):
        def on_quote_tick(self, tick):
            if not self.cache.orders():
                self.submit_order(self.order_factory.market(self.instrument_id, OrderSide.BUY, Quantity.from_int(1000)))

        def on_order_filled(self, event):
            seen.append((event.order_side, self.portfolio.is_flat(self.instrument_id)))

        def on_stop(self):
            self.close_all_positions(self.instrument_id)

    engine.add_strategy(Closer())
    engine.run()
    # The handler sees the portfolio after the fill; what is sent on stop is booked and not handed on
    assert seen == [(OrderSide.BUY, False)]
    assert engine.portfolio.is_flat(Follower.instrument_id)
    assert len(engine.cache.positions_closed()) == 1


def test_shutdown_ends_the_run_early(engine):
    class Enough(Follower):
        n = 0

        def on_quote_tick(self, tick):
            self.n += 1
            if self.n == 5:
                self.shutdown_system("seen enough")

    strategy = Enough()
    engine.add_strategy(strategy)
    engine.run()
    assert strategy.n == 5
    assert any("seen enough" in warning for warning in engine.get_result().warnings)
