"""Copies of what a run left behind, with other commissions: its fills, orders, positions, accounts and their ledgers.

Nothing that is given is changed. A copy shares with its original what no commission stands in.
"""

from copy import copy

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
from nautilus_lite.model.events.log cimport EventLog
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


cdef enum:
    # Places in a row of a ledger as a tuple, as of LEDGER_DTYPE
    TS = 0
    CAUSE = 5
    SOURCE = 8


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


def with_fees(Order order not None, dict commissions not None, dict fills not None):
    """Return an order whose fills cost something else; itself where it has none.

    Parameters
    ----------
    order : Order
    commissions : dict of TradeId to Money
    fills : dict of TradeId to OrderFilled
        Takes the new fills.

    Returns
    -------
    Order
    """
    cdef OrderEvent event
    cdef OrderFilled fill
    cdef Money commission
    cdef Order new
    if order._commissions is None:
        return order
    new = copy(order)
    new._commissions = Commissions.__new__(Commissions)
    new._events = EventLog.__new__(EventLog)
    for event in order._events.list_c():
        if event.kind == OrderEventKind.FILLED:
            fill = copy(event)
            commission = commissions[fill.trade_id]
            fill.commission_raw = commission.raw
            fill.commission_currency = commission.currency
            new._commissions.add_c(commission.currency, commission.raw)
            fills[fill.trade_id] = fill
            event = fill
        new._events.append_c(event)
    return new


def position_with_fees(Position position not None, dict fills not None):
    """Return a position whose fills cost something else; one that turned it is split as the execution engine does.

    Parameters
    ----------
    position : Position
    fills : dict of TradeId to OrderFilled
        The new fills, whole.

    Returns
    -------
    Position
    """
    cdef OrderFilled fill, whole
    cdef Position new = copy(position)
    cdef money_raw_t raw, fees
    cdef Py_ssize_t i
    new._commissions = Commissions.__new__(Commissions)
    new._events = EventLog.__new__(EventLog)
    new.fees_raw = 0
    for i, fill in enumerate(position._events.list_c()):
        whole = fills[fill.trade_id]
        if fill.qty_raw == whole.qty_raw:
            fill = whole
        else:
            fill = copy(fill)
            # The closing part has its share, the opening one what remains
            if fixed_mul_div(whole.commission_raw, whole.qty_raw - fill.qty_raw if i == 0 else fill.qty_raw, whole.qty_raw,
                             &raw) != 0:
                raise_overflow(f"commission of order {fill.client_order_id}")
            fill.commission_raw = whole.commission_raw - raw if i == 0 else raw
            fill.commission_currency = whole.commission_currency
        new._events.append_c(fill)
        if fill.commission_raw == 0:
            continue
        if fill.commission_currency == new.settlement_currency:
            if fixed_add(new.fees_raw, fill.commission_raw, &fees) != 0:
                raise_overflow(f"fees of position {position.id}")
            new.fees_raw = fees
        new._commissions.add_c(fill.commission_currency, fill.commission_raw)
    return new


def account_with_fees(Account account not None, list changes not None, list fills not None, dict positions not None):
    """Return an account in which something else was booked: its states, its ledger and what it holds at the end.

    Parameters
    ----------
    account : Account
        Which books fees in their own currency.
    changes : list of (int, Currency, int)
        Time of booking (ns), currency and what each fill adds (minor units), in order of booking; each has a state of its own.
    fills : list of OrderFilled
        The new fills of the account, in order of booking.
    positions : dict of int to Position
        The new positions by the `id()` of those that were.

    Returns
    -------
    account : Account
    short : list of (int, Currency, int)
        Time, currency and free balance (minor units) of every state that has a free balance below zero now.
    """
    cdef Account new = copy(account)
    cdef AccountState state, changed
    cdef BalanceSlot slot
    cdef dict shift = {}
    cdef list states = account._events.list_c()
    cdef list short = []
    cdef Py_ssize_t n = len(states)
    cdef Py_ssize_t n_changes = len(changes)
    cdef Py_ssize_t at = 0
    cdef Py_ssize_t last = -1
    cdef Py_ssize_t due = 0
    cdef Py_ssize_t i
    cdef tuple old = ()
    new._events = EventLog.__new__(EventLog)
    for i in range(n):
        state = states[i]
        if i > last:
            # States of one time; the last takes what is left of the changes up to it
            last = i
            while last + 1 < n and (<AccountState>states[last + 1]).ts_event == state.ts_event:
                last += 1
            while due < n_changes and changes[due][0] <= state.ts_event:
                due += 1
        if i == last:
            while at < due:
                _shift(shift, changes[at])
                at += 1
        elif at < due and (due - at > last - i or _moved(old, state._balances)):
            _shift(shift, changes[at])
            at += 1
        old = state._balances
        changed = copy(state)
        changed._balances = _shifted(old, shift, state.ts_event, short)
        new._events.append_c(changed)
    new._slots = {currency: copy(slot) for currency, slot in account._slots.items()}
    for _, currency, raw in changes:
        slot = new.slot_c(currency)
        slot.total += raw
        slot.fees -= raw
        slot._copy = None
    new.ledger = _ledger(account.ledger, fills, positions)
    return new, short


cdef Ledger _ledger(Ledger old, list fills, dict positions):
    """The ledger anew, with the commissions that fills have now."""
    cdef Ledger new = Ledger.__new__(Ledger)
    cdef OrderFilled fill
    cdef dict totals = {}
    cdef list sources = []
    # Plain tuples, in order of LEDGER_DTYPE
    cdef list rows = old.rows().tolist()
    cdef Py_ssize_t n = len(rows)
    cdef Py_ssize_t at = 0
    cdef dict of_trade = {fill.trade_id: fill for fill in fills}
    cdef set with_rows = set()
    for source in old.sources:
        if isinstance(source, OrderFilled):
            with_rows.add((<OrderFilled>source).trade_id)
            source = of_trade[(<OrderFilled>source).trade_id]
        elif isinstance(source, Position):
            source = positions.get(id(source), source)
        sources.append(source)
    for fill in fills:
        # What was booked before this fill
        while at < n and not isinstance(_source(sources, rows[at]), OrderFilled) and (
            fill.trade_id in with_rows or rows[at][TS] <= fill.ts_init
        ):
            _copy_row(old, new, rows[at], sources, totals)
            at += 1
        while at < n and _source(sources, rows[at]) is fill:
            if rows[at][CAUSE] != LedgerCause.FEE:
                _copy_row(old, new, rows[at], sources, totals)
            at += 1
        if fill.commission_raw != 0:
            totals[fill.commission_currency] = totals.get(fill.commission_currency, 0) - fill.commission_raw
            new.add_c(fill.ts_event, LedgerCause.FEE, fill.commission_currency, -fill.commission_raw,
                      totals[fill.commission_currency], fill)
    while at < n:
        _copy_row(old, new, rows[at], sources, totals)
        at += 1
    return new


cdef object _source(list sources, tuple row):
    return None if row[SOURCE] < 0 else sources[row[SOURCE]]


cdef int _copy_row(Ledger old, Ledger new, tuple row, list sources, dict totals) except -1:
    ts, amount, _, realized, original, cause, currency, original_currency, _ = row
    currency = old.currencies[currency]
    totals[currency] = totals.get(currency, 0) + amount
    return new.add_converted_c(
        ts, cause, currency, amount, totals[currency], realized, old.currencies[original_currency], original,
        _source(sources, row),
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
