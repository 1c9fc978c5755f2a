import pytest

from nautilus_lite.accounting.error import AccountBalanceNegative
from nautilus_lite.errors import InvalidData
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.events.account import AccountState
from nautilus_lite.model.identifiers import StrategyId
from nautilus_lite.model.objects import Currency, Money

USD = Currency.from_str("USD")
AUD = Currency.from_str("AUD")
JPY = Currency.from_str("JPY")
BTC = Currency.from_str("BTC")
USDT = Currency.from_str("USDT")
BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.fixture
def spot(make_desk, pair):
    desk = make_desk("CASH", balances=("1000000 USD", "500000 AUD"), base_currency=None)
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    return desk


@pytest.fixture
def margin(make_desk, pair):
    desk = make_desk("MARGIN")
    desk.aud = desk.add(pair("AUD/USD"), "0.80000", "0.80010")
    desk.account.set_default_leverage(10)
    return desk


def limit(desk, side, qty, px, **options):
    return desk.orders.limit(desk.aud.id, side, desk.aud.make_qty(qty), desk.aud.make_price(px), **options)


def check(account):
    for balance in account.balances().values():
        assert balance.total == balance.locked + balance.free


def test_order_locks_once_accepted(spot):
    order = spot.submit(limit(spot, BUY, 100_000, "0.79000"))
    assert spot.account.balance_locked(USD) == Money(0, USD)
    spot.cancel(order)
    spot.accept(limit(spot, BUY, 100_000, "0.79000"))
    assert spot.account.balance_locked(USD) == Money(79_000, USD)  # 100,000 * 0.79
    assert spot.account.balance_free(USD) == Money(921_000, USD)
    assert spot.account.balance_total(USD) == Money(1_000_000, USD)
    check(spot.account)


@pytest.mark.parametrize("end", ["cancel", "expire", "reject"])
def test_every_terminal_event_releases_the_lock(spot, end):
    if end == "reject":
        order = spot.submit(limit(spot, BUY, 100_000, "0.79000"))
    else:
        order = spot.accept(limit(spot, BUY, 100_000, "0.79000"))
        assert spot.account.balance_locked(USD) == Money(79_000, USD)
    getattr(spot, end)(order)
    assert order.is_closed
    assert spot.account.balance_locked(USD) == Money(0, USD)
    assert spot.account.balance_free(USD) == Money(1_000_000, USD)


def test_cash_sell_locks_base_and_a_fill_moves_both_currencies(spot):
    order = spot.accept(limit(spot, SELL, 100_000, "0.81000"))
    assert spot.account.balance_locked(AUD) == Money(100_000, AUD)
    assert spot.account.balance_locked(USD) == Money(0, USD)
    spot.fill(order, "0.81000")
    assert spot.account.balance_locked(AUD) == Money(0, AUD)
    assert spot.account.balance_total(AUD) == Money(400_000, AUD)
    assert spot.account.balance_total(USD) == Money(1_081_000, USD)
    check(spot.account)


def test_partial_fill_shrinks_the_lock_to_what_is_left(spot):
    order = spot.accept(limit(spot, BUY, 100_000, "0.79000"))
    spot.fill(order, "0.79000", 40_000)
    assert spot.account.balance_locked(USD) == Money(47_400, USD)  # 60,000 * 0.79
    assert spot.account.balance_total(USD) == Money(968_400, USD)  # 1,000,000 - 40,000 * 0.79
    assert spot.account.balance_total(AUD) == Money(540_000, AUD)
    spot.cancel(order)
    assert spot.account.balance_locked(USD) == Money(0, USD)


def test_modified_order_locks_its_new_value(spot):
    order = spot.accept(limit(spot, BUY, 100_000, "0.79000"))
    spot.update(order, spot.aud.make_qty(50_000), spot.aud.make_price("0.78000"))
    assert spot.account.balance_locked(USD) == Money(39_000, USD)  # 50,000 * 0.78


def test_stop_locks_at_its_trigger_and_market_locks_nothing(spot):
    stop = spot.orders.stop_market(spot.aud.id, BUY, spot.aud.make_qty(1_000), spot.aud.make_price("0.85000"))
    spot.accept(stop)
    assert spot.account.balance_locked(USD) == Money(850, USD)
    spot.accept(spot.orders.market(spot.aud.id, BUY, spot.aud.make_qty(1_000)))
    assert spot.account.balance_locked(USD) == Money(850, USD)


def test_locks_of_several_orders_add_up_and_leave_one_by_one(spot):
    first = spot.accept(limit(spot, BUY, 1_000, "0.70000"))
    second = spot.accept(limit(spot, BUY, 2_000, "0.60000"))
    assert spot.account.balance_locked(USD) == Money(1_900, USD)  # 700 + 1,200
    spot.cancel(first)
    assert spot.account.balance_locked(USD) == Money(1_200, USD)
    spot.cancel(second)
    assert spot.account.balance_locked(USD) == Money(0, USD)


