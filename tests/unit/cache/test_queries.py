"""Reads of instruments, market data and exchange rates."""

import pytest

from nautilus_lite.cache.market import Market
from nautilus_lite.cache.queries import MarketQueries
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import Bar, BarType, QuoteTick, TradeTick
from nautilus_lite.model.enums import AggressorSide, BookType, PriceType
from nautilus_lite.model.identifiers import InstrumentId, Symbol, TradeId, Venue
from nautilus_lite.model.instruments import CurrencyPair, Equity
from nautilus_lite.model.objects import Currency, Price, Quantity

GBP, USD, JPY, EUR, CHF = (Currency.from_str(code) for code in ("GBP", "USD", "JPY", "EUR", "CHF"))
SIM = Venue("SIM")
GBPUSD = InstrumentId.from_str("GBP/USD.SIM")
USDJPY = InstrumentId.from_str("USD/JPY.SIM")
UNKNOWN = InstrumentId.from_str("X/Y.SIM")
EXTERNAL = BarType.from_str("GBP/USD.SIM-1-MINUTE-BID-EXTERNAL")
INTERNAL = BarType.from_str("GBP/USD.SIM-5-MINUTE-BID-INTERNAL")


def pair(instrument_id, base, quote, precision):
    tick = Price(10**-precision, precision)
    return CurrencyPair(instrument_id, instrument_id.symbol, base, quote, precision, 0, tick, Quantity(1, 0), 0, 0)


def quote(instrument_id, bid, ask, precision, ts=1):
    size = Quantity(100, 0)
    return QuoteTick(instrument_id, Price(bid, precision), Price(ask, precision), size, size, ts, ts)


def trade(instrument_id, price, precision, ts=1):
    return TradeTick(
        instrument_id, Price(price, precision), Quantity(1, 0), AggressorSide.SELLER, TradeId(str(ts)), ts, ts
    )


def bar(bar_type, close, ts=1):
    price = Price(close, 4)
    return Bar(bar_type, price, price, price, price, Quantity(10, 0), ts, ts)


@pytest.fixture
def cache():
    market = Market(100)
    market.add_instrument(pair(GBPUSD, GBP, USD, 4), BookType.L1_MBP)
    market.add_instrument(pair(USDJPY, USD, JPY, 2), BookType.L1_MBP)
    return MarketQueries(market)


def test_instruments_by_venue(cache):
    share = Equity(InstrumentId.from_str("AAPL.XNAS"), Symbol("AAPL"), USD, 2, Price(0.01, 2), Quantity(1, 0), 0, 0)
    cache.add_instrument(share)
    assert cache.instrument(share.id) is share
    assert cache.instrument(UNKNOWN) is None
    assert cache.instrument_ids() == [GBPUSD, USDJPY, share.id]
    assert cache.instrument_ids(SIM) == [GBPUSD, USDJPY]
    assert cache.instruments(Venue("XNAS")) == [share]
    assert cache.instruments(underlying="AAPL") == []
    assert cache.currencies() == [GBP, USD, JPY]


def test_ticks_are_newest_first(cache):
    for ts in (1, 2, 3):
        cache.add_quote_tick(quote(GBPUSD, 1.25, 1.26, 4, ts))
        cache.add_trade_tick(trade(GBPUSD, 1.25, 4, ts))
    assert [tick.ts_init for tick in cache.quote_ticks(GBPUSD)] == [3, 2, 1]
    assert [tick.ts_init for tick in cache.trade_ticks(GBPUSD)] == [3, 2, 1]
    assert cache.quote_tick(GBPUSD).ts_init == 3
    assert cache.trade_tick(GBPUSD, 2).ts_init == 1
    assert cache.quote_tick(GBPUSD, 3) is None
    assert (cache.quote_tick_count(GBPUSD), cache.trade_tick_count(GBPUSD)) == (3, 3)
    assert cache.has_quote_ticks(GBPUSD)
    assert cache.quote_tick(GBPUSD) == quote(GBPUSD, 1.25, 1.26, 4, 3)


def test_unknown_instruments_have_nothing(cache):
    assert cache.quote_tick(UNKNOWN) is None
    assert cache.quote_ticks(UNKNOWN) == []
    assert not cache.has_trade_ticks(UNKNOWN)
    assert cache.order_book(UNKNOWN) is None
    assert cache.book_update_count(UNKNOWN) == 0
    assert cache.price(UNKNOWN, PriceType.BID) is None
    assert cache.bars(EXTERNAL) == []
    assert cache.bar(EXTERNAL) is None


def test_negative_indices_are_refused(cache):
    with pytest.raises(ValueError, match=r"`index`, must be >= 0 \(0 = newest\), was -1"):
        cache.quote_tick(GBPUSD, -1)


def test_book_is_the_markets_own(cache):
    book = cache.order_book(GBPUSD)
    cache.add_quote_tick(quote(GBPUSD, 1.25, 1.26, 4))
    assert book is cache.order_book(GBPUSD)
    assert book.best_bid_price() == Price(1.25, 4)
    assert cache.has_order_book(GBPUSD)
    assert cache.book_update_count(GBPUSD) == 1


