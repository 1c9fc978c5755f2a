"""Net positions, PnL, exposure and equity.

Net quantity and realised PnL of an instrument are kept up to date by differences, one position event at a time;
everything that depends on the market is worked out when asked for.
"""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.accounting.accounts.base cimport instrument_price_c
from nautilus_lite.accounting.accounts.base cimport is_spot_pair_c
from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.accounting.manager cimport book_cost_c
from nautilus_lite.accounting.manager cimport convert_money_c
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_to_decimal
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.position cimport Position

from nautilus_lite.accounting.factory import AccountFactory
from nautilus_lite.portfolio.config import PortfolioConfig


@cython.final
cdef class NetPosition:
    """Running sums of one instrument."""


@cython.final
cdef class Portfolio:
    """Values the accounts and positions of a trader.

    Parameters
    ----------
    msgbus : MessageBus
        The message bus.
    cache : Cache
        Holds accounts, positions, prices and exchange rates.
    clock : Clock
        The clock.
    config : PortfolioConfig, optional
        The configuration.

    Notes
    -----
    Values are in the settlement currency of the instrument. With `convert_to_account_base_currency` (the default) they
    are in the base currency of accounts that have one, and with a `target_currency` in that. A single value is None
    where a price or an exchange rate is missing; a dict leaves such positions out, and `unpriced_positions` lists them.
    Exchange rates are the bid for longs, the ask for shorts and the middle for a mixture.
    """

    def __init__(self, MessageBus msgbus not None, Cache cache not None, Clock clock not None, config=None):
        self._msgbus = msgbus
        self._cache = cache
        self._clock = clock
        self._config = PortfolioConfig() if config is None else config
        self._to_base = self._config.convert_to_account_base_currency
        self._use_marks = self._config.use_mark_prices
        self._use_mark_rates = self._config.use_mark_xrates
        self.reset()

    def reset(self):
        """Forget all positions."""
        self._net = {}

    @property
    def analyzer(self):
        """Statistics of the accounts, a `PortfolioAnalyzer`; a run fills it when it makes its result."""
        if self._analyzer is None:
            from nautilus_lite.analysis.analyzer import PortfolioAnalyzer
            self._analyzer = PortfolioAnalyzer()
        return self._analyzer

    # Kept by the execution engine

    cdef int update_position_c(self, Position position) except -1:
        cdef NetPosition net = self._net.get(position.instrument_id)
        cdef money_raw_t realized = position.realized_pnl_raw_c()
        cdef int64_t total
        if net is None:
            net = NetPosition.__new__(NetPosition)
            net.instrument = position.instrument
            self._net[position.instrument_id] = net
        if fixed_add(net.signed_raw, position.signed_raw - position.noted_raw, &total) != 0:
            raise_overflow(f"net position in {position.instrument_id}")
        net.signed_raw = total
        if fixed_add(net.realized_raw, realized - position.noted_realized_raw, &total) != 0:
            raise_overflow(f"realized PnL in {position.instrument_id}")
        net.realized_raw = total
        position.noted_raw = position.signed_raw
        position.noted_realized_raw = realized
        return 0

    cdef qty_raw_t net_raw_c(self, InstrumentId instrument_id) except? -9223372036854775807:
        cdef NetPosition net = self._net.get(instrument_id)
        return 0 if net is None else net.signed_raw

    def update_account(self, AccountState event not None, bint calculate_account_state=True):
        """Apply an account state, making the account on its first.

        Parameters
        ----------
        event : AccountState
            The state.
        calculate_account_state : bool, default True
            For a new account: whether fills and orders change it.
        """
        cdef Account account = self._cache.account(event.account_id)
        if account is None:
            self._cache.add_account(AccountFactory.create(event, calculate_account_state))
        else:
            account.apply_state_c(event)

    # Parts of a valuation

    cdef bint mark_c(self, Position position, price_raw_t* price) except? 0:
        return self.mark_in_c(position, self._cache.market, price)

    cdef bint mark_in_c(self, Position position, Market market, price_raw_t* price) except? 0:
        cdef MarketState state = market.state_c(position.instrument_id)
        if state is None:
            return False
        if self._use_marks and state.price_c(PriceType.MARK, price):
            return True
        return state.mark_c(1 if position.signed_raw > 0 else -1, price)

    cdef list _open_positions(self, InstrumentId instrument_id):
        cdef dict positions = self._cache._instrument_positions_open.get(instrument_id)
        return [] if positions is None else list(positions.values())

    cdef list _venue_positions(self, Venue venue):
        cdef Position position
        return [position for position in self._cache._positions_open.values() if position.instrument_id.venue == venue]

    cdef Currency _target(self, Venue venue, Currency target):
        cdef Account account
        if target is None and self._to_base:
            account = self._cache.account_for_venue_c(venue)
            if account is not None:
                return account.base_currency
        return target

    cdef object _convert(self, money_raw_t raw, Currency currency, Currency target, Venue venue, int direction):
        """Return Money in the target currency (None: as it is), or None without a rate; direction 1 long, -1 short."""
        cdef int price_type = PriceType.MID
        if target is None or target == currency:
            return Money.from_raw_c(raw, currency)
        if raw == 0:
            return Money.from_raw_c(0, target)
        if direction != 0:
            price_type = PriceType.BID if direction > 0 else PriceType.ASK
        rate = self._cache.mark_xrate_c(currency, target) if self._use_mark_rates else 0.0
        if rate == 0.0:
            rate = self._cache.get_xrate(venue, currency, target, <PriceType>price_type)
        if rate is None:
            return None
        return Money.from_raw_c(convert_money_c(raw, currency, target, rate), target)

    cdef money_raw_t equity_raw_c(self, Account account, Currency currency,
                                  list unpriced) except? -9223372036854775807:
        return self.equity_in_c(account, currency, self._cache.market, unpriced)

    cdef money_raw_t equity_in_c(self, Account account, Currency currency, Market market,
                                 list unpriced) except? -9223372036854775807:
        cdef BalanceSlot slot = account._slots.get(currency)
        cdef int64_t total = 0 if slot is None else slot.total
        cdef Position position
        cdef Currency own
        cdef Money money
        for position in self._cache._positions_open.values():
            if position.account_id != account.id:
                continue
            own = self.value_currency_c(account, position)
            if own is None or (own if account.base_currency is None else account.base_currency) != currency:
                continue
            money = self.value_c(account, position, market)
            if money is None:
                unpriced.append(position.instrument_id)
                continue
            if fixed_add(total, money.raw, &total) != 0:
                raise_overflow(f"equity of account {account.id}")
        return total

    cdef Currency value_currency_c(self, Account account, Position position):
        if not account.is_cash_account:
            return position.settlement_currency
        if account.base_currency is None and is_spot_pair_c(position.instrument):
            return None    # what is held stands in the base currency's own balance
        return position.instrument.cost_currency_c()

    cdef Money value_c(self, Account account, Position position, Market market):
        cdef Instrument instrument = position.instrument
        cdef price_raw_t price
        cdef money_raw_t value
        if not self.mark_in_c(position, market, &price):
            return None
        if account.is_cash_account and not instrument.is_inverse:
            value = instrument.notional_raw_c(fixed_abs(position.signed_raw), price)
            if position.signed_raw < 0:
                value = -value
        else:
            value = position.unrealized_pnl_raw_c(price)
        return self._convert(
            value, self.value_currency_c(account, position), account.base_currency, instrument.id.venue,
            1 if position.signed_raw > 0 else -1
        )

    def open_values(self):
        """Return what every open position adds to the equity of its account.

        Returns
        -------
        list of (Position, Money or None, Money)
            The value in the account's currency: at market for a cash account, unrealised PnL for a margin account; None
            where a price or a rate is missing, or where it stands in a balance of its own (spot). Then what a cash
            account paid for it (negative: was paid for it), before any conversion; zero for a margin account.
        """
        cdef list found = []
        cdef Position position
        cdef Account account
        cdef money_raw_t cost
        for position in self._cache._positions_open.values():
            account = self._cache.account(position.account_id)
            cost = book_cost_c(position.instrument, position._open_cost) if account.is_cash_account else 0
            found.append((
                position,
                None if self.value_currency_c(account, position) is None else self.value_c(account, position, self._cache.market),
                Money.from_raw_c(cost if position.signed_raw > 0 else -cost, position.instrument.cost_currency_c()),
            ))
        return found

    cdef object _instrument_value(self, InstrumentId instrument_id, object price, Currency target, bint unrealized):
        """Return unrealised PnL, or the signed mark value, of all open positions in an instrument; None if unknown."""
        cdef list positions = self._open_positions(instrument_id)
        cdef Instrument instrument = self._cache.instrument_c(instrument_id)
        cdef Position position
        cdef Currency currency
        cdef price_raw_t mark
        cdef int64_t total = 0
        cdef money_raw_t value
        cdef bint longs = False
        cdef bint shorts = False
        if instrument is None:
            return None
        currency = instrument.settlement_currency if unrealized else instrument.cost_currency_c()
        for position in positions:
            if price is not None:
                mark = instrument_price_c(instrument, price)
            elif not self.mark_c(position, &mark):
                return None
            if unrealized:
                value = position.unrealized_pnl_raw_c(mark)
            else:
                value = instrument.notional_raw_c(fixed_abs(position.signed_raw), mark)
                if position.signed_raw < 0:
                    value = -value
            if fixed_add(total, value, &total) != 0:
                raise_overflow(f"value of positions in {instrument_id}")
            longs = longs or position.signed_raw > 0
            shorts = shorts or position.signed_raw < 0
        return self._convert(total, currency, self._target(instrument_id.venue, target), instrument_id.venue,
                             <int>longs - <int>shorts)

    # Accounts

    def account(self, Venue venue=None, AccountId account_id=None):
        """Return the account of a venue, or with an id, or None."""
        if account_id is not None:
            return self._cache.account(account_id)
        return None if venue is None else self._cache.account_for_venue_c(venue)

    def balances_locked(self, Venue venue not None):
        """Return what is locked at a venue (dict[Currency, Money]); empty without an account."""
        cdef Account account = self._cache.account_for_venue_c(venue)
        return {} if account is None else account.balances_locked()

    def margins_init(self, Venue venue not None):
        """Return the initial margins at a venue (dict[InstrumentId, Money]); empty without a margin account."""
        cdef Account account = self._cache.account_for_venue_c(venue)
        return account.margins_init() if isinstance(account, MarginAccount) else {}

    def margins_maint(self, Venue venue not None):
        """Return the maintenance margins at a venue (dict[InstrumentId, Money]); empty without a margin account."""
        cdef Account account = self._cache.account_for_venue_c(venue)
        return account.margins_maint() if isinstance(account, MarginAccount) else {}

    def equity(self, Venue venue not None):
        """Return the equity at a venue by currency.

        Returns
        -------
        dict[Currency, Money]
            Cash accounts: balances plus the mark value of what is held outside them. Margin accounts: balances plus
            unrealised PnL. Positions without a price add nothing; `unpriced_positions` lists them.
        """
        cdef Account account = self._cache.account_for_venue_c(venue)
        cdef dict result = {}
        cdef list unpriced = []
        cdef Currency currency
        if account is None:
            return result
        for currency in account._slots:
            result[currency] = Money.from_raw_c(self.equity_raw_c(account, currency, unpriced), currency)
        return result

    def mark_values(self, Venue venue not None, Currency target_currency=None):
        """Return the value of the open positions at a venue at their marks, shorts negative (dict[Currency, Money])."""
        return self._by_currency(venue, lambda key: self._instrument_value(key, None, target_currency, False))

    @property
    def initialized(self):
        """If accounts, orders and positions count: true from the start, a backtest has nothing to wait for."""
        return True

    def set_use_mark_prices(self, bint value):
        """Say whether positions are valued at mark prices where there are any."""
        self._use_marks = value

    def set_use_mark_xrates(self, bint value):
        """Say whether currencies are converted at the rates of `cache.set_mark_xrate` where there are any."""
        self._use_mark_rates = value

    def missing_price_instruments(self, Venue venue not None):
        """Return the instruments of open positions at a venue that no price is known for (list of InstrumentId)."""
        return self.unpriced_positions(venue)

    def unpriced_positions(self, Venue venue=None):
        """Return the instruments of open positions that no price is known for.

        Parameters
        ----------
        venue : Venue, optional
            None for all venues.

        Returns
        -------
        list[InstrumentId]
        """
        cdef Position position
        cdef price_raw_t price
        cdef dict found = {}
        for position in self._cache._positions_open.values():
            if venue is not None and position.instrument_id.venue != venue:
                continue
            if not self.mark_c(position, &price):
                found[position.instrument_id] = None
        return list(found)

    # PnL

    def _by_currency(self, Venue venue, value):
        """Add up `value(instrument_id)` by currency over the instruments with open positions at a venue."""
        cdef dict instruments = {}
        cdef Position position
        for position in self._venue_positions(venue):
            instruments[position.instrument_id] = None
        return self._add_up(instruments, value)

    def _add_up(self, instruments, value):
        cdef dict result = {}
        cdef Money money
        for instrument_id in instruments:
            money = value(instrument_id)
            if money is not None:
                result[money.currency] = result[money.currency] + money if money.currency in result else money
        return result

    def unrealized_pnl(self, InstrumentId instrument_id not None, Price price=None, Currency target_currency=None):
        """Return the unrealised PnL in an instrument.

        Parameters
        ----------
        instrument_id : InstrumentId
            The instrument.
        price : Price, optional
            The price to value with; the bid for longs and the ask for shorts if None.
        target_currency : Currency, optional
            The currency of the result; see the class notes if None.

        Returns
        -------
        Money or None
            None if the instrument, a price or an exchange rate is unknown; zero when flat.
        """
        return self._instrument_value(instrument_id, price, target_currency, True)

    def realized_pnl(self, InstrumentId instrument_id not None, Currency target_currency=None):
        """Return the realised PnL in an instrument after fees in its settlement currency, over all its positions.

        Parameters and result as in `unrealized_pnl`; closed positions and closed cycles are included.
        """
        cdef Instrument instrument = self._cache.instrument_c(instrument_id)
        cdef NetPosition net = self._net.get(instrument_id)
        if instrument is None:
            return None
        return self._convert(
            0 if net is None else net.realized_raw, instrument.settlement_currency,
            self._target(instrument_id.venue, target_currency), instrument_id.venue, 0
        )

    def total_pnl(self, InstrumentId instrument_id not None, Price price=None, Currency target_currency=None):
        """Return realised plus unrealised PnL in an instrument; parameters and result as in `unrealized_pnl`."""
        realized = self.realized_pnl(instrument_id, target_currency)
        unrealized = self.unrealized_pnl(instrument_id, price, target_currency)
        if realized is None or unrealized is None:
            return None
        return realized + unrealized

    def unrealized_pnls(self, Venue venue not None, Currency target_currency=None):
        """Return the unrealised PnL at a venue by currency (dict[Currency, Money])."""
        return self._by_currency(venue, lambda key: self.unrealized_pnl(key, None, target_currency))

    def realized_pnls(self, Venue venue not None, Currency target_currency=None):
        """Return the realised PnL at a venue by currency (dict[Currency, Money])."""
        return self._add_up(
            [key for key in self._net if key.venue == venue], lambda key: self.realized_pnl(key, target_currency)
        )

    def total_pnls(self, Venue venue not None, Currency target_currency=None):
        """Return realised plus unrealised PnL at a venue by currency (dict[Currency, Money])."""
        return self._add_up(
            [key for key in self._net if key.venue == venue], lambda key: self.total_pnl(key, None, target_currency)
        )

    # Exposure

    def net_exposure(self, InstrumentId instrument_id not None, Price price=None, Currency target_currency=None):
        """Return the notional of the net position in an instrument, never negative.

        Parameters and result as in `unrealized_pnl`.
        """
        cdef Money value = self._instrument_value(instrument_id, price, target_currency, False)
        return None if value is None else Money.from_raw_c(abs(value.raw), value.currency)

    def net_exposures(self, Venue venue not None, Currency target_currency=None):
        """Return the sums of the net exposures at a venue by currency (dict[Currency, Money])."""
        return self._by_currency(venue, lambda key: self.net_exposure(key, None, target_currency))

    def net_position(self, InstrumentId instrument_id not None):
        """Return the net position in an instrument (Decimal), negative if short, over all its positions."""
        cdef NetPosition net = self._net.get(instrument_id)
        if net is None:
            return fixed_to_decimal(0, 0)
        return fixed_to_decimal(net.signed_raw, net.instrument.size_precision)

    def is_net_long(self, InstrumentId instrument_id not None):
        """Return whether the net position in an instrument is long."""
        return self.net_raw_c(instrument_id) > 0

    def is_net_short(self, InstrumentId instrument_id not None):
        """Return whether the net position in an instrument is short."""
        return self.net_raw_c(instrument_id) < 0

    def is_flat(self, InstrumentId instrument_id not None):
        """Return whether the net position in an instrument is zero."""
        return self.net_raw_c(instrument_id) == 0

    def is_completely_flat(self):
        """Return whether the net position in every instrument is zero."""
        cdef NetPosition net
        for net in self._net.values():
            if net.signed_raw != 0:
                return False
        return True
