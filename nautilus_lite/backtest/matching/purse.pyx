"""What a venue lets a cash account spend.

A purchase is paid in full, a sale of a pair delivers what is sold, a fee is paid in its currency. So an order is refused on
arrival where the account cannot lock what it needs, and a fill that the account cannot pay for does not happen: the order is
rejected if it was not accepted yet, else cancelled. No balance falls below zero, whatever was sent at one time or is on its way.

What other orders lock is theirs. Fees are in no lock (as NautilusTrader has it), they are paid from what the account holds.

Where answers take time the account in the cache is behind. Then the venue counts what fills on their way will move, never too
good by rounding, takes locks from its own copies of orders, and has fills booked at the exchange rates of their own time.
"""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.accounting.accounts.base cimport is_spot_pair_c
from nautilus_lite.accounting.manager cimport OrderLock
from nautilus_lite.accounting.manager cimport book_cost_c
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position

from nautilus_lite.model.enums import OrderSide as OrderSideEnum

# Costs are booked as differences of rounded sums, PnL as well: so much (minor units) a fill may cost beyond its rounded notional
cdef money_raw_t SLACK = 2


cdef bint is_exact(Instrument instrument):
    """Whether every price times quantity is a whole number of minor units."""
    cdef int digits = instrument.price_precision + instrument.size_precision + instrument.multiplier.precision
    return digits <= instrument.cost_currency_c().precision


