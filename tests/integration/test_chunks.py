"""Chunks of a streaming run of which one has bars and no ticks any more."""

from __future__ import annotations

from typing import Any

import pytest

from nautilus_lite.model.enums import OrderSide
from tests.venue_runs import MINUTE, SECOND, Scripted, bar, engine, fills, perpetual, quote

PERPETUAL = perpetual()


def run(chunks: list[list[Any]]) -> Any:
    """Bid 90 after 65 seconds and return the result."""
    strategy = Scripted({65 * SECOND: lambda s: s.limit(PERPETUAL, OrderSide.BUY, 1, "90.00")})
    made = engine([PERPETUAL], chunks[0], [strategy])
    for chunk in chunks[1:]:
        made.run(streaming=True)
        made.clear_data()
        made.add_data(chunk)
    made.run(streaming=True)
    made.end()
    return made.get_result()


@pytest.mark.parametrize("n_bars", [0, 1])
def test_bars_do_not_execute_where_an_earlier_chunk_had_ticks(n_bars: int) -> None:
    ticks = [quote(PERPETUAL, second * SECOND, "100.00") for second in range(5, 55, 5)]
    bars = [bar(PERPETUAL, minute * MINUTE, "100.00", "101.00", "80.00", "100.00") for minute in (1, 2, 3)]
    whole = run([ticks + bars])
    cut = run([ticks + bars[:n_bars], bars[n_bars:]])
    assert fills(whole) == fills(cut) == []
    assert whole.digest == cut.digest


def test_bars_execute_in_every_chunk_where_there_are_no_ticks() -> None:
    bars = [bar(PERPETUAL, minute * MINUTE, "100.00", "101.00", low, "100.00") for minute, low in ((1, "95.00"), (2, "80.00"))]
    whole, cut = run([bars]), run([bars[:1], bars[1:]])
    assert fills(whole) == fills(cut) == [("S-001", "BUY", "90.00", "bar_passed")]
    assert whole.digest == cut.digest
