"""Liquidation on margin call.

When
    The equity of a margin account, in one currency, falls below its maintenance margin there times the ratio. Looked at when
    commands reached the venue, after funding and settlement, at the close of bars, and every `liquidation_interval_ns`
    while positions are open or orders work; not at every quote. Equity counts unrealised PnL as the portfolio does, at mark prices where it is told to,
    by the market as it is at the venue; positions, balance and margin are those of the venue, with the fills that nobody has heard
    of yet (`backtest.venue.standing`). Margin is at average open prices. Where a position has no price nothing is done: equity would be a guess.
How
    Working orders of the venue are cancelled, then all positions that need margin in that currency are closed by venue-made
    market orders, the largest loss first, at what the book offers, with fees. What the book cannot take is tried again.

What is unrealistic: venues take over positions in steps and charge for it; an insurance fund and deleveraging are not modelled, and losses may exceed
the account.
"""

from decimal import Decimal
from fractions import Fraction

cimport cython

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.accounting.accounts.margin cimport MarginSlot
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.backtest.venue.standing cimport Standing
from nautilus_lite.backtest.venue.standing cimport standing_c
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio

from nautilus_lite.errors import InvalidConfiguration

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

cdef str LIQUIDATED = "liquidated"


@cython.final
cdef class LiquidationDesk(VenueDesk):
    """Closes positions on a margin call.

    Parameters
    ----------
    venue, account_id, exec_engine, cache, ids, engines
        As of `VenueDesk`.
    portfolio : Portfolio
        Values the account.
    ratio : Decimal
        Of the maintenance margin below which equity must not fall.
    cancels : bool
        Whether working orders are cancelled first.
    interval_ns : int
        Nanoseconds between looks while positions are open; 0 for none.

    Raises
    ------
    InvalidConfiguration
        If the ratio is not positive.
    """

    def __init__(self, venue, account_id, exec_engine, cache, ids, engines, Portfolio portfolio not None, ratio,
                 bint cancels, ts_t interval_ns):
        super().__init__(venue, account_id, exec_engine, cache, ids, engines)
        ratio = Decimal(str(ratio))
        if not ratio.is_finite() or ratio <= 0:
            raise InvalidConfiguration(f"invalid `liquidation_trigger_ratio` of {venue}, must be positive, was {ratio}")
        self._portfolio = portfolio
        self.ratio = ratio
        self.cancels = cancels
        self.interval_ns = interval_ns
        self.reset()

    def reset(self):
        """Forget a run."""
        VenueDesk.reset(self)
        self.calls = []
        self._busy = False

    cdef int check_c(self, ts_t ts_now) except -1:
        cdef Account account = self._cache.account(self.account_id)
        cdef Currency currency
        cdef Currency called = None
        cdef Standing standing
        if self._busy or account is None or not account.is_margin_account:
            return 0
        self.next_ns = NEVER
        self._busy = True
        try:
            if self.responses is not None and self.responses._unheard:
                standing = standing_c(
                    <MarginAccount>account, self.market, <Portfolio>self._portfolio, self._exec_engine, self._cache, self.responses
                )
                for currency, margin in standing.margins_c().items():
                    unpriced = []
                    if self._falls_short_c(currency, standing.equity_c(currency, unpriced), margin, unpriced, ts_now):
                        self._liquidate_c(<MarginAccount>account, currency, ts_now)
                        called = currency
                        break
            # A call lets everybody hear where they stand: other currencies are in the account then
            if (self.responses is None or not self.responses._unheard) and self.positions_c():
                for currency in list(account._slots):
                    if currency != called and self._is_called_c(<MarginAccount>account, currency, ts_now):
                        self._liquidate_c(<MarginAccount>account, currency, ts_now)
        finally:
            self._busy = False
        if self.interval_ns and self._is_exposed_c():
            self.next_ns = (ts_now // self.interval_ns + 1) * self.interval_ns
        return 0

    cdef bint _is_exposed_c(self) except? 0:
        """Whether there are positions, or orders that may open one."""
        cdef OrderMatchingEngine engine
        if self.responses is not None and self.responses._unheard:
            return True
        for engine in self._engines.values():
            if engine.n_resting:
                return True
        return len(self.positions_c()) > 0

    cdef bint _is_called_c(self, MarginAccount account, Currency currency, ts_t ts_now) except? 0:
        cdef MarginSlot slot
        cdef list unpriced = []
        cdef money_raw_t equity
        cdef object margin = 0
        for slot in account._margins.values():
            if slot.currency == currency:
                margin += slot.maintenance
        if margin == 0:
            return False
        equity = (<Portfolio>self._portfolio).equity_in_c(account, currency, self.market, unpriced)
        return self._falls_short_c(currency, equity, margin, unpriced, ts_now)

    cdef bint _falls_short_c(self, Currency currency, money_raw_t equity, object margin, list unpriced, ts_t ts_now) except? 0:
        if margin == 0 or unpriced or equity >= Fraction(self.ratio) * margin:
            return False
        self.calls.append(
            (ts_now, currency, Money.from_raw_c(equity, currency), Money.from_raw_c(margin, currency))
        )
        return True

    cdef int _liquidate_c(self, MarginAccount account, Currency currency, ts_t ts_now) except -1:
        cdef OrderMatchingEngine engine
        cdef Position position
        cdef MarginSlot slot
        cdef price_raw_t price
        cdef list lost = []
        if self.cancels:
            for engine in list(self._engines.values()):
                engine.end_all_c(OrderEventKind.CANCELED, ts_now)
        self.hear_c(ts_now)
        for position in self.positions_c():
            slot = account._margins.get(position.instrument_id)
            if slot is not None and slot.currency == currency and (
                <Portfolio>self._portfolio
            ).mark_in_c(position, self.market, &price):
                # Of one account, so of one currency or converted at one rate each: compared as fractions of units
                pnl = Fraction(position.unrealized_pnl_raw_c(price), 10**position.settlement_currency.precision)
                lost.append((pnl, position.id.value, position))
        lost.sort(key=loss)
        for _, _, position in lost:
            engine = self._engines[position.instrument_id]
            engine._look_c(ts_now)
            if position.signed_raw != 0 and engine.is_open_c(position.signed_raw < 0):
                engine.force_c(self.closing_order_c(position, "LIQUIDATION", ts_now), LIQUIDATED, ts_now)
        return 0


def loss(tuple item):
    """Return what positions are ordered by: PnL, then id."""
    return item[:2]
