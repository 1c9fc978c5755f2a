"""Market data that strategies hear late. Times are milliseconds unless said; the quote of time i has the bid MID + i."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.models import FillModel, LatencyModel
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.stream import OBJECT_DTYPE
from nautilus_lite.cache.updates import UpdateQueries
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.data import BarType, MarkPriceUpdate
from nautilus_lite.model.data.dtypes import BAR_DTYPE
from nautilus_lite.model.enums import BookType, OrderSide, OrderStatus
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import MID, delta_rows, make_engine, pair, quote_rows, steady_quotes, trade_rows

A = pair("AAA")
TEN = Quantity.from_int(10)
MS = 1_000_000
MINUTE = 60_000 * MS
MINUTE_BARS = BarType.from_str(f"{A.id}-1-MINUTE-LAST-EXTERNAL")


def rising(n: int, late: int = 2) -> np.ndarray:
    """Return quotes of 1, 2, ..., n ms: bid MID + i, ask one tick above; `ts_init` is `late` ms after `ts_event`."""
    rows = steady_quotes(n)
    i = np.arange(1, n + 1)
    rows["ts_event"], rows["ts_init"] = i * MS, (i + late) * MS
    rows["bid"], rows["ask"] = MID + i, MID + i + 1
    return rows


def raw(price: Any) -> int:
    return int(price.raw) - MID


class Buyer(Strategy):
    """Buys when it hears of the quote of 10 ms, and notes what it knows."""

    def __init__(self, listens: bool = True) -> None:
        super().__init__()
        self.listens = listens
        self.order: Any = None
        self.seen: list[tuple[float, str, int]] = []

    def on_start(self) -> None:
        self.subscribe_quote_ticks(A.id)

    def on_quote_tick(self, tick: Any) -> None:
        known = raw(tick.bid_price)
        assert tick.ts_init == self.clock.timestamp_ns()
        # All that can be asked is as late as the tick
        assert self.cache.quote_tick(A.id).bid_price == tick.bid_price
        assert self.cache.order_book(A.id).best_bid_price() == tick.bid_price
        self.seen.append((tick.ts_init / MS, "quote", known))
        if known == 10:
            self.order = self.order_factory.market(A.id, OrderSide.BUY, TEN)
            self.submit_order(self.order)

    def on_order_filled(self, event: Any) -> None:
        self.seen.append((self.clock.timestamp_ns() / MS, "filled", raw(event.last_px)))


@pytest.mark.parametrize("recorded", [True, False])
def test_time_line(recorded: bool) -> None:
    """Heard 2 late, 3 to the venue, 5 back: the quote of 10 is heard at 12, the order there at 15, its fill heard at 20."""
    # By what the data says, or by a constant on top of it
    model = LatencyModel(3 * MS, response_latency_nanos=5 * MS, feed_latency_nanos=0 if recorded else 2 * MS)
    engine = make_engine(BookType.L1_MBP, [A], latency_model=model, recorded_feed_latency=recorded, fill_model=FillModel())
    engine.add_rows("quote", A.id, rising(30, late=2 if recorded else 0))
    strategy = Buyer()
    engine.add_strategy(strategy)
    engine.run()
    fill = strategy.order.last_event
    assert (fill.ts_event, fill.ts_init) == (15 * MS, 20 * MS)
    # Commands come before rows of their time: the ask there is that of 14
    assert raw(fill.last_px) == 15
    assert [line for line in strategy.seen if 19 <= line[0] <= 21] == [
        (19, "quote", 17), (20, "filled", 15), (20, "quote", 18), (21, "quote", 19),
    ]  # fmt: skip
    # Decided on the middle of 10, arrived and filled at that of 14; middles are half a tick above the bid
    for mid, bid in ((fill.mid_decision, 10), (fill.mid_arrival, 14), (fill.mid_fill, 14)):
        assert mid == pytest.approx((MID + bid + 0.5) * 1e-5)
    # A row counts once, though the venue and the strategy take it at different times
    assert engine.iteration == engine.get_result().n_rows == 30


def test_at_equal_times_the_venue_comes_first() -> None:
    """Heard at 12, sent at 12, there at 12: what happens at 12 has happened."""
    engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
    engine.add_rows("quote", A.id, rising(30))
    strategy = Buyer()
    engine.add_strategy(strategy)
    engine.run()
    fill = strategy.order.last_event
    assert (fill.ts_event, fill.mid_fill) == (12 * MS, pytest.approx((MID + 12.5) * 1e-5))


class Seller(Strategy):
    """Rests a sale at MID + 20 from the start; notes what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[float, str]] = []

    def on_start(self) -> None:
        self.subscribe_quote_ticks(A.id)
        self.clock.set_time_alert_ns("go", 5 * MS, self.go)

    def go(self, event: Any) -> None:
        self.order = self.order_factory.limit(A.id, OrderSide.SELL, TEN, Price.from_raw(MID + 20, 5))
        self.submit_order(self.order)

    def on_quote_tick(self, tick: Any) -> None:
        self.seen.append((self.clock.timestamp_ns() / MS, f"quote {raw(tick.bid_price)}"))

    def on_order_filled(self, event: Any) -> None:
        self.seen.append((self.clock.timestamp_ns() / MS, "filled"))


