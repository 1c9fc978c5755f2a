"""Custom data and signals in runs: in the order of time, to whoever subscribed by type."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.config import (
    BacktestDataConfig,
    BacktestEngineConfig,
    BacktestRunConfig,
    BacktestVenueConfig,
)
from nautilus_lite.backtest.node import BacktestNode
from nautilus_lite.core.data import Data
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.custom import customdataclass
from nautilus_lite.model.data import CustomData, DataType, QuoteTick
from nautilus_lite.model.identifiers import ClientId, InstrumentId
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.trading.strategy import Strategy
from tests.venue_runs import SIM, engine, perpetual, quote


@customdataclass
class Score(Data):
    value: int = 0


@customdataclass
class ScoreBoard(Data):
    """Its name begins as another's."""


@customdataclass
class Greeks(Data):
    instrument_id: InstrumentId = InstrumentId.from_str("BTCUSDT-PERP.SIM")
    delta: float = 0.0


class Listener(Strategy):
    """Writes down what it hears."""

    def __init__(self, begin: Any) -> None:
        super().__init__()
        self.begin, self.heard = begin, []

    def on_start(self) -> None:
        self.begin(self)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.heard.append(("quote", tick.ts_init))

    def on_data(self, data: Any) -> None:
        self.heard.append((type(data).__name__, data.ts_init))

    def on_historical_data(self, data: Any) -> None:
        self.heard.append(("past", data.ts_init))

    def on_signal(self, signal: Any) -> None:
        self.heard.append((type(signal).__name__, signal.value))

    def on_instrument(self, instrument: Any) -> None:
        self.heard.append(("instrument", str(instrument.id)))


BTC = perpetual()


def quotes(*times: int) -> list[Any]:
    return [quote(BTC, ts, "100.00", "100.01") for ts in times]


def heard(begin: Any, data: list[Any], *batches: list[Any]) -> list[Any]:
    listener = Listener(begin)
    made = engine([BTC], data, [listener])
    for batch in batches:
        made.add_data(batch, client_id=ClientId("MINE"))
    made.run()
    return listener.heard


def test_custom_data_is_merged_by_time_then_input_order():
    def begin(s):
        s.subscribe_quote_ticks(BTC.id)
        s.subscribe_data(DataType(Score), client_id=ClientId("MINE"))

    wrapped = [CustomData(DataType(Score), Score(ts, ts)) for ts in (5, 10, 25)]
    bare = [Score(ts, ts) for ts in (10, 30)]
    assert heard(begin, quotes(10, 20), wrapped, bare) == [
        ("Score", 5), ("quote", 10), ("Score", 10), ("Score", 10), ("quote", 20), ("Score", 25), ("Score", 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "times"),
    [
        (DataType(Score), [1, 2, 3]),
        (Score, [1, 2, 3]),
        (DataType(Score, {"model": "a"}), [2]),
        (DataType(Score, {"model": "b"}), []),
        (DataType(ScoreBoard), [4]),
    ],
)
def test_data_goes_to_whoever_subscribed_to_its_type(wanted, times):
    data = [
        CustomData(DataType(Score), Score(1, 1)),
        CustomData(DataType(Score, {"model": "a"}), Score(2, 2)),
        CustomData(DataType(Score, {"model": "c", "n": 1}), Score(3, 3)),
        ScoreBoard(4, 4),
    ]
    assert [ts for _, ts in heard(lambda s: s.subscribe_data(wanted), data)] == times


def test_data_of_one_instrument():
    data = [Greeks(1, 1), Greeks(2, 2, InstrumentId.from_str("ETH.SIM")), Greeks(3, 3)]
    assert heard(lambda s: s.subscribe_data(DataType(Greeks), instrument_id=BTC.id), data) == [("Greeks", 1), ("Greeks", 3)]
    assert len(heard(lambda s: s.subscribe_data(DataType(Greeks)), data)) == 3

    def ended(s):
        s.subscribe_data(DataType(Greeks), instrument_id=BTC.id)
        s.unsubscribe_data(DataType(Greeks), instrument_id=BTC.id)

    assert heard(ended, data) == []


def test_published_data_and_signals_are_heard_at_once():
    class Publisher(Listener):
        def on_quote_tick(self, tick: QuoteTick) -> None:
            self.publish_data(DataType(Score, {"model": "a"}), Score(tick.ts_event, tick.ts_init, 7))
            self.publish_signal("momentum", 0.5, ts_event=tick.ts_event)
            self.publish_signal("Momentum_2", "up")

    publisher = Publisher(lambda s: s.subscribe_quote_ticks(BTC.id))

    def begin(s):
        s.subscribe_data(DataType(Score))
        s.subscribe_signal("momentum")
        s.subscribe_signal()
        s.subscribe_quote_ticks(BTC.id)

    listener = Listener(begin)
    engine([BTC], quotes(10), [publisher, listener]).run()
    assert listener.heard == [
        ("Score", 10), ("SignalMomentum", 0.5), ("SignalMomentum", 0.5), ("SignalMomentum_2", "up"), ("quote", 10),
    ]  # fmt: skip


