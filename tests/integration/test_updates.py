"""Status, closing, mark and index prices and funding rates through the engine and the catalog."""

from decimal import Decimal

import pandas as pd
import pytest

from nautilus_lite.backtest.config import BacktestDataConfig, BacktestEngineConfig, BacktestRunConfig, BacktestVenueConfig
from nautilus_lite.backtest.node import build_engine
from nautilus_lite.errors import CatalogError, InvalidConfiguration, InvalidData
from nautilus_lite.model.data import (
    Data,
    FundingRateUpdate,
    IndexPriceUpdate,
    InstrumentClose,
    InstrumentStatus,
    MarkPriceUpdate,
)
from nautilus_lite.model.enums import InstrumentCloseType, MarketStatusAction, OrderSide, PriceType
from nautilus_lite.model.objects import Price
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from tests.venue_runs import HOUR, SECOND, Scripted, engine, perpetual, quote

BTC = perpetual()
UPDATES = [
    InstrumentStatus(BTC.id, MarketStatusAction.TRADING, SECOND, SECOND, "open", None, True, True, None),
    InstrumentClose(BTC.id, Price.from_str("100.50"), InstrumentCloseType.END_OF_SESSION, 2 * SECOND, 2 * SECOND),
    MarkPriceUpdate(BTC.id, Price.from_str("100.12345678"), 3 * SECOND, 3 * SECOND),
    IndexPriceUpdate(BTC.id, Price.from_str("100.3"), 4 * SECOND, 4 * SECOND),
    FundingRateUpdate(BTC.id, Decimal("0.0001"), 5 * SECOND, 5 * SECOND, 480, 8 * HOUR),
]
QUOTES = [quote(BTC, 0, "100.00", "100.02"), quote(BTC, 9 * SECOND, "101.00", "101.02")]


def subscribe_all(strategy):
    strategy.subscribe_instrument_status(BTC.id)
    strategy.subscribe_instrument_close(BTC.id)
    strategy.subscribe_mark_prices(BTC.id)
    strategy.subscribe_index_prices(BTC.id)
    strategy.subscribe_funding_rates(BTC.id)


def test_handlers_take_them_in_order_of_time():
    strategy = Scripted({}, on_start=subscribe_all)
    engine([BTC], [*QUOTES, *UPDATES], [strategy]).run()
    assert strategy.seen == UPDATES


def test_unsubscribed_handlers_stay_silent():
    def first(strategy):
        subscribe_all(strategy)
        strategy.unsubscribe_instrument_status(BTC.id)
        strategy.unsubscribe_instrument_close(BTC.id)
        strategy.unsubscribe_index_prices(BTC.id)
        strategy.unsubscribe_funding_rates(BTC.id)

    strategy = Scripted({}, on_start=first)
    engine([BTC], [*QUOTES, *UPDATES], [strategy]).run()
    assert strategy.seen == [UPDATES[2]]


def test_the_cache_has_them_before_the_handler_and_forgets_on_reset():
    class Looking(Scripted):
        def on_mark_price(self, mark_price):
            self.seen.append(self.cache.mark_price(BTC.id))

    strategy = Looking({}, on_start=lambda s: s.subscribe_mark_prices(BTC.id))
    late = MarkPriceUpdate(BTC.id, Price.from_str("99.0"), 6 * SECOND, 6 * SECOND)
    made = engine([BTC], [*QUOTES, *UPDATES, late], [strategy])
    made.run()
    assert strategy.seen == [UPDATES[2], late]
    cache = made.cache
    assert cache.mark_prices(BTC.id) == [late, UPDATES[2]]
    assert cache.mark_price(BTC.id, 1) == UPDATES[2]
    assert cache.mark_price(BTC.id, 2) is None
    assert cache.mark_price_count(BTC.id) == 2
    assert cache.price(BTC.id, PriceType.MARK) == Price.from_str("99.00")
    assert cache.index_price(BTC.id) == UPDATES[3]
    assert cache.funding_rate(BTC.id) == UPDATES[4]
    assert cache.instrument_status(BTC.id) == UPDATES[0]
    assert cache.instrument_close(BTC.id) == UPDATES[1]
    assert cache.has_funding_rates(BTC.id)
    made.reset()
    assert not cache.has_mark_prices(BTC.id)
    assert cache.price(BTC.id, PriceType.MARK) is None


