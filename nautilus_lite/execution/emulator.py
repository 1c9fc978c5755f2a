"""Order types that a venue lacks, held on the trader's side.

An order with an `emulation_trigger` waits here; `watching.py` says how its market is looked at. When it is reached it is
released: it becomes a market order, or, where it has a limit behind its trigger, a limit order, and goes through the risk engine
to the venue as the same object with the same id.

    LIMIT                                   the other side is at or beyond its price: released as MARKET
    STOP_MARKET, TRAILING_STOP_MARKET       stopped: MARKET
    MARKET_IF_TOUCHED                       touched: MARKET
    STOP_LIMIT, TRAILING_STOP_LIMIT         stopped: LIMIT
    LIMIT_IF_TOUCHED                        touched: LIMIT

Lists that no venue can know all of, for some of their orders are emulated or worked by an execution algorithm, come here whole:
they are refused whole, or handed out. `linking.py` says how their links are kept.
"""

from __future__ import annotations

from typing import Any

from nautilus_lite.common.config import ActorConfig
from nautilus_lite.execution.config import OrderEmulatorConfig
from nautilus_lite.execution.messages import CancelOrder, ModifyOrder, SubmitOrder, SubmitOrderList
from nautilus_lite.execution.watching import NEAR, QUOTES, TRADES, TRAILING, Held, OrderWatcher
from nautilus_lite.model.enums import OrderType, TimeInForce, TrailingOffsetType, TriggerType
from nautilus_lite.model.events.order import OrderEmulated, OrderReleased
from nautilus_lite.model.identifiers import ComponentId

KINDS = (*TRAILING, *NEAR, OrderType.STOP_MARKET, OrderType.STOP_LIMIT)


