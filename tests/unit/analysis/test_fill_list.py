"""What fills add up to, and how their size is valued in the reporting currency."""

from types import SimpleNamespace

import numpy as np
import pytest

from nautilus_lite.analysis.fill_list import add_up
from nautilus_lite.analysis.fill_sums import sum_fills
from nautilus_lite.analysis.rates import RateTable
from nautilus_lite.backtest.recorder import EQUITY_DTYPE
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.identifiers import AccountId
from nautilus_lite.model.objects import Currency

USD, EUR, JPY = (Currency.from_str(code) for code in ("USD", "EUR", "JPY"))
BUY, SELL = OrderSide.BUY, OrderSide.SELL
HOUR = 3600 * 10**9
NO_RATES = RateTable()


@pytest.fixture
def desk(make_desk, pair):
    """Bought 1000 EUR at 1.10000 with a fee and sold them at 1.20000 with a rebate; 500 USD at 150.000 yen."""
    desk = make_desk(balances=("1000000 USD", "1000000 JPY"), base_currency=None)
    euro = desk.add(pair("EUR/USD"), "1.10000")
    yen = desk.add(pair("USD/JPY"), "150.000")
    desk.trade(euro, BUY, 1000, "1.10000", "1.39 USD")
    desk.trade(euro, SELL, 1000, "1.20000", "-0.25 USD")
    desk.trade(yen, BUY, 500, "150.000", "10 JPY")
    return desk


@pytest.fixture
def instruments(desk):
    return {position.instrument_id: position.instrument for position in desk.cache.positions()}


def rates(*rows, currency=JPY):
    samples = np.array([(ts, 0, 1, 1, rate) for ts, rate in rows], dtype=EQUITY_DTYPE)
    return RateTable(samples, [(AccountId("SIM-001"), currency)])


def test_notional_rebates_and_counts_by_hand(desk, instruments):
    totals = add_up(desk.cache.orders(), instruments, USD, NO_RATES)
    # 1100.00 + 1200.00 USD, and of USD/JPY the quantity is the size in dollars
    assert (totals.notional, totals.n_unvalued) == (110_000 + 120_000 + 50_000, 0)
    assert (totals.n_fills, totals.n_maker) == (3, 0)
    assert (totals.rebates, totals.n_rebated) == ({USD: 25}, {USD: 1})


def test_without_a_rate_a_fill_is_not_valued(desk, instruments):
    totals = add_up(desk.cache.orders(), instruments, EUR, NO_RATES)
    # EUR/USD is in euros by its quantity; yen have no rate
    assert (totals.notional, totals.n_unvalued) == (200_000, 1)


def test_the_last_rate_before_a_fill_values_it(desk, instruments):
    orders = desk.cache.orders()[-1:]
    # 75,000 yen x 0.006; a rate after the fill knows nothing of it
    assert add_up(orders, instruments, EUR, rates((0, 0.006), (HOUR, 0.007))).notional == 45_000
    assert add_up(orders, instruments, EUR, rates((HOUR, 0.007))).n_unvalued == 1


def test_an_instrument_that_nobody_knows_values_nothing(desk):
    totals = add_up(desk.cache.orders(), {}, USD, NO_RATES)
    assert (totals.n_fills, totals.n_unvalued, totals.notional) == (3, 3, 0)


def test_orders_of_another_make_are_read_by_their_events(desk, instruments):
    orders = [SimpleNamespace(events=order.events) for order in desk.cache.orders()]
    assert sum_fills(orders, instruments, USD)[:4] == sum_fills(desk.cache.orders(), instruments, USD)[:4]


def test_no_orders_add_up_to_nothing():
    assert sum_fills([], {}, USD) == (0, 0, 0, {}, {}, 0)


def at(table, currency, *times):
    return table.at(currency, np.array(times, dtype=np.int64)).tolist()


def test_rates_are_the_last_known():
    table = rates((0, 0.006), (HOUR, 0.007), (2 * HOUR, np.nan), (3 * HOUR, 0.0))
    assert at(table, JPY, 0, HOUR - 1, HOUR, 5 * HOUR) == [0.006, 0.006, 0.007, 0.007]


def test_rates_of_nothing_are_not_known():
    assert np.isnan(at(rates((HOUR, 0.007)), JPY, HOUR - 1)).all()
    assert np.isnan(at(NO_RATES, JPY, 0)).all()
    assert at(rates((0, 0.5)), "JPY", 0) == [0.5]
