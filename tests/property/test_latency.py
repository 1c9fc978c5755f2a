"""Random orders under latencies: nothing happens before its time, and in the end both sides know the same."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.model.enums import BookType, OrderSide, OrderStatus
from nautilus_lite.model.events.order import OrderEvent
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, delta_rows, make_engine, pair, quote_rows, trade_rows

KINDS = ("market", "limit", "limit", "stop", "stop_limit", "bracket", "reduce", "cancel", "cancel", "modify", "cancel_all")
OF_VENUE = ("OrderAccepted", "OrderRejected", "OrderCanceled", "OrderExpired", "OrderTriggered", "OrderUpdated", "OrderFilled",
            "OrderModifyRejected", "OrderCancelRejected")  # fmt: skip


class Drawn(LatencyModel):
    """Draws both ways; an answer may take no time at all."""

    def entry_latency(self, command: Any, ts_now: int) -> int:
        return int(self.uniform() * 4_000)

    def response_latency(self, event: Any, ts_now: int) -> int:
        return max(0, int(self.uniform() * 9_000) - 2_000)


MODELS = {
    "constant": lambda: LatencyModel(300, cancel_latency_nanos=900, response_latency_nanos=3_700),
    "slow cancels": lambda: LatencyModel(0, insert_latency_nanos=5_000, cancel_latency_nanos=0, response_latency_nanos=1),
    "drawn": Drawn,
}


class Busy(Strategy):
    """Sends, changes and cancels random orders by a timer, and checks what it hears."""

    def __init__(self, instrument: Any, seed: int, listens: bool) -> None:
        super().__init__()
        self.instrument, self.seed, self.listens = instrument, seed, listens
        self.last_ns = 0
        self.errors: list[str] = []
        self.net = 0

    def on_start(self) -> None:
        self.numbers = random.Random(self.seed)
        self.clock.set_timer_ns("act", 1_700, callback=self.act)
        if self.listens:
            self.subscribe_quote_ticks(self.instrument.id)
            self.subscribe_trade_ticks(self.instrument.id)

    def see(self) -> None:
        now = self.clock.timestamp_ns()
        if now < self.last_ns:
            self.errors.append(f"time went back from {self.last_ns} to {now}")
        self.last_ns = now

    def on_quote_tick(self, tick: Any) -> None:
        self.see()

    def on_trade_tick(self, tick: Any) -> None:
        self.see()

    def on_event(self, event: Any) -> None:
        self.see()
        if not isinstance(event, OrderEvent):
            return
        order = self.cache.order(event.client_order_id)
        if event.ts_init != self.last_ns or event.ts_event > event.ts_init:
            self.errors.append(f"heard at {self.last_ns}: {event!r}")
        if type(event).__name__ in OF_VENUE and event.ts_event < order.ts_submitted:
            self.errors.append(f"before it was sent, {order.ts_submitted}: {event!r}")
        if type(event).__name__ == "OrderFilled":
            self.net += int(event.last_qty) * (1 if event.order_side == OrderSide.BUY else -1)
            known = sum(int(p.signed_qty) for p in self.cache.positions_open())
            if known != self.net:
                self.errors.append(f"net {known} in the cache, {self.net} by the fills heard")

    def act(self, event: Any) -> None:
        self.see()
        numbers = self.numbers
        side = numbers.choice((OrderSide.BUY, OrderSide.SELL))
        quantity = Quantity.from_int(numbers.randint(1, 30))
        price = Price.from_raw(MID + numbers.randint(-6, 6), 5)
        kind = numbers.choice(KINDS)
        make = self.order_factory
        known = [o for o in self.cache.orders() if not o.is_closed and o.status != OrderStatus.PENDING_CANCEL]
        if kind == "cancel_all":
            self.cancel_all_orders(self.instrument.id)
        elif kind in ("cancel", "modify"):
            if known:
                order = numbers.choice(known)
                if kind == "cancel":
                    self.cancel_order(order)
                else:
                    self.modify_order(order, quantity=quantity, price=price if order.has_price else None)
        elif kind == "market":
            self.submit_order(make.market(self.instrument.id, side, quantity))
        elif kind == "reduce":
            self.submit_order(make.limit(self.instrument.id, side, quantity, price, reduce_only=True))
        elif kind == "limit":
            self.submit_order(make.limit(self.instrument.id, side, quantity, price))
        elif kind == "stop":
            self.submit_order(make.stop_market(self.instrument.id, side, quantity, price))
        elif kind == "stop_limit":
            self.submit_order(make.stop_limit(self.instrument.id, side, quantity, price, price))
        else:
            away = numbers.randint(2, 6) if side == OrderSide.BUY else -numbers.randint(2, 6)
            self.submit_order_list(make.bracket(
                self.instrument.id, side, quantity, tp_price=Price.from_raw(MID + away, 5),
                sl_trigger_price=Price.from_raw(MID - away, 5), tp_post_only=False,
            ))  # fmt: skip


def run(book_type: BookType, seed: int, n: int, model: LatencyModel | None, listens: bool) -> Any:
    numbers = random.Random(seed)
    instrument = pair("AAA")
    engine = make_engine(book_type, [instrument], seed, equity_interval_ns=7_000, latency_model=model)
    for kind, make in {"quote": quote_rows, "trade": trade_rows, "delta": delta_rows}.items():
        engine.add_rows(kind, instrument.id, make(numbers, n))
    strategy = Busy(instrument, seed, listens)
    engine.add_strategy(strategy)
    engine.run()
    return engine, strategy


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
@given(seed=st.integers(0, 10**6), n=st.integers(2, 150))
@settings(max_examples=30, deadline=None)
def test_both_sides_agree_in_the_end(name: str, book_type: BookType, seed: int, n: int) -> None:
    digests = set()
    for listens in (False, True):
        engine, strategy = run(book_type, seed, n, MODELS[name](), listens)
        assert strategy.errors == []
        (exchange,) = engine.world.exchanges
        assert exchange.unheard_count == 0
        # Every copy that the venue holds equals the order as it is known
        exchange._check()
        assert engine.cache.check_integrity()
        working = {order.client_order_id for order in exchange.get_open_orders()}
        for order in engine.cache.orders():
            held = order.is_child_order and order.status == OrderStatus.SUBMITTED
            assert order.is_closed or held or (order.is_open and order.client_order_id in working)
            assert order.filled_qty <= order.quantity
            assert order.status not in (OrderStatus.PENDING_CANCEL, OrderStatus.PENDING_UPDATE)
        digests.add(engine.get_result().digest)
    assert len(digests) == 1


@given(seed=st.integers(0, 10**6), n=st.integers(2, 100))
@settings(max_examples=20, deadline=None)
def test_answers_without_latency_change_nothing(seed: int, n: int) -> None:
    """The venue's own copies alone: everything is as it is without them, but for the moment at which handlers run."""
    engine, _ = run(BookType.L1_MBP, seed, n, None, True)
    model = type("AtOnce", (LatencyModel,), {"response_latency": lambda self, event, ts_now: 0})(0)
    other, strategy = run(BookType.L1_MBP, seed, n, model, True)
    assert strategy.errors == []
    assert other.get_result().digest == engine.get_result().digest
