"""Liquidation on margin call through the whole engine, with the arithmetic."""

from decimal import Decimal

import pytest

from nautilus_lite.backtest.models import LatencyModel
from nautilus_lite.errors import InvalidConfiguration
from nautilus_lite.model.data import FundingRateUpdate, MarkPriceUpdate
from nautilus_lite.model.enums import AccountType, OmsType, OrderSide, OrderStatus
from nautilus_lite.model.objects import Currency, Price
from tests.venue_runs import HOUR, MINUTE, SECOND, Scripted, bar, engine, fills, perpetual, quote

BUY, SELL = OrderSide.BUY, OrderSide.SELL
USD = Currency.from_str("USD")
# Margins at leverage 1 are 10 % and 5 % of the notional; no fees, so that the arithmetic is short
FREE = {"taker_fee": Decimal(0), "maker_fee": Decimal(0)}
BTC, ETH = perpetual(**FREE), perpetual("ETHUSDT-PERP", **FREE)
ON = {"liquidation_enabled": True, "default_leverage": Decimal(1), "balance": "100 USDT"}


def run(data, script, instruments=(BTC,), **options):
    made = engine(list(instruments), data, [Scripted(script)], **{**ON, **options})
    made.run()
    return made.get_result()


def btc(*steps):
    return [quote(BTC, ts, price) for ts, price in steps]


def buy_ten(strategy):
    strategy.market(BTC, BUY, 10)


def test_closes_when_equity_is_below_maintenance_margin():
    """Ten at 100 need 10 x 100 x 5 % = 50. At 95.01 equity is 100 - 49.9 = 50.1, enough; at 94.99 it is 49.9."""
    data = btc((0, "100.00"), (MINUTE, "95.01"), (2 * MINUTE + SECOND, "94.99"), (10 * MINUTE, "94.00"))
    result = run(data, {SECOND: buy_ten})
    assert fills(result) == [("S-001", "BUY", "100.00", "took_book"), ("S-001", "SELL", "94.99", "liquidated")]
    # Looked at every whole minute: the one after 02:01
    assert result.positions[0].ts_closed == 3 * MINUTE
    assert str(result.orders[-1].client_order_id) == "SIM-LIQUIDATION-1"
    assert result.orders[-1].tags == ["LIQUIDATION"]
    assert any("1 margin calls at SIM" in warning for warning in result.warnings)


def test_is_off_unless_asked_for():
    data = btc((0, "100.00"), (MINUTE, "50.00"), (10 * MINUTE, "50.00"))
    result = run(data, {SECOND: buy_ten}, liquidation_enabled=False)
    assert len(fills(result)) == 1
    assert result.config["venues"][0]["liquidation_enabled"] is False


def test_the_ratio_moves_the_line():
    """Twice the margin, 100: the first loss calls."""
    data = btc((0, "100.00"), (MINUTE, "99.99"), (10 * MINUTE, "99.99"))
    result = run(data, {SECOND: buy_ten}, liquidation_trigger_ratio=Decimal(2))
    assert fills(result)[-1] == ("S-001", "SELL", "99.99", "liquidated")


def test_the_largest_loss_goes_first_and_working_orders_before():
    def both(strategy):
        strategy.market(BTC, BUY, 5)
        strategy.market(ETH, SELL, 5)
        strategy.limit(BTC, BUY, 1, "10.00")

    data = [*btc((0, "100.00"), (MINUTE, "98.00"), (10 * MINUTE, "98.00")),
            quote(ETH, 0, "100.00"), quote(ETH, MINUTE, "110.00"), quote(ETH, 10 * MINUTE, "110.00")]
    # Equity 100 - 10 - 50 = 40 against (500 + 500) x 5 % = 50
    result = run(data, {SECOND: both}, (BTC, ETH))
    closed = [o for o in result.orders if o.tags == ["LIQUIDATION"]]
    assert [str(o.instrument_id) for o in closed] == ["ETHUSDT-PERP.SIM", "BTCUSDT-PERP.SIM"]
    assert result.orders[2].status == OrderStatus.CANCELED
    result = run(data, {SECOND: both}, (BTC, ETH), liquidation_cancel_open_orders=False)
    assert result.orders[2].status == OrderStatus.ACCEPTED


def test_funding_may_call():
    """At 95.01 there are 50.1 of 50 left; funding of 0.1 % takes 10 x 95.01 x 0.001 = 0.95."""
    update = FundingRateUpdate(BTC.id, Decimal("0.001"), SECOND, SECOND, next_funding_ns=HOUR)
    data = [*btc((0, "100.00"), (HOUR - SECOND, "95.01"), (2 * HOUR, "95.01")), update]
    result = run(data, {2 * SECOND: buy_ten}, liquidation_interval_ns=0)
    assert result.positions[0].ts_closed == HOUR
    assert fills(result)[-1] == ("S-001", "SELL", "95.01", "liquidated")


def test_the_close_of_a_bar_is_looked_at():
    bars = [bar(BTC, 60 * MINUTE, "100.00", "100.00", "100.00", "100.00"),
            bar(BTC, 120 * MINUTE, "100.00", "100.00", "90.00", "96.00"),
            bar(BTC, 180 * MINUTE, "96.00", "97.00", "93.00", "94.00"),
            bar(BTC, 240 * MINUTE, "94.00", "94.00", "94.00", "94.00")]
    result = run(bars, {60 * MINUTE + SECOND: buy_ten}, liquidation_interval_ns=0)
    # The low of 90 passed unseen; the close of 94 did not
    assert result.positions[0].ts_closed == 180 * MINUTE
    assert fills(result)[-1] == ("S-001", "SELL", "94.00", "liquidated")


