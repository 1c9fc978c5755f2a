"""What makes queues at a venue wrong: no trades that serve them, or trades that come after what they changed."""

from __future__ import annotations

from typing import Any

import numpy as np

from nautilus_lite.backtest.checks import INFO, WARNING
from nautilus_lite.backtest.preflight.report import Finding
from nautilus_lite.backtest.preflight.scan import Looked
from nautilus_lite.backtest.preflight.spread import spread
from nautilus_lite.backtest.reading import ArraySource

MOST_TRADES = 200


def queue_findings(exchange: Any, name: str, streams: list[Looked]) -> list[Finding]:
    """Return what does not fit the queues of an instrument; nothing where its venue keeps none.

    Parameters
    ----------
    exchange : SimulatedExchange
    name : str
        Of the instrument.
    streams : list of Looked
        Of the instrument.
    """
    described = exchange.describe()
    books = ("quote",) if described["book_type"] == "L1_MBP" else ("delta", "depth10")
    book = [one for one in streams if one.kind in books and one.scan.n]
    if described["queue_model"] == "None" or not book:
        return []
    trades = [one for one in streams if one.kind == "trade" and one.scan.n]
    if trades and exchange.trade_execution:
        return [found for one in trades for found in _after(one, book)]
    why = "`trade_execution=False`" if trades else "there are none"
    message = f"resting orders stand in queues that trades alone serve, and {why}: they fill only when the market passes them"
    remedy = "Set `trade_execution=True`" if trades else "Add trades"
    if described["queue_model"] == "exact":
        # Nobody asked for queues, and takers need none
        return [Finding("queues", INFO, name, message, remedy)]
    return [Finding("queues", WARNING, name, message, f"{remedy}, or leave `queue_model` out")]


def _after(trades: Looked, book: list[Looked]) -> list[Finding]:
    """Trades that come after rows of the book of their time, because those were added first."""
    found = []
    for one in book:
        if not isinstance(one.source, ArraySource) or one.stream.order >= trades.stream.order:
            continue
        if one.source.keys is not None and getattr(trades.source, "keys", None) is not None:
            # Cut from one recording, whose order they keep
            continue
        times = trades.rows["ts_init"]
        times = times[spread(len(times), MOST_TRADES)]
        # `np.unique` would import a fifth of numpy
        times = times[np.append(True, times[1:] != times[:-1])]
        own = one.source.rows["ts_init"]
        at = np.searchsorted(own, times)
        n = int(np.count_nonzero(own[np.minimum(at, len(own) - 1)] == times))
        if n:
            message = (
                f"at {n:,} of {len(times):,} times of trades looked at the {one.kind} rows of that time come first: a trade "
                "finds the book without what it took, and serves the queue twice"
            )
            remedy = "Add the trades first, or give both with `add_rows(..., positions=...)` or in one `add_data`"
            found.append(Finding("trade_order", WARNING, str(trades.stream.identifier), message, remedy, n))
    return found
