"""Start + realised PnL - fees + funding + other bookings + unrealised PnL = end, and what is said where it is not."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.analysis.reconcile import COLUMNS, reconcile, statement_frame
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Currency, Money

USD, AUD, JPY = (Currency.from_str(code) for code in ("USD", "AUD", "JPY"))


def statements_of(desk, adjustments=(), **changes):
    """Return the statements of a desk; `changes` take the place of what it has."""
    cycles = [*desk.cache.position_snapshots(), *desk.cache.positions()]
    given_ = {
        "accounts": desk.cache.accounts(),
        "positions": cycles,
        "orders": desk.cache.orders(),
        "open_values": desk.portfolio.open_values(),
        "funding": (),
        "adjustments": adjustments,
        "equity": {(desk.account_id, currency): money.raw for currency, money in desk.portfolio.equity(desk.venue).items()},
    }
    return {str(s.currency): s for s in reconcile(**{**given_, **changes})}


def terms(statement):
    return {name: raw for name, raw in statement.terms.items() if raw}


@pytest.fixture
def traded(make_desk, pair):
    """Bought 1000 at 0.80000 for a fee of 2.00, sold 400 at 0.81000 for a rebate of 0.50; now at 0.82000."""
    desk = make_desk("MARGIN")
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(aud, OrderSide.BUY, 1000, "0.80000", "2.00 USD")
    desk.trade(aud, OrderSide.SELL, 400, "0.81000", "-0.50 USD")
    desk.quote(aud, "0.82000")
    return desk


def test_margin_account_by_hand(traded):
    statement = statements_of(traded)["USD"]
    assert terms(statement) == {
        "start": 100_000_000, "realized_pnl": 400, "fees": 150, "unrealized_pnl": 1200, "end": 100_001_450,
    }
    assert statement.difference == 0
    assert statement.problems() == []


def test_the_frame_has_units_of_the_currency_and_one_type(traded):
    frame = statement_frame(list(statements_of(traded).values()))
    assert list(frame.columns) == list(COLUMNS)
    assert frame.loc[("SIM-001", "USD")].to_dict()["end"] == 1_000_014.50
    assert frame.dtypes.astype(str).unique().tolist() == ["float64"]
    empty = statement_frame([])
    assert empty.dtypes.equals(frame.dtypes)
    assert empty.index.dtypes.equals(frame.index.dtypes)


def test_spot_moves_both_currencies(make_desk, pair):
    desk = make_desk("CASH", balances=("10000 USD", "500 AUD"), base_currency=None)
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(aud, OrderSide.BUY, 1000, "0.80000", "1.00 AUD")
    desk.trade(aud, OrderSide.SELL, 400, "0.81000", "0.25 USD")
    found = statements_of(desk)
    # 600 are still held, at 0.80
    assert terms(found["USD"]) == {
        "start": 1_000_000, "realized_pnl": 400, "fees": 25, "exchanged": -48_000, "end": 952_375,
    }
    assert terms(found["AUD"]) == {"start": 50_000, "fees": 100, "exchanged": 60_000, "end": 109_900}
    assert [s.difference for s in found.values()] == [0, 0]


def test_shares_in_a_cash_account_are_worth_their_price(make_desk, equity):
    desk = make_desk("CASH", balances=("10000 USD",))
    share = desk.add(equity("AAPL"), "100.00")
    desk.trade(share, OrderSide.BUY, 10, "100.00", "1.00 USD")
    desk.quote(share, "103.00")
    statement = statements_of(desk)["USD"]
    assert desk.account.balance_total(USD).raw == 899_900
    assert terms(statement) == {"start": 1_000_000, "fees": 100, "unrealized_pnl": 3000, "end": 1_002_900}
    assert statement.difference == 0


def test_pnl_in_another_currency_is_as_booked(make_desk, pair):
    desk = make_desk("MARGIN")
    yen = desk.add(pair("USD/JPY", price_precision=3), "100.000")
    desk.trade(yen, OrderSide.BUY, 1000, "100.000", "100 JPY")
    desk.quote(yen, "110.000")
    desk.trade(yen, OrderSide.SELL, 1000, "110.000", "100 JPY")
    desk.quote(yen, "50.000")
    statement = statements_of(desk)["USD"]
    # 10,000 JPY at 110; fees at 100 and at 110
    assert terms(statement) == {"start": 100_000_000, "realized_pnl": 9091, "fees": 191, "end": 100_008_900}
    assert statement.difference == 0


def test_an_account_that_books_nothing(make_desk, pair):
    desk = make_desk("MARGIN", calculate_account_state=False)
    aud = desk.add(pair("AUD/USD"), "0.80000")
    desk.trade(aud, OrderSide.BUY, 1000, "0.80000", "2.00 USD")
    desk.trade(aud, OrderSide.SELL, 400, "0.81000", "2.00 USD")
    statement = statements_of(desk)["USD"]
    assert statement.difference == 0
    assert terms(statement) == {"start": 100_000_000, "end": 100_000_000}


def test_a_state_from_outside_is_a_term_of_its_own(traded):
    state = traded.account.last_event
    raised = Money.from_raw(state.balances[0].total.raw + 5000, USD)
    reported = type(state)(
        account_id=state.account_id, account_type=state.account_type, base_currency=USD, reported=True,
        balances=[type(state.balances[0])(raised, Money(0, USD), raised)], margins=[], info={}, event_id=traded.ids.generate(),
        ts_event=1, ts_init=1,
    )
    traded.engine.process(reported)
    statement = statements_of(traded)["USD"]
    assert statement.terms["reported"] == 5000
    assert statement.problems() == []


@pytest.mark.parametrize(
    ("change", "off"),
    [
        # What was lost on the way, and by how much the end then is off
        ({"orders": []}, -150),
        ({"positions": []}, 400),
        ({"open_values": []}, 1200),
    ],
)
def test_a_term_that_is_lost_shows(traded, change, off):
    statement = statements_of(traded, **change)["USD"]
    assert statement.difference == off
    sign = "-" if off < 0 else ""
    amount = f"{sign}{abs(off) // 100}.{abs(off) % 100:02d} USD"
    assert statement.problems() == [f"money of SIM-001 in USD does not add up: {amount} unexplained"]


def test_a_balance_that_moved_without_the_ledger_shows(traded):
    statement = statements_of(traded)["USD"]
    statement.booked -= 7
    assert statement.problems() == ["the ledger of SIM-001 in USD does not add up to its balance: 0.07 USD unexplained"]


def test_a_conversion_that_lost_money_before_it_shows(make_desk, pair):
    desk = make_desk("MARGIN")
    yen = desk.add(pair("USD/JPY", price_precision=3), "100.000")
    desk.trade(yen, OrderSide.BUY, 1000, "100.000", "100 JPY")
    desk.trade(yen, OrderSide.SELL, 1000, "101.000", "100 JPY")
    assert statements_of(desk)["USD"].difference == 0
    assert statements_of(desk, positions=[])["USD"].difference != 0
    assert statements_of(desk, orders=[])["USD"].difference != 0


def test_an_adjustment_without_a_booking_shows(traded):
    adjustment = SimpleNamespace(venue="SIM", amount=Money(3, USD))
    assert statements_of(traded, [adjustment])["USD"].difference == -300


# Instrument, side, quantity, price in thousandths of the first price, fee, its currency
TRADES = st.lists(
    st.tuples(
        st.integers(0, 2), st.booleans(), st.integers(1, 9_999), st.integers(1, 3_000), st.integers(-300, 300), st.booleans()
    ),
    min_size=1,
    max_size=20,
)
ACCOUNTS = {
    "margin in dollars": ("MARGIN", "USD", ("1000000 USD",)),
    "margin in yen": ("MARGIN", "JPY", ("100000000 JPY",)),
    "margin in two currencies": ("MARGIN", None, ("1000000 USD", "100000000 JPY")),
    "cash in dollars": ("CASH", "USD", ("100000000 USD",)),
    "cash in three currencies": ("CASH", None, ("100000000 USD", "100000000 AUD", "10000000000 JPY")),
}


@pytest.mark.parametrize("kind", ACCOUNTS)
@settings(max_examples=60, deadline=None)
@given(trades=TRADES, hedging=st.booleans())
def test_money_adds_up_whatever_is_traded(make_desk, pair, equity, kind, trades, hedging):
    account_type, base, balances = ACCOUNTS[kind]
    desk = make_desk(account_type, "HEDGING" if hedging else "NETTING", balances, base)
    instruments = [
        (desk.add(pair("AUD/USD"), "0.80000"), 0.8, 5, "AUD"),
        (desk.add(pair("USD/JPY", price_precision=3), "150.000"), 150.0, 3, "JPY"),
        (desk.add(equity("AAPL"), "100.00"), 100.0, 2, "USD"),
    ]
    for which, is_buy, qty, thousandths, fee, in_own in trades:
        instrument, first, precision, own = instruments[which]
        px = f"{max(first * thousandths / 1000, 10**-precision):.{precision}f}"
        side = OrderSide.BUY if is_buy or account_type == "CASH" and not hedging and which == 2 else OrderSide.SELL
        money = f"{fee / 100:.2f} USD" if not in_own else f"{fee} JPY" if own == "JPY" else f"{fee / 100:.2f} {own}"
        desk.quote(instrument, px)
        desk.trade(instrument, side, qty, px, money)
    for statement in statements_of(desk).values():
        assert statement.problems() == []
        assert statement.booked == desk.account.balance_total(statement.currency).raw


def test_the_identity_in_words(traded):
    statement = statements_of(traded)["USD"]
    assert statement.text() == "SIM-001: 1,000,000.00 + 4.00 PnL - 1.50 fees + 12.00 unrealised = 1,000,014.50 USD"
    lost = statements_of(traded, orders=[])["USD"]
    assert lost.text().endswith("= 1,000,014.50 USD, -1.50 unexplained")
