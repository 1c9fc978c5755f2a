"""What was taken of a level is forgotten when the level goes, also while nothing rests that would watch it."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.model.data import BookOrder, OrderBookDelta
from nautilus_lite.model.enums import BookAction, BookType, OrderSide
from nautilus_lite.model.objects import Price, Quantity
from tests.venue_runs import SECOND, Scripted, engine, future, quote

FUTURE = future()


def level(ts: int, side: OrderSide, price: str, size: int) -> OrderBookDelta:
    """Return a delta that sets a level, or deletes it where the size is zero."""
    action = BookAction.UPDATE if size else BookAction.DELETE
    return OrderBookDelta(FUTURE.id, action, BookOrder(side, Price.from_str(price), Quantity.from_int(size), 0), 128, 0, ts, ts)


def bought(data: list[Any], **options: Any) -> list[int]:
    """What two market orders to buy get, sent after the first second and after the last row."""
    script = {at: lambda s: s.market(FUTURE, OrderSide.BUY, 60) for at in (SECOND + 1, data[-1].ts_init + SECOND)}
    strategy = Scripted(script)
    engine(
        [FUTURE], [*data, quote(FUTURE, data[-1].ts_init + 2 * SECOND, "1.00")], [strategy], liquidity_consumption=True, **options
    ).run()
    return [int(order.filled_qty) for order in strategy.made]


@pytest.mark.parametrize(("sizes", "second"), [((100, 0, 100), 60), ((100, 100, 100), 40), ((100, 90, 100), 60)])
def test_a_level_of_a_book_by_price(sizes: tuple[int, ...], second: int) -> None:
    data = [level(SECOND, OrderSide.BUY, "99.00", 5)]
    data += [level((i + 1) * SECOND, OrderSide.SELL, "101.00", size) for i, size in enumerate(sizes)]
    assert bought(data, book=BookType.L2_MBP) == [60, second]


@pytest.mark.parametrize("latency", [0, 1_000])
@pytest.mark.parametrize(("asks", "second"), [(("101.00", "102.00", "101.00"), 60), (("101.00",) * 3, 40)])
def test_the_touch_of_quotes(asks: tuple[str, ...], second: int, latency: int) -> None:
    data = [quote(FUTURE, (i + 1) * SECOND, "99.00", ask, 100) for i, ask in enumerate(asks)]
    model = LatencyModel(base_latency_nanos=0, feed_latency_nanos=latency) if latency else None
    assert bought(data, latency_model=model) == [60, second]
