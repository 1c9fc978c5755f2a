"""What a venue does at times of its own, in this order: contracts expire, funding is paid, sessions open and close, modules
wake, margins are checked."""

cimport cython

from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.modules cimport SimulationModule
from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.backtest.venue.funding cimport FundingDesk
from nautilus_lite.backtest.venue.liquidation cimport LiquidationDesk
from nautilus_lite.backtest.venue.settlement cimport SettlementDesk
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport FundingRateUpdate
from nautilus_lite.model.data.updates cimport InstrumentClose
from nautilus_lite.model.data.updates cimport InstrumentStatus
from nautilus_lite.model.data.updates cimport InstrumentUpdate
from nautilus_lite.model.data.updates cimport PriceUpdate


@cython.final
cdef class VenueEvents:
    """The desks and modules of one venue.

    Parameters
    ----------
    engines : dict of InstrumentId to OrderMatchingEngine
        The venue's own, not a copy.
    funding : FundingDesk
    settlement : SettlementDesk
    liquidation : LiquidationDesk or None
    modules : list of SimulationModule
    """

    def __init__(self, dict engines not None, FundingDesk funding not None, SettlementDesk settlement not None,
                 LiquidationDesk liquidation, list modules not None):
        self._engines = engines
        self.funding = funding
        self.settlement = settlement
        self.liquidation = liquidation
        self.modules = tuple(modules)

    def reset(self):
        """Forget a run; modules are reset by their venue."""
        self.funding.reset()
        self.settlement.reset()
        if self.liquidation is not None:
            self.liquidation.reset()

    cdef int attach_c(self, Responses responses, Market market) except -1:
        cdef VenueDesk desk
        for desk in (self.funding, self.settlement, self.liquidation):
            if desk is not None:
                desk.responses = responses
                desk.market = market
        return 0

    cdef int start_c(self, ts_t ts_now) except -1:
        cdef SimulationModule module
        self.settlement.start_c(ts_now)
        for module in self.modules:
            module.start_c(ts_now)
        return 0

    cdef ts_t next_c(self):
        cdef OrderMatchingEngine engine
        cdef SimulationModule module
        cdef ts_t due = min(self.funding.next_ns, self.settlement.next_ns)
        if self.liquidation is not None:
            due = min(due, self.liquidation.next_ns)
        for engine in self._engines.values():
            due = min(due, engine.session_ns)
        for module in self.modules:
            due = min(due, module.wake_ns)
        return due

    cdef int on_update_c(self, InstrumentUpdate update, ts_t ts_now) except -1:
        cdef OrderMatchingEngine engine
        if isinstance(update, FundingRateUpdate):
            self.funding.on_rate_c(<FundingRateUpdate>update, ts_now)
        elif isinstance(update, InstrumentClose):
            self.settlement.on_close_c(<InstrumentClose>update, ts_now)
        elif isinstance(update, InstrumentStatus):
            engine = self._engines.get(update.instrument_id)
            if engine is not None:
                engine.on_status_c(<InstrumentStatus>update, ts_now)
        elif isinstance(update, PriceUpdate):
            engine = self._engines.get(update.instrument_id)
            if engine is not None:
                engine.on_reference_c(ts_now)
        return self.check_c(ts_now)

    cdef int due_c(self, ts_t ts_now) except -1:
        cdef OrderMatchingEngine engine
        cdef SimulationModule module
        if self.settlement.next_ns <= ts_now:
            self.settlement.due_c(ts_now)
        if self.funding.next_ns <= ts_now:
            self.funding.due_c(ts_now)
        for engine in list(self._engines.values()):
            if engine.session_ns <= ts_now:
                engine.session_due_c(ts_now)
        for module in self.modules:
            if module.wake_ns <= ts_now:
                module.wake_c(ts_now)
        return self.check_c(ts_now)

    cdef int check_c(self, ts_t ts_now) except -1:
        return 0 if self.liquidation is None else self.liquidation.check_c(ts_now)

    cdef int finish_c(self) except -1:
        cdef SimulationModule module
        self.settlement.finish_c()
        for module in self.modules:
            module.log_diagnostics(module.log)
        return 0