def test_a_fill_is_heard_before_the_quote_that_caused_it() -> None:
    engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True, prob_fill_on_limit=0.0)
    engine.add_rows("quote", A.id, rising(30, late=4))
    strategy = Seller()
    engine.add_strategy(strategy)
    engine.run()
    # The bid passes MID + 20 at 21, which the strategy hears at 25; of 21 itself it hears the quote of 17
    at = strategy.seen.index((21, "filled"))
    assert strategy.seen[at - 1 : at + 2] == [(20, "quote 16"), (21, "filled"), (21, "quote 17")]


def test_positions_are_valued_by_what_is_heard() -> None:
    """Equity samples see the market as the strategy does."""
    engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True, equity_interval_ns=MS)
    engine.add_rows("quote", A.id, rising(30, late=4))
    engine.add_strategy(Buyer())
    engine.run()
    samples = {int(s["ts"]) // MS: int(s["equity"] - s["balance"]) for s in engine.get_result().equity_samples}
    (position,) = engine.cache.positions()
    # The bid known at t is that of t - 4
    for ts in (20, 25, 30):
        value = round((MID + ts - 4) * 1e-5 * 10 - position.avg_px_open * 10, 2)
        assert samples[ts] == pytest.approx(value * 100, abs=1)


class Maker(Strategy):
    def __init__(self, kinds: tuple[str, ...] = ("quote_ticks",)) -> None:
        super().__init__()
        self.kinds = kinds

    def on_start(self) -> None:
        self.clock.set_timer_ns("act", 2_301, callback=self.act)
        self.numbers = random.Random(5)
        for kind in self.kinds:
            getattr(self, f"subscribe_{kind}")(A.id)

    def on_quote_tick(self, tick: Any) -> None:
        if tick.ts_init % 3 == 0:
            self.submit_order(self.order_factory.limit(A.id, OrderSide.BUY, TEN, tick.bid_price))

    def on_trade_tick(self, tick: Any) -> None:
        if tick.ts_init % 5 == 0:
            self.submit_order(self.order_factory.limit(A.id, OrderSide.SELL, TEN, tick.price))

    def on_order_book_deltas(self, deltas: Any) -> None:
        if deltas.ts_init % 7 == 0:
            self.submit_order(self.order_factory.market(A.id, OrderSide.BUY, TEN))

    def act(self, event: Any) -> None:
        price = self.cache.price(A.id, 5 if self.numbers.random() < 0.5 else 4)
        if price is not None:
            self.submit_order(self.order_factory.limit(A.id, OrderSide.SELL, TEN, price))
        for order in self.cache.orders_open()[:3]:
            if order.status != OrderStatus.PENDING_CANCEL:
                self.cancel_order(order)


def random_rows(seed: int, n: int) -> dict[str, np.ndarray]:
    """Return quotes, trades and deltas of which no two have the same time."""
    numbers = random.Random(seed)
    made = {"quote": quote_rows(numbers, n), "trade": trade_rows(numbers, n), "delta": delta_rows(numbers, n)}
    for index, rows in enumerate(made.values()):
        rows["ts_event"] = rows["ts_init"] = np.cumsum([numbers.randint(1, 900) for _ in range(n)]) * 3 + index
    return made


def run(rows: dict[str, np.ndarray], book_type: BookType, parts: int = 1, blocks: int = 0, **options: Any) -> Any:
    engine = make_engine(book_type, [A], equity_interval_ns=5_000, **options)
    engine.add_strategy(Maker(("quote_ticks", "trade_ticks", "order_book_deltas")))
    for part in range(parts):
        engine.clear_data()
        for kind, whole in rows.items():
            size = -(-len(whole) // parts)
            chunk = whole[part * size : (part + 1) * size]
            if blocks:
                cut = [chunk[i : i + blocks] for i in range(0, len(chunk), blocks)]
                engine.add_source(kind, A.id, lambda cut=cut: iter(cut), kind)
            else:
                engine.add_rows(kind, A.id, chunk)
        engine.run(streaming=parts > 1)
    if parts > 1:
        engine.end()
    return engine


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
@given(seed=st.integers(0, 10**6), n=st.integers(2, 80))
@settings(max_examples=20, deadline=None)
def test_both_ends_at_one_time_are_as_one(book_type: BookType, seed: int, n: int) -> None:
    """Data that says it was not late takes the way of both ends, and nothing differs."""
    rows = random_rows(seed, n)
    plain = run(rows, book_type).get_result()
    two = run(rows, book_type, recorded_feed_latency=True).get_result()
    assert (two.digest, two.n_rows, two.n_orders) == (plain.digest, plain.n_rows, plain.n_orders)


@pytest.mark.parametrize("book_type", [BookType.L1_MBP, BookType.L2_MBP])
@given(seed=st.integers(0, 10**6), n=st.integers(2, 60), late=st.integers(0, 9_000))
@settings(max_examples=20, deadline=None)
def test_a_constant_equals_the_same_recorded(book_type: BookType, seed: int, n: int, late: int) -> None:
    rows = random_rows(seed, n)
    model = LatencyModel(700, feed_latency_nanos=late)
    constant = run(rows, book_type, latency_model=model).get_result()
    for each in rows.values():
        each["ts_init"] += late
    recorded = run(rows, book_type, latency_model=LatencyModel(700), recorded_feed_latency=True).get_result()
    assert (recorded.digest, recorded.n_fills) == (constant.digest, constant.n_fills)


def late_rows(n: int = 200) -> dict[str, np.ndarray]:
    numbers = random.Random(3)
    rows = random_rows(9, n)
    for each in rows.values():
        # The feed stutters: what was late holds up what comes behind it
        delays = [numbers.choice((100, 700, 5_000)) for _ in range(n)]
        each["ts_init"] = np.maximum.accumulate(each["ts_event"] + np.array(delays, dtype=np.uint64))
    return rows


def test_blocks_are_invisible() -> None:
    whole = run(late_rows(), BookType.L2_MBP, recorded_feed_latency=True).get_result()
    assert whole.n_fills > 20
    for blocks in (1, 7):
        assert run(late_rows(), BookType.L2_MBP, blocks=blocks, recorded_feed_latency=True).get_result().digest == whole.digest


def test_reset_runs_again_alike() -> None:
    engine = run(late_rows(), BookType.L2_MBP, recorded_feed_latency=True)
    digest = engine.get_result().digest
    engine.reset()
    engine.run()
    assert engine.get_result().digest == digest


def test_chunks_are_cut_where_nothing_is_under_way() -> None:
    rows = rising(60, late=4)
    # Nothing happens for 100 ms after the 30th
    rows["ts_event"][30:] += 100 * MS
    rows["ts_init"][30:] += 100 * MS
    whole = run({"quote": rows}, BookType.L1_MBP, recorded_feed_latency=True).get_result()
    parts = run({"quote": rows}, BookType.L1_MBP, parts=2, recorded_feed_latency=True).get_result()
    assert whole.n_orders > 10
    assert (parts.digest, parts.n_rows) == (whole.digest, whole.n_rows)
    message = r"rows of `rows` happen at 21000000, and the run has been replayed up to 24000000: with a feed latency cut"
    with pytest.raises(InvalidData, match=message):
        run({"quote": rows}, BookType.L1_MBP, parts=3, recorded_feed_latency=True)


def test_limits_are_by_the_time_of_hearing() -> None:
    """What is heard from 10 to 20 counts; what happened before 10 and is heard after it the venue begins with."""
    engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
    engine.add_rows("quote", A.id, rising(40, late=4))
    strategy = Seller()
    engine.add_strategy(strategy)
    engine.run(start=10 * MS, end=20 * MS)
    assert strategy.seen[0] == (10, "quote 6")
    assert strategy.seen[-1] == (20, "quote 16")
    assert (engine.market.upstream.state(A.id).quote_count, engine.iteration) == (11, 11)
    assert engine.get_result().run_start == 10 * MS


@pytest.mark.parametrize("blocks", [False, True])
def test_updates_are_late_too(blocks: bool) -> None:
    """Marks of 10, 20 and 30 are heard at 14, 24 and 34; venue and strategy read a source block by block on their own."""
    marks = [
        MarkPriceUpdate(A.id, Price.from_raw(MID + ts, 5), ts_event=ts * MS, ts_init=(ts + 4) * MS) for ts in (10, 20, 30)
    ]

    class OneByOne:
        objects: list[Any] = []

        def __call__(self) -> Any:
            for mark in marks:
                self.objects[:] = [mark]
                yield np.array([(mark.ts_event, mark.ts_init, 0)], dtype=OBJECT_DTYPE)

    class Looks(Strategy):
        def on_start(self) -> None:
            self.seen: list[tuple[float, Any, Any]] = []
            self.subscribe_mark_prices(A.id)
            self.clock.set_timer_ns("look", 6 * MS, callback=self.look)

        def note(self, name: str) -> None:
            known = [cache.mark_price(A.id) for cache in (self.cache, UpdateQueries(engine.market.upstream))]
            self.seen.append((self.clock.timestamp_ns() / MS, name, *[None if m is None else m.ts_event // MS for m in known]))

        def look(self, event: Any) -> None:
            self.note("timer")

        def on_mark_price(self, mark_price: Any) -> None:
            assert mark_price.ts_init == self.clock.timestamp_ns()
            self.note("mark")

    engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
    rows = rising(40, late=4)
    # The timer starts with the first event
    engine.add_rows("quote", A.id, rows)
    if blocks:
        engine.add_source("object", (MarkPriceUpdate, A.id), OneByOne(), "marks")
    else:
        engine.add_data(marks)
    strategy = Looks()
    engine.add_strategy(strategy)
    engine.run()
    # Timers run at 7, 13, 19, ... ms
    assert strategy.seen == [
        (7, "timer", None, None), (13, "timer", None, 10), (14, "mark", 10, 10), (19, "timer", 10, 10),
        (24, "mark", 20, 20), (25, "timer", 20, 20), (31, "timer", 20, 30), (34, "mark", 30, 30),
        (37, "timer", 30, 30), (43, "timer", 30, 30),
    ]  # fmt: skip


def test_venues_without_latency_share_the_market() -> None:
    engine = make_engine(BookType.L1_MBP, [A])
    assert engine.market.upstream is None
    assert engine.world.exchanges[0].market is engine.market


class TestBars:
    def bars(self, n: int, late: int = 0) -> np.ndarray:
        rows = np.zeros(n, dtype=BAR_DTYPE)
        rows["ts_event"] = (np.arange(n, dtype=np.uint64) + 1) * MINUTE
        rows["ts_init"] = rows["ts_event"] + np.uint64(late)
        rows["open"], rows["high"], rows["low"], rows["close"] = MID, MID + 30, MID - 30, MID + 10
        rows["volume"] = 1_000
        return rows

    def test_a_bar_executes_at_its_close_and_is_heard_later(self) -> None:
        heard: list[tuple[str, int]] = []

        class Rests(Strategy):
            def on_start(self) -> None:
                self.subscribe_bars(MINUTE_BARS)

            def on_bar(self, bar: Any) -> None:
                heard.append(("bar", self.clock.timestamp_ns()))
                if len(heard) == 1:
                    assert raw(self.cache.order_book(A.id).best_bid_price()) == 10
                    self.submit_order(self.order_factory.limit(A.id, OrderSide.BUY, TEN, Price.from_raw(MID - 20, 5)))

            def on_order_filled(self, event: Any) -> None:
                heard.append((event.fill_reason, self.clock.timestamp_ns()))

        engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
        engine.add_rows("bar", MINUTE_BARS, self.bars(2, late=500))
        engine.add_strategy(Rests())
        engine.run()
        assert heard == [("bar", MINUTE + 500), ("bar_passed", 2 * MINUTE), ("bar", 2 * MINUTE + 500)]

    def test_bars_stamped_at_their_open_are_refused(self) -> None:
        rows = self.bars(3)
        rows["ts_event"] -= np.uint64(MINUTE)
        engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
        engine.config = msgspec.structs.replace(
            engine.config, preflight=msgspec.structs.replace(engine.config.preflight, enabled=False)
        )
        engine.add_rows("bar", MINUTE_BARS, rows)
        with pytest.raises(InvalidData, match="its whole length or more apart: .* a bar happens at its close"):
            engine.run()


class TestRefusals:
    @pytest.mark.parametrize("blocks", [1, 2])
    def test_events_out_of_order(self, blocks: int) -> None:
        rows = rising(10, late=4)
        rows["ts_event"][5] = rows["ts_event"][4] - 1
        engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
        cut = [rows] if blocks == 1 else [rows[:5], rows[5:]]
        engine.add_source("quote", A.id, lambda: iter(cut), "mine")
        with pytest.raises(InvalidData, match="rows of `mine` are not sorted by `ts_event`: 4999999 after 5000000"):
            engine.run()

    def test_heard_before_it_happens(self) -> None:
        rows = rising(10, late=0)
        rows["ts_event"][5] += 7
        engine = make_engine(BookType.L1_MBP, [A], recorded_feed_latency=True)
        engine.add_rows("quote", A.id, rows)
        with pytest.raises(InvalidData, match="heard before it happens: `ts_init` 6000000, `ts_event` 6000007"):
            engine.run()


def test_compared_worlds_equal_their_own_runs(maker_config: Any) -> None:
    def model(**config: int) -> ImportableConfig:
        return ImportableConfig(path="nautilus_lite.backtest.models:LatencyModel", config=config)

    models = {
        "quick": model(base_latency_nanos=500_000, feed_latency_nanos=20_000_000),
        "slow": model(base_latency_nanos=80_000_000, response_latency_nanos=50_000_000, feed_latency_nanos=20_000_000),
    }
    comparison = compare(maker_config, latency_models=models)
    digests = {run_backtest(maker_config).digest}
    for name, chosen in models.items():
        venue = msgspec.structs.replace(maker_config.venues[0], latency_model=chosen)
        alone = run_backtest(msgspec.structs.replace(maker_config, venues=[venue]))
        assert comparison[name].digest == alone.digest
        assert comparison[name].n_rows == alone.n_rows
        digests.add(alone.digest)
    assert len(digests) == 3


def test_recorded_feeds_are_compared(maker_config: Any) -> None:
    """The sample data is a millisecond late by its own account."""
    venue = msgspec.structs.replace(maker_config.venues[0], recorded_feed_latency=True)
    config = msgspec.structs.replace(maker_config, venues=[venue])
    late = ImportableConfig(
        path="nautilus_lite.backtest.models:LatencyModel",
        config={"base_latency_nanos": 500_000, "response_latency_nanos": 30_000_000},
    )
    comparison = compare(config, latency_models={"own": None, "late": late})
    assert comparison["own"].digest == run_backtest(config).digest != run_backtest(maker_config).digest
    alone = run_backtest(msgspec.structs.replace(config, venues=[msgspec.structs.replace(venue, latency_model=late)]))
    assert comparison["late"].digest == alone.digest != comparison["own"].digest
    assert alone.config["venues"][0]["recorded_feed_latency"] is True


def test_different_feeds_are_not_compared(maker_config: Any) -> None:
    models = {
        str(ns): ImportableConfig(path="nautilus_lite.backtest.models:LatencyModel", config={"feed_latency_nanos": ns})
        for ns in (0, 5)
    }
    with pytest.raises(InvalidConfiguration, match="feed latencies of venue `BINANCE` differ between .*, 0 and 5 ns"):
        compare(maker_config, latency_models=models)
