"""Strategies: actors that trade."""

cimport cython
from libc.stdint cimport uint64_t

from nautilus_lite.cache.cache cimport Cache
from nautilus_lite.common.actor cimport Actor
from nautilus_lite.common.clock cimport Clock
from nautilus_lite.common.component cimport Component
from nautilus_lite.common.factories cimport OrderFactory
from nautilus_lite.common.msgbus cimport MessageBus
from nautilus_lite.common.msgbus cimport Subscription
from nautilus_lite.core.typedefs cimport ts_t
from nautilus_lite.core.uuid cimport UUIDFactory
from nautilus_lite.execution.engine cimport ExecutionEngine
from nautilus_lite.execution.messages cimport BatchCancelOrders
from nautilus_lite.execution.messages cimport CancelAllOrders
from nautilus_lite.execution.messages cimport CancelOrder
from nautilus_lite.execution.messages cimport CommandKind
from nautilus_lite.execution.messages cimport ModifyOrder
from nautilus_lite.execution.messages cimport QueryOrder
from nautilus_lite.execution.messages cimport SubmitOrder
from nautilus_lite.execution.messages cimport SubmitOrderList
from nautilus_lite.execution.messages cimport TradingCommand
from nautilus_lite.execution.messages cimport command_fill_c
from nautilus_lite.model.enums cimport ComponentState
from nautilus_lite.model.enums cimport OmsType
from nautilus_lite.model.enums cimport OrderSide
from nautilus_lite.model.enums cimport OrderStatus
from nautilus_lite.model.enums cimport PositionSide
from nautilus_lite.model.enums cimport TriggerType
from nautilus_lite.model.events.order cimport OrderEvent
from nautilus_lite.model.events.order cimport OrderEventKind
from nautilus_lite.model.events.order cimport order_event_fill_c
from nautilus_lite.model.events.order cimport order_event_new_c
from nautilus_lite.model.events.position cimport PositionChanged
from nautilus_lite.model.events.position cimport PositionOpened
from nautilus_lite.model.identifiers cimport AccountId
from nautilus_lite.model.identifiers cimport ClientId
from nautilus_lite.model.identifiers cimport ClientOrderId
from nautilus_lite.model.identifiers cimport InstrumentId
from nautilus_lite.model.identifiers cimport PositionId
from nautilus_lite.model.identifiers cimport TraderId
from nautilus_lite.model.objects cimport Price
from nautilus_lite.model.objects cimport Quantity
from nautilus_lite.model.orders.base cimport Order
from nautilus_lite.model.position cimport Position
from nautilus_lite.model.time_in_force cimport TimeInForce
from nautilus_lite.portfolio.portfolio cimport Portfolio
from nautilus_lite.risk.engine cimport RiskEngine

from nautilus_lite.model.enums import OmsType as OmsTypeEnum
from nautilus_lite.model.identifiers import StrategyId
from nautilus_lite.trading.config import ImportableStrategyConfig
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.exiting import MarketExit

cdef str EMULATOR_ENDPOINT = "OrderEmulator.execute"

# Names of the handlers by `OrderEventKind`
ORDER_HANDLERS = (
    None, "on_order_initialized", "on_order_denied", "on_order_submitted", "on_order_accepted", "on_order_rejected",
    "on_order_canceled", "on_order_expired", "on_order_triggered", "on_order_pending_update", "on_order_pending_cancel",
    "on_order_modify_rejected", "on_order_cancel_rejected", "on_order_updated", "on_order_filled", "on_order_emulated",
    "on_order_released",
)
POSITION_HANDLERS = ("on_position_opened", "on_position_changed", "on_position_closed")


@cython.final
cdef class EventSubscription(Subscription):
    """Calls the handler of the event's kind, then that of its family, then `on_event`; silent unless it runs."""

    cdef int deliver_c(self, object message) except -1:
        cdef int kind
        cdef object call
        if self._strategy._state != ComponentState.RUNNING and self._strategy._state != ComponentState.STARTING:
            return 0
        if self._is_order:
            kind = (<OrderEvent>message).kind
        else:
            kind = 0 if type(message) is PositionOpened else 1 if type(message) is PositionChanged else 2
        call = self._calls[kind]
        if call is not None:
            call(message)
        if self._family is not None:
            self._family(message)
        if self._any is not None:
            self._any(message)
        return 0


