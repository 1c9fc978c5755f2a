"""The trader: holds actors and strategies and starts, stops and resets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nautilus_lite import analysis
from nautilus_lite.cache.cache import Cache
from nautilus_lite.common.actor import Actor
from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.msgbus import MessageBus
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.data.engine import DataEngine
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.algorithm import ExecAlgorithm
from nautilus_lite.execution.engine import ExecutionEngine
from nautilus_lite.model.identifiers import Identifier, StrategyId, TraderId, Venue
from nautilus_lite.portfolio.portfolio import Portfolio
from nautilus_lite.risk.engine import RiskEngine
from nautilus_lite.trading.strategy import Strategy

if TYPE_CHECKING:
    import pandas as pd


class Trader:
    """Actors and strategies of one world.

    Parameters
    ----------
    trader_id : TraderId
    msgbus, cache, portfolio, data_engine, risk_engine, exec_engine
    clock : TestClock
        Each component gets a clock of its own on the same queue of timers.
    ids : UUIDFactory
    """

    def __init__(
        self,
        trader_id: TraderId,
        msgbus: MessageBus,
        cache: Cache,
        portfolio: Portfolio,
        data_engine: DataEngine,
        risk_engine: RiskEngine,
        exec_engine: ExecutionEngine,
        clock: TestClock,
        ids: UUIDFactory,
    ) -> None:
        self.id = trader_id
        self._msgbus = msgbus
        self._cache = cache
        self._portfolio = portfolio
        self._data_engine = data_engine
        self._risk_engine = risk_engine
        self._exec_engine = exec_engine
        self._clock = clock
        self._ids = ids
        self._actors: dict[Identifier, Actor] = {}
        self._strategies: dict[Identifier, Strategy] = {}
        self._exec_algorithms: dict[Identifier, ExecAlgorithm] = {}

    def actors(self) -> list[Actor]:
        """Return the actors, in the order they were added."""
        return list(self._actors.values())

    def strategies(self) -> list[Strategy]:
        """Return the strategies, in the order they were added."""
        return list(self._strategies.values())

    def exec_algorithms(self) -> list[ExecAlgorithm]:
        """Return the execution algorithms, in the order they were added."""
        return list(self._exec_algorithms.values())

    def add_exec_algorithm(self, exec_algorithm: ExecAlgorithm) -> None:
        """Add an execution algorithm.

        Raises
        ------
        InvalidConfiguration
            If the id is taken.
        """
        if not isinstance(exec_algorithm, ExecAlgorithm):
            raise InvalidConfiguration(f"invalid `exec_algorithm`, must be an ExecAlgorithm, was {exec_algorithm!r}")
        name = exec_algorithm.exec_algorithm_id
        if name in self._exec_algorithms:
            raise InvalidConfiguration(f"execution algorithm {name} was added before: give it another `exec_algorithm_id`")
        exec_algorithm.register_base(
            self.id, self._portfolio, self._msgbus, self._cache, self._new_clock(), self._ids
        )
        self._msgbus.register(f"{name}.execute", exec_algorithm.execute)
        self._msgbus.register(f"{name}.refuse", exec_algorithm.refuse)
        self._exec_algorithms[name] = exec_algorithm

    def actor_ids(self) -> list[Identifier]:
        """Return the ids of the actors."""
        return list(self._actors)

    def strategy_ids(self) -> list[StrategyId]:
        """Return the ids of the strategies."""
        return [StrategyId(key.value) for key in self._strategies]

    def actor_states(self) -> dict[Identifier, str]:
        """Return the state of every actor by id."""
        return {key: str(actor.state.name) for key, actor in self._actors.items()}

    def strategy_states(self) -> dict[Identifier, str]:
        """Return the state of every strategy by id."""
        return {key: str(strategy.state.name) for key, strategy in self._strategies.items()}

    def add_actor(self, actor: Actor) -> None:
        """Add an actor.

        Raises
        ------
        InvalidConfiguration
            If the id is taken.
        """
        if not isinstance(actor, Actor) or isinstance(actor, Strategy):
            raise InvalidConfiguration(f"invalid `actor`, must be an Actor and no Strategy, was {actor!r}")
        if actor.id in self._actors:
            raise InvalidConfiguration(f"actor {actor.id} was added before: give it another `component_id`")
        actor.register_base(self.id, self._portfolio, self._msgbus, self._cache, self._new_clock(), self._ids)
        self._actors[actor.id] = actor

    def add_actors(self, actors: list[Actor]) -> None:
        """Add several actors."""
        for actor in actors:
            self.add_actor(actor)

    def add_strategy(self, strategy: Strategy) -> None:
        """Add a strategy.

        Raises
        ------
        InvalidConfiguration
            If the id or the order id tag is taken.
        """
        if not isinstance(strategy, Strategy):
            raise InvalidConfiguration(f"invalid `strategy`, must be a Strategy, was {strategy!r}")
        if strategy.config.order_id_tag is None and strategy.config.strategy_id is None:
            strategy.change_order_id_tag(f"{len(self._strategies):03d}")
        for other in self._strategies.values():
            if other.id == strategy.id or other.order_id_tag == strategy.order_id_tag:
                raise InvalidConfiguration(
                    f"strategy {strategy.id} has the id or order id tag of {other.id}: set another `order_id_tag`"
                )
        strategy.register(
            self.id,
            self._portfolio,
            self._msgbus,
            self._cache,
            self._new_clock(),
            self._ids,
            self._risk_engine,
            self._exec_engine,
        )
        self._strategies[strategy.id] = strategy

    def add_strategies(self, strategies: list[Strategy]) -> None:
        """Add several strategies."""
        for strategy in strategies:
            self.add_strategy(strategy)

    def _new_clock(self) -> TestClock:
        return TestClock(self._clock.queue)

    def _all(self) -> list[Any]:
        return [*self._actors.values(), *self._exec_algorithms.values(), *self._strategies.values()]

    def start(self) -> None:
        """Start actors, then execution algorithms, then strategies."""
        for component in self._all():
            component.start()

    def stop(self) -> None:
        """Stop those that run; strategies before what works their orders."""
        for component in [*self._actors.values(), *self._strategies.values(), *self._exec_algorithms.values()]:
            if component.is_running:
                component.stop()

    def end_exits(self) -> bool:
        """Stop strategies that have left the market before; return whether there were any."""
        ended = [strategy.end_exit() for strategy in self._strategies.values()]
        return any(ended)

    def reset(self) -> None:
        """Reset all, in place."""
        for component in self._all():
            component.reset()

    def dispose(self) -> None:
        """Dispose of all."""
        for component in self._all():
            if component.is_running:
                component.stop()
        self.end_exits()
        for component in self._all():
            if not component.is_disposed:
                component.dispose()

    # -- reports ----------------------------------------------------------------------------------------------------------

    def generate_orders_report(self) -> pd.DataFrame:
        """Return every order, as `ReportProvider.generate_orders_report` does."""
        return analysis.ReportProvider.generate_orders_report(self._cache.orders())

    def generate_order_fills_report(self) -> pd.DataFrame:
        """Return the orders that were filled, wholly or in part."""
        return analysis.ReportProvider.generate_order_fills_report(self._cache.orders())

    def generate_fills_report(self) -> pd.DataFrame:
        """Return every fill; prices after it are in `BacktestResult.fills_report` alone."""
        return analysis.ReportProvider.generate_fills_report(self._cache.orders())

    def generate_positions_report(self) -> pd.DataFrame:
        """Return every position and every closed netting cycle."""
        return analysis.ReportProvider.generate_positions_report(self._cache.positions(), self._cache.position_snapshots())

    def generate_account_report(self, venue: Venue) -> pd.DataFrame:
        """Return the balances of the account at a venue after each change.

        Raises
        ------
        InvalidConfiguration
            If there is no account at the venue.
        """
        account = self._cache.account_for_venue(venue)
        if account is None:
            known = sorted({str(known.id.get_issuer()) for known in self._cache.accounts()})
            raise InvalidConfiguration(f"no account at venue {venue}, there are accounts at: {known}")
        return analysis.ReportProvider.generate_account_report(account)
