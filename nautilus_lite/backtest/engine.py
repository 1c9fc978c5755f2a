"""The low-level way to run a backtest: data, instruments, venues and strategies given as objects."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from nautilus_lite.backtest.bar_rules import BarOrderTiming, BarPath
from nautilus_lite.backtest.bar_walk import BarWalk
from nautilus_lite.backtest.config import BacktestEngineConfig, PreflightConfig
from nautilus_lite.backtest.exchange import SimulatedExchange
from nautilus_lite.backtest.executing_bars import bars_that_execute
from nautilus_lite.backtest.feeds import ends_of, feed_latencies
from nautilus_lite.backtest.matching.engine import OrderMatchingEngine
from nautilus_lite.backtest.models import FeeModel, FillModel, LatencyModel, MakerTakerFeeModel, QueueModel
from nautilus_lite.backtest.modules import SimulationModule
from nautilus_lite.backtest.options import check_options
from nautilus_lite.backtest.ported import check_margin_model, queue_model_of
from nautilus_lite.backtest.preflight import PreflightReport, preflight
from nautilus_lite.backtest.reading import ArraySource, BlockSource, Source
from nautilus_lite.backtest.replay import Replay
from nautilus_lite.backtest.session import TradingSession
from nautilus_lite.backtest.sources import KEY_BITS, as_keys, split_objects
from nautilus_lite.backtest.stream import RowStream
from nautilus_lite.backtest.world import World
from nautilus_lite.cache.market import Market
from nautilus_lite.common.logging import init_logging
from nautilus_lite.core.datetime import maybe_dt_to_unix_nanos
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.enums import AccountType, BookType, OmsType
from nautilus_lite.model.identifiers import InstrumentId, Venue
from nautilus_lite.model.objects import Currency, Money

if TYPE_CHECKING:
    from nautilus_lite.backtest.explain import OrderExplanation
    from nautilus_lite.backtest.fingerprint import StreamPrint
    from nautilus_lite.backtest.results import BacktestResult
    from nautilus_lite.common.config import DataCatalogConfig
    from nautilus_lite.persistence.catalog import ParquetDataCatalog

__all__ = [
    "BacktestEngine",
    "BacktestEngineConfig",
    "BarOrderTiming",
    "BarPath",
    "OrderMatchingEngine",
    "SimulatedExchange",
]

# Keys order rows of equal time: the call in the upper bits, the position within the call in the lower
MINUTE_NS = 60_000_000_000


class BacktestEngine:
    """Event-driven backtest over historical data.

    Parameters
    ----------
    config : BacktestEngineConfig, optional

    Notes
    -----
    Order of work: `add_venue`, `add_instrument`, `add_data`, `add_strategy`, `run`, `get_result`. `reset` clears what a run
    made and keeps data, instruments, venues and strategies.
    """

    def __init__(self, config: BacktestEngineConfig | None = None) -> None:
        self.config = config or BacktestEngineConfig()
        if self.config.logging is not None:
            init_logging(self.config.logging)
        self.market = Market(self.config.capacity())
        self.world = World(self.market, self.config)
        for place in self.config.catalogs:
            self.world.data_engine.register_catalog(open_catalog(place), place.name or place.path)
        self._venues: dict[Venue, dict[str, Any]] = {}
        self._instruments: dict[InstrumentId, Any] = {}
        self._streams: list[RowStream] = []
        self._data: list[Any] = []
        self._n_calls = 0
        self._positions_key: int | None = None
        self._sorted = True
        self._replay: Replay | None = None
        self._bar_walk = BarWalk()
        self._started = False
        self._start_ns = 0
        self._elapsed = 0.0
        self._n_rows = 0
        self._preflight: PreflightReport | None = None
        self._cleared: list[StreamPrint] = []
        self._disposed = False
        for actor in self.config.actors:
            self.add_actor(actor.create())
        for algorithm in self.config.exec_algorithms:
            self.add_exec_algorithm(algorithm.create())
        for strategy in self.config.strategies:
            self.add_strategy(strategy.create())

    # -- what a user reads ------------------------------------------------------------------------------------------

    @property
    def trader_id(self) -> Any:
        """Identifier of the trader."""
        return self.world.trader_id

    @property
    def trader(self) -> Any:
        """The trader, which holds actors and strategies."""
        return self.world.trader

    @property
    def cache(self) -> Any:
        """Orders, positions, accounts and recent market data."""
        return self.world.cache

    @property
    def portfolio(self) -> Any:
        """Net positions, PnL and exposure."""
        return self.world.portfolio

    @property
    def kernel(self) -> World:
        """The world with all engines."""
        return self.world

    @property
    def iteration(self) -> int:
        """Rows replayed so far."""
        return self._n_rows

    @property
    def data(self) -> list[Any]:
        """The data objects given to `add_data`, in input order (a copy of the list)."""
        return list(self._data)

    def list_venues(self) -> list[Venue]:
        """Return the venues in the order they were added."""
        return list(self._venues)

    # -- what a user adds -------------------------------------------------------------------------------------------

    def add_venue(
        self,
        venue: Venue,
        oms_type: OmsType,
        account_type: AccountType,
        starting_balances: list[Money],
        base_currency: Currency | None = None,
        default_leverage: Decimal | None = None,
        leverages: dict[InstrumentId, Decimal] | None = None,
        margin_model: Any = None,
        modules: list[SimulationModule] | None = None,
        fill_model: FillModel | None = None,
        fee_model: FeeModel | None = None,
        latency_model: LatencyModel | None = None,
        book_type: BookType = BookType.L1_MBP,
        routing: bool = False,
        reject_stop_orders: bool = True,
        support_gtd_orders: bool = True,
        support_contingent_orders: bool = True,
        oto_trigger_mode: Any = "PARTIAL",
        use_position_ids: bool = True,
        use_random_ids: bool = False,
        use_reduce_only: bool = True,
        use_message_queue: bool = True,
        use_market_order_acks: bool = False,
        bar_execution: bool = True,
        bar_adaptive_high_low_ordering: bool = False,
        trade_execution: bool = True,
        liquidity_consumption: bool = False,
        queue_position: bool = False,
        allow_cash_borrowing: bool = False,
        frozen_account: bool = False,
        queue_model: QueueModel | None = None,
        bar_path: BarPath | str | None = None,
        bar_order_timing: BarOrderTiming | str = BarOrderTiming.THIS_CLOSE,
        recorded_feed_latency: bool = False,
        settlement_prices: dict[InstrumentId, Any] | None = None,
        settlement_fallback: str = "refuse",
        session: TradingSession | None = None,
        price_protection_points: int | None = None,
        max_price_age_ns: int | None = None,
        require_fresh_price: bool = False,
        liquidation_enabled: bool = False,
        liquidation_trigger_ratio: Decimal | float = Decimal(1),
        liquidation_cancel_open_orders: bool = True,
        liquidation_interval_ns: int = MINUTE_NS,
    ) -> None:
        """Add a simulated venue with one account.

        Parameters
        ----------
        venue : Venue
        oms_type : OmsType
            `NETTING` (one position per instrument and strategy) or `HEDGING`.
        account_type : AccountType
            `CASH` or `MARGIN`.
        starting_balances : list of Money
        base_currency : Currency, optional
            Currency of a single-currency account; None for a multi-currency one.
        default_leverage : Decimal, optional
            10 for margin accounts, 1 for cash.
        book_type : BookType, default L1_MBP
            L1 follows quotes, trades and bars and ignores deltas; L2 follows deltas and depth and ignores the
            others; L3 follows deltas by order.
        trade_execution : bool, default True
            Trades may fill resting orders. False: trades touch neither orders nor the book.
        allow_cash_borrowing : bool, default False
            Balances of a cash account may fall below zero. False: an order that the account cannot pay for is rejected by the
            venue, or cancelled if it was accepted.
        margin_model, routing, support_contingent_orders, oto_trigger_mode, use_position_ids, use_random_ids, \
