"""Orders that fill or are killed where one side of the book is much thinner than the other."""

from common import ETH, LOG, SECOND, deltas, engine, finish

from nautilus_lite.model.enums import BookType, OrderSide, TimeInForce
from nautilus_lite.trading.strategy import Strategy


class Imbalance(Strategy):
    last_ns = 0

    def on_start(self) -> None:
        self.subscribe_order_book_deltas(ETH.id, book_type=BookType.L2_MBP)

    def on_order_book_deltas(self, deltas) -> None:
        book = self.cache.order_book(ETH.id)
        bids, asks = book.best_bid_size(), book.best_ask_size()
        if bids is None or asks is None:
            return
        thin, thick = min(bids, asks), max(bids, asks)
        now = self.clock.timestamp_ns()
        if thin / thick >= 0.2 or now - self.last_ns <= 5 * SECOND or self.cache.orders_inflight(strategy_id=self.id):
            return
        self.last_ns = now
        buys = bids > asks
        self.submit_order(
            self.order_factory.limit(
                ETH.id,
                OrderSide.BUY if buys else OrderSide.SELL,
                ETH.make_qty(min(float(thin), 1.0)),
                book.best_ask_price() if buys else book.best_bid_price(),
                time_in_force=TimeInForce.FOK,
            )
        )

    def on_order_filled(self, event) -> None:
        LOG.append((str(event.last_px), str(event.last_qty), event.liquidity_side.name))


made = engine(ETH, book_type=BookType.L2_MBP)
made.add_data(deltas())
made.add_strategy(Imbalance())
finish(made, ETH)
