"""Simulation modules: what a venue does besides matching, written by a user, and rollover interest of currency pairs."""

from datetime import datetime
from datetime import time
from datetime import timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

cimport cython

from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.actor cimport Actor
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.position cimport Position

from nautilus_lite.backtest.rates import InterestRates
from nautilus_lite.common.config import ActorConfig
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.enums import AssetClass

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

SECOND_NS = 1_000_000_000
NEW_YORK = ZoneInfo("America/New_York")
FIVE_PM = time(17)
WEDNESDAY = 2
SATURDAY = 5
DAYS_PER_YEAR = 365
PER_CENT = 100


class SimulationModuleConfig(ActorConfig, frozen=True):
    """Configuration of a simulation module."""


cdef class SimulationModule(Actor):
    """Base of user code that takes part in a venue.

    Parameters
    ----------
    config : SimulationModuleConfig, optional

    Notes
    -----
    `exchange` is the venue; `exchange.adjust_account` moves money. `cache`, `portfolio`, `clock` and `msgbus` are there as
    in an actor. A module that overrides `pre_process` or `process` has its venue's rows replayed one by one in Python,
    which costs about a microsecond a row; one that sets timers on its clock costs nothing.
    """

    def __init__(self, config=None):
        super().__init__(SimulationModuleConfig() if config is None else config)
        self.exchange = None
        self._pre_process = self.overridden_c("pre_process", SimulationModule)
        self._process = self.overridden_c("process", SimulationModule)
        self.wake_ns = NEVER

    def register_venue(self, exchange not None):
        """Connect the module to its venue; the venue calls it.

        Raises
        ------
        InvalidConfiguration
            If it belongs to one already.
        """
        if self.exchange is not None:
            raise InvalidConfiguration(f"module {self.id} belongs to venue {self.exchange.id} already: make another instance")
        self.exchange = exchange

    @property
    def takes_rows(self):
        """Whether `pre_process` or `process` is overridden."""
        return self._pre_process is not None or self._process is not None

    def pre_process(self, data):
        """Take data of the venue's instruments before the market does."""

    def process(self, ts_now):
        """Called after each row of the venue's instruments was matched and settled, with its `ts_init` (ns)."""

    def log_diagnostics(self, logger):
        """Called at the end of a run; log what there is to say with `logger`."""

    def _reset(self):
        self.wake_ns = NEVER
        Actor._reset(self)

    cdef int start_c(self, ts_t ts_now) except -1:
        return 0

    cdef int wake_c(self, ts_t ts_now) except -1:
        self.wake_ns = NEVER
        return 0


class FXRolloverInterestConfig(SimulationModuleConfig, frozen=True):
    """Configuration of `FXRolloverInterestModule`.

    Parameters
    ----------
    rate_data : DataFrame or str
        Short-term interest rates in per cent a year, or the path of a CSV file of them, in the layout of the OECD: columns `LOCATION`
        (country, or the currency itself), `TIME` (`2020-01` or `2020-Q1`) and `Value`.
    """

    rate_data: object


@cython.final
cdef class FXRolloverInterestModule(SimulationModule):
    """Interest for currency positions held over 17:00 New York.

    Parameters
    ----------
    config : FXRolloverInterestConfig

    Notes
    -----
    At 17:00 New York from Monday to Friday each open position in a currency pair is booked
    quantity x middle price x (rate of base - rate of quote) / 365 in the quote currency; three times that on Wednesdays, whose
    value date passes the weekend. Exact, rounded once, half to even. Rates are those of the month, else of the quarter.

    What is unrealistic: brokers add a margin of their own, holidays move value dates.
    """

    cdef object _rates
    cdef dict _totals                            # Currency -> minor units booked

    def __init__(self, config not None):
        super().__init__(config)
        self._rates = InterestRates(config.rate_data)
        self._totals = {}

    cdef int start_c(self, ts_t ts_now) except -1:
        self.wake_ns = next_rollover(ts_now)
        return 0

    cdef int wake_c(self, ts_t ts_now) except -1:
        day = datetime.fromtimestamp(ts_now // SECOND_NS, NEW_YORK).date()
        self._book(day, 3 if day.weekday() == WEDNESDAY else 1)
        self.wake_ns = next_rollover(ts_now)
        return 0

    def _book(self, day, days):
        cdef Position position
        cdef Instrument instrument
        cdef Money booked
        for position in list(self.cache._positions_open.values()):
            instrument = position.instrument
            if position.account_id != self.exchange.account_id or instrument.asset_class != AssetClass.FX:
                continue
            if instrument.base_currency is None:
                continue
            rate = self._rates.rate(instrument.base_currency.code, day)
            rate -= self._rates.rate(instrument.quote_currency.code, day)
            size = Fraction(position.signed_raw, 10**instrument.size_precision)
            size *= Fraction(instrument.multiplier.raw, 10**instrument.multiplier.precision)
            currency = instrument.quote_currency
            amount = size * self._middle(instrument) * rate * days / (PER_CENT * DAYS_PER_YEAR)
            booked = self.exchange.adjust_account(
                Money.from_raw_c(round(amount * 10**currency.precision), currency), f"rollover {instrument.id}"
            )
            self._totals[booked.currency] = self._totals.get(booked.currency, 0) + booked.raw

    def _middle(self, Instrument instrument):
        cdef MarketState state = (<Market>self.exchange.market).state_c(instrument.id)
        cdef price_raw_t bid, ask
        scale = 10**instrument.price_precision
        if state.bid_c(&bid) and state.ask_c(&ask):
            return Fraction(<object>bid + <object>ask, 2 * scale)
        if state.price_c(PriceType.LAST, &bid):
            return Fraction(bid, scale)
        raise InvalidData(f"no price of {instrument.id} to book rollover interest at")

    @property
    def totals(self):
        """What was booked so far (list of Money)."""
        return [Money.from_raw_c(raw, currency) for currency, raw in self._totals.items()]

    def log_diagnostics(self, logger):
        """Log what was booked."""
        logger.info(f"rollover interest: {', '.join(str(money) for money in self.totals) or 'none'}")

    def _reset(self):
        self._totals = {}
        SimulationModule._reset(self)


def next_rollover(ts):
    """Return the first 17:00 New York of a weekday after `ts` (both UNIX nanoseconds)."""
    day = datetime.fromtimestamp(ts // SECOND_NS, NEW_YORK).date()
    while True:
        at = int(datetime.combine(day, FIVE_PM, NEW_YORK).timestamp()) * SECOND_NS
        if at > ts and day.weekday() < SATURDAY:
            return at
        day += timedelta(days=1)
