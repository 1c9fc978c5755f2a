"""Expiry and settlement of futures and options.

When
    At `expiration_ns` of the instrument, before rows, commands and timers of that instant; or when an `InstrumentClose` of
    type CONTRACT_EXPIRED arrives before that. Working orders expire, and the venue takes no more.
At which price
    1. `settlement_prices` of the venue;
    2. the `InstrumentClose` of type CONTRACT_EXPIRED: positions wait for it where the data has one;
    3. an option's exercise value against the price of its underlying, where that is in the market: the middle, else the last;
    4. with `settlement_fallback="last"` the last trade, else the last bar's close.
    Otherwise the run stops: a price would be a guess. Prices are rounded half to even to the instrument's precision.
How
    A venue-made order per position, filled at that price without fees, as `settled` ("expired" where an option is worth
    nothing). Everything is settled in cash: nothing is delivered.
"""

from fractions import Fraction

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.backtest.matching.auctions cimport GATE_EXPIRED
from nautilus_lite.backtest.matching.engine cimport OrderMatchingEngine
from nautilus_lite.backtest.venue.desk cimport VenueDesk
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.data.updates cimport InstrumentClose
from nautilus_lite.model.enums cimport InstrumentClass
from nautilus_lite.model.enums cimport InstrumentCloseType
from nautilus_lite.model.enums cimport OptionKind
from nautilus_lite.model.enums cimport PriceType
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.position cimport Position

from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.errors import InvalidData

cdef ts_t NEVER = <ts_t>0xFFFFFFFFFFFFFFFF

FALLBACKS = ("refuse", "last")

cdef str SETTLED = "settled"
cdef str EXPIRED = "expired"


cdef price_raw_t own_raw(Instrument instrument, Price price) except? -9223372036854775807:
    cdef int64_t raw
    if fixed_rescale(price.raw, price.precision, instrument.price_precision, &raw) != 0:
        raise_overflow(f"settlement price of {instrument.id}")
    return raw


