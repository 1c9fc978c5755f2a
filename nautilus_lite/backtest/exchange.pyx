"""A simulated venue and the execution client that leads to it."""

cimport cython
from libc.stdint cimport uint64_t

from decimal import Decimal
from heapq import heappop
from heapq import heappush

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.backtest.agenda cimport Agenda
from nautilus_lite.backtest.excursions cimport Excursions
from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.bar_rules cimport BarOrderTiming
from nautilus_lite.backtest.bar_rules cimport BarPath
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.backtest.models.fill.base cimport FillModel
from nautilus_lite.backtest.models.latency.base cimport LatencyModel
from nautilus_lite.backtest.models.latency.base cimport latency_key
from nautilus_lite.backtest.models.queue cimport QueueModel
from nautilus_lite.backtest.venue.events cimport VenueEvents
from nautilus_lite.backtest.venue.funding cimport FundingDesk
from nautilus_lite.backtest.venue.liquidation cimport LiquidationDesk
from nautilus_lite.backtest.venue.settlement cimport SettlementDesk
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.text cimport text_key
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.client cimport ExecutionClient
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport BatchCancelOrders
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.data.updates cimport InstrumentUpdate
from nautilus_lite.model.enums cimport AccountType
from nautilus_lite.model.enums cimport BookType
from nautilus_lite.model.enums cimport OmsType
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.events.order cimport order_event_new_c
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.ledger cimport LedgerCause
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.backtest.bar_rules import BarOrderTiming as BarOrderTimingEnum
from nautilus_lite.backtest.bar_rules import bar_path_of
from nautilus_lite.backtest.bar_rules import choice_of
from nautilus_lite.backtest.session import TradingSession
from nautilus_lite.backtest.venue.records import Adjustment
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.enums import AccountType as AccountTypeEnum
from nautilus_lite.model.enums import BookType as BookTypeEnum
from nautilus_lite.model.enums import OmsType as OmsTypeEnum

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF


