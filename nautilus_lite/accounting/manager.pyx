"""Keeps accounts in step with orders and fills.

Every change of a balance passes through here, in integers, and costs the same whatever the number of orders so far: the
lock of an order is the difference to what it locked before, the margin of an instrument follows its exposure, and that
follows each position by differences too.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from decimal import Decimal

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.accounting.accounts.base cimport is_spot_pair_c
from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_div_half_even
from nautilus_lite.core.fixed cimport fixed_narrow
from nautilus_lite.core.fixed cimport fixed_pow10
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.ledger cimport LedgerCause
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position

from nautilus_lite.errors import InvalidData


cdef money_raw_t book_cost_c(Instrument instrument, int128_t cost) except? -9223372036854775807:
    if instrument.is_inverse or cost == 0:
        return 0
    cdef int digits = instrument.price_precision + instrument.size_precision - instrument.cost_currency_c().precision
    cdef int64_t multiplier = instrument.multiplier.raw
    cdef int128_t bound = <int128_t>fixed_pow10(18) * fixed_pow10(18)
    cdef int64_t raw
    if multiplier == fixed_pow10(instrument.multiplier.precision):
        multiplier = 1
    else:
        digits += instrument.multiplier.precision
    if digits > 36 or digits < -18 or cost > bound * 100 // multiplier or cost < -bound * 100 // multiplier:
        raise_overflow(f"cost of a position in {instrument.id}")
    cost *= multiplier
    if digits < 0:
        bound //= fixed_pow10(-digits)
        if cost > bound or cost < -bound:
            raise_overflow(f"cost of a position in {instrument.id}")
        cost *= fixed_pow10(-digits)
    elif digits <= 18:
        cost = fixed_div_half_even(cost, <int128_t>fixed_pow10(digits))
    else:
        cost = fixed_div_half_even(cost, <int128_t>fixed_pow10(18) * fixed_pow10(digits - 18))
    if fixed_narrow(cost, &raw) != 0:
        raise_overflow(f"cost of a position in {instrument.id}")
    return raw


cdef money_raw_t convert_money_c(money_raw_t raw, Currency currency, Currency target,
                                 double rate) except? -9223372036854775807:
    # The shortest decimal text of the rate is what the market quoted; from there on everything is exact
    num, den = Decimal(repr(rate)).as_integer_ratio()
    num = num * raw
    # As an object, for a power of C integers is a double
    digits = <object>(target.precision - currency.precision)
    if digits >= 0:
        num *= 10 ** digits
    else:
        den *= 10 ** -digits
    whole, rest = divmod(num, den)
    if 2 * rest > den or (2 * rest == den and whole & 1):
        whole += 1
    if not -(1 << 63) < whole < 1 << 63:
        raise_overflow(f"conversion of {currency} to {target}")
    return whole


@cython.final
@cython.freelist(64)
@cython.no_gc
cdef class OrderLock:
    """What one working order locks."""


@cython.final
cdef class Exposure:
    """Open positions of one instrument, by side."""


@cython.final
cdef class AccountsManager:
    """The one owner of account balances.

    Parameters
    ----------
    cache : Cache
        Gives exchange rates.
    clock : Clock
        Stamps account states.
    ids : UUIDFactory
        Gives the ids of account states.
    """

    def __init__(self, Cache cache not None, Clock clock not None, UUIDFactory ids not None):
        self._cache = cache
        self._clock = clock
        self._ids = ids
        self.reset()

    def reset(self):
        """Forget all locks and exposures."""
        self._locks = {}
        self._exposures = {}
        self.rates = None

    cdef money_raw_t to_account_c(self, Account account, Instrument instrument, money_raw_t raw,
                                  Currency currency) except? -9223372036854775807:
        cdef Currency base = account.base_currency
        if base is None or base is currency or raw == 0 or base == currency:
            return raw
        cdef object rate = None if self.rates is None else self.rates.get(currency)
        if rate is None:
            rate = self._cache.get_xrate(instrument.id.venue, currency, base)
        if rate is None:
            raise InvalidData(
                f"no exchange rate from {currency} to {base} at {instrument.id.venue} to book {instrument.id} in "
                f"account {account.id}: add market data of a pair of the two, or use an account without a base currency"
            )
        return convert_money_c(raw, currency, base, rate)

    cdef bint update_order_c(self, Account account, Instrument instrument, Order order) except? 0:
        cdef OrderLock lock = self._locks.get(order.client_order_id)
        cdef money_raw_t raw = 0
        cdef Currency currency = None
        if not account.calculate_account_state:
            return False
        if (order.leaves_raw > 0 and not order.is_reduce_only and (order._has_price or order._has_trigger)
                and order.is_open_c()):
            currency = account.lock_currency_c(instrument, order._side)
            if currency is not None:
                raw = account.locked_for_order_c(
                    instrument, order._side, order.leaves_raw,
                    order.price_raw if order._has_price else order.trigger_raw,
                )
                raw = self.to_account_c(account, instrument, raw, currency)
                if account.base_currency is not None:
                    currency = account.base_currency
        if lock is None:
            if raw == 0:
                return False
            lock = OrderLock.__new__(OrderLock)
            lock.currency = currency
            lock.raw = 0
            self._locks[order.client_order_id] = lock
        elif raw == lock.raw:
            return False
        account.lock_order_c(instrument, lock.currency, raw - lock.raw)
        lock.raw = raw
        if raw == 0:
            del self._locks[order.client_order_id]
        return True

    cdef int update_fill_c(self, Account account, Instrument instrument, OrderFilled fill, money_raw_t realized_gross,
                           money_raw_t book_delta) except -1:
        cdef money_raw_t raw = realized_gross
        cdef int64_t base_raw
        cdef Currency currency
        cdef BalanceSlot slot
        if not account.calculate_account_state:
            return 0
        if account.is_cash_account:
            raw -= book_delta
            currency = instrument.cost_currency_c()
        else:
            currency = instrument.settlement_currency
        self._move(account, instrument, fill, raw, realized_gross, currency)
        if account.is_cash_account and account.base_currency is None and is_spot_pair_c(instrument):
            currency = instrument.base_currency
            if fixed_rescale(fill.qty_raw, fill.qty_precision, currency.precision, &base_raw) != 0:
                raise_overflow(f"fill quantity of {instrument.id}")
            raw = base_raw if fill._order_side == OrderSide.BUY else -base_raw
            account.apply_delta_c(currency, raw)
            account.ledger.add_c(fill.ts_event, LedgerCause.TRADE, currency, raw, account.slot_c(currency).total, fill)
        if fill.commission_raw != 0:
            raw = self.to_account_c(account, instrument, fill.commission_raw, fill.commission_currency)
            currency = fill.commission_currency if account.base_currency is None else account.base_currency
            account.apply_delta_c(currency, -raw)
            slot = account.slot_c(currency)
            slot.fees += raw
            account.ledger.add_converted_c(fill.ts_event, LedgerCause.FEE, currency, -raw, slot.total, 0,
                                           fill.commission_currency, -fill.commission_raw, fill)
        return 0

    cdef int _move(self, Account account, Instrument instrument, OrderFilled fill, money_raw_t raw, money_raw_t realized,
                   Currency currency) except -1:
        cdef Currency target = currency if account.base_currency is None else account.base_currency
        cdef money_raw_t booked = self.to_account_c(account, instrument, raw, currency)
        account.apply_delta_c(target, booked)
        if raw == 0 and realized == 0:
            return 0
        # The PnL of a margin account is all that is booked; that of a cash account is a part, converted apart
        realized = booked if raw == realized else self.to_account_c(account, instrument, realized, currency)
        return account.ledger.add_converted_c(fill.ts_event, LedgerCause.TRADE, target, booked, account.slot_c(target).total,
                                              realized, currency, raw, fill)

    cdef Money adjust_c(self, Account account, Venue venue, Money amount, int cause, object source):
        cdef Currency target = amount.currency if account.base_currency is None else account.base_currency
        cdef money_raw_t raw = amount.raw
        cdef object rate
        if target != amount.currency and raw != 0:
            rate = self._cache.get_xrate(venue, amount.currency, target)
            if rate is None:
                raise InvalidData(
                    f"no exchange rate from {amount.currency} to {target} at {venue} to book {amount} in account {account.id}: "
                    "add market data of a pair of the two, or use an account without a base currency"
                )
            raw = convert_money_c(raw, amount.currency, target, rate)
        account.apply_delta_c(target, raw)
        account.ledger.add_converted_c(self._clock.timestamp_ns(), cause, target, raw, account.slot_c(target).total, 0,
                                       amount.currency, amount.raw, source)
        return Money.from_raw_c(raw, target)

    cdef int update_position_c(self, Position position) except -1:
        cdef Exposure exposure = self._exposures.get(position.instrument_id)
        cdef int64_t total
        if exposure is None:
            exposure = Exposure.__new__(Exposure)
            self._exposures[position.instrument_id] = exposure
        if position.marked_raw > 0:
            exposure.long_raw -= position.marked_raw
            exposure.long_cost -= position.marked_cost
        else:
            exposure.short_raw += position.marked_raw
            exposure.short_cost -= position.marked_cost
        position.marked_raw = position.signed_raw
        position.marked_cost = position._open_cost
        if position.marked_raw > 0:
            if fixed_add(exposure.long_raw, position.marked_raw, &total) != 0:
                raise_overflow(f"exposure in {position.instrument_id}")
            exposure.long_raw = total
            exposure.long_cost += position.marked_cost
        elif position.marked_raw < 0:
            if fixed_add(exposure.short_raw, -position.marked_raw, &total) != 0:
                raise_overflow(f"exposure in {position.instrument_id}")
            exposure.short_raw = total
            exposure.short_cost += position.marked_cost
        return 0

    cdef int update_margin_c(self, Account account, Instrument instrument) except -1:
        cdef Exposure exposure
        cdef qty_raw_t net, side_raw
        cdef int128_t cost
        cdef money_raw_t notional = 0
        cdef money_raw_t raw
        cdef Currency currency
        if not account.is_margin_account or not account.calculate_account_state:
            return 0
        exposure = self._exposures.get(instrument.id)
        if exposure is None:
            return 0
        net = exposure.long_raw - exposure.short_raw
        if net != 0:
            side_raw = exposure.long_raw if net > 0 else exposure.short_raw
            cost = exposure.long_cost if net > 0 else exposure.short_cost
            net = fixed_abs(net)
            notional = self._net_notional(instrument, net, side_raw, cost)
        currency = instrument.cost_currency_c()
        raw = (<MarginAccount>account).margin_maint_raw_c(instrument, notional)
        raw = self.to_account_c(account, instrument, raw, currency)
        if account.base_currency is not None:
            currency = account.base_currency
        (<MarginAccount>account).set_maintenance_c(instrument.id, currency, raw)
        return 0

    cdef money_raw_t _net_notional(self, Instrument instrument, qty_raw_t net, qty_raw_t side_raw,
                                   int128_t cost) except? -9223372036854775807:
        cdef int64_t price
        if net == side_raw and not instrument.is_inverse:
            return book_cost_c(instrument, cost)
        if fixed_narrow(fixed_div_half_even(cost, <int128_t>side_raw), &price) != 0:
            raise_overflow(f"average open price of {instrument.id}")
        return instrument.notional_raw_c(net, price)

    cdef AccountState generate_state_c(self, Account account):
        cdef uint64_t hi, lo
        cdef ts_t now_ns = self._clock.timestamp_ns()
        self._ids.next_parts(&hi, &lo)
        cdef AccountState event = AccountState.new_c(
            account.id, account._type, account.base_currency, account.balances_c(), account.margins_c(),
            hi, lo, now_ns, now_ns,
        )
        account._events.append_c(event)
        return event
