"""Several fill, fee and latency models compared over one pass of the data.

Market data is decoded and applied once; every combination of models is a world of its own with its own strategies,
orders and accounts. A world in a comparison gives the same digest as the same run alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

from nautilus_lite.backtest.bar_rules import BarPath, choice_of
from nautilus_lite.backtest.bar_walk import BarWalk
from nautilus_lite.backtest.collect import make_result
from nautilus_lite.backtest.comparison import Comparison
from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.engine import look_before, make_replay
from nautilus_lite.backtest.fingerprint import fingerprints
from nautilus_lite.backtest.progress import progress_bar
from nautilus_lite.backtest.replay import Replay
from nautilus_lite.backtest.setup_run import read_instruments, row_sources, venue_models, venue_settings
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.backtest.world import World
from nautilus_lite.cache.market import Market
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.trading.config import ImportableStrategyConfig

Models = Mapping[str, ImportableConfig | None]

BAR_PATH = "bar_path"
STRATEGIES = "strategies"
MODEL_AXES = ("fill_model", "queue_model", "fee_model", "latency_model")


def compare(
    config: BacktestRunConfig,
    fill_models: Models | None = None,
    fee_models: Models | None = None,
    latency_models: Models | None = None,
    queue_models: Models | None = None,
    bar_paths: Iterable[BarPath | str] | None = None,
    strategies: Mapping[str, list[ImportableStrategyConfig]] | None = None,
    progress: bool = False,
) -> Comparison:
    """Run every combination of models over one pass of the data.

    Parameters
    ----------
    config : BacktestRunConfig
        The run; strategies come from `config.engine.strategies`, so that each world makes its own.
    fill_models, fee_models, latency_models, queue_models : mapping of str to ImportableConfig, optional
        Named models that take the place of every venue's own; None as a value keeps the venue's own.
    bar_paths : iterable of BarPath or str, optional
        Members of `BarPath` that take the place of every venue's own, for example `("WORST", "OHLC", "BEST")`.
    strategies : mapping of str to list of ImportableStrategyConfig, optional
        Named sets of strategies that take the place of the configuration's, for example one with other parameters.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    Comparison

    Raises
    ------
    InvalidConfiguration
        If no models are given, or two worlds would have one name.

    Notes
    -----
    Worlds share the data and the draws of chance: what a model draws depends on its seed, the venue, the order and the event, so
    that two worlds that differ in fees alone have the same fills. A world gives the digest that the same run gives alone.
    """
    models = (fill_models, queue_models, fee_models, latency_models)
    given: dict[str, dict[str, Any]] = {axis: dict(named) for axis, named in zip(MODEL_AXES, models, strict=True) if named}
    if bar_paths:
        chosen_paths = [choice_of(BarPath, path, "bar_paths", "the comparison") for path in bar_paths]
        given[BAR_PATH] = {str(path.name): path for path in chosen_paths}
    if strategies:
        given[STRATEGIES] = dict(strategies)
    if not given:
        raise InvalidConfiguration(
            "nothing to compare: give `fill_models`, `queue_models`, `fee_models`, `latency_models`, `bar_paths` or `strategies`"
        )
    market = Market(config.engine.capacity())
    instruments = read_instruments(config)
    venues = {settings["venue"]: settings for settings in map(venue_settings, config.venues)}
    worlds: list[World] = []
    labels: list[dict[str, str]] = []
    for combination in product(*(named.items() for named in given.values())):
        labels.append(dict(zip(given, (label for label, _ in combination), strict=True)))
        chosen = dict(zip(given, (model for _, model in combination), strict=True))
        name = " / ".join(labels[-1].values())
        if any(world.name == name for world in worlds):
            raise InvalidConfiguration(f"two worlds would be named {name!r}: give the models other names")
        worlds.append(_make_world(config, market, instruments, name, chosen))
    streams, n_rows = [], 0
    for order, (kind, identifier, source, label, count) in enumerate(row_sources(config), start=1):
        objects = getattr(source, "objects", None)
        streams.append(RowStream(kind, identifier, source, order, label, objects))
        n_rows += count
    start, end = maybe_dt_to_unix_nanos(config.start), maybe_dt_to_unix_nanos(config.end)
    report = None
    if config.engine.preflight.enabled:
        report = look_before(worlds, instruments, streams, config.engine.preflight, start, end)
        report.raise_errors(config.engine.preflight.allow)
    bar_walk = BarWalk()
    replay = make_replay(market, worlds, streams, venues, bar_walk, start, end)
    began = time.perf_counter()
    try:
        replay.open()
        if start is not None:
            replay.skip_before(start)
        first = start if start is not None else (replay.first_ts() or 0)
        for world in worlds:
            world.start(first)
        with progress_bar(n_rows, progress) as update:
            n_seen = _run(replay, worlds, end, update)
    finally:
        replay.close()
    elapsed = time.perf_counter() - began
    described, settings = {"run": config.json_primitives()}, config.engine.statistics
    results = [
        make_result(world, first, elapsed, n_seen[world.name], described, bar_walk, settings) for world in worlds
    ]
    prints = fingerprints(streams)
    for result in results:
        result.data = prints
    if report is not None:
        for result in results:
            result.warnings += report.as_warnings()
    return Comparison(results, labels)


def _run(replay: Replay, worlds: list[World], end: int | None, progress: Callable[[int], None] | None) -> dict[str, int]:
    """Run worlds to their ends; one that asks to shut down ends there, as it would alone, and the others go on.

    Returns how many rows each saw, by its name.
    """
    n_seen = {}
    going = list(worlds)
    while going:
        replay.run(end, progress)
        ended = [world for world in going if world.shutdown_reason is not None] or going
        for world in ended:
            world.finish(end if end is not None else world.clock.timestamp_ns(), world.shutdown_reason is not None)
            n_seen[world.name] = replay.n_rows
            replay.leave(world)
        going = [world for world in going if world not in ended]
    return n_seen


def _make_world(
    config: BacktestRunConfig, market: Market, instruments: list[Any], name: str, chosen: dict[str, Any]
) -> World:
    world = World(market, config.engine, name)
    for venue in config.venues:
        models = venue_models(venue)
        models.update(
            {axis: model.create() for axis, model in chosen.items() if axis in MODEL_AXES and model is not None}
        )
        settings = venue_settings(venue)
        if BAR_PATH in chosen:
            settings.update(bar_path=chosen[BAR_PATH], bar_adaptive_high_low_ordering=False)
        world.add_venue(world.new_exchange(settings, **models))
    for instrument in instruments:
        world.add_instrument(instrument)
    for actor in config.engine.actors:
        world.trader.add_actor(actor.create())
    for algorithm in config.engine.exec_algorithms:
        world.trader.add_exec_algorithm(algorithm.create())
    for strategy in chosen.get(STRATEGIES, config.engine.strategies):
        world.trader.add_strategy(strategy.create())
    return world
