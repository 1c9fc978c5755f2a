"""The strategies of the workloads: one text for every engine with NautilusTrader's interface.

`make(api)` builds the classes from the names of an engine: its `Strategy`, enums and values, and `cancel` and `is_closed`,
which versions spell differently. Handlers carry the names of both interfaces.
"""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import workloads


def subscribe(strategy: Any, kind: str, *args: Any, **kwargs: Any) -> None:
    """Subscribe by the name of version 2 (`quotes`), or of version 1 (`quote_ticks`)."""
    old = {"quotes": "quote_ticks", "trades": "trade_ticks", "book_deltas": "order_book_deltas"}[kind]
    method = getattr(strategy, f"subscribe_{kind}", None) or getattr(strategy, f"subscribe_{old}")
    method(*args, **kwargs)


def make(api: Any) -> SimpleNamespace:
    """Return the strategy classes over an engine's names."""

    class Quotes(api.Strategy):
        """Takes quotes and does nothing."""

        def on_start(self) -> None:
            subscribe(self, "quotes", api.ID)

        def on_quote(self, quote: Any) -> None:
            pass

        on_quote_tick = on_quote

    class Trades(api.Strategy):
        """Takes trades and does nothing."""

        def on_start(self) -> None:
            subscribe(self, "trades", api.ID)

        def on_trade(self, trade: Any) -> None:
            pass

        on_trade_tick = on_trade

    class Deltas(api.Strategy):
        """Takes order book deltas and does nothing."""

        def on_start(self) -> None:
            subscribe(self, "book_deltas", api.ID, api.BookType.L2_MBP, managed=True)

        def on_book_deltas(self, deltas: Any) -> None:
            pass

        on_order_book_deltas = on_book_deltas

    class Cross(api.Strategy):
        """Long while the fast average of bars is above the slow one, short otherwise."""

        bar_type = api.BAR_TYPE

        def on_start(self) -> None:
            self.fast, self.slow = api.ExponentialMovingAverage(10), api.ExponentialMovingAverage(20)
            self.quantity = api.Quantity.from_int(1_000)
            self.register_indicator_for_bars(self.bar_type, self.fast)
            self.register_indicator_for_bars(self.bar_type, self.slow)
            self.subscribe_bars(self.bar_type)

        def on_bar(self, bar: Any) -> None:
            if not self.indicators_initialized():
                return
            if self.fast.value >= self.slow.value:
                if self.portfolio.is_net_short(api.ID):
                    self.close_all_positions(api.ID)
                    self.enter(api.OrderSide.BUY)
                elif api.is_flat(self):
                    self.enter(api.OrderSide.BUY)
            elif self.portfolio.is_net_long(api.ID):
                self.close_all_positions(api.ID)
                self.enter(api.OrderSide.SELL)
            elif api.is_flat(self):
                self.enter(api.OrderSide.SELL)

        def enter(self, side: Any) -> None:
            self.submit_order(self.order_factory.market(api.ID, side, self.quantity))

    class CrossInside(Cross):
        """The same on one-minute bars that the engine builds from quotes."""

        bar_type = api.INTERNAL_BAR_TYPE

    class First(api.Strategy):
        """Notes the CPU time of its first quote."""

        seen: list[float] = []

        def on_start(self) -> None:
            self.seen.clear()
            subscribe(self, "quotes", api.ID)

        def on_quote(self, quote: Any) -> None:
            if not self.seen:
                self.seen.append(time.process_time())

        on_quote_tick = on_quote

    class Taker(api.Strategy):
        """Sends a market order on every quote, buying and selling in turn."""

        def on_start(self) -> None:
            self.n = 0
            self.quantity = api.Quantity.from_int(1_000)
            subscribe(self, "quotes", api.ID)

        def on_quote(self, quote: Any) -> None:
            self.n += 1
            side = api.OrderSide.BUY if self.n % 2 else api.OrderSide.SELL
            self.submit_order(self.order_factory.market(api.ID, side, self.quantity))

        on_quote_tick = on_quote

    class Maker(api.Strategy):
        """Keeps one order at the best price of each side; looks every tenth of a second."""

        def on_start(self) -> None:
            self.quantity = api.Quantity.from_int(workloads.MAKER_SIZE)
            self.own: dict[Any, Any] = {}
            subscribe(self, "book_deltas", api.ID, api.BookType.L2_MBP, managed=True)
            interval = timedelta(microseconds=workloads.MAKER_INTERVAL / 1_000)
            self.clock.set_timer("look", interval, callback=self.look)

        def look(self, event: Any) -> None:
            book = self.cache.order_book(api.ID)
            if book is None:
                return
            self.quote(api.OrderSide.BUY, book.best_bid_price())
            self.quote(api.OrderSide.SELL, book.best_ask_price())

        def quote(self, side: Any, price: Any) -> None:
            own = self.own.get(side)
            order = None if own is None else self.cache.order(own)
            if order is not None and not api.is_closed(order):
                if order.price == price:
                    return
                api.cancel(self, order)
            order = self.order_factory.limit(api.ID, side, self.quantity, price)
            self.own[side] = order.client_order_id
            self.submit_order(order)

    return SimpleNamespace(
        Quotes=Quotes,
        First=First,
        Trades=Trades,
        Deltas=Deltas,
        Cross=Cross,
        CrossInside=CrossInside,
        Taker=Taker,
        Maker=Maker,
    )
