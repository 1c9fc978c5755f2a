"""What a fill tells of the moments that led to it."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from typing import Any

from nautilus_lite.analysis.reports import ReportProvider
from nautilus_lite.backtest.models import LatencyModel, RiskAverseQueueModel
from nautilus_lite.model.enums import AggressorSide, BookType, OmsType, OrderSide
from nautilus_lite.model.events.order import OrderFilled


def fill_of(venue: Any) -> OrderFilled:
    return next(event for event in venue.events if isinstance(event, OrderFilled))


def test_middle_at_decision_arrival_and_fill_under_latency(house: Callable[..., Any]) -> None:
    venue = house(latency_model=LatencyModel(base_latency_nanos=1_000))
    venue.quote("1.00", "1.02")
    venue.market_order(OrderSide.BUY, 10)
    venue.at(600)
    venue.quote("1.05", "1.10")
    venue.at(1_000)
    fill = fill_of(venue)
    # (1.00 + 1.02) / 2 when it was sent; (1.05 + 1.10) / 2 when it arrived and took the ask
    assert (fill.mid_decision, fill.mid_arrival, fill.mid_fill) == (1.01, 1.075, 1.075)
    assert fill.price_age_ns == 400
    assert fill.queue_ahead is None


def test_a_resting_order_keeps_its_arrival_and_its_queue(house: Callable[..., Any]) -> None:
    venue = house(book_type=BookType.L2_MBP, queue_model=RiskAverseQueueModel())
    venue.bids(("1.00", 70))
    venue.asks(("1.04", 50))
    order = venue.limit(OrderSide.BUY, 10, "1.00")
    venue.at(500)
    venue.asks(("1.04", 0), ("1.02", 50))
    venue.at(900)
    venue.trade("1.00", 75, AggressorSide.SELLER)
    fill = fill_of(venue)
    assert (int(fill.last_qty), fill.fill_reason, int(fill.queue_ahead)) == (5, "queue_cleared", 70)
    assert (fill.mid_decision, fill.mid_arrival, fill.mid_fill) == (1.02, 1.02, 1.01)
    # The trade itself gave the price
    assert fill.price_age_ns == 0
    again = pickle.loads(pickle.dumps(order)).events[-1]
    assert (again.mid_arrival, again.price_age_ns, again.queue_ahead) == (1.02, 0, fill.queue_ahead)
    assert fill.to_dict()["queue_ahead"] == "70"


def test_an_empty_side_has_no_middle(house: Callable[..., Any]) -> None:
    venue = house(book_type=BookType.L2_MBP)
    venue.asks(("1.04", 50))
    venue.market_order(OrderSide.BUY, 10)
    fill = fill_of(venue)
    assert math.isnan(fill.mid_decision) and math.isnan(fill.mid_arrival) and math.isnan(fill.mid_fill)
    assert fill.to_dict()["mid_fill"] is None


def test_the_fills_report_holds_them(house: Callable[..., Any]) -> None:
    venue = house()
    venue.quote("1.00", "1.02")
    order = venue.market_order(OrderSide.BUY, 10)
    row = ReportProvider.generate_fills_report([order]).iloc[0]
    assert (row["mid_decision"], row["mid_arrival"], row["mid_fill"], row["price_age_ns"]) == (1.01, 1.01, 1.01, 0)
    assert math.isnan(row["queue_ahead"])


def test_a_flip_gives_both_parts_the_circumstances(house: Callable[..., Any]) -> None:
    venue = house(oms_type=OmsType.NETTING)
    venue.quote("1.00", "1.02", 1_000, 1_000)
    venue.market_order(OrderSide.BUY, 10)
    venue.market_order(OrderSide.SELL, 25)
    # The position of the second cycle holds the part that opened it
    (part,) = venue.cache.positions_open()[0].events
    assert (int(part.last_qty), part.mid_arrival, part.mid_fill, part.price_age_ns) == (15, 1.01, 1.01, 0)
