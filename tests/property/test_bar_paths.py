"""One bracket and one bar: the paths against a plain oracle, and the bounds of worst and best."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.model.enums import OrderType
from nautilus_lite.model.objects import Price
from tests.bars_by_hand import BUY, SELL, fills, run_bars

FLAT = (100, 100, 100, 100)


@st.composite
def scenarios(draw: Any) -> tuple[Any, str, int, int, int, tuple[int, ...]]:
    """Return side, kind and price of an entry that rests at 100, its exits, and the next bar."""
    side = draw(st.sampled_from((BUY, SELL)))
    sign = 1 if side == BUY else -1
    kind = draw(st.sampled_from(("market", "limit", "stop")))
    away = draw(st.integers(1, 6))
    price = {"market": 100, "limit": 100 - sign * away, "stop": 100 + sign * away}[kind]
    tp = price + sign * draw(st.integers(1, 8))
    sl = price - sign * draw(st.integers(1, 8))
    first, close = draw(st.integers(92, 108)), draw(st.integers(92, 108))
    high = max(first, close) + draw(st.integers(0, 8))
    low = min(first, close) - draw(st.integers(0, 8))
    return side, kind, price, tp, sl, (first, high, low, close)


def oracle(side: Any, kind: str, price: int, tp: int, sl: int, bar: tuple[int, ...], low_first: bool) -> list[tuple[str, int]]:
    """Walk the path dollar by dollar; what is beyond its price at the open fills there, limits at their own."""
    sign = 1 if side == BUY else -1
    first, high, low, close = bar
    done = [("entry", 100)] if kind == "market" else []
    open_now = bool(done)
    entered = False
    path = [first]
    for corner in (low, high) if low_first else (high, low):
        step = 1 if corner > path[-1] else -1
        path += range(path[-1] + step, corner + step, step) if corner != path[-1] else []
    step = 1 if close > path[-1] else -1
    path += range(path[-1] + step, close + step, step) if close != path[-1] else []
    for i, now in enumerate(path):
        if not open_now and not done:
            if kind == "limit" and sign * now <= sign * price:
                done.append(("entry", price))
                open_now = entered = True
            elif kind == "stop" and sign * now >= sign * price:
                done.append(("entry", now))
                open_now = entered = True
        if open_now:
            if i == 0 and entered:
                # Entered at the open: the exits come to a market that stands there
                if sign * now >= sign * tp or sign * now <= sign * sl:
                    return [*done, ("refused", 0)]
            elif sign * now <= sign * sl:
                return [*done, ("sl", now)]
            elif sign * now >= sign * tp:
                return [*done, ("tp", tp)]
    return done


def run(scenario: Any, path: str) -> tuple[list[tuple[str, int]], int, int]:
    """Return the fills, what they are worth at the close, and whether the bar was ambiguous."""
    side, kind, price, tp, sl, bar = scenario
    entry: dict[str, Any] = {}
    if kind == "limit":
        entry = {"entry_order_type": OrderType.LIMIT, "entry_price": Price.from_int(price)}
    elif kind == "stop":
        entry = {"entry_order_type": OrderType.STOP_MARKET, "entry_trigger_price": Price.from_int(price)}
    hand, engine = run_bars(
        [FLAT, bar], {0: lambda hand: hand.bracket(side, 10, entry, tp=tp, sl=sl, tp_post_only=False)}, bar_path=path
    )
    done = [(name, px) for name, order in zip(("entry", "sl", "tp"), hand.orders, strict=True) for _, px, _, _ in fills(order)]
    sign = 1 if side == BUY else -1
    worth = sum((sign if name == "entry" else -sign) * 10 * (bar[3] - px) for name, px in done)
    assert engine.cache.check_integrity()
    return done, worth, engine.get_result().ambiguous_bars[str(hand.instrument.id)]


@given(scenarios())
@settings(max_examples=150, deadline=None)
def test_paths_against_an_oracle(scenario: Any) -> None:
    bar = scenario[-1]
    either = {low_first: oracle(*scenario, low_first) for low_first in (False, True)}
    if any(("refused", 0) in done for done in either.values()):
        return
    worths = {}
    for path in ("OHLC", "ADAPTIVE", "WORST", "BEST"):
        done, worths[path], ambiguous = run(scenario, path)
        if path == "OHLC":
            assert done == either[False]
        elif path == "ADAPTIVE":
            assert done == either[bar[0] - bar[2] < bar[1] - bar[0]]
        else:
            assert done in either.values()
        assert ambiguous == (either[False] != either[True])
    # A theorem for one bracket and one bar; over many bars the fills of one decide where the next one begins
    assert worths["WORST"] <= min(worths["OHLC"], worths["ADAPTIVE"])
    assert worths["BEST"] >= max(worths["OHLC"], worths["ADAPTIVE"])
    assert {worths["WORST"], worths["BEST"]} <= {
        sum((1 if name == "entry" else -1) * (1 if scenario[0] == BUY else -1) * 10 * (bar[3] - px) for name, px in done)
        for done in either.values()
    }
