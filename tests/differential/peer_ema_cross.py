"""Run by an interpreter that has nautilus_trader: an EMA cross over bars read from a file. Prints JSON."""

import json
import sys
from decimal import Decimal

from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import LoggingConfig
from nautilus_trader.indicators import ExponentialMovingAverage
from nautilus_trader.model.currencies import EUR, USD
from nautilus_trader.model.data import Bar, BarType
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
from nautilus_trader.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.trading.strategy import Strategy

BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
ID = InstrumentId.from_str("EUR/USD.SIM")


class Cross(Strategy):
    def __init__(self, fast, slow):
        super().__init__()
        self.fast = ExponentialMovingAverage(fast)
        self.slow = ExponentialMovingAverage(slow)

    def on_start(self):
        self.quantity = Quantity.from_int(100_000)
        self.register_indicator_for_bars(BAR_TYPE, self.fast)
        self.register_indicator_for_bars(BAR_TYPE, self.slow)
        self.subscribe_bars(BAR_TYPE)

    def on_bar(self, bar):
        if not self.indicators_initialized():
            return
        wanted = OrderSide.BUY if self.fast.value >= self.slow.value else OrderSide.SELL
        against = self.portfolio.is_net_short(ID) if wanted == OrderSide.BUY else self.portfolio.is_net_long(ID)
        if against:
            self.close_all_positions(ID)
        elif not self.portfolio.is_flat(ID):
            return
        self.submit_order(self.order_factory.market(ID, wanted, self.quantity))

    def on_stop(self):
        self.close_all_positions(ID)


with open(sys.argv[1]) as source:
    rows = json.load(source)
engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True)))
engine.add_venue(
    venue=Venue("SIM"),
    oms_type=OmsType.NETTING,
    account_type=AccountType.MARGIN,
    base_currency=USD,
    starting_balances=[Money(1_000_000, USD)],
    default_leverage=Decimal(10),
)
engine.add_instrument(
    CurrencyPair(
        instrument_id=ID,
        raw_symbol=Symbol("EUR/USD"),
        base_currency=EUR,
        quote_currency=USD,
        price_precision=5,
        size_precision=0,
        price_increment=Price.from_str("0.00001"),
        size_increment=Quantity.from_int(1),
        lot_size=Quantity.from_int(1000),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal("0.00002"),
        taker_fee=Decimal("0.00002"),
        ts_event=0,
        ts_init=0,
    )
)
engine.add_data(
    [Bar(BAR_TYPE, *(Price(p / 1e5, 5) for p in prices), Quantity.from_int(volume), ts, ts) for ts, *prices, volume in rows]
)
engine.add_strategy(Cross(int(sys.argv[2]), int(sys.argv[3])))
engine.run()
fills = [
    (e.ts_event, e.order_side.name, str(e.last_qty), str(e.last_px), str(e.commission.as_decimal()))
    for order in sorted(engine.cache.orders(), key=lambda o: int(o.client_order_id.value.rpartition("-")[2]))
    for e in order.events
    if type(e).__name__ == "OrderFilled"
]
balance = engine.cache.account_for_venue(Venue("SIM")).balance_total(USD)
print(json.dumps({"fills": fills, "balance": str(balance.as_decimal()), "orders": len(engine.cache.orders())}))