def test_marks_value_positions_where_the_portfolio_is_told_so():
    """One bought at 100.02; marked at 100.12 (rounded from 100.12345678) it has gained 0.10, at the bid of 100 lost 0.02."""
    gains = {}
    for marks in (True, False):
        strategy = Scripted({
            2 * SECOND: lambda s: s.market(BTC, OrderSide.BUY, 1),
            4 * SECOND: lambda s, marks=marks: gains.update({marks: s.portfolio.unrealized_pnl(BTC.id)}),
        })
        engine([BTC], [*QUOTES, *UPDATES], [strategy], marks=marks).run()
    assert gains[True].as_decimal() == Decimal("0.10")
    assert gains[False].as_decimal() == Decimal("-0.02")


def test_an_unknown_instrument_is_named():
    other = perpetual("ETHUSDT-PERP")
    made = engine([BTC], QUOTES, [])
    with pytest.raises(InvalidData, match="unknown instrument `ETHUSDT-PERP.SIM`: call `add_instrument` first"):
        made.add_data([MarkPriceUpdate(other.id, Price.from_str("1.0"), 0, 0)])


class TestCatalog:
    @pytest.fixture
    def catalog(self, tmp_path):
        catalog = ParquetDataCatalog(tmp_path)
        catalog.write_data([BTC, *QUOTES, *UPDATES])
        return catalog

    def test_gives_back_what_was_written(self, catalog):
        for update in UPDATES:
            assert catalog.query(type(update)) == [update]
            assert catalog.identifiers(type(update)) == [BTC.id]
        assert catalog.funding_rates() == [UPDATES[4]]
        assert catalog.instrument_status([str(BTC.id)]) == [UPDATES[0]]
        assert catalog.instrument_closes(start=3 * SECOND) == []
        assert catalog.verify() == 7

    def test_merging_twice_changes_nothing(self, catalog):
        catalog.write_data(UPDATES, mode="merge")
        assert catalog.verify() == 7
        with pytest.raises(CatalogError, match="overlaps"):
            catalog.write_data(UPDATES)

    def test_frames_hold_numbers(self, catalog):
        marks = catalog.to_pandas(MarkPriceUpdate, BTC.id)
        assert marks["value"].tolist() == [100.12345678]
        assert marks.index.tolist() == [pd.Timestamp("1970-01-01T00:00:03Z")]
        assert catalog.to_pandas(FundingRateUpdate, BTC.id)["rate"].tolist() == [0.0001]
        assert catalog.to_pandas(InstrumentStatus, BTC.id)["reason"].tolist() == ["open"]

    def test_a_run_from_the_catalog_is_the_run_from_objects(self, catalog):
        def config(*kinds):
            return BacktestRunConfig(
                venues=[BacktestVenueConfig(name="SIM", oms_type="NETTING", account_type="MARGIN",
                                            starting_balances=["1000000 USDT"])],
                data=[BacktestDataConfig(catalog_path=catalog.path, data_cls=kind) for kind in kinds],
                engine=BacktestEngineConfig(equity_interval_ns=0),
            )

        strategy = Scripted({}, on_start=subscribe_all)
        made = build_engine(config("QuoteTick", *(type(update).__name__ for update in UPDATES)))
        made.add_strategy(strategy)
        made.run()
        assert strategy.seen == UPDATES
        first = made.get_result()
        made.reset()
        made.run()
        assert strategy.seen == UPDATES
        assert made.get_result().digest == first.digest
        with pytest.raises(InvalidConfiguration, match="unknown `data_cls` 'Marks'"):
            config("Marks")


def test_objects_of_a_users_class_may_follow_rows_that_nobody_listens_to():
    """The row before is replayed without Python; the object that comes next is a matter for Python all the same."""
    class Score(Data):
        def __init__(self, ts):
            self.ts_event = self.ts_init = ts

    made = engine([BTC], [QUOTES[0], Score(SECOND), QUOTES[1]], [Scripted({})])
    made.run()
    assert made.iteration == 3
