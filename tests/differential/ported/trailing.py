"""Entries at the market, each followed by a trailing stop."""

from decimal import Decimal

from common import AUD, LOG, engine, finish, quotes

from nautilus_lite.model.enums import OrderSide, TrailingOffsetType, TriggerType
from nautilus_lite.model.events import OrderFilled, PositionChanged, PositionClosed, PositionOpened
from nautilus_lite.trading.strategy import Strategy


class Trailing(Strategy):
    entry = None
    seen = 0

    def on_start(self) -> None:
        self.instrument = self.cache.instrument(AUD.id)
        self.subscribe_quote_ticks(AUD.id)

    def on_quote_tick(self, tick) -> None:
        self.seen += 1
        if self.seen % 50 == 10 and self.portfolio.is_flat(AUD.id):
            side = OrderSide.BUY if (self.seen // 50) % 2 else OrderSide.SELL
            self.entry = self.order_factory.market(AUD.id, side, self.instrument.make_qty(10_000), tags=["ENTRY"])
            self.submit_order(self.entry)

    def on_event(self, event) -> None:
        if isinstance(event, OrderFilled):
            LOG.append(("fill", str(event.last_px), str(event.client_order_id)))
            if event.client_order_id == self.entry.client_order_id:
                stop = self.order_factory.trailing_stop_market(
                    instrument_id=AUD.id,
                    order_side=OrderSide.SELL if event.order_side == OrderSide.BUY else OrderSide.BUY,
                    quantity=event.last_qty,
                    trailing_offset=Decimal("0.00020"),
                    trailing_offset_type=TrailingOffsetType.PRICE,
                    trigger_type=TriggerType.BID_ASK,
                    reduce_only=True,
                )
                self.submit_order(stop, position_id=event.position_id)
        elif isinstance(event, PositionClosed):
            LOG.append(("closed", str(event.realized_pnl), event.duration_ns))
        elif isinstance(event, (PositionOpened, PositionChanged)):
            LOG.append((type(event).__name__, str(event.quantity), event.side.name))

    def on_stop(self) -> None:
        self.cancel_all_orders(AUD.id)
        self.close_all_positions(AUD.id)


made = engine(AUD)
made.add_data(quotes())
made.add_strategy(Trailing())
finish(made, AUD)
