"""Edges of a replay: shutdown before the first row, commands between runs, links across instruments, venues made by hand."""

import pickle
from decimal import Decimal

import pytest

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.exchange import SimulatedExchange
from nautilus_lite.backtest.models import FillModel, MakerTakerFeeModel
from nautilus_lite.backtest.world import World
from nautilus_lite.cache.market import Market
from nautilus_lite.core.uuid import UUID4, UUIDFactory
from nautilus_lite.model.data.ticks import QuoteTick
from nautilus_lite.model.enums import (
    AccountType,
    BookType,
    ContingencyType,
    OmsType,
    OrderSide,
    OrderStatus,
    OrderType,
    TrailingOffsetType,
)
from nautilus_lite.model.identifiers import ClientOrderId, Venue
from nautilus_lite.model.objects import Money, Price, Quantity
from nautilus_lite.model.orders.types import LimitOrder
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, USD, make_engine, pair, steady_quotes

A, B = pair("AAA"), pair("BBB")
TEN = Quantity.from_int(10)


class Listener(Strategy):
    """Listens to quotes if asked to; a run in which nobody listens takes another path."""

    listens = True

    def on_start(self):
        if self.listens:
            self.subscribe_quote_ticks(A.id)


@pytest.fixture(params=[True, False], ids=["heard", "silent"])
def listens(request):
    return request.param


def test_a_shutdown_in_on_start_replays_nothing(listens):
    class Stops(Listener):
        def on_start(self):
            super().on_start()
            self.shutdown_system("enough")

    engine = make_engine(BookType.L1_MBP, [A])
    engine.add_rows("quote", A.id, steady_quotes(1_000))
    strategy = Stops()
    strategy.listens = listens
    engine.add_strategy(strategy)
    engine.run()
    assert engine.iteration <= 1
    assert any("enough" in warning for warning in engine.get_result().warnings)


def test_an_order_sent_between_runs_fills_on_the_next_row(listens):
    rows = steady_quotes(2_000)
    rows["ask"][1_500:] += 100
    engine = make_engine(BookType.L1_MBP, [A])
    engine.add_rows("quote", A.id, rows[:1_000])
    strategy = Listener()
    strategy.listens = listens
    engine.add_strategy(strategy)
    engine.run(streaming=True)
    order = strategy.order_factory.market(A.id, OrderSide.BUY, TEN)
    strategy.submit_order(order)
    engine.clear_data()
    engine.add_rows("quote", A.id, rows[1_000:])
    engine.run(streaming=True)
    assert order.status == OrderStatus.FILLED
    assert order.last_event.last_px in (Price.from_raw(MID + 1, 5), Price.from_raw(MID + 2, 5))
    assert order.ts_last == rows["ts_init"][1_000]
    engine.end()


def test_links_across_instruments_are_refused():
    class Crosses(Strategy):
        def on_start(self):
            self.clock.set_time_alert_ns("go", 50_000, self.go)

        def go(self, event):
            ids = [ClientOrderId("O-a-1"), ClientOrderId("O-b-1")]
            self.made = []
            for instrument, own, other in ((B, ids[1], ids[0]), (A, ids[0], ids[1])):
                order = LimitOrder(
                    self.trader_id, self.id, instrument.id, own, OrderSide.BUY, TEN, Price.from_raw(MID - 5, 5), UUID4(),
                    self.clock.timestamp_ns(), contingency_type=ContingencyType.OCO, linked_order_ids=[other],
                )  # fmt: skip
                self.made.append(order)
                self.submit_order(order)

    engine = make_engine(BookType.L1_MBP, [A, B])
    for instrument in (A, B):
        engine.add_rows("quote", instrument.id, steady_quotes(200))
    strategy = Crosses()
    engine.add_strategy(strategy)
    engine.run()
    first, second = strategy.made
    # The venue sees at the first arrival that the other half is of another instrument
    assert first.status == second.status == OrderStatus.REJECTED
    assert str(A.id) in first.last_event.reason
    for exchange in engine.kernel.exchanges:
        exchange._check()


def test_a_venue_made_by_hand_is_settled():
    market = Market()
    world = World(market, BacktestEngineConfig())
    venue = SimulatedExchange(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        starting_balances=[Money.from_str("1000000 USD")],
        base_currency=USD,
        default_leverage=None,
        leverages=None,
        book_type=BookType.L1_MBP,
        fill_model=FillModel(),
        fee_model=MakerTakerFeeModel(),
        latency_model=None,
        exec_engine=world.exec_engine,
        cache=world.cache,
        ids=UUIDFactory(1),
    )
    world.add_venue(venue)
    world.add_instrument(A)
    strategy = Listener()
    strategy.listens = False
    world.trader.add_strategy(strategy)
    market.apply(
        QuoteTick(
            A.id, Price.from_raw(MID, 5), Price.from_raw(MID + 1, 5), Quantity.from_int(50), Quantity.from_int(50), 1, 1
        )
    )
    world.start(1)
    order = strategy.order_factory.market(A.id, OrderSide.BUY, TEN)
    strategy.submit_order(order)
    world.finish(2)
    assert order.status == OrderStatus.FILLED
    assert venue.queued_count == 0


def test_what_a_run_leaves_can_be_pickled():
    class Buys(Strategy):
        def on_start(self):
            self.clock.set_time_alert_ns("go", 50_000, self.go)

        def go(self, event):
            self.submit_order(self.order_factory.market(A.id, OrderSide.BUY, TEN))

    engine = make_engine(BookType.L1_MBP, [A])
    engine.add_rows("quote", A.id, steady_quotes(100))
    engine.add_strategy(Buys())
    engine.run()
    order, position, account = engine.cache.orders()[0], engine.cache.positions()[0], engine.cache.accounts()[0]
    again = pickle.loads(pickle.dumps(order))
    assert again.client_order_id == order.client_order_id
    assert [event.id for event in again.events] == [event.id for event in order.events]
    assert again.filled_qty == TEN
    assert pickle.loads(pickle.dumps(position)).quantity == position.quantity
    assert pickle.loads(pickle.dumps(account)).balances() == account.balances()
    result = engine.get_result()
    assert pickle.loads(pickle.dumps(result)).digest == result.digest


def test_a_bracket_whose_stop_no_venue_takes_is_denied_as_a_whole():
    class Enters(Strategy):
        def on_start(self):
            self.clock.set_time_alert_ns("go", 50_000, self.go)

        def go(self, event):
            self.made = self.order_factory.bracket(
                A.id, OrderSide.BUY, TEN, tp_price=Price.from_raw(MID + 50, 5), sl_order_type=OrderType.TRAILING_STOP_MARKET,
                sl_trailing_offset=Decimal(2), sl_trailing_offset_type=TrailingOffsetType.PRICE_TIER,
            )  # fmt: skip
            self.submit_order_list(self.made)

    engine = make_engine(BookType.L1_MBP, [A])
    engine.add_rows("quote", A.id, steady_quotes(200))
    strategy = Enters()
    engine.add_strategy(strategy)
    engine.run()
    assert [order.status for order in strategy.made.orders] == [OrderStatus.DENIED] * 3