def test_equity_in_cash_pays_and_receives_notional(make_desk, equity):
    desk = make_desk("CASH", balances=("10000 USD",))
    share = desk.add(equity(), "100.00", "100.02")
    desk.trade(share, BUY, 30, "100.02", "1.50 USD")
    assert desk.account.balance_total() == Money("6997.90", USD)  # 10,000 - 30 * 100.02 - 1.50
    resting = desk.orders.limit(share.id, SELL, share.make_qty(30), share.make_price("101.00"))
    desk.accept(resting)
    assert desk.account.balance_locked() == Money(0, USD)
    desk.fill(resting, "101.00", fee="1.50 USD")
    assert desk.account.balance_total() == Money("10026.40", USD)  # 6,997.90 + 3,030 - 1.50
    assert desk.account.commissions() == {USD: Money(3, USD)}


def test_cash_account_below_zero_stops(make_desk, equity):
    desk = make_desk("CASH", balances=("1000 USD",))
    share = desk.add(equity(), "100.00")
    with pytest.raises(AccountBalanceNegative, match=r"was -100.00 USD"):  # 1,000 - 11 * 100
        desk.trade(share, BUY, 11, "100.00")


def test_spot_fee_in_base_currency_comes_off_the_base_balance(make_desk, pair):
    desk = make_desk("CASH", balances=("100000 USDT",), base_currency=None)
    btc = desk.add(pair("BTC/USDT", price_precision=2, size_precision=6), "20000.00")
    desk.trade(btc, BUY, "1.500000", "20000.00", "0.00150000 BTC")
    assert desk.account.balance_total(BTC) == Money("1.49850000", BTC)  # 1.5 - 0.0015
    assert desk.account.balance_total(USDT) == Money(70_000, USDT)  # 100,000 - 30,000
    assert desk.account.commissions() == {BTC: Money("0.0015", BTC)}


def test_fee_in_a_third_currency_and_a_rebate_are_booked_there(make_desk, pair):
    desk = make_desk("CASH", balances=("100000 USDT", "2 ETH"), base_currency=None)
    btc = desk.add(pair("BTC/USDT", price_precision=2, size_precision=6), "20000.00")
    eth = Currency.from_str("ETH")
    desk.trade(btc, BUY, "1", "20000.00", "0.50000000 ETH")
    assert desk.account.balance_total(eth) == Money("1.5", eth)
    assert desk.account.balance_total(USDT) == Money(80_000, USDT)
    desk.trade(btc, SELL, "1", "20000.00", "-0.25000000 ETH")
    assert desk.account.balance_total(eth) == Money("1.75", eth)
    assert desk.account.commission(eth) == Money("0.25", eth)  # 0.50 - 0.25


def test_margin_order_locks_initial_margin_of_its_instrument(margin):
    order = margin.accept(limit(margin, BUY, 100_000, "0.79000"))
    assert margin.account.balance_locked() == Money(237, USD)  # 79,000 * 0.03 / 10
    assert margin.account.margin_init(margin.aud.id) == Money(237, USD)
    margin.cancel(order)
    assert margin.account.balance_locked() == Money(0, USD)
    assert margin.account.margin_init(margin.aud.id) == Money(0, USD)


def test_reduce_only_order_locks_nothing(margin):
    margin.trade(margin.aud, BUY, 100_000, "0.80000")
    held = margin.account.balance_locked()
    margin.accept(limit(margin, SELL, 100_000, "0.81000", reduce_only=True))
    assert margin.account.balance_locked() == held


def test_position_locks_maintenance_margin_at_its_open_price_without_fees(margin):
    margin.trade(margin.aud, BUY, 100_000, "0.80000", "2.00 USD")
    assert margin.account.margin_maint(margin.aud.id) == Money(160, USD)  # 80,000 * 0.02 / 10
    assert margin.account.balance_locked() == Money(160, USD)
    assert margin.account.balance_total() == Money(999_998, USD)
    margin.trade(margin.aud, BUY, 100_000, "0.81000")
    assert margin.account.balance_locked() == Money(322, USD)  # (80,000 + 81,000) * 0.02 / 10
    margin.trade(margin.aud, SELL, 200_000, "0.82000", "3.00 USD")
    assert margin.account.balance_locked() == Money(0, USD)
    # 164,000 - 161,000 = 3,000 of PnL, 5 of fees
    assert margin.account.balance_total() == Money(1_002_995, USD)


def test_maintenance_margin_is_on_the_net_of_hedged_positions(make_desk, pair):
    desk = make_desk("MARGIN", "HEDGING")
    desk.aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(desk.aud, BUY, 100_000, "0.80000")
    desk.trade(desk.aud, SELL, 60_000, "0.90000")
    assert len(desk.cache.positions_open()) == 2
    assert desk.account.balance_locked() == Money(640, USD)  # 40,000 net long * 0.80 * 0.02
    desk.trade(desk.aud, SELL, 40_000, "0.90000")
    assert desk.account.balance_locked() == Money(0, USD)


