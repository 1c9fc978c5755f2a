"""Other commissions written into what a run left behind: its fills, orders, positions, accounts and their ledgers.

Everything here works on copies that belong to nobody else: events are never changed while a run or a user holds them.
"""

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.core.fixed cimport fixed_add
from nautilus_lite.core.fixed cimport fixed_mul_div
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.ledger cimport Ledger
from nautilus_lite.model.ledger cimport LedgerCause
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position


def charge(FeeModel model not None, Order order not None, OrderFilled fill not None, Instrument instrument not None,
           qty_raw_t filled_raw):
    """Return what a model charges for a fill of a finished order, the order being as it was before.

    Parameters
    ----------
    model : FeeModel
        Remembers the fill, as in a run.
    order : Order
    fill : OrderFilled
    instrument : Instrument
    filled_raw : int
        What the order had filled before, raw.

    Returns
    -------
    Money
    """
    cdef qty_raw_t filled = order.filled_raw
    cdef qty_raw_t leaves = order.leaves_raw
    cdef int side = order._liquidity_side
    model.now_ns = fill.ts_event
    order.filled_raw = filled_raw
    order.leaves_raw = filled + leaves - filled_raw
    order._liquidity_side = fill._liquidity_side
    try:
        return model.commission_c(
            order, fill.qty_raw, fill.px_raw, instrument, fill._liquidity_side == LiquiditySide.MAKER
        )
    finally:
        order.filled_raw = filled
        order.leaves_raw = leaves
        order._liquidity_side = side


def rewrite_order(Order order not None, dict commissions not None):
    """Write the commissions of its fills into an order and its events.

    Parameters
    ----------
    order : Order
    commissions : dict of TradeId to Money
    """
    cdef OrderEvent event
    cdef OrderFilled fill
    cdef Money commission
    if order._commissions is None:
        return
    order._commissions = Commissions.__new__(Commissions)
    for event in order._events.list_c():
        if event.kind == OrderEventKind.FILLED:
            fill = <OrderFilled>event
            commission = commissions[fill.trade_id]
            fill.commission_raw = commission.raw
            fill.commission_currency = commission.currency
            order._commissions.add_c(commission.currency, commission.raw)


def rewrite_position(Position position not None, dict commissions not None, dict quantities not None):
    """Write the commissions of its fills into a position; one that turned it is split as the execution engine does.

    Parameters
    ----------
    position : Position
    commissions : dict of TradeId to Money
    quantities : dict of TradeId to int
        Raw quantities of the whole fills.
    """
    cdef OrderFilled fill
    cdef Money commission
    cdef qty_raw_t whole
    cdef money_raw_t raw, fees
    cdef Py_ssize_t i
    position._commissions = Commissions.__new__(Commissions)
    position.fees_raw = 0
    for i, fill in enumerate(position._events.list_c()):
        commission = commissions[fill.trade_id]
        whole = quantities[fill.trade_id]
        raw = commission.raw
        if fill.qty_raw != whole:
            # The closing part has its share, the opening one what remains
            if fixed_mul_div(commission.raw, whole - fill.qty_raw if i == 0 else fill.qty_raw, whole, &raw) != 0:
                raise_overflow(f"commission of order {fill.client_order_id}")
            if i == 0:
                raw = commission.raw - raw
            fill.commission_raw = raw
            fill.commission_currency = commission.currency
        if raw == 0:
            continue
        if commission.currency == position.settlement_currency:
            if fixed_add(position.fees_raw, raw, &fees) != 0:
                raise_overflow(f"fees of position {position.id}")
            position.fees_raw = fees
        position._commissions.add_c(commission.currency, raw)


