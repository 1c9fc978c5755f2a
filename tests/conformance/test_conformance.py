"""Every row of the tables, on every book it is for, and its mirror image."""

from __future__ import annotations

import pytest

from tests.conformance import bars, books, instructions, matrix, resting, takers, trailing, triggers
from tests.conformance.script import ID, Case, run, told

TABLES = (matrix, takers, resting, triggers, trailing, bars, books, instructions)
ROWS = [
    pytest.param(case, book, image, id=f"{module.__name__.rpartition('.')[2]}: {case.title}, {book}{', mirrored' if image else ''}")
    for module in TABLES
    for case in module.case.cases
    for book, image in case.variants()
]


@pytest.mark.parametrize(("case", "book", "image"), ROWS)
def test_what_becomes_of_the_orders_of_a_row(case: Case, book: str, image: bool) -> None:
    found, strategy, engine = run(case, book, image)
    assert found == [told(end) for end in case.ends]
    if case.events:
        assert [type(event).__name__.removeprefix("Order") for event in strategy.sent[0].events][2:] == case.events.split()
    # What was filled is what is held, and nothing else
    orders = strategy.sent
    held = sum(order.filled_qty.raw * (1 if order.side.name == "BUY" else -1) for order in orders)
    assert engine.portfolio.net_position(ID) == held
    for order in orders:
        assert order.filled_qty.raw == sum(event.last_qty.raw for event in order.events if hasattr(event, "last_qty"))
        assert order.is_closed or order in engine.cache.orders_open()


def test_titles_are_told_apart() -> None:
    titles = [(module.__name__, case.title) for module in TABLES for case in module.case.cases]
    assert len(titles) == len(set(titles))


def test_none_is_lost() -> None:
    assert len(ROWS) >= 2_100