use_message_queue, use_market_order_acks
            Accepted for compatibility at the one value that holds here, their default; others are refused.
        queue_position : bool, default False
            True stands for `queue_model=RiskAverseQueueModel()`.
        queue_model : QueueModel, optional
            What stands ahead of resting limit orders at their price. None: on an L3 book its orders do, first in first
            out; on others nobody.
        liquidity_consumption : bool, default False
            What any own order took of a level stays taken until the level has another size. False: an L1 book fills any
            size, and on an L2 book resting orders alone do not take the same liquidity twice.
        bar_path : BarPath or str, optional
            Order of high and low of a bar: `OHLC` (the default: the high first), `ADAPTIVE` (the nearer to the open first;
            `bar_adaptive_high_low_ordering=True` means this), `WORST` or `BEST` for the trader, to run as bounds.
        bar_order_timing : BarOrderTiming or str, default THIS_CLOSE
            When a command acts where bars execute: at the close of the bar on which it was sent, at the `NEXT_OPEN`, or at
            the `NEXT_CLOSE`.
        recorded_feed_latency : bool, default False
            The venue acts on market data at its `ts_event`, and strategies hear of it at its `ts_init`. False: both at
            `ts_init`. `latency_model.feed_latency_nanos` comes on top for the strategies.
        modules : list of SimulationModule, optional
            User code that takes part in the venue, and `FXRolloverInterestModule`.
        settlement_prices : dict of InstrumentId to Price, float or Decimal, optional
            At which futures and options are settled when they expire.
        settlement_fallback : {'refuse', 'last'}, default 'refuse'
            Where no settlement price is known, stop the run or take the last price.
        session : TradingSession, optional
            When the venue opens and closes, for orders AT_THE_OPEN and AT_THE_CLOSE in instruments without status data;
            UTC days where None.
        max_price_age_ns : int, optional
            An order that would take a price at which the book was last updated longer ago (ns) is rejected; a triggered stop,
            or a change, waits for the next update. None or 0: any age will do.
        require_fresh_price : bool, default False
            An order that would take a price older than its arrival waits for the first update after it. On bars, orders
            that came after a bar had opened meet only its close.
        price_protection_points : int, optional
            Market orders, and stops that became one, fill at most so many price increments beyond the touch.
        liquidation_enabled : bool, default False
            Positions of a margin account are closed when its equity falls below `liquidation_trigger_ratio` times the
            maintenance margin. `liquidation_cancel_open_orders` says whether working orders go first, and
            `liquidation_interval_ns` how often to look besides orders, fundings and bars (ns, 0 for never).

        Raises
        ------
        InvalidConfiguration
            If the venue was added before or a setting makes no sense.
        """
        settings = {
            "venue": venue,
            "oms_type": oms_type,
            "account_type": account_type,
            "starting_balances": list(starting_balances),
            "base_currency": base_currency,
            "default_leverage": default_leverage or Decimal(10 if account_type == AccountType.MARGIN else 1),
            "leverages": dict(leverages or {}),
            "book_type": book_type,
            "reject_stop_orders": reject_stop_orders,
            "support_gtd_orders": support_gtd_orders,
            "use_reduce_only": use_reduce_only,
            "bar_execution": bar_execution,
            "bar_adaptive_high_low_ordering": bar_adaptive_high_low_ordering,
            "trade_execution": trade_execution,
            "frozen_account": frozen_account,
            "allow_cash_borrowing": allow_cash_borrowing,
            "liquidity_consumption": liquidity_consumption,
            "bar_path": bar_path,
            "bar_order_timing": bar_order_timing,
            "recorded_feed_latency": recorded_feed_latency,
            "settlement_prices": dict(settlement_prices or {}),
            "settlement_fallback": settlement_fallback,
            "session": session,
            "price_protection_points": price_protection_points,
            "max_price_age_ns": max_price_age_ns,
            "require_fresh_price": require_fresh_price,
            "liquidation_enabled": liquidation_enabled,
            "liquidation_trigger_ratio": liquidation_trigger_ratio,
            "liquidation_cancel_open_orders": liquidation_cancel_open_orders,
            "liquidation_interval_ns": liquidation_interval_ns,
        }
        check_options(
            venue, routing=routing, support_contingent_orders=support_contingent_orders, oto_trigger_mode=oto_trigger_mode,
            use_position_ids=use_position_ids, use_random_ids=use_random_ids, use_message_queue=use_message_queue,
            use_market_order_acks=use_market_order_acks,
        )  # fmt: skip
        check_margin_model(venue, margin_model)
        queue_model = queue_model_of(queue_position, queue_model)
        models = (fill_model or FillModel(), fee_model or MakerTakerFeeModel(), latency_model, queue_model)
        self.world.add_venue(self.world.new_exchange(settings, *models, modules=list(modules or [])))
        self._venues[venue] = settings

    def add_instrument(self, instrument: Any) -> None:
        """Add an instrument; its venue must have been added.

        Raises
        ------
        InvalidConfiguration
            If the venue is unknown.
        """
        self.world.add_instrument(instrument)
        self._instruments[instrument.id] = instrument

    def add_data(self, data: list[Any], client_id: Any = None, validate: bool = True, sort: bool = True) -> None:
        """Add data objects. The list is copied.

        Parameters
        ----------
        data : list of Data
            Of one or several kinds and instruments.
        client_id : ClientId, optional
            Accepted for compatibility.
        validate : bool, default True
            False skips the check that every element is data.
        sort : bool, default True
            Sort the list by `ts_init`, stably. With False the list must be sorted already, or `sort_data` be called
            before `run`.

        Raises
        ------
        InvalidData
            If the list is empty, an instrument is unknown or a precision differs from its instrument's.
        """
        if not data:
            raise InvalidData("`data` is empty")
        if validate:
            for index, item in enumerate(data):
                if not hasattr(item, "ts_init"):
                    raise InvalidData(f"`data[{index}]` is not market data but {type(item).__name__}")
        items = sorted(data, key=lambda item: item.ts_init) if sort else list(data)
        self._data.extend(items)
        if not sort:
            times = [item.ts_init for item in items]
            self._sorted = self._sorted and all(a <= b for a, b in zip(times, times[1:], strict=False))
        self._add_objects(items)

    def sort_data(self) -> None:
        """Sort all data added so far by `ts_init`, stably."""
        items = sorted(self._data, key=lambda item: item.ts_init)
        arrays = [stream for stream in self._streams if stream.name != OBJECTS_NAME]
        self._streams = arrays
        self._data = items
        self._sorted = True
        self._add_objects(items)

    def _add_objects(self, items: list[Any]) -> None:
        base = self._next_key()
        for kind, identifier, rows, positions, objects in split_objects(items, self._instruments):
            keys = np.asarray(positions, dtype=np.uint64) + np.uint64(base)
            self._streams.append(
                RowStream(kind, identifier, ArraySource(rows, keys), base, OBJECTS_NAME, objects)
            )

    def add_rows(
        self, kind: str, identifier: Any, rows: np.ndarray, name: str = "rows", positions: np.ndarray | None = None
    ) -> None:
        """Add market data as a structured array, without making objects.

        Parameters
        ----------
        kind : str
            `quote`, `trade`, `bar`, `delta` or `depth10`.
        identifier : InstrumentId | BarType
        rows : ndarray
            Structured as in `nautilus_lite.model.data.dtypes`, raw at the instrument's precision, sorted by `ts_init`.
        name : str
            For messages.
        positions : ndarray of int, optional
            Where each row stood in the recording that was cut into several arrays, rising, 0 to 2^40. Rows of one `ts_init`
            come in this order, over all arrays with positions. Without, arrays come one after the other as they were added.

        Raises
        ------
        InvalidData
            If positions are not as many as rows, do not rise or are out of their range.
        """
        key = self._next_key()
        keys = None
        if positions is not None:
            if self._positions_key is None:
                self._positions_key = key
            keys = as_keys(positions, len(rows), self._positions_key)
        self._streams.append(RowStream(kind, identifier, ArraySource(rows, keys), key, name))

    def add_source(self, kind: str, identifier: Any, source: Callable[[], Iterable[np.ndarray]], name: str) -> None:
        """Add a stream of row blocks, read again from the start at each run.

        Parameters
        ----------
        source : callable
            Returns a fresh iterator of structured arrays. A source of objects has a list `objects` to which the rows of
            its last block point.
        """
        blocks = source if isinstance(source, Source) else BlockSource(source)
        self._streams.append(RowStream(kind, identifier, blocks, self._next_key(), name, getattr(source, "objects", None)))

    def _next_key(self) -> int:
        self._n_calls += 1
        return self._n_calls << KEY_BITS

    def clear_data(self) -> None:
        """Forget all data; instruments stay."""
        if self._replay is not None:
            self._cleared += self._prints()
        self._streams.clear()
        self._positions_key = None
        self._data.clear()
        self._sorted = True
        self._replay = None

    def add_actor(self, actor: Any) -> None:
        """Add an actor."""
        self.world.trader.add_actor(actor)

    def add_actors(self, actors: list[Any]) -> None:
        """Add several actors."""
        for actor in actors:
            self.add_actor(actor)

    def add_strategy(self, strategy: Any) -> None:
        """Add a strategy."""
        self.world.trader.add_strategy(strategy)

    def add_exec_algorithm(self, exec_algorithm: Any) -> None:
        """Add an execution algorithm; orders that name its id are worked by it."""
        self.world.trader.add_exec_algorithm(exec_algorithm)

    def add_exec_algorithms(self, exec_algorithms: list[Any]) -> None:
        """Add several execution algorithms."""
        for exec_algorithm in exec_algorithms:
            self.add_exec_algorithm(exec_algorithm)

    def add_strategies(self, strategies: list[Any]) -> None:
        """Add several strategies."""
        for strategy in strategies:
            self.add_strategy(strategy)

    # -- running ----------------------------------------------------------------------------------------------------

    def preflight(self, start: Any = None, end: Any = None, full: bool = False) -> PreflightReport:
        """Look for mismatches of data, venues and strategies that make orders never fill, or fill wrongly.

        `run` does so by itself and stops on errors unless `config.preflight.allow` names them.

        Parameters
        ----------
        start, end : datetime | str | int, optional
            Limits of the run that is planned.
        full : bool, default False
            Read every row; otherwise a sample of each stream, which the report names.

        Returns
        -------
        PreflightReport
        """
        return look_before(
            [self.world],
            list(self._instruments.values()),
            self._streams,
            self.config.preflight,
            maybe_dt_to_unix_nanos(start),
            maybe_dt_to_unix_nanos(end),
            full,
        )

    def run(
        self,
        start: Any = None,
        end: Any = None,
        run_config_id: str | None = None,
        streaming: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Run the backtest.

        Parameters
        ----------
        start, end : datetime | str | int, optional
            Limits by `ts_init`, both included; the data's own where omitted.
        run_config_id : str, optional
            Accepted for compatibility.
        streaming : bool, default False
            True leaves strategies running after the data: add more with `clear_data` and `add_data`, run again, and call
            `end` at last. The result equals one run over all of it.
        progress : callable, optional
            Called with numbers of rows done.

        Raises
        ------
        InvalidData, InvalidConfiguration
            If data and venues do not fit together.
        RuntimeError
            If data was added with `sort=False` and is not sorted.
        """
        if self._disposed:
            raise InvalidConfiguration("the engine was disposed; make a new one")
        if not self._venues:
            raise InvalidConfiguration("no venue: call `add_venue` first")
        if not self._streams:
            raise InvalidData("no data: call `add_data` first")
        if not self._sorted:
            raise RuntimeError("data is not sorted by `ts_init`: call `sort_data()` or `add_data(..., sort=True)`")
        start_ns = maybe_dt_to_unix_nanos(start)
        end_ns = maybe_dt_to_unix_nanos(end)
        if self.config.preflight.enabled:
            self._preflight = self.preflight(start_ns, end_ns)
            self._preflight.raise_errors(self.config.preflight.allow)
        began = time.perf_counter()
        resumed = self.world.clock.timestamp_ns() if self._started else None
        replay = make_replay(
            self.market, [self.world], self._streams, self._venues, self._bar_walk, start_ns, end_ns, resumed
        )
        self._replay = replay
        try:
            replay.open()
            if start_ns is not None:
                replay.skip_before(start_ns)
            if not self._started:
                first = replay.first_ts()
                self._start_ns = start_ns if start_ns is not None else (first or 0)
                self.world.start(self._start_ns)
                self._started = True
            replay.run(end_ns, progress)
        finally:
            replay.close()
            self._n_rows += replay.n_rows
            self._elapsed += time.perf_counter() - began
        if not streaming:
            self._finish(end_ns)

    def end(self) -> None:
        """Stop the strategies and settle what is pending, after runs with `streaming=True`."""
        if self._started:
            self._finish(None)

    def _finish(self, end_ns: int | None) -> None:
        self.world.finish(
            end_ns if end_ns is not None else self.world.clock.timestamp_ns(), self.world.shutdown_reason is not None
        )
        self._started = False

    def reset(self) -> None:
        """Clear what runs made; data, instruments, venues and strategies stay."""
        self.market.reset()
        self.world.reset()
        self._bar_walk.reset()
        self._replay = None
        self._started = False
        self._n_rows = 0
        self._elapsed = 0.0
        self._cleared.clear()

    def dispose(self) -> None:
        """Release everything; the engine cannot be used again."""
        if not self._disposed:
            self.world.dispose()
            self._replay = None
            self.clear_data()
            self._disposed = True

    def explain(self, client_order_id: Any) -> OrderExplanation:
        """Tell the life of an order: when it arrived, what it waited for, why it filled or did not.

        The order's own events tell what happened to it. What the market did meanwhile is read again from the data of the run,
        for the order's lifetime alone; a book of deltas is rebuilt from the start of the run.

        Parameters
        ----------
        client_order_id : ClientOrderId | str

        Raises
        ------
        KeyError
            If the run had no such order.
        """
        from nautilus_lite.backtest.explain import explain_order, find_order

        orders = self.cache.orders()
        order = find_order(orders, client_order_id)
        exchange = self.world.exchange(order.instrument_id.venue)
        walking = [stream for stream, _ in bars_that_execute(self._streams, self._venues, self.market)]
        return explain_order(
            order,
            orders,
            self.cache.instrument(order.instrument_id),
            exchange.describe(),
            [(stream, stream in walking) for stream in self._streams],
            exchange.queue_model,
            self._start_ns,
            self.world.clock.timestamp_ns(),
            dict(exchange.purse.ended) if exchange.purse is not None else None,
        )

    def get_result(self) -> BacktestResult:
        """Return the result of the run so far."""
        # Results bring statistics and reports along: they are imported when one is asked for
        from nautilus_lite.backtest.collect import make_result

        config = {"engine": self.config.json_primitives()}
        result = make_result(
            self.world, self._start_ns, self._elapsed, self._n_rows, config, self._bar_walk, self.config.statistics
        )
        result.data = [*self._cleared, *self._prints()]
        if self._preflight is not None:
            result.warnings += self._preflight.as_warnings()
        return result

    def _prints(self) -> list[StreamPrint]:
        from nautilus_lite.backtest.fingerprint import fingerprints

        return fingerprints(self._streams)


