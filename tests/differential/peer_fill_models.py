"""Run by an interpreter that has nautilus_trader: the books that its fill models tell, and scenarios under each of them."""

import json
import sys
from decimal import Decimal

import scripted
from nautilus_trader.backtest import models
from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.common.component import TestClock
from nautilus_trader.common.factories import OrderFactory
from nautilus_trader.config import LoggingConfig
from nautilus_trader.model.currencies import EUR, USD
from nautilus_trader.model.data import QuoteTick  # noqa: F401  the scenarios ask for these names
from nautilus_trader.model.enums import (  # noqa: F401
    AccountType,
    ContingencyType,
    OmsType,
    OrderSide,
    OrderType,
    TimeInForce,
    TriggerType,
)
from nautilus_trader.model.identifiers import InstrumentId, StrategyId, Symbol, TraderId, Venue
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.trading.strategy import Strategy  # noqa: F401

ID = InstrumentId.from_str("EUR/USD.SIM")
PAIR = CurrencyPair(
    instrument_id=ID, raw_symbol=Symbol("EUR/USD"), base_currency=EUR, quote_currency=USD, price_precision=5,
    size_precision=0, price_increment=Price.from_str("0.00001"), size_increment=Quantity.from_int(1),
    margin_init=Decimal("0.03"), margin_maint=Decimal("0.03"), maker_fee=Decimal("0.00002"),
    taker_fee=Decimal("0.00002"), ts_event=0, ts_init=0,
)  # fmt: skip
MODEL = "FillModel"


def engine() -> BacktestEngine:
    made = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), run_analysis=False))
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        default_leverage=Decimal(10),
        fill_model=getattr(models, MODEL)(),
    )
    made.add_instrument(PAIR)
    return made


def told(name: str, qty: int) -> list[list[list[str]]]:
    factory = OrderFactory(TraderId("T-1"), StrategyId("S-1"), TestClock())
    order = factory.market(ID, OrderSide.BUY, Quantity.from_int(qty))
    book = getattr(models, name)().get_orderbook_for_fill_simulation(
        PAIR, order, Price.from_str("1.10000"), Price.from_str("1.10003")
    )
    return [[[str(level.price), str(int(level.size()))] for level in side] for side in (book.bids(), book.asks())]


with open(sys.argv[1]) as source:
    for line in source:
        asked = json.loads(line)
        MODEL = asked["model"]
        if "told" in asked:
            print(json.dumps(told(MODEL, asked["told"])), flush=True)
        else:
            print(json.dumps(scripted.run(sys.modules[__name__], asked)), flush=True)