def test_prices_by_type(cache):
    cache.add_quote_tick(quote(GBPUSD, 1.2501, 1.2504, 4))
    assert cache.price(GBPUSD, PriceType.BID) == Price(1.2501, 4)
    assert cache.price(GBPUSD, PriceType.ASK) == Price(1.2504, 4)
    assert cache.price(GBPUSD, PriceType.MID) == Price(1.2502, 4)  # 1.25025 rounded down
    assert cache.price(GBPUSD, PriceType.LAST) is None
    cache.add_trade_tick(trade(GBPUSD, 1.2503, 4))
    assert cache.price(GBPUSD, PriceType.LAST) == Price(1.2503, 4)


def test_negative_mid_rounds_down(cache):
    cache.add_quote_tick(quote(USDJPY, -0.02, 0.01, 2))
    assert cache.price(USDJPY, PriceType.MID) == Price(-0.01, 2)  # -0.005 rounded down


def test_last_price_is_the_bars_close_without_trades(cache):
    cache.add_bar(bar(EXTERNAL, 1.25))
    assert cache.price(GBPUSD, PriceType.LAST) == Price(1.25, 4)


def test_external_bars_are_shared_and_internal_ones_are_the_worlds_own(cache):
    other = MarketQueries(cache.market)
    for ts in (1, 2):
        cache.add_bar(bar(EXTERNAL, 1.25, ts))
        cache.add_bar(bar(INTERNAL, 1.25, ts))
    assert [b.ts_init for b in cache.bars(EXTERNAL)] == [2, 1]
    assert [b.ts_init for b in cache.bars(INTERNAL)] == [2, 1]
    assert cache.bar(INTERNAL, 1).ts_init == 1
    assert other.bar_count(EXTERNAL) == 2
    assert other.bar_count(INTERNAL) == 0
    assert cache.bar_types() == [EXTERNAL, INTERNAL]
    assert other.bar_types(GBPUSD) == [EXTERNAL]
    assert other.bar_types(USDJPY) == []
    with pytest.raises(InvalidData, match="unknown instrument X/Y.SIM"):
        cache.add_bar(bar(BarType.from_str("X/Y.SIM-5-MINUTE-BID-INTERNAL"), 1.0))


def test_xrate_direct_and_inverse_by_price_type(cache):
    cache.add_quote_tick(quote(GBPUSD, 1.25, 1.28, 4))
    assert cache.get_xrate(SIM, GBP, GBP) == 1.0
    assert cache.get_xrate(SIM, GBP, USD, PriceType.BID) == 1.25
    assert cache.get_xrate(SIM, GBP, USD, PriceType.ASK) == 1.28
    assert cache.get_xrate(SIM, GBP, USD) == pytest.approx(1.265, rel=1e-15)
    # one dollar buys pounds at the ask: 1 / 1.28; the other side is 1 / 1.25
    assert cache.get_xrate(SIM, USD, GBP, PriceType.BID) == 1 / 1.28
    assert cache.get_xrate(SIM, USD, GBP, PriceType.ASK) == 1 / 1.25


def test_xrate_by_way_of_a_third_currency(cache):
    cache.add_quote_tick(quote(GBPUSD, 1.25, 1.25, 4))
    assert cache.get_xrate(SIM, GBP, JPY) is None
    cache.add_quote_tick(quote(USDJPY, 150.0, 150.0, 2))
    assert cache.get_xrate(SIM, GBP, JPY) == 187.5  # 1.25 * 150
    assert cache.get_xrate(SIM, JPY, GBP) == pytest.approx(1 / 187.5, rel=1e-15)
    assert cache.get_xrate(SIM, GBP, CHF) is None
    assert cache.get_xrate(Venue("OTHER"), GBP, USD) is None
    assert cache.get_xrate(None, GBP, USD) == 1.25


def test_xrate_takes_instruments_added_later(cache):
    assert cache.get_xrate(SIM, EUR, USD) is None
    eurusd = InstrumentId.from_str("EUR/USD.SIM")
    cache.add_instrument(pair(eurusd, EUR, USD, 4))
    cache.add_trade_tick(trade(eurusd, 1.1, 4))
    assert cache.get_xrate(SIM, EUR, USD) == 1.1


def test_xrate_tries_every_third_currency(cache):
    # EUR -> USD has no price, EUR -> CHF -> JPY has
    eurusd, eurchf, chfjpy = (InstrumentId.from_str(f"{name}.SIM") for name in ("EUR/USD", "EUR/CHF", "CHF/JPY"))
    for instrument_id, base, to in ((eurusd, EUR, USD), (eurchf, EUR, CHF), (chfjpy, CHF, JPY)):
        cache.add_instrument(pair(instrument_id, base, to, 4))
    cache.add_quote_tick(quote(USDJPY, 150.0, 150.0, 2))
    cache.add_quote_tick(quote(eurchf, 0.5, 0.5, 4))
    cache.add_quote_tick(quote(chfjpy, 160.0, 160.0, 4))
    assert cache.get_xrate(SIM, EUR, JPY) == 80.0
