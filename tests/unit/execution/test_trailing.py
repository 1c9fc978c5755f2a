"""Trailing prices: every offset type and trigger type on both sides, by hand and against plain Python."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.factories import OrderFactory
from nautilus_lite.errors import InvalidData
from nautilus_lite.execution.trailing import trailing_prices
from nautilus_lite.model.enums import OrderSide, TrailingOffsetType, TriggerType
from nautilus_lite.model.identifiers import InstrumentId, StrategyId, TraderId
from nautilus_lite.model.objects import Price, Quantity

BUY, SELL = OrderSide.BUY, OrderSide.SELL
PAIR = InstrumentId.from_str("USD/JPY.SIM")
MAKE = OrderFactory(TraderId("T-001"), StrategyId("S-001"), TestClock())
TICK = Price.from_str("0.005")
# Bid 100.000, ask 100.020, last 100.015, mark 100.030, index 100.040; the middle is 100.010
SHOWN = {
    name: Price.from_str(text)
    for name, text in {"bid": "100.000", "ask": "100.020", "last": "100.015", "mark": "100.030", "index": "100.040"}.items()
}


def px(text):
    return None if text is None else Price.from_str(text)


def stop(side, offset, offset_type, trigger_type=TriggerType.DEFAULT, limit=None, price=None, trigger=None):
    options = {
        "trailing_offset": Decimal(offset),
        "trailing_offset_type": offset_type,
        "trigger_type": trigger_type,
        "trigger_price": px(trigger),
    }
    if limit is None:
        return MAKE.trailing_stop_market(PAIR, side, Quantity.from_int(1), **options)
    return MAKE.trailing_stop_limit(
        PAIR, side, Quantity.from_int(1), limit_offset=Decimal(limit), price=px(price), **options
    )


# The price that each trigger type follows, for a sell and for a buy
FOLLOWED = {
    TriggerType.DEFAULT: ("100.000", "100.020"),
    TriggerType.BID_ASK: ("100.000", "100.020"),
    TriggerType.DOUBLE_BID_ASK: ("100.000", "100.020"),
    TriggerType.LAST_PRICE: ("100.015", "100.015"),
    TriggerType.DOUBLE_LAST: ("100.015", "100.015"),
    TriggerType.MARK_PRICE: ("100.030", "100.030"),
    TriggerType.INDEX_PRICE: ("100.040", "100.040"),
    TriggerType.MID_POINT: ("100.010", "100.010"),
    # The one that moves the order further: a sell to the last trade above the bid, a buy to the last below the ask
    TriggerType.LAST_OR_BID_ASK: ("100.015", "100.015"),
}
# What an offset is at a price of about 100, in price units
OFFSETS = [
    (TrailingOffsetType.PRICE, "0.050", lambda at: Decimal("0.050")),
    (TrailingOffsetType.TICKS, "10", lambda at: Decimal("0.050")),        # 10 x 0.005
    (TrailingOffsetType.TICKS, "2.5", lambda at: Decimal("0.0125")),      # 2.5 x 0.005
    (TrailingOffsetType.BASIS_POINTS, "5", lambda at: at * 5 / 10_000),
    (TrailingOffsetType.BASIS_POINTS, "1.25", lambda at: at * Decimal("1.25") / 10_000),
]


def away(value, side):
    """Round to the tick away from the market."""
    ticks = value / TICK.as_decimal()
    rounding = ROUND_CEILING if side == BUY else ROUND_FLOOR
    return ticks.to_integral_value(rounding) * TICK.as_decimal()


@pytest.mark.parametrize("side", [SELL, BUY])
@pytest.mark.parametrize("trigger_type", list(FOLLOWED))
@pytest.mark.parametrize(("offset_type", "offset", "amount"), OFFSETS)
def test_first_price_of_every_kind(side, trigger_type, offset_type, offset, amount):
    at = Decimal(FOLLOWED[trigger_type][side == BUY])
    wanted = away(at + amount(at) if side == BUY else at - amount(at), side)
    trigger, price = trailing_prices(stop(side, offset, offset_type, trigger_type), TICK, **SHOWN)
    assert trigger.as_decimal() == wanted
    assert price is None


@pytest.mark.parametrize(
    ("side", "offset_type", "offset", "trigger"),
    [
        (SELL, TrailingOffsetType.PRICE, "0.050", "99.950"),           # 100.000 - 0.050
        (BUY, TrailingOffsetType.PRICE, "0.050", "100.070"),           # 100.020 + 0.050
        (SELL, TrailingOffsetType.PRICE, "0.012", "99.985"),           # 99.988, down to the tick
        (BUY, TrailingOffsetType.PRICE, "0.012", "100.035"),           # 100.032, up to the tick
        (SELL, TrailingOffsetType.TICKS, "3", "99.985"),               # 100.000 - 3 x 0.005
        (BUY, TrailingOffsetType.TICKS, "3", "100.035"),
        (SELL, TrailingOffsetType.BASIS_POINTS, "1", "99.990"),        # 100.000 - 0.010
        (BUY, TrailingOffsetType.BASIS_POINTS, "1", "100.035"),        # 100.020 + 0.010002 = 100.030002, up
    ],
)
def test_by_hand(side, offset_type, offset, trigger):
    assert trailing_prices(stop(side, offset, offset_type), TICK, **SHOWN) == (px(trigger), None)


def test_limit_price_trails_the_market_by_its_own_offset():
    order = stop(SELL, "0.050", TrailingOffsetType.PRICE, limit="0.020")
    # 100.000 - 0.050 and 100.000 - 0.020
    assert trailing_prices(order, TICK, **SHOWN) == (px("99.950"), px("99.980"))
    order = stop(BUY, "10", TrailingOffsetType.TICKS, limit="-2")
    # 100.020 + 0.050 and 100.020 - 0.010
    assert trailing_prices(order, TICK, **SHOWN) == (px("100.070"), px("100.010"))


@pytest.mark.parametrize(
    ("side", "trigger", "moved"),
    [
        (SELL, "99.945", "99.950"), (SELL, "99.950", None), (SELL, "99.955", None),
        (BUY, "100.075", "100.070"), (BUY, "100.070", None), (BUY, "100.065", None),
    ],
)  # fmt: skip
def test_moves_only_in_the_favour_of_the_order(side, trigger, moved):
    order = stop(side, "0.050", TrailingOffsetType.PRICE, trigger=trigger)
    assert trailing_prices(order, TICK, **SHOWN) == (px(moved), None)


def test_trigger_and_limit_move_each_for_itself():
    order = stop(SELL, "0.050", TrailingOffsetType.PRICE, limit="0.020", trigger="99.960", price="99.900")
    assert trailing_prices(order, TICK, **SHOWN) == (None, px("99.980"))
    order = stop(SELL, "0.050", TrailingOffsetType.PRICE, limit="0.020", trigger="99.900", price="99.990")
    assert trailing_prices(order, TICK, **SHOWN) == (px("99.950"), None)


@pytest.mark.parametrize(
    ("trigger_type", "missing"),
    [
        (TriggerType.DEFAULT, ("bid",)), (TriggerType.LAST_PRICE, ("last",)), (TriggerType.MARK_PRICE, ("mark",)),
        (TriggerType.INDEX_PRICE, ("index",)),
        (TriggerType.MID_POINT, ("bid",)), (TriggerType.MID_POINT, ("ask",)),
        (TriggerType.LAST_OR_BID_ASK, ("last", "bid")),
    ],
)  # fmt: skip
def test_nothing_moves_while_the_price_is_unknown(trigger_type, missing):
    shown = {name: price for name, price in SHOWN.items() if name not in missing}
    assert trailing_prices(stop(SELL, "1", TrailingOffsetType.TICKS, trigger_type), TICK, **shown) == (None, None)


def test_last_or_bid_ask_is_content_with_one():
    order = stop(SELL, "1", TrailingOffsetType.TICKS, TriggerType.LAST_OR_BID_ASK)
    assert trailing_prices(order, TICK, bid=SHOWN["bid"])[0] == px("99.995")
    assert trailing_prices(order, TICK, last=SHOWN["last"])[0] == px("100.010")


def test_half_a_unit_of_the_middle_is_not_lost():
    order = stop(SELL, "0.001", TrailingOffsetType.PRICE, TriggerType.MID_POINT)
    tick = Price.from_str("0.001")
    # The middle of 100.000 and 100.001 is 100.0005; less 0.001 it is 99.9995, down to 99.999
    assert trailing_prices(order, tick, bid=px("100.000"), ask=px("100.001"))[0] == px("99.999")


def test_negative_prices():
    order = stop(SELL, "100", TrailingOffsetType.BASIS_POINTS)
    # 1 % of 10 below -10
    assert trailing_prices(order, TICK, bid=px("-10.000"))[0] == px("-10.100")


@pytest.mark.parametrize(
    ("offset_type", "trigger_type"),
    [
        (TrailingOffsetType.PRICE_TIER, TriggerType.DEFAULT),
    ],
)
def test_what_cannot_trail(offset_type, trigger_type):
    with pytest.raises(InvalidData, match="cannot trail by trigger type"):
        trailing_prices(stop(SELL, "1", offset_type, trigger_type), TICK, **SHOWN)


def test_overflow_is_told():
    order = stop(SELL, "1000000000", TrailingOffsetType.BASIS_POINTS)
    with pytest.raises(InvalidData, match="overflow"):
        trailing_prices(order, TICK, bid=px("9000000000000000.000"))


def test_precision_must_agree():
    with pytest.raises(ValueError, match="has 4 digits, the tick 3"):
        trailing_prices(stop(SELL, "0.0005", TrailingOffsetType.PRICE), TICK, **SHOWN)
    with pytest.raises(ValueError, match="invalid `bid`, must have the precision of the tick, 3, was 1.0"):
        trailing_prices(stop(SELL, "1", TrailingOffsetType.TICKS), TICK, bid=px("1.0"))


@given(
    st.sampled_from([SELL, BUY]),
    st.sampled_from(sorted(FOLLOWED)),
    st.sampled_from([TrailingOffsetType.PRICE, TrailingOffsetType.TICKS, TrailingOffsetType.BASIS_POINTS]),
    st.integers(1, 5_000),
    st.integers(-5_000, 5_000),
    st.lists(st.tuples(st.integers(-200, 200_000), st.integers(0, 50), st.integers(-200, 200_000)), min_size=1, max_size=6),
    st.sampled_from(["0.001", "0.005", "0.025"]),
)
def test_against_plain_python(side, trigger_type, offset_type, offset, limit, path, tick):
    """The oracle keeps Decimals and knows one rule: the best target so far, rounded away."""
    increment = Price.from_str(tick)
    digits = 3 if offset_type == TrailingOffsetType.PRICE else 6
    trail, gap = Decimal(offset).scaleb(-digits), Decimal(limit).scaleb(-digits)
    order = stop(side, trail, offset_type, trigger_type, limit=gap)
    best = max if side == SELL else min
    sign = 1 if side == BUY else -1
    wanted = [None, None]
    for bid, spread, last in path:
        shown = {"bid": Decimal(bid), "ask": Decimal(bid + spread), "last": Decimal(last)}
        shown |= {"mark": Decimal(last + 7), "index": Decimal(last - 7)}
        shown = {name: value.scaleb(-3) for name, value in shown.items()}
        touch = shown["ask"] if side == BUY else shown["bid"]
        followed = {
            TriggerType.LAST_PRICE: [shown["last"]],
            TriggerType.DOUBLE_LAST: [shown["last"]],
            TriggerType.MARK_PRICE: [shown["mark"]],
            TriggerType.INDEX_PRICE: [shown["index"]],
            TriggerType.MID_POINT: [(shown["bid"] + shown["ask"]) / 2],
            TriggerType.LAST_OR_BID_ASK: [shown["last"], touch],
        }.get(trigger_type, [touch])
        before = list(wanted)
        for at in followed:
            for i, size in enumerate((trail, gap)):
                if offset_type == TrailingOffsetType.TICKS:
                    size *= increment.as_decimal()
                elif offset_type == TrailingOffsetType.BASIS_POINTS:
                    size *= abs(at) / 10_000
                ticks = (at + sign * size) / increment.as_decimal()
                ticks = ticks.to_integral_value(ROUND_CEILING if side == BUY else ROUND_FLOOR)
                target = ticks * increment.as_decimal()
                wanted[i] = target if wanted[i] is None else best(wanted[i], target)
        found = trailing_prices(order, increment, **{name: Price(value, 3) for name, value in shown.items()})
        for i in range(2):
            moved = wanted[i] if wanted[i] != before[i] else None
            assert (None if found[i] is None else found[i].as_decimal()) == moved
        # What moved is where the next step starts
        order = stop(side, trail, offset_type, trigger_type, gap, str(Price(wanted[1], 3)), str(Price(wanted[0], 3)))
