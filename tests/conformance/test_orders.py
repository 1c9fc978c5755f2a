"""What becomes of an order: type x time in force x book x market move, one row each, expectations derived by hand.

A row reads: on this book, with the market at `start`, a BUY of this kind, after these moves, has had these events and fills. Its
mirror image, a SELL with every price reflected at 100.00 and both sides of the market exchanged, is tested as well.

    ("q", bid, ask[, bid size, ask size])   a quote, sizes 100 unless said
    ("t", price, size, aggressor)           a trade: "B" bought, "S" sold, "" unknown
    ("b", open, second, third, close)       a bar's path
    ("a", price, size), ("d", price, size)  an ask or bid level of an L2 book; size 0 removes it
    ("at", ns)                              time goes on
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nautilus_lite.model.enums import AggressorSide, BookType, OrderSide, TimeInForce, TriggerType
from nautilus_lite.model.objects import Price, Quantity
from tests.unit.backtest.conftest import House

PIVOT = Decimal("100.00")
ACCEPTED, FILLED, CANCELED, REJECTED = "Accepted", "Filled", "Canceled", "Rejected"
EXPIRED, TRIGGERED, UPDATED = "Expired", "Triggered", "Updated"
AF = [ACCEPTED, FILLED]
L1, L2 = "L1", "L2"
# An L1 market of 99.99 / 100.01, an L2 book with two levels a side
Q = [("q", "99.99", "100.01")]
B = [("d", "99.98", 50), ("d", "99.99", 20), ("a", "100.02", 50), ("a", "100.01", 20)]

# name, book, start, order, moves, events after the submission, fills (quantity, price, reason) in order
ROWS: list[tuple[Any, ...]] = [
    # -- market orders
    ("takes the ask", L1, Q, ("market", 10), [], [FILLED], [(10, "100.01", "took_book")]),
    ("the rest slips one tick on L1", L1, [("q", "99.99", "100.01", 100, 4)], ("market", 10), [], [FILLED, FILLED],
     [(4, "100.01", "took_book"), (6, "100.02", "slipped")]),
    ("IOC on L1 gets what is shown", L1, [("q", "99.99", "100.01", 100, 4)], ("market", 10, {"tif": "IOC"}), [],
     [FILLED, CANCELED], [(4, "100.01", "took_book")]),
    ("FOK on L1 that is not all there gets nothing", L1, [("q", "99.99", "100.01", 100, 4)], ("market", 10, {"tif": "FOK"}), [],
     [CANCELED], []),
    ("walks the levels of L2", L2, B, ("market", 30), [], [FILLED, FILLED], [(20, "100.01", "took_book"), (10, "100.02", "took_book")]),
    ("what L2 does not show is cancelled", L2, B, ("market", 90), [], [FILLED, FILLED, CANCELED],
     [(20, "100.01", "took_book"), (50, "100.02", "took_book")]),
    ("FOK within L2", L2, B, ("market", 70, {"tif": "FOK"}), [], [FILLED, FILLED], [(20, "100.01", "took_book"), (50, "100.02", "took_book")]),
    ("FOK beyond L2", L2, B, ("market", 71, {"tif": "FOK"}), [], [CANCELED], []),
    ("nobody to trade with", L2, [("d", "99.99", 20)], ("market", 10), [], [REJECTED], []),
    # -- limit orders, aggressive
    ("marketable at its price", L1, Q, ("limit", 10, "100.01"), [], AF, [(10, "100.01", "took_book")]),
    ("better than its price", L1, Q, ("limit", 10, "100.05"), [], AF, [(10, "100.01", "took_book")]),
    ("the rest on L1 slips within the limit", L1, [("q", "99.99", "100.01", 100, 4)], ("limit", 10, "100.02"), [],
     [ACCEPTED, FILLED, FILLED], [(4, "100.01", "took_book"), (6, "100.02", "slipped")]),
    ("the rest on L1 rests at the limit", L1, [("q", "99.99", "100.01", 100, 4)], ("limit", 10, "100.01"), [], AF,
     [(4, "100.01", "took_book")]),
    ("takes L2 up to its price and rests", L2, B, ("limit", 30, "100.01"), [], AF, [(20, "100.01", "took_book")]),
    ("IOC takes L2 up to its price", L2, B, ("limit", 30, "100.01", {"tif": "IOC"}), [], [*AF, CANCELED], [(20, "100.01", "took_book")]),
    ("FOK with one level too few", L2, B, ("limit", 30, "100.01", {"tif": "FOK"}), [], [ACCEPTED, CANCELED], []),
    ("FOK with both levels", L2, B, ("limit", 30, "100.02", {"tif": "FOK"}), [], [ACCEPTED, FILLED, FILLED],
     [(20, "100.01", "took_book"), (10, "100.02", "took_book")]),
    ("IOC away from the market", L1, Q, ("limit", 10, "100.00", {"tif": "IOC"}), [], [ACCEPTED, CANCELED], []),
    ("FOK away from the market", L1, Q, ("limit", 10, "100.00", {"tif": "FOK"}), [], [ACCEPTED, CANCELED], []),
    ("post-only that would take", L1, Q, ("limit", 10, "100.01", {"post_only": True}), [], [REJECTED], []),
    ("post-only that rests", L1, Q, ("limit", 10, "100.00", {"post_only": True}), [("q", "99.97", "99.99")], AF,
     [(10, "100.00", "book_crossed")]),
    # -- limit orders, resting, by the book
    ("touched", L1, Q, ("limit", 10, "100.00"), [("q", "99.98", "100.00")], AF, [(10, "100.00", "touched")]),
    ("passed", L1, Q, ("limit", 10, "100.00"), [("q", "99.96", "99.98")], AF, [(10, "100.00", "book_crossed")]),
    ("approached and left", L1, Q, ("limit", 10, "99.95"), [("q", "99.94", "99.96"), ("q", "99.99", "100.01")], [ACCEPTED], []),
    ("filled once however often it is passed", L1, Q, ("limit", 10, "100.00"), [("q", "99.96", "99.98"), ("q", "99.90", "99.92")], AF,
     [(10, "100.00", "book_crossed")]),
    ("L2 fills what the level holds", L2, B, ("limit", 30, "100.00"), [("a", "100.00", 12)], AF, [(12, "100.00", "touched")]),
    ("L2 fills again when the level is new", L2, B, ("limit", 30, "100.00"), [("a", "100.00", 12), ("a", "100.00", 7)],
     [ACCEPTED, FILLED, FILLED], [(12, "100.00", "touched"), (7, "100.00", "touched")]),
    ("L2 does not fill twice from the same size", L2, B, ("limit", 30, "100.00"), [("a", "100.00", 12), ("d", "99.97", 5)], AF,
     [(12, "100.00", "touched")]),
    # -- limit orders, resting, by trades
    ("a trade at its price", L1, Q, ("limit", 10, "100.00"), [("t", "100.00", 50, "S")], AF, [(10, "100.00", "trade_at")]),
    ("a trade through its price", L1, Q, ("limit", 10, "100.00"), [("t", "99.97", 50, "S")], AF, [(10, "100.00", "trade_through")]),
    ("a small trade fills a part", L1, Q, ("limit", 10, "100.00"), [("t", "100.00", 4, "S")], AF, [(4, "100.00", "trade_at")]),
    ("two small trades fill it", L1, Q, ("limit", 10, "100.00"), [("t", "100.00", 4, "S"), ("t", "100.00", 9, "S")],
     [ACCEPTED, FILLED, FILLED], [(4, "100.00", "trade_at"), (6, "100.00", "trade_at")]),
    ("a trade of the other aggressor", L1, Q, ("limit", 10, "100.00"), [("t", "99.97", 50, "B")], [ACCEPTED], []),
    ("a trade without an aggressor", L1, Q, ("limit", 10, "100.00"), [("t", "100.00", 50, "")], AF, [(10, "100.00", "trade_at")]),
    ("a trade above its price", L1, Q, ("limit", 10, "100.00"), [("t", "100.01", 50, "S")], [ACCEPTED], []),
    ("a trade on L2", L2, B, ("limit", 10, "100.00"), [("t", "100.00", 4, "S")], AF, [(4, "100.00", "trade_at")]),
    # -- trades alone make the book
    ("takes the last trade", L1, [("t", "100.00", 50, "")], ("market", 10), [], [FILLED], [(10, "100.00", "took_book")]),
    ("moves with trades", L1, [("t", "100.00", 50, ""), ("t", "100.03", 50, "")], ("market", 10), [], [FILLED], [(10, "100.03", "took_book")]),
    ("a stop fires by trades", L1, [("t", "100.00", 50, "")], ("stop", 10, "100.05"), [("t", "100.04", 9, ""), ("t", "100.06", 50, "")],
     AF, [(10, "100.06", "stop_triggered")]),
    # -- stops
    ("reached", L1, Q, ("stop", 10, "100.05"), [("q", "100.03", "100.05")], AF, [(10, "100.05", "stop_triggered")]),
    ("gapped over", L1, Q, ("stop", 10, "100.05"), [("q", "100.18", "100.20")], AF, [(10, "100.20", "stop_triggered")]),
    ("never reached", L1, Q, ("stop", 10, "100.05"), [("q", "100.02", "100.04")], [ACCEPTED], []),
    ("in the market already", L1, Q, ("stop", 10, "100.01"), [], [REJECTED], []),
    ("fires on L2 and walks the book", L2, B, ("stop", 30, "100.02"), [("a", "100.01", 0)], AF, [(30, "100.02", "stop_triggered")]),
    ("what L2 lacks is cancelled", L2, B, ("stop", 60, "100.02"), [("a", "100.01", 0)], [*AF, CANCELED], [(50, "100.02", "stop_triggered")]),
    ("fires once", L1, Q, ("stop", 10, "100.05"), [("q", "100.05", "100.07"), ("q", "100.10", "100.12")], AF, [(10, "100.07", "stop_triggered")]),
    ("by the last trade alone", L1, Q, ("stop", 10, "100.05", {"by": "LAST_PRICE"}), [("q", "100.08", "100.10"), ("t", "100.05", 1, "")], AF,
     [(10, "100.10", "stop_triggered")]),
    ("by two quotes in a row", L1, Q, ("stop", 10, "100.05", {"by": "DOUBLE_BID_ASK"}),
     [("q", "100.04", "100.06"), ("q", "100.00", "100.02"), ("q", "100.04", "100.06"), ("q", "100.05", "100.07")], AF,
     [(10, "100.07", "stop_triggered")]),
    ("by the middle", L1, Q, ("stop", 10, "100.05", {"by": "MID_POINT"}), [("q", "100.03", "100.06"), ("q", "100.03", "100.07")], AF,
     [(10, "100.07", "stop_triggered")]),
    # -- stop-limits
    ("triggered and takes", L1, Q, ("stop_limit", 10, "100.07", "100.05"), [("q", "100.04", "100.06")], [ACCEPTED, TRIGGERED, FILLED],
     [(10, "100.06", "stop_triggered")]),
    ("triggered beyond its limit, rests, comes back", L1, Q, ("stop_limit", 10, "100.07", "100.05"),
     [("q", "100.08", "100.10"), ("q", "100.04", "100.06")], [ACCEPTED, TRIGGERED, FILLED], [(10, "100.07", "book_crossed")]),
    ("triggered, takes no more than its limit on L2", L2, B, ("stop_limit", 90, "100.02", "100.02"), [("a", "100.01", 0)],
     [ACCEPTED, TRIGGERED, FILLED], [(50, "100.02", "stop_triggered")]),
    ("post-only that would take when triggered", L1, Q, ("stop_limit", 10, "100.07", "100.05", {"post_only": True}),
     [("q", "100.04", "100.06")], [ACCEPTED, TRIGGERED, CANCELED], []),
    ("IOC that is triggered beyond its limit", L1, Q, ("stop_limit", 10, "100.07", "100.05", {"tif": "IOC"}), [("q", "100.08", "100.10")],
     [ACCEPTED, TRIGGERED, CANCELED], []),
    # -- if-touched
    ("touched as a market order", L1, Q, ("touch", 10, "99.95"), [("q", "99.93", "99.95")], AF, [(10, "99.95", "if_touched")]),
    ("not touched by the own side", L1, Q, ("touch", 10, "99.95"), [("q", "99.95", "99.97")], [ACCEPTED], []),
    ("touched as a limit that takes", L1, Q, ("touch_limit", 10, "99.96", "99.95"), [("q", "99.92", "99.94")], [ACCEPTED, TRIGGERED, FILLED],
     [(10, "99.94", "if_touched")]),
    ("touched as a limit that waits", L1, Q, ("touch_limit", 10, "99.90", "99.95"), [("q", "99.93", "99.95"), ("q", "99.88", "99.90")],
     [ACCEPTED, TRIGGERED, FILLED], [(10, "99.90", "touched")]),
    ("in the market already, touched", L1, Q, ("touch", 10, "100.02"), [], [REJECTED], []),
    # -- market-to-limit
    ("all at the touch", L1, Q, ("to_limit", 10), [], [FILLED], [(10, "100.01", "took_book")]),
    ("the rest rests at the touch's price", L2, B, ("to_limit", 30), [("a", "100.01", 0), ("a", "100.01", 25)],
     [ACCEPTED, UPDATED, FILLED, FILLED], [(20, "100.01", "took_book"), (10, "100.01", "touched")]),
    # -- trailing stops
    ("trails down and fires on the way up", L1, Q, ("trail", 10, "0.05"), [("q", "99.88", "99.90"), ("q", "99.93", "99.95")],
     [ACCEPTED, UPDATED, UPDATED, FILLED], [(10, "99.95", "stop_triggered")]),
    ("does not trail back", L1, Q, ("trail", 10, "0.05"), [("q", "100.02", "100.04"), ("q", "100.04", "100.06")], [ACCEPTED, UPDATED, FILLED],
     [(10, "100.06", "stop_triggered")]),
    ("sleeps until its activation price", L1, Q, ("trail", 10, "0.05", {"activation": "99.90"}),
     [("q", "100.18", "100.20"), ("q", "99.88", "99.90"), ("q", "99.93", "99.95")], [ACCEPTED, UPDATED, FILLED], [(10, "99.95", "stop_triggered")]),
    # -- bars: the path passes every price between two points
    ("a limit on the way down", L1, [("b", "100.00", "100.00", "100.00", "100.00")], ("limit", 10, "99.90"),
     [("b", "100.00", "100.05", "99.80", "99.95")], AF, [(10, "99.90", "bar_passed")]),
    ("a limit at the low", L1, [("b", "100.00", "100.00", "100.00", "100.00")], ("limit", 10, "99.80"),
     [("b", "100.00", "100.05", "99.80", "99.95")], AF, [(10, "99.80", "touched")]),
    ("a stop at its trigger", L1, [("b", "100.00", "100.00", "100.00", "100.00")], ("stop", 10, "100.03"),
     [("b", "100.00", "100.05", "99.80", "99.95")], AF, [(10, "100.03", "stop_triggered")]),
    ("a stop at the open of a gap", L1, [("b", "100.00", "100.00", "100.00", "100.00")], ("stop", 10, "100.03"),
     [("b", "100.10", "100.20", "100.05", "100.10")], AF, [(10, "100.10", "gap_open")]),
    ("touched at its trigger, not at the extreme", L1, [("b", "100.00", "100.00", "100.00", "100.00")], ("touch", 10, "99.90"),
     [("b", "100.00", "100.05", "99.80", "99.95")], AF, [(10, "99.90", "if_touched")]),
    ("outside of the bar", L1, [("b", "100.00", "100.00", "100.00", "100.00")], ("limit", 10, "99.70"),
     [("b", "100.00", "100.05", "99.80", "99.95")], [ACCEPTED], []),
    # -- expiry
    ("GTD expires before what would fill it", L1, Q, ("limit", 10, "100.00", {"expire": 50}), [("at", 50), ("q", "99.96", "99.98")],
     [ACCEPTED, EXPIRED], []),
    ("GTD fills before its time", L1, Q, ("limit", 10, "100.00", {"expire": 50}), [("at", 49), ("q", "99.96", "99.98")], AF,
     [(10, "100.00", "book_crossed")]),
    ("a GTD stop expires", L1, Q, ("stop", 10, "100.05", {"expire": 50}), [("at", 50), ("q", "100.08", "100.10")], [ACCEPTED, EXPIRED], []),
    ("DAY ends at midnight", L1, Q, ("limit", 10, "100.00", {"tif": "DAY"}), [("at", 86_400_000_000_000)], [ACCEPTED, EXPIRED], []),
    ("DAY fills on its day", L1, Q, ("limit", 10, "100.00", {"tif": "DAY"}), [("at", 86_399_999_999_999), ("q", "99.96", "99.98")], AF,
     [(10, "100.00", "book_crossed")]),
    # -- reduce-only without a position
    ("reduce-only, market, nothing to reduce", L1, Q, ("market", 10, {"reduce_only": True}), [], [REJECTED], []),
    ("reduce-only, limit, nothing to reduce", L1, Q, ("limit", 10, "100.00", {"reduce_only": True}), [], [REJECTED], []),
    ("reduce-only, stop, nothing to reduce", L1, Q, ("stop", 10, "100.05", {"reduce_only": True}), [], [REJECTED], []),
]  # fmt: skip


def at(price: str, mirrored: bool) -> str:
    return str(2 * PIVOT - Decimal(price)) if mirrored else price


def move(venue: House, kind: str, terms: tuple[Any, ...], mirrored: bool) -> None:
    if kind == "q":
        bid, ask, *sizes = terms
        if mirrored:
            bid, ask, sizes = at(ask, True), at(bid, True), sizes[::-1]
        venue.quote(bid, ask, *sizes)
    elif kind == "t":
        price, size, side = terms
        sides = {"B": AggressorSide.BUYER, "S": AggressorSide.SELLER, "": AggressorSide.NO_AGGRESSOR}
        flipped = {"B": "S", "S": "B", "": ""}
        venue.trade(at(price, mirrored), size, sides[flipped[side] if mirrored else side])
    elif kind == "b":
        venue.bar(*(at(price, mirrored) for price in terms))
    elif kind == "at":
        venue.at(*terms)
    else:
        asks = (kind == "a") != mirrored
        venue.level(OrderSide.SELL if asks else OrderSide.BUY, at(terms[0], mirrored), terms[1])


def submit(venue: House, spec: tuple[Any, ...], mirrored: bool) -> Any:
    kind, qty, *rest = spec
    more = dict(rest.pop()) if rest and isinstance(rest[-1], dict) else {}
    options: dict[str, Any] = {}
    if "tif" in more:
        options["time_in_force"] = TimeInForce[more.pop("tif")]
    if "expire" in more:
        import pandas as pd

        options["time_in_force"] = TimeInForce.GTD
        options["expire_time"] = pd.Timestamp(more.pop("expire"), tz="UTC")
    if "by" in more:
        options["trigger_type"] = TriggerType[more.pop("by")]
    if "activation" in more:
        options["activation_price"] = Price.from_str(at(more.pop("activation"), mirrored))
    options.update(more)
    side = OrderSide.SELL if mirrored else OrderSide.BUY
    make, size = venue.orders, Quantity.from_int(qty)
    if kind == "trail":
        return venue.submit(
            make.trailing_stop_market(venue.pair.id, side, size, trailing_offset=Decimal(rest[0]), **options)
        )
    names = {
        "market": make.market, "limit": make.limit, "stop": make.stop_market, "stop_limit": make.stop_limit,
        "touch": make.market_if_touched, "touch_limit": make.limit_if_touched, "to_limit": make.market_to_limit,
    }  # fmt: skip
    prices = [Price.from_str(at(price, mirrored)) for price in rest]
    return venue.submit(names[kind](venue.pair.id, side, size, *prices, **options))


@pytest.mark.parametrize("mirrored", [False, True], ids=["BUY", "SELL"])
@pytest.mark.parametrize("row", ROWS, ids=[f"{row[1]}: {row[3][0]}, {row[0]}" for row in ROWS])
def test_an_order_becomes_what_the_row_says(row: tuple[Any, ...], mirrored: bool) -> None:
    _, book, start, spec, moves, events, fills = row
    venue = House(book_type=BookType.L1_MBP if book == L1 else BookType.L2_MBP)
    for kind, *terms in start:
        move(venue, kind, tuple(terms), mirrored)
    order = submit(venue, spec, mirrored)
    for kind, *terms in moves:
        move(venue, kind, tuple(terms), mirrored)
    told = venue.kinds(order)
    # A market order need not be accepted before it fills
    assert told == events
    assert venue.fills(order) == [(qty, at(price, mirrored), reason) for qty, price, reason in fills]
    sign = -1 if mirrored else 1
    assert venue.net() == sign * sum(qty for qty, _, _ in fills)
    assert order.is_closed == (told[-1] in (CANCELED, REJECTED, EXPIRED) or int(order.leaves_qty) == 0)
