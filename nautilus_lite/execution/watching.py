"""The market of orders that are held on the trader's side.

A held order is judged by the same kernel as at a venue (`execution/trailing.pyx`), by what its `emulation_trigger` names, and
whenever that may have moved: with quotes, books and trades, with trades alone, or with mark or index prices.

Where an instrument has neither quotes nor trades nor a book by price, bars move it. A bar is known when it is over: an order
that was held before it opened is reached where its high or low was, and released at its close; one that came later by the close
alone. A trailing stop is first asked whether the bar reached its trigger as it was, then follows the bar's better extreme, and
is asked again at the close: what came first inside the bar is not known, and never taken for granted.
"""

from __future__ import annotations

from typing import Any

from nautilus_lite.execution.linking import Kept, LinkKeeper
from nautilus_lite.execution.trailing import followed_price, is_reached, trailing_prices, trailing_prices_in
from nautilus_lite.model.enums import BookType, OrderSide, OrderType, PriceType, TriggerType

TRAILING = (OrderType.TRAILING_STOP_MARKET, OrderType.TRAILING_STOP_LIMIT)
# Reached by a market that is good for them: a buy by one at or below
NEAR = (OrderType.LIMIT, OrderType.MARKET_IF_TOUCHED, OrderType.LIMIT_IF_TOUCHED)
QUOTES, TRADES, BOOK, BARS, MARKS, INDICES = "quotes", "trades", "book", "bars", "marks", "indices"
# Without quotes the touch follows the trades
TOUCH = (QUOTES, BOOK, TRADES, BARS)
# What may move the price that a trigger type goes by
HEARD = {
    TriggerType.DEFAULT: TOUCH,
    TriggerType.BID_ASK: TOUCH,
    TriggerType.LAST_PRICE: (TRADES, BARS),
    TriggerType.DOUBLE_LAST: (TRADES, BARS),
    TriggerType.DOUBLE_BID_ASK: TOUCH,
    TriggerType.LAST_OR_BID_ASK: TOUCH,
    TriggerType.MID_POINT: TOUCH,
    TriggerType.MARK_PRICE: (MARKS,),
    TriggerType.INDEX_PRICE: (INDICES,),
}
DOUBLE = (TriggerType.DOUBLE_LAST, TriggerType.DOUBLE_BID_ASK)
# Trigger types that what is between the ends of a bar may reach
WITHIN = (TriggerType.DEFAULT, TriggerType.BID_ASK, TriggerType.LAST_OR_BID_ASK)


class Held(Kept):
    """An order that is held; parameters as of `Kept`."""

    def __init__(self, holder: Any, order: Any, position_id: Any, client_id: Any) -> None:
        super().__init__(holder, order, position_id, client_id)
        self.attends = False                # to the market
        self.since = 0                      # when it began to (ns)
        self.hits = 0                       # updates in a row that reached it, for those that wait for two

    def wake(self) -> None:
        """Attend to the market."""
        self.holder.attend(self)

    def drop(self) -> None:
        """Cancel it."""
        self.holder.cancel_held(self)

    def resize(self, quantity: Any) -> None:
        """Give it another quantity."""
        self.holder.resize_held(self, quantity)

    @property
    def rises(self) -> bool:
        """If a rise reaches it."""
        return (self.order.side == OrderSide.BUY) != (self.order.order_type in NEAR)

    @property
    def level(self) -> Any:
        """The price that is to be reached."""
        return self.order.price if self.order.order_type == OrderType.LIMIT else self.order.trigger_price


