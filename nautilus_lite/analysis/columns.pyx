"""Columns of reports, read from the fields of orders, fills, positions and account states without making objects.

Each function walks its objects once and fills arrays: numbers as float64 and int64, texts as lists of str, texts that repeat
as `Codes`. Frames are made from them in `analysis.reports`.
"""

cimport cython
from libc.math cimport NAN
from libc.stdint cimport int64_t

import numpy as np

from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_to_double
from nautilus_lite.core.fixed cimport fixed_to_str
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport Identifier
from nautilus_lite.model.objects cimport AccountBalance
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport MarginBalance
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position


@cython.final
cdef class Codes:
    """A column of few different values: a code for each row, and the values by code.

    Attributes
    ----------
    codes : ndarray of int64
        Index into `values`; -1 where there is none.
    values : list
        In order of first appearance.
    """

    cdef readonly object codes
    cdef readonly list values
    cdef int64_t[::1] _view
    cdef dict _index
    cdef object _last
    cdef int64_t _last_code

    def __init__(self, Py_ssize_t n):
        self.codes = np.full(n, -1, dtype=np.int64)
        self._view = self.codes
        self.values = []
        self._index = {}
        self._last = None
        self._last_code = -1

    cdef int put_c(self, Py_ssize_t i, object value) except -1:
        cdef object code
        if value is None:
            return 0
        # Rows that follow each other mostly share the very object
        if value is not self._last:
            code = self._index.get(value)
            if code is None:
                code = len(self.values)
                self._index[value] = code
                self.values.append(value)
            self._last = value
            self._last_code = code
        self._view[i] = self._last_code
        return 0


cdef object floats(Py_ssize_t n):
    return np.full(n, NAN)


cdef object integers(Py_ssize_t n):
    return np.zeros(n, dtype=np.int64)


cdef inline str text_of(Identifier identifier):
    return None if identifier is None else identifier.value


@cython.final
cdef class Paid:
    """The columns of fees: the amount where it is in one currency, that currency, and all of them as text."""

    cdef readonly object amount
    cdef readonly Codes currency
    cdef readonly list texts
    cdef double[::1] _amount

    def __init__(self, Py_ssize_t n):
        self.amount = floats(n)
        self._amount = self.amount
        self.currency = Codes(n)
        self.texts = []

    cdef int put_c(self, Py_ssize_t i, Commissions paid) except -1:
        cdef str text
        if paid is None or paid._currency is None:
            self.texts.append(None)
            return 0
        text = f"{fixed_to_str(paid._raw, paid._currency.precision)} {paid._currency.code}"
        if paid._others is None:
            self._amount[i] = fixed_to_double(paid._raw, paid._currency.precision)
            self.currency.put_c(i, paid._currency)
        else:
            text = "; ".join(map(str, paid.moneys_c()))
        self.texts.append(text)
        return 0


def fills_of(orders):
    """Return every fill of some orders, in order of `ts_event`, those of one time in the orders' order.

    Parameters
    ----------
    orders : iterable of Order

    Returns
    -------
    list of OrderFilled
    """
    cdef list found = []
    cdef Order order
    cdef OrderEvent event
    cdef object item
    cdef Py_ssize_t i
    for item in orders:
        if isinstance(item, Order):
            order = item
            if order.filled_raw == 0:
                continue
            for i in range(order._events.n):
                event = order._events.at_c(i)
                if event.kind == OrderEventKind.FILLED:
                    found.append(event)
        else:
            found.extend([event for event in item.events if isinstance(event, OrderFilled)])
    times = np.fromiter([(<OrderFilled>fill).ts_event for fill in found], dtype=np.uint64, count=len(found))
    return [found[place] for place in np.argsort(times, kind="stable").tolist()]