@cython.final
cdef class SimulatedExchange:
    """A venue of one world.

    Parameters
    ----------
    venue : Venue
    oms_type : OmsType
        `NETTING` or `HEDGING`.
    account_type : AccountType
        `CASH` or `MARGIN`.
    starting_balances : list of Money
        One per currency, none negative.
    base_currency : Currency or None
        Currency of a single-currency account; None for a multi-currency one.
    default_leverage : Decimal or None
        Of a margin account; None means 10. A cash account ignores it.
    leverages : dict of InstrumentId to Decimal
    book_type : BookType
        `L1_MBP`, `L2_MBP` or `L3_MBO`.
    fill_model : FillModel
    fee_model : FeeModel
    latency_model : LatencyModel or None
        None: commands arrive at once.
    exec_engine : ExecutionEngine
    cache : Cache
    ids : UUIDFactory
    bar_execution : bool, default True
        Bars fill orders (L1 only).
    trade_execution : bool, default True
        Trades fill resting orders.
    reject_stop_orders : bool, default True
        A stop whose trigger the market passed already is rejected; False triggers it at once.
    support_gtd_orders : bool, default True
        False: the venue takes GTD orders as GTC; the strategy has to cancel them.
    use_reduce_only : bool, default True
        False: the venue ignores the instruction.
    bar_adaptive_high_low_ordering : bool, default False
        NautilusTrader's name for `bar_path="ADAPTIVE"`.
    frozen_account : bool, default False
        Orders and fills do not change the account.
    allow_cash_borrowing : bool, default False
        Balances of a cash account may fall below zero. False: an order that the account cannot pay for is rejected, or cancelled.
    instruments : list of Instrument, optional
        Added at once.
    agenda : Agenda, optional
        Of its world; its own where None.
    queue_model : QueueModel, optional
        What stands ahead of resting limit orders. None: on an L3 book its orders do, on others nobody.
    liquidity_consumption : bool, default False
        What any own order took of a level stays taken until the level has another size. False: an L1 book fills any
        size, and on an L2 book resting orders alone do not take the same liquidity twice.
    bar_path : BarPath or str, optional
        Order of high and low of a bar: `OHLC` (the default: the high first), `ADAPTIVE` (the nearer to the open first),
        `WORST` or `BEST` for the trader.
    bar_order_timing : BarOrderTiming or str, default THIS_CLOSE
        When a command acts where bars execute: as it arrives, that is at the close of the bar on which it was sent, at the
        `NEXT_OPEN`, or at the `NEXT_CLOSE`.
    recorded_feed_latency : bool, default False
        The venue acts on market data at its `ts_event`, and strategies learn of it at its `ts_init`. False: both at `ts_init`.
    modules : list of SimulationModule, optional
        User code that takes part in the venue.
    settlement_prices : dict of InstrumentId to Price, float or Decimal, optional
        At which contracts are settled when they expire.
    settlement_fallback : {'refuse', 'last'}, default 'refuse'
        What to do where no settlement price is known; see `backtest.venue.settlement`.
    session : TradingSession, optional
        When the venue opens and closes, for orders that wait for it; UTC days where None.
    max_price_age_ns : int, optional
        An order that would take a price at which the book was last updated longer ago (ns) is rejected; a triggered stop, or a
        change, waits for the next update. None or 0: any age will do.
    require_fresh_price : bool, default False
        An order that would take a price older than its arrival waits for the first update after it. On bars, orders that
        came after a bar had opened meet only its close.
    price_protection_points : int, optional
        Market orders, and stops that became one, fill at most so many price increments beyond the touch; the rest is cancelled.
    liquidation_enabled : bool, default False
        Positions of a margin account are closed on a margin call; see `backtest.venue.liquidation`.
    liquidation_trigger_ratio : Decimal, default 1
        Of the maintenance margin, below which equity must not fall.
    liquidation_cancel_open_orders : bool, default True
        Working orders are cancelled first.
    liquidation_interval_ns : int, default one minute
        Nanoseconds between looks at the margin while positions are open; 0 for none.

    Raises
    ------
    InvalidConfiguration
        If a setting makes no sense, alone or with the others.

    Notes
    -----
    Commands are queued, or in flight until due under a latency model, and so are answers; `settle_c` carries out what is due.
    Where answers take time too the venue's own view of orders and positions moves first. Nothing that a handler sends is
    carried out before the match that caused it is over.
    """

    def __init__(
        self,
        Venue venue not None,
        oms_type,
        account_type,
        list starting_balances not None,
        Currency base_currency,
        default_leverage,
        dict leverages,
        book_type,
        FillModel fill_model not None,
        FeeModel fee_model not None,
        LatencyModel latency_model,
        ExecutionEngine exec_engine not None,
        Cache cache not None,
        UUIDFactory ids not None,
        bint bar_execution=True,
        bint trade_execution=True,
        bint reject_stop_orders=True,
        bint support_gtd_orders=True,
        bint use_reduce_only=True,
        bint bar_adaptive_high_low_ordering=False,
        bint frozen_account=False,
        bint allow_cash_borrowing=False,
        list instruments=None,
        Agenda agenda=None,
        QueueModel queue_model=None,
        bint liquidity_consumption=False,
        bar_path=None,
        bar_order_timing=BarOrderTiming.THIS_CLOSE,
        bint recorded_feed_latency=False,
        list modules=None,
        dict settlement_prices=None,
        str settlement_fallback="refuse",
        session=None,
        price_protection_points=None,
        max_price_age_ns=None,
        bint require_fresh_price=False,
        bint liquidation_enabled=False,
        liquidation_trigger_ratio=1,
        bint liquidation_cancel_open_orders=True,
        uint64_t liquidation_interval_ns=60_000_000_000,
    ):
        self.id = venue
        self._oms_type = OmsTypeEnum(oms_type)
        self._account_type = AccountTypeEnum(account_type)
        self.book_type = BookTypeEnum(book_type)
        self.base_currency = base_currency
        self.starting_balances = list(starting_balances)
        if default_leverage is None:
            default_leverage = 10 if self._account_type == AccountType.MARGIN else 1
        self.default_leverage = Decimal(str(default_leverage))
        self.leverages = dict(leverages or {})
        self.fill_model = fill_model
        self.fee_model = fee_model
        fee_model.attach_c(cache)
        self.latency_model = latency_model
        self.queue_model = queue_model
        self.bar_execution = bar_execution
        self.trade_execution = trade_execution
        self.reject_stop_orders = reject_stop_orders
        self.support_gtd_orders = support_gtd_orders
        self.use_reduce_only = use_reduce_only
        self._bar_path = bar_path_of(bar_path, bar_adaptive_high_low_ordering, venue)
        self._bar_order_timing = choice_of(BarOrderTimingEnum, bar_order_timing, "bar_order_timing", venue)
        self.frozen_account = frozen_account
        self.allow_cash_borrowing = allow_cash_borrowing
        self.liquidity_consumption = liquidity_consumption
        self.recorded_feed_latency = recorded_feed_latency
        self.market = cache.market.upstream_c() if self.feed_latency != (False, 0) else cache.market
        self._exec_engine = exec_engine
        self._cache = cache
        self._ids = ids
        self.account_id = AccountId(f"{venue}-001")
        self._key = text_key(venue.value)
        self._agenda = Agenda() if agenda is None else agenda
        self._engines = {}
        self.session = TradingSession() if session is None else session
        self.price_protection_points = price_protection_points or 0
        self.max_price_age_ns = max_price_age_ns or 0
        self.require_fresh_price = require_fresh_price
        self.adjustments = []
        desk = (venue, self.account_id, exec_engine, cache, ids, self._engines)
        self.events = VenueEvents(
            self._engines,
            FundingDesk(*desk),
            SettlementDesk(*desk, settlement_prices, settlement_fallback),
            LiquidationDesk(
                *desk, exec_engine._portfolio, liquidation_trigger_ratio, liquidation_cancel_open_orders, liquidation_interval_ns
            ) if liquidation_enabled else None,
            modules or [],
        )
        self._queue = []
        self._inflight = []
        self.next_inflight_ns = NEVER
        if self._account_type == AccountType.CASH and not allow_cash_borrowing:
            self.purse = Purse(self.account_id, exec_engine, cache)
        if latency_model is not None and latency_model.responds:
            self._responses = Responses(latency_model, exec_engine, cache, venue.value, self._agenda, self.purse)
        self.events.attach_c(self._responses, self.market)
        self._validate()
        for instrument in instruments or ():
            self.add_instrument(instrument)

    def _validate(self):
        cdef Money money
        cdef set seen = set()
        if self._oms_type == OmsType.UNSPECIFIED:
            raise InvalidConfiguration(f"invalid `oms_type` of {self.id}, must be NETTING or HEDGING, was UNSPECIFIED")
        if self._account_type != AccountType.CASH and self._account_type != AccountType.MARGIN:
            raise InvalidConfiguration(
                f"invalid `account_type` of {self.id}, must be CASH or MARGIN, was {self.account_type.name}"
            )
        if not self.starting_balances:
            raise InvalidConfiguration(f"`starting_balances` of {self.id} is empty: give at least one Money")
        for money in self.starting_balances:
            if money is None or money.raw < 0:
                raise InvalidConfiguration(
                    f"invalid balance in `starting_balances` of {self.id}, must be >= 0, was {money}"
                )
            if money.currency in seen:
                raise InvalidConfiguration(f"two balances in {money.currency.code} in `starting_balances` of {self.id}")
            if self.base_currency is not None and money.currency != self.base_currency:
                raise InvalidConfiguration(
                    f"balance {money} of {self.id} is not in `base_currency` {self.base_currency.code}: "
                    "use `base_currency=None` for a multi-currency account"
                )
            seen.add(money.currency)
        if not isinstance(self.max_price_age_ns, int) or not 0 <= self.max_price_age_ns < NEVER:
            raise InvalidConfiguration(
                f"invalid `max_price_age_ns` of {self.id}, must be an integer >= 0 (nanoseconds), was {self.max_price_age_ns!r}"
            )
        if self.price_protection_points < 0:
            raise InvalidConfiguration(
                f"invalid `price_protection_points` of {self.id}, must be >= 0, was {self.price_protection_points}"
            )
        if self.events.liquidation is not None and self._account_type != AccountType.MARGIN:
            raise InvalidConfiguration(f"`liquidation_enabled` of {self.id} needs a margin account, it has account type CASH")
        if self.allow_cash_borrowing and self._account_type == AccountType.MARGIN:
            raise InvalidConfiguration(f"`allow_cash_borrowing` of {self.id} is for a cash account, it has account type MARGIN")
        if self.leverages and self._account_type == AccountType.CASH:
            raise InvalidConfiguration(f"`leverages` of {self.id} need a margin account, it has account type CASH")
        for name, leverage in [("default_leverage", self.default_leverage), *self.leverages.items()]:
            if leverage <= 0:
                raise InvalidConfiguration(f"invalid leverage `{name}` of {self.id}, must be positive, was {leverage}")

    def __repr__(self):
        return (
            f"{type(self).__name__}(id={self.id}, oms_type={self.oms_type.name}, account_type={self.account_type.name}, "
            f"book_type={BookTypeEnum(self.book_type).name})"
        )

    @property
    def oms_type(self):
        """How the venue keeps positions (OmsType)."""
        return OmsTypeEnum(self._oms_type)

    @property
    def account_type(self):
        """The type of the account (AccountType)."""
        return AccountTypeEnum(self._account_type)

    @property
    def bar_path(self):
        """Which of high and low of a bar comes first (BarPath)."""
        return <BarPath>self._bar_path

    @property
    def bar_adaptive_high_low_ordering(self):
        """Whether the extreme of a bar nearer to its open comes first."""
        return self._bar_path == BarPath.ADAPTIVE

    @property
    def bar_order_timing(self):
        """When commands act where bars execute (BarOrderTiming)."""
        return <BarOrderTiming>self._bar_order_timing

    # -- set-up -----------------------------------------------------------------------------------------------------

    def add_instrument(self, Instrument instrument not None):
        """Take orders in an instrument.

        Raises
        ------
        InvalidConfiguration
            If the instrument belongs to another venue.
        """
        if instrument.id.venue != self.id:
            raise InvalidConfiguration(f"instrument {instrument.id} does not belong to venue {self.id}")
        cdef Market market
        for market in (self._cache.market, self.market):
            if market.state_c(instrument.id) is None:
                market.add_instrument_c(instrument, self.book_type)
        self.matching_engine_c(instrument)

    def describe(self):
        """Return the settings that decide fills, fees and margins, defaults included, as plain values."""
        return {
            "venue": self.id.value,
            "oms_type": self.oms_type.name,
            "account_type": self.account_type.name,
            "book_type": (<object><BookType>self.book_type).name,
            "base_currency": None if self.base_currency is None else self.base_currency.code,
            "starting_balances": [str(money) for money in self.starting_balances],
            "default_leverage": str(self.default_leverage),
            "leverages": {str(key): str(value) for key, value in self.leverages.items()},
            "fill_model": repr(self.fill_model),
            "fee_model": repr(self.fee_model),
            "latency_model": repr(self.latency_model),
            "queue_model": (
                "exact" if self.queue_model is None and self.book_type == BookType.L3_MBO else repr(self.queue_model)
            ),
            "bar_execution": bool(self.bar_execution),
            "bar_path": self.bar_path.name,
            "bar_order_timing": self.bar_order_timing.name,
            "trade_execution": bool(self.trade_execution),
            "reject_stop_orders": bool(self.reject_stop_orders),
            "support_gtd_orders": bool(self.support_gtd_orders),
            "use_reduce_only": bool(self.use_reduce_only),
            "frozen_account": bool(self.frozen_account),
            "allow_cash_borrowing": bool(self.allow_cash_borrowing),
            "liquidity_consumption": bool(self.liquidity_consumption),
            "recorded_feed_latency": bool(self.recorded_feed_latency),
            "modules": [repr(module) for module in self.events.modules],
            "settlement_prices": {str(key): str(value) for key, value in self.events.settlement.prices.items()},
            "settlement_fallback": self.events.settlement.fallback,
            "session": repr(self.session),
            "price_protection_points": self.price_protection_points,
            "max_price_age_ns": self.max_price_age_ns,
            "require_fresh_price": bool(self.require_fresh_price),
            **self._describe_liquidation(),
        }

    def _describe_liquidation(self):
        desk = self.events.liquidation
        if desk is None:
            return {"liquidation_enabled": False}
        return {
            "liquidation_enabled": True,
            "liquidation_trigger_ratio": str(desk.ratio),
            "liquidation_cancel_open_orders": bool(desk.cancels),
            "liquidation_interval_ns": desk.interval_ns,
        }

    def initialize_account(self):
        """Make the account with its starting balances and report its first state."""
        cdef Money money
        cdef Account account
        cdef AccountState event
        cdef uint64_t hi, lo
        cdef list balances = []
        cdef ts_t now_ns = self._exec_engine._clock.timestamp_ns()
        for money in self.starting_balances:
            balances.append(AccountBalance.from_raw_c(money.raw, 0, money.currency))
        self._ids.next_parts(&hi, &lo)
        event = AccountState.new_c(
            self.account_id, self._account_type, self.base_currency, tuple(balances), (), hi, lo, now_ns, now_ns
        )
        self._exec_engine.process(event)
        account = self._cache.account_for_venue_c(self.id)
        account.calculate_account_state = not self.frozen_account
        account.allow_borrowing = self.allow_cash_borrowing
        if self._account_type == AccountType.MARGIN:
            account.set_default_leverage(self.default_leverage)
            for instrument_id, leverage in self.leverages.items():
                account.set_leverage(instrument_id, leverage)

    cdef int join_c(self, Agenda agenda, Markouts markouts, Excursions excursions) except -1:
        """Write to the agenda and the records of the world that the venue joins."""
        cdef OrderMatchingEngine engine
        self._markouts = markouts
        self._excursions = excursions
        for engine in self._engines.values():
            engine.note_c(markouts, excursions)
        if agenda is self._agenda:
            return 0
        agenda.n_queued += self.n_queued
        agenda.inflight_c(self.next_inflight_ns)
        for engine in self._engines.values():
            engine.agenda = agenda
            agenda.expiry_c(engine.next_expiry_c())
        if self._responses is not None:
            agenda.inflight_c(self._responses.next_ns)
            self._responses.agenda = agenda
        self._agenda = agenda
        return 0

    # -- the venue's own doing --------------------------------------------------------------------------------------

    def adjust_account(self, Money amount not None, str reason not None="adjustment"):
        """Move money that no order moved, as interest.

        Parameters
        ----------
        amount : Money
            Positive for a credit. An account with a base currency books it in that, at the present rate.
        reason : str, default "adjustment"
            Kept with the booking.

        Returns
        -------
        Money
            What was booked; zero where the account is frozen.

        Raises
        ------
        InvalidData
            If an exchange rate is missing.
        """
        cdef Money booked = self._exec_engine.adjust_c(self.account_id, self.id, amount, LedgerCause.ADJUSTMENT, reason)
        self.adjustments.append(Adjustment(self._exec_engine._clock.timestamp_ns(), self.id.value, reason, booked))
        return booked

    def apply_update(self, InstrumentUpdate update not None, uint64_t ts_now):
        """Take what is said of an instrument: its status, a closing price, a funding rate (ns)."""
        self.on_update_c(update, ts_now)

    def process_due(self, uint64_t ts_now):
        """Do what the venue does by itself at or before `ts_now` (ns)."""
        self.due_c(ts_now)

    cdef int start_c(self, ts_t ts_now) except -1:
        self.events.start_c(ts_now)
        self._agenda.venue_c(self.events.next_c())
        return 0

    cdef int finish_c(self) except -1:
        return self.events.finish_c()

    cdef int on_update_c(self, InstrumentUpdate update, ts_t ts_now) except -1:
        self.events.on_update_c(update, ts_now)
        self._agenda.venue_c(self.events.next_c())
        return 0

    cdef int due_c(self, ts_t ts_now) except -1:
        if self.events.next_c() <= ts_now:
            self.events.due_c(ts_now)
        return 0

    cdef int check_margin_c(self, ts_t ts_now) except -1:
        if self.events.liquidation is not None:
            self.events.check_c(ts_now)
            self._agenda.venue_c(self.events.next_c())
        return 0

    def get_account(self):
        """Return the venue's account, or None before `initialize_account`."""
        return self._cache.account_for_venue_c(self.id)

    def reset(self):
        """Forget orders and commands and put the models back to their seeds; instruments stay."""
        cdef OrderMatchingEngine engine
        self._queue = []
        self._inflight = []
        self._sequence = 0
        self._last_arrival = 0
        self._agenda.n_queued -= self.n_queued
        self.n_queued = 0
        self.next_inflight_ns = NEVER
        if self.purse is not None:
            self.purse.reset_c()
        if self._responses is not None:
            self._responses.reset_c()
        for engine in self._engines.values():
            engine.reset_c()
        self.fill_model.reset()
        self.fee_model.reset()
        if self.latency_model is not None:
            self.latency_model.reset()
        self.events.reset()
        self.adjustments = []

    # -- matching engines -------------------------------------------------------------------------------------------

    cdef OrderMatchingEngine matching_engine_c(self, Instrument instrument):
        cdef OrderMatchingEngine engine = self._engines.get(instrument.id)
        cdef MarketState state
        if engine is not None:
            return engine
        state = self.market.state_c(instrument.id)
        if state is None:
            raise InvalidConfiguration(f"instrument {instrument.id} is not in the market: call `add_instrument` first")
        engine = OrderMatchingEngine(
            state=state,
            index=len(self._engines) + 1,
            account_id=self.account_id,
            fill_model=self.fill_model,
            fee_model=self.fee_model,
            exec_engine=self._exec_engine,
            cache=self._cache,
            ids=self._ids,
            reject_stop_orders=self.reject_stop_orders,
            support_gtd_orders=self.support_gtd_orders,
            use_reduce_only=self.use_reduce_only,
            agenda=self._agenda,
            queue_model=self.queue_model,
            liquidity_consumption=self.liquidity_consumption,
            responses=self._responses,
            purse=self.purse,
            bar_path=self._bar_path,
            bar_order_timing=self._bar_order_timing,
            session=self.session,
            price_protection_points=self.price_protection_points,
            max_price_age_ns=self.max_price_age_ns,
            require_fresh_price=self.require_fresh_price,
        )
        engine.note_c(self._markouts, self._excursions)
        self._engines[instrument.id] = engine
        return engine

    cdef OrderMatchingEngine _engine_for(self, InstrumentId instrument_id):
        cdef OrderMatchingEngine engine = self._engines.get(instrument_id)
        cdef Instrument instrument
        if engine is not None:
            return engine
        instrument = self._cache.instrument_c(instrument_id)
        if instrument is None:
            raise InvalidConfiguration(f"command for an unknown instrument {instrument_id}: call `add_instrument` first")
        return self.matching_engine_c(instrument)

    def get_matching_engine(self, InstrumentId instrument_id not None):
        """Return the matching engine of an instrument, or None."""
        return self._engines.get(instrument_id)

    def get_matching_engines(self):
        """Return the matching engines by instrument id."""
        return dict(self._engines)

    def get_open_orders(self, InstrumentId instrument_id=None):
        """Return the orders that work at the venue, by instrument and order of arrival."""
        cdef OrderMatchingEngine engine
        cdef list orders = []
        for key, engine in self._engines.items():
            if instrument_id is None or key == instrument_id:
                orders.extend(engine.arrivals_c())
        return orders

    def _check(self):
        """Raise InternalError if a working order is not where it belongs."""
        cdef OrderMatchingEngine engine
        for engine in self._engines.values():
            engine.check_c()
        if self._responses is not None:
            self._responses.check_c()

    # -- commands ---------------------------------------------------------------------------------------------------

    @property
    def feed_latency(self):
        """How market data is delayed: whether by what it records itself, and by how much on top (ns)."""
        return bool(self.recorded_feed_latency), 0 if self.latency_model is None else self.latency_model.feed_latency_nanos

    @property
    def next_inflight(self):
        """When the next command in flight arrives (ns), or None."""
        return None if self.next_inflight_ns == NEVER else self.next_inflight_ns

    @property
    def unheard_count(self):
        """Number of answers on their way."""
        return 0 if self._responses is None else len(self._responses)

    @property
    def queued_count(self):
        """Number of commands due now."""
        return self.n_queued

    def send(self, TradingCommand command not None, uint64_t ts_now):
        """Take a command that left the client at `ts_now` (ns)."""
        self.send_c(command, ts_now)

    def process(self, uint64_t ts_now):
        """Carry out every command and hear every answer due at or before `ts_now` (ns), and what they lead to at this time."""
        while self.settle_c(ts_now):
            pass

    cdef int send_c(self, TradingCommand command, ts_t ts_now) except -1:
        cdef LatencyModel model = self.latency_model
        cdef ts_t due = ts_now
        cdef OrderMatchingEngine matching
        if model is not None:
            due += model.entry_c(command, self._entry_key_c(command, ts_now) if model.draws else 0, ts_now)
            if model.in_order:
                due = max(due, self._last_arrival)
                self._last_arrival = due
        if self._bar_order_timing != BarOrderTiming.THIS_CLOSE:
            matching = self._engine_for(command.instrument_id)
            if matching.bars_execute:
                return matching.wait_c(command, ts_now, due)
        if due == ts_now:
            self._queue.append(command)
            self.n_queued += 1
            self._agenda.n_queued += 1
            return 0
        self._sequence += 1
        heappush(self._inflight, (due, self._sequence, command))
        self.next_inflight_ns = self._inflight[0][0]
        self._agenda.inflight_c(self.next_inflight_ns)
        return 0

    cdef uint64_t _entry_key_c(self, TradingCommand command, ts_t ts_now) except? 0:
        """What a draw about the way of a command depends on: its first order, or its strategy and time."""
        cdef int kind = command.kind
        cdef ClientOrderId order_id
        cdef Order order
        if kind == CommandKind.CANCEL_ALL_ORDERS:
            return latency_key(self._key, text_key(f"{command.strategy_id} {command.instrument_id}"), kind, ts_now)
        if kind == CommandKind.SUBMIT_ORDER:
            order_id = (<SubmitOrder>command).order.client_order_id
        elif kind == CommandKind.SUBMIT_ORDER_LIST:
            order_id = (<SubmitOrderList>command).order_list.orders[0].client_order_id
        elif kind == CommandKind.MODIFY_ORDER:
            order_id = (<ModifyOrder>command).client_order_id
        elif kind == CommandKind.CANCEL_ORDER:
            order_id = (<CancelOrder>command).client_order_id
        else:
            order_id = (<BatchCancelOrders>command).cancels[0].client_order_id
        order = self._cache.order_c(order_id)
        return latency_key(self._key, order_id.key_c(), kind, 0 if order is None else order._events.n)

    cdef ts_t next_due_c(self) noexcept:
        return self.next_inflight_ns if self._responses is None else min(self.next_inflight_ns, self._responses.next_ns)

    cdef bint hear_c(self, ts_t ts_now) except? 0:
        return self._responses is not None and self._responses.hear_c(ts_now)

    cdef bint settle_c(self, ts_t ts_now) except? 0:
        cdef list queued, due
        cdef TradingCommand command
        cdef bint heard = self.hear_c(ts_now)
        if self.next_inflight_ns > ts_now and self.n_queued == 0:
            return heard
        queued = self._queue
        due = queued
        self._queue = []
        self._agenda.n_queued -= self.n_queued
        self.n_queued = 0
        if self.next_inflight_ns <= ts_now:
            # What was under way was sent before what is queued now
            due = []
            while self._inflight and self._inflight[0][0] <= ts_now:
                due.append(heappop(self._inflight)[2])
            self.next_inflight_ns = self._inflight[0][0] if self._inflight else NEVER
            due.extend(queued)
        for command in due:
            self._engine_for(command.instrument_id).process_command_c(command, ts_now)
        if due and self.events.liquidation is not None:
            self.check_margin_c(ts_now)
        return len(due) > 0

    cdef bint refuse_waiting_c(self, ts_t ts_now) except? 0:
        cdef OrderMatchingEngine matching
        cdef bint worked = False
        for matching in self._engines.values():
            if matching.n_waiting:
                matching.refuse_waiting_c(ts_now)
                worked = True
        return worked