class OrderWatcher(LinkKeeper):
    """Base of the emulator: looks at the market of the orders that it holds, and at nothing else."""

    _heard: dict[tuple[str, Any], int]                       # (kind of data, InstrumentId) -> orders that listen

    def _release(self, held: Held, price: Any) -> None:
        raise NotImplementedError(f"`{type(self).__name__}` must override `_release`")

    def _watched(self, order: Any) -> Any:
        return order.trigger_instrument_id or order.instrument_id

    def _bars_of(self, instrument_id: Any) -> str:
        return f"data.bars.{instrument_id}-*-EXTERNAL"

    # -- listening ------------------------------------------------------------------------------------------------------

    def _attend(self, held: Held) -> None:
        held.attends = True
        held.since = self.clock.timestamp_ns()
        instrument_id = self._watched(held.order)
        for kind in HEARD[held.order.emulation_trigger]:
            n = self._heard.get((kind, instrument_id), 0) + 1
            self._heard[kind, instrument_id] = n
            if n > 1:
                continue
            if kind == QUOTES:
                self.subscribe_quote_ticks(instrument_id)
            elif kind == TRADES:
                self.subscribe_trade_ticks(instrument_id)
            elif kind == BOOK:
                self.subscribe_order_book_deltas(instrument_id)
                self.subscribe_order_book_depth(instrument_id)
            elif kind == BARS:
                self.msgbus.subscribe(self._bars_of(instrument_id), self._hear_bar)
            elif kind == MARKS:
                self.subscribe_mark_prices(instrument_id)
            else:
                self.subscribe_index_prices(instrument_id)

    def _ignore(self, held: Held) -> None:
        """End what `_attend` began."""
        if not held.attends:
            return
        held.attends = False
        instrument_id = self._watched(held.order)
        for kind in HEARD[held.order.emulation_trigger]:
            self._heard[kind, instrument_id] -= 1
            if self._heard[kind, instrument_id]:
                continue
            del self._heard[kind, instrument_id]
            if kind == QUOTES:
                self.unsubscribe_quote_ticks(instrument_id)
            elif kind == TRADES:
                self.unsubscribe_trade_ticks(instrument_id)
            elif kind == BOOK:
                self.unsubscribe_order_book_deltas(instrument_id)
                self.unsubscribe_order_book_depth(instrument_id)
            elif kind == BARS:
                self.msgbus.unsubscribe(self._bars_of(instrument_id), self._hear_bar)
            elif kind == MARKS:
                self.unsubscribe_mark_prices(instrument_id)
            else:
                self.unsubscribe_index_prices(instrument_id)

    def _ignore_all(self) -> None:
        for kind, instrument_id in self._heard:
            if kind == BARS:
                self.msgbus.unsubscribe(self._bars_of(instrument_id), self._hear_bar)
        self._heard.clear()

    def on_quote_tick(self, tick: Any) -> None:
        self._look_at_all(tick.instrument_id, QUOTES)

    def on_order_book_deltas(self, deltas: Any) -> None:
        self._look_at_all(deltas.instrument_id, BOOK)

    def on_order_book_depth(self, depth: Any) -> None:
        self._look_at_all(depth.instrument_id, BOOK)

    def on_trade_tick(self, tick: Any) -> None:
        self._look_at_all(tick.instrument_id, TRADES)

    def on_mark_price(self, mark_price: Any) -> None:
        self._look_at_all(mark_price.instrument_id, MARKS)

    def on_index_price(self, index_price: Any) -> None:
        self._look_at_all(index_price.instrument_id, INDICES)

    def _listeners(self, instrument_id: Any, kind: str) -> list[Held]:
        return [
            held
            for held in self._held.values()
            if isinstance(held, Held)
            and held.attends
            and self._watched(held.order) == instrument_id
            and kind in HEARD[held.order.emulation_trigger]
        ]

    def _look_at_all(self, instrument_id: Any, kind: str) -> None:
        for held in self._listeners(instrument_id, kind):
            # One may have taken another along
            if self.holds(held) and held.attends:
                self._look(held, kind)

    # -- looking --------------------------------------------------------------------------------------------------------

    def _look(self, held: Held, kind: str | None = None) -> None:
        """Release an order that the market has reached; `kind` is what moved it, None where the order is new or changed."""
        order = held.order
        state: Any = self.cache.market.state(self._watched(order))
        price = followed_price(state, order.emulation_trigger, order.side)
        if price is None or (order.order_type in TRAILING and not self._trail(held, state)):
            return
        reached = is_reached(state, order.emulation_trigger, order.side, held.rises, held.level)
        if order.emulation_trigger in DOUBLE:
            if not self._counts(order.emulation_trigger, state, kind):
                return
            held.hits = held.hits + 1 if reached else 0
            reached = held.hits > 1
        if reached:
            self._release(held, price)

    def _counts(self, trigger: TriggerType, state: Any, kind: str | None) -> bool:
        """Return if what came is one of those of which two in a row are needed."""
        if trigger == TriggerType.DOUBLE_LAST:
            return kind in (TRADES, BARS)
        if kind == TRADES:
            # They are the touch where there is no other
            return not state.quote_count and state.book.book_type == BookType.L1_MBP
        return kind is not None

    def _trail(self, held: Held, state: Any) -> bool:
        """Let a trailing stop follow the market; False while it has no trigger."""
        order = held.order
        if not order.is_activated:
            activation = order.activation_price
            # A sell waits for a market that is as high, a buy for one that is as low
            if activation is not None and not is_reached(
                state, order.emulation_trigger, order.side, order.side == OrderSide.SELL, activation
            ):
                return False
            order.activate()
        # What triggers an emulated order is what it follows, whatever the venue would have followed
        return self._move(held, trailing_prices_in(order, state, order.emulation_trigger))

    def _move(self, held: Held, prices: tuple[Any, Any]) -> bool:
        trigger, limit = prices
        if trigger is not None or limit is not None:
            self._update_held(held.order, price=limit, trigger_price=trigger)
        return self.holds(held) and held.order.trigger_price is not None

    # -- bars -----------------------------------------------------------------------------------------------------------

    def _hear_bar(self, bar: Any) -> None:
        instrument_id = bar.bar_type.instrument_id
        state: Any = self.cache.market.state(instrument_id)
        if state.quote_count or state.trade_count or state.book.book_type != BookType.L1_MBP:
            # They told it before
            return
        for held in self._listeners(instrument_id, BARS):
            if self.holds(held) and held.attends and not self._look_within(held, bar):
                self._look(held, BARS)

    def _look_within(self, held: Held, bar: Any) -> bool:
        """Look at what a bar passed; True if it released the order."""
        order = held.order
        spec = bar.bar_type.spec
        if not spec.is_time_aggregated() or held.since > bar.ts_init - spec.get_interval_ns():
            return False
        trigger = order.emulation_trigger
        if spec.price_type in (PriceType.BID, PriceType.ASK):
            own = PriceType.ASK if order.side == OrderSide.BUY else PriceType.BID
            if spec.price_type != own or trigger not in WITHIN:
                return False
        elif trigger not in WITHIN and trigger != TriggerType.LAST_PRICE:
            return False
        level = held.level
        if level is not None and (bar.high >= level if held.rises else bar.low <= level):
            self._release(held, bar.close)
            return True
        if order.order_type not in TRAILING:
            return False
        best = bar.low if order.side == OrderSide.BUY else bar.high
        if not order.is_activated:
            activation = order.activation_price
            if activation is not None and (best <= activation if order.side == OrderSide.BUY else best >= activation):
                order.activate()
            # Where in the bar it began to trail is not known
            return False
        instrument: Any = self.cache.instrument(order.instrument_id)
        tick = instrument.make_price(instrument.price_increment)
        best = instrument.make_price(best)
        self._move(held, trailing_prices(order, tick, bid=best, ask=best, last=best, trigger_type=trigger))
        return not self.holds(held)
