"""A kind of data that a venue does not use touches neither its orders nor its book."""

import pytest

from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import TradeTick
from nautilus_lite.model.enums import AccountType, AggressorSide, OmsType, OrderSide
from nautilus_lite.model.identifiers import TradeId, Venue
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.trading.strategy import Strategy


class Buyer(Strategy):
    """Rests a bid at once, and buys at the market on the second trade."""

    def on_start(self):
        self.n = 0
        self.subscribe_trade_ticks(self.pair.id)
        order = self.order_factory.limit(self.pair.id, OrderSide.BUY, Quantity.from_int(10), Price.from_str("0.79000"))
        self.submit_order(order)

    def on_trade_tick(self, tick):
        self.n += 1
        if self.n == 2:
            self.submit_order(self.order_factory.market(self.pair.id, OrderSide.BUY, Quantity.from_int(10)))


@pytest.mark.parametrize(("trade_execution", "statuses"), [(True, ["FILLED", "FILLED"]), (False, ["ACCEPTED", "REJECTED"])])
def test_trades_act_only_where_they_execute(pair, trade_execution, statuses):
    engine = BacktestEngine()
    engine.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=Currency.from_str("USD"),
        starting_balances=[Money.from_str("1000 USD")],
        trade_execution=trade_execution,
    )
    aud = pair("AUD/USD")
    engine.add_instrument(aud)
    engine.add_data(
        [
            TradeTick(
                instrument_id=aud.id,
                price=aud.make_price(price),
                size=Quantity.from_int(1_000),
                aggressor_side=AggressorSide.SELLER,
                trade_id=TradeId(str(ts)),
                ts_event=ts,
                ts_init=ts,
            )
            for ts, price in ((1, "0.80"), (2, "0.78"), (3, "0.78"))
        ]
    )
    strategy = Buyer()
    strategy.pair = aud
    engine.add_strategy(strategy)
    engine.run()
    assert [order.status.name for order in engine.cache.orders()] == statuses
    # What the cache knows of the market is the same either way
    assert engine.cache.trade_tick_count(aud.id) == 3
