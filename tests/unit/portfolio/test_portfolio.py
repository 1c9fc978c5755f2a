from decimal import Decimal

import pytest

from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import InstrumentId, StrategyId, Venue
from nautilus_lite.model.objects import Currency, Money, Price
from nautilus_lite.portfolio.config import PortfolioConfig

USD = Currency.from_str("USD")
AUD = Currency.from_str("AUD")
EUR = Currency.from_str("EUR")
JPY = Currency.from_str("JPY")
SIM = Venue("SIM")
BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def desk(make_desk, pair):
    desk = make_desk("MARGIN")
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


def test_flat_portfolio_answers_zero(desk):
    portfolio = desk.portfolio
    assert portfolio.net_position(desk.aud.id) == 0
    assert portfolio.is_flat(desk.aud.id)
    assert portfolio.is_completely_flat()
    assert portfolio.unrealized_pnl(desk.aud.id) == Money(0, USD)
    assert portfolio.realized_pnl(desk.aud.id) == Money(0, USD)
    assert portfolio.total_pnl(desk.aud.id) == Money(0, USD)
    assert portfolio.net_exposure(desk.aud.id) == Money(0, USD)
    assert portfolio.unrealized_pnls(SIM) == {}
    assert portfolio.realized_pnls(SIM) == {}
    assert portfolio.equity(SIM) == {USD: Money(1_000_000, USD)}


def test_unknown_names_give_none_or_nothing(desk):
    unknown = InstrumentId.from_str("NZD/USD.SIM")
    nowhere = Venue("NOWHERE")
    portfolio = desk.portfolio
    assert portfolio.unrealized_pnl(unknown) is None
    assert portfolio.realized_pnl(unknown) is None
    assert portfolio.total_pnl(unknown) is None
    assert portfolio.net_exposure(unknown) is None
    assert portfolio.net_position(unknown) == 0
    assert portfolio.account(nowhere) is None
    assert portfolio.account() is None
    assert portfolio.equity(nowhere) == {}
    assert portfolio.balances_locked(nowhere) == {}
    assert portfolio.margins_init(nowhere) == {}
    assert portfolio.margins_maint(nowhere) == {}


