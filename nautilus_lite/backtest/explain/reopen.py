"""Explanations of a result whose engine is gone: its configuration says where the data lies."""

from __future__ import annotations

from typing import Any

from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.executing_bars import bars_that_execute
from nautilus_lite.backtest.explain.explain import explain_order, find_order
from nautilus_lite.backtest.explain.explanation import OrderExplanation
from nautilus_lite.backtest.setup_run import read_instruments, row_sources, venue_models, venue_settings
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.errors import InvalidConfiguration


def explain_result(
    orders: list[Any], config: dict[str, Any], client_order_id: Any, start: int, now: int
) -> OrderExplanation:
    """Explain an order of a result.

    Parameters
    ----------
    orders : list of Order
        Of the result.
    config : dict
        Of the result: `run` holds the BacktestRunConfig, `venues` what each venue was.
    start, now : int
        First and last time of the run (ns).

    Raises
    ------
    InvalidConfiguration
        If the result is not that of a run configuration.
    KeyError
        If there is no such order.
    """
    order = find_order(orders, client_order_id)
    if "run" not in config:
        raise InvalidConfiguration(
            "the data of this result cannot be opened again, since it was given to an engine: use `engine.explain`"
        )
    run = BacktestRunConfig.from_dict(config["run"])
    name = order.instrument_id.venue.value
    venue = next(venue for venue in config["venues"] if venue["venue"] == name)
    streams = [
        RowStream(kind, identifier, source, key, label)
        for key, (kind, identifier, source, label, _) in enumerate(row_sources(run), start=1)
    ]
    walking = [stream for stream, _ in bars_that_execute(streams, {v["venue"]: v for v in map(venue_settings, run.venues)})]
    instrument = next(i for i in read_instruments(run) if i.id == order.instrument_id)
    model = next(venue_models(v)["queue_model"] for v in run.venues if v.name == name)
    # A comparison may have had another model in its place; what its queues were is then known from the fills alone
    if repr(model) != venue["queue_model"]:
        model = None
    pairs = [(stream, stream in walking) for stream in streams]
    return explain_order(order, orders, instrument, venue, pairs, model, start, now)
