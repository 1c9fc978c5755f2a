"""Chance belongs to an order: what else happens in a run changes none of its draws."""

import random

import numpy as np
import pytest

from nautilus_lite.backtest.models import FillModel
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, make_engine, pair, quote_rows, steady_quotes

A, B = pair("AAA"), pair("BBB")


class Rests(Strategy):
    """Sends a limit and a market order every five microseconds."""

    disturbance = None

    def on_start(self):
        self.numbers = random.Random(5)
        self.clock.set_timer_ns("act", 5_000, callback=self.act)

    def act(self, event):
        make = self.order_factory
        side = self.numbers.choice((OrderSide.BUY, OrderSide.SELL))
        price = Price.from_raw(MID + self.numbers.randint(-4, 4), 5)
        self.submit_order(make.limit(A.id, side, Quantity.from_int(3), price))
        self.submit_order(make.market(A.id, side, Quantity.from_int(2)))
        if self.disturbance:
            self.disturbance()


class Elsewhere(Strategy):
    """Trades another instrument of the same venue."""

    def on_start(self):
        # Few enough for the risk engine's rate, which all strategies share
        self.clock.set_timer_ns("act", 9_000, callback=self.act)

    def act(self, event):
        self.submit_order(self.order_factory.market(B.id, OrderSide.BUY, Quantity.from_int(1)))


def fills(seed=0, disturb=False, other=False, runs=1):
    engine = make_engine(BookType.L1_MBP, [A, B], seed)
    own = quote_rows(random.Random(3), 400)
    engine.add_rows("quote", A.id, own)
    strategy = Rests()
    engine.add_strategy(strategy)
    model = engine.kernel.exchanges[0].fill_model
    if disturb:
        strategy.disturbance = lambda: [model.draw(0.5) for _ in range(3)]
    if other:
        rows = steady_quotes(300)
        # Within the time of the others, so that the timers beat alike
        rows["ts_event"] = rows["ts_init"] = rows["ts_init"] + own["ts_init"][0]
        engine.add_rows("quote", B.id, rows[rows["ts_init"] <= own["ts_init"][-1]])
        engine.add_strategy(Elsewhere())
    for run in range(runs):
        if run:
            engine.reset()
        engine.run()
    found = []
    for order in engine.cache.orders():
        if order.instrument_id == A.id:
            found += [(e.ts_event, e.last_px, e.last_qty, e.fill_reason) for e in order.events if hasattr(e, "last_px")]
    return sorted(found, key=str)


def test_chance_decides_here():
    # Both kinds of draw happen, and another seed draws otherwise
    reasons = {reason for *_, reason in fills()}
    assert {"touched", "slipped", "took_book"} <= reasons
    assert fills(0) != fills(1)


@pytest.mark.parametrize("change", [{"disturb": True}, {"other": True}, {"runs": 2}], ids=["draws", "instrument", "reset"])
def test_nothing_else_changes_it(change):
    assert fills(**change) == fills()


def test_a_changed_quantity_does_not_draw_again():
    engine = make_engine(BookType.L1_MBP, [A], prob_fill_on_limit=0.5)
    rows = steady_quotes(3_000)
    engine.add_rows("quote", A.id, rows)

    class Insists(Strategy):
        def on_start(self):
            self.subscribe_quote_ticks(A.id)
            self.order = None

        def on_quote_tick(self, tick):
            if self.order is None:
                self.order = self.order_factory.limit(A.id, OrderSide.BUY, Quantity.from_int(1), Price.from_raw(MID, 5))
                self.submit_order(self.order)
            elif self.order.is_open and not self.order.is_pending_update:
                self.modify_order(self.order, Quantity.from_int(int(self.order.quantity) + 1))

    engine.add_strategy(Insists())
    engine.run()
    assert not engine.cache.orders()[0].filled_qty


def test_frequency_over_orders_follows_the_probability():
    """One touch for each of many orders; every order has a draw of its own."""
    n = 400
    engine = make_engine(BookType.L1_MBP, [A], prob_fill_on_limit=0.3)
    rows = steady_quotes(2 * n)
    # 20 ms apart: the risk engine lets 100 orders a second pass
    rows["ts_event"] = rows["ts_init"] = rows["ts_init"] * 20_000
    # Every second row the ask comes down to the bid's price, where the order stands
    rows["ask"] = np.where(np.arange(len(rows)) % 2, MID, MID + 1)
    rows["bid"] = MID - 1
    engine.add_rows("quote", A.id, rows)

    class Once(Strategy):
        def on_start(self):
            self.subscribe_quote_ticks(A.id)

        def on_quote_tick(self, tick):
            if tick.ask_price == Price.from_raw(MID + 1, 5):
                self.submit_order(
                    self.order_factory.limit(A.id, OrderSide.BUY, Quantity.from_int(1), Price.from_raw(MID, 5))
                )
            else:
                self.cancel_all_orders(A.id)

    engine.add_strategy(Once())
    engine.run()
    orders = engine.cache.orders()
    filled = sum(order.filled_qty == Quantity.from_int(1) for order in orders)
    # n p = 120, standard deviation sqrt(400 * 0.3 * 0.7) = 9.2
    assert len(orders) == n
    assert abs(filled - 120) < 37


def test_a_model_in_python_draws_from_the_order_too():
    class Own(FillModel):
        def is_limit_filled(self):
            return self.draw(0.5)

    results = []
    for noise in (0, 7):
        engine = make_engine(BookType.L1_MBP, [A], fill_model=Own(random_seed=9))
        engine.add_rows("quote", A.id, quote_rows(random.Random(3), 300))
        strategy = Rests()
        model = engine.kernel.exchanges[0].fill_model
        strategy.disturbance = lambda model=model, noise=noise: [model.draw(0.5) for _ in range(noise)]
        engine.add_strategy(strategy)
        engine.run()
        results.append(engine.get_result().digest)
    assert results[0] == results[1]
