"""A grid of limit orders around the market, renewed twice a minute, and what portfolio and account say of it."""

from decimal import Decimal

from common import AUD, LOG, engine, finish, quotes

from nautilus_lite.model.currencies import USD
from nautilus_lite.model.enums import OrderSide, TimeInForce
from nautilus_lite.model.identifiers import Venue
from nautilus_lite.trading.strategy import Strategy


class Grid(Strategy):
    seen = 0

    def on_start(self) -> None:
        self.instrument = self.cache.instrument(AUD.id)
        self.subscribe_quote_ticks(AUD.id)

    def on_quote_tick(self, tick) -> None:
        self.seen += 1
        if self.seen % 30:
            return
        self.cancel_all_orders(AUD.id)
        held = self.portfolio.net_position(AUD.id)
        for i in range(1, 4):
            for side, middle, sign in ((OrderSide.BUY, tick.bid_price, -1), (OrderSide.SELL, tick.ask_price, 1)):
                if abs(held) > 30_000 and (held > 0) == (side == OrderSide.BUY):
                    continue
                price = self.instrument.make_price(middle + sign * i * Decimal("0.00003"))
                order = self.order_factory.limit(
                    AUD.id, side, self.instrument.make_qty(10_000), price, time_in_force=TimeInForce.GTC, post_only=True
                )
                self.submit_order(order)
        portfolio, account = self.portfolio, self.portfolio.account(Venue("SIM"))
        LOG.append(
            (str(held), str(portfolio.unrealized_pnl(AUD.id)), str(portfolio.net_exposure(AUD.id)), portfolio.is_flat(AUD.id),
             portfolio.initialized, [str(i) for i in portfolio.missing_price_instruments(Venue("SIM"))],
             str(account.balance_locked(USD)), len(self.cache.orders_open(instrument_id=AUD.id)),
             self.cache.positions_open_count())
        )  # fmt: skip

    def on_order_filled(self, event) -> None:
        LOG.append((str(event.client_order_id), str(event.last_px), event.liquidity_side.name, str(event.commission)))

    def on_stop(self) -> None:
        self.cancel_all_orders(AUD.id)
        self.close_all_positions(AUD.id)


made = engine(AUD)
made.add_data(quotes())
made.add_strategy(Grid())
finish(made, AUD)
