"""Funding of perpetuals through the whole engine, with the arithmetic."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nautilus_lite.errors import InvalidData
from nautilus_lite.model.data import FundingRateUpdate, MarkPriceUpdate
from nautilus_lite.model.enums import OrderSide
from nautilus_lite.model.objects import Currency, Price
from tests.venue_runs import HOUR, MINUTE, SECOND, Scripted, engine, perpetual, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BTC = perpetual()


def rate(value, ts, next_ns=None, instrument=BTC):
    return FundingRateUpdate(instrument.id, Decimal(value), ts, ts, next_funding_ns=next_ns)


def quotes(*extra):
    return [quote(BTC, 0, "100.00", "100.02"), quote(BTC, 8 * HOUR, "100.10", "100.12"),
            quote(BTC, 17 * HOUR, "100.20", "100.22"), *extra]


def run(data, strategies, **options):
    made = engine([BTC], data, strategies, **options)
    made.run()
    return made.get_result()


def paid(result):
    return [(p.ts, str(p.strategy_id), p.amount.as_decimal()) for p in result.funding_payments]


def end_balance(result):
    (balance,) = result.accounts[0].balances_total().values()
    return balance.as_decimal()


def test_longs_pay_at_the_funding_time_at_the_middle():
    """Two long at (100.00 + 100.02) / 2: 2 x 100.01 x 0.0001 = 0.020002 USDT. The quote of 08:00 comes after the payment."""
    result = run(quotes(rate("0.0001", MINUTE, 8 * HOUR)), [Scripted({SECOND: lambda s: s.market(BTC, BUY, 2)})])
    assert paid(result) == [(8 * HOUR, "S-001", Decimal("-0.02000200"))]
    assert result.funding()["USDT"].as_decimal() == Decimal("-0.02000200")
    # Bought at 100.02 with a fee of 2 x 100.02 x 0.0005 = 0.10002; the position itself has only paid that
    assert result.positions[0].realized_pnl.as_decimal() == Decimal("-0.10002000")
    assert end_balance(result) == 1_000_000 - Decimal("0.10002") - Decimal("0.020002")
    assert result.accounts[0].commission(Currency.from_str("USDT")).as_decimal() == Decimal("0.10002000")
    frame = result.funding_report()
    assert frame["amount"].tolist() == [-0.020002]
    assert frame["rate"].tolist() == [0.0001]


def test_shorts_receive_at_the_mark_price_and_pay_a_negative_rate():
    """Mark 101.123456789 in full: 1.5 x 101.123456789 x 0.0002 = 0.0303370370..., half even to 8 digits 0.03033704."""
    mark = MarkPriceUpdate(BTC.id, Price.from_str("101.123456789"), MINUTE, MINUTE)
    updates = [mark, rate("0.0002", MINUTE, 8 * HOUR), rate("-0.0002", 9 * HOUR, 16 * HOUR)]
    result = run(quotes(*updates), [Scripted({SECOND: lambda s: s.market(BTC, SELL, "1.5")})])
    assert paid(result) == [(8 * HOUR, "S-001", Decimal("0.03033704")), (16 * HOUR, "S-001", Decimal("-0.03033704"))]


def test_the_last_rate_for_a_time_counts_and_each_time_pays_once():
    updates = [rate("0.0001", MINUTE, 8 * HOUR), rate("0.0003", 7 * HOUR, 8 * HOUR), rate("0.0009", 8 * HOUR, 8 * HOUR)]
    result = run(quotes(*updates), [Scripted({SECOND: lambda s: s.market(BTC, BUY, 2)})])
    # 2 x 100.01 x 0.0003; the one at 08:00 itself finds it paid
    assert paid(result) == [(8 * HOUR, "S-001", Decimal("-0.06000600"))]


def test_a_rate_that_arrives_at_its_time_pays_at_once_and_a_late_one_never():
    updates = [rate("0.0001", 8 * HOUR, 8 * HOUR), rate("0.0001", 9 * HOUR, 8 * HOUR + 1)]
    result = run(quotes(*updates), [Scripted({SECOND: lambda s: s.market(BTC, BUY, 2)})])
    # The quote of 08:00 was there before: 2 x 100.11 x 0.0001
    assert paid(result) == [(8 * HOUR, "S-001", Decimal("-0.02002200"))]
    assert any("1 funding rates at SIM arrived after their time" in warning for warning in result.warnings)


def test_without_a_next_time_the_update_is_the_payment():
    result = run(quotes(rate("0.0001", HOUR)), [Scripted({SECOND: lambda s: s.market(BTC, BUY, 2)})])
    assert paid(result) == [(HOUR, "S-001", Decimal("-0.02000200"))]


def test_predictions_without_a_time_are_refused():
    with pytest.raises(InvalidData, match=r"two funding rates of BTCUSDT-PERP\.SIM without `next_funding_ns`"):
        run(quotes(rate("0.0001", HOUR), rate("0.0001", HOUR + SECOND)), [])


def test_flat_pays_nothing_and_a_position_of_the_very_time_comes_too_late():
    strategy = Scripted({8 * HOUR: lambda s: s.market(BTC, BUY, 2)})
    result = run(quotes(rate("0.0001", MINUTE, 8 * HOUR)), [strategy])
    assert result.n_fills == 1
    assert paid(result) == []


def test_an_inverse_perpetual_pays_in_its_coin():
    """1000 contracts of one dollar at 100: 10 BTC of notional; x 0.0001 = 0.001 BTC."""
    inverse = perpetual("BTCUSD-PERP", is_inverse=True, quote_currency=Currency.from_str("USD"),
                        settlement_currency=Currency.from_str("BTC"))
    data = [quote(inverse, 0, "100.00", size=5_000), quote(inverse, 9 * HOUR, "100.00", size=5_000),
            rate("0.0001", MINUTE, 8 * HOUR, inverse)]
    made = engine([inverse], data, [Scripted({SECOND: lambda s: s.market(inverse, SELL, 1000)})], balance="100 BTC")
    made.run()
    assert paid(made.get_result()) == [(8 * HOUR, "S-001", Decimal("0.00100000"))]


def test_events_tell_and_handlers_see_the_balance_after():
    seen = []

    def listen(strategy):
        strategy.msgbus.subscribe("events.funding.*", lambda payment: seen.append(
            (payment, strategy.portfolio.account(BTC.id.venue).balance_total(Currency.from_str("USDT")).as_decimal())
        ))

    strategy = Scripted({SECOND: lambda s: s.market(BTC, BUY, 2)}, on_start=listen)
    result = run(quotes(rate("0.0001", MINUTE, 8 * HOUR)), [strategy])
    assert seen == [(result.funding_payments[0], end_balance(result))]
    last = result.accounts[0].last_event
    assert last.ts_event == 8 * HOUR


def test_reset_gives_the_same_digest_and_funding_is_part_of_it():
    digests = []
    for value in ("0.0001", "0.0002"):
        made = engine([BTC], quotes(rate(value, MINUTE, 8 * HOUR)), [Scripted({SECOND: lambda s: s.market(BTC, BUY, 2)})])
        made.run()
        digests.append(made.get_result().digest)
        made.reset()
        made.run()
        assert made.get_result().digest == digests[-1]
        assert len(made.get_result().funding_payments) == 1
    assert digests[0] != digests[1]


@settings(max_examples=40, deadline=None)
@given(
    size=st.integers(1, 10**6),
    value=st.integers(-(10**7), 10**7),
    mark=st.integers(1, 10**12),
)
def test_a_long_and_a_short_of_one_size_sum_to_zero(size, value, mark):
    quantity, funding = Decimal(size) / 1000, Decimal(value).scaleb(-9)
    updates = [MarkPriceUpdate(BTC.id, Price.from_raw(mark, 6), MINUTE, MINUTE), rate(funding, MINUTE, 8 * HOUR)]
    long = Scripted({SECOND: lambda s: s.market(BTC, BUY, quantity)}, "LONG")
    short = Scripted({SECOND: lambda s: s.market(BTC, SELL, quantity)}, "SHORT")
    result = run(quotes(*updates), [long, short], balance="1000000000 USDT")
    (_, first, a), (_, second, b) = paid(result)
    assert {first, second} == {"S-LONG", "S-SHORT"}
    assert a + b == 0
    # Exact, rounded once, half to even, to the eight digits of USDT
    exact = Fraction(size, 1000) * Fraction(mark, 10**6) * Fraction(value, 10**9)
    assert a == Decimal(round(-exact * 10**8)).scaleb(-8)
    assert sum(p.realized_pnl.as_decimal() for p in result.positions) + 10**9 == end_balance(result)
