"""Strategies and actors in small runs: subscriptions, commands, timers, events."""

from datetime import timedelta

import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import QuoteTick
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, OrderStatus, TimeInForce
from nautilus_lite.model.identifiers import StrategyId, Venue
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy

SECOND = 1_000_000_000
ONE = Quantity.from_int(1_000)


@pytest.fixture
def aud(pair):
    return pair("AUD/USD")


@pytest.fixture
def run(aud):
    def run(strategy, *bids):
        engine = BacktestEngine()
        engine.add_venue(
            venue=Venue("SIM"),
            oms_type=OmsType.NETTING,
            account_type=AccountType.MARGIN,
            base_currency=Currency.from_str("USD"),
            starting_balances=[Money.from_str("100000 USD")],
        )
        engine.add_instrument(aud)
        engine.add_data(
            [
                QuoteTick(
                    instrument_id=aud.id,
                    bid_price=aud.make_price(bid),
                    ask_price=aud.make_price(bid) + Price.from_str("0.00002"),
                    bid_size=Quantity.from_int(1_000_000),
                    ask_size=Quantity.from_int(1_000_000),
                    ts_event=i * SECOND,
                    ts_init=i * SECOND,
                )
                for i, bid in enumerate(bids, start=1)
            ]
        )
        strategy.aud = aud
        engine.add_strategy(strategy)
        engine.run()
        return engine

    return run


class Base(Strategy):
    """Subscribes to quotes and records what it is told."""

    def __init__(self, config=None):
        super().__init__(config)
        self.seen = []
        self.n = 0

    def on_start(self):
        self.subscribe_quote_ticks(self.aud.id)

    def on_quote_tick(self, tick):
        self.n += 1
        self.step(tick)

    def step(self, tick):
        pass

    def buy_limit(self, price, **options):
        order = self.order_factory.limit(self.aud.id, OrderSide.BUY, ONE, Price.from_str(price), **options)
        self.submit_order(order)
        return order


def test_events_come_in_order_specific_first(run):
    class Recorder(Base):
        def step(self, tick):
            if self.n == 1:
                self.submit_order(self.order_factory.market(self.aud.id, OrderSide.BUY, ONE))

        def on_order_filled(self, event):
            self.seen.append("filled")

        def on_order_event(self, event):
            self.seen.append(type(event).__name__)

        def on_position_opened(self, event):
            self.seen.append("opened")

        def on_event(self, event):
            self.seen.append("any")

    strategy = Recorder()
    run(strategy, "0.8", "0.8")
    assert strategy.seen == [
        "OrderInitialized", "any", "OrderSubmitted", "any", "filled", "OrderFilled", "any", "opened", "any"
    ]  # fmt: skip


def test_an_order_is_told_of_before_it_is_sent(run):
    class Recorder(Base):
        def step(self, tick):
            if self.n == 1:
                self.submit_order(self.order_factory.market(self.aud.id, OrderSide.BUY, ONE))
            elif self.n == 2:
                self.submit_order_list(
                    self.order_factory.bracket(
                        self.aud.id, OrderSide.BUY, ONE, sl_trigger_price=Price.from_str("0.70000"),
                        tp_price=Price.from_str("0.90000"),
                    )
                )  # fmt: skip

        def on_order_initialized(self, event):
            self.seen.append((event.client_order_id.value[-1], self.cache.order(event.client_order_id)))

    strategy = Recorder()
    run(strategy, "0.8", "0.8")
    assert strategy.seen == [("1", None), ("2", None), ("3", None), ("4", None)]


def test_cancel_goes_by_way_of_pending(run):
    class Canceller(Base):
        def step(self, tick):
            if self.n == 1:
                self.order = self.buy_limit("0.7")
            elif self.n == 2:
                self.cancel_order(self.order)
                self.seen.append(self.order.status)

    strategy = Canceller()
    run(strategy, "0.8", "0.8", "0.8")
    assert strategy.seen == [OrderStatus.PENDING_CANCEL]
    assert strategy.order.status == OrderStatus.CANCELED


def test_modify_moves_the_order(run):
    class Modifier(Base):
        def step(self, tick):
            if self.n == 1:
                self.order = self.buy_limit("0.7")
            elif self.n == 2:
                self.modify_order(self.order, quantity=Quantity.from_int(500), price=Price.from_str("0.79"))

    strategy = Modifier()
    engine = run(strategy, "0.80", "0.80", "0.78")
    assert strategy.order.status == OrderStatus.FILLED
    assert strategy.order.quantity == Quantity.from_int(500)
    assert strategy.order.avg_px == pytest.approx(0.79)
    assert engine.portfolio.is_net_long(strategy.aud.id)


def test_nothing_to_modify_is_an_error(run):
    class Modifier(Base):
        def step(self, tick):
            self.modify_order(self.buy_limit("0.7"))

    with pytest.raises(ValueError, match="nothing to modify"):
        run(Modifier(), "0.8")


def test_cancel_all_takes_one_side(run):
    class Canceller(Base):
        def step(self, tick):
            if self.n == 1:
                self.buy_limit("0.7")
                self.submit_order(self.order_factory.limit(self.aud.id, OrderSide.SELL, ONE, Price.from_str("0.9")))
            elif self.n == 2:
                self.cancel_all_orders(self.aud.id, OrderSide.SELL)

    engine = run(Canceller(), "0.8", "0.8", "0.8")
    assert [order.side for order in engine.cache.orders_open()] == [OrderSide.BUY]