class OrderEmulator(OrderWatcher):
    """Holds emulated orders of one world.

    Parameters
    ----------
    config : OrderEmulatorConfig, optional

    Notes
    -----
    The endpoint `OrderEmulator.execute` takes commands about orders that are emulated, or to be, and lists of which an order is
    emulated or worked by an algorithm; `OrderEmulator.keep` takes what an algorithm works, for its links.
    """

    def __init__(self, config: OrderEmulatorConfig | None = None) -> None:
        super().__init__(ActorConfig(component_id=ComponentId("OrderEmulator")))
        self._held = {}
        self._heard = {}
        self._strategies = set()
        self._by_link = set()
        self._asked = {}
        self.debug = config is not None and config.debug
        self.command_count = 0
        self.event_count = 0

    def on_reset(self) -> None:
        self._clear_links()
        self._ignore_all()
        self.command_count = self.event_count = 0

    @property
    def held_count(self) -> int:
        """Number of orders held."""
        return sum(not kept.is_worked for kept in self._held.values())

    @property
    def subscribed_quotes(self) -> list[Any]:
        """The instruments whose quotes are heard."""
        return sorted(instrument_id for kind, instrument_id in self._heard if kind == QUOTES)

    @property
    def subscribed_trades(self) -> list[Any]:
        """The instruments whose trades are heard."""
        return sorted(instrument_id for kind, instrument_id in self._heard if kind == TRADES)

    def execute(self, command: Any) -> None:
        """Take a command about an order."""
        self.command_count += 1
        if self.debug:
            self.log.debug(repr(command))
        if isinstance(command, SubmitOrder):
            self._submit(command)
            return
        if isinstance(command, SubmitOrderList):
            self._submit_list(command)
            return
        held = self._held.get(command.client_order_id)
        if held is None or held.is_worked:
            self.log.warning(f"order {command.client_order_id} is not emulated: {command!r} comes too late")
        elif isinstance(command, CancelOrder):
            self.cancel_held(held)
        elif isinstance(command, ModifyOrder):
            self._modify(held, command)

    def _submit(self, command: SubmitOrder) -> None:
        self._take(command.order, command.position_id)
        reason = self._refuse(command.order)
        if reason is None:
            self._hold(command.order, command)
        else:
            self._deny_held(command.order, reason)

    def _submit_list(self, command: SubmitOrderList) -> None:
        order_list = command.order_list
        for order in order_list.orders:
            self._take(order, command.position_id)
        reasons = [self._refuse(order) or self._refuse_algorithm(order) for order in order_list.orders]
        if any(reason is not None for reason in reasons):
            for order, reason in zip(order_list.orders, reasons, strict=True):
                self._deny_held(order, reason or f"order list {order_list.id} DENIED")
            return
        first = order_list.first
        if first.exec_algorithm_id is not None and first.emulation_trigger == TriggerType.NO_TRIGGER:
            self.msgbus.send(f"{first.exec_algorithm_id}.execute", command)
        else:
            self._hand_out(order_list.orders, command.position_id, command.client_id, order_list.id)

    def keep_for_algorithm(self, kept: Any) -> None:
        """Look after the links of an order that an algorithm works."""
        kept.keeper = self
        self.keep(kept)

    def _refuse_algorithm(self, order: Any) -> str | None:
        """Return why the algorithm of an order does not take it, or None."""
        if order.exec_algorithm_id is None:
            return None
        endpoint = f"{order.exec_algorithm_id}.refuse"
        if not self.msgbus.is_registered(endpoint):
            return self._unknown_algorithm(order)
        reasons: list[str] = []
        self.msgbus.send(endpoint, (order, reasons))
        return reasons[0] if reasons else None

    def _hold(self, order: Any, command: Any) -> None:
        held = Held(self, order, command.position_id, command.client_id)
        self.keep(held)
        parent = self._parent_of(order)
        now = self.clock.timestamp_ns()
        self._process(OrderEmulated(**self._names(order), event_id=self._new_id(), ts_init=now))
        if not self.holds(held):
            return
        if order.time_in_force == TimeInForce.GTD:
            self.clock.set_time_alert_ns(f"EXPIRE:{order.client_order_id}", order.expire_time_ns, self._expire)
        if parent is not None and not held.waits:
            self._size(held, parent)
        if self.holds(held) and not held.waits:
            self._attend(held)
            self._look(held)

    def _refuse(self, order: Any) -> str | None:
        reason = self._refuse_links(order)
        if reason is not None or order.emulation_trigger == TriggerType.NO_TRIGGER:
            return reason
        if order.order_type not in KINDS:
            return f"an emulated order must wait for a price, was {order.order_type.name}"
        if order.time_in_force in (TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE, TimeInForce.DAY):
            return f"time in force {order.time_in_force.name} of an emulated order is not supported"
        watched = self._watched(order)
        if self.cache.instrument(watched) is None:
            return f"trigger instrument {watched} not found"
        if order.order_type in TRAILING:
            if watched != order.instrument_id:
                return f"an emulated order cannot trail the prices of another instrument, was {watched}"
            if order.trailing_offset_type == TrailingOffsetType.PRICE_TIER:
                return "an emulated order cannot trail by PRICE_TIER"
        if order.is_quote_quantity and order.parent_order_id is not None:
            return "the quantity of an emulated child must be in base units"
        return None

    def _forget(self, held: Held) -> None:
        order = held.order
        del self._held[order.client_order_id]
        name = f"EXPIRE:{order.client_order_id}"
        if name in self.clock.timer_names:
            self.clock.cancel_timer(name)
        self._ignore(held)

    def _release(self, held: Held, price: Any) -> None:
        order = held.order
        self._forget(held)
        now = self.clock.timestamp_ns()
        self._process(
            OrderReleased(**self._names(order), released_price=price, event_id=self._new_id(), ts_init=now)
        )
        if order.exec_algorithm_id is None or order.is_spawned:
            self._send_off(order, held.position_id, held.client_id)
        else:
            self._to_algorithm(order, held.position_id, held.client_id)

    # -- what a link does to one that is held ---------------------------------------------------------------------------

    def attend(self, held: Held) -> None:
        """Attend to its market from now on."""
        self._attend(held)
        self._look(held)

    def cancel_held(self, held: Held) -> None:
        """Cancel it."""
        self._forget(held)
        self._cancel_held(held.order)

    def resize_held(self, held: Held, quantity: Any) -> None:
        """Give it another quantity."""
        self._update_held(held.order, quantity)

    # -- changes --------------------------------------------------------------------------------------------------------

    def _modify(self, held: Held, command: ModifyOrder) -> None:
        order = held.order
        if command.quantity is not None:
            held.wanted = command.quantity
        # What came before is of no account to the new prices
        held.since, held.hits = self.clock.timestamp_ns(), 0
        self._update_held(
            order,
            command.quantity,
            command.price if order.has_price else None,
            command.trigger_price if order.has_trigger_price else None,
        )
        if self.holds(held) and not held.waits:
            self._look(held)

    def _expire(self, event: Any) -> None:
        for held in list(self._held.values()):
            if not held.is_worked and event.name == f"EXPIRE:{held.order.client_order_id}":
                self._forget(held)
                self._expire_held(held.order)
