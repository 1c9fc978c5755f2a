"""Funding of perpetuals.

When
    At `next_funding_ns` of a `FundingRateUpdate`, at the rate of the last update for that time; before rows, commands and
    timers of that instant. An update without it is a payment of its own, made when it arrives.
How much
    rate x notional of each open position, at the last mark price, else the middle of bid and ask, else the last price. Longs
    pay and shorts receive where the rate is positive. Exact, rounded once, half to even, to the settlement currency.
Where it goes
    To the account's balance and the ledger of payments. It is no part of fees or of the PnL of positions.

What is unrealistic: rates are history, so a position of any size pays the same; venues cap rates and may settle late.
"""

from fractions import Fraction

cimport cython

from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport FundingRateUpdate
from nautilus_lite.model.data.updates cimport MarkPriceUpdate
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.ledger cimport LedgerCause
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.position cimport Position

from nautilus_lite.backtest.venue.records import FundingPayment
from nautilus_lite.errors import InvalidData

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF
# No venue pays more often; what comes closer is a stream of predicted rates
cdef ts_t SHORTEST_NS = 1_800_000_000_000


@cython.final
cdef class FundingDesk(VenueDesk):
    """Pays funding at the rates that the data tells; parameters as of `VenueDesk`."""

    def __init__(self, venue, account_id, exec_engine, cache, ids, engines):
        super().__init__(venue, account_id, exec_engine, cache, ids, engines)
        self.reset()

    def reset(self):
        """Forget a run."""
        VenueDesk.reset(self)
        self._due = {}
        self._paid = {}
        self.payments = []
        self.late_count = 0

    cdef int on_rate_c(self, FundingRateUpdate update, ts_t ts_now) except -1:
        cdef object paid = self._paid.get(update.instrument_id)
        if update.next_ns == NEVER:
            if paid is not None and ts_now - <ts_t>paid < SHORTEST_NS:
                raise InvalidData(
                    f"two funding rates of {update.instrument_id} without `next_funding_ns` at {paid} and {ts_now} (ns), each "
                    "of them a payment: give `next_funding_ns` where rates are predictions, and keep the last one of each time"
                )
            return self._pay_c(update, ts_now)
        if paid is not None and update.next_ns <= <ts_t>paid:
            return 0
        if update.next_ns < ts_now:
            self.late_count += 1
            return 0
        if update.next_ns == ts_now:
            self._due.pop((update.next_ns, update.instrument_id), None)
            return self._pay_c(update, ts_now)
        self._due[(update.next_ns, update.instrument_id)] = update
        self.next_ns = min(self.next_ns, update.next_ns)
        return 0

    cdef int due_c(self, ts_t ts_now) except -1:
        cdef list due = sorted([key for key in self._due if key[0] <= ts_now], key=due_ns)
        for key in due:
            self._pay_c(self._due.pop(key), ts_now)
        self.next_ns = NEVER
        for key in self._due:
            self.next_ns = min(self.next_ns, <ts_t>key[0])
        return 0

    cdef int _pay_c(self, FundingRateUpdate update, ts_t ts_now) except -1:
        cdef Position position
        cdef Instrument instrument
        cdef Money booked
        cdef object price = None
        self._paid[update.instrument_id] = ts_now
        self.hear_c(ts_now)
        for position in self.positions_c():
            if position.instrument_id != update.instrument_id:
                continue
            instrument = position.instrument
            if price is None:
                price = self._price_c(update.instrument_id)
            size = Fraction(position.signed_raw, 10**instrument.size_precision)
            size *= Fraction(instrument.multiplier.raw, 10**instrument.multiplier.precision)
            notional = size / price if instrument.is_inverse else size * price
            currency = instrument.settlement_currency
            # `round` of a fraction is exact, half to even
            raw = round(-notional * Fraction(update.rate) * 10**currency.precision)
            if not -(1 << 63) < raw < 1 << 63:
                raise OverflowError(f"funding of position {position.id} leaves 64 bits")
            booked = self._exec_engine.adjust_c(
                self.account_id, self.venue, Money.from_raw_c(raw, currency), LedgerCause.FUNDING, position
            )
            payment = FundingPayment(
                ts_now, position.instrument_id, position.id, position.strategy_id, update.rate, float(price), booked
            )
            self.payments.append(payment)
            self._exec_engine.announce_c(f"events.funding.{position.instrument_id.value}", payment)
        return 0

    cdef object _price_c(self, object instrument_id):
        cdef MarketState state = self.market.state_c(instrument_id)
        cdef MarkPriceUpdate mark
        cdef price_raw_t bid, ask
        marks = state.updates_c(MarkPriceUpdate)
        if marks:
            mark = marks[0]
            return Fraction(mark.raw, 10**mark.precision)
        scale = 10**state.instrument.price_precision
        if state.bid_c(&bid) and state.ask_c(&ask):
            return Fraction(<object>bid + <object>ask, 2 * scale)
        if state.price_c(PriceType.LAST, &bid):
            return Fraction(bid, scale)
        raise InvalidData(f"no price of {instrument_id} to pay funding at: add market data or mark prices before the first rate")


def due_ns(tuple key):
    """Return the time of a payment."""
    return key[0]