def test_timers_and_alerts_fire_in_time(run):
    class Timed(Base):
        def on_start(self):
            self.subscribe_quote_ticks(self.aud.id)
            self.clock.set_timer("tick", timedelta(seconds=1))
            self.clock.set_time_alert_ns("alert", 2_500_000_000, self.on_alert)

        def on_alert(self, event):
            self.seen.append(("alert", event.ts_event))

        def on_event(self, event):
            self.seen.append((event.name, event.ts_event))

        def step(self, tick):
            self.seen.append(("quote", tick.ts_event))

    strategy = Timed()
    run(strategy, "0.8", "0.8", "0.8")
    # Timers of a time come before its rows
    assert strategy.seen == [
        ("quote", 1 * SECOND),
        ("tick", 2 * SECOND),
        ("quote", 2 * SECOND),
        ("alert", 2_500_000_000),
        ("tick", 3 * SECOND),
        ("quote", 3 * SECOND),
    ]


def test_gtd_order_is_cancelled_by_its_strategy_where_asked(run):
    class Dated(Base):
        def step(self, tick):
            if self.n == 1:
                self.order = self.buy_limit("0.7", time_in_force=TimeInForce.GTD, expire_time=3_500_000_000)

    strategy = Dated(StrategyConfig(manage_gtd_expiry=True))
    run(strategy, "0.8", "0.8", "0.8", "0.8", "0.8")
    assert strategy.order.status in (OrderStatus.EXPIRED, OrderStatus.CANCELED)
    assert strategy.order.ts_closed == 3_500_000_000


def test_gtd_orders_of_a_list_are_cancelled_too(run):
    class Dated(Base):
        def step(self, tick):
            if self.n == 1:
                make = self.order_factory
                self.orders = [
                    make.limit(self.aud.id, OrderSide.BUY, self.aud.make_qty(1_000), self.aud.make_price(price),
                               time_in_force=TimeInForce.GTD, expire_time=3_500_000_000)
                    for price in ("0.7", "0.6")
                ]  # fmt: skip
                self.submit_order_list(make.create_list(self.orders))
                self.names = sorted(self.clock.timer_names)

    strategy = Dated(StrategyConfig(manage_gtd_expiry=True))
    run(strategy, "0.8", "0.8", "0.8", "0.8", "0.8")
    assert strategy.names == sorted(f"GTD-EXPIRY:{order.client_order_id}" for order in strategy.orders)
    assert {order.ts_closed for order in strategy.orders} == {3_500_000_000}


def test_requests_never_reach_past_now(run):
    class Requester(Base):
        def on_historical_data(self, data):
            self.seen.append(data.ts_init)

        def step(self, tick):
            if self.n == 2:
                self.request_quote_ticks(self.aud.id, end=9 * SECOND)

    strategy = Requester()
    run(strategy, "0.8", "0.8", "0.8")
    assert strategy.seen == [1 * SECOND, 2 * SECOND]
    assert not strategy.has_pending_requests()


def test_unsubscribing_ends_the_quotes(run):
    class Short(Base):
        def step(self, tick):
            if self.n == 2:
                self.unsubscribe_quote_ticks(self.aud.id)

    strategy = Short()
    run(strategy, "0.8", "0.8", "0.8", "0.8")
    assert strategy.n == 2


def test_ids_take_the_configured_name_and_tag():
    assert Base().id == StrategyId("Base-000")
    assert Base(StrategyConfig(order_id_tag="X1")).id == StrategyId("Base-X1")
    assert Base(StrategyConfig(strategy_id=StrategyId("MINE-7"))).order_id_tag == "7"


def test_trading_before_registration_is_an_error(aud):
    strategy = Base()
    with pytest.raises(RuntimeError, match="cannot subscribe before it is registered|'NoneType'"):
        strategy._listen("data.quotes.SIM.X", "on_quote_tick")


def test_a_query_changes_nothing(run):
    class Asks(Base):
        def step(self, tick):
            if self.n == 1:
                self.order = self.buy_limit("0.7")
            elif self.n == 2:
                self.before = self.order.event_count
                self.query_order(self.order)

    strategy = Asks()
    run(strategy, "0.80", "0.80", "0.80")
    assert strategy.order.status == OrderStatus.ACCEPTED
    assert strategy.order.event_count == strategy.before == 3


def test_the_watch_over_a_date_can_end(run):
    """The venue supports dates itself here, so the order expires there; no alert of the strategy is left."""

    class Dated(Base):
        def step(self, tick):
            if self.n == 1:
                self.order = self.buy_limit("0.7", time_in_force=TimeInForce.GTD, expire_time=3_500_000_000)
                self.before = list(self.clock.timer_names)
                self.cancel_gtd_expiry(self.order)
                self.after = list(self.clock.timer_names)
                self.cancel_gtd_expiry(self.order)

    strategy = Dated(StrategyConfig(manage_gtd_expiry=True))
    run(strategy, "0.80", "0.80", "0.80", "0.80")
    assert strategy.before == [f"GTD-EXPIRY:{strategy.order.client_order_id}"]
    assert strategy.after == []
    assert strategy.order.status == OrderStatus.EXPIRED