def fill_columns(list fills not None):
    """Return the columns of fills.

    Parameters
    ----------
    fills : list of OrderFilled
    """
    cdef Py_ssize_t n = len(fills)
    cdef Py_ssize_t i
    cdef OrderFilled fill
    numbers = {name: floats(n) for name in ("last_qty", "last_px", "commission", "mid_decision", "mid_arrival", "mid_fill",
                                            "queue_ahead")}
    whole = {name: integers(n) for name in ("order_side", "order_type", "liquidity_side", "price_age_ns", "ts_event", "ts_init")}
    cdef double[::1] last_qty = numbers["last_qty"], last_px = numbers["last_px"], commission = numbers["commission"]
    cdef double[::1] decision = numbers["mid_decision"], arrival = numbers["mid_arrival"], mid = numbers["mid_fill"]
    cdef double[::1] ahead = numbers["queue_ahead"]
    cdef int64_t[::1] side = whole["order_side"], kind = whole["order_type"], liquidity = whole["liquidity_side"]
    cdef int64_t[::1] age = whole["price_age_ns"], ts_event = whole["ts_event"], ts_init = whole["ts_init"]
    cdef Codes trader = Codes(n), strategy = Codes(n), instrument = Codes(n), account = Codes(n)
    cdef Codes currency = Codes(n), fee_currency = Codes(n), reason = Codes(n), position = Codes(n)
    cdef list client = [], venue = [], trade = []
    for i in range(n):
        fill = fills[i]
        last_qty[i] = fixed_to_double(fill.qty_raw, fill.qty_precision)
        last_px[i] = fixed_to_double(fill.px_raw, fill.px_precision)
        commission[i] = fixed_to_double(fill.commission_raw, fill.commission_currency.precision)
        decision[i] = fill.mid_decision
        arrival[i] = fill.mid_arrival
        mid[i] = fill.mid_fill
        if fill.queue_raw >= 0:
            ahead[i] = fixed_to_double(fill.queue_raw, fill.qty_precision)
        side[i] = fill._order_side
        kind[i] = fill._order_type
        liquidity[i] = fill._liquidity_side
        age[i] = fill.price_age_ns
        ts_event[i] = fill.ts_event
        ts_init[i] = fill.ts_init
        trader.put_c(i, fill.trader_id)
        strategy.put_c(i, fill.strategy_id)
        instrument.put_c(i, fill.instrument_id)
        account.put_c(i, fill.account_id)
        currency.put_c(i, fill.currency)
        fee_currency.put_c(i, fill.commission_currency)
        reason.put_c(i, fill.fill_reason)
        position.put_c(i, fill.position_id)
        client.append(fill.client_order_id.value)
        venue.append(text_of(fill.venue_order_id))
        trade.append(fill.trade_id.value)
    return {
        **numbers, **whole, "trader_id": trader, "strategy_id": strategy, "instrument_id": instrument, "account_id": account,
        "currency": currency, "commission_currency": fee_currency, "fill_reason": reason, "position_id": position,
        "client_order_id": client, "venue_order_id": venue, "trade_id": trade,
    }


cdef str last_trade(Order order):
    cdef Py_ssize_t i = order._events.n - 1
    cdef OrderEvent event
    if order.filled_raw == 0:
        return None
    while i >= 0:
        event = order._events.at_c(i)
        if event.kind == OrderEventKind.FILLED:
            return (<OrderFilled>event).trade_id.value
        i -= 1
    return None


