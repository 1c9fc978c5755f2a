"""Order types that a venue lacks, held on the trader's side.

An order with an `emulation_trigger` waits here. The emulator listens to quotes, or trades, of its instrument while it holds
orders and to nothing otherwise. When the market reaches the order it is released: it becomes a market order, or, where it has a
limit behind its trigger, a limit order, and goes through the risk engine to the venue as the same object with the same id.

    LIMIT                                   the other side is at or beyond its price: released as MARKET
    STOP_MARKET, TRAILING_STOP_MARKET       stopped: MARKET
    MARKET_IF_TOUCHED                       touched: MARKET
    STOP_LIMIT, TRAILING_STOP_LIMIT         stopped: LIMIT
    LIMIT_IF_TOUCHED                        touched: LIMIT
"""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.config import ActorConfig
from nautilus_lite.execution.holding import OrderHolder
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder
from nautilus_lite.execution.trailing import trailing_prices
from nautilus_lite.model.enums import OrderSide, OrderType, TimeInForce, TriggerType
from nautilus_lite.model.events.order import OrderEmulated, OrderReleased
from nautilus_lite.model.identifiers import ComponentId

TRAILING = (OrderType.TRAILING_STOP_MARKET, OrderType.TRAILING_STOP_LIMIT)
# Reached by a market that is good for them: a buy by one at or below
NEAR = (OrderType.LIMIT, OrderType.MARKET_IF_TOUCHED, OrderType.LIMIT_IF_TOUCHED)
KINDS = (*TRAILING, *NEAR, OrderType.STOP_MARKET, OrderType.STOP_LIMIT)
TRIGGERS = (TriggerType.DEFAULT, TriggerType.BID_ASK, TriggerType.LAST_PRICE)