cdef class Strategy(Actor):
    """Base of trading strategies.

    Parameters
    ----------
    config : StrategyConfig, optional

    Notes
    -----
    Handlers of events are called while the strategy runs: what its orders do after `on_stop` is booked, not handed on.
    """

    def __init__(self, config=None):
        if config is None:
            config = StrategyConfig()
        super().__init__(config)
        self.order_id_tag = config.order_id_tag
        self._oms_type = OmsTypeEnum[config.oms_type or "UNSPECIFIED"]
        self.external_order_claims = list(config.external_order_claims or ())
        self.manage_gtd_expiry = config.manage_gtd_expiry
        self.manage_contingent_orders = config.manage_contingent_orders
        self.manage_stop = config.manage_stop
        self.use_uuid_client_order_ids = config.use_uuid_client_order_ids
        self.use_hyphens_in_client_order_ids = config.use_hyphens_in_client_order_ids
        self._local = {}
        self._name(self.order_id_tag)

    def _name(self, tag):
        """Take the id: the configured one or the name of the class, with the tag behind it."""
        text = type(self).__name__ if self._config.strategy_id is None else self._config.strategy_id.value
        if self._config.strategy_id is None or "-" not in text:
            text = f"{text}-{tag or '000'}"
        self.id = StrategyId(text)
        self.order_id_tag = self.id.value.rpartition("-")[2]

    def change_order_id_tag(self, str order_id_tag not None):
        """Set the tag before registration; the trader does so where neither tag nor id is given."""
        if not self._is_named:
            self._name(order_id_tag)

    def change_id(self, strategy_id not None):
        """Set the id before registration; the trader puts no tag behind it."""
        self._is_named = True
        self.id = StrategyId(strategy_id.value)
        self.order_id_tag = self.id.value.rpartition("-")[2]

    def to_importable_config(self):
        """Return an `ImportableStrategyConfig` that makes such a strategy; its values are plain, as JSON has them."""
        cls = type(self)
        return ImportableStrategyConfig(
            strategy_path=f"{cls.__module__}:{cls.__qualname__}",
            config_path=type(self._config).fully_qualified_name(),
            config=self._config.json_primitives(),
        )

    @property
    def oms_type(self):
        """How positions are kept (`OmsType`), UNSPECIFIED for as at the venue."""
        return <OmsType>self._oms_type

    def register(self, TraderId trader_id not None, Portfolio portfolio not None, MessageBus msgbus not None,
                 Cache cache not None, Clock clock not None, UUIDFactory ids not None, RiskEngine risk_engine not None,
                 ExecutionEngine exec_engine not None):
        """Connect the strategy to a trader; the trader calls it."""
        self.register_base(trader_id, portfolio, msgbus, cache, clock, ids)
        self._risk_engine = risk_engine
        self._exec_engine = exec_engine
        self._order_topic = msgbus.topic_c(f"events.order.{self.id.value}")
        self.order_factory = OrderFactory(
            trader_id=trader_id, strategy_id=self.id, clock=clock, cache=cache,
            use_uuid_client_order_ids=self.use_uuid_client_order_ids,
            use_hyphens_in_client_order_ids=self.use_hyphens_in_client_order_ids,
        )
        exec_engine.register_oms_type(self.id, self.oms_type)

    def _start(self):
        self._listen_to_events("order", ORDER_HANDLERS, "on_order_event")
        self._listen_to_events("position", POSITION_HANDLERS, "on_position_event")
        self.on_start()

    def _listen_to_events(self, str kind, tuple names, str family):
        calls = [None if name is None else self.overridden_c(name, Strategy) for name in names]
        group = self.overridden_c(family, Strategy)
        anything = self.overridden_c("on_event", Actor)
        if group is None and anything is None and not any(call is not None for call in calls):
            return
        subscription = EventSubscription(f"events.{kind}.{self.id.value}", getattr(self, family))
        (<EventSubscription>subscription)._strategy = self
        (<EventSubscription>subscription)._calls = calls
        (<EventSubscription>subscription)._family = group
        (<EventSubscription>subscription)._any = anything
        (<EventSubscription>subscription)._is_order = kind == "order"
        self.add_subscription_c(subscription)

    def _reset(self):
        self.order_factory.reset()
        self._local.clear()
        self._spawns = False
        self._exit = None
        super()._reset()

    # Leaving the market

    def market_exit(self):
        """Cancel all orders and close all positions of the strategy, and wait until that is done.

        Until then orders that are not reduce-only are denied. The strategy keeps running. `on_market_exit` is called before,
        `post_market_exit` after. A second call while it is under way is ignored, with a warning in the log.
        """
        if not self.is_running:
            self._log.warning(f"no market exit of {self.id}, it is not running")
        elif self.is_exiting():
            self._log.warning("the market exit is under way already")
        else:
            self._begin_exit(False)

    def _begin_exit(self, bint stops):
        self._exit = MarketExit(self, stops)
        self._exit.begin()

    def is_exiting(self):
        """Return whether a market exit is under way."""
        return self._exit is not None and not self._exit.is_over

    def on_market_exit(self):
        """Called when a market exit begins."""

    def post_market_exit(self):
        """Called when a market exit is over."""

    def stop(self):
        """Stop the strategy; with `manage_stop` after a market exit."""
        if self.manage_stop and self.is_running and (self._exit is None or not self._exit.stops):
            if self.is_exiting():
                self._exit.stops = True
            else:
                self._begin_exit(True)
            return
        if self.is_exiting():
            self._exit.stops = False
            self._exit.end()
        Component.stop(self)

    def end_exit(self):
        """End a market exit that is under way, for the run is over; return whether there was one. The trader calls it."""
        if not self.is_exiting():
            return False
        self._exit.end()
        return True

    # Handlers for users to override

    def on_order_event(self, event):
        """Take any order event of the strategy."""

    def on_order_initialized(self, event):
        """Take an OrderInitialized."""

    def on_order_denied(self, event):
        """Take an OrderDenied."""

    def on_order_emulated(self, event):
        """Take an OrderEmulated."""

    def on_order_released(self, event):
        """Take an OrderReleased."""

    def on_order_submitted(self, event):
        """Take an OrderSubmitted."""

    def on_order_accepted(self, event):
        """Take an OrderAccepted."""

    def on_order_rejected(self, event):
        """Take an OrderRejected."""

    def on_order_canceled(self, event):
        """Take an OrderCanceled."""

    def on_order_expired(self, event):
        """Take an OrderExpired."""

    def on_order_triggered(self, event):
        """Take an OrderTriggered."""

    def on_order_pending_update(self, event):
        """Take an OrderPendingUpdate."""

    def on_order_pending_cancel(self, event):
        """Take an OrderPendingCancel."""

    def on_order_modify_rejected(self, event):
        """Take an OrderModifyRejected."""

    def on_order_cancel_rejected(self, event):
        """Take an OrderCancelRejected."""

    def on_order_updated(self, event):
        """Take an OrderUpdated."""

    def on_order_filled(self, event):
        """Take an OrderFilled."""

    def on_position_event(self, event):
        """Take any position event of the strategy."""

    def on_position_opened(self, event):
        """Take a PositionOpened."""

    def on_position_changed(self, event):
        """Take a PositionChanged."""

    def on_position_closed(self, event):
        """Take a PositionClosed."""

    # Commands

    cdef int _fill_command(self, TradingCommand command, InstrumentId instrument_id, ClientId client_id) except -1:
        cdef uint64_t hi, lo
        if self._ids is None:
            raise RuntimeError(f"{self.id} cannot trade before it is registered: trade in `on_start` at the earliest")
        self._ids.next_parts(&hi, &lo)
        return command_fill_c(
            command, hi, lo, client_id, self.trader_id, self.id, instrument_id, self._clock.timestamp_ns()
        )

    cdef int _pending(self, Order order, int kind) except -1:
        cdef uint64_t hi, lo
        cdef ts_t now = self._clock.timestamp_ns()
        cdef OrderEvent event = order_event_new_c(kind)
        self._ids.next_parts(&hi, &lo)
        order_event_fill_c(event, kind, hi, lo, order.trader_id, order.strategy_id, order.instrument_id,
                           order.client_order_id, order.venue_order_id, order.account_id, now, now)
        return self._exec_engine.process_c(event)

    def submit_order(self, Order order not None, PositionId position_id=None, ClientId client_id=None, params=None):
        """Submit an order.

        Parameters
        ----------
        order : Order
            Made by `order_factory`.
        position_id : PositionId, optional
            The position it is to change, where positions are hedged.

        Raises
        ------
        InvalidConfiguration
            If its venue is unknown.
        """
        self.submit_c(order, position_id, client_id)

    cdef int submit_c(self, Order order, PositionId position_id, ClientId client_id) except -1:
        cdef SubmitOrder command = SubmitOrder.__new__(SubmitOrder)
        if self._exit is not None and not order.is_reduce_only and self.is_exiting() and not self._exit.is_leaving:
            return self._exec_engine.deny_c(order, "MARKET_EXIT_IN_PROGRESS")
        self._fill_command(command, order.instrument_id, client_id)
        if self._order_topic.n:
            self._order_topic.publish_c(order.init_event)
        command.order = order
        command.position_id = position_id
        if order.extras is None:
            self._risk_engine.execute_c(command)
        else:
            self._route_c(command, order)
        return self._watch_expiry_c(order)

    cdef int _watch_expiry_c(self, Order order) except -1:
        if self.manage_gtd_expiry and order._time_in_force == TimeInForce.GTD and not order.is_closed_c():
            self._clock.set_time_alert_ns(f"GTD-EXPIRY:{order.client_order_id}", order.expire_time_ns, self._expire_gtd)
        return 0

    cdef int _route_c(self, TradingCommand command, Order order) except -1:
        cdef str endpoint
        if order._status == OrderStatus.EMULATED or order.emulation_trigger_c() != TriggerType.NO_TRIGGER:
            endpoint = EMULATOR_ENDPOINT
        elif order.extras.exec_algorithm_id is not None:
            endpoint = f"{order.extras.exec_algorithm_id}.execute"
        else:
            return self._risk_engine.execute_c(command)
        if not self._msgbus.is_registered(endpoint):
            return self._exec_engine.deny_c(
                order, f"unknown execution algorithm {order.extras.exec_algorithm_id}: call `add_exec_algorithm` first"
            )
        if command.kind == CommandKind.SUBMIT_ORDER:
            self._exec_engine.client_for_c(command)
            if not self._risk_engine.passes_c([order], (<SubmitOrder>command).position_id, None):
                return 0
            self._local[order.client_order_id] = order
            self._spawns = self._spawns or order.extras.exec_algorithm_id is not None
        self._msgbus.send(endpoint, command)
        return 0

    cdef bint _is_local_c(self, Order order) except? False:
        """Whether an emulator or algorithm holds the order."""
        return order.extras is not None and order.is_local_c() and self.cache.order_c(order.client_order_id) is order

    def _expire_gtd(self, event):
        order = self.cache.order(ClientOrderId(event.name.partition(":")[2]))
        if order is not None and not order.is_closed:
            self.cancel_order(order)

    def submit_order_list(self, order_list not None, PositionId position_id=None, ClientId client_id=None, params=None):
        """Submit an `OrderList`."""
        cdef SubmitOrderList command = SubmitOrderList.__new__(SubmitOrderList)
        if self.is_exiting() and not all((<Order>order).is_reduce_only for order in order_list.orders):
            for order in order_list.orders:
                self._exec_engine.deny_c(order, "MARKET_EXIT_IN_PROGRESS")
            return
        self._fill_command(command, order_list.instrument_id, client_id)
        if self._order_topic.n:
            for order in order_list.orders:
                self._order_topic.publish_c((<Order>order).init_event)
        command.order_list = order_list
        command.position_id = position_id
        if any((<Order>order).extras is not None for order in order_list.orders):
            self._route_list_c(command)
        else:
            self._risk_engine.execute_c(command)
        for order in order_list.orders:
            self._watch_expiry_c(order)

    cdef int _route_list_c(self, SubmitOrderList command) except -1:
        cdef Order order
        cdef list orders = list(command.order_list.orders)
        cdef list held = [
            order for order in orders
            if order.emulation_trigger_c() != TriggerType.NO_TRIGGER or order.exec_algorithm_id is not None
        ]
        if not held:
            return self._risk_engine.execute_c(command)
        self._exec_engine.client_for_c(command)
        if not self._risk_engine.passes_c(orders, command.position_id, command.order_list.id):
            return 0
        for order in held:
            self._local[order.client_order_id] = order
            self._spawns = self._spawns or order.exec_algorithm_id is not None
        self._msgbus.send(EMULATOR_ENDPOINT, command)
        return 0

    def modify_order(self, Order order not None, Quantity quantity=None, Price price=None, Price trigger_price=None,
                     ClientId client_id=None, params=None):
        """Change an order that works at the venue; what is None stays.

        Raises
        ------
        ValueError
            If nothing is to change.
        """
        cdef ModifyOrder command
        if quantity is None and price is None and trigger_price is None:
            raise ValueError(f"nothing to modify of order {order.client_order_id}: give quantity, price or trigger price")
        if order.is_closed_c() or order._status == OrderStatus.PENDING_CANCEL:
            self._log.warning(f"cannot modify order {order.client_order_id}, it is {order.status.name}")
            return
        command = ModifyOrder.__new__(ModifyOrder)
        self._fill_command(command, order.instrument_id, client_id)
        command.client_order_id = order.client_order_id
        command.venue_order_id = order.venue_order_id
        command.quantity = quantity
        command.price = price
        command.trigger_price = trigger_price
        if not order.is_local_c():
            self._pending(order, OrderEventKind.PENDING_UPDATE)
        self._risk_engine.execute_c(command)

    def cancel_order(self, Order order not None, ClientId client_id=None, params=None):
        """Cancel an order; one that is closed, or being cancelled, is left alone with a warning in the log."""
        self.cancel_c(order, client_id)

    cdef int cancel_c(self, Order order, ClientId client_id) except -1:
        if order.is_closed_c() or order._status == OrderStatus.PENDING_CANCEL:
            self._log.warning(f"cannot cancel order {order.client_order_id}, it is {order.status.name}")
            return 0
        if self._is_local_c(order):
            return self._route_c(self._cancel_command(order, client_id), order)
        return self._risk_engine.execute_c(self._cancel_command(order, client_id))

    cdef CancelOrder _cancel_command(self, Order order, ClientId client_id):
        cdef CancelOrder command = CancelOrder.__new__(CancelOrder)
        self._fill_command(command, order.instrument_id, client_id)
        command.client_order_id = order.client_order_id
        command.venue_order_id = order.venue_order_id
        if not order.is_local_c():
            self._pending(order, OrderEventKind.PENDING_CANCEL)
        return command

    def query_order(self, Order order not None, ClientId client_id=None, params=None):
        """Ask the venue for the state of an order; a simulated venue has told it already."""
        cdef QueryOrder command = QueryOrder.__new__(QueryOrder)
        self._fill_command(command, order.instrument_id, client_id)
        command.client_order_id = order.client_order_id
        command.venue_order_id = order.venue_order_id
        self._exec_engine.execute_c(command)

    def query_account(self, AccountId account_id not None, ClientId client_id=None, params=None):
        """Ask for the state of an account; a simulated venue has told it already.

        Raises
        ------
        KeyError
            If there is no such account.
        """
        if self.cache.account(account_id) is None:
            raise KeyError(f"no account {account_id}, known: {[str(account.id) for account in self.cache.accounts()]}")

    def cancel_gtd_expiry(self, Order order not None):
        """End the watch over the expiry of a GTD order that `manage_gtd_expiry` began; no watch, no effect."""
        name = f"GTD-EXPIRY:{order.client_order_id}"
        if name in self._clock.timer_names:
            self._clock.cancel_timer(name)

    def cancel_orders(self, list orders not None, ClientId client_id=None, params=None):
        """Cancel orders of one instrument in one command."""
        cdef BatchCancelOrders command
        cdef Order order
        cancels = []
        for order in orders:
            if order.instrument_id != (<Order>orders[0]).instrument_id:
                raise ValueError(
                    f"invalid `orders`, must all be of {(<Order>orders[0]).instrument_id}, was {order.instrument_id}"
                )
            if self._is_local_c(order):
                self.cancel_c(order, client_id)
            elif not order.is_closed_c() and order._status != OrderStatus.PENDING_CANCEL:
                cancels.append(self._cancel_command(order, client_id))
        if not cancels:
            return
        command = BatchCancelOrders.__new__(BatchCancelOrders)
        self._fill_command(command, (<Order>orders[0]).instrument_id, client_id)
        command.cancels = cancels
        self._risk_engine.execute_c(command)

    def cancel_all_orders(self, InstrumentId instrument_id not None, OrderSide order_side=OrderSide.NO_ORDER_SIDE,
                          ClientId client_id=None, params=None):
        """Cancel all orders of the strategy in an instrument, of one side or both."""
        cdef CancelAllOrders command
        cdef Order order
        found = False
        for order in list(self._local.values()):
            if not order.is_local_c():
                del self._local[order.client_order_id]
            elif order.instrument_id == instrument_id and (
                order_side == OrderSide.NO_ORDER_SIDE or order_side == order._side
            ):
                self.cancel_c(order, client_id)
        if self._spawns:
            # What an algorithm spawned may be emulated; it is none of those that were sent here
            for order in self.cache.orders_emulated(instrument_id=instrument_id, strategy_id=self.id, side=order_side):
                self.cancel_c(order, client_id)
        for order in self.cache.orders_open(instrument_id=instrument_id, strategy_id=self.id, side=order_side):
            found = True
            if order._status != OrderStatus.PENDING_CANCEL:
                self._pending(order, OrderEventKind.PENDING_CANCEL)
        if not found and not self.cache.orders_inflight(
            instrument_id=instrument_id, strategy_id=self.id, side=order_side
        ):
            return
        command = CancelAllOrders.__new__(CancelAllOrders)
        self._fill_command(command, instrument_id, client_id)
        command._order_side = order_side
        self._risk_engine.execute_c(command)

    def close_position(self, Position position not None, ClientId client_id=None, list tags=None,
                       TimeInForce time_in_force=TimeInForce.GTC, bint reduce_only=True, bint quote_quantity=False,
                       params=None):
        """Close a position by a market order; one that is closed is left alone."""
        if position.signed_raw == 0:
            return
        order = self.order_factory.market(
            instrument_id=position.instrument_id,
            order_side=OrderSide.SELL if position.signed_raw > 0 else OrderSide.BUY,
            quantity=position.quantity,
            time_in_force=time_in_force,
            reduce_only=reduce_only,
            quote_quantity=quote_quantity,
            tags=tags,
        )
        self.submit_order(order, position_id=position.id, client_id=client_id)

    def close_all_positions(self, InstrumentId instrument_id not None,
                            PositionSide position_side=PositionSide.NO_POSITION_SIDE, ClientId client_id=None,
                            list tags=None, TimeInForce time_in_force=TimeInForce.GTC, bint reduce_only=True,
                            bint quote_quantity=False, params=None):
        """Close all positions of the strategy in an instrument, of one side or both, by market orders."""
        cdef Position position
        for position in self.cache.positions_open(
            instrument_id=instrument_id, strategy_id=self.id, side=position_side
        ):
            self.close_position(position, client_id, tags, time_in_force, reduce_only, quote_quantity)
