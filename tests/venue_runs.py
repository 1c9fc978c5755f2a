"""Short runs of the whole engine: quotes by hand, a strategy that does at given times what the test says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nautilus_lite.backtest.config import BacktestEngineConfig
from nautilus_lite.backtest.engine import BacktestEngine
from nautilus_lite.model.data import Bar, BarType, QuoteTick
from nautilus_lite.model.enums import AccountType, AssetClass, BookType, OmsType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, StrategyId, Symbol, Venue
from nautilus_lite.model.instruments import CryptoPerpetual, CurrencyPair, FuturesContract
from nautilus_lite.model.objects import Currency, Money, Price, Quantity
from nautilus_lite.portfolio.config import PortfolioConfig
from nautilus_lite.trading.config import StrategyConfig
from nautilus_lite.trading.strategy import Strategy

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SIM = Venue("SIM")


def perpetual(symbol: str = "BTCUSDT-PERP", **options: Any) -> CryptoPerpetual:
    """Return a linear perpetual: two decimals of price, three of size, taker fee 0.05 %, margins 10 % and 5 %."""
    options.setdefault("taker_fee", Decimal("0.0005"))
    options.setdefault("maker_fee", Decimal("0.0002"))
    options.setdefault("margin_init", Decimal("0.10"))
    options.setdefault("margin_maint", Decimal("0.05"))
    options.setdefault("is_inverse", False)
    options.setdefault("quote_currency", Currency.from_str("USDT"))
    options.setdefault("settlement_currency", Currency.from_str("USDT"))
    return CryptoPerpetual(
        instrument_id=InstrumentId(Symbol(symbol), SIM),
        raw_symbol=Symbol(symbol),
        base_currency=Currency.from_str("BTC"),
        price_precision=2,
        size_precision=3,
        price_increment=Price.from_str("0.01"),
        size_increment=Quantity.from_str("0.001"),
        ts_event=0,
        ts_init=0,
        **options,
    )


def future(symbol: str = "ESH4", expiration_ns: int = HOUR, multiplier: int = 50, **options: Any) -> FuturesContract:
    """Return a future in dollars of 50 a point, two decimals, without fees."""
    return FuturesContract(
        instrument_id=InstrumentId(Symbol(symbol), SIM),
        raw_symbol=Symbol(symbol),
        asset_class=AssetClass.INDEX,
        currency=Currency.from_str("USD"),
        price_precision=2,
        price_increment=Price.from_str("0.01"),
        multiplier=Quantity.from_int(multiplier),
        lot_size=Quantity.from_int(1),
        underlying=options.pop("underlying", "ES"),
        activation_ns=0,
        expiration_ns=expiration_ns,
        ts_event=0,
        ts_init=0,
        **options,
    )


def spot(symbol: str = "BTCUSDT", base: str = "BTC", **options: Any) -> CurrencyPair:
    """Return a pair against USDT: two decimals of price, six of size, fees of 0.1 % either way."""
    options.setdefault("taker_fee", Decimal("0.001"))
    options.setdefault("maker_fee", Decimal("0.001"))
    options.setdefault("price_precision", 2)
    options.setdefault("size_precision", 6)
    return CurrencyPair(
        instrument_id=InstrumentId(Symbol(symbol), SIM),
        raw_symbol=Symbol(symbol),
        base_currency=Currency.from_str(base),
        quote_currency=options.pop("quote_currency", Currency.from_str("USDT")),
        price_increment=Price(10 ** -options["price_precision"], options["price_precision"]),
        size_increment=Quantity(10 ** -options["size_precision"], options["size_precision"]),
        ts_event=0,
        ts_init=0,
        **options,
    )


def quote(instrument: Any, ts: int, bid: str, ask: str | None = None, size: int = 1_000) -> QuoteTick:
    """Return a quote; one price stands for both sides."""
    whole = Quantity(size, instrument.size_precision)
    return QuoteTick(instrument.id, Price.from_str(bid), Price.from_str(ask or bid), whole, whole, ts, ts)


def bar(instrument: Any, ts: int, *prices: str, spec: str = "1-MINUTE-LAST") -> Bar:
    """Return a bar of open, high, low and close that closes at `ts`."""
    kind = BarType.from_str(f"{instrument.id}-{spec}-EXTERNAL")
    return Bar(kind, *map(Price.from_str, prices), Quantity(1_000, instrument.size_precision), ts, ts)


class Scripted(Strategy):
    """Does at each time what a script says, and keeps the events it was told."""

    def __init__(self, script: dict[int, Callable[[Scripted], Any]], name: str = "001", on_start: Any = None) -> None:
        super().__init__(StrategyConfig(strategy_id=StrategyId(f"S-{name}")))
        self._script = script
        self._first = on_start
        self.seen: list[Any] = []
        self.made: list[Any] = []

    def on_start(self) -> None:
        if self._first is not None:
            self._first(self)
        for ts in self._script:
            self.clock.set_time_alert_ns(f"at {ts}", ts, self._act)

    def on_reset(self) -> None:
        self.seen.clear()
        self.made.clear()

    def _act(self, event: Any) -> None:
        self._script[event.ts_event](self)

    def send(self, order: Any, position_id: Any = None) -> Any:
        self.made.append(order)
        self.submit_order(order, position_id)
        return order

    def market(self, instrument: Any, side: OrderSide, size: Any, **options: Any) -> Any:
        quantity = Quantity(Decimal(str(size)), instrument.size_precision)
        return self.send(self.order_factory.market(instrument.id, side, quantity, **options))

    def limit(self, instrument: Any, side: OrderSide, size: Any, price: str, **options: Any) -> Any:
        quantity = Quantity(Decimal(str(size)), instrument.size_precision)
        return self.send(self.order_factory.limit(instrument.id, side, quantity, Price.from_str(price), **options))

    def on_event(self, event: Any) -> None:
        self.seen.append(event)

    def on_instrument_status(self, status: Any) -> None:
        self.seen.append(status)

    def on_instrument_close(self, close: Any) -> None:
        self.seen.append(close)

    def on_mark_price(self, mark_price: Any) -> None:
        self.seen.append(mark_price)

    def on_index_price(self, index_price: Any) -> None:
        self.seen.append(index_price)

    def on_funding_rate(self, funding_rate: Any) -> None:
        self.seen.append(funding_rate)


def engine(
    instruments: list[Any],
    data: list[Any],
    strategies: list[Any],
    balance: str = "1000000 USDT",
    base: str | None = None,
    account: AccountType = AccountType.MARGIN,
    oms: OmsType = OmsType.NETTING,
    book: BookType = BookType.L1_MBP,
    marks: bool = False,
    interval_ns: int = HOUR,
    **settings: Any,
) -> BacktestEngine:
    """Return an engine that is ready to run."""
    made = BacktestEngine(
        BacktestEngineConfig(equity_interval_ns=interval_ns, portfolio=PortfolioConfig(use_mark_prices=marks))
    )
    made.add_venue(
        SIM,
        oms,
        account,
        [Money.from_str(text.strip()) for text in balance.split(",")],
        base_currency=None if base is None else Currency.from_str(base),
        book_type=book,
        **settings,
    )
    for instrument in instruments:
        made.add_instrument(instrument)
    made.add_data(data)
    for strategy in strategies:
        made.add_strategy(strategy)
    return made


def fills(result: Any) -> list[tuple[str, str, str, str]]:
    """Return strategy, side, price and reason of every fill, in order of the orders."""
    return [
        (str(event.strategy_id), event.order_side.name, str(event.last_px), event.fill_reason)
        for order in result.orders
        for event in order.events
        if type(event).__name__ == "OrderFilled"
    ]
