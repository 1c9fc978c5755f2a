"""The market: what each kind of data touches, and what is kept."""

import pytest

from nautilus_lite.cache.market import Market
from nautilus_lite.cache.queries import MarketQueries
from nautilus_lite.errors import InvalidConfiguration, InvalidData
from nautilus_lite.model.data import Bar, BarType, BookOrder, OrderBookDelta, QuoteTick, TradeTick
from nautilus_lite.model.enums import AggressorSide, BookAction, BookType, OrderSide
from nautilus_lite.model.identifiers import InstrumentId, Symbol, TradeId
from nautilus_lite.model.instruments import CurrencyPair
from nautilus_lite.model.objects import Currency, Price, Quantity

ID = InstrumentId.from_str("GBP/USD.SIM")
BAR_TYPE = BarType.from_str("GBP/USD.SIM-1-MINUTE-LAST-EXTERNAL")


def px(value, precision=2):
    return Price(value, precision)


def qty(value, precision=0):
    return Quantity(value, precision)


def pair(precision=2):
    return CurrencyPair(
        ID,
        Symbol("GBP/USD"),
        Currency.from_str("GBP"),
        Currency.from_str("USD"),
        precision,
        0,
        Price(10**-precision, precision),
        Quantity(1, 0),
        0,
        0,
    )


def quote(bid, ask, ts=1, size=100):
    return QuoteTick(ID, px(bid), px(ask), qty(size), qty(size), ts, ts)


def trade(price, ts=1, size=7):
    return TradeTick(ID, px(price), qty(size), AggressorSide.BUYER, TradeId(str(ts)), ts, ts)


def bar(close, ts=1):
    return Bar(BAR_TYPE, px(close), px(close), px(close), px(close), qty(10), ts, ts)


def delta(side, price, size, ts=1, action=BookAction.ADD):
    return OrderBookDelta(ID, action, BookOrder(side, px(price), qty(size), 0), 0, 0, ts, ts)


@pytest.fixture
def l1():
    market = Market()
    market.add_instrument(pair(), BookType.L1_MBP)
    return market


@pytest.fixture
def l2():
    market = Market()
    market.add_instrument(pair(), BookType.L2_MBP)
    return market


def top(market):
    book = market.state(ID).book
    return book.best_bid_price(), book.best_ask_price()


def test_quotes_set_the_top_of_an_l1_book(l1):
    l1.apply(quote(1.10, 1.12))
    l1.apply(quote(1.11, 1.13, ts=2))
    assert top(l1) == (px(1.11), px(1.13))
    assert l1.state(ID).book.best_bid_size() == qty(100)
    assert l1.state(ID).ts_last_init == 2


def test_trades_alone_move_both_sides_so_that_none_is_stale(l1):
    l1.apply(trade(1.10))
    l1.apply(trade(1.05, ts=2))
    assert top(l1) == (px(1.05), px(1.05))
    assert l1.state(ID).book.best_ask_size() == qty(7)


def test_trades_do_not_move_the_book_once_there_are_quotes(l1):
    l1.apply(quote(1.10, 1.12))
    l1.apply(trade(1.50, ts=2))
    assert top(l1) == (px(1.10), px(1.12))
    assert l1.state(ID).trade_count == 1


def test_deltas_touch_nothing_of_an_l1_market(l1):
    l1.apply(quote(1.10, 1.12))
    updates = l1.state(ID).book.update_count
    l1.apply(delta(OrderSide.BUY, 1.11, 5, ts=2))
    assert top(l1) == (px(1.10), px(1.12))
    assert l1.state(ID).book.update_count == updates
    assert l1.state(ID).ts_last_init == 1


def test_deltas_alone_move_an_l2_book(l2):
    l2.apply(delta(OrderSide.BUY, 1.10, 5))
    l2.apply(delta(OrderSide.SELL, 1.12, 6))
    l2.apply(quote(1.00, 2.00, ts=2))
    l2.apply(trade(3.00, ts=3))
    assert top(l2) == (px(1.10), px(1.12))
    assert (l2.state(ID).quote_count, l2.state(ID).trade_count) == (1, 1)


def test_a_leading_clear_delta_needs_no_precision(l2):
    l2.apply(OrderBookDelta.clear(ID, 0, 1, 1))
    l2.apply(delta(OrderSide.BUY, 1.10, 5))
    assert top(l2) == (px(1.10), None)


