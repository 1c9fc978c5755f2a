"""Frames to data."""

import pandas as pd
import pytest

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import BarType
from nautilus_lite.model.enums import AggressorSide, BookAction, OrderSide
from nautilus_lite.model.objects import Price, Quantity
from nautilus_lite.persistence.wranglers import (
    BarDataWrangler,
    OrderBookDeltaDataWrangler,
    QuoteTickDataWrangler,
    TradeTickDataWrangler,
)

INDEX = pd.date_range("2024-01-01", periods=3, freq="s")


@pytest.fixture
def aud(pair):
    return pair("AUD/USD")


def frame(**columns):
    return pd.DataFrame(columns, index=INDEX)


def test_quotes_without_sizes_and_zone(aud):
    ticks = QuoteTickDataWrangler(aud).process(frame(bid=[0.8, 0.80001, 0.7], ask=[0.9, 0.9, 0.9]), 500, ts_init_delta=7)
    assert ticks[1].bid_price == Price.from_str("0.80001")
    assert ticks[0].bid_size == Quantity.from_int(500)
    assert ticks[0].ts_event == 1_704_067_200_000_000_000
    assert ticks[0].ts_init == ticks[0].ts_event + 7


def test_trades_from_buyer_maker(aud):
    data = frame(price=[0.8] * 3, quantity=[1, 2, 3], trade_id=["a", "b", "c"], buyer_maker=[True, False, True])
    ticks = TradeTickDataWrangler(aud).process(data)
    assert [t.aggressor_side for t in ticks] == [AggressorSide.SELLER, AggressorSide.BUYER, AggressorSide.SELLER]
    assert [t.trade_id.value for t in ticks] == ["a", "b", "c"]


def test_bars(aud):
    bar_type = BarType.from_str("AUD/USD.SIM-1-MINUTE-BID-EXTERNAL")
    bars = BarDataWrangler(bar_type, aud).process(frame(open=[1.0] * 3, high=[1.2] * 3, low=[0.9] * 3, close=[1.1] * 3))
    assert bars[2].high == Price.from_str("1.20000")
    assert bars[0].volume == Quantity.from_int(1_000_000)


def test_deltas(aud):
    data = frame(action=["CLEAR", "ADD", "UPDATE"], side=["NO_ORDER_SIDE", "BUY", "SELL"], price=[0, 0.8, 0.9], size=[0, 1, 2])
    deltas = OrderBookDeltaDataWrangler(aud).process(data)
    assert [d.action for d in deltas] == [BookAction.CLEAR, BookAction.ADD, BookAction.UPDATE]
    assert deltas[1].order.side == OrderSide.BUY


@pytest.mark.parametrize(
    ("bad", "text"),
    [
        (float("nan"), "value in row 1 of column 'bid_price' of AUD/USD.SIM must be a number, was nan"),
        (float("inf"), "must be a number, was inf"),
        (-0.5, "`bid` in row 1 of .* must be positive"),
        (1e18, "beyond 64 bits at precision 5"),
        (0.123456, "has more than 5 digits, was .*0.123456"),
    ],
)
def test_bad_values_are_named(aud, bad, text):
    with pytest.raises(InvalidData, match=text):
        QuoteTickDataWrangler(aud).process(frame(bid=[0.8, bad, 0.8], ask=[0.9] * 3))


def test_missing_column_is_named(aud):
    with pytest.raises(InvalidData, match="no column 'ask_price' .it has: bid_price"):
        QuoteTickDataWrangler(aud).process(frame(bid=[0.8] * 3))


def test_unsorted_frame_is_refused(aud):
    with pytest.raises(InvalidData, match="row 1 of .* goes back in time"):
        QuoteTickDataWrangler(aud).process(frame(bid=[0.8] * 3, ask=[0.9] * 3).iloc[::-1])


def test_frame_without_times_is_refused(aud):
    with pytest.raises(InvalidData, match="needs a DatetimeIndex or a column `ts_event`"):
        QuoteTickDataWrangler(aud).process(pd.DataFrame({"bid": [0.8], "ask": [0.9]}))
