"""The cases of the engines with NautilusTrader's interface, over an `api` module that makes engines, data and catalogs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from typing import Any

import strategies
import workloads
from runner import import_time, in_child, measured


def make(api: Any) -> dict[str, Callable[[int], dict[str, Any]]]:
    """Return the cases by name; each takes a number of events and returns a measurement."""
    known = strategies.make(api)

    def run(n: int, add: Callable[[Any], None], strategy: Any = None, book_type: Any = None, **more: Any) -> dict[str, Any]:
        engine = api.engine(book_type or api.BookType.L1_MBP, **more)
        add(engine)
        if strategy is not None:
            engine.add_strategy(strategy())
        answer = measured(engine.run, n)
        return {**answer, **api.counts(engine)}

    def quotes(n: int) -> Callable[[Any], None]:
        return lambda engine: api.add_quotes(engine, workloads.quotes(n))

    def deltas(n: int) -> Callable[[Any], None]:
        return lambda engine: api.add_deltas(engine, workloads.deltas(n))

    def book_and_trades(n: int) -> Callable[[Any], None]:
        def add(engine: Any) -> None:
            data = workloads.deltas(n)
            api.add_deltas(engine, data)
            api.add_trades(engine, workloads.book_trades(data))

        return add

    def catalog_stream(n: int) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            in_child(lambda: api.write_catalog(folder, workloads.quotes(n)))
            return measured(api.catalog_run(folder, None), n)

    def first_event(n: int) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            in_child(lambda: api.write_catalog(folder, workloads.quotes(n)))
            work = api.catalog_run(folder, known.First())
            began = time.process_time()
            work()
            cpu = known.First.seen[0] - began
            return {"cpu_s": cpu, "ns": cpu * 1e9}

    cases = {
        "quotes_silent": lambda n: run(n, quotes(n)),
        "quotes_handler": lambda n: run(n, quotes(n), known.Quotes),
        "quotes_bars_ema": lambda n: run(n, quotes(n), known.CrossInside),
        "bars_ema": lambda n: run(n, lambda engine: api.add_bars(engine, workloads.bars(n)), known.Cross),
        "trades_handler": lambda n: run(n, lambda engine: api.add_trades(engine, workloads.trades(n)), known.Trades),
        "deltas_silent": lambda n: run(n, deltas(n), None, api.BookType.L2_MBP),
        "deltas_handler": lambda n: run(n, deltas(n), known.Deltas, api.BookType.L2_MBP),
        "maker": lambda n: run(n, book_and_trades(n), known.Maker, api.BookType.L2_MBP),
        "market_orders": lambda n: run(n, quotes(n), known.Taker),
        "catalog_stream": catalog_stream,
        "first_event": first_event,
        "import": lambda n: import_time(api.IMPORT),
    }
    if hasattr(api, "maker_compiled"):
        cases["maker_compiled"] = lambda n: run(n, book_and_trades(n), api.maker_compiled, api.BookType.L2_MBP)
        cases["maker_queue"] = lambda n: run(
            n, book_and_trades(n), api.maker_compiled, api.BookType.L2_MBP, queue_model=api.PowerProbQueueModel(2.0)
        )
        cases |= {
            "deltas_silent_models": lambda n: run(n, deltas(n), None, api.BookType.L2_MBP, **api.every_model()),
            "bars_ema_models": lambda n: run(
                n, lambda engine: api.add_bars(engine, workloads.bars(n)), known.Cross, **api.every_model()
            ),
            "maker_models": lambda n: run(n, book_and_trades(n), known.Maker, api.BookType.L2_MBP, **api.every_model()),
            "maker_compiled_models": lambda n: run(
                n, book_and_trades(n), api.maker_compiled, api.BookType.L2_MBP, **api.every_model()
            ),
            "market_orders_models": lambda n: run(n, quotes(n), known.Taker, **api.every_model()),
        }
    return cases
