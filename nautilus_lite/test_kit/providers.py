"""Instruments as some venues list them, to begin with; terms change, so take real ones for real work."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nautilus_lite.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_lite.model.instruments import CryptoPerpetual, CurrencyPair, Equity
from nautilus_lite.model.objects import Currency, Money, Price, Quantity

BINANCE = Venue("BINANCE")


def _step(precision: int) -> Decimal:
    return Decimal(1).scaleb(-precision)


def _on_binance(base: str, symbol: str, price_precision: int, size_precision: int, kind: Any, **options: Any) -> Any:
    usdt = Currency.from_str("USDT")
    return kind(
        instrument_id=InstrumentId(Symbol(symbol), BINANCE),
        raw_symbol=Symbol(symbol.removesuffix("-PERP")),
        base_currency=Currency.from_str(base),
        quote_currency=usdt,
        price_precision=price_precision,
        size_precision=size_precision,
        price_increment=Price(_step(price_precision), price_precision),
        size_increment=Quantity(_step(size_precision), size_precision),
        min_notional=Money(10, usdt),
        ts_event=0,
        ts_init=0,
        **options,
    )


def _perpetual(base: str, symbol: str, price_precision: int, size_precision: int) -> CryptoPerpetual:
    return _on_binance(
        base, symbol, price_precision, size_precision, CryptoPerpetual, settlement_currency=Currency.from_str("USDT"),
        is_inverse=False, maker_fee=Decimal("0.0002"), taker_fee=Decimal("0.0004"),
        margin_init=Decimal("0.05"), margin_maint=Decimal("0.025"),
    )  # fmt: skip


class TestInstrumentProvider:
    """Makes instruments."""

    __test__ = False

    @staticmethod
    def default_fx_ccy(symbol: str, venue: Venue | None = None) -> CurrencyPair:
        """Return a currency pair such as EUR/USD, at SIM unless said: five decimals (three for the yen), lots of 1,000."""
        base, quote = symbol.replace("/", "")[:3], symbol.replace("/", "")[3:]
        precision = 3 if quote == "JPY" else 5
        return CurrencyPair(
            instrument_id=InstrumentId(Symbol(symbol), Venue("SIM") if venue is None else venue),
            raw_symbol=Symbol(symbol),
            base_currency=Currency.from_str(base),
            quote_currency=Currency.from_str(quote),
            price_precision=precision,
            size_precision=0,
            price_increment=Price(_step(precision), precision),
            size_increment=Quantity.from_int(1),
            lot_size=Quantity.from_int(1000),
            max_quantity=Quantity.from_int(10_000_000),
            min_quantity=Quantity.from_int(1000),
            margin_init=Decimal("0.03"),
            margin_maint=Decimal("0.03"),
            maker_fee=Decimal("0.00002"),
            taker_fee=Decimal("0.00002"),
            ts_event=0,
            ts_init=0,
        )

    @staticmethod
    def btcusdt_binance() -> CurrencyPair:
        """Return the spot pair BTCUSDT.BINANCE: two decimals of price, six of size, fees of 0.1 %."""
        return _on_binance("BTC", "BTCUSDT", 2, 6, CurrencyPair, maker_fee=Decimal("0.001"), taker_fee=Decimal("0.001"))

    @staticmethod
    def ethusdt_binance() -> CurrencyPair:
        """Return the spot pair ETHUSDT.BINANCE: two decimals of price, five of size, fees of 0.1 %."""
        return _on_binance("ETH", "ETHUSDT", 2, 5, CurrencyPair, maker_fee=Decimal("0.001"), taker_fee=Decimal("0.001"))

    @staticmethod
    def btcusdt_perp_binance() -> CryptoPerpetual:
        """Return the perpetual BTCUSDT-PERP.BINANCE: one decimal of price, three of size."""
        return _perpetual("BTC", "BTCUSDT-PERP", 1, 3)

    @staticmethod
    def ethusdt_perp_binance() -> CryptoPerpetual:
        """Return the perpetual ETHUSDT-PERP.BINANCE: two decimals of price, three of size."""
        return _perpetual("ETH", "ETHUSDT-PERP", 2, 3)

    @staticmethod
    def equity(symbol: str = "AAPL", venue: str = "XNAS") -> Equity:
        """Return a share in dollars with two decimals, in lots of 100."""
        return Equity(
            instrument_id=InstrumentId(Symbol(symbol), Venue(venue)),
            raw_symbol=Symbol(symbol),
            currency=Currency.from_str("USD"),
            price_precision=2,
            price_increment=Price.from_str("0.01"),
            lot_size=Quantity.from_int(100),
            ts_event=0,
            ts_init=0,
        )