def order_columns(list orders not None):
    """Return the columns of orders.

    Parameters
    ----------
    orders : list of Order
    """
    cdef Py_ssize_t n = len(orders)
    cdef Py_ssize_t i
    cdef Order order
    numbers = {name: floats(n) for name in (
        "quantity", "filled_qty", "price", "trigger_price", "avg_px", "slippage", "queue_ahead",
    )}
    whole = {name: integers(n) for name in (
        "type", "side", "time_in_force", "liquidity_side", "status", "is_post_only", "is_reduce_only", "is_quote_quantity",
        "ts_init", "ts_submitted", "ts_accepted", "ts_last", "ts_closed",
    )}
    cdef double[::1] quantity = numbers["quantity"], filled = numbers["filled_qty"], price = numbers["price"]
    cdef double[::1] trigger = numbers["trigger_price"], avg_px = numbers["avg_px"], slippage = numbers["slippage"]
    cdef double[::1] ahead = numbers["queue_ahead"]
    cdef int64_t[::1] kind = whole["type"], side = whole["side"], tif = whole["time_in_force"]
    cdef int64_t[::1] liquidity = whole["liquidity_side"], status = whole["status"], post = whole["is_post_only"]
    cdef int64_t[::1] reduce_only = whole["is_reduce_only"], quoted = whole["is_quote_quantity"]
    cdef int64_t[::1] ts_init = whole["ts_init"], submitted = whole["ts_submitted"], accepted = whole["ts_accepted"]
    cdef int64_t[::1] last = whole["ts_last"], closed = whole["ts_closed"]
    cdef Codes trader = Codes(n), strategy = Codes(n), instrument = Codes(n), account = Codes(n), position = Codes(n)
    cdef Codes list_id = Codes(n)
    cdef Paid paid = Paid(n)
    cdef list client = [], venue = [], trade = [], tags = []
    for i in range(n):
        order = orders[i]
        quantity[i] = fixed_to_double(order.quantity_raw, order.size_precision)
        filled[i] = fixed_to_double(order.filled_raw, order.size_precision)
        if order._has_price:
            price[i] = fixed_to_double(order.price_raw, order.price_precision)
        if order._has_trigger:
            trigger[i] = fixed_to_double(order.trigger_raw, order.price_precision)
        if order.filled_raw:
            avg_px[i] = order.avg_px
        slippage[i] = order.slippage
        if order.queue_entry >= 0:
            ahead[i] = fixed_to_double(order.queue_entry, order.size_precision)
        kind[i] = order._order_type
        side[i] = order._side
        tif[i] = order._time_in_force
        liquidity[i] = order._liquidity_side
        status[i] = order._status
        post[i] = order.is_post_only
        reduce_only[i] = order.is_reduce_only
        quoted[i] = order.is_quote_quantity
        ts_init[i] = order.ts_init
        submitted[i] = order.ts_submitted
        accepted[i] = order.ts_accepted
        last[i] = order.ts_last
        closed[i] = order.ts_closed
        trader.put_c(i, order.trader_id)
        strategy.put_c(i, order.strategy_id)
        instrument.put_c(i, order.instrument_id)
        account.put_c(i, order.account_id)
        position.put_c(i, order.position_id)
        list_id.put_c(i, order.order_list_id)
        paid.put_c(i, order._commissions)
        client.append(order.client_order_id.value)
        venue.append(text_of(order.venue_order_id))
        trade.append(last_trade(order))
        tags.append(", ".join(order.tags) if order.tags else None)
    return {
        **numbers, **whole, "trader_id": trader, "strategy_id": strategy, "instrument_id": instrument, "account_id": account,
        "position_id": position, "order_list_id": list_id, "commission": paid.amount, "commission_currency": paid.currency,
        "commissions": paid.texts, "client_order_id": client, "venue_order_id": venue, "last_trade_id": trade, "tags": tags,
    }


def position_columns(list positions not None):
    """Return the columns of positions.

    Parameters
    ----------
    positions : list of Position
    """
    cdef Py_ssize_t n = len(positions)
    cdef Py_ssize_t i
    cdef Position p
    numbers = {name: floats(n) for name in (
        "quantity", "peak_qty", "avg_px_open", "avg_px_close", "realized_return", "gross_pnl", "realized_pnl", "mae", "mfe",
    )}
    whole = {name: integers(n) for name in (
        "entry", "side", "n_fills", "ts_init", "ts_opened", "ts_last", "ts_closed", "duration_ns",
    )}
    cdef double[::1] quantity = numbers["quantity"], peak = numbers["peak_qty"], opened = numbers["avg_px_open"]
    cdef double[::1] close = numbers["avg_px_close"], change = numbers["realized_return"]
    cdef double[::1] gross = numbers["gross_pnl"], realized = numbers["realized_pnl"]
    cdef double[::1] worst = numbers["mae"], best = numbers["mfe"]
    cdef int64_t[::1] entry = whole["entry"], side = whole["side"], fills = whole["n_fills"], ts_init = whole["ts_init"]
    cdef int64_t[::1] ts_opened = whole["ts_opened"], ts_last = whole["ts_last"], ts_closed = whole["ts_closed"]
    cdef int64_t[::1] duration = whole["duration_ns"]
    cdef Codes trader = Codes(n), strategy = Codes(n), instrument = Codes(n), account = Codes(n), currency = Codes(n)
    cdef Codes key = Codes(n)
    cdef Paid paid = Paid(n)
    cdef list opening = [], closing = []
    cdef int digits
    for i in range(n):
        p = positions[i]
        digits = p.settlement_currency.precision
        quantity[i] = fixed_to_double(fixed_abs(p.signed_raw), p.size_precision)
        peak[i] = fixed_to_double(p.peak_raw, p.size_precision)
        opened[i] = p.avg_px_open
        if p.bought_raw and p.sold_raw:
            close[i] = p.avg_px_close
        change[i] = p.realized_return
        gross[i] = fixed_to_double(p.gross_raw, digits)
        realized[i] = fixed_to_double(p.realized_pnl_raw_c(), digits)
        if p.has_excursions:
            worst[i] = fixed_to_double(p.mae_raw, digits)
            best[i] = fixed_to_double(p.mfe_raw, digits)
        entry[i] = p._entry
        side[i] = p._side
        fills[i] = p._events.n
        ts_init[i] = p.ts_init
        ts_opened[i] = p.ts_opened
        ts_last[i] = p.ts_last
        ts_closed[i] = p.ts_closed
        duration[i] = p.duration_ns
        trader.put_c(i, p.trader_id)
        strategy.put_c(i, p.strategy_id)
        instrument.put_c(i, p.instrument_id)
        account.put_c(i, p.account_id)
        currency.put_c(i, p.settlement_currency)
        key.put_c(i, p.id)
        paid.put_c(i, p._commissions)
        opening.append(p.opening_order_id.value)
        closing.append(text_of(p.closing_order_id))
    return {
        **numbers, **whole, "trader_id": trader, "strategy_id": strategy, "instrument_id": instrument, "account_id": account,
        "currency": currency, "position_id": key, "commission": paid.amount, "commission_currency": paid.currency,
        "commissions": paid.texts, "opening_order_id": opening, "closing_order_id": closing,
    }