@cython.final
cdef class SettlementDesk(VenueDesk):
    """Ends contracts at their expiry.

    Parameters
    ----------
    venue, account_id, exec_engine, cache, ids, engines
        As of `VenueDesk`.
    prices : dict of InstrumentId to Price, float or Decimal, optional
        Settlement prices by instrument.
    fallback : {'refuse', 'last'}, default 'refuse'
        What to do where no settlement price is known: stop the run, or take the last price.

    Raises
    ------
    InvalidConfiguration
        If the fallback is unknown.
    """

    def __init__(self, venue, account_id, exec_engine, cache, ids, engines, prices=None, str fallback not None="refuse"):
        super().__init__(venue, account_id, exec_engine, cache, ids, engines)
        if fallback not in FALLBACKS:
            raise InvalidConfiguration(f"invalid `settlement_fallback` of {venue}, must be one of {FALLBACKS}, was {fallback!r}")
        self.prices = dict(prices or {})
        self.fallback = fallback
        self._expected = set()
        self.reset()

    def reset(self):
        """Forget a run; what the data holds is told anew."""
        VenueDesk.reset(self)
        self._expiries = {}
        self._waiting = {}

    cdef int start_c(self, ts_t ts_now) except -1:
        cdef OrderMatchingEngine engine
        for engine in self._engines.values():
            expiration = getattr(engine.instrument, "expiration_ns", 0)
            if not expiration or engine.gate == GATE_EXPIRED:
                continue
            self._expiries[engine.instrument.id] = expiration
        return self._sum_up_c()

    cdef int _sum_up_c(self) except -1:
        self.next_ns = NEVER
        for expiration in self._expiries.values():
            self.next_ns = min(self.next_ns, <ts_t>expiration)
        return 0

    cdef int expect_c(self, InstrumentId instrument_id) except -1:
        self._expected.add(instrument_id)
        return 0

    cdef int on_close_c(self, InstrumentClose close, ts_t ts_now) except -1:
        cdef OrderMatchingEngine engine
        if close._close_type != InstrumentCloseType.CONTRACT_EXPIRED:
            return 0
        engine = self._engines.get(close.instrument_id)
        if engine is None:
            return 0
        if engine.gate != GATE_EXPIRED:
            self._expiries.pop(close.instrument_id, None)
            self._sum_up_c()
            engine.expire_contract_c(ts_now)
            self.hear_c(ts_now)
        elif close.instrument_id not in self._waiting:
            return 0
        self._waiting.pop(close.instrument_id, None)
        price = self.prices.get(close.instrument_id)
        if price is None:
            price = close.close_price
        elif not isinstance(price, Price):
            price = engine.instrument.make_price(price)
        return self._settle_c(engine, own_raw(engine.instrument, price), SETTLED, ts_now)

    cdef int due_c(self, ts_t ts_now) except -1:
        cdef list due = [(ns, key) for key, ns in self._expiries.items() if ns <= ts_now]
        due.sort(key=first)
        for ns, key in due:
            del self._expiries[key]
            self._expire_c(self._engines[key], ts_now)
        return self._sum_up_c()

    cdef int _expire_c(self, OrderMatchingEngine engine, ts_t ts_now) except -1:
        cdef Instrument instrument = engine.instrument
        cdef Position position
        engine.expire_contract_c(ts_now)
        self.hear_c(ts_now)
        for position in self.positions_c():
            if position.instrument_id == instrument.id:
                break
        else:
            return 0
        price = self._price_c(engine)
        if price is not None:
            reason = EXPIRED if instrument._instrument_class == InstrumentClass.OPTION and price == 0 else SETTLED
            return self._settle_c(engine, price, reason, ts_now)
        if instrument.id not in self._expected:
            raise InvalidData(
                f"no settlement price of {instrument.id}, which expired at {ts_now} (ns) with an open position: give "
                "`settlement_prices` to the venue, add `InstrumentClose` data of type CONTRACT_EXPIRED, for an option add "
                "data of its underlying, or take the last price by `settlement_fallback=\"last\"`"
            )
        self._waiting[instrument.id] = ts_now
        return 0

    cdef object _price_c(self, OrderMatchingEngine engine):
        """The settlement price as a raw, or None."""
        cdef Instrument instrument = engine.instrument
        cdef price_raw_t raw
        given = self.prices.get(instrument.id)
        if given is not None:
            return own_raw(instrument, given if isinstance(given, Price) else instrument.make_price(given))
        if instrument.id in self._expected:
            return None
        found = self._exercise_c(engine)
        if found is None and self.fallback == "last" and engine.state.price_c(PriceType.LAST, &raw):
            return raw
        return found

    cdef object _exercise_c(self, OrderMatchingEngine engine):
        """What an option is worth against its underlying, as a raw, or None."""
        cdef Instrument instrument = engine.instrument
        cdef MarketState state, underlying = None
        cdef price_raw_t bid, ask
        if instrument._instrument_class != InstrumentClass.OPTION:
            return None
        name = str(instrument.underlying)
        for state in self.market.states:
            if state is engine.state or name not in (state.id.value, state.id.symbol.value, state.instrument.raw_symbol.value):
                continue
            if underlying is None or (state.id.venue == self.venue and underlying.id.venue != self.venue):
                underlying = state
        if underlying is None:
            return None
        scale = 10**underlying.instrument.price_precision
        if underlying.bid_c(&bid) and underlying.ask_c(&ask):
            price = Fraction(<object>bid + <object>ask, 2 * scale)
        elif underlying.price_c(PriceType.LAST, &bid):
            price = Fraction(bid, scale)
        else:
            return None
        strike = Fraction(instrument.strike_price.raw, 10**instrument.strike_price.precision)
        worth = price - strike if instrument.option_kind == OptionKind.CALL else strike - price
        return round(max(Fraction(0), worth) * 10**instrument.price_precision)

    cdef int _settle_c(self, OrderMatchingEngine engine, price_raw_t price, str reason, ts_t ts_now) except -1:
        cdef Position position
        for position in self.positions_c():
            if position.instrument_id == engine.instrument.id and position.signed_raw != 0:
                engine.settle_c(self.closing_order_c(position, "EXPIRY", ts_now), price, reason, ts_now)
        return 0

    cdef int finish_c(self) except -1:
        for key, ns in self._waiting.items():
            raise InvalidData(
                f"no settlement price of {key}, which expired at {ns} (ns) with an open position: the data was to bring an "
                "`InstrumentClose` of type CONTRACT_EXPIRED but ended before; add it, or give `settlement_prices` to the venue"
            )
        return 0


def first(tuple pair):
    """Return the first of a pair."""
    return pair[0]