@cython.final
cdef class BacktestExecClient(ExecutionClient):
    """The way to a simulated venue.

    Parameters
    ----------
    exchange : SimulatedExchange
    exec_engine : ExecutionEngine
        Takes `OrderSubmitted`.
    clock : Clock
    ids : UUIDFactory
    """

    def __init__(self, SimulatedExchange exchange not None, ExecutionEngine exec_engine not None, Clock clock not None,
                 UUIDFactory ids not None):
        super().__init__(
            client_id=ClientId(exchange.id.value),
            venue=exchange.id,
            oms_type=exchange.oms_type,
            account_type=exchange.account_type,
            account_id=exchange.account_id,
        )
        self._exchange = exchange
        self._exec_engine = exec_engine
        self._ids = ids
        self._clock = clock

    cdef int execute_c(self, TradingCommand command) except -1:
        cdef ts_t now_ns = self._clock.queue.now_ns
        cdef Order order
        if command.kind == CommandKind.SUBMIT_ORDER:
            self._submitted_c((<SubmitOrder>command).order, now_ns)
        elif command.kind == CommandKind.SUBMIT_ORDER_LIST:
            for order in (<SubmitOrderList>command).order_list.orders:
                self._submitted_c(order, now_ns)
        return self._exchange.send_c(command, now_ns)

    cdef int _submitted_c(self, Order order, ts_t now_ns) except -1:
        cdef OrderEvent event = order_event_new_c(OrderEventKind.SUBMITTED)
        cdef MarketState state = self._exchange._cache.market.state_c(order.instrument_id)
        cdef uint64_t hi, lo
        if state is not None:
            order.mid_decision = state.mid_c()
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(event, OrderEventKind.SUBMITTED, hi, lo, order.trader_id, order.strategy_id,
                           order.instrument_id, order.client_order_id, None, self.account_id, now_ns, now_ns)
        return self._exec_engine.process_for_c(event, order)
