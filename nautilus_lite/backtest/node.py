"""The high-level way to run backtests: from configurations alone, streaming from a catalog."""

from __future__ import annotations

import logging
from typing import Any

from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.backtest.progress import progress_bar
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.backtest.setup_run import read_instruments, row_sources, venue_models, venue_settings
from nautilus_lite.errors import InvalidConfiguration

LOG = logging.getLogger("nautilus_lite.BacktestNode")


class BacktestNode:
    """Runs backtest configurations one after another.

    Parameters
    ----------
    configs : list of BacktestRunConfig

    Raises
    ------
    InvalidConfiguration
        If the list is empty.
    """

    def __init__(self, configs: list[BacktestRunConfig]) -> None:
        if not configs:
            raise InvalidConfiguration("`configs` is empty")
        self.configs = list(configs)
        self._engines: dict[str, BacktestEngine] = {}

    def build(self) -> None:
        """Make the engine of every configuration; `run` does so where it was not called."""
        for config in self.configs:
            if config.id not in self._engines:
                self._engines[config.id] = build_engine(config)

    def get_engine(self, run_config_id: str) -> BacktestEngine | None:
        """Return the engine of a configuration, or None before it was built."""
        return self._engines.get(run_config_id)

    def get_engines(self) -> list[BacktestEngine]:
        """Return the engines built so far."""
        return list(self._engines.values())

    def run(self, progress: bool = False) -> list[BacktestResult]:
        """Run every configuration.

        Parameters
        ----------
        progress : bool, default False
            Show a progress bar per run.

        Returns
        -------
        list of BacktestResult
            In the order of the configurations; a failed run with `raise_exception=False` is logged and left out.
        """
        self.build()
        results = []
        for config in self.configs:
            try:
                results.append(self._run_one(config, progress))
            except Exception:
                if config.raise_exception:
                    raise
                LOG.exception("run %s failed", config.id)
        return results

    def _run_one(self, config: BacktestRunConfig, progress: bool) -> BacktestResult:
        engine = self._engines[config.id]
        total = sum(n_rows for *_, n_rows in row_sources(config)) if progress else None
        with progress_bar(total, progress) as update:
            engine.run(config.start, config.end, run_config_id=config.id, progress=update)
        result = engine.get_result()
        result.config["run"] = config.json_primitives()
        return result

    def dispose(self) -> None:
        """Release every engine."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()


def build_engine(config: BacktestRunConfig) -> BacktestEngine:
    """Make an engine with everything that the configuration names."""
    engine = BacktestEngine(config.engine)
    for venue in config.venues:
        engine.add_venue(**venue_settings(venue), **venue_models(venue))
    for instrument in read_instruments(config):
        engine.add_instrument(instrument)
    for kind, identifier, source, name, _ in row_sources(config):
        engine.add_source(kind, identifier, source, name)
    return engine


def run_backtest(config: BacktestRunConfig, progress: bool = False) -> BacktestResult:
    """Run one configuration and return its result."""
    node = BacktestNode([config])
    try:
        return node.run(progress)[0]
    finally:
        node.dispose()


__all__: list[Any] = ["BacktestNode", "build_engine", "run_backtest"]