def test_order_and_position_margins_add_up(margin):
    margin.trade(margin.aud, BUY, 100_000, "0.80000")
    margin.accept(limit(margin, BUY, 100_000, "0.79000"))
    assert margin.account.balance_locked() == Money(397, USD)  # 160 + 237
    assert margin.account.balance_free() == Money(999_603, USD)
    check(margin.account)


def test_base_currency_account_converts_pnl_fee_and_margin(make_desk, pair):
    desk = make_desk("MARGIN")
    yen = desk.add(pair("USD/JPY", price_precision=3), "125.000")
    desk.account.set_default_leverage(10)
    desk.trade(yen, BUY, 100_000, "125.000", "250 JPY")
    assert desk.account.balance_total() == Money(999_998, USD)  # 250 / 125 = 2
    assert desk.account.balance_locked() == Money(200, USD)  # 12,500,000 JPY * 0.02 / 10 = 25,000 JPY / 125
    assert desk.account.currencies() == [USD]
    desk.trade(yen, SELL, 100_000, "125.500")
    assert desk.account.balance_total() == Money(1_000_398, USD)  # + 50,000 JPY / 125 = 400
    assert desk.account.commissions() == {USD: Money(2, USD)}


def test_a_conversion_is_exact_beyond_the_digits_of_a_float(make_desk, pair):
    desk = make_desk("MARGIN", balances=("100000000000000 AUD",), base_currency="AUD")
    aud = desk.add(pair("AUD/USD"), "1.00000")
    # 2^53 + 1 cents
    desk.trade(aud, BUY, 1, "1.00000", "90071992547409.93 USD")
    assert desk.account.balance_total() == Money.from_str("9928007452590.07 AUD")


def test_a_conversion_into_fewer_digits_rounds_half_to_even(make_desk, pair):
    desk = make_desk("MARGIN", balances=("1000 JPY",), base_currency="JPY")
    yen = desk.add(pair("USD/JPY", price_precision=3), "150.000")
    for fee, left in (("0.01", 998), ("0.03", 994), ("0.05", 986)):  # 1.5, 4.5 and 7.5 JPY
        desk.trade(yen, BUY, 1, "150.000", f"{fee} USD")
        assert desk.account.balance_total() == Money(left, JPY)


def test_missing_exchange_rate_is_a_clear_error(make_desk, pair):
    desk = make_desk("MARGIN")
    cross = desk.add(pair("EUR/GBP"), "0.85000")
    with pytest.raises(InvalidData, match="no exchange rate from GBP to USD at SIM to book EUR/GBP.SIM in account"):
        desk.trade(cross, BUY, 100_000, "0.85000", "1.00 GBP")


def test_frozen_account_changes_nothing(make_desk, pair):
    desk = make_desk("MARGIN", calculate_account_state=False)
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(aud, BUY, 100_000, "0.80000", "2.00 USD")
    desk.trade(aud, SELL, 100_000, "0.90000", "2.00 USD")
    assert desk.account.balance_total() == Money(1_000_000, USD)
    assert desk.account.balance_locked() == Money(0, USD)


def test_past_account_states_keep_their_numbers(margin):
    margin.trade(margin.aud, BUY, 100_000, "0.80000", "2.00 USD")
    before = margin.account.last_event
    margin.trade(margin.aud, SELL, 100_000, "0.81000", "2.00 USD")
    assert before.balances[0].total == Money(999_998, USD)
    assert before.balances[0].locked == Money(160, USD)
    assert before.margins[0].maintenance == Money(160, USD)
    after = margin.account.last_event
    assert after.balances[0].total == Money(1_000_996, USD)  # + 1,000 - 2
    assert after.margins == []
    assert [e for e in margin.events if isinstance(e, AccountState)] == margin.account.events[1:]


def test_positions_of_two_strategies_share_the_margin_of_the_instrument(margin):
    margin.trade(margin.aud, BUY, 100_000, "0.80000")
    other = margin.factory(StrategyId("OTHER-002")).market(margin.aud.id, SELL, margin.aud.make_qty(100_000))
    margin.submit(other)
    margin.fill(other, "0.80000")
    assert len(margin.cache.positions_open()) == 2
    assert margin.account.balance_locked() == Money(0, USD)


def test_reset_forgets_locks(spot):
    spot.accept(limit(spot, BUY, 100_000, "0.79000"))
    spot.manager.reset()
    order = spot.accept(limit(spot, BUY, 100_000, "0.79000"))
    spot.cancel(order)
    # The first lock is nobody's any more; the second came and went
    assert spot.account.balance_locked(USD) == Money(79_000, USD)
