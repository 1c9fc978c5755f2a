"""Bars made inside, through the data engine of a whole run."""

import pytest

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.common.actor import Actor
from nautilus_lite.data.config import DataEngineConfig
from nautilus_lite.model.data import BarType, QuoteTick, TradeTick
from nautilus_lite.model.enums import AccountType, AggressorSide, OmsType
from nautilus_lite.model.identifiers import TradeId, Venue
from nautilus_lite.model.objects import Currency, Money

SECOND = 1_000_000_000
MINUTE = 60 * SECOND


class Collector(Actor):
    """Keeps the bars of the given types."""

    def __init__(self, *bar_types):
        super().__init__()
        self.bar_types = [BarType.from_str(text) for text in bar_types]
        self.bars = []

    def on_start(self):
        for bar_type in self.bar_types:
            self.subscribe_bars(bar_type)

    def on_bar(self, bar):
        self.bars.append(bar)


@pytest.fixture
def aud(pair):
    return pair("AUD/USD")


def run(aud, data, *bar_types, end=None, **config):
    engine = BacktestEngine(BacktestEngineConfig(data_engine=DataEngineConfig(**config)))
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000 USD")],
    )
    engine.add_instrument(aud)
    engine.add_data(data)
    actor = Collector(*bar_types)
    engine.add_actor(actor)
    engine.run(end=end)
    return [
        (str(b.open), str(b.high), str(b.low), str(b.close), int(b.volume), b.ts_event // SECOND, b.ts_init // SECOND)
        for b in actor.bars
    ]


def trades(aud, *rows):
    return [
        TradeTick(
            instrument_id=aud.id,
            price=aud.make_price(price),
            size=aud.make_qty(size),
            aggressor_side=AggressorSide.BUYER,
            trade_id=TradeId(str(n)),
            ts_event=second * SECOND,
            ts_init=second * SECOND,
        )
        for n, (second, price, size) in enumerate(rows)
    ]


def quotes(aud, *rows):
    return [
        QuoteTick(
            instrument_id=aud.id,
            bid_price=aud.make_price(bid),
            ask_price=aud.make_price(ask),
            bid_size=aud.make_qty(10),
            ask_size=aud.make_qty(31),
            ts_event=second * SECOND,
            ts_init=second * SECOND,
        )
        for second, bid, ask in rows
    ]


def test_tick_bars(aud):
    data = trades(aud, (1, "0.8", 5), (2, "0.9", 6), (3, "0.7", 7))
    assert run(aud, data, "AUD/USD.SIM-2-TICK-LAST-INTERNAL") == [("0.80000", "0.90000", "0.80000", "0.90000", 11, 2, 2)]


def test_volume_bars_split_a_trade_and_lose_nothing(aud):
    data = trades(aud, (1, "0.8", 60), (2, "0.9", 250))
    bars = run(aud, data, "AUD/USD.SIM-100-VOLUME-LAST-INTERNAL")
    assert bars == [
        ("0.80000", "0.90000", "0.80000", "0.90000", 100, 1 + 1, 2),
        ("0.90000", "0.90000", "0.90000", "0.90000", 100, 2, 2),
        ("0.90000", "0.90000", "0.90000", "0.90000", 100, 2, 2),
    ]


def test_value_bars(aud):
    # 50 x 0.8 = 40 of 100; then 60 / 0.9 = 66.67, so 67 units close the bar and 33 are left
    data = trades(aud, (1, "0.8", 50), (2, "0.9", 100))
    assert run(aud, data, "AUD/USD.SIM-100-VALUE-LAST-INTERNAL") == [
        ("0.80000", "0.90000", "0.80000", "0.90000", 117, 2, 2)
    ]


def test_time_bars_close_before_the_row_of_their_time(aud):
    data = trades(aud, (10, "0.8", 1), (50, "0.9", 2), (60, "0.5", 4), (130, "0.6", 8))
    assert run(aud, data, "AUD/USD.SIM-1-MINUTE-LAST-INTERNAL") == [
        ("0.80000", "0.90000", "0.80000", "0.90000", 3, 60, 60),
        ("0.50000", "0.50000", "0.50000", "0.50000", 4, 120, 120),
    ]


def test_interval_without_rows_repeats_the_close_or_not(aud):
    data = trades(aud, (10, "0.8", 1), (130, "0.6", 8))
    bar_type = "AUD/USD.SIM-1-MINUTE-LAST-INTERNAL"
    assert run(aud, data, bar_type)[1] == ("0.80000", "0.80000", "0.80000", "0.80000", 0, 120, 120)
    assert len(run(aud, data, bar_type, time_bars_build_with_no_updates=False)) == 1


def test_bars_run_on_to_the_end_of_the_run(aud):
    data = trades(aud, (10, "0.8", 1))
    assert run(aud, data, "AUD/USD.SIM-1-MINUTE-LAST-INTERNAL") == []
    assert len(run(aud, data, "AUD/USD.SIM-1-MINUTE-LAST-INTERNAL", end=2 * MINUTE)) == 2


def test_right_open_bars_are_stamped_at_their_open(aud):
    data = trades(aud, (10, "0.8", 1), (70, "0.6", 8))
    (bar,) = run(aud, data, "AUD/USD.SIM-1-MINUTE-LAST-INTERNAL", time_bars_interval_type="right-open")
    assert bar[5:] == (0, 60)


def test_first_bar_that_is_not_full_can_be_left_out(aud):
    data = trades(aud, (10, "0.8", 1), (70, "0.6", 8), (130, "0.7", 1))
    bars = run(aud, data, "AUD/USD.SIM-1-MINUTE-LAST-INTERNAL", time_bars_skip_first_non_full_bar=True)
    assert [bar[5] for bar in bars] == [120]


def test_bid_ask_and_mid_from_quotes(aud):
    data = quotes(aud, (10, "0.80000", "0.80001"), (20, "0.80002", "0.80003"), (70, "0.8", "0.9"))
    kinds = ("BID", "ASK", "MID")
    bars = run(aud, data, *(f"AUD/USD.SIM-1-MINUTE-{kind}-INTERNAL" for kind in kinds))
    # mids 0.800005 and 0.800025 round half to even, sizes (10 + 31) // 2
    assert bars == [
        ("0.80000", "0.80002", "0.80000", "0.80002", 20, 60, 60),
        ("0.80001", "0.80003", "0.80001", "0.80003", 62, 60, 60),
        ("0.80000", "0.80002", "0.80000", "0.80002", 40, 60, 60),
    ]


def test_bars_from_smaller_bars(aud):
    data = trades(aud, *((30 * i, "0.8" if i % 2 else "0.9", 1) for i in range(1, 11)))
    bars = run(aud, data, "AUD/USD.SIM-2-MINUTE-LAST-INTERNAL@1-MINUTE-INTERNAL")
    # One-minute volumes are 1, 2, 2, 2, ...: a trade at a close belongs to the next minute, a minute to the bar it ends with
    assert bars == [
        ("0.80000", "0.90000", "0.80000", "0.80000", 3, 120, 120),
        ("0.90000", "0.90000", "0.80000", "0.80000", 4, 240, 240),
    ]
