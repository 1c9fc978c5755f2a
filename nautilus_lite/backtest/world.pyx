"""One simulation: every component that is not shared market data.

A plain backtest has one world. `compare()` runs many over one pass of the data; they share the `Market` and nothing else.
"""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.exchange cimport BacktestExecClient
from nautilus_lite.backtest.exchange cimport SimulatedExchange
from nautilus_lite.backtest.exposures cimport Exposures
from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.markouts cimport markouts_take
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.price_samples cimport PriceSamples
from nautilus_lite.backtest.recorder cimport Recorder
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.clock cimport TestClock
from nautilus_lite.common.clock cimport TimerQueue
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.data.engine cimport DataEngine
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.portfolio.portfolio cimport Portfolio
from nautilus_lite.risk.engine cimport RiskEngine

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.execution.emulator import OrderEmulator
from nautilus_lite.model.identifiers import TraderId
from nautilus_lite.trading.trader import Trader

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

SHUTDOWN_TOPIC = "commands.system.shutdown"


@cython.final
cdef class World:
    """One simulation over shared market data.

    Parameters
    ----------
    market : Market
        The market state, shared with the other worlds of the pass.
    config : BacktestEngineConfig
        Configuration of the engines; `config.seed` seeds the event ids.
    name : str
        Shown in comparisons and messages.

    Notes
    -----
    Thread safety: one world, one thread.
    """

    def __init__(self, Market market not None, object config, str name="world"):
        self.name = name
        self.market = market
        self._config = config
        self.trader_id = TraderId(str(config.trader_id))
        self.queue = TimerQueue()
        self.clock = TestClock(self.queue)
        self.msgbus = MessageBus(trader_id=self.trader_id, clock=self.clock)
        self.cache = Cache(market)
        self._ids = UUIDFactory(config.seed)
        self.accounts_manager = AccountsManager(self.cache, self.clock, self._ids)
        self.portfolio = Portfolio(self.msgbus, self.cache, self.clock, config.portfolio)
        self.data_engine = DataEngine(self.msgbus, self.cache, self._new_clock(), config.data_engine)
        self.exec_engine = ExecutionEngine(
            self.msgbus, self.cache, self._new_clock(), self.portfolio, self.accounts_manager, self._ids, config.exec_engine
        )
        self.risk_engine = RiskEngine(
            self.msgbus, self.cache, self._new_clock(), self.portfolio, self.exec_engine, self._ids, config.risk_engine
        )
        self.recorder = Recorder()
        self.exec_engine.set_sink(self.recorder)
        self.emulator = OrderEmulator(config.emulator)
        self.emulator.register_base(
            trader_id=self.trader_id, portfolio=self.portfolio, msgbus=self.msgbus, cache=self.cache,
            clock=self._new_clock(), ids=self._ids,
        )
        self.msgbus.register("OrderEmulator.execute", self.emulator.execute)
        self.msgbus.register("OrderEmulator.keep", self.emulator.keep_for_algorithm)
        self.trader = Trader(
            trader_id=self.trader_id,
            msgbus=self.msgbus,
            cache=self.cache,
            portfolio=self.portfolio,
            data_engine=self.data_engine,
            risk_engine=self.risk_engine,
            exec_engine=self.exec_engine,
            clock=self.clock,
            ids=self._ids,
        )
        self.exchanges = []
        self._matchings = []
        self.reporting_currency = None
        self.shutdown_reason = None
        self._grid_ns = config.equity_interval_ns
        self._grid_next = NEVER
        self.agenda = Agenda()
        self.markouts = Markouts()
        self.exposures = Exposures()
        self.prices = PriceSamples()
        self.msgbus.subscribe(SHUTDOWN_TOPIC, self._on_shutdown)

    def _new_clock(self):
        return TestClock(self.queue)

    def _on_shutdown(self, command):
        self.shutdown_reason = command.reason

    def add_venue(self, SimulatedExchange exchange not None):
        """Add a venue with its execution client and account.

        Raises
        ------
        InvalidConfiguration
            If the venue was added before.
        """
        cdef SimulatedExchange other
        for other in self.exchanges:
            if other.id == exchange.id:
                raise InvalidConfiguration(f"venue `{exchange.id}` was added before; each venue is added once")
        self.exchanges.append(exchange)
        exchange.join_c(self.agenda, self.markouts, self.recorder.excursions)
        for module in exchange.events.modules:
            module.register_base(
                trader_id=self.trader_id, portfolio=self.portfolio, msgbus=self.msgbus, cache=self.cache,
                clock=self._new_clock(), ids=self._ids,
            )
            module.register_venue(exchange)
        self.exec_engine.register_client(
            BacktestExecClient(exchange=exchange, exec_engine=self.exec_engine, clock=self.clock, ids=self._ids)
        )
        exchange.initialize_account()
        if self.reporting_currency is None:
            self.reporting_currency = exchange.base_currency or exchange.starting_balances[0].currency

    def exchange(self, venue):
        """Return the venue's exchange.

        Raises
        ------
        InvalidConfiguration
            If no such venue was added.
        """
        for exchange in self.exchanges:
            if exchange.id == venue:
                return exchange
        known = ", ".join(str(e.id) for e in self.exchanges) or "none"
        raise InvalidConfiguration(f"unknown venue `{venue}`: call `add_venue` first (known: {known})")

    def add_instrument(self, Instrument instrument not None):
        """Make the instrument known to the market (at its venue's book type) and to its venue."""
        cdef SimulatedExchange exchange = self.exchange(instrument.id.venue)
        cdef MarketState state
        cdef Market market
        for market in (self.market, exchange.market):
            if market.state_c(instrument.id) is None:
                state = market.add_instrument_c(instrument, exchange.book_type)
                state.trades_move_book = exchange.trade_execution
        cdef OrderMatchingEngine matching = exchange.matching_engine_c(instrument)
        if not any(matching is known for known in self._matchings):
            self._matchings.append(matching)

    def new_exchange(self, object settings, object fill_model, object fee_model, object latency_model,
                     object queue_model=None, list modules=None):
        """Make a venue of this world from its settings.

        Parameters
        ----------
        settings : dict
            Keyword arguments of `SimulatedExchange` other than the models.
        """
        return SimulatedExchange(
            **settings,
            fill_model=fill_model,
            fee_model=fee_model,
            latency_model=latency_model,
            queue_model=queue_model,
            modules=modules,
            exec_engine=self.exec_engine,
            cache=self.cache,
            ids=self._ids,
            agenda=self.agenda,
        )

    def start(self, ts_t start_ns):
        """Set every clock to the start of the run, then start engines and strategies."""
        cdef SimulatedExchange exchange
        self.queue.set_now_c(start_ns)
        self.markouts.open_c()
        if self._grid_ns:
            self._sample(start_ns)
            self._grid_next = (start_ns // self._grid_ns + 1) * self._grid_ns
            # A sample stands for its instant, rows of that time included: it is taken once time has moved on
            self.agenda.sample_ns = self._grid_next + 1
            self.agenda.sum_up_c()
        self.data_engine.start()
        self.risk_engine.start()
        self.exec_engine.start()
        for exchange in self.exchanges:
            exchange.start_c(start_ns)
            for module in exchange.events.modules:
                module.start()
        self.emulator.start()
        self.trader.start()
        self.settle_c(start_ns)

    def finish(self, ts_t end_ns, bint cut=False):
        """Run what is due until the end, stop the strategies, settle what they sent, and take the last sample.

        Parameters
        ----------
        end_ns : int
            UNIX nanoseconds.
        cut : bool, default False
            The run stopped before its data had been replayed up to the end: the market is not known any more.
        """
        if cut:
            markouts_take(&self.markouts.c, self.queue.now_ns)
            self.markouts.close_c()
        if end_ns > self.queue.now_ns:
            self.advance_c(end_ns)
            self.queue.set_now_c(end_ns)
        if not cut:
            markouts_take(&self.markouts.c, self.queue.now_ns + 1)
            self.markouts.close_c()
        cdef SimulatedExchange exchange
        for exchange in self.exchanges:
            exchange.finish_c()
            for module in exchange.events.modules:
                module.stop()
        self.trader.stop()
        self._drain_c()
        if self.trader.end_exits():
            # Of strategies that left the market first: what they send when they stop
            self._drain_c()
        self.emulator.stop()
        self.exec_engine.stop()
        self.risk_engine.stop()
        self.data_engine.stop()
        self.mark_open()
        if self._grid_ns:
            self._sample(self.queue.now_ns)
        self._grid_next = NEVER
        self.agenda.sample_ns = NEVER
        self.agenda.sum_up_c()

    cdef int _drain_c(self) except -1:
        """Settle what was sent, and all that is in flight."""
        cdef SimulatedExchange exchange
        cdef ts_t due
        self.settle_c(self.queue.now_ns)
        while True:
            due = NEVER
            for exchange in self.exchanges:
                due = min(due, exchange.next_due_c())
            if due == NEVER:
                if self._refuse_waiting_c():
                    continue
                return 0
            self.queue.set_now_c(due)
            self.settle_c(due)

    def mark_open(self):
        """Bring the excursions of open positions up to date."""
        self.recorder.excursions.mark_open(self.cache._positions_open.values())

    def reset(self):
        """Clear orders, positions, balances, counters and timers; venues, instruments and strategies stay."""
        cdef SimulatedExchange exchange
        self.trader.reset()
        self.emulator.reset()
        self.data_engine.reset()
        self.exec_engine.reset()
        self.risk_engine.reset()
        self.portfolio.reset()
        self.accounts_manager.reset()
        self.cache.reset()
        self.recorder.reset()
        self.markouts.reset()
        self.exposures.reset()
        self.prices.reset()
        self._ids.reset()
        self.queue.reset()
        self.shutdown_reason = None
        self._grid_next = NEVER
        for exchange in self.exchanges:
            exchange.reset()
            exchange.initialize_account()
            for module in exchange.events.modules:
                module.reset()
        self.agenda.clear_c()

    def dispose(self):
        """Release strategies and engines; the world cannot run again."""
        self.trader.dispose()
        for exchange in self.exchanges:
            for module in exchange.events.modules:
                module.dispose()
        self.emulator.dispose()
        self.data_engine.dispose()
        self.exec_engine.dispose()
        self.risk_engine.dispose()

    def _sample(self, ts_t ts):
        self.recorder.sample_c(ts, self.cache.accounts(), self.portfolio, self.cache, self.reporting_currency)
        self.exposures.sample_c(ts, self.portfolio, self.cache, self.reporting_currency)
        self.prices.sample_c(ts, self.market)

    cdef int advance_c(self, ts_t until) except -1:
        """Run everything due at or before `until` in time order; each timestamp settles before the next."""
        cdef ts_t due
        while True:
            due = min(self.queue.next_ns, self.agenda.next_ns)
            if due > until:
                return 0
            if self.agenda.sample_ns <= due:
                # Before anything else of this time: a sample stands for an instant that is over
                self._sample_c()
                continue
            due = max(due, self.queue.now_ns)
            self.queue.set_now_c(due)
            if self.agenda.expiry_ns <= due:
                self._expire_c(due)
            if self.agenda.venue_ns <= due:
                self._venues_c(due)
            if self.agenda.inflight_ns <= due:
                self._hear_c(due)
            while self.queue.next_ns <= due:
                self.queue.fire_next_c(due)
            self.settle_c(due)

    cdef int _hear_c(self, ts_t due) except -1:
        # A timer sees what has been heard by its time; what answers make handlers send is settled with the rest
        cdef SimulatedExchange exchange
        for exchange in self.exchanges:
            exchange.hear_c(due)
        return 0

    cdef bint _refuse_waiting_c(self) except? 0:
        cdef SimulatedExchange exchange
        cdef bint worked = False
        for exchange in self.exchanges:
            worked = exchange.refuse_waiting_c(self.queue.now_ns) or worked
        if worked:
            self.settle_c(self.queue.now_ns)
        return worked

    cdef int _expire_c(self, ts_t due) except -1:
        cdef OrderMatchingEngine matching
        cdef ts_t earliest = NEVER
        # What expires may make strategies send orders; those come to rest after this, when commands are settled
        for matching in self._matchings:
            if matching.next_expiry_c() <= due:
                matching.expire_c(due)
            earliest = min(earliest, matching.next_expiry_c())
        self.agenda.expiry_ns = earliest
        self.agenda.sum_up_c()
        return 0

    cdef int _venues_c(self, ts_t due) except -1:
        cdef SimulatedExchange exchange
        for exchange in self.exchanges:
            exchange.due_c(due)
        self.agenda.venue_ns = NEVER
        for exchange in self.exchanges:
            self.agenda.venue_ns = min(self.agenda.venue_ns, exchange.events.next_c())
        self.agenda.sum_up_c()
        return 0

    cdef int _sample_c(self) except -1:
        # No clock is set and nothing settled: it changes nothing of what happens
        self._sample(self._grid_next)
        self._grid_next += self._grid_ns
        self.agenda.sample_ns = self._grid_next + 1
        self.agenda.sum_up_c()
        return 0

    cdef int settle_c(self, ts_t ts) except -1:
        cdef SimulatedExchange exchange
        cdef bint worked = True
        if self.agenda.n_queued == 0 and self.agenda.inflight_ns > ts:
            return 0
        while worked:
            worked = False
            for exchange in self.exchanges:
                if (exchange.n_queued or exchange.next_due_c() <= ts) and exchange.settle_c(ts):
                    worked = True
        self.agenda.inflight_ns = NEVER
        for exchange in self.exchanges:
            self.agenda.inflight_ns = min(self.agenda.inflight_ns, exchange.next_due_c())
        self.agenda.sum_up_c()
        return 0