def rewrite_account(Account account not None, list changes not None):
    """Write what was booked more or less into an account: its states and what it holds at the end.

    Parameters
    ----------
    account : Account
    changes : list of (int, Currency, int)
        Time of booking (ns), currency and what each fill adds (minor units), in order of booking; each has a state of its own.

    Returns
    -------
    list of (int, Currency, int)
        Time, currency and free balance (minor units) of every state that has a free balance below zero now.
    """
    cdef AccountState state
    cdef BalanceSlot slot
    cdef dict shift = {}
    cdef list states = account._events.list_c()
    cdef list short = []
    cdef Py_ssize_t at = 0
    cdef Py_ssize_t i, last, n_left
    cdef tuple old = ()
    for i, state in enumerate(states):
        # The last state of this time takes what is left of it
        last = i
        while last + 1 < len(states) and (<AccountState>states[last + 1]).ts_event == state.ts_event:
            last += 1
        n_left = 0
        while at + n_left < len(changes) and changes[at + n_left][0] <= state.ts_event:
            n_left += 1
        if last == i:
            while n_left:
                _shift(shift, changes[at])
                at += 1
                n_left -= 1
        elif n_left and (n_left > last - i or _moved(old, state._balances)):
            _shift(shift, changes[at])
            at += 1
        old = state._balances
        state._balances = _shifted(old, shift, state.ts_event, short)
    for _, currency, raw in changes:
        slot = account.slot_c(currency)
        slot.total += raw
        slot.fees -= raw
        slot._copy = None
    return short


def rewrite_ledger(Account account not None, list fills not None):
    """Write an account's ledger anew, with the commissions that its fills have now.

    Parameters
    ----------
    account : Account
        Which books fees in their own currency.
    fills : list of OrderFilled
        All of the account, in order of booking.
    """
    cdef Ledger old = account.ledger
    cdef Ledger new = Ledger.__new__(Ledger)
    cdef OrderFilled fill
    cdef dict totals = {}
    cdef set with_rows = set()
    cdef object rows = old.rows()
    cdef Py_ssize_t n = len(rows)
    cdef Py_ssize_t at = 0
    for row in rows:
        if row["source"] >= 0 and isinstance(old.sources[row["source"]], OrderFilled):
            with_rows.add(old.sources[row["source"]].trade_id)
    for fill in fills:
        # What was booked before this fill
        while at < n and not isinstance(_source(old, rows[at]), OrderFilled) and (
            fill.trade_id in with_rows or rows[at]["ts"] <= fill.ts_init
        ):
            _copy(old, new, rows[at], totals)
            at += 1
        while at < n and _is_of(_source(old, rows[at]), fill):
            if rows[at]["cause"] != LedgerCause.FEE:
                _copy(old, new, rows[at], totals)
            at += 1
        if fill.commission_raw != 0:
            totals[fill.commission_currency] = totals.get(fill.commission_currency, 0) - fill.commission_raw
            new.add_c(fill.ts_event, LedgerCause.FEE, fill.commission_currency, -fill.commission_raw,
                      totals[fill.commission_currency], fill)
    while at < n:
        _copy(old, new, rows[at], totals)
        at += 1
    account.ledger = new


cdef object _source(Ledger ledger, object row):
    return None if row["source"] < 0 else ledger.sources[row["source"]]


cdef bint _is_of(object source, OrderFilled fill) except -1:
    return isinstance(source, OrderFilled) and (<OrderFilled>source).trade_id == fill.trade_id


cdef int _copy(Ledger old, Ledger new, object row, dict totals) except -1:
    cdef object currency = old.currencies[row["currency"]]
    totals[currency] = totals.get(currency, 0) + int(row["amount"])
    return new.add_converted_c(
        row["ts"], row["cause"], currency, row["amount"], totals[currency], row["realized"],
        old.currencies[row["original_currency"]], row["original"], _source(old, row),
    )


cdef int _shift(dict shift, tuple change) except -1:
    shift[change[1]] = shift.get(change[1], 0) + change[2]
    return 0


cdef bint _moved(tuple before, tuple after) except -1:
    """Whether any total differs."""
    cdef AccountBalance a, b
    if len(before) != len(after):
        return True
    for a, b in zip(before, after):
        if a.total_raw != b.total_raw or a.currency != b.currency:
            return True
    return False


cdef tuple _shifted(tuple balances, dict shift, ts_t ts, list short):
    cdef AccountBalance balance
    cdef list found = []
    cdef money_raw_t total
    for balance in balances:
        total = balance.total_raw + <money_raw_t>shift.get(balance.currency, 0)
        if total < balance.locked_raw:
            short.append((ts, balance.currency, total - balance.locked_raw))
        found.append(
            balance if total == balance.total_raw else AccountBalance.from_raw_c(total, balance.locked_raw, balance.currency)
        )
    return tuple(found)
