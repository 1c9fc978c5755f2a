"""Checks commands before they go to a venue.

Market orders have no price; they are checked at the price they would meet now (ask for buyers, bid for sellers, else
the last trade or close), and pass the checks of value unchecked while no price is known. Funds are checked for what an
order adds to the exposure, so an order that reduces a position is never denied for lack of cash or margin.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from decimal import Decimal

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.accounts.base cimport BalanceSlot
from nautilus_lite.accounting.accounts.margin cimport MarginAccount
from nautilus_lite.accounting.manager cimport OrderLock
from nautilus_lite.accounting.manager cimport convert_money_c
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.common.throttler cimport Throttler
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_compare
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport fixed_to_decimal
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.engine cimport base_quantity_c
from nautilus_lite.execution.engine cimport normalise_order_c
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.enums cimport InstrumentClass
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.enums cimport TimeInForce
from nautilus_lite.model.enums cimport TradingState
from nautilus_lite.model.enums cimport TrailingOffsetType
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderModifyRejected
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ComponentId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Currency
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio

from nautilus_lite.core.datetime import unix_nanos_to_iso8601
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.risk.config import RiskEngineConfig
from nautilus_lite.risk.config import parse_rate


cdef str qty_text(Instrument instrument, qty_raw_t raw):
    return str(Quantity.from_raw_c(raw, instrument.size_precision))


cdef str price_text(Instrument instrument, price_raw_t raw):
    return str(Price.from_raw_c(raw, instrument.price_precision))


cdef Price fit_price(Price price, Instrument instrument):
    """Return the price at the instrument's precision, or None where it has more digits."""
    cdef int64_t raw
    if price.precision == instrument.price_precision:
        return price
    if price.precision > instrument.price_precision:
        return None
    if fixed_rescale(price.raw, price.precision, instrument.price_precision, &raw) != 0:
        return None
    return Price.from_raw_c(raw, instrument.price_precision)


cdef Quantity fit_quantity(Quantity quantity, Instrument instrument):
    """Return the quantity at the instrument's precision, or None where it has more digits."""
    cdef int64_t raw
    if quantity.precision == instrument.size_precision:
        return quantity
    if quantity.precision > instrument.size_precision:
        return None
    if fixed_rescale(quantity.raw, quantity.precision, instrument.size_precision, &raw) != 0:
        return None
    return Quantity.from_raw_c(raw, instrument.size_precision)


