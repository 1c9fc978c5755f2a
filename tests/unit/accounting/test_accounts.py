from decimal import Decimal

import pytest

from nautilus_lite.accounting.accounts.cash import CashAccount
from nautilus_lite.accounting.accounts.margin import MarginAccount
from nautilus_lite.accounting.error import AccountBalanceNegative, AccountMarginExceeded
from nautilus_lite.accounting.factory import AccountFactory
from nautilus_lite.accounting.margin_models import LeveragedMarginModel, StandardMarginModel
from nautilus_lite.core.uuid import UUIDFactory
from nautilus_lite.errors import InvalidConfiguration, NautilusLiteError
from nautilus_lite.model.enums import AccountType, OrderSide, PositionSide
from nautilus_lite.model.events.account import AccountState
from nautilus_lite.model.identifiers import AccountId
from nautilus_lite.model.objects import AccountBalance, Currency, MarginBalance, Money, Price, Quantity

USD = Currency.from_str("USD")
AUD = Currency.from_str("AUD")
JPY = Currency.from_str("JPY")
IDS = UUIDFactory(7)


def state(account_type, *balances, base=None, locked=None, margins=()):
    money = [Money.from_str(text) for text in balances]
    return AccountState(
        account_id=AccountId("SIM-001"),
        account_type=account_type,
        base_currency=base,
        reported=True,
        balances=[
            AccountBalance(m, Money(0, m.currency) if locked is None else locked, m if locked is None else m - locked)
            for m in money
        ],
        margins=list(margins),
        info={},
        event_id=IDS.generate(),
        ts_event=0,
        ts_init=0,
    )


def cash(*balances, base=None):
    return CashAccount(state(AccountType.CASH, *balances, base=base))


def margin(*balances, base=USD):
    return MarginAccount(state(AccountType.MARGIN, *balances, base=base))


def test_new_account_answers_from_its_first_state():
    account = cash("1000.00 USD", "5 AUD")
    assert account.id == AccountId("SIM-001")
    assert account.type == AccountType.CASH
    assert account.is_cash_account
    assert not account.is_margin_account
    assert account.base_currency is None
    assert account.currencies() == [USD, AUD]
    assert account.starting_balances() == {USD: Money(1000, USD), AUD: Money(5, AUD)}
    assert account.balances_total() == {USD: Money(1000, USD), AUD: Money(5, AUD)}
    assert account.balance_free(AUD) == Money(5, AUD)
    assert account.balance_locked(AUD) == Money(0, AUD)
    assert account.event_count == 1
    assert account.last_event is account.events[0]
    assert account.commissions() == {}
    assert repr(account) == "CashAccount(id=SIM-001, type=CASH, base=None)"


def test_free_is_total_less_locked():
    account = CashAccount(state(AccountType.CASH, "100.00 USD", base=USD, locked=Money("30.25", USD)))
    assert account.balance_total() == Money(100, USD)
    assert account.balance_locked() == Money("30.25", USD)
    assert account.balance_free() == Money("69.75", USD)  # 100.00 - 30.25
    balance = account.balance()
    assert balance.total == balance.locked + balance.free


def test_unknown_currency_gives_none():
    account = cash("1000 USD")
    assert account.balance(JPY) is None
    assert account.balance_total(JPY) is None
    assert account.balance_free(JPY) is None
    assert account.balance_locked(JPY) is None
    assert account.commission(JPY) is None
    assert account.currencies() == [USD]


def test_account_of_several_currencies_asks_for_a_currency():
    with pytest.raises(ValueError, match="`currency` must be given, account SIM-001 holds several currencies"):
        cash("1000 USD").balance_total()


def test_base_currency_account_refuses_another_currency():
    with pytest.raises(InvalidConfiguration, match="invalid starting balance 5.00 AUD of account SIM-001"):
        cash("5 AUD", base=USD)


def test_account_without_balance_is_refused():
    with pytest.raises(InvalidConfiguration, match="must start with a balance"):
        cash()


def test_applied_state_replaces_balances_and_keeps_the_start():
    account = cash("1000 USD", base=USD)
    account.apply(state(AccountType.CASH, "800 USD", base=USD))
    assert account.balance_total() == Money(800, USD)
    assert account.starting_balances() == {USD: Money(1000, USD)}
    assert account.event_count == 2


def test_state_of_another_account_is_refused():
    account = cash("1000 USD")
    other = AccountState(
        account_id=AccountId("OTHER-001"),
        account_type=AccountType.CASH,
        base_currency=None,
        reported=True,
        balances=[],
        margins=[],
        info={},
        event_id=IDS.generate(),
        ts_event=0,
        ts_init=0,
    )
    with pytest.raises(ValueError, match="must be of account SIM-001, was of OTHER-001"):
        account.apply(other)


def test_cash_account_below_zero_raises_with_the_balance():
    account = cash("1000 USD", base=USD)
    with pytest.raises(AccountBalanceNegative, match=r"must not be negative, was -1.00 USD") as info:
        account.apply(state(AccountType.CASH, "-1 USD", base=USD))
    assert info.value.balance == Money(-1, USD)
    assert info.value.currency == USD
    assert isinstance(info.value, NautilusLiteError)
    assert account.balance_total() == Money(1000, USD)


