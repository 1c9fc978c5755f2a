"""Events of a venue about the orders of one instrument."""

cimport cython
from libc.math cimport NAN
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.backtest.markouts cimport Markouts
from nautilus_lite.backtest.matching.purse cimport Purse
from nautilus_lite.backtest.matching.responses cimport Responses
from nautilus_lite.backtest.models.fee.base cimport FeeModel
from nautilus_lite.cache.market cimport ExitsC
from nautilus_lite.cache.market cimport state_exits
from nautilus_lite.core.fixed cimport int128_t
from nautilus_lite.core.text cimport join_number
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.enums cimport LiquiditySide
from nautilus_lite.model.events.order cimport OrderCancelRejected
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.events.order cimport OrderModifyRejected
from nautilus_lite.model.events.order cimport OrderRejected
from nautilus_lite.model.events.order cimport OrderUpdated
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.events.order cimport order_event_new_c
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport TradeId
from nautilus_lite.model.identifiers cimport VenueOrderId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order

from nautilus_lite.errors import InternalError


@cython.final
cdef class VenueEmitter:
    """Makes events and hands them to the execution engine.

    Parameters
    ----------
    index : int
        Number of the instrument at its venue, from 1; part of the venue's order and trade ids.
    responses : Responses, optional
        Takes the events where they need time to be known; None: the execution engine does at once.
    purse : Purse, optional
        Of a cash account.
    """

    def __init__(self, Instrument instrument not None, int index, AccountId account_id not None,
                 FeeModel fee_model not None, ExecutionEngine exec_engine not None, UUIDFactory ids not None,
                 Responses responses=None, Purse purse=None):
        self.instrument = instrument
        self.account_id = account_id
        self._fee_model = fee_model
        self._exec_engine = exec_engine
        self._responses = responses
        self.purse = purse
        self._ids = ids
        self._prefix = f"{instrument.id.venue}-{index}-"

    cdef VenueOrderId venue_order_id_c(self, Order order):
        if order.venue_order_id is not None:
            return order.venue_order_id
        self.n_orders += 1
        return VenueOrderId.new_c(join_number(self._prefix, self.n_orders, 3))

    cdef int _emit_c(self, OrderEvent event, int kind, Order order, VenueOrderId venue_order_id, ts_t ts) except -1:
        cdef uint64_t hi, lo
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(event, kind, hi, lo, order.trader_id, order.strategy_id, order.instrument_id,
                           order.client_order_id, venue_order_id, self.account_id, ts, ts)
        if self._responses is None or self.direct:
            return self._exec_engine.process_for_c(event, order)
        return self._responses.say_c(event)

    cdef int plain_c(self, Order order, int kind, ts_t ts) except -1:
        return self._emit_c(order_event_new_c(kind), kind, order, order.venue_order_id, ts)

    cdef int accepted_c(self, Order order, VenueOrderId venue_order_id, ts_t ts) except -1:
        return self._emit_c(
            order_event_new_c(OrderEventKind.ACCEPTED), OrderEventKind.ACCEPTED, order, venue_order_id, ts
        )

    cdef int rejected_c(self, Order order, str reason, bint due_post_only, ts_t ts) except -1:
        cdef OrderRejected event = OrderRejected.__new__(OrderRejected)
        event.reason = reason
        event.due_post_only = due_post_only
        return self._emit_c(event, OrderEventKind.REJECTED, order, None, ts)

    cdef int updated_c(self, Order order, qty_raw_t quantity, price_raw_t price, price_raw_t trigger,
                       ts_t ts) except -1:
        cdef OrderUpdated event = OrderUpdated.__new__(OrderUpdated)
        event.quantity = Quantity.from_raw_c(quantity, self.instrument.size_precision)
        if order._has_price:
            event.price = Price.from_raw_c(price, self.instrument.price_precision)
        if order._has_trigger:
            event.trigger_price = Price.from_raw_c(trigger, self.instrument.price_precision)
        return self._emit_c(event, OrderEventKind.UPDATED, order, order.venue_order_id, ts)

    cdef int priced_c(self, Order order, price_raw_t price, ts_t ts) except -1:
        cdef OrderUpdated event = OrderUpdated.__new__(OrderUpdated)
        event.quantity = Quantity.from_raw_c(order.quantity_raw, self.instrument.size_precision)
        event.price = Price.from_raw_c(price, self.instrument.price_precision)
        return self._emit_c(event, OrderEventKind.UPDATED, order, order.venue_order_id, ts)

    cdef int trailed_c(self, Order order, price_raw_t trigger, bint has_price, price_raw_t price, ts_t ts) except -1:
        cdef OrderUpdated event = OrderUpdated.__new__(OrderUpdated)
        event.quantity = Quantity.from_raw_c(order.quantity_raw, self.instrument.size_precision)
        event.trigger_price = Price.from_raw_c(trigger, self.instrument.price_precision)
        if has_price:
            event.price = Price.from_raw_c(price, self.instrument.price_precision)
        return self._emit_c(event, OrderEventKind.UPDATED, order, order.venue_order_id, ts)

    cdef int filled_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, bint is_maker,
                      str reason, double mid, int64_t price_age_ns, ts_t ts) except -1:
        cdef Money commission
        if qty <= 0 or qty > order.leaves_raw:
            raise InternalError(
                f"fill of {qty} (raw) of order {order.client_order_id} with {order.leaves_raw} left; please report"
            )
        order._liquidity_side = LiquiditySide.MAKER if is_maker else LiquiditySide.TAKER
        self._fee_model.now_ns = ts
        commission = self._fee_model.charge_c(order, qty, price, self.instrument, is_maker)
        if self.purse is not None:
            self.unpaid = self.purse.lacks_c(self.instrument, order, qty, <int128_t>qty * price, commission)
            if self.unpaid is not None:
                return 1
        if self._fee_model.records:
            self._fee_model.record_c(order, qty, price, self.instrument)
        return self._fill_c(
            order, venue_order_id, qty, price, commission, reason, mid, price_age_ns, order.queue_entry if is_maker else -1, ts
        )

    cdef int settled_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, str reason,
                       ts_t ts) except -1:
        order._liquidity_side = LiquiditySide.NO_LIQUIDITY_SIDE
        return self._fill_c(
            order, venue_order_id, qty, price, Money.from_raw_c(0, self.instrument.settlement_currency), reason, NAN, 0, -1, ts
        )

    cdef int _fill_c(self, Order order, VenueOrderId venue_order_id, qty_raw_t qty, price_raw_t price, Money commission,
                     str reason, double mid, int64_t price_age_ns, qty_raw_t queue_raw, ts_t ts) except -1:
        cdef OrderFilled event
        cdef bint is_settled
        self.n_fills += 1
        event = OrderFilled.__new__(OrderFilled)
        event.trade_id = TradeId.new_c(join_number(self._prefix, self.n_fills, 3))
        event._order_side = order._side
        event._order_type = order._order_type
        event.qty_raw = qty
        event.qty_precision = self.instrument.size_precision
        event.px_raw = price
        event.px_precision = self.instrument.price_precision
        event.currency = self.instrument.quote_currency
        event.commission_raw = commission.raw
        event.commission_currency = commission.currency
        event._liquidity_side = order._liquidity_side
        event.fill_reason = reason
        event.mid_decision = order.mid_decision
        event.mid_arrival = order.mid_arrival
        event.mid_fill = mid
        event.price_age_ns = price_age_ns
        event.queue_raw = queue_raw
        if self.markouts is not None:
            is_settled = order._liquidity_side == LiquiditySide.NO_LIQUIDITY_SIDE
            # A settlement is no trade
            if not is_settled:
                self.markouts.add_c(event.trade_id, self.state, ts)
            event.stretch = self._cut_c(is_settled)
        return self._emit_c(event, OrderEventKind.FILLED, order, venue_order_id, ts)

    cdef int64_t _cut_c(self, bint is_settled) except -1:
        cdef ExitsC exits
        cdef int64_t stretch
        state_exits(self.state, &exits)
        if not is_settled:
            # On the path of a bar the market is where the watch stands, not yet at the point that the book shows
            if self.watch.has_bid:
                exits.for_long = self.watch.bid
            if self.watch.has_ask:
                exits.for_short = self.watch.ask
        stretch = self.held.cut_c(&exits)
        # Until it is heard of
        self.held.c.n += 1
        return stretch

    cdef int refused_c(self, int kind, TradingCommand command, ClientOrderId client_order_id,
                       VenueOrderId venue_order_id, str reason, ts_t ts) except -1:
        cdef uint64_t hi, lo
        cdef OrderEvent event
        if kind == OrderEventKind.MODIFY_REJECTED:
            event = OrderModifyRejected.__new__(OrderModifyRejected)
            (<OrderModifyRejected>event).reason = reason
        else:
            event = OrderCancelRejected.__new__(OrderCancelRejected)
            (<OrderCancelRejected>event).reason = reason
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(event, kind, hi, lo, command.trader_id, command.strategy_id, command.instrument_id,
                           client_order_id, venue_order_id, self.account_id, ts, ts)
        return self._exec_engine.process_c(event) if self._responses is None else self._responses.say_c(event)
