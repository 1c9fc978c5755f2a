"""Random streams: rows come in order, and who listens changes nothing of what happens."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.models import PowerProbQueueModel, QueueModel, RiskAverseQueueModel
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import BookType, OrderSide, OrderType
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, delta_rows, depth_rows, make_engine, order_rows, pair, quote_rows, trade_rows

QUEUES = (None, RiskAverseQueueModel(), PowerProbQueueModel(2.0))
KINDS = ("market", "limit", "limit", "stop", "stop_limit", "touched", "touched_limit", "to_limit", "bracket", "cancel")


class Random(Strategy):
    """Sends and cancels random orders by a timer; listens to what it is told to."""

    def __init__(self, instrument: Any, seed: int, listens: tuple[str, ...]) -> None:
        super().__init__()
        self.instrument, self.seed, self.listens = instrument, seed, listens
        self.heard = 0

    def on_start(self) -> None:
        self.numbers = random.Random(self.seed)
        self.brackets: list[list[Any]] = []
        self.clock.set_timer_ns("act", 2_500, callback=self.act)
        for kind in self.listens:
            getattr(self, f"subscribe_{kind}")(self.instrument.id)
        self.subscribe_bars(BarType.from_str(f"{self.instrument.id}-3-TICK-LAST-INTERNAL"))

    def on_quote_tick(self, tick: Any) -> None:
        self.heard += 1

    def on_trade_tick(self, tick: Any) -> None:
        self.heard += 1

    def on_order_book_deltas(self, deltas: Any) -> None:
        self.heard += 1

    def on_bar(self, bar: Any) -> None:
        pass

    def act(self, event: Any) -> None:
        numbers = self.numbers
        side = numbers.choice((OrderSide.BUY, OrderSide.SELL))
        quantity = Quantity.from_int(numbers.randint(1, 30))
        price = Price.from_raw(MID + numbers.randint(-6, 6), 5)
        kind = numbers.choice(KINDS)
        make = self.order_factory
        if kind == "cancel":
            for order in self.cache.orders_open()[:2]:
                if not order.is_pending_cancel:
                    self.cancel_order(order)
            return
        if kind == "market":
            order = make.market(self.instrument.id, side, quantity)
        elif kind == "limit":
            order = make.limit(self.instrument.id, side, quantity, price)
        elif kind == "stop":
            order = make.stop_market(self.instrument.id, side, quantity, price)
        elif kind == "touched":
            order = make.market_if_touched(self.instrument.id, side, quantity, price)
        elif kind == "touched_limit":
            order = make.limit_if_touched(self.instrument.id, side, quantity, price, price)
        elif kind == "to_limit":
            order = make.market_to_limit(self.instrument.id, side, quantity)
        elif kind == "bracket":
            away = numbers.randint(2, 6) if side == OrderSide.BUY else -numbers.randint(2, 6)
            bracket = make.bracket(
                self.instrument.id,
                side,
                quantity,
                entry_order_type=numbers.choice((OrderType.MARKET, OrderType.LIMIT)),
                entry_price=price,
                tp_price=Price.from_raw(MID + away, 5),
                sl_trigger_price=Price.from_raw(MID - away, 5),
                tp_post_only=False,
            )
            self.brackets.append(bracket.orders)
            self.submit_order_list(bracket)
            return
        else:
            order = make.stop_limit(self.instrument.id, side, quantity, price, price)
        self.submit_order(order)


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP, BookType.L3_MBO])
@given(
    seed=st.integers(0, 10**6),
    n=st.integers(2, 150),
    queue_model=st.sampled_from(QUEUES),
    ages=st.sampled_from(({}, {}, {"max_price_age_ns": 400}, {"require_fresh_price": True})),
    consumption=st.booleans(),
    n_depth=st.sampled_from((0, 0, 10)),
    n_more=st.sampled_from((0, 0, 80)),
)
@settings(max_examples=60, deadline=None)
def test_listening_changes_nothing(
    book_type: BookType,
    seed: int,
    n: int,
    queue_model: QueueModel | None,
    ages: dict[str, Any],
    consumption: bool,
    n_depth: int,
    n_more: int,
) -> None:
    """Rows nobody listens to take another path through the replay: orders must not notice."""
    kinds = ("quote_ticks", "trade_ticks", "order_book_deltas")
    results = []
    for listens in ((), kinds[:1], kinds):
        numbers = random.Random(seed)
        engine = make_engine(book_type, [pair("AAA")], seed, equity_interval_ns=7_000, queue_model=queue_model,
            liquidity_consumption=consumption, **ages)
        instrument = pair("AAA")
        data = {"quote": quote_rows, "trade": trade_rows, "delta": order_rows if book_type == BookType.L3_MBO else delta_rows}
        for kind, make in data.items():
            engine.add_rows(kind, instrument.id, make(numbers, n))
        if n_depth and book_type == BookType.L2_MBP:
            engine.add_rows("depth10", instrument.id, depth_rows(numbers, n_depth))
        else:
            n_depth = 0
        if n_more and book_type == BookType.L2_MBP:
            # Batches of two streams of one book run into each other
            engine.add_rows("delta", instrument.id, delta_rows(numbers, n_more))
        else:
            n_more = 0
        strategy = Random(instrument, seed, listens)
        engine.add_strategy(strategy)
        engine.run()
        assert engine.cache.check_integrity()
        for _, *exits in strategy.brackets:
            # Reduce-only and one-updates-other: both together never sell more than the one quantity
            assert sum(int(order.filled_qty) for order in exits) <= int(exits[0].init_event.quantity)
            assert all(order.is_closed or order.is_open or order.is_inflight for order in exits)
        if ages:
            # No price that is too old, or of before the order
            for order in engine.cache.orders():
                for event in order.events:
                    if getattr(event, "fill_reason", None) in ("took_book", "stop_triggered", "if_touched"):
                        assert event.price_age_ns <= ages.get("max_price_age_ns", event.ts_event - order.ts_submitted)
        result = engine.get_result()
        results.append((result.digest, result.n_orders, result.n_fills, engine.iteration))
        assert (strategy.heard > 0) == bool(listens)
    assert results[0] == results[1] == results[2]
    assert results[0][3] == 3 * n + n_depth + n_more


class Recorder(Strategy):
    """Notes the quotes of some instruments."""

    def __init__(self, instruments: list[Any]) -> None:
        super().__init__()
        self.instruments = instruments
        self.seen: list[tuple[int, str]] = []

    def on_start(self) -> None:
        for instrument in self.instruments:
            self.subscribe_quote_ticks(instrument.id)

    def on_quote_tick(self, tick: Any) -> None:
        self.seen.append((tick.ts_init, tick.instrument_id.symbol.value))


@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=9),
    listened=st.integers(1, 9),
)
@settings(max_examples=60, deadline=None)
def test_streams_merge_by_time_then_input_order(seed: int, lengths: list[int], listened: int) -> None:
    numbers = random.Random(seed)
    instruments = [pair(f"P{i}") for i in range(len(lengths))]
    engine = make_engine(BookType.L1_MBP, instruments)
    wanted = []
    for i, (instrument, n) in enumerate(zip(instruments, lengths, strict=True)):
        rows = quote_rows(numbers, n)
        engine.add_rows("quote", instrument.id, rows)
        wanted += [(int(ts), i, instrument.id.symbol.value) for ts in rows["ts_init"]]
    chosen = instruments[:listened]
    names = {instrument.id.symbol.value for instrument in chosen}
    strategy = Recorder(chosen)
    engine.add_strategy(strategy)
    engine.run()
    # Streams that nobody listens to are merged all the same, and leave the order of the others alone
    assert strategy.seen == [(ts, name) for ts, _, name in sorted(wanted) if name in names]
    assert engine.iteration == sum(lengths)