def test_margin_exceeded_names_both_amounts():
    error = AccountMarginExceeded(Money(1, USD), Money(2, USD))
    assert str(error).startswith("margin 2.00 USD exceeds the account balance 1.00 USD")


def test_cash_buy_locks_notional_in_quote_currency(pair):
    aud = pair("AUD/USD")
    locked = cash("1000 USD").calculate_balance_locked(
        aud, OrderSide.BUY, Quantity.from_int(100_000), Price.from_str("0.80000")
    )
    assert locked == Money(80_000, USD)  # 100,000 * 0.80


def test_cash_sell_of_a_pair_locks_base_quantity(pair):
    aud = pair("AUD/USD")
    locked = cash("1000 USD").calculate_balance_locked(
        aud, OrderSide.SELL, Quantity.from_int(100_000), Price.from_str("0.80000")
    )
    assert locked == Money(100_000, AUD)


def test_cash_sell_locks_nothing_where_only_the_quote_moves(pair, equity):
    order = OrderSide.SELL, Quantity.from_int(5), Price.from_str("10.00")
    assert cash("9 USD").calculate_balance_locked(equity(), *order) == Money(0, USD)
    assert cash("9 USD", base=USD).calculate_balance_locked(pair("AUD/USD"), *order) == Money(0, USD)


def test_leveraged_margin_divides_by_leverage(pair):
    aud = pair("AUD/USD")
    account = margin("1000 USD")
    quantity, price = Quantity.from_int(100_000), Price.from_str("0.80000")
    assert account.calculate_margin_init(aud, quantity, price) == Money(2_400, USD)  # 80,000 * 0.03 / 1
    account.set_default_leverage(Decimal(10))
    assert account.calculate_margin_init(aud, quantity, price) == Money(240, USD)
    assert account.calculate_margin_maint(aud, PositionSide.LONG, quantity, price) == Money(160, USD)  # * 0.02 / 10
    account.set_leverage(aud.id, Decimal("2.5"))
    assert account.calculate_margin_init(aud, quantity, price) == Money(960, USD)  # 2,400 / 2.5
    assert account.leverage(aud.id) == Decimal("2.5")
    assert account.leverages() == {aud.id: Decimal("2.5")}
    assert account.default_leverage == 10
    assert not account.is_unleveraged(aud.id)


def test_standard_margin_ignores_leverage(pair):
    aud = pair("AUD/USD")
    account = margin("1000 USD")
    account.set_default_leverage(10)
    assert isinstance(account.margin_model, LeveragedMarginModel)
    account.set_margin_model(StandardMarginModel())
    locked = account.calculate_margin_init(aud, Quantity.from_int(100_000), Price.from_str("0.80000"))
    assert locked == Money(2_400, USD)


@pytest.mark.parametrize(
    ("leverage", "expected"),
    [
        (8, "0.38"),  # 100.00 * 0.03 / 8 = 0.375, half to even: 0.38
        (24, "0.12"),  # 0.125 -> 0.12
        (40, "0.08"),  # 0.075 -> 0.08
        (7, "0.43"),  # 0.428...
    ],
)
def test_margin_rounds_half_to_even_once(pair, leverage, expected):
    account = margin("1000 USD")
    account.set_default_leverage(leverage)
    locked = account.calculate_margin_init(pair("AUD/USD"), Quantity.from_int(100), Price.from_str("1.00000"))
    assert locked == Money(expected, USD)


@pytest.mark.parametrize("leverage", [0, "0.5", -3, "NaN", "Infinity"])
def test_leverage_below_one_is_refused(leverage):
    with pytest.raises(InvalidConfiguration, match="invalid `leverage`, must be >= 1"):
        margin("1 USD").set_default_leverage(leverage)


def test_leverage_with_too_many_digits_is_refused():
    with pytest.raises(InvalidConfiguration, match="must have few digits"):
        margin("1 USD").set_default_leverage("1.123456789123")


def test_margins_of_a_reported_state_are_taken_over(pair):
    aud = pair("AUD/USD")
    reported = MarginBalance(Money(3, USD), Money(2, USD), aud.id)
    account = MarginAccount(state(AccountType.MARGIN, "100 USD", base=USD, margins=[reported]))
    assert account.margin_init(aud.id) == Money(3, USD)
    assert account.margin_maint(aud.id) == Money(2, USD)
    assert account.margins_init() == {aud.id: Money(3, USD)}
    assert account.margins_maint() == {aud.id: Money(2, USD)}
    assert account.margin(aud.id).maintenance == Money(2, USD)
    assert list(account.margins()) == [aud.id]
    assert account.margin_init(pair("NZD/USD").id) is None
    assert account.margin_maint(pair("NZD/USD").id) is None
    assert account.margin(pair("NZD/USD").id) is None


def test_factory_makes_the_account_of_the_type():
    assert isinstance(AccountFactory.create(state(AccountType.CASH, "1 USD")), CashAccount)
    account = AccountFactory.create(state(AccountType.MARGIN, "1 USD"), calculate_account_state=False)
    assert isinstance(account, MarginAccount)
    assert not account.calculate_account_state
    with pytest.raises(InvalidConfiguration, match="must be CASH or MARGIN, was BETTING"):
        AccountFactory.create(state(AccountType.BETTING, "1 USD"))