def test_mark_prices_decide_where_the_portfolio_values_by_them():
    mark = MarkPriceUpdate(BTC.id, Price.from_str("90.00"), MINUTE, MINUTE)
    data = [*btc((0, "100.00"), (2 * MINUTE, "100.00"), (10 * MINUTE, "100.00")), mark]
    assert len(fills(run(data, {SECOND: buy_ten}))) == 1
    result = run(data, {SECOND: buy_ten}, marks=True)
    # Called by the mark of 90, closed at what the book offers
    assert fills(result)[-1] == ("S-001", "SELL", "100.00", "liquidated")


def test_reset_gives_the_same_digest():
    made = engine([BTC], btc((0, "100.00"), (MINUTE, "90.00"), (10 * MINUTE, "90.00")), [Scripted({SECOND: buy_ten})], **ON)
    made.run()
    first = made.get_result().digest
    made.reset()
    made.run()
    assert made.get_result().digest == first
    assert len(made.get_result().orders) == 2


def test_nonsense_is_refused():
    with pytest.raises(InvalidConfiguration, match="`liquidation_enabled` of SIM needs a margin account"):
        engine([BTC], [], [], account=AccountType.CASH, **ON)
    with pytest.raises(InvalidConfiguration, match="invalid `liquidation_trigger_ratio` of SIM, must be positive, was 0"):
        engine([BTC], [], [], liquidation_trigger_ratio=0, **ON)


def test_a_position_that_a_resting_order_opened_is_looked_at_though_nobody_sends_anything():
    data = btc((0, "101.00"), (MINUTE, "99.00"), (2 * MINUTE + SECOND, "94.00"), (10 * MINUTE, "94.00"))
    result = run(data, {SECOND: lambda s: s.limit(BTC, BUY, 10, "100.00")})
    assert fills(result)[-1] == ("S-001", "SELL", "94.00", "liquidated")
    assert result.positions[0].ts_closed == 3 * MINUTE


class TestFillsThatNobodyHasHeardOf:
    """The venue judges by what it did: answers take eight minutes."""

    LATE = {"latency_model": LatencyModel(0, response_latency_nanos=8 * MINUTE)}

    def test_they_call(self):
        data = btc((0, "100.00"), (MINUTE, "95.01"), (2 * MINUTE + SECOND, "94.99"), (10 * MINUTE, "94.00"))
        result = run(data, {SECOND: buy_ten}, **self.LATE)
        assert fills(result) == [("S-001", "BUY", "100.00", "took_book"), ("S-001", "SELL", "94.99", "liquidated")]
        # The call states where the account stands: the fill is heard with it
        assert result.orders[0].last_event.ts_init == result.positions[0].ts_closed == 3 * MINUTE

    @pytest.mark.parametrize("price", ["95.01", "94.99"])
    @pytest.mark.parametrize("oms", [OmsType.NETTING, OmsType.HEDGING])
    def test_they_are_judged_as_if_heard(self, price, oms):
        # In parts, over a flip, with fees, and of two instruments: a call comes at the same time as without latency
        def trade(strategy):
            strategy.market(BTC, SELL, 4)
            strategy.market(BTC, BUY, 6)
            strategy.market(ETH, SELL, 2)

        def more(strategy):
            strategy.market(BTC, BUY, 8)

        data = [*btc((0, "100.00"), (MINUTE, price), (10 * MINUTE, price), (20 * MINUTE, price)),
                quote(ETH, 0, "50.00"), quote(ETH, 20 * MINUTE, "50.00")]
        calls = []
        for latency in ({}, self.LATE):
            made = engine([BTC, ETH], data, [Scripted({SECOND: trade, 2 * SECOND: more})], oms=oms, **{**ON, **latency})
            made.run()
            calls.append([(ts, str(equity), str(margin))
                          for ts, _, equity, margin in made.kernel.exchanges[0].events.liquidation.calls])
        assert calls[0] == calls[1]

    def test_every_currency_that_falls_short_is_called_at_once(self):
        dollars = perpetual("BTCUSD-LIN", quote_currency=USD, settlement_currency=USD, **FREE)
        steps = ((0, "100.00"), (MINUTE, "94.00"), (9 * MINUTE, "94.00"))
        data = [quote(which, ts, price) for which in (BTC, dollars) for ts, price in steps]

        def both(strategy):
            strategy.market(BTC, BUY, 10)
            strategy.market(dollars, BUY, 10)

        for latency in ({}, self.LATE):
            result = run(data, {SECOND: both}, (BTC, dollars), **{**latency, "balance": "100 USDT, 100 USD"})
            assert len(result.positions) == 2
            assert [position.ts_closed for position in result.positions] == [2 * MINUTE] * 2

    def test_one_that_closed_the_position_calls_no_more(self):
        # Closed at 96 after a minute, heard nine minutes later: 94.00 hurts nobody
        data = btc((0, "100.00"), (MINUTE, "96.00"), (11 * MINUTE, "90.00"), (15 * MINUTE, "90.00"))
        script = {SECOND: buy_ten, 9 * MINUTE: lambda s: s.market(BTC, SELL, 10)}
        result = run(data, script, **self.LATE)
        assert fills(result) == [("S-001", "BUY", "100.00", "took_book"), ("S-001", "SELL", "96.00", "took_book")]