def test_what_cannot_be_published():
    errors = []

    def begin(s):
        for publish in (lambda: s.publish_data(DataType(Score), Greeks()), lambda: s.publish_signal("x", [])):
            with pytest.raises(TypeError) as error:
                publish()
            errors.append(str(error.value))

    heard(begin, quotes(1))
    assert errors == [
        "invalid `data` to publish, must be of Score, was Greeks",
        "invalid value of signal `x`, must be int, float or str, was list",
    ]


def test_instruments_are_told_when_asked_for():
    def begin(s):
        s.subscribe_instrument(BTC.id)
        s.subscribe_instruments(SIM)
        s.request_instrument(BTC.id)
        s.request_instruments(SIM)
        assert s.pending_requests() == set()
        s.msgbus.send("DataEngine.process", BTC)

    assert heard(begin, quotes(1)) == [("instrument", "BTCUSDT-PERP.SIM")] * 4


def test_resetting_ends_subscriptions_and_a_second_run_hears_the_same():
    listener = Listener(lambda s: s.subscribe_data(DataType(Score)))
    made = engine([BTC], quotes(1), [listener])
    made.add_data([Score(2, 2)])
    made.run()
    made.reset()
    made.run()
    assert listener.heard == [("Score", 2), ("Score", 2)]


def test_state_is_saved_and_loaded():
    class Keeper(Strategy):
        kept = None

        def on_save(self):
            return {"n": b"1"}

        def on_load(self, state):
            self.kept = state

    keeper = Keeper()
    keeper.load({})
    assert keeper.kept is None
    keeper.load(keeper.save())
    assert keeper.kept == {"n": b"1"}


@pytest.fixture
def catalog(tmp_path) -> ParquetDataCatalog:
    made = ParquetDataCatalog(tmp_path / "catalog")
    model = DataType(Greeks, {"model": "a"})
    made.write_data([BTC, *quotes(10, 20, 30), *(Score(ts, ts) for ts in (5, 15, 20))])
    made.write_data([CustomData(model, Greeks(25, 25))])
    return made


class FromCatalog(Listener):
    """Subscribes to everything; made by import path."""

    last: FromCatalog

    def __init__(self) -> None:
        super().__init__(FromCatalog.begin_all)
        FromCatalog.last = self

    def begin_all(self) -> None:
        self.subscribe_quote_ticks(BTC.id)
        self.subscribe_data(DataType(Score))
        self.subscribe_data(DataType(Greeks, {"model": "a"}))


def run_config(catalog: ParquetDataCatalog, *data: BacktestDataConfig, **options: Any) -> BacktestRunConfig:
    venue = BacktestVenueConfig(
        name="SIM", oms_type="NETTING", account_type="MARGIN", starting_balances=["1000 USDT"]
    )
    quotes_of = BacktestDataConfig(catalog_path=catalog.path, data_cls=QuoteTick, instrument_id=BTC.id)
    return BacktestRunConfig(venues=[venue], data=[quotes_of, *data], engine=BacktestEngineConfig(), **options)


def test_custom_data_of_a_catalog_is_streamed_into_a_run(catalog):
    config = run_config(
        catalog,
        BacktestDataConfig(catalog_path=catalog.path, data_cls=Score),
        BacktestDataConfig(catalog_path=catalog.path, data_cls=Greeks.fully_qualified_name(), instrument_id=str(BTC.id)),
        start=6,
    )
    assert BacktestRunConfig.parse(config.json()) == config
    node = BacktestNode([config])
    node.build()
    listener = FromCatalog()
    node.get_engines()[0].add_strategy(listener)
    node.run()
    assert listener.heard == [
        ("quote", 10), ("Score", 15), ("quote", 20), ("Score", 20), ("Greeks", 25), ("quote", 30),
    ]  # fmt: skip


def test_custom_data_that_a_catalog_lacks_is_told(catalog):
    lacking = BacktestDataConfig(catalog_path=catalog.path, data_cls=ScoreBoard)
    with pytest.raises(InvalidConfiguration, match=r"no ScoreBoard data for anything \(custom data that it has: greeks, score"):
        BacktestNode([run_config(catalog, lacking)]).build()
    with pytest.raises(InvalidConfiguration, match="unknown `data_cls` 'Nonsense', must be one of .*, or name a class"):
        BacktestDataConfig(catalog_path=catalog.path, data_cls="Nonsense")


def test_past_custom_data_is_requested_from_a_catalog_and_never_of_the_future(catalog):
    def begin(s):
        s.subscribe_quote_ticks(BTC.id)
        s.clock.set_time_alert_ns("later", 16, lambda event: s.request_data(DataType(Score), ClientId("MINE"), start=0))
        greeks = DataType(Greeks, {"model": "a"})
        s.clock.set_time_alert_ns("typed", 26, lambda event: s.request_data(greeks, instrument_id=BTC.id))
        s.clock.set_time_alert_ns("none", 27, lambda event: s.request_data(DataType(Greeks, {"model": "b"}), limit=1))

    listener = Listener(begin)
    made = engine([BTC], quotes(10, 30), [listener])
    made.world.data_engine.register_catalog(catalog)
    made.run()
    assert listener.heard == [("quote", 10), ("past", 5), ("past", 15), ("past", 25), ("quote", 30)]
