"""What belongs to one batch of order book deltas takes effect together, however the batch is marked."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import BookOrder, OrderBookDelta, OrderBookDeltas
from nautilus_lite.model.enums import AccountType, BookAction, BookType, OmsType, OrderSide
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.model.objects import Money
from nautilus_lite.trading.strategy import Strategy

LAST = 128


class Bidder(Strategy):
    """Bids 1.0 at the first batch and counts batches."""

    def __init__(self, instrument: Any) -> None:
        super().__init__()
        self.instrument = instrument
        self.batches: list[int] = []

    def on_start(self) -> None:
        self.subscribe_order_book_deltas(self.instrument.id)

    def on_order_book_deltas(self, deltas: OrderBookDeltas) -> None:
        if not self.batches:
            instrument = self.instrument
            order = self.order_factory.limit(
                instrument.id, OrderSide.BUY, instrument.make_qty(10), instrument.make_price("0.70000")
            )
            self.submit_order(order)
        self.batches.append(len(deltas.deltas))


def delta(instrument: Any, ts: int, side: OrderSide, price: str, size: int, flags: int) -> OrderBookDelta:
    action = BookAction.UPDATE if size else BookAction.DELETE
    order = BookOrder(side, instrument.make_price(price), instrument.make_qty(size), 0)
    return OrderBookDelta(instrument.id, action, order, flags, 0, ts, ts)


def run(pair: Any, data: list[Any]) -> tuple[list[int], list[str]]:
    instrument = pair("AUD/USD")
    engine = BacktestEngine()
    engine.add_venue(
        Venue("SIM"), OmsType.NETTING, AccountType.MARGIN, [Money.from_str("1000000 USD")], book_type=BookType.L2_MBP
    )
    engine.add_instrument(instrument)
    engine.add_data(data)
    bidder = Bidder(instrument)
    engine.add_strategy(bidder)
    engine.run()
    return bidder.batches, [order.status.name for order in engine.cache.orders()]


def rows(pair: Any, flags: tuple[int, int, int]) -> tuple[list[OrderBookDelta], list[OrderBookDelta]]:
    """Return a book of two levels, and a batch in which the ask is at 0.69000 until its second row deletes it."""
    instrument = pair("AUD/USD")
    return (
        [
            delta(instrument, 1, OrderSide.BUY, "0.69990", 100, flags[0]),
            delta(instrument, 1, OrderSide.SELL, "0.70010", 100, flags[2]),
        ],
        [
            delta(instrument, 2, OrderSide.SELL, "0.69000", 100, flags[0]),
            delta(instrument, 2, OrderSide.SELL, "0.69000", 0, flags[1]),
            delta(instrument, 2, OrderSide.SELL, "0.70010", 50, flags[2]),
        ],
    )


@pytest.mark.parametrize("flags", [(0, 0, LAST), (16, 16, 16 | LAST), (0, 0, 0), (32, 32, 32)])
def test_one_object_is_one_batch(pair, flags):
    instrument = pair("AUD/USD")
    book, change = rows(pair, flags)
    batches = [OrderBookDeltas(instrument.id, book), OrderBookDeltas(instrument.id, change)]
    assert [d.flags for d in batches[1].deltas][:2] == list(flags[:2])
    # Half of the second batch has an ask at 0.69: were it matched, the bid at 0.70 would fill
    assert run(pair, batches) == ([2, 3], ["ACCEPTED"])


@pytest.mark.parametrize("flags", [(0, 0, LAST), (16, 16, 16 | LAST)])
def test_single_deltas_belong_to_the_batch_that_the_next_flag_ends(pair, flags):
    book, change = rows(pair, flags)
    assert run(pair, book + change) == ([2, 3], ["ACCEPTED"])


def test_without_any_flag_every_delta_is_a_batch(pair):
    book, change = rows(pair, (0, 0, 0))
    assert run(pair, book + change) == ([1, 1, 1, 1, 1], ["FILLED"])
