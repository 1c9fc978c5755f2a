"""Run by an interpreter that has nautilus_trader: scenarios from a file, one JSON answer a line."""

import json
import sys
from decimal import Decimal

import scripted
from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import LoggingConfig
from nautilus_trader.model.currencies import EUR, USD
from nautilus_trader.model.data import (  # noqa: F401  the scenarios ask for these names
    Bar,
    BarType,
    BookOrder,
    OrderBookDelta,
    OrderBookDeltas,
    QuoteTick,
    TradeTick,
)
from nautilus_trader.model.enums import (  # noqa: F401
    AccountType,
    AggressorSide,
    BookAction,
    BookType,
    ContingencyType,
    OmsType,
    OrderSide,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from nautilus_trader.model.identifiers import InstrumentId, Symbol, TradeId, Venue  # noqa: F401
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.trading.strategy import Strategy  # noqa: F401

ID = InstrumentId.from_str("EUR/USD.SIM")
BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-SECOND-LAST-EXTERNAL")


def engine(**settings: object) -> BacktestEngine:
    made = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), run_analysis=False))
    made.add_venue(
        venue=Venue("SIM"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.MARGIN,
        base_currency=USD,
        starting_balances=[Money(1_000_000, USD)],
        default_leverage=Decimal(10),
        **settings,
    )
    made.add_instrument(
        CurrencyPair(
            instrument_id=ID, raw_symbol=Symbol("EUR/USD"), base_currency=EUR, quote_currency=USD, price_precision=5,
            size_precision=0, price_increment=Price.from_str("0.00001"), size_increment=Quantity.from_int(1),
            margin_init=Decimal("0.03"), margin_maint=Decimal("0.03"), maker_fee=Decimal("0.00002"),
            taker_fee=Decimal("0.00002"), ts_event=0, ts_init=0,
        )
    )  # fmt: skip
    return made


with open(sys.argv[1]) as source:
    for line in source:
        try:
            answer = scripted.run(sys.modules[__name__], json.loads(line))
        except RuntimeError as error:
            # Where a trail has no price to follow yet this engine stops
            answer = [{"stopped": str(error)}]
        print(json.dumps(answer), flush=True)
