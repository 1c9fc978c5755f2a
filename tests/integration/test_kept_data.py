"""Objects that a handler keeps stay as they were; those it lets go may be filled anew."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from nautilus_lite.model.data import BarType
from nautilus_lite.model.data.dtypes import BAR_DTYPE
from nautilus_lite.model.enums import BookType
from nautilus_lite.trading.strategy import Strategy
from tests.replaying import delta_rows, make_engine, pair, quote_rows, trade_rows

N = 300
BAR_TYPE = BarType.from_str("AAA/USD.SIM-1-MINUTE-LAST-EXTERNAL")


def bar_rows(numbers: random.Random, n: int) -> np.ndarray:
    rows = np.zeros(n, dtype=BAR_DTYPE)
    rows["ts_event"] = rows["ts_init"] = np.arange(1, n + 1) * 60_000_000_000
    rows["open"] = rows["high"] = rows["low"] = rows["close"] = 100_000 + np.arange(n)
    rows["volume"] = 1_000
    return rows


class Keeper(Strategy):
    """Keeps every third object, and another reference to every seventh."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind, self.n = kind, 0
        self.kept: list[tuple[int, Any]] = []
        self.attributes: list[tuple[int, Any]] = []
        self.other: Any = None

    def on_start(self) -> None:
        if self.kind == "bar":
            self.subscribe_bars(BAR_TYPE)
        else:
            name = {"quote": "quote_ticks", "trade": "trade_ticks", "delta": "order_book_deltas"}[self.kind]
            getattr(self, f"subscribe_{name}")(pair("AAA").id)

    def take(self, data: Any) -> None:
        if self.n % 3 == 0:
            self.kept.append((self.n, data))
        elif self.n % 7 == 0:
            self.other = {"data": data}
        value = {"quote": "ask_price", "trade": "price", "bar": "close", "delta": "deltas"}[self.kind]
        self.attributes.append((self.n, getattr(data, value)))
        self.n += 1

    on_quote_tick = on_trade_tick = on_bar = on_order_book_deltas = take


@pytest.mark.parametrize("kind", ["quote", "trade", "bar", "delta"])
def test_kept_objects_stay_as_they_were(kind: str) -> None:
    make = {"quote": quote_rows, "trade": trade_rows, "bar": bar_rows, "delta": delta_rows}[kind]
    rows = make(random.Random(1), N)
    if kind == "delta":
        rows["flags"] = 128
    engine = make_engine(BookType.L2_MBP if kind == "delta" else BookType.L1_MBP, [pair("AAA")])
    engine.add_rows(kind, BAR_TYPE if kind == "bar" else pair("AAA").id, rows)
    strategy = Keeper(kind)
    engine.add_strategy(strategy)
    engine.run()
    assert strategy.n == N
    column = {"quote": "ask", "trade": "price", "bar": "close"}.get(kind)
    for i, value in strategy.attributes:
        if kind == "delta":
            assert [delta.order.price.raw for delta in value] == [rows["price"][i]]
        else:
            assert value.raw == rows[column][i]
    for i, data in strategy.kept:
        assert data.ts_init == rows["ts_init"][i]
        if kind == "delta":
            assert [delta.order.size.raw for delta in data.deltas] == [rows["size"][i]]
        else:
            assert getattr(data, {"quote": "ask_price", "trade": "price", "bar": "close"}[kind]).raw == rows[column][i]
    assert len({id(data) for _, data in strategy.kept}) == len(strategy.kept)
