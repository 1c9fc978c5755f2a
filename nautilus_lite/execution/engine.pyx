"""Commands go to venues, events come back.

An event takes effect in one order, whatever its kind: order, cache, positions, account, portfolio; then the sink
records it; then it is published: order event (fills on their own topic as well), position event, account state. A handler
thus sees the state after the event.

A netting fill larger than the position it meets is booked as two: one closes the position, the rest opens the next
cycle under the same id. Quantity and commission of the two add up to the fill's.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.stdint cimport uint64_t

from nautilus_lite.accounting.accounts.base cimport Account
from nautilus_lite.accounting.manager cimport AccountsManager
from nautilus_lite.accounting.manager cimport book_cost_c
from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.cache.market cimport MarketState
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.common.msgbus cimport Topic
from nautilus_lite.core.fixed cimport fixed_abs
from nautilus_lite.core.fixed cimport fixed_mul_div
from nautilus_lite.core.fixed cimport fixed_rescale
from nautilus_lite.core.fixed cimport raise_overflow
from nautilus_lite.core.typedefs cimport money_raw_t
from nautilus_lite.core.typedefs cimport price_raw_t
from nautilus_lite.core.typedefs cimport qty_raw_t
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.client cimport EventSink
from nautilus_lite.execution.client cimport ExecutionClient
from nautilus_lite.execution.context cimport OrderContext
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.model.enums cimport ContingencyType
from nautilus_lite.model.enums cimport OmsType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.enums cimport OrderType
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.events.account cimport AccountState
from nautilus_lite.model.events.order cimport OrderDenied
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport OrderFilled
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.events.position cimport PositionEvent
from nautilus_lite.model.events.position cimport position_event_c
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport ComponentId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport StrategyId
from nautilus_lite.model.identifiers cimport Venue
from nautilus_lite.model.instruments.base cimport Instrument
from nautilus_lite.model.objects cimport Money
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.orders.trailing cimport TrailingStopOrder
from nautilus_lite.model.position cimport Position
from nautilus_lite.portfolio.portfolio cimport Portfolio

from nautilus_lite.errors import InternalError
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.errors import InvalidData
from nautilus_lite.execution.config import ExecEngineConfig

cdef uint64_t GENERATIONS = 0

# Third argument of `position_event_c`
cdef enum:
    OPENED = 0
    CHANGED = 1
    CLOSED = 2


cdef bint normalise_order_c(Order order, Instrument instrument) except? 0:
    cdef int64_t raw
    if order._order_type >= OrderType.TRAILING_STOP_MARKET:
        if order.price_precision > instrument.price_precision:
            return False
        (<TrailingStopOrder>order).fit_c(instrument.price_precision)
    elif order._has_price or order._has_trigger:
        if order.price_precision > instrument.price_precision:
            return False
        if order.price_precision < instrument.price_precision:
            if order._has_price:
                if fixed_rescale(order.price_raw, order.price_precision, instrument.price_precision, &raw) != 0:
                    raise_overflow(f"price of order {order.client_order_id}")
                order.price_raw = raw
            if order._has_trigger:
                if fixed_rescale(order.trigger_raw, order.price_precision, instrument.price_precision, &raw) != 0:
                    raise_overflow(f"trigger price of order {order.client_order_id}")
                order.trigger_raw = raw
            order.price_precision = instrument.price_precision
    if order.size_precision == instrument.size_precision or (order.is_quote_quantity and not instrument.is_inverse):
        return True
    if order.size_precision > instrument.size_precision:
        return False
    if fixed_rescale(order.quantity_raw, order.size_precision, instrument.size_precision, &raw) != 0:
        raise_overflow(f"quantity of order {order.client_order_id}")
    order.set_quantity_c(Quantity.from_raw_c(raw, instrument.size_precision))
    return True


cdef qty_raw_t base_quantity_c(Order order, Instrument instrument, price_raw_t price) except? -9223372036854775807:
    # Objects, for a power of C integers is a double
    cdef object numerator, denominator, raw, step, digits
    if price <= 0:
        raise InvalidData(f"cannot convert the quote quantity of order {order.client_order_id} at price {price}")
    numerator = order.quantity_raw
    denominator = <object>price * <object>instrument.multiplier.raw
    digits = (instrument.price_precision + instrument.multiplier.precision + instrument.size_precision
              - order.size_precision)
    if digits >= 0:
        numerator *= 10 ** digits
    else:
        denominator *= 10 ** -digits
    raw = numerator // denominator
    digits = instrument.size_precision - instrument.size_increment.precision
    step = instrument.size_increment.raw * 10 ** digits
    return raw - raw % step


@cython.final
@cython.freelist(16)
cdef class Booking:
    """What one fill did to positions."""


@cython.final
cdef class ExecutionEngine(Component):
    """Routes commands to execution clients and applies the events that come back.

    Parameters
    ----------
    msgbus : MessageBus
        The message bus; endpoints `ExecEngine.execute` and `ExecEngine.process` are registered on it.
    cache : Cache
        Holds orders, positions and accounts.
    clock : Clock
        The clock.
    portfolio : Portfolio
        Follows positions.
    accounts_manager : AccountsManager
        Follows balances.
    ids : UUIDFactory
        Gives event ids.
    config : ExecEngineConfig, optional
        The configuration.

    Notes
    -----
    Position ids: `{instrument_id}-{strategy_id}` where positions are netted; where they are hedged the command's, else
    the venue's, else `P-{strategy_id}-{count}`, one for each order that opens a position. Children of a bracket are for
    the position of their parent, and what an execution algorithm spawns from one order is for one position.
    """

    def __init__(self, MessageBus msgbus not None, Cache cache not None, Clock clock not None,
                 Portfolio portfolio not None, AccountsManager accounts_manager not None, UUIDFactory ids not None,
                 config=None):
        if config is None:
            config = ExecEngineConfig()
        super().__init__(
            clock=clock, trader_id=msgbus.trader_id, component_id=ComponentId("ExecEngine"), msgbus=msgbus,
            config=config,
        )
        self._cache = cache
        self._portfolio = portfolio
        self._accounts = accounts_manager
        self._ids = ids
        self._sink = None
        self._debug = config.debug
        self._clients = {}
        self._routes = {}
        self._oms_overrides = {}
        self._contexts = {}
        self._reset()
        msgbus.register("ExecEngine.execute", self.execute)
        msgbus.register("ExecEngine.process", self.process)

    def _reset(self):
        self._stale()
        self._position_counts = {}
        self._conversion_prices = {}
        self.command_count = 0
        self.event_count = 0

    # Registration

    def register_client(self, ExecutionClient client not None):
        """Add an execution client; commands are routed to it by its venue and its id.

        Raises
        ------
        InvalidConfiguration
            If the id or the venue has a client already.
        """
        if client.id in self._clients:
            raise InvalidConfiguration(f"execution client {client.id} was registered before")
        if client.venue in self._routes:
            raise InvalidConfiguration(f"venue {client.venue} has an execution client already")
        self._clients[client.id] = client
        self._routes[client.venue] = client
        self._stale()

    def deregister_client(self, ExecutionClient client not None):
        """Remove an execution client.

        Raises
        ------
        InvalidConfiguration
            If it is not registered.
        """
        if self._clients.get(client.id) is not client:
            known = [str(key) for key in self._clients]
            raise InvalidConfiguration(f"execution client {client.id} is not registered, known: {known}")
        del self._clients[client.id]
        del self._routes[client.venue]
        self._stale()

    @property
    def registered_clients(self):
        """The ids of the execution clients (list[ClientId])."""
        return sorted(self._clients)

    def register_oms_type(self, StrategyId strategy_id not None, oms_type):
        """Set how positions of a strategy are kept, whatever the venue does; UNSPECIFIED follows the venue."""
        cdef int value = oms_type
        self._stale()
        if value == OmsType.UNSPECIFIED:
            self._oms_overrides.pop(strategy_id, None)
        else:
            self._oms_overrides[strategy_id] = value

    def set_sink(self, EventSink sink):
        """Set what records every event, or None."""
        self._sink = sink

    def quote_conversion_price(self, ClientOrderId client_order_id not None):
        """Return the price at which the quote quantity of an order became base quantity, or None."""
        return self._conversion_prices.get(client_order_id)

    # Commands

    def execute(self, TradingCommand command not None):
        """Send a command to its venue.

        Raises
        ------
        InvalidConfiguration
            If no execution client is registered for the venue, or under the client id of the command.
        ValueError
            If a submitted order has an id that was used before.
        """
        self.execute_c(command)

    cdef ExecutionClient client_for_c(self, TradingCommand command):
        cdef ExecutionClient client
        if command.client_id is not None:
            client = self._clients.get(command.client_id)
            if client is not None:
                return client
            raise InvalidConfiguration(
                f"no execution client {command.client_id} for {command.instrument_id}, known: "
                f"{[str(key) for key in self._clients]}"
            )
        if command.kind == CommandKind.SUBMIT_ORDER:
            client = self.context_for_c((<SubmitOrder>command).order).client
        else:
            client = self._routes.get(command.instrument_id.venue)
        if client is None:
            raise InvalidConfiguration(
                f"order for an unknown venue {command.instrument_id.venue} ({command.instrument_id}), known: "
                f"{[str(venue) for venue in self._routes]}; add the venue before the run"
            )
        return client

    cdef int execute_c(self, TradingCommand command) except -1:
        cdef ExecutionClient client = self.client_for_c(command)
        cdef Order order
        self.command_count += 1
        if self._debug and self._log.is_debug:
            self._log.debug(repr(command))
        if command.kind == CommandKind.SUBMIT_ORDER:
            order = (<SubmitOrder>command).order
            self._register_order(order, (<SubmitOrder>command).position_id)
            if order._status == OrderStatus.DENIED:
                return 0
        elif command.kind == CommandKind.SUBMIT_ORDER_LIST:
            for order in (<SubmitOrderList>command).order_list.orders:
                self._register_order(order, (<SubmitOrderList>command).position_id)
            for order in (<SubmitOrderList>command).order_list.orders:
                if order._status == OrderStatus.DENIED:
                    return self._deny_rest(<SubmitOrderList>command)
        elif command.kind == CommandKind.MODIFY_ORDER:
            holder = self._holder(self._cache.order_c((<ModifyOrder>command).client_order_id))
            if holder is not None:
                self._msgbus.send(holder, command)
                return 0
        elif command.kind == CommandKind.QUERY_ORDER:
            client.query_order(command)
            return 0
        return client.execute_c(command)

    cdef str _holder(self, Order order):
        cdef str endpoint
        if order is None or order.extras is None or not order.is_local_c():
            return None
        if order.emulation_trigger_c() != TriggerType.NO_TRIGGER:
            endpoint = "OrderEmulator.execute"
        else:
            endpoint = f"{order.extras.exec_algorithm_id}.execute"
        return endpoint if self._msgbus.is_registered(endpoint) else None

    cdef int _deny_rest(self, SubmitOrderList command) except -1:
        cdef Order order
        for order in command.order_list.orders:
            if order._status != OrderStatus.DENIED:
                self.deny_c(order, f"order list {command.order_list.id} DENIED")
        return 0

    cdef int _register_order(self, Order order, PositionId position_id) except -1:
        cdef MarketState state = self.context_for_c(order).state
        cdef Instrument instrument
        cdef price_raw_t price
        cdef qty_raw_t raw
        if self._cache.order_c(order.client_order_id) is not order:
            self._cache.add_order_c(order, position_id)
        if state is None:
            return self.deny_c(order, f"instrument {order.instrument_id} not found")
        instrument = state.instrument
        if not normalise_order_c(order, instrument):
            return self.deny_c(
                order,
                f"precision of price or quantity exceeds that of {instrument.id} (price {instrument.price_precision}, "
                f"size {instrument.size_precision}): use `instrument.make_price` and `instrument.make_qty`",
            )
        if order.is_quote_quantity and not instrument.is_inverse:
            if not state.mark_c(-1 if order._side == OrderSide.BUY else 1, &price):
                return self.deny_c(order, f"no price of {order.instrument_id} to convert the quote quantity")
            raw = base_quantity_c(order, instrument, price)
            if raw == 0:
                return self.deny_c(
                    order, f"quote quantity comes to zero at {Price.from_raw_c(price, instrument.price_precision)}"
                )
            order.set_quantity_c(Quantity.from_raw_c(raw, instrument.size_precision))
            self._conversion_prices[order.client_order_id] = Price.from_raw_c(price, instrument.price_precision)
        return 0

    cdef int deny_c(self, Order order, str reason) except -1:
        cdef uint64_t hi, lo
        cdef ts_t now_ns = self._clock.timestamp_ns()
        cdef OrderDenied event = OrderDenied.__new__(OrderDenied)
        cdef Order known = self._cache.order_c(order.client_order_id)
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(event, OrderEventKind.DENIED, hi, lo, order.trader_id, order.strategy_id,
                           order.instrument_id, order.client_order_id, None, None, now_ns, now_ns)
        event.reason = reason
        if self._log.is_info:
            self._log.info(f"denied order {order.client_order_id}: {reason}")
        if known is None:
            self._cache.add_order_c(order, None)
        elif known is not order:
            # Another order has the id: this one is denied, that one is left alone
            order.apply_c(event)
            return self.report_c(event, order)
        return self.process_c(event)

    # Events

    def process(self, event not None):
        """Apply an event.

        Parameters
        ----------
        event : OrderEvent or AccountState
            The event; an AccountState makes the account on its first.

        Raises
        ------
        InvalidData
            If the order is unknown, or a fill exceeds what is left of it.
        InvalidStateTrigger
            If the order cannot take the event in its state.
        TypeError
            If it is another kind of event.
        """
        if isinstance(event, OrderEvent):
            self.process_c(<OrderEvent>event)
        elif isinstance(event, AccountState):
            self.event_count += 1
            self._portfolio.update_account(event)
            if self._sink is not None:
                self._sink.on_account_state_c(event)
            self._msgbus.topic_c(f"events.account.{(<AccountState>event).account_id.value}").publish_c(event)
        else:
            raise TypeError(f"invalid `event`, must be an OrderEvent or an AccountState, was {event!r}")

    cdef int report_c(self, OrderEvent event, Order order) except -1:
        if self._sink is not None:
            self._sink.on_order_event_c(event, order)
        return self._msgbus.topic_c(f"events.order.{event.strategy_id.value}").publish_c(event)

    cdef int process_c(self, OrderEvent event) except -1:
        cdef Order order = self._cache.order_c(event.client_order_id)
        if order is not None:
            return self.process_for_c(event, order)
        self.event_count += 1
        if event.kind == OrderEventKind.MODIFY_REJECTED or event.kind == OrderEventKind.CANCEL_REJECTED:
            return self.report_c(event, None)
        raise InvalidData(
            f"event for an unknown order {event.client_order_id}: {event!r}; orders are known once submitted"
        )

    cdef int process_for_c(self, OrderEvent event, Order order) except -1:
        cdef OrderContext context
        cdef AccountState state = None
        self.event_count += 1
        if self._debug and self._log.is_debug:
            self._log.debug(repr(event))
        if order.is_closed_c() and (
            event.kind == OrderEventKind.MODIFY_REJECTED or event.kind == OrderEventKind.CANCEL_REJECTED
        ):
            return self.report_c(event, order)
        context = self.context_for_c(order)
        if event.kind == OrderEventKind.FILLED:
            return self._process_fill(<OrderFilled>event, order, context)
        order.apply_c(event)
        self._cache.update_order_c(order)
        if context.account is not None and event.kind != OrderEventKind.SUBMITTED:
            if context.state is not None and self._accounts.update_order_c(context.account, context.state.instrument, order):
                state = self._accounts.generate_state_c(context.account)
        if self._sink is not None:
            self._sink.on_order_event_c(event, order)
            if state is not None:
                self._sink.on_account_state_c(state)
        context.order_topic.publish_c(event)
        if state is not None:
            context.account_topic.publish_c(state)
        return 0

    cdef int _process_fill(self, OrderFilled fill, Order order, OrderContext context) except -1:
        cdef Booking booking
        cdef AccountState state
        cdef Instrument instrument
        cdef Account account = context.account
        cdef PositionEvent event = None
        cdef PositionEvent closed_event = None
        if context.state is None or account is None:
            raise InvalidData(
                f"fill in {fill.instrument_id} without its instrument or an account at its venue: {fill!r}"
            )
        instrument = context.state.instrument
        if fill.qty_raw > order.leaves_raw:
            raise InvalidData(
                f"fill of {Quantity.from_raw_c(fill.qty_raw, fill.qty_precision)} exceeds what is left of order "
                f"{order.client_order_id}, {Quantity.from_raw_c(order.leaves_raw, order.size_precision)}: {fill!r}"
            )
        fill.position_id = self._position_id(fill, order, context)
        order.apply_c(fill)
        self._cache.update_order_c(order)
        booking = Booking.__new__(Booking)
        booking.realized_raw = 0
        booking.book_delta = 0
        self._book(booking, fill, instrument, context)
        if context.netting_id is None and (order.links is not None or order.extras is not None):
            self._hand_on(order, booking.position.id)
        self._accounts.update_order_c(account, instrument, order)
        self._accounts.update_fill_c(account, instrument, fill, booking.realized_raw, booking.book_delta)
        self._accounts.update_margin_c(account, instrument)
        state = self._accounts.generate_state_c(account)
        if self._sink is not None:
            self._sink.on_order_event_c(fill, order)
            if booking.closed is not None:
                self._sink.on_position_c(booking.closed, fill.ts_event)
            self._sink.on_position_c(booking.position, fill.ts_event)
            self._sink.on_account_state_c(state)
        if context.position_topic.n:
            # Handlers of the fill come first; what they see of the position is as it is now
            if booking.closed is not None:
                closed_event = position_event_c(CLOSED, booking.closed, booking.closed_part, booking.closed_id_hi,
                                                booking.closed_id_lo, fill.ts_init)
            event = position_event_c(booking.kind, booking.position, booking.part, booking.id_hi, booking.id_lo,
                                     fill.ts_init)
        context.order_topic.publish_c(fill)
        context.fill_topic.publish_c(fill)
        if closed_event is not None:
            context.position_topic.publish_c(closed_event)
        if event is not None:
            context.position_topic.publish_c(event)
        context.account_topic.publish_c(state)
        return 0

    cdef Money adjust_c(self, AccountId account_id, Venue venue, Money amount, int cause, object source):
        cdef Account account = self._cache.account(account_id)
        cdef AccountState state
        cdef Money booked
        if account is None or not account.calculate_account_state or amount.raw == 0:
            return Money.from_raw_c(0, amount.currency)
        booked = self._accounts.adjust_c(account, venue, amount, cause, source)
        state = self._accounts.generate_state_c(account)
        if self._sink is not None:
            self._sink.on_account_state_c(state)
        self._msgbus.topic_c(f"events.account.{account_id.value}").publish_c(state)
        return booked

    cdef int announce_c(self, str topic, object message) except -1:
        return self._msgbus.topic_c(topic).publish_c(message)

    # Contexts

    cdef int _stale(self) noexcept:
        # No two engines share a number, so an order's pointer is used by the engine that owns what it points to, or not
        global GENERATIONS
        GENERATIONS += 1
        self._generation = GENERATIONS
        self._contexts = {}
        return 0

    cdef OrderContext context_for_c(self, Order order):
        cdef OrderContext context
        if order._events.context_generation == self._generation:
            context = <OrderContext>order._events.context
            if context.account is not None and context.state is not None:
                return context
        context = self.context_c(order.strategy_id, order.instrument_id)
        order._events.context = <void*>context
        order._events.context_generation = self._generation
        return context

    cdef OrderContext context_c(self, StrategyId strategy_id, InstrumentId instrument_id):
        cdef dict known = self._contexts.get(strategy_id)
        cdef OrderContext context
        cdef object oms
        if known is None:
            known = {}
            self._contexts[strategy_id] = known
        context = known.get(instrument_id)
        if context is None:
            context = OrderContext.__new__(OrderContext)
            context.client = self._routes.get(instrument_id.venue)
            oms = self._oms_overrides.get(strategy_id)
            if oms is None:
                oms = OmsType.NETTING if context.client is None else context.client._oms_type
            if oms != OmsType.HEDGING:
                context.netting_id = PositionId.new_c(f"{instrument_id.value}-{strategy_id.value}")
            context.order_topic = self._msgbus.topic_c(f"events.order.{strategy_id.value}")
            context.position_topic = self._msgbus.topic_c(f"events.position.{strategy_id.value}")
            context.fill_topic = self._msgbus.topic_c(f"events.fills.{instrument_id.value}")
            known[instrument_id] = context
        if context.state is None:
            context.state = self._cache.market.state_c(instrument_id)
        if context.account is None:
            context.account = self._cache.account_for_venue_c(instrument_id.venue)
            if context.account is not None:
                context.account_topic = self._msgbus.topic_c(f"events.account.{context.account.id.value}")
        return context

    # Positions

    cdef PositionId _position_id(self, OrderFilled fill, Order order, OrderContext context):
        cdef PositionId position_id = context.netting_id
        if position_id is not None:
            return position_id
        # The cache links an order to its position when it takes the position
        position_id = self._cache.position_id_for_order_c(order.client_order_id)
        if position_id is None and order.extras is not None and order.extras.exec_spawn_id is not None:
            position_id = self._cache.position_id_for_order_c(order.extras.exec_spawn_id)
        if position_id is None:
            position_id = fill.position_id
        return self._new_hedging_id(order.strategy_id, False) if position_id is None else position_id

    cdef int _hand_on(self, Order order, PositionId position_id) except -1:
        """Where positions are hedged: children are for their parent's position, what an algorithm spawns for one position."""
        cdef ClientOrderId client_order_id
        cdef Order primary
        if order.extras is not None and order.extras.exec_spawn_id is not None:
            if self._cache.position_id_for_order_c(order.extras.exec_spawn_id) is None:
                self._cache.link_order_c(order.extras.exec_spawn_id, position_id)
            primary = self._cache.order_c(order.extras.exec_spawn_id)
            order = order if primary is None else primary
        if order.links is not None and order.links.contingency == ContingencyType.OTO:
            for client_order_id in order.links.linked:
                if self._cache.position_id_for_order_c(client_order_id) is None:
                    self._cache.link_order_c(client_order_id, position_id)
        return 0

    cdef PositionId _new_hedging_id(self, StrategyId strategy_id, bint flipped):
        cdef uint64_t count = <uint64_t>self._position_counts.get(strategy_id, 0) + 1
        self._position_counts[strategy_id] = count
        return PositionId.new_c(f"P-{strategy_id.value}-{count}{'F' if flipped else ''}")

    cdef int _book(self, Booking booking, OrderFilled fill, Instrument instrument, OrderContext context) except -1:
        cdef Position position = self._cache.position_c(fill.position_id)
        cdef bint is_buy = fill._order_side == OrderSide.BUY
        if position is None or position.signed_raw == 0:
            return self._open(booking, fill, instrument, position)
        if (position.signed_raw > 0) != is_buy and fill.qty_raw > fixed_abs(position.signed_raw):
            return self._flip(booking, fill, instrument, position, context)
        return self._change(booking, fill, position)

    cdef int _open(self, Booking booking, OrderFilled fill, Instrument instrument, Position previous) except -1:
        cdef Position position
        cdef money_raw_t cost
        if previous is not None:
            self._cache.keep_cycle_c(previous)
        position = Position.__new__(Position)
        position.begin_c(instrument, fill)
        self._cache.add_position_c(position)
        self._track(position)
        cost = book_cost_c(instrument, position._open_cost)
        booking.book_delta += cost if position.signed_raw > 0 else -cost
        booking.position = position
        booking.part = fill
        booking.kind = OPENED
        self._ids.next_parts(&booking.id_hi, &booking.id_lo)
        return 0

    cdef int _change(self, Booking booking, OrderFilled fill, Position position) except -1:
        cdef money_raw_t gross = position.gross_raw
        cdef money_raw_t before = book_cost_c(position.instrument, position._open_cost)
        cdef bint is_long = position.signed_raw > 0
        cdef money_raw_t delta
        position.apply_c(fill)
        self._cache.update_position_c(position)
        self._track(position)
        booking.realized_raw += position.gross_raw - gross
        delta = book_cost_c(position.instrument, position._open_cost) - before
        booking.book_delta += delta if is_long else -delta
        booking.position = position
        booking.part = fill
        booking.kind = CLOSED if position.signed_raw == 0 else CHANGED
        self._ids.next_parts(&booking.id_hi, &booking.id_lo)
        return 0

    cdef int _flip(self, Booking booking, OrderFilled fill, Instrument instrument, Position position,
                   OrderContext context) except -1:
        cdef qty_raw_t closing = fixed_abs(position.signed_raw)
        cdef int64_t commission
        cdef PositionId next_id = position.id
        if fixed_mul_div(fill.commission_raw, closing, fill.qty_raw, &commission) != 0:
            raise_overflow(f"commission of order {fill.client_order_id}")
        self._change(booking, self._part(fill, closing, commission, position.id), position)
        if position.signed_raw != 0:
            raise InternalError(f"position {position.id} not flat after the closing part of {fill!r}, please report")
        booking.closed = position
        booking.closed_part = booking.part
        booking.closed_id_hi = booking.id_hi
        booking.closed_id_lo = booking.id_lo
        if context.netting_id is None:
            next_id = self._new_hedging_id(fill.strategy_id, True)
        return self._open(
            booking,
            self._part(fill, fill.qty_raw - closing, fill.commission_raw - commission, next_id),
            instrument,
            position if next_id == position.id else None,
        )

    cdef int _track(self, Position position) except -1:
        self._portfolio.update_position_c(position)
        return self._accounts.update_position_c(position)

    cdef OrderFilled _part(self, OrderFilled fill, qty_raw_t qty, money_raw_t commission, PositionId position_id):
        cdef OrderFilled part = OrderFilled.__new__(OrderFilled)
        cdef uint64_t hi, lo
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(part, OrderEventKind.FILLED, hi, lo, fill.trader_id, fill.strategy_id, fill.instrument_id,
                           fill.client_order_id, fill.venue_order_id, fill.account_id, fill.ts_event, fill.ts_init)
        part.reconciliation = fill.reconciliation
        part.trade_id = fill.trade_id
        part.position_id = position_id
        part._order_side = fill._order_side
        part._order_type = fill._order_type
        part.qty_raw = qty
        part.qty_precision = fill.qty_precision
        part.px_raw = fill.px_raw
        part.px_precision = fill.px_precision
        part.currency = fill.currency
        part.commission_raw = commission
        part.commission_currency = fill.commission_currency
        part._liquidity_side = fill._liquidity_side
        part.fill_reason = fill.fill_reason
        part.mid_decision = fill.mid_decision
        part.mid_arrival = fill.mid_arrival
        part.mid_fill = fill.mid_fill
        part.price_age_ns = fill.price_age_ns
        part.queue_raw = fill.queue_raw
        part.info = fill.info
        return part