class OrderEmulator(OrderHolder):
    """Holds emulated orders of one world.

    Notes
    -----
    The endpoint `OrderEmulator.execute` takes commands about orders that are emulated, or to be.
    """

    def __init__(self) -> None:
        super().__init__(ActorConfig(component_id=ComponentId("OrderEmulator")))
        self._held: dict[Any, tuple[Any, SubmitOrder]] = {}     # ClientOrderId -> order, its command
        self._heard: dict[tuple[bool, Any], int] = {}           # (is trades, InstrumentId) -> orders that listen

    def on_reset(self) -> None:
        self._held.clear()
        self._heard.clear()

    @property
    def held_count(self) -> int:
        """Number of orders held."""
        return len(self._held)

    def execute(self, command: Any) -> None:
        """Take a command about an order."""
        if isinstance(command, SubmitOrder):
            self._submit(command)
            return
        held = self._held.get(command.client_order_id)
        if held is None:
            self.log.warning(f"order {command.client_order_id} is not emulated: {command!r} comes too late")
        elif isinstance(command, CancelOrder):
            self._forget(held[0])
            self._cancel_held(held[0])
        elif isinstance(command, ModifyOrder):
            self._modify(held[0], command)

    def _submit(self, command: SubmitOrder) -> None:
        order = command.order
        self._take(order, command.position_id)
        reason = self._refuse(order)
        if reason is not None:
            self._deny_held(order, reason)
            return
        now = self.clock.timestamp_ns()
        self._process(OrderEmulated(**self._names(order), event_id=self._new_id(), ts_init=now))
        self._held[order.client_order_id] = (order, command)
        self._attend(order)
        if order.time_in_force == TimeInForce.GTD:
            self.clock.set_time_alert_ns(f"EXPIRE:{order.client_order_id}", order.expire_time_ns, self._expire)
        self._look(order)

    def _refuse(self, order: Any) -> str | None:
        if order.order_type not in KINDS:
            return f"an emulated order must wait for a price, was {order.order_type.name}"
        if order.emulation_trigger not in TRIGGERS:
            names = ", ".join(str(trigger.name) for trigger in TRIGGERS)
            return f"emulation trigger must be one of {names}, was {order.emulation_trigger.name}"
        if order.time_in_force in (TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE, TimeInForce.DAY):
            return f"time in force {order.time_in_force.name} of an emulated order is not supported"
        if self.cache.instrument(order.instrument_id) is None:
            return f"instrument {order.instrument_id} not found"
        if self.cache.instrument(self._watched(order)) is None:
            return f"trigger instrument {self._watched(order)} not found"
        return None

    def _watched(self, order: Any) -> Any:
        return order.trigger_instrument_id or order.instrument_id

    # -- the market -----------------------------------------------------------------------------------------------------

    def _key(self, order: Any) -> tuple[bool, Any]:
        return order.emulation_trigger == TriggerType.LAST_PRICE, self._watched(order)

    def _attend(self, order: Any) -> None:
        key = self._key(order)
        self._heard[key] = self._heard.get(key, 0) + 1
        if self._heard[key] == 1:
            if key[0]:
                self.subscribe_trade_ticks(key[1])
            else:
                self.subscribe_quote_ticks(key[1])
                self.subscribe_order_book_deltas(key[1])

    def _forget(self, order: Any) -> None:
        key = self._key(order)
        del self._held[order.client_order_id]
        self._heard[key] -= 1
        if self._heard[key] == 0:
            del self._heard[key]
            if key[0]:
                self.unsubscribe_trade_ticks(key[1])
            else:
                self.unsubscribe_quote_ticks(key[1])
                self.unsubscribe_order_book_deltas(key[1])
        name = f"EXPIRE:{order.client_order_id}"
        if name in self.clock.timer_names:
            self.clock.cancel_timer(name)

    def on_quote_tick(self, tick: Any) -> None:
        self._look_at_all(False, tick.instrument_id)

    def on_order_book_deltas(self, deltas: Any) -> None:
        self._look_at_all(False, deltas.instrument_id)

    def on_trade_tick(self, tick: Any) -> None:
        self._look_at_all(True, tick.instrument_id)

    def _look_at_all(self, trades: bool, instrument_id: Any) -> None:
        for order, _ in list(self._held.values()):
            # One may have taken another along
            if order.client_order_id in self._held and self._key(order) == (trades, instrument_id):
                self._look(order)

    def _shown(self, order: Any) -> dict[str, Any]:
        """What the market of an order shows: bid and ask, or the last trade."""
        instrument_id = self._watched(order)
        if order.emulation_trigger == TriggerType.LAST_PRICE:
            tick = self.cache.trade_tick(instrument_id)
            return {} if tick is None else {"last": tick.price}
        book = self.cache.order_book(instrument_id)
        bid, ask = (None, None) if book is None else (book.best_bid_price(), book.best_ask_price())
        return {name: price for name, price in (("bid", bid), ("ask", ask)) if price is not None}

    def _look(self, order: Any) -> None:
        shown = self._shown(order)
        price = shown.get("last") or shown.get("ask" if order.side == OrderSide.BUY else "bid")
        if price is None:
            return
        if order.order_type in TRAILING and not self._trail(order, shown, price):
            return
        wanted = order.price if order.order_type == OrderType.LIMIT else order.trigger_price
        if order.order_type in NEAR:
            reached = price <= wanted if order.side == OrderSide.BUY else price >= wanted
        else:
            reached = price >= wanted if order.side == OrderSide.BUY else price <= wanted
        if reached:
            self._release(order, price)

    def _trail(self, order: Any, shown: dict[str, Any], price: Any) -> bool:
        """Let a trailing stop follow the market; False while it has no trigger."""
        activation = order.activation_price
        if not order.is_activated:
            if activation is not None and (price > activation if order.side == OrderSide.BUY else price < activation):
                return False
            order.activate()
        instrument: Any = self.cache.instrument(order.instrument_id)
        trigger, limit = trailing_prices(order, instrument.price_increment, **shown)
        if trigger is not None or limit is not None:
            self._update_held(order, price=limit, trigger_price=trigger)
        return order.trigger_price is not None

    def _release(self, order: Any, price: Any) -> None:
        _, command = self._held[order.client_order_id]
        self._forget(order)
        now = self.clock.timestamp_ns()
        self._process(
            OrderReleased(**self._names(order), released_price=price, event_id=self._new_id(), ts_init=now)
        )
        endpoint = f"{order.exec_algorithm_id}.execute"
        if order.exec_algorithm_id is not None and self.msgbus.is_registered(endpoint):
            self.msgbus.send(endpoint, command)
        elif order.exec_algorithm_id is not None:
            reason = f"unknown execution algorithm {order.exec_algorithm_id}: call `add_exec_algorithm` first"
            self._deny_held(order, reason)
        else:
            self._send_off(order, command.position_id, command.client_id)

    # -- changes --------------------------------------------------------------------------------------------------------

    def _modify(self, order: Any, command: ModifyOrder) -> None:
        self._update_held(
            order,
            command.quantity,
            command.price if order.has_price else None,
            command.trigger_price if order.has_trigger_price else None,
        )
        self._look(order)

    def _expire(self, event: Any) -> None:
        for order, _ in list(self._held.values()):
            if event.name == f"EXPIRE:{order.client_order_id}":
                self._forget(order)
                self._expire_held(order)
