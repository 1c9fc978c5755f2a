"""Where a margin account stands by what its venue knows.

Where answers take time, positions and balance in the cache are those that were heard of. The venue has filled more by then: its
fills on their way are applied here to copies of the positions, in the order in which they happened, and what they book, PnL
less fees, is counted. Nothing else changes, and nobody hears of anything earlier.
"""

cimport cython
from libc.stdint cimport int64_t

from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.accounting.manager cimport Exposure
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport Market
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.model.commissions cimport Commissions
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.events.log cimport EventLog
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio


cdef Position copy_of(Position position):
    """A copy that fills can be applied to, without what was paid and earned before."""
    cdef Position copy = Position.__new__(Position)
    copy.instrument_id = position.instrument_id
    copy.id = position.id
    copy.account_id = position.account_id
    copy.instrument = position.instrument
    copy.quote_currency = position.quote_currency
    copy.base_currency = position.base_currency
    copy.settlement_currency = position.settlement_currency
    copy.size_precision = position.size_precision
    copy.price_precision = position.price_precision
    copy._events = EventLog.__new__(EventLog)
    copy._commissions = Commissions.__new__(Commissions)
    copy.signed_raw = position.signed_raw
    copy.bought_raw = position.bought_raw
    copy.sold_raw = position.sold_raw
    copy._open_cost = position._open_cost
    copy._close_cost = position._close_cost
    copy._gross_hi = position._gross_hi
    copy.gross_raw = position.gross_raw
    return copy


cdef OrderFilled piece_of(OrderFilled fill, qty_raw_t qty):
    """A fill of a part of the quantity, without its fee."""
    cdef OrderFilled piece = OrderFilled.__new__(OrderFilled)
    piece.kind = OrderEventKind.FILLED
    piece.strategy_id = fill.strategy_id
    piece.trader_id = fill.trader_id
    piece.instrument_id = fill.instrument_id
    piece.client_order_id = fill.client_order_id
    piece.account_id = fill.account_id
    piece.trade_id = fill.trade_id
    piece.ts_event = fill.ts_event
    piece.ts_init = fill.ts_init
    piece._order_side = fill._order_side
    piece.qty_raw = qty
    piece.qty_precision = fill.qty_precision
    piece.px_raw = fill.px_raw
    piece.px_precision = fill.px_precision
    piece.currency = fill.currency
    piece.commission_currency = fill.commission_currency
    return piece


@cython.final
cdef class Standing:
    """Positions and money of one account."""

    cdef PositionId _position_id(self, Order order):
        cdef OrderContext context = self._exec_engine.context_for_c(order)
        cdef PositionId position_id = context.netting_id
        if position_id is None:
            position_id = self._cache.position_id_for_order_c(order.client_order_id)
        if position_id is None:
            position_id = self._named.get(order.client_order_id)
        if position_id is None and order.links is not None and order.links.parent is not None:
            # An exit is for the position of its entry
            position_id = self._cache.position_id_for_order_c(order.links.parent)
            if position_id is None:
                position_id = self._named.get(order.links.parent)
        if position_id is None:
            position_id = PositionId(f"{order.client_order_id.value}-UNHEARD")
            self._named[order.client_order_id] = position_id
        return position_id

    cdef int _move(self, Instrument instrument, Currency currency, money_raw_t raw) except -1:
        cdef Currency target = currency if self.account.base_currency is None else self.account.base_currency
        self.moved[target] = self.moved.get(target, 0) + self._accounts.to_account_c(self.account, instrument, raw, currency)
        return 0

    cdef int add_c(self, OrderFilled fill, Order order) except -1:
        cdef Instrument instrument = self._cache.instrument_c(fill.instrument_id)
        cdef PositionId position_id = self._position_id(order)
        cdef Position position = self.positions.get(position_id)
        cdef qty_raw_t left = fill.qty_raw
        cdef qty_raw_t closing
        cdef money_raw_t gross
        cdef OrderFilled opening
        if fill.commission_raw != 0:
            self._move(instrument, fill.commission_currency, -fill.commission_raw)
        if position is not None:
            position = copy_of(position)
            self.positions[position_id] = position
            if (position.signed_raw > 0) != (fill._order_side == OrderSide.BUY):
                closing = min(left, fixed_abs(position.signed_raw))
                gross = position.gross_raw
                position.apply_c(piece_of(fill, closing))
                self._move(instrument, position.settlement_currency, position.gross_raw - gross)
                left -= closing
                if position.signed_raw == 0:
                    del self.positions[position_id]
                    position = None
        if left == 0:
            return 0
        if position is not None:
            return position.apply_c(piece_of(fill, left))
        position = Position.__new__(Position)
        opening = piece_of(fill, left)
        opening.position_id = position_id
        position.begin_c(instrument, opening)
        self.positions[position_id] = position
        return 0

    cdef dict margins_c(self):
        cdef dict exposures = {}
        cdef dict margins = {}
        cdef Exposure exposure
        cdef Position position
        cdef Instrument instrument
        cdef Currency currency
        cdef qty_raw_t net
        cdef money_raw_t raw
        for position in self.positions.values():
            exposure = exposures.get(position.instrument_id)
            if exposure is None:
                exposure = Exposure.__new__(Exposure)
                exposures[position.instrument_id] = exposure
            if position.signed_raw > 0:
                exposure.long_raw += position.signed_raw
                exposure.long_cost += position._open_cost
            else:
                exposure.short_raw -= position.signed_raw
                exposure.short_cost += position._open_cost
        for instrument_id, exposure in exposures.items():
            instrument = self._cache.instrument_c(instrument_id)
            net = exposure.long_raw - exposure.short_raw
            if net == 0:
                continue
            raw = self._accounts._net_notional(
                instrument, fixed_abs(net), exposure.long_raw if net > 0 else exposure.short_raw,
                exposure.long_cost if net > 0 else exposure.short_cost,
            )
            currency = instrument.cost_currency_c()
            raw = self._accounts.to_account_c(
                self.account, instrument, self.account.margin_maint_raw_c(instrument, raw), currency
            )
            if self.account.base_currency is not None:
                currency = self.account.base_currency
            margins[currency] = margins.get(currency, 0) + raw
        return margins

    cdef money_raw_t equity_c(self, Currency currency, list unpriced) except? -9223372036854775807:
        cdef BalanceSlot slot = self.account._slots.get(currency)
        cdef int64_t total = 0 if slot is None else slot.total
        cdef Position position
        cdef Currency own
        cdef Money money
        total += <int64_t>self.moved.get(currency, 0)
        for position in self.positions.values():
            own = position.settlement_currency if self.account.base_currency is None else self.account.base_currency
            if own != currency:
                continue
            money = self._portfolio.value_c(self.account, position, self.market)
            if money is None:
                unpriced.append(position.instrument_id)
            else:
                total += money.raw
        return total


cdef Standing standing_c(MarginAccount account, Market market, Portfolio portfolio, ExecutionEngine exec_engine, Cache cache,
                         Responses responses):
    cdef Standing standing = Standing.__new__(Standing)
    cdef Position position
    cdef OrderEvent event
    standing.account = account
    standing.market = market
    standing._portfolio = portfolio
    standing._exec_engine = exec_engine
    standing._accounts = exec_engine._accounts
    standing._cache = cache
    standing.positions = {}
    standing.moved = {}
    standing._named = {}
    for position in cache._positions_open.values():
        if position.account_id == account.id:
            standing.positions[position.id] = position
    for event in responses._queue:
        if event.kind == OrderEventKind.FILLED:
            standing.add_c(<OrderFilled>event, responses.order_c(event.client_order_id))
    return standing