def test_mark_is_bid_for_longs_and_ask_for_shorts(l1):
    state = l1.state(ID)
    assert state.mark_price(1) is None
    l1.apply(bar(1.30))
    assert state.mark_price(1) == px(1.30)
    l1.apply(quote(1.10, 1.12, ts=2))
    assert state.mark_price(1) == px(1.10)
    assert state.mark_price(-1) == px(1.12)


def test_mark_of_an_l2_market_without_a_side_falls_back(l2):
    state = l2.state(ID)
    l2.apply(bar(1.30))
    l2.apply(trade(1.25, ts=2))
    assert state.mark_price(-1) == px(1.25)
    l2.apply(delta(OrderSide.BUY, 1.10, 5, ts=3))
    assert state.mark_price(1) == px(1.10)
    assert state.mark_price(-1) == px(1.25)


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (QuoteTick(ID, px(1.1, 3), px(1.2, 3), qty(1), qty(1), 1, 1), r"\(2, 0\), was \(3, 0\)"),
        (TradeTick(ID, px(1.1), qty(1, 1), AggressorSide.BUYER, TradeId("1"), 1, 1), r"\(2, 0\), was \(2, 1\)"),
        (
            TradeTick(InstrumentId.from_str("X.Y"), px(1), qty(1), AggressorSide.BUYER, TradeId("1"), 1, 1),
            "unknown instrument X.Y: add the instrument before its data",
        ),
    ],
)
def test_data_of_another_precision_or_instrument_is_refused(l1, data, match):
    with pytest.raises(InvalidData, match=match):
        l1.apply(data)
    assert l1.state(ID).ts_last_init == 0


def test_other_objects_are_refused(l1):
    with pytest.raises(TypeError, match="must be market data"):
        l1.apply("quote")


def test_adding_an_instrument_again_replaces_its_definition(l1):
    state = l1.state(ID)
    book = state.book
    definition = pair()
    assert l1.add_instrument(definition) is state
    assert state.instrument is definition
    assert state.book is book
    with pytest.raises(InvalidConfiguration, match="must be L1_MBP as added before, was L2_MBP"):
        l1.add_instrument(pair(), BookType.L2_MBP)
    with pytest.raises(InvalidData, match=r"must be that of the first definition \(2, 0\), was \(3, 0\)"):
        l1.add_instrument(pair(3))


@pytest.mark.parametrize("capacity", [1, 3, 64, 100])
def test_rings_keep_the_newest_rows(capacity):
    market = Market(capacity)
    market.add_instrument(pair())
    cache = MarketQueries(market)
    for n in range(1, 251):
        market.apply(quote(1.00 + n / 100, 10.00, ts=n))
        market.apply(bar(n, ts=n))
        kept = min(n, capacity)
        assert cache.quote_tick_count(ID) == kept
        assert cache.quote_tick(ID).ts_event == n
        assert cache.quote_tick(ID, kept - 1).ts_event == n - kept + 1
        assert cache.quote_tick(ID, kept) is None
    expected = list(range(250, 250 - capacity, -1))
    assert [tick.ts_event for tick in cache.quote_ticks(ID)] == expected
    assert [b.ts_event for b in cache.bars(BAR_TYPE)] == expected


def test_rows_of_one_timestamp_are_all_kept(l1):
    for bid in (1.10, 1.11, 1.09):
        l1.apply(quote(bid, 1.20, ts=5))
    assert [tick.bid_price for tick in MarketQueries(l1).quote_ticks(ID)] == [px(1.09), px(1.11), px(1.10)]


def test_reset_forgets_data_and_keeps_instruments_and_books(l1):
    def run():
        l1.apply(trade(1.10, ts=3))
        before_quote = top(l1)
        l1.apply(quote(1.10, 1.12, ts=4))
        l1.apply(bar(1.11, ts=5))
        state = l1.state(ID)
        book = state.book
        return (
            before_quote, top(l1), state.ts_last_init, state.quote_count, state.trade_count,
            book.update_count, book.sequence, book.ts_last, state.mark_price(1),
        )  # fmt: skip

    book = l1.state(ID).book
    first = run()
    l1.reset()
    state = l1.state(ID)
    assert state.book is book
    assert top(l1) == (None, None)
    assert (state.ts_last_init, state.quote_count, state.trade_count) == (0, 0, 0)
    assert (book.update_count, book.ts_last) == (0, 0)
    assert state.mark_price(1) is None
    assert run() == first


def test_capacity_must_be_positive():
    with pytest.raises(ValueError, match="`capacity`, must be > 0, was 0"):
        Market(0)