def test_long_is_valued_at_the_bid(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.79000", "2.00 USD")
    portfolio = desk.portfolio
    assert portfolio.net_position(desk.aud.id) == Decimal(100_000)
    assert portfolio.is_net_long(desk.aud.id)
    assert not portfolio.is_net_short(desk.aud.id)
    assert not portfolio.is_completely_flat()
    assert portfolio.unrealized_pnl(desk.aud.id) == Money(1_000, USD)  # 100,000 * (0.80000 - 0.79)
    assert portfolio.realized_pnl(desk.aud.id) == Money(-2, USD)  # the fee
    assert portfolio.total_pnl(desk.aud.id) == Money(998, USD)
    assert portfolio.net_exposure(desk.aud.id) == Money(80_000, USD)
    assert portfolio.equity(SIM) == {USD: Money(1_000_998, USD)}  # 1,000,000 - 2 + 1,000


def test_short_is_valued_at_the_ask(desk):
    desk.trade(desk.aud, SELL, 100_000, "0.79000")
    portfolio = desk.portfolio
    assert portfolio.net_position(desk.aud.id) == Decimal(-100_000)
    assert portfolio.is_net_short(desk.aud.id)
    assert portfolio.unrealized_pnl(desk.aud.id) == Money(-1_010, USD)  # 100,000 * (0.79 - 0.80010)
    assert portfolio.mark_values(SIM) == {USD: Money(-80_010, USD)}
    assert portfolio.net_exposure(desk.aud.id) == Money(80_010, USD)
    assert portfolio.net_exposures(SIM) == {USD: Money(80_010, USD)}


def test_given_price_overrides_the_mark(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.79000")
    price = Price.from_str("0.81")
    assert desk.portfolio.unrealized_pnl(desk.aud.id, price) == Money(2_000, USD)
    assert desk.portfolio.total_pnl(desk.aud.id, price) == Money(2_000, USD)
    assert desk.portfolio.net_exposure(desk.aud.id, price) == Money(81_000, USD)


def test_realized_pnl_adds_up_over_closed_cycles(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.79000", "2.00 USD")
    desk.trade(desk.aud, SELL, 40_000, "0.80000", "1.00 USD")
    assert desk.portfolio.realized_pnl(desk.aud.id) == Money(397, USD)  # 40,000 * 0.01 - 3
    desk.trade(desk.aud, SELL, 60_000, "0.79500", "1.00 USD")
    assert desk.portfolio.realized_pnl(desk.aud.id) == Money(696, USD)  # 397 + 60,000 * 0.005 - 1
    desk.trade(desk.aud, SELL, 50_000, "0.80000")
    desk.trade(desk.aud, BUY, 50_000, "0.79900", "4.00 USD")
    assert desk.portfolio.realized_pnl(desk.aud.id) == Money(742, USD)  # 696 + 50 - 4
    assert desk.portfolio.realized_pnls(SIM) == {USD: Money(742, USD)}
    assert desk.portfolio.total_pnls(SIM) == {USD: Money(742, USD)}
    assert desk.account.balance_total() == Money(1_000_742, USD)
    assert desk.portfolio.is_completely_flat()


def test_net_position_is_over_all_strategies(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.80000")
    other = desk.factory(StrategyId("OTHER-002")).market(desk.aud.id, SELL, desk.aud.make_qty(30_000))
    desk.submit(other)
    desk.fill(other, "0.80000")
    assert desk.portfolio.net_position(desk.aud.id) == Decimal(70_000)
    assert desk.portfolio.is_net_long(desk.aud.id)


def test_margins_and_locks_are_handed_on(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.80000")
    assert desk.portfolio.account(SIM) is desk.account
    assert desk.portfolio.account(account_id=desk.account_id) is desk.account
    assert desk.portfolio.margins_maint(SIM) == {desk.aud.id: Money(1_600, USD)}  # 80,000 * 0.02
    assert desk.portfolio.margins_init(SIM) == {desk.aud.id: Money(0, USD)}
    assert desk.portfolio.balances_locked(SIM) == {USD: Money(1_600, USD)}


def test_equity_of_a_cash_account_adds_shares_at_their_mark(make_desk, equity):
    desk = make_desk("CASH", balances=("10000 USD",))
    share = desk.add(equity(), "100.00", "100.10")
    desk.trade(share, BUY, 50, "100.10", "1.00 USD")
    desk.quote(share, "102.00", "102.10")
    assert desk.account.balance_total() == Money(4_994, USD)  # 10,000 - 5,005 - 1
    assert desk.portfolio.equity(SIM) == {USD: Money(10_094, USD)}  # 4,994 + 50 * 102.00
    assert desk.portfolio.mark_values(SIM) == {USD: Money(5_100, USD)}


def test_equity_of_a_spot_account_counts_the_base_currency_once(make_desk, pair):
    desk = make_desk("CASH", balances=("100000 USD",), base_currency=None)
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(aud, BUY, 50_000, "0.80000")
    assert desk.portfolio.equity(SIM) == {USD: Money(60_000, USD), AUD: Money(50_000, AUD)}


def test_equity_of_a_single_currency_spot_account_marks_the_pair(make_desk, pair):
    desk = make_desk("CASH", balances=("100000 USD",))
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(aud, BUY, 50_000, "0.80000")
    desk.quote(aud, "0.82000", "0.82010")
    assert desk.portfolio.equity(SIM) == {USD: Money(101_000, USD)}  # 60,000 + 50,000 * 0.82


def test_positions_without_a_price_are_listed_not_guessed(make_desk, pair):
    desk = make_desk("MARGIN")
    aud = desk.add(pair("AUD/USD"))
    desk.trade(aud, BUY, 100_000, "0.79000")
    assert desk.portfolio.unrealized_pnl(aud.id) is None
    assert desk.portfolio.total_pnl(aud.id) is None
    assert desk.portfolio.net_exposure(aud.id) is None
    assert desk.portfolio.unrealized_pnls(SIM) == {}
    assert desk.portfolio.unpriced_positions(SIM) == [aud.id]
    assert desk.portfolio.unpriced_positions() == [aud.id]
    assert desk.portfolio.unpriced_positions(Venue("NOWHERE")) == []
    assert desk.portfolio.equity(SIM) == {USD: Money(1_000_000, USD)}
    desk.quote(aud, "0.80000")
    assert desk.portfolio.unpriced_positions() == []
    assert desk.portfolio.equity(SIM) == {USD: Money(1_001_000, USD)}


def test_values_convert_at_the_bid_for_longs_and_the_ask_for_shorts(make_desk, pair):
    desk = make_desk("MARGIN", balances=("1000000 USD",), base_currency=None)
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.add(pair("EUR/USD"), "1.00000", "1.25000")
    desk.trade(aud, BUY, 100_000, "0.79000")
    # USD to EUR is the inverse of the pair: selling USD meets its ask (bid of USD/EUR = 1 / 1.25)
    assert desk.portfolio.unrealized_pnl(aud.id, target_currency=EUR) == Money(800, EUR)
    desk.trade(aud, SELL, 200_000, "0.79000")
    # Short 100,000 at 0.79 valued at 0.80: -1,000 USD at the ask of USD/EUR = 1 / 1.00
    assert desk.portfolio.unrealized_pnl(aud.id, target_currency=EUR) == Money(-1_000, EUR)


def test_value_in_a_currency_without_a_rate_is_none(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.79000", "2.00 USD")
    assert desk.portfolio.unrealized_pnl(desk.aud.id, target_currency=EUR) is None
    assert desk.portfolio.realized_pnl(desk.aud.id, EUR) is None
    assert desk.portfolio.net_exposure(desk.aud.id, target_currency=EUR) is None
    assert desk.portfolio.unrealized_pnls(SIM, EUR) == {}


@pytest.mark.parametrize(("to_base", "expected"), [(True, Money(400, USD)), (False, Money(50_000, JPY))])
def test_values_of_a_base_currency_account(make_desk, pair, to_base, expected):
    desk = make_desk("MARGIN", portfolio=PortfolioConfig(convert_to_account_base_currency=to_base))
    yen = desk.add(pair("USD/JPY", price_precision=3), "125.000")
    desk.trade(yen, BUY, 100_000, "124.500")
    assert desk.portfolio.unrealized_pnl(yen.id) == expected  # 100,000 * 0.5 JPY, / 125
    assert desk.portfolio.equity(SIM) == {USD: Money(1_000_400, USD)}


def test_a_portfolio_has_one_analyzer_for_good(desk):
    analyzer = desk.portfolio.analyzer
    assert analyzer.currencies == []
    desk.portfolio.reset()
    assert desk.portfolio.analyzer is analyzer


def test_reset_forgets_positions(desk):
    desk.trade(desk.aud, BUY, 100_000, "0.79000")
    desk.portfolio.reset()
    assert desk.portfolio.is_flat(desk.aud.id)
    assert desk.portfolio.realized_pnl(desk.aud.id) == Money(0, USD)