OBJECTS_NAME = "add_data"


def open_catalog(place: DataCatalogConfig) -> ParquetDataCatalog:
    """Return the catalog at a place."""
    # Here, not above: pyarrow takes 30 ms, which a run of objects need not pay
    from nautilus_lite.persistence.catalog import ParquetDataCatalog

    return ParquetDataCatalog(place.path, place.fs_protocol, place.fs_storage_options)


def look_before(
    worlds: list[World],
    instruments: list[Any],
    streams: list[RowStream],
    settings: PreflightConfig,
    start: int | None = None,
    end: int | None = None,
    full: bool = False,
) -> PreflightReport:
    """Look at data, venues and strategies before a run; worlds of one pass have the same venues, looked at in the first."""
    components: list[Any] = []
    for world in worlds:
        for part in (*world.trader.actors(), *world.trader.strategies()):
            # Most worlds hold the same strategies: each is looked at once
            if not any(type(part) is type(known) and part.config == known.config for known in components):
                components.append(part)
    known = {instrument.id: instrument for instrument in instruments}
    return preflight(streams, known, worlds[0].exchanges, components, start, end, settings.sample_rows, full)


def make_replay(
    market: Market,
    worlds: list[World],
    streams: list[RowStream],
    venues: dict[Venue, dict[str, Any]],
    bar_walk: BarWalk,
    start: int | None = None,
    end: int | None = None,
    resumed: int | None = None,
) -> Replay:
    """Connect streams to worlds; limits and the time replayed so far (ns) matter to data that comes late alone."""
    replay = Replay(market, worlds, bar_walk)
    latencies = feed_latencies(worlds)
    ends = {id(stream): ends_of(stream, latencies, start, end, resumed) for stream in streams}
    for stream in streams:
        for one in ends[id(stream)]:
            replay.add_stream(one)
    for stream, pairs in bars_that_execute(streams, venues, market):
        for one in ends[id(stream)]:
            replay.set_walks(one, True, pairs)
    return replay