def account_columns(list states not None):
    """Return the columns of account states, one row a balance.

    Parameters
    ----------
    states : list of AccountState
    """
    cdef AccountState state
    cdef AccountBalance balance
    cdef MarginBalance margin
    cdef Py_ssize_t n = 0
    cdef Py_ssize_t i = 0
    cdef int64_t initial, maintenance
    cdef int digits
    for state in states:
        n += len(state._balances)
    numbers = {name: floats(n) for name in ("total", "locked", "free", "margin_initial", "margin_maintenance")}
    whole = {name: integers(n) for name in ("account_type", "reported", "ts_event")}
    cdef double[::1] total = numbers["total"], locked = numbers["locked"], free = numbers["free"]
    cdef double[::1] margin_initial = numbers["margin_initial"], margin_maintenance = numbers["margin_maintenance"]
    cdef int64_t[::1] kind = whole["account_type"], reported = whole["reported"], ts_event = whole["ts_event"]
    cdef Codes currency = Codes(n), account = Codes(n), base = Codes(n)
    for state in states:
        for balance in state._balances:
            digits = balance.currency.precision
            total[i] = fixed_to_double(balance.total_raw, digits)
            locked[i] = fixed_to_double(balance.locked_raw, digits)
            free[i] = fixed_to_double(balance.total_raw - balance.locked_raw, digits)
            initial = maintenance = 0
            for margin in state._margins:
                if margin.currency is balance.currency or margin.currency == balance.currency:
                    initial += margin.initial_raw
                    maintenance += margin.maintenance_raw
            margin_initial[i] = fixed_to_double(initial, digits)
            margin_maintenance[i] = fixed_to_double(maintenance, digits)
            kind[i] = state._account_type
            reported[i] = state.is_reported
            ts_event[i] = state.ts_event
            currency.put_c(i, balance.currency)
            account.put_c(i, state.account_id)
            base.put_c(i, state.base_currency)
            i += 1
    return {**numbers, **whole, "currency": currency, "account_id": account, "base_currency": base}


def source_columns(list sources not None):
    """Return what caused the rows of a ledger.

    Parameters
    ----------
    sources : list of OrderFilled, Position or str
        As of `Ledger.sources`.
    """
    cdef Py_ssize_t n = len(sources)
    cdef Py_ssize_t i
    cdef OrderFilled fill
    cdef Position position
    cdef object source
    cdef Codes strategy = Codes(n), instrument = Codes(n), key = Codes(n), reason = Codes(n)
    cdef list client = [], trade = []
    for i in range(n):
        source = sources[i]
        if isinstance(source, OrderFilled):
            fill = source
            strategy.put_c(i, fill.strategy_id)
            instrument.put_c(i, fill.instrument_id)
            key.put_c(i, fill.position_id)
            reason.put_c(i, fill.fill_reason or None)
            client.append(fill.client_order_id.value)
            trade.append(fill.trade_id.value)
            continue
        if isinstance(source, Position):
            position = source
            strategy.put_c(i, position.strategy_id)
            instrument.put_c(i, position.instrument_id)
            key.put_c(i, position.id)
        else:
            reason.put_c(i, source)
        client.append(None)
        trade.append(None)
    return {
        "strategy_id": strategy, "instrument_id": instrument, "position_id": key, "reason": reason, "client_order_id": client,
        "trade_id": trade,
    }
