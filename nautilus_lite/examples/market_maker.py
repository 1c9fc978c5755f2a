"""A market maker that quotes both sides of an L2 book, one tick behind the touch where its inventory leans."""

from __future__ import annotations

from decimal import Decimal

from nautilus_lite.model.data import OrderBookDeltas
from nautilus_lite.model.enums import BookType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy


class MarketMakerConfig(StrategyConfig, frozen=True, kw_only=True):
    """Configuration of `MarketMaker`.

    Parameters
    ----------
    instrument_id : InstrumentId
    trade_size : Decimal
        Quantity of each quote.
    max_position : Decimal
        Beyond it the side that would add is not quoted.
    requote_ms : int
        Least time between two looks at the quotes (milliseconds).
    """

    instrument_id: InstrumentId
    trade_size: Decimal
    max_position: Decimal
    requote_ms: int = 1_000


class MarketMaker(Strategy):
    """Keeps one post-only order at the best price of each side."""

    def __init__(self, config: MarketMakerConfig) -> None:
        super().__init__(config)
        self.next_look = 0

    def on_start(self) -> None:
        self.instrument = self.cache.instrument(self.config.instrument_id)
        self.quantity = self.instrument.make_qty(self.config.trade_size)
        self.book = self.cache.order_book(self.config.instrument_id)
        self.subscribe_order_book_deltas(self.config.instrument_id, book_type=BookType.L2_MBP)

    def on_order_book_deltas(self, deltas: OrderBookDeltas) -> None:
        if deltas.ts_init < self.next_look:
            return
        self.next_look = deltas.ts_init + self.config.requote_ms * 1_000_000
        bid, ask = self.book.best_bid_price(), self.book.best_ask_price()
        if bid is None or ask is None:
            return
        position = self.portfolio.net_position(self.config.instrument_id)
        self.quote(OrderSide.BUY, bid, position < self.config.max_position)
        self.quote(OrderSide.SELL, ask, position > -self.config.max_position)

    def quote(self, side, price, wanted) -> None:
        """Leave a good quote alone, cancel a stale one, and send what is missing."""
        found = False
        for order in self.cache.orders_open(instrument_id=self.config.instrument_id, strategy_id=self.id, side=side):
            if wanted and order.price == price:
                found = True
            elif not order.is_pending_cancel:
                self.cancel_order(order)
        if wanted and not found:
            self.submit_order(
                self.order_factory.limit(
                    instrument_id=self.config.instrument_id,
                    order_side=side,
                    quantity=self.quantity,
                    price=price,
                    post_only=True,
                )
            )

    def on_stop(self) -> None:
        self.cancel_all_orders(self.config.instrument_id)
        self.close_all_positions(self.config.instrument_id)

    def on_reset(self) -> None:
        self.next_look = 0
