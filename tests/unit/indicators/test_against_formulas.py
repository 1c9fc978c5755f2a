"""Indicators bar by bar against their formulas, made anew from all bars so far, on random bars."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import fmean, pstdev
from typing import Any

import pytest

import nautilus_lite.indicators as indicators
from nautilus_lite.indicators import Indicator, MovingAverageFactory, MovingAverageType, StochasticsDMethod
from nautilus_lite.model.data import Bar, BarType, QuoteTick, TradeTick
from nautilus_lite.model.enums import AggressorSide
from nautilus_lite.model.identifiers import InstrumentId, TradeId
from nautilus_lite.model.objects import Price, Quantity

SIMPLE, EXPONENTIAL, WILDER = MovingAverageType.SIMPLE, MovingAverageType.EXPONENTIAL, MovingAverageType.WILDER
START = datetime(2024, 1, 1, tzinfo=UTC)


def random_bars(seed: int = 3, n: int = 90) -> list[dict[str, Any]]:
    """Return bars with quiet ones (one price) and empty ones (no volume) among them, an hour apart."""
    numbers = random.Random(seed)
    price, made = 100.0, []
    for i in range(n):
        first = price
        if numbers.random() > 0.15:
            price = round(first + numbers.gauss(0, 1), 2)
        quiet = price == first
        top = max(first, price) + (0.0 if quiet else round(abs(numbers.gauss(0, 0.5)), 2))
        bottom = min(first, price) - (0.0 if quiet else round(abs(numbers.gauss(0, 0.5)), 2))
        volume = 0.0 if numbers.random() < 0.1 else float(numbers.randint(1, 1_000))
        bar = {"open": first, "high": top, "low": bottom, "close": price, "volume": volume}
        made.append({**bar, "price": (top + bottom + price) / 3, "timestamp": START + timedelta(hours=i)})
    return made


BARS = random_bars()


def average(kind: MovingAverageType, period: int, values: list[float]) -> float:
    if kind is SIMPLE:
        return fmean(values[-period:])
    alpha = 2 / (period + 1) if kind is EXPONENTIAL else 1 / period
    value = values[0]
    for x in values[1:]:
        value = alpha * x + (1 - alpha) * value
    return value


def weighted(period: int, values: list[float]) -> float:
    last = values[-period:]
    weights = range(period - len(last) + 1, period + 1)
    return sum(w * x for w, x in zip(weights, last, strict=True)) / sum(weights)


def column(bars: list[Any], name: str) -> list[float]:
    return [bar[name] for bar in bars]


def changes(bars: list[Any]) -> list[float]:
    closes = column(bars, "close")
    return [0.0, *(b - a for a, b in zip(closes, closes[1:], strict=False))]


def true_ranges(bars: list[Any]) -> list[float]:
    found = [bars[0]["high"] - bars[0]["low"]]
    for last, bar in zip(bars, bars[1:], strict=False):
        found.append(max(bar["high"], last["close"]) - min(bar["low"], last["close"]))
    return found


def ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom else 0.0


def efficiency(bars: list[Any], period: int) -> float:
    # Changes within the window, and the one into its first value where there was one
    closes = column(bars, "close")
    moves = [abs(x) for x in changes(bars)[1:]][-period:]
    return ratio(abs(closes[-1] - closes[-period:][0]), sum(moves))


def double_exponential(bars: list[Any]) -> tuple[float, ...]:
    first = [average(EXPONENTIAL, 5, column(bars[: i + 1], "close")) for i in range(len(bars))]
    return (2 * first[-1] - average(EXPONENTIAL, 5, first),)


def hull(bars: list[Any]) -> tuple[float, ...]:
    closes = column(bars, "close")
    raw = [2 * weighted(4, closes[: i + 1]) - weighted(9, closes[: i + 1]) for i in range(len(closes))]
    return (weighted(3, raw),)


def adaptive(bars: list[Any]) -> tuple[float, ...]:
    value, fast, slow = bars[0]["close"], 2 / 3, 2 / 11
    for i in range(1, len(bars)):
        value += (efficiency(bars[: i + 1], 5) * (fast - slow) + slow) ** 2 * (bars[i]["close"] - value)
    return (value,)


def momentum(kind: MovingAverageType, bars: list[Any]) -> float:
    moves = changes(bars)
    gain = average(kind, 6, [max(x, 0.0) for x in moves])
    loss = average(kind, 6, [max(-x, 0.0) for x in moves])
    return ratio(gain - loss, gain + loss)


def dynamic(bars: list[Any]) -> tuple[float, ...]:
    value = bars[0]["close"]
    for i in range(1, len(bars)):
        value += 2 / 7 * abs(momentum(SIMPLE, bars[: i + 1])) * (bars[i]["close"] - value)
    return (value,)


def channel_index(bars: list[Any]) -> tuple[float, ...]:
    last = column(bars[-6:], "price")
    return (ratio(last[-1] - fmean(last), 0.015 * fmean(abs(x - fmean(last)) for x in last)),)


def volatility_index(bars: list[Any]) -> tuple[float, ...]:
    closes, moves = column(bars, "close"), changes(bars)
    spread = [(pstdev(closes[i - 5 : i + 1]), moves[i]) for i in range(5, len(bars))]
    up = average(EXPONENTIAL, 6, [s if move > 0 else 0.0 for s, move in spread])
    down = average(EXPONENTIAL, 6, [s if move < 0 else 0.0 for s, move in spread])
    return (ratio(100 * up, up + down),)


def stochastic_parts(bars: list[Any], period: int) -> list[tuple[float, float]]:
    found = []
    for i in range(len(bars)):
        window = bars[max(i + 1 - period, 0) : i + 1]
        top, bottom = max(column(window, "high")), min(column(window, "low"))
        if top > bottom:
            found.append((bars[i]["close"] - bottom, top - bottom))
    return found


def stochastics_by_ratio(bars: list[Any]) -> tuple[float, ...]:
    parts = stochastic_parts(bars, 5)
    return 100 * parts[-1][0] / parts[-1][1], 100 * sum(a for a, _ in parts[-3:]) / sum(b for _, b in parts[-3:])


def stochastics_by_average(bars: list[Any]) -> tuple[float, ...]:
    fast = [100 * a / b for a, b in stochastic_parts(bars, 5)]
    slowed = [average(SIMPLE, 2, fast[: i + 1]) for i in range(len(fast))]
    return slowed[-1], average(SIMPLE, 3, slowed)


def archer(bars: list[Any]) -> tuple[float, ...]:
    closes = column(bars, "close")
    fast = [average(EXPONENTIAL, 3, closes[: i + 1]) for i in range(5, len(closes))][-5:]
    slow = [average(EXPONENTIAL, 6, closes[: i + 1]) for i in range(5, len(closes))][-5:]
    return fast[-1] > fast[0] and slow[-1] != slow[0], fast[-1] < fast[0] and slow[-1] != slow[0]


def aroon(bars: list[Any]) -> tuple[float, ...]:
    newest_first = bars[:-8:-1]
    highs, lows = column(newest_first, "high"), column(newest_first, "low")
    up, down = (100 * (1 - values.index(pick(values)) / 6) for values, pick in ((highs, max), (lows, min)))
    return up, down, up - down


def directional(bars: list[Any]) -> tuple[float, ...]:
    pairs = [(b["high"] - a["high"], a["low"] - b["low"]) for a, b in zip(bars, bars[1:], strict=False)]
    ups = [0.0, *(up if up > down and up > 0 else 0.0 for up, down in pairs)]
    downs = [0.0, *(down if down > up and down > 0 else 0.0 for up, down in pairs)]
    return average(EXPONENTIAL, 6, ups), average(EXPONENTIAL, 6, downs)


def ichimoku(bars: list[Any]) -> tuple[float, ...]:
    def middle(upto: int, period: int) -> float:
        window = bars[upto - period : upto]
        return (max(column(window, "high")) + min(column(window, "low"))) / 2

    n, then = len(bars), len(bars) - 4
    if then < 10:
        return middle(n, 3), middle(n, 6), 0.0, 0.0, 0.0
    return middle(n, 3), middle(n, 6), (middle(then, 3) + middle(then, 6)) / 2, middle(then, 10), bars[then - 1]["close"]


def regression(bars: list[Any]) -> tuple[float, ...]:
    ys, xs = column(bars[-6:], "close"), range(1, 7)
    slope = sum((x - 3.5) * (y - fmean(ys)) for x, y in zip(xs, ys, strict=True)) / sum((x - 3.5) ** 2 for x in xs)
    line = [fmean(ys) + slope * (x - 3.5) for x in xs]
    left = sum((y - z) ** 2 for y, z in zip(ys, line, strict=True))
    explained = 1 - left / (6 * pstdev(ys) ** 2) if pstdev(ys) else 0.0
    angle = math.degrees(math.atan(slope))
    return line[-1], slope, line[0] - slope, angle, 100 * (line[-1] - ys[-1]) / ys[-1], explained


def keltner(bars: list[Any]) -> tuple[float, ...]:
    middle = average(EXPONENTIAL, 6, column(bars, "price"))
    width = 2 * average(SIMPLE, 6, true_ranges(bars))
    return middle + width, middle, middle - width


def keltner_position(bars: list[Any]) -> tuple[float, ...]:
    upper, middle, lower = keltner(bars)
    return (ratio(bars[-1]["close"] - middle, (upper - lower) / 2),)


def filtered(bars: list[Any]) -> tuple[float, ...]:
    last = column(bars[-6:], "close")
    return (ratio((max(last) - min(last)) / 6, average(SIMPLE, 6, [abs(x) for x in changes(bars)])),)


def klinger(bars: list[Any]) -> tuple[float, ...]:
    flow = [bars[0]["volume"]]
    for last, bar in zip(bars, bars[1:], strict=False):
        flow.append(bar["volume"] * ((bar["price"] > last["price"]) - (bar["price"] < last["price"])))
    gaps = [average(EXPONENTIAL, 3, flow[:i]) - average(EXPONENTIAL, 6, flow[:i]) for i in range(6, len(flow) + 1)]
    return (average(EXPONENTIAL, 4, gaps),)


def on_balance(bars: list[Any]) -> float:
    return sum(bar["volume"] * ((bar["close"] > bar["open"]) - (bar["close"] < bar["open"])) for bar in bars)


def pressures(bars: list[Any]) -> list[float]:
    found = []
    for i, bar in enumerate(bars):
        volume = average(EXPONENTIAL, 6, column(bars[: i + 1], "volume"))
        spread = average(EXPONENTIAL, 6, true_ranges(bars[: i + 1]))
        where = (bar["close"] - bar["low"]) - (bar["high"] - bar["close"])
        found.append(ratio(bar["volume"], volume) * ratio(where, spread))
    return found


def volume_weighted(bars: list[Any]) -> tuple[float, ...]:
    today = [bar for bar in bars if bar["timestamp"].date() == bars[-1]["timestamp"].date()]
    volume = sum(column(today, "volume"))
    return (sum(bar["price"] * bar["volume"] for bar in today) / volume if volume else today[0]["price"],)


HL, HLC, HLCV = ("high", "low"), ("high", "low", "close"), ("high", "low", "close", "volume")
C, V = ("close",), ("value",)
# Name, arguments, what it takes, what it gives, the formula, bars until it is initialised
CASES: list[tuple[str, tuple[Any, ...], tuple[str, ...], tuple[str, ...], Callable[[Any], tuple[float, ...]], int]] = [
    ("DoubleExponentialMovingAverage", (5,), C, V, double_exponential, 5),
    ("HullMovingAverage", (9,), C, V, hull, 9),
    ("AdaptiveMovingAverage", (5, 2, 10), C, V, adaptive, 5),
    ("VariableIndexDynamicAverage", (6,), C, V, dynamic, 6),
    ("ChandeMomentumOscillator", (6,), C, V, lambda bars: (100 * momentum(WILDER, bars),), 6),
    ("CommodityChannelIndex", (6,), HLC, V, channel_index, 6),
    ("EfficiencyRatio", (5,), C, V, lambda bars: (efficiency(bars, 5),), 5),
    ("PsychologicalLine", (6,), C, V, lambda bars: (100 * fmean(float(x > 0) for x in changes(bars)[-6:]),), 6),
    ("RateOfChange", (5,), C, V, lambda bars: (bars[-1]["close"] / bars[-5]["close"] - 1,), 5),
    ("RateOfChange", (2, True), C, V, lambda bars: (math.log(bars[-1]["close"] / bars[-2]["close"]),), 2),
    ("RelativeVolatilityIndex", (6,), C, V, volatility_index, 11),
    ("Stochastics", (5, 3), HLC, ("value_k", "value_d"), stochastics_by_ratio, 5),
    ("Stochastics", (5, 3, 2, SIMPLE, "moving_average"), HLC, ("value_k", "value_d"), stochastics_by_average, 5),
    ("ArcherMovingAveragesTrends", (3, 6, 4), C, ("long_run", "short_run"), archer, 10),
    ("AroonOscillator", (6,), HL, ("aroon_up", "aroon_down", "value"), aroon, 7),
    ("Bias", (6,), C, V, lambda bars: (bars[-1]["close"] / fmean(column(bars[-6:], "close")) - 1,), 6),
    ("DirectionalMovement", (6,), HL, ("pos", "neg"), directional, 6),
    (
        "IchimokuCloud", (3, 6, 10, 4), HLC,
        ("tenkan_sen", "kijun_sen", "senkou_span_a", "senkou_span_b", "chikou_span"), ichimoku, 10,
    ),
    ("LinearRegression", (6,), C, ("value", "slope", "intercept", "degree", "cfo", "R2"), regression, 6),
    (
        "DonchianChannel", (6,), HL, ("upper", "lower"),
        lambda bars: (max(column(bars[-6:], "high")), min(column(bars[-6:], "low"))), 6,
    ),
    ("KeltnerChannel", (6, 2.0), HLC, ("upper", "middle", "lower"), keltner, 6),
    ("KeltnerPosition", (6, 2.0), HLC, V, keltner_position, 6),
    ("VerticalHorizontalFilter", (6,), C, V, filtered, 6),
    (
        "VolatilityRatio", (3, 6), HLC, V,
        lambda bars: (ratio(average(SIMPLE, 6, true_ranges(bars)), average(SIMPLE, 3, true_ranges(bars))),), 6,
    ),
    ("KlingerVolumeOscillator", (3, 6, 4), HLCV, V, klinger, 9),
    ("OnBalanceVolume", (), ("open", "close", "volume"), V, lambda bars: (on_balance(bars),), 1),
    ("OnBalanceVolume", (5,), ("open", "close", "volume"), V, lambda bars: (on_balance(bars[-5:]),), 5),
    ("Pressure", (6,), HLCV, ("value", "value_cumulative"), lambda b: (pressures(b)[-1], sum(pressures(b))), 6),
    ("VolumeWeightedAveragePrice", (), ("price", "volume", "timestamp"), V, volume_weighted, 1),
]  # fmt: skip
IDS = [f"{name}{arguments}" for name, arguments, *_ in CASES]


def outputs(indicator: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(indicator, name) for name in names)


@pytest.mark.parametrize(("name", "arguments", "takes", "gives", "formula", "wait"), CASES, ids=IDS)
def test_every_bar_agrees_with_the_formula(name, arguments, takes, gives, formula, wait):
    indicator = getattr(indicators, name)(*arguments)
    ready = []
    for i, bar in enumerate(BARS):
        indicator.update_raw(*(bar[key] for key in takes))
        ready.append(indicator.initialized)
        if indicator.initialized:
            expected = formula(BARS[: i + 1])
            assert outputs(indicator, gives) == pytest.approx(expected, rel=1e-9, abs=1e-9), f"bar {i}"
    assert ready == [False] * (wait - 1) + [True] * (len(BARS) - wait + 1)
    assert indicator.has_inputs


@pytest.mark.parametrize(("name", "arguments", "takes", "gives", "formula", "wait"), CASES, ids=IDS)
def test_reset_forgets_everything(name, arguments, takes, gives, formula, wait):
    used, fresh = (getattr(indicators, name)(*arguments) for _ in range(2))
    for bar in BARS[:30]:
        used.update_raw(*(bar[key] for key in takes))
    used.reset()
    assert (used.initialized, used.has_inputs) == (False, False)
    assert outputs(used, gives) == outputs(fresh, gives)
    for bar in BARS[30:]:
        used.update_raw(*(bar[key] for key in takes))
        fresh.update_raw(*(bar[key] for key in takes))
        assert outputs(used, gives) == outputs(fresh, gives)


@pytest.mark.parametrize(("name", "arguments", "takes", "gives", "formula", "wait"), CASES, ids=IDS)
def test_a_bar_gives_what_its_values_give(name, arguments, takes, gives, formula, wait):
    by_bar, by_value = (getattr(indicators, name)(*arguments) for _ in range(2))
    kind = BarType.from_str("AUD/USD.SIM-1-HOUR-LAST-EXTERNAL")
    for bar in BARS:
        ts = int(bar["timestamp"].timestamp()) * 10**9
        prices = [Price(bar[key], 2) for key in ("open", "high", "low", "close")]
        by_bar.handle_bar(Bar(kind, *prices, Quantity(bar["volume"], 0), ts, ts))
        by_value.update_raw(*(bar[key] for key in takes))
    assert outputs(by_bar, gives) == pytest.approx(outputs(by_value, gives), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("AdaptiveMovingAverage", (5, 10, 2), r"invalid `period_alpha_fast`, must be positive and below .* \(2\), was 10"),
        ("CommodityChannelIndex", (5, 0.0), "invalid `scalar`, must be positive, was 0.0"),
        ("RelativeVolatilityIndex", (5, -1.0), "invalid `scalar`, must be positive, was -1.0"),
        ("EfficiencyRatio", (1,), "invalid `period`, must be >= 2, was 1"),
        ("RateOfChange", (1,), "invalid `period`, must be > 1, was 1"),
        ("Stochastics", (5, 3, 0), "invalid `slowing`, must be positive, was 0"),
        ("ArcherMovingAveragesTrends", (6, 3, 4), r"invalid `fast_period`, .*\(3\), was 6"),
        ("AroonOscillator", (0,), "invalid `period`, must be positive, was 0"),
        ("IchimokuCloud", (26, 9), "invalid periods, must be positive and not fall, were 26, 9 and 52"),
        ("IchimokuCloud", (9, 26, 52, 0), "invalid `displacement`, must be positive, was 0"),
        ("LinearRegression", (), "invalid `period`, must be positive, was 0"),
        ("Swings", (0,), "invalid `period`, must be positive, was 0"),
        ("DonchianChannel", (0,), "invalid `period`, must be positive, was 0"),
        ("KeltnerChannel", (5, 0.0), "invalid `k_multiplier`, must be positive, was 0.0"),
        ("VolatilityRatio", (6, 3), r"invalid `fast_period`, .*\(3\), was 6"),
        ("VolatilityRatio", (3, 6, SIMPLE, True, -1.0), "invalid `value_floor`, must not be negative, was -1.0"),
        ("KlingerVolumeOscillator", (6, 3, 4), r"invalid `fast_period`, .*\(3\), was 6"),
        ("OnBalanceVolume", (-1,), "invalid `period`, must not be negative, was -1"),
        ("Pressure", (5, SIMPLE, -1.0), "invalid `atr_floor`, must not be negative, was -1.0"),
        ("SpreadAnalyzer", (InstrumentId.from_str("A.B"), 0), "invalid `capacity`, must be positive, was 0"),
    ],
)
def test_arguments_that_make_no_sense(name, arguments, error):
    with pytest.raises(ValueError, match=error):
        getattr(indicators, name)(*arguments)


def test_averages_that_cannot_be_made():
    with pytest.raises(ValueError, match="an adaptive average has three periods"):
        MovingAverageFactory.create(5, MovingAverageType.ADAPTIVE)
    with pytest.raises(ValueError, match="invalid `cmo_ma_type`, must be another than the average itself"):
        indicators.VariableIndexDynamicAverage(5, cmo_ma_type=MovingAverageType.VARIABLE_INDEX_DYNAMIC)
    with pytest.raises(ValueError, match=r"RateOfChange\(2\) has no change from 0.0 to 1.0"):
        change = indicators.RateOfChange(2)
        change.update_raw(1.0)
        change.update_raw(0.0)
        change.update_raw(1.0)
    with pytest.raises(ValueError, match="'nonsense' is not a valid StochasticsDMethod"):
        indicators.Stochastics(5, 3, d_method="nonsense")
    assert indicators.Stochastics(5, 3, d_method=StochasticsDMethod.MOVING_AVERAGE).d_method == "moving_average"


def test_swings_by_hand():
    swings = indicators.Swings(3)
    seen = []
    # Up, up, a quiet bar, down below three lows, and up over three highs
    for i, (high, low) in enumerate([(10, 9), (11, 10), (12, 11), (11.5, 11), (10, 8), (13, 12)]):
        swings.update_raw(high, low, i)
        seen.append((swings.direction, swings.changed, swings.length, swings.duration, swings.initialized))
    assert seen == [
        (0, False, 0.0, 0, False), (1, False, 0.0, 0, False), (1, False, 0.0, 0, False), (1, False, 0.0, 0, False),
        (-1, True, 0.0, 0, True), (1, True, 5.0, 1, True),
    ]  # fmt: skip
    assert (swings.high_price, swings.high_datetime, swings.low_price, swings.low_datetime) == (13.0, 5, 8.0, 4)
    assert (swings.since_high, swings.since_low) == (0, 1)
    swings.reset()
    assert (swings.direction, swings.high_datetime, swings.since_low, swings.initialized) == (0, None, 0, False)


def ticks(bid: str, ask: str) -> tuple[QuoteTick, TradeTick]:
    aud, one = InstrumentId.from_str("AUD/USD.SIM"), Quantity.from_int(1)
    quote = QuoteTick(aud, Price.from_str(bid), Price.from_str(ask), one, one, 0, 0)
    return quote, TradeTick(aud, Price.from_str(ask), one, AggressorSide.BUYER, TradeId("1"), 0, 0)


def test_channels_follow_ticks_too():
    channel = indicators.DonchianChannel(2)
    quote, trade = ticks("1.00", "1.02")
    channel.handle_quote_tick(quote)
    assert (channel.upper, channel.middle, channel.lower) == (1.02, 1.01, 1.0)
    channel.handle_trade_tick(trade)
    channel.handle_trade_tick(trade)
    assert (channel.upper, channel.lower) == (1.02, 1.02)


def test_spreads():
    spread = indicators.SpreadAnalyzer(InstrumentId.from_str("AUD/USD.SIM"), 2)
    other = indicators.SpreadAnalyzer(InstrumentId.from_str("EUR/USD.SIM"), 2)
    for bid, ask in (("1.00", "1.05"), ("1.00", "1.01"), ("1.10", "1.13")):
        for analyzer in (spread, other):
            analyzer.handle_quote_tick(ticks(bid, ask)[0])
    assert (spread.current, spread.average, spread.initialized) == (0.03, 0.02, True)
    assert (other.has_inputs, other.average) == (False, 0.0)
    spread.reset()
    assert (spread.current, spread.average, spread.initialized) == (0.0, 0.0, False)


def test_every_indicator_is_tested_here_or_by_hand():
    known = {name for name, *_ in CASES} | {"Swings", "SpreadAnalyzer", "StochasticsDMethod", "Indicator", "MovingAverage"}
    by_hand = {
        "AverageTrueRange", "BollingerBands", "ExponentialMovingAverage", "MovingAverageConvergenceDivergence",
        "MovingAverageFactory", "MovingAverageType", "RelativeStrengthIndex", "SimpleMovingAverage", "WeightedMovingAverage",
        "WilderMovingAverage",
    }  # fmt: skip
    assert set(indicators.__all__) == known | by_hand
    assert issubclass(indicators.Swings, Indicator)