@cython.final
cdef class Purse:
    """The money of one cash account at its venue.

    Parameters
    ----------
    account_id : AccountId
    exec_engine : ExecutionEngine
        Keeps the account in step, once it hears of fills.
    cache : Cache
    """

    def __init__(self, AccountId account_id not None, ExecutionEngine exec_engine not None, Cache cache not None):
        self.account_id = account_id
        self._exec_engine = exec_engine
        self._accounts = exec_engine._accounts
        self._cache = cache
        self.reset_c()

    cdef int reset_c(self) except -1:
        self._unheard = {}
        self._moves = {}
        self.ended = []
        return 0

    cdef Account account_c(self):
        cdef Account account = self._cache.account(self.account_id)
        return account if account is not None and account.calculate_account_state else None

    cdef money_raw_t total_c(self, Account account, Currency currency) except? -9223372036854775807:
        cdef BalanceSlot slot = account._slots.get(currency)
        cdef money_raw_t total = 0 if slot is None else slot.total
        if self._unheard:
            total += <money_raw_t>self._unheard.get(currency, 0)
        return total

    cdef Currency lock_currency_c(self, Account account, Instrument instrument, int side):
        cdef Currency currency = account.lock_currency_c(instrument, side)
        return account.base_currency if currency is not None and account.base_currency is not None else currency

    cdef money_raw_t lock_c(self, Account account, Instrument instrument, Order order, qty_raw_t qty,
                            price_raw_t price) except? -9223372036854775807:
        cdef Currency currency = account.lock_currency_c(instrument, order._side)
        if currency is None or order.is_reduce_only or not (order._has_price or order._has_trigger):
            return 0
        return self._accounts.to_account_c(
            account, instrument, account.locked_for_order_c(instrument, order._side, qty, price), currency
        )

    cdef money_raw_t free_c(self, Account account, Instrument instrument, Currency currency, Order order) except? -9223372036854775807:
        cdef BalanceSlot slot
        cdef OrderLock lock
        cdef Order other
        cdef Instrument traded
        cdef ClientOrderId client_order_id
        cdef money_raw_t free = self.total_c(account, currency)
        cdef tuple mine = (order.client_order_id,)
        if order.links is not None and (
            order.links.contingency == ContingencyType.OCO or order.links.contingency == ContingencyType.OUO
        ):
            mine += tuple(order.links.linked)
        if self.twins is None:
            slot = account._slots.get(currency)
            if slot is None or slot.locked == 0:
                return free
            free -= slot.locked
            for client_order_id in mine:
                lock = self._accounts._locks.get(client_order_id)
                if lock is not None and lock.currency == currency:
                    free += lock.raw
            return free
        for other in self.twins.values():
            if other.leaves_raw == 0 or not other.is_open_c() or other.client_order_id in mine:
                continue
            traded = self._cache.instrument_c(other.instrument_id)
            if self.lock_currency_c(account, traded, other._side) == currency:
                free -= self.lock_c(
                    account, traded, other, other.leaves_raw, other.price_raw if other._has_price else other.trigger_raw
                )
        return free

    cdef money_raw_t worth_c(self, Account account, Instrument instrument, Order order, int128_t cost) except? -9223372036854775807:
        cdef OrderContext context
        cdef Position position = None
        cdef PositionId position_id
        cdef bint buys = order._side == OrderSide.BUY
        cdef money_raw_t slack = 0
        cdef money_raw_t raw
        context = self._exec_engine.context_for_c(order)
        position_id = context.netting_id
        if position_id is None:
            position_id = self._cache.position_id_for_order_c(order.client_order_id)
        if position_id is not None:
            position = self._cache.position_c(position_id)
        if self._unheard:
            # Which position it will meet is not known yet
            slack = SLACK
        elif position is None or position.signed_raw == 0:
            raw = book_cost_c(instrument, cost)
        elif buys and position.signed_raw > 0:
            raw = book_cost_c(instrument, position._open_cost + cost) - book_cost_c(instrument, position._open_cost)
        else:
            slack = SLACK
        if slack:
            raw = book_cost_c(instrument, cost)
            if is_exact(instrument):
                slack = 0
            raw += slack if buys else -slack
        return self._accounts.to_account_c(account, instrument, raw, instrument.cost_currency_c())

    cdef str lacks_lock_c(self, Instrument instrument, Order order, qty_raw_t qty, price_raw_t price):
        cdef Account account = self.account_c()
        cdef Currency currency
        cdef money_raw_t need, free
        if account is None:
            return None
        need = self.lock_c(account, instrument, order, qty, price)
        if need == 0:
            return None
        currency = self.lock_currency_c(account, instrument, order._side)
        free = self.free_c(account, instrument, currency, order)
        if need <= free:
            return None
        return self._text(instrument, order, qty, need, free, currency, None)

    cdef str lacks_c(self, Instrument instrument, Order order, qty_raw_t qty, int128_t cost, Money fee):
        cdef Account account = self.account_c()
        cdef Currency currency, fee_currency = None
        cdef bint buys = order._side == OrderSide.BUY
        cdef bint is_pair
        cdef money_raw_t fee_raw = 0
        cdef money_raw_t spent, total, own, free, gained
        cdef int64_t base_raw
        if account is None:
            return None
        is_pair = account.base_currency is None and is_spot_pair_c(instrument)
        if fee is not None:
            fee_raw = self._accounts.to_account_c(account, instrument, fee.raw, fee.currency)
            fee_currency = fee.currency if account.base_currency is None else account.base_currency
        currency = instrument.cost_currency_c() if account.base_currency is None else account.base_currency
        gained = 0
        if buys:
            spent = self.worth_c(account, instrument, order, cost)
            if fee_raw > 0 and is_pair and fee_currency == instrument.base_currency:
                gained = self._base_raw(instrument, qty)
        elif is_pair:
            spent = self._base_raw(instrument, qty)
            if fee_raw > 0 and fee_currency == currency:
                gained = self.worth_c(account, instrument, order, cost)
            currency = instrument.base_currency
        else:
            # What it brings is there before its fee is paid
            spent = -self.worth_c(account, instrument, order, cost)
        total = self.total_c(account, currency)
        if spent > 0:
            if spent > total:
                return self._text(instrument, order, qty, spent, total, currency, fee)
            own = self.lock_c(
                account, instrument, order, qty, order.price_raw if order._has_price else order.trigger_raw
            ) if order.is_open_c() else 0
            # What reduces a position locks nothing: it may have what others have locked
            if spent > own + SLACK and not order.is_reduce_only:
                free = self.free_c(account, instrument, currency, order)
                if spent > free:
                    return self._text(instrument, order, qty, spent, max(free, 0), currency, fee)
        if fee_raw > 0:
            if fee_currency == currency:
                total -= spent
            else:
                total = self.total_c(account, fee_currency) + gained
            if fee_raw > total:
                return self._text(instrument, order, qty, spent, self.total_c(account, fee_currency), fee_currency, fee)
        return None

    cdef money_raw_t _base_raw(self, Instrument instrument, qty_raw_t qty) except? -1:
        cdef int64_t raw
        if fixed_rescale(qty, instrument.size_precision, instrument.base_currency.precision, &raw) != 0:
            raise_overflow(f"quantity of {instrument.id}")
        return raw

    cdef str _text(self, Instrument instrument, Order order, qty_raw_t qty, money_raw_t spent, money_raw_t there,
                   Currency currency, Money fee):
        cost = "" if spent <= 0 else f"{Money.from_raw_c(spent, self._spent_in(instrument, order))}"
        fee_text = "" if fee is None or fee.raw <= 0 else f"a fee of {fee}"
        return (
            f"insufficient balance: {OrderSideEnum(order._side).name} {Quantity.from_raw_c(qty, instrument.size_precision)} "
            f"{instrument.id} takes {cost}{' and ' if cost and fee_text else ''}{fee_text}, account {self.account_id} has "
            f"{Money.from_raw_c(there, currency)} for it"
        )

    cdef Currency _spent_in(self, Instrument instrument, Order order):
        cdef Account account = self.account_c()
        if account.base_currency is not None:
            return account.base_currency
        if order._side == OrderSide.SELL and is_spot_pair_c(instrument):
            return instrument.base_currency
        return instrument.cost_currency_c()

    cdef qty_raw_t sellable_c(self, Instrument instrument, Order order, qty_raw_t most) except? -1:
        cdef Account account = self.account_c()
        cdef money_raw_t there
        cdef int64_t raw, lot
        if account is None or order._side == OrderSide.BUY or account.base_currency is not None or not is_spot_pair_c(instrument):
            return most
        there = self.total_c(account, instrument.base_currency)
        if there >= self._base_raw(instrument, most):
            return most
        if there <= 0:
            return 0
        # Whole size increments of what is there, rounded down
        raw = int(Money.from_raw_c(there, instrument.base_currency).as_decimal().scaleb(instrument.size_precision))
        lot = max(<int64_t>1, instrument._own_qty_c(instrument.size_increment))
        return max(<int64_t>0, min(most, raw - raw % lot))

    # -- fills on their way -----------------------------------------------------------------------------------------

    cdef int said_c(self, Instrument instrument, Order order, OrderFilled fill) except -1:
        cdef Account account = self.account_c()
        cdef Currency currency
        cdef money_raw_t raw
        cdef list moved = []
        cdef dict rates = {}
        if account is None:
            return 0
        raw = self.worth_c(account, instrument, order, <int128_t>fill.px_raw * fill.qty_raw)
        # As if on its way already: the next fill may meet another position
        currency = instrument.cost_currency_c() if account.base_currency is None else account.base_currency
        moved.append((currency, -raw if fill._order_side == OrderSide.BUY else raw))
        if account.base_currency is None and is_spot_pair_c(instrument):
            raw = self._base_raw(instrument, fill.qty_raw)
            moved.append((instrument.base_currency, raw if fill._order_side == OrderSide.BUY else -raw))
        if fill.commission_raw != 0:
            raw = self._accounts.to_account_c(account, instrument, fill.commission_raw, fill.commission_currency)
            moved.append((fill.commission_currency if account.base_currency is None else account.base_currency, -raw))
        if account.base_currency is not None:
            for currency in (instrument.cost_currency_c(), fill.commission_currency):
                if currency != account.base_currency and currency not in rates:
                    rates[currency] = self._cache.get_xrate(instrument.id.venue, currency, account.base_currency)
        self._moves[fill.trade_id] = (moved, rates)
        for currency, amount in moved:
            self._unheard[currency] = self._unheard.get(currency, 0) + amount
        return 0

    cdef int hears_c(self, OrderFilled fill) except -1:
        cdef tuple known = self._moves.pop(fill.trade_id, None)
        if known is None:
            return 0
        for currency, amount in known[0]:
            self._unheard[currency] -= amount
        if not self._moves:
            self._unheard = {}
        self._accounts.rates = known[1] or None
        return 0

    cdef int heard_c(self) except -1:
        self._accounts.rates = None
        return 0
