"""Several fill, fee and latency models compared over one pass of the data.

Market data is decoded and applied once; every combination of models is a world of its own with its own strategies,
orders and accounts. A world in a comparison gives the same digest as the same run alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from tqdm.auto import tqdm

from nautilus_lite.backtest.bar_rules import BarPath, choice_of
from nautilus_lite.backtest.bar_walk import BarWalk
from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.engine import make_replay, make_result
from nautilus_lite.backtest.preflight import preflight
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.backtest.setup_run import read_instruments, row_sources, venue_models, venue_settings
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.backtest.world import World
from nautilus_lite.cache.market import Market
from nautilus_lite.common.config import ImportableConfig
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.errors import InvalidConfiguration

if TYPE_CHECKING:
    import pandas as pd

Models = Mapping[str, ImportableConfig | None]

BAR_PATH = "bar_path"
STATISTICS = ("PnL (total)", "PnL% (total)", "Max Drawdown", "Sharpe Ratio", "Win Rate", "Profit Factor")


@dataclass
class Comparison:
    """Results of a comparison, one a world."""

    results: list[BacktestResult]

    def frame(self) -> pd.DataFrame:
        """Return one row a world: orders, fills, maker share, fees and the main statistics."""
        import pandas as pd

        rows = []
        for result in self.results:
            row: dict[str, Any] = {
                "world": result.name,
                "orders": result.n_orders,
                "fills": result.n_fills,
                "maker_share": result.n_maker_fills / result.n_fills if result.n_fills else None,
            }
            stats = {stat.name: stat.value for stat in result.statistics()}
            row.update({name: stats[name] for name in stats if name.startswith(STATISTICS) or "Fees" in name})
            row["digest"] = result.digest
            rows.append(row)
        return pd.DataFrame(rows).set_index("world")

    def __getitem__(self, name: str) -> BacktestResult:
        for result in self.results:
            if result.name == name:
                return result
        raise KeyError(f"no world named {name!r}, there are: {', '.join(r.name for r in self.results)}")

    def _repr_html_(self) -> str:
        return self.frame().to_html(escape=True)


def compare(
    config: BacktestRunConfig,
    fill_models: Models | None = None,
    fee_models: Models | None = None,
    latency_models: Models | None = None,
    queue_models: Models | None = None,
    bar_paths: Iterable[BarPath | str] | None = None,
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
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    Comparison

    Raises
    ------
    InvalidConfiguration
        If no models are given.
    """
    axes = {
        "fill_model": fill_models,
        "fee_model": fee_models,
        "latency_model": latency_models,
        "queue_model": queue_models,
    }
    given: dict[str, dict[str, Any]] = {axis: dict(models) for axis, models in axes.items() if models}
    if bar_paths:
        chosen_paths = [choice_of(BarPath, path, "bar_paths", "the comparison") for path in bar_paths]
        given[BAR_PATH] = {str(path.name): path for path in chosen_paths}
    if not given:
        raise InvalidConfiguration(
            "nothing to compare: give `fill_models`, `fee_models`, `latency_models`, `queue_models` or `bar_paths`"
        )
    market = Market(config.engine.market_capacity)
    instruments = read_instruments(config)
    venues = {settings["venue"]: settings for settings in map(venue_settings, config.venues)}
    worlds = []
    for combination in product(*(models.items() for models in given.values())):
        name = " / ".join(label for label, _ in combination)
        chosen = dict(zip(given, (model for _, model in combination), strict=True))
        worlds.append(_make_world(config, market, instruments, name, chosen))
    streams, n_rows = [], 0
    for order, (kind, identifier, source, label, count) in enumerate(row_sources(config), start=1):
        objects = getattr(source, "objects", None)
        streams.append(RowStream(kind, identifier, source, order, label, objects))
        n_rows += count
    start, end = maybe_dt_to_unix_nanos(config.start), maybe_dt_to_unix_nanos(config.end)
    warnings = _check(config, worlds[0], instruments, streams, start, end)
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
        with tqdm(total=n_rows, unit="row", unit_scale=True, disable=not progress) as bar:
            replay.run(end, bar.update if progress else None)
        cut = any(world.shutdown_reason is not None for world in worlds)
        for world in worlds:
            world.finish(end if end is not None else world.clock.timestamp_ns(), cut)
    finally:
        replay.close()
    elapsed = time.perf_counter() - began
    results = [make_result(world, first, elapsed, replay.n_rows, {"run": config.dict()}, bar_walk) for world in worlds]
    for result in results:
        result.warnings += warnings
    return Comparison(results)


def _check(
    config: BacktestRunConfig, world: World, instruments: list[Any], streams: list[RowStream], start: int | None, end: int | None
) -> list[str]:
    """Look at the data before the run; the warnings, if there are no errors."""
    settings = config.engine.preflight
    if not settings.enabled:
        return []
    components = [*world.trader.actors(), *world.trader.strategies()]
    known = {instrument.id: instrument for instrument in instruments}
    report = preflight(streams, known, world.exchanges, components, start, end, settings.sample_rows)
    report.raise_errors(settings.allow)
    return report.as_warnings()


def _make_world(
    config: BacktestRunConfig, market: Market, instruments: list[Any], name: str, chosen: dict[str, Any]
) -> World:
    world = World(market, config.engine, name)
    for venue in config.venues:
        models = venue_models(venue)
        models.update(
            {axis: model.create() for axis, model in chosen.items() if model is not None and axis != BAR_PATH}
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
    for strategy in config.engine.strategies:
        world.trader.add_strategy(strategy.create())
    return world
