"""Whatever is traded: start + realised PnL - fees = end to the minor unit, and total = locked + free."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Currency, Money

USD = Currency.from_str("USD")

# Side, quantity, price in ticks of 0.00001, fee in cents (negative = rebate)
TRADES = st.lists(
    st.tuples(st.booleans(), st.integers(1, 250_000), st.integers(1, 300_000), st.integers(-500, 500)),
    min_size=1,
    max_size=25,
)


def check_balance(account):
    for balance in account.balances().values():
        assert balance.total == balance.locked + balance.free


def fees_of(trades):
    return sum(fee for *_, fee in trades)


@settings(max_examples=60, deadline=None)
@given(trades=TRADES, hedging=st.booleans())
def test_margin_balance_is_start_plus_gross_less_fees(make_desk, pair, trades, hedging):
    desk = make_desk("MARGIN", "HEDGING" if hedging else "NETTING")
    aud = desk.add(pair("AUD/USD"), "0.80000")
    net = 0
    for is_buy, qty, ticks, fee in trades:
        px = f"{ticks // 100_000}.{ticks % 100_000:05d}"
        desk.trade(aud, OrderSide.BUY if is_buy else OrderSide.SELL, qty, px, f"{fee / 100:.2f} USD")
        net += qty if is_buy else -qty
        check_balance(desk.account)
    assert desk.portfolio.net_position(aud.id) == net
    # realised PnL is after fees: positions and portfolio agree with the account
    cycles = desk.cache.positions() + desk.cache.position_snapshots()
    realized = sum(position.realized_pnl.raw for position in cycles)
    assert desk.portfolio.realized_pnl(aud.id).raw == realized
    assert desk.account.balance_total().raw == 100_000_000 + realized
    assert desk.account.commission(USD).raw == fees_of(trades)


@settings(max_examples=60, deadline=None)
@given(trades=TRADES)
def test_cash_balance_plus_book_cost_is_start_plus_gross_less_fees(make_desk, pair, trades):
    desk = make_desk("CASH", balances=("100000000 USD",))
    aud = desk.add(pair("AUD/USD"), "0.80000")
    held = 0
    booked = []
    for is_buy, qty, ticks, fee in trades:
        if not is_buy:
            qty = min(qty, held)
            if qty == 0:
                continue
        px = f"{ticks // 100_000}.{ticks % 100_000:05d}"
        desk.trade(aud, OrderSide.BUY if is_buy else OrderSide.SELL, qty, px, f"{fee / 100:.2f} USD")
        held += qty if is_buy else -qty
        booked.append((fee,))
        check_balance(desk.account)
    if held:
        desk.trade(aud, OrderSide.SELL, held, "1.00001", "0.00 USD")
    realized = desk.portfolio.realized_pnl(aud.id).raw
    assert desk.account.balance_total().raw == 10_000_000_000 + realized
    assert desk.account.commission(USD).raw == fees_of(booked)
    assert desk.portfolio.equity(desk.venue) == {USD: desk.account.balance_total()}


@settings(max_examples=60, deadline=None)
@given(
    orders=st.lists(
        st.tuples(st.booleans(), st.integers(1, 100_000), st.integers(1, 200_000), st.integers(0, 3)),
        min_size=1,
        max_size=25,
    )
)
def test_locks_are_the_sum_over_working_orders_and_end_at_zero(make_desk, pair, orders):
    desk = make_desk("CASH", balances=("100000000 USD", "100000000 AUD"), base_currency=None)
    aud = desk.add(pair("AUD/USD"), "0.80000")
    working = {}
    for is_buy, qty, ticks, end in orders:
        price = aud.make_price(f"{ticks // 100_000}.{ticks % 100_000:05d}")
        order = desk.orders.limit(aud.id, OrderSide.BUY if is_buy else OrderSide.SELL, aud.make_qty(qty), price)
        desk.accept(order)
        if end == 0:
            working[order] = desk.account.calculate_balance_locked(aud, order.side, order.quantity, price)
        elif end == 1:
            desk.cancel(order)
        elif end == 2:
            desk.fill(order, price)
        else:
            desk.expire(order)
        for currency in (USD, aud.base_currency):
            expected = sum(m.raw for m in working.values() if m.currency == currency)
            assert desk.account.balance_locked(currency).raw == expected
        check_balance(desk.account)
    for order in working:
        desk.cancel(order)
    assert desk.account.balance_locked(USD) == Money(0, USD)
    assert desk.account.balance_locked(aud.base_currency) == Money(0, aud.base_currency)
