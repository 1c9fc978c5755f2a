"""The hot paths that the guard counts: `python paths.py MARK_LIBRARY`, under callgrind. Prints the events of each path."""

from __future__ import annotations

import ctypes
import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import ours  # noqa: E402
import strategies  # noqa: E402
import workloads  # noqa: E402

from nautilus_lite.model.enums import BookType  # noqa: E402

KNOWN = strategies.make(ours)


def engine(
    add: Callable[[Any], None], strategy: Any = None, book_type: BookType = BookType.L1_MBP, **models: Any
) -> Any:
    """Return an engine ready to run."""
    # The look at the data before a run is bounded whatever the run's length; here events are counted
    made = ours.engine(book_type, preflight=False, **models)
    add(made)
    if strategy is not None:
        made.add_strategy(strategy())
    return made


def quotes(n: int) -> Callable[[Any], None]:
    """Return what adds quotes."""
    return lambda made: ours.add_quotes(made, workloads.quotes(n))


def deltas(n: int, trades: bool = False) -> Callable[[Any], None]:
    """Return what adds deltas, and the trades that go with them."""

    def add(made: Any) -> None:
        data = workloads.deltas(n)
        ours.add_deltas(made, data)
        if trades:
            ours.add_trades(made, workloads.book_trades(data))

    return add


# Name -> (events, engine)
PATHS: dict[str, tuple[int, Callable[[int], Any]]] = {
    "quote_silent": (100_000, lambda n: engine(quotes(n))),
    "quote_to_handler": (20_000, lambda n: engine(quotes(n), KNOWN.Quotes)),
    "quote_into_bars": (100_000, lambda n: engine(quotes(n), KNOWN.CrossInside)),
    "bar_to_ema_cross": (5_000, lambda n: engine(lambda made: ours.add_bars(made, workloads.bars(n)), KNOWN.Cross)),
    "delta_silent": (100_000, lambda n: engine(deltas(n), None, BookType.L2_MBP)),
    "delta_to_handler": (20_000, lambda n: engine(deltas(n), KNOWN.Deltas, BookType.L2_MBP)),
    "delta_compiled_maker": (100_000, lambda n: engine(deltas(n, True), ours.maker_compiled, BookType.L2_MBP)),
    "delta_compiled_maker_every_model": (
        100_000,
        lambda n: engine(deltas(n, True), ours.maker_compiled, BookType.L2_MBP, **ours.every_model()),
    ),
    "market_order": (3_000, lambda n: engine(quotes(n), KNOWN.Taker)),
}


def main() -> None:
    """Run every path between two marks."""
    mark = ctypes.CDLL(sys.argv[1])
    for name, (n, make) in PATHS.items():
        made = make(n)
        # When the collector runs depends on everything allocated before; it is not what is measured
        gc.collect()
        gc.disable()
        mark.count_start()
        made.run()
        mark.count_stop(name.encode())
        gc.enable()
    print(json.dumps({name: n for name, (n, _) in PATHS.items()}))


if __name__ == "__main__":
    main()