@cython.final
cdef class RiskEngine(Component):
    """Checks commands and hands them to the execution engine.

    Parameters
    ----------
    msgbus : MessageBus
        The message bus; the endpoint `RiskEngine.execute` is registered on it.
    cache : Cache
        Holds instruments, orders, positions and accounts.
    clock : Clock
        The clock.
    portfolio : Portfolio
        Knows the net positions.
    exec_engine : ExecutionEngine
        Takes the commands that pass.
    ids : UUIDFactory
        Gives event ids.
    config : RiskEngineConfig, optional
        The configuration.

    Notes
    -----
    An order that fails a check becomes `OrderDenied` with a reason; so does an order above the rate limit, 100 a second
    of simulated time unless configured otherwise. An order for a venue that nobody serves raises.
    """

    def __init__(self, MessageBus msgbus not None, Cache cache not None, Clock clock not None,
                 Portfolio portfolio not None, ExecutionEngine exec_engine not None, UUIDFactory ids not None,
                 config=None):
        if config is None:
            config = RiskEngineConfig()
        super().__init__(
            clock=clock, trader_id=msgbus.trader_id, component_id=ComponentId("RiskEngine"), msgbus=msgbus,
            config=config,
        )
        self._cache = cache
        self._portfolio = portfolio
        self._exec_engine = exec_engine
        self._ids = ids
        self._debug = config.debug
        self.is_bypassed = config.bypass
        self._submit_throttler = self._new_throttler(
            "ORDER_SUBMIT", parse_rate("max_order_submit_rate", config.max_order_submit_rate), self._drop_submit
        )
        self._modify_throttler = self._new_throttler(
            "ORDER_MODIFY", parse_rate("max_order_modify_rate", config.max_order_modify_rate), self._drop_modify
        )
        self._reset()
        msgbus.register("RiskEngine.execute", self.execute)

    def _new_throttler(self, name, rate, drop):
        if rate is None:
            return None
        return Throttler(name, rate[0], rate[1], self._clock, self._pass, drop)

    def _reset(self):
        self._trading_state = TradingState.ACTIVE
        self._max_notional_per_order = {}
        for key, value in self._config.max_notional_per_order.items():
            self._max_notional_per_order[InstrumentId.from_str(str(key))] = Decimal(str(value))
        self.command_count = 0
        self.denied_count = 0
        if self._submit_throttler is not None:
            self._submit_throttler.reset()
        if self._modify_throttler is not None:
            self._modify_throttler.reset()

    # Settings

    @property
    def trading_state(self):
        """The trading state (TradingState)."""
        return <TradingState>self._trading_state

    def set_trading_state(self, state):
        """Set the trading state: ACTIVE, REDUCING (orders must not raise the exposure) or HALTED (no orders)."""
        self._trading_state = <int>state

    def set_max_notional_per_order(self, InstrumentId instrument_id not None, new_value):
        """Set the largest notional of an order.

        Parameters
        ----------
        instrument_id : InstrumentId
            The instrument.
        new_value : Decimal, int, str or None
            In the instrument's currency of costs, > 0; None for no limit.

        Raises
        ------
        InvalidConfiguration
            If the value is not a number above zero.
        """
        if new_value is None:
            self._max_notional_per_order.pop(instrument_id, None)
            return
        try:
            value = Decimal(str(new_value))
        except ArithmeticError:
            value = None
        if value is None or not value > 0:
            raise InvalidConfiguration(
                f"invalid `new_value` for the maximum notional of {instrument_id}, must be a number > 0, "
                f"was {new_value!r}"
            )
        self._max_notional_per_order[instrument_id] = value

    def max_notional_per_order(self, InstrumentId instrument_id not None):
        """Return the largest notional of an order (Decimal), or None."""
        return self._max_notional_per_order.get(instrument_id)

    def max_notionals_per_order(self):
        """Return the largest notionals of an order (dict[InstrumentId, Decimal])."""
        return dict(self._max_notional_per_order)

    def max_order_submit_rate(self):
        """Return the limit on submitted orders as (limit, timedelta), or None."""
        cdef Throttler throttler = self._submit_throttler
        return None if throttler is None else (throttler.limit, throttler.interval)

    def max_order_modify_rate(self):
        """Return the limit on modifications as (limit, timedelta), or None."""
        cdef Throttler throttler = self._modify_throttler
        return None if throttler is None else (throttler.limit, throttler.interval)

    # Commands

    def execute(self, TradingCommand command not None):
        """Check a command and hand it on.

        Raises
        ------
        InvalidConfiguration
            If no execution client is registered for the venue, or under the client id of the command.
        ValueError
            If the order was submitted before.
        """
        self.execute_c(command)

    def _pass(self, TradingCommand command):
        self._exec_engine.execute_c(command)

    def _drop_submit(self, TradingCommand command):
        cdef Order order
        if command.kind == CommandKind.SUBMIT_ORDER:
            self._deny((<SubmitOrder>command).order, "Exceeded MAX_ORDER_SUBMIT_RATE")
            return
        for order in (<SubmitOrderList>command).order_list.orders:
            self._deny(order, "Exceeded MAX_ORDER_SUBMIT_RATE")

    def _drop_modify(self, ModifyOrder command):
        self._reject_modify(command, self._cache.order_c(command.client_order_id), "Exceeded MAX_ORDER_MODIFY_RATE")

    cdef int execute_c(self, TradingCommand command) except -1:
        self.command_count += 1
        if self._debug and self._log.is_debug:
            self._log.debug(repr(command))
        if not self.is_bypassed:
            if command.kind == CommandKind.SUBMIT_ORDER:
                return self._submit(<SubmitOrder>command)
            if command.kind == CommandKind.SUBMIT_ORDER_LIST:
                return self._submit_list(<SubmitOrderList>command)
            if command.kind == CommandKind.MODIFY_ORDER:
                return self._modify(<ModifyOrder>command)
        return self._exec_engine.execute_c(command)

    cdef int _submit(self, SubmitOrder command) except -1:
        cdef str reason
        self._exec_engine.client_for_c(command)
        reason = self._check_order(command.order, command.position_id, True)
        if reason is not None:
            return self._deny(command.order, reason)
        if self._submit_throttler is None or self._submit_throttler.pass_c():
            return self._exec_engine.execute_c(command)
        return self._submit_throttler.send(command)

    cdef int _submit_list(self, SubmitOrderList command) except -1:
        self._exec_engine.client_for_c(command)
        if not self.passes_c(list(command.order_list.orders), command.position_id, command.order_list.id):
            return 0
        if self._submit_throttler is None:
            return self._exec_engine.execute_c(command)
        return self._submit_throttler.send(command)

    cdef bint passes_c(self, list orders, PositionId position_id, object list_id) except? False:
        cdef dict reasons = {}
        cdef Order order
        cdef int side = (<Order?>orders[0])._side
        cdef str reason
        if self.is_bypassed:
            return True
        for order in orders:
            # What closes the first order again is funded by it
            reason = self._check_order(order, position_id, order._side == side)
            if reason is not None:
                reasons[order.client_order_id] = reason
        for order in (orders if reasons else []):
            reason = reasons.get(order.client_order_id)
            self._deny(order, f"order list {list_id} DENIED" if reason is None else reason)
        return not reasons

    cdef int _modify(self, ModifyOrder command) except -1:
        cdef Order order = self._cache.order_c(command.client_order_id)
        cdef str reason
        if order is None:
            return self._reject_modify(command, None, f"order {command.client_order_id} not found")
        if order.is_closed_c() or order._status == OrderStatus.PENDING_CANCEL:
            return self._reject_modify(
                command, order, f"order {command.client_order_id} is {(<object><OrderStatus>order._status).name}"
            )
        reason = self._check_modify(command, order)
        if reason is not None:
            return self._reject_modify(command, order, reason)
        if self._modify_throttler is None:
            return self._exec_engine.execute_c(command)
        return self._modify_throttler.send(command)

    cdef int _deny(self, Order order, str reason) except -1:
        self.denied_count += 1
        return self._exec_engine.deny_c(order, reason)

    cdef int _reject_modify(self, ModifyOrder command, Order order, str reason) except -1:
        cdef uint64_t hi, lo
        cdef ts_t now_ns = self._clock.timestamp_ns()
        cdef OrderModifyRejected event = OrderModifyRejected.__new__(OrderModifyRejected)
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(
            event, OrderEventKind.MODIFY_REJECTED, hi, lo, command.trader_id, command.strategy_id,
            command.instrument_id, command.client_order_id, command.venue_order_id,
            None if order is None else order.account_id, now_ns, now_ns,
        )
        event.reason = reason
        if order is None or order._status != OrderStatus.PENDING_UPDATE:
            return self._exec_engine.report_c(event, order)
        return self._exec_engine.process_c(event)

    # Checks

    cdef str _check_order(self, Order order, PositionId position_id, bint funds):
        cdef Order known = self._cache.order_c(order.client_order_id)
        cdef OrderContext context
        cdef Instrument instrument
        cdef MarketState state
        cdef qty_raw_t qty
        cdef price_raw_t price = 0
        cdef bint has_price
        cdef str reason
        if order._status != OrderStatus.INITIALIZED and order._status != OrderStatus.RELEASED:
            raise ValueError(
                f"order {order.client_order_id} was submitted before, was {(<object><OrderStatus>order._status).name}: "
                "make a new one"
            )
        if known is not None and known is not order:
            return f"client order id {order.client_order_id} was used before"
        context = self._exec_engine.context_for_c(order)
        state = context.state
        if state is None:
            return f"instrument {order.instrument_id} not found"
        instrument = state.instrument
        if self._trading_state == TradingState.HALTED:
            return "TradingState is HALTED"
        if isinstance(order, TrailingStopOrder) and (<TrailingStopOrder>order).offset_type == TrailingOffsetType.PRICE_TIER:
            return (
                "trailing offset type PRICE_TIER is not supported, for no table of tiers says how wide one is: use PRICE, BASIS_POINTS "
                "or TICKS"
            )
        if not normalise_order_c(order, instrument):
            return (
                f"precision of price or quantity exceeds that of {instrument.id} (price {instrument.price_precision}, "
                f"size {instrument.size_precision}): use `instrument.make_price` and `instrument.make_qty`"
            )
        if order._has_price:
            reason = self._check_price(instrument, "price", order.price_raw)
            if reason is not None:
                return reason
        if order._has_trigger:
            reason = self._check_price(instrument, "trigger price", order.trigger_raw)
            if reason is not None:
                return reason
        if order._time_in_force == TimeInForce.GTD and order.expire_time_ns <= <ts_t>self._clock.timestamp_ns():
            now = unix_nanos_to_iso8601(self._clock.timestamp_ns())
            return f"expire time {unix_nanos_to_iso8601(order.expire_time_ns)} is not after now, {now}"
        has_price = state.mark_c(-1 if order._side == OrderSide.BUY else 1, &price)
        qty = order.quantity_raw
        if order.is_quote_quantity and not instrument.is_inverse:
            if not has_price or price <= 0:
                return f"no price of {instrument.id} to convert the quote quantity"
            qty = base_quantity_c(order, instrument, price)
        if order._has_price:
            has_price = True
            price = order.price_raw
        elif order._has_trigger:
            has_price = True
            price = order.trigger_raw
        reason = self._check_quantity(instrument, qty)
        # A child comes after its parent: what there is to reduce by then is for the venue to see
        if reason is None and order.is_reduce_only and (order.links is None or order.links.parent is None):
            reason = self._check_reduce_only(order, position_id)
        if reason is None and has_price:
            reason = self._check_notional(instrument, qty, price)
        if reason is None and self._trading_state == TradingState.REDUCING and not order.is_reduce_only:
            if self._increase(instrument, order._side, qty) > 0:
                reason = (
                    f"TradingState is REDUCING and {(<object><OrderSide>order._side).name} {qty_text(instrument, qty)} would "
                    "raise the exposure"
                )
        if reason is None and funds and not order.is_reduce_only:
            if context.account is not None and context.account.calculate_account_state:
                reason = self._check_funds(context.account, instrument, order, qty, has_price, price, 0)
        return reason

    cdef str _check_modify(self, ModifyOrder command, Order order):
        cdef Instrument instrument = self._cache.instrument_c(order.instrument_id)
        cdef Account account
        cdef OrderLock lock
        cdef Price fitted
        cdef Quantity quantity
        cdef str reason
        cdef price_raw_t price = order.price_raw if order._has_price else order.trigger_raw
        cdef qty_raw_t qty = order.quantity_raw
        if instrument is None:
            return f"instrument {order.instrument_id} not found"
        if self._trading_state == TradingState.HALTED:
            return "TradingState is HALTED"
        if command.trigger_price is not None:
            fitted = fit_price(command.trigger_price, instrument)
            if fitted is None:
                return (
                    f"trigger price {command.trigger_price} has more digits than {instrument.id}, "
                    f"{instrument.price_precision}"
                )
            command.trigger_price = fitted
            reason = self._check_price(instrument, "trigger price", fitted.raw)
            if reason is not None:
                return reason
            if not order._has_price:
                price = fitted.raw
        if command.price is not None:
            fitted = fit_price(command.price, instrument)
            if fitted is None:
                return f"price {command.price} has more digits than {instrument.id}, {instrument.price_precision}"
            command.price = fitted
            reason = self._check_price(instrument, "price", fitted.raw)
            if reason is not None:
                return reason
            price = fitted.raw
        if command.quantity is not None:
            quantity = fit_quantity(command.quantity, instrument)
            if quantity is None:
                return f"quantity {command.quantity} has more digits than {instrument.id}, {instrument.size_precision}"
            command.quantity = quantity
            qty = quantity.raw
            reason = self._check_quantity(instrument, qty)
            if reason is not None:
                return reason
        if qty <= order.filled_raw:
            return None    # the venue settles what is less than was filled already
        reason = self._check_notional(instrument, qty, price)
        account = self._cache.account_for_venue_c(instrument.id.venue)
        if reason is None and account is not None and account.calculate_account_state and not order.is_reduce_only:
            lock = self._exec_engine._accounts._locks.get(order.client_order_id)
            reason = self._check_funds(
                account, instrument, order, qty - order.filled_raw, True, price, 0 if lock is None else lock.raw
            )
        return reason

    cdef str _check_price(self, Instrument instrument, str name, price_raw_t price):
        cdef int kind
        if price <= 0:
            kind = instrument._instrument_class
            if (kind != InstrumentClass.FUTURE and kind != InstrumentClass.FUTURES_SPREAD
                    and kind != InstrumentClass.OPTION and kind != InstrumentClass.OPTION_SPREAD):
                return f"{name} {price_text(instrument, price)} is not positive"
        return None

    cdef str _check_quantity(self, Instrument instrument, qty_raw_t qty):
        cdef Quantity limit = instrument.max_quantity
        if limit is not None and fixed_compare(qty, instrument.size_precision, limit.raw, limit.precision) > 0:
            return f"quantity {qty_text(instrument, qty)} exceeds the maximum of {limit}"
        limit = instrument.min_quantity
        if limit is not None and fixed_compare(qty, instrument.size_precision, limit.raw, limit.precision) < 0:
            return f"quantity {qty_text(instrument, qty)} is below the minimum of {limit}"
        if qty <= 0:
            return f"quantity {qty_text(instrument, qty)} is not positive"
        return None

    cdef str _check_reduce_only(self, Order order, PositionId position_id):
        cdef Position position = None
        cdef bint named = position_id is not None
        cdef qty_raw_t net
        if not named:
            # The strategy's own, where positions are netted
            position_id = self._exec_engine.context_for_c(order).netting_id
        if position_id is not None:
            position = self._cache.position_c(position_id)
        net = 0 if position is None else position.signed_raw
        if net == 0 and not named:
            # With no position yet the venue decides: an order sent before may open one first
            return None
        if net == 0 or (net > 0) == (order._side == OrderSide.BUY):
            text = qty_text(self._cache.instrument_c(order.instrument_id), fixed_abs(net))
            return f"reduce-only order would increase the position, net was {'-' if net < 0 else ''}{text}"
        return None

    cdef str _check_notional(self, Instrument instrument, qty_raw_t qty, price_raw_t price):
        cdef money_raw_t notional
        cdef Currency currency
        cdef Money limit = instrument.max_notional
        if limit is None and instrument.min_notional is None and not self._max_notional_per_order:
            return None
        notional = fixed_abs(instrument.notional_raw_c(qty, price))
        currency = instrument.cost_currency_c()
        if limit is not None and limit.currency == currency and notional > limit.raw:
            return f"notional {Money.from_raw_c(notional, currency)} exceeds the maximum of {limit}"
        limit = instrument.min_notional
        if limit is not None and limit.currency == currency and notional < limit.raw:
            return f"notional {Money.from_raw_c(notional, currency)} is below the minimum of {limit}"
        if self._max_notional_per_order:
            most = self._max_notional_per_order.get(instrument.id)
            if most is not None and fixed_to_decimal(notional, currency.precision) > most:
                return f"notional {Money.from_raw_c(notional, currency)} exceeds MAX_NOTIONAL_PER_ORDER of {most}"
        return None

    cdef qty_raw_t _increase(self, Instrument instrument, int side, qty_raw_t qty) except? -1:
        cdef qty_raw_t net = self._portfolio.net_raw_c(instrument.id)
        cdef qty_raw_t after = net + qty if side == OrderSide.BUY else net - qty
        return max(<qty_raw_t>0, fixed_abs(after) - fixed_abs(net))

    cdef qty_raw_t _sold(self, Order order) except? -1:
        """What other orders on their way sell of the same instrument; of orders that end one another only one counts."""
        cdef dict working = self._cache._instrument_orders_open.get(order.instrument_id)
        cdef ClientOrderId client_order_id
        cdef Order other
        cdef set counted = {order.client_order_id}
        cdef qty_raw_t total = 0
        cdef list others = [] if working is None else list(working.values())
        for other in self._cache._orders_inflight.values():
            if other.instrument_id == order.instrument_id and (working is None or other.client_order_id not in working):
                others.append(other)
        for other in others:
            if other._side != OrderSide.SELL or other.is_reduce_only or other is order:
                continue
            if other.links is not None:
                for client_order_id in other.links.linked:
                    if client_order_id in counted:
                        break
                else:
                    counted.add(other.client_order_id)
                    total += other.leaves_raw
                continue
            total += other.leaves_raw
        return total

    cdef str _check_funds(self, Account account, Instrument instrument, Order order, qty_raw_t qty, bint has_price,
                          price_raw_t price, money_raw_t held):
        cdef int side = order._side
        cdef Currency currency = account.lock_currency_c(instrument, side)
        cdef BalanceSlot slot
        cdef money_raw_t need, free
        cdef qty_raw_t net, sold
        cdef str what = "notional"
        if account.is_cash_account and account.allow_borrowing:
            return None
        if currency is None:
            # A cash account sells what it holds
            net = self._portfolio.net_raw_c(instrument.id)
            sold = self._sold(order) if qty <= net else 0
            if qty > net - sold:
                working = f", of which orders sell {qty_text(instrument, sold)} already" if sold else ""
                return (
                    f"SELL {qty_text(instrument, qty)} exceeds the position of "
                    f"{qty_text(instrument, max(<qty_raw_t>0, net))}{working}: cash account {account.id} cannot be short"
                )
            return None
        if account.is_margin_account:
            qty = self._increase(instrument, side, qty)
            what = "initial margin"
        if qty == 0 or (not has_price and (account.is_margin_account or side == OrderSide.BUY)):
            return None
        need = account.locked_for_order_c(instrument, side, qty, price)
        if account.base_currency is not None and currency != account.base_currency:
            rate = self._cache.get_xrate(instrument.id.venue, currency, account.base_currency)
            if rate is None:
                return f"no exchange rate from {currency} to {account.base_currency} to check the funds of {account.id}"
            need = convert_money_c(need, currency, account.base_currency, rate)
            currency = account.base_currency
        slot = account._slots.get(currency)
        free = held if slot is None else slot.total - slot.locked + held
        if need > free:
            return (
                f"{what} {Money.from_raw_c(need, currency)} exceeds the free balance of "
                f"{Money.from_raw_c(free, currency)} in account {account.id}"
            )
        return None
